//! The rules of comparing, as the expectation files state them under `compare`.
//!
//! Stricter than they ask: warnings must be reported too, and nothing may be reported that is not
//! expected.

use std::collections::{BTreeMap, BTreeSet};

use domain::spec::{Catalog, RegisterSpec};
use domain::text::fold;
use exchange::{CheckedRow, ColumnUse, Finding, IssueCode, Plan, WarningCode};
use serde_json::Value as Json;

use crate::expected::{Expected, Report, number};
use crate::same::same;

/// Every disagreement, in words.
pub(crate) fn compare(
    plan: &Plan,
    expected: &Expected<'_>,
    catalog: &Catalog,
    spec: &RegisterSpec,
) -> Vec<String> {
    let mut found = Vec::new();
    place(plan, expected, &mut found);
    context(plan, expected, &mut found);
    columns(plan, expected, &mut found);
    skipped(plan, expected, &mut found);
    rows(plan, expected, catalog, spec, &mut found);
    let issues = plan
        .rows
        .iter()
        .flat_map(|r| reports(r.row, &r.issues, IssueCode::as_str));
    report_sets("issue", issues, &expected.issues, expected, &mut found);
    let warnings = plan
        .rows
        .iter()
        .flat_map(|r| reports(r.row, &r.warnings, WarningCode::as_str));
    report_sets(
        "warning",
        warnings,
        &expected.warnings,
        expected,
        &mut found,
    );
    raws(plan, expected, &mut found);
    found
}

/// Where the table stands, what its columns are, which rows are no records.
pub(crate) fn shape(plan: &Plan, expected: &Expected<'_>) -> Vec<String> {
    let mut found = place_and_rows(plan, expected);
    columns(plan, expected, &mut found);
    found
}

/// As [`shape`], for ledgers whose columns become lines of a record.
pub(crate) fn place_and_rows(plan: &Plan, expected: &Expected<'_>) -> Vec<String> {
    let mut found = Vec::new();
    place(plan, expected, &mut found);
    context(plan, expected, &mut found);
    skipped(plan, expected, &mut found);
    found
}

/// The values of some fields only.
pub(crate) fn fields(
    plan: &Plan,
    expected: &Expected<'_>,
    catalog: &Catalog,
    spec: &RegisterSpec,
    only: &[&str],
) -> Vec<String> {
    let mut found = Vec::new();
    for row in &plan.rows {
        match expected.rows.get(&row.row) {
            Some(theirs) => values(row, theirs, expected, catalog, spec, Some(only), &mut found),
            None => found.push(format!("row {} is no record", row.row)),
        }
    }
    found
}

fn place(plan: &Plan, expected: &Expected<'_>, found: &mut Vec<String>) {
    let table = &plan.table;
    let mut same = |what: &str, ours: Json, theirs: &Json| {
        if ours != *theirs {
            found.push(format!("{what}: {ours} instead of {theirs}"));
        }
    };
    let json = expected.json;
    same("sheet", table.sheet.clone().into(), &json["sheet"]["name"]);
    same(
        "title rows",
        table.title_rows.clone().into(),
        &json["title_rows"],
    );
    same(
        "header rows",
        table.header_rows.clone().into(),
        &json["header_rows"],
    );
    let first = plan.rows.first().map(|r| r.row);
    let last = plan.rows.last().map(|r| r.row);
    same("first row", first.into(), &json["first_data_row"]);
    same("last row", last.into(), &json["last_data_row"]);
    let rows = plan.summary.counts.rows;
    same("count", rows.into(), &json["counts"]["data_rows"]);
}

fn context(plan: &Plan, expected: &Expected<'_>, found: &mut Vec<String>) {
    let ours = &plan.table.context;
    let filled_on = ours.filled_on.map(|d| d.to_string());
    for (key, value) in [
        ("project", ours.project.clone().map(Json::from)),
        ("office", ours.office.clone().map(Json::from)),
        ("filled_on", filled_on.map(Json::from)),
        ("form_code", ours.form_code.clone().map(Json::from)),
        ("year", ours.year.map(Json::from)),
    ] {
        let theirs = expected.json["context"].get(key);
        if value.as_ref() != theirs {
            found.push(format!("context {key}: {value:?} instead of {theirs:?}"));
        }
    }
}

fn columns(plan: &Plan, expected: &Expected<'_>, found: &mut Vec<String>) {
    let theirs = expected.json["columns"].as_array().expect("columns");
    if plan.table.columns.len() != theirs.len() {
        found.push(format!("{} columns", plan.table.columns.len()));
    }
    for (ours, theirs) in plan.table.columns.iter().zip(theirs) {
        let letters = &ours.letters;
        if theirs["col"] != letters.as_str() || theirs["header"] != ours.header.as_str() {
            found.push(format!("column {letters} {:?}: {theirs}", ours.header));
        }
        if theirs["hidden"].as_bool().unwrap_or(false) != ours.hidden {
            found.push(format!("column {letters}: hidden {}", ours.hidden));
        }
        let field = match &ours.usage {
            ColumnUse::Field(field) => Some(field.as_str()),
            ColumnUse::RowNumber => Some("seq"),
            ColumnUse::Ignore => None,
        };
        let accepted = theirs["accept_fields"].as_array().into_iter().flatten();
        let right = accepted
            .chain([&theirs["field"]])
            .any(|f| f.as_str() == field);
        let left_out = field.is_none() && theirs["optional"] == true;
        if !(right || left_out) {
            found.push(format!(
                "column {letters}: {field:?} instead of {}",
                theirs["field"]
            ));
        }
    }
}

fn skipped(plan: &Plan, expected: &Expected<'_>, found: &mut Vec<String>) {
    let ours: BTreeSet<(u32, String)> = plan
        .summary
        .skipped
        .iter()
        .flat_map(|s| (s.first..=s.last).map(|row| (row, s.kind.as_str().to_owned())))
        .collect();
    let theirs: BTreeSet<(u32, String)> = expected.json["skipped_rows"]
        .as_array()
        .expect("skipped rows")
        .iter()
        .map(|s| {
            (
                number(&s["row"]),
                s["kind"].as_str().expect("kind").to_owned(),
            )
        })
        .collect();
    for (row, kind) in ours.symmetric_difference(&theirs) {
        found.push(format!("skipped row {row} {kind}"));
    }
}

fn rows(
    plan: &Plan,
    expected: &Expected<'_>,
    catalog: &Catalog,
    spec: &RegisterSpec,
    found: &mut Vec<String>,
) {
    let ours: BTreeMap<u32, &CheckedRow> = plan.rows.iter().map(|r| (r.row, r)).collect();
    let numbers: BTreeSet<u32> = ours.keys().chain(expected.rows.keys()).copied().collect();
    for row in numbers {
        match (ours.get(&row), expected.rows.get(&row)) {
            (Some(ours), Some(theirs)) => {
                status(ours, theirs, expected, found);
                values(ours, theirs, expected, catalog, spec, None, found);
            }
            (ours, _) => found.push(format!("row {row}: ours {}", ours.is_some())),
        }
    }
}

/// The status must be the expected one, or follow from another choice at a debatable cell.
fn status(ours: &CheckedRow, theirs: &Json, expected: &Expected<'_>, found: &mut Vec<String>) {
    let status = ours.status.as_str();
    let wanted = theirs["status"].as_str().expect("status");
    // Where a cell may be taken over or reported, the status follows from what was done.
    let debatable = expected.either.iter().any(|((row, _), either)| {
        let silent = either.codes.contains(&None);
        *row == ours.row && silent && either.codes.iter().any(Option::is_some)
    });
    let alike = ["good", "partial"];
    let own = alike[usize::from(!ours.issues.is_empty())];
    let follows = debatable && status == own && alike.contains(&wanted);
    if status != wanted && !follows {
        found.push(format!("row {}: {status} instead of {wanted}", ours.row));
    }
    if theirs["hidden_row"].as_bool().unwrap_or(false) != ours.hidden {
        found.push(format!("row {}: hidden {}", ours.row, ours.hidden));
    }
    let original = theirs["duplicate_of"]
        .as_u64()
        .map(|_| number(&theirs["duplicate_of"]));
    if ours.duplicate_of != original {
        found.push(format!(
            "row {}: duplicate of {:?}",
            ours.row, ours.duplicate_of
        ));
    }
}

fn values(
    ours: &CheckedRow,
    theirs: &Json,
    expected: &Expected<'_>,
    catalog: &Catalog,
    spec: &RegisterSpec,
    only: Option<&[&str]>,
    found: &mut Vec<String>,
) {
    let columns = expected.json["columns"].as_array().expect("columns");
    for column in columns {
        let Some(name) = column["field"].as_str() else {
            continue;
        };
        if only.is_some_and(|only| !only.contains(&name)) {
            continue;
        }
        let others = column["accept_fields"].as_array().into_iter().flatten();
        let mut names = std::iter::once(name).chain(others.filter_map(Json::as_str));
        let Some(field) = names.find_map(|n| spec.field(n)) else {
            if column["optional"] != true {
                found.push(format!("no field for {name}"));
            }
            continue;
        };
        let value = ours.values.get(&field.id);
        let wanted = theirs["values"].get(name).unwrap_or(&Json::Null);
        let either = expected.either_at(ours.row, name);
        let right = match either {
            Some(either) => either.values.iter().any(|v| same(catalog, field, value, v)),
            None => same(catalog, field, value, wanted),
        };
        if !right {
            let row = ours.row;
            found.push(format!("row {row} {name}: {value:?} instead of {wanted}"));
        }
    }
}

/// The reports of a row.
fn reports<Code: Copy>(
    row: u32,
    findings: &[Finding<Code>],
    code: impl Fn(Code) -> &'static str,
) -> Vec<Report> {
    findings
        .iter()
        .map(|f| (row, f.column.clone(), code(f.code).to_owned()))
        .collect()
}

/// Both sets must be the same, but for debatable cells.
fn report_sets(
    what: &str,
    ours: impl Iterator<Item = Report>,
    theirs: &[Report],
    expected: &Expected<'_>,
    found: &mut Vec<String>,
) {
    let ours: BTreeSet<Report> = ours.collect();
    let theirs: BTreeSet<Report> = theirs.iter().cloned().collect();
    for report in ours.symmetric_difference(&theirs) {
        let (row, letters, code) = report;
        let field = letters.as_deref().and_then(|l| expected.field_of(l));
        let either = field.and_then(|f| expected.either_at(*row, f));
        let accepted = either.is_some_and(|e| {
            if ours.contains(report) {
                e.codes.contains(&Some(code.clone()))
            } else {
                // Not reported, or reported under another accepted code.
                e.codes.contains(&None)
                    || ours.iter().any(|(r, l, c)| {
                        r == row && l == letters && e.codes.contains(&Some(c.clone()))
                    })
            }
        });
        if !accepted {
            let side = if ours.contains(report) {
                "ours"
            } else {
                "theirs"
            };
            found.push(format!("{what} only {side}: {report:?}"));
        }
    }
}

/// The text found must be quoted as it stands in the file.
fn raws(plan: &Plan, expected: &Expected<'_>, found: &mut Vec<String>) {
    let ours: BTreeMap<(u32, Option<String>), Option<String>> = plan
        .rows
        .iter()
        .flat_map(|r| {
            let issues = r.issues.iter().map(|i| (i.column.clone(), i.raw.clone()));
            let warnings = r.warnings.iter().map(|w| (w.column.clone(), w.raw.clone()));
            issues
                .chain(warnings)
                .map(|(column, raw)| ((r.row, column), raw))
        })
        .collect();
    for key in ["issues", "warnings"] {
        for report in expected.json[key].as_array().into_iter().flatten() {
            let place = (
                number(&report["row"]),
                report["col"].as_str().map(str::to_owned),
            );
            let wanted = match &report["raw"] {
                Json::String(text) => Some(fold(text)),
                Json::Number(n) => n.as_f64().map(|n| fold(&n.to_string())),
                _ => None,
            };
            if let Some(raw) = ours.get(&place)
                && raw.as_deref().map(fold) != wanted
            {
                found.push(format!("{place:?}: quoted {raw:?} instead of {wanted:?}"));
            }
        }
    }
}
