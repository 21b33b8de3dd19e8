//! One act of a person: its kind, what is said about it, and what it touched.

use domain::time::Moment;
use uuid::Uuid;

use crate::env::Who;

/// Kinds of op. Closed, because undo depends on it; the words come with each op from the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OpKind {
    /// The first op of an office.
    Found,
    /// A record was made.
    Add,
    /// Fields or lines were changed.
    Edit,
    /// A workflow step or act.
    Step,
    /// A record went to the recycle bin.
    Delete,
    /// A record came back from the recycle bin.
    Undelete,
    /// A batch was imported.
    Import,
    /// Papers were printed or stamped.
    Print,
    /// Records went into or came from an archive package.
    Archive,
    /// The file was restored from a backup.
    Recover,
    /// The schema was migrated.
    Migrate,
    /// Values were erased for good.
    Erase,
    /// Deadlines were counted anew, without a change of a record.
    Recount,
    /// Personal data was shown in full.
    Show,
    /// An op was taken back.
    Undo,
    /// An undo was taken back.
    Redo,
}

impl OpKind {
    /// Every kind, in the order of their declaration.
    pub const ALL: [Self; 16] = [
        Self::Found,
        Self::Add,
        Self::Edit,
        Self::Step,
        Self::Delete,
        Self::Undelete,
        Self::Import,
        Self::Print,
        Self::Archive,
        Self::Recover,
        Self::Migrate,
        Self::Erase,
        Self::Recount,
        Self::Show,
        Self::Undo,
        Self::Redo,
    ];

    /// Whether such an op can be taken back. What has left the program (paper, archive) or must
    /// not come back (erased values) cannot.
    #[must_use]
    pub fn undoable(self) -> bool {
        match self {
            Self::Add
            | Self::Edit
            | Self::Step
            | Self::Delete
            | Self::Undelete
            | Self::Import
            | Self::Undo
            | Self::Redo => true,
            Self::Found
            | Self::Print
            | Self::Archive
            | Self::Recover
            | Self::Migrate
            | Self::Erase
            | Self::Recount
            | Self::Show => false,
        }
    }

    /// Whether this op takes another one back.
    #[must_use]
    pub fn takes_back(self) -> bool {
        matches!(self, Self::Undo | Self::Redo)
    }

    /// The stable code, as stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Add => "add",
            Self::Edit => "edit",
            Self::Step => "step",
            Self::Delete => "delete",
            Self::Undelete => "undelete",
            Self::Import => "import",
            Self::Print => "print",
            Self::Archive => "archive",
            Self::Recover => "recover",
            Self::Migrate => "migrate",
            Self::Erase => "erase",
            Self::Recount => "recount",
            Self::Show => "show",
            Self::Undo => "undo",
            Self::Redo => "redo",
        }
    }

    /// The kind of a stored code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == code)
    }
}

/// One act of a person, before it is done.
#[derive(Debug, Clone)]
pub struct Op {
    /// What kind of act.
    pub kind: OpKind,
    /// What the act is called on screen, such as 登记投诉; shown for undo. No personal data.
    pub label: String,
    /// Who does it.
    pub who: Who,
    /// When it happened, as typed; `None` where only the entry time counts.
    pub event_at: Option<Moment>,
    /// Why, where a reason was asked for.
    pub reason: Option<String>,
    /// Tag of the batch that it belongs to.
    pub batch: Option<String>,
}

impl Op {
    /// An op without event time, reason and batch.
    #[must_use]
    pub fn new(kind: OpKind, label: impl Into<String>, who: &Who) -> Self {
        Self {
            kind,
            label: label.into(),
            who: who.clone(),
            event_at: None,
            reason: None,
            batch: None,
        }
    }

    /// The op with the time at which it happened.
    #[must_use]
    pub fn at(mut self, event: Moment) -> Self {
        self.event_at = Some(event);
        self
    }

    /// The op with its reason.
    #[must_use]
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    /// The op as part of a batch.
    #[must_use]
    pub fn in_batch(mut self, tag: impl Into<String>) -> Self {
        self.batch = Some(tag.into());
        self
    }
}

/// What happened to a record in an op; the strongest when several did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Touch {
    /// Its personal data was shown.
    Shown,
    /// Only its deadlines were counted anew.
    Deadlines,
    /// Fields, state, number or lines changed.
    Changed,
    /// It came back from the recycle bin.
    Restored,
    /// It went to the recycle bin.
    Deleted,
    /// It was made.
    Made,
}

/// One record that an op touched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touched {
    /// Register id (never a line register: lines are told by their record).
    pub register: String,
    /// The record.
    pub uuid: Uuid,
    /// What happened to it.
    pub touch: Touch,
}

/// What an op changed, for refreshing what is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Id of the op; `None` when nothing changed, for then no op is kept.
    pub op: Option<i64>,
    /// Records in the order in which they were first touched.
    pub touched: Vec<Touched>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_read_back_from_its_code() {
        for kind in OpKind::ALL {
            assert_eq!(OpKind::parse(kind.as_str()), Some(kind));
        }
        assert_eq!(OpKind::parse("nonsense"), None);
    }
}
