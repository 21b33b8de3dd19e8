//! How an office comes to be: made beside its place, filled, and named only when all of it is there.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use serde::Deserialize;
use serde_json::{Map, Value as Json};

use super::session::is_office;
use super::status::status_of;
use super::{At, Inner, Status};
use crate::context::Ctx;
use crate::error::{CommandError, Outcome};
use crate::files;
use crate::office::{InitOffice, init_office};
use crate::records::{AddRecord, add_record};
use crate::table::Nothing;
use crate::words::{self, Facts};

/// The code of a computer until the office names another.
const FIRST_SITE: &str = "PC-01";

/// The first project of a new office.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct FirstProject {
    /// Name.
    pub name: String,
    /// Code used in numbers.
    pub code: String,
    /// For whom it is built.
    #[serde(default)]
    pub builder: Option<String>,
    /// When it was completed, as typed.
    #[serde(default)]
    pub completed_on: Option<String>,
}

/// Founds the office.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct FoundOffice {
    /// Full name.
    pub name: String,
    /// Code used in numbers: letters and digits.
    pub code: String,
    /// Who works here.
    pub operator: String,
    /// Its first project.
    #[serde(default)]
    pub project: Option<FirstProject>,
}

/// Founds the office with its first project: both or neither.
pub(super) fn found_office(at: &At<'_>, ask: &FoundOffice) -> Outcome<Status> {
    let desk = at.desk;
    let mut session = desk.change(at)?;
    let folder = session.folder().to_owned();
    if !session.can_found() || is_office(&folder) {
        let path = [("path", folder.display().to_string())];
        return Err(CommandError::refused("already_office", path));
    }
    let office = InitOffice {
        name: ask.name.clone(),
        code: ask.code.clone(),
        operator: ask.operator.clone(),
        site: FIRST_SITE.to_owned(),
    };
    make(desk, &folder, &office, |ctx, _| {
        first_project(&ctx, ask)?;
        Ok(ctx.store.close()?)
    })?;
    desk.remember(&folder)?;
    desk.forget();
    *session = desk.open(folder, false);
    status_of(desk, &session)
}

fn first_project(ctx: &Ctx, ask: &FoundOffice) -> Outcome<()> {
    use domain::field::{customer, project as field};
    let Some(project) = &ask.project else {
        return Ok(());
    };
    let mut values = Map::new();
    let mut set = |field: &str, text: &str| {
        if !text.trim().is_empty() {
            values.insert(field.to_owned(), Json::from(text));
        }
    };
    set(field::NAME, &project.name);
    set(field::CODE, &project.code);
    set(
        field::FINISHED_ON,
        project.completed_on.as_deref().unwrap_or_default(),
    );
    if let Some(builder) = project.builder.as_deref().filter(|b| !b.trim().is_empty()) {
        let ask = AddRecord {
            register: "customer".to_owned(),
            values: Map::from_iter([(customer::NAME.to_owned(), Json::from(builder))]),
        };
        let made = add_record(ctx, &ask)?;
        set(field::CUSTOMER, &made.uuid);
    }
    let register = "project".to_owned();
    add_record(ctx, &AddRecord { register, values })?;
    Ok(())
}

/// Makes an office beside its place, fills it, and gives it its name when all of it is there.
fn make(
    desk: &Inner,
    folder: &Path,
    ask: &InitOffice,
    fill: impl FnOnce(Ctx, &Path) -> Outcome<()>,
) -> Outcome<()> {
    let _alone = desk.founding.lock().unwrap_or_else(PoisonError::into_inner);
    let mut aside = folder.as_os_str().to_owned();
    aside.push(".new");
    let aside = PathBuf::from(aside);
    let io = |fault| files::io(folder, &fault);
    // What an interrupted founding left is nobody's office yet.
    if aside.exists() {
        fs::remove_dir_all(&aside).map_err(io)?;
    }
    let made = init_office(&aside, &desk.around, ask).and_then(|ctx| fill(ctx, &aside));
    let named = made.and_then(|()| {
        if folder.is_dir() {
            // Only an empty one goes away.
            fs::remove_dir(folder).map_err(io)?;
        }
        fs::rename(&aside, folder).map_err(io)
    });
    if named.is_err()
        && aside.exists()
        && let Err(fault) = fs::remove_dir_all(&aside)
    {
        tracing::warn!(kind = ?fault.kind(), "unfinished office left");
    }
    named
}

/// How many complaints the invented office has.
pub(super) const DEMO_COMPLAINTS: u32 = 120;

/// Opens the invented office; it is made when it is not there yet.
pub(super) fn open_demo(at: &At<'_>, _: &Nothing) -> Outcome<Status> {
    let desk = at.desk;
    let folder = desk.place.demo.clone();
    drop(desk.change(at)?);
    // Made while the own office is still open: it takes a while.
    if !is_office(&folder) {
        at.work.phase("demo", 0);
        make_demo(desk, &folder)?;
    }
    let mut session = desk.change(at)?;
    if session.is_demo() {
        return status_of(desk, &session);
    }
    let opened = desk.open(folder, true);
    if let Some(problem) = opened.problem() {
        return Err(problem.clone());
    }
    desk.forget();
    *session = opened;
    status_of(desk, &session)
}

fn make_demo(desk: &Inner, folder: &Path) -> Outcome<()> {
    let word = |key: &str| words::say(&format!("demo.{key}"), &Facts::new());
    let ask = InitOffice {
        name: word("office"),
        code: "YS".to_owned(),
        operator: word("operator"),
        site: FIRST_SITE.to_owned(),
    };
    let until = desk.around.clock.now();
    let complaints = desk.demo_complaints.load(Ordering::Relaxed);
    make(desk, folder, &ask, |ctx, aside| {
        ctx.store.close()?;
        crate::demo::fill(aside, complaints, 1, until)?;
        Ok(())
    })
}
