//! Tables as offices make them: where the header stands and what a person can decide; what the
//! rows are stands in `rows`.

mod rows;

use std::collections::BTreeMap;
use std::path::PathBuf;

use domain::spec::{Catalog, RegisterSpec};
use exchange::{
    CheckedRow, ColumnUse, ExchangeError, IssueCode, Mapping, Options, Plan, Reason, RowStatus,
    check,
};
use rust_xlsxwriter::{Format, Workbook, Worksheet};
use tempfile::TempDir;

fn complaint() -> (&'static Catalog, &'static RegisterSpec) {
    let catalog = Catalog::builtin();
    (catalog, catalog.register("complaint").expect("spec"))
}

/// A file that goes with its folder.
struct Ledger {
    _folder: TempDir,
    path: PathBuf,
}

impl Ledger {
    fn text(name: &str, bytes: &[u8]) -> Self {
        let folder = TempDir::new().expect("folder");
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("file");
        Self {
            _folder: folder,
            path,
        }
    }

    fn book(fill: impl FnOnce(&mut Workbook)) -> Self {
        let mut book = Workbook::new();
        fill(&mut book);
        Self::text("台账.xlsx", &book.save_to_buffer().expect("bytes"))
    }

    /// One sheet from rows of words; an empty word is no cell.
    fn sheet(rows: &[&[&str]]) -> Self {
        Self::book(|book| write(book.add_worksheet(), rows))
    }

    fn check_with(&self, options: &Options) -> Result<Plan, ExchangeError> {
        let (catalog, spec) = complaint();
        check(&self.path, catalog, spec, options)
    }

    fn check(&self) -> Plan {
        self.check_with(&Options::default()).expect("a plan")
    }
}

fn write(sheet: &mut Worksheet, rows: &[&[&str]]) {
    for (r, row) in (0_u32..).zip(rows) {
        for (c, word) in (0_u16..).zip(*row) {
            if !word.is_empty() {
                sheet.write_string(r, c, *word).expect("cell");
            }
        }
    }
}

fn stored(row: &CheckedRow, field: &str) -> Option<String> {
    row.values.get(field).stored()
}

fn issues(row: &CheckedRow) -> Vec<(Option<&str>, IssueCode)> {
    row.issues
        .iter()
        .map(|i| (i.column.as_deref(), i.code))
        .collect()
}

const HEADER: &[&str] = &["序号", "投诉时间", "投诉内容", "联系电话", "投诉类别"];

#[test]
fn a_header_of_two_rows_is_read_through_its_merged_cells() {
    let ledger = Ledger::book(|book| {
        let sheet = book.add_worksheet();
        write(
            sheet,
            &[
                &["2024年投诉台账"],
                &["序号", "投诉人信息", "", "投诉内容", "处理", ""],
                &["", "姓名", "联系电话", "", "投诉时间", "处理结果"],
                &["1", "王先生", "13800001050", "漏水", "2024.3.5", "已修"],
            ],
        );
        let format = Format::new();
        sheet
            .merge_range(1, 1, 1, 2, "投诉人信息", &format)
            .expect("merge");
        sheet
            .merge_range(1, 3, 2, 3, "投诉内容", &format)
            .expect("merge");
        sheet
            .merge_range(1, 4, 1, 5, "处理", &format)
            .expect("merge");
    });
    let plan = ledger.check();
    assert_eq!(plan.table.header_rows, [2, 3]);
    assert_eq!(plan.table.title_rows, [1]);
    let fields: Vec<_> = plan.table.columns.iter().map(|c| c.field()).collect();
    let wanted = [
        None,
        Some("complainant_name"),
        Some("phone"),
        Some("content"),
        Some("received_at"),
        Some("result"),
    ];
    assert_eq!(fields, wanted);
    assert_eq!(plan.table.columns[1].header, "投诉人信息/姓名");
    assert_eq!(plan.rows.len(), 1);
    assert_eq!(
        stored(&plan.rows[0], "complainant_name").as_deref(),
        Some("王先生")
    );
}

#[test]
fn the_sheet_with_the_table_is_found_among_others() {
    let ledger = Ledger::book(|book| {
        book.add_worksheet().set_name("封面").expect("name");
        let draft = book.add_worksheet();
        draft.set_name("旧稿").expect("name").set_hidden(true);
        write(draft, &[HEADER, &["1", "2023.3.5", "旧", "", ""]]);
        let sheet = book.add_worksheet();
        sheet.set_name("2024年").expect("name").set_active(true);
        write(sheet, &[HEADER, &["1", "3月5日", "漏水", "", ""]]);
    });
    let plan = ledger.check();
    assert_eq!(
        (plan.table.sheet.as_str(), plan.table.sheet_index),
        ("2024年", 2)
    );
    let seen = plan
        .table
        .sheets
        .iter()
        .map(|s| (s.name.as_str(), s.hidden, s.fields > 0));
    assert_eq!(
        seen.collect::<Vec<_>>(),
        [
            ("封面", false, false),
            ("旧稿", true, true),
            ("2024年", false, true)
        ]
    );
    let received = stored(&plan.rows[0], "received_at");
    assert_eq!(
        received.as_deref(),
        Some("2024-03-05T00:00:00+08:00"),
        "year of the sheet's name"
    );
    let mut options = Options::default();
    options.mapping.sheet = Some("旧稿".to_owned());
    let plan = ledger
        .check_with(&options)
        .expect("the hidden sheet was asked for");
    assert_eq!(stored(&plan.rows[0], "content").as_deref(), Some("旧"));
    options.mapping.sheet = Some("没有".to_owned());
    let fault = ledger.check_with(&options).expect_err("no such sheet");
    assert_eq!(fault.code(), "exchange.no_sheet");
}

#[test]
fn a_file_without_a_table_says_so() {
    let ledger = Ledger::sheet(&[&["会议纪要"], &["时间", "2024.3.5"], &["地点", "会议室"]]);
    let fault = ledger
        .check_with(&Options::default())
        .expect_err("no table");
    assert!(matches!(fault, ExchangeError::NoTable { ref sheets } if sheets == &["Sheet1"]));
}

#[test]
fn what_a_person_decided_goes_before_what_was_found() {
    let ledger = Ledger::sheet(&[
        &["投诉时间", "投诉内容", "投诉类别", "其他", "联系电话"],
        &["2024.3.5", "漏水", "邻里纠纷", "王先生", "13800001050"],
    ]);
    let found = ledger.check();
    assert_eq!(found.table.columns[3].reason, Reason::Unknown);
    assert_eq!(
        issues(&found.rows[0]),
        [(Some("C"), IssueCode::UnknownCode)]
    );
    let mapping: Mapping = serde_json::from_str(
        r#"{"columns": {"D": {"field": "complainant_name"}, "E": "ignore"},
            "words": {"class": {"邻里纠纷": "other"}}}"#,
    )
    .expect("a mapping is data");
    let again = serde_json::to_string(&mapping).expect("JSON");
    assert_eq!(
        serde_json::from_str::<Mapping>(&again).expect("JSON"),
        mapping
    );
    let options = Options {
        mapping,
        ..Options::default()
    };
    let plan = ledger.check_with(&options).expect("plan");
    let row = &plan.rows[0];
    assert_eq!(row.status, RowStatus::Good);
    assert_eq!(stored(row, "class").as_deref(), Some("other"));
    assert_eq!(stored(row, "complainant_name").as_deref(), Some("王先生"));
    assert!(
        row.values.get("phone").is_null(),
        "the column was to be ignored"
    );
    assert_eq!(plan.table.columns[3].reason, Reason::Given);
}

#[test]
fn a_mapping_that_does_not_fit_is_refused() {
    let ledger = Ledger::sheet(&[HEADER]);
    let field = |name: &str| ColumnUse::Field(name.to_owned());
    for columns in [
        vec![("A1", ColumnUse::Ignore)],
        vec![("A", field("no_such_field"))],
        vec![("A", field("days_open"))],
        vec![("A", field("content")), ("B", field("content"))],
    ] {
        let columns: BTreeMap<_, _> = columns
            .into_iter()
            .map(|(letters, usage)| (letters.to_owned(), usage))
            .collect();
        let mapping = Mapping {
            columns,
            ..Mapping::default()
        };
        let options = Options {
            mapping,
            ..Options::default()
        };
        let fault = ledger.check_with(&options).expect_err("does not fit");
        assert_eq!(fault.code(), "exchange.bad_mapping");
    }
}

#[test]
fn a_required_field_takes_the_column_whose_word_also_fits_it() {
    let ledger = Ledger::sheet(&[
        &["受理时间", "投诉内容", "联系电话"],
        &["2024.3.5", "漏水", ""],
    ]);
    let plan = ledger.check();
    assert_eq!(plan.table.columns[0].field(), Some("received_at"));
    assert_eq!(plan.table.columns[0].candidates, ["accepted_at"]);
    assert_eq!(plan.rows[0].status, RowStatus::Good);
}

#[test]
fn a_required_field_without_a_column_is_named_and_makes_every_row_bad() {
    let ledger = Ledger::sheet(&[
        &["投诉人", "投诉内容", "联系电话", "投诉类别"],
        &["王先生", "漏水", "", "渗漏"],
    ]);
    let plan = ledger.check();
    assert_eq!(plan.table.missing_fields, ["received_at"]);
    assert_eq!(plan.rows[0].status, RowStatus::Bad);
    assert_eq!(issues(&plan.rows[0]), [(None, IssueCode::MissingRequired)]);
}
