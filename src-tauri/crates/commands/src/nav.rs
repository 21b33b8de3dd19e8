//! The frame of the window: whose office it is, and the counts beside the registers.

use std::collections::BTreeSet;

use domain::field::office as field;
use serde::Serialize;
use store::{ListQuery, Read};

use crate::context::Ctx;
use crate::error::Outcome;
use crate::records::span::day_start_after;
use crate::records::{Condition, selection};
use crate::table::Nothing;

/// The office.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct OfficeView {
    /// Full name.
    pub name: String,
    /// The name that fits a head: the short one if there is one.
    pub short_name: String,
    /// Code used in numbers.
    pub code: String,
    /// Who works here.
    pub operator: String,
    /// Code of this computer.
    pub site: String,
    /// Projects on file.
    pub projects: u64,
    /// Customers on file.
    pub customers: u64,
    /// Complaints on file.
    pub complaints: u64,
}

/// One entry of the navigation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct NavEntry {
    /// `today`, or a register's id.
    pub id: String,
    /// Chinese name.
    pub label: String,
    /// What is open there, where that can be said.
    pub count: Option<u64>,
}

/// Whose office it is.
///
/// # Errors
/// When the file cannot be read.
pub fn office(ctx: &Ctx, _: &Nothing) -> Outcome<OfficeView> {
    let reader = ctx.reader()?;
    let office = ctx.office(&reader)?;
    let of = |field: &str| office.values.text(field).unwrap_or_default().to_owned();
    let count = |register: &str| reader.count(&ListQuery::of(register));
    let (name, short) = (of(field::NAME), of(field::SHORT_NAME));
    let who = ctx.who()?;
    Ok(OfficeView {
        short_name: if short.is_empty() {
            name.clone()
        } else {
            short
        },
        name,
        code: of(field::CODE),
        operator: who.operator,
        site: who.site,
        projects: count("project")?,
        customers: count("customer")?,
        complaints: count("complaint")?,
    })
}

/// The entries of the navigation: what is due today, what is open in each register.
///
/// # Errors
/// When the file cannot be read.
pub fn nav(ctx: &Ctx, _: &Nothing) -> Outcome<Vec<NavEntry>> {
    let reader = ctx.reader()?;
    let open = Condition {
        field: "@closed".to_owned(),
        op: "=".to_owned(),
        value: "no".to_owned(),
    };
    let complaint = ctx.register("complaint")?;
    let open = selection(ctx, &reader, complaint, &[open], None)?;
    let out = ListQuery::of("paper").filter("status", store::Test::Eq("printed".into()));
    let mut entries = vec![NavEntry {
        id: "today".to_owned(),
        label: crate::words::say("nav.today", &crate::words::Facts::new()),
        count: Some(due_cases(ctx, &reader)?),
    }];
    for (register, count) in [
        ("project", Some(reader.count(&ListQuery::of("project"))?)),
        ("complaint", Some(reader.count(&open)?)),
        ("customer", None),
        ("person", None),
        ("department", None),
        ("paper", Some(reader.count(&out)?)),
    ] {
        entries.push(NavEntry {
            id: register.to_owned(),
            label: ctx.spec(register)?.label.clone(),
            count,
        });
    }
    Ok(entries)
}

/// How many cases are overdue or due today.
pub(crate) fn due_cases(ctx: &Ctx, reader: &dyn Read) -> Outcome<u64> {
    let end = day_start_after(&ctx.now(), 1);
    let due = reader.pressing(end)?;
    let cases: BTreeSet<_> = due
        .iter()
        .filter(|row| row.due_at < end)
        .map(|row| row.uuid)
        .collect();
    Ok(cases.len() as u64)
}
