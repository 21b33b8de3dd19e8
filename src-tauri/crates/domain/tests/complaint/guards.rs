//! Every condition of every step: once it holds, once it does not.

use std::collections::BTreeSet;

use domain::complaint::WORKFLOW;

use crate::case::{Story, usual};

/// One condition: the step, what is typed with it, the case without it, what mends the case.
struct Row(
    &'static str,
    &'static str,
    &'static str,
    Story,
    fn(&mut Story),
);

fn edited(state: &str, typed: &str) -> Story {
    let mut story = Story::at(state);
    story.edit(typed);
    story
}

/// A complaint in a state whose draft was typed so.
fn drafted(state: &str, typed: &str) -> Story {
    Story::draft(typed).on_to(state)
}

const ANONYMOUS: &str = "complainant_name= anonymous=是";

fn of_intake() -> Vec<Row> {
    let accept = usual("accept");
    let mut written = Story::at("registered");
    written.written_only = true;
    written.edit("paper_outstanding=是");
    let itself = "duplicate_of=018f0000-0000-7000-8000-000000000001";
    vec![
        Row(
            "is_complaint",
            "accept",
            accept,
            edited("registered", "intake_type=建议"),
            |s| {
                s.edit("intake_type=投诉");
            },
        ),
        Row(
            "no_duplicate",
            "accept",
            accept,
            edited("registered", "duplicate_of=TS-1"),
            |s| {
                s.edit("duplicate_of=");
            },
        ),
        Row("written", "accept", accept, written, |s| {
            s.edit("paper_outstanding=否");
        }),
        Row(
            "other_type",
            "convert",
            "",
            edited("registered", "converted_to=投诉"),
            |s| {
                s.edit("converted_to=问题");
            },
        ),
        Row(
            "not_itself",
            "merge",
            "",
            edited("registered", itself),
            |s| {
                s.edit("duplicate_of=018f0000-0000-7000-8000-000000000002");
            },
        ),
    ]
}

fn of_the_plan() -> Vec<Row> {
    let mut objected = Story::at("customer_confirm");
    objected.step("2026-03-03T09:00", "customer_objects", "");
    let mut major_objected = objected.clone();
    major_objected.edit("grade=重大");
    let mut approved = Story::at("approval");
    approved.step("2026-03-03T09:00", "approve", "");
    let asked = |typed| edited("customer_confirm", typed);
    vec![
        Row("is_major", "submit_approval", "", Story::at("plan"), |s| {
            s.edit("grade=重大");
        }),
        Row(
            "is_major",
            "report_major",
            "text=已报",
            Story::at("accepted"),
            |s| {
                s.edit("grade=重大");
            },
        ),
        Row("has_plan", "ask_customer", "", objected, |s| {
            s.step("2026-03-04T09:00", "make_plan", "");
        }),
        Row("has_plan", "submit_approval", "", major_objected, |s| {
            s.step("2026-03-04T09:00", "make_plan", "");
        }),
        Row("not_yet_approved", "approve", "", approved, |s| {
            s.step("2026-03-04T09:00", "return_plan", "");
            s.step("2026-03-04T10:00", "submit_approval", "");
            s.edit("approver=钱总");
        }),
        Row(
            "approved_if_major",
            "ask_customer",
            "",
            edited("plan", "grade=重大"),
            |s| {
                s.step("2026-03-04T09:00", "submit_approval", "");
                s.step("2026-03-04T10:00", "approve", "");
            },
        ),
        Row(
            "consent",
            "customer_agrees",
            "",
            asked("due_on=2026-03-20"),
            |s| {
                s.edit("public_matter=是");
            },
        ),
        Row(
            "due_date",
            "customer_agrees",
            "",
            asked("customer_opinion=同意"),
            |s| {
                s.edit("due_on=2026-03-20");
            },
        ),
    ]
}

fn of_the_end() -> Vec<Row> {
    let done = |typed| edited("visit_due", typed);
    let mut nameless = drafted("visit_due", &format!("{ANONYMOUS} channel=12345"));
    nameless.edit("visitor=王芳");
    let mut sheet_out = Story::at("visited").with_archive();
    sheet_out.paper("F-30", false);
    let visited = |typed| edited("visited", typed).with_archive();
    let unvisited = edited("handled", "outcome=成立").with_archive();
    let hotline = drafted("visited", "channel=12345").with_archive();
    vec![
        Row(
            "is_valid",
            "schedule_visit",
            "",
            Story::at("handled"),
            |s| s.edit("outcome=成立"),
        ),
        Row(
            "opinion",
            "record_visit",
            "",
            done("visitor=王芳 visit_mode=电话"),
            |s| {
                s.edit("satisfaction=满意");
            },
        ),
        Row(
            "field",
            "record_visit",
            "",
            done("visitor=王芳 satisfaction=满意"),
            |s| {
                s.edit("visit_mode=电话");
            },
        ),
        Row("published", "record_visit", "", nameless, |s| {
            s.step("2026-03-04T10:00", "reply_department", "");
        }),
        Row(
            "not_dissatisfied",
            "archive",
            "",
            visited("satisfaction=很不满意"),
            |s| {
                s.edit("satisfaction=基本满意");
            },
        ),
        Row("visited_if_valid", "archive", "", unvisited, |s| {
            s.edit("outcome=恶意");
        }),
        Row("archive_list", "archive", "", Story::at("visited"), |s| {
            *s = s.clone().with_archive();
        }),
        Row("scans_back", "archive", "", sheet_out, |s| {
            s.papers.last_mut().expect("F-30").returned = true;
        }),
        Row("department_answered", "archive", "", hotline, |s| {
            s.step("2026-03-04T10:00", "reply_department", "");
        }),
    ]
}

fn rows() -> Vec<Row> {
    [of_intake(), of_the_plan(), of_the_end()]
        .into_iter()
        .flatten()
        .collect()
}

#[test]
fn a_step_is_refused_for_its_condition_alone_until_it_holds() {
    for Row(code, step, typed, mut story, mend) in rows() {
        let named = if code == "field" {
            "field:visit_mode"
        } else {
            code
        };
        assert_eq!(story.lacks(step, typed), [named], "{step} without {code}");
        mend(&mut story);
        assert_eq!(story.lacks(step, typed), [""; 0], "{step} with {code}");
    }
}

#[test]
fn every_condition_of_the_workflow_is_tested_in_this_file() {
    // These need a text as well and are tested below.
    let apart = [
        "dissatisfied",
        "forwarded",
        "waiting",
        "not_waiting",
        "known_clock",
    ];
    let tested: BTreeSet<&str> = rows().iter().map(|r| r.0).chain(apart).collect();
    let all = WORKFLOW.steps.iter().flat_map(|s| s.guards).map(|g| g.code);
    assert_eq!(tested, all.collect());
}

#[test]
fn an_extension_names_a_clock_that_a_complaint_has() {
    let typed = |rule: &str| usual("extend").replace("R-07", rule);
    let story = Story::at("accepted");
    assert_eq!(story.lacks("extend", &typed("R-77")), ["known_clock"]);
    for rule in ["R-07", "R-04-letter", "due_on", "contact_promise"] {
        assert_eq!(story.lacks("extend", &typed(rule)), [""; 0], "{rule}");
    }
}

#[test]
fn acts_with_words_have_conditions_too() {
    for (step, no, yes) in [
        (
            "rework",
            Story::at("visited"),
            edited("visited", "satisfaction=不满意"),
        ),
        (
            "reply_department",
            Story::at("plan"),
            drafted("plan", "channel=主管部门转办"),
        ),
        (
            "reply_department",
            Story::at("plan"),
            drafted("plan", "channel=监理 transfer_no=J-7"),
        ),
        ("resume", Story::at("plan"), edited("plan", "waiting=是")),
        ("pause", edited("plan", "waiting=是"), Story::at("plan")),
    ] {
        assert_eq!(no.lacks(step, usual(step)).len(), 1, "{step}");
        assert_eq!(yes.lacks(step, usual(step)), [""; 0], "{step}");
    }
}

#[test]
fn an_approval_counts_only_for_the_plan_that_was_signed() {
    let mut story = Story::at("approval");
    story.step("2026-03-03T09:00", "approve", "approver=钱总");
    story.step("2026-03-03T10:00", "return_plan", "");
    assert_eq!(story.lacks("ask_customer", ""), ["approved_if_major"]);
    story.step("2026-03-03T11:00", "make_plan", "");
    story.step("2026-03-03T12:00", "submit_approval", "");
    assert_eq!(
        story.lacks("approve", ""),
        ["field:approver"],
        "the old signature is void"
    );
    assert_eq!(story.lacks("ask_customer", ""), ["approved_if_major"]);
    story.step("2026-03-03T13:00", "approve", "");
    story.step("2026-03-03T14:00", "ask_customer", "");
    assert_eq!(story.state(), "customer_confirm");
}

#[test]
fn an_approval_does_not_outlive_its_round() {
    let mut story = Story::at("approval");
    story.step("2026-03-03T09:00", "approve", "");
    story.step("2026-03-03T10:00", "ask_customer", "");
    story.step("2026-03-03T11:00", "customer_objects", "");
    let lacking = ["approved_if_major", "has_plan"];
    assert_eq!(story.lacks("ask_customer", ""), lacking);
}

#[test]
fn nobody_is_asked_in_a_public_or_anonymous_matter() {
    for draft in [ANONYMOUS, "public_matter=是"] {
        let mut story = Story::draft(draft).on_to("customer_confirm");
        story.step("2026-03-04T09:00", "customer_agrees", "customer_opinion=");
        assert_eq!(story.state(), "handling", "{draft}");
    }
}

#[test]
fn an_anonymous_complaint_is_published_instead_of_visited() {
    let mut story = drafted("handling", ANONYMOUS);
    story.step("2026-03-04T09:00", "finish_handling", "");
    assert_eq!(story.state(), "visit_due");
    assert_eq!(story.lacks("record_visit", "visitor=王芳"), ["published"]);
    story.step(
        "2026-03-04T10:00",
        "record_visit",
        "satisfaction= visit_mode= text=公示栏公示",
    );
    assert_eq!(story.state(), "visited");
}

#[test]
fn three_tries_on_two_days_of_this_round_count_as_a_visit() {
    for (tries, counts) in [
        (&["03-03T09:00", "03-03T15:00", "03-03T20:00"][..], false),
        (&["03-03T09:00", "03-04T09:00"][..], false),
        (&["03-03T09:00", "03-03T15:00", "03-04T09:00"][..], true),
        (&["03-03", "03-03", "03-04", "03-05"][..], true),
    ] {
        let mut story = Story::at("visit_due");
        for at in tries {
            let at = if at.len() > 5 {
                format!("2026-{at}")
            } else {
                format!("2026-{at}T00:00")
            };
            story.step(&at, "log_attempt", "text=无人接听");
        }
        let missing = story.lacks("record_visit", "visitor=王芳 visit_mode=电话");
        assert_eq!(missing.is_empty(), counts, "{tries:?}: {missing:?}");
    }
}
