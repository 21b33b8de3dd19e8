//! What the papers of the program say in each mode, copy and decision, and in an office's words.

mod samples;

use domain::form::Datum;
use print::{Mode, PlacedText, layout};

#[test]
fn an_open_paper_keeps_room_for_the_pen_and_a_finished_one_is_struck() {
    let lists = samples::lists();
    let form = samples::form("F-02");
    let Datum::Map(mut fields) = samples::complaint("短", "甲") else {
        panic!("a record")
    };
    for field in [
        "result",
        "visitor",
        "handled_at",
        "visited_at",
        "satisfaction",
    ] {
        fields.insert(field.into(), Datum::Empty);
    }
    let data = Datum::Map(fields);
    let struck = |mode| {
        let document = layout(form, &data, &samples::options(mode, &lists)).expect("laid out");
        let lines: Vec<String> = document
            .pages
            .iter()
            .flat_map(print::Page::texts)
            .map(PlacedText::text)
            .collect();
        let dates = lines
            .iter()
            .filter(|line| line.contains("年　　月　　日　　时"))
            .count();
        (lines.iter().filter(|line| *line == "/").count(), dates)
    };
    assert_eq!(struck(Mode::Final), (5, 0));
    assert_eq!(struck(Mode::Open), (0, 2));
}

#[test]
fn copies_are_labelled_and_counted_each_for_itself() {
    let lists = samples::lists();
    let options = samples::options(Mode::Final, &lists);
    let data = samples::complaint("短", "甲");
    let document = layout(samples::form("F-04"), &data, &options).expect("laid out");
    assert_eq!(document.pages.len(), 2);
    for (page, label) in document.pages.iter().zip(["存根联", "投诉人联"]) {
        assert!(page.texts().any(|line| line.text() == label));
        assert!(page.texts().any(|line| line.text() == "第 1 页　共 1 页"));
        assert!(
            page.texts().all(|line| !line.text().contains("不予受理")),
            "the other letter"
        );
    }
}

#[test]
fn a_refusal_is_another_letter_with_reason_and_other_channel() {
    let lists = samples::lists();
    let Datum::Map(mut fields) = samples::complaint("短", "甲") else {
        panic!("a record")
    };
    fields.insert("accepted".into(), Datum::Bool(false));
    fields.insert(
        "refuse_reason".into(),
        Datum::text("不属于本项目部施工范围"),
    );
    fields.insert(
        "other_channel".into(),
        Datum::text("向市政设施管理处反映，电话12319"),
    );
    let options = samples::options(Mode::Final, &lists);
    let document = layout(samples::form("F-04"), &Datum::Map(fields), &options).expect("laid out");
    let text = document.text();
    for part in ["投诉不予受理告知书", "不属于本项目部施工范围", "12319"] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    assert!(!text.contains("决定予以受理"));
}

#[test]
fn an_office_prints_its_own_words_in_its_own_margins() {
    let lists = samples::lists();
    let form = samples::form("F-02");
    let change = domain::form::FormOverride {
        version: 2,
        title: Some("居民投诉处理单".into()),
        code: Some("HW-B-16-02 / A0".into()),
        wording: [("投诉单位".to_owned(), "反映单位".to_owned())].into(),
        margins: Some(domain::form::Margins {
            left: domain::form::Mm::whole(30),
            ..form.page.margins
        }),
        ..domain::form::FormOverride::default()
    };
    let own = change.apply(form).expect("fits");
    let data = samples::complaint("短", "甲");
    let document = layout(&own, &data, &samples::options(Mode::Final, &lists)).expect("laid out");
    let text = document.text();
    assert!(text.contains("居民投诉处理单") && text.contains("反映单位"));
    assert!(text.contains("HW-B-16-02 / A0") && !text.contains("投诉单位"));
    let left = document.pages[0].texts().map(|line| line.room.left).min();
    assert_eq!(left, Some(domain::form::Mm::whole(30).millipoints()));
}

#[test]
fn heads_are_repeated_and_every_row_is_there_once() {
    let lists = samples::lists();
    let options = samples::options(Mode::Final, &lists);
    let document = layout(samples::form("F-26"), &samples::ledger(120), &options).expect("laid");
    let count = |text: &str| {
        document
            .pages
            .iter()
            .flat_map(print::Page::texts)
            .filter(|l| l.text() == text)
            .count()
    };
    assert_eq!(count("投诉内容"), document.pages.len());
    assert_eq!(count("（以下空白）"), 1);
    for number in 1..=120 {
        assert_eq!(
            count(&format!("TS-2026-XM01-{number:04}")),
            1,
            "row {number}"
        );
    }
}

#[test]
fn a_complainant_without_name_is_addressed_all_the_same() {
    let lists = samples::lists();
    let Datum::Map(mut fields) = samples::complaint("短", "甲") else {
        panic!("a record")
    };
    fields.insert("complainant_name".into(), Datum::Empty);
    let data = Datum::Map(fields);
    let options = samples::options(Mode::Final, &lists);
    let letter = layout(samples::form("F-04"), &data, &options).expect("laid out");
    assert!(
        letter.pages[0]
            .texts()
            .any(|line| line.text() == "投诉人：")
    );
    let sheet = layout(samples::form("F-02"), &data, &options).expect("laid out");
    assert!(sheet.pages[0].texts().any(|line| line.text() == "未留姓名"));
}
