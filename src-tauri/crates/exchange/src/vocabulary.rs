//! From header words to fields, by label and synonym; never by mere likeness.

use std::collections::HashMap;

use domain::spec::{FieldKind, RegisterSpec};
use domain::text::fold;
use serde::Serialize;

use crate::mapping::is_importable;

/// Header words of a column that only counts the rows.
const ROW_NUMBER: [&str; 7] = ["序号", "顺序号", "行号", "no", "no.", "№", "项次"];

/// Why a column was given its use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// A person decided.
    Given,
    /// The header is the field's label.
    Label,
    /// The header is one of the field's synonyms.
    Synonym,
    /// The header without what stands in brackets is label or synonym.
    WithoutBrackets,
    /// The header ends with label or synonym (`业主联系电话`).
    Ending,
    /// The header counts the rows.
    RowNumber,
    /// The field is computed by the program itself.
    Computed,
    /// The field already has another column.
    Taken,
    /// No field has such a word.
    Unknown,
}

impl Reason {
    /// The stable code.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Label => "label",
            Self::Synonym => "synonym",
            Self::WithoutBrackets => "without_brackets",
            Self::Ending => "ending",
            Self::RowNumber => "row_number",
            Self::Computed => "computed",
            Self::Taken => "taken",
            Self::Unknown => "unknown",
        }
    }
}

/// One field that a header may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Meaning {
    pub(crate) field: String,
    pub(crate) reason: Reason,
}

/// All header words of a register.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    /// Folded word → field ids, labels first.
    exact: HashMap<String, Vec<(String, bool)>>,
    /// Folded word, field id, whether the field is a date; the longest words first.
    endings: Vec<(String, String, bool)>,
    computed: Vec<String>,
}

impl Vocabulary {
    pub(crate) fn new(spec: &RegisterSpec) -> Self {
        let mut vocabulary = Self {
            exact: HashMap::new(),
            endings: Vec::new(),
            computed: Vec::new(),
        };
        for field in &spec.fields {
            let label = fold(&field.label);
            if !is_importable(field) {
                vocabulary.computed.push(label);
                continue;
            }
            let is_date = matches!(field.kind, FieldKind::Date | FieldKind::Moment);
            let words = std::iter::once((label, true))
                .chain(field.synonyms.iter().map(|s| (fold(s), false)));
            for (word, is_label) in words {
                // `{customer}` stands for the office's own word, which comes as a synonym.
                if word.is_empty() || word.contains('{') {
                    continue;
                }
                let known = vocabulary.exact.entry(word.clone()).or_default();
                if known.iter().any(|(id, _)| *id == field.id) {
                    continue;
                }
                known.push((field.id.clone(), is_label));
                known.sort_by_key(|(_, label)| !label);
                vocabulary.endings.push((word, field.id.clone(), is_date));
            }
        }
        vocabulary
            .endings
            .sort_by_key(|(word, _, _)| std::cmp::Reverse(word.chars().count()));
        vocabulary
    }

    /// Every field that a header may mean, the surest first.
    pub(crate) fn meanings(&self, header: &str) -> Vec<Meaning> {
        let folded = tidy(&fold(header));
        let bare = tidy(&without_brackets(&folded));
        let mut found: Vec<Meaning> = Vec::new();
        let mut add = |field: &str, reason| {
            if !found.iter().any(|m: &Meaning| m.field == field) {
                let field = field.to_owned();
                found.push(Meaning { field, reason });
            }
        };
        for (field, is_label) in self.exact.get(&folded).into_iter().flatten() {
            let reason = if *is_label {
                Reason::Label
            } else {
                Reason::Synonym
            };
            add(field, reason);
        }
        for (field, _) in self.exact.get(&bare).into_iter().flatten() {
            add(field, Reason::WithoutBrackets);
        }
        for (word, field, is_date) in &self.endings {
            // 时间 and 日期 end the names of too many columns to mean one of them.
            let least = if *is_date { 4 } else { 2 };
            if bare.len() > word.len() && bare.ends_with(word) && word.chars().count() >= least {
                add(field, Reason::Ending);
            }
        }
        found.sort_by_key(|m| m.reason);
        found
    }

    pub(crate) fn is_row_number(header: &str) -> bool {
        ROW_NUMBER.contains(&tidy(&fold(header)).as_str())
    }

    pub(crate) fn is_computed(&self, header: &str) -> bool {
        self.computed.contains(&tidy(&fold(header)))
    }
}

/// Takes off the marks that headers carry: `*投诉时间：`.
fn tidy(folded: &str) -> String {
    folded
        .trim_matches(|c| matches!(c, '*' | ':' | '、' | '.' | '※' | '★'))
        .to_owned()
}

/// Drops what stands in brackets: `合同金额(元)`, `施工质量(25%)`.
pub(crate) fn without_brackets(folded: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::new();
    for c in folded.chars() {
        match c {
            '(' | '[' | '【' | '〔' => depth += 1,
            ')' | ']' | '】' | '〕' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::spec::Catalog;

    fn first(header: &str) -> Option<(String, Reason)> {
        let spec = Catalog::builtin().register("complaint").expect("spec");
        let vocabulary = Vocabulary::new(spec);
        let meaning = vocabulary.meanings(header).into_iter().next()?;
        Some((meaning.field, meaning.reason))
    }

    #[test]
    fn headers_mean_fields_for_a_named_reason() {
        for (header, field, reason) in [
            ("投诉 时间", "received_at", Reason::Label),
            ("*投诉时间：", "received_at", Reason::Label),
            ("来电时间", "received_at", Reason::Synonym),
            (
                "投诉时间\n（年月日）",
                "received_at",
                Reason::WithoutBrackets,
            ),
            ("住户联系电话", "phone", Reason::Ending),
            // 受理时间 is the label of one field and a synonym of another: the label wins.
            ("受理时间", "accepted_at", Reason::Label),
        ] {
            let found = first(header);
            assert_eq!(found, Some((field.to_owned(), reason)), "{header}");
        }
    }

    #[test]
    fn a_header_is_not_guessed_by_a_common_ending() {
        assert_eq!(first("派单时间"), None);
        assert_eq!(first("天气"), None);
    }

    #[test]
    fn counting_and_computed_columns_are_known() {
        let spec = Catalog::builtin().register("complaint").expect("spec");
        assert!(Vocabulary::is_row_number("序 号"));
        assert!(Vocabulary::new(spec).is_computed("办理天数"));
    }
}
