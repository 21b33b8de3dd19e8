//! Which backups stay: a pure function over sequence numbers and stamps.
//!
//! Nothing here touches a file. The number, not the stamp, says which backup is newer, because a
//! laptop's clock may be wrong by years; the newest ten are kept whatever the clock says, and a
//! backup stamped in the future never counts as "the last one" (it would stop all backups until the
//! clock caught up).

use std::collections::BTreeSet;

use chrono::{Datelike, Duration, NaiveDate};
use domain::time::Moment;
use serde::{Deserialize, Serialize};

/// Kept whatever the clock says.
pub const NEWEST_ALWAYS_KEPT: usize = 10;
/// Days, weeks and months of which the newest backup is kept, beyond today and yesterday.
pub const DAILY: usize = 12;
/// See [`DAILY`].
pub const WEEKLY: usize = 10;
/// See [`DAILY`].
pub const MONTHLY: usize = 9;
/// Minutes between two backups made by the program on its own.
pub const INTERVAL_MINUTES: i64 = 30;
/// Days for which a backup that was asked for or made before a large step is not thinned.
pub const PROTECTED_DAYS: i64 = 90;

/// Why a backup was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// On the program's own, while people work.
    Scheduled,
    /// A person asked for it.
    Asked,
    /// Before the tables change.
    BeforeMigration,
    /// Before a ledger or archive comes in.
    BeforeImport,
    /// Before an older state is put back.
    BeforeRestore,
    /// Before many records change at once.
    BeforeBulkChange,
}

/// What the policy needs to know of a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// Running number in its folder; greater is newer.
    pub sequence: u64,
    /// What the clock said.
    pub made_at: Moment,
    /// Why it was made.
    pub reason: Reason,
}

/// Whether a backup is to be made now: something changed, and none was made in the last
/// [`INTERVAL_MINUTES`] by the clock's own account.
#[must_use]
pub fn is_due(backups: &[Stamp], changed: bool, now: Moment) -> bool {
    let recent = |stamp: &Stamp| {
        stamp.made_at <= now && now - stamp.made_at < Duration::minutes(INTERVAL_MINUTES)
    };
    changed && !backups.iter().any(recent)
}

/// The number of the next backup.
#[must_use]
pub fn next_sequence(sequences: impl IntoIterator<Item = u64>) -> u64 {
    sequences.into_iter().max().unwrap_or(0) + 1
}

/// The sequence numbers that may be removed, oldest first.
///
/// Kept are the newest ten, everything of today, yesterday and the future, what a person asked for
/// or was made before a large step in the last 90 days, and of the rest the newest of each of 12 days, then 10 weeks,
/// then 9 months. Days without a backup are not counted, so an office that was closed for a year
/// keeps as many as one that was not.
#[must_use]
pub fn to_remove(backups: &[Stamp], now: Moment) -> Vec<u64> {
    let mut newest_first: Vec<&Stamp> = backups.iter().collect();
    newest_first.sort_by_key(|stamp| std::cmp::Reverse(stamp.sequence));
    let mut ladder = Ladder::new();
    let mut removed: Vec<u64> = newest_first
        .into_iter()
        .enumerate()
        .filter(|&(place, stamp)| {
            let stays = place < NEWEST_ALWAYS_KEPT || is_protected(stamp, now);
            !stays && !ladder.takes(local_day(stamp.made_at, now))
        })
        .map(|(_, stamp)| stamp.sequence)
        .collect();
    removed.reverse();
    removed
}

fn is_protected(stamp: &Stamp, now: Moment) -> bool {
    let today = now.date_naive();
    let yesterday = today.pred_opt().unwrap_or(today);
    let not_routine = !matches!(stamp.reason, Reason::Scheduled);
    local_day(stamp.made_at, now) >= yesterday
        || (not_routine && now - stamp.made_at < Duration::days(PROTECTED_DAYS))
}

/// The day of a stamp as the clerk's calendar shows it now.
fn local_day(made_at: Moment, now: Moment) -> NaiveDate {
    made_at.with_timezone(now.offset()).date_naive()
}

/// The rungs: days until those are used up, then weeks, then months not yet stood for.
struct Ladder {
    days_left: usize,
    weeks_left: usize,
    months_left: usize,
    days: BTreeSet<NaiveDate>,
    weeks: BTreeSet<(i32, u32)>,
    months: BTreeSet<(i32, u32)>,
}

impl Ladder {
    fn new() -> Self {
        Self {
            days_left: DAILY,
            weeks_left: WEEKLY,
            months_left: MONTHLY,
            days: BTreeSet::new(),
            weeks: BTreeSet::new(),
            months: BTreeSet::new(),
        }
    }

    /// Whether a backup of this day is wanted; called from the newest to the oldest.
    fn takes(&mut self, day: NaiveDate) -> bool {
        let week = (day.iso_week().year(), day.iso_week().week());
        let month = (day.year(), day.month());
        let (rung, covered) = if self.days_left > 0 {
            (&mut self.days_left, self.days.contains(&day))
        } else if self.weeks_left > 0 {
            (&mut self.weeks_left, self.weeks.contains(&week))
        } else {
            (&mut self.months_left, self.months.contains(&month))
        };
        if covered || *rung == 0 {
            return false;
        }
        *rung -= 1;
        self.days.insert(day);
        self.weeks.insert(week);
        self.months.insert(month);
        true
    }
}

#[cfg(test)]
mod tests {
    use domain::time::parse_moment;
    use proptest::prelude::*;

    use super::*;

    fn now() -> Moment {
        parse_moment("2026-11-21T09:00").unwrap()
    }

    /// A backup every `step` minutes back from `newest`, numbered upwards.
    fn series(count: u32, step: i64, newest: Moment) -> Vec<Stamp> {
        (0..count)
            .map(|index| Stamp {
                sequence: u64::from(index) + 1,
                made_at: newest - Duration::minutes(step * i64::from(count - 1 - index)),
                reason: Reason::Scheduled,
            })
            .collect()
    }

    fn kept(backups: &[Stamp], now: Moment) -> Vec<Stamp> {
        let removed = to_remove(backups, now);
        let stays = |stamp: &&Stamp| !removed.contains(&stamp.sequence);
        backups.iter().filter(stays).copied().collect()
    }

    #[test]
    fn two_years_of_daily_backups_become_a_year_in_three_rungs() {
        let backups = series(730, 24 * 60, now());
        let left = kept(&backups, now());
        assert_eq!(left.len(), 10 + DAILY + WEEKLY + MONTHLY);
        let reach = now() - left[0].made_at;
        assert!(
            reach > Duration::days(330),
            "the oldest reaches back {reach}"
        );
    }

    #[test]
    fn nothing_of_today_and_yesterday_is_removed() {
        let backups = series(60, 30, now());
        assert_eq!(to_remove(&backups, now()), Vec::<u64>::new());
    }

    #[test]
    fn a_backup_before_a_large_step_stays_ninety_days_and_not_longer() {
        let mut backups = series(100, 30, now() - Duration::days(80));
        backups[0].reason = Reason::BeforeImport;
        assert!(!to_remove(&backups, now()).contains(&1));
        assert!(to_remove(&backups, now() + Duration::days(20)).contains(&1));
    }

    #[test]
    fn a_backup_from_the_future_does_not_stop_backups() {
        let ahead = series(1, 1, now() + Duration::days(3650));
        assert!(is_due(&ahead, true, now()));
        let recent = series(1, 1, now() - Duration::minutes(29));
        assert!(!is_due(&recent, true, now()));
        let older = series(1, 1, now() - Duration::minutes(30));
        assert!(is_due(&older, true, now()));
    }

    #[test]
    fn unchanged_database_is_not_backed_up() {
        assert!(!is_due(&[], false, now()));
        assert!(is_due(&[], true, now()));
    }

    #[test]
    fn numbers_go_on_from_the_greatest_even_with_gaps() {
        assert_eq!(next_sequence([]), 1);
        assert_eq!(next_sequence([3, 9, 4]), 10);
    }

    fn any_stamps() -> impl Strategy<Value = Vec<Stamp>> {
        let reason = prop_oneof![
            9 => Just(Reason::Scheduled),
            1 => Just(Reason::BeforeImport),
            1 => Just(Reason::BeforeMigration),
        ];
        // Stamps wander up to eleven years ahead of and behind the truth: clocks do.
        prop::collection::vec((-4000_i64 * 24 * 60..4000 * 24 * 60, reason), 0..160).prop_map(
            |items| {
                let numbered = items.into_iter().enumerate();
                numbered
                    .map(|(index, (minutes, reason))| Stamp {
                        sequence: index as u64 + 1,
                        made_at: now() + Duration::minutes(minutes),
                        reason,
                    })
                    .collect()
            },
        )
    }

    proptest! {
        #[test]
        fn the_newest_ten_by_number_always_stay(backups in any_stamps(), shift in -4000_i64..4000) {
            let removed = to_remove(&backups, now() + Duration::days(shift));
            let first_safe = backups.len().saturating_sub(NEWEST_ALWAYS_KEPT) as u64;
            prop_assert!(removed.iter().all(|&sequence| sequence <= first_safe));
        }

        #[test]
        fn thinning_twice_removes_nothing_more(backups in any_stamps()) {
            prop_assert_eq!(to_remove(&kept(&backups, now()), now()), Vec::<u64>::new());
        }

        #[test]
        fn the_order_in_which_files_are_found_does_not_matter(backups in any_stamps()) {
            let mut turned = backups.clone();
            turned.reverse();
            prop_assert_eq!(to_remove(&backups, now()), to_remove(&turned, now()));
        }

        #[test]
        fn what_stays_is_bounded(count in 0_u32..3000, step in 1_i64..3000) {
            let left = kept(&series(count, step, now()), now()).len();
            let two_days = usize::try_from(2 * 24 * 60 / step).unwrap() + 1;
            prop_assert!(left <= NEWEST_ALWAYS_KEPT + two_days + DAILY + WEEKLY + MONTHLY, "{left}");
        }
    }
}
