//! The check of everything that the store promises: pages and links, the history chain, records
//! against their history, numbers, attachments, the search index.
//!
//! It reads everything, and so takes minutes for a million records. Findings name places, never
//! values.

mod chain;
mod drift;
mod index;

use std::collections::BTreeSet;

use rusqlite::Connection;

use crate::digest;
use crate::error::Result;
use crate::files;
use crate::history;
use crate::read::Source;
use crate::schema::quoted;
use crate::snapshot::Counts;
use domain::spec::FieldKind;

/// Findings of one kind beyond this are not listed.
const FINDINGS_MAX: usize = 1_000;

/// What a finding is about. Closed, so that words can be made for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingKind {
    /// SQLite's own check of pages and indexes.
    Integrity,
    /// A link or line without the record it belongs to.
    ForeignKey,
    /// Specs and tables differ.
    Schema,
    /// The history chain does not hold at this op.
    Chain,
    /// A value in the history is gone without an erasure, or is not the one that was written.
    HistoryValue,
    /// A record holds what no op wrote.
    RecordDrift,
    /// A row names an attachment that is not there.
    FileMissing,
    /// An attachment's bytes have changed.
    FileRot,
    /// An attachment that no row names.
    FileOrphan,
    /// The search index is not in step with the records.
    SearchDrift,
    /// A number is given twice or does not agree with its record.
    Number,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is about.
    pub kind: FindingKind,
    /// Where: a table, an op, a hash, a record. Never a value.
    pub place: String,
    /// What was found, for support. Never a value.
    pub detail: String,
}

/// The answer of a check.
#[derive(Debug, Clone, Default)]
pub struct CheckReport {
    /// Everything that was found; empty is good. At most 1,000 of each kind.
    pub findings: Vec<Finding>,
    /// Rows by table.
    pub counts: Counts,
    /// Ops in the chain.
    pub ops: u64,
    /// Head of the chain.
    pub history_head: String,
    /// Attachments that were read and hashed.
    pub files: u64,
}

impl CheckReport {
    /// Whether nothing but orphan files was found (those do no harm).
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.findings
            .iter()
            .all(|f| f.kind == FindingKind::FileOrphan)
    }
}

/// Collects findings, at most so many of a kind.
#[derive(Default)]
pub(crate) struct Findings(Vec<Finding>);

impl Findings {
    fn add(&mut self, kind: FindingKind, place: impl Into<String>, detail: impl Into<String>) {
        if self.0.iter().filter(|f| f.kind == kind).count() < FINDINGS_MAX {
            self.0.push(Finding {
                kind,
                place: place.into(),
                detail: detail.into(),
            });
        }
    }
}

pub(crate) fn all(src: Source<'_>) -> Result<CheckReport> {
    let mut findings = Findings::default();
    for fault in integrity(src.conn, false)? {
        findings.add(FindingKind::Integrity, "", fault);
    }
    for fault in foreign_keys(src.conn)? {
        findings.add(FindingKind::ForeignKey, fault, "");
    }
    for fault in src.shared.schema.missing(src.conn)? {
        findings.add(FindingKind::Schema, fault, "");
    }
    let ops = chain::verify(src.conn, &mut findings)?;
    drift::records(src, &mut findings)?;
    drift::numbers(src, &mut findings)?;
    index::verify(src, &mut findings)?;
    let files = attachments(src, &mut findings)?;
    tracing::info!(ops, files, findings = findings.0.len(), "office checked");
    Ok(CheckReport {
        findings: findings.0,
        counts: digest::counts(src.conn)?,
        ops,
        history_head: history::head(src)?,
        files,
    })
}

/// SQLite's own check of the file and the links, as texts for support.
pub(crate) fn pages(conn: &Connection, quick: bool) -> Result<Vec<String>> {
    let mut faults = integrity(conn, quick)?;
    faults.extend(foreign_keys(conn)?);
    Ok(faults)
}

fn integrity(conn: &Connection, quick: bool) -> Result<Vec<String>> {
    let pragma = if quick {
        "quick_check"
    } else {
        "integrity_check"
    };
    let mut statement = conn.prepare(&format!("PRAGMA {pragma}(20)"))?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
    let mut faults: Vec<String> = rows.collect::<rusqlite::Result<_>>()?;
    faults.retain(|fault| fault != "ok");
    Ok(faults)
}

/// Links and lines without the record they belong to, as texts for support.
pub(crate) fn foreign_keys(conn: &Connection) -> Result<Vec<String>> {
    let mut statement =
        conn.prepare("SELECT \"table\", rowid, parent FROM pragma_foreign_key_check LIMIT 20")?;
    let rows = statement.query_map([], |row| {
        let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
        let row: Option<i64> = row.get(1)?;
        Ok(format!(
            "{table} {} links to no {parent}",
            row.unwrap_or_default()
        ))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The faults of the history chain, as texts for support.
pub(crate) fn chain_faults(conn: &Connection) -> Result<Vec<String>> {
    let mut findings = Findings::default();
    chain::verify(conn, &mut findings)?;
    Ok(findings
        .0
        .into_iter()
        .map(|f| format!("{} {}", f.place, f.detail))
        .collect())
}

/// Whether the newest op hashes to what it says: the quick question after an unclean end.
pub(crate) fn last_op_fault(conn: &Connection) -> Result<Vec<String>> {
    let mut findings = Findings::default();
    chain::verify_last(conn, &mut findings)?;
    Ok(findings
        .0
        .into_iter()
        .map(|f| format!("{} {}", f.place, f.detail))
        .collect())
}

/// Compares the attachments with the rows that name them; returns how many were hashed.
fn attachments(src: Source<'_>, findings: &mut Findings) -> Result<u64> {
    let mut named: BTreeSet<String> = BTreeSet::new();
    for table in src.shared.schema.all() {
        for field in table.fields.iter().filter(|f| f.kind == FieldKind::File) {
            let column = quoted(&field.id);
            let sql = format!(
                "SELECT DISTINCT {column} FROM {} WHERE {column} IS NOT NULL",
                table.name()
            );
            let mut statement = src.conn.prepare(&sql)?;
            let rows = statement.query_map([], |row| row.get(0))?;
            for sha256 in rows {
                named.insert(sha256?);
            }
        }
    }
    let mut hashed = 0;
    for sha256 in &named {
        if src.shared.folder.expect_file(sha256).is_err() {
            findings.add(FindingKind::FileMissing, sha256, "");
            continue;
        }
        hashed += 1;
        match files::hash_file(&src.shared.folder.file(sha256)) {
            Ok((found, _)) if found == *sha256 => {}
            Ok(_) => findings.add(FindingKind::FileRot, sha256, "bytes have changed"),
            Err(fault) => findings.add(FindingKind::FileRot, sha256, fault.to_string()),
        }
    }
    for sha256 in files::all(&src.shared.folder)? {
        if !named.contains(&sha256) {
            findings.add(FindingKind::FileOrphan, sha256, "");
        }
    }
    Ok(hashed)
}
