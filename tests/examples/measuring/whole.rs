//! The whole program for one form: open the office, bind, print, keep the paper with its history,
//! write the file. No budget, but what a script waits for.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde_json::Value as Json;

use crate::measuring::{Aim, line, median, shown, timed};

/// Beside this program, when it was built.
fn program() -> Option<PathBuf> {
    let own = std::env::current_exe().ok()?;
    let path = own.parent()?.parent()?.join("taizhang-cli");
    path.exists().then_some(path)
}

pub(crate) fn measure(folder: &Path) {
    let Some(program) = program() else {
        println!("taizhang-cli is not built in release: its time is left out");
        return;
    };
    let office = folder.join("office");
    let call = |words: &[&str]| {
        let mut command = Command::new(&program);
        command.arg("--data").arg(&office).args(words);
        let (time, output) = timed(|| command.output().expect("started"));
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{words:?}: {said}");
        (time, output.stdout)
    };
    call(&[
        "init",
        "--office",
        "测量项目部",
        "--code",
        "CL",
        "--operator",
        "测量",
    ]);
    call(&["demo", "--complaints", "40"]);
    let (_, listed) = call(&[
        "--json",
        "list",
        "complaint",
        "--where",
        "state=archived",
        "--limit",
        "1",
    ]);
    let listed: Json = serde_json::from_slice(&listed).expect("JSON");
    let number = listed["rows"][0]["number"]
        .as_str()
        .expect("an archived complaint")
        .to_owned();
    let target = folder.join("cli.pdf");
    let target = target.to_str().expect("a name");
    let times: Vec<Duration> = (0..9)
        .map(|_| call(&["print", "F-02", "--record", &number, "--out", target]).0)
        .collect();
    let middle = median(&times[1..]);
    line(
        "one form by taizhang-cli, whole process, paper kept",
        &shown(middle),
        "",
        middle,
        " ms",
        Aim::None,
    );
}
