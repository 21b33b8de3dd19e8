//! The desk: the one dispatcher behind the window. Commands of the table go to the open office;
//! commands of the desk itself bring in what only the computer outside can do, long work, and the
//! choice of the office.
//!
//! A path never crosses: files outside are named by tokens, papers by number, attachments by their
//! identifier. Not here: windows, webviews, HTTP.

mod attach;
mod backups;
mod founding;
mod host;
mod idle;
mod jobs;
mod lists;
mod outgoing;
mod papers;
mod print_out;
mod session;
mod status;
mod tokens;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, RwLock};

use serde::Deserialize;
use serde_json::Value as Json;

use crate::bindings::{Line, Types};
use crate::context::Surroundings;
use crate::error::{CommandError, Outcome};
use crate::ledger::{ExportList, ImportAnswer};
use crate::papers::{PaperRef, PrintPapers};
use crate::table::{self, Nothing, answer, marked, read};
use crate::upkeep::{BackupRef, BackupView};
use crate::view::RecordView;

pub use attach::{AttachFiles, AttachmentRef, Thumbnail};
pub use founding::{FirstProject, FoundOffice};
pub use host::{Drive, Host, PickFiles, SavePlace};
pub use jobs::{Begin, JobRef, JobState, JobView};
pub use lists::{RegisterRef, TakeLedger};
pub use papers::{
    Preview, PreviewFile, PreviewRef, Printed, PrintedFiles, PrintedRef, PrintedRefs, ReturnScan,
};
pub use print_out::{KeepAs, KeptAs, PrintOut};
pub use session::Place;
pub use status::{CheckedWhole, OfficeStatus, Status};
pub use tokens::{PickedFile, Saved, TokenRef};

use crate::work::Work;
use idle::Idle;

/// What a command of the desk works with.
pub(crate) struct At<'a> {
    desk: &'a Arc<Inner>,
    work: &'a Work,
}

pub(crate) struct Inner {
    place: Place,
    around: Surroundings,
    host: Arc<dyn Host>,
    session: RwLock<session::Session>,
    /// Held while an office is made.
    founding: Mutex<()>,
    demo_complaints: AtomicU32,
    tokens: tokens::Tokens,
    smalls: attach::Smalls,
    shelf: papers::Shelf,
    /// Copies that went out, counted.
    last: AtomicU64,
    jobs: jobs::Jobs,
    idle: Arc<Idle>,
}

/// The dispatcher. Every call may come from any thread, and as many at a time as there are.
pub struct Desk(Arc<Inner>);

// Lines as in the command table; the functions take `(&At, &Request)`.
macro_rules! desk_commands {
    ($($name:literal => $function:path: $ask:ty => $answer:ty $(, $mark:ident)?;)*) => {
        /// The desk's own commands, in the order of the table.
        pub const NAMES: &[&str] = &[$($name),*];

        /// Those after which records may be different.
        pub const WRITES: &[&str] = &[$($(marked!($mark $name),)?)*];

        /// Every command with its types, for the page.
        pub(crate) fn lines(types: &mut Types) -> Vec<Line> {
            vec![$(types.line::<$ask, $answer>($name)),*]
        }

        fn own(at: &At<'_>, name: &str, request: Json) -> Option<Outcome<Json>> {
            match name {
                $($name => Some(read::<$ask>(request).and_then(|ask| {
                    let told: $answer = $function(at, &ask)?;
                    answer(&told)
                })),)*
                _ => None,
            }
        }
    };
}

desk_commands! {
    "status" => status::status: Nothing => Status;
    "found_office" => founding::found_office: FoundOffice => Status, writes;
    "open_demo" => founding::open_demo: Nothing => Status, writes;
    "open_again" => session::open_again: Nothing => Status, writes;
    "leave_demo" => session::leave_demo: Nothing => Status, writes;
    "choose_office" => session::choose_office: Nothing => Status, writes;
    "open_office_folder" => session::open_office_folder: Nothing => Nothing;
    "pick_ledger" => lists::pick_ledger: Nothing => Option<PickedFile>;
    "look_at_ledger" => lists::look_at_ledger: TakeLedger => ImportAnswer;
    "take_ledger" => lists::take_ledger: TakeLedger => ImportAnswer, writes;
    "save_import_report" => lists::save_import_report: TakeLedger => Option<Saved>;
    "save_import_template" => lists::save_import_template: RegisterRef => Option<Saved>;
    "export_list" => lists::export_list: ExportList => Option<Saved>;
    "attach_files" => attach::attach_files: AttachFiles => Vec<RecordView>, writes;
    "save_attachment" => attach::save_attachment: AttachmentRef => Option<Saved>;
    "open_attachment" => attach::open_attachment: AttachmentRef => Nothing;
    "preview_papers" => papers::preview_papers: PrintPapers => Preview;
    "print_and_keep" => papers::print_and_keep: PrintPapers => PrintedFiles, writes;
    "print_out" => print_out::print_out: print_out::PrintOut => papers::PrintedFiles, writes;
    "keep_as" => print_out::keep_as: print_out::KeepAs => Option<print_out::KeptAs>, writes;
    "reprint_paper" => papers::reprint_paper: PaperRef => PrintedFiles, writes;
    "save_printed" => papers::save_printed: PrintedRefs => Option<Saved>;
    "send_to_printer" => papers::send_to_printer: PrintedRefs => Nothing;
    "return_scan" => papers::return_scan: ReturnScan => Option<RecordView>, writes;
    "restore_backup" => backups::restore_backup: BackupRef => Status, writes;
    "backups_here" => backups::backups_here: Nothing => Vec<BackupView>;
    "save_backup_as" => backups::save_backup_as: BackupRef => Option<Saved>;
    "show_saved" => tokens::show_saved: TokenRef => Nothing;
    "begin" => jobs::begin: Begin => JobRef;
    "job" => jobs::job: JobRef => JobView;
    "stop" => jobs::stop: JobRef => Nothing;
    "tell_fault" => tell_fault: TellFault => Nothing;
}

macro_rules! byte_commands {
    ($($name:literal => $function:path: $ask:ty;)*) => {
        /// The commands that answer bytes.
        pub const BYTES: &[&str] = &[$($name),*];

        /// Every one with its types, for the page.
        pub(crate) fn byte_lines(types: &mut Types) -> Vec<Line> {
            vec![$(types.line::<$ask, Nothing>($name)),*]
        }

        fn own_bytes(at: &At<'_>, name: &str, request: Json) -> Outcome<Vec<u8>> {
            match name {
                $($name => $function(at, &read::<$ask>(request)?),)*
                _ => Err(unknown(name)),
            }
        }
    };
}

byte_commands! {
    "preview_pdf" => papers::preview_pdf: PreviewRef;
    "printed_pdf" => papers::printed_pdf: PrintedRef;
    "paper_pdf" => papers::paper_pdf: PaperRef;
    "attachment_file" => attach::attachment_file: AttachmentRef;
    "thumbnail" => attach::thumbnail: Thumbnail;
    "returned_scan" => papers::returned_scan: PaperRef;
}

fn unknown(name: &str) -> CommandError {
    CommandError::bad_request("unknown_command", [("found", name.to_owned())])
}

impl Inner {
    /// Answers any command; a panic is a fault of the program and not its end.
    fn answer(self: &Arc<Self>, name: &str, request: Json, work: &Work) -> Outcome<Json> {
        let at = At { desk: self, work };
        let answered = caught(name, || match own(&at, name, request.clone()) {
            Some(answered) => answered,
            None if table::NAMES.contains(&name) => table::call(&*self.office()?, name, request),
            None => Err(unknown(name)),
        });
        if answered.is_ok() && (table::WRITES.contains(&name) || WRITES.contains(&name)) {
            self.idle.touch();
        }
        answered
    }
}

fn caught<T>(name: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        tracing::error!(name, "panic");
        Err(CommandError::internal(name))
    })
}

impl Desk {
    /// A desk over its places. The office is opened by the first command that needs it, so that a
    /// window stands before a large file is checked.
    #[must_use]
    pub fn new(place: Place, around: Surroundings, host: Arc<dyn Host>) -> Self {
        let inner = Arc::new(Inner {
            place,
            around,
            host,
            session: RwLock::default(),
            founding: Mutex::default(),
            demo_complaints: AtomicU32::new(founding::DEMO_COMPLAINTS),
            tokens: tokens::Tokens::default(),
            smalls: attach::Smalls::default(),
            shelf: papers::Shelf::default(),
            last: AtomicU64::new(1),
            jobs: jobs::Jobs::default(),
            idle: Arc::default(),
        });
        inner.clear_outgoing();
        idle::watch(&inner.idle, Arc::downgrade(&inner));
        Self(inner)
    }

    /// Answers a command of the table or of the desk.
    ///
    /// # Errors
    /// What the command answers.
    pub fn call(&self, name: &str, request: Json) -> Outcome<Json> {
        self.0.answer(name, request, &Work::default())
    }

    /// Answers a command with bytes: a PDF, a picture, an attachment.
    ///
    /// # Errors
    /// What the command answers.
    pub fn bytes(&self, name: &str, request: Json) -> Outcome<Vec<u8>> {
        let at = At {
            desk: &self.0,
            work: &Work::default(),
        };
        caught(name, || own_bytes(&at, name, request))
    }

    /// Takes files that were dropped on the window; what is no file is passed over.
    #[must_use]
    pub fn take_drop(&self, paths: Vec<PathBuf>) -> Vec<PickedFile> {
        let files = paths.iter().filter(|p| p.is_file());
        files.filter_map(|p| self.0.tokens.pick(p).ok()).collect()
    }

    /// Makes the invented office, when it comes to be, with so many complaints.
    pub fn set_demo_complaints(&self, complaints: u32) {
        self.0.demo_complaints.store(complaints, Ordering::Relaxed);
    }

    /// Does the housekeeping now: on lock and on suspend.
    pub fn rest(&self) {
        self.0.rest();
    }

    /// Asks all jobs to stop and closes the office, at the end of the program.
    pub fn close(&self) {
        self.0.jobs.stop_all();
        self.0.idle.end();
        self.0.close();
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.0.jobs.stop_all();
        self.0.idle.end();
    }
}

/// A fault of the page.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct TellFault {
    /// Where in the page.
    pub r#where: String,
    /// What kind of fault; never a value.
    pub what: String,
}

/// Most characters of a fault that are logged.
const TOLD: usize = 200;

fn tell_fault(_: &At<'_>, ask: &TellFault) -> Outcome<Nothing> {
    let cut = |text: &str| text.chars().take(TOLD).collect::<String>();
    tracing::error!(place = cut(&ask.r#where), kind = cut(&ask.what), "page");
    Ok(Nothing {})
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Code;

    #[test]
    fn a_panic_of_a_command_is_a_fault_that_is_told() {
        let fault = caught::<()>("some_command", || panic!("for this test")).expect_err("caught");
        assert_eq!(fault.code, Code::Internal);
        assert!(fault.message.contains("some_command"), "{fault}");
    }

    #[test]
    fn no_name_stands_in_two_tables() {
        let mut names = [table::NAMES, NAMES, BYTES].concat();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
