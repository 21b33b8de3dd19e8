//! The command table: the only list of what the program can be asked. Window, command line and
//! tests reach every command by its name here.
//!
//! Commands that need a path (a file to read, a place to write) stand beside the table: a path
//! comes from a dialog or an argument, never inside a request.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::bindings::{Line, Types};
use crate::context::Ctx;
use crate::error::{CommandError, Outcome};
use crate::view::RecordView;
use crate::{
    catalog, days, drafts, due, entering, files, find, ledger, linked, nav, number, office, papers,
    people, phrases, preferences, records, similar, steps, story, today, told, totals, undo,
    upkeep, way,
};

/// No request, or no answer.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

macro_rules! marked {
    (writes $name:literal) => {
        $name
    };
}
pub(crate) use marked;

// One line a command:
//
//     "name" => module::function: Request => Answer;
//     "name" => module::function: Request => Answer, writes;
//
// `fn function(ctx: &Ctx, ask: &Request) -> Outcome<Answer>`. `writes` says that records may be
// different afterwards, so that whoever shows some reads them again. Name, types and mark go from
// here to the page's types, the permissions of the window and the command line; nothing is
// repeated elsewhere.
macro_rules! commands {
    ($($name:literal => $function:path: $ask:ty => $answer:ty $(, $mark:ident)?;)*) => {
        /// Every command's name, in the order of the table.
        pub const NAMES: &[&str] = &[$($name),*];

        /// The commands after which records may be different.
        pub const WRITES: &[&str] = &[$($(marked!($mark $name),)?)*];

        /// Every command with its types, for the page.
        pub(crate) fn lines(types: &mut Types) -> Vec<Line> {
            vec![$(types.line::<$ask, $answer>($name)),*]
        }

        /// Calls a command by its name with a JSON request.
        ///
        /// # Errors
        /// What the command answers; for an unknown name or a request that does not fit.
        pub fn call(ctx: &Ctx, name: &str, request: Json) -> Outcome<Json> {
            match name {
                $($name => {
                    let ask: $ask = read(request)?;
                    let told: $answer = $function(ctx, &ask)?;
                    answer(&told)
                })*
                _ => Err(CommandError::bad_request("unknown_command", [("found", name.to_owned())])),
            }
        }
    };
}

commands! {
    "list_records" => records::list_records: records::ListRecords => records::RecordPage;
    "get_record" => records::get_record: records::RecordRef => RecordView;
    "add_record" => records::add_record: records::AddRecord => RecordView, writes;
    "edit_record" => records::edit_record: records::EditRecord => RecordView, writes;
    "delete_record" => records::delete_record: records::DeleteRecord => RecordView, writes;
    "restore_record" => records::restore_record: records::RecordRef => RecordView, writes;
    "recycle_bin" => records::recycle_bin: Nothing => Vec<RecordView>;
    "next_steps" => steps::next_steps: records::RecordRef => Vec<steps::StepOffer>;
    "take_step" => steps::take_step: steps::TakeStep => steps::StepTaken, writes;
    "deadlines_of" => due::deadlines_of: records::RecordRef => Vec<due::DeadlineView>;
    "due" => due::due: due::Due => Vec<due::DueLine>;
    "count_due" => due::count_due: due::CountDue => due::CountedDate;
    "search" => find::search: find::Search => find::SearchAnswer;
    "history_of" => undo::history_of: records::RecordRef => Vec<undo::HistoryLine>;
    "undo" => undo::undo: undo::Undo => undo::TakenBack, writes;
    "redo" => undo::redo: Nothing => undo::TakenBack, writes;
    "forms" => papers::forms: Nothing => Vec<papers::FormView>;
    "print_papers" => papers::print_papers: papers::PrintPapers => Vec<papers::PrintedFile>, writes;
    "papers" => papers::papers: papers::Papers => Vec<RecordView>;
    "reprint" => papers::reprint: papers::PaperRef => papers::PrintedFile, writes;
    "paper_returned" => papers::paper_returned: papers::PaperReturned => RecordView, writes;
    "change_form" => papers::change_form: papers::ChangeForm => papers::FormChanged, writes;
    "add_attachment" => files::add_attachment: files::AddAttachment => RecordView, writes;
    "attachments_of" => files::attachments_of: records::RecordRef => Vec<RecordView>;
    "undo_import" => ledger::undo_import: ledger::UndoImport => undo::TakenBack, writes;
    "import_batches" => ledger::import_batches: Nothing => Vec<ledger::BatchView>;
    "save_draft" => drafts::save_draft: drafts::DraftView => Nothing;
    "drafts" => drafts::drafts: Nothing => Vec<drafts::DraftView>;
    "drop_draft" => drafts::drop_draft: drafts::DraftKey => bool;
    "people_by_phone" => people::people_by_phone: people::PeopleByPhone => Vec<RecordView>;
    "erase_person" => people::erase_person: people::ErasePerson => people::Erased, writes;
    "reserve_numbers" => number::reserve_numbers: number::ReserveNumbers => number::ReservedNumbers, writes;
    "number_example" => number::number_example: number::NumberExample => number::NumberSpelled;
    "rules" => office::rules: Nothing => Vec<office::RuleView>;
    "change_rule" => office::change_rule: office::ChangeRule => Vec<office::RuleView>, writes;
    "import_calendar" => office::import_calendar: office::ImportCalendar => office::CalendarImported, writes;
    "check" => upkeep::check: Nothing => upkeep::CheckAnswer;
    "backup" => upkeep::backup: Nothing => upkeep::BackupView;
    "backups" => upkeep::backups: Nothing => Vec<upkeep::BackupView>;
    "catalog" => catalog::catalog: Nothing => catalog::CatalogView;
    "office" => nav::office: Nothing => nav::OfficeView;
    "nav" => nav::nav: Nothing => Vec<nav::NavEntry>;
    "way_of" => way::way_of: records::RecordRef => way::WayView;
    "today" => today::today: Nothing => today::TodayView;
    "count_records" => totals::count_records: totals::CountRecords => totals::Counts;
    "totals" => totals::totals: totals::Totals => totals::TotalsView;
    "views" => totals::views: totals::Views => Vec<totals::ViewView>;
    "check_values" => entering::check_values: entering::CheckValues => entering::CheckedValues;
    "look_up" => entering::look_up: entering::LookUp => Vec<entering::LookedUp>;
    "used_before" => entering::used_before: entering::UsedBefore => Vec<String>;
    "similar" => similar::similar: similar::Similar => Vec<similar::SimilarCase>;
    "phrases" => phrases::phrases: phrases::Phrases => Vec<phrases::PhraseView>;
    "add_phrase" => phrases::add_phrase: phrases::OwnPhrase => Vec<phrases::PhraseView>;
    "drop_phrase" => phrases::drop_phrase: phrases::OwnPhrase => Vec<phrases::PhraseView>;
    "linked" => linked::linked: records::RecordRef => linked::LinkedView;
    "history_ops" => story::history_ops: records::RecordRef => Vec<story::HistoryOp>;
    "undo_offer" => story::undo_offer: Nothing => story::UndoOffer;
    "show_personal" => story::show_personal: records::RecordRef => RecordView;
    "calendar_year" => days::calendar_year: days::CalendarYear => days::CalendarYearView;
    "calendar_years" => days::calendar_years: Nothing => Vec<days::CalendarYearHead>;
    "preferences" => preferences::preferences: Nothing => BTreeMap<String, Json>;
    "save_preference" => preferences::save_preference: preferences::SavePreference => Nothing;
}

pub(crate) fn read<T: serde::de::DeserializeOwned>(request: Json) -> Outcome<T> {
    serde_json::from_value(request)
        .map_err(|e| CommandError::bad_request("bad_request", [("what", told::request(&e))]))
}

pub(crate) fn answer<T: Serialize>(answer: &T) -> Outcome<Json> {
    serde_json::to_value(answer).map_err(CommandError::internal)
}
