//! What the command line prints: aligned text for people, JSON for scripts, one line for errors.

use std::io::Write as _;

use commands::CommandError;
use serde_json::Value as Json;
use unicode_width::UnicodeWidthStr;

/// Prints text; a reader that went away (`| head`) is no fault.
pub(crate) fn text(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{}", text.trim_end());
}

/// Prints an answer as JSON.
pub(crate) fn json(answer: &Json) {
    text(&serde_json::to_string_pretty(answer).unwrap_or_default());
}

/// Prints an error as one line `code: message`.
pub(crate) fn error(fault: &CommandError) {
    let line = fault.to_string().replace('\n', " ");
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// Rows under headings, columns aligned by the width of Chinese characters.
pub(crate) fn table(headings: &[&str], rows: &[Vec<String>]) -> String {
    const WIDEST: usize = 44;
    let cell = |text: &str| clip(&text.replace(['\n', '\t'], " "), WIDEST);
    let rows: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().map(|c| cell(c)).collect())
        .collect();
    let mut widths: Vec<usize> = headings.iter().map(|h| h.width()).collect();
    for row in &rows {
        for (at, text) in row.iter().enumerate().take(widths.len()) {
            widths[at] = widths[at].max(text.width());
        }
    }
    let line = |cells: &[String]| {
        let padded: Vec<String> = cells
            .iter()
            .zip(&widths)
            .map(|(text, width)| {
                format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
            })
            .collect();
        padded.join("  ").trim_end().to_owned()
    };
    let mut lines = vec![line(
        &headings.iter().map(|h| (*h).to_owned()).collect::<Vec<_>>(),
    )];
    lines.extend(rows.iter().map(|row| line(row)));
    lines.join("\n")
}

/// At most `widest` columns of a text.
fn clip(text: &str, widest: usize) -> String {
    if text.width() <= widest {
        return text.to_owned();
    }
    let mut out = String::new();
    for c in text.chars() {
        if out.width() + 3 > widest {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}

/// A text field of an answer.
pub(crate) fn of<'a>(answer: &'a Json, key: &str) -> &'a str {
    answer.get(key).and_then(Json::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_under_each_other_with_chinese_text() {
        let rows = [
            vec!["甲".to_owned(), "x".to_owned()],
            vec!["ab".to_owned(), "y".to_owned()],
        ];
        assert_eq!(table(&["名", "值"], &rows), "名  值\n甲  x\nab  y");
    }

    #[test]
    fn long_text_is_clipped_and_says_so() {
        assert!(table(&["a"], &[vec!["长".repeat(60)]]).ends_with('…'));
    }
}
