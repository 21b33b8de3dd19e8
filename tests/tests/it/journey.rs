//! From the office's old ledger to an archived case with its papers, by the command line alone.

use std::fs;
use std::path::Path;

use serde_json::{Value as Json, json};
use tempfile::TempDir;
use tests::cli::Cli;

const LEDGER: &str = "ledgers/投诉台账.xlsx";

/// An empty office, made by the command line.
pub(crate) fn empty_office() -> (TempDir, Cli) {
    let home = tempfile::tempdir().expect("a temporary folder");
    let cli = Cli::on(&home.path().join("office"));
    cli.must(&[
        "--operator",
        "张三",
        "init",
        "--office",
        "某工程项目部",
        "--code",
        "XX",
    ]);
    (home, cli)
}

fn ledger() -> String {
    tests::fixture(LEDGER).display().to_string()
}

fn total(cli: &Cli, arguments: &[&str]) -> u64 {
    let mut all = vec!["list"];
    all.extend(arguments);
    cli.json(&all)["total"].as_u64().expect("a total")
}

fn expected() -> Json {
    let path = tests::fixture("ledgers/投诉台账.expected.json");
    serde_json::from_str(&fs::read_to_string(path).expect("it is there")).expect("it is JSON")
}

/// Imports the sample ledger for good and gives the answer.
fn import(cli: &Cli) -> Json {
    let ran = cli.run(&["--json", "import", &ledger()]);
    assert_eq!(ran.code, 1, "bad rows are findings: {ran:?}");
    ran.json()
}

#[test]
fn a_dry_run_counts_as_expected_reports_and_writes_nothing() {
    let (home, cli) = empty_office();
    let report = home.path().join("问题.xlsx");
    let ran = cli.run(&[
        "--json",
        "import",
        &ledger(),
        "--dry-run",
        "--report",
        &report.display().to_string(),
    ]);
    assert_eq!(ran.code, 1, "bad rows are findings: {ran:?}");
    let answer = ran.json();
    let counts = &expected()["counts"];
    assert_eq!(answer["status"], counts["status"]);
    assert_eq!(answer["total"], counts["data_rows"]);
    assert_eq!(answer["skipped"], counts["skipped"]);
    assert_eq!(answer["batch"], Json::Null);
    let bytes = fs::read(&report).expect("the report is there");
    assert!(bytes.starts_with(b"PK"), "the report is a workbook");
    for register in ["complaint", "project", "department", "import_batch"] {
        assert_eq!(total(&cli, &[register]), 0, "{register}");
    }
}

#[test]
fn an_import_can_be_taken_back_whole_and_made_again() {
    let (_home, cli) = empty_office();
    let answer = import(&cli);
    let batch = answer["batch"].as_str().expect("a batch").to_owned();
    let status = &expected()["counts"]["status"];
    let taken = status["good"].as_u64().zip(status["partial"].as_u64());
    let taken = taken.map(|(good, partial)| good + partial).expect("counts");
    assert_eq!(total(&cli, &["complaint"]), taken);

    let again = cli.run(&["import", &ledger()]);
    let message = again.told(3, "refused");
    assert!(message.contains(&batch), "names the batch: {message}");
    assert_eq!(total(&cli, &["complaint"]), taken);

    cli.must(&["undo-import", &batch]);
    for register in ["complaint", "project", "department", "import_batch"] {
        assert_eq!(total(&cli, &[register]), 0, "{register}");
    }
    cli.run(&["undo-import", &batch]).told(3, "refused");

    let second = import(&cli);
    assert_ne!(second["batch"], answer["batch"], "a new batch");
    assert_eq!(total(&cli, &["complaint"]), taken);
    cli.must(&["check"]);
}

/// One run of the way: the moment, and what is asked.
struct Act<'a>(&'a str, &'a [&'a str]);

#[test]
fn an_imported_complaint_goes_the_whole_way_to_archived_with_its_papers() {
    let (home, cli) = empty_office();
    import(&cli);
    let open = cli.json(&["list", "complaint", "--where", "state=registered"]);
    let number = open["rows"][0]["number"]
        .as_str()
        .expect("one row of the ledger is only registered")
        .to_owned();
    let papers = home.path().join("papers");
    let folder = papers.display().to_string();
    walk(&cli, &number, &folder);

    let early = cli
        .at("2026-12-04T09:00")
        .run(&["do", "complaint", &number, "archive"]);
    let message = early.told(3, "refused").to_owned();
    for missing in [
        "投诉登记",
        "投诉受理",
        "调查报告",
        "处理意见",
        "处理结果",
        "投诉记录表",
        "投诉处理意见",
    ] {
        assert!(message.contains(missing), "{missing}: {message}");
    }

    bring_back(&cli, &number, home.path());
    cli.at("2026-12-05T09:00")
        .must(&["do", "complaint", &number, "archive", "--person", "张三"]);
    cli.at("2026-12-05T09:30")
        .must(&["print", "F-40", "--record", &number, "--out", &folder]);

    let shown = cli.json(&["show", "complaint", &number, "--history"]);
    assert_eq!(shown["state"], "archived");
    assert_eq!(shown["number"], number, "the number stays");
    let kept = cli.json(&["papers", "--record", &number]);
    let forms: Vec<&str> = rows(&kept)
        .iter()
        .filter_map(|p| p["values"]["form"].as_str())
        .collect();
    for form in ["F-01", "F-02", "F-04", "F-27", "F-28", "F-40"] {
        assert!(forms.contains(&form), "{form} among {forms:?}");
    }
    assert!(
        rows(&kept)
            .iter()
            .all(|p| p["values"]["status"] != "printed"),
        "every signed sheet came back: {kept:#}"
    );
    let files = fs::read_dir(&papers).expect("the folder of papers").count();
    assert_eq!(files, forms.len(), "one file for each paper");
    let sound = cli.json(&["check"]);
    assert_eq!(sound["findings"], json!([]), "not even an orphan file");
}

/// A major complaint, step by step, each paper printed when it is offered.
fn walk(cli: &Cli, number: &str, folder: &str) {
    let plan = json!({
        "facts": "现场核实，空压机夜间运转。", "cause": "没有隔声棚", "liability": "施工",
        "opinion": "搭设隔声棚，调整作业时间。", "measures": "隔声棚",
    })
    .to_string();
    let acts = [
        Act(
            "2026-11-23T09:00",
            &[
                "do",
                "accept",
                "--person",
                "李四",
                "--values",
                r#"{"acceptor":"李四"}"#,
            ],
        ),
        Act("2026-11-23T09:10", &["print", "F-01"]),
        Act("2026-11-23T09:20", &["print", "F-04"]),
        Act(
            "2026-11-23T10:00",
            &[
                "do",
                "contact",
                "--person",
                "王五",
                "--text",
                "电话告知处理时限",
            ],
        ),
        Act(
            "2026-11-23T14:00",
            &["do", "start_investigation", "--person", "王五"],
        ),
        Act(
            "2026-11-24T09:00",
            &[
                "do",
                "report_major",
                "--person",
                "王五",
                "--text",
                "已书面报告公司",
            ],
        ),
        Act(
            "2026-11-24T10:00",
            &["do", "make_plan", "--person", "王五", "--values", &plan],
        ),
        Act("2026-11-24T10:10", &["print", "F-27"]),
        Act(
            "2026-11-24T11:00",
            &["do", "submit_approval", "--person", "王五"],
        ),
        Act(
            "2026-11-25T09:00",
            &[
                "do",
                "approve",
                "--person",
                "赵六",
                "--values",
                r#"{"approver":"赵六"}"#,
            ],
        ),
        Act("2026-11-25T09:10", &["print", "F-28"]),
        Act(
            "2026-11-25T10:00",
            &["do", "ask_customer", "--person", "王五"],
        ),
        Act(
            "2026-11-26T10:00",
            &[
                "do",
                "customer_agrees",
                "--values",
                r#"{"customer_opinion":"同意","due_on":"2026-12-10"}"#,
            ],
        ),
        Act(
            "2026-12-02T16:00",
            &[
                "do",
                "finish_handling",
                "--person",
                "王五",
                "--values",
                r#"{"result":"隔声棚已搭设","department_head":"赵六"}"#,
            ],
        ),
        Act(
            "2026-12-03T10:00",
            &[
                "do",
                "record_visit",
                "--values",
                r#"{"visitor":"李四","visit_mode":"电话","satisfaction":"满意"}"#,
            ],
        ),
        Act("2026-12-03T10:10", &["print", "F-02"]),
    ];
    for Act(at, words) in acts {
        let cli = cli.at(at);
        match words {
            ["print", form] => cli.must(&["print", form, "--record", number, "--out", folder]),
            ["do", step, rest @ ..] => {
                let mut all = vec!["do", "complaint", number, *step];
                all.extend(rest);
                cli.must(&all)
            }
            _ => unreachable!("only these two"),
        };
    }
}

/// Every signed sheet that is out comes back as a scan.
fn bring_back(cli: &Cli, number: &str, home: &Path) {
    let out = cli.json(&["papers", "--record", number]);
    for (at, paper) in rows(&out).iter().enumerate() {
        if paper["values"]["status"] != "printed" {
            continue;
        }
        let scan = home.join(format!("scan-{at}.pdf"));
        fs::write(&scan, format!("%PDF-1.7 scan {at}")).expect("a scan");
        let paper = paper["values"]["paper_number"].as_str().expect("a number");
        cli.at("2026-12-04T15:00").must(&[
            "returned",
            paper,
            "--scan",
            &scan.display().to_string(),
        ]);
    }
}

pub(crate) fn rows(answer: &Json) -> &[Json] {
    answer.as_array().map_or(&[], Vec::as_slice)
}
