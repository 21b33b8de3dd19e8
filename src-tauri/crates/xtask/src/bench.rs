//! `bench`: every measure (an example whose name begins with `measure`), in release, one after the
//! other; its output lines go to docs/EVIDENCE.md. A measure prints ratios against a peer in the
//! same run, because seconds of one machine say little about another.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::{evidence, shell};

pub(crate) fn run() -> Result<()> {
    let measures = find(&shell::root())?;
    if measures.is_empty() {
        bail!(
            "no measure found: src-tauri/crates/*/examples/measure*.rs or tests/examples/measure*.rs"
        );
    }
    let mut body = format!("{}\n", evidence::stamp()?);
    for Measure { package, example } in &measures {
        println!("── {package}: {example}");
        let words = [
            "run",
            "--quiet",
            "--locked",
            "--release",
            "-p",
            package,
            "--example",
            example,
        ];
        let lines = shell::capture(&mut shell::cargo(&words))?;
        print!("{lines}");
        body += &format!(
            "\n`cargo {}`\n\n```\n{}\n```\n",
            words.join(" "),
            lines.trim_end()
        );
    }
    evidence::note("bench", &body)
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Measure {
    package: String,
    example: String,
}

fn find(root: &Path) -> Result<Vec<Measure>> {
    let crates = root.join("src-tauri/crates");
    let mut packages = vec![root.join("tests")];
    for entry in fs::read_dir(&crates).with_context(|| crates.display().to_string())? {
        packages.push(entry?.path());
    }
    let mut measures = Vec::new();
    for package in packages {
        let Ok(examples) = fs::read_dir(package.join("examples")) else {
            continue;
        };
        for entry in examples {
            let file = entry?.file_name().to_string_lossy().into_owned();
            if let Some(example) = file
                .strip_suffix(".rs")
                .filter(|name| name.starts_with("measure"))
            {
                let package = package
                    .file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned();
                measures.push(Measure {
                    package,
                    example: example.to_owned(),
                });
            }
        }
    }
    measures.sort();
    Ok(measures)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_examples_that_measure_are_found() {
        let root = tempfile::tempdir().unwrap();
        for file in [
            "src-tauri/crates/store/examples/measure_save.rs",
            "src-tauri/crates/store/examples/show.rs",
            "tests/examples/measure_print.rs",
        ] {
            let path = root.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        let found: Vec<String> = find(root.path())
            .unwrap()
            .into_iter()
            .map(|m| format!("{}/{}", m.package, m.example))
            .collect();
        assert_eq!(found, ["store/measure_save", "tests/measure_print"]);
    }
}
