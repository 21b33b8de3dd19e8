//! The small grammar of bindings.
//!
//! ```text
//! binding := path [ ":" format ]
//! path    := "#" | [ "." ] step { "." step }
//! step    := name { "[" name "=" value "]" } | "first" | "last" | "count"
//! ```
//!
//! `complaint.project.name` walks links; `actions[step=record_visit].last.person` filters lines by
//! a field and takes one; a field asked of several lines is joined by 、; `.name` starts at the
//! item of a repeated row and `#` is its number.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::format::Format;

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Step {
    /// A field of a record, or a hop over a link.
    Field(String),
    /// The lines whose field has this value.
    Where(String, String),
    /// The first line.
    First,
    /// The last line.
    Last,
    /// How many lines there are.
    Count,
}

/// A path over the data tree.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct Path {
    /// Starts at the item of a repeated row instead of the root.
    pub relative: bool,
    /// The steps; none stands for the number of the row (`#`).
    pub steps: Vec<Step>,
}

/// A path with the format its value is written in; none means the format of the value's kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct Binding {
    /// Where the value is.
    pub path: Path,
    /// How it is written.
    pub format: Option<Format>,
}

impl Path {
    /// Whether this is `#`, the number of a repeated row.
    #[must_use]
    pub fn is_number(&self) -> bool {
        self.steps.is_empty()
    }

    /// The field names along the path, without filters and picks, for checking against specs.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().filter_map(|step| match step {
            Step::Field(name) => Some(name.as_str()),
            _ => None,
        })
    }
}

/// When a block is shown: the value at a path has this code (`accepted=true`).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct Condition {
    /// Where the value is.
    pub path: Path,
    /// Code of a choice, `true`, `false`, or the text itself.
    pub value: String,
}

impl TryFrom<String> for Condition {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let (path, value) = text
            .split_once('=')
            .ok_or_else(|| format!("`{text}` is not path=value"))?;
        Ok(Self {
            path: path.parse()?,
            value: value.to_owned(),
        })
    }
}

impl From<Condition> for String {
    fn from(condition: Condition) -> Self {
        format!("{}={}", condition.path, condition.value)
    }
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

fn parse_steps(text: &str) -> Result<Vec<Step>, String> {
    let mut steps = Vec::new();
    for part in text.split('.') {
        let (name, mut filters) = part.split_at(part.find('[').unwrap_or(part.len()));
        match name {
            "first" => steps.push(Step::First),
            "last" => steps.push(Step::Last),
            "count" => steps.push(Step::Count),
            name if is_name(name) => steps.push(Step::Field(name.to_owned())),
            other => return Err(format!("`{other}` is not a field name in path `{text}`")),
        }
        while let Some(rest) = filters.strip_prefix('[') {
            let (inside, after) = rest
                .split_once(']')
                .ok_or_else(|| format!("`[` without `]` in `{text}`"))?;
            let (field, value) = inside
                .split_once('=')
                .filter(|(field, value)| is_name(field) && !value.is_empty())
                .ok_or_else(|| format!("`[{inside}]` is not [field=value] in `{text}`"))?;
            steps.push(Step::Where(field.to_owned(), value.to_owned()));
            filters = after;
        }
        if !filters.is_empty() {
            return Err(format!("`{filters}` is left over in path `{text}`"));
        }
    }
    Ok(steps)
}

impl FromStr for Path {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "#" {
            return Ok(Self {
                relative: true,
                steps: Vec::new(),
            });
        }
        let (relative, rest) = match text.strip_prefix('.') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        Ok(Self {
            relative,
            steps: parse_steps(rest)?,
        })
    }
}

impl TryFrom<String> for Path {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Path> for String {
    fn from(path: Path) -> Self {
        path.to_string()
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(name) => f.write_str(name),
            Self::Where(field, value) => write!(f, "[{field}={value}]"),
            Self::First => f.write_str("first"),
            Self::Last => f.write_str("last"),
            Self::Count => f.write_str("count"),
        }
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_number() {
            return f.write_str("#");
        }
        for (index, step) in self.steps.iter().enumerate() {
            let dot = !matches!(step, Step::Where(..)) && (index > 0 || self.relative);
            write!(f, "{}{step}", if dot { "." } else { "" })?;
        }
        Ok(())
    }
}

impl FromStr for Binding {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (path, format) = match text.rsplit_once(':') {
            Some((path, format)) => (path, Some(format.parse()?)),
            None => (text, None),
        };
        Ok(Self {
            path: path.parse()?,
            format,
        })
    }
}

impl TryFrom<String> for Binding {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Binding> for String {
    fn from(binding: Binding) -> Self {
        binding.to_string()
    }
}

impl fmt::Display for Binding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.format {
            Some(format) => write!(f, "{}:{}", self.path, format.name()),
            None => write!(f, "{}", self.path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_written_as_it_was_read() {
        for text in [
            "#",
            ".number",
            "project.name",
            "actions[step=record_visit].last.person",
            "actions[step=record_visit][round=2].count",
        ] {
            assert_eq!(text.parse::<Path>().expect("a path").to_string(), text);
        }
        let binding: Binding = "received_at:hour".parse().expect("a binding");
        assert_eq!(binding.format, Some(Format::Hour));
        assert_eq!(binding.to_string(), "received_at:hour");
    }

    #[test]
    fn wrong_paths_and_formats_are_refused_with_the_place() {
        for text in [
            "", "a..b", "A", "a b", "a[b]", "a[b=]", "a[b=c", "a[b=c]d", "项目",
        ] {
            assert!(text.parse::<Path>().is_err(), "{text} is not a path");
        }
        let refusal = "a:dat".parse::<Binding>().expect_err("no such format");
        assert!(refusal.contains("dat"), "{refusal}");
    }
}
