//! Brings typed text into the shape that is printed and extracted again.

use unicode_normalization::UnicodeNormalization;

/// Text as it is set: NFC, radicals typed for characters replaced by the characters, line ends as
/// `\n`, tabs as spaces, no control or zero-width characters and no variation selectors.
///
/// Kangxi radicals share glyphs with the characters in Noto; left as they are, a search in the PDF
/// would not find either (reference: ToUnicode is keyed by glyph).
#[must_use]
pub fn normalise(text: &str) -> String {
    let ended = text.replace("\r\n", "\n").replace('\r', "\n");
    ended.nfc().filter_map(settle).collect()
}

fn settle(character: char) -> Option<char> {
    match character {
        '\n' => Some('\n'),
        '\t' | '\u{A0}' => Some(' '),
        '\u{2F00}'..='\u{2FDF}' | '\u{2E80}'..='\u{2EF3}' => {
            let mut mapped = std::iter::once(character).nfkc();
            match (mapped.next(), mapped.next()) {
                (Some(single), None) => Some(single),
                _ => Some(character),
            }
        }
        '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}'
        | '\u{FEFF}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{E0100}'..='\u{E01EF}' => None,
        other if other.is_control() => None,
        other => Some(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_become_characters_and_controls_vanish() {
        assert_eq!(normalise("⼀⼈\u{7}\t甲\r\n乙\u{FEFF}"), "一人 甲\n乙");
        assert_eq!(normalise("e\u{301}\u{F900}"), "é豈");
    }
}
