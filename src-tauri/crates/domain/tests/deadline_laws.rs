//! Laws that hold for every deadline, whatever happened to its clock.

use chrono::Duration;
use domain::calendar::Calendar;
use domain::count::{Amount, count_due};
use domain::deadline::{ClockInput, Extension, ExtensionTo, Pause, derive, diff};
use domain::rules::RuleBook;
use domain::rules::codes::*;
use domain::time::{Moment, parse_moment};
use proptest::prelude::*;

fn moment(text: &str) -> Moment {
    parse_moment(text).expect("a moment")
}

fn clock(rule: &str, started_at: Moment) -> ClockInput<'_> {
    ClockInput {
        rule,
        round: 1,
        started_at,
        pauses: &[],
        extensions: &[],
        met_at: None,
    }
}

fn extension(to: ExtensionTo) -> Extension {
    Extension {
        to,
        approver: "张经理".into(),
        reason: "等待材料".into(),
        op: "op-1".into(),
    }
}

const CLOCKS: [&str; 6] = [R_03, R_04_LETTER, R_06, R_07, R_09, R_11];

fn any_moment() -> impl Strategy<Value = Moment> {
    (0_i64..400_000).prop_map(|minutes| moment("2025-12-01T00:00") + Duration::minutes(minutes))
}

/// Pauses as minutes after the start and lengths in minutes.
fn any_pauses() -> impl Strategy<Value = Vec<(i64, i64)>> {
    proptest::collection::vec((-3_000_i64..20_000, 0_i64..8_000), 0..4)
}

fn any_extension() -> impl Strategy<Value = Vec<Extension>> {
    let to = prop_oneof![
        (0_u32..5).prop_map(|days| ExtensionTo::Add(Amount::WorkingDays(days))),
        (0_u32..50).prop_map(|hours| ExtensionTo::Add(Amount::Hours(hours))),
        any_moment().prop_map(ExtensionTo::Until),
    ];
    proptest::collection::vec(to.prop_map(extension), 0..3)
}

fn pauses_of(started: Moment, spans: &[(i64, i64)]) -> Vec<Pause> {
    let pause = |&(from, length): &(i64, i64)| {
        let from = started + Duration::minutes(from);
        Pause {
            from,
            to: Some(from + Duration::minutes(length)),
        }
    };
    spans.iter().map(pause).collect()
}

fn due(rule: &str, started: Moment, pauses: &[Pause], extensions: &[Extension]) -> Moment {
    let input = ClockInput {
        pauses,
        extensions,
        ..clock(rule, started)
    };
    let derived = derive(
        &input,
        &RuleBook::built_in(),
        &Calendar::built_in(),
        &started,
    );
    derived.expect("derived").due_at
}

proptest! {
    #[test]
    fn without_pauses_a_deadline_is_the_plain_count(started in any_moment(), at in 0..CLOCKS.len()) {
        let book = RuleBook::built_in();
        let amount = book.version_at(CLOCKS[at], &started).and_then(|rule| rule.amount).expect("a clock");
        let counted = count_due(&started, amount, false, &Calendar::built_in()).expect("in range");
        prop_assert_eq!(due(CLOCKS[at], started, &[], &[]), counted.due_at);
    }

    #[test]
    fn a_longer_pause_is_never_due_earlier(
        started in any_moment(), at in 0..CLOCKS.len(), spans in any_pauses(), granted in any_extension(),
        more in 0_i64..6_000, earlier in 0_i64..3_000, which in 0_usize..4,
    ) {
        let before = due(CLOCKS[at], started, &pauses_of(started, &spans), &granted);
        prop_assert!(before >= started);
        let mut longer = spans.clone();
        if let Some(span) = longer.get_mut(which) {
            *span = (span.0 - earlier, span.1 + earlier + more);
        }
        prop_assert!(due(CLOCKS[at], started, &pauses_of(started, &longer), &granted) >= before);
        longer.push((more, earlier));
        prop_assert!(due(CLOCKS[at], started, &pauses_of(started, &longer), &granted) >= before);
    }

    #[test]
    fn closing_an_open_pause_never_brings_the_deadline_forward(
        started in any_moment(), at in 0..CLOCKS.len(), from in 0_i64..10_000, length in 1_i64..8_000,
    ) {
        let closed = pauses_of(started, &[(from, length)]);
        let open = [Pause { to: None, ..closed[0] }];
        prop_assert!(due(CLOCKS[at], started, &open, &[]) <= due(CLOCKS[at], started, &closed, &[]));
    }

    #[test]
    fn the_order_and_splitting_of_pauses_do_not_matter(
        started in any_moment(), at in 0..CLOCKS.len(), spans in any_pauses(), cut in 1_i64..8_000,
    ) {
        let whole = due(CLOCKS[at], started, &pauses_of(started, &spans), &[]);
        let split = |&(from, length): &(i64, i64)| {
            let first = cut.min(length);
            [(from + first, length - first), (from, first)]
        };
        let parts: Vec<(i64, i64)> = spans.iter().rev().flat_map(split).collect();
        prop_assert_eq!(due(CLOCKS[at], started, &pauses_of(started, &parts), &[]), whole);
    }

    #[test]
    fn deriving_again_gives_the_same(
        started in any_moment(), at in 0..CLOCKS.len(), spans in any_pauses(), granted in any_extension(),
        met in proptest::option::of(any_moment()), now in any_moment(),
    ) {
        let pauses = pauses_of(started, &spans);
        let input = ClockInput { pauses: &pauses, extensions: &granted, met_at: met, ..clock(CLOCKS[at], started) };
        let again = || derive(&input, &RuleBook::built_in(), &Calendar::built_in(), &now).expect("derived");
        let (first, second) = (again(), again());
        prop_assert_eq!(&first, &second);
        prop_assert_eq!(diff(std::slice::from_ref(&first), &[second]), []);
        prop_assert_eq!(first.state, first.state_at(&now));
    }
}
