//! Rules that hold for any text: line starts and ends, cells, page ends, nothing lost.

mod samples;

use domain::form::{Datum, FormSpec};
use print::{Document, LayoutOptions, Mode, PlacedText, layout, normalise};
use proptest::prelude::*;

const NEVER_FIRST: &str = "，。、；：？！”’）》】」』〕%";
const NEVER_LAST: &str = "“‘（《【「『〔";

/// A form with one long cell, and one with running text.
fn form(max: &str) -> FormSpec {
    let source = format!(
        r#"
code = "T-01"
version = 1
title = "试"
subject = "record"
[[block]]
[block.prose]
id = "prose"
text = "{{prose}}"
[[block]]
[block.grid]
id = "grid"
columns = [20, 30, 120]
[[block.grid.row]]
cells = [{{ label = "甲", rows = 3, stack = true }}, {{ label = "号" }}, {{ value = "number" }}]
[[block.grid.row]]
height = 10
{max}
cells = [{{ label = "内容" }}, {{ value = "detail", long = true }}]
[[block.grid.row]]
cells = [{{ label = "末" }}, {{ value = "number" }}]
"#
    );
    FormSpec::parse("T-01.v1.toml", &source).expect("a form")
}

fn data(prose: &str, detail: &str) -> Datum {
    Datum::map([
        ("prose", Datum::text(prose)),
        ("detail", Datum::text(detail)),
        ("number", Datum::text("1")),
        ("paper", Datum::map([("number", Datum::Empty)])),
    ])
}

fn laid(form: &FormSpec, prose: &str, detail: &str) -> Document {
    let document = layout(form, &data(prose, detail), &LayoutOptions::default()).expect("laid out");
    assert_eq!(document.unbound, Vec::<String>::new());
    document
}

/// Lines whose column begins at the given place, page after page.
fn column(document: &Document, left: i32) -> Vec<&PlacedText> {
    let texts = document.pages.iter().flat_map(print::Page::texts);
    texts
        .filter(|text| text.room.left == left && text.size >= 10_000)
        .collect()
}

/// Left edges: of running text, and of the third column (with the room inside the rule).
const PROSE: i32 = 56_693;
const CELL: i32 = 56_693 + 141_732 + 4_250;

fn solid(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        8 => "[一-龥]{1,12}",
        2 => Just("“你好”".to_owned()),
        2 => Just("《建设工程质量管理条例》".to_owned()),
        2 => Just("（一）".to_owned()),
        1 => Just("15%（即100分）".to_owned()),
        1 => Just("——".to_owned()),
        1 => Just("……".to_owned()),
        1 => "[A-Za-z]{1,14}",
        1 => "[0-9]{1,4}(\\.[0-9]{1,2})?",
        1 => Just("2026-02-23 10:25".to_owned()),
        1 => Just("ZW20260223-000187".to_owned()),
        1 => Just("https://data.example.gov.cn/share?a=1".to_owned()),
    ];
    let mark = prop_oneof![
        Just("，"),
        Just("。"),
        Just("、"),
        Just("；"),
        Just("："),
        Just("\n")
    ];
    prop::collection::vec((word, mark), 1..120)
        .prop_map(|parts| parts.into_iter().map(|(word, mark)| word + mark).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn lines_begin_and_end_as_chinese_demands_and_lose_nothing(text in text()) {
        let document = laid(&form(""), &text, &text);
        for left in [PROSE, CELL] {
            let lines = column(&document, left);
            let got: String = lines.iter().map(|line| line.text()).collect();
            let wanted = solid(&normalise(&text));
            let got = solid(&got);
            prop_assert!(got.contains(&wanted) || wanted.is_empty(), "{got} lacks {wanted}");
            for line in lines {
                let words = line.text();
                let first = words.chars().next().unwrap_or(' ');
                let last = words.chars().next_back().unwrap_or(' ');
                prop_assert!(!NEVER_FIRST.contains(first), "a line begins with {first}: {words}");
                prop_assert!(!NEVER_LAST.contains(last), "a line ends with {last}: {words}");
            }
        }
    }

    #[test]
    fn every_item_lies_in_its_cell_and_on_its_page(text in text(), short in "[一-龥]{0,40}") {
        let lists = samples::lists();
        let data = samples::complaint(&text, &short);
        let options = samples::options(Mode::Final, &lists);
        for code in ["F-01", "F-02", "F-04", "F-27", "F-28"] {
            let document = layout(samples::form(code), &data, &options).expect("laid out");
            for page in &document.pages {
                for line in page.texts() {
                    let room = line.room;
                    prop_assert!(line.x >= room.left - 1, "{code}: left of its cell: {line:?}");
                    prop_assert!(line.x + line.width <= room.right + 1, "{code}: {line:?}");
                    prop_assert!(line.baseline - line.size * 22 / 25 >= room.top, "{code}: {line:?}");
                    prop_assert!(line.baseline + line.size * 3 / 25 <= room.bottom, "{code}: {line:?}");
                    prop_assert!(room.left >= 0 && room.right <= page.width);
                    prop_assert!(room.top >= 0 && room.bottom <= page.height);
                }
            }
        }
    }
}

#[test]
fn a_matter_of_many_pages_leaves_two_lines_on_each_side_of_every_page_end() {
    for repeats in 5..14 {
        let text = samples::LONG_MATTER.repeat(repeats);
        let document = laid(&form(""), "短", &text);
        assert!(document.pages.len() >= 2);
        let mut parts = Vec::new();
        for page in &document.pages {
            parts.push(page.texts().filter(|line| line.room.left == CELL).count());
        }
        assert!(
            parts[..parts.len() - 1].iter().all(|lines| *lines >= 2),
            "{parts:?}"
        );
        let labels: Vec<usize> = document
            .pages
            .iter()
            .map(|page| page.texts().filter(|line| line.text() == "内容").count())
            .collect();
        assert!(
            labels.iter().filter(|count| **count == 1).count() >= 2,
            "{labels:?}"
        );
        let got: String = column(&document, CELL)
            .iter()
            .map(|line| line.text())
            .collect();
        assert!(solid(&got).contains(&solid(&text)));
    }
}

#[test]
fn a_cell_of_fixed_height_steps_down_and_then_goes_on_on_an_annex() {
    let form = form("max = 30");
    let size_of = |detail: &str| {
        let document = laid(&form, "短", detail);
        let line = document.pages[0]
            .texts()
            .find(|t| t.room.left == CELL && t.text().len() > 9);
        (line.map_or(0, |line| line.size), document.pages.len())
    };
    let words = |count: usize| {
        "夜间施工噪声扰民"
            .chars()
            .cycle()
            .take(count)
            .collect::<String>()
    };
    assert_eq!(size_of(&words(100)), (10_500, 1));
    assert_eq!(size_of(&words(170)), (9_000, 1));
    assert_eq!(size_of(&words(290)), (7_500, 1));
    let long = words(1_500);
    assert_eq!(size_of(&long), (7_500, 2));
    let document = laid(&form, "短", &long);
    assert!(
        document.pages[0]
            .texts()
            .any(|line| line.text().contains("全文见附页"))
    );
    let annex: String = document.pages[1].texts().map(PlacedText::text).collect();
    assert!(
        annex.starts_with("附页：内容") && annex.contains(&long),
        "{annex}"
    );
}

#[test]
fn a_binding_to_a_field_that_does_not_exist_is_reported() {
    let form = form("");
    let data = Datum::map([("prose", Datum::text("甲")), ("number", Datum::text("1"))]);
    let document = layout(&form, &data, &LayoutOptions::default()).expect("laid out");
    assert_eq!(document.unbound, ["detail"]);
    let blank = LayoutOptions {
        mode: Mode::Blank,
        ..LayoutOptions::default()
    };
    assert!(
        layout(&form, &data, &blank)
            .expect("laid out")
            .unbound
            .is_empty()
    );
}

/// A grid whose second row is tied to two more, below a filler of the given height.
fn tied(filler: u32, rows: u32) -> Document {
    let source = format!(
        r#"
code = "T-02"
version = 1
title = "试"
subject = "record"
[[block]]
[block.grid]
id = "grid"
columns = [20, 150]
[[block.grid.row]]
height = {filler}
cells = [{{ label = "上" }}, {{ value = "number" }}]
[[block.grid.row]]
height = {rows}
cells = [{{ label = "同组", rows = 3 }}, {{ text = "一{{number}}" }}]
[[block.grid.row]]
height = {rows}
cells = [{{ text = "二{{number}}" }}]
[[block.grid.row]]
height = {rows}
cells = [{{ text = "三{{number}}" }}]
"#
    );
    let form = FormSpec::parse("T-02.v1.toml", &source).expect("a form");
    laid(&form, "", "")
}

fn pages_with(document: &Document, text: &str) -> Vec<usize> {
    let with = |page: &print::Page| page.texts().any(|line| line.text() == text);
    (1..)
        .zip(&document.pages)
        .filter(|(_, page)| with(page))
        .map(|(number, _)| number)
        .collect()
}

#[test]
fn tied_rows_move_together_unless_that_would_leave_a_third_of_a_page_empty() {
    let small = tied(220, 20);
    assert_eq!(
        pages_with(&small, "一1"),
        [2],
        "60 mm move to the next page together"
    );
    assert_eq!(pages_with(&small, "同组"), [2]);
    let large = tied(120, 50);
    assert_eq!(
        pages_with(&large, "二1"),
        [1],
        "150 mm are parted between rows"
    );
    assert_eq!(pages_with(&large, "三1"), [2]);
    assert_eq!(
        pages_with(&large, "同组"),
        [1, 2],
        "and their label is repeated"
    );
}

#[test]
fn a_row_that_fits_no_page_is_an_error_and_not_a_clipped_page() {
    let source = r#"
code = "T-03"
version = 1
title = "试"
subject = "record"
[[block]]
[block.grid]
id = "grid"
columns = [170]
[[block.grid.row]]
height = 400
cells = [{ value = "number" }]
"#;
    let form = FormSpec::parse("T-03.v1.toml", source).expect("a form");
    let refused = layout(&form, &data("", ""), &LayoutOptions::default()).expect_err("too high");
    assert_eq!(refused.code(), "row_too_high");
}
