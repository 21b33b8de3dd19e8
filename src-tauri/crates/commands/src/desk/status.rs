//! What is open, as the page is told.

use domain::time::moment_text;
use serde::Serialize;

use super::session::Session;
use super::{At, Inner};
use crate::context::Ctx;
use crate::error::{CommandError, Outcome};
use crate::table::Nothing;

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

pub(super) fn status_of(desk: &Inner, session: &Session) -> Outcome<Status> {
    let office = match session.ctx() {
        None => None,
        Some(ctx) => Some(office_status(session, ctx)?),
    };
    Ok(Status {
        office,
        can_found: session.can_found(),
        problem: session.problem().cloned(),
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
        folder_shown: session.folder().display().to_string(),
        demo: session.is_demo(),
        read_only: session.is_read_only(),
        checked: match ctx.store.opening().checked {
            Checked::NotNeeded => CheckedWhole::NotNeeded,
            Checked::Fully => CheckedWhole::Whole,
            Checked::Quickly => CheckedWhole::Quickly,
            Checked::Partly => CheckedWhole::Partly,
        },
    })
}
