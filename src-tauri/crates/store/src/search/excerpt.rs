//! Where in a record the text was found, and the words around it, as they were typed.

use domain::text::fold;

use super::Hit;
use super::index::key_of;
use super::query::Query;
use super::text::{NUMBER, shown};
use crate::error::Result;
use crate::read::Source;
use crate::rows;
use crate::schema::Table;
use rusqlite::OptionalExtension as _;

/// Longer texts are cut to about so many characters around the place.
const EXCERPT_CHARS: usize = 60;
/// So many characters stand before the place.
const BEFORE_CHARS: usize = 16;

/// Fills in field and excerpt of a hit.
pub(super) fn fill(
    src: Source<'_>,
    table: &Table,
    query: &Query,
    doc: i64,
    hit: &mut Hit,
) -> Result<()> {
    let text: Option<String> = src
        .conn
        .prepare_cached("SELECT text FROM search_doc WHERE doc = ?1")?
        .query_row([doc], |row| row.get(0))
        .optional()?;
    let Some((_, path)) = text.as_deref().and_then(|text| query.tier_of(text)) else {
        return Ok(());
    };
    path.clone_into(&mut hit.field);
    if path == NUMBER {
        hit.excerpt = hit.number.clone().unwrap_or_default();
        return Ok(());
    }
    let Some(record) = rows::by_key(src, table.name(), key_of(doc))? else {
        return Ok(());
    };
    let catalog = src.shared.env.catalog;
    let (field, texts) = match path.split_once('.') {
        None => {
            let field = table.field(path)?;
            (
                field,
                Vec::from_iter(shown(catalog, field, record.values.get(path))),
            )
        }
        Some((register, id)) => {
            let field = src.shared.schema.lines(register)?.field(id)?;
            let lines = rows::lines(src, record.uuid, register)?;
            (
                field,
                lines
                    .iter()
                    .filter_map(|l| shown(catalog, field, l.values.get(id)))
                    .collect(),
            )
        }
    };
    let place = |text: &String| query.parts.iter().find_map(|part| locate(text, &part.text));
    let found = texts
        .iter()
        .find_map(|text| place(text).map(|at| (text, at)));
    // A name found by its pinyin has no place of its own.
    let Some((text, at)) = found.or_else(|| texts.first().map(|text| (text, 0))) else {
        return Ok(());
    };
    hit.excerpt = if field.personal.is_some() {
        text.clone()
    } else {
        cut(text, at)
    };
    Ok(())
}

/// The place, in characters, at which a folded part begins in a text as typed.
fn locate(text: &str, part: &str) -> Option<usize> {
    let mut folded = String::new();
    let mut starts = Vec::new();
    for (at, c) in text.chars().enumerate() {
        let piece = fold(c.encode_utf8(&mut [0; 4]));
        starts.resize(starts.len() + piece.len(), at);
        folded.push_str(&piece);
    }
    starts.get(folded.find(part)?).copied()
}

/// A text cut around a place, with marks where something was left out.
fn cut(text: &str, at: usize) -> String {
    let length = text.chars().count();
    if length <= EXCERPT_CHARS {
        return text.replace('\n', " ");
    }
    let from = at.saturating_sub(BEFORE_CHARS).min(length - EXCERPT_CHARS);
    let mut excerpt = String::new();
    if from > 0 {
        excerpt.push('…');
    }
    excerpt.extend(
        text.chars()
            .skip(from)
            .take(EXCERPT_CHARS)
            .map(|c| match c {
                '\n' | '\t' => ' ',
                c => c,
            }),
    );
    if from + EXCERPT_CHARS < length {
        excerpt.push('…');
    }
    excerpt
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_located_in_the_text_as_it_was_typed() {
        assert_eq!(locate("（１２ 号楼）渗漏", "号楼)渗"), Some(4));
        assert_eq!(locate("𠅤ＡＢ", "b"), Some(2));
        assert_eq!(locate("甲乙", "丙"), None);
    }

    #[test]
    fn a_long_text_is_cut_around_the_place_and_says_so() {
        let text = format!("{}渗漏{}", "前".repeat(100), "后".repeat(100));
        let excerpt = cut(&text, 100);
        assert!(excerpt.starts_with('…') && excerpt.ends_with('…') && excerpt.contains("渗漏"));
        assert_eq!(excerpt.chars().count(), EXCERPT_CHARS + 2);
        assert_eq!(cut("短", 0), "短");
    }
}
