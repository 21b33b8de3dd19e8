//! Which office is open: founding, the demo office, another folder, one that cannot be opened.

use std::fs;
use std::sync::Arc;

use commands::Code;
use commands::desk::{Drive, Place};
use serde_json::json;
use tests::place::SmallDisk;

use super::{Seat, complaint, desk_over, founding};

#[test]
fn an_office_is_founded_with_its_project_or_not_at_all() {
    let seat = Seat::empty();
    let status = seat.must("status", json!({}));
    assert_eq!(status["can_found"], true);
    assert_eq!(status["office"], json!(null));
    seat.refused("list_records", json!({ "register": "complaint" }));

    let mut bad = founding();
    bad["project"]["completed_on"] = json!("2026-13-45");
    assert_eq!(seat.refused("found_office", bad).code, Code::Invalid);
    let left: Vec<_> = fs::read_dir(seat.home.path()).expect("the home").collect();
    assert!(left.is_empty(), "{left:?}");

    let status = seat.must("found_office", founding());
    assert_eq!(status["can_found"], false);
    assert_eq!(status["office"]["name"], "某工程项目部");
    assert_eq!(status["office"]["operator"], "张三");
    assert_eq!(seat.count("project"), 1);
    assert_eq!(seat.count("customer"), 1);
    assert_eq!(seat.refused("found_office", founding()).code, Code::Refused);
}

#[test]
fn the_demo_office_lies_beside_the_own_one_and_is_left_again() {
    let (seat, _) = Seat::furnished();
    let demo = seat.must("open_demo", json!({}));
    assert_eq!(demo["office"]["demo"], true);
    assert_eq!(demo["office"]["checked"], "not_needed");
    assert_eq!(seat.count("complaint"), 2);
    let own = seat.must("leave_demo", json!({}));
    assert_eq!(own["office"]["demo"], false);
    assert_eq!(seat.count("complaint"), 1);
    // The second time it is there already.
    assert_eq!(seat.must("open_demo", json!({}))["office"]["demo"], true);
}

#[test]
fn another_office_is_chosen_and_remembered() {
    let (first, _) = Seat::furnished();
    let other = Seat::empty();
    other.must("found_office", founding());
    other.desk.close();
    let folder = other.home.path().join("office");

    // Cancelled: nothing changes.
    let status = first.must("choose_office", json!({}));
    assert_eq!(first.count("complaint"), 1);
    let before = status["office"]["folder_shown"].clone();

    first.host.will_choose(&folder);
    let status = first.must("choose_office", json!({}));
    assert_ne!(status["office"]["folder_shown"], before);
    assert_eq!(first.count("complaint"), 0);

    first.desk.close();
    let again = desk_over(Place::under(first.home.path()), &first.host);
    let status = again.call("status", json!({})).expect("a status");
    let shown = status["office"]["folder_shown"].as_str().expect("open");
    assert_eq!(shown, folder.display().to_string());
}

#[test]
fn a_folder_without_an_office_leaves_the_open_one_open() {
    let (seat, _) = Seat::furnished();
    let folder = tempfile::tempdir().expect("a folder");
    seat.host.will_choose(folder.path());
    assert_eq!(
        seat.refused("choose_office", json!({})).code,
        Code::NotFound
    );
    assert_eq!(seat.count("complaint"), 1);

    // Before any office an empty folder is a place for one, another is not.
    let first = Seat::empty();
    fs::write(folder.path().join("a.txt"), "x").expect("a file");
    first.host.will_choose(folder.path());
    assert_eq!(
        first.refused("choose_office", json!({})).code,
        Code::Refused
    );
    fs::remove_file(folder.path().join("a.txt")).expect("removed");
    first.host.will_choose(folder.path());
    assert_eq!(first.must("choose_office", json!({}))["can_found"], true);
    first.must("found_office", founding());
    assert!(folder.path().join("current").is_file());
}

#[test]
fn what_is_remembered_wrongly_is_passed_over() {
    let (seat, _) = Seat::furnished();
    seat.desk.close();
    fs::write(seat.home.path().join("desk.json"), "{\"office\":").expect("written");
    let again = desk_over(Place::under(seat.home.path()), &seat.host);
    let status = again.call("status", json!({})).expect("a status");
    assert_eq!(status["office"]["name"], "某工程项目部");
}

#[test]
fn an_office_that_another_desk_has_open_is_opened_when_that_one_is_closed() {
    let (first, _) = Seat::furnished();
    let second = desk_over(Place::under(first.home.path()), &first.host);
    let status = second.call("status", json!({})).expect("a status");
    assert_eq!(status["office"], json!(null));
    assert_eq!(status["problem"]["code"], "in_use");
    assert_eq!(status["can_found"], false);
    let fault = second.call("today", json!({})).expect_err("not open");
    assert_eq!(fault.code, Code::InUse);
    first.desk.close();
    let status = second.call("open_again", json!({})).expect("a status");
    assert_eq!(status["office"]["name"], "某工程项目部");
}

#[test]
fn a_damaged_office_is_left_as_it_is_and_a_backup_brings_it_back() {
    let (seat, _) = Seat::furnished();
    let backup = seat.must("backup", json!({}));
    seat.must("add_record", complaint("阳台渗水"));
    seat.desk.close();
    let database = seat.home.path().join("office/office-0001.db");
    let spoilt = vec![b'x'; 8_192];
    fs::write(&database, &spoilt).expect("spoilt");

    let again = desk_over(Place::under(seat.home.path()), &seat.host);
    let status = again.call("status", json!({})).expect("a status");
    assert_eq!(status["problem"]["code"], "bad_file");
    let refused = again
        .call("found_office", founding())
        .expect_err("no place");
    assert_eq!(refused.code, Code::Refused);
    assert_eq!(fs::read(&database).expect("there"), spoilt);

    let listed = again.call("backups_here", json!({})).expect("listed");
    assert_eq!(listed[0]["name"], backup["name"]);
    let ask = json!({ "name": backup["name"] });
    let status = again.call("restore_backup", ask).expect("restored");
    assert_eq!(status["problem"], json!(null));
    let page = again.call("list_records", json!({ "register": "complaint" }));
    assert_eq!(page.expect("a page")["total"], 1);
    assert_eq!(fs::read(&database).expect("still there"), spoilt);
}

#[test]
fn an_older_state_is_put_back_and_the_present_one_kept() {
    let (seat, _) = Seat::furnished();
    let backup = seat.must("backup", json!({}));
    seat.must("add_record", complaint("阳台渗水"));
    assert_eq!(seat.count("complaint"), 2);
    let unknown = json!({ "name": "没有这个.db" });
    assert_eq!(seat.refused("restore_backup", unknown).code, Code::NotFound);
    assert_eq!(seat.count("complaint"), 2);

    let status = seat.must("restore_backup", json!({ "name": backup["name"] }));
    assert_eq!(status["office"]["name"], "某工程项目部");
    assert_eq!(seat.count("complaint"), 1);
    let listed = seat.must("backups", json!({}));
    assert_eq!(listed.as_array().map(Vec::len), Some(2));
    assert_eq!(seat.must("check", json!({}))["good"], true);
}

#[test]
fn a_backup_is_copied_to_a_place_that_is_chosen() {
    let (seat, _) = Seat::furnished();
    let backup = seat.must("backup", json!({}));
    let name = backup["name"].as_str().expect("a name");
    let ask = json!({ "name": name });
    // The dialog begins on the stick that holds it.
    let drive = |name: &str, free: u64| Drive {
        name: name.to_owned(),
        path: seat.home.path().join(name),
        free,
    };
    seat.host
        .has_drives(vec![drive("满", 10), drive("空", 1 << 30)]);
    assert_eq!(seat.must("save_backup_as", ask.clone()), json!(null));
    let asked = seat.host.log().pop().expect("an entry");
    assert_eq!(asked["folder"], json!(seat.home.path().join("空")));
    let place = seat.home.path().join("u.db");
    seat.host.will_save(&place);
    let saved = seat.must("save_backup_as", ask);
    assert_eq!(saved["name"], "u.db");
    let kept = seat.home.path().join("office/backups").join(name);
    assert_eq!(
        fs::read(place).expect("a copy"),
        fs::read(kept).expect("the backup")
    );
    seat.must("show_saved", json!({ "token": saved["token"] }));
}

#[test]
fn an_office_in_a_closed_place_is_opened_for_reading() {
    let Some(disk) = SmallDisk::of_megabytes(32) else {
        return;
    };
    let (seat, _) = Seat::furnished();
    seat.desk.close();
    tests::demo::copy_folder(seat.home.path(), disk.path());
    disk.set_read_only(true);
    let host = Arc::clone(&seat.host);
    let desk = desk_over(Place::under(disk.path()), &host);
    let status = desk.call("status", json!({})).expect("a status");
    assert_eq!(status["office"]["read_only"], true, "{status}");
    let page = desk.call("list_records", json!({ "register": "complaint" }));
    assert_eq!(page.expect("read")["total"], 1);
    let fault = desk.call("add_record", complaint("x")).expect_err("closed");
    assert_eq!(fault.code, Code::ReadOnly);
    let fault = desk.call("open_demo", json!({})).expect_err("closed");
    assert_eq!(fault.code, Code::ReadOnly);
}

#[test]
fn who_works_here_follows_the_office_record_and_its_undo() {
    let (seat, _) = Seat::furnished();
    let operator = || {
        let made = seat.must("add_record", complaint("漏水"));
        let ask = json!({ "register": "complaint", "record": made["uuid"] });
        seat.must("history_ops", ask)[0]["operator"].clone()
    };
    assert_eq!(operator(), "张三");
    let office = seat.must("list_records", json!({ "register": "office" }));
    let ask = json!({
        "register": "office", "record": office["rows"][0]["uuid"],
        "values": { "operator": "李四" }, "reason": "",
    });
    seat.must("edit_record", ask);
    assert_eq!(seat.must("status", json!({}))["office"]["operator"], "李四");
    assert_eq!(operator(), "李四");
    // The complaint first, then the office.
    seat.must("undo", json!({}));
    seat.must("undo", json!({}));
    assert_eq!(operator(), "张三");
}
