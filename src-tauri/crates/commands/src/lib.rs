//! The use cases: what the program can be asked, in the words of the trade.
//!
//! [`table`] is the only list of commands. Everything here composes `store`, `print`, `exchange`
//! and `archive`, which never see each other. Not here: windows, HTML, argument parsing.

mod bind;
pub mod bindings;
mod case;
pub mod catalog;
mod context;
pub mod days;
pub mod demo;
pub mod desk;
pub mod drafts;
pub mod due;
pub mod entering;
mod error;
mod faults;
mod figures;
pub mod files;
pub mod find;
pub mod ledger;
pub mod linked;
pub mod nav;
pub mod number;
pub mod office;
pub mod papers;
pub mod people;
pub mod phrases;
pub mod preferences;
pub mod records;
mod refer;
pub mod similar;
pub mod standing;
pub mod steps;
pub mod story;
pub mod system;
pub mod table;
pub mod today;
pub mod told;
pub mod totals;
pub mod undo;
pub mod upkeep;
pub mod view;
pub mod way;
pub mod words;
pub mod work;

pub use context::{Ctx, Surroundings, fixed_clock};
pub use error::{Code, CommandError, FieldFault, Outcome};
pub use office::{InitOffice, init_office, office_name};
pub use papers::{PaperRef, PrintPapers, PrintedFile, print_papers, reprint};
