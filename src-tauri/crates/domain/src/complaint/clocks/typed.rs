//! Deadlines that a person wrote down as a day instead of a rule counting it: the day itself is the
//! last one, to its end.
//!
//! A pause does not move them: others hold to the day they wrote. An extension does.

use chrono::NaiveTime;

use super::log::Log;
use super::{DUE_ON, OUTER_DEADLINE, PROMISE};
use crate::count::Amount;
use crate::deadline::{Deadline, DeadlineState, Extension, ExtensionTo};
use crate::field::complaint as field;
use crate::record::Record;
use crate::rules::Severity;
use crate::time::{Moment, at_china};
use crate::zh::{date_zh, moment_zh};

/// The typed deadlines of a complaint.
pub(super) fn typed(record: &Record, log: Log<'_>, now: &Moment) -> Vec<Deadline> {
    let round = u32::try_from(record.values.int(field::ROUND).unwrap_or(1)).unwrap_or(1);
    let handled = log.first(&["finish_handling"], round);
    // The department asks once; its reply counts in whichever round it went out.
    let answered = log.first_ever(&["reply_department"]);
    [
        (DUE_ON, field::DUE_ON, "要求完成日期", round, handled),
        (
            PROMISE,
            field::CONTACT_PROMISE,
            "承诺处理期限",
            round,
            handled,
        ),
        (
            OUTER_DEADLINE,
            field::OUTER_DEADLINE,
            "转办要求回复时限",
            1,
            answered,
        ),
    ]
    .into_iter()
    .filter_map(|(rule, from, title, round, met_at)| {
        let day = record.values.date(from)?;
        let mut deadline = Deadline {
            rule: rule.to_owned(),
            title: title.to_owned(),
            round,
            severity: Severity::Hard,
            amount: Amount::Days(0),
            rule_version: String::new(),
            calendar_version: String::new(),
            started_at: record.values.moment(field::RECEIVED_AT)?,
            due_at: at_china(day.and_time(NaiveTime::from_hms_opt(23, 59, 59)?)),
            met_at,
            paused_since: None,
            state: DeadlineState::Running,
            assumed_calendar: false,
            counted: vec![format!("填写的日期：{}", date_zh(day))],
            steps: Vec::new(),
        };
        let asked_of_us = rule != OUTER_DEADLINE;
        extend(
            &mut deadline,
            &log.extensions(rule, asked_of_us.then_some(round)),
        );
        deadline.state = deadline.state_at(now);
        Some(deadline)
    })
    .collect()
}

fn extend(deadline: &mut Deadline, extensions: &[Extension]) {
    for extension in extensions {
        let ExtensionTo::Until(until) = extension.to else {
            continue;
        };
        if until > deadline.due_at {
            deadline.due_at = until;
            deadline.counted.push(format!(
                "经{}批准延期至{}：{}",
                extension.approver,
                moment_zh(&until),
                extension.reason
            ));
        }
    }
}
