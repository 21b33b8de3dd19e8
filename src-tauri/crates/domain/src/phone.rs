//! Telephone numbers as Chinese offices write them: mobiles, landlines with area code and
//! extension, service numbers, several in one cell. Kept as digits joined by `;`.

use crate::text::{fold, means_empty};

/// Reads one cell with one or more telephone numbers.
///
/// Blanks, hyphens and brackets inside a number are dropped; `、 ， , ; ； /` and line breaks part
/// several numbers; an extension stays behind `-`. The answer joins the numbers by `;`.
/// An empty answer means that the cell says "none" (无, /).
///
/// # Errors
/// The part that is no telephone number, as it was written.
pub fn read(input: &str) -> Result<String, String> {
    if means_empty(input) || matches!(input.trim(), "无" | "没有" | "不详") {
        return Ok(String::new());
    }
    let mut numbers: Vec<String> = Vec::new();
    for part in input.split(['、', '，', ',', ';', '；', '/', '／', '\n', '|']) {
        if means_empty(part) {
            continue;
        }
        numbers.push(one(part).ok_or_else(|| part.trim().to_owned())?);
    }
    Ok(numbers.join(";"))
}

/// Kept numbers as people write them: `138 0000 1050` stays together as `13800001050`, a landline
/// gets its hyphen (`021-68880176`), an extension its 转; several are parted by 、.
#[must_use]
pub fn shown(kept: &str) -> String {
    let one = |number: &str| {
        let (digits, extension) = number.split_once('-').unwrap_or((number, ""));
        let area = match digits.as_bytes() {
            [b'0', b'1' | b'2', ..] => 3,
            [b'0', ..] => 4,
            _ => 0,
        };
        let main = if area > 0 && digits.len() > area {
            format!("{}-{}", &digits[..area], &digits[area..])
        } else if digits.len() == 10 && (digits.starts_with("400") || digits.starts_with("800")) {
            format!("{}-{}-{}", &digits[..3], &digits[3..6], &digits[6..])
        } else {
            digits.to_owned()
        };
        if extension.is_empty() {
            main
        } else {
            format!("{main}转{extension}")
        }
    };
    kept.split(';').map(one).collect::<Vec<_>>().join("、")
}

/// One number in digits, with `-` before an extension, or `None`.
fn one(part: &str) -> Option<String> {
    let folded = fold(part);
    let (main, extension) = split_extension(&folded);
    let digits: String = main
        .trim_start_matches("+86")
        .chars()
        .filter(|c| !matches!(c, '-' | '(' | ')' | '.' | '−' | '–' | '—'))
        .collect();
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let digits = match digits.strip_prefix("86") {
        Some(rest) if digits.len() == 13 && is_mobile(rest) => rest.to_owned(),
        _ => digits,
    };
    if !(is_mobile(&digits) || is_landline(&digits) || is_service(&digits)) {
        return None;
    }
    match extension {
        Some(ext) if (1..=6).contains(&ext.len()) && ext.bytes().all(|b| b.is_ascii_digit()) => {
            Some(format!("{digits}-{ext}"))
        }
        Some(_) => None,
        None => Some(digits),
    }
}

/// Parts `021-68880176转603` and `021-68880176-603` into number and extension.
fn split_extension(folded: &str) -> (&str, Option<&str>) {
    for word in ["转", "分机", "ext", "#", "*"] {
        if let Some((main, ext)) = folded.split_once(word) {
            return (main, Some(ext.trim_start_matches(['.', ':', '-'])));
        }
    }
    let hyphens: Vec<usize> = folded.match_indices('-').map(|(at, _)| at).collect();
    if let Some(&last) = hyphens.last() {
        let (main, ext) = folded.split_at(last);
        let before: usize = main.bytes().filter(u8::is_ascii_digit).count();
        // 138-0013-8000 is a mobile written in three groups, no extension; 021-68880176-603 and
        // the kept spelling 02168880176-603 have one.
        if main.starts_with('0') && (10..=12).contains(&before) {
            return (main, Some(&ext[1..]));
        }
    }
    (folded, None)
}

/// Eleven digits beginning 13 to 19.
fn is_mobile(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    bytes.len() == 11 && bytes[0] == b'1' && (b'3'..=b'9').contains(&bytes[1])
}

/// Area code (0 and 2 or 3 digits) with 7 or 8 digits, or a local number of 7 or 8 digits.
fn is_landline(digits: &str) -> bool {
    match digits.as_bytes() {
        [b'0', ..] => (10..=12).contains(&digits.len()),
        [b'2'..=b'8', ..] => (7..=8).contains(&digits.len()),
        _ => false,
    }
}

/// 400 and 800 numbers, and short service numbers such as 12345, 95598, 110.
fn is_service(digits: &str) -> bool {
    ((digits.starts_with("400") || digits.starts_with("800")) && digits.len() == 10)
        || (matches!(digits.as_bytes(), [b'1' | b'9', ..]) && matches!(digits.len(), 3 | 5))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_spellings_are_read() {
        for (typed, kept) in [
            ("138 0000 1050", "13800001050"),
            ("138-0013-8000", "13800138000"),
            ("+86 13800001050", "13800001050"),
            ("１３８００００１０５０", "13800001050"),
            ("021-68880176", "02168880176"),
            ("（021）68880176转603", "02168880176-603"),
            ("021-68880176-603", "02168880176-603"),
            ("13700002752/021-68880397", "13700002752;02168880397"),
            ("13900003492、021-68886619", "13900003492;02168886619"),
            ("400-820-8820", "4008208820"),
            ("12345", "12345"),
            ("无", ""),
        ] {
            assert_eq!(read(typed).as_deref(), Ok(kept), "{typed}");
        }
    }

    #[test]
    fn kept_numbers_are_shown_as_people_write_them_and_read_back_the_same() {
        for (kept, written) in [
            ("13800001050", "13800001050"),
            ("02168880176-603", "021-68880176转603"),
            ("057168880176", "0571-68880176"),
            ("4008208820", "400-820-8820"),
            ("12345", "12345"),
            ("13700002752;02168880397", "13700002752、021-68880397"),
        ] {
            assert_eq!(shown(kept), written);
            assert_eq!(read(written).as_deref(), Ok(kept));
            assert_eq!(
                read(kept).as_deref(),
                Ok(kept),
                "what is kept reads as itself"
            );
        }
    }

    #[test]
    fn a_mobile_with_a_missing_digit_is_refused() {
        assert_eq!(read("1390000135"), Err("1390000135".to_owned()));
        assert!(read("打电话").is_err());
    }
}
