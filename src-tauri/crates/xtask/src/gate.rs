//! The gate: what must hold before a change lands, cheapest first.
//!
//! `.ci/run` calls this and nothing else, so that a developer's machine and the server never differ.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::{evidence, page, setup, shell, tidy};

/// How often the loops of the long tests go round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Loops {
    /// A tenth of the tables, so that the gate stays within its time.
    Tenth,
    /// Every table in full.
    Full,
}

/// Tests read this to know which of the two is wanted.
const FULL: &str = "TAIZHANG_FULL";

type Step = (&'static str, fn(Loops) -> Result<String>);

/// One feature set for every step, so that nothing is compiled twice; the feature only adds.
const WHOLE: [&str; 3] = ["--workspace", "--locked", "--features=taizhang/test-host"];

const STEPS: [Step; 9] = [
    ("set-up", |_| setup::for_testing().map(|()| String::new())),
    ("fmt", |_| {
        // The names of the files only: the way to mend them is `cargo fmt --all`.
        step(&mut shell::cargo(&["fmt", "--all", "--", "--check", "-l"]))
    }),
    ("tidy", |_| tidy::run().map(|()| String::new())),
    ("page", |_| {
        page::script("check")?;
        page::build().map(|()| String::new())
    }),
    ("clippy", |_| {
        let words = [
            &["clippy"][..],
            &WHOLE,
            &["--all-targets", "--keep-going", "--", "-D", "warnings"],
        ];
        step(&mut shell::cargo(&words.concat()))
    }),
    ("doc", |_| {
        let own = ["--no-deps", "--keep-going", "--document-private-items"];
        let words = [&["doc"][..], &WHOLE, &own];
        step(shell::cargo(&words.concat()).env(
            "RUSTDOCFLAGS",
            "-D warnings -A rustdoc::private_intra_doc_links",
        ))
    }),
    ("test", test),
    // Journeys over the bridge, then those of the real window: both need what `test` built.
    ("journeys", |_| page::script("e2e").map(|()| String::new())),
    ("window", |_| {
        page::script("e2e:window").map(|()| String::new())
    }),
];

/// Runs the gate and prints a table of its steps.
pub(crate) fn run_steps(loops: Loops) -> (Vec<Done>, Result<()>) {
    let mut table = Vec::new();
    for (name, work) in STEPS {
        println!("── {name}");
        let start = Instant::now();
        let outcome = work(loops);
        let (note, fault) = match outcome {
            Ok(note) => (note, None),
            Err(fault) => ("failed".to_owned(), Some(fault)),
        };
        table.push(Done {
            name,
            spent: start.elapsed(),
            note,
        });
        if let Some(fault) = fault {
            return (table, Err(fault.context(format!("step {name}"))));
        }
    }
    (table, Ok(()))
}

/// The gate; with [`Loops::Full`] its result is noted in the evidence.
pub(crate) fn run(loops: Loops) -> Result<()> {
    let (table, outcome) = run_steps(loops);
    let lines = lines(&table);
    println!("\n{lines}");
    if loops == Loops::Full {
        let verdict = if outcome.is_ok() { "passed" } else { "FAILED" };
        let body = format!("{verdict}, {}\n\n```\n{lines}```\n", evidence::stamp()?);
        evidence::note("test-all", &body)?;
    }
    outcome
}

/// A step that was gone through.
pub(crate) struct Done {
    name: &'static str,
    spent: Duration,
    note: String,
}

fn lines(table: &[Done]) -> String {
    let mut text = String::new();
    let mut whole = Duration::ZERO;
    for done in table {
        whole += done.spent;
        text += format!(
            "{:8} {:7.1} s  {}",
            done.name,
            done.spent.as_secs_f64(),
            done.note
        )
        .trim_end();
        text.push('\n');
    }
    text += &format!("{:8} {:7.1} s\n", "in all", whole.as_secs_f64());
    text
}

fn step(command: &mut Command) -> Result<String> {
    shell::run(command).map(|()| String::new())
}

fn test(loops: Loops) -> Result<String> {
    // Tests of the whole start the real programs, which `cargo test` alone need not build.
    let words = [&["build"][..], &WHOLE, &["--bins"]];
    shell::run(&mut shell::cargo(&words.concat()))?;
    let words = [&["test"][..], &WHOLE, &["--no-fail-fast"]];
    let mut command = shell::cargo(&words.concat());
    if loops == Loops::Full {
        command.env(FULL, "1");
    } else {
        command.env_remove(FULL);
    }
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start cargo test")?;
    let output = child.stdout.take().context("cargo test has no output")?;
    let mut sum = Tally::default();
    for line in BufReader::new(output).lines() {
        let line = line.context("cargo test: no UTF-8")?;
        sum.add(&line);
        println!("{line}");
    }
    let status = child.wait().context("cargo test")?;
    println!("{}", sum.line(status.success()));
    if !status.success() {
        bail!("cargo test ended with {status}");
    }
    if sum.passed == 0 {
        bail!("no test ran");
    }
    Ok(format!("{} passed", sum.passed))
}

/// The sum over the closing lines of all test programs.
#[derive(Debug, Default, PartialEq, Eq)]
struct Tally {
    passed: u64,
    failed: u64,
    ignored: u64,
}

impl Tally {
    fn add(&mut self, line: &str) {
        let Some(rest) = line.strip_prefix("test result: ") else {
            return;
        };
        for part in rest.split(['.', ';']) {
            let mut words = part.split_whitespace();
            let (Some(count), Some(what)) = (words.next(), words.next()) else {
                continue;
            };
            let count = count.parse().unwrap_or(0);
            match what {
                "passed" => self.passed += count,
                "failed" => self.failed += count,
                "ignored" => self.ignored += count,
                _ => {}
            }
        }
    }

    /// The same form as each program's own line, so that what reads one reads the sum.
    fn line(&self, good: bool) -> String {
        let verdict = if good { "ok" } else { "FAILED" };
        let Self {
            passed,
            failed,
            ignored,
        } = self;
        format!(
            "test result: {verdict}. {passed} passed; {failed} failed; {ignored} ignored; whole workspace"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_are_summed_and_other_lines_are_not() {
        let mut sum = Tally::default();
        for line in [
            "test result: ok. 17 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.81s",
            "test a_name ... ok",
            "test result: FAILED. 3 passed; 2 failed; 1 ignored; 0 measured; 4 filtered out; finished in 0.00s",
        ] {
            sum.add(line);
        }
        assert_eq!(
            sum,
            Tally {
                passed: 20,
                failed: 2,
                ignored: 1
            }
        );
        assert!(
            sum.line(false)
                .starts_with("test result: FAILED. 20 passed; 2 failed;")
        );
    }

    #[test]
    fn the_table_sums_its_steps() {
        let step = |name, seconds| Done {
            name,
            spent: Duration::from_secs(seconds),
            note: String::new(),
        };
        let text = lines(&[step("fmt", 2), step("test", 40)]);
        assert!(text.ends_with("in all      42.0 s\n"), "{text}");
    }
}
