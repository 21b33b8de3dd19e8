//! Tasks of the house: what plain cargo cannot say in one word.
//!
//! Only the order of things stands here and in the files beside; the program itself is never
//! linked, so that this starts at once on a fresh checkout.

mod bench;
mod evidence;
mod gate;
mod goldens;
mod new;
mod page;
mod permissions;
mod run;
mod setup;
mod shell;
mod tidy;

use std::process::ExitCode;

use anyhow::{Result, bail};

const USAGE: &str = "\
cargo xtask TASK

  run               set-up, build, a demo office in ./demo and a few of its printed forms, and the
                    window on it
  test [--all]      set-up and the gate; --all counts every loop in full and notes the result
                    in docs/EVIDENCE.md
  ci                the same as test
  tidy              the rules over the whole tree
  goldens [--update]  compare, or write anew, the golden papers
  bench [NAME]      every measure, those of a crate, or one; noted in docs/EVIDENCE.md
  permissions       what the window's page may ask, from the list of commands
  new decision SLUG | migration SLUG | form CODE | register ID
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match dispatch(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("xtask: {fault:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(words: &[&str]) -> Result<()> {
    match words {
        ["run"] => run::run(),
        ["test" | "ci"] => gate::run(gate::Loops::Tenth),
        ["test" | "ci", "--all"] => gate::run(gate::Loops::Full),
        ["tidy"] => tidy::run(),
        ["goldens"] => goldens::run(goldens::Mode::Compare),
        ["goldens", "--update"] => goldens::run(goldens::Mode::Update),
        ["bench"] => bench::run(None),
        ["bench", package] => bench::run(Some(package)),
        ["permissions"] => permissions::run(),
        ["new", what, name] => new::run(what, name),
        [] | ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            Ok(())
        }
        _ => bail!("unknown task `{}`\n\n{USAGE}", words.join(" ")),
    }
}
