//! Migrations are numbered without gaps, and what was released never changes again.

use sha2::{Digest, Sha256};

use super::Fault;
use super::tree::Tree;

pub(crate) const FOLDER: &str = "src-tauri/crates/store/migrations";

/// The line that says which schema a program must know to open the file afterwards.
pub(crate) const FLOOR: &str = "-- reader floor: ";

/// Files that a released program carries, with their SHA-256: migrations and form files. Filled at
/// the first tag; until then a schema or form is edited in place.
const RELEASED: &[(&str, &str)] = &[];

pub(super) fn numbered_without_gaps(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut next = 1;
    for (path, _) in tree.texts(FOLDER, ".sql") {
        let name = path.rsplit('/').next().unwrap_or(path);
        let number = name.split_once('_').filter(|(digits, _)| digits.len() == 4);
        match number.and_then(|(digits, _)| digits.parse::<u32>().ok()) {
            Some(number) if number == next => next += 1,
            Some(_) => faults.push(Fault::new(
                path,
                0,
                format!("number {next:04} is expected here"),
            )),
            None => faults.push(Fault::new(path, 0, "a migration is named NNNN_slug.sql")),
        }
    }
    faults
}

pub(super) fn each_names_its_reader_floor(tree: &Tree) -> Vec<Fault> {
    let says = |text: &str| {
        let number = text.lines().find_map(|line| line.strip_prefix(FLOOR));
        number.is_some_and(|number| number.trim().parse::<u32>().is_ok())
    };
    let silent = tree.texts(FOLDER, ".sql").filter(|(_, text)| !says(text));
    silent
        .map(|(path, _)| Fault::new(path, 0, format!("has no line `{FLOOR}N`")))
        .collect()
}

pub(super) fn released_files_unchanged(tree: &Tree) -> Vec<Fault> {
    changed(tree, RELEASED)
}

fn changed(tree: &Tree, released: &[(&str, &str)]) -> Vec<Fault> {
    let differs = |(path, hash): &&(&str, &str)| {
        tree.text(path)
            .is_none_or(|text| hex(Sha256::digest(text.as_bytes()).as_ref()) != *hash)
    };
    let released = released.iter().filter(differs);
    released
        .map(|(path, _)| Fault::new(path, 0, "was released and must not change: add a new one"))
        .collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_and_a_wrong_name_are_found() {
        let tree = Tree::of(&[
            ("src-tauri/crates/store/migrations/0001_init.sql", ""),
            ("src-tauri/crates/store/migrations/0003_more.sql", ""),
            ("src-tauri/crates/store/migrations/late.sql", ""),
        ]);
        let found: Vec<String> = numbered_without_gaps(&tree)
            .into_iter()
            .map(|fault| fault.path)
            .collect();
        assert_eq!(found.len(), 2, "{found:?}");
        let good = Tree::of(&[
            ("src-tauri/crates/store/migrations/0001_init.sql", ""),
            ("src-tauri/crates/store/migrations/0002_more.sql", ""),
        ]);
        assert_eq!(numbered_without_gaps(&good), []);
    }

    #[test]
    fn a_migration_without_a_floor_is_found() {
        let path = "src-tauri/crates/store/migrations/0001_init.sql";
        let check = |text| each_names_its_reader_floor(&Tree::of(&[(path, text)])).len();
        assert_eq!(check("-- what\n-- reader floor: 1\n"), 0);
        assert_eq!(check("-- what\n"), 1);
        assert_eq!(check("-- reader floor: none\n"), 1);
    }

    #[test]
    fn a_released_file_that_changed_or_went_is_found() {
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let released = [("a.sql", abc)];
        assert_eq!(changed(&Tree::of(&[("a.sql", "abc")]), &released), []);
        assert_eq!(changed(&Tree::of(&[("a.sql", "abd")]), &released).len(), 1);
        assert_eq!(changed(&Tree::of(&[]), &released).len(), 1);
    }
}
