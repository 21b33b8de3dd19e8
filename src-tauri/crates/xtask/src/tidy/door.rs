//! One door for writes: nothing but the store's own door and the migrations may insert, update or
//! delete in a table of a register. A write beside it would have no history, no undo, no search row.

use super::Fault;
use super::tree::Tree;

/// Where such statements may stand.
const DOOR: &[&str] = &[
    "src-tauri/crates/store/src/tx",
    "src-tauri/crates/store/src/write",
    "src-tauri/crates/store/src/schema",
    // The number column, which no value map may set; noted and versioned like every write.
    "src-tauri/crates/store/src/numbers.rs",
    "src-tauri/crates/store/migrations/",
];

/// Where a table's name may be put in at run time, because only the module's own tables are meant.
const OWN_TABLES: &[&str] = &["src-tauri/crates/store/src/search/"];

/// What comes before the table's name in a writing statement.
const WRITES: &[&[&str]] = &[
    &["insert", "into"],
    &["insert", "or", "*", "into"],
    &["replace", "into"],
    &["update"],
    &["update", "or", "*"],
    &["delete", "from"],
    &["drop", "table"],
    &["alter", "table"],
];

pub(super) fn one_door_for_writes(tree: &Tree) -> Vec<Fault> {
    let registers = tree.registers();
    let mut faults = Vec::new();
    let outside = |path: &str| !begins(path, DOOR);
    for source in tree
        .sources("")
        .filter(|source| outside(source.path) && !source.is_test_file())
    {
        // Unit tests may damage a table in order to see it found.
        for (line, text) in source
            .strings
            .iter()
            .filter(|(line, _)| *line < source.tests_from)
        {
            for table in written_tables(text) {
                let hidden = table.starts_with('{') && !begins(source.path, OWN_TABLES);
                if registers.contains(&table.as_str()) || hidden {
                    faults.push(Fault::new(
                        source.path,
                        *line,
                        format!("writes to `{table}` outside the door"),
                    ));
                }
            }
        }
    }
    for (path, text) in tree.texts("", ".sql").filter(|(path, _)| outside(path)) {
        let found = written_tables(text)
            .into_iter()
            .filter(|table| registers.contains(&table.as_str()));
        faults.extend(
            found.map(|table| Fault::new(path, 0, format!("writes to `{table}` outside the door"))),
        );
    }
    faults
}

fn begins(path: &str, places: &[&str]) -> bool {
    places.iter().any(|place| path.starts_with(place))
}

/// The tables that a text of SQL writes to; `{…}` where the name is put in at run time.
fn written_tables(sql: &str) -> Vec<String> {
    let lower = sql.to_lowercase().replace('(', " ( ");
    let words: Vec<&str> = lower.split_whitespace().collect();
    let mut tables = Vec::new();
    for start in 0..words.len() {
        for pattern in WRITES {
            let Some(head) = words.get(start..start + pattern.len()) else {
                continue;
            };
            let fits = pattern
                .iter()
                .zip(head)
                .all(|(want, word)| *want == "*" || want == word);
            if let Some(table) = words.get(start + pattern.len()).filter(|_| fits) {
                tables.push(table.trim_matches(|c| "\"'`[];\\".contains(c)).to_owned());
            }
        }
    }
    // `insert or replace into` holds `replace into`.
    tables.dedup();
    tables
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, text: &str) -> usize {
        let tree = Tree::of(&[("assets/registers/complaint.toml", ""), (path, text)]);
        one_door_for_writes(&tree).len()
    }

    #[test]
    fn every_kind_of_write_is_found() {
        for sql in [
            "INSERT INTO complaint(a) values (1)",
            "insert or replace into \\\"complaint\\\" (a)",
            "update\n  complaint set a = 1",
            "delete from complaint where id = 1",
            "update {table} set a = 1",
            "insert into {} (a)",
        ] {
            let rust = format!("fn a() {{ run(\"{sql}\"); }}");
            assert_eq!(
                check("src-tauri/crates/store/src/search.rs", &rust),
                1,
                "{sql}"
            );
        }
        assert_eq!(check("assets/fix.sql", "delete from complaint;"), 1);
    }

    #[test]
    fn a_module_may_name_its_own_tables_at_run_time_but_no_register() {
        let path = "src-tauri/crates/store/src/search/index.rs";
        assert_eq!(check(path, "fn a() { run(\"delete from {table}\"); }"), 0);
        assert_eq!(check(path, "fn a() { run(\"delete from complaint\"); }"), 1);
    }

    #[test]
    fn the_door_reading_other_tables_comments_and_tests_are_allowed() {
        let write = "fn a() { run(\"delete from complaint\"); }";
        assert_eq!(check("src-tauri/crates/store/src/write.rs", write), 0);
        assert_eq!(check("src-tauri/crates/store/tests/chain.rs", write), 0);
        assert_eq!(
            check(
                "src-tauri/crates/store/src/a.rs",
                "// delete from complaint"
            ),
            0
        );
        assert_eq!(
            check(
                "src-tauri/crates/store/src/a.rs",
                "fn a() { \"select * from complaint\"; \"update search_row set a=1\" }"
            ),
            0
        );
        assert_eq!(
            check(
                "src-tauri/crates/store/src/a.rs",
                &format!("#[cfg(test)]\nmod tests {{ {write} }}")
            ),
            0
        );
        assert_eq!(
            check(
                "src-tauri/crates/store/migrations/0001_init.sql",
                "insert into complaint values (1);"
            ),
            0
        );
    }
}
