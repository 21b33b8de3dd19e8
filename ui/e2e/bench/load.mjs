// Measures the first load: everything that the page of the day and the list need before they show,
// as it is and packed by gzip. Prints lines for docs/EVIDENCE.md; asserts nothing.
//
//   npm run build && node e2e/bench/load.mjs
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

const dist = process.env['TAIZHANG_DIST'] ?? resolve(import.meta.dirname, '../../dist');
const page = readFileSync(`${dist}/index.html`, 'utf8');
const assets = readdirSync(`${dist}/assets`);

/** A file and all that it imports at once. */
function needed(first) {
    const seen = new Set();
    const open = [...first];
    while (open.length > 0) {
        const name = open.pop();
        if (seen.has(name) || !existsSync(`${dist}/assets/${name}`)) continue;
        seen.add(name);
        if (!name.endsWith('.js')) continue;
        const text = readFileSync(`${dist}/assets/${name}`, 'utf8');
        for (const [, from, bare] of text.matchAll(/from"\.\/([^"]+)"|import"\.\/([^"]+)"/g))
            open.push(from ?? bare);
    }
    return seen;
}

const entry = [...page.matchAll(/(?:src|href)="\/assets\/([^"]+)"/g)].map(([, name]) => name);
for (const [what, chunk] of [
    ['page of the day', 'TodayPage'],
    ['list of a register', 'ListPage'],
]) {
    const files = [...needed([...entry, ...assets.filter((name) => name.startsWith(chunk))])];
    const texts = [page, ...files.map((name) => readFileSync(`${dist}/assets/${name}`))];
    const raw = texts.reduce((sum, text) => sum + text.length, 0);
    const packed = texts.reduce((sum, text) => sum + gzipSync(text).length, 0);
    const kilo = (bytes) => (bytes / 1000).toFixed(0);
    console.log(
        `first load, ${what}: ${kilo(packed)} kB gzip (${kilo(raw)} kB, ${files.length} files)`,
    );
}
