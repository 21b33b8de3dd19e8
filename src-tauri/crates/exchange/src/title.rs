//! What the lines above a table say for all its rows: project, year, office, date, form number.

use chrono::{Datelike, NaiveDate};
use domain::dates::{DateOptions, parse_date};
use domain::text::{fold, is_blank};
use serde::Serialize;

/// What is known for all rows of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Context {
    /// Name of the project.
    pub project: Option<String>,
    /// The year that dates without one belong to.
    pub year: Option<i32>,
    /// The office that keeps the ledger.
    pub office: Option<String>,
    /// The day on which it was filled in or closed.
    pub filled_on: Option<NaiveDate>,
    /// Number of the form.
    pub form_code: Option<String>,
    /// Every `word：value` of the title lines, in order, also those above.
    pub facts: Vec<(String, String)>,
}

const OFFICE: [&str; 7] = [
    "填报单位",
    "编制单位",
    "制表单位",
    "填表单位",
    "项目部",
    "项目部名称",
    "填报部门",
];
const FILLED_ON: [&str; 8] = [
    "填报日期",
    "统计日期",
    "截止日期",
    "制表日期",
    "编制日期",
    "填表日期",
    "截至日期",
    "日期",
];
const PROJECT: [&str; 4] = ["工程名称", "项目名称", "工程项目", "工程"];
const FORM_CODE: [&str; 4] = ["表号", "表格编号", "文件编号", "记录编号"];

/// What follows 工程 when it is no end of a project's name: 工程质量, 工程回访 …
const NOT_AFTER_PROJECT: [&str; 10] = [
    "质量", "回访", "维修", "保修", "服务", "管理", "部", "竣工", "名称", "投诉",
];

impl Context {
    /// Reads the title lines; `names` (sheet, file) are asked for the year when no line has one.
    #[must_use]
    pub fn read(lines: &[String], names: &[&str]) -> Self {
        let mut context = Self::default();
        for line in lines {
            context.facts.extend(pairs(line));
        }
        let fact = |keys: &[&str]| {
            let found = context
                .facts
                .iter()
                .find(|(k, _)| keys.contains(&k.as_str()));
            found.map(|(_, value)| value.clone())
        };
        context.office = fact(&OFFICE);
        context.form_code =
            fact(&FORM_CODE).and_then(|code| code.split(" / ").next().map(|c| c.trim().to_owned()));
        context.filled_on = fact(&FILLED_ON)
            .and_then(|text| parse_date(&text, &DateOptions::ledger(None)).ok())
            .map(|parsed| parsed.date);
        let plain: Vec<&String> = lines.iter().filter(|l| pairs(l).is_empty()).collect();
        context.year = fact(&["年度", "年份"])
            .and_then(|text| year_in(&text).or_else(|| text.trim().parse().ok()))
            .or_else(|| plain.iter().find_map(|line| year_in(line)))
            .or_else(|| context.filled_on.map(|date| date.year()))
            .or_else(|| names.iter().find_map(|name| year_in(name)));
        context.project = fact(&PROJECT).or_else(|| plain.iter().find_map(|l| project_in(l)));
        if context.office.is_none() {
            context.office = plain.iter().find_map(|line| office_in(line));
        }
        context
    }
}

/// Parts `填报单位：甲项目部    填报日期：2024年12月31日` into pairs. A value may hold single
/// blanks; it ends where the next word with a colon begins.
fn pairs(line: &str) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for token in line.split(is_blank).filter(|t| !t.is_empty()) {
        let parts = token.split_once(['：', ':']);
        match parts {
            // A clock has a colon too, but no word before it.
            Some((key, value)) if key.chars().any(|c| !c.is_ascii_digit()) => {
                let key = fold(key.trim_start_matches(['（', '(']));
                pairs.push((key, value.trim().to_owned()));
            }
            _ => {
                if let Some((_, value)) = pairs.last_mut() {
                    if !value.is_empty() {
                        value.push(' ');
                    }
                    value.push_str(token);
                }
            }
        }
    }
    pairs.retain(|(_, value)| !value.is_empty());
    pairs
}

/// The first year written as `2024年` or `二〇二四年`; the last one of `2023—2024年`.
fn year_in(line: &str) -> Option<i32> {
    let folded = fold(line);
    folded.match_indices('年').find_map(|(at, _)| {
        let before: Vec<char> = folded[..at].chars().rev().take(4).collect();
        if before.len() < 4 {
            return None;
        }
        let year = before
            .iter()
            .rev()
            .try_fold(0_i32, |sum, c| Some(sum * 10 + figure(*c)?))?;
        (1950..2200).contains(&year).then_some(year)
    })
}

fn figure(c: char) -> Option<i32> {
    let chinese = "〇一二三四五六七八九";
    let place = chinese.chars().position(|f| f == c);
    c.to_digit(10)
        .and_then(|d| i32::try_from(d).ok())
        .or_else(|| place.and_then(|p| i32::try_from(p).ok()))
        .or((matches!(c, '零' | '○')).then_some(0))
}

/// The name before 工程 in a heading such as `云岫花园一期工程项目部2024年度投诉登记台账`.
fn project_in(line: &str) -> Option<String> {
    const WORD: &str = "工程";
    let start = line.trim_matches(is_blank);
    start.match_indices(WORD).find_map(|(at, _)| {
        let name = &start[..at + WORD.len()];
        let after = &start[at + WORD.len()..];
        let of_office = after.starts_with("项目部");
        let other = NOT_AFTER_PROJECT.iter().any(|w| after.starts_with(w));
        let long = at > 3 && !name.starts_with(['(', '（', '【']);
        (long && (of_office || !other) && !after.is_empty()).then(|| name.to_owned())
    })
}

/// The office at the start of a heading.
fn office_in(line: &str) -> Option<String> {
    let start = line.trim_matches(is_blank);
    let end = start.find("项目部")? + "项目部".len();
    (end > "项目部".len()).then(|| start[..end].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str]) -> Context {
        let lines: Vec<String> = lines.iter().map(|l| (*l).to_owned()).collect();
        Context::read(&lines, &["2019年台账"])
    }

    #[test]
    fn headings_and_sub_titles_are_read() {
        let context = read(&[
            "云岫花园一期工程项目部2024年度投诉登记台账",
            "填报单位：云岫花园一期工程项目部    填报日期：2024年12月31日    单位：件",
        ]);
        assert_eq!(context.project.as_deref(), Some("云岫花园一期工程"));
        assert_eq!(context.office.as_deref(), Some("云岫花园一期工程项目部"));
        assert_eq!(context.year, Some(2024));
        assert_eq!(context.filled_on, NaiveDate::from_ymd_opt(2024, 12, 31));
    }

    #[test]
    fn the_word_for_works_in_a_heading_is_no_project() {
        for title in [
            "工程回访登记台账",
            "××建设云岫片区工程质量保修台账（2024年）",
        ] {
            assert_eq!(read(&[title]).project, None, "{title}");
        }
    }

    #[test]
    fn the_year_is_taken_from_the_surest_place() {
        assert_eq!(
            read(&["投诉台账", "年度：2023年  填报日期：2024.1.5"]).year,
            Some(2023)
        );
        assert_eq!(read(&["二〇二二年投诉台账"]).year, Some(2022));
        assert_eq!(read(&["2021-2022年度投诉台账"]).year, Some(2022));
        assert_eq!(read(&["投诉台账", "填报日期：2024.1.5"]).year, Some(2024));
        assert_eq!(
            read(&["投诉台账"]).year,
            Some(2019),
            "from the name of sheet or file"
        );
    }

    #[test]
    fn a_value_may_hold_single_blanks() {
        let context = read(&["编制单位：甲 部  表号：HW-B-16-02 / A0  时间 14:30"]);
        assert_eq!(context.office.as_deref(), Some("甲 部"));
        assert_eq!(context.form_code.as_deref(), Some("HW-B-16-02"));
    }
}
