//! How the office likes its window: columns, views, size of type. What the keys mean is the
//! window's business. Outside history and undo.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value as Json;
use store::Read;

use crate::context::Ctx;
use crate::error::{CommandError, Outcome};
use crate::table::Nothing;

/// Keeps one preference.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct SavePreference {
    /// Its key.
    pub key: String,
    /// Its value; `null` drops it.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub value: Json,
}

/// Longest key, in characters.
const KEY_MAX: usize = 120;
/// Longest value as text, in bytes.
const VALUE_MAX: usize = 64 * 1024;

/// All preferences by key.
///
/// # Errors
/// When the file cannot be read.
pub fn preferences(ctx: &Ctx, _: &Nothing) -> Outcome<BTreeMap<String, Json>> {
    Ok(ctx.reader()?.preferences()?)
}

/// Keeps one preference.
///
/// # Errors
/// When key or value is too long, or the file cannot be written.
pub fn save_preference(ctx: &Ctx, ask: &SavePreference) -> Outcome<Nothing> {
    let key = domain::text::clean(&ask.key, false).unwrap_or_default();
    let fits = (1..=KEY_MAX).contains(&key.chars().count());
    if !fits || ask.value.to_string().len() > VALUE_MAX {
        return Err(CommandError::refused("preference_bad", []));
    }
    ctx.store.save_preference(&key, &ask.value)?;
    Ok(Nothing {})
}
