//! Common ground of the measures: two works timed in turns, lines of the table in
//! docs/EVIDENCE.md, memory of this process. What is measured is not here.

#![allow(dead_code, reason = "each measure uses a part")]

pub(crate) mod words;

use std::time::{Duration, Instant};

/// The middle of some times, in milliseconds.
pub(crate) fn median(times: &[Duration]) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort();
    sorted.get(sorted.len() / 2).map_or(0.0, ms)
}

/// The longest of some times, in milliseconds.
pub(crate) fn worst(times: &[Duration]) -> f64 {
    times.iter().max().map_or(0.0, ms)
}

/// Milliseconds.
pub(crate) fn ms(time: &Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// How long a work takes, and what it gives.
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let done = work();
    (start.elapsed(), done)
}

/// Two works in turns, so that other load on the machine falls on both: medians in milliseconds.
/// Each is done once before, untimed.
pub(crate) fn in_turns<A, B>(
    rounds: usize,
    mut ours: impl FnMut() -> A,
    mut peer: impl FnMut() -> B,
) -> (f64, f64) {
    std::hint::black_box((ours(), peer()));
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for round in 0..rounds {
        let mut one = || first.push(timed(|| std::hint::black_box(ours())).0);
        let mut other = || second.push(timed(|| std::hint::black_box(peer())).0);
        if round % 2 == 0 {
            one();
            other();
        } else {
            other();
            one();
        }
    }
    (median(&first), median(&second))
}

/// What a figure is judged by.
#[derive(Clone, Copy)]
pub(crate) enum Aim {
    /// The figure must not be above these: floor and reach.
    AtMost(f64, f64),
    /// The figure must not be below these: floor and reach.
    AtLeast(f64, f64),
    /// No budget.
    None,
}

impl Aim {
    fn verdict(self, figure: f64) -> &'static str {
        let (floor, reach) = match self {
            Self::AtMost(floor, reach) => (figure <= floor, figure <= reach),
            Self::AtLeast(floor, reach) => (figure >= floor, figure >= reach),
            Self::None => return "",
        };
        match (floor, reach) {
            (_, true) => "reach",
            (true, false) => "floor",
            (false, false) => "**NO**",
        }
    }

    fn sides(self, unit: &str) -> (String, String) {
        match self {
            Self::AtMost(floor, reach) => (format!("≤ {floor}{unit}"), format!("≤ {reach}{unit}")),
            Self::AtLeast(floor, reach) => (format!("≥ {floor}{unit}"), format!("≥ {reach}{unit}")),
            Self::None => (String::new(), String::new()),
        }
    }
}

/// One line of the table of budgets; `cargo xtask bench` gathers these from all measures.
pub(crate) fn line(what: &str, ours: &str, peer: &str, figure: f64, unit: &str, aim: Aim) {
    let (floor, reach) = aim.sides(unit);
    let digits = if figure < 10.0 { 2 } else { 1 };
    println!(
        "| {what} | {ours} | {peer} | {figure:.digits$}{unit} | {floor} | {reach} | {} |",
        aim.verdict(figure)
    );
}

/// A time for people.
pub(crate) fn shown(milliseconds: f64) -> String {
    match milliseconds {
        t if t < 10.0 => format!("{t:.2} ms"),
        t if t < 1000.0 => format!("{t:.1} ms"),
        t => format!("{:.2} s", t / 1000.0),
    }
}

/// A whole number with its thousands parted.
pub(crate) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A figure of this process's memory in MB (`VmRSS` now, `VmHWM` at the most, `RssAnon`); 0 where
/// the system does not tell.
pub(crate) fn memory(which: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(which));
    line.and_then(|rest| rest.trim_start_matches(':').split_whitespace().next())
        .and_then(|number| number.parse::<f64>().ok())
        .map_or(0.0, |kilobytes| kilobytes / 1024.0)
}

/// A small generator of numbers, the same in every run.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % sides.max(1)
    }

    pub(crate) fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.roll(words.len())]
    }

    pub(crate) fn letter(&mut self, pool: &str) -> char {
        let at = self.roll(pool.chars().count());
        pool.chars().nth(at).unwrap_or('王')
    }
}
