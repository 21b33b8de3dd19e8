//! Undo and redo: every op that can be taken back is, one after the other, and the business values
//! are compared with what stood there before.

mod each_kind;
mod whole_demo;
