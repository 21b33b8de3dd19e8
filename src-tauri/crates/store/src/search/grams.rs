//! Pieces of text that the index knows ("terms"), and which of them a query needs.
//!
//! A term is a name space and one, two or three characters: single characters and pairs of
//! everything, and triples of plain ASCII, whose pairs would be too common (digits of telephone
//! numbers). One- and two-character queries are therefore answered by a single term.

use super::text::{Piece, is_letters, pieces};

/// Name spaces of terms. The first three hold only the text of their tier; `ANY` holds all text.
pub(crate) const SPACES: [char; 3] = ['n', 'm', 'p'];
/// All text of all tiers.
pub(crate) const ANY: char = 'a';
/// Readings of names; `^` stands for the beginning of a syllable.
pub(crate) const PINYIN: char = 'y';

/// Calls `take` with every term of a search text; the same term may come more than once.
pub(crate) fn terms(text: &str, mut take: impl FnMut(&str)) {
    let mut buffer = String::new();
    for piece in pieces(text) {
        match piece {
            Piece::Plain { tier, text, .. } => {
                plain(ANY, text, &mut buffer, &mut take);
                if let Some(space) = SPACES.get(tier) {
                    plain(*space, text, &mut buffer, &mut take);
                }
            }
            Piece::Readings { readings, .. } => {
                for reading in readings.split(' ') {
                    pinyin(reading, &mut buffer, &mut take);
                }
            }
        }
    }
}

fn plain(space: char, text: &str, buffer: &mut String, take: &mut impl FnMut(&str)) {
    let mut window: [Option<char>; 2] = [None, None];
    for c in text.chars() {
        term(space, &[c], buffer, take);
        if let Some(last) = window[1] {
            term(space, &[last, c], buffer, take);
            if let Some(first) = window[0]
                && first.is_ascii()
                && last.is_ascii()
                && c.is_ascii()
            {
                term(space, &[first, last, c], buffer, take);
            }
        }
        window = [window[1], Some(c)];
    }
}

fn pinyin(reading: &str, buffer: &mut String, take: &mut impl FnMut(&str)) {
    let syllables: Vec<&str> = reading.split('\'').collect();
    let full: Vec<char> = reading.chars().filter(|c| *c != '\'').collect();
    let initials: Vec<char> = syllables.iter().filter_map(|s| s.chars().next()).collect();
    let mut at = 0;
    for (place, syllable) in syllables.iter().enumerate() {
        for letters in [&full[at..], &initials[place..]] {
            if let [first, rest @ ..] = letters {
                term(PINYIN, &['^', *first], buffer, take);
                if let Some(second) = rest.first() {
                    term(PINYIN, &['^', *first, *second], buffer, take);
                }
            }
        }
        at += syllable.chars().count();
    }
    for letters in [&full, &initials] {
        for three in letters.windows(3) {
            term(PINYIN, three, buffer, take);
        }
    }
}

fn term(space: char, gram: &[char], buffer: &mut String, take: &mut impl FnMut(&str)) {
    buffer.clear();
    buffer.push(space);
    buffer.extend(gram);
    take(buffer);
}

/// What a part of a query needs of the index.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    /// The folded text.
    pub(crate) text: String,
    /// Its characters, cut into terms without their name space; all must be there.
    pub(crate) grams: Vec<String>,
    /// Terms by which it is found as pinyin; empty when it cannot be pinyin.
    pub(crate) pinyin: Vec<String>,
    /// Whether having the terms proves having the text.
    pub(crate) exact: bool,
}

impl Part {
    /// Cuts a folded, non-empty text into terms.
    pub(crate) fn new(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let ascii = |window: &[char]| window.iter().all(char::is_ascii);
        let mut grams: Vec<String> = Vec::new();
        if let [_] = chars[..] {
            grams.push(text.to_owned());
        }
        grams.extend(chars.windows(3).filter(|w| ascii(w)).map(String::from_iter));
        for (at, pair) in chars.windows(2).enumerate() {
            // A pair inside a triple of ASCII is proved by it.
            let before = at > 0 && ascii(&chars[at - 1..at + 2]);
            let behind = at + 3 <= chars.len() && ascii(&chars[at..at + 3]);
            if !before && !behind {
                grams.push(String::from_iter(pair));
            }
        }
        grams.sort();
        grams.dedup();
        let pinyin = if is_letters(text) {
            pinyin_terms(&chars)
        } else {
            Vec::new()
        };
        let exact = chars.len() < 3 || (pinyin.is_empty() && chars.len() == 3 && ascii(&chars));
        Self {
            text: text.to_owned(),
            grams,
            pinyin,
            exact,
        }
    }
}

fn pinyin_terms(chars: &[char]) -> Vec<String> {
    let head: String = ['^'].iter().chain(chars.iter().take(2)).collect();
    std::iter::once(head)
        .chain(chars.windows(3).map(String::from_iter))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        terms(text, |term| found.push(term.to_owned()));
        found
    }

    #[test]
    fn pairs_do_not_reach_over_the_end_of_a_field() {
        let found = all("4content\t漏水\n4detail\t屋顶\n");
        assert!(found.contains(&"a漏水".to_owned()) && found.contains(&"a屋".to_owned()));
        assert!(!found.contains(&"a水屋".to_owned()));
    }

    #[test]
    fn every_part_of_a_text_finds_all_its_terms_there() {
        let text = "𠅤号楼12-3单元ab渗漏x";
        let found = all(&format!("4content\t{text}\n"));
        let chars: Vec<char> = text.chars().collect();
        for from in 0..chars.len() {
            for to in from + 1..=chars.len() {
                let part = Part::new(&String::from_iter(&chars[from..to]));
                for gram in &part.grams {
                    assert!(
                        found.contains(&format!("a{gram}")),
                        "{gram} of {}",
                        part.text
                    );
                }
            }
        }
    }

    #[test]
    fn a_typed_beginning_of_pinyin_finds_all_its_terms() {
        let found = all("yname\tou'yang'chang'le\n");
        for typed in [
            "o", "ou", "ouy", "ouyangc", "oy", "oycl", "ycl", "changle", "l", "le", "yangch",
        ] {
            for term in Part::new(typed).pinyin {
                assert!(found.contains(&format!("y{term}")), "{term} of {typed}");
            }
        }
    }
}
