//! Disks that are full and places that cannot be written.

use std::fs;
use std::path::Path;

use commands::Code;
use serde_json::json;
use tests::cli::Cli;
use tests::demo::copy_folder;
use tests::office::Office;
use tests::place::{SmallDisk, is_root};

use super::{Guarded, NUMBER};

fn total(cli: &Cli) -> u64 {
    let page = cli.json(&["list", "complaint", "--limit", "1"]);
    page["total"].as_u64().expect("a total")
}

/// An office like all of these tests, on a small disk.
fn on_disk(disk: &SmallDisk) -> Guarded {
    let made = Guarded::new();
    let dir = disk.path().join("office");
    copy_folder(&made.dir, &dir);
    Guarded::over(None, dir)
}

#[test]
fn a_full_disk_refuses_loses_nothing_and_goes_on_when_there_is_room_again() {
    let Some(disk) = SmallDisk::of_megabytes(4) else {
        return;
    };
    let office = on_disk(&disk);
    let cli = &office.cli;
    let long = json!({ "content": "顶棚漏水，".repeat(3_000) }).to_string();
    let mut kept = total(cli);
    let mut refusals = 0;
    for left in [400_000, 200_000, 100_000, 60_000, 30_000, 12_000, 4_096, 0] {
        disk.fill_but(left);
        for _ in 0..4 {
            let ran = cli.run(&["add", "complaint", "--values", &long]);
            if ran.code == 0 {
                kept += 1;
                continue;
            }
            let message = ran.told(4, "disk_full");
            assert!(message.contains("已保存的内容都在"), "{message}");
            refusals += 1;
        }
        disk.free();
        assert_eq!(total(cli), kept, "what was confirmed is there, no more");
        cli.must(&["check"]);
    }
    assert!(
        refusals > 0,
        "the disk was never full, so nothing was tested"
    );
    cli.must(&["do", "complaint", NUMBER, "note", "--text", "又能写了"]);
    cli.must(&["check"]);
}

#[test]
fn the_office_can_be_read_while_the_disk_is_full() {
    let Some(disk) = SmallDisk::of_megabytes(4) else {
        return;
    };
    let office = on_disk(&disk);
    let open = Office::open(&office.dir).expect("it opens while there is room");
    let note = json!({
        "register": "complaint", "record": NUMBER, "step": "note", "text": "记".repeat(9_000),
    });
    disk.fill_but(0);
    let fault = open
        .call("take_step", note.clone())
        .expect_err("the disk is full");
    assert_eq!(fault.code, Code::DiskFull, "{fault}");
    let shown = open.must(
        "get_record",
        json!({ "register": "complaint", "record": NUMBER }),
    );
    assert_eq!(shown["number"], NUMBER);
    assert_eq!(
        open.must("search", json!({ "text": "漏水" }))["hits"][0]["number"],
        NUMBER
    );
    office.cli.run(&["check"]).told(4, "in_use");
    disk.free();
    open.must("take_step", note);
    open.is_sound();
    drop(open.closed());
    office.cli.must(&["check"]);
}

#[test]
fn a_full_disk_leaves_no_half_paper_attachment_backup_or_workbook() {
    let Some(disk) = SmallDisk::of_megabytes(4) else {
        return;
    };
    let office = on_disk(&disk);
    let cli = &office.cli;
    let out = disk.path().join("out");
    fs::create_dir(&out).expect("a folder");
    let photo = office.dir.with_file_name("photo.jpg");
    disk.fill_but(0);
    let outside = tempfile::tempdir().expect("a folder on a disk with room");
    let source = outside.path().join("photo.jpg");
    fs::write(&source, vec![7; 300_000]).expect("a photograph");
    let (out, source) = (out.display().to_string(), source.display().to_string());
    let workbook = format!("{out}/台账.xlsx");
    for arguments in [
        &["print", "F-01", "--record", NUMBER, "--out", &out][..],
        &["print", "F-01", "--blank", "--out", &out],
        &["attach", "complaint", NUMBER, &source],
        &["backup"],
        &["export", "complaint", "--out", &workbook],
    ] {
        cli.run(arguments).told(4, "disk_full");
    }
    assert!(!photo.exists());
    disk.free();
    assert_eq!(cli.json(&["papers", "--record", NUMBER]), json!([]));
    assert_eq!(cli.json(&["restore"]), json!([]), "no backup is listed");
    let left = fs::read_dir(&out).expect("the folder").count();
    assert_eq!(left, 0, "no half file stays under its name");
    let mut now = cli.json(&["check"]);
    now["findings"] = json!([]);
    let mut before = office.before.clone();
    before["findings"] = json!([]);
    assert_eq!(now, before, "but for orphans nothing is different");
}

/// Every write is refused with the code for a closed place, and the office is as it was.
fn refuses_writes(cli: &Cli, out: &Path) {
    let out = out.display().to_string();
    for arguments in [
        &["add", "complaint", "--values", "{}"][..],
        &["do", "complaint", NUMBER, "note", "--text", "补充"],
        &["print", "F-01", "--record", NUMBER, "--out", &out],
        &["undo"],
        &["backup"],
        &["demo"],
    ] {
        let ran = cli.run(arguments);
        let message = ran.told(4, "read_only");
        assert!(message.contains("不能写入"), "{message}");
    }
}

#[test]
fn a_read_only_mount_is_told_and_holds_what_it_held() {
    let Some(disk) = SmallDisk::of_megabytes(4) else {
        return;
    };
    let office = on_disk(&disk);
    disk.set_read_only(true);
    refuses_writes(&office.cli, office.dir.parent().expect("a parent"));
    let init = Cli::on(&disk.path().join("new")).run(&["init", "--office", "新"]);
    init.told(4, "read_only");
    disk.set_read_only(false);
    office.is_untouched();
}

#[cfg(unix)]
#[test]
fn a_folder_that_belongs_to_another_user_is_told() {
    use std::os::unix::fs::PermissionsExt as _;
    let office = Guarded::new();
    let home = office.dir.parent().expect("a parent");
    let mode = |path: &Path, mode| {
        let closed = fs::Permissions::from_mode(mode);
        fs::set_permissions(path, closed).expect("permissions");
    };
    mode(home, 0o755);
    mode(&office.dir, 0o555);
    let cli = if is_root() {
        office.cli.as_nobody()
    } else {
        for entry in fs::read_dir(&office.dir).expect("a folder").flatten() {
            mode(&entry.path(), 0o444);
        }
        office.cli.clone()
    };
    refuses_writes(&cli, home);
    mode(&office.dir, 0o755);
    for entry in fs::read_dir(&office.dir).expect("a folder").flatten() {
        if entry.path().is_file() {
            mode(&entry.path(), 0o644);
        }
    }
    office.is_untouched();
}

#[test]
fn printing_to_a_place_that_cannot_be_written_records_no_paper() {
    let Some(disk) = SmallDisk::of_megabytes(1) else {
        return;
    };
    let office = Guarded::new();
    disk.set_read_only(true);
    let out = disk.path().display().to_string();
    let file = format!("{out}/表.pdf");
    let deep = format!("{out}/一/二");
    for place in [&out, &file, &deep] {
        let print = ["print", "F-01", "--record", NUMBER, "--out", place];
        let ran = office.cli.run(&print);
        assert!(ran.told(4, "read_only").contains("不能写入"));
    }
    office.is_untouched();
    let workbook = format!("{out}/台账.xlsx");
    office
        .cli
        .run(&["export", "complaint", "--out", &workbook])
        .told(4, "read_only");
    office.is_untouched();
}
