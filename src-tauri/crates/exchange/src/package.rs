//! The zip package of a workbook, looked at before anything reads it.
//!
//! The reader of cells trusts the package; this module is the reason why it may. Every part that
//! will be read is unpacked once and counted, so that no declared size is believed (the zip reader
//! stops at a part that is larger than it says). What a sheet
//! says beside its cells (hidden rows and columns, merged cells) is picked up in the same pass.
//! Not here: the cells themselves (`workbook`).

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use zip::ZipArchive;

use crate::error::{ExchangeError, FileKind, Measure};
use crate::limits::Limits;

mod parts;
mod scan;

pub use scan::{Layout, Merge};

/// A checked package.
#[derive(Debug)]
pub(crate) struct Package {
    /// Sheet name and what the sheet says beside its cells, in the order of the workbook.
    pub(crate) layouts: Vec<(String, Layout)>,
}

type Archive = ZipArchive<BufReader<File>>;

/// Checks a package against the limits and surveys its sheets.
///
/// # Errors
/// Typed: too large, unsafe, damaged, or no workbook.
pub(crate) fn survey(path: &Path, limits: &Limits) -> Result<Package, ExchangeError> {
    let mut file = File::open(path).map_err(ExchangeError::io(path))?;
    check_directory_size(path, &mut file, limits)?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|e| zip_fault("zip", &e))?;
    check_entries(&mut archive, limits)?;
    let names = part_names(&archive);
    if !names.iter().any(|n| is(n, "[Content_Types].xml")) {
        return Err(not_a_workbook(&names));
    }
    let workbook = parts::main_part(&mut archive)?;
    if !names.iter().any(|n| is(n, &workbook)) {
        return Err(not_a_workbook(&names));
    }
    let mut total = 0_u64;
    let mut layouts = Vec::new();
    for (index, name) in names.iter().enumerate() {
        if is_read(name) {
            let layout = count_part(&mut archive, index, name, &mut total, limits)?;
            layouts.push((name.clone(), layout));
        }
    }
    let sheets = parts::sheets(&mut archive, &workbook)?;
    if sheets.len() as u64 > limits.sheets {
        return Err(ExchangeError::too_large(
            Measure::Sheets,
            limits.sheets,
            sheets.len() as u64,
        ));
    }
    let layouts = sheets
        .into_iter()
        .map(|(name, part)| {
            let found = layouts.iter().position(|(n, _)| is(n, &part));
            (
                name,
                found.map_or_else(Layout::default, |at| layouts[at].1.clone()),
            )
        })
        .collect();
    Ok(Package { layouts })
}

/// Refuses a directory of too many entries before it is read into memory.
fn check_directory_size(
    path: &Path,
    file: &mut File,
    limits: &Limits,
) -> Result<(), ExchangeError> {
    const END: [u8; 4] = *b"PK\x05\x06";
    const END_SIZE: usize = 22;
    let size = file
        .seek(SeekFrom::End(0))
        .map_err(ExchangeError::io(path))?;
    if size > limits.file {
        return Err(ExchangeError::too_large(Measure::File, limits.file, size));
    }
    let tail_size = size.min(END_SIZE as u64 + 0x1_0000);
    file.seek(SeekFrom::Start(size - tail_size))
        .map_err(ExchangeError::io(path))?;
    let mut tail = Vec::new();
    file.take(tail_size)
        .read_to_end(&mut tail)
        .map_err(ExchangeError::io(path))?;
    for at in memchr::memmem::find_iter(&tail, &END) {
        let Some(record) = tail.get(at..at + END_SIZE) else {
            continue;
        };
        let comment = usize::from(u16::from_le_bytes([record[20], record[21]]));
        if at + END_SIZE + comment > tail.len() {
            continue;
        }
        // 0xFFFF points to a larger count elsewhere (zip64), which no ledger needs.
        let entries = u64::from(u16::from_le_bytes([record[10], record[11]]));
        if entries > limits.parts {
            return Err(ExchangeError::too_large(
                Measure::Parts,
                limits.parts,
                entries,
            ));
        }
    }
    file.seek(SeekFrom::Start(0))
        .map_err(ExchangeError::io(path))?;
    Ok(())
}

/// What the directory says of every part: name, size, ratio, place.
fn check_entries(archive: &mut Archive, limits: &Limits) -> Result<(), ExchangeError> {
    let count = archive.len() as u64;
    if count > limits.parts {
        return Err(ExchangeError::too_large(
            Measure::Parts,
            limits.parts,
            count,
        ));
    }
    let mut declared = 0_u64;
    for index in 0..archive.len() {
        let entry = archive
            .by_index_raw(index)
            .map_err(|e| zip_fault("zip", &e))?;
        let name = entry
            .name()
            .map(std::borrow::Cow::into_owned)
            .unwrap_or_default();
        if let Some(why) = name_fault(&name) {
            return Err(ExchangeError::Unsafe { part: name, why });
        }
        if entry.encrypted() {
            return Err(ExchangeError::Encrypted);
        }
        if entry.is_symlink() {
            return Err(ExchangeError::Unsafe {
                part: name,
                why: "link",
            });
        }
        if entry.size() > limits.part {
            return Err(ExchangeError::too_large(
                Measure::Part,
                limits.part,
                entry.size(),
            ));
        }
        check_ratio(entry.size(), entry.compressed_size(), limits)?;
        declared = declared.saturating_add(entry.size());
    }
    if declared > limits.unpacked {
        return Err(ExchangeError::too_large(
            Measure::Unpacked,
            limits.unpacked,
            declared,
        ));
    }
    let twice = archive.has_duplicate_names();
    let overlap = archive
        .has_overlapping_entries()
        .map_err(|e| zip_fault("zip", &e))?;
    let why = match (twice, overlap) {
        (_, true) => "overlap",
        (true, _) => "name_twice",
        _ => return Ok(()),
    };
    Err(ExchangeError::Unsafe {
        part: String::new(),
        why,
    })
}

fn check_ratio(unpacked: u64, packed: u64, limits: &Limits) -> Result<(), ExchangeError> {
    const SMALL: u64 = 1024 * 1024;
    let ratio = unpacked / packed.max(1);
    if unpacked > SMALL && ratio > limits.ratio {
        return Err(ExchangeError::too_large(
            Measure::Ratio,
            limits.ratio,
            ratio,
        ));
    }
    Ok(())
}

/// Why a part's name is refused. Nothing is ever unpacked to a folder, yet a name that would
/// climb out of one says that the package was made to deceive.
fn name_fault(name: &str) -> Option<&'static str> {
    let climbs = name.split(['/', '\\']).any(|step| step == "..");
    let absolute = name.starts_with(['/', '\\']) || name.contains(':');
    if climbs || absolute {
        Some("path")
    } else if name.is_empty() || name.chars().any(char::is_control) {
        Some("name")
    } else {
        None
    }
}

fn part_names(archive: &Archive) -> Vec<String> {
    (0..archive.len())
        .map(|index| match archive.name_for_index(index) {
            Some(Ok(name)) => name.into_owned(),
            _ => String::new(),
        })
        .collect()
}

/// Part names are compared without case, as the standard asks, and with either slash.
fn is(name: &str, wanted: &str) -> bool {
    let plain = |c: char| {
        if c == '\\' {
            '/'
        } else {
            c.to_ascii_lowercase()
        }
    };
    name.chars().map(plain).eq(wanted.chars().map(plain))
}

fn ends(name: &str, end: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with(end)
}

/// Parts that a reader of cells may open; pictures and macros are never touched.
fn is_read(name: &str) -> bool {
    ends(name, ".xml") || ends(name, ".rels")
}

/// Unpacks one part, counts it and, for a sheet, notes its layout.
fn count_part(
    archive: &mut Archive,
    index: usize,
    name: &str,
    total: &mut u64,
    limits: &Limits,
) -> Result<Layout, ExchangeError> {
    let mut part = archive.by_index(index).map_err(|e| zip_fault(name, &e))?;
    let is_sheet = name.contains("sheets/") || name.contains("sheets\\");
    let element_limit = if ends(name, "sharedstrings.xml") {
        limits.string_elements
    } else {
        limits.elements
    };
    let part_limit = if ends(name, "styles.xml") {
        limits.styles
    } else {
        limits.part
    };
    let mut scanner = scan::Scanner::default();
    let mut chunk = vec![0_u8; 64 * 1024];
    let (mut size, mut elements) = (0_u64, 0_u64);
    loop {
        let read = part
            .read(&mut chunk)
            .map_err(|e| ExchangeError::damaged(name, &e))?;
        if read == 0 {
            break;
        }
        size += read as u64;
        *total += read as u64;
        if size > part_limit {
            return Err(ExchangeError::too_large(Measure::Part, part_limit, size));
        }
        if *total > limits.unpacked {
            return Err(ExchangeError::too_large(
                Measure::Unpacked,
                limits.unpacked,
                *total,
            ));
        }
        if is_sheet {
            scanner.feed(&chunk[..read]);
        } else {
            elements += memchr::memchr_iter(b'<', &chunk[..read]).count() as u64;
            if elements > element_limit {
                return Err(ExchangeError::too_large(
                    Measure::Elements,
                    element_limit,
                    elements,
                ));
            }
        }
    }
    Ok(scanner.finish())
}

fn not_a_workbook(names: &[String]) -> ExchangeError {
    let has = |wanted: &str| names.iter().any(|n| is(n, wanted));
    let found = if has("xl/workbook.bin") {
        FileKind::Xlsb
    } else if has("content.xml") && has("mimetype") {
        FileKind::Ods
    } else {
        FileKind::OtherZip
    };
    ExchangeError::NotAWorkbook { found }
}

pub(crate) fn zip_fault(part: &str, fault: &zip::result::ZipError) -> ExchangeError {
    ExchangeError::damaged(part, fault)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_climb_or_start_at_a_root_are_refused() {
        for name in [
            "../x",
            "a/../../x",
            "a\\..\\x",
            "/abs",
            "C:\\x",
            "x:ads",
            "",
            "a\u{7}",
        ] {
            assert!(name_fault(name).is_some(), "{name:?}");
        }
        for name in [
            "xl/workbook.xml",
            "[Content_Types].xml",
            "xl\\worksheets\\表1.xml",
            "a..b",
        ] {
            assert_eq!(name_fault(name), None, "{name:?}");
        }
    }

    #[test]
    fn parts_are_found_without_regard_to_case_and_slash() {
        assert!(is("xl\\Workbook.xml", "XL/workbook.xml"));
        assert!(!is("xl/workbook.xml", "xl/workbook.xm"));
    }
}
