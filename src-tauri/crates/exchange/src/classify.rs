//! Which rows below a header are records, and what the others are.

use domain::text::{fold, means_empty};
use serde::Serialize;

use crate::cell::{Cell, Row};
use crate::header::Column;
use crate::mapping::ColumnUse;

/// Rows that are no records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SkipKind {
    /// Nothing in it.
    Blank,
    /// Only a prepared row number.
    NumberedBlank,
    /// The header again, copied at a page break.
    RepeatedHeader,
    /// A total or an average.
    Subtotal,
    /// Signatures, "以下空白".
    Footer,
    /// A remark about the table.
    Note,
}

impl SkipKind {
    /// The stable code.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Blank => "blank",
            Self::NumberedBlank => "numbered_blank",
            Self::RepeatedHeader => "repeated_header",
            Self::Subtotal => "subtotal",
            Self::Footer => "footer",
            Self::Note => "note",
        }
    }
}

const TOTALS: [&str; 8] = [
    "合计",
    "小计",
    "总计",
    "共计",
    "累计",
    "平均",
    "汇总",
    "平均分",
];
const SIGNS: [&str; 14] = [
    "制表",
    "填表",
    "填报",
    "编制",
    "审核",
    "复核",
    "批准",
    "审批",
    "统计人",
    "负责人",
    "经办人",
    "记录人",
    "签字",
    "盖章",
];
const BLANK_BELOW: [&str; 3] = ["以下空白", "以下无内容", "以下无正文"];
const NOTES: [&str; 7] = [
    "注",
    "备注",
    "说明",
    "填表说明",
    "评分标准",
    "填写说明",
    "附注",
];

/// What a row is; `None` for a record.
pub(crate) fn skip_kind(row: &Row<'_>, columns: &[Column]) -> Option<SkipKind> {
    let first = match row.cells.first() {
        None => return Some(SkipKind::Blank),
        Some((_, cell)) => cell,
    };
    if let Cell::Text(text) = first
        && let Some(kind) = by_words(&fold(text), row.cells.len())
    {
        return Some(kind);
    }
    let mut fields = 0_usize;
    let mut number = false;
    let mut same_as_header = 0;
    let mut different = 0;
    for (at, cell) in &row.cells {
        if fields > 0 && different > columns.len() / 4 {
            return None;
        }
        let Some(column) = column_at(columns, *at) else {
            continue;
        };
        if column.usage == ColumnUse::RowNumber {
            number = true;
        }
        let Cell::Text(text) = cell else {
            fields += usize::from(column.field().is_some());
            different += 1;
            continue;
        };
        if column.field().is_some() && !means_empty(text) {
            fields += 1;
        }
        if !column.header.is_empty() && text.trim() == column.header {
            same_as_header += 1;
        } else {
            different += 1;
        }
    }
    if same_as_header >= 3 && different <= same_as_header / 4 {
        return Some(SkipKind::RepeatedHeader);
    }
    if fields > 0 {
        return None;
    }
    Some(match (number, first) {
        (true, Cell::Text(text)) if is_counting(text) => SkipKind::NumberedBlank,
        (true, Cell::Text(_)) => SkipKind::Note,
        (true, _) => SkipKind::NumberedBlank,
        (false, Cell::Text(text)) if !means_empty(text) => SkipKind::Note,
        (false, _) => SkipKind::Blank,
    })
}

/// Finds the column at a place; columns nearly always stand at their own index.
pub(crate) fn column_at(columns: &[Column], index: u32) -> Option<&Column> {
    columns
        .get(index as usize)
        .filter(|c| c.index == index)
        .or_else(|| columns.iter().find(|c| c.index == index))
}

fn is_counting(text: &str) -> bool {
    fold(text).chars().all(|c| c.is_ascii_digit() || c == '.')
}

/// What the first words of a row say.
fn by_words(text: &str, cells: usize) -> Option<SkipKind> {
    let length = text.chars().count();
    let bare = text.trim_matches(|c| matches!(c, '-' | '—' | '*' | '(' | ')'));
    if BLANK_BELOW.iter().any(|w| bare.starts_with(w)) {
        return Some(SkipKind::Footer);
    }
    let bare_end = text.trim_end_matches(':');
    let is_total = |w: &&str| bare_end.starts_with(*w) || bare_end.ends_with(*w);
    if length <= 8 && TOTALS.iter().any(is_total) {
        return Some(SkipKind::Subtotal);
    }
    let named = |words: &[&str]| {
        words.iter().any(|w| {
            text.strip_prefix(w)
                .map(|rest| rest.trim_start_matches(['人', '者', '员']))
                .is_some_and(|rest| rest.starts_with([':', '1']))
        })
    };
    if named(&SIGNS) && cells <= 6 {
        return Some(SkipKind::Footer);
    }
    if named(&NOTES) && cells <= 2 {
        return Some(SkipKind::Note);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_first_cell_tell_what_a_row_is() {
        for (text, kind) in [
            ("合计", Some(SkipKind::Subtotal)),
            ("平均分", Some(SkipKind::Subtotal)),
            ("三季度小计", Some(SkipKind::Subtotal)),
            ("合计:", Some(SkipKind::Subtotal)),
            ("以下空白", Some(SkipKind::Footer)),
            ("——以下空白——", Some(SkipKind::Footer)),
            ("制表人:岑知远审核人:费望舟", Some(SkipKind::Footer)),
            ("制表:莫听澜复核:温若溪", Some(SkipKind::Footer)),
            ("注:1.本表由项目部填写", Some(SkipKind::Note)),
            ("评分标准:很满意100", Some(SkipKind::Note)),
            ("TS-2024-001", None),
            ("12", None),
            ("合同工期延误并要求共计赔偿", None),
            ("审核流程太慢", None),
        ] {
            assert_eq!(by_words(&fold(text), 1), kind, "{text}");
        }
    }
}
