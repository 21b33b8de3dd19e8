//! How typed text is kept: composed (NFC), without control characters, never cut, never changed
//! beyond that. Full compatibility folding is not done here, because it would change names; it is
//! used only for looking things up ([`fold`]).

use unicode_normalization::UnicodeNormalization;

use crate::problem::ProblemCode;

/// Longest text of a one-line field, in characters.
pub const TEXT_MAX: usize = 200;
/// Longest text of a many-line field, in characters.
pub const LONG_TEXT_MAX: usize = 20_000;

/// Cleans one typed text: NFC, line ends as `\n`, Kangxi radicals as the characters they look
/// like (they share a glyph, and a search for 金 must find ⾦), outer white space off.
/// In one-line text, line breaks and tabs become one blank and invisible marks are dropped.
///
/// # Errors
/// [`ProblemCode::ControlCharacter`] for any other control character.
pub fn clean(input: &str, many_lines: bool) -> Result<String, ProblemCode> {
    let mut out = String::with_capacity(input.len());
    let unified = input.replace("\r\n", "\n").replace('\r', "\n");
    for c in unified.nfc() {
        match c {
            '\n' | '\t' if many_lines => out.push(c),
            '\n' | '\t' => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c if is_invisible(c) => {}
            c if c.is_control() => return Err(ProblemCode::ControlCharacter),
            '\u{2E80}'..='\u{2FDF}' => out.extend(std::iter::once(c).nfkc()),
            c => out.push(c),
        }
    }
    Ok(out.trim_matches(is_blank).to_owned())
}

/// White space in the sense of a Chinese page: also the full-width blank and the no-break blank.
#[must_use]
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{3000}' | '\u{A0}' | '\u{200B}' | '\u{FEFF}')
}

/// Zero-width and direction marks: invisible on screen and paper, able to hide or turn text.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'
        | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// Folds text for comparing and looking up: NFKC (full-width digits and brackets become plain),
/// lower case, no white space. Never stored as a value.
#[must_use]
pub fn fold(input: &str) -> String {
    input
        .nfkc()
        .filter(|c| !is_blank(*c) && !is_invisible(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

/// True for what ledgers write into a cell that has nothing to say.
#[must_use]
pub fn means_empty(input: &str) -> bool {
    matches!(
        input.trim_matches(is_blank),
        "" | "/" | "-" | "—" | "——" | "－" | "／" | "--"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_names_are_kept_as_typed() {
        for name in ["䶮", "㛃", "𬭎", "𠅤", "龚䶮", "欧阳𬭎"] {
            assert_eq!(clean(name, false).as_deref(), Ok(name));
        }
    }

    #[test]
    fn kangxi_radicals_become_the_characters_they_look_like() {
        assert_eq!(clean("⾦⼯", false).as_deref(), Ok("金工"));
    }

    #[test]
    fn control_characters_are_refused_and_not_dropped() {
        assert_eq!(clean("a\0b", false), Err(ProblemCode::ControlCharacter));
        assert_eq!(
            clean("a\u{1b}[31mb", true),
            Err(ProblemCode::ControlCharacter)
        );
    }

    #[test]
    fn one_line_text_has_no_line_break_and_no_hidden_turn() {
        assert_eq!(clean("甲\r\n乙\u{202E}丙", false).as_deref(), Ok("甲 乙丙"));
        assert_eq!(clean("甲\r\n乙", true).as_deref(), Ok("甲\n乙"));
    }

    #[test]
    fn decomposed_letters_are_composed() {
        assert_eq!(clean("e\u{301}", false).as_deref(), Ok("é"));
    }

    #[test]
    fn folding_makes_full_width_and_plain_equal() {
        assert_eq!(fold("（ＡＢ １２）"), fold("(ab12)"));
    }
}
