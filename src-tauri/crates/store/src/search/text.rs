//! The search text of a record: what its searchable fields and lines say, folded, with the tier
//! and the field before each piece. Kept in `search_doc`, so that a hit can be proved and placed
//! without reading the record.
//!
//! One piece a line: `<tier 1-4><field>\t<folded text>`; names also `y<field>\t<reading> <reading>`
//! with `'` between syllables. Folded text holds no white space, so the marks cannot be mistaken.

use domain::pinyin;
use domain::spec::{Catalog, FieldKind, FieldSpec, SearchTier};
use domain::text::fold;
use domain::value::{Value, Values};

use crate::error::Result;
use crate::read::Source;
use crate::rows;
use crate::schema::Table;

/// The pseudo-field of a record's number.
pub(crate) const NUMBER: &str = "number";

pub(crate) const TIERS: [SearchTier; 4] = [
    SearchTier::Number,
    SearchTier::Name,
    SearchTier::Phone,
    SearchTier::Text,
];

/// Place of a tier among [`TIERS`].
pub(crate) fn rank(tier: SearchTier) -> usize {
    match tier {
        SearchTier::Number => 0,
        SearchTier::Name => 1,
        SearchTier::Phone => 2,
        SearchTier::Text => 3,
    }
}

/// The search text of a record, or `None` when nothing of its register is searched or it lies in
/// the recycle bin.
pub(crate) fn of_record(src: Source<'_>, table: &Table, key: i64) -> Result<Option<String>> {
    let Some(record) = rows::by_key(src, table.name(), key)? else {
        return Ok(None);
    };
    if record.deleted.is_some() {
        return Ok(None);
    }
    let catalog = src.shared.env.catalog;
    let mut text = String::new();
    if let Some(number) = &record.number {
        piece(&mut text, SearchTier::Number, NUMBER, &fold(number));
    }
    fields(&mut text, catalog, table, &record.values, "");
    for child in &table.children {
        let lines = src.shared.schema.lines(child)?;
        if lines.fields.iter().any(|f| f.search.is_some()) {
            for line in rows::lines(src, record.uuid, child)? {
                fields(
                    &mut text,
                    catalog,
                    lines,
                    &line.values,
                    &format!("{child}."),
                );
            }
        }
    }
    Ok((!text.is_empty()).then_some(text))
}

fn fields(text: &mut String, catalog: &Catalog, table: &Table, values: &Values, prefix: &str) {
    for field in &table.fields {
        let Some(tier) = field.search else { continue };
        let Some(shown) = shown(catalog, field, values.get(&field.id)) else {
            continue;
        };
        let path = format!("{prefix}{}", field.id);
        piece(text, tier, &path, &fold(&shown));
        if field.pinyin {
            readings(text, &path, &shown);
        }
    }
}

/// A value as it is searched: choices by their label, all else as stored.
pub(crate) fn shown(catalog: &Catalog, field: &FieldSpec, value: &Value) -> Option<String> {
    let stored = value.stored().filter(|text| !text.is_empty())?;
    match (field.kind, &field.list) {
        (FieldKind::Choice, Some(list)) => Some(catalog.label(list, &stored).to_owned()),
        _ => Some(stored),
    }
}

fn piece(text: &mut String, tier: SearchTier, path: &str, folded: &str) {
    if folded.is_empty() {
        return;
    }
    text.push(char::from(b'1' + u8::try_from(rank(tier)).unwrap_or(3)));
    text.push_str(path);
    text.push('\t');
    text.push_str(folded);
    text.push('\n');
}

fn readings(text: &mut String, path: &str, name: &str) {
    let mut readings: Vec<String> = pinyin::readings(name)
        .iter()
        .map(|syllables| syllables.join("'"))
        .collect();
    readings.sort();
    readings.dedup();
    if readings.is_empty() {
        return;
    }
    text.push('y');
    text.push_str(path);
    text.push('\t');
    text.push_str(&readings.join(" "));
    text.push('\n');
}

/// One piece of a search text.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Piece<'a> {
    /// Folded text of a field.
    Plain {
        tier: usize,
        path: &'a str,
        text: &'a str,
    },
    /// Readings of a name.
    Readings { path: &'a str, readings: &'a str },
}

/// The pieces of a search text.
pub(crate) fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    text.split('\n').filter_map(|line| {
        let (head, text) = line.split_once('\t')?;
        let (mark, path) = head.split_at_checked(1)?;
        match mark {
            "y" => Some(Piece::Readings {
                path,
                readings: text,
            }),
            _ => {
                let tier = mark.parse::<usize>().ok()?.checked_sub(1)?;
                Some(Piece::Plain { tier, path, text })
            }
        }
    })
}

/// Whether typed letters begin some syllable of a reading and go on through it, written in full or
/// as initials.
pub(crate) fn reads(reading: &str, typed: &str) -> bool {
    let syllables: Vec<&str> = reading.split('\'').collect();
    (0..syllables.len()).any(|from| {
        let rest = &syllables[from..];
        starts(rest.iter().flat_map(|s| s.bytes()), typed)
            || starts(rest.iter().filter_map(|s| s.bytes().next()), typed)
    })
}

fn starts(mut bytes: impl Iterator<Item = u8>, typed: &str) -> bool {
    typed.bytes().all(|wanted| bytes.next() == Some(wanted))
}

/// The best tier in which a part of a query stands in the text, with the field.
pub(crate) fn best<'a>(text: &'a str, part: &str) -> Option<(usize, &'a str)> {
    let letters = is_letters(part);
    let mut best: Option<(usize, &str)> = None;
    for piece in pieces(text) {
        let found = match piece {
            Piece::Plain { tier, path, text } => text.contains(part).then_some((tier, path)),
            Piece::Readings { path, readings } => (letters
                && readings.split(' ').any(|reading| reads(reading, part)))
            .then_some((rank(SearchTier::Name), path)),
        };
        if let Some(found) = found
            && best.is_none_or(|(tier, _)| found.0 < tier)
        {
            best = Some(found);
        }
    }
    best
}

/// Whether a part of a query may be pinyin.
pub(crate) fn is_letters(part: &str) -> bool {
    part.bytes().all(|b| b.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_is_found_exactly_when_one_of_its_keys_begins_so() {
        for name in ["张三丰", "欧阳长乐", "重庆路", "解缙", "AB单", "吕布"] {
            let keys = pinyin::keys(name);
            let readings = pinyin::readings(name);
            for typed in [
                "z", "zs", "zhangs", "sanfeng", "oycl", "ycl", "changl", "zhangy", "cq", "xj",
                "lvb", "abs", "ng",
            ] {
                let by_keys = keys.iter().any(|key| key.starts_with(typed));
                let by_readings = readings.iter().any(|r| reads(&r.join("'"), typed));
                assert_eq!(by_keys, by_readings, "{name} {typed}");
            }
        }
    }
}
