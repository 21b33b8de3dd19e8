//! The trade: register and form specs, values, rules, workflows, calendar, deadlines.
//!
//! Nothing here knows files, SQL, PDF, Tauri or the system clock. Assets (specs, rules, calendar,
//! word lists) are compiled in from `assets/`, so a program file is whole by itself.

pub mod calendar;
pub mod complaint;
pub mod count;
pub mod dates;
pub mod deadline;
pub mod entry;
pub mod form;
pub mod mask;
pub mod number;
pub mod phone;
pub mod pinyin;
pub mod problem;
pub mod record;
pub mod rules;
pub mod spec;
pub mod text;
pub mod time;
mod toml_source;
pub mod value;
pub mod workflow;
pub mod zh;

pub use toml_source::TomlProblem;

/// Field ids of every register as constants, generated from the specs.
pub mod field {
    include!(concat!(env!("OUT_DIR"), "/field_ids.rs"));
}
