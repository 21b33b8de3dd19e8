//! What is due and why; counting one date with the way it was counted.

use chrono::{Duration, NaiveDate, NaiveTime};
use domain::calendar::Calendar;
use domain::count::{Amount, AmountProblem, count_due as count};
use domain::deadline::Deadline;
use domain::deadline::standing::counted_days;
use domain::record::Record;
use domain::spec::RegisterSpec;
use domain::time::{Moment, at_china, moment_text, parse_moment};
use domain::zh::weekday_zh;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use store::{DeadlineHead, DeadlineRow, PressingRow, Read};

use crate::case::{self, CaseParts};
use crate::context::Ctx;
use crate::error::{CommandError, Outcome};
use crate::records::RecordRef;
use crate::refer;
use crate::standing::{self, DeadlineWords};
use crate::steps::read_moment;
use crate::view::{masked, plain_text, shown_moment, state_label};

/// Asks what is due.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct Due {
    /// Up to the end of this day; missing means three days from now.
    #[serde(default)]
    pub date: Option<String>,
}

/// One thing that is due.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct DueLine {
    /// Register id.
    pub register: String,
    /// Identifier of the record.
    pub uuid: String,
    /// Number of the record.
    pub number: Option<String>,
    /// What the record is about; never a person's name.
    pub title: String,
    /// State of the record in Chinese.
    pub state_label: Option<String>,
    /// Who must act: the handler, else the receiver.
    pub person: Option<String>,
    /// Whose matter it is and where, masked.
    pub who: String,
    /// Where the deadline stands, in words.
    pub words: Option<DeadlineWords>,
    /// The deadline.
    pub deadline: DeadlineView,
    /// Past due.
    pub overdue: bool,
}

/// A deadline as people see it.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct DeadlineView {
    /// Rule code.
    pub rule: String,
    /// What it demands.
    pub title: String,
    /// Round of the case.
    pub round: i64,
    /// `running`, `overdue`, `paused`, `met`, `met_late`.
    pub state: String,
    /// A hard limit (red) or a target (amber).
    pub hard: bool,
    /// When its clock started.
    pub started_at: String,
    /// When it is due.
    pub due_at: Option<String>,
    /// When it was met.
    pub met_at: Option<String>,
    /// How it was counted, line by line.
    pub counted: Vec<String>,
    /// Counted Monday to Friday because the year's table is not known yet.
    pub assumed: bool,
    /// Version of the rule.
    pub rule_version: String,
    /// Where it stands, in words.
    pub words: Option<DeadlineWords>,
    /// Day by day from its start to its end; only for the deadlines of one record, and empty for
    /// clocks in hours.
    pub days: Vec<DayCell>,
}

/// One day in the count of a deadline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct DayCell {
    /// The day.
    pub date: String,
    /// 周一 to 周日.
    pub weekday: String,
    /// Not a working day.
    pub rest: bool,
    /// Its number among the counted days, from 1.
    pub counted: Option<u32>,
    /// The clock stood still.
    pub paused: bool,
    /// What else the day is.
    pub mark: Option<DayMark>,
}

/// What a day is beside its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum DayMark {
    /// The clock began.
    Start,
    /// The present day.
    Today,
    /// The clock ends.
    End,
}

/// Counts one date.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct CountDue {
    /// Where the count starts.
    pub from: String,
    /// `2w`, `3d`, `48h`, `6m`, `2y`.
    pub add: String,
    /// A legal period: a last day of rest moves on.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub legal: bool,
}

/// A counted date.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct CountedDate {
    /// The moment it is due.
    pub due_at: String,
    /// The day.
    pub due_on: String,
    /// How it was counted, line by line.
    pub counted: Vec<String>,
    /// Counted without a table for some year.
    pub assumed: bool,
}

/// What is due up to a day, the earliest first, with the person who must act.
///
/// # Errors
/// For a date that cannot be read.
pub fn due(ctx: &Ctx, ask: &Due) -> Outcome<Vec<DueLine>> {
    let now = ctx.now();
    let day = match ask.date.as_deref() {
        Some(typed) => read_moment(typed, now)?.date_naive(),
        None => (now + Duration::days(3)).date_naive(),
    };
    let end = NaiveTime::from_hms_opt(23, 59, 59).unwrap_or_default();
    let reader = ctx.reader()?;
    let figures = ctx.figures()?;
    let mut lines = Vec::new();
    for row in reader.due(at_china(day.and_time(end)))? {
        let Some(record) = reader.get(&row.register, row.uuid)? else {
            continue;
        };
        let deadline = view(&row.deadline, &figures.calendar, &now);
        lines.push(line(ctx, &record, deadline)?);
    }
    Ok(lines)
}

/// The line of a case by one of its deadlines; nothing when it is gone meanwhile.
pub(crate) fn case_line(
    ctx: &Ctx,
    reader: &dyn Read,
    row: &PressingRow,
    now: &Moment,
) -> Outcome<Option<DueLine>> {
    let figures = ctx.figures()?;
    let rows = reader.deadlines_of(&row.register, row.uuid)?;
    let same = |d: &&DeadlineRow| d.rule == row.rule && d.round == row.round;
    let found = rows.iter().find(same);
    let Some((found, record)) = found.zip(reader.get(&row.register, row.uuid)?) else {
        return Ok(None);
    };
    Ok(Some(line(
        ctx,
        &record,
        view(found, &figures.calendar, now),
    )?))
}

fn line(ctx: &Ctx, record: &Record, deadline: DeadlineView) -> Outcome<DueLine> {
    let spec = ctx.spec(&record.register)?;
    let title = spec
        .field(&spec.title)
        .map(|field| plain_text(ctx.catalog, field, record.values.get(&field.id)));
    let of = |field: &str| record.values.text(field).map(str::to_owned);
    let state = record.state.as_deref();
    Ok(DueLine {
        overdue: deadline.state == "overdue",
        register: record.register.clone(),
        uuid: record.uuid.to_string(),
        number: record.number.clone(),
        title: title.unwrap_or_default(),
        state_label: state.map(|state| state_label(ctx.catalog, &record.register, state)),
        person: of("handler").or_else(|| of("receiver")),
        who: who(ctx, spec, record),
        words: deadline.words.clone(),
        deadline,
    })
}

/// Whose matter it is and where: the complainant, masked, and the place.
pub(crate) fn who(ctx: &Ctx, spec: &RegisterSpec, record: &Record) -> String {
    let shown = |id: &str| {
        let field = spec.field(id)?;
        let text = plain_text(ctx.catalog, field, record.values.get(id));
        Some(masked(field, &text)).filter(|text| !text.is_empty())
    };
    let name = if record.values.tick("anonymous") {
        spec.field("anonymous").map(|field| field.label.clone())
    } else {
        shown("complainant_name").or_else(|| shown("complainant_unit"))
    };
    let parts: Vec<String> = name.into_iter().chain(shown("location")).collect();
    parts.join(" ")
}

/// All deadlines of one record.
///
/// # Errors
/// When there is no such record.
pub fn deadlines_of(ctx: &Ctx, ask: &RecordRef) -> Outcome<Vec<DeadlineView>> {
    let spec = ctx.register(&ask.register)?;
    let reader = ctx.reader()?;
    let record = refer::record(&reader, spec, &ask.record)?;
    let now = ctx.now();
    let figures = ctx.figures()?;
    let parts = CaseParts::read(ctx, &reader, &figures, &record)?;
    let derived = case::derived(ctx, &figures, &record, &parts.actions);
    let rows = reader.deadlines_of(&spec.id, record.uuid)?;
    let views = rows.iter().map(|row| {
        let mut view = view(row, &figures.calendar, &now);
        let same = |d: &&Deadline| d.rule == row.rule && i64::from(d.round) == row.round;
        if let Some(deadline) = derived.iter().find(same) {
            view.words = Some(standing::of_deadline(deadline, &figures.calendar, &now));
            view.days = cells(deadline, &figures.calendar, now.date_naive());
        }
        view
    });
    Ok(views.collect())
}

/// The days of a count, with the present one marked.
fn cells(deadline: &Deadline, calendar: &Calendar, today: NaiveDate) -> Vec<DayCell> {
    let (start, end) = (
        deadline.started_at.date_naive(),
        deadline.due_at.date_naive(),
    );
    let days = counted_days(deadline, calendar).into_iter();
    days.map(|day| DayCell {
        date: day.date.to_string(),
        weekday: weekday_zh(day.date).to_owned(),
        rest: day.rest,
        counted: day.counted,
        paused: day.paused,
        mark: match day.date {
            date if date == end => Some(DayMark::End),
            date if date == today => Some(DayMark::Today),
            date if date == start => Some(DayMark::Start),
            _ => None,
        },
    })
    .collect()
}

/// A stored deadline, with its words and without its days.
pub(crate) fn view(row: &DeadlineRow, calendar: &Calendar, now: &Moment) -> DeadlineView {
    let overdue = row.state == "running" && row.due_at.is_some_and(|due| due < *now);
    let detail = |key: &str| row.detail.get(key);
    DeadlineView {
        rule: row.rule.clone(),
        title: detail("title")
            .and_then(Json::as_str)
            .unwrap_or_default()
            .to_owned(),
        round: row.round,
        state: if overdue {
            "overdue".to_owned()
        } else {
            row.state.clone()
        },
        hard: detail("hard").and_then(Json::as_bool).unwrap_or(true),
        started_at: shown_moment(&row.started_at),
        due_at: row.due_at.as_ref().map(shown_moment),
        met_at: row.met_at.as_ref().map(shown_moment),
        counted: detail("counted")
            .and_then(Json::as_array)
            .map(|lines| {
                lines
                    .iter()
                    .filter_map(Json::as_str)
                    .map(str::to_owned)
                    .collect()
            })
            .unwrap_or_default(),
        assumed: detail("assumed").and_then(Json::as_bool).unwrap_or(false),
        rule_version: row.rule_version.clone(),
        words: standing::of_head(&head(row), calendar, now),
        days: Vec::new(),
    }
}

/// The part of a stored deadline that its words need.
fn head(row: &DeadlineRow) -> DeadlineHead {
    let text = |key: &str| row.detail.get(key).and_then(Json::as_str);
    let tick = |key: &str| row.detail.get(key).and_then(Json::as_bool);
    DeadlineHead {
        rule: row.rule.clone(),
        round: row.round,
        due_at: row.due_at,
        met_at: row.met_at,
        open: row.open,
        unit: text("unit").unwrap_or_default().to_owned(),
        hard: tick("hard").unwrap_or(true),
        assumed: tick("assumed").unwrap_or(false),
        paused_since: text("paused_since").and_then(parse_moment),
        due_before: text("due_before").and_then(parse_moment),
    }
}

/// Counts one date and says how.
///
/// # Errors
/// For a start or an amount that cannot be read; for seasons, which need dates of a city.
pub fn count_due(ctx: &Ctx, ask: &CountDue) -> Outcome<CountedDate> {
    let start = read_moment(&ask.from, ctx.now())?;
    let amount = ask.add.parse::<Amount>().map_err(|fault| match fault {
        AmountProblem::Seasons => CommandError::refused("seasons_later", []),
        _ => CommandError::bad_request("bad_amount", [("found", ask.add.clone())]),
    })?;
    let figures = ctx.figures()?;
    let mut calendar = figures.calendar.clone();
    if let Some(end) = figures.rules.office_end_at(&start) {
        calendar = calendar.with_office_end(end);
    }
    let counted = count(&start, amount, ask.legal, &calendar)
        .map_err(|_| CommandError::bad_request("bad_amount", [("found", ask.add.clone())]))?;
    Ok(CountedDate {
        due_at: moment_text(&counted.due_at),
        due_on: counted.due_on().format("%Y-%m-%d").to_string(),
        counted: counted.lines_zh(),
        assumed: counted.assumed,
    })
}
