//! Paper: pure layout to a display list, and from there to PDF.
//!
//! ```text
//! FormSpec + Datum ── layout ──> Document (display list) ── emit ──> PDF/A-2b bytes
//!                                                        kept PDF ── stamp_reprint ──> 补打 copy
//! ```
//!
//! [`layout`] is pure and refuses characters that no face has; [`emit()`] writes one or many
//! documents into one file, the same bytes for the same input; [`stamp_reprint`] puts 补打 and the
//! time into the strip that every form keeps free. Not here: where values come from, where files
//! go (writing aside and renaming is the caller's), Chinese error messages.

mod code;
mod display;
mod emit;
mod error;
mod fill;
mod finish;
mod font;
mod page;
mod photo;
mod table;
mod text;

pub use display::{Area, Document, Item, Page, Part, PlacedText};
pub use emit::{Meta, emit};
pub use error::{PrintError, Uncovered};
pub use fill::{LayoutOptions, Mode};
pub use finish::stamp_reprint;
pub use font::{FaceFile, uncovered};
pub use page::layout;
pub use photo::{Photo, thumbnail};
pub use text::normalise;
