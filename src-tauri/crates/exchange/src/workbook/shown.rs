//! Numbers whose sheet shows more than the number: `007` for 7, `TS-2024-007`, `2年`.
//!
//! Only formats of fixed words and zeros are understood; every other number stays a number.

use calamine::Style;

/// A number format of zeros with fixed words before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fixed {
    before: String,
    figures: usize,
    after: String,
}

impl Fixed {
    /// Reads a format code; `None` for one that is not of this kind or adds nothing.
    fn parse(code: &str) -> Option<Self> {
        let mut fixed = Self {
            before: String::new(),
            figures: 0,
            after: String::new(),
        };
        let mut rest = code.split(';').next()?.chars();
        while let Some(c) = rest.next() {
            if c == '0' && fixed.after.is_empty() {
                fixed.figures += 1;
                continue;
            }
            let word = if fixed.figures == 0 {
                &mut fixed.before
            } else {
                &mut fixed.after
            };
            match c {
                '"' => word.extend(rest.by_ref().take_while(|c| *c != '"')),
                '\\' => word.extend(rest.next()),
                '-' | '(' | ')' => word.push(c),
                _ => return None,
            }
        }
        let adds = fixed.figures > 1 || !(fixed.before.is_empty() && fixed.after.is_empty());
        (fixed.figures > 0 && adds).then_some(fixed)
    }

    /// What the sheet shows for a whole number that is not negative.
    pub(super) fn text(&self, value: f64) -> Option<String> {
        if value.fract() != 0.0 || !(0.0..1e15).contains(&value) {
            return None;
        }
        let Self {
            before,
            figures,
            after,
        } = self;
        Some(format!("{before}{value:0figures$.0}{after}"))
    }
}

/// The understood formats by style id.
pub(super) fn by_style(styles: &[Style]) -> Vec<Option<Fixed>> {
    styles
        .iter()
        .map(|style| Fixed::parse(&style.number_format.as_ref()?.format_code))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_and_words_of_a_format_are_shown() {
        let shown = |code: &str, value| Fixed::parse(code).and_then(|f| f.text(value));
        assert_eq!(shown("000", 7.0).as_deref(), Some("007"));
        assert_eq!(
            shown("\"TS-2024-\"000", 12.0).as_deref(),
            Some("TS-2024-012")
        );
        assert_eq!(shown("0\"年\"", 2.0).as_deref(), Some("2年"));
        for code in ["General", "0", "0.00", "0%", "#,##0", "yyyy-mm-dd", "@", ""] {
            assert_eq!(shown(code, 7.0), None, "{code}");
        }
        assert_eq!(shown("000", 7.5), None);
    }
}
