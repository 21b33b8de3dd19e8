//! The rules over the whole tree, each a function with a test of its own that it can fail.
//!
//! What the compiler or clippy can say is not said again here. The rules run by `cargo xtask tidy`
//! and, as a test, by `cargo test`.

pub(crate) mod assets;
mod crates;
pub(crate) mod decisions;
mod door;
mod map;
pub(crate) mod migrations;
mod permits;
mod rust;
mod sources;
mod top;
mod tree;
mod walls;

use anyhow::{Result, bail};

use crate::shell;
use tree::Tree;

/// What a rule found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fault {
    path: String,
    /// Counted from 1; 0 when the file as a whole is meant.
    line: usize,
    what: String,
    /// A warning is shown and does not fail.
    warning: bool,
}

impl Fault {
    fn new(path: &str, line: usize, what: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            line,
            what: what.into(),
            warning: false,
        }
    }

    fn warning(path: &str, line: usize, what: impl Into<String>) -> Self {
        Self {
            warning: true,
            ..Self::new(path, line, what)
        }
    }

    fn shown(&self) -> String {
        let kind = if self.warning { "warning: " } else { "" };
        let line = if self.line == 0 {
            String::new()
        } else {
            format!(":{}", self.line)
        };
        format!("{kind}{}{line}: {}", self.path, self.what)
    }
}

type Rule = fn(&Tree) -> Vec<Fault>;

const RULES: &[Rule] = &[
    top::only_prescribed_entries,
    crates::edges,
    crates::versions_and_lints_in_one_place,
    walls::outside_crates_stay_behind_their_wall,
    door::one_door_for_writes,
    migrations::numbered_without_gaps,
    migrations::each_names_its_reader_floor,
    migrations::released_files_unchanged,
    sources::opening_comment,
    sources::forbidden_calls,
    sources::unsafe_stays_in_one_file,
    sources::clock_and_chance_are_injected,
    sources::names_of_the_trade,
    sources::length,
    sources::no_machine_paths,
    assets::form_file_names,
    assets::labels_are_filled_in,
    assets::messages_are_worded,
    map::named_paths_exist,
    map::every_crate_is_named,
    map::short_enough,
    decisions::shape,
    permits::exactly_the_commands,
];

/// Every fault of every rule, in the order of the files.
fn faults(tree: &Tree) -> Vec<Fault> {
    let mut faults: Vec<Fault> = RULES.iter().flat_map(|rule| rule(tree)).collect();
    faults.sort();
    faults.dedup();
    faults
}

/// Prints what the rules find; errs when it is more than warnings.
pub(crate) fn run() -> Result<()> {
    let faults = faults(&Tree::read(&shell::root())?);
    for fault in &faults {
        println!("{}", fault.shown());
    }
    let grave = faults.iter().filter(|fault| !fault.warning).count();
    if grave > 0 {
        bail!("tidy: {grave} faults");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_is_tidy() {
        let tree = Tree::read(&shell::root()).unwrap();
        let grave: Vec<String> = faults(&tree)
            .iter()
            .filter(|fault| !fault.warning)
            .map(Fault::shown)
            .collect();
        assert!(grave.is_empty(), "\n{}", grave.join("\n"));
    }
}
