//! What may be waived and how the log shows it; the archive list of R-22.

use std::collections::BTreeSet;

use domain::complaint::{WORKFLOW, archive_items};
use domain::value::Values;
use domain::workflow::Refusal;

use crate::case::{Story, moment};

#[test]
fn what_may_be_waived_needs_a_reason_and_stands_in_the_log() {
    let hotline = Story::draft("channel=12345")
        .on_to("visited")
        .with_archive();
    let mut sheet_out = Story::at("visited").with_archive();
    sheet_out.paper("F-30", false);
    let mut written = Story::at("registered");
    written.written_only = true;
    written.edit("paper_outstanding=是");
    for (code, step, story, words) in [
        ("written", "accept", written, "书面投诉材料"),
        (
            "consent",
            "customer_agrees",
            Story::at("customer_confirm"),
            "投诉人对方案的意见",
        ),
        ("archive_list", "archive", Story::at("visited"), "归档材料"),
        ("scans_back", "archive", sheet_out, "未收回的签字表"),
        (
            "department_answered",
            "archive",
            hotline,
            "对转办部门的回复",
        ),
    ] {
        let mut story = story;
        let consent = if code == "consent" {
            "customer_opinion="
        } else {
            ""
        };
        let typed = format!("text=备注 {consent} waive.{code}=电话拒答");
        let taken = story.step("2026-03-11T09:00", step, &typed);
        let text = format!("备注\n【免】{words}：电话拒答");
        assert_eq!(taken.action.text("text"), Some(text.as_str()), "{code}");
    }
}

#[test]
fn no_reason_no_waiver_and_some_things_nobody_waives() {
    let at = moment("2026-03-11T09:00");
    for (state, step, typed, code) in [
        ("visited", "archive", "waive.archive_list=", "archive_list"),
        (
            "customer_confirm",
            "customer_agrees",
            "customer_opinion=同意 waive.due_date=急",
            "due_date",
        ),
        ("registered", "accept", "waive.field=急", "field"),
        ("visit_due", "record_visit", "waive.opinion=急", "opinion"),
        ("visited", "rework", "waive.text=急", "text"),
    ] {
        let answer = Story::at(state).ask(at, at, step, typed);
        assert_eq!(answer, Err(Refusal::BadWaiver(code.to_owned())), "{step}");
    }
}

#[test]
fn a_waiver_of_what_is_not_missing_leaves_no_trace() {
    let mut story = Story::at("visited").with_archive();
    let taken = story.step("2026-03-11T09:00", "archive", "waive.archive_list=多余");
    assert_eq!(taken.action.text("text"), None);
}

#[test]
fn only_guards_with_words_for_the_log_may_be_waived() {
    let guards = || WORKFLOW.steps.iter().flat_map(|s| s.guards);
    let waivable: BTreeSet<&str> = guards().filter(|g| g.waivable).map(|g| g.code).collect();
    let five = [
        "written",
        "consent",
        "archive_list",
        "scans_back",
        "department_answered",
    ];
    assert_eq!(waivable, five.into());
    assert!(guards().all(|g| g.waivable != g.waived_as.is_empty()));
}

#[test]
fn each_archive_item_is_present_scanned_or_waived() {
    let mut story = Story::at("visited");
    let open = |story: &Story| -> Vec<&'static str> {
        let items = archive_items(&story.case(&Values::new())).into_iter();
        items.filter(|i| !i.settled()).map(|i| i.code).collect()
    };
    let all = [
        "registration",
        "acceptance",
        "investigation",
        "opinion",
        "result",
    ];
    assert_eq!(open(&story), all);
    story.paper("F-01", true);
    assert_eq!(open(&story), all[1..], "a signed sheet");
    story.paper("F-28", false);
    assert_eq!(
        open(&story),
        all[1..],
        "a sheet that is still out proves nothing"
    );
    story.step(
        "2026-03-10T09:00",
        "attach_scan",
        "act.archive_item=投诉受理",
    );
    story.step("2026-03-10T10:00", "waive", "act.archive_item=调查报告");
    assert_eq!(open(&story), ["opinion", "result"]);
    story.papers.last_mut().expect("F-28").returned = true;
    story.paper("F-02", true);
    assert_eq!(open(&story), [""; 0]);
    story.paper("F-40", false);
    story.step("2026-03-10T11:00", "archive", "");
    assert_eq!(
        story.state(),
        "archived",
        "the case cover needs no signature"
    );
}
