//! Writing results into docs/EVIDENCE.md, between markers, so that people's words around stay.

use std::fs;

use anyhow::{Context, Result};
use chrono::{SecondsFormat, Utc};

use crate::shell;

const FILE: &str = "docs/EVIDENCE.md";

/// Puts `body` between the markers of `name`.
pub(crate) fn note(name: &str, body: &str) -> Result<()> {
    let path = shell::root().join(FILE);
    let text = fs::read_to_string(&path).with_context(|| FILE.to_owned())?;
    fs::write(&path, replaced(&text, name, body)?).with_context(|| FILE.to_owned())?;
    println!("noted in {FILE} ({name})");
    Ok(())
}

/// Date and commit of a result, `+ changes` when the tree differs from the commit.
pub(crate) fn stamp() -> Result<String> {
    let commit = shell::capture(&mut shell::program(
        "git",
        &["rev-parse", "--short=12", "HEAD"],
    ))?;
    let changes = shell::capture(&mut shell::program(
        "git",
        &["status", "--porcelain", "--", ".", ":!docs"],
    ))?;
    let changes = if changes.is_empty() { "" } else { " + changes" };
    Ok(format!("{}, commit {}{changes}", now(), commit.trim()))
}

#[expect(clippy::disallowed_methods, reason = "evidence says when it was taken")]
fn now() -> String {
    Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn replaced(text: &str, name: &str, body: &str) -> Result<String> {
    let begin = format!("<!-- {name}:begin -->\n");
    let end = format!("<!-- {name}:end -->");
    let parts = text.split_once(&begin).and_then(|(before, rest)| {
        let (_, after) = rest.split_once(&end)?;
        Some((before, after))
    });
    let (before, after) =
        parts.with_context(|| format!("{FILE} has no markers {name}:begin and {name}:end"))?;
    Ok(format!("{before}{begin}{}\n{end}{after}", body.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_between_the_markers_changes() {
        let text = "a\n<!-- x:begin -->\nold\n<!-- x:end -->\nb\n";
        let new = replaced(text, "x", "new\n").unwrap();
        assert_eq!(new, "a\n<!-- x:begin -->\nnew\n<!-- x:end -->\nb\n");
        assert_eq!(replaced(&new, "x", "new").unwrap(), new);
        assert!(replaced(text, "y", "new").is_err());
    }
}
