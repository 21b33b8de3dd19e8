//! Builds packages, honest and false ones.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;

const TYPES: &str =
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
const ROOT: &str = "<Relationships><Relationship Id=\"rId1\" Type=\"http://x/relationships/officeDocument\" \
    Target=\"xl/workbook.xml\"/></Relationships>";
const BOOK: &str = "<workbook xmlns:r=\"http://r\"><sheets><sheet name=\"台账\" sheetId=\"1\" \
    r:id=\"rId1\"/></sheets></workbook>";
const RELATIONS: &str = "<Relationships><Relationship Id=\"rId1\" Type=\"http://x/worksheet\" \
    Target=\"worksheets/sheet1.xml\"/></Relationships>";

/// A deflated package of these parts.
pub(crate) fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default())
            .expect("part");
        zip.write_all(content).expect("content");
    }
    zip.finish().expect("package").into_inner()
}

/// A workbook of one sheet with these rows.
pub(crate) fn sheet_package(rows: &str) -> Vec<u8> {
    package(&[], rows)
}

/// A workbook with more parts.
pub(crate) fn package(more: &[(&str, &str)], rows: &str) -> Vec<u8> {
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let mut parts = vec![
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", ROOT.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ];
    parts.extend(more.iter().map(|(name, text)| (*name, text.as_bytes())));
    zipped(&parts)
}

/// A part that is stored as it is, under any name.
#[derive(Clone)]
pub(crate) struct Entry {
    name: String,
    content: Vec<u8>,
}

impl Entry {
    pub(crate) fn stored(name: &str, content: &[u8]) -> Self {
        Self {
            name: name.to_owned(),
            content: content.to_vec(),
        }
    }
}

/// A zip file byte by byte. `ghosts` are directory entries that point to the part of an index.
pub(crate) fn raw_zip(entries: &[Entry], ghosts: &[(&str, usize)]) -> Vec<u8> {
    let mut file = Vec::new();
    let mut directory = Vec::new();
    let mut starts = Vec::new();
    for entry in entries {
        starts.push(file.len());
        file.extend(b"PK\x03\x04");
        file.extend(fields(&entry.name, &entry.content));
        file.extend(entry.name.as_bytes());
        file.extend(&entry.content);
    }
    let all = entries
        .iter()
        .zip(&starts)
        .map(|(e, s)| (e.name.as_str(), e, *s));
    let ghosts = ghosts
        .iter()
        .map(|(name, at)| (*name, &entries[*at], starts[*at]));
    let mut count = 0_u16;
    for (name, entry, start) in all.chain(ghosts) {
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(fields(name, &entry.content));
        directory.extend([0; 14 - 4]);
        directory.extend(u32::try_from(start).expect("small").to_le_bytes());
        directory.extend(name.as_bytes());
        count = count.saturating_add(1);
    }
    let at = u32::try_from(file.len()).expect("small");
    let size = u32::try_from(directory.len()).expect("small");
    file.extend(directory);
    file.extend(b"PK\x05\x06\0\0\0\0");
    file.extend(count.to_le_bytes());
    file.extend(count.to_le_bytes());
    file.extend(size.to_le_bytes());
    file.extend(at.to_le_bytes());
    file.extend([0, 0]);
    file
}

/// Version to length of the extra field: the same in both headers.
fn fields(name: &str, content: &[u8]) -> Vec<u8> {
    let size = u32::try_from(content.len()).expect("small").to_le_bytes();
    let name = u16::try_from(name.len()).expect("short").to_le_bytes();
    let mut out = vec![20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0];
    out.extend(crc(content).to_le_bytes());
    out.extend(size);
    out.extend(size);
    out.extend(name);
    out.extend([0, 0]);
    out
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |s, _| {
            (s >> 1) ^ (0xEDB8_8320 & 0_u32.wrapping_sub(s & 1))
        })
    })
}
