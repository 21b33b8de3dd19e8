//! The ledgers of registers that are still to come, read with trial specs: the machinery must be
//! ready for them. The specs here are no part of the program.

use std::collections::BTreeSet;

use domain::spec::Catalog;
use exchange::{Options, Plan, RowStatus, check};

use crate::expected::Expected;
use crate::{compare, expectation, fixture};

/// The trial registers, with the lists that the program has already.
fn catalog() -> Catalog {
    let own = |name: &str, text: &str| (format!("{name}.toml"), text.to_owned());
    let registers = [
        own("visit", include_str!("trial/visit.toml")),
        own("warranty", include_str!("trial/warranty.toml")),
        own("survey", include_str!("trial/survey.toml")),
    ];
    let shared = |name: &str| {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../assets/lists");
        let text = std::fs::read_to_string(format!("{folder}/{name}.toml")).expect("list");
        own(name, &text)
    };
    let lists = [
        own("visit_kind", include_str!("trial/visit_kind.toml")),
        shared("visit_mode"),
        shared("satisfaction"),
    ];
    Catalog::parse(&registers, &lists).expect("trial specs")
}

fn plan(catalog: &Catalog, file: &str, register: &str, required: &[&str]) -> Plan {
    let spec = catalog.register(register).expect("register");
    let options = Options {
        required: Some(required.iter().map(|f| (*f).to_owned()).collect()),
        ..Options::default()
    };
    check(&fixture(file), catalog, spec, &options).expect("a readable ledger")
}

#[test]
fn the_ledger_of_return_visits_agrees_in_every_cell() {
    let catalog = catalog();
    let plan = plan(&catalog, "回访台账.xlsx", "visit", &["visited_at"]);
    let json = expectation("回访台账.expected.json");
    let spec = catalog.register("visit").expect("spec");
    let found = compare::compare(&plan, &Expected::new(&json), &catalog, spec);
    assert!(found.is_empty(), "{}\n{}", found.len(), found.join("\n"));
}

#[test]
fn the_ledger_of_warranties_agrees_where_no_period_is_read() {
    let catalog = catalog();
    let plan = plan(
        &catalog,
        "保修台账.xlsx",
        "warranty",
        &["category", "start_date"],
    );
    let json = expectation("保修台账.expected.json");
    let expected = Expected::new(&json);
    let spec = catalog.register("warranty").expect("spec");
    let mut found = compare::shape(&plan, &expected);
    let fields = [
        "project",
        "unit_work",
        "customer",
        "contact_name",
        "phone",
        "acceptance_date",
        "start_date",
        "warranty_unit",
        "retention_amount",
        "certificate_signed",
    ];
    found.extend(compare::fields(&plan, &expected, &catalog, spec, &fields));
    assert!(found.is_empty(), "{}\n{}", found.len(), found.join("\n"));
}

#[test]
fn the_summary_of_satisfaction_agrees_where_no_answer_is_scored() {
    let catalog = catalog();
    let plan = plan(&catalog, "满意度调查汇总.xlsx", "survey", &["surveyed_at"]);
    let json = expectation("满意度调查汇总.expected.json");
    let expected = Expected::new(&json);
    let spec = catalog.register("survey").expect("spec");
    let mut found = compare::place_and_rows(&plan, &expected);
    let fields = [
        "original_no",
        "respondent_unit",
        "respondent",
        "respondent_title",
        "phone",
        "surveyed_at",
        "score",
        "satisfaction",
        "comments",
        "valid",
    ];
    found.extend(compare::fields(&plan, &expected, &catalog, spec, &fields));
    assert!(found.is_empty(), "{}\n{}", found.len(), found.join("\n"));
    let facts: BTreeSet<_> = plan.table.context.facts.iter().cloned().collect();
    for (word, value) in [("发放", "50份"), ("回收", "46份")] {
        assert!(
            facts.contains(&(word.to_owned(), value.to_owned())),
            "{facts:?}"
        );
    }
    let twice = plan
        .rows
        .iter()
        .find(|r| r.status == RowStatus::Duplicate)
        .expect("a copy");
    assert_eq!((twice.row, twice.duplicate_of), (51, Some(35)));
}
