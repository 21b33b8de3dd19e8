//! The search over everything.

use std::collections::BTreeMap;

use domain::spec::SearchTier;
use serde::{Deserialize, Serialize};
use store::Read;

use crate::context::Ctx;
use crate::error::Outcome;
use crate::view::{masked, state_label};

/// Searches for text.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Search {
    /// Any part of a text, pinyin, a phone's tail, a number.
    pub text: String,
    /// At most so many hits.
    #[serde(default = "fifty")]
    #[ts(as = "Option<_>", optional)]
    pub limit: u32,
    /// Personal data in full.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub unmask: bool,
}

fn fifty() -> u32 {
    50
}

/// One record that was found.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct Found {
    /// Register id.
    pub register: String,
    /// Register in Chinese.
    pub register_label: String,
    /// Identifier.
    pub uuid: String,
    /// Number.
    pub number: Option<String>,
    /// What names the record.
    pub title: String,
    /// State in Chinese.
    pub state_label: Option<String>,
    /// `number`, `name`, `phone` or `text`.
    pub tier: SearchTier,
    /// The field that holds the text, in Chinese.
    pub field_label: String,
    /// Its text, masked when personal.
    pub excerpt: String,
}

/// What a search found.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct SearchAnswer {
    /// The first hits, the best tier first, then the newest.
    pub hits: Vec<Found>,
    /// How many records of each register there are, by its Chinese name.
    pub counts: BTreeMap<String, u64>,
    /// False when a count may include a few records too many.
    pub exact: bool,
}

/// Finds records of any register by any part of their text.
///
/// # Errors
/// When the file cannot be read.
pub fn search(ctx: &Ctx, ask: &Search) -> Outcome<SearchAnswer> {
    let reader = ctx.reader()?;
    let found = reader.search(&ask.text, ask.limit.min(1_000) as usize)?;
    let label = |register: &str| {
        ctx.catalog
            .register(register)
            .map_or(register, |spec| spec.label.as_str())
            .to_owned()
    };
    let hits = found.hits.into_iter().map(|hit| {
        let (register, field) = hit
            .field
            .split_once('.')
            .unwrap_or((&hit.register, &hit.field));
        let spec = ctx.catalog.register(register);
        let field_spec = spec.and_then(|s| s.field(field));
        let title_spec = ctx
            .catalog
            .register(&hit.register)
            .and_then(|s| s.field(&s.title));
        let show = |spec: Option<&domain::spec::FieldSpec>, text: &str| match spec {
            Some(spec) if !ask.unmask => masked(spec, text),
            _ => text.to_owned(),
        };
        Found {
            register_label: label(&hit.register),
            uuid: hit.uuid.to_string(),
            title: show(title_spec, hit.title.as_deref().unwrap_or_default()),
            state_label: hit
                .state
                .as_deref()
                .map(|s| state_label(ctx.catalog, &hit.register, s)),
            tier: hit.tier,
            field_label: field_spec.map_or_else(|| "编号".to_owned(), |f| f.label.clone()),
            excerpt: show(field_spec, &hit.excerpt),
            number: hit.number.clone(),
            register: hit.register.clone(),
        }
    });
    Ok(SearchAnswer {
        hits: hits.collect(),
        exact: found.counts.iter().all(|c| c.exact),
        counts: found
            .counts
            .iter()
            .map(|c| (label(&c.register), c.count))
            .collect(),
    })
}
