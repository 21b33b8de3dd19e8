//! Taking over an old ledger: looked at first, written as one op, taken back as one batch.
//!
//! Reading and checking the file is `exchange`; here rows become records: departments and projects
//! that the ledger names are found or made, numbers are given, and the dates of the ledger become
//! the log of each case, so that nothing that was settled long ago counts as overdue.

mod answer;
mod out;
mod template;
mod write;

use std::ops::ControlFlow;
use std::path::Path;

use domain::field::import_batch as batch_field;
use domain::record::Record;
use domain::spec::RegisterSpec;
use domain::value::{Value, Values};
use exchange::{Book, CheckedRow, ExchangeError, Mapping, Options, Plan, RowStatus};
use serde::{Deserialize, Serialize};
use store::{ListQuery, OpKind, Read, Target, Test};

use crate::context::Ctx;
use crate::error::{Code, CommandError, Outcome};
use crate::refer;
use crate::undo::{TakenBack, take_back};
use crate::words;
use crate::work::Work;

pub use answer::{ColumnAnswer, FindingAnswer, ImportAnswer, PreviewRow, RowAnswer};
pub(crate) use out::export_list;
pub use out::{ExportList, export_register};
pub(crate) use template::write_template;

/// How a ledger is taken over.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields, default)]
#[ts(optional_fields = nullable)]
pub struct ImportLedger {
    /// Register id or Chinese name.
    #[ts(as = "Option<_>", optional)]
    pub register: String,
    /// The project of all rows, by code or name; missing means the one in the title.
    pub project: Option<String>,
    /// Only look: nothing is written.
    #[ts(as = "Option<_>", optional)]
    pub dry_run: bool,
    /// What a person has decided about columns and words.
    #[ts(as = "Option<_>", optional)]
    pub mapping: Mapping,
}

/// Names a batch.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct UndoImport {
    /// The batch.
    pub batch: String,
}

/// Checks a ledger and, unless it is a dry run, writes its good rows as one batch.
///
/// Paths come from a dialog or an argument, never from a page. A report in a workbook says what is
/// wrong where.
///
/// # Errors
/// When the file is no ledger of this register, is hostile or damaged, or was taken over before.
pub fn import_ledger(
    ctx: &Ctx,
    path: &Path,
    ask: &ImportLedger,
    report: Option<&Path>,
) -> Outcome<ImportAnswer> {
    import_with(ctx, path, ask, report, &Work::default())
}

/// As [`import_ledger`], told about while it goes on; stopped, nothing of it is there.
pub(crate) fn import_with(
    ctx: &Ctx,
    path: &Path,
    ask: &ImportLedger,
    report: Option<&Path>,
    work: &Work,
) -> Outcome<ImportAnswer> {
    let spec = ctx.register(&ask.register)?;
    let hash = file_hash(path)?;
    if !ask.dry_run {
        refuse_second(ctx, &hash)?;
    }
    let mut checked = check(ctx, path, spec, ask, work)?;
    work.phase("ledger_compare", checked.rows.len());
    mark_known(ctx, spec, &mut checked, work)?;
    if let Some(path) = report {
        work.phase("report", 0);
        let word = |key: &str| words::say(&format!("report.{key}"), &words::Facts::new());
        exchange::write_report(&checked, spec, path, ctx.now(), &word)
            .map_err(|fault| fault_of(path, &fault))?;
    }
    let mut answer = answer::answer(spec, &checked.table, &checked.rows, &checked.summary);
    if ask.dry_run {
        answer.preview = answer::preview(ctx, spec, checked.rows.iter().filter(|r| is_taken(r)))?;
        return Ok(answer);
    }
    let good = checked.rows.iter().filter(|r| is_taken(r)).count();
    if good == 0 {
        return Err(CommandError::refused("nothing_to_import", []));
    }
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let batch = batch_name(ctx)?;
    work.phase("ledger_write", good);
    let figures = ctx.figures()?;
    let op = ctx
        .op(OpKind::Import, "import", [("register", spec.label.clone())])?
        .in_batch(batch.as_str());
    let (made, _) = ctx.transact(op, |tx| {
        let bad = checked.rows.len() - good;
        let row = Values::new()
            .with(batch_field::NAME, name.as_str())
            .with(batch_field::FILE_HASH, hash.as_str())
            .with(batch_field::TARGET, spec.id.as_str())
            .with(batch_field::IMPORTED_AT, ctx.now())
            .with(
                batch_field::ROWS_IN,
                i64::try_from(good).unwrap_or(i64::MAX),
            )
            .with(
                batch_field::ROWS_BAD,
                i64::try_from(bad).unwrap_or(i64::MAX),
            );
        tx.insert("import_batch", &row)?;
        let mut writer = write::Writer::new(ctx, spec, &figures, &batch);
        let named = ask
            .project
            .as_deref()
            .or(checked.table.context.project.as_deref());
        writer.project_of_all(tx, named, ask.project.is_some())?;
        for (done, row) in checked.rows.iter().filter(|r| is_taken(r)).enumerate() {
            work.go_on()?;
            work.done(done);
            writer.write(tx, row)?;
        }
        Ok(writer.made())
    })?;
    answer.batch = Some(batch);
    answer.made = made;
    Ok(answer)
}

/// Whether a row is taken over: whole, or without its bad optional cells.
fn is_taken(row: &CheckedRow) -> bool {
    matches!(row.status, RowStatus::Good | RowStatus::Partial)
}

/// Reads the whole file, row by row, as long as it may go on.
fn check(
    ctx: &Ctx,
    path: &Path,
    spec: &RegisterSpec,
    ask: &ImportLedger,
    work: &Work,
) -> Outcome<Plan> {
    let options = Options {
        mapping: ask.mapping.clone(),
        ..Options::default()
    };
    work.phase("ledger_read", 0);
    let read = || {
        let mut book = Book::open(path, &options.limits)?;
        let table = exchange::find_table(&mut book, spec, &options)?;
        let mut rows = Vec::new();
        let mut sink = |row| {
            rows.push(row);
            work.done(rows.len());
            if work.is_stopped() {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        };
        let summary =
            exchange::check_rows(&mut book, ctx.catalog, spec, &options, &table, &mut sink)?;
        Ok(Plan {
            table,
            rows,
            summary,
        })
    };
    read().map_err(|fault| fault_of(path, &fault))
}

/// Marks rows whose record is in the register already: same old number and same text.
fn mark_known(ctx: &Ctx, spec: &RegisterSpec, checked: &mut Plan, work: &Work) -> Outcome<()> {
    let reader = ctx.reader()?;
    if spec.field("original_no").is_none() {
        return Ok(());
    }
    for (done, row) in checked.rows.iter_mut().enumerate() {
        work.go_on()?;
        work.done(done);
        if !is_taken(row) {
            continue;
        }
        let Some(old) = row.values.text("original_no") else {
            continue;
        };
        let query = ListQuery::of(&spec.id).filter("original_no", Test::Eq(Value::from(old)));
        let same = |known: &Record| {
            known.values.text(&spec.title) == row.values.text(&spec.title)
                && spec
                    .event
                    .as_ref()
                    .is_none_or(|e| known.values.get(e) == row.values.get(e))
        };
        if reader.list(&query)?.iter().any(same) {
            row.status = RowStatus::Duplicate;
        }
    }
    Ok(())
}

fn file_hash(path: &Path) -> Outcome<String> {
    let (hash, _) = archive::Sha256::of_file(path)?;
    Ok(hash.to_string())
}

/// The same file is not taken over twice while its first batch stands.
fn refuse_second(ctx: &Ctx, hash: &str) -> Outcome<()> {
    let query =
        ListQuery::of("import_batch").filter(batch_field::FILE_HASH, Test::Eq(Value::from(hash)));
    let reader = ctx.reader()?;
    let Some(known) = reader.list(&query)?.into_iter().next() else {
        return Ok(());
    };
    // The op that made the row carries the name by which the batch is taken back.
    let made = reader.history("import_batch", known.uuid)?;
    let op = made.first().map(|entry| reader.op(entry.op)).transpose()?;
    let name = op.flatten().and_then(|op| op.batch).unwrap_or_default();
    Err(CommandError::refused("duplicate_import", [("batch", name)]))
}

/// `DR-20261121-1`: the day and a running number.
fn batch_name(ctx: &Ctx) -> Outcome<String> {
    let mut query = ListQuery::of("import_batch");
    query.bin = store::Bin::Both;
    let count = ctx.reader()?.count(&query)?;
    Ok(format!("DR-{}-{}", ctx.now().format("%Y%m%d"), count + 1))
}

/// Takes a whole batch back. Its numbers stay visible as void.
///
/// # Errors
/// When there is no such batch, or its records were worked on since.
pub fn undo_import(ctx: &Ctx, ask: &UndoImport) -> Outcome<TakenBack> {
    let ops = ctx.reader()?.ops_of_batch(ask.batch.trim())?;
    let op = ops
        .iter()
        .find(|op| op.kind == OpKind::Import)
        .ok_or_else(|| CommandError::not_found("导入批次", &ask.batch))?;
    if op.undone_by.is_some() {
        return Err(CommandError::refused(
            "batch_undone",
            [("batch", ask.batch.clone())],
        ));
    }
    take_back(ctx, Target::Op(op.id))
}

/// A batch of imports.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct BatchView {
    /// Its name, for taking it back.
    pub batch: String,
    /// What was imported.
    pub label: String,
    /// When it was entered.
    pub entry_at: String,
    /// Taken back.
    pub undone: bool,
}

/// The last imports.
///
/// # Errors
/// When the file cannot be read.
pub fn import_batches(ctx: &Ctx, _: &crate::table::Nothing) -> Outcome<Vec<BatchView>> {
    let ops = ctx.reader()?.ops(10_000)?;
    let imports = ops.into_iter().filter(|op| op.kind == OpKind::Import);
    Ok(imports
        .map(|op| BatchView {
            batch: op.batch.unwrap_or_default(),
            label: op.label,
            entry_at: domain::time::moment_text(&op.entry_at),
            undone: op.undone_by.is_some(),
        })
        .collect())
}

/// A fault of a ledger file in words.
pub(crate) fn fault_of(path: &Path, fault: &ExchangeError) -> CommandError {
    use ExchangeError as E;
    let (code, key, what) = match fault {
        E::Io { source, .. } => return crate::files::io(path, source),
        E::NotAWorkbook { .. } | E::Encoding { .. } => {
            (Code::BadFile, "failed.not_a_workbook", String::new())
        }
        E::Encrypted => (Code::BadFile, "failed.workbook_encrypted", String::new()),
        E::TooLarge { what, limit, .. } => {
            let key = format!("measure.{}", what.as_str());
            let facts = words::facts([("limit", limit.to_string())]);
            (
                Code::BadFile,
                "failed.workbook_too_large",
                words::say(&key, &facts),
            )
        }
        E::Unsafe { .. } => (
            Code::BadFile,
            "failed.workbook_too_large",
            words::say("measure.unsafe", &words::Facts::new()),
        ),
        E::Damaged { part, .. } => (Code::BadFile, "failed.workbook_damaged", part.clone()),
        E::NoTable { .. } => (Code::BadFile, "failed.no_table", String::new()),
        E::NoSheet { name } => (Code::BadRequest, "failed.no_sheet", name.clone()),
        E::BadMapping { .. } => (Code::BadRequest, "failed.bad_mapping", String::new()),
        E::Stopped => (Code::Refused, "failed.stopped", String::new()),
        E::NotVerified { .. } => (Code::Io, "failed.read_back", String::new()),
        E::Writer { .. } => (Code::Io, "failed.not_written", String::new()),
    };
    let facts = words::facts([("path", path.display().to_string()), ("what", what)]);
    CommandError::new(code, key, &facts)
}

/// A record that a ledger names by code or name.
fn named(reader: &dyn Read, spec: &RegisterSpec, name: &str) -> Outcome<Option<Record>> {
    Ok(match refer::look_up(reader, spec, name)? {
        refer::Found::One(record) => Some(*record),
        refer::Found::None | refer::Found::Several => None,
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use domain::time::{CountedIds, FixedClock, parse_moment};

    use super::*;
    use crate::context::Surroundings;
    use crate::office::{InitOffice, init_office};

    #[test]
    fn a_ledger_that_is_stopped_while_it_is_read_or_written_leaves_nothing() {
        let home = tempfile::tempdir().expect("a folder");
        let now = parse_moment("2026-11-21T09:00").expect("a moment");
        let around = Surroundings {
            clock: Arc::new(FixedClock::new(now)),
            ids: Arc::new(CountedIds::default()),
            operator: None,
        };
        let office = InitOffice {
            name: "某工程项目部".to_owned(),
            code: "XX".to_owned(),
            operator: "张三".to_owned(),
            site: "PC-01".to_owned(),
        };
        let ctx = init_office(&home.path().join("office"), &around, &office).expect("an office");
        let path = home.path().join("台账.csv");
        let rows = "投诉时间,投诉内容,投诉人\n2026-01-05,漏水,王小明\n2026-01-06,渗水,李四\n";
        std::fs::write(&path, rows).expect("a ledger");
        let ask = ImportLedger {
            register: "complaint".to_owned(),
            ..ImportLedger::default()
        };
        let count = || ctx.store.reader()?.count(&ListQuery::of("complaint"));
        for dry_run in [true, false] {
            let work = Work::default();
            work.ask_to_stop();
            let ask = ImportLedger {
                dry_run,
                ..ask.clone()
            };
            let stopped = import_with(&ctx, &path, &ask, None, &work).expect_err("stopped");
            assert_eq!(stopped, crate::work::stopped());
            assert_eq!(count().expect("counted"), 0);
        }
        // Not stopped, the same is taken.
        import_ledger(&ctx, &path, &ask, None).expect("taken");
        assert_eq!(count().expect("counted"), 2);
    }
}
