//! How long an import takes, against calamine reading the same cells and nothing else.
//!
//! `cargo run --release -p exchange --example measure -- [ROWS]` makes a complaint ledger of that
//! many rows (20,000) with the disorders of the sample, and prints times, ratio and peak memory.
//! The budget is 5 × calamine alone, the aim 2 ×.

use std::fs::File;
use std::io::BufReader;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

use calamine::{Reader, Xlsx};
use domain::spec::Catalog;
use domain::time::{Moment, parse_moment};
use exchange::{
    Book, ColumnKind, Limits, Options, Out, OutColumn, TableOptions, check_rows, find_table,
    write_table,
};

const HEADERS: [&str; 25] = [
    "序号",
    "投诉编号",
    "投诉时间",
    "投诉渠道",
    "投诉人",
    "联系电话",
    "楼栋房号",
    "投诉内容",
    "投诉类别",
    "投诉等级",
    "受理人",
    "责任部门",
    "处理人",
    "处理结果",
    "完成日期",
    "办理天数",
    "是否回访",
    "回访日期",
    "满意度",
    "备注",
    "工程名称",
    "单位工程",
    "诉求",
    "原因分析",
    "处理措施",
];

fn main() {
    let rows: usize = std::env::args()
        .nth(1)
        .and_then(|n| n.parse().ok())
        .unwrap_or(20_000);
    let folder = tempfile::tempdir().expect("folder");
    let inline = folder.path().join("inline.xlsx");
    let shared = folder.path().join("shared.xlsx");
    make(&inline, rows);
    make_shared(&shared, rows);
    for (kind, path) in [("texts in the cells", inline), ("shared texts", shared)] {
        let size = path.metadata().expect("size").len() / 1024;
        let alone = best(|| read_alone(&path));
        let open = best(|| {
            Book::open(&path, &Limits::default())
                .expect("book")
                .sheets()
                .len()
        });
        let ours = best(|| import(&path));
        let ratio = ours.as_secs_f64() / alone.as_secs_f64();
        println!("{kind}: {rows} rows, {size} kB, peak memory {} kB", peak());
        println!("  calamine alone {alone:?}; import {ours:?} (opening and survey {open:?})");
        let holds = match ratio {
            r if r <= 2.0 => "reach",
            r if r <= 5.0 => "floor",
            _ => "**NO**",
        };
        println!(
            "| import of {rows} rows, {kind} | {} ms | calamine alone {} ms | {ratio:.2} × | ≤ 5 × | ≤ 2 × | {holds} |",
            ours.as_millis(),
            alone.as_millis()
        );
    }
}

/// The best of five runs: other work on the machine only ever adds time.
fn best(mut run: impl FnMut() -> usize) -> Duration {
    (0..5)
        .map(|_| {
            let started = Instant::now();
            std::hint::black_box(run());
            started.elapsed()
        })
        .min()
        .expect("five runs")
}

fn read_alone(path: &Path) -> usize {
    let file = BufReader::new(File::open(path).expect("file"));
    let mut book: Xlsx<_> = Xlsx::new(file).expect("workbook");
    let name = book.sheet_names()[0].clone();
    let mut cells = book.worksheet_cells_reader(&name).expect("sheet");
    let mut count = 0;
    while let Some(cell) = cells.next_cell().expect("cell") {
        count += usize::from(*cell.get_value() != calamine::DataRef::Empty);
    }
    count
}

fn import(path: &Path) -> usize {
    let catalog = Catalog::builtin();
    let spec = catalog.register("complaint").expect("spec");
    let options = Options::default();
    let mut book = Book::open(path, &Limits::default()).expect("book");
    let table = find_table(&mut book, spec, &options).expect("table");
    let mut count = 0;
    check_rows(&mut book, catalog, spec, &options, &table, &mut |row| {
        count += row.values.len();
        ControlFlow::Continue(())
    })
    .expect("rows");
    count
}

fn make(path: &Path, rows: usize) {
    let columns = HEADERS.map(|header| OutColumn {
        header: header.to_owned(),
        kind: ColumnKind::Text,
        width: 12.0,
    });
    let created: Moment = parse_moment("2026-11-21T09:00").expect("a moment");
    let options = TableOptions {
        sheet: "2024年投诉台账".to_owned(),
        created,
        continued: "…".to_owned(),
        rest_sheet: "续文".to_owned(),
        rest_headers: ["行", "列", "段", "文字"].map(str::to_owned),
    };
    write_table(&columns, (0..rows).map(row), path, &options).expect("written");
}

/// The same table as a spreadsheet program writes it, each text once.
fn make_shared(path: &Path, rows: usize) {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let date = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
    let epoch = chrono::NaiveDate::from_ymd_opt(1899, 12, 30).expect("a day");
    let header = HEADERS.map(|h| Out::Text(h.to_owned())).to_vec();
    let table = std::iter::once(header).chain((0..rows).map(row));
    for (r, cells) in (0_u32..).zip(table) {
        for (c, cell) in (0_u16..).zip(cells) {
            let written = match cell {
                Out::Text(text) => sheet.write_string(r, c, text),
                Out::Whole(number) => sheet.write_number(r, c, f64::from(n_i32(number))),
                Out::Date(day) => {
                    let days = n_i32((day - epoch).num_days());
                    sheet.write_number_with_format(r, c, f64::from(days), &date)
                }
                _ => continue,
            };
            written.expect("cell");
        }
    }
    book.save(path).expect("written");
}

fn n_i32(n: i64) -> i32 {
    i32::try_from(n).expect("small")
}

/// One row with the spellings of the sample ledger in turn.
fn row(n: usize) -> Vec<Out> {
    let pick = |words: &[&str]| Out::Text(words[n % words.len()].to_owned());
    let (month, day) = (n % 12 + 1, n % 28 + 1);
    let date = |n: usize| match n % 6 {
        0 => Out::Text(format!("2024.{month}.{day}")),
        1 => Out::Text(format!("2024年{month}月{day}日")),
        2 => Out::Text(format!("{month}月{day}日")),
        3 => Out::Text(format!("2024-{month:02}-{day:02} 14:30")),
        _ => Out::Date(
            chrono::NaiveDate::from_ymd_opt(2024, n_u32(month), n_u32(day)).expect("a day"),
        ),
    };
    vec![
        Out::Whole(i64::try_from(n + 1).expect("small")),
        Out::Text(format!("TS-2024-{n:05}")),
        date(n),
        pick(&["来电", "来访", "12345", "监理", "微信", "抖音"]),
        Out::Text(format!("住户{n}")),
        Out::Text(match n % 3 {
            0 => format!("138{n:08}"),
            1 => format!("021-6888{:04}", n % 10_000),
            _ => format!("139-{:04}-{:04}、021-68880176", n / 10_000, n % 10_000),
        }),
        Out::Text(format!("{}栋{}单元{:02}03室", n % 30, n % 4 + 1, n % 33)),
        Out::Text(format!(
            "第{n}件：卫生间顶棚渗水，墙皮脱落，要求尽快处理并答复处理时间"
        )),
        pick(&[
            "渗漏",
            "噪音",
            "夜间施工",
            "质量问题",
            "交通/出入",
            "扬尘",
            "邻里纠纷",
        ]),
        pick(&["一般", "重大", "一般性投诉"]),
        pick(&["郁书初", "闻人听溪"]),
        pick(&["工程部", "安全部", "质量部"]),
        pick(&["费书然", "桑澜", "柏牧渡"]),
        Out::Text(format!(
            "闭水试验后重做防水层，48小时蓄水无渗漏，业主第{n}次签字确认"
        )),
        date(n + 1),
        Out::Whole(3),
        pick(&["是", "√", "×", "已回访"]),
        date(n + 2),
        pick(&["满意", "基本满意", "很满意", "一般"]),
        pick(&["", "转监理", "/"]),
        Out::Text("云岫花园一期工程".to_owned()),
        Out::Text(format!("{}#楼", n % 30)),
        pick(&["尽快维修", "书面答复", "赔偿损失"]),
        pick(&["防水层破损", "施工组织不当"]),
        pick(&["重做防水", "调整作业时间", "加装围挡"]),
    ]
}

fn n_u32(n: usize) -> u32 {
    u32::try_from(n).expect("small")
}

/// Peak memory of this process in kB, where the system tells it.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|rest| rest.split_whitespace().next()?.parse().ok())
        .unwrap_or(0)
}
