//! Set-up: which programs a task needs, and getting them where that is possible.
//!
//! Debian's packages are installed when we may; everywhere else the missing ones are named with the
//! way to get them. Rust itself comes by `rust-toolchain.toml`.

use std::path::Path;

use anyhow::{Result, bail};

use crate::shell;

/// A program that a task needs.
struct Tool {
    program: &'static str,
    /// The argument with which it answers without doing anything.
    version: &'static str,
    debian: &'static str,
    elsewhere: &'static str,
    why: &'static str,
}

const COMPILER: Tool = Tool {
    program: "cc",
    version: "--version",
    debian: "build-essential",
    elsewhere: "a C compiler (macOS: xcode-select --install)",
    why: "SQLite is built from source",
};

const PAPER: [Tool; 4] = [
    Tool {
        program: "pdftotext",
        version: "-v",
        debian: "poppler-utils",
        elsewhere: POPPLER,
        why: "tests read the text of printed forms",
    },
    Tool {
        program: "pdftoppm",
        version: "-v",
        debian: "poppler-utils",
        elsewhere: POPPLER,
        why: "tests look at printed forms as pictures",
    },
    Tool {
        program: "pdffonts",
        version: "-v",
        debian: "poppler-utils",
        elsewhere: POPPLER,
        why: "tests list the fonts of printed forms",
    },
    Tool {
        program: "qpdf",
        version: "--version",
        debian: "qpdf",
        elsewhere: "qpdf (Windows: winget install qpdf.qpdf; macOS: brew install qpdf)",
        why: "tests check the structure of printed forms",
    },
];

const POPPLER: &str =
    "poppler (Windows: winget install oschwartz10612.Poppler; macOS: brew install poppler)";

/// What building and running need.
pub(crate) fn for_building() -> Result<()> {
    ensure(&needed(false))
}

/// What the gate needs.
pub(crate) fn for_testing() -> Result<()> {
    ensure(&needed(true))?;
    for part in ["fmt", "clippy"] {
        let arguments = [part, "--version"];
        if shell::capture(&mut shell::cargo(&arguments)).is_err() {
            bail!("cargo {part} is missing: rustup component add rustfmt clippy");
        }
    }
    Ok(())
}

fn needed(testing: bool) -> Vec<&'static Tool> {
    // On Windows the compiler comes with the toolchain's own set-up, under another name.
    let compiler = if cfg!(windows) { None } else { Some(&COMPILER) };
    let paper = if testing { &PAPER[..] } else { &[] };
    compiler.into_iter().chain(paper).collect()
}

fn ensure(tools: &[&Tool]) -> Result<()> {
    let missing = missing(tools);
    if missing.is_empty() {
        return Ok(());
    }
    for tool in &missing {
        println!("set-up: {} is missing ({})", tool.program, tool.why);
    }
    let packages = packages(&missing);
    if let Some(apt) = apt() {
        println!("set-up: installing with apt-get: {}", packages.join(" "));
        install(&apt, &packages)?;
    }
    let still = self::missing(tools);
    if still.is_empty() {
        return Ok(());
    }
    bail!(
        "please install, then start again:\n{}",
        advice(&still, &self::packages(&still))
    );
}

fn missing<'a>(tools: &[&'a Tool]) -> Vec<&'a Tool> {
    let absent = |tool: &&&Tool| !shell::answers(tool.program, tool.version);
    tools.iter().filter(absent).copied().collect()
}

/// Debian's packages of these tools, each once.
fn packages(tools: &[&Tool]) -> Vec<&'static str> {
    let mut packages: Vec<&str> = tools.iter().map(|tool| tool.debian).collect();
    packages.sort_unstable();
    packages.dedup();
    packages
}

fn advice(tools: &[&Tool], packages: &[&str]) -> String {
    if Path::new("/etc/debian_version").exists() {
        return format!("  sudo apt-get install {}", packages.join(" "));
    }
    let mut lines: Vec<String> = tools
        .iter()
        .map(|tool| format!("  {}", tool.elsewhere))
        .collect();
    lines.dedup();
    lines.join("\n")
}

/// How to call apt-get here: as root, or by a sudo that asks nothing. `None` elsewhere.
fn apt() -> Option<Vec<&'static str>> {
    if !Path::new("/etc/debian_version").exists() || !shell::answers("apt-get", "--version") {
        return None;
    }
    let user = shell::capture(&mut shell::program("id", &["-u"])).unwrap_or_default();
    if user.trim() == "0" {
        return Some(vec!["env"]);
    }
    let sudo = shell::program("sudo", &["-n", "true"]).output();
    sudo.is_ok_and(|answer| answer.status.success())
        .then(|| vec!["sudo", "-n", "env"])
}

fn install(caller: &[&str], packages: &[&str]) -> Result<()> {
    let quiet = ["DEBIAN_FRONTEND=noninteractive", "apt-get"];
    let call = |last: &[&str]| {
        let words: Vec<&str> = [&caller[1..], &quiet, last].concat();
        shell::run(&mut shell::program(caller[0], &words))
    };
    call(&["update", "-qq"])?;
    call(
        &[
            &["install", "-y", "-qq", "--no-install-recommends"],
            packages,
        ]
        .concat(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_of_several_tools_is_named_once() {
        let tools: Vec<&Tool> = PAPER.iter().collect();
        assert_eq!(packages(&tools), ["poppler-utils", "qpdf"]);
    }

    #[test]
    fn a_tool_that_is_not_there_is_missing() {
        let nowhere = Tool {
            program: "no-such-program-here",
            ..COMPILER
        };
        assert_eq!(missing(&[&nowhere]).len(), 1);
    }
}
