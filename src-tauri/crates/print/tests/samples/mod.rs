//! Papers that the tests print: a whole case, an almost empty one, many records.

#![allow(dead_code, reason = "each test file uses a part")]

use std::collections::BTreeMap;

use domain::form::{Datum, FormSpec, TickOption, catalog};
use domain::time::{Moment, parse_moment};
use print::{LayoutOptions, Meta, Mode};

/// A matter of 725 characters with everything that is hard to set: quotes, brackets, figures, an
/// address of a page, enumerations, dashes, rare characters.
pub(crate) const LONG_MATTER: &str = include_str!("matter.txt");

/// A moment of the tests.
pub(crate) fn moment(text: &str) -> Datum {
    Datum::Moment(parse_moment(text).expect("a moment"))
}

fn date(text: &str) -> Datum {
    Datum::Date(text.parse().expect("a date"))
}

/// What the PDF of a test says about itself.
pub(crate) fn meta(title: &str) -> Meta {
    let created: Moment = parse_moment("2026-11-21T09:05").expect("a moment");
    Meta {
        title: title.into(),
        author: "江城建设第三项目办公室".into(),
        created,
    }
}

fn office() -> Datum {
    Datum::map([
        ("name", Datum::text("江城建设集团有限公司第三项目办公室")),
        ("short_name", Datum::text("第三项目办")),
        ("code", Datum::text("JC03")),
        ("phone", Datum::text("027-8655 0123")),
        ("hotline", Datum::text("400-820-1234")),
        ("address", Datum::text("江城市江南区滨江大道18号项目部二楼")),
        ("company", Datum::text("江城建设集团有限公司")),
    ])
}

fn project() -> Datum {
    Datum::map([
        (
            "name",
            Datum::text("滨江壹号院住宅小区二期（5#—9#楼及地下车库）工程"),
        ),
        ("number", Datum::text("XM01")),
        ("manager", Datum::text("李建国")),
        ("address", Datum::text("江城市江南区滨江大道16号")),
    ])
}

/// Everything the office knows before there is a record, for blank papers.
pub(crate) fn nothing() -> Datum {
    Datum::map([("office", office())])
}

/// A complaint that went the whole way, with the given matter.
pub(crate) fn complaint(detail: &str, name: &str) -> Datum {
    let text = Datum::text;
    let mut fields: BTreeMap<String, Datum> = BTreeMap::new();
    let mut put = |name: &str, value: Datum| fields.insert(name.to_owned(), value);
    put("office", office());
    put("project", project());
    put("number", text("TS-2026-XM01-0007"));
    put("original_no", Datum::Empty);
    put("received_at", moment("2026-10-12T10:25"));
    put("channel", Datum::choice("phone", "电话"));
    put("transfer_no", Datum::Empty);
    put("transfer_from", Datum::Empty);
    put("outer_deadline", Datum::Empty);
    put("anonymous", Datum::Bool(false));
    put("complainant_name", text(name));
    put("complainant_unit", text("滨江花园小区5栋业主"));
    put("phone", text("13800138000"));
    put("address", text("江城市江南区滨江花园小区5栋2单元1203室"));
    put("relation", Datum::choice("resident", "周边居民"));
    put("unit_work", text("7#楼"));
    put("location", text("7#楼北侧围挡处"));
    put("class", Datum::choice("noise", "噪声"));
    put("grade", Datum::choice("general", "一般性投诉"));
    put("urgent", Datum::Bool(false));
    put("content", text("夜间超时施工噪声扰民，影响老人和学生休息"));
    put("detail", text(detail));
    put("demand", text("停止夜间22时以后的施工，书面答复整改情况。"));
    put("receiver", text("王芳"));
    put("accepted", Datum::Bool(true));
    put("refuse_reason", Datum::Empty);
    put("other_channel", Datum::Empty);
    put(
        "accept_opinion",
        text("情况属实，属本项目部职责范围，予以受理，转工程部调查处理。"),
    );
    put(
        "accept_department",
        Datum::map([("name", text("涉民投诉管理办公室"))]),
    );
    put("acceptor", text("陈志强"));
    put("accepted_at", moment("2026-10-12T11:00"));
    put("department", Datum::map([("name", text("工程部"))]));
    put("handler", text("赵海涛"));
    put("department_head", text("周敏"));
    put(
        "facts",
        text(
            "10月11日22时至12日1时，7#楼四层顶板混凝土浇筑连续作业，因商品混凝土供应中断，浇筑延至次日1时10分结束。\n现场未办理夜间施工许可，噪声监测点最大读数为68分贝。",
        ),
    );
    put(
        "cause",
        text("混凝土供应计划安排不当，夜间施工未提前办理许可并公告。"),
    );
    put("liability", Datum::choice("us", "施工"));
    put("outcome", Datum::choice("founded", "成立"));
    put(
        "opinion",
        text(
            "一、自即日起22时至次日6时停止一切产生噪声的作业；二、确需连续浇筑的，提前三日办理夜间施工许可并在小区公告栏公告；三、由项目负责人登门向投诉人说明情况并致歉。",
        ),
    );
    put(
        "measures",
        text(
            "1. 调整浇筑计划，限定20时前完成；\n2. 泵车加设隔声罩；\n3. 在北侧围挡增设噪声监测屏。",
        ),
    );
    put("measures_by", text("赵海涛"));
    put("contact_promise", date("2026-10-14"));
    put("due_on", date("2026-10-15"));
    put("cost", Datum::Int(123_450));
    put("approver", Datum::Empty);
    put("approve_opinion", Datum::Empty);
    put("public_matter", Datum::Bool(false));
    put("customer_opinion", text("同意上述处理意见。"));
    put(
        "result",
        text(
            "已于10月14日完成隔声罩安装并调整作业时间，10月14日至20日夜间未再施工，投诉人当面确认噪声问题已解决。",
        ),
    );
    put("handled_at", moment("2026-10-20T17:30"));
    put("visited_at", moment("2026-10-22T15:00"));
    put("visitor", text("王芳"));
    put("visit_mode", Datum::choice("phone", "电话"));
    put("satisfaction", Datum::choice("satisfied", "满意"));
    put("satisfaction_reason", Datum::Empty);
    put(
        "visit_conclusion",
        text("投诉人对处理结果表示满意，同意办结。"),
    );
    put("round", Datum::Int(1));
    put("remark", Datum::Empty);
    put("actions", Datum::List(actions()));
    put("papers", Datum::List(papers()));
    put("retention", Datum::choice("ten", "10年"));
    put("archived_at", moment("2026-10-31T10:00"));
    put("photos", Datum::List(Vec::new()));
    put("paper", paper());
    Datum::Map(fields)
}

fn actions() -> Vec<Datum> {
    let action = |step: &str, label: &str, at: &str, person: &str, text: &str| {
        Datum::map([
            ("step", Datum::choice(step, label)),
            ("occurred_at", moment(at)),
            ("person", Datum::text(person)),
            ("text", Datum::text(text)),
            ("round", Datum::Int(1)),
        ])
    };
    vec![
        action(
            "register",
            "登记",
            "2026-10-12T10:30",
            "王芳",
            "接电话投诉，当场登记。",
        ),
        action(
            "accept",
            "受理",
            "2026-10-12T11:00",
            "陈志强",
            "当场告知受理。",
        ),
        action(
            "start_investigation",
            "开始调查",
            "2026-10-12T14:00",
            "赵海涛",
            "现场查看。",
        ),
        action(
            "finish_handling",
            "处理完毕",
            "2026-10-20T17:30",
            "赵海涛",
            "",
        ),
        action(
            "record_visit",
            "回访",
            "2026-10-22T15:00",
            "王芳",
            "电话回访，满意。",
        ),
    ]
}

fn papers() -> Vec<Datum> {
    [
        ("TS-2026-XM01-0007-F01-1", "投诉记录表", "2026-10-12", 1, 1),
        ("TS-2026-XM01-0007-F04-1", "受理告知书", "2026-10-12", 2, 1),
        ("TS-2026-XM01-0007-F27-1", "调查报告", "2026-10-14", 3, 2),
        ("TS-2026-XM01-0007-F28-1", "处理意见", "2026-10-14", 5, 1),
        (
            "TS-2026-XM01-0007-F02-1",
            "涉民投诉处理表",
            "2026-10-22",
            6,
            1,
        ),
    ]
    .into_iter()
    .map(|(number, title, day, first, pages)| {
        Datum::map([
            ("number", Datum::text(number)),
            ("title", Datum::text(title)),
            ("printed_at", moment(&format!("{day}T09:00"))),
            ("printed_by", Datum::text("王芳")),
            ("pages", Datum::Int(pages)),
            (
                "page_range",
                Datum::text(match pages {
                    1 => first.to_string(),
                    _ => format!("{first}—{}", first + pages - 1),
                }),
            ),
            ("remark", Datum::Empty),
        ])
    })
    .collect()
}

fn paper() -> Datum {
    let mut fields = BTreeMap::from([
        ("number".to_owned(), Datum::text("TS-2026-XM01-0007-F02-1")),
        ("filler".to_owned(), Datum::text("王芳")),
        ("filled_on".to_owned(), date("2026-10-22")),
    ]);
    for form in catalog::all() {
        for field in &form.fields {
            let value = own_value(&field.id);
            if !value.is_empty() {
                fields.insert(field.id.clone(), value);
            }
            fields.entry(field.id.clone()).or_insert(Datum::Empty);
        }
    }
    Datum::Map(fields)
}

fn own_value(id: &str) -> Datum {
    match id {
        "period" => Datum::text("2026年度"),
        "evidence" => Datum::text("录音1段、照片3张"),
        "acknowledged" => Datum::choice("told", "已告知收到"),
        "delivery" => Datum::choice("in_person", "当面"),
        "surveyed_at" => moment("2026-10-12T14:00"),
        "place" => Datum::text("7#楼北侧围挡及四层作业面"),
        "attendees" => Datum::text("赵海涛、陈志强、监理单位 刘工、投诉人"),
        "process" => Datum::text(
            "一、查阅10月11日混凝土浇筑记录及商品混凝土进场单；\n二、调取北侧噪声监测点数据；\n三、听取泵车班组、监理单位及投诉人意见，制作谈话笔录3份。",
        ),
        "conclusion" => Datum::text("投诉内容属实。"),
        "proposal" => Datum::text("调整混凝土供应计划，夜间施工须先办许可；由项目负责人登门致歉。"),
        "enclosures" => Datum::text("浇筑记录复印件2页、监测数据1页、照片3张"),
        "wording" => Datum::text("就夜间施工影响休息一事致歉，说明已停止夜间施工及后续安排。"),
        "archive_no" => Datum::text("JC03-TS-2026-007"),
        _ => Datum::Empty,
    }
}

/// A ledger of `count` complaints.
pub(crate) fn ledger(count: usize) -> Datum {
    let names = [
        "欧阳\u{2CB4E}",
        "䶮娜",
        "㛃文静",
        "诸葛\u{20164}",
        "李明",
        "王芳",
    ];
    let matters = [
        "夜间施工噪声扰民",
        "7#楼外墙渗水，多次报修未处理，雨天室内墙面返潮起皮，要求尽快查明原因并维修到位",
        "工地扬尘污染，出入口车辆未冲洗带泥上路",
    ];
    let states = [
        ("satisfied", "满意"),
        ("basically_satisfied", "基本满意"),
        ("dissatisfied", "不满意"),
    ];
    let records = (0..count)
        .map(|index| {
            let case = complaint("", names[index % names.len()]);
            let Datum::Map(mut fields) = case else {
                unreachable!("a case is a map")
            };
            fields.insert(
                "number".into(),
                Datum::text(format!("TS-2026-XM01-{:04}", index + 1)),
            );
            fields.insert(
                "content".into(),
                Datum::text(matters[index % matters.len()]),
            );
            let (code, label) = states[index % states.len()];
            fields.insert("satisfaction".into(), Datum::choice(code, label));
            fields.insert("on_time".into(), Datum::Bool(index % 7 != 0));
            fields.insert("state".into(), Datum::choice("archived", "已归档"));
            fields.insert("due_at".into(), moment("2026-10-26T23:59:59"));
            Datum::Map(fields)
        })
        .collect();
    Datum::map([
        ("office", office()),
        ("records", Datum::List(records)),
        ("paper", paper()),
    ])
}

/// Choice lists as an office keeps them.
pub(crate) fn lists() -> BTreeMap<String, Vec<TickOption>> {
    let list = |options: &[(&str, &str)]| {
        options
            .iter()
            .map(|(code, label)| TickOption {
                code: (*code).into(),
                label: (*label).into(),
            })
            .collect::<Vec<_>>()
    };
    BTreeMap::from([
        (
            "retention".to_owned(),
            list(&[("permanent", "永久"), ("thirty", "30年"), ("ten", "10年")]),
        ),
        (
            "complaint_grade".to_owned(),
            list(&[("general", "一般性投诉"), ("major", "重大投诉")]),
        ),
        (
            "channel".to_owned(),
            list(&[
                ("phone", "电话"),
                ("visit", "来访"),
                ("letter", "书信/信函"),
                ("fax", "传真"),
                ("email", "电子邮件"),
                ("post", "邮寄"),
                ("site", "现场反馈"),
                ("website", "网站"),
                ("wechat", "微信公众号"),
                ("hotline_12345", "12345转办"),
                ("authority", "主管部门转办"),
                ("supervisor", "监理转达"),
                ("return_visit", "回访发现"),
                ("media", "媒体"),
            ]),
        ),
    ])
}

/// The code of a page, as the program writes it.
pub(crate) fn code(page: u32) -> String {
    format!("TZ1:0198f6d2-7c00-7000-8000-00000000000a:{page}:K{page}")
}

/// Options of a mode with the lists and the code of the tests.
pub(crate) fn options<'a>(
    mode: Mode,
    lists: &'a BTreeMap<String, Vec<TickOption>>,
) -> LayoutOptions<'a> {
    LayoutOptions {
        mode,
        lists: Some(lists),
        code: Some(&code),
        ..LayoutOptions::default()
    }
}

/// A form of the program.
pub(crate) fn form(code: &str) -> &'static FormSpec {
    catalog::newest(code).expect("a built-in form")
}
