//! 补打: a copy of a kept PDF with the words of the reprint in the strip that forms keep free.

use std::collections::BTreeMap;

use domain::form::{Align, Face};
use lopdf::{Document, Object, ObjectId, Stream, StringFormat, dictionary};

use super::{compress, save};
use crate::display::{self, Area, Page};
use crate::emit;
use crate::error::PrintError;
use crate::page::STRIP;
use crate::table::place_line;
use crate::text::{Inline, Paragraph, Setting, normalise, set};

/// Size of the words.
const SIZE: i32 = 8_000;
/// Resource names of the stamp begin with this, so that they meet none of the paper's.
const PREFIX: &str = "Reprint";

fn unreadable(error: &impl ToString) -> PrintError {
    PrintError::KeptUnreadable {
        reason: error.to_string(),
    }
}

/// Puts `text` (such as `补打 2026年11月21日09时05分`) into the reprint strip of every page of a PDF
/// that [`crate::emit()`] made. Nothing else changes; the same input gives the same bytes.
///
/// # Errors
/// [`PrintError::KeptUnreadable`] when the bytes are no such PDF, [`PrintError::Uncovered`] when
/// no face has a character of `text`.
pub fn stamp_reprint(pdf: &[u8], text: &str) -> Result<Vec<u8>, PrintError> {
    let mut kept = Document::load_mem(pdf).map_err(|e| unreadable(&e))?;
    let first = first_id(&kept);
    let missing = crate::font::uncovered(text);
    if !missing.is_empty() {
        return Err(PrintError::Uncovered {
            characters: missing,
        });
    }
    let pages: Vec<ObjectId> = kept.get_pages().into_values().collect();
    let mut stamps: BTreeMap<(i32, i32), ObjectId> = BTreeMap::new();
    let mut opened = None;
    for page in pages {
        let size = sheet(&kept, page)?;
        let stamp = match stamps.get(&size) {
            Some(stamp) => *stamp,
            None => {
                let stamp = import(&mut kept, page, size, text)?;
                stamps.insert(size, stamp);
                stamp
            }
        };
        let open = *opened.get_or_insert_with(|| {
            kept.add_object(Stream::new(dictionary! {}, b"q\n".to_vec()).with_compression(false))
        });
        overlay(&mut kept, page, open, stamp)?;
    }
    compress(&mut kept)?;
    save(&mut kept, first)
}

fn first_id(pdf: &Document) -> Option<Vec<u8>> {
    let parts = pdf.trailer.get(b"ID").and_then(Object::as_array).ok()?;
    match parts.first()? {
        Object::String(bytes, StringFormat::Hexadecimal | StringFormat::Literal) => {
            Some(bytes.clone())
        }
        _ => None,
    }
}

/// Width and height of a page in thousandths of a point.
fn sheet(pdf: &Document, page: ObjectId) -> Result<(i32, i32), PrintError> {
    let page = pdf.get_dictionary(page).map_err(|e| unreadable(&e))?;
    let media = page
        .get(b"MediaBox")
        .and_then(Object::as_array)
        .map_err(|e| unreadable(&e))?;
    let side = |index: usize| {
        let value = media
            .get(index)
            .and_then(|side| side.as_float().ok())
            .unwrap_or(0.0);
        #[expect(clippy::cast_possible_truncation, reason = "a float cast saturates")]
        let side = (value * 1000.0).round() as i32;
        side
    };
    Ok((side(2), side(3)))
}

/// Writes the stamp for one size of sheet, takes its fonts into the kept file, and returns the
/// stream that draws it.
fn import(
    kept: &mut Document,
    page: ObjectId,
    size: (i32, i32),
    text: &str,
) -> Result<ObjectId, PrintError> {
    let mut stamp = emit::write(&[words(size, text)], PREFIX)?.0;
    stamp.renumber_objects_with(kept.max_id + 1);
    let source = stamp
        .get_pages()
        .into_values()
        .next()
        .ok_or_else(|| unreadable(&"the stamp has no page"))?;
    let fonts = fonts_of(&stamp, source)?;
    let names: Vec<(Vec<u8>, Object)> = dictionary_of(&stamp, fonts)?
        .iter()
        .map(|(n, font)| (n.clone(), font.clone()))
        .collect();
    let content = stamp
        .get_dictionary(source)
        .and_then(|page| page.get(b"Contents"))
        .and_then(Object::as_reference)
        .map_err(|e| unreadable(&e))?;
    let Ok(Object::Stream(drawing)) = stamp.get_object(content).cloned() else {
        return Err(unreadable(&"the stamp has no content"));
    };
    for (_, font) in &names {
        adopt(kept, &stamp, font);
    }
    kept.max_id = kept.max_id.max(stamp.max_id);
    let target = fonts_of(kept, page)?;
    let dictionary = kept
        .get_dictionary_mut(target)
        .map_err(|e| unreadable(&e))?;
    for (name, font) in names {
        dictionary.set(name, font);
    }
    let mut closing = b"\nQ\n".to_vec();
    closing.extend_from_slice(&drawing.content);
    Ok(kept.add_object(Stream::new(dictionary! {}, closing)))
}

/// The font dictionary that the pages of a file share.
fn fonts_of(pdf: &Document, page: ObjectId) -> Result<ObjectId, PrintError> {
    let resources = pdf
        .get_dictionary(page)
        .and_then(|page| page.get(b"Resources"))
        .and_then(Object::as_reference)
        .map_err(|e| unreadable(&e))?;
    pdf.get_dictionary(resources)
        .and_then(|resources| resources.get(b"Font"))
        .and_then(Object::as_reference)
        .map_err(|e| unreadable(&e))
}

fn dictionary_of(pdf: &Document, id: ObjectId) -> Result<&lopdf::Dictionary, PrintError> {
    pdf.get_dictionary(id).map_err(|e| unreadable(&e))
}

/// Copies what a value points to, and what that points to.
fn adopt(kept: &mut Document, stamp: &Document, value: &Object) {
    match value {
        Object::Reference(id) if !kept.objects.contains_key(id) => {
            if let Ok(object) = stamp.get_object(*id) {
                kept.objects.insert(*id, object.clone());
                adopt(kept, stamp, object);
            }
        }
        Object::Array(items) => items.iter().for_each(|item| adopt(kept, stamp, item)),
        Object::Dictionary(entries) => {
            entries
                .iter()
                .for_each(|(_, entry)| adopt(kept, stamp, entry));
        }
        Object::Stream(stream) => {
            stream
                .dict
                .iter()
                .for_each(|(_, entry)| adopt(kept, stamp, entry));
        }
        _ => {}
    }
}

/// Sets the content of a page to: save, what it was, restore, stamp.
fn overlay(
    kept: &mut Document,
    page: ObjectId,
    open: ObjectId,
    stamp: ObjectId,
) -> Result<(), PrintError> {
    let page = kept.get_dictionary_mut(page).map_err(|e| unreadable(&e))?;
    let mut contents = vec![Object::Reference(open)];
    match page.get(b"Contents").map_err(|e| unreadable(&e))? {
        Object::Array(items) => contents.extend(items.iter().cloned()),
        single => contents.push(single.clone()),
    }
    contents.push(Object::Reference(stamp));
    page.set("Contents", contents);
    Ok(())
}

/// A display list with the words of the stamp at the right of the strip.
fn words(size: (i32, i32), text: &str) -> display::Document {
    let (width, height) = size;
    let edge = domain::form::Mm::whole(20).millipoints();
    let area = Area {
        left: edge,
        top: height - STRIP.0.millipoints(),
        right: width - edge,
        bottom: height - STRIP.1.millipoints(),
    };
    let paragraph = Paragraph::of(Inline::text(Face::Hei, normalise(text).replace('\n', " ")));
    let setting = Setting {
        size: SIZE,
        width: area.right - area.left,
        align: Align::Right,
        tracking: 0,
    };
    let lines = set(
        &[paragraph],
        setting,
        &mut std::collections::BTreeSet::new(),
    );
    let mut items = Vec::new();
    if let Some(line) = lines.first() {
        place_line(
            line,
            area,
            area.top,
            (area.bottom - area.top, SIZE),
            &mut items,
        );
    }
    display::Document {
        form: String::new(),
        version: 0,
        title: String::new(),
        pages: vec![Page {
            width,
            height,
            items,
        }],
        unbound: Vec::new(),
        pictures: BTreeMap::new(),
    }
}
