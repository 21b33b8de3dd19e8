//! The command table: the only list of what the program can be asked. Window, command line and
//! tests reach every command by its name here.
//!
//! Commands that need a path (a file to read, a place to write) stand beside the table: a path
//! comes from a dialog or an argument, never inside a request.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::context::Ctx;
use crate::error::{CommandError, Outcome};
use crate::{
    drafts, due, files, find, ledger, number, office, papers, people, records, steps, told, undo,
    upkeep,
};

/// No request, or no answer.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

macro_rules! commands {
    ($($(#[$doc:meta])* $name:literal => $function:path;)*) => {
        /// Every command's name, in the order of the table.
        pub const NAMES: &[&str] = &[$($name),*];

        /// Calls a command by its name with a JSON request.
        ///
        /// # Errors
        /// What the command answers; for an unknown name or a request that does not fit.
        pub fn call(ctx: &Ctx, name: &str, request: Json) -> Outcome<Json> {
            match name {
                $($name => answer($function(ctx, &read(request)?)?),)*
                _ => Err(CommandError::bad_request("unknown_command", [("found", name.to_owned())])),
            }
        }
    };
}

commands! {
    "list_records" => records::list_records;
    "get_record" => records::get_record;
    "add_record" => records::add_record;
    "edit_record" => records::edit_record;
    "delete_record" => records::delete_record;
    "restore_record" => records::restore_record;
    "recycle_bin" => records::recycle_bin;
    "next_steps" => steps::next_steps;
    "take_step" => steps::take_step;
    "deadlines_of" => due::deadlines_of;
    "due" => due::due;
    "count_due" => due::count_due;
    "search" => find::search;
    "history_of" => undo::history_of;
    "undo" => undo::undo;
    "redo" => undo::redo;
    "forms" => papers::forms;
    "print_papers" => papers::print_papers;
    "papers" => papers::papers;
    "reprint" => papers::reprint;
    "paper_returned" => papers::paper_returned;
    "change_form" => papers::change_form;
    "add_attachment" => files::add_attachment;
    "attachments_of" => files::attachments_of;
    "undo_import" => ledger::undo_import;
    "import_batches" => ledger::import_batches;
    "save_draft" => drafts::save_draft;
    "drafts" => drafts::drafts;
    "drop_draft" => drafts::drop_draft;
    "people_by_phone" => people::people_by_phone;
    "erase_person" => people::erase_person;
    "reserve_numbers" => number::reserve_numbers;
    "rules" => office::rules;
    "change_rule" => office::change_rule;
    "import_calendar" => office::import_calendar;
    "check" => upkeep::check;
    "backup" => upkeep::backup;
    "backups" => upkeep::backups;
}

fn read<T: serde::de::DeserializeOwned>(request: Json) -> Outcome<T> {
    serde_json::from_value(request)
        .map_err(|e| CommandError::bad_request("bad_request", [("what", told::request(&e))]))
}

fn answer<T: Serialize>(answer: T) -> Outcome<Json> {
    serde_json::to_value(answer).map_err(CommandError::internal)
}
