//! The business values of an office as one comparable whole: every record outside the recycle bin
//! with its number, state, values, lines and deadlines. Versions and times of entry are left out,
//! for they count every write, the taking back too.

use std::collections::{BTreeMap, BTreeSet};

use domain::spec::Catalog;
use serde_json::{Value as Json, json};

use crate::office::Office;

/// Records by register and identifier.
pub type Business = BTreeMap<String, Json>;

/// Everything that the office's registers hold.
#[must_use]
pub fn business(office: &Office) -> Business {
    let mut all = Business::new();
    let registers = Catalog::builtin()
        .registers()
        .filter(|s| s.parent.is_none());
    for spec in registers {
        let mut offset = 0;
        loop {
            let ask = json!({
                "register": spec.id, "limit": 1000, "offset": offset, "unmask": true,
            });
            let page = office.must("list_records", ask);
            let rows = page["rows"].as_array().map_or(&[][..], Vec::as_slice);
            for row in rows {
                let uuid = row["uuid"].as_str().unwrap_or_default();
                all.insert(
                    format!("{} {uuid}", spec.id),
                    record(office, &spec.id, uuid),
                );
            }
            offset += rows.len();
            if rows.len() < 1000 {
                break;
            }
        }
    }
    all
}

/// One record with all that hangs on it.
#[must_use]
pub fn record(office: &Office, register: &str, record: &str) -> Json {
    let ask = json!({ "register": register, "record": record, "unmask": true });
    let whole = office.must("get_record", ask.clone());
    let mut lines = whole["lines"].clone();
    for line in lines
        .as_object_mut()
        .into_iter()
        .flat_map(|l| l.values_mut())
    {
        for one in line.as_array_mut().into_iter().flatten() {
            // What is shown follows from the values.
            one.as_object_mut().map(|o| o.remove("shown"));
        }
    }
    let mut deadlines = Json::Null;
    if Catalog::builtin()
        .register(register)
        .is_some_and(|s| s.initial_state.is_some())
    {
        deadlines = office.must("deadlines_of", ask);
    }
    json!({
        "number": whole["number"], "state": whole["state"], "values": whole["values"],
        "lines": lines, "deadlines": deadlines,
    })
}

/// That two states are equal, naming the records that are not and where they differ.
///
/// # Panics
/// When they are not.
#[track_caller]
pub fn assert_same(before: &Business, after: &Business, when: &str) {
    let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let mut found = Vec::new();
    for key in keys {
        let (then, now) = (before.get(key), after.get(key));
        if then != now {
            let (then, now) = (then.unwrap_or(&Json::Null), now.unwrap_or(&Json::Null));
            differences(key, then, now, &mut found);
        }
    }
    assert!(found.is_empty(), "{when}:\n{}", found.join("\n"));
}

/// The places at which two JSON values differ.
fn differences(place: &str, then: &Json, now: &Json, found: &mut Vec<String>) {
    match (then, now) {
        (Json::Object(a), Json::Object(b)) => {
            let keys: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            for key in keys {
                let (a, b) = (a.get(key), b.get(key));
                let (a, b) = (a.unwrap_or(&Json::Null), b.unwrap_or(&Json::Null));
                differences(&format!("{place}.{key}"), a, b, found);
            }
        }
        (Json::Array(a), Json::Array(b)) if a.len() == b.len() => {
            for (at, (a, b)) in a.iter().zip(b).enumerate() {
                differences(&format!("{place}[{at}]"), a, b, found);
            }
        }
        (a, b) if a == b => {}
        (a, b) => found.push(format!("{place}: {a} became {b}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_named_by_its_place() {
        let mut found = Vec::new();
        let then = json!({ "a": [1, { "b": 2 }], "c": 3 });
        let now = json!({ "a": [1, { "b": 4 }], "c": 3, "d": 5 });
        differences("r", &then, &now, &mut found);
        assert_eq!(found, ["r.a[1].b: 2 became 4", "r.d: null became 5"]);
    }
}
