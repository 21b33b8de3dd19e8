//! The working-day calendar: which days count as 工作日, and walks over them.
//!
//! Days come in layers: the week's pattern, over it the yearly tables (off days 放假, make-up
//! workdays 调休上班), over these the office's own days. A year without a table is counted Monday to
//! Friday and said to be assumed (暂按周一至周五). Late December may stand in the next year's table,
//! so importing that table can move a deadline at the year's end. Not here: amounts, wording,
//! Civil Code periods (`count`), pauses (`deadline`).

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};
use include_dir::{Dir, include_dir};

mod table;
mod version;

pub use table::{Origin, TableError, YearTable};

use table::Mark;

static TABLES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../../assets/calendar");

/// The week and the holidays an office keeps (domain: statutory, six-day, custom).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalendarKind {
    /// Monday to Friday with the statutory holidays; used for all that outsiders see.
    Statutory,
    /// Monday to Saturday with the statutory holidays; make-up Sundays are worked.
    SixDay,
    /// A week of the office's own.
    Custom(Week),
}

/// A week of the office's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Week {
    works: [bool; 7],
    keeps_holidays: bool,
}

impl Week {
    /// A week with the working days given from Monday on; `None` if no day is worked.
    ///
    /// `keeps_holidays` says whether the statutory holidays and make-up days are followed.
    #[must_use]
    pub fn new(works: [bool; 7], keeps_holidays: bool) -> Option<Self> {
        works.contains(&true).then_some(Self {
            works,
            keeps_holidays,
        })
    }
}

/// What a day is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DayNature {
    /// A working day by the week's pattern.
    Workday,
    /// A rest day of the week worked in exchange for a holiday (调休上班), with the holiday's name.
    MakeUp(Arc<str>),
    /// A day off by the yearly table, with the holiday's name.
    Holiday(Arc<str>),
    /// A rest day by the week's pattern.
    Weekend,
    /// Closed by the office itself, with its reason.
    OfficeOff(Arc<str>),
    /// Worked by the office itself, with its reason.
    OfficeWork(Arc<str>),
}

impl DayNature {
    /// Whether the day counts as a working day.
    #[must_use]
    pub fn is_working(&self) -> bool {
        matches!(self, Self::Workday | Self::MakeUp(_) | Self::OfficeWork(_))
    }
}

/// Days the office itself closes or works, over all tables.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnDays {
    /// Grows with each change, so that a deadline can say which state it was counted with.
    pub revision: u32,
    /// Closed days with their reason.
    pub off: BTreeMap<NaiveDate, Arc<str>>,
    /// Worked days with their reason; a day in both is closed.
    pub work: BTreeMap<NaiveDate, Arc<str>>,
}

/// A calendar an office counts with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    kind: CalendarKind,
    // Shared, because every legal period is counted on a statutory view of the same tables.
    tables: Arc<BTreeMap<i32, YearTable>>,
    marks: Arc<BTreeMap<NaiveDate, Mark>>,
    own: OwnDays,
    office_end: NaiveTime,
}

/// One day of a walk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WalkedDay {
    /// The day.
    pub date: NaiveDate,
    /// What it is.
    pub nature: DayNature,
    /// Its number among the counted days, from 1; `None` if it does not count.
    pub nth: Option<u32>,
}

/// The result of counting working days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The last counted day (the start itself for 0).
    pub due_on: NaiveDate,
    /// Every day from the one after the start, in the order walked.
    pub days: Vec<WalkedDay>,
    /// A day of the walk lies in a year without a table.
    pub assumed: bool,
}

impl Calendar {
    /// The statutory calendar with the tables shipped with the program.
    #[must_use]
    pub fn built_in() -> Self {
        static BUILT_IN: OnceLock<Calendar> = OnceLock::new();
        BUILT_IN
            .get_or_init(|| Self::of(CalendarKind::Statutory, shipped_tables()))
            .clone()
    }

    fn of(kind: CalendarKind, tables: BTreeMap<i32, YearTable>) -> Self {
        let mut calendar = Self {
            kind,
            tables: Arc::new(tables),
            marks: Arc::default(),
            own: OwnDays::default(),
            office_end: NaiveTime::from_hms_opt(18, 0, 0).expect("BUG: 18:00 exists"),
        };
        calendar.spread();
        calendar
    }

    /// The same tables with another week.
    #[must_use]
    pub fn with_kind(mut self, kind: CalendarKind) -> Self {
        self.kind = kind;
        self
    }

    /// Puts an office's table over the one of the same year; the whole year is taken from it.
    #[must_use]
    pub fn with_table(mut self, table: YearTable) -> Self {
        Arc::make_mut(&mut self.tables).insert(table.year, table);
        self.spread();
        self
    }

    /// Puts an office's table, typed or imported as a small file, over the one of the same year.
    ///
    /// # Errors
    /// [`TableError`] with the line of the file.
    pub fn with_table_text(self, text: &str) -> Result<Self, TableError> {
        Ok(self.with_table(YearTable::parse(text, Origin::Office)?))
    }

    /// Puts the office's own days over the tables.
    #[must_use]
    pub fn with_own_days(mut self, own: OwnDays) -> Self {
        self.own = own;
        self
    }

    /// Sets the end of office hours, at which deadlines counted in days fall due (default 18:00).
    #[must_use]
    pub fn with_office_end(mut self, office_end: NaiveTime) -> Self {
        self.office_end = office_end;
        self
    }

    /// The same tables as the law sees them: Monday to Friday, no days of the office's own.
    #[must_use]
    pub fn statutory(&self) -> Self {
        Self {
            kind: CalendarKind::Statutory,
            own: OwnDays::default(),
            ..self.clone()
        }
    }

    /// Which week is kept.
    #[must_use]
    pub fn kind(&self) -> CalendarKind {
        self.kind
    }

    /// The end of office hours.
    #[must_use]
    pub fn office_end(&self) -> NaiveTime {
        self.office_end
    }

    /// The table in use for a year, if there is one.
    #[must_use]
    pub fn table(&self, year: i32) -> Option<&YearTable> {
        self.tables.get(&year)
    }

    /// What a day is.
    #[must_use]
    pub fn nature(&self, date: NaiveDate) -> DayNature {
        if let Some(reason) = self.own.off.get(&date) {
            return DayNature::OfficeOff(reason.clone());
        }
        if let Some(reason) = self.own.work.get(&date) {
            return DayNature::OfficeWork(reason.clone());
        }
        let works = self.works_by_week(date.weekday());
        match self.marks.get(&date) {
            Some(mark) if self.keeps_holidays() && mark.off => {
                DayNature::Holiday(mark.name.clone())
            }
            Some(mark) if self.keeps_holidays() && !works => DayNature::MakeUp(mark.name.clone()),
            _ if works => DayNature::Workday,
            _ => DayNature::Weekend,
        }
    }

    /// Whether a day counts as a working day.
    #[must_use]
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        self.nature(date).is_working()
    }

    /// Whether the day's year has no table, so that holidays are not known (暂按周一至周五).
    #[must_use]
    pub fn is_assumed(&self, date: NaiveDate) -> bool {
        self.keeps_holidays() && !self.tables.contains_key(&date.year())
    }

    /// Counts `days` working days from `start`, which itself is not counted (Civil Code art. 201).
    #[must_use]
    pub fn add_working_days(&self, start: NaiveDate, days: u32) -> Counted {
        self.walk(start.iter_days().skip(1), start, days)
    }

    /// Counts `days` working days back from `start`, which itself is not counted.
    #[must_use]
    pub fn sub_working_days(&self, start: NaiveDate, days: u32) -> Counted {
        self.walk(
            std::iter::successors(start.pred_opt(), NaiveDate::pred_opt),
            start,
            days,
        )
    }

    fn walk(&self, path: impl Iterator<Item = NaiveDate>, start: NaiveDate, days: u32) -> Counted {
        let mut counted = Counted {
            due_on: start,
            days: Vec::new(),
            assumed: false,
        };
        let mut reached = 0;
        for date in path {
            if reached == days {
                break;
            }
            let nature = self.nature(date);
            let works = nature.is_working();
            reached += u32::from(works);
            counted.due_on = date;
            counted.assumed |= self.is_assumed(date);
            counted.days.push(WalkedDay {
                date,
                nature,
                nth: works.then_some(reached),
            });
        }
        counted
    }

    /// The day itself if it is worked, else the next working day (Civil Code art. 203).
    #[must_use]
    pub fn working_day_from(&self, date: NaiveDate) -> NaiveDate {
        date.iter_days()
            .find(|day| self.is_working_day(*day))
            .unwrap_or(date)
    }

    /// The last working day of a month; `None` if there is no such month or no day is worked.
    #[must_use]
    pub fn last_working_day(&self, year: i32, month: u32) -> Option<NaiveDate> {
        let first = NaiveDate::from_ymd_opt(year, month, 1)?;
        let days = first.iter_days().take_while(|day| day.month() == month);
        days.filter(|day| self.is_working_day(*day)).last()
    }

    /// The years between two days for which holidays are not known.
    pub fn years_without_table(&self, from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = i32> {
        let keeps = self.keeps_holidays();
        (from.year()..=to.year()).filter(move |year| keeps && !self.tables.contains_key(year))
    }

    fn keeps_holidays(&self) -> bool {
        !matches!(
            self.kind,
            CalendarKind::Custom(Week {
                keeps_holidays: false,
                ..
            })
        )
    }

    fn works_by_week(&self, weekday: Weekday) -> bool {
        match self.kind {
            CalendarKind::Statutory => !matches!(weekday, Weekday::Sat | Weekday::Sun),
            CalendarKind::SixDay => weekday != Weekday::Sun,
            CalendarKind::Custom(week) => week
                .works
                .get(weekday.num_days_from_monday() as usize)
                .copied()
                .unwrap_or(false),
        }
    }

    /// Lays the tables' days over each other; where two name a day, the later notice wins.
    fn spread(&mut self) {
        let tables = self.tables.values();
        let marks =
            tables.flat_map(|table| table.marks.iter().map(|(date, mark)| (*date, mark.clone())));
        self.marks = Arc::new(marks.collect());
    }
}

fn shipped_tables() -> BTreeMap<i32, YearTable> {
    let files = TABLES
        .files()
        .filter(|file| file.path().extension().is_some_and(|end| end == "toml"));
    let tables = files.map(|file| {
        let text = file
            .contents_utf8()
            .expect("BUG: a shipped calendar is not UTF-8");
        YearTable::parse(text, Origin::BuiltIn)
            .unwrap_or_else(|error| panic!("BUG: shipped calendar {:?}: {error}", file.path()))
    });
    tables.map(|table| (table.year, table)).collect()
}
