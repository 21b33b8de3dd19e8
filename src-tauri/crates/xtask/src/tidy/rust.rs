//! Rust text with comments and strings told apart: enough to look for a name in code only, or for
//! SQL in strings only. No parser: a rule that needs one belongs to clippy.

/// A Rust file.
#[derive(Debug)]
pub(super) struct Source<'a> {
    pub(super) path: &'a str,
    pub(super) text: &'a str,
    /// The text with comments and the insides of strings blanked; lines keep their numbers.
    pub(super) code: String,
    /// The insides of strings, with the line each begins on.
    pub(super) strings: Vec<(usize, String)>,
    /// The line of the unit tests at the foot; past the end when there are none.
    pub(super) tests_from: usize,
}

impl<'a> Source<'a> {
    pub(super) fn new(path: &'a str, text: &'a str) -> Self {
        let (code, strings) = split(text);
        let tests = code
            .lines()
            .position(|line| line.trim_start().starts_with("#[cfg(test)]"));
        let tests_from = tests.map_or(usize::MAX, |line| line + 1);
        Self {
            path,
            text,
            code,
            strings,
            tests_from,
        }
    }

    /// True for a file that is built for tests, benches or examples only.
    pub(super) fn is_test_file(&self) -> bool {
        let parts: Vec<&str> = self.path.split('/').collect();
        let in_folder = parts
            .iter()
            .any(|part| matches!(*part, "tests" | "benches" | "examples"));
        in_folder || parts.last() == Some(&"tests.rs")
    }

    /// Lines of code that hold `needle`, counted from 1; a needle that begins or ends with a
    /// letter must begin or end a word.
    pub(super) fn lines_with(&self, needle: &str) -> Vec<usize> {
        let lines = self.code.lines().enumerate();
        lines
            .filter(|(_, line)| holds_word(line, needle))
            .map(|(index, _)| index + 1)
            .collect()
    }
}

/// True when `needle` stands in `line` as whole words.
pub(super) fn holds_word(line: &str, needle: &str) -> bool {
    let inside = |c: char| c.is_alphanumeric() || c == '_';
    let starts = needle.starts_with(inside);
    let ends = needle.ends_with(inside);
    line.match_indices(needle).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + needle.len()..].chars().next();
        !(starts && before.is_some_and(inside) || ends && after.is_some_and(inside))
    })
}

fn split(text: &str) -> (String, Vec<(usize, String)>) {
    let mut scan = Scan {
        text,
        at: 0,
        line: 1,
        code: String::with_capacity(text.len()),
        strings: Vec::new(),
    };
    while scan.at < text.len() {
        scan.step();
    }
    (scan.code, scan.strings)
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
    line: usize,
    code: String,
    strings: Vec<(usize, String)>,
}

impl Scan<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// Takes `length` bytes, as code or blanked.
    fn take(&mut self, length: usize, shown: bool) {
        for c in self.text[self.at..self.at + length].chars() {
            self.line += usize::from(c == '\n');
            self.code.push(if shown || c == '\n' { c } else { ' ' });
        }
        self.at += length;
    }

    fn step(&mut self) {
        let rest = self.rest();
        if rest.starts_with("//") {
            self.take(rest.find('\n').unwrap_or(rest.len()), false);
        } else if rest.starts_with("/*") {
            self.take(block_comment(rest), false);
        } else if let Some(hashes) = raw_string(rest).filter(|_| !self.in_word()) {
            let opening = rest.find('"').unwrap_or(0) + 1;
            let closing = format!("\"{}", "#".repeat(hashes));
            let inside = rest[opening..]
                .find(&closing)
                .unwrap_or(rest.len() - opening);
            self.string(opening, inside, closing.len());
        } else if let Some(inside) = rest.strip_prefix('"') {
            self.string(1, until_quote(inside), 1);
        } else if let Some(length) = char_literal(rest) {
            self.take(length, false);
        } else {
            self.take(rest.chars().next().map_or(1, char::len_utf8), true);
        }
    }

    /// True in the midst of a word, where `r"` ends a name instead of beginning a string.
    fn in_word(&self) -> bool {
        self.code
            .chars()
            .next_back()
            .is_some_and(|c| c.is_alphanumeric() || c == '_')
    }

    fn string(&mut self, opening: usize, inside: usize, closing: usize) {
        self.take(opening, true);
        let content = self.text[self.at..self.at + inside].to_owned();
        self.strings.push((self.line, content));
        self.take(inside, false);
        self.take(closing.min(self.rest().len()), true);
    }
}

/// Length of a block comment, nested ones included.
fn block_comment(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < text.len() {
        if text[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if text[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    at
}

/// The number of `#` of a raw string that begins here.
fn raw_string(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("br").or_else(|| text.strip_prefix('r'))?;
    let hashes = rest.len() - rest.trim_start_matches('#').len();
    rest[hashes..].starts_with('"').then_some(hashes)
}

/// Length up to the quote that closes a plain string.
fn until_quote(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            '"' if !escaped => return at,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    text.len()
}

/// Length of a character literal; `None` for a lifetime.
fn char_literal(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('\'')?;
    let first = inside.chars().next()?;
    if first == '\\' {
        return inside.get(2..)?.find('\'').map(|at| at + 4);
    }
    inside[first.len_utf8()..]
        .starts_with('\'')
        .then_some(first.len_utf8() + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_strings_are_not_code() {
        let text = "use a; // printpdf\n/* rusqlite /* lopdf */ */ let s = \"tauri \\\" rfd\"; x('\"', 'a');\nlet l: &'static str = r#\"raw \"quoted\" text\"#; b";
        let source = Source::new("a.rs", text);
        for word in [
            "printpdf", "rusqlite", "lopdf", "tauri", "rfd", "raw", "quoted",
        ] {
            assert_eq!(
                source.lines_with(word),
                [0_usize; 0],
                "{word}\n{}",
                source.code
            );
        }
        assert_eq!(source.lines_with("static"), [3]);
        assert_eq!(source.code.lines().count(), text.lines().count());
        let strings: Vec<&str> = source
            .strings
            .iter()
            .map(|(_, text)| text.as_str())
            .collect();
        assert_eq!(strings, ["tauri \\\" rfd", "raw \"quoted\" text"]);
    }

    #[test]
    fn words_are_found_whole() {
        assert!(holds_word("use lopdf::Document;", "lopdf"));
        assert!(!holds_word("use my_lopdf::Document;", "lopdf"));
        assert!(!holds_word("lopdf2::x", "lopdf"));
        assert!(holds_word("#[ignore = \"x\"]", "#[ignore"));
    }

    #[test]
    fn unit_tests_begin_at_their_attribute() {
        let source = Source::new("a.rs", "fn a() {}\n\n#[cfg(test)]\nmod tests {}\n");
        assert_eq!(source.tests_from, 3);
        assert_eq!(Source::new("a.rs", "fn a() {}").tests_from, usize::MAX);
    }

    #[test]
    fn a_string_that_never_ends_is_no_endless_loop() {
        for text in ["\"abc", "r#\"abc", "/* abc", "'\\", "'"] {
            let _ = Source::new("a.rs", text);
        }
    }
}
