//! The SQLite file of an office: the one door for writes, history, undo, search.
