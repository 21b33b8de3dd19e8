//! Running words with places for values: `本办公室于{received_at:date}收到…`.
//!
//! `{path:format}` is a value, `{path:format:8}` gives its place on a blank paper a width of eight
//! characters (`{path::8}` without a format), `{path|words}` gives the words of a filled paper when
//! there is no value; `{@page}` and the like are filled by the layout; `{{` and `}}` are braces.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::path::Binding;

/// Width of a ruled gap in characters where a template names none.
const USUAL_GAP: u8 = 6;

/// Words and places in the order of reading.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct Template {
    source: String,
    pieces: Vec<Piece>,
}

/// One stretch of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words printed as they stand.
    Words(String),
    /// A bound value.
    Value {
        /// Where it comes from and how it is written.
        binding: Binding,
        /// Width of the ruled gap on a blank paper, in characters.
        gap: u8,
        /// Words that stand for a missing value on a filled paper.
        fallback: Option<String>,
    },
    /// Something only the layout knows.
    Special(Special),
}

/// Values that belong to the sheet, not to the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Special {
    /// Number of this page.
    Page,
    /// Number of pages of this copy.
    Pages,
    /// Form code as the office writes it.
    Code,
    /// Form version.
    Version,
    /// Form title as the office writes it.
    Title,
    /// Label of this copy, such as 存根.
    Copy,
}

impl Special {
    fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "page" => Self::Page,
            "pages" => Self::Pages,
            "code" => Self::Code,
            "version" => Self::Version,
            "title" => Self::Title,
            "copy" => Self::Copy,
            _ => return None,
        })
    }
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// What is wrong and at which place, in words for the author of a form file.
    pub fn parse(source: &str) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut words = String::new();
        let mut rest = source;
        while let Some(at) = rest.find(['{', '}']) {
            words.push_str(&rest[..at]);
            let brace = &rest[at..];
            if let Some(after) = brace.strip_prefix("{{") {
                words.push('{');
                rest = after;
            } else if let Some(after) = brace.strip_prefix("}}") {
                words.push('}');
                rest = after;
            } else {
                let (inside, after) = brace
                    .strip_prefix('{')
                    .and_then(|open| open.split_once('}'))
                    .ok_or_else(|| format!("unpaired brace in `{source}`"))?;
                if !words.is_empty() {
                    pieces.push(Piece::Words(std::mem::take(&mut words)));
                }
                pieces.push(place(inside)?);
                rest = after;
            }
        }
        words.push_str(rest);
        if !words.is_empty() {
            pieces.push(Piece::Words(words));
        }
        Ok(Self {
            source: source.to_owned(),
            pieces,
        })
    }

    /// The stretches in order.
    #[must_use]
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The bindings in order.
    pub fn bindings(&self) -> impl Iterator<Item = &Binding> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Value { binding, .. } => Some(binding),
            _ => None,
        })
    }
}

fn place(inside: &str) -> Result<Piece, String> {
    if let Some(name) = inside.strip_prefix('@') {
        return Special::from_name(name)
            .map(Piece::Special)
            .ok_or_else(|| format!("`@{name}` is not known in templates"));
    }
    let (inside, fallback) = match inside.split_once('|') {
        Some((inside, words)) => (inside, Some(words.to_owned())),
        None => (inside, None),
    };
    let mut parts = inside.split(':');
    let path = parts.next().unwrap_or_default().parse()?;
    let format = match parts.next() {
        None | Some("") => None,
        Some(name) => Some(name.parse()?),
    };
    let gap = match parts.next() {
        None => USUAL_GAP,
        Some(width) => width
            .parse()
            .ok()
            .filter(|width| (1..=40).contains(width))
            .ok_or_else(|| format!("`{width}` is not a width of 1 to 40 characters"))?,
    };
    if parts.next().is_some() {
        return Err(format!("too many `:` in `{{{inside}}}`"));
    }
    Ok(Piece::Value {
        binding: Binding { path, format },
        gap,
        fallback,
    })
}

impl TryFrom<String> for Template {
    type Error = String;

    fn try_from(source: String) -> Result<Self, String> {
        Self::parse(&source)
    }
}

impl From<Template> for String {
    fn from(template: Template) -> Self {
        template.source
    }
}

impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_cut_into_words_and_places() {
        let template = Template::parse("第{@page}页 {{x}} {a.b:date:12}。").expect("a template");
        let pieces = template.pieces();
        assert_eq!(pieces[0], Piece::Words("第".into()));
        assert_eq!(pieces[1], Piece::Special(Special::Page));
        assert_eq!(pieces[2], Piece::Words("页 {x} ".into()));
        assert!(
            matches!(&pieces[3], Piece::Value { gap: 12, binding, .. } if binding.format.is_some())
        );
        assert_eq!(pieces[4], Piece::Words("。".into()));
        let template = Template::parse("{name::8|未留姓名}：").expect("a template");
        assert!(matches!(
            &template.pieces()[0],
            Piece::Value { gap: 8, fallback: Some(words), .. } if words == "未留姓名"
        ));
    }

    #[test]
    fn broken_templates_are_refused() {
        for source in [
            "{",
            "}",
            "{a",
            "{@leaf}",
            "{a:date:0}",
            "{a:date:x}",
            "{a:b}",
            "{a:date:3:4}",
        ] {
            assert!(Template::parse(source).is_err(), "{source}");
        }
    }
}
