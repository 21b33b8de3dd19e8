//! What happens to each complaint, and when: a list of acts with their times.

mod route;

use chrono::{Duration, Timelike};
use domain::time::Moment;
use serde_json::Value as Json;

use super::random::Dice;
use super::scene::Scene;
use route::Writer;

/// One act of the clerk.
#[derive(Debug, Clone)]
pub(super) enum Act {
    /// Types the complaint.
    Add(Json),
    /// Takes a step.
    Step {
        step: &'static str,
        values: Json,
        action: Json,
        person: String,
        text: String,
    },
    /// Prints a form, with the fields that only the paper has.
    Print(&'static str, Json),
    /// The signed sheet comes back as a scan.
    Return(&'static str),
    /// Hangs a photograph on the case.
    Photo(&'static str),
}

/// One act with its time.
#[derive(Debug, Clone)]
pub(super) struct Event {
    pub(super) complaint: usize,
    pub(super) at: Moment,
    pub(super) act: Act,
}

/// How a complaint goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Route {
    General,
    Major,
    Rework,
    Objects,
    Refused,
    Converted,
    Merged,
    Unfounded,
    Withdrawn,
    TransferredOut,
    Legal,
    Reopened,
    Anonymous,
    Hotline,
    Unreachable,
    Paused,
    Escalated,
    NotOurs,
}

/// Every route once, then mostly ordinary ones.
const ROUTES: [Route; 18] = [
    Route::General,
    Route::Major,
    Route::Rework,
    Route::Objects,
    Route::Refused,
    Route::Converted,
    Route::Merged,
    Route::Unfounded,
    Route::Withdrawn,
    Route::TransferredOut,
    Route::Legal,
    Route::Reopened,
    Route::Anonymous,
    Route::Hotline,
    Route::Unreachable,
    Route::Paused,
    Route::Escalated,
    Route::NotOurs,
];

/// How many acts of a general complaint are done, for cases that are still under way: they end in
/// draft, registered, accepted, investigating, plan, customer_confirm, handling, visit_due, visited.
const UNDER_WAY: [usize; 9] = [1, 3, 6, 9, 12, 13, 15, 16, 17];

/// The same for a major one that waits for approval.
const MAJOR_IN_APPROVAL: usize = 14;

/// The same for one that turned out not to be ours and so stays 处理完毕 without a visit.
const NOT_OURS_HANDLED: usize = 16;

/// Writes the scripts of all complaints, in the order of time.
pub(super) fn write(
    scene: &Scene,
    complaints: u32,
    seed: u64,
    begin: Moment,
    until: Moment,
) -> Vec<Event> {
    let mut dice = Dice::new(seed);
    let mut events = Vec::new();
    let count = complaints as usize;
    let span = (until - begin).num_hours().max(24 * 90) - 24 * 60;
    for complaint in 0..count {
        // The last ones are under way; the others had time to come to their end.
        let under_way = count.saturating_sub(complaint);
        let open = (1..=UNDER_WAY.len() + 2).contains(&under_way) && complaint >= ROUTES.len();
        let received = if open {
            let hours = 4 + i64::try_from(under_way).unwrap_or(1) * 9;
            until - Duration::hours(hours)
        } else {
            let step = span / i64::try_from(count.max(1)).unwrap_or(1);
            let jitter = i64::try_from(dice.below(20)).unwrap_or(0);
            begin + Duration::hours(24 + step * i64::try_from(complaint).unwrap_or(0) + jitter)
        };
        let route = match ROUTES.get(complaint) {
            Some(route) => *route,
            None if open && under_way == UNDER_WAY.len() + 1 => Route::Major,
            None if open && under_way == UNDER_WAY.len() + 2 => Route::NotOurs,
            None if open || !dice.once_in(6) => Route::General,
            None => *dice.pick(&ROUTES),
        };
        let received = office_hours(received, until);
        let mut writer = Writer::new(scene, &mut dice, complaint, received);
        writer.route(route);
        let mut acts = writer.events;
        if open {
            let keep = match route {
                Route::Major => MAJOR_IN_APPROVAL,
                Route::NotOurs => NOT_OURS_HANDLED,
                _ => UNDER_WAY[under_way - 1],
            };
            acts.truncate(keep);
            squeeze(&mut acts, received, until);
        }
        events.extend(acts);
    }
    // Stable: acts of one complaint at the same moment keep their order.
    events.sort_by_key(|e| e.at);
    events
}

/// Complaints come by day and in the evening.
fn office_hours(at: Moment, until: Moment) -> Moment {
    let hour = 8 + at.hour() % 13;
    let moved = at.with_hour(hour).unwrap_or(at);
    if moved < until - Duration::hours(3) {
        moved
    } else {
        at
    }
}

/// Puts the acts of an open case between its receipt and now.
fn squeeze(events: &mut [Event], received: Moment, until: Moment) {
    let room = (until - received).num_minutes().max(10);
    let steps = i64::try_from(events.len()).unwrap_or(1) + 1;
    for (at, event) in events.iter_mut().enumerate() {
        let share = room * i64::try_from(at).unwrap_or(0) / steps;
        event.at = received + Duration::minutes(share);
    }
}
