//! Files that are no ledger.

use std::fs;
use std::path::PathBuf;

use super::Guarded;

fn file(office: &Guarded, name: &str, bytes: &[u8]) -> String {
    let path: PathBuf = office.dir.with_file_name(name);
    fs::write(&path, bytes).expect("a file");
    path.display().to_string()
}

#[test]
fn files_that_cannot_be_read_as_a_ledger_are_told_apart_and_nothing_is_imported() {
    let office = Guarded::new();
    let good = fs::read(tests::fixture("ledgers/投诉台账.xlsx")).expect("the sample");
    let mut spoilt = good.clone();
    let middle = spoilt.len() / 2;
    spoilt[middle..middle + 400].fill(0);
    let old = [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &[0; 600]].concat();
    for (name, bytes) in [
        ("空.xlsx", b"".as_slice()),
        ("信.xlsx", "这是一封信。".as_bytes()),
        ("断.xlsx", &good[..good.len() / 2]),
        ("坏.xlsx", &spoilt),
        ("旧.xls", &old),
        (
            "压缩包.xlsx",
            b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
        ),
        ("照片.jpg", b"\xFF\xD8\xFF\xE0\0\x10JFIF"),
        ("无表头.csv", "甲,乙\n1,2\n".as_bytes()),
    ] {
        for dry in [&["--dry-run"][..], &[]] {
            let path = file(&office, name, bytes);
            let mut arguments = vec!["import", path.as_str()];
            arguments.extend(dry);
            let ran = office.cli.run(&arguments);
            let message = ran.told(4, "bad_file");
            assert!(message.contains(name), "names the file: {message}");
        }
    }
    office.cli.run(&["import", "nowhere.xlsx"]).told(4, "io");
    let folder = office.dir.display().to_string();
    office.cli.run(&["import", &folder]).told(4, "io");
    office.is_untouched();
}

#[test]
fn a_ledger_without_one_good_row_is_refused_whole() {
    let office = Guarded::new();
    let csv = "投诉时间,投诉人,投诉内容\n昨天,王小明,漏水\n2026-01-05,王小明,\n";
    let path = file(&office, "台账.csv", csv.as_bytes());
    let ran = office.cli.run(&["import", &path]);
    ran.told(3, "refused");
    office.is_untouched();
}
