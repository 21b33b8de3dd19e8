//! A complaint in memory, told in few words: `story.step("2026-03-02T10:00", "accept", "grade=重大")`.
//!
//! Typed values are read as the program reads them, by the register's spec. Every step comes with
//! the values that it usually carries; a test types only what matters to it, `field=` types nothing.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use domain::calendar::Calendar;
use domain::complaint::{WORKFLOW, deadlines};
use domain::deadline::Deadline;
use domain::entry;
use domain::record::{Line, Record};
use domain::rules::RuleBook;
use domain::spec::{Catalog, RegisterSpec};
use domain::time::{Moment, parse_moment};
use domain::value::Values;
use domain::workflow::{Case, Offer, Order, PaperFact, Refusal, Taken, Waiver};
use uuid::Uuid;

pub(crate) fn moment(text: &str) -> Moment {
    parse_moment(text).unwrap_or_else(|| panic!("no moment: {text}"))
}

pub(crate) fn spec() -> &'static RegisterSpec {
    Catalog::builtin().register("complaint").expect("complaint")
}

fn line_spec() -> &'static RegisterSpec {
    let lines = Catalog::builtin().register("complaint_action");
    lines.expect("complaint_action")
}

/// What a clerk usually types with a step; `act.` marks fields of the action line.
pub(crate) fn usual(step: &str) -> &'static str {
    match step {
        "register" => "by=王芳",
        "accept" => "grade=一般 department=工程部 acceptor=李主任 by=李主任",
        "refuse" => "acceptor=李主任 refuse_reason=非本项目 other_channel=街道办 by=李主任",
        "convert" => "converted_to=报修 by=王芳",
        "merge" => "duplicate_of=018f0000-0000-7000-8000-000000000099 by=王芳",
        "start_investigation" => "handler=赵工 by=李主任",
        "find_unfounded" => "facts=检测合格 by=赵工",
        "make_plan" => "facts=夜间浇筑 liability=施工 opinion=调整工时 by=赵工",
        "approve" => "approver=钱总 by=钱总",
        "customer_agrees" => "customer_opinion=同意 due_on=2026-03-20 by=赵工",
        "finish_handling" => "result=已调整 department_head=孙经理 by=赵工",
        "record_visit" => "visitor=王芳 visit_mode=电话 satisfaction=满意 by=王芳",
        "extend" => "act.rule=R-07 act.until=2026-03-10T12:00 text=等检测报告 by=钱总",
        "attach_scan" => "act.archive_item=调查报告 by=王芳",
        "waive" => "act.archive_item=调查报告 text=原件遗失 by=钱总",
        "return_plan" | "customer_objects" | "rework" | "withdraw" | "transfer_out"
        | "go_legal" | "reopen" | "contact" | "report_major" | "escalate" | "pause"
        | "mark_malicious" | "reply_department" | "note" => "text=如实记录 by=王芳",
        _ => "by=王芳",
    }
}

/// The way of an ordinary complaint to a state, by its usual steps.
fn way(state: &str) -> Vec<(&'static str, &'static str)> {
    const MAIN: [(&str, &str, &str); 9] = [
        ("register", "", "registered"),
        ("accept", "", "accepted"),
        ("start_investigation", "", "investigating"),
        ("make_plan", "", "plan"),
        ("ask_customer", "", "customer_confirm"),
        ("customer_agrees", "", "handling"),
        ("finish_handling", "", "visit_due"),
        ("record_visit", "", "visited"),
        ("archive", "", "archived"),
    ];
    let main = |until: &str| -> Vec<_> {
        let end = MAIN.iter().position(|(_, _, to)| *to == until);
        let steps = &MAIN[..=end.expect("a state of the main way")];
        steps
            .iter()
            .map(|(step, typed, _)| (*step, *typed))
            .collect()
    };
    let (from, last) = match state {
        "draft" => return Vec::new(),
        "approval" => ("plan", ("submit_approval", "grade=重大")),
        "handled" => ("handling", ("finish_handling", "outcome=不成立(解释)")),
        "refused" => ("registered", ("refuse", "")),
        "converted" => ("registered", ("convert", "")),
        "merged" => ("accepted", ("merge", "")),
        "unfounded" => ("investigating", ("find_unfounded", "")),
        "withdrawn" => ("accepted", ("withdraw", "")),
        "transferred_out" => ("accepted", ("transfer_out", "")),
        "legal" => ("handling", ("go_legal", "")),
        state => return main(state),
    };
    let mut steps = main(from);
    steps.push(last);
    steps
}

/// A complaint with everything that hangs on it.
#[derive(Clone)]
pub(crate) struct Story {
    pub(crate) record: Record,
    pub(crate) actions: Vec<Line>,
    pub(crate) papers: Vec<PaperFact>,
    pub(crate) written_only: bool,
}

impl Story {
    /// A draft with the usual values of a call on Monday 2026-03-02, nine o'clock.
    pub(crate) fn draft(typed: &str) -> Self {
        let received = moment("2026-03-02T09:00");
        let mut story = Self {
            record: Record {
                register: "complaint".to_owned(),
                key: 1,
                uuid: Uuid::from_u128(0x018f_0000_0000_7000_8000_0000_0000_0001),
                number: None,
                state: spec().initial_state.clone(),
                row_version: 1,
                created_at: received,
                updated_at: received,
                deleted: None,
                values: entry::defaults(Catalog::builtin(), spec(), received),
            },
            actions: Vec::new(),
            papers: Vec::new(),
            written_only: false,
        };
        let usual = "received_at=2026-03-02T09:00 channel=电话 receiver=王芳 \
                     complainant_name=刘娟 content=夜间施工噪音";
        story.edit(&format!("{usual} {typed}"));
        story
    }

    /// A complaint that came to a state by its usual steps, one an hour from ten o'clock on.
    pub(crate) fn at(state: &str) -> Self {
        Self::draft("").on_to(state)
    }

    /// Goes on from the draft to a state, one usual step an hour.
    pub(crate) fn on_to(mut self, state: &str) -> Self {
        for (hours, (step, typed)) in (1..).zip(way(state)) {
            if step == "archive" {
                self = self.with_archive();
            }
            let at = moment("2026-03-02T09:00") + chrono::Duration::hours(hours);
            self.try_at(at, at, step, typed)
                .unwrap_or_else(|refusal| panic!("{step}: {refusal:?}"));
        }
        assert_eq!(self.state(), state, "the way of a test story");
        self
    }

    /// All papers of the archive list, signed and back.
    pub(crate) fn with_archive(mut self) -> Self {
        for form in ["F-01", "F-02", "F-04", "F-27", "F-28"] {
            self.paper(form, true);
        }
        self
    }

    /// A printed sheet.
    pub(crate) fn paper(&mut self, form: &str, returned: bool) {
        self.papers.push(PaperFact {
            form: form.to_owned(),
            returned,
        });
    }

    /// Changes fields without a step, as a clerk who corrects a record.
    pub(crate) fn edit(&mut self, typed: &str) {
        let typed = Typed::read(typed);
        self.record.values = self.record.values.merged(&typed.values);
    }

    pub(crate) fn state(&self) -> &str {
        self.record.state.as_deref().unwrap_or_default()
    }

    pub(crate) fn text(&self, field: &str) -> &str {
        self.record.values.text(field).unwrap_or_default()
    }

    pub(crate) fn case<'a>(&'a self, nothing: &'a Values) -> Case<'a> {
        Case {
            record: &self.record,
            actions: &self.actions,
            papers: &self.papers,
            written_only: self.written_only,
            text: "",
            action: nothing,
        }
    }

    pub(crate) fn offers(&self) -> Vec<Offer> {
        WORKFLOW.offers(spec(), &self.case(&Values::new()))
    }

    /// Asks for a step with exactly what is typed, and changes nothing.
    pub(crate) fn ask(
        &self,
        at: Moment,
        now: Moment,
        step: &str,
        typed: &str,
    ) -> Result<Taken, Refusal> {
        let typed = Typed::read(typed);
        let order = Order {
            values: typed.values,
            action: typed.action,
            person: &typed.person,
            text: &typed.text,
            waivers: typed.waivers,
        };
        WORKFLOW.take(spec(), &self.case(&Values::new()), step, order, at, now)
    }

    /// Takes a step with its usual values and what is typed, and what follows by itself.
    pub(crate) fn try_at(
        &mut self,
        at: Moment,
        now: Moment,
        step: &str,
        typed: &str,
    ) -> Result<Taken, Refusal> {
        let taken = self.ask(at, now, step, &format!("{} {typed}", usual(step)))?;
        self.write(&taken);
        if let Some(then) = taken.then
            && let Ok(followed) = self.ask(at, now, then, "")
        {
            self.write(&followed);
        }
        Ok(taken)
    }

    /// Takes a step that must succeed, entered when it happened.
    #[track_caller]
    pub(crate) fn step(&mut self, at: &str, step: &str, typed: &str) -> Taken {
        let at = moment(at);
        match self.try_at(at, at, step, typed) {
            Ok(taken) => taken,
            Err(refusal) => panic!("{step} in {}: {refusal:?}", self.state()),
        }
    }

    /// What a step that cannot be taken lacks, shortly: `field:handler`, `text`, a guard's code.
    #[track_caller]
    pub(crate) fn lacks(&self, step: &str, typed: &str) -> Vec<String> {
        let at = moment("2026-12-01T09:00");
        match self.ask(at, at, step, typed) {
            Ok(_) => Vec::new(),
            Err(Refusal::Missing(all)) => all
                .into_iter()
                .map(|m| match (m.code.as_str(), m.field) {
                    ("field" | "action_field", Some(field)) => format!("{}:{field}", m.code),
                    (code, _) => code.to_owned(),
                })
                .collect(),
            Err(refusal) => panic!("{step} in {}: {refusal:?}", self.state()),
        }
    }

    /// Writes what a step says, as the store would.
    pub(crate) fn write(&mut self, taken: &Taken) {
        self.record.values = self.record.values.merged(&taken.values);
        if let Some(state) = taken.state {
            self.record.state = Some(state.to_owned());
        }
        let position = i64::try_from(self.actions.len()).expect("few lines") + 1;
        self.actions.push(Line {
            register: "complaint_action".to_owned(),
            key: position,
            uuid: Uuid::from_u128(position.unsigned_abs().into()),
            parent: self.record.uuid,
            position,
            row_version: 1,
            values: taken.action.clone(),
        });
    }

    pub(crate) fn deadlines(&self, rules: &RuleBook, now: &str) -> Vec<Deadline> {
        static CALENDAR: LazyLock<Calendar> = LazyLock::new(Calendar::built_in);
        deadlines(&self.record, &self.actions, rules, &CALENDAR, &moment(now))
    }

    /// The deadlines under the shipped rules, one line each: `R-06/1 03-03 09:00 Running`.
    pub(crate) fn clocks(&self, now: &str) -> Vec<String> {
        lines(&self.deadlines(&RuleBook::built_in(), now))
    }
}

/// Deadlines as lines: rule, round, the last moment in time, where it stands.
pub(crate) fn lines(deadlines: &[Deadline]) -> Vec<String> {
    let line = |d: &Deadline| {
        let due = d.due_at.format("%m-%d %H:%M");
        format!("{}/{} {due} {:?}", d.rule, d.round, d.state)
    };
    deadlines.iter().map(line).collect()
}

/// What was typed with a step.
#[derive(Default)]
struct Typed {
    values: Values,
    action: Values,
    person: String,
    text: String,
    waivers: Vec<Waiver>,
}

impl Typed {
    /// Reads `field=value act.field=value by=name text=words waive.code=reason`, parted by blanks;
    /// of two values for one field the later counts.
    fn read(typed: &str) -> Self {
        let pairs: BTreeMap<&str, &str> = typed
            .split_whitespace()
            .map(|pair| pair.split_once('=').expect("key=value"))
            .collect();
        let now = moment("2026-03-02T09:00");
        let read = |spec: &RegisterSpec, id: &str, typed: &str| {
            let field = spec.field(id).unwrap_or_else(|| panic!("no field {id}"));
            entry::value(Catalog::builtin(), field, &typed.into(), now)
                .unwrap_or_else(|problem| panic!("{problem:?}"))
        };
        let mut order = Self::default();
        for (key, value) in pairs {
            match key.split_once('.') {
                Some(("act", id)) => order.action.set(id, read(line_spec(), id, value)),
                Some(("waive", code)) => order.waivers.push(Waiver {
                    code: code.to_owned(),
                    reason: value.to_owned(),
                }),
                _ if key == "by" => value.clone_into(&mut order.person),
                _ if key == "text" => value.clone_into(&mut order.text),
                _ => order.values.set(key, read(spec(), key, value)),
            }
        }
        order
    }
}
