//! The form language: what a standard form looks like and where its values come from.
//!
//! A form is one TOML file `assets/forms/<code>.v<n>.toml`: a page, own fields of the paper and a
//! list of blocks of a closed set ([`Block`]). Its values are a plain tree ([`Datum`]) that knows
//! nothing of tables; a binding is a path over that tree ([`Path`]) plus a named [`Format`].
//! An office changes wording, codes and places of a form by a [`FormOverride`], never by editing
//! the file.
//!
//! ```
//! use domain::form::{Datum, catalog};
//! let form = catalog::newest("F-02").expect("the handling sheet is built in");
//! assert_eq!(form.title, "涉民投诉处理表");
//! for (_block, path) in form.paths() {
//!     assert!(!path.to_string().is_empty());
//! }
//! let _data = Datum::map([("number", Datum::text("TS-2026-XM01-0007"))]);
//! ```
//!
//! Not here: how a form becomes pages (crate `print`), charts (they need the statistics first).

mod blocks;
pub mod catalog;
mod cells;
mod check;
mod datum;
mod format;
mod measure;
mod overrides;
mod parse;
mod path;
mod spec;
mod template;
mod walk;

pub use blocks::{
    Arrangement, Block, CodeBlock, CodePlace, GridBlock, ImageBlock, KeyLineBlock, Place,
    ProseBlock, RowsBlock, SignaturesBlock, TitleBlock,
};
pub use cells::{Align, Cell, Face, Row, Sign, TickOption, Ticks, VAlign};
pub use check::{FormError, FormFault, Placement, placements};
pub use datum::{Datum, ImageRef, Missing, Scope};
pub use format::{BlankShape, Format};
pub use measure::Mm;
pub use overrides::{FormOverride, OverrideError};
pub use path::{Binding, Condition, Path, Step};
pub use spec::{FieldKind, FormSpec, Margins, Orientation, OwnField, PageSpec, Running, Subject};
pub use template::{Piece, Special, Template};
