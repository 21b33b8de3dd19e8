//! What is written reads back as it was, whatever it is.

use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;

use chrono::{Days, NaiveDate, NaiveTime};
use domain::spec::{Catalog, FieldKind, FieldSpec};
use domain::text::{clean, means_empty};
use domain::time::{Moment, at_china, parse_moment};
use domain::value::{Value, Values};
use exchange::{
    Book, ColumnKind, IssueCode, Limits, Options, Out, OutColumn, TableOptions, check, column_kind,
    out_cell, write_report, write_table,
};
use proptest::prelude::*;
use tempfile::TempDir;

fn options() -> TableOptions {
    TableOptions {
        sheet: "投诉台账".to_owned(),
        created: created(),
        continued: "…（续见“续文”表）".to_owned(),
        rest_sheet: "续文".to_owned(),
        rest_headers: ["行", "列", "段", "文字"].map(str::to_owned),
    }
}

fn created() -> Moment {
    parse_moment("2026-11-21T09:00").expect("a moment")
}

fn column(header: &str, kind: ColumnKind) -> OutColumn {
    OutColumn {
        header: header.to_owned(),
        kind,
        width: 16.0,
    }
}

/// All cells of a sheet as text, row by row.
fn texts(path: &Path, sheet: usize) -> Vec<Vec<(u32, String)>> {
    let mut book = Book::open(path, &Limits::default()).expect("own file");
    let mut rows = Vec::new();
    book.each_row(sheet, &mut |row| {
        let cells = row.cells.iter();
        rows.push(
            cells
                .map(|(at, cell)| (*at, cell.text().into_owned()))
                .collect(),
        );
        Ok(ControlFlow::Continue(()))
    })
    .expect("own sheet");
    rows
}

/// The text of one part of the package.
fn part(path: &Path, name: &str) -> String {
    let file = std::fs::File::open(path).expect("file");
    let mut zip = zip::ZipArchive::new(file).expect("package");
    let mut text = String::new();
    zip.by_name(name)
        .expect("part")
        .read_to_string(&mut text)
        .expect("text");
    text
}

/// Texts of every unpleasant kind.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[=+@\\-\t＝＋－＠][0-9A-Z()+!]{1,8}",
        "0[0-9]{1,20}",
        "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        "[\u{4E00}-\u{9FFF}]{1,20}",
        "[\u{20000}-\u{2A6DF}䶮㛃𬭎]{1,6}",
        "[\u{1F300}-\u{1F6FF}]\u{FE0F}?[a-z]{0,3}",
        "_x[0-9A-F]{4}_[a-z]{0,3}",
        "[ \u{3000}]{0,2}[a-z<>&\"']{1,8}[ \n]{0,2}",
        "(甲|乙)\n(丙|丁)",
        any::<String>().prop_map(|s| s.chars().take(60).collect()),
    ]
}

/// Line ends are the one thing that a workbook does not keep apart.
fn line_ends(text: &str) -> String {
    text.replace("\r\n", "\n")
}

fn date() -> impl Strategy<Value = NaiveDate> {
    let first = NaiveDate::from_ymd_opt(1900, 3, 1).expect("a day");
    (0_u64..109_000 - 61).prop_map(move |n| first.checked_add_days(Days::new(n)).expect("a day"))
}

proptest! {
    // Every case writes and reads a workbook.
    #![proptest_config(ProptestConfig {
        cases: ProptestConfig::default().cases / 4,
        ..ProptestConfig::default()
    })]

    #[test]
    fn texts_and_dates_read_back_as_they_were_written(
        rows in proptest::collection::vec((text(), date(), 0_u32..86_400, any::<i64>()), 1..12)
    ) {
        let folder = TempDir::new().expect("folder");
        let path = folder.path().join("导出.xlsx");
        let columns = [
            column("文字", ColumnKind::Text),
            column("日期", ColumnKind::Date),
            column("时间", ColumnKind::Moment),
            column("数", ColumnKind::Whole),
        ];
        let moment = |date: NaiveDate, second| {
            let time = NaiveTime::from_num_seconds_from_midnight_opt(second, 0).expect("a time");
            at_china(date.and_time(time))
        };
        let written = rows.iter().map(|(text, date, second, number)| vec![
            Out::Text(text.clone()), Out::Date(*date),
            Out::Moment(moment(*date, *second)), Out::Whole(*number),
        ]);
        write_table(&columns, written, &path, &options()).expect("written and verified");
        let read = texts(&path, 0);
        prop_assert_eq!(read.len(), rows.len() + 1);
        for ((text, date, second, number), cells) in rows.iter().zip(&read[1..]) {
            let cell = |at| cells.iter().find(|(c, _)| *c == at).map(|(_, t)| t.as_str());
            if let Some(kept) = cell(0) {
                prop_assert_eq!(line_ends(kept), line_ends(text));
            } else {
                prop_assert!(clean(text, true).is_ok_and(|t| t.is_empty()), "lost {:?}", text);
            }
            let (iso, minute) = (date.to_string(), moment(*date, *second));
            prop_assert_eq!(cell(1), Some(iso.as_str()));
            let shown = if *second == 0 { iso } else { minute.format("%Y-%m-%d %H:%M").to_string() };
            prop_assert_eq!(cell(2), Some(shown.as_str()));
            let exact = number.unsigned_abs() < 1_000_000_000_000_000;
            if exact || *number < 0 {
                let shown = number.to_string();
                prop_assert_eq!(cell(3), Some(shown.as_str()));
            }
        }
        let sheet = part(&path, "xl/worksheets/sheet1.xml");
        prop_assert!(!sheet.contains("<f>") && !sheet.contains("<f "), "a formula was written");
    }

    /// Export and import again: every field keeps its value.
    #[test]
    fn what_is_exported_can_be_imported_again(
        rows in proptest::collection::vec((text(), date(), 0_usize..1000), 1..8)
    ) {
        let catalog = Catalog::builtin();
        let spec = catalog.register("complaint").expect("spec");
        let fields: Vec<&FieldSpec> = spec.fields.iter()
            .filter(|f| exchange::is_importable(f) && f.kind != FieldKind::Link)
            .collect();
        let records: Vec<Values> = rows.iter().enumerate()
            .map(|(n, (text, date, pick))| record(catalog, &fields, text, *date, *pick, n))
            .collect();
        let folder = TempDir::new().expect("folder");
        let path = folder.path().join("导出.xlsx");
        let columns: Vec<OutColumn> =
            fields.iter().map(|f| column(&f.label, column_kind(f))).collect();
        let out = records.iter().map(|values| {
            fields.iter().map(|f| out_cell(catalog, f, values.get(&f.id))).collect()
        });
        write_table(&columns, out, &path, &options()).expect("written");
        let plan = check(&path, catalog, spec, &Options::default()).expect("read");
        prop_assert_eq!(plan.rows.len(), records.len());
        for (row, record) in plan.rows.iter().zip(&records) {
            let faults: Vec<_> =
                row.issues.iter().filter(|i| i.code != IssueCode::Duplicate).collect();
            prop_assert!(faults.is_empty(), "{:?}", faults);
            prop_assert_eq!(&row.values.json(), &record.json());
        }
    }
}

/// A record with a value in every field.
fn record(
    catalog: &Catalog,
    fields: &[&FieldSpec],
    text: &str,
    date: NaiveDate,
    pick: usize,
    row: usize,
) -> Values {
    let mut values = Values::new();
    for field in fields {
        let many = field.kind == FieldKind::LongText;
        let value = match field.kind {
            FieldKind::Text | FieldKind::LongText | FieldKind::Person => {
                let kept = clean(text, many).unwrap_or_else(|_| "普通文字".to_owned());
                // Marks that mean "nothing", "as above" or "anonymous" in a ledger.
                let mark = kept.chars().all(|c| "〃″\"'“”同上前".contains(c));
                let says_nothing = means_empty(&kept) || kept == "匿名" || mark;
                let kept = if says_nothing {
                    format!("第{row}行")
                } else {
                    kept
                };
                Value::Text(kept)
            }
            FieldKind::Phone => Value::Text(format!("138{pick:08};02168880176-60{}", pick % 10)),
            FieldKind::Date => Value::Date(date),
            FieldKind::Moment => Value::Moment(at_china(date.and_time(
                NaiveTime::from_num_seconds_from_midnight_opt(60 * 61, 0).expect("a time"),
            ))),
            FieldKind::Int => Value::Int(i64::try_from(pick).expect("small")),
            FieldKind::Money => Value::Int(i64::try_from(pick * 12_345 + 7).expect("small")),
            FieldKind::Score => Value::Int(i64::try_from(pick * 10).expect("small")),
            FieldKind::Flag => Value::Bool(pick.is_multiple_of(2)),
            FieldKind::Choice => {
                let choices = &catalog.list_of(field).expect("list").choices;
                Value::Text(choices[pick % choices.len()].code.clone())
            }
            _ => Value::Null,
        };
        values.set(&field.id, value);
    }
    values
}

#[test]
fn the_same_data_and_date_give_the_same_bytes() {
    let folder = TempDir::new().expect("folder");
    let write = |name: &str| {
        let path = folder.path().join(name);
        let columns = [
            column("文字", ColumnKind::Text),
            column("日", ColumnKind::Date),
        ];
        let day = NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day");
        let rows = (0..50).map(|n| vec![Out::Text(format!("第{n}行")), Out::Date(day)]);
        write_table(&columns, rows, &path, &options()).expect("written");
        std::fs::read(&path).expect("bytes")
    };
    assert_eq!(write("a.xlsx"), write("b.xlsx"));
    let names: Vec<_> = std::fs::read_dir(folder.path())
        .expect("folder")
        .map(|e| e.expect("entry").file_name())
        .collect();
    assert_eq!(names.len(), 2, "nothing provisional is left: {names:?}");
}

#[test]
fn a_text_longer_than_a_cell_goes_on_in_its_own_sheet() {
    let folder = TempDir::new().expect("folder");
    let path = folder.path().join("长文.xlsx");
    let long = "𠮷".repeat(20_000);
    let rows = [
        vec![Out::Text("短".to_owned())],
        vec![Out::Text(long.clone())],
    ];
    let columns = [column("内容", ColumnKind::Text)];
    let written = write_table(&columns, rows, &path, &options()).expect("written");
    assert_eq!((written.rows, written.continued), (2, 1));
    let first = &texts(&path, 0)[2][0].1;
    let rest = texts(&path, 1);
    let start = first
        .strip_suffix("…（续见“续文”表）")
        .expect("says where it goes on");
    assert_eq!(rest[1][0].1, "3", "the row as the spreadsheet shows it");
    assert_eq!(format!("{start}{}", rest[1][3].1), long);
}

#[test]
fn a_file_that_cannot_be_written_leaves_the_old_one() {
    let folder = TempDir::new().expect("folder");
    let path = folder.path().join("台账.xlsx");
    std::fs::write(&path, b"the old file").expect("old");
    let columns = [column("内容", ColumnKind::Text)];
    let mut bad = options();
    bad.sheet = "a/b".to_owned();
    let rows = [vec![Out::Text("新".to_owned())]];
    let fault = write_table(&columns, rows.clone(), &path, &bad).expect_err("no sheet name");
    assert_eq!(fault.code(), "exchange.writer");
    assert_eq!(std::fs::read(&path).expect("old"), b"the old file");
    let nowhere = folder.path().join("keine").join("x.xlsx");
    let fault = write_table(&columns, rows, &nowhere, &options()).expect_err("no folder");
    assert_eq!(fault.code(), "exchange.io");
}

#[test]
fn a_report_names_every_fault_and_asks_only_known_words() {
    let catalog = Catalog::builtin();
    let spec = catalog.register("complaint").expect("spec");
    let ledger =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/ledgers/投诉台账.xlsx");
    let plan = check(&ledger, catalog, spec, &Options::default()).expect("plan");
    let keys = exchange::report_keys();
    let word = |key: &str| {
        assert!(keys.iter().any(|k| k == key), "{key} is not among the keys");
        key.replace('.', " ")
    };
    let folder = TempDir::new().expect("folder");
    let write = |name: &str| {
        let path = folder.path().join(name);
        write_report(&plan, spec, &path, created(), &word).expect("report");
        path
    };
    let path = write("报告.xlsx");
    assert_eq!(
        std::fs::read(&path).expect("bytes"),
        std::fs::read(write("again.xlsx")).expect("bytes")
    );
    let findings = texts(&path, 0);
    let counted: usize = plan
        .rows
        .iter()
        .map(|r| r.issues.len() + r.warnings.len())
        .sum();
    assert_eq!(findings.len(), counted + 1);
    let row = findings.iter().find(|r| r[0].1 == "13").expect("row 13");
    let shown: Vec<&str> = row.iter().map(|(_, text)| text.as_str()).collect();
    let wanted = [
        "13",
        "C",
        "投诉时间",
        "投诉时间",
        "2024.13.5",
        "issue",
        "issue bad_date",
        "status bad",
    ];
    assert_eq!(shown, wanted);
    for sheet in 1..=4 {
        assert!(!part(&path, &format!("xl/worksheets/sheet{sheet}.xml")).contains("<f>"));
    }
}
