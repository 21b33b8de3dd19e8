//! Set-up: which programs a task needs, and getting them where that is possible.
//!
//! Debian's packages are installed when we may; everywhere else the missing ones are named with the
//! way to get them. Rust itself comes by `rust-toolchain.toml`, the page's packages by npm.

use std::path::Path;

use anyhow::{Result, bail};

use crate::shell;

/// A program, library or font that a task needs.
struct Tool {
    /// Answers without doing anything, and only when the thing is there.
    probe: &'static [&'static str],
    /// Debian's package; empty when Debian 12 has none that will do.
    debian: &'static str,
    elsewhere: &'static str,
    why: &'static str,
}

/// The page is built with it.
const NODE: Tool = Tool {
    probe: &[
        "node",
        "-e",
        "const [a, b] = process.versions.node.split('.').map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)",
    ],
    debian: "",
    elsewhere: "Node.js 20.19 or newer with npm, from nodejs.org (Debian 12 has only 18)",
    why: "the page of the window is built with it",
};

/// What building and running need here.
#[cfg(not(windows))]
const BUILDING: &[Tool] = &[
    Tool {
        probe: &["cc", "--version"],
        debian: "build-essential",
        elsewhere: "a C compiler",
        why: "SQLite is built from source",
    },
    Tool {
        probe: &["pkg-config", "--version"],
        debian: "pkg-config",
        elsewhere: "pkg-config",
        why: "the libraries of the window are found by it",
    },
    Tool {
        probe: &["pkg-config", "--exists", "webkit2gtk-4.1"],
        debian: "libwebkit2gtk-4.1-dev",
        elsewhere: "webkit2gtk 4.1 with its headers",
        why: "the window shows its page with it",
    },
    NODE,
];

/// What building and running need here. The compiler comes with the toolchain's own set-up.
#[cfg(windows)]
const BUILDING: &[Tool] = &[
    NODE,
    Tool {
        // The one that is registered for everybody, or for this person.
        probe: &[
            "cmd",
            "/c",
            r"reg query HKLM\SOFTWARE\WOW6432Node\Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5} /v pv || reg query HKCU\Software\Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5} /v pv",
        ],
        debian: "",
        elsewhere: "WebView2 (in Windows 11 already): MicrosoftEdgeWebView2RuntimeInstallerX64.exe from Microsoft",
        why: "the window shows its page with it",
    },
];

const POPPLER: &str =
    "poppler (Windows: winget install oschwartz10612.Poppler; macOS: brew install poppler)";

/// What the gate needs beside.
const TESTING: &[Tool] = &[
    Tool {
        probe: &["pdftotext", "-v"],
        debian: "poppler-utils",
        elsewhere: POPPLER,
        why: "tests read the text of printed forms",
    },
    Tool {
        probe: &["pdftoppm", "-v"],
        debian: "poppler-utils",
        elsewhere: POPPLER,
        why: "tests look at printed forms as pictures",
    },
    Tool {
        probe: &["pdffonts", "-v"],
        debian: "poppler-utils",
        elsewhere: POPPLER,
        why: "tests list the fonts of printed forms",
    },
    Tool {
        probe: &["qpdf", "--version"],
        debian: "qpdf",
        elsewhere: "qpdf (Windows: winget install qpdf.qpdf; macOS: brew install qpdf)",
        why: "tests check the structure of printed forms",
    },
    #[cfg(target_os = "linux")]
    Tool {
        probe: &["chromium", "--version"],
        debian: "chromium",
        elsewhere: "Chromium",
        why: "tests drive the page in it",
    },
    #[cfg(target_os = "linux")]
    Tool {
        // Asked for its version it prints its usage and ends with a fault.
        probe: &["sh", "-c", "command -v WebKitWebDriver"],
        debian: "webkit2gtk-driver",
        elsewhere: "WebKitWebDriver of webkit2gtk",
        why: "tests drive the real window by it",
    },
    #[cfg(target_os = "linux")]
    Tool {
        // It answers nothing without opening a screen.
        probe: &["sh", "-c", "command -v Xvfb"],
        debian: "xvfb",
        elsewhere: "Xvfb",
        why: "the real window needs a screen",
    },
    #[cfg(target_os = "linux")]
    Tool {
        probe: &["sh", "-c", "fc-list :lang=zh-cn | grep -q ."],
        debian: "fonts-noto-cjk",
        elsewhere: "a Chinese font, such as Noto Sans CJK",
        why: "pictures of the pages are looked at",
    },
];

/// What building and running need.
pub(crate) fn for_building() -> Result<()> {
    ensure(&BUILDING.iter().collect::<Vec<_>>())?;
    crate::page::packages()
}

/// What the gate needs.
pub(crate) fn for_testing() -> Result<()> {
    ensure(&BUILDING.iter().chain(TESTING).collect::<Vec<_>>())?;
    for part in ["fmt", "clippy"] {
        let arguments = [part, "--version"];
        if shell::capture(&mut shell::cargo(&arguments)).is_err() {
            bail!("cargo {part} is missing: rustup component add rustfmt clippy");
        }
    }
    crate::page::packages()
}

fn ensure(tools: &[&Tool]) -> Result<()> {
    let missing = missing(tools);
    if missing.is_empty() {
        return Ok(());
    }
    for tool in &missing {
        println!("set-up: missing: {} ({})", tool.elsewhere, tool.why);
    }
    let packages = packages(&missing);
    if !packages.is_empty()
        && let Some(apt) = apt()
    {
        println!("set-up: installing with apt-get: {}", packages.join(" "));
        install(&apt, &packages)?;
    }
    let still = self::missing(tools);
    if still.is_empty() {
        return Ok(());
    }
    bail!("please install, then start again:\n{}", advice(&still));
}

fn missing<'a>(tools: &[&'a Tool]) -> Vec<&'a Tool> {
    let absent = |tool: &&&Tool| !shell::answers(tool.probe);
    tools.iter().filter(absent).copied().collect()
}

/// Debian's packages of these tools, each once.
fn packages(tools: &[&Tool]) -> Vec<&'static str> {
    let named = tools.iter().map(|tool| tool.debian);
    let mut packages: Vec<&str> = named.filter(|name| !name.is_empty()).collect();
    packages.sort_unstable();
    packages.dedup();
    packages
}

/// What a person is to do: one line for Debian's packages, one for each other thing.
fn advice(tools: &[&Tool]) -> String {
    let debian = Path::new("/etc/debian_version").exists();
    let (packaged, other): (Vec<&Tool>, Vec<&Tool>) = tools
        .iter()
        .partition(|tool| debian && !tool.debian.is_empty());
    let mut lines = Vec::new();
    if !packaged.is_empty() {
        lines.push(format!(
            "  sudo apt-get install {}",
            packages(&packaged).join(" ")
        ));
    }
    lines.extend(other.iter().map(|tool| format!("  {}", tool.elsewhere)));
    lines.dedup();
    lines.join("\n")
}

/// How to call apt-get here: as root, or by a sudo that asks nothing. `None` elsewhere.
fn apt() -> Option<Vec<&'static str>> {
    if !Path::new("/etc/debian_version").exists() || !shell::answers(&["apt-get", "--version"]) {
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
    fn a_package_of_several_tools_is_named_once_and_none_is_no_package() {
        let tools: Vec<&Tool> = TESTING[..4].iter().chain([&NODE]).collect();
        assert_eq!(packages(&tools), ["poppler-utils", "qpdf"]);
        assert!(advice(&tools).contains("nodejs.org"));
    }

    #[test]
    fn a_tool_that_is_not_there_is_missing() {
        let nowhere = Tool {
            probe: &["no-such-program-here"],
            ..NODE
        };
        assert_eq!(missing(&[&nowhere]).len(), 1);
    }
}
