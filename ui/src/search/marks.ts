// Which part of a found text is the text that was searched for; for drawing, not for finding.

/** A piece of a text; `hit` pieces are drawn marked. */
export interface Piece {
    text: string;
    hit: boolean;
}

/** One character as it is compared: without width, without case. Its length may not change. */
function plain(text: string): string {
    return [...text]
        .map((char) => {
            const folded = char.normalize('NFKC').toLowerCase();
            return folded.length === char.length ? folded : char;
        })
        .join('');
}

/**
 * The text in pieces. What is not found literally was found by its reading or under a mask: then all
 * of it is marked.
 */
export function marked(text: string, sought: string): Piece[] {
    const words = plain(sought)
        .split(/\s+/)
        .filter((word) => word !== '');
    const ground = plain(text);
    const hits = words
        .map((word) => ({ at: ground.indexOf(word), length: word.length }))
        .filter((hit) => hit.at >= 0)
        .sort((a, b) => a.at - b.at);
    if (hits.length === 0) return text === '' ? [] : [{ text, hit: true }];
    const pieces: Piece[] = [];
    let end = 0;
    for (const hit of hits) {
        if (hit.at < end) continue;
        pieces.push({ text: text.slice(end, hit.at), hit: false });
        end = hit.at + hit.length;
        pieces.push({ text: text.slice(hit.at, end), hit: true });
    }
    pieces.push({ text: text.slice(end), hit: false });
    return pieces.filter((piece) => piece.text !== '');
}

/** The text around its first mark, when it is long: the mark must be in sight. */
export function around(pieces: Piece[], before: number): Piece[] {
    const [first, ...rest] = pieces;
    if (first === undefined || first.hit || first.text.length <= before) return pieces;
    return [{ text: `…${first.text.slice(-before)}`, hit: false }, ...rest];
}
