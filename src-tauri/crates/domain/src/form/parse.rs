//! Reads a form file; every error names the file and the line.

use super::check::{FormError, FormFault};
use super::spec::FormSpec;

impl FormSpec {
    /// Reads and checks a form file.
    ///
    /// # Errors
    /// [`FormError`] with the line of a misspelt key, a wrong kind of value or a broken path, and
    /// without a line for faults between parts (then the block is named).
    pub fn parse(file: &str, source: &str) -> Result<Self, FormError> {
        let spec: Self = toml::from_str(source).map_err(|error| FormError {
            file: file.to_owned(),
            line: error.span().map(|span| line_of(source, span.start)),
            fault: FormFault::Syntax {
                message: error.message().to_owned(),
            },
        })?;
        match spec.faults().into_iter().next() {
            None => Ok(spec),
            Some(fault) => Err(FormError {
                file: file.to_owned(),
                line: None,
                fault,
            }),
        }
    }

    /// The name of the file this form belongs in: `F-02.v1.toml`.
    #[must_use]
    pub fn file_name(&self) -> String {
        format!("{}.v{}.toml", self.code, self.version)
    }
}

fn line_of(source: &str, offset: usize) -> usize {
    source
        .bytes()
        .take(offset)
        .filter(|byte| *byte == b'\n')
        .count()
        + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"
code = "F-99"
version = 1
title = "试表"
subject = "record"

[[block]]
[block.title]

[[block]]
[block.grid]
id = "main"
columns = [30, 140]
[[block.grid.row]]
cells = [{ label = "编号" }, { value = "number" }]
"#;

    #[test]
    fn a_small_form_is_read() {
        let spec = FormSpec::parse("F-99.v1.toml", SMALL).expect("a form");
        assert_eq!(spec.blocks.len(), 2);
        assert_eq!(spec.file_name(), "F-99.v1.toml");
        let paths: Vec<String> = spec
            .paths()
            .iter()
            .map(|(_, path)| path.to_string())
            .collect();
        assert_eq!(paths, ["number"]);
    }

    #[test]
    fn an_unknown_key_is_refused_with_its_line() {
        let wrong = SMALL.replace("columns = [30, 140]", "columns = [30, 140]\nwidth = 3");
        let error = FormSpec::parse("x.toml", &wrong).expect_err("unknown key");
        assert_eq!((error.file.as_str(), error.line), ("x.toml", Some(14)));
        let wrong = SMALL.replace("value = \"number\"", "\n value = \"number:dte\"\n");
        let error = FormSpec::parse("x.toml", &wrong).expect_err("unknown format");
        assert_eq!(error.line, Some(16));
        assert!(error.to_string().contains("dte"), "{error}");
    }

    #[test]
    fn faults_between_parts_are_found() {
        let cases = [
            (
                "columns = [30, 140]",
                "columns = [30, 139]",
                "columns_do_not_fill",
            ),
            ("{ label = \"编号\" }, ", "", "row_not_filled"),
            (
                "{ label = \"编号\" }",
                "{ label = \"编号\", span = 2 }",
                "cell_outside",
            ),
            (
                "label = \"编号\"",
                "label = \"编号\", value = \"number\"",
                "two_contents",
            ),
            (
                "value = \"number\"",
                "value = \".number\"",
                "relative_outside_rows",
            ),
            (
                "{ value = \"number\" }",
                "{ value = \"number\", rows = 2 }",
                "cell_outside",
            ),
            (
                "version = 1",
                "version = 1\n[page.margins]\ntop=20\nright=20\nleft=20\nbottom=12",
                "bottom_margin_too_small",
            ),
        ];
        for (part, broken, code) in cases {
            let source = SMALL.replace(part, broken);
            let source = if code == "bottom_margin_too_small" {
                SMALL.replace("[[block]]\n[block.title]", "[page.margins]\ntop=20\nright=20\nleft=20\nbottom=12\n[[block]]\n[block.title]")
            } else {
                source
            };
            let error = FormSpec::parse("x.toml", &source).expect_err(code);
            assert_eq!(error.fault.code(), code, "{error}");
        }
    }
}
