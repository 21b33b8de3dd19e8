//! Papers: looked at without a trace, kept when printed, saved, sent, and taken back signed.

use std::fs;

use commands::Code;
use serde_json::{Value as Json, json};

use super::{Seat, complaint};

fn is_pdf(bytes: &[u8]) -> bool {
    bytes.starts_with(b"%PDF-") && bytes.trim_ascii_end().ends_with(b"%%EOF")
}

fn kinds(preview: &Json) -> Vec<&str> {
    let warnings = preview["warnings"].as_array().expect("warnings");
    warnings.iter().filter_map(|w| w["kind"].as_str()).collect()
}

#[test]
fn a_preview_leaves_no_trace_and_says_what_to_look_at() {
    let (seat, uuid) = Seat::furnished();
    let ask = json!({ "form": "F-01", "records": [uuid] });
    let preview = seat.must("preview_papers", ask.clone());
    assert_eq!(kinds(&preview), ["fits", "blank"]);
    let blank = preview["warnings"][1]["message"].as_str().expect("words");
    assert!(
        blank.contains("转办单位") && !blank.contains("联系电话"),
        "{blank}"
    );
    assert_eq!(preview["files"].as_array().map(Vec::len), Some(1));
    let pdf = seat
        .desk
        .bytes("preview_pdf", json!({ "preview": preview["preview"] }));
    assert!(is_pdf(&pdf.expect("a PDF")));
    assert_eq!(seat.count("paper"), 0);

    seat.must("print_and_keep", ask.clone());
    let again = seat.must("preview_papers", ask);
    assert!(kinds(&again).contains(&"reprint"), "{again}");
    assert_eq!(seat.count("paper"), 1);
}

#[test]
fn a_character_without_a_glyph_is_shown_before_and_refused_at_printing() {
    let (seat, _) = Seat::furnished();
    let made = seat.must("add_record", complaint("漏水🙂"));
    let ask = json!({ "form": "F-01", "records": [made["uuid"]] });
    let preview = seat.must("preview_papers", ask.clone());
    assert!(kinds(&preview).contains(&"glyph"), "{preview}");
    assert_eq!(seat.refused("print_and_keep", ask).code, Code::Refused);
    assert_eq!(seat.count("paper"), 0);
}

#[test]
fn a_blank_form_is_looked_at_and_printed_without_a_paper() {
    let (seat, _) = Seat::furnished();
    let ask = json!({ "form": "F-01", "blank": true });
    let preview = seat.must("preview_papers", ask.clone());
    assert_eq!(kinds(&preview), ["fits"]);
    let files = seat.must("print_and_keep", ask);
    let pdf = seat.desk.bytes(
        "printed_pdf",
        json!({ "printed": files["files"][0]["printed"] }),
    );
    assert!(is_pdf(&pdf.expect("a PDF")));
    assert_eq!(seat.count("paper"), 0);
}

#[test]
fn only_the_last_previews_are_remembered() {
    let (seat, uuid) = Seat::furnished();
    let ask = json!({ "form": "F-01", "records": [uuid] });
    let first = seat.must("preview_papers", ask.clone());
    for _ in 0..4 {
        seat.must("preview_papers", ask.clone());
    }
    let gone = seat
        .desk
        .bytes("preview_pdf", json!({ "preview": first["preview"] }));
    assert_eq!(gone.expect_err("gone").code, Code::Refused);
}

#[test]
fn printed_papers_are_saved_sent_and_printed_again() {
    let (seat, uuid) = Seat::furnished();
    let other = seat.must("add_record", complaint("阳台渗水"));
    let ask = json!({ "form": "F-01", "records": [uuid, other["uuid"]] });
    let files = seat.must("print_and_keep", ask);
    let files = files["files"].as_array().expect("files");
    assert_eq!(files.len(), 2);
    let printed: Vec<&Json> = files.iter().map(|f| &f["printed"]).collect();
    let number = &files[0]["papers"][0];

    // One: under a name. Several: into a folder, beside what is there.
    let one = json!({ "printed": [printed[0]] });
    assert_eq!(seat.must("save_printed", one.clone()), json!(null));
    let place = seat.home.path().join("一份.pdf");
    seat.host.will_save(&place);
    seat.must("save_printed", one);
    let pdf = fs::read(&place).expect("saved");
    assert!(is_pdf(&pdf));
    let kept = seat.desk.bytes("paper_pdf", json!({ "paper": number }));
    assert_eq!(kept.expect("kept"), pdf);
    let folder = tempfile::tempdir().expect("a folder");
    for count in [2, 4] {
        seat.host.will_choose(folder.path());
        let saved = seat.must("save_printed", json!({ "printed": printed }));
        assert_eq!(saved["rows"], 2);
        assert_eq!(fs::read_dir(folder.path()).expect("read").count(), count);
    }

    seat.must("send_to_printer", json!({ "printed": printed }));
    let sent = seat.host.log().pop().expect("an entry");
    let sent = fs::read(sent["print_file"].as_str().expect("a path"));
    assert!(is_pdf(&sent.expect("a file")));
    seat.host.refuses(true);
    let refused = seat.refused("send_to_printer", json!({ "printed": printed }));
    assert_eq!(refused.code, Code::Refused);
    assert_eq!(seat.count("paper"), 2);

    let again = seat.must("reprint_paper", json!({ "paper": number }));
    let again = json!({ "printed": again["files"][0]["printed"] });
    let again = seat.desk.bytes("printed_pdf", again).expect("a PDF");
    assert!(is_pdf(&again) && again != pdf);
    assert_eq!(seat.count("paper"), 2);
}

#[test]
fn a_merged_print_is_one_file_with_all_papers_in_it() {
    let (seat, uuid) = Seat::furnished();
    let other = seat.must("add_record", complaint("阳台渗水"));
    let ask = json!({ "form": "F-01", "records": [uuid, other["uuid"]], "merge": true });
    assert_eq!(
        seat.must("preview_papers", ask.clone())["files"]
            .as_array()
            .map(Vec::len),
        Some(1)
    );
    let files = seat.must("print_and_keep", ask);
    assert_eq!(files["files"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        files["files"][0]["papers"].as_array().map(Vec::len),
        Some(2)
    );
}

#[test]
fn a_signed_sheet_comes_back_by_its_scan() {
    let (seat, uuid) = Seat::furnished();
    let ask = json!({ "form": "F-01", "records": [uuid] });
    let files = seat.must("print_and_keep", ask);
    let number = &files["files"][0]["papers"][0];
    let ask = json!({ "paper": number });
    assert_eq!(
        seat.desk
            .bytes("returned_scan", ask.clone())
            .expect_err("none")
            .code,
        Code::Refused
    );
    assert_eq!(seat.must("return_scan", ask.clone()), json!(null));
    let scan = seat.file("扫描.pdf", b"%PDF-1.4 scan");
    let unknown = json!({ "paper": "没有", "token": seat.dropped(&scan) });
    assert_eq!(seat.refused("return_scan", unknown).code, Code::NotFound);
    seat.host.will_pick(&[&scan]);
    let paper = seat.must("return_scan", ask.clone());
    assert_eq!(paper["values"]["status"], "returned", "{paper}");
    let back = seat.desk.bytes("returned_scan", ask).expect("bytes");
    assert_eq!(back, b"%PDF-1.4 scan");
}

#[test]
fn every_form_is_looked_at_blank_and_filled() {
    let (seat, uuid) = Seat::furnished();
    let forms = seat.must("forms", json!({}));
    for form in forms.as_array().expect("forms") {
        let blank = json!({ "form": form["code"], "blank": true });
        assert_eq!(kinds(&seat.must("preview_papers", blank)), ["fits"]);
        let records = if form["list"] == true {
            json!([])
        } else {
            json!([uuid])
        };
        let filled = json!({ "form": form["code"], "records": records });
        match seat.call("preview_papers", filled) {
            Ok(preview) => assert!(preview["pages"].as_u64() >= Some(1), "{form}"),
            // A sheet of photographs has nothing on it before there are some.
            Err(fault) => assert!(fault.message.contains("照片"), "{form}: {fault}"),
        }
    }
    assert_eq!(seat.count("paper"), 0);
}

#[test]
fn a_silent_printer_makes_papers_void_and_they_are_not_out() {
    let (seat, uuid) = Seat::furnished();
    let ask = json!({
        "prints": [{ "form": "F-01", "records": [uuid] }], "copies": 2,
    });
    seat.host.refuses(true);
    assert_eq!(seat.refused("print_out", ask.clone()).code, Code::Refused);
    assert_eq!(seat.must("papers", json!({})), json!([]));
    seat.host.refuses(false);
    let files = seat.must("print_out", ask);
    let out = seat.must("papers", json!({}));
    assert_eq!(
        out[0]["values"]["paper_number"],
        files["files"][0]["papers"][0]
    );
    let copies = seat.host.log();
    assert_eq!(
        copies
            .iter()
            .filter(|l| l["print_file"].is_string())
            .count(),
        3
    );
}

#[test]
fn papers_that_are_saved_nowhere_are_not_kept() {
    let (seat, uuid) = Seat::furnished();
    let ask = json!({
        "prints": [{ "form": "F-01", "records": [uuid] }], "name": "投诉记录表.pdf",
    });
    assert_eq!(seat.must("keep_as", ask.clone()), json!(null));
    seat.host
        .will_save(&seat.home.path().join("没有/这里/a.pdf"));
    // A folder that is not there is made.
    let kept = seat.must("keep_as", ask);
    assert_eq!(kept["files"].as_array().map(Vec::len), Some(1));
    assert_eq!(seat.count("paper"), 1);
    let place = seat.home.path().join("没有/这里/a.pdf");
    assert!(is_pdf(&fs::read(place).expect("saved")));
}
