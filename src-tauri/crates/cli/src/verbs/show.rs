//! Verbs that only look.

use commands::{Outcome, table as commands_table};
use serde_json::{Value as Json, json};

use super::{Done, Session};
use crate::args::List;
use crate::output::{of, table};
use crate::request;

/// `list`.
pub(crate) fn list(session: &Session<'_>, list: &List) -> Outcome<Done> {
    let ask = json!({
        "register": list.register, "filters": request::conditions(&list.filters)?,
        "text": list.text, "sort": list.sort, "offset": list.offset, "limit": list.limit,
        "unmask": list.unmask,
    });
    session.call("list_records", ask, page)?;
    Ok(Done::Well)
}

/// A page as a table: number, state and the fields that most rows fill.
fn page(answer: &Json) -> String {
    let rows = rows_of(answer, "rows");
    let mut fields: Vec<&str> = Vec::new();
    for wanted in [
        "received_at",
        "channel",
        "complainant_name",
        "phone",
        "class",
        "grade",
        "content",
        "department",
        "handler",
        "handled_at",
        "satisfaction",
        "name",
        "code",
        "kind",
        "head",
        "paper_number",
        "title",
        "printed_at",
        "status",
        "rule",
        "value",
        "effective_from",
        "year",
    ] {
        if rows.iter().any(|r| !of(&r["shown"], wanted).is_empty()) {
            fields.push(wanted);
        }
    }
    let mut headings = vec!["编号"];
    let states = rows.iter().any(|r| r["state"].is_string());
    if states {
        headings.push("状态");
    }
    headings.extend(fields.iter().map(|f| heading(f)));
    let lines: Vec<Vec<String>> = rows
        .iter()
        .map(|r| {
            let number = match of(r, "number") {
                "" => of(r, "uuid").get(..8).unwrap_or_default(),
                number => number,
            };
            let mut line = vec![number.to_owned()];
            if states {
                line.push(of(r, "state_label").to_owned());
            }
            line.extend(fields.iter().map(|f| of(&r["shown"], f).to_owned()));
            line
        })
        .collect();
    let total = answer["total"].as_u64().unwrap_or(0);
    format!(
        "{}\n共 {total} 条，列出 {} 条",
        table(&headings, &lines),
        lines.len()
    )
}

fn heading(field: &str) -> &'static str {
    match field {
        "received_at" => "投诉时间",
        "channel" => "渠道",
        "complainant_name" => "投诉人",
        "phone" => "电话",
        "class" => "类别",
        "grade" => "等级",
        "content" => "内容",
        "department" => "责任部门",
        "handler" => "处理人",
        "handled_at" => "完成时间",
        "satisfaction" => "满意度",
        "name" => "名称",
        "code" => "代码",
        "kind" => "类型",
        "head" => "负责人",
        "paper_number" => "文书编号",
        "title" => "名称",
        "printed_at" => "打印时间",
        "status" => "状态",
        "rule" => "规则",
        "value" => "数值",
        "effective_from" => "生效日期",
        "year" => "年份",
        _ => "",
    }
}

fn rows_of<'a>(answer: &'a Json, key: &str) -> &'a [Json] {
    let rows = if key.is_empty() {
        Some(answer)
    } else {
        answer.get(key)
    };
    rows.and_then(Json::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default()
}

/// `show`.
pub(crate) fn show(
    session: &Session<'_>,
    register: &str,
    number: &str,
    unmask: bool,
    history: bool,
) -> Outcome<Done> {
    let ask = json!({ "register": register, "record": number, "unmask": unmask });
    let mut answer = commands_table::call(&session.ctx, "get_record", ask.clone())?;
    let spec = session.ctx.spec(register)?;
    if spec.initial_state.is_some() {
        answer["deadlines"] = commands_table::call(&session.ctx, "deadlines_of", ask.clone())?;
    }
    answer["attachments"] = commands_table::call(&session.ctx, "attachments_of", ask.clone())?;
    if history {
        answer["history"] = commands_table::call(&session.ctx, "history_of", ask)?;
    }
    session.print(&answer, |a| {
        let mut lines = vec![format!(
            "{} {}  {}",
            of(a, "number"),
            of(a, "state_label"),
            of(a, "title")
        )];
        for field in &spec.fields {
            let text = of(&a["shown"], &field.id);
            if !text.is_empty() {
                lines.push(format!("  {}：{text}", field.label));
            }
        }
        for field in spec.line_fields() {
            for line in rows_of(&a["lines"], &field.id) {
                let shown = &line["shown"];
                let words: Vec<&str> = ["step", "name", "occurred_at", "person", "text"]
                    .iter()
                    .map(|f| of(shown, f))
                    .filter(|t| !t.is_empty())
                    .collect();
                lines.push(format!("  {}. {}", line["position"], words.join("  ")));
            }
        }
        for deadline in rows_of(a, "deadlines") {
            lines.push(format!("  {}", deadline_line(deadline)));
        }
        for file in rows_of(a, "attachments") {
            lines.push(format!("  附件：{}", of(&file["shown"], "name")));
        }
        if history {
            lines.push(history_text(&a["history"]));
        }
        lines.join("\n")
    });
    Ok(Done::Well)
}

fn deadline_line(deadline: &Json) -> String {
    let state = match of(deadline, "state") {
        "running" => "进行中",
        "overdue" => "已超期",
        "paused" => "暂停",
        "met" => "按期",
        "met_late" => "超期完成",
        other => other,
    };
    let round = deadline["round"].as_i64().unwrap_or(1);
    let round = if round > 1 {
        format!("（第 {round} 轮）")
    } else {
        String::new()
    };
    let assumed = if deadline["assumed"] == true {
        "，暂按周一至周五"
    } else {
        ""
    };
    format!(
        "{} {}{round}：{}，期限 {}{assumed}",
        of(deadline, "rule"),
        of(deadline, "title"),
        state,
        of(deadline, "due_at"),
    )
}

/// `history`.
pub(crate) fn history(session: &Session<'_>, register: &str, number: &str) -> Outcome<Done> {
    let ask = json!({ "register": register, "record": number });
    session.call("history_of", ask, history_text)?;
    Ok(Done::Well)
}

fn history_text(answer: &Json) -> String {
    let rows: Vec<Vec<String>> = rows_of(answer, "")
        .iter()
        .map(|h| {
            let time = of(h, "entry_at")
                .get(..16)
                .unwrap_or_default()
                .replace('T', " ");
            let change = format!("{} → {}", of(h, "before"), of(h, "after"));
            vec![
                h["op"].to_string(),
                time,
                of(h, "operator").to_owned(),
                of(h, "what").to_owned(),
                of(h, "label").to_owned(),
                change,
            ]
        })
        .collect();
    table(
        &["操作", "录入时间", "操作员", "事项", "字段", "旧 → 新"],
        &rows,
    )
}

/// `search`.
pub(crate) fn search(session: &Session<'_>, text: &str, limit: u32, unmask: bool) -> Outcome<Done> {
    let ask = json!({ "text": text, "limit": limit, "unmask": unmask });
    session.call("search", ask, |answer| {
        let rows: Vec<Vec<String>> = rows_of(answer, "hits")
            .iter()
            .map(|h| {
                [
                    "register_label",
                    "number",
                    "state_label",
                    "title",
                    "field_label",
                    "excerpt",
                ]
                .map(|f| of(h, f).to_owned())
                .to_vec()
            })
            .collect();
        // Of long texts only so many candidates are read; the count is then never too small.
        let about = if answer["exact"] == false { "约 " } else { "" };
        let counts: Vec<String> = answer["counts"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(register, count)| format!("{register} {about}{count}"))
            .collect();
        let found = if counts.is_empty() {
            "没有找到".to_owned()
        } else {
            counts.join("，")
        };
        format!(
            "{}\n{found}",
            table(&["台账", "编号", "状态", "名称", "字段", "内容"], &rows)
        )
    })?;
    Ok(Done::Well)
}

/// `due`.
pub(crate) fn due(session: &Session<'_>, date: Option<&str>, why: bool) -> Outcome<Done> {
    let answer = session.call("due", json!({ "date": date }), |answer| {
        let lines = rows_of(answer, "");
        if lines.is_empty() {
            return "没有到期事项".to_owned();
        }
        let mut out = Vec::new();
        for line in lines {
            let deadline = &line["deadline"];
            let mark = if line["overdue"] == true {
                "超期"
            } else {
                "到期"
            };
            let person = of(line, "person");
            let person = if person.is_empty() {
                String::new()
            } else {
                format!("，{person}")
            };
            out.push(format!(
                "{mark} {}  {} {}{person}  {}（{}）{}",
                of(deadline, "due_at"),
                of(deadline, "rule"),
                of(deadline, "title"),
                of(line, "number"),
                of(line, "state_label"),
                first_line(of(line, "title")),
            ));
            if why {
                for step in rows_of(deadline, "counted") {
                    out.push(format!("      {}", step.as_str().unwrap_or_default()));
                }
            }
        }
        out.join("\n")
    })?;
    let overdue = rows_of(&answer, "").iter().any(|l| l["overdue"] == true);
    Ok(if overdue {
        Done::WithFindings
    } else {
        Done::Well
    })
}

fn first_line(text: &str) -> String {
    let line: String = text
        .trim()
        .lines()
        .next()
        .unwrap_or_default()
        .chars()
        .take(24)
        .collect();
    if text.trim().chars().count() > 24 {
        format!("{line}…")
    } else {
        line
    }
}

/// `count-due`.
pub(crate) fn count_due(
    session: &Session<'_>,
    from: &str,
    add: &str,
    legal: bool,
) -> Outcome<Done> {
    let ask = json!({ "from": from, "add": add, "legal": legal });
    session.call("count_due", ask, |answer| {
        let mut lines = vec![
            of(answer, "due_at")
                .get(..16)
                .unwrap_or_default()
                .replace('T', " "),
        ];
        for step in rows_of(answer, "counted") {
            lines.push(format!("  {}", step.as_str().unwrap_or_default()));
        }
        lines.join("\n")
    })?;
    Ok(Done::Well)
}

/// `next`.
pub(crate) fn next(session: &Session<'_>, register: &str, number: &str) -> Outcome<Done> {
    let ask = json!({ "register": register, "record": number });
    session.call("next_steps", ask, |answer| {
        let mut lines = Vec::new();
        for offer in rows_of(answer, "") {
            let missing: Vec<&str> = rows_of(offer, "missing")
                .iter()
                .map(|m| of(m, "message"))
                .collect();
            let state = if missing.is_empty() {
                "可以办理".to_owned()
            } else {
                missing.join("；")
            };
            lines.push(format!(
                "{}（{}）：{state}",
                of(offer, "label"),
                of(offer, "step")
            ));
        }
        lines.join("\n")
    })?;
    Ok(Done::Well)
}

/// `bin`.
pub(crate) fn bin(session: &Session<'_>) -> Outcome<Done> {
    session.call("recycle_bin", json!({}), |answer| {
        let rows: Vec<Vec<String>> = rows_of(answer, "")
            .iter()
            .map(|r| {
                ["register", "number", "uuid", "title", "deleted_at"]
                    .map(|f| of(r, f).to_owned())
                    .to_vec()
            })
            .collect();
        table(&["台账", "编号", "标识", "名称", "删除时间"], &rows)
    })?;
    Ok(Done::Well)
}

/// `rules`.
pub(crate) fn rules(session: &Session<'_>) -> Outcome<Done> {
    session.call("rules", json!({}), |answer| {
        let rows: Vec<Vec<String>> = rows_of(answer, "")
            .iter()
            .map(|r| {
                vec![
                    of(r, "code").to_owned(),
                    of(r, "title").to_owned(),
                    format!("{}{}", of(r, "value"), of(r, "unit")),
                    of(r, "trigger").to_owned(),
                    of(r, "who").to_owned(),
                    of(r, "source").to_owned(),
                ]
            })
            .collect();
        table(&["规则", "内容", "数值", "起算", "责任人", "依据"], &rows)
    })?;
    Ok(Done::Well)
}

/// `drafts`.
pub(crate) fn drafts(session: &Session<'_>) -> Outcome<Done> {
    session.call("drafts", json!({}), |answer| {
        let rows: Vec<Vec<String>> = rows_of(answer, "")
            .iter()
            .map(|d| {
                ["key", "register", "saved_at"]
                    .map(|f| of(d, f).to_owned())
                    .to_vec()
            })
            .collect();
        table(&["草稿", "台账", "保存时间"], &rows)
    })?;
    Ok(Done::Well)
}
