//! Where deadlines stand, in the words of the office: 还剩 2 个工作日, 今天 18:00 前, 已超期 3 天.

use chrono::{Datelike, NaiveTime, Timelike};
use domain::calendar::Calendar;
use domain::deadline::Deadline;
use domain::deadline::standing::{Clock, Span, Standing, Unit, standing};
use domain::time::Moment;
use serde::Serialize;
use store::DeadlineHead;

use crate::words::{Facts, facts, has, say};

/// How loud the words of a deadline are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineTone {
    /// Late and not met.
    Overdue,
    /// Due later today.
    Today,
    /// Due on another day.
    Later,
    /// Met, in time or late.
    Done,
    /// Standing still.
    Paused,
}

/// A deadline in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct DeadlineWords {
    /// How loud.
    pub tone: DeadlineTone,
    /// What is left or late.
    pub text: String,
    /// Until when, in brackets; may be empty.
    pub tail: String,
    /// What has to be done, in one or two words; empty when it was.
    pub act: String,
    /// The rule.
    pub rule: String,
}

/// The words of a deadline of a list.
pub(crate) fn of_head(
    head: &DeadlineHead,
    calendar: &Calendar,
    now: &Moment,
) -> Option<DeadlineWords> {
    let clock = Clock {
        unit: Unit::parse(&head.unit),
        due_at: head.due_at.or(head.due_before)?,
        met_at: head.met_at,
        paused_since: head.paused_since.filter(|_| head.due_at.is_none()),
    };
    Some(of_clock(&head.rule, &clock, head.assumed, calendar, now))
}

/// The words of a derived deadline.
pub(crate) fn of_deadline(deadline: &Deadline, calendar: &Calendar, now: &Moment) -> DeadlineWords {
    let clock = Clock {
        unit: Unit::of(deadline.amount),
        due_at: deadline.due_at,
        met_at: deadline.met_at,
        paused_since: deadline.paused_since,
    };
    let assumed = deadline.assumed_calendar;
    of_clock(&deadline.rule, &clock, assumed, calendar, now)
}

/// The words of the deadline that presses most; of a closed case its verdict.
pub(crate) fn most_pressing(
    heads: &[DeadlineHead],
    closed: bool,
    calendar: &Calendar,
    now: &Moment,
) -> Option<DeadlineWords> {
    let open = heads.iter().filter(|head| head.open);
    let running = open.clone().filter(|head| head.due_at.is_some());
    let pressing = running.min_by_key(|head| head.due_at);
    let paused = || open.clone().min_by_key(|head| head.due_before);
    if let Some(head) = pressing.or_else(paused) {
        return of_head(head, calendar, now);
    }
    let met = heads.iter().filter(|head| head.met_at.is_some());
    let late_by = |head: &&DeadlineHead| {
        let late = head.met_at.zip(head.due_at).map(|(met, due)| met - due);
        (head.hard, late)
    };
    let worst = met.max_by_key(late_by).filter(|_| closed)?;
    if worst.hard {
        return of_head(worst, calendar, now);
    }
    // A target that was missed is no limit.
    Some(DeadlineWords {
        tone: DeadlineTone::Done,
        text: say("deadline.met", &Facts::new()),
        tail: String::new(),
        act: String::new(),
        rule: worst.rule.clone(),
    })
}

fn of_clock(
    rule: &str,
    clock: &Clock,
    assumed: bool,
    calendar: &Calendar,
    now: &Moment,
) -> DeadlineWords {
    let stands = standing(clock, calendar, now);
    let at = || facts([("at", moment_in_words(&clock.due_at, now))]);
    let time = || facts([("time", time_in_words(clock.due_at.time()))]);
    let same_day = clock.due_at.date_naive() == now.date_naive();
    let (tone, text, tail) = match stands {
        Standing::Overdue(span) => (
            DeadlineTone::Overdue,
            with_span("overdue", span),
            if same_day {
                say("deadline.overdue_tail_today", &time())
            } else {
                say("deadline.overdue_tail", &at())
            },
        ),
        Standing::Today(hours) => (
            DeadlineTone::Today,
            say("deadline.today", &time()),
            hours
                .map(|hours| with_span("today_tail", Span::Hours(hours)))
                .unwrap_or_default(),
        ),
        Standing::Left(span) => (
            DeadlineTone::Later,
            with_span("left", span),
            say("deadline.left_tail", &at()),
        ),
        Standing::Met => (
            DeadlineTone::Done,
            say("deadline.met", &Facts::new()),
            String::new(),
        ),
        Standing::MetLate(span) => (
            DeadlineTone::Done,
            with_span("met_late", span),
            String::new(),
        ),
        Standing::Paused(Some(span)) => (
            DeadlineTone::Paused,
            with_span("paused", span),
            String::new(),
        ),
        Standing::Paused(None) => (
            DeadlineTone::Paused,
            say("deadline.paused_same_day", &Facts::new()),
            String::new(),
        ),
    };
    let tail = match (assumed && tone != DeadlineTone::Done, tail.is_empty()) {
        (false, _) => tail,
        (true, true) => say("deadline.assumed", &Facts::new()),
        (true, false) => say("deadline.assumed_with", &facts([("what", inside(&tail))])),
    };
    let act = format!("deadline_act.{rule}");
    let done = tone == DeadlineTone::Done;
    DeadlineWords {
        tone,
        text,
        tail,
        act: if done || !has(&act) {
            String::new()
        } else {
            say(&act, &Facts::new())
        },
        rule: rule.to_owned(),
    }
}

/// What stands between the brackets of a tail.
fn inside(tail: &str) -> String {
    tail.trim_matches(['（', '）']).to_owned()
}

/// The sentence of a key with a span; a span of less than an hour has a sentence of its own.
fn with_span(key: &str, span: Span) -> String {
    let (unit, count) = match span {
        Span::Hours(0) => return say(&format!("deadline.{key}_under"), &Facts::new()),
        Span::Hours(count) => ("hours", count),
        Span::Days(count) => ("days", count),
        Span::WorkingDays(count) => ("working_days", count),
    };
    let count = facts([("count", count.to_string())]);
    let span = say(&format!("deadline.{unit}"), &count);
    say(&format!("deadline.{key}"), &facts([("span", span)]))
}

/// `11月24日 18:00`, with the year when it is another one.
fn moment_in_words(moment: &Moment, now: &Moment) -> String {
    let key = if moment.year() == now.year() {
        "deadline.at"
    } else {
        "deadline.at_year"
    };
    let parts = [
        ("year", moment.year().to_string()),
        ("month", moment.month().to_string()),
        ("day", moment.day().to_string()),
        ("time", time_in_words(moment.time())),
    ];
    say(key, &facts(parts))
}

/// The end of a day is 24:00, though it is kept as its last second.
fn time_in_words(time: NaiveTime) -> String {
    if (time.hour(), time.minute(), time.second()) == (23, 59, 59) {
        return "24:00".to_owned();
    }
    time.format("%H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::time::parse_moment;

    fn moment(text: &str) -> Moment {
        parse_moment(text).expect("a moment")
    }

    fn words(unit: Unit, due: &str, met: Option<&str>) -> (DeadlineTone, String) {
        let clock = Clock {
            unit,
            due_at: moment(due),
            met_at: met.map(moment),
            paused_since: None,
        };
        // A Friday.
        let now = moment("2026-11-20T09:12");
        let words = of_clock("R-10", &clock, false, &Calendar::built_in(), &now);
        (words.tone, format!("{}{}", words.text, words.tail))
    }

    #[test]
    fn deadlines_are_worded_with_their_unit_and_their_end() {
        use DeadlineTone::{Done, Later, Overdue, Today};
        use Unit::{Days, Hours, WorkingDays};
        for (unit, due, met, tone, text) in [
            (
                WorkingDays,
                "2026-11-24T18:00",
                None,
                Later,
                "还剩 2 个工作日（至 11月24日 18:00）",
            ),
            (
                Days,
                "2026-11-23T18:00",
                None,
                Later,
                "还剩 3 天（至 11月23日 18:00）",
            ),
            (
                Days,
                "2027-01-05T23:59:59",
                None,
                Later,
                "还剩 46 天（至 2027年1月5日 24:00）",
            ),
            (
                WorkingDays,
                "2026-11-20T18:00",
                None,
                Today,
                "今天 18:00 前",
            ),
            (
                Hours,
                "2026-11-20T11:20",
                None,
                Today,
                "今天 11:20 前（还剩 2 小时）",
            ),
            (
                Hours,
                "2026-11-20T09:40",
                None,
                Today,
                "今天 09:40 前（还剩不到 1 小时）",
            ),
            (
                WorkingDays,
                "2026-11-17T18:00",
                None,
                Overdue,
                "已超期 3 天（应在 11月17日 18:00）",
            ),
            (
                Hours,
                "2026-11-20T04:10",
                None,
                Overdue,
                "已超期 5 小时（应在今天 04:10）",
            ),
            (
                Days,
                "2026-11-17T18:00",
                Some("2026-11-17T10:00"),
                Done,
                "按期办结",
            ),
            (
                Days,
                "2026-11-17T18:00",
                Some("2026-11-18T10:00"),
                Done,
                "超期 1 天办结",
            ),
        ] {
            assert_eq!(words(unit, due, met), (tone, text.to_owned()), "{due}");
        }
    }

    #[test]
    fn a_pause_and_a_year_without_its_table_are_told() {
        let clock = Clock {
            unit: Unit::WorkingDays,
            due_at: moment("2026-11-23T18:00"),
            met_at: None,
            paused_since: Some(moment("2026-11-20T08:00")),
        };
        let now = moment("2026-11-25T09:00");
        let calendar = Calendar::built_in();
        let paused = of_clock("R-10", &clock, false, &calendar, &now);
        assert_eq!(paused.text, "已暂停，暂停前还剩 1 个工作日");
        let running = Clock {
            due_at: moment("2026-11-27T18:00"),
            paused_since: None,
            ..clock
        };
        let assumed = of_clock("R-10", &running, true, &calendar, &now);
        assert_eq!(assumed.tail, "（至 11月27日 18:00，暂按周一至周五计）");
        assert_eq!(assumed.act, "回访");
    }

    #[test]
    fn a_case_shows_what_presses_most_and_when_closed_its_verdict() {
        let head = |rule: &str, due: &str, met: Option<&str>, hard: bool| DeadlineHead {
            rule: rule.to_owned(),
            round: 1,
            due_at: Some(moment(due)),
            met_at: met.map(moment),
            open: met.is_none(),
            unit: "days".to_owned(),
            hard,
            assumed: false,
            paused_since: None,
            due_before: None,
        };
        let now = moment("2026-11-20T09:12");
        let shown = |heads: &[DeadlineHead], closed| {
            most_pressing(heads, closed, &Calendar::built_in(), &now).map(|words| words.text)
        };
        let late = head("R-07", "2026-11-17T18:00", Some("2026-11-18T10:00"), true);
        let target = head("R-10", "2026-11-17T18:00", Some("2026-11-19T10:00"), false);
        let soon = head("R-10", "2026-11-21T18:00", None, false);
        let later = head("R-11", "2026-11-24T18:00", None, true);
        assert_eq!(
            shown(&[later, late.clone(), soon], false).as_deref(),
            Some("还剩 1 天")
        );
        assert_eq!(
            shown(std::slice::from_ref(&late), false),
            None,
            "nothing is due any more"
        );
        assert_eq!(
            shown(&[target.clone(), late], true).as_deref(),
            Some("超期 1 天办结")
        );
        assert_eq!(
            shown(&[target], true).as_deref(),
            Some("按期办结"),
            "a target is no limit"
        );
        assert_eq!(shown(&[], true), None);
    }
}
