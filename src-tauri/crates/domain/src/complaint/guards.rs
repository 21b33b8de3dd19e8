//! Conditions of the steps of a complaint. Each answers `None` when it holds, else the facts for
//! the sentence that tells the clerk what is missing.

use std::collections::{BTreeMap, BTreeSet};

use super::papers::{archive_items, unreturned};
use super::{is_anonymous, is_forwarded, is_major, is_valid};
use crate::field::complaint as field;
use crate::workflow::{Case, Guard};

type Facts = Option<BTreeMap<String, String>>;

/// Tries to reach the complainant that count as a visit, and the days they must spread over
/// (domain.md 4.1 row 18).
pub const TRIES: usize = 3;
/// See [`TRIES`].
pub const TRY_DAYS: usize = 2;

fn unless(holds: bool) -> Facts {
    if holds { None } else { Some(BTreeMap::new()) }
}

const fn guard(code: &'static str, waivable: bool, check: fn(&Case<'_>) -> Facts) -> Guard {
    Guard {
        code,
        waivable,
        check,
    }
}

/// Triage says that it is a complaint (C-15).
pub static IS_COMPLAINT: Guard = guard("is_complaint", false, |case| {
    unless(case.values().text(field::INTAKE_TYPE) == Some("complaint"))
});

/// Triage says that it is something else.
pub static OTHER_TYPE: Guard = guard("other_type", false, |case| {
    unless(
        case.values()
            .text(field::CONVERTED_TO)
            .is_none_or(|t| t != "complaint"),
    )
});

/// Not marked as the same matter as another complaint.
pub static NO_DUPLICATE: Guard = guard("no_duplicate", false, |case| {
    unless(case.values().get(field::DUPLICATE_OF).is_null())
});

/// A complaint cannot be merged into itself.
pub static NOT_ITSELF: Guard = guard("not_itself", false, |case| {
    unless(case.values().text(field::DUPLICATE_OF) != Some(&case.record.uuid.to_string()))
});

/// The sheet has come where the office takes complaints in writing only (C-03).
pub static WRITTEN: Guard = guard("written", true, |case| {
    unless(!(case.written_only && case.values().tick(field::PAPER_OUTSTANDING)))
});

/// Graded 重大.
pub static IS_MAJOR: Guard = guard("is_major", false, |case| unless(is_major(case.record)));

/// The plan of this round stands.
pub static HAS_PLAN: Guard = guard("has_plan", false, |case| {
    unless(case.in_round("make_plan").next().is_some())
});

/// The leader has not signed yet in this round.
pub static NOT_YET_APPROVED: Guard =
    guard("not_yet_approved", false, |case| unless(!approved(case)));

/// A major complaint needs the leader's signature before the complainant is asked.
pub static APPROVED_IF_MAJOR: Guard = guard("approved_if_major", false, |case| {
    unless(!is_major(case.record) || approved(case))
});

/// The complainant said what they think of the plan, or nobody need be asked.
pub static CONSENT: Guard = guard("consent", true, |case| {
    let values = case.values();
    unless(
        is_anonymous(case.record)
            || values.tick(field::PUBLIC_MATTER)
            || !values.get(field::CUSTOMER_OPINION).is_null(),
    )
});

/// A day by which the work must be done.
pub static DUE_DATE: Guard = guard("due_date", false, |case| {
    unless(!case.values().get(field::DUE_ON).is_null())
});

/// Valid in the sense of C-16.
pub static IS_VALID: Guard = guard("is_valid", false, |case| unless(is_valid(case.record)));

/// An opinion, or three tries on two days (row 18), or nobody to ask.
pub static OPINION: Guard = guard("opinion", false, |case| {
    if is_anonymous(case.record) || !case.values().get(field::SATISFACTION).is_null() {
        return None;
    }
    let tries: Vec<_> = case
        .in_round("log_attempt")
        .filter_map(|l| l.values.date("occurred_at"))
        .collect();
    let days: BTreeSet<_> = tries.iter().collect();
    if tries.len() >= TRIES && days.len() >= TRY_DAYS {
        return None;
    }
    Some(BTreeMap::from([
        ("tries".to_owned(), tries.len().to_string()),
        ("days".to_owned(), days.len().to_string()),
    ]))
});

/// An anonymous complaint is answered in public or to the forwarding department instead.
pub static PUBLISHED: Guard = guard("published", false, |case| {
    unless(
        !is_anonymous(case.record)
            || !case.text.trim().is_empty()
            || case.in_round("reply_department").next().is_some(),
    )
});

/// The complainant is not satisfied.
pub static DISSATISFIED: Guard = guard("dissatisfied", false, |case| unless(dissatisfied(case)));

/// The complainant is not dissatisfied; the case is not closed over a no.
pub static NOT_DISSATISFIED: Guard = guard("not_dissatisfied", false, |case| {
    unless(!dissatisfied(case))
});

/// A valid complaint was visited (R-12: 100 %).
pub static VISITED_IF_VALID: Guard = guard("visited_if_valid", false, |case| {
    unless(!is_valid(case.record) || case.record.state.as_deref() == Some("visited"))
});

/// The five papers of R-22 are there or waived.
pub static ARCHIVE_LIST: Guard = guard("archive_list", true, |case| {
    let lacking: Vec<&str> = archive_items(case)
        .into_iter()
        .filter(|item| !item.settled())
        .map(|item| item.code)
        .collect();
    if lacking.is_empty() {
        return None;
    }
    Some(BTreeMap::from([("items".to_owned(), lacking.join(","))]))
});

/// Every printed sheet that had to be signed is back.
pub static SCANS_BACK: Guard = guard("scans_back", true, |case| {
    let out = unreturned(case);
    if out.is_empty() {
        return None;
    }
    Some(BTreeMap::from([("forms".to_owned(), out.join(","))]))
});

/// The department that forwarded the complaint has its reply (F-31).
pub static DEPARTMENT_ANSWERED: Guard = guard("department_answered", true, |case| {
    let answered = case
        .actions
        .iter()
        .any(|l| l.values.text("step") == Some("reply_department"));
    unless(!is_forwarded(case.record) || answered)
});

/// A department forwarded the complaint.
pub static FORWARDED: Guard = guard("forwarded", false, |case| {
    unless(is_forwarded(case.record) || !case.values().get(field::TRANSFER_NO).is_null())
});

/// The complaint has its number.
pub static IS_REGISTERED: Guard = guard("is_registered", false, |case| {
    unless(case.record.state.as_deref() != Some("draft"))
});

/// The clocks stand.
pub static WAITING: Guard = guard("waiting", false, |case| {
    unless(case.values().tick(field::WAITING))
});

/// The clocks run.
pub static NOT_WAITING: Guard = guard("not_waiting", false, |case| {
    unless(!case.values().tick(field::WAITING))
});

fn approved(case: &Case<'_>) -> bool {
    // A plan that was returned and made anew needs a new signature: only what follows counts.
    let mut approved = false;
    for line in case.actions {
        if line.values.int("round").unwrap_or(1) != case.round() {
            continue;
        }
        match line.values.text("step") {
            Some("approve") => approved = true,
            Some("return_plan" | "make_plan") => approved = false,
            _ => {}
        }
    }
    approved
}

fn dissatisfied(case: &Case<'_>) -> bool {
    matches!(
        case.values().text(field::SATISFACTION),
        Some("dissatisfied" | "very_dissatisfied")
    )
}
