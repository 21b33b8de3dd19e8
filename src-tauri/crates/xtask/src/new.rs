//! `new`: the one file that a new decision, migration, form or register begins with.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::shell;
use crate::tidy::migrations::FLOOR;
use crate::tidy::{decisions, migrations};

pub(crate) fn run(what: &str, name: &str) -> Result<()> {
    let root = shell::root();
    let (path, text) = match what {
        "decision" => {
            let number = next_number(&root.join(decisions::FOLDER))?;
            (
                format!("{}/{number:04}-{}.md", decisions::FOLDER, slug(name, '-')?),
                decision(name),
            )
        }
        "migration" => {
            let folder = root.join(migrations::FOLDER);
            let number = next_number(&folder)?;
            let path = format!(
                "{}/{number:04}_{}.sql",
                migrations::FOLDER,
                slug(name, '_')?
            );
            (path, migration(name, &folder)?)
        }
        "form" => (format!("assets/forms/{name}.v1.toml"), form(name)?),
        "register" => (
            format!("assets/registers/{}.toml", slug(name, '_')?),
            register(name),
        ),
        _ => bail!("`new` makes a decision, a migration, a form or a register, not `{what}`"),
    };
    let target = root.join(&path);
    if target.exists() {
        bail!("{path} is there already");
    }
    fs::write(&target, text).with_context(|| path.clone())?;
    println!("{path}");
    Ok(())
}

/// One more than the greatest number that begins a file name in the folder.
fn next_number(folder: &Path) -> Result<u32> {
    let mut greatest = 0;
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let name = entry?.file_name();
        let digits: String = name
            .to_string_lossy()
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        greatest = greatest.max(digits.parse().unwrap_or(0));
    }
    Ok(greatest + 1)
}

fn slug(name: &str, join: char) -> Result<String> {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == join;
    if name.is_empty() || !name.chars().all(allowed) {
        bail!("`{name}`: lower-case letters, digits and `{join}` only");
    }
    Ok(name.to_owned())
}

fn decision(slug: &str) -> String {
    let title = slug.replace('-', " ");
    let mut text = format!("# {title}\n");
    for section in decisions::SECTIONS {
        text += &format!("\n## {section}\n\n");
    }
    text
}

fn migration(slug: &str, folder: &Path) -> Result<String> {
    let floor = newest_floor(folder)?;
    Ok(format!(
        "-- {}: what it changes, and why.\n{FLOOR}{floor}\n--\n-- The floor stays when an older program may still open the file. Name this file in STEPS of\n-- crates/store/src/migrate.rs.\n",
        slug.replace('_', " ")
    ))
}

/// The reader floor of the newest migration: what only adds leaves it where it was.
fn newest_floor(folder: &Path) -> Result<u32> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        texts.push((path.clone(), fs::read_to_string(path)?));
    }
    texts.sort();
    let mut floors = texts.iter().filter_map(|(_, text)| {
        let number = text.lines().find_map(|line| line.strip_prefix(FLOOR))?;
        number.trim().parse().ok()
    });
    Ok(floors.next_back().unwrap_or(1))
}

fn form(code: &str) -> Result<String> {
    if !crate::tidy::assets::is_form_code(code) {
        bail!("`{code}` is no form code: F-01, F-27b …");
    }
    Ok(format!(
        "# {code}: what it is for, and where its wording comes from.\ncode = \"{code}\"\nversion = 1\ntitle = \"\"\nsubject = \"record\"\nregister = \"complaint\"\n\n[[block]]\n[block.title]\nid = \"title\"\n"
    ))
}

fn register(id: &str) -> String {
    format!(
        "# The register's fields; its table comes from a migration, its rules from crates/domain.\nid = \"{id}\"\nlabel = \"\"\ntitle = \"name\"\n\n[[section]]\nid = \"main\"\nlabel = \"\"\n\n[[field]]\nid = \"name\"\nlabel = \"\"\nkind = \"text\"\nsection = \"main\"\nrequired = true\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_the_greatest_and_other_files_do_not_count() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(next_number(folder.path()).unwrap(), 1);
        for name in ["0002_b.sql", "0010_a.sql", "readme.md"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        assert_eq!(next_number(folder.path()).unwrap(), 11);
    }

    #[test]
    fn a_new_migration_takes_over_the_floor_of_the_newest() {
        let folder = tempfile::tempdir().unwrap();
        for (name, floor) in [("0001_a.sql", 1), ("0002_b.sql", 2)] {
            fs::write(folder.path().join(name), format!("-- a\n{FLOOR}{floor}\n")).unwrap();
        }
        let text = migration("add_due_index", folder.path()).unwrap();
        assert!(text.contains("-- reader floor: 2\n"), "{text}");
    }

    #[test]
    fn a_name_that_cannot_be_a_file_name_is_refused() {
        assert!(slug("one-door", '-').is_ok());
        for wrong in ["", "One", "../x", "a_b", "台账"] {
            assert!(slug(wrong, '-').is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_new_decision_has_every_section() {
        let text = decision("one-door");
        assert!(decisions::missing_sections(&text).is_empty());
    }
}
