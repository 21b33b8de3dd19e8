//! One complaint along its route, act by act.

use chrono::{Duration, Timelike};
use domain::time::{Moment, moment_text};
use serde_json::{Value as Json, json};

use super::{Act, Event, Route};
use crate::demo::random::Dice;
use crate::demo::scene::Scene;
use crate::demo::texts::Matter;

/// Writes the acts of one complaint.
pub(super) struct Writer<'a> {
    scene: &'a Scene,
    complaint: usize,
    at: Moment,
    pub(super) events: Vec<Event>,
    matter: &'a Matter,
    long: bool,
    project: usize,
    unit: String,
    name: String,
    phone: String,
    receiver: String,
    handler: String,
    leader: String,
    department: String,
    channel: &'static str,
    hour: u64,
    slow: bool,
}

const CHANNELS: [&str; 8] = [
    "phone",
    "phone",
    "phone",
    "visit",
    "wechat",
    "letter",
    "supervisor",
    "site",
];

impl<'a> Writer<'a> {
    pub(super) fn new(
        scene: &'a Scene,
        dice: &mut Dice,
        complaint: usize,
        received: Moment,
    ) -> Self {
        let texts = scene.texts;
        let project = usize::try_from(dice.below(scene.projects.len() as u64)).unwrap_or(0);
        let unit = dice.pick(&scene.projects[project].1).clone();
        let people = &texts.people;
        let department = dice.pick(&texts.department[1..6]);
        Self {
            scene,
            complaint,
            at: received,
            events: Vec::new(),
            matter: loop {
                let matter = dice.pick(&texts.matter);
                if !(matter.indoor && texts.project[project].outdoor) {
                    break matter;
                }
            },
            long: complaint == 2,
            project,
            unit,
            name: format!(
                "{}{}",
                dice.pick(&people.surnames),
                dice.pick(&people.given)
            ),
            phone: format!("138{:08}", 10_000 + dice.below(9_000_000) * 7),
            receiver: dice.pick(&people.receivers).clone(),
            handler: dice.pick(&people.handlers).clone(),
            leader: dice.pick(&people.leaders).clone(),
            department: department.name.clone(),
            channel: CHANNELS[usize::try_from(dice.below(CHANNELS.len() as u64)).unwrap_or(0)],
            hour: 22 + dice.below(2),
            slow: dice.once_in(7),
        }
    }

    fn push(&mut self, hours: i64, act: Act) {
        let hours = if self.slow && hours > 4 {
            hours * 3
        } else {
            hours
        };
        // What is done at once is done on the spot.
        let minutes = if hours == 0 { 0 } else { 7 };
        self.at += Duration::hours(hours) + Duration::minutes(minutes);
        self.events.push(Event {
            complaint: self.complaint,
            at: self.at,
            act,
        });
    }

    fn step(&mut self, hours: i64, step: &'static str, values: Json, person: &str, text: &str) {
        self.act(hours, step, values, json!({}), person, text);
    }

    fn act(
        &mut self,
        hours: i64,
        step: &'static str,
        values: Json,
        action: Json,
        person: &str,
        text: &str,
    ) {
        let act = Act::Step {
            step,
            values,
            action,
            person: person.to_owned(),
            text: text.to_owned(),
        };
        self.push(hours, act);
    }

    fn fill(&self, text: &str) -> String {
        let number = 1 + self.complaint % 4;
        text.replace("{hour}", &self.hour.to_string())
            .replace("{unit}", &self.unit)
            .replace("{n}", &number.to_string())
    }

    pub(super) fn route(&mut self, route: Route) {
        self.intake(route);
        match route {
            Route::Refused => return self.refused(),
            Route::Converted => return self.converted(),
            Route::Merged => return self.merged(),
            Route::TransferredOut => return self.transferred(),
            _ => {}
        }
        self.accept(route);
        match route {
            Route::Withdrawn => {
                let text = "投诉人来电表示问题已自行协商解决，申请撤回";
                return self.step(20, "withdraw", json!({}), &self.receiver.clone(), text);
            }
            Route::Legal => {
                let text = "投诉人已向人民法院提起诉讼，转法务处理";
                return self.step(60, "go_legal", json!({}), &self.leader.clone(), text);
            }
            _ => {}
        }
        self.investigate(route);
        if route == Route::Unfounded {
            return;
        }
        self.plan(route);
        if route == Route::NotOurs {
            let values = json!({
                "result": "经查属相邻地块施工影响，已协助联系对方处理并向投诉人说明",
                "department_head": "费书然", "outcome": "not_ours",
            });
            self.push(60, Act::Photo("现场核实照片"));
            self.step(2, "finish_handling", values, &self.handler.clone(), "");
            return self.close(route);
        }
        self.handle();
        self.visit(route);
        self.close(route);
    }

    fn intake(&mut self, route: Route) {
        let texts = self.scene.texts;
        let (class, content, detail, demand) = if self.long {
            let long = &texts.long_matter;
            (
                long.class.clone(),
                long.content.clone(),
                long.detail.trim().to_owned(),
                long.demand.clone(),
            )
        } else {
            let matter = self.matter;
            let content = self.fill(&matter.content);
            let detail = format!(
                "投诉人反映：{content}。据其所述，该情况已持续 {} 天，同楼栋其他住户也有同样反映；希望{}，并告知处理结果。",
                2 + self.complaint % 9,
                matter.demand,
            );
            (matter.class.clone(), content, detail, matter.demand.clone())
        };
        let anonymous = route == Route::Anonymous;
        let hotline = matches!(route, Route::Hotline | Route::Anonymous);
        let channel = if hotline {
            "hotline_12345"
        } else {
            self.channel
        };
        let mut values = json!({
            "project": self.scene.projects[self.project].0,
            "received_at": moment_text(&self.at), "channel": channel, "receiver": self.receiver,
            "content": content, "detail": detail, "demand": demand, "class": class, "unit_work": self.unit,
            "location": format!("{}{}单元{}02室", self.unit, 1 + self.complaint % 3, 1 + self.complaint % 11),
            "anonymous": anonymous, "urgent": route == Route::Escalated,
            "relation": if anonymous { "anonymous" } else { "resident" },
        });
        if !anonymous {
            values["complainant_name"] = json!(self.name);
            values["phone"] = json!(self.phone);
            values["address"] = json!(format!(
                "云岫市望江区{}{}单元",
                self.unit,
                1 + self.complaint % 3
            ));
        }
        if hotline {
            let reply_by = self.at.date_naive() + Duration::days(14);
            values["transfer_no"] = json!(format!(
                "YX{}{:04}",
                self.at.format("%Y%m%d"),
                self.complaint
            ));
            values["transfer_from"] = json!("云岫市 12345 政务服务便民热线");
            values["outer_deadline"] = json!(reply_by.to_string());
        }
        self.push(0, Act::Add(values));
        self.step(0, "register", json!({}), &self.receiver.clone(), "");
        self.push(0, Act::Print("F-01", json!({})));
    }

    fn refused(&mut self) {
        let values = json!({
            "acceptor": "闻人听溪", "refuse_reason": "反映的道路不属本项目施工范围",
            "other_channel": "请向望江区市政设施管理所反映，电话 021-68889000",
        });
        self.step(1, "refuse", values, "闻人听溪", "");
        self.push(0, Act::Print("F-04", json!({})));
        self.push(20, Act::Return("F-04"));
        self.push(0, Act::Return("F-01"));
    }

    fn converted(&mut self) {
        let values = json!({ "intake_type": "repair", "converted_to": "repair" });
        self.step(
            1,
            "convert",
            values,
            "闻人听溪",
            "属保修期内报修，转维修办理",
        );
    }

    fn merged(&mut self) {
        // The complaint before this one is of the same street; its identifier is put in on stage.
        let values = json!({ "duplicate_of": "@previous" });
        self.step(2, "merge", values, "闻人听溪", "与前件为同一住户同一事项");
    }

    fn transferred(&mut self) {
        self.step(
            3,
            "transfer_out",
            json!({}),
            "闻人听溪",
            "属地铁施工单位责任，已转地铁项目部并告知投诉人",
        );
    }

    fn accept(&mut self, route: Route) {
        let major = matches!(route, Route::Major | Route::Escalated);
        let values = json!({
            "grade": if major { "major" } else { "general" }, "department": self.department,
            "accept_department": "投诉管理办公室", "acceptor": "闻人听溪",
            "accept_opinion": "经核实属本项目施工影响，予以受理",
        });
        let on_the_spot = matches!(self.channel, "phone" | "visit" | "site");
        self.step(
            if on_the_spot { 0 } else { 5 },
            "accept",
            values,
            "闻人听溪",
            "",
        );
        self.push(0, Act::Print("F-04", json!({})));
        self.push(3, Act::Return("F-01"));
        if major {
            self.step(
                2,
                "report_major",
                json!({}),
                "桑澜",
                "已书面报告公司工程管理部",
            );
        }
        if route == Route::Escalated {
            self.step(
                1,
                "escalate",
                json!({}),
                "桑澜",
                "居民十余人聚集，媒体到场，已上报公司领导",
            );
        }
        if route != Route::Anonymous {
            let text = "电话联系投诉人，说明处理流程，承诺 7 日内答复";
            self.step(2, "contact", json!({}), &self.receiver.clone(), text);
        }
    }

    fn investigate(&mut self, route: Route) {
        let values = json!({ "handler": self.handler });
        self.step(4, "start_investigation", values, &self.handler.clone(), "");
        self.push(1, Act::Photo("现场查看照片"));
        if route == Route::Paused {
            self.step(
                3,
                "pause",
                json!({}),
                &self.handler.clone(),
                "等待第三方检测报告",
            );
            self.step(
                50,
                "resume",
                json!({}),
                &self.handler.clone(),
                "检测报告已到",
            );
            let until = moment_text(&(self.at + Duration::days(6)));
            let action = json!({ "rule": "R-07", "until": until });
            self.act(
                1,
                "extend",
                json!({}),
                action,
                &self.leader.clone(),
                "检测周期较长，经批准延期",
            );
        }
        if route == Route::Unfounded {
            let values = json!({
                "facts": "连续三日实测昼间 58 分贝、夜间 46 分贝，均低于限值；所述时段工地停工",
                "liability": "open",
            });
            self.step(
                20,
                "find_unfounded",
                values,
                &self.handler.clone(),
                "检测数据已向投诉人解释",
            );
            self.report();
            self.step(
                1,
                "mark_malicious",
                json!({}),
                "闻人听溪",
                "同一号码当月重复投诉 11 次且拒绝核实",
            );
            self.step(
                0,
                "note",
                json!({}),
                &self.receiver.clone(),
                "已书面解释，投诉人未提出异议",
            );
        }
    }

    /// Prints the report with what was found on the spot.
    fn report(&mut self) {
        let surveyed = self.at - Duration::hours(18);
        let surveyed = surveyed
            .with_hour(9 + surveyed.hour() % 8)
            .unwrap_or(surveyed);
        let values = json!({
            "surveyed_at": moment_text(&surveyed),
            "place": format!("{}及周边", self.unit),
            "attendees": format!("{}、费书然、监理工程师王行简", self.handler),
            "process": "现场查看并拍照 2 张，调取门禁与视频记录，询问班组长和值班门卫，听取投诉人陈述，与监理共同核对施工日志",
            "conclusion": "情况属实，与本项目施工有关",
            "proposal": "按处理意见限期整改，完成后由投诉管理办公室回访",
            "enclosures": "现场照片 2 张、施工日志复印件 1 份",
        });
        self.push(0, Act::Print("F-27", values));
    }

    fn make_plan(&mut self, hours: i64) {
        let matter = self.matter;
        let values = json!({
            "facts": self.fill(&matter.facts), "cause": self.fill(&matter.cause),
            "liability": "builder", "opinion": self.fill(&matter.opinion),
            "measures": self.fill(&matter.opinion), "measures_by": self.handler,
        });
        self.step(hours, "make_plan", values, &self.handler.clone(), "");
    }

    fn plan(&mut self, route: Route) {
        self.make_plan(20);
        self.report();
        self.push(
            0,
            Act::Print(
                "F-28",
                json!({ "wording": "如实说明原因、措施和完成时间，不作超出职权的承诺" }),
            ),
        );
        if matches!(route, Route::Major | Route::Escalated) {
            self.step(2, "submit_approval", json!({}), "桑澜", "");
            self.step(
                12,
                "return_plan",
                json!({}),
                &self.leader.clone(),
                "补充工期和责任人后再报",
            );
            self.make_plan(6);
            self.step(1, "submit_approval", json!({}), "桑澜", "");
            let values =
                json!({ "approver": self.leader, "approve_opinion": "同意，按期完成并报结果" });
            self.step(10, "approve", values, &self.leader.clone(), "");
        }
        self.step(3, "ask_customer", json!({}), &self.handler.clone(), "");
        if route == Route::Objects {
            self.step(
                20,
                "customer_objects",
                json!({}),
                &self.name.clone(),
                "认为工期太长，要求一周内完成",
            );
            self.make_plan(10);
            self.step(2, "ask_customer", json!({}), &self.handler.clone(), "");
        }
        let due = (self.at + Duration::days(8)).date_naive().to_string();
        let opinion = if route == Route::Anonymous {
            ""
        } else {
            "同意处理方案"
        };
        let values = json!({
            "customer_opinion": opinion, "due_on": due, "public_matter": route == Route::Anonymous,
        });
        self.step(5, "customer_agrees", values, &self.handler.clone(), "");
    }

    fn handle(&mut self) {
        self.push(70, Act::Photo("整改完成照片"));
        let values =
            json!({ "result": self.fill(&self.matter.result), "department_head": "费书然" });
        self.step(2, "finish_handling", values, &self.handler.clone(), "");
    }

    fn visit(&mut self, route: Route) {
        if route == Route::Unreachable {
            for hours in [20, 4, 22] {
                self.step(
                    hours,
                    "log_attempt",
                    json!({}),
                    &self.receiver.clone(),
                    "电话无人接听",
                );
            }
        }
        if matches!(route, Route::Hotline | Route::Anonymous) {
            let text = "已书面回复 12345 热线，附整改照片";
            self.step(8, "reply_department", json!({}), "闻人听溪", text);
        }
        if route == Route::Rework {
            self.record_visit("dissatisfied", "夜间仍有敲打声");
            self.step(
                4,
                "rework",
                json!({}),
                "闻人听溪",
                "投诉人不满意，召开专题会后重新调查",
            );
            let text = "上门致歉，当面确认新的整改要求";
            self.step(6, "contact", json!({}), &self.handler.clone(), text);
            self.make_plan(12);
            self.step(2, "ask_customer", json!({}), &self.handler.clone(), "");
            let due = (self.at + Duration::days(5)).date_naive().to_string();
            let values = json!({ "customer_opinion": "同意", "due_on": due });
            self.step(5, "customer_agrees", values, &self.handler.clone(), "");
            self.handle();
        }
        let opinion = match route {
            Route::Unreachable | Route::Anonymous => "",
            _ if self.complaint.is_multiple_of(3) => "very_satisfied",
            _ if self.complaint % 3 == 1 => "satisfied",
            _ => "basically_satisfied",
        };
        let reason = if opinion.is_empty() {
            ""
        } else {
            "处理及时，问题没有再出现"
        };
        self.record_visit(opinion, reason);
    }

    fn record_visit(&mut self, satisfaction: &str, reason: &str) {
        let values = json!({
            "visitor": self.receiver, "visit_mode": "phone", "satisfaction": satisfaction,
            "satisfaction_reason": reason, "visit_conclusion": "已按要求整改，回访情况如实记录",
        });
        let text = if satisfaction.is_empty() {
            "已在工地公示栏公示处理结果"
        } else {
            ""
        };
        self.step(26, "record_visit", values, &self.receiver.clone(), text);
    }

    fn close(&mut self, route: Route) {
        self.push(2, Act::Print("F-02", json!({})));
        for form in ["F-04", "F-27", "F-28", "F-02"] {
            self.push(1, Act::Return(form));
        }
        if route == Route::Escalated {
            let action = json!({ "archive_item": "investigation" });
            self.act(
                1,
                "attach_scan",
                json!({}),
                action,
                &self.receiver.clone(),
                "联合调查报告原件扫描",
            );
            let action = json!({ "archive_item": "opinion" });
            self.act(
                0,
                "waive",
                json!({}),
                action,
                &self.leader.clone(),
                "处理意见并入公司会议纪要",
            );
        }
        self.step(20, "archive", json!({}), &self.receiver.clone(), "");
        self.push(0, Act::Print("F-40", json!({})));
        if route == Route::Reopened {
            self.step(
                200,
                "reopen",
                json!({}),
                "闻人听溪",
                "同一部位再次出现问题，重新办理",
            );
            self.handle();
            self.record_visit("satisfied", "这次彻底解决了");
            self.push(2, Act::Print("F-02", json!({})));
            self.push(3, Act::Return("F-02"));
            self.step(10, "archive", json!({}), &self.receiver.clone(), "");
        }
    }
}
