//! What every command works with: the open office, clock, identifiers, and the figures in force.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use domain::field::office as office_field;
use domain::record::Record;
use domain::spec::{Catalog, RegisterSpec};
use domain::time::{Clock, FixedClock, IdSource, Moment};
use store::{Changes, Env, Founder, ListQuery, Op, OpKind, Read, Reader, Store, Tx, Who};

use crate::error::{CommandError, Outcome};
use crate::figures::Figures;
use crate::words;

/// Where time and identifiers come from.
#[derive(Clone)]
pub struct Surroundings {
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The identifiers.
    pub ids: Arc<dyn IdSource>,
    /// Who works, when it is not the operator that the office names.
    pub operator: Option<String>,
}

impl Surroundings {
    /// The computer's own clock and random identifiers.
    #[must_use]
    pub fn system() -> Self {
        Self {
            clock: Arc::new(crate::system::SystemClock),
            ids: Arc::new(crate::system::RandomIds::default()),
            operator: None,
        }
    }

    pub(crate) fn env(&self) -> Env {
        Env {
            clock: Arc::clone(&self.clock),
            ids: Arc::clone(&self.ids),
            catalog: Catalog::builtin(),
            app_version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }
}

/// A clock that stands at a typed moment.
///
/// # Errors
/// When the text is no moment.
pub fn fixed_clock(typed: &str) -> Outcome<FixedClock> {
    Ok(FixedClock::new(crate::steps::read_moment(
        typed,
        crate::system::SystemClock.now(),
    )?))
}

/// An open office.
pub struct Ctx {
    /// The file.
    pub store: Store,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The specs.
    pub catalog: &'static Catalog,
    operator: Option<String>,
    /// The office's record and what follows from it and its rules, until an op touches them.
    office: Mutex<Option<Arc<Record>>>,
    figures: Mutex<Option<Arc<Figures>>>,
}

impl Ctx {
    /// Opens the office in a folder.
    ///
    /// # Errors
    /// When there is none, when it is open elsewhere, damaged or newer.
    pub fn open(dir: &Path, around: &Surroundings) -> Outcome<Self> {
        Ok(Self::over(Store::open(dir, around.env())?, around))
    }

    /// Opens the office in a folder that cannot be written to; every write is refused.
    ///
    /// # Errors
    /// As for [`Ctx::open`]; when a log waits to be folded into the file.
    pub fn open_read_only(dir: &Path, around: &Surroundings) -> Outcome<Self> {
        Ok(Self::over(
            Store::open_read_only(dir, around.env())?,
            around,
        ))
    }

    /// Makes an office in a folder and opens it.
    ///
    /// # Errors
    /// When the folder already holds one or cannot be written.
    pub fn create(dir: &Path, founder: &Founder, around: &Surroundings) -> Outcome<Self> {
        Ok(Self::over(
            Store::create(dir, around.env(), founder)?,
            around,
        ))
    }

    fn over(store: Store, around: &Surroundings) -> Self {
        Self {
            store,
            clock: Arc::clone(&around.clock),
            catalog: Catalog::builtin(),
            operator: around.operator.clone(),
            office: Mutex::new(None),
            figures: Mutex::new(None),
        }
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// A reader over the last committed state.
    ///
    /// # Errors
    /// When no read connection can be opened.
    pub fn reader(&self) -> Outcome<Reader<'_>> {
        Ok(self.store.reader()?)
    }

    /// The spec of a register.
    ///
    /// # Errors
    /// When there is no such register, with the names of those there are.
    pub fn spec(&self, register: &str) -> Outcome<&'static RegisterSpec> {
        if let Some(spec) = self.catalog.register(register) {
            return Ok(spec);
        }
        // The Chinese name is as good as the id.
        if let Some(spec) = self.catalog.registers().find(|s| s.label == register) {
            return Ok(spec);
        }
        Err(self.unknown_register(register))
    }

    fn unknown_register(&self, found: &str) -> CommandError {
        let known: Vec<String> = self
            .catalog
            .registers()
            .filter(|s| s.parent.is_none())
            .map(|s| format!("{}（{}）", s.id, s.label))
            .collect();
        let pairs = [("found", found.to_owned()), ("options", known.join("、"))];
        CommandError::bad_request("unknown_register", pairs)
    }

    /// The register that a request names: one that has records of its own, not lines.
    ///
    /// # Errors
    /// When there is no such register, with the names of those there are.
    pub fn register(&self, name: &str) -> Outcome<&'static RegisterSpec> {
        match self.spec(name) {
            Ok(spec) if spec.parent.is_some() => Err(self.unknown_register(name)),
            found => found,
        }
    }

    /// The register that a request writes to by its fields. Those that the program itself keeps
    /// are written by their own commands, which check more than the spec can say.
    ///
    /// # Errors
    /// When there is no such register, or the program keeps it.
    pub fn open_register(&self, name: &str) -> Outcome<&'static RegisterSpec> {
        let spec = self.register(name)?;
        if spec.internal {
            let pairs = [("register", spec.label.clone())];
            return Err(CommandError::refused("internal_register", pairs));
        }
        Ok(spec)
    }

    /// The office's own record.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn office(&self, reader: &dyn Read) -> Outcome<Record> {
        let page = reader.list(&ListQuery::of("office").take(1))?;
        page.into_iter()
            .next()
            .ok_or_else(|| CommandError::internal("office record missing"))
    }

    /// The office's own record as it was last committed. Inside a transaction read it by
    /// [`Ctx::office`].
    ///
    /// # Errors
    /// When the file cannot be read.
    fn kept_office(&self) -> Outcome<Arc<Record>> {
        let mut kept = self.office.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(office) = &*kept {
            return Ok(Arc::clone(office));
        }
        let office = Arc::new(self.office(&self.reader()?)?);
        *kept = Some(Arc::clone(&office));
        Ok(office)
    }

    /// Who works here now.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn who(&self) -> Outcome<Who> {
        let office = self.kept_office()?;
        let of = |field: &str| office.values.text(field).unwrap_or_default().to_owned();
        Ok(Who {
            operator: self
                .operator
                .clone()
                .unwrap_or_else(|| of(office_field::OPERATOR)),
            site: of(office_field::SITE),
        })
    }

    /// An op of the present operator, labelled with the words of `op.<key>`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn op<const N: usize>(
        &self,
        kind: OpKind,
        key: &str,
        pairs: [(&str, String); N],
    ) -> Outcome<Op> {
        let label = words::say(&format!("op.{key}"), &words::facts(pairs));
        Ok(Op::new(kind, label, &self.who()?))
    }

    /// Does an op; the only way commands write.
    ///
    /// # Errors
    /// What `work` answers, or what the store says; then nothing was written.
    pub fn transact<T>(
        &self,
        op: Op,
        work: impl FnOnce(&mut Tx<'_>) -> Outcome<T>,
    ) -> Outcome<(T, Changes)> {
        let done = self.store.transact(op, work)?;
        self.notice(&done.1);
        Ok(done)
    }

    /// Forgets the office's record and the figures in force when an op touched what they come from; true when it did.
    pub fn notice(&self, changes: &Changes) -> bool {
        let touches = |t: &store::Touched| {
            matches!(&*t.register, "rule_change" | "calendar_table" | "office")
        };
        let touched = changes.touched.iter().any(touches);
        if touched {
            *self.office.lock().unwrap_or_else(PoisonError::into_inner) = None;
            *self.figures.lock().unwrap_or_else(PoisonError::into_inner) = None;
        }
        touched
    }

    /// Rules and calendar in force: those of the program with the office's own changes over them.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn figures(&self) -> Outcome<Arc<Figures>> {
        let mut kept = self.figures.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(figures) = &*kept {
            return Ok(Arc::clone(figures));
        }
        let reader = self.reader()?;
        let figures = Arc::new(Figures::read(&reader, &self.office(&reader)?)?);
        *kept = Some(Arc::clone(&figures));
        Ok(figures)
    }
}
