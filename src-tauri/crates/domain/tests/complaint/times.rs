//! Event times: typed, in the past, in order; a bare day stands for the whole day.

use domain::workflow::Refusal;

use crate::case::{Story, moment, usual};

#[test]
fn an_event_lies_neither_in_the_future_nor_before_what_it_follows() {
    // Received 03-02 09:00, registered 10:00, accepted 11:00, under investigation since 12:00.
    let now = "2026-03-05T08:00";
    for (step, at, refused) in [
        ("make_plan", "2026-03-02T12:00", ""),
        ("make_plan", "2026-03-02T11:59", "start_investigation"),
        ("make_plan", "2026-03-02T08:59", "begin"),
        ("make_plan", "2026-03-02T00:00", ""),
        ("make_plan", "2026-03-01T00:00", "begin"),
        ("make_plan", "2026-03-05T08:00", ""),
        ("make_plan", "2026-03-05T08:01", "future"),
        ("make_plan", "2026-03-05T00:00", ""),
        // An act moves nothing and may be entered late; only the receipt binds it.
        ("contact", "2026-03-02T09:00", ""),
        ("contact", "2026-03-02T08:59", "begin"),
        ("contact", "2026-03-02T00:00", ""),
        ("contact", "2026-03-06T00:00", "future"),
    ] {
        let story = Story::at("investigating");
        let answer = match story.ask(moment(at), moment(now), step, usual(step)) {
            Ok(_) => String::new(),
            Err(Refusal::InFuture(_)) => "future".to_owned(),
            Err(Refusal::BeforeEarlier { earlier, .. }) => earlier,
            Err(other) => panic!("{step} {at}: {other:?}"),
        };
        assert_eq!(answer, refused, "{step} {at}");
    }
}

#[test]
fn the_refusal_names_the_latest_move_even_if_it_was_entered_first() {
    let mut story = Story::at("plan");
    story.step("2026-03-04T15:00", "ask_customer", "");
    let at = moment("2026-03-03T09:00");
    let answer = story.ask(
        at,
        moment("2026-03-05T09:00"),
        "customer_objects",
        "text=太慢",
    );
    let refusal = Refusal::BeforeEarlier {
        earlier: "ask_customer".to_owned(),
        earlier_at: moment("2026-03-04T15:00"),
    };
    assert_eq!(answer, Err(refusal));
}

#[test]
fn a_receipt_corrected_with_the_step_is_the_one_that_binds() {
    let story = Story::draft("");
    let at = moment("2026-03-02T08:00");
    let asked = |typed| {
        story
            .ask(at, moment("2026-03-05T09:00"), "register", typed)
            .is_ok()
    };
    assert!(!asked(""));
    assert!(asked("received_at=2026-03-02T07:30"));
}

#[test]
fn the_clocks_run_again_after_they_stood_not_before() {
    let mut story = Story::at("plan");
    story.step("2026-03-04T15:00", "pause", "");
    let now = moment("2026-03-06T09:00");
    for (at, refused) in [
        ("2026-03-04T14:59", true),
        ("2026-03-04T15:00", false),
        ("2026-03-04T00:00", false),
        ("2026-03-03T00:00", true),
    ] {
        let answer = story.ask(moment(at), now, "resume", "");
        assert_eq!(answer.is_err(), refused, "{at}");
        if let Err(refusal) = answer {
            assert!(
                matches!(&refusal, Refusal::BeforeEarlier { earlier, .. } if earlier == "pause"),
                "{refusal:?}"
            );
        }
    }
}

#[test]
fn event_time_and_entry_time_are_kept_apart() {
    let mut story = Story::at("registered");
    let (at, now) = (moment("2026-03-02T11:00"), moment("2026-03-09T16:20"));
    let taken = story.try_at(at, now, "accept", "").expect("accepted");
    assert_eq!(taken.action.moment("occurred_at"), Some(at));
    assert_eq!(taken.action.moment("entered_at"), Some(now));
    assert_eq!(taken.values.moment("accepted_at"), Some(at));
}
