//! Claims about whole stores, on real files.

mod attachments;
mod chain;
mod deadlines;
mod door;
mod erase;
mod lists;
mod numbers;
mod office;
mod opening;
mod search;
mod snapshots;
mod undo;
mod undo_property;
