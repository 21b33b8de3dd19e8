//! Phrases for fields of many words: those of the program, and the office's own, which stand first.
//!
//! The office's own are kept among its preferences: they are no record and carry no history.

use std::sync::OnceLock;

use domain::pinyin;
use serde::{Deserialize, Serialize};
use store::Read;

use crate::context::Ctx;
use crate::error::{CommandError, Outcome};

static SOURCE: &str = include_str!("../../../../assets/phrases/complaint.toml");

/// The key of the office's own phrases among its preferences.
const OWN: &str = "phrases";

/// The phrases of one field, for one class or for all.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    field: String,
    #[serde(default)]
    class: Option<String>,
    texts: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    register: String,
    #[serde(rename = "group")]
    groups: Vec<Group>,
}

fn built_in() -> &'static File {
    static FILE: OnceLock<File> = OnceLock::new();
    FILE.get_or_init(|| toml::from_str(SOURCE).unwrap_or_else(|e| panic!("BUG: phrases: {e}")))
}

/// Asks for the phrases of a field.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct Phrases {
    /// Register id or Chinese name.
    pub register: String,
    /// Field id.
    pub field: String,
    /// The class of the matter, by code.
    #[serde(default)]
    pub class: Option<String>,
}

/// Adds or drops a phrase of the office's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct OwnPhrase {
    /// Register id.
    pub register: String,
    /// Field id.
    pub field: String,
    /// The class of the matter; missing for all.
    #[serde(default)]
    pub class: Option<String>,
    /// The words.
    pub text: String,
}

/// One phrase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct PhraseView {
    /// The words.
    pub text: String,
    /// The initials of their reading.
    pub pinyin: String,
    /// The office's own.
    pub own: bool,
}

/// The phrases of a field: the office's own, those of the class, those of every class.
///
/// # Errors
/// For an unknown register.
pub fn phrases(ctx: &Ctx, ask: &Phrases) -> Outcome<Vec<PhraseView>> {
    let spec = ctx.register(&ask.register)?;
    let fits = |class: Option<&str>| class.is_none() || class == ask.class.as_deref();
    let mut found: Vec<PhraseView> = own(ctx)?
        .into_iter()
        .filter(|phrase| phrase.register == spec.id && phrase.field == ask.field)
        .filter(|phrase| fits(phrase.class.as_deref()))
        .map(|phrase| view(phrase.text, true))
        .collect();
    let file = built_in();
    let mut groups: Vec<&Group> = file
        .groups
        .iter()
        .filter(|group| file.register == spec.id && group.field == ask.field)
        .filter(|group| fits(group.class.as_deref()))
        .collect();
    groups.sort_by_key(|group| group.class.is_none());
    for text in groups.iter().flat_map(|group| &group.texts) {
        if found.iter().all(|known| known.text != *text) {
            found.push(view(text.clone(), false));
        }
    }
    Ok(found)
}

/// Adds a phrase of the office's own; answers the phrases of its field.
///
/// # Errors
/// For an unknown register, and for a text that is no phrase.
pub fn add_phrase(ctx: &Ctx, ask: &OwnPhrase) -> Outcome<Vec<PhraseView>> {
    let phrase = cleaned(ctx, ask)?;
    let mut all = own(ctx)?;
    all.retain(|known| *known != phrase);
    all.insert(0, phrase);
    keep(ctx, ask, &all)
}

/// Drops a phrase of the office's own; answers the phrases of its field.
///
/// # Errors
/// For an unknown register.
pub fn drop_phrase(ctx: &Ctx, ask: &OwnPhrase) -> Outcome<Vec<PhraseView>> {
    let phrase = cleaned(ctx, ask)?;
    let mut all = own(ctx)?;
    all.retain(|known| {
        let same_place = known.register == phrase.register && known.field == phrase.field;
        !(same_place && known.text == phrase.text)
    });
    keep(ctx, ask, &all)
}

fn cleaned(ctx: &Ctx, ask: &OwnPhrase) -> Outcome<OwnPhrase> {
    let text = domain::text::clean(&ask.text, false).unwrap_or_default();
    if !(1..=domain::text::TEXT_MAX).contains(&text.chars().count()) {
        return Err(CommandError::refused("phrase_bad", []));
    }
    Ok(OwnPhrase {
        register: ctx.register(&ask.register)?.id.clone(),
        text,
        ..ask.clone()
    })
}

fn own(ctx: &Ctx) -> Outcome<Vec<OwnPhrase>> {
    let kept = ctx.reader()?.preferences()?.remove(OWN);
    Ok(kept
        .and_then(|kept| serde_json::from_value(kept).ok())
        .unwrap_or_default())
}

fn keep(ctx: &Ctx, ask: &OwnPhrase, all: &[OwnPhrase]) -> Outcome<Vec<PhraseView>> {
    let value = serde_json::to_value(all).map_err(CommandError::internal)?;
    ctx.store.save_preference(OWN, &value)?;
    let asked = Phrases {
        register: ask.register.clone(),
        field: ask.field.clone(),
        class: ask.class.clone(),
    };
    phrases(ctx, &asked)
}

fn view(text: String, own: bool) -> PhraseView {
    let first = pinyin::readings(&text).into_iter().next();
    let initials = first.unwrap_or_default();
    PhraseView {
        pinyin: initials.iter().filter_map(|s| s.chars().next()).collect(),
        text,
        own,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::spec::Catalog;

    #[test]
    fn phrases_stand_under_fields_and_classes_that_there_are() {
        let catalog = Catalog::builtin();
        let file = built_in();
        let spec = catalog.register(&file.register).expect("a register");
        let classes = catalog.list("complaint_class").expect("classes");
        for group in &file.groups {
            assert!(spec.field(&group.field).is_some(), "{}", group.field);
            if let Some(class) = &group.class {
                assert!(classes.by_code(class).is_some(), "{class}");
            }
            assert!(!group.texts.is_empty());
        }
    }

    #[test]
    fn every_class_has_its_phrases_for_what_happened_what_is_proposed_and_what_was_done() {
        let classes = Catalog::builtin().list("complaint_class").expect("classes");
        for class in &classes.choices {
            for field in ["content", "opinion", "result"] {
                let of = |g: &&Group| g.field == field && g.class.as_deref() == Some(&class.code);
                let texts = built_in()
                    .groups
                    .iter()
                    .find(of)
                    .map_or(0, |g| g.texts.len());
                assert!(texts >= 6, "{} {field}", class.code);
            }
        }
    }
}
