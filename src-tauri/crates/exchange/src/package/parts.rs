//! Which part of the package is the workbook, and which part holds which sheet.
//!
//! Only the names are wanted; the reader of cells follows the same relations by itself.

use std::io::Read;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{Archive, is, part_names, zip_fault};
use crate::error::ExchangeError;

/// These parts are small in every honest file.
const MOST: u64 = 8 * 1024 * 1024;

/// The workbook's part, as the relations of the package name it.
pub(super) fn main_part(archive: &mut Archive) -> Result<String, ExchangeError> {
    let mut found = None;
    for_elements(archive, "_rels/.rels", "Relationship", |element| {
        let kind = attribute(element, "Type").unwrap_or_default();
        if kind.ends_with("/officeDocument") {
            found = attribute(element, "Target");
        }
    })?;
    let target = found.unwrap_or_else(|| "xl/workbook.xml".to_owned());
    Ok(target.trim_start_matches('/').to_owned())
}

/// Name and part of every sheet, in the order of the workbook.
pub(super) fn sheets(
    archive: &mut Archive,
    workbook: &str,
) -> Result<Vec<(String, String)>, ExchangeError> {
    let (folder, file) = workbook.rsplit_once('/').unwrap_or(("", workbook));
    let relations = format!("{folder}/_rels/{file}.rels");
    let mut targets = Vec::new();
    let wanted = relations.trim_start_matches('/');
    for_elements(archive, wanted, "Relationship", |element| {
        if let (Some(id), Some(target)) = (attribute(element, "Id"), attribute(element, "Target")) {
            let part = match target.strip_prefix('/') {
                Some(absolute) => absolute.to_owned(),
                None => format!("{folder}/{target}"),
            };
            targets.push((id, part));
        }
    })?;
    let mut sheets = Vec::new();
    for_elements(archive, workbook, "sheet", |element| {
        let id = attribute(element, "id").unwrap_or_default();
        let part = targets.iter().find(|(i, _)| *i == id);
        if let (Some(name), Some((_, part))) = (attribute(element, "name"), part) {
            sheets.push((name, part.clone()));
        }
    })?;
    Ok(sheets)
}

/// Reads a part and hands over every element of a name; a missing part has none.
fn for_elements(
    archive: &mut Archive,
    part: &str,
    element_name: &str,
    mut each: impl FnMut(&BytesStart<'_>),
) -> Result<(), ExchangeError> {
    let Some(index) = part_names(archive).iter().position(|n| is(n, part)) else {
        return Ok(());
    };
    let entry = archive.by_index(index).map_err(|e| zip_fault(part, &e))?;
    let mut text = Vec::new();
    entry
        .take(MOST)
        .read_to_end(&mut text)
        .map_err(|e| ExchangeError::damaged(part, &e))?;
    let text = String::from_utf8_lossy(&text);
    let mut reader = Reader::from_str(&text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(e) | Event::Empty(e)) if e.local_name().as_ref() == element_name => {
                each(&e);
            }
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => {}
            Err(fault) => return Err(ExchangeError::damaged(part, &fault)),
        }
    }
}

/// The value of an attribute, by its name without prefix.
fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    element.attributes().flatten().find_map(|a| {
        (a.key.local_name().as_ref() == name)
            .then(|| a.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok())
            .flatten()
            .map(std::borrow::Cow::into_owned)
    })
}
