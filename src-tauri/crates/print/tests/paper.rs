//! Claims about the finished files, checked with programs of other people.

mod samples;
mod tools;

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use domain::form::{Datum, ImageRef};
use print::{Mode, Photo, PrintError, emit, layout, stamp_reprint};

fn handling_sheet(detail: &str, name: &str) -> Vec<u8> {
    let lists = samples::lists();
    let data = samples::complaint(detail, name);
    let options = samples::options(Mode::Final, &lists);
    let document = layout(samples::form("F-02"), &data, &options).expect("laid out");
    emit(&[document], &samples::meta("涉民投诉处理表 & <试>")).expect("a PDF")
}

#[test]
fn the_same_paper_has_the_same_bytes() {
    let first = handling_sheet(samples::LONG_MATTER, "䶮㛃");
    assert!(
        first == handling_sheet(samples::LONG_MATTER, "䶮㛃"),
        "two runs differ"
    );
    assert!(
        first != handling_sheet(samples::LONG_MATTER, "䶮"),
        "another name, the same bytes"
    );
    let stamp = "补打 2026年11月21日09时05分";
    let stamped = stamp_reprint(&first, stamp).expect("stamped");
    assert!(
        stamped == stamp_reprint(&first, stamp).expect("again"),
        "two stamps differ"
    );
}

#[test]
fn qpdf_finds_no_fault_and_every_font_is_cut_embedded_and_readable() {
    let kept = handling_sheet(samples::LONG_MATTER, "䶮㛃\u{2CB4E}\u{20164}");
    let stamped = stamp_reprint(&kept, "补打 2026年11月21日09时05分").expect("stamped");
    for pdf in [kept, stamped] {
        let file = tools::File::of(&pdf);
        tools::says("qpdf", "qpdf", &["--check", file.path()]);
        let fonts = tools::says("pdffonts", "poppler-utils", &[file.path()]);
        let rows: Vec<&str> = fonts.lines().skip(2).collect();
        assert!(rows.len() >= 3, "{fonts}");
        for row in rows {
            assert!(row.contains("yes yes yes"), "{row}");
            assert!(row.as_bytes()[6] == b'+', "not marked as cut: {row}");
        }
    }
}

#[test]
fn the_text_comes_back_character_for_character() {
    let name = "䶮㛃\u{2CB4E}\u{20164}";
    let file = tools::File::of(&handling_sheet(samples::LONG_MATTER, name));
    let text = file.text();
    let matter: String = samples::LONG_MATTER
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    assert!(matter.chars().count() > 725);
    assert!(text.contains(&matter), "the matter is not in {text}");
    for part in [
        name,
        "☑受理☐不予受理",
        "TS-2026-XM01-0007",
        "第1页共2页",
        "2026年10月20日17时",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
}

#[test]
fn it_says_that_it_is_pdf_a_and_carries_no_active_content() {
    let pdf = handling_sheet("短", "甲");
    let text = String::from_utf8_lossy(&pdf);
    assert!(text.starts_with("%PDF-1.7"));
    assert!(text.contains("<pdfaid:part>2</pdfaid:part>"));
    assert!(
        text.contains("涉民投诉处理表 &amp; &lt;试&gt;"),
        "the title is escaped in the packet"
    );
    for key in [
        "/GTS_PDFA1",
        "/DestOutputProfile",
        "/Lang(zh-CN)",
        "/Metadata",
    ] {
        assert!(text.replace(' ', "").contains(key), "{key} is missing");
    }
    for key in ["/JavaScript", "/Encrypt", "/AA", "/Launch"] {
        assert!(!text.contains(key), "{key} has no place in an archive");
    }
    let info = tools::says("pdfinfo", "poppler-utils", &[tools::File::of(&pdf).path()]);
    assert!(
        info.contains("涉民投诉处理表 & <试>") && info.contains("江城建设"),
        "{info}"
    );
}

#[test]
fn a_reprint_says_so_on_every_page_and_changes_nothing_else() {
    let kept = handling_sheet(samples::LONG_MATTER, "欧阳娜");
    let stamp = "补打 2026年11月21日09时05分";
    let stamped = stamp_reprint(&kept, stamp).expect("stamped");
    let (before, after) = (tools::File::of(&kept), tools::File::of(&stamped));
    let words = stamp.replace(' ', "");
    assert_eq!(after.text().matches(&words).count(), 2, "one stamp a page");
    assert_eq!(after.text().replace(&words, ""), before.text());
    for page in [1, 2] {
        let (one, other) = (before.picture(page), after.picture(page));
        let strip = other.height() * 19 / 20;
        for (x, y, point) in one.enumerate_pixels() {
            assert!(
                y >= strip || point == other.get_pixel(x, y),
                "page {page} changed at {x},{y}, above the strip"
            );
        }
        assert!(one != other, "page {page} carries no stamp");
    }
    let refused = stamp_reprint(b"not a PDF", stamp).expect_err("no PDF");
    assert_eq!(refused.code(), "kept_pdf_unreadable");
}

#[test]
fn a_character_without_face_is_named_and_nothing_is_printed() {
    let lists = samples::lists();
    let data = samples::complaint("正文😀", "王\u{2A6A5}");
    let mut options = samples::options(Mode::Final, &lists);
    let refused = layout(samples::form("F-02"), &data, &options).expect_err("no such glyphs");
    let PrintError::Uncovered { characters } = &refused else {
        panic!("{refused}")
    };
    let named: Vec<char> = characters
        .iter()
        .map(|uncovered| uncovered.character)
        .collect();
    assert_eq!(named, ['\u{1F600}', '\u{2A6A5}']);
    options.substitute = true;
    let document = layout(samples::form("F-02"), &data, &options).expect("with 〓");
    assert!(
        document.text().contains("王〓"),
        "the substitute is printed, not a box"
    );
}

#[test]
fn many_papers_share_their_fonts_in_one_file() {
    let lists = samples::lists();
    let options = samples::options(Mode::Final, &lists);
    let form = samples::form("F-02");
    let paper = |name: &str| {
        layout(form, &samples::complaint("夜间施工噪声。", name), &options).expect("laid out")
    };
    let one = emit(&[paper("甲")], &samples::meta("一"))
        .expect("one")
        .len();
    let papers: Vec<_> = (0..40).map(|_| paper("甲")).collect();
    let many = emit(&papers, &samples::meta("多")).expect("many");
    let each = (many.len() - one) / 39;
    assert!(
        each < one / 8,
        "{each} bytes for one more, {one} for the first"
    );
    tools::says("qpdf", "qpdf", &["--check", tools::File::of(&many).path()]);
}

#[test]
fn a_long_run_of_papers_keeps_order_fonts_and_stamps_and_has_the_same_bytes() {
    let lists = samples::lists();
    let options = samples::options(Mode::Final, &lists);
    let paper = |n: usize| {
        let data = samples::complaint("夜间施工噪声。", &format!("第{n}号人"));
        layout(samples::form("F-02"), &data, &options).expect("laid out")
    };
    // More than are written at a time, so that parts are joined.
    let papers: Vec<_> = (1000..1130).map(paper).collect();
    let run = emit(&papers, &samples::meta("多")).expect("many");
    assert!(run == emit(&papers, &samples::meta("多")).expect("again"));
    let stamped = stamp_reprint(&run, "补打 2026年11月21日09时05分").expect("stamped");
    let words = |pdf: &[u8], faces: usize| {
        let file = tools::File::of(pdf);
        tools::says("qpdf", "qpdf", &["--check", file.path()]);
        let fonts = tools::says("pdffonts", "poppler-utils", &[file.path()]);
        assert_eq!(fonts.lines().skip(2).count(), faces, "{fonts}");
        tools::says("pdftotext", "poppler-utils", &[file.path(), "-"])
    };
    let text = words(&run, 3);
    let names: Vec<&str> = text.lines().filter(|line| line.ends_with("号人")).collect();
    let wanted: Vec<String> = (1000..1130).map(|n| format!("第{n}号人")).collect();
    assert_eq!(names, wanted);
    assert_eq!(words(&stamped, 4).matches("补打").count(), papers.len());
}

fn photo(width: u32, height: u32) -> Arc<Photo> {
    let picture = image::RgbImage::from_fn(width, height, |x, y| {
        let level = u8::try_from((x / 16 + y / 16) % 2 * 160 + 60).expect("a byte");
        image::Rgb([level, 120, 200])
    });
    let mut file = Vec::new();
    image::DynamicImage::ImageRgb8(picture)
        .write_to(&mut Cursor::new(&mut file), image::ImageFormat::Jpeg)
        .expect("encoded");
    Arc::new(Photo::prepare(&file).expect("a photo"))
}

#[test]
fn photographs_stand_beside_each_other_and_a_missing_one_is_named() {
    let lists = samples::lists();
    let Datum::Map(mut fields) = samples::complaint("短", "甲") else {
        panic!("a record")
    };
    let names = ["aa", "bb", "cc"];
    let images = names.map(|name| {
        Datum::Image(ImageRef {
            sha256: name.repeat(32),
            caption: format!("照片{name}"),
        })
    });
    fields.insert("photos".into(), Datum::List(images.to_vec()));
    let data = Datum::Map(fields);
    let mut photos: BTreeMap<String, Arc<Photo>> = BTreeMap::new();
    photos.insert("aa".repeat(32), photo(800, 600));
    photos.insert("bb".repeat(32), photo(600, 800));
    let mut options = samples::options(Mode::Final, &lists);
    options.photos = Some(&photos);
    let form = samples::form("F-27");
    let refused = layout(form, &data, &options).expect_err("the third is missing");
    assert_eq!(refused.code(), "picture_missing");

    let mut photos = photos.clone();
    photos.insert("cc".repeat(32), photo(2000, 500));
    options.photos = Some(&photos);
    let document = layout(form, &data, &options).expect("laid out");
    let places: Vec<_> = document.pages[1]
        .items
        .iter()
        .filter_map(|item| match item {
            print::Item::Picture { area, .. } => Some(*area),
            _ => None,
        })
        .collect();
    assert_eq!(places.len(), 3);
    assert!(places[0].right < places[1].left && places[2].top > places[0].bottom);
    let ratio = |area: print::Area| {
        let (width, height) = (area.right - area.left, area.bottom - area.top);
        (width * 100 + height / 2) / height
    };
    assert_eq!(
        (ratio(places[0]), ratio(places[1]), ratio(places[2])),
        (133, 75, 400)
    );
    let pdf = emit(&[document], &samples::meta("照片")).expect("a PDF");
    let file = tools::File::of(&pdf);
    tools::says("qpdf", "qpdf", &["--check", file.path()]);
    let list = tools::says("pdfimages", "poppler-utils", &["-list", file.path()]);
    assert_eq!(
        list.lines().filter(|line| line.contains("jpeg")).count(),
        3,
        "{list}"
    );
}
