//! Binary workbooks of Excel 97 to 2003: read like the others, and refused when they were made to
//! harm. The files are built record by record, as [MS-XLS] describes them.

mod build;

use build::{Records, container, workbook};
use domain::spec::Catalog;
use exchange::{ExchangeError, Limits, Measure, Options, Plan, RowStatus, check};
use proptest::prelude::*;
use tempfile::TempDir;

fn import_with(bytes: &[u8], limits: Limits) -> Result<Plan, ExchangeError> {
    let folder = TempDir::new().expect("folder");
    let path = folder.path().join("台账.xls");
    std::fs::write(&path, bytes).expect("file");
    let catalog = Catalog::builtin();
    let spec = catalog.register("complaint").expect("spec");
    let options = Options {
        limits,
        ..Options::default()
    };
    check(&path, catalog, spec, &options)
}

fn refused(bytes: &[u8]) -> ExchangeError {
    import_with(bytes, Limits::default()).expect_err("a hostile file")
}

fn measure(fault: &ExchangeError) -> Option<Measure> {
    match fault {
        ExchangeError::TooLarge { what, .. } => Some(*what),
        _ => None,
    }
}

/// A small ledger: title, header, two records of which the second is hidden.
fn ledger() -> Records {
    let mut sheet = Records::sheet();
    sheet.dimensions(0, 65_536, 0, 256);
    sheet.hidden_column(3);
    sheet.hidden_row(3);
    sheet.text(0, 0, "云岫花园一期工程项目部2024年度投诉登记台账");
    for (column, word) in ["投诉时间", "投诉内容", "联系电话", "责任部门"]
        .iter()
        .enumerate()
    {
        sheet.text(1, column, word);
    }
    sheet.text(2, 0, "3月5日");
    sheet.text(2, 1, "漏水");
    sheet.number(2, 2, 13_700_001_568.0);
    sheet.text(2, 3, "工程部");
    sheet.number(3, 0, 45_315.0);
    sheet.text(3, 1, "噪音");
    sheet.merged(2, 3, 3, 3);
    sheet
}

#[test]
fn an_old_workbook_is_read_like_a_new_one() {
    let plan = import_with(&workbook(&ledger()), Limits::default()).expect("a plan");
    assert_eq!(plan.table.context.year, Some(2024));
    assert_eq!(plan.table.header_rows, [2]);
    assert!(plan.table.columns[3].hidden && !plan.table.columns[2].hidden);
    let [first, second] = plan.rows.as_slice() else {
        panic!("two records: {:?}", plan.rows);
    };
    assert_eq!(
        (first.row, first.hidden, second.row, second.hidden),
        (3, false, 4, true)
    );
    assert_eq!(
        (first.status, second.status),
        (RowStatus::Good, RowStatus::Good)
    );
    let stored = |field| first.values.get(field).stored();
    assert_eq!(
        stored("received_at").as_deref(),
        Some("2024-03-05T00:00:00+08:00")
    );
    assert_eq!(stored("phone").as_deref(), Some("13700001568"));
    let received = second.values.get("received_at").stored();
    assert_eq!(received.as_deref(), Some("2024-01-24T00:00:00+08:00"));
    assert_eq!(
        second.values.text("department"),
        Some("工程部"),
        "merged downwards"
    );
}

#[test]
fn two_cells_in_opposite_corners_are_no_rectangle_to_allocate() {
    let mut sheet = Records::sheet();
    sheet.number(0, 0, 1.0);
    sheet.number(65_535, 255, 1.0);
    assert_eq!(measure(&refused(&workbook(&sheet))), Some(Measure::Area));
}

#[test]
fn caps_hold_for_old_workbooks() {
    let bytes = workbook(&ledger());
    for (limits, what) in [
        (
            Limits {
                xls_file: 1000,
                ..Limits::default()
            },
            Measure::File,
        ),
        (
            Limits {
                cells: 3,
                ..Limits::default()
            },
            Measure::Cells,
        ),
        (
            Limits {
                area: 3,
                ..Limits::default()
            },
            Measure::Area,
        ),
        (
            Limits {
                sheets: 0,
                ..Limits::default()
            },
            Measure::Sheets,
        ),
    ] {
        let fault = import_with(&bytes, limits).expect_err("a cap");
        assert_eq!(measure(&fault), Some(what));
    }
}

#[test]
fn a_protected_old_workbook_is_named_as_such() {
    let mut sheet = ledger();
    sheet.protect();
    assert!(matches!(
        refused(&workbook(&sheet)),
        ExchangeError::Encrypted
    ));
}

#[test]
fn other_containers_are_no_workbooks() {
    let letter = container("WordDocument", b"text");
    assert!(matches!(
        refused(&letter),
        ExchangeError::NotAWorkbook { .. }
    ));
    let encrypted = container("EncryptedPackage", b"secret");
    assert!(matches!(refused(&encrypted), ExchangeError::Encrypted));
}

#[test]
fn a_cut_container_is_damaged_or_shorter_but_never_more() {
    let whole = workbook(&ledger());
    for cut in (600..whole.len()).step_by(300) {
        match import_with(&whole[..cut], Limits::default()) {
            Ok(plan) => assert!(plan.rows.len() <= 2),
            Err(fault) => assert!(fault.code().starts_with("exchange."), "{fault:?}"),
        }
    }
}

proptest! {
    /// Whatever bytes are changed, the answer is a plan or a typed error.
    #[test]
    fn changed_bytes_never_end_the_program(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)
    ) {
        let mut bytes = workbook(&ledger());
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = import_with(&bytes, Limits::default());
    }
}
