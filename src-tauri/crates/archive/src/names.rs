//! File names that stand on every file system an office meets: NTFS, exFAT and FAT32.
//!
//! Chinese names are allowed: long names of FAT32 are UTF-16. What is refused is what Windows
//! cannot open again, or what shows another name than it has. Names *inside* an archive are stricter
//! (made by the program, ASCII); that belongs to the package format.

/// Characters that Windows refuses in a name.
const FORBIDDEN: &[char] = &['<', '>', ':', '"', '/', '\\', '|', '?', '*'];

/// Names of devices: Windows opens the device whatever extension follows.
const DEVICES: &[&str] = &["CON", "PRN", "AUX", "NUL"];

/// Longest name in UTF-16 units: 255 on every one of the file systems, less the provisional ending.
const LONGEST: usize = 255 - PROVISIONAL.len();

/// Ending of a file that is still being written.
pub(crate) const PROVISIONAL: &str = ".part";

/// Why a name is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameFault {
    /// Nothing, `.` or `..`.
    Empty,
    /// A character that Windows refuses, a control character, or one that turns text around.
    Character(char),
    /// Windows drops a final full stop or space, so the name would be another one.
    Ending,
    /// The name of a device, such as `CON` or `COM1`.
    Device,
    /// More than 250 UTF-16 units.
    TooLong,
}

/// Checks one file name (not a path).
///
/// # Errors
/// The first fault found.
pub fn check_file_name(name: &str) -> Result<(), NameFault> {
    if name.is_empty() || name == "." || name == ".." {
        return Err(NameFault::Empty);
    }
    if let Some(bad) = name.chars().find(|&character| is_refused(character)) {
        return Err(NameFault::Character(bad));
    }
    if name.ends_with(['.', ' ']) {
        return Err(NameFault::Ending);
    }
    if is_device(name) {
        return Err(NameFault::Device);
    }
    if name.encode_utf16().count() > LONGEST {
        return Err(NameFault::TooLong);
    }
    Ok(())
}

/// Makes a file name out of any text and an extension (without its dot), so that it passes
/// [`check_file_name`]: refused characters become `_`, the length is cut before the extension.
#[must_use]
pub fn file_name_from(text: &str, extension: &str) -> String {
    let room = LONGEST - extension.encode_utf16().count() - 1;
    let mut stem = String::new();
    let mut used = 0;
    for character in text.trim().chars() {
        used += character.len_utf16();
        if used > room {
            break;
        }
        stem.push(if is_refused(character) {
            '_'
        } else {
            character
        });
    }
    let kept = stem.trim_end_matches(['.', ' ']).len();
    stem.truncate(kept);
    if stem.is_empty() || is_device(&stem) {
        stem.insert(0, '_');
    }
    format!("{stem}.{extension}")
}

fn is_refused(character: char) -> bool {
    let turns_text = matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    FORBIDDEN.contains(&character) || character.is_control() || turns_text
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end();
    let upper = stem.to_uppercase();
    if DEVICES.contains(&upper.as_str()) {
        return true;
    }
    let port = upper
        .strip_prefix("COM")
        .or_else(|| upper.strip_prefix("LPT"));
    // The superscripts count as digits for Windows.
    port.is_some_and(|digit| {
        matches!(
            digit,
            "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³"
        )
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_an_office_uses_are_allowed() {
        for name in [
            "投诉记录表 TS-2026-XM01-0007.pdf",
            "𠅤㛃.xlsx",
            "000001-20261121T010203Z.db",
            "console.pdf",
        ] {
            assert_eq!(check_file_name(name), Ok(()), "{name}");
        }
    }

    #[test]
    fn names_windows_cannot_open_again_are_refused() {
        let cases = [
            ("", NameFault::Empty),
            ("..", NameFault::Empty),
            ("a:b", NameFault::Character(':')),
            ("../a", NameFault::Character('/')),
            ("a\u{202e}fdp.exe", NameFault::Character('\u{202e}')),
            ("a\0", NameFault::Character('\0')),
            ("表.", NameFault::Ending),
            ("表 ", NameFault::Ending),
            ("nul.txt", NameFault::Device),
            ("Com¹", NameFault::Device),
        ];
        for (name, fault) in cases {
            assert_eq!(check_file_name(name), Err(fault), "{name:?}");
        }
        assert_eq!(check_file_name(&"台".repeat(251)), Err(NameFault::TooLong));
    }

    proptest! {
        #[test]
        fn any_text_gives_a_name_that_passes(text in any::<String>()) {
            let name = file_name_from(&text, "pdf");
            prop_assert_eq!(check_file_name(&name), Ok(()), "{:?}", name);
        }

        #[test]
        fn device_names_are_turned_into_names_that_pass(number in 0_u8..10, end in "[. ]{0,3}") {
            let name = file_name_from(&format!("com{number}{end}"), "pdf");
            prop_assert_eq!(check_file_name(&name), Ok(()), "{:?}", name);
        }
    }
}
