//! The page of the day: what is late, what is due, the next fourteen days, the month in four figures,
//! sheets that are still out, and the age of the last backup.
//!
//! A case stands once, with the deadline that presses most; the lists that the figures open use the
//! same conditions.

use std::collections::{BTreeMap, BTreeSet};

use archive::backups::BackupFolder;
use chrono::{Days, NaiveDate};
use domain::calendar::{Calendar, DayNature};
use domain::field::paper as paper_field;
use domain::record::Record;
use domain::rules::codes;
use domain::time::{Moment, moment_text};
use domain::zh::weekday_zh;
use serde::Serialize;
use store::{ListQuery, PressingRow, Read, Test};
use uuid::Uuid;

use crate::context::Ctx;
use crate::due::{DueLine, case_line};
use crate::error::Outcome;
use crate::records::span::day_start_after;
use crate::records::{Condition, selection};
use crate::table::Nothing;
use crate::words::{Facts, say};

/// The page of the day.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct TodayView {
    /// The day.
    pub date: String,
    /// Cases that are late or due today.
    pub due_total: u64,
    /// The month in figures.
    pub figures: Vec<Figure>,
    /// Fourteen days from today on.
    pub days: Vec<DayAhead>,
    /// What presses, by how much.
    pub groups: Vec<DueGroup>,
    /// Sheets that are still out, the oldest first.
    pub papers_out: Vec<PaperOut>,
    /// How many there are in all.
    pub papers_out_total: u64,
    /// The newest backup.
    pub last_backup: Option<LastBackup>,
}

/// One figure with the list behind it.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct Figure {
    /// Stable id.
    pub id: String,
    /// Chinese label.
    pub label: String,
    /// The figure; nothing where there is nothing to count.
    pub value: Option<u64>,
    /// Out of how many.
    pub of: Option<u64>,
    /// The register of the list.
    pub register: String,
    /// The conditions of the list.
    pub filters: Vec<Condition>,
}

/// One day of the strip.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct DayAhead {
    /// The day.
    pub date: String,
    /// 周一 to 周日.
    pub weekday: String,
    /// Not a working day.
    pub rest: bool,
    /// A rest day that is worked in exchange for a holiday.
    pub make_up: bool,
    /// The name of a holiday; may be empty.
    pub name: String,
    /// Cases that are late; only on the first day.
    pub overdue: u64,
    /// Cases with a deadline on this day, visits left out.
    pub due: u64,
    /// Visits that are due on this day.
    pub visits: u64,
}

/// Cases that press alike.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct DueGroup {
    /// `overdue`, `today`, `soon`.
    pub id: String,
    /// Chinese label.
    pub label: String,
    /// How many there are in all.
    pub total: u64,
    /// The first of them, the most pressing first.
    pub lines: Vec<DueLine>,
    /// How many more there are.
    pub more: u64,
}

/// A sheet that is still out.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct PaperOut {
    /// Number of the sheet.
    pub paper: String,
    /// Its title.
    pub title: String,
    /// Number of its record.
    pub number: Option<String>,
    /// Register of its record.
    pub register: String,
    /// Its record.
    pub uuid: String,
    /// Days since it was printed.
    pub days: i64,
}

/// The newest backup.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct LastBackup {
    /// When it was made.
    pub made_at: String,
    /// Whole days since.
    pub age_days: i64,
}

/// Days of the strip, today included.
const STRIP: u64 = 14;
/// Days after today that count as soon.
const SOON: u64 = 3;
/// Lines shown of each group.
const LINES: usize = 50;
/// Sheets shown.
const SHEETS: u64 = 20;

/// The page of the day.
///
/// # Errors
/// When the file cannot be read.
pub fn today(ctx: &Ctx, _: &Nothing) -> Outcome<TodayView> {
    let now = ctx.now();
    let reader = ctx.reader()?;
    let figures = ctx.figures()?;
    let pressing = reader.pressing(day_start_after(&now, STRIP))?;
    let groups = groups(ctx, &reader, &pressing, &now)?;
    let due = groups.iter().filter(|group| group.id != "soon");
    let (papers_out, papers_out_total) = sheets(&reader, &now)?;
    Ok(TodayView {
        date: now.date_naive().to_string(),
        due_total: due.map(|group| group.total).sum(),
        figures: month(ctx, &reader)?,
        days: strip(&pressing, &figures.calendar, &now),
        groups,
        papers_out,
        papers_out_total,
        last_backup: last_backup(ctx)?,
    })
}

/// Each case by the deadline that presses most.
fn groups(
    ctx: &Ctx,
    reader: &dyn Read,
    pressing: &[PressingRow],
    now: &Moment,
) -> Outcome<Vec<DueGroup>> {
    let mut seen = BTreeSet::new();
    let first: Vec<&PressingRow> = pressing
        .iter()
        .filter(|row| seen.insert(row.uuid))
        .collect();
    let (tomorrow, later) = (day_start_after(now, 1), day_start_after(now, SOON + 1));
    let mut groups = Vec::new();
    for (id, from, until) in [
        ("overdue", None, *now),
        ("today", Some(*now), tomorrow),
        ("soon", Some(tomorrow), later),
    ] {
        let inside =
            |row: &&&PressingRow| row.due_at < until && from.is_none_or(|from| row.due_at >= from);
        let rows: Vec<&PressingRow> = first.iter().filter(inside).copied().collect();
        let mut lines = Vec::new();
        for row in rows.iter().take(LINES) {
            lines.extend(case_line(ctx, reader, row, now)?);
        }
        groups.push(DueGroup {
            id: id.to_owned(),
            label: say(&format!("today.{id}"), &Facts::new()),
            total: rows.len() as u64,
            more: rows.len().saturating_sub(LINES) as u64,
            lines,
        });
    }
    Ok(groups)
}

/// The next days with what falls on them. A case counts once on each day.
fn strip(pressing: &[PressingRow], calendar: &Calendar, now: &Moment) -> Vec<DayAhead> {
    let today = now.date_naive();
    let mut late: BTreeSet<Uuid> = BTreeSet::new();
    let mut due: BTreeMap<(NaiveDate, bool), BTreeSet<Uuid>> = BTreeMap::new();
    for row in pressing {
        if row.due_at < *now {
            late.insert(row.uuid);
        } else {
            let is_visit = [codes::R_10, codes::R_11].contains(&row.rule.as_str());
            let day = (row.due_at.date_naive(), is_visit);
            due.entry(day).or_default().insert(row.uuid);
        }
    }
    let days = (0..STRIP).map(|ahead| today + Days::new(ahead));
    days.map(|date| {
        let nature = calendar.nature(date);
        let count = |visits: bool| {
            due.get(&(date, visits))
                .map_or(0, |cases| cases.len() as u64)
        };
        DayAhead {
            date: date.to_string(),
            weekday: weekday_zh(date).to_owned(),
            rest: !nature.is_working(),
            make_up: matches!(nature, DayNature::MakeUp(_)),
            name: match &nature {
                DayNature::Holiday(name) => name.to_string(),
                _ => String::new(),
            },
            overdue: if date == today { late.len() as u64 } else { 0 },
            due: count(false),
            visits: count(true),
        }
    })
    .collect()
}

fn condition(field: &str, op: &str, value: &str) -> Condition {
    Condition {
        field: field.to_owned(),
        op: op.to_owned(),
        value: value.to_owned(),
    }
}

/// Words of the list of satisfaction that are a yes.
const SATISFIED: &str = "very_satisfied,satisfied,fairly_satisfied,basically_satisfied";

/// The month in figures: received, settled, settled in time, satisfied.
fn month(ctx: &Ctx, reader: &dyn Read) -> Outcome<Vec<Figure>> {
    let spec = ctx.register("complaint")?;
    let received = vec![condition("received_at", "within", "this_month")];
    let handled = vec![condition("handled_at", "within", "this_month")];
    let visited = vec![
        condition("visited_at", "within", "this_month"),
        condition("satisfaction", "filled", ""),
    ];
    let mut in_time = handled.clone();
    in_time.push(condition("@deadline", "=", "in_time"));
    let satisfied = vec![
        condition("visited_at", "within", "this_month"),
        condition("satisfaction", "in", SATISFIED),
    ];
    let count = |filters: &[Condition]| -> Outcome<u64> {
        Ok(reader.count(&selection(ctx, reader, spec, filters, None)?)?)
    };
    let settled = count(&handled)?;
    let asked = count(&visited)?;
    let figure = |id: &str, value: Option<u64>, of: Option<u64>, filters: &[Condition]| Figure {
        id: id.to_owned(),
        label: say(&format!("today.{id}"), &Facts::new()),
        value,
        of,
        register: spec.id.clone(),
        filters: filters.to_vec(),
    };
    let share = |part: u64, of: u64| (of > 0).then_some(part);
    Ok(vec![
        figure("received", Some(count(&received)?), None, &received),
        figure("settled", Some(settled), None, &handled),
        figure(
            "in_time",
            share(count(&in_time)?, settled),
            Some(settled),
            &in_time,
        ),
        figure(
            "satisfied",
            share(count(&satisfied)?, asked),
            Some(asked),
            &satisfied,
        ),
    ])
}

/// The sheets that are still out, the oldest first, and how many there are.
fn sheets(reader: &dyn Read, now: &Moment) -> Outcome<(Vec<PaperOut>, u64)> {
    let out = ListQuery::of("paper")
        .filter(paper_field::STATUS, Test::Eq("printed".into()))
        .sorted(paper_field::PRINTED_AT);
    let total = reader.count(&out)?;
    let mut sheets = Vec::new();
    for paper in reader.list(&out.take(SHEETS))? {
        sheets.push(sheet(reader, &paper, now)?);
    }
    Ok((sheets, total))
}

fn sheet(reader: &dyn Read, paper: &Record, now: &Moment) -> Outcome<PaperOut> {
    let text = |field: &str| paper.values.text(field).unwrap_or_default().to_owned();
    let (register, uuid) = (text(paper_field::REGISTER), text(paper_field::RECORD));
    let record = match Uuid::parse_str(&uuid) {
        Ok(uuid) if !register.is_empty() => reader.get(&register, uuid)?,
        _ => None,
    };
    let printed = paper.values.date(paper_field::PRINTED_AT);
    let days = printed.map_or(0, |printed| (now.date_naive() - printed).num_days());
    Ok(PaperOut {
        paper: text(paper_field::PAPER_NUMBER),
        title: text(paper_field::TITLE),
        number: record.and_then(|record| record.number),
        register,
        uuid,
        days: days.max(0),
    })
}

fn last_backup(ctx: &Ctx) -> Outcome<Option<LastBackup>> {
    let listing = BackupFolder::new(ctx.store.backups()).list()?;
    let newest = listing.backups.iter().max_by_key(|b| b.name.made_at);
    Ok(newest.map(|backup| {
        let age = ctx.now().date_naive() - backup.name.made_at.date_naive();
        LastBackup {
            made_at: moment_text(&backup.name.made_at),
            age_days: age.num_days().max(0),
        }
    }))
}
