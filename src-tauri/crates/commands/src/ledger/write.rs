//! Rows of a ledger become records with a log.

use std::collections::BTreeMap;

use domain::entry;
use domain::field::{complaint as field, complaint_action as action, project as project_field};
use domain::record::Record;
use domain::spec::{FieldKind, RegisterSpec};
use domain::time::Moment;
use domain::value::{Value, Values};
use exchange::CheckedRow;
use store::{Bin, ListQuery, Read, Tx};

use super::named;
use crate::case;
use crate::context::Ctx;
use crate::error::{CommandError, Outcome};
use crate::figures::Figures;
use crate::number;

/// Writes rows; remembers what it found or made for names.
pub(super) struct Writer<'a> {
    ctx: &'a Ctx,
    spec: &'a RegisterSpec,
    figures: &'a Figures,
    batch: &'a str,
    project: Option<String>,
    links: BTreeMap<(String, String), Option<String>>,
    made: Vec<String>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(
        ctx: &'a Ctx,
        spec: &'a RegisterSpec,
        figures: &'a Figures,
        batch: &'a str,
    ) -> Self {
        Self {
            ctx,
            spec,
            figures,
            batch,
            project: None,
            links: BTreeMap::new(),
            made: Vec::new(),
        }
    }

    /// The project of all rows: named by a person it must exist, named by the title it is made.
    pub(super) fn project_of_all(
        &mut self,
        tx: &mut Tx<'_>,
        name: Option<&str>,
        by_person: bool,
    ) -> Outcome<()> {
        let Some(name) = name.filter(|_| self.spec.field("project").is_some()) else {
            return Ok(());
        };
        self.project = if by_person {
            let spec = self.ctx.spec("project")?;
            let found = named(tx, spec, name)?;
            let found = found.ok_or_else(|| CommandError::not_found(&spec.label, name))?;
            Some(found.uuid.to_string())
        } else {
            self.link(tx, "project", name)?
        };
        Ok(())
    }

    /// Labels of what was made on the way.
    pub(super) fn made(self) -> Vec<String> {
        self.made
    }

    /// Writes one row.
    pub(super) fn write(&mut self, tx: &mut Tx<'_>, row: &CheckedRow) -> Outcome<()> {
        let mut values = entry::defaults(self.ctx.catalog, self.spec, self.ctx.now());
        values = values.merged(&row.values);
        self.resolve(tx, &mut values)?;
        if self.spec.id == domain::complaint::WORKFLOW.register {
            return self.complaint(tx, values);
        }
        let record = tx.insert(&self.spec.id, &values)?;
        if self
            .spec
            .numbering
            .as_ref()
            .is_some_and(|n| n.step.is_none())
        {
            number::give(self.ctx, tx, self.spec, &record, None)?;
        }
        Ok(())
    }

    /// Puts identifiers where the ledger has names.
    fn resolve(&mut self, tx: &mut Tx<'_>, values: &mut Values) -> Outcome<()> {
        for link in self
            .spec
            .fields
            .iter()
            .filter(|f| f.kind == FieldKind::Link)
        {
            let (Some(name), Some(target)) = (values.text(&link.id), link.target.as_deref()) else {
                continue;
            };
            let name = name.to_owned();
            let uuid = self.link(tx, target, &name)?;
            values.set(&link.id, uuid.map_or(Value::Null, Value::Text));
        }
        if values.get("project").is_null()
            && let Some(project) = &self.project
        {
            values.set("project", project.as_str());
        }
        Ok(())
    }

    /// The record of a name; departments, projects and customers are made when they are new.
    fn link(&mut self, tx: &mut Tx<'_>, target: &str, name: &str) -> Outcome<Option<String>> {
        let key = (target.to_owned(), name.to_owned());
        if let Some(known) = self.links.get(&key) {
            return Ok(known.clone());
        }
        let spec = self.ctx.spec(target)?;
        let uuid = match named(tx, spec, name)? {
            Some(record) => Some(record.uuid.to_string()),
            None if matches!(target, "department" | "project" | "customer") => {
                self.made.push(format!("{}：{name}", spec.label));
                Some(self.make(tx, spec, name)?.uuid.to_string())
            }
            None => None,
        };
        self.links.insert(key, uuid.clone());
        Ok(uuid)
    }

    fn make(&self, tx: &mut Tx<'_>, spec: &RegisterSpec, name: &str) -> Outcome<Record> {
        let mut values = entry::defaults(self.ctx.catalog, spec, self.ctx.now());
        values.set(&spec.title, name);
        if spec.id == "project" {
            values.set(project_field::CODE, next_project_code(tx)?);
        }
        let record = tx.insert(&spec.id, &values)?;
        if spec.numbering.as_ref().is_some_and(|n| n.step.is_none()) {
            number::give(self.ctx, tx, spec, &record, None)?;
        }
        Ok(record)
    }

    /// A complaint of an old ledger: its state follows from its dates, and so does its log.
    fn complaint(&self, tx: &mut Tx<'_>, mut values: Values) -> Outcome<()> {
        values.set(field::IMPORT_BATCH, self.batch);
        anonymous(&mut values);
        let received = values.moment(field::RECEIVED_AT);
        let handled = values.moment(field::HANDLED_AT);
        let visited = values.moment(field::VISITED_AT);
        let was_visited = visited.is_some() || values.tick(field::VISITED);
        let person = |field: &str| values.get(field).clone();
        let mut log: Vec<(&str, Option<Moment>, Value, &str)> =
            vec![("register", received, person(field::RECEIVER), "registered")];
        if handled.is_some() {
            log.push((
                "finish_handling",
                handled,
                person(field::HANDLER),
                "handled",
            ));
            log.push(("schedule_visit", handled, Value::Null, "visit_due"));
            if was_visited {
                log.push((
                    "record_visit",
                    visited.or(handled),
                    person(field::VISITOR),
                    "visited",
                ));
            }
        }
        let record = tx.insert(&self.spec.id, &values)?;
        let mut from = "draft";
        for (step, at, person, to) in log {
            let line = Values::new()
                .with(action::STEP, step)
                .with(action::OCCURRED_AT, at.unwrap_or_else(|| self.ctx.now()))
                .with(action::ENTERED_AT, self.ctx.now())
                .with(action::PERSON, person)
                .with(action::ROUND, 1)
                .with(action::FROM_STATE, from)
                .with(action::TO_STATE, to);
            tx.insert_line("complaint_action", record.uuid, &line)?;
            from = to;
        }
        let record = tx.set_state(&self.spec.id, record.uuid, from)?;
        number::give(self.ctx, tx, self.spec, &record, None)?;
        case::refresh(self.ctx, tx, self.figures, record.uuid, &self.spec.id)
    }
}

/// A complainant called 匿名, or none at all, is the tick and no name.
fn anonymous(values: &mut Values) {
    let name = values.text(field::COMPLAINANT_NAME).map(str::to_owned);
    if name.as_deref().is_none_or(|n| n.contains("匿名")) {
        values.set(field::ANONYMOUS, true);
        values.set(field::COMPLAINANT_NAME, Value::Null);
    }
}

/// `XM01`, `XM02` … behind the highest that is there.
fn next_project_code(reader: &dyn Read) -> Outcome<String> {
    let mut query = ListQuery::of("project");
    query.bin = Bin::Both;
    let highest = reader
        .list(&query)?
        .iter()
        .filter_map(|p| {
            p.values
                .text(project_field::CODE)?
                .strip_prefix("XM")?
                .parse::<u32>()
                .ok()
        })
        .max();
    Ok(format!("XM{:02}", highest.unwrap_or(0) + 1))
}
