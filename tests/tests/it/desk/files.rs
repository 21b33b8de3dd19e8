//! Files by their tokens, and attachments.

use std::fs;

use commands::Code;
use serde_json::json;
use tests::place::SmallDisk;

use super::{Seat, complaint, desk_over, founding, photo};

#[test]
fn a_token_is_good_in_its_session_and_for_its_use_only() {
    let (seat, uuid) = Seat::furnished();
    let path = seat.file("a.txt", b"a");
    let attach =
        |token: &str| json!({ "register": "complaint", "record": uuid, "tokens": [token] });
    assert_eq!(
        seat.refused("attach_files", attach("0123")).code,
        Code::Refused
    );

    // Another desk gave it.
    let other = Seat::empty();
    let foreign = other.dropped(&path);
    seat.refused("attach_files", attach(&foreign));

    // A file that was written is no file that was picked.
    seat.host.will_save(&seat.home.path().join("l.xlsx"));
    let saved = seat.must("export_list", json!({ "register": "complaint" }));
    seat.refused(
        "attach_files",
        attach(saved["token"].as_str().expect("a token")),
    );

    // The session before gave it.
    let token = seat.dropped(&path);
    seat.must("open_demo", json!({}));
    seat.must("leave_demo", json!({}));
    seat.refused("attach_files", attach(&token));
    let kept = seat.must(
        "attachments_of",
        json!({ "register": "complaint", "record": uuid }),
    );
    assert_eq!(kept, json!([]));

    let token = seat.dropped(&path);
    let made = seat.must("attach_files", attach(&token));
    assert_eq!(made[0]["shown"]["name"], "a.txt");
}

#[test]
fn several_files_are_one_act_and_a_missing_one_keeps_all_out() {
    let (seat, uuid) = Seat::furnished();
    let (one, two) = (
        seat.file("甲.jpg", &photo(40, 30)),
        seat.file("乙.pdf", b"%PDF-"),
    );
    let ask = json!({ "register": "complaint", "record": uuid });
    let kept = || seat.must("attachments_of", ask.clone());

    // Cancelled.
    assert_eq!(seat.must("attach_files", ask.clone()), json!([]));
    assert_eq!(kept(), json!([]));

    let gone = seat.home.path().join("没有.jpg");
    seat.host.will_pick(&[&one, &gone]);
    assert_eq!(seat.refused("attach_files", ask.clone()).code, Code::Io);
    assert_eq!(kept(), json!([]));

    seat.host.will_pick(&[&one, &two]);
    let made = seat.must("attach_files", ask.clone());
    assert_eq!(made.as_array().map(Vec::len), Some(2));
    seat.must("undo", json!({}));
    assert_eq!(kept(), json!([]));
}

#[test]
fn an_attachment_goes_out_by_a_copy_and_a_program_is_not_opened() {
    let (seat, uuid) = Seat::furnished();
    let jpeg = photo(900, 600);
    let (picture, program) = (seat.file("现场.jpg", &jpeg), seat.file("工具.exe", b"MZ"));
    seat.host.will_pick(&[&picture, &program]);
    let ask = json!({ "register": "complaint", "record": uuid });
    let made = seat.must("attach_files", ask);
    let (picture, program) = (
        json!({ "attachment": made[0]["uuid"] }),
        json!({ "attachment": made[1]["uuid"] }),
    );
    let file = seat.desk.bytes("attachment_file", picture.clone());
    assert_eq!(file.expect("bytes"), jpeg);

    seat.must("open_attachment", picture.clone());
    let opened = seat.host.log().pop().expect("an entry");
    let copy = opened["open_file"].as_str().expect("a path").to_owned();
    assert!(copy.ends_with("现场.jpg"), "{copy}");
    assert_eq!(fs::read(&copy).expect("a copy"), jpeg);
    assert_eq!(
        seat.refused("open_attachment", program.clone()).code,
        Code::Refused
    );
    seat.host.refuses(true);
    seat.refused("open_attachment", picture.clone());

    assert_eq!(seat.must("save_attachment", picture.clone()), json!(null));
    let place = seat.home.path().join("存.jpg");
    seat.host.will_save(&place);
    assert_eq!(
        seat.must("save_attachment", picture.clone())["name"],
        "存.jpg"
    );
    assert_eq!(fs::read(place).expect("saved"), jpeg);

    let small = |edge: u32| {
        let mut ask = picture.clone();
        ask["edge"] = json!(edge);
        seat.desk.bytes("thumbnail", ask).expect("a picture")
    };
    let photo = print::Photo::prepare(&small(96)).expect("a JPEG");
    assert_eq!((photo.width, photo.height), (96, 64));
    let most = print::Photo::prepare(&small(9_000)).expect("a JPEG");
    assert_eq!(most.width, 512);
    let mut ask = program;
    ask["edge"] = json!(96);
    assert_eq!(
        seat.desk.bytes("thumbnail", ask).expect_err("none").code,
        Code::Io
    );

    // The next start takes the copies away.
    seat.desk.close();
    let _next = desk_over(commands::desk::Place::under(seat.home.path()), &seat.host);
    assert!(!std::path::Path::new(&copy).exists());
}

#[test]
fn a_full_disk_takes_no_attachment_and_keeps_what_is_there() {
    let Some(disk) = SmallDisk::of_megabytes(24) else {
        return;
    };
    let seat = Seat::empty();
    let desk = desk_over(commands::desk::Place::under(disk.path()), &seat.host);
    desk.call("found_office", founding()).expect("founded");
    let made = desk.call("add_record", complaint("漏水")).expect("made");
    let file = seat.file("大.bin", &vec![7; 4 << 20]);
    disk.fill_but(1 << 20);
    seat.host.will_pick(&[&file]);
    let ask = json!({ "register": "complaint", "record": made["uuid"] });
    let fault = desk.call("attach_files", ask.clone()).expect_err("full");
    assert_eq!(fault.code, Code::DiskFull);
    disk.free();
    assert_eq!(desk.call("attachments_of", ask).expect("read"), json!([]));
    assert_eq!(
        desk.call("check", json!({})).expect("checked")["good"],
        true
    );
}
