//! The trade: register and form specs, values, rules, workflows, calendar, deadlines.
//!
//! Nothing here knows files, SQL, PDF, Tauri or the system clock. Assets (specs, rules, calendar,
//! word lists) are compiled in from `assets/`, so a program file is whole by itself.

pub mod time;
