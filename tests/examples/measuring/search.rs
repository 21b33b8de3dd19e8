//! The search over everything, with texts taken from the office itself, against one `LIKE` scan
//! over the same text.

use std::collections::BTreeMap;

use rusqlite::Connection;
use store::{ListQuery, Read as _};

use crate::measuring::{Aim, Dice, line, ms, shown, timed};
use crate::office::Desk;

/// A text that somebody looks for.
pub(crate) struct Text {
    pub(crate) kind: &'static str,
    pub(crate) words: String,
}

const KINDS: [&str; 10] = [
    "one character",
    "two characters",
    "three characters",
    "four to eight characters",
    "name",
    "pinyin initials",
    "phone tail",
    "number",
    "two words",
    "not there",
];

/// So many texts of every kind in turn, from records all over the office.
pub(crate) fn texts(desk: &Desk, count: usize) -> Vec<Text> {
    let reader = desk.ctx.reader().expect("reader");
    let all = reader.count(&ListQuery::of("complaint")).expect("count");
    let all = usize::try_from(all).unwrap_or(usize::MAX);
    let mut dice = Dice(7);
    let mut texts = Vec::new();
    while texts.len() < count {
        let key = i64::try_from(1 + dice.roll(all)).unwrap_or(1);
        let Ok(Some(record)) = reader.by_key("complaint", key) else {
            continue;
        };
        let of = |field: &str| record.values.text(field).unwrap_or_default().to_owned();
        let kind = KINDS[texts.len() % KINDS.len()];
        let whole = of(["content", "result", "facts"][dice.roll(3)]);
        let words = match kind {
            "one character" => piece(&mut dice, &whole, 1),
            "two characters" => piece(&mut dice, &whole, 2),
            "three characters" => piece(&mut dice, &whole, 3),
            "four to eight characters" => {
                let length = 4 + dice.roll(5);
                piece(&mut dice, &whole, length)
            }
            "name" => of("complainant_name"),
            "pinyin initials" => {
                let letters = ["zsf", "wjg", "lx", "cm", "wang", "zhangwei", "hyx", "sy"];
                dice.pick(&letters).to_owned()
            }
            "phone tail" => of("phone").chars().skip(7).collect(),
            "number" => record.number.clone().unwrap_or_default(),
            "two words" => format!("{} {}", of("complainant_name"), piece(&mut dice, &whole, 2)),
            _ => format!("不存在{key}"),
        };
        if !words.trim().is_empty() {
            texts.push(Text { kind, words });
        }
    }
    texts
}

/// So many characters out of a text, where they begin by chance.
fn piece(dice: &mut Dice, text: &str, length: usize) -> String {
    let characters: Vec<char> = text.chars().collect();
    let Some(last) = characters.len().checked_sub(length) else {
        return String::new();
    };
    let start = dice.roll(last + 1);
    characters[start..start + length].iter().collect()
}

pub(crate) fn measure(desk: &Desk, bare: &Connection, size: &str) {
    let texts = texts(desk, 200);
    let mut by_kind: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    let mut all = Vec::new();
    let mut slowest: Vec<(f64, String, u64)> = Vec::new();
    let mut faster: Vec<(f64, u64, String)> = Vec::new();
    for (n, text) in texts.iter().enumerate() {
        let look = || {
            let reader = desk.ctx.reader().expect("reader");
            reader.search(&text.words, 50).expect("search")
        };
        let mut times: Vec<_> = (0..3).map(|_| timed(look).0).collect();
        times.sort();
        let ours = ms(&times[1]);
        let hits: u64 = look().counts.iter().map(|count| count.count).sum();
        by_kind.entry(text.kind).or_default().push(ours);
        all.push(ours);
        slowest.push((ours, text.words.clone(), hits));
        // Four of each kind beside LIKE, in the same minute.
        if n < 4 * KINDS.len() {
            let (like, _) = timed(|| scan(bare, &text.words));
            faster.push((ms(&like) / ours, hits, text.words.clone()));
        }
    }
    all.sort_by(f64::total_cmp);
    slowest.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (kind, times) in &mut by_kind {
        times.sort_by(f64::total_cmp);
        println!(
            "search, {kind}: median {}, worst {}",
            shown(times[times.len() / 2]),
            shown(times[times.len() - 1])
        );
    }
    for (time, words, hits) in &slowest[..5] {
        println!("search, slowest: {words} {} ({hits} hits)", shown(*time));
    }
    let (middle, worst) = (all[all.len() / 2], all[all.len() - 1]);
    let what = |of: &str| format!("search in {size}, 200 texts of ten kinds, {of}");
    let least = Aim::AtMost(30.0, 5.0);
    line(&what("median"), &shown(middle), "", middle, " ms", least);
    line(
        &what("worst"),
        &shown(worst),
        &slowest[0].1,
        worst,
        " ms",
        Aim::AtMost(100.0, 30.0),
    );
    against_like(&faster, size);
}

fn against_like(faster: &[(f64, u64, String)], size: &str) {
    let mut rare: Vec<f64> = faster
        .iter()
        .filter(|(_, hits, _)| *hits < 1_000)
        .map(|(times, ..)| *times)
        .collect();
    rare.sort_by(f64::total_cmp);
    let least = faster.iter().min_by(|a, b| a.0.total_cmp(&b.0));
    let (Some((least, hits, words)), Some(middle)) = (least, rare.get(rare.len() / 2)) else {
        return;
    };
    line(
        &format!(
            "search in {size}, fewer than 1,000 hits, median of {}",
            rare.len()
        ),
        "",
        "LIKE",
        *middle,
        " × faster",
        Aim::AtLeast(1.0, 100.0),
    );
    line(
        &format!("search in {size}, any text, the least of {}", faster.len()),
        &format!("{words} ({hits} hits)"),
        "LIKE",
        *least,
        " × faster",
        Aim::AtLeast(1.0, 1.0),
    );
}

/// One pass over all text, as the best that `LIKE` can do: every doc that fits, from which the
/// first 50 and the counts follow. Words of a query must all fit.
fn scan(bare: &Connection, words: &str) -> usize {
    let conditions: Vec<String> = words
        .split_whitespace()
        .map(|word| format!("text LIKE '%{}%'", word.replace('\'', "''")))
        .collect();
    let sql = format!(
        "SELECT doc FROM search_doc WHERE {}",
        conditions.join(" AND ")
    );
    let mut statement = bare.prepare_cached(&sql).expect("sql");
    let docs = statement.query_map([], |row| row.get::<_, i64>(0));
    docs.expect("query").filter(Result::is_ok).count()
}
