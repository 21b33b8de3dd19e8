//! From words to set lines: normalising, breaking, squeezing punctuation, justifying.

mod atoms;
mod breaks;
mod lines;
mod normal;

pub(crate) use lines::{Inline, Line, Paragraph, Setting, set};
pub use normal::normalise;
