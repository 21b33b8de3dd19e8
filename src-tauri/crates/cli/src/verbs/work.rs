//! Verbs that write, and those that look after the data.

use std::path::Path;

use commands::{CommandError, Outcome, files, ledger, table};
use serde_json::{Map, Value as Json, json};

use super::{Done, Session};
use crate::args::Do;
use crate::output::{self, of};
use crate::request;

/// `add`.
pub(crate) fn add(session: &Session<'_>, register: &str, values: &str) -> Outcome<Done> {
    let ask = json!({ "register": register, "values": request::values(values)? });
    session.call("add_record", ask, saved)?;
    Ok(Done::Well)
}

/// `edit`.
pub(crate) fn edit(
    session: &Session<'_>,
    register: &str,
    number: &str,
    values: &str,
    seen: Option<i64>,
) -> Outcome<Done> {
    let mut values = request::values(values)?;
    let reason = values
        .remove("reason")
        .and_then(|r| r.as_str().map(str::to_owned));
    let ask = json!({
        "register": register, "record": number, "values": values, "seen": seen,
        "reason": reason.unwrap_or_default(),
    });
    session.call("edit_record", ask, saved)?;
    Ok(Done::Well)
}

fn saved(record: &Json) -> String {
    let name = match of(record, "number") {
        "" => of(record, "uuid"),
        number => number,
    };
    format!(
        "已保存 {name}  {}（第 {} 版）",
        of(record, "title"),
        record["row_version"]
    )
}

/// `delete`.
pub(crate) fn delete(
    session: &Session<'_>,
    register: &str,
    number: &str,
    reason: &str,
) -> Outcome<Done> {
    let ask = json!({ "register": register, "record": number, "reason": reason });
    session.call("delete_record", ask, |r| {
        format!("已放入回收站：{}", of(r, "title"))
    })?;
    Ok(Done::Well)
}

/// `undelete`.
pub(crate) fn undelete(session: &Session<'_>, register: &str, number: &str) -> Outcome<Done> {
    let ask = json!({ "register": register, "record": number });
    session.call("restore_record", ask, |r| {
        format!("已恢复：{}", of(r, "title"))
    })?;
    Ok(Done::Well)
}

/// `do`.
pub(crate) fn step(session: &Session<'_>, step: &Do) -> Outcome<Done> {
    let mut action = Map::new();
    for (key, value) in [
        ("rule", &step.rule),
        ("until", &step.until),
        ("archive_item", &step.item),
    ] {
        if let Some(value) = value {
            action.insert(key.to_owned(), json!(value));
        }
    }
    let mut waive = Vec::new();
    for one in &step.waive {
        let (code, reason) = one.split_once('=').unwrap_or((one, ""));
        waive.push(json!({ "code": code.trim(), "reason": reason.trim() }));
    }
    let ask = json!({
        "register": step.register, "record": step.number, "step": step.step,
        "values": request::values(&step.values)?, "action": action, "at": step.at,
        "person": step.person, "text": step.text, "waive": waive,
    });
    session.call("take_step", ask, |answer| {
        let record = &answer["record"];
        let papers: Vec<&str> = answer["papers"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Json::as_str)
            .collect();
        let papers = match papers.len() {
            0 => String::new(),
            _ => format!("，可打印 {}", papers.join("、")),
        };
        format!(
            "{} 现为“{}”{papers}",
            of(record, "number"),
            of(record, "state_label")
        )
    })?;
    Ok(Done::Well)
}

/// `undo` and `redo`.
pub(crate) fn take_back(session: &Session<'_>, name: &str, word: &str) -> Outcome<Done> {
    session.call(name, json!({}), |answer| {
        let records: Vec<&str> = answer["records"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Json::as_str)
            .collect();
        let more = match records.len() {
            0..=5 => String::new(),
            count => format!(" 等 {count} 条记录"),
        };
        let some = &records[..records.len().min(5)];
        format!("{word}“{}” {}{more}", of(answer, "what"), some.join("、"))
    })?;
    Ok(Done::Well)
}

/// `attach`.
pub(crate) fn attach(
    session: &Session<'_>,
    register: &str,
    number: &str,
    file: &Path,
    note: &str,
) -> Outcome<Done> {
    let taken = files::take_file(&session.ctx, file)?;
    let name = file
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let ask = json!({
        "register": register, "record": number, "file": taken.file, "size": taken.size,
        "name": name, "note": note,
    });
    session.call("add_attachment", ask, |a| {
        format!("已添加附件 {}", of(a, "title"))
    })?;
    Ok(Done::Well)
}

/// `import`.
pub(crate) fn import(
    session: &Session<'_>,
    file: &Path,
    register: &str,
    project: Option<&str>,
    dry_run: bool,
    report: Option<&Path>,
) -> Outcome<Done> {
    let ask = ledger::ImportLedger {
        register: register.to_owned(),
        project: project.map(str::to_owned),
        dry_run,
        ..ledger::ImportLedger::default()
    };
    let answer = ledger::import_ledger(&session.ctx, file, &ask, report)?;
    let findings = answer
        .rows
        .iter()
        .any(|r| !r.issues.is_empty() || r.status == "duplicate");
    let json = serde_json::to_value(&answer).map_err(CommandError::internal)?;
    session.print(&json, |_| import_text(&answer));
    Ok(if findings {
        Done::WithFindings
    } else {
        Done::Well
    })
}

fn import_text(answer: &ledger::ImportAnswer) -> String {
    let mut lines = Vec::new();
    let count = |status: &str| answer.status.get(status).copied().unwrap_or(0);
    lines.push(format!(
        "工作表“{}”，共 {} 条：完整 {}，部分 {}，有错 {}，重复 {}",
        answer.sheet,
        answer.total,
        count("good"),
        count("partial"),
        count("bad"),
        count("duplicate"),
    ));
    let ignored: Vec<&str> = answer
        .columns
        .iter()
        .filter(|c| c.field.is_none())
        .map(|c| c.header.as_str())
        .collect();
    if !ignored.is_empty() {
        lines.push(format!("没有对应字段的列：{}", ignored.join("、")));
    }
    for row in &answer.rows {
        for issue in &row.issues {
            lines.push(format!(
                "第 {} 行 {} {}：{} {}",
                row.row,
                issue
                    .column
                    .as_deref()
                    .map(|c| format!("{c} 列"))
                    .unwrap_or_default(),
                issue.label.as_deref().unwrap_or_default(),
                issue.message,
                issue
                    .found
                    .as_deref()
                    .map(|f| format!("“{f}”"))
                    .unwrap_or_default(),
            ));
        }
    }
    if !answer.made.is_empty() {
        lines.push(format!("新建：{}", answer.made.join("，")));
    }
    lines.push(match &answer.batch {
        Some(batch) => format!(
            "已导入 {} 条，批次 {batch}",
            count("good") + count("partial")
        ),
        None => "只是检查，没有写入".to_owned(),
    });
    lines.join("\n")
}

/// `undo-import`.
pub(crate) fn undo_import(session: &Session<'_>, batch: &str) -> Outcome<Done> {
    session.call("undo_import", json!({ "batch": batch }), |answer| {
        let count = answer["records"].as_array().map_or(0, Vec::len);
        format!("已撤销批次 {batch}，{count} 条记录")
    })?;
    Ok(Done::Well)
}

/// `export`.
pub(crate) fn export(
    session: &Session<'_>,
    register: &str,
    out: &Path,
    unmask: bool,
) -> Outcome<Done> {
    let rows = ledger::export_register(&session.ctx, register, out, unmask)?;
    session.print(&json!({ "rows": rows }), |_| {
        format!("已导出 {rows} 条到 {}", out.display())
    });
    Ok(Done::Well)
}

/// `backup`.
pub(crate) fn backup(session: &Session<'_>) -> Outcome<Done> {
    session.call("backup", json!({}), |a| {
        format!("已备份并核对：{}", of(a, "name"))
    })?;
    Ok(Done::Well)
}

/// `restore` without a name.
pub(crate) fn backups(session: &Session<'_>) -> Outcome<Done> {
    session.call("backups", json!({}), |answer| {
        let rows: Vec<Vec<String>> = answer
            .as_array()
            .into_iter()
            .flatten()
            .map(|b| {
                let made = of(b, "made_at")
                    .get(..16)
                    .unwrap_or_default()
                    .replace('T', " ");
                vec![of(b, "name").to_owned(), made, b["bytes"].to_string()]
            })
            .collect();
        output::table(&["备份", "时间", "字节"], &rows)
    })?;
    Ok(Done::Well)
}

/// `check`.
pub(crate) fn check(session: &Session<'_>) -> Outcome<Done> {
    let answer = session.call("check", json!({}), |a| {
        let mut lines: Vec<String> = a["findings"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|f| of(f, "message").to_owned())
            .collect();
        let verdict = if a["good"] == true {
            "数据完好"
        } else {
            "发现问题，见上"
        };
        lines.push(format!(
            "{verdict}：操作 {} 次，附件 {} 个",
            a["ops"], a["files"]
        ));
        lines.join("\n")
    })?;
    Ok(if answer["good"] == true {
        Done::Well
    } else {
        Done::WithFindings
    })
}

/// `calendar`.
pub(crate) fn calendar(session: &Session<'_>, file: &Path) -> Outcome<Done> {
    let text = request::text_file(file)?;
    session.call("import_calendar", json!({ "text": text }), |a| {
        format!(
            "已导入 {} 年节假日表：放假 {} 天，调休上班 {} 天",
            a["year"], a["off"], a["make_up"]
        )
    })?;
    Ok(Done::Well)
}

/// `call`.
pub(crate) fn call(session: &Session<'_>, name: &str, request: &str) -> Outcome<Done> {
    if name == "list" {
        output::text(&table::NAMES.join("\n"));
        return Ok(Done::Well);
    }
    let request = Json::Object(request::values(request)?);
    output::json(&table::call(&session.ctx, name, request)?);
    Ok(Done::Well)
}
