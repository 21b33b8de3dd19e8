//! Where a line may end, behind our own function because the library's interface is unstable.

use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};

/// Rules of Unicode 15.1 glue Chinese quotes to the words before them; these (UAX 14 of Unicode
/// 17) do not.
static SEGMENTER: LineSegmenterBorrowed<'static> =
    LineSegmenter::new_17_for_non_complex_scripts(LineBreakOptions::default());

/// For each character of `text`: whether a line may begin with it. The first is never a break.
#[must_use]
pub(crate) fn breaks(text: &str) -> Vec<bool> {
    let mut allowed: Vec<bool> = Vec::with_capacity(text.len() / 3 + 1);
    let mut places = SEGMENTER.segment_str(text).peekable();
    for (offset, _) in text.char_indices() {
        while places.next_if(|place| *place < offset).is_some() {}
        allowed.push(offset > 0 && places.peek() == Some(&offset));
    }
    allowed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> String {
        let mut out = String::new();
        for (character, allowed) in text.chars().zip(breaks(text)) {
            if allowed {
                out.push('|');
            }
            out.push(character);
        }
        out
    }

    #[test]
    fn chinese_rules_hold_at_quotes_brackets_figures_and_dashes() {
        assert_eq!(cut("他说“你好”然后"), "他|说|“你|好”|然|后");
        assert_eq!(cut("15%（即100分）"), "15%|（即|100|分）");
        assert_eq!(
            cut("￥1,234.50元，2026-02-23止"),
            "￥1,234.50|元，|2026-02-23|止"
        );
        assert_eq!(cut("服务——热情……好"), "服|务|——|热|情……|好");
        assert_eq!(cut("〔2026〕第1号、（一）"), "〔2026〕|第|1|号、|（一）");
    }
}
