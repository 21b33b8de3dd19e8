//! Conditions of the steps of a complaint. Each answers `None` when it holds, else the facts for
//! the sentence that tells the clerk what is missing.

use std::collections::{BTreeMap, BTreeSet};

use super::clocks::CLOCKS;
use super::papers::{archive_items, unreturned};
use super::{is_anonymous, is_forwarded, is_major, is_valid};
use crate::field::{complaint as field, complaint_action as action};
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

/// A condition that nobody can waive.
const fn guard(code: &'static str, check: fn(&Case<'_>) -> Facts) -> Guard {
    Guard {
        code,
        waivable: false,
        waived_as: "",
        by_text: false,
        field: None,
        check,
    }
}

/// Lets the head of the office waive it; the words stand in the action line.
const fn waivable(guard: Guard, waived_as: &'static str) -> Guard {
    Guard {
        waivable: true,
        waived_as,
        ..guard
    }
}

/// Says which field is to be filled.
const fn of_field(guard: Guard, field: &'static str) -> Guard {
    Guard {
        field: Some(field),
        ..guard
    }
}

/// Triage says that it is a complaint (C-15).
pub static IS_COMPLAINT: Guard = of_field(
    guard("is_complaint", |case| {
        unless(case.values().text(field::INTAKE_TYPE) == Some("complaint"))
    }),
    field::INTAKE_TYPE,
);

/// Triage says that it is something else.
pub static OTHER_TYPE: Guard = guard("other_type", |case| {
    unless(
        case.values()
            .text(field::CONVERTED_TO)
            .is_none_or(|t| t != "complaint"),
    )
});

/// Not marked as the same matter as another complaint.
pub static NO_DUPLICATE: Guard = guard("no_duplicate", |case| {
    unless(case.values().get(field::DUPLICATE_OF).is_null())
});

/// A complaint cannot be merged into itself.
pub static NOT_ITSELF: Guard = guard("not_itself", |case| {
    unless(case.values().text(field::DUPLICATE_OF) != Some(&case.record.uuid.to_string()))
});

/// The sheet has come where the office takes complaints in writing only (C-03).
pub static WRITTEN: Guard = waivable(
    guard("written", |case| {
        unless(!(case.written_only && case.values().tick(field::PAPER_OUTSTANDING)))
    }),
    "书面投诉材料",
);

/// An extension names a clock that a complaint has; a slip would put off nothing and say nothing.
pub static KNOWN_CLOCK: Guard = guard("known_clock", |case| {
    let rule = case.action.text(action::RULE);
    unless(rule.is_none_or(|rule| CLOCKS.contains(&rule)))
});

/// Graded 重大.
pub static IS_MAJOR: Guard = guard("is_major", |case| unless(is_major(case.record)));

/// The plan of this round stands.
pub static HAS_PLAN: Guard = guard("has_plan", |case| {
    unless(case.in_round("make_plan").next().is_some())
});

/// The leader has not signed yet in this round.
pub static NOT_YET_APPROVED: Guard = guard("not_yet_approved", |case| unless(!approved(case)));

/// A major complaint needs the leader's signature before the complainant is asked.
pub static APPROVED_IF_MAJOR: Guard = guard("approved_if_major", |case| {
    unless(!is_major(case.record) || approved(case))
});

/// The complainant said what they think of the plan, or nobody need be asked.
pub static CONSENT: Guard = waivable(
    of_field(
        guard("consent", |case| {
            let values = case.values();
            unless(
                is_anonymous(case.record)
                    || values.tick(field::PUBLIC_MATTER)
                    || !values.get(field::CUSTOMER_OPINION).is_null(),
            )
        }),
        field::CUSTOMER_OPINION,
    ),
    "投诉人对方案的意见",
);

/// A day by which the work must be done.
pub static DUE_DATE: Guard = of_field(
    guard("due_date", |case| {
        unless(!case.values().get(field::DUE_ON).is_null())
    }),
    field::DUE_ON,
);

/// Valid in the sense of C-16.
pub static IS_VALID: Guard = guard("is_valid", |case| unless(is_valid(case.record)));

/// An opinion, or three tries on two days in this round (row 18), or nobody to ask.
pub static OPINION: Guard = of_field(
    guard("opinion", |case| {
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
    }),
    field::SATISFACTION,
);

/// How the complainant was visited; nobody visits one without a name.
pub static VISIT_MODE: Guard = of_field(
    guard("field", |case| {
        unless(is_anonymous(case.record) || !case.values().get(field::VISIT_MODE).is_null())
    }),
    field::VISIT_MODE,
);

/// An anonymous complaint is answered in public or to the forwarding department instead.
pub static PUBLISHED: Guard = Guard {
    by_text: true,
    ..guard("published", |case| {
        unless(
            !is_anonymous(case.record)
                || !case.text.trim().is_empty()
                || case.in_round("reply_department").next().is_some(),
        )
    })
};

/// The complainant is not satisfied.
pub static DISSATISFIED: Guard = guard("dissatisfied", |case| unless(dissatisfied(case)));

/// The complainant is not dissatisfied; the case is not closed over a no.
pub static NOT_DISSATISFIED: Guard = guard("not_dissatisfied", |case| unless(!dissatisfied(case)));

/// A valid complaint was visited (R-12: 100 %).
pub static VISITED_IF_VALID: Guard = guard("visited_if_valid", |case| {
    unless(!is_valid(case.record) || case.record.state.as_deref() == Some("visited"))
});

/// The five papers of R-22 are there or waived.
pub static ARCHIVE_LIST: Guard = waivable(
    guard("archive_list", |case| {
        let lacking: Vec<&str> = archive_items(case)
            .into_iter()
            .filter(|item| !item.settled())
            .map(|item| item.code)
            .collect();
        if lacking.is_empty() {
            return None;
        }
        Some(BTreeMap::from([("items".to_owned(), lacking.join(","))]))
    }),
    "归档材料",
);

/// Every printed sheet that had to be signed is back.
pub static SCANS_BACK: Guard = waivable(
    guard("scans_back", |case| {
        let out = unreturned(case);
        if out.is_empty() {
            return None;
        }
        Some(BTreeMap::from([("forms".to_owned(), out.join(","))]))
    }),
    "未收回的签字表",
);

/// The department that forwarded the complaint has its reply (F-31).
pub static DEPARTMENT_ANSWERED: Guard = waivable(
    guard("department_answered", |case| {
        let answered = case
            .actions
            .iter()
            .any(|l| l.values.text("step") == Some("reply_department"));
        unless(!is_forwarded(case.record) || answered)
    }),
    "对转办部门的回复",
);

/// A department forwarded the complaint.
pub static FORWARDED: Guard = guard("forwarded", |case| {
    unless(is_forwarded(case.record) || !case.values().get(field::TRANSFER_NO).is_null())
});

/// The clocks stand.
pub static WAITING: Guard = guard("waiting", |case| unless(case.values().tick(field::WAITING)));

/// The clocks run.
pub static NOT_WAITING: Guard = guard("not_waiting", |case| {
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
