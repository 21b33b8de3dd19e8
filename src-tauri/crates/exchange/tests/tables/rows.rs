//! What the rows below a header are, and what is in their cells.

use std::ops::ControlFlow;
use std::path::Path;

use exchange::{
    Book, CheckedRow, ExchangeError, IssueCode, Limits, Options, RowStatus, SkipKind, WarningCode,
    check, check_rows, find_table,
};
use rust_xlsxwriter::{Format, Formula};

use crate::{HEADER, Ledger, complaint, issues, stored, write};

#[test]
fn merged_cells_and_ditto_marks_count_for_every_row() {
    let ledger = Ledger::book(|book| {
        let sheet = book.add_worksheet();
        write(
            sheet,
            &[
                &["投诉时间", "投诉内容", "责任部门", "投诉类别", "联系电话"],
                &["2024.3.5", "一", "", "渗漏", "12"],
                &["同上", "二", "", "〃", "同上"],
                &["2024.3.6", "三", "", "同上", "13800001050"],
                &["2024.3.7", "四", "质量部", "", ""],
            ],
        );
        sheet
            .merge_range(1, 2, 3, 2, "工程部", &Format::new())
            .expect("merge");
    });
    let plan = ledger.check();
    let column = |field| {
        plan.rows
            .iter()
            .map(|r| stored(r, field))
            .collect::<Vec<_>>()
    };
    let word = |w: &str| Some(w.to_owned());
    assert_eq!(
        column("department"),
        [
            word("工程部"),
            word("工程部"),
            word("工程部"),
            word("质量部")
        ]
    );
    assert_eq!(
        column("class"),
        [word("leak"), word("leak"), word("leak"), None]
    );
    assert_eq!(column("received_at")[1], column("received_at")[0]);
    let ditto = |r: &CheckedRow| {
        r.warnings
            .iter()
            .filter(|w| w.code == WarningCode::Ditto)
            .count()
    };
    assert_eq!(
        plan.rows.iter().map(ditto).collect::<Vec<_>>(),
        [0, 2, 1, 0]
    );
    // What is wrong above is wrong here too.
    assert_eq!(issues(&plan.rows[0]), [(Some("E"), IssueCode::BadPhone)]);
    assert_eq!(issues(&plan.rows[1]), [(Some("E"), IssueCode::BadPhone)]);
}

#[test]
fn rows_that_are_no_records_are_told_apart() {
    let ledger = Ledger::sheet(&[
        HEADER,
        &["1", "2024.3.5", "漏水", "", "渗漏"],
        &[],
        &["本月小计", "", "1"],
        HEADER,
        &["2", "2024.3.6", "噪音", "", ""],
        &["3"],
        &["4", "/", "/", "/", ""],
        &["以下空白"],
        &["制表人：甲   审核人：乙"],
        &["注：本表一式两份"],
    ]);
    let plan = ledger.check();
    assert_eq!(plan.rows.iter().map(|r| r.row).collect::<Vec<_>>(), [2, 6]);
    let skipped: Vec<_> = plan
        .summary
        .skipped
        .iter()
        .map(|s| (s.first, s.last, s.kind))
        .collect();
    assert_eq!(
        skipped,
        [
            (3, 3, SkipKind::Blank),
            (4, 4, SkipKind::Subtotal),
            (5, 5, SkipKind::RepeatedHeader),
            (7, 8, SkipKind::NumberedBlank),
            (9, 10, SkipKind::Footer),
            (11, 11, SkipKind::Note),
        ]
    );
}

#[test]
fn a_formula_without_result_is_named() {
    let ledger = Ledger::book(|book| {
        let sheet = book.add_worksheet();
        write(sheet, &[HEADER, &["1", "2024.3.5", "", "", ""]]);
        let text = Formula::new("\"漏\"&\"水\"").set_result("漏水");
        let wrong = Formula::new("VLOOKUP(1,A:A,2)").set_result("#N/A");
        sheet.write_formula(1, 2, text).expect("formula");
        sheet.write_formula(1, 4, wrong).expect("formula");
    });
    let plan = ledger.check();
    assert_eq!(stored(&plan.rows[0], "content").as_deref(), Some("漏水"));
    assert_eq!(
        issues(&plan.rows[0]),
        [(Some("E"), IssueCode::FormulaError)]
    );
    assert_eq!(plan.rows[0].issues[0].raw.as_deref(), Some("#N/A"));
}

#[test]
fn a_text_that_is_too_long_is_named_and_quoted_by_its_beginning() {
    let long = "长".repeat(25_000);
    let ledger = Ledger::sheet(&[HEADER, &["1", "2024.3.5", &long, "", ""]]);
    let row = &ledger.check().rows[0];
    assert_eq!(row.status, RowStatus::Bad);
    assert_eq!(issues(row), [(Some("C"), IssueCode::TooLong)]);
    let quoted = row.issues[0].raw.as_deref().expect("a quotation");
    assert_eq!(quoted.chars().count(), 1001);
}

#[test]
fn numbers_with_a_format_of_words_keep_what_the_sheet_shows() {
    let ledger = Ledger::book(|book| {
        let sheet = book.add_worksheet();
        write(
            sheet,
            &[
                &["投诉编号", "投诉时间", "投诉内容"],
                &["", "2024.3.5", "漏水"],
            ],
        );
        let format = Format::new().set_num_format("\"TS-2024-\"000");
        sheet
            .write_number_with_format(1, 0, 7, &format)
            .expect("cell");
    });
    let number = stored(&ledger.check().rows[0], "original_no");
    assert_eq!(number.as_deref(), Some("TS-2024-007"));
}

#[test]
fn the_same_record_twice_and_a_number_twice_are_two_things() {
    let ledger = Ledger::sheet(&[
        &["投诉编号", "投诉时间", "投诉内容"],
        &["甲-1", "2024.3.5", "漏水"],
        &["甲-1", "2024-03-05", "漏水"],
        &["甲－１", "2024.3.6", "噪音"],
    ]);
    let plan = ledger.check();
    let statuses: Vec<_> = plan
        .rows
        .iter()
        .map(|r| (r.status, r.duplicate_of))
        .collect();
    assert_eq!(
        statuses,
        [
            (RowStatus::Good, None),
            (RowStatus::Duplicate, Some(2)),
            (RowStatus::Good, None),
        ]
    );
    let warning = &plan.rows[2].warnings[0];
    assert_eq!(
        (warning.code, warning.other_row),
        (WarningCode::DuplicateNo, Some(2))
    );
}

#[test]
fn a_text_table_of_a_chinese_windows_reads_like_the_workbook() {
    let rows = "2024年投诉台账,,,\n投诉时间,投诉内容,联系电话,投诉类别\n\
        2024.3.5,\"漏水,\n很急\",021-68880176,漏水\n3月6日,噪音,无,邻里纠纷\n";
    let (gbk, _, lost) = encoding_rs::GBK.encode(rows);
    assert!(!lost);
    for bytes in [gbk.to_vec(), rows.as_bytes().to_vec()] {
        let plan = Ledger::text("导出.csv", &bytes).check();
        assert_eq!(plan.rows.len(), 2);
        assert_eq!(
            stored(&plan.rows[0], "content").as_deref(),
            Some("漏水,\n很急")
        );
        assert_eq!(
            stored(&plan.rows[0], "phone").as_deref(),
            Some("02168880176")
        );
        let received = stored(&plan.rows[1], "received_at");
        assert_eq!(received.as_deref(), Some("2024-03-06T00:00:00+08:00"));
        assert_eq!(issues(&plan.rows[1]), [(Some("D"), IssueCode::UnknownCode)]);
    }
}

#[test]
fn a_stream_gives_the_rows_of_the_plan_and_can_be_stopped() {
    let sample =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/ledgers/投诉台账.xlsx");
    let (catalog, spec) = complaint();
    let options = Options::default();
    let plan = check(&sample, catalog, spec, &options).expect("plan");
    let mut book = Book::open(&sample, &Limits::default()).expect("book");
    let table = find_table(&mut book, spec, &options).expect("table");
    let mut rows = Vec::new();
    let summary = check_rows(&mut book, catalog, spec, &options, &table, &mut |row| {
        rows.push(row);
        ControlFlow::Continue(())
    });
    assert_eq!(rows, plan.rows);
    assert_eq!(summary.expect("summary"), plan.summary);
    let mut seen = 0;
    let stopped = check_rows(&mut book, catalog, spec, &options, &table, &mut |_| {
        seen += 1;
        if seen == 5 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    assert!(matches!(stopped, Err(ExchangeError::Stopped)));
    assert_eq!(seen, 5);
}
