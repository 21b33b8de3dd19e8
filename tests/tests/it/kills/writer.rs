//! A writer under load, killed again and again on the same office.

use std::collections::BTreeSet;
use std::hint;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::json;
use store::{ListQuery, Read as _, Test};
use tests::office::Office;
use tests::rounds;

use super::Dice;

/// Cycles of the table.
const CYCLES: usize = 200;
/// After so many cycles everything is checked; each time would take longer than the kills.
const CHECK_EVERY: usize = 5;

/// Lets the writer work until so many lines came and a little longer, kills it, and gives the
/// lines that it finished.
fn confirmed_until_killed(folder: &Path, tag: &str, early: bool, dice: &mut Dice) -> Vec<String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ledger_writer"));
    command.arg(folder).arg(tag).stdout(Stdio::piped());
    if early {
        command.arg("--early-ack");
    }
    let mut writer = command.spawn().expect("the writer starts");
    let mut output = BufReader::new(writer.stdout.take().expect("its output"));
    let wanted = 1 + dice.below(12);
    let mut lines = Vec::new();
    for _ in 0..wanted {
        let mut line = String::new();
        let read = output.read_line(&mut line).expect("a line");
        assert!(read > 0, "the writer ended by itself: {lines:?}");
        lines.push(line);
    }
    for _ in 0..dice.below(3_000_000) {
        hint::spin_loop();
    }
    writer.kill().expect("it is killed");
    writer.wait().expect("it is gone");
    let mut line = String::new();
    while output
        .read_line(&mut line)
        .expect("what was still in the pipe")
        > 0
    {
        lines.push(std::mem::take(&mut line));
    }
    // Half a line was never said.
    lines.retain(|line| line.ends_with('\n'));
    lines
}

/// What of the confirmed is not there.
fn lost(office: &Office, lines: &[String]) -> Vec<String> {
    let reader = office.ctx().reader().expect("a reader");
    let drafts = office.must("drafts", json!({}));
    let drafts: BTreeSet<&str> = drafts
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|d| d["key"].as_str())
        .collect();
    let complaint = |name: &str| {
        let query = ListQuery::of("complaint").filter("original_no", Test::Eq(name.into()));
        reader.list(&query).expect("a list").pop()
    };
    let is_there = |line: &str| -> bool {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["ACK", "complaint", name] => complaint(name).is_some(),
            ["ACK", "step", name] => complaint(name).is_some_and(|c| {
                let actions = reader.lines(c.uuid, "complaint_action").expect("lines");
                c.number.is_some()
                    && c.state.as_deref() == Some("registered")
                    && !actions.is_empty()
            }),
            ["ACK", "file", name, hash] => complaint(name).is_some_and(|c| {
                let record = Test::Eq(c.uuid.to_string().as_str().into());
                let query = ListQuery::of("attachment").filter("record", record);
                let named = reader.list(&query).expect("a list");
                named.iter().any(|a| a.values.text("file") == Some(hash))
                    && office.ctx().store.open_file(hash).is_ok()
            }),
            ["ACK", "draft", key] => drafts.contains(key),
            _ => panic!("the writer said {line:?}"),
        }
    };
    lines.iter().filter(|l| !is_there(l)).cloned().collect()
}

/// Kills the writer so many times on one office. Gives what was lost; anything else that is wrong
/// fails at once.
fn kill_loop(cycles: usize, early: bool, seed: u64) -> Vec<String> {
    let mut dice = Dice(seed);
    let (_home, folder) = Office::new().closed();
    let mut confirmed = Vec::new();
    let mut unclean = 0;
    for cycle in 0..cycles {
        let lines = confirmed_until_killed(&folder, &format!("W{cycle}"), early, &mut dice);
        let office = Office::open(&folder).expect("it opens after a kill");
        unclean += usize::from(office.ctx().store.opening().unclean);
        let lost = lost(&office, &lines);
        if !lost.is_empty() {
            return lost;
        }
        confirmed.extend(lines);
        if (cycle + 1) % CHECK_EVERY == 0 || cycle + 1 == cycles {
            office.is_sound();
        }
        drop(office.closed());
    }
    assert!(
        unclean > 0,
        "no kill ever hit an open log, so nothing was tested"
    );
    let office = Office::open(&folder).expect("it opens");
    lost(&office, &confirmed)
}

#[test]
fn nothing_confirmed_is_lost_and_the_chain_holds_however_often_the_writer_is_killed() {
    assert_eq!(kill_loop(rounds(CYCLES), false, 1), Vec::<String>::new());
}

#[test]
fn a_writer_that_confirms_before_the_commit_is_caught() {
    assert_ne!(kill_loop(CYCLES, true, 2), Vec::<String>::new());
}
