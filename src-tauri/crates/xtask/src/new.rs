//! `new`: the one file that a new decision, migration, form or register begins with.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::shell;
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
            let number = next_number(&root.join(migrations::FOLDER))?;
            (
                format!(
                    "{}/{number:04}_{}.sql",
                    migrations::FOLDER,
                    slug(name, '_')?
                ),
                migration(name),
            )
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

fn migration(slug: &str) -> String {
    format!(
        "-- {}: what it changes, and why.\n-- Reader floor: unchanged (say so if an older program must no longer open the file).\n",
        slug.replace('_', " ")
    )
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
