//! The papers of a complaint: the archive list of R-22 and the sheets that are still out.

use crate::field::complaint;
use crate::record::Record;
use crate::workflow::Case;

/// One item of the archive list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchiveItem {
    /// Code in the list `archive_item`.
    pub code: &'static str,
    /// Forms that prove it.
    pub forms: &'static [&'static str],
    /// A sheet or scan is there.
    pub present: bool,
    /// It was waived with a reason.
    pub waived: bool,
}

impl ArchiveItem {
    /// Present or waived.
    #[must_use]
    pub fn settled(&self) -> bool {
        self.present || self.waived
    }
}

/// The five items of R-22 with the forms that prove them.
const ITEMS: [(&str, &[&str]); 5] = [
    ("registration", &["F-01"]),
    ("acceptance", &["F-04", "F-02"]),
    ("investigation", &["F-27"]),
    ("opinion", &["F-28"]),
    ("result", &["F-02"]),
];

/// The archive list of a case: what is there, what was waived.
#[must_use]
pub fn archive_items(case: &Case<'_>) -> Vec<ArchiveItem> {
    ITEMS
        .into_iter()
        .map(|(code, forms)| ArchiveItem {
            code,
            forms,
            present: logged(case, "attach_scan", code)
                || case
                    .papers
                    .iter()
                    .any(|p| p.returned && forms.contains(&p.form.as_str())),
            waived: logged(case, "waive", code),
        })
        .collect()
}

/// Forms that were printed and whose signed sheet is not back. The case cover needs no signature.
#[must_use]
pub fn unreturned(case: &Case<'_>) -> Vec<String> {
    let mut out: Vec<String> = case
        .papers
        .iter()
        .filter(|p| !p.returned && p.form != "F-40")
        .map(|p| p.form.clone())
        .collect();
    out.sort();
    out.dedup();
    out
}

fn logged(case: &Case<'_>, step: &str, item: &str) -> bool {
    case.actions.iter().any(|line| {
        line.values.text("step") == Some(step) && line.values.text("archive_item") == Some(item)
    })
}

/// Whether the part of a case that a form shows is done, so that unused cells can be struck. Until
/// then the sheet leaves room for the pen.
#[must_use]
pub fn is_paper_final(form: &str, record: &Record) -> bool {
    let has = |field: &str| !record.values.get(field).is_null();
    match form {
        "F-02" => has(complaint::VISITED_AT),
        "F-04" => has(complaint::ACCEPTED_AT),
        // The report is finished by hand on site: nothing on it is struck.
        "F-27" => false,
        "F-28" => has(complaint::OPINION),
        _ => true,
    }
}

/// How long the file of a case is kept, as a code of the list `retention`: major complaints thirty
/// years, others ten (domain.md 6.10, the product's own setting).
#[must_use]
pub fn retention(record: &Record) -> &'static str {
    if super::is_major(record) {
        "thirty"
    } else {
        "ten"
    }
}
