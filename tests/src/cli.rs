//! The real command line, run as its users run it.
//!
//! `cargo test --workspace` builds it before any test runs, because the crate `cli` has integration
//! tests of its own. For `cargo test -p tests` alone build it first: `cargo build -p cli`.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value as Json;

use crate::office::NOW;

/// Where the program lies: beside the folder in which the tests lie.
#[must_use]
pub fn program() -> PathBuf {
    let own = std::env::current_exe().expect("a test program has a place");
    let profile = own
        .parent()
        .and_then(Path::parent)
        .expect("BUG: test programs lie in <profile>/deps");
    let found = profile.join(format!("taizhang-cli{}", std::env::consts::EXE_SUFFIX));
    assert!(
        found.is_file(),
        "{} is missing: run `cargo build -p cli`, or `cargo test --workspace`",
        found.display()
    );
    found
}

/// The command line on one office folder.
#[derive(Debug, Clone)]
pub struct Cli {
    data: PathBuf,
    now: String,
    as_nobody: bool,
}

/// What a run of the command line left.
#[derive(Debug, Clone)]
pub struct Ran {
    /// What was asked, for messages of tests.
    pub asked: String,
    /// Exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Cli {
    /// On the office in a folder, at the moment of the tests.
    #[must_use]
    pub fn on(data: &Path) -> Self {
        Self {
            data: data.to_owned(),
            now: NOW.to_owned(),
            as_nobody: false,
        }
    }

    /// The same at another moment.
    #[must_use]
    pub fn at(&self, moment: &str) -> Self {
        Self {
            now: moment.to_owned(),
            ..self.clone()
        }
    }

    /// The same as a user who owns nothing; only root can ask for that.
    #[must_use]
    pub fn as_nobody(&self) -> Self {
        Self {
            as_nobody: true,
            ..self.clone()
        }
    }

    /// The command, ready to be spawned.
    #[must_use]
    pub fn command<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Command {
        let mut command = if self.as_nobody {
            let mut command = Command::new("setpriv");
            command
                .args(["--reuid=65534", "--regid=65534", "--clear-groups", "--"])
                .arg(program());
            command
        } else {
            Command::new(program())
        };
        command
            .arg("--data")
            .arg(&self.data)
            .args(["--now", &self.now])
            .args(arguments);
        command
    }

    /// Runs it to its end.
    #[must_use]
    pub fn run<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Ran {
        let asked: Vec<String> = arguments
            .iter()
            .map(|a| a.as_ref().to_string_lossy().into_owned())
            .collect();
        let output = self
            .command(arguments)
            .stdin(Stdio::null())
            .output()
            .expect("the command line starts");
        Ran::of(asked.join(" "), &output)
    }

    /// Runs it and demands success.
    #[track_caller]
    pub fn must<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Ran {
        let ran = self.run(arguments);
        assert_eq!(ran.code, 0, "{ran:?}");
        ran
    }

    /// Runs it with `--json`, demands success and reads the answer.
    #[track_caller]
    pub fn json<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Json {
        let mut all: Vec<&OsStr> = vec![OsStr::new("--json")];
        all.extend(arguments.iter().map(AsRef::as_ref));
        self.must(&all).json()
    }
}

impl Ran {
    /// Of a finished process.
    #[must_use]
    pub fn of(asked: String, output: &Output) -> Self {
        Self {
            asked,
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Standard output as JSON.
    #[must_use]
    #[track_caller]
    pub fn json(&self) -> Json {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {self:?}"))
    }

    /// That it was told in one line `code: message` on standard error, in Chinese, with this exit
    /// code and this error code, and that nothing was printed as an answer. Gives the message.
    #[track_caller]
    pub fn told(&self, exit: i32, code: &str) -> &str {
        assert_eq!(self.code, exit, "{self:?}");
        assert_eq!(self.out, "", "an answer beside an error: {self:?}");
        assert_eq!(self.err.lines().count(), 1, "one line: {self:?}");
        let (found, message) = self.err.trim_end().split_once(": ").unwrap_or_default();
        assert_eq!(found, code, "{self:?}");
        let faults = crate::chinese::faults(message);
        assert!(faults.is_empty(), "not Chinese, {faults:?}: {self:?}");
        message
    }
}
