//! The steps of a count in Chinese, one line a step.
//!
//! Not here: the counting. The wording is part of what the program promises a clerk (every date
//! can say how it was counted), so it stands beside the count and is tested with it.

use chrono::{Datelike, NaiveDate};

use super::{Amount, End, Skip, Step};
use crate::calendar::DayNature;
use crate::zh::{due_zh, moment_zh, weekday_zh};

/// Above this many working days, neighbouring ordinary ones share a line.
const DAY_BY_DAY: usize = 15;

/// The lines of a count.
pub(super) fn lines(steps: &[Step]) -> Vec<String> {
    let working = steps
        .iter()
        .filter(|step| matches!(step, Step::WorkingDay { .. }))
        .count();
    if working <= DAY_BY_DAY {
        return steps.iter().map(line).collect();
    }
    let mut lines = Vec::new();
    let mut at = 0;
    while at < steps.len() {
        let run = ordinary_run(&steps[at..]);
        match (&steps[at], run.last()) {
            (
                Step::WorkingDay {
                    date: from,
                    nth: first,
                    ..
                },
                Some(Step::WorkingDay {
                    date: to,
                    nth: last,
                    ..
                }),
            ) if run.len() > 1 => {
                lines.push(format!("{}，第{first}至第{last}个工作日", span(*from, *to)));
                at += run.len();
            }
            (step, _) => {
                lines.push(line(step));
                at += 1;
            }
        }
    }
    lines
}

/// The leading ordinary working days.
fn ordinary_run(steps: &[Step]) -> &[Step] {
    let ordinary = |step: &&Step| {
        matches!(
            step,
            Step::WorkingDay {
                nature: DayNature::Workday,
                ..
            }
        )
    };
    &steps[..steps.iter().take_while(ordinary).count()]
}

fn line(step: &Step) -> String {
    match step {
        Step::StartNotCounted(date) => format!("起算日{}不计入", day(*date)),
        Step::AtOnce => "应当即办理".to_owned(),
        Step::SameDay => "应当日办理".to_owned(),
        Step::WorkingDay { date, nature, nth } => working_day(*date, nature, *nth),
        Step::CalendarDays { from, to, nth } => calendar_days(*from, *to, *nth),
        Step::Skipped { from, to, why } => format!("{} {}，不计", span(*from, *to), reason(why)),
        Step::Corresponding {
            amount,
            date,
            clamped,
        } => {
            let clamp = if *clamped {
                "（当月无对应日，取月末日）"
            } else {
                ""
            };
            format!("满{}的对应日为{}{clamp}", amount.zh(), day(*date))
        }
        Step::PausedDays { days, to } => format!("其间暂停{days}天，顺延至{}", day(*to)),
        Step::Hours { hours, to } => {
            format!(
                "{hours}小时连续计算，夜间、周末和节假日不扣除，至{}",
                moment_zh(to)
            )
        }
        Step::HoursPaused(stood) => {
            format!(
                "{}至{}暂停，期间不计",
                moment_zh(&stood.from),
                moment_zh(&stood.to)
            )
        }
        Step::Shifted { from, nature, to } => format!(
            "期满日{}为{}，顺延至休息日结束的次日{}（民法典第二百零三条）",
            day(*from),
            rest(nature),
            day(*to)
        ),
        Step::Extended {
            by,
            approver,
            reason,
        } => {
            let by = by.map_or_else(|| "至指定时间".to_owned(), Amount::zh);
            format!("经{approver}批准延期{by}：{reason}")
        }
        Step::Assumed(year) => format!("{year}年放假安排尚未录入，暂按周一至周五"),
        Step::Due { at, end } => {
            let end = match end {
                End::OfficeHours => "（下班时间）",
                End::Day | End::Clock => "",
            };
            format!(
                "到期：{}（{}）{end}",
                due_zh(at),
                weekday_zh(at.date_naive())
            )
        }
    }
}

fn working_day(date: NaiveDate, nature: &DayNature, nth: u32) -> String {
    let day = day(date);
    match nature {
        DayNature::MakeUp(_) => format!("{day}调休上班，第{nth}个工作日"),
        DayNature::OfficeWork(reason) => format!("{day}本单位上班（{reason}），第{nth}个工作日"),
        _ => format!("{day}，第{nth}个工作日"),
    }
}

fn calendar_days(from: NaiveDate, to: NaiveDate, nth: u32) -> String {
    if from == to {
        return format!("{}，第{nth}天", day(from));
    }
    let first = i64::from(nth) - (to - from).num_days();
    format!("{}，第{first}至第{nth}天", span(from, to))
}

fn reason(why: &Skip) -> String {
    match why {
        Skip::Paused => "暂停".to_owned(),
        Skip::Rest(nature) => rest(nature),
    }
}

fn rest(nature: &DayNature) -> String {
    match nature {
        DayNature::Holiday(name) => format!("{name}放假"),
        DayNature::OfficeOff(reason) => format!("本单位休息（{reason}）"),
        DayNature::Weekend => "周末休息".to_owned(),
        DayNature::Workday | DayNature::MakeUp(_) | DayNature::OfficeWork(_) => "工作日".to_owned(),
    }
}

/// `2026-02-14（周六）`.
fn day(date: NaiveDate) -> String {
    format!("{date}（{}）", weekday_zh(date))
}

/// `2026-02-15至02-23`; a single day as [`day`].
fn span(from: NaiveDate, to: NaiveDate) -> String {
    if from == to {
        day(from)
    } else if from.year() == to.year() {
        format!("{from}至{}", to.format("%m-%d"))
    } else {
        format!("{from}至{to}")
    }
}
