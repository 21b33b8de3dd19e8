//! The demo shows the whole trade: every step taken, every state occupied, everything sound.

use std::collections::BTreeSet;

use domain::complaint::WORKFLOW;
use domain::spec::Catalog;
use domain::workflow::Target;
use tests::cli::Cli;
use tests::demo::{self, demo};

/// The steps of the workflow that no complaint took.
fn not_taken(taken: &BTreeSet<&str>) -> Vec<&'static str> {
    let steps = WORKFLOW.steps.iter().map(|s| s.id);
    steps.filter(|id| !taken.contains(id)).collect()
}

#[test]
fn every_step_of_the_workflow_is_taken_by_some_complaint_of_the_demo() {
    let taken: BTreeSet<&str> = demo().answer["steps"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|s| s.as_str())
        .collect();
    assert_eq!(not_taken(&taken), Vec::<&str>::new());
    let mut fewer = taken;
    fewer.remove("go_legal");
    assert_eq!(not_taken(&fewer), ["go_legal"], "the claim can fail");
}

#[test]
fn every_state_is_the_state_of_some_complaint_of_the_demo() {
    let (_home, dir) = demo::copy();
    let cli = Cli::on(&dir);
    let list = Catalog::builtin()
        .list("complaint_state")
        .expect("the list of states");
    for state in &list.choices {
        let condition = format!("state={}", state.code);
        let page = cli.json(&["list", "complaint", "--where", &condition, "--limit", "1"]);
        assert_ne!(page["total"], 0, "no complaint is {}", state.label);
    }
    for step in WORKFLOW.steps {
        if let Target::State(to) = step.to {
            assert!(
                list.choices.iter().any(|c| c.code == to),
                "{} leads to {to}, which has no name",
                step.id
            );
        }
    }
}

#[test]
fn the_demo_office_passes_its_check_without_a_finding() {
    let (_home, dir) = demo::copy();
    let answer = Cli::on(&dir).json(&["check"]);
    assert_eq!(answer["findings"], serde_json::json!([]));
    assert_ne!(answer["files"], 0, "papers, scans and photographs are kept");
}

#[test]
fn the_demo_goes_into_an_empty_office_only() {
    let (_home, dir) = demo::copy();
    let cli = Cli::on(&dir);
    let before = cli.json(&["check"]);
    cli.run(&["demo"]).told(3, "refused");
    assert_eq!(cli.json(&["check"])["history_head"], before["history_head"]);
}
