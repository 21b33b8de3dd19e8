//! `bench`: every measure (an example whose name begins with `measure`), in release, one after the
//! other; its output lines go to docs/EVIDENCE.md, a block a crate. A measure prints ratios against
//! a peer in the same run, because seconds of one machine say little about another.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::{evidence, shell};

/// Sizes at which a crate's measures are taken; without an entry they are run once, bare.
const SIZES: &[(&str, &[&str])] = &[("store", &["10000", "100000", "1000000"])];

/// Programs from PyPI that print the same sheet; see the README beside the list.
const PEERS: &str = "tests/bench-peers/requirements.txt";
const PEERS_HOME: &str = "target/bench";

/// Runs the measures of every crate, or of one.
pub(crate) fn run(only: Option<&str>) -> Result<()> {
    let mut measures = find(&shell::root())?;
    measures.retain(|measure| only.is_none_or(|package| measure.package == package));
    if measures.is_empty() {
        bail!(
            "no measure found: src-tauri/crates/*/examples/measure*.rs or tests/examples/measure*.rs"
        );
    }
    if measures.iter().any(|measure| measure.package == "print") {
        set_up_peers()?;
    }
    for of_one in measures.chunk_by(|a, b| a.package == b.package) {
        let mut body = format!("{}\n", evidence::stamp()?);
        for measure in of_one {
            body += &take(measure)?;
        }
        evidence::note(&format!("bench-{}", of_one[0].package), &body)?;
    }
    Ok(())
}

/// Runs one measure at each of its sizes and gives its lines.
fn take(measure: &Measure) -> Result<String> {
    let Measure { package, example } = measure;
    let sizes = SIZES.iter().find(|(name, _)| name == package);
    let sizes = sizes.map_or(&[""][..], |(_, sizes)| sizes);
    let mut body = String::new();
    for size in sizes {
        let head = [
            "run",
            "--quiet",
            "--locked",
            "--release",
            "-p",
            package,
            "--example",
            example,
        ];
        let tail: &[&str] = if size.is_empty() { &[] } else { &["--", size] };
        let words = [&head[..], tail].concat();
        println!("── cargo {}", words.join(" "));
        let lines = shell::capture(&mut shell::cargo(&words))?;
        print!("{lines}");
        body += &format!(
            "\n`cargo {}`\n\n```\n{}\n```\n",
            words.join(" "),
            lines.trim_end()
        );
    }
    Ok(body)
}

/// Puts the peers into a virtual environment of their own; nothing else is touched.
fn set_up_peers() -> Result<()> {
    let bin = if cfg!(windows) { "Scripts" } else { "bin" };
    let pip = shell::root().join(PEERS_HOME).join(bin).join("pip");
    if !pip.exists() {
        println!("set-up: peers of the paper measures, in {PEERS_HOME}");
        shell::run(&mut shell::program("python3", &["-m", "venv", PEERS_HOME]))
            .context("python3 with venv is needed (Debian: apt-get install python3-venv)")?;
    }
    let words = [
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "-r",
        PEERS,
    ];
    shell::run(&mut shell::program(&pip.to_string_lossy(), &words))
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Measure {
    package: String,
    example: String,
}

/// Every measure of the tree, by crate.
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
        let package = package.file_name().unwrap_or_default().to_string_lossy();
        for entry in examples {
            let file = entry?.file_name().to_string_lossy().into_owned();
            let example = file.strip_suffix(".rs").unwrap_or(&file);
            if example.starts_with("measure") {
                measures.push(Measure {
                    package: package.clone().into_owned(),
                    example: example.to_owned(),
                });
            }
        }
    }
    measures.sort();
    measures.dedup();
    Ok(measures)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_examples_that_measure_are_found() {
        let root = tempfile::tempdir().unwrap();
        for file in [
            "src-tauri/crates/store/examples/measure.rs",
            "src-tauri/crates/store/examples/measure/main.rs",
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
            .map(|measure| format!("{}/{}", measure.package, measure.example))
            .collect();
        assert_eq!(found, ["store/measure", "tests/measure_print"]);
    }
}
