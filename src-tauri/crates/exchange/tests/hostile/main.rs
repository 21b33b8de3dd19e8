//! Files that were made to harm: each is refused by a typed error within the caps, none ends the
//! program, none is half read in silence.

mod build;
mod fuzz;

use std::fs;
use std::path::{Path, PathBuf};

use build::{Entry, package, raw_zip, sheet_package, zipped};
use domain::spec::Catalog;
use exchange::{Book, ExchangeError, FileKind, Limits, Measure, Options, check};
use tempfile::TempDir;

fn sample() -> Vec<u8> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/ledgers/投诉台账.xlsx");
    fs::read(path).expect("sample")
}

/// Imports bytes under a name, with limits; what it gives is dropped.
fn import_with(bytes: &[u8], name: &str, limits: Limits) -> Result<usize, ExchangeError> {
    let folder = TempDir::new().expect("folder");
    let path: PathBuf = folder.path().join(name);
    fs::write(&path, bytes).expect("file");
    let catalog = Catalog::builtin();
    let spec = catalog.register("complaint").expect("spec");
    let options = Options {
        limits,
        ..Options::default()
    };
    check(&path, catalog, spec, &options).map(|plan| plan.rows.len())
}

fn import(bytes: &[u8]) -> Result<usize, ExchangeError> {
    import_with(bytes, "台账.xlsx", Limits::default())
}

fn refused(bytes: &[u8]) -> ExchangeError {
    import(bytes).expect_err("a hostile file")
}

fn measure(fault: &ExchangeError) -> Option<Measure> {
    match fault {
        ExchangeError::TooLarge { what, .. } => Some(*what),
        _ => None,
    }
}

const HEADER: &str = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>投诉时间</t></is></c>\
    <c r=\"B1\" t=\"inlineStr\"><is><t>投诉内容</t></is></c>\
    <c r=\"C1\" t=\"inlineStr\"><is><t>联系电话</t></is></c></row>";

#[test]
fn two_cells_in_opposite_corners_are_no_sheet_to_allocate() {
    let rows = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>\
        <row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
    let fault = refused(&sheet_package(rows));
    assert_eq!(measure(&fault), Some(Measure::Columns), "{fault:?}");
    // The same distance within the columns of a ledger is a long blank run and one record.
    let rows = format!(
        "{HEADER}<row r=\"1048576\"><c r=\"B1048576\" t=\"inlineStr\"><is><t>末行</t></is></c></row>"
    );
    assert_eq!(import(&sheet_package(&rows)).ok(), Some(1));
}

#[test]
fn a_part_that_says_it_is_too_large_is_not_unpacked() {
    let spaces = " ".repeat(65 * 1024 * 1024);
    let bytes = sheet_package(&spaces);
    assert!(bytes.len() < 100_000, "it packs well: {}", bytes.len());
    assert_eq!(measure(&refused(&bytes)), Some(Measure::Part));
}

#[test]
fn a_part_of_nothing_but_spaces_is_refused_by_its_ratio() {
    let spaces = " ".repeat(8 * 1024 * 1024);
    assert_eq!(
        measure(&refused(&sheet_package(&spaces))),
        Some(Measure::Ratio)
    );
}

#[test]
fn a_part_that_is_larger_than_it_says_is_damaged() {
    let spaces = " ".repeat(3 * 1024 * 1024);
    let mut bytes = sheet_package(&spaces);
    let real = u32::try_from(spaces.len() + sheet_package("").len()).expect("small");
    // Every size field near the real size, in local header, descriptor and directory, is lowered.
    let mut changed = 0;
    for at in 0..bytes.len() - 4 {
        let value = u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
        if (real - 4096..real).contains(&value) {
            bytes[at..at + 4].copy_from_slice(&1000_u32.to_le_bytes());
            changed += 1;
        }
    }
    assert!(changed >= 1, "the directory names the size");
    let fault = refused(&bytes);
    assert!(matches!(fault, ExchangeError::Damaged { .. }), "{fault:?}");
}

#[test]
fn many_shared_strings_are_refused_before_they_are_held() {
    let strings = format!("<sst>{}</sst>", "<si><t>a</t></si>".repeat(400_000));
    let bytes = package(&[("xl/sharedStrings.xml", &strings)], "");
    let limits = Limits {
        ratio: u64::MAX,
        string_elements: 100_000,
        ..Limits::default()
    };
    let fault = import_with(&bytes, "台账.xlsx", limits).expect_err("too many");
    assert_eq!(measure(&fault), Some(Measure::Elements));
}

#[test]
fn many_styles_are_refused_before_they_are_held() {
    let styles = format!(
        "<styleSheet><cellXfs>{}</cellXfs></styleSheet>",
        "<xf/>".repeat(700_000)
    );
    let bytes = package(&[("xl/styles.xml", &styles)], "");
    let limits = Limits {
        ratio: u64::MAX,
        ..Limits::default()
    };
    let fault = import_with(&bytes, "台账.xlsx", limits).expect_err("too many");
    assert_eq!(measure(&fault), Some(Measure::Elements));
}

#[test]
fn overlapping_parts_are_unsafe() {
    let one = Entry::stored("xl/workbook.xml", b"<workbook/>");
    let honest = raw_zip(
        &[
            one.clone(),
            Entry::stored("[Content_Types].xml", b"<Types/>"),
        ],
        &[],
    );
    assert!(!matches!(refused(&honest), ExchangeError::Unsafe { .. }));
    // A second directory entry points into the bytes of the first part.
    let bytes = raw_zip(
        &[one, Entry::stored("[Content_Types].xml", b"<Types/>")],
        &[("xl/sharedStrings.xml", 0)],
    );
    let fault = refused(&bytes);
    assert!(
        matches!(
            fault,
            ExchangeError::Unsafe { why: "overlap", .. } | ExchangeError::Damaged { .. }
        ),
        "{fault:?}"
    );
}

#[test]
fn names_that_climb_out_of_a_folder_are_unsafe() {
    for name in [
        "../x.xml",
        "xl/../../x.xml",
        "/abs.xml",
        "C:/x.xml",
        "xl\\..\\..\\x.xml",
    ] {
        let mut entries = vec![Entry::stored("[Content_Types].xml", b"<Types/>")];
        entries.push(Entry::stored(name, b"x"));
        let fault = refused(&raw_zip(&entries, &[]));
        let unsafe_path = matches!(fault, ExchangeError::Unsafe { why: "path", .. });
        assert!(unsafe_path, "{name}: {fault:?}");
    }
}

#[test]
fn a_directory_of_too_many_parts_is_not_read() {
    let entries: Vec<Entry> = (0..10_001)
        .map(|n| Entry::stored(&format!("xl/{n}.xml"), b""))
        .collect();
    assert_eq!(
        measure(&refused(&raw_zip(&entries, &[]))),
        Some(Measure::Parts)
    );
}

#[test]
fn a_file_cut_anywhere_is_damaged() {
    let whole = sample();
    assert_eq!(import(&whole).ok(), Some(118));
    for cut in (10..whole.len() - 1).step_by(whole.len() / 40) {
        let fault = refused(&whole[..cut]);
        let damaged = matches!(
            fault,
            ExchangeError::Damaged { .. } | ExchangeError::NotAWorkbook { .. }
        );
        assert!(damaged, "cut at {cut}: {fault:?}");
    }
}

#[test]
fn an_encrypted_workbook_is_named_as_such() {
    let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    bytes.resize(70_000, 0);
    let plain = import_with(&bytes, "台账.xls", Limits::default()).expect_err("no reader");
    assert!(!matches!(plain, ExchangeError::Encrypted), "{plain:?}");
    // The name lies across the border of two pieces that are searched.
    bytes.truncate(64 * 1024 - 7);
    bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    bytes.resize(70_000, 0);
    assert!(matches!(refused(&bytes), ExchangeError::Encrypted));
}

#[test]
fn what_is_no_workbook_is_told_by_its_content() {
    let page = b"<html><table><tr><td>1</td></tr></table></html>";
    for (bytes, kind) in [
        (&page[..], FileKind::Html),
        (b"", FileKind::Empty),
        (b"\x00\x01\x02\x03", FileKind::Other),
        (b"%PDF-1.7", FileKind::Other),
        ("时间,内容\n2024-01-01,a\0b\n".as_bytes(), FileKind::Other),
    ] {
        let fault = refused(bytes);
        let named = matches!(fault, ExchangeError::NotAWorkbook { found } if found == kind);
        assert!(named, "{kind:?}: {fault:?}");
    }
    let other = zipped(&[("readme.txt", b"hello")]);
    assert!(matches!(
        refused(&other),
        ExchangeError::NotAWorkbook {
            found: FileKind::OtherZip
        }
    ));
}

#[test]
fn a_text_table_with_a_zero_byte_behind_its_beginning_is_refused() {
    let mut text = "时间,内容\n".repeat(300).into_bytes();
    text.extend(b"a\0b");
    let fault = import_with(&text, "台账.csv", Limits::default()).expect_err("no text");
    assert!(
        matches!(fault, ExchangeError::NotAWorkbook { .. }),
        "{fault:?}"
    );
}

#[test]
fn every_cap_holds_for_an_honest_file_that_is_too_large() {
    let defaults = Limits::default;
    for (limits, what) in [
        (
            Limits {
                file: 1000,
                ..defaults()
            },
            Measure::File,
        ),
        (
            Limits {
                part: 1000,
                ..defaults()
            },
            Measure::Part,
        ),
        (
            Limits {
                unpacked: 100_000,
                ..defaults()
            },
            Measure::Unpacked,
        ),
        (
            Limits {
                parts: 3,
                ..defaults()
            },
            Measure::Parts,
        ),
        (
            Limits {
                elements: 10,
                ..defaults()
            },
            Measure::Elements,
        ),
        (
            Limits {
                sheets: 0,
                ..defaults()
            },
            Measure::Sheets,
        ),
        (
            Limits {
                cells: 100,
                ..defaults()
            },
            Measure::Cells,
        ),
        (
            Limits {
                columns: 5,
                ..defaults()
            },
            Measure::Columns,
        ),
    ] {
        let fault = import_with(&sample(), "台账.xlsx", limits).expect_err("a cap");
        assert_eq!(measure(&fault), Some(what));
    }
}

#[test]
fn deep_and_endless_elements_do_not_end_the_program() {
    let deep = "<a>".repeat(300_000);
    let fault = refused(&sheet_package(&deep));
    assert!(matches!(
        fault.code(),
        "exchange.damaged" | "exchange.too_large" | "exchange.no_table"
    ));
}

#[test]
fn the_sheet_that_is_changed_below_is_read_when_unchanged() {
    assert_eq!(import(&sheet_package(&mixed_rows())).ok(), Some(2));
}

/// A small table with every kind of cell.
fn mixed_rows() -> String {
    format!(
        "{HEADER}<row r=\"2\" hidden=\"1\"><c r=\"A2\"><v>45315.5</v></c>\
         <c r=\"B2\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c><c r=\"C2\" t=\"b\"><v>1</v></c></row>\
         <row r=\"3\"><c r=\"A3\" t=\"d\"><v>2024-03-05T10:00:00</v></c>\
         <c r=\"B3\" t=\"str\"><v>x</v></c></row>"
    )
}

#[test]
fn error_values_newer_than_the_reader_and_formulas_never_computed_are_named() {
    let rows = format!(
        "{HEADER}<row r=\"2\"><c r=\"A2\"><v>45315</v></c><c r=\"B2\" t=\"e\"><v>#SPILL!</v></c>\
         <c r=\"C2\"><f>1+1</f></c></row>\
         <row r=\"3\"><c r=\"A3\" t=\"e\"><v>#CALC!</v></c>\
         <c r=\"B3\" t=\"str\"><f>1</f><v>漏水</v></c></row>"
    );
    let folder = TempDir::new().expect("folder");
    let path = folder.path().join("x.xlsx");
    fs::write(&path, sheet_package(&rows)).expect("file");
    let catalog = Catalog::builtin();
    let spec = catalog.register("complaint").expect("spec");
    let plan = check(&path, catalog, spec, &Options::default()).expect("plan");
    let found: Vec<_> = plan
        .rows
        .iter()
        .flat_map(|r| r.issues.iter().map(move |i| (r.row, i)))
        .map(|(row, i)| (row, i.column.as_deref(), i.code.as_str(), i.raw.as_deref()))
        .collect();
    assert_eq!(
        found,
        [
            (2, Some("B"), "formula_error", Some("#SPILL!")),
            (2, Some("C"), "formula_error", Some("=")),
            (3, Some("A"), "formula_error", Some("#CALC!")),
        ]
    );
    let content = plan.rows[1].values.text("content");
    assert_eq!(content, Some("漏水"));
}

#[test]
fn opening_alone_already_checks() {
    let folder = TempDir::new().expect("folder");
    let path = folder.path().join("x.xlsx");
    fs::write(&path, raw_zip(&[Entry::stored("../x", b"x")], &[])).expect("file");
    assert!(Book::open(&path, &Limits::default()).is_err());
}
