//! Which office is open, how it came to be, and how another takes its place.
//!
//! An office that cannot be opened is left as it is: the fault is kept to be shown, and the clerk
//! chooses another folder or restores a backup. Not here: what is done inside an office.

use std::fs;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLockReadGuard, RwLockWriteGuard};

use serde::{Deserialize, Serialize};

use super::status::{status, status_of};
use super::{At, Inner, Status};
use crate::context::Ctx;
use crate::error::{Code, CommandError, Outcome};
use crate::table::Nothing;
use crate::upkeep::{self, BackupRef};
use crate::words::{self, Facts};

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
    pub(super) fn ctx(&self) -> Option<&Ctx> {
        self.ctx.as_ref()
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Why the office in the folder could not be opened.
    pub(super) fn problem(&self) -> Option<&CommandError> {
        self.problem.as_ref()
    }

    pub(super) fn can_found(&self) -> bool {
        self.ctx.is_none() && self.problem.is_none()
    }

    pub(super) fn is_demo(&self) -> bool {
        self.demo && self.ctx.is_some()
    }

    pub(super) fn is_read_only(&self) -> bool {
        self.read_only
    }

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
    pub(super) fn session(&self) -> RwLockReadGuard<'_, Session> {
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
    pub(super) fn change(&self, at: &At<'_>) -> Outcome<RwLockWriteGuard<'_, Session>> {
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
    pub(super) fn open(&self, folder: PathBuf, demo: bool) -> Session {
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

    pub(super) fn remember(&self, folder: &Path) -> Outcome<()> {
        let usual = folder == self.place.office;
        let remembered = Remembered {
            office: (!usual).then(|| folder.to_owned()),
        };
        let text = serde_json::to_vec(&remembered).map_err(CommandError::internal)?;
        crate::files::save_as(&self.place.state, &text, true)
    }

    /// What a page could still name of the office before is forgotten.
    pub(super) fn forget(&self) {
        self.tokens.clear();
        self.shelf.clear();
    }
}

/// Whether a folder holds an office, whole or not.
pub(super) fn is_office(folder: &Path) -> bool {
    let names = fs::read_dir(folder).into_iter().flatten().flatten();
    names
        .map(|entry| entry.file_name())
        .any(|name| name == "current" || name.to_string_lossy().ends_with(".db"))
}

/// Tries once more to open the office that could not be opened.
pub(super) fn open_again(at: &At<'_>, _: &Nothing) -> Outcome<Status> {
    let desk = at.desk;
    let mut session = desk.change(at)?;
    if session.problem.is_some() {
        let (folder, demo) = (session.folder.clone(), session.demo);
        *session = desk.open(folder, demo);
    }
    status_of(desk, &session)
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
