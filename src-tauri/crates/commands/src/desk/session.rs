//! Which office is open, how it came to be, and how another takes its place.
//!
//! An office that cannot be opened is left as it is: the fault is kept to be shown, and the clerk
//! chooses another folder or restores a backup. Not here: what is done inside an office.

use std::fs;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLockReadGuard, RwLockWriteGuard};

use domain::time::moment_text;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::{At, Inner};
use crate::context::Ctx;
use crate::error::{Code, CommandError, Outcome};
use crate::office::{InitOffice, init_office};
use crate::records::{AddRecord, add_record};
use crate::table::Nothing;
use crate::upkeep::{self, BackupRef};
use crate::words::{self, Facts};

/// The code of a computer until the office names another.
const FIRST_SITE: &str = "PC-01";

/// Where a desk keeps its things.
#[derive(Debug, Clone)]
pub struct Place {
    /// The office that is opened when no other was chosen.
    pub office: PathBuf,
    /// The office to look around in.
    pub demo: PathBuf,
    /// A small file: which office was chosen.
    pub state: PathBuf,
    /// Files on their way to the system's viewer; emptied at the start.
    pub outgoing: PathBuf,
}

impl Place {
    /// All of them in one folder.
    #[must_use]
    pub fn under(home: &Path) -> Self {
        Self {
            office: home.join("office"),
            demo: home.join("demo"),
            state: home.join("desk.json"),
            outgoing: home.join("outgoing"),
        }
    }
}

/// What is remembered between starts.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct Remembered {
    /// The folder that was chosen; missing means the usual one.
    office: Option<PathBuf>,
}

/// What is open.
#[derive(Default)]
pub(super) struct Session {
    /// Opening was tried.
    tried: bool,
    /// The folder of the office, or the one where it would be founded.
    folder: PathBuf,
    demo: bool,
    read_only: bool,
    ctx: Option<Ctx>,
    problem: Option<CommandError>,
}

impl Session {
    /// Closes what is open and leaves its folder to others.
    fn close(&mut self) {
        if let Some(ctx) = self.ctx.take()
            && let Err(fault) = ctx.store.close()
        {
            tracing::warn!(code = fault.code(), "office closed");
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.close();
    }
}

/// The open office, held so that no other takes its place meanwhile.
pub(super) struct Held<'a>(RwLockReadGuard<'a, Session>);

impl Deref for Held<'_> {
    type Target = Ctx;

    fn deref(&self) -> &Ctx {
        self.0.ctx.as_ref().expect("BUG: held only when open")
    }
}

impl Inner {
    /// The session, opened at the first use.
    fn session(&self) -> RwLockReadGuard<'_, Session> {
        loop {
            let session = self.session.read().unwrap_or_else(PoisonError::into_inner);
            if session.tried {
                return session;
            }
            drop(session);
            let mut session = self.session.write().unwrap_or_else(PoisonError::into_inner);
            if !session.tried {
                *session = self.own();
            }
        }
    }

    /// The session, to put another in its place: not while a job works in the office.
    fn change(&self, at: &At<'_>) -> Outcome<RwLockWriteGuard<'_, Session>> {
        drop(self.session());
        if self.jobs.running() > usize::from(at.work.is_job()) {
            return Err(CommandError::refused("job_running", []));
        }
        Ok(self.session.write().unwrap_or_else(PoisonError::into_inner))
    }

    /// The open office.
    ///
    /// # Errors
    /// When there is none, or why it could not be opened.
    pub(super) fn office(&self) -> Outcome<Held<'_>> {
        let session = self.session();
        if session.ctx.is_some() {
            return Ok(Held(session));
        }
        Err(match &session.problem {
            Some(problem) => problem.clone(),
            None => CommandError::new(Code::NotFound, "failed.no_office_yet", &Facts::new()),
        })
    }

    /// The open office if nobody is putting another in its place.
    pub(super) fn idle_office(&self) -> Option<Held<'_>> {
        let session = self.session.try_read().ok()?;
        session.ctx.is_some().then(|| Held(session))
    }

    /// The folder of the office, open or not.
    pub(super) fn office_folder(&self) -> PathBuf {
        self.session().folder.clone()
    }

    /// Closes what is open, for good.
    pub(super) fn close(&self) {
        let mut session = self.session.write().unwrap_or_else(PoisonError::into_inner);
        session.close();
        session.tried = true;
    }

    /// Opens the chosen office, or the usual one.
    fn own(&self) -> Session {
        let folder = match fs::read(&self.place.state) {
            Ok(text) => serde_json::from_slice::<Remembered>(&text)
                .ok()
                .and_then(|r| r.office),
            Err(_) => None,
        };
        self.open(folder.unwrap_or_else(|| self.place.office.clone()), false)
    }

    /// Opens an office, for reading when its place cannot be written to. A folder without one is
    /// a place to found one; any other failure is kept as the problem.
    fn open(&self, folder: PathBuf, demo: bool) -> Session {
        let mut session = Session::default();
        session.tried = true;
        session.folder = folder;
        session.demo = demo;
        let opened = match Ctx::open(&session.folder, &self.around) {
            Err(fault) if fault.code == Code::ReadOnly => {
                session.read_only = true;
                // The first refusal says more than why even reading failed.
                Ctx::open_read_only(&session.folder, &self.around).map_err(|_| fault)
            }
            opened => opened,
        };
        match opened {
            Ok(ctx) => session.ctx = Some(ctx),
            Err(fault) if !is_office(&session.folder) && fault.code == Code::NotFound => {}
            Err(fault) => session.problem = Some(fault),
        }
        session
    }

    fn remember(&self, folder: &Path) -> Outcome<()> {
        let usual = folder == self.place.office;
        let remembered = Remembered {
            office: (!usual).then(|| folder.to_owned()),
        };
        let text = serde_json::to_vec(&remembered).map_err(CommandError::internal)?;
        crate::files::save_as(&self.place.state, &text, true)
    }

    /// What a page could still name of the office before is forgotten.
    fn forget(&self) {
        self.tokens.clear();
        self.shelf.clear();
    }
}

/// Whether a folder holds an office, whole or not.
fn is_office(folder: &Path) -> bool {
    let names = fs::read_dir(folder).into_iter().flatten().flatten();
    names
        .map(|entry| entry.file_name())
        .any(|name| name == "current" || name.to_string_lossy().ends_with(".db"))
}

/// How much of the file was checked when it was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum CheckedWhole {
    /// The last session had been closed: there was nothing to check.
    NotNeeded,
    /// All of it.
    Whole,
    /// Pages and links.
    Quickly,
    /// Little, for it is large: a check should follow.
    Partly,
}

/// The open office.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct OfficeStatus {
    /// Full name.
    pub name: String,
    /// Code used in numbers.
    pub code: String,
    /// Who works here.
    pub operator: String,
    /// Its folder, to be read by a person.
    pub folder_shown: String,
    /// It is the invented office.
    pub demo: bool,
    /// Nothing can be written.
    pub read_only: bool,
    /// How much was checked when it was opened.
    pub checked: CheckedWhole,
}

/// What the program knows of itself.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct Status {
    /// What is open.
    pub office: Option<OfficeStatus>,
    /// An office can be founded here.
    pub can_found: bool,
    /// Why the office could not be opened; it was left as it is.
    pub problem: Option<CommandError>,
    /// The program's version.
    pub version: String,
    /// The present moment.
    pub now: String,
}

/// How things stand.
pub(super) fn status(at: &At<'_>, _: &Nothing) -> Outcome<Status> {
    status_of(at.desk, &at.desk.session())
}

fn status_of(desk: &Inner, session: &Session) -> Outcome<Status> {
    let office = match &session.ctx {
        None => None,
        Some(ctx) => Some(office_status(session, ctx)?),
    };
    Ok(Status {
        can_found: office.is_none() && session.problem.is_none(),
        office,
        problem: session.problem.clone(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        now: moment_text(&desk.around.clock.now()),
    })
}

fn office_status(session: &Session, ctx: &Ctx) -> Outcome<OfficeStatus> {
    use domain::field::office as field;
    use store::Checked;
    let record = ctx.office(&ctx.reader()?)?;
    let text = |f: &str| record.values.text(f).unwrap_or_default().to_owned();
    Ok(OfficeStatus {
        name: text(field::NAME),
        code: text(field::CODE),
        operator: text(field::OPERATOR),
        folder_shown: session.folder.display().to_string(),
        demo: session.demo,
        read_only: session.read_only,
        checked: match ctx.store.opening().checked {
            Checked::NotNeeded => CheckedWhole::NotNeeded,
            Checked::Fully => CheckedWhole::Whole,
            Checked::Quickly => CheckedWhole::Quickly,
            Checked::Partly => CheckedWhole::Partly,
        },
    })
}

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
    if session.ctx.is_some() || session.problem.is_some() || is_office(&session.folder) {
        let at = session.folder.display().to_string();
        return Err(CommandError::refused("already_office", [("path", at)]));
    }
    let folder = session.folder.clone();
    make(
        desk,
        &folder,
        |ctx| first_project(ctx, ask),
        &InitOffice {
            name: ask.name.clone(),
            code: ask.code.clone(),
            operator: ask.operator.clone(),
            site: FIRST_SITE.to_owned(),
        },
    )?;
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
    fill: impl FnOnce(&Ctx) -> Outcome<()>,
    ask: &InitOffice,
) -> Outcome<()> {
    let mut aside = folder.as_os_str().to_owned();
    aside.push(".new");
    let aside = PathBuf::from(aside);
    let io = |fault| crate::files::io(folder, &fault);
    // What an interrupted founding left is nobody's office yet.
    if aside.exists() {
        fs::remove_dir_all(&aside).map_err(io)?;
    }
    let made = init_office(&aside, &desk.around, ask).and_then(|ctx| {
        let filled = fill(&ctx);
        let closed = ctx.store.close();
        filled?;
        Ok(closed?)
    });
    let named = made.and_then(|()| {
        if folder.is_dir() {
            // Empty, or it could not be taken away.
            fs::remove_dir(folder).map_err(io)?;
        }
        fs::rename(&aside, folder).map_err(io)
    });
    if named.is_err()
        && let Err(fault) = fs::remove_dir_all(&aside)
    {
        tracing::warn!(kind = ?fault.kind(), "unfinished office left");
    }
    named
}

/// How many complaints the demo office has.
const DEMO_COMPLAINTS: u32 = 120;

/// Opens the invented office; it is made when it is not there yet.
pub(super) fn open_demo(at: &At<'_>, _: &Nothing) -> Outcome<Status> {
    let desk = at.desk;
    let mut session = desk.change(at)?;
    if session.demo && session.ctx.is_some() {
        return status_of(desk, &session);
    }
    let folder = desk.place.demo.clone();
    if !is_office(&folder) {
        at.work.phase("demo", 0);
        make_demo(desk, &folder)?;
    }
    let opened = desk.open(folder, true);
    if let Some(problem) = &opened.problem {
        return Err(problem.clone());
    }
    desk.forget();
    *session = opened;
    status_of(desk, &session)
}

fn make_demo(desk: &Inner, folder: &Path) -> Outcome<()> {
    let until = desk.around.clock.now();
    let word = |key: &str| words::say(&format!("demo.{key}"), &Facts::new());
    let ask = InitOffice {
        name: word("office"),
        code: "YS".to_owned(),
        operator: word("operator"),
        site: FIRST_SITE.to_owned(),
    };
    let mut aside = folder.as_os_str().to_owned();
    aside.push(".demo");
    make(desk, &PathBuf::from(&aside), |_| Ok(()), &ask)?;
    let aside = PathBuf::from(aside);
    let io = |fault| crate::files::io(folder, &fault);
    let filled = crate::demo::fill(&aside, DEMO_COMPLAINTS, 1, until);
    if let Err(fault) = filled {
        fs::remove_dir_all(&aside).map_err(io)?;
        return Err(fault);
    }
    fs::rename(&aside, folder).map_err(io)
}

/// Goes back from the invented office to the own one, or to where one would be founded.
pub(super) fn leave_demo(at: &At<'_>, _: &Nothing) -> Outcome<Status> {
    let desk = at.desk;
    let mut session = desk.change(at)?;
    if session.demo {
        session.close();
        desk.forget();
        *session = desk.own();
    }
    status_of(desk, &session)
}

/// Asks for another folder and opens the office in it. An empty folder is taken as the place to
/// found one, unless an office is open: then it stays open.
pub(super) fn choose_office(at: &At<'_>, _: &Nothing) -> Outcome<Status> {
    let desk = at.desk;
    let title = words::say("dialog.choose_office", &Facts::new());
    let Some(folder) = desk.host.pick_folder(&title) else {
        return status(at, &Nothing {});
    };
    let mut session = desk.change(at)?;
    let same = |a: &Path, b: &Path| match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    };
    if session.ctx.is_some() && same(&session.folder, &folder) {
        return status_of(desk, &session);
    }
    let demo = same(&desk.place.demo, &folder);
    let opened = desk.open(folder, demo);
    if let Some(problem) = &opened.problem {
        return Err(problem.clone());
    }
    if opened.ctx.is_none() {
        let at = ("path", opened.folder.display().to_string());
        if session.ctx.is_some() {
            let facts = words::facts([at]);
            return Err(CommandError::new(
                Code::NotFound,
                "failed.no_office_there",
                &facts,
            ));
        }
        let empty = fs::read_dir(&opened.folder).is_ok_and(|mut names| names.next().is_none());
        if !empty {
            return Err(CommandError::refused("folder_not_empty", [at]));
        }
    } else if !demo {
        desk.remember(&opened.folder)?;
    }
    desk.forget();
    *session = opened;
    status_of(desk, &session)
}

/// Opens the folder of the office in the file manager.
pub(super) fn open_office_folder(at: &At<'_>, _: &Nothing) -> Outcome<Nothing> {
    let folder = at.desk.session().folder.clone();
    let shown = at.desk.host.show_in_folder(&folder);
    shown.map_err(|fault| crate::files::io(&folder, &fault))?;
    Ok(Nothing {})
}

/// Puts a backup in the place of the present state and opens it. When that fails, what was there
/// is opened again.
pub(super) fn replace_by_backup(at: &At<'_>, ask: &BackupRef) -> Outcome<Status> {
    let desk = at.desk;
    let mut session = desk.change(at)?;
    if session.read_only {
        let path = [("path", session.folder.display().to_string())];
        let facts = words::facts(path);
        return Err(CommandError::new(
            Code::ReadOnly,
            "failed.read_only_place",
            &facts,
        ));
    }
    let (folder, demo) = (session.folder.clone(), session.demo);
    // Looked at first, so that nothing is closed for a name that is none.
    upkeep::verified(&folder, ask)?;
    let restored = match session.ctx.take() {
        Some(ctx) => upkeep::restore(ctx, ask),
        None => upkeep::rescue(&folder, &desk.around, ask),
    };
    desk.forget();
    *session = desk.open(folder, demo);
    restored?;
    status_of(desk, &session)
}
