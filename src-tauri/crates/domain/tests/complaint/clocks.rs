//! Each clock of a complaint: when it starts, what meets it, when it is late.
//!
//! The ordinary story: received by phone on Monday 2026-03-02 at 09:00.

use crate::case::{Story, moment};

/// One clock of a story: `due, state`.
fn clock(story: &Story, rule: &str, now: &str) -> String {
    let all = story.clocks(now);
    let found: Vec<&str> = all.iter().filter_map(|l| l.strip_prefix(rule)).collect();
    match found[..] {
        [one] => one.trim_start().to_owned(),
        _ => format!("{} clocks", found.len()),
    }
}

#[test]
fn a_draft_waits_only_to_be_registered() {
    let story = Story::draft("outer_deadline= due_on=");
    assert_eq!(
        story.clocks("2026-03-02T10:00"),
        ["R-03/1 03-02 18:00 Running"]
    );
    assert_eq!(
        story.clocks("2026-03-02T18:01"),
        ["R-03/1 03-02 18:00 Overdue"]
    );
    assert_eq!(
        Story::draft("received_at=").clocks("2026-03-02T10:00"),
        [""; 0]
    );
}

#[test]
fn receipt_starts_registration_decision_contact_and_opinion() {
    let story = Story::at("registered");
    let all = [
        "R-03/1 03-02 18:00 MetLate",
        "R-04/1 03-02 09:00 Overdue",
        "R-06/1 03-03 09:00 Overdue",
        "R-07/1 03-05 18:00 Running",
    ];
    let mut late = story.clone();
    late.actions[0]
        .values
        .set("occurred_at", moment("2026-03-03T08:00"));
    assert_eq!(late.clocks("2026-03-03T09:01"), all);
}

/// Draft, state, step, typed with it, clock, when the step is taken; how the clock stands then.
const MET: &str = "
 | draft | register | | R-03 | 03-02T17:59 | 03-02 18:00 Met
 | draft | register | | R-03 | 03-02T18:30 | 03-02 18:00 MetLate
 | registered | accept | | R-04/ | 03-02T10:00 | 03-02 09:00 MetLate
channel=来信 | registered | accept | | R-04-letter | 03-03T18:00 | 03-03 18:00 Met
channel=来信 | registered | refuse | | R-04-letter | 03-04T09:00 | 03-03 18:00 MetLate
 | accepted | contact | | R-06 | 03-03T09:00 | 03-03 09:00 Met
 | accepted | contact | | R-06 | 03-03T09:01 | 03-03 09:00 MetLate
 | plan | ask_customer | | R-06 | 03-02T20:00 | 03-03 09:00 Met
 | investigating | make_plan | | R-07 | 03-05T18:00 | 03-05 18:00 Met
 | investigating | make_plan | | R-07 | 03-05T18:01 | 03-05 18:00 MetLate
 | investigating | find_unfounded | | R-07 | 03-04T09:00 | 03-05 18:00 Met
 | accepted | report_major | grade=重大 | R-08 | 03-03T09:00 | 03-03 09:00 Met
 | plan | submit_approval | grade=重大 | R-08 | 03-03T09:01 | 03-03 09:00 MetLate
 | approval | approve | | R-09 | 03-09T18:00 | 03-09 18:00 Met
 | approval | approve | | R-09 | 03-09T18:01 | 03-09 18:00 MetLate
 | visit_due | record_visit | | R-10 | 03-04T18:00 | 03-04 18:00 Met
 | visit_due | record_visit | | R-10 | 03-05T09:00 | 03-04 18:00 MetLate
 | visit_due | record_visit | | R-11 | 03-05T18:00 | 03-05 18:00 Met
 | visit_due | record_visit | | R-11 | 03-06T09:00 | 03-05 18:00 MetLate
 | handling | finish_handling | | due_on | 03-20T17:00 | 03-20 23:59 Met
contact_promise=2026-03-12 | handling | finish_handling | | contact_promise | 03-13T09:00 | 03-12 23:59 MetLate
channel=12345 outer_deadline=2026-03-16 | plan | reply_department | | outer_deadline | 03-16T23:00 | 03-16 23:59 Met
channel=12345 outer_deadline=2026-03-16 | visited | reply_department | | outer_deadline | 03-17T09:00 | 03-16 23:59 MetLate
";

#[test]
fn each_clock_is_met_by_its_own_steps_in_time_or_late() {
    for row in MET.lines().filter(|row| !row.is_empty()) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [draft, state, step, typed, rule, at, stands] = cells[..] else {
            panic!("{row}");
        };
        let mut story = Story::draft(draft).on_to(state);
        story.step(&format!("2026-{at}"), step, typed);
        let found = clock(&story, rule, "2026-04-01T09:00");
        let stands = format!("1 {stands}");
        assert_eq!(found.trim_start_matches('/'), stands, "{row}");
    }
}

#[test]
fn what_is_not_done_is_overdue_from_the_second_after_the_last() {
    for (state, rule, last, after) in [
        ("registered", "R-06", "03-03T09:00", "03-03T09:00:01"),
        ("investigating", "R-07", "03-05T18:00", "03-05T18:00:01"),
        ("approval", "R-09", "03-09T18:00", "03-09T18:00:01"),
        ("visit_due", "R-10", "03-04T18:00", "03-04T18:00:01"),
        ("visit_due", "R-11", "03-05T18:00", "03-05T18:00:01"),
        ("handling", "due_on", "03-20T23:59:59", "03-21T00:00"),
    ] {
        let story = Story::at(state);
        let stands = |now: &str| clock(&story, rule, &format!("2026-{now}"));
        assert!(stands(last).ends_with("Running"), "{rule} {}", stands(last));
        assert!(
            stands(after).ends_with("Overdue"),
            "{rule} {}",
            stands(after)
        );
    }
}

#[test]
fn only_a_call_or_a_visit_is_answered_on_the_spot() {
    for (channel, rule) in [
        ("电话", "R-04/1 03-02 09:00"),
        ("来访", "R-04/1 03-02 09:00"),
        ("现场反馈", "R-04/1 03-02 09:00"),
        ("书信/信函", "R-04-letter/1 03-03 18:00"),
        ("微信公众号", "R-04-letter/1 03-03 18:00"),
        ("12345转办", "R-04-letter/1 03-03 18:00"),
        ("主管部门转办", "R-04-letter/1 03-03 18:00"),
    ] {
        let story = Story::draft(&format!("channel={channel}")).on_to("registered");
        let clocks = story.clocks("2026-03-02T09:30");
        assert!(clocks[1].starts_with(rule), "{channel}: {clocks:?}");
    }
}

#[test]
fn nobody_contacts_one_without_a_name() {
    let story = Story::draft("complainant_name= anonymous=是").on_to("accepted");
    assert_eq!(clock(&story, "R-06", "2026-03-02T12:00"), "0 clocks");
}

#[test]
fn a_visit_is_due_only_for_a_valid_complaint() {
    assert_eq!(
        clock(&Story::at("handled"), "R-1", "2026-03-09T09:00"),
        "0 clocks"
    );
    assert_eq!(
        clock(&Story::at("visit_due"), "R-1", "2026-03-09T09:00"),
        "2 clocks"
    );
}
