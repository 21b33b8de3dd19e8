//! `bench`: every measure (an example whose name begins with `measure`), in release, one after the
//! other; its output goes to docs/EVIDENCE.md, a block a measure: lines that begin with `|` as a table
//! of figures and budgets, the rest as it is. A measure prints ratios against a peer in the same run,
//! because seconds of one machine say little about another.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::{evidence, page, setup, shell};

/// Arguments with which a measure is taken; without an entry it is run once, bare.
const SIZES: &[(&str, &str, &[&str])] = &[(
    "tests",
    "measure_registers",
    &["10000", "100000", "1000000"],
)];

/// Over the lines that measures print for the table.
const HEAD: &str =
    "| what | ours | peer | figure | floor | reach | holds |\n|---|---|---|---|---|---|---|\n";

/// Other programs that print the same sheet; see the README there.
const PEERS: &str = "tests/bench-peers";
/// Where they are put, outside of what git knows.
const PEERS_HOME: &str = "target/bench";
/// Names the Python in which the peers are; measures leave them out without it.
const PEERS_PYTHON: &str = "TAIZHANG_PEERS";

/// Runs every measure, those of one crate, or one.
pub(crate) fn run(only: Option<&str>) -> Result<()> {
    let mut measures = find(&shell::root())?;
    measures.retain(|Measure { package, example }| {
        only.is_none_or(|name| name == package || name == example)
    });
    if measures.is_empty() {
        bail!(
            "no measure found: src-tauri/crates/*/examples/measure*.rs or tests/examples/measure*.rs"
        );
    }
    let mut peers = None;
    if measures.iter().any(|m| m.example == "measure_forms") {
        // The measure of forms starts the whole program too.
        let cli = ["build", "--quiet", "--locked", "--release", "-p", "cli"];
        shell::run(&mut shell::cargo(&cli))?;
        peers = set_up_peers()
            .inspect_err(|fault| println!("the peers are left out: {fault:#}"))
            .ok();
    }
    if measures.iter().any(|m| m.example == "measure_window") {
        // The program as people start it, and an empty window beside it.
        setup::for_testing()?;
        page::build()?;
        let window = [
            "build",
            "--quiet",
            "--locked",
            "--release",
            "-p",
            "taizhang",
        ];
        let both = [&window[..], &["--bins", "--examples"]];
        shell::run(&mut shell::cargo(&both.concat()))?;
    }
    for measure in &measures {
        let mut body = format!("{}, {}\n", evidence::stamp()?, machine());
        body += &take(measure, peers.as_deref())?;
        let Measure { package, example } = measure;
        evidence::note(&format!("{package}-{example}"), &body)?;
    }
    Ok(())
}

/// Runs one measure at each of its sizes and gives its lines.
fn take(measure: &Measure, peers: Option<&Path>) -> Result<String> {
    let Measure { package, example } = measure;
    let sizes = SIZES
        .iter()
        .find(|(of, name, _)| of == package && name == example);
    let sizes = sizes.map_or(&[""][..], |(_, _, sizes)| sizes);
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
        let mut command = shell::cargo(&words);
        if let Some(python) = peers {
            command.env(PEERS_PYTHON, python);
        }
        let before = load();
        let lines = shell::capture(&mut command)?;
        print!("{lines}");
        body += &format!(
            "\n`cargo {}`, {}\n{}",
            words.join(" "),
            before,
            shown(&lines)
        );
    }
    Ok(body)
}

/// What a measure printed: its table, then the rest.
fn shown(lines: &str) -> String {
    let (rows, rest): (Vec<&str>, Vec<&str>) =
        lines.lines().partition(|line| line.starts_with("| "));
    let mut text = String::new();
    if !rows.is_empty() {
        text += &format!("\n{HEAD}{}\n", rows.join("\n"));
    }
    let rest = rest.join("\n");
    if !rest.trim().is_empty() {
        text += &format!("\n```\n{}\n```\n", rest.trim());
    }
    text
}

/// The machine in a few words.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let field = |name: &str| {
        let line = release.lines().find_map(|line| line.strip_prefix(name));
        line.map_or("", |text| text.trim_matches('"')).to_owned()
    };
    let system = [field("NAME="), field("VERSION_ID=")].join(" ");
    let system = match system.trim() {
        "" => std::env::consts::OS,
        known => known,
    };
    format!("{cores} cores, {system}")
}

/// How busy the machine was in the last minute, where it says so.
fn load() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    match text.split_whitespace().next() {
        Some(load) => format!("load before it {load}"),
        None => "load unknown".to_owned(),
    }
}

/// Puts the peers into a virtual environment of their own and gives its Python.
fn set_up_peers() -> Result<PathBuf> {
    let home = shell::root().join(PEERS_HOME);
    let bin = if cfg!(windows) { "Scripts" } else { "bin" };
    let python = home.join("venv").join(bin).join("python");
    if !python.exists() {
        println!("set-up: the peers of the paper measures, in {PEERS_HOME}");
        let venv = format!("{PEERS_HOME}/venv");
        shell::run(&mut shell::program("python3", &["-m", "venv", &venv]))
            .context("python3 with venv is needed (Debian: apt-get install python3-venv)")?;
    }
    let own = python.to_string_lossy();
    let list = format!("{PEERS}/requirements.txt");
    let pip = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "-r",
        &list,
    ];
    shell::run(&mut shell::program(&own, &pip))?;
    let sheets = home.join("peers");
    fs::create_dir_all(&sheets).context(PEERS_HOME)?;
    for sheet in ["sheet.json", "sheet.typ"] {
        fs::copy(shell::root().join(PEERS).join(sheet), sheets.join(sheet)).context(sheet)?;
    }
    let glyf = [
        &format!("{PEERS}/glyf.py"),
        "assets/fonts",
        &format!("{PEERS_HOME}/peers/glyf"),
    ];
    shell::run(&mut shell::program(&own, &glyf))?;
    Ok(python)
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
    fn figures_become_a_table_and_other_lines_stay_as_they_are() {
        let text = shown("built 10\n| a | 1 ms |\nslowest: b\n| c | 2 ms |\n");
        let parts = [
            HEAD,
            "| a | 1 ms |\n| c | 2 ms |\n\n```\nbuilt 10\nslowest: b\n```\n",
        ];
        assert_eq!(text, format!("\n{}", parts.concat()));
        assert!(!shown("only words").contains("| what"));
    }

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
