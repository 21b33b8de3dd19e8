//! An expectation file, with easy access to its parts.

use std::collections::BTreeMap;

use serde_json::Value as Json;

/// A cell on which people may differ.
#[derive(Debug)]
pub(crate) struct Either {
    pub(crate) values: Vec<Json>,
    /// `None` = nothing reported.
    pub(crate) codes: Vec<Option<String>>,
}

/// A reported cell: row, column letters (none for the row as a whole), code.
pub(crate) type Report = (u32, Option<String>, String);

#[derive(Debug)]
pub(crate) struct Expected<'a> {
    pub(crate) json: &'a Json,
    pub(crate) rows: BTreeMap<u32, &'a Json>,
    pub(crate) issues: Vec<Report>,
    pub(crate) warnings: Vec<Report>,
    /// By row and field.
    pub(crate) either: BTreeMap<(u32, String), Either>,
}

impl<'a> Expected<'a> {
    pub(crate) fn new(json: &'a Json) -> Self {
        let list = |key: &str| json[key].as_array().into_iter().flatten();
        let rows = list("rows").map(|r| (number(&r["row"]), r)).collect();
        let reports = |key| list(key).map(report).collect();
        let either = list("either")
            .map(|e| {
                let field = e["field"].as_str().unwrap_or_default().to_owned();
                let codes = e["accept_codes"].as_array().expect("codes");
                let codes = codes
                    .iter()
                    .map(|c| c.as_str().map(str::to_owned))
                    .collect();
                let values = e["accept_values"].as_array().expect("values").clone();
                ((number(&e["row"]), field), Either { values, codes })
            })
            .collect();
        Self {
            json,
            rows,
            issues: reports("issues"),
            warnings: reports("warnings"),
            either,
        }
    }

    pub(crate) fn either_at(&self, row: u32, field: &str) -> Option<&Either> {
        self.either.get(&(row, field.to_owned()))
    }

    /// The field of a column, by its letters.
    pub(crate) fn field_of(&self, letters: &str) -> Option<&str> {
        let columns = self.json["columns"].as_array()?;
        let column = columns.iter().find(|c| c["col"] == letters)?;
        column["field"].as_str()
    }
}

pub(crate) fn number(json: &Json) -> u32 {
    u32::try_from(json.as_u64().expect("a number")).expect("a row number")
}

fn report(json: &Json) -> Report {
    (
        number(&json["row"]),
        json["col"].as_str().map(str::to_owned),
        json["code"].as_str().expect("code").to_owned(),
    )
}
