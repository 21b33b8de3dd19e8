//! Derived deadlines: states, rule versions, pauses, extensions, corrections.

use chrono::NaiveDate;
use domain::calendar::{Calendar, Origin, YearTable};
use domain::count::Amount;
use domain::deadline::{
    ClockInput, Deadline, DeadlineChange, DeadlineError, DeadlineState, Extension, ExtensionTo,
    Pause, derive, derive_all, diff,
};
use domain::rules::codes::*;
use domain::rules::{RuleBook, RuleOverride, RuleValue, Severity};
use domain::time::{Moment, moment_text, parse_moment};

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

fn shipped(input: &ClockInput<'_>, now: &str) -> Deadline {
    derive(
        input,
        &RuleBook::built_in(),
        &Calendar::built_in(),
        &moment(now),
    )
    .expect("derived")
}

fn pause(from: &str, to: Option<&str>) -> Pause {
    Pause {
        from: moment(from),
        to: to.map(moment),
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

#[test]
fn the_two_visit_clocks_are_amber_and_red() {
    let handled = moment("2026-02-13T16:00");
    let now = "2026-02-25T09:00";
    let (target, limit) = (
        shipped(&clock(R_10, handled), now),
        shipped(&clock(R_11, handled), now),
    );
    assert_eq!(moment_text(&target.due_at), "2026-02-24T18:00:00+08:00");
    assert_eq!(moment_text(&limit.due_at), "2026-02-25T18:00:00+08:00");
    assert_eq!(
        (target.severity, target.state),
        (Severity::Target, DeadlineState::Overdue)
    );
    assert_eq!(
        (limit.severity, limit.state),
        (Severity::Hard, DeadlineState::Running)
    );
    assert_eq!(target.rule_version, "2000-01-01");
    assert_eq!(target.calendar_version, "statutory 2026.1");
    assert_eq!(target.counted[1], "2026-02-14（周六）调休上班，第1个工作日");
}

#[test]
fn states_follow_what_happened_and_the_present() {
    let started = moment("2026-11-20T09:00");
    let at = |met: Option<&str>, now: &str| {
        shipped(
            &ClockInput {
                met_at: met.map(moment),
                ..clock(R_06, started)
            },
            now,
        )
        .state
    };
    assert_eq!(
        at(None, "2026-11-21T09:00"),
        DeadlineState::Running,
        "the last moment is in time"
    );
    assert_eq!(at(None, "2026-11-21T09:00:01"), DeadlineState::Overdue);
    assert_eq!(
        at(Some("2026-11-21T09:00"), "2026-12-01T09:00"),
        DeadlineState::Met
    );
    assert_eq!(
        at(Some("2026-11-21T09:01"), "2026-12-01T09:00"),
        DeadlineState::MetLate
    );
}

#[test]
fn a_round_takes_the_rule_version_of_its_own_trigger() {
    let change = RuleOverride {
        code: R_10.into(),
        value: Some(RuleValue::Number(5)),
        unit: None,
        effective_from: NaiveDate::from_ymd_opt(2026, 6, 1).expect("a date"),
        reason: "新办法".into(),
    };
    let book = RuleBook::built_in()
        .with_overrides(vec![change])
        .expect("fits");
    let inputs = [
        clock(R_10, moment("2026-05-29T10:00")),
        ClockInput {
            round: 2,
            ..clock(R_10, moment("2026-06-08T10:00"))
        },
    ];
    let now = moment("2026-06-30T09:00");
    let both = derive_all(&inputs, &book, &Calendar::built_in(), &now).expect("derived");
    assert_eq!(
        (both[0].amount, both[1].amount),
        (Amount::WorkingDays(2), Amount::WorkingDays(5))
    );
    assert_eq!(both[1].rule_version, "2026-06-01/office");
    assert_eq!(
        diff(&[], &both).len(),
        2,
        "rounds are deadlines of their own"
    );
}

#[test]
fn pauses_move_each_kind_of_clock_in_its_own_way() {
    let started = moment("2026-11-20T09:00");
    let pauses = [pause("2026-11-21T10:00", Some("2026-11-23T08:00"))];
    let due = |rule| {
        let input = ClockInput {
            pauses: &pauses,
            ..clock(rule, started)
        };
        moment_text(&shipped(&input, "2026-11-20T10:00").due_at)
    };
    assert_eq!(
        due(R_06),
        "2026-11-21T09:00:00+08:00",
        "due before the pause began"
    );
    assert_eq!(due(R_10), "2026-11-25T18:00:00+08:00", "Monday was touched");
    assert_eq!(
        due(R_07),
        "2026-11-26T18:00:00+08:00",
        "three days were touched"
    );
    let early = [pause("2026-11-20T21:00", Some("2026-11-22T21:30"))];
    let input = ClockInput {
        pauses: &early,
        ..clock(R_06, started)
    };
    let hours = shipped(&input, "2026-11-20T10:00");
    assert_eq!(moment_text(&hours.due_at), "2026-11-23T09:30:00+08:00");
    assert!(hours.counted[0].contains("暂停"), "{:?}", hours.counted);
}

#[test]
fn an_open_pause_stops_the_clock_but_cannot_save_what_was_late() {
    let started = moment("2026-11-20T09:00");
    let open = [pause("2026-11-23T11:00", None)];
    let input = ClockInput {
        pauses: &open,
        ..clock(R_10, started)
    };
    let paused = shipped(&input, "2026-12-31T09:00");
    assert_eq!(
        (paused.state, paused.paused_since),
        (DeadlineState::Paused, Some(open[0].from))
    );
    assert_eq!(
        paused.due_at,
        shipped(&input, "2026-11-24T09:00").due_at,
        "not moved by waiting"
    );
    assert!(
        paused
            .counted
            .last()
            .is_some_and(|line| line.starts_with("暂停中"))
    );
    let late = [pause("2026-11-24T18:30", None)];
    let input = ClockInput {
        pauses: &late,
        ..clock(R_10, started)
    };
    let overdue = shipped(&input, "2026-12-31T09:00");
    assert_eq!(
        (overdue.state, overdue.paused_since),
        (DeadlineState::Overdue, None)
    );
    assert_eq!(moment_text(&overdue.due_at), "2026-11-24T18:00:00+08:00");
}

#[test]
fn extensions_put_a_deadline_off_and_say_who_approved() {
    let started = moment("2026-11-20T09:00");
    let due = |to: ExtensionTo| {
        let granted = [extension(to)];
        let deadline = shipped(
            &ClockInput {
                extensions: &granted,
                ..clock(R_10, started)
            },
            "2026-11-20T10:00",
        );
        assert!(
            deadline
                .counted
                .iter()
                .any(|line| line.contains("经张经理批准延期"))
        );
        moment_text(&deadline.due_at)
    };
    assert_eq!(
        due(ExtensionTo::Add(Amount::WorkingDays(3))),
        "2026-11-27T18:00:00+08:00"
    );
    assert_eq!(
        due(ExtensionTo::Until(moment("2026-12-01T12:00"))),
        "2026-12-01T12:00:00+08:00"
    );
    let before = ExtensionTo::Until(moment("2026-11-21T12:00"));
    assert_eq!(
        due(before),
        "2026-11-24T18:00:00+08:00",
        "an extension never shortens"
    );
}

#[test]
fn input_that_does_not_hold_together_is_refused() {
    let (book, calendar) = (RuleBook::built_in(), Calendar::built_in());
    let now = moment("2026-11-20T09:00");
    let refused =
        |input: ClockInput<'_>| derive(&input, &book, &calendar, &now).expect_err("refused");
    let unknown = refused(clock("R-999", now));
    assert_eq!(
        unknown,
        DeadlineError::NoRule {
            code: "R-999".into(),
            at: now
        }
    );
    assert_eq!(
        refused(clock(R_12, now)),
        DeadlineError::NotAClock { code: R_12.into() }
    );
    assert_eq!(
        refused(clock(R_23, now)),
        DeadlineError::NotAClock { code: R_23.into() }
    );
    let backwards = [pause("2026-11-23T11:00", Some("2026-11-22T11:00"))];
    let error = refused(ClockInput {
        pauses: &backwards,
        ..clock(R_10, now)
    });
    assert_eq!(error.code(), "deadline.pause_backwards");
}

#[test]
fn a_correction_and_a_new_table_show_as_old_and_new() {
    let (book, now) = (RuleBook::built_in(), moment("2026-12-31T12:00"));
    let calendar = Calendar::built_in();
    let set = |started: &str, calendar: &Calendar, now: &Moment| {
        let inputs = [
            clock(R_10, moment(started)),
            clock(R_06, moment("2026-12-31T10:00")),
        ];
        derive_all(&inputs, &book, calendar, now).expect("derived")
    };
    let old = set("2026-12-31T10:00", &calendar, &now);
    assert!(old[0].assumed_calendar && !old[1].assumed_calendar);
    assert_eq!(
        diff(
            &old,
            &set("2026-12-31T10:00", &calendar, &moment("2027-03-01T00:00"))
        ),
        []
    );
    match diff(&old, &set("2026-12-30T10:00", &calendar, &now)).as_slice() {
        [DeadlineChange::Changed { old, new }] => {
            assert_eq!((old.rule.as_str(), new.rule.as_str()), (R_10, R_10));
            assert!(new.due_at < old.due_at);
        }
        other => panic!("one deadline moves: {other:?}"),
    }
    let text = "year = 2027\nversion = 1\ntitle = \"试\"\n[[holiday]]\nname = \"元旦\"\noff = [\"2027-01-01..2027-01-04\"]\n";
    let table = YearTable::parse(text, Origin::Office).expect("a table");
    match diff(
        &old,
        &set("2026-12-31T10:00", &calendar.with_table(table), &now),
    )
    .as_slice()
    {
        [DeadlineChange::Changed { old, new }] => {
            assert_eq!((old.assumed_calendar, new.assumed_calendar), (true, false));
            assert_eq!(new.calendar_version, "statutory 2027.o1");
            assert_eq!(moment_text(&new.due_at), "2027-01-06T18:00:00+08:00");
        }
        other => panic!("one deadline moves: {other:?}"),
    }
    let removed = diff(&old, &old[..1]);
    assert!(matches!(removed.as_slice(), [DeadlineChange::Removed(gone)] if gone.rule == R_06));
}

#[test]
fn the_end_of_office_hours_is_a_dated_setting() {
    let change = RuleOverride {
        code: OFFICE_END.into(),
        value: Some(RuleValue::Text("17:30".into())),
        unit: None,
        effective_from: NaiveDate::from_ymd_opt(2026, 6, 1).expect("a date"),
        reason: "夏令".into(),
    };
    let book = RuleBook::built_in()
        .with_overrides(vec![change])
        .expect("fits");
    let now = moment("2026-11-20T09:00");
    let due = |started: &str| {
        let input = clock(R_10, moment(started));
        let deadline = derive(&input, &book, &Calendar::built_in(), &now).expect("derived");
        deadline.due_at.format("%H:%M").to_string()
    };
    assert_eq!(
        (due("2026-05-11T09:00"), due("2026-11-20T09:00")),
        ("18:00".into(), "17:30".into())
    );
}
