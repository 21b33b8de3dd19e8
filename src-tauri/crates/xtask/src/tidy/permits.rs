//! The window's page may ask what the list of commands names, nothing less and nothing more.

use super::Fault;
use super::tree::Tree;
use crate::permissions::{CAPABILITY, LIST, granting};

const FOLDER: &str = "src-tauri/capabilities/";

pub(super) fn exactly_the_commands(tree: &Tree) -> Vec<Fault> {
    let Some(list) = tree.text(LIST) else {
        return Vec::new();
    };
    let mut faults = Vec::new();
    if tree.text(CAPABILITY) != Some(granting(list).as_str()) {
        let what = format!("does not grant what {LIST} names: cargo xtask permissions");
        faults.push(Fault::new(CAPABILITY, 0, what));
    }
    let others = tree
        .texts(FOLDER, "")
        .filter(|(path, _)| *path != CAPABILITY);
    faults.extend(others.map(|(path, _)| Fault::new(path, 0, "a second capability grants more")));
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_too_few_or_too_many_and_a_second_file_are_found() {
        let list = "list_records\nundo\n";
        let good = granting(list);
        assert!(good.contains("\"allow-list-records\""));
        let found = |capability: &str, more: &[(&str, &str)]| {
            let files = [&[(LIST, list), (CAPABILITY, capability)], more].concat();
            exactly_the_commands(&Tree::of(&files)).len()
        };
        assert_eq!(found(&good, &[]), 0);
        assert_eq!(found(&granting("undo\n"), &[]), 1);
        assert_eq!(found(&granting("list_records\nundo\nredo\n"), &[]), 1);
        let second = "src-tauri/capabilities/print.json";
        assert_eq!(found(&good, &[(second, "{}")]), 1);
    }
}
