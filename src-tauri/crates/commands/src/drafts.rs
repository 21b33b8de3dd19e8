//! Drafts: what was typed and not saved yet. Outside history, undo and search.

use domain::time::moment_text;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use store::Draft;
use uuid::Uuid;

use crate::context::Ctx;
use crate::error::Outcome;
use crate::table::Nothing;

/// A draft as it crosses the seam.
#[derive(Debug, Clone, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct DraftView {
    /// One for each entry screen.
    pub key: String,
    /// Register id.
    pub register: String,
    /// Identifier of the record that is edited; missing for a new one.
    #[serde(default)]
    pub record: Option<String>,
    /// What was typed.
    pub body: Json,
    /// When it was kept; set by the program.
    #[serde(default)]
    pub saved_at: String,
}

/// Names a draft.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct DraftKey {
    /// Its key.
    pub key: String,
}

/// Keeps a draft under its key.
///
/// # Errors
/// When the disk is full.
pub fn save_draft(ctx: &Ctx, ask: &DraftView) -> Outcome<Nothing> {
    ctx.store.save_draft(&Draft {
        key: ask.key.clone(),
        register: ctx.register(&ask.register)?.id.clone(),
        record: ask.record.as_deref().and_then(|r| Uuid::parse_str(r).ok()),
        body: ask.body.clone(),
        saved_at: ctx.now(),
    })?;
    Ok(Nothing {})
}

/// All drafts, the newest first.
///
/// # Errors
/// When the file cannot be read.
pub fn drafts(ctx: &Ctx, _: &Nothing) -> Outcome<Vec<DraftView>> {
    Ok(ctx.store.drafts()?.into_iter().map(view).collect())
}

/// Drops a draft, after saving or by the person's word.
///
/// # Errors
/// When the file cannot be written.
pub fn drop_draft(ctx: &Ctx, ask: &DraftKey) -> Outcome<bool> {
    Ok(ctx.store.drop_draft(&ask.key)?)
}

fn view(draft: Draft) -> DraftView {
    DraftView {
        key: draft.key,
        register: draft.register,
        record: draft.record.map(|r| r.to_string()),
        body: draft.body,
        saved_at: moment_text(&draft.saved_at),
    }
}
