//! Every form, blank and filled, compared item by item with the committed display lists and by
//! eye's measure with the committed pictures. `TAIZHANG_GOLDENS=update` writes both anew; look at
//! the pictures before you commit them.

mod samples;
mod tools;

use domain::form::{Datum, FormSpec, Subject, catalog};
use print::{Document, Mode, emit, layout};

/// Above this share of differing points, in thousandths, a page has visibly changed.
const VISIBLE: u32 = 2;

const SHORT_MATTER: &str = "投诉人来电反映，10月11日晚22时至次日1时7#楼仍在浇筑混凝土，噪声严重影响休息。\n要求立即停止夜间施工并给予书面答复。";

fn cases(form: &FormSpec) -> Vec<(&'static str, Datum, Mode)> {
    let blank = ("blank", samples::nothing(), Mode::Blank);
    match form.subject {
        Subject::List => vec![blank, ("filled", samples::ledger(30), Mode::Final)],
        Subject::Record => {
            let filled = samples::complaint(SHORT_MATTER, "欧阳\u{2CB4E}");
            let mut cases = vec![blank, ("filled", filled, Mode::Final)];
            if form.code == "F-02" {
                let name = "䶮㛃\u{2CB4E}\u{20164}";
                let long = samples::complaint(samples::LONG_MATTER, name);
                cases.push(("long", long, Mode::Final));
            }
            cases
        }
    }
}

fn documents() -> Vec<(String, Document)> {
    let lists = samples::lists();
    let mut documents = Vec::new();
    for form in catalog::all() {
        for (name, data, mode) in cases(form) {
            let document = layout(form, &data, &samples::options(mode, &lists))
                .unwrap_or_else(|error| panic!("{} {name}: {error}", form.code));
            documents.push((format!("{}-{name}", form.code), document));
        }
    }
    documents
}

#[test]
fn every_form_is_laid_out_as_its_golden_list() {
    let mut changed = Vec::new();
    for (name, document) in documents() {
        assert!(
            document.unbound.is_empty(),
            "{name}: unbound {:?}",
            document.unbound
        );
        let path = tools::goldens().join(format!("{name}.txt"));
        let listing = document.listing();
        if tools::updating() {
            std::fs::create_dir_all(tools::goldens()).expect("a folder");
            std::fs::write(&path, &listing).expect("written");
        }
        let golden = std::fs::read_to_string(&path).unwrap_or_default();
        if golden != listing {
            let line = golden
                .lines()
                .zip(listing.lines())
                .position(|(old, new)| old != new);
            changed.push(format!("{name}, line {:?}", line.map(|line| line + 1)));
        }
    }
    assert!(
        changed.is_empty(),
        "changed, TAIZHANG_GOLDENS=update if meant: {changed:#?}"
    );
}

#[test]
fn every_first_page_looks_like_its_golden_picture() {
    let mut changed = Vec::new();
    for (name, document) in documents() {
        let pdf = emit(&[document], &samples::meta(&name)).expect("a PDF");
        let picture = tools::File::of(&pdf).picture(1);
        let path = tools::goldens().join(format!("{name}.png"));
        if tools::updating() {
            picture.save(&path).expect("written");
        }
        let golden = image::open(&path)
            .map(|golden| golden.to_luma8())
            .unwrap_or_default();
        let difference = tools::difference(&picture, &golden);
        if difference > VISIBLE {
            changed.push(format!("{name}: {difference} of 1000 points"));
        }
    }
    assert!(
        changed.is_empty(),
        "changed, TAIZHANG_GOLDENS=update if meant: {changed:#?}"
    );
}

#[test]
fn the_comparison_of_pictures_sees_a_missing_word_and_a_moved_page() {
    let lists = samples::lists();
    let form = samples::form("F-02");
    let data = samples::complaint(SHORT_MATTER, "欧阳");
    let mut document = layout(form, &data, &samples::options(Mode::Final, &lists)).expect("laid");
    let pdf = emit(&[document.clone()], &samples::meta("a")).expect("a PDF");
    let whole = tools::File::of(&pdf).picture(1);
    assert_eq!(tools::difference(&whole, &whole), 0);

    document.pages[0].items.retain(|item| match item {
        print::Item::Text(text) => !text.text().contains("提前三日"),
        _ => true,
    });
    let pdf = emit(&[document], &samples::meta("b")).expect("a PDF");
    let missing = tools::File::of(&pdf).picture(1);
    assert!(
        tools::difference(&whole, &missing) > VISIBLE,
        "a line of text is missing"
    );

    let moved = image::GrayImage::from_fn(whole.width(), whole.height(), |x, y| {
        *whole.get_pixel(x, y.saturating_sub(4))
    });
    assert!(
        tools::difference(&whole, &moved) > VISIBLE,
        "the page is moved"
    );
}
