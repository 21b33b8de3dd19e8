//! Verbs about papers.

use std::path::{Path, PathBuf};

use commands::{
    Outcome, PaperRef, PrintPapers, PrintedFile, files, print_papers, reprint as stamp,
};
use serde_json::{Value as Json, json};

use super::{Done, Session};
use crate::args::Print;
use crate::output::{of, table};
use crate::request;

/// `forms`.
pub(crate) fn forms(session: &Session<'_>) -> Outcome<Done> {
    session.call("forms", json!({}), |answer| {
        let rows: Vec<Vec<String>> = answer
            .as_array()
            .into_iter()
            .flatten()
            .map(|f| {
                let about = if f["list"] == true {
                    "台账"
                } else {
                    "单件"
                };
                let signed = if f["signed"] == true {
                    "需签字归还"
                } else {
                    ""
                };
                vec![
                    of(f, "code").to_owned(),
                    of(f, "title").to_owned(),
                    format!("v{}", f["version"]),
                    about.to_owned(),
                    signed.to_owned(),
                ]
            })
            .collect();
        table(&["表式", "名称", "版本", "范围", "签字"], &rows)
    })?;
    Ok(Done::Well)
}

/// `print`.
pub(crate) fn print(session: &Session<'_>, print: &Print) -> Outcome<Done> {
    let ask = json!({
        "form": print.form, "records": print.record,
        "filters": request::conditions(&print.filters)?, "blank": print.blank,
        "values": request::values(&print.values)?, "filler": session.cli.operator,
        "merge": print.merge, "trial": print.draft,
    });
    let ask: PrintPapers = serde_json::from_value(ask).map_err(commands::CommandError::internal)?;
    // A place that cannot take the file is found before a paper is recorded.
    let one = print.record.len() <= 1 && print.filters.is_empty();
    let single = one || print.merge;
    let as_file = print
        .out
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("pdf"));
    files::check_place(&print.out, as_file)?;
    let printed = print_papers(&session.ctx, &ask)?;
    let mut saved = Vec::new();
    for file in &printed {
        let path = if as_file && (single || printed.len() == 1) {
            print.out.clone()
        } else {
            folder_of(&print.out, as_file).join(files::file_name(&file.name))
        };
        files::save_as(&path, &file.pdf, true)?;
        saved.push(report(file, &path));
    }
    session.print(&Json::Array(saved), |answer| {
        let lines = answer.as_array().into_iter().flatten().map(|f| {
            let papers: Vec<&str> = f["papers"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Json::as_str)
                .collect();
            format!(
                "{}（{} 页）{}",
                of(f, "path"),
                f["pages"],
                papers.join("、")
            )
        });
        lines.collect::<Vec<_>>().join("\n")
    });
    Ok(Done::Well)
}

fn folder_of(out: &Path, as_file: bool) -> PathBuf {
    if as_file {
        out.parent().unwrap_or(Path::new(".")).to_path_buf()
    } else {
        out.to_path_buf()
    }
}

fn report(file: &PrintedFile, path: &Path) -> Json {
    json!({ "path": path.display().to_string(), "papers": file.papers, "pages": file.pages })
}

/// `papers`.
pub(crate) fn papers(session: &Session<'_>, record: Option<&str>) -> Outcome<Done> {
    session.call("papers", json!({ "record": record }), |answer| {
        let rows: Vec<Vec<String>> = answer
            .as_array()
            .into_iter()
            .flatten()
            .map(|p| {
                [
                    "paper_number",
                    "title",
                    "printed_at",
                    "printed_by",
                    "prints",
                    "status",
                ]
                .map(|f| of(&p["shown"], f).to_owned())
                .to_vec()
            })
            .collect();
        table(
            &["文书编号", "名称", "打印时间", "打印人", "次数", "状态"],
            &rows,
        )
    })?;
    Ok(Done::Well)
}

/// `reprint`.
pub(crate) fn reprint(session: &Session<'_>, number: &str, out: &Path) -> Outcome<Done> {
    files::check_place(out, true)?;
    let file = stamp(
        &session.ctx,
        &PaperRef {
            paper: number.to_owned(),
        },
    )?;
    files::save_as(out, &file.pdf, true)?;
    session.print(&report(&file, out), |f| format!("已补打 {}", of(f, "path")));
    Ok(Done::Well)
}

/// `returned`.
pub(crate) fn returned(
    session: &Session<'_>,
    number: &str,
    scan: Option<&Path>,
    not_needed: bool,
) -> Outcome<Done> {
    let scan = scan
        .map(|path| files::take_file(&session.ctx, path))
        .transpose()?;
    let ask = json!({
        "paper": number, "scan": scan.map(|s| s.file), "not_needed": not_needed,
    });
    session.call("paper_returned", ask, |p| {
        format!(
            "{}：{}",
            of(&p["shown"], "paper_number"),
            of(&p["shown"], "status")
        )
    })?;
    Ok(Done::Well)
}
