//! What a store is given from outside: clock, identifiers, specs, and who is working.

use std::sync::Arc;

use domain::spec::Catalog;
use domain::time::{Clock, IdSource};

/// The surroundings of a store. Nothing in this crate looks at the system clock.
#[derive(Clone)]
pub struct Env {
    /// Entry times come from here.
    pub clock: Arc<dyn Clock>,
    /// Identifiers of records, lines and parts of files come from here.
    pub ids: Arc<dyn IdSource>,
    /// The register specs that tables, writes and search follow.
    pub catalog: &'static Catalog,
    /// Version of the program, kept with each migration for support.
    pub app_version: String,
}

/// Who does an op: a typed name and the code of the computer, not a login.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Who {
    /// Name of the operator as typed at first run.
    pub operator: String,
    /// Code of the computer.
    pub site: String,
}

/// What must be known to make an office folder.
#[derive(Debug, Clone)]
pub struct Founder {
    /// Full name of the office.
    pub office_name: String,
    /// Code that its numbers carry.
    pub office_code: String,
    /// Name of the first operator.
    pub operator: String,
    /// Code of this computer.
    pub site: String,
}

impl Founder {
    /// The founder as the one who does the first op.
    #[must_use]
    pub fn who(&self) -> Who {
        Who {
            operator: self.operator.clone(),
            site: self.site.clone(),
        }
    }
}
