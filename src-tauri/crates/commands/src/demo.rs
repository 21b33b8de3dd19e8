//! The demo office: an invented office with complaints in every state, made by the same commands a
//! clerk uses, at the times at which they would have been used. The same seed and the same present
//! moment give the same office.

mod play;
mod random;
mod scene;
mod script;
mod texts;

use std::path::Path;
use std::sync::Arc;

use chrono::{Duration, Timelike};
use domain::time::{CountedIds, FixedClock, Moment};
use serde::Serialize;
use store::{ListQuery, Read};

use crate::context::{Ctx, Surroundings};
use crate::error::{CommandError, Outcome};

/// What the demo made.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct DemoAnswer {
    /// Complaints.
    pub complaints: usize,
    /// Papers that were printed and kept.
    pub papers: u64,
    /// Steps that some complaint took, by their English ids.
    pub steps: Vec<String>,
}

/// Fills an empty office with the demo: `complaints` of them over the year before `until`.
///
/// # Errors
/// When the office already holds records; when the disk is full.
pub fn fill(dir: &Path, complaints: u32, seed: u64, until: Moment) -> Outcome<DemoAnswer> {
    let clock = Arc::new(FixedClock::new(until));
    let around = Surroundings {
        clock: Arc::clone(&clock) as Arc<dyn domain::time::Clock>,
        ids: Arc::new(CountedIds::default()),
        operator: None,
    };
    let ctx = Ctx::open(dir, &around)?;
    {
        let reader = ctx.reader()?;
        for register in ["project", "complaint"] {
            if reader.count(&ListQuery::of(register))? > 0 {
                return Err(CommandError::refused("already_demo", []));
            }
        }
    }
    let begin = (until - Duration::days(365))
        .with_hour(9)
        .and_then(|m| m.with_minute(0));
    let begin = begin.unwrap_or(until);
    clock.set(begin);
    let scene = scene::set(&ctx)?;
    let scripts = script::write(&scene, complaints, seed, begin, until);
    let answer = play::play(&ctx, &clock, &scene, scripts, until)?;
    clock.set(until);
    // What fell due since the last act is counted at the present moment.
    crate::office::recount(&ctx)?;
    ctx.store.close()?;
    Ok(answer)
}
