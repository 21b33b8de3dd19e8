//! The office's own wording of a form, as dated and versioned data.

use domain::field::form_change as field;
use domain::form::{FormOverride, catalog};
use domain::value::{Value, Values};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use store::{ListQuery, OpKind, Read, Test};

use crate::context::Ctx;
use crate::error::{CommandError, Outcome};
use crate::steps::read_moment;
use crate::told;

/// Changes a form from a day on.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ChangeForm {
    /// Form code.
    pub form: String,
    /// Title, code, wording, signature places, margins, logo; see the form language.
    pub change: Json,
    /// From this day on; missing means today.
    #[serde(default)]
    pub effective_from: Option<String>,
    /// Why.
    pub reason: String,
}

/// The version that a change made.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct FormChanged {
    /// Form code.
    pub form: String,
    /// Version of the office's wording, counted from 1.
    pub version: i64,
}

/// Keeps a change of a form after trying it on the form. Papers that were printed keep the wording
/// they were printed with.
///
/// # Errors
/// For an unknown form; when the change does not fit it; without a reason.
pub fn change_form(ctx: &Ctx, ask: &ChangeForm) -> Outcome<FormChanged> {
    if ask.reason.trim().is_empty() {
        return Err(CommandError::refused("reason_missing", []));
    }
    let spec = catalog::newest(ask.form.trim())
        .ok_or_else(|| CommandError::not_found("表式", &ask.form))?;
    let refused = |what: String| CommandError::refused("bad_form_change", [("what", what)]);
    let mut change: FormOverride =
        serde_json::from_value(ask.change.clone()).map_err(|e| refused(told::request(&e)))?;
    let reader = ctx.reader()?;
    let known =
        ListQuery::of("form_change").filter(field::FORM, Test::Eq(Value::from(spec.code.as_str())));
    let version = reader.count(&known)? + 1;
    change.version = u32::try_from(version).unwrap_or(u32::MAX);
    change
        .apply(spec)
        .map_err(|e| refused(told::form_change(&e)))?;
    let effective_from = match &ask.effective_from {
        Some(typed) => read_moment(typed, ctx.now())?.date_naive(),
        None => ctx.now().date_naive(),
    };
    let version = i64::from(change.version);
    let values = Values::new()
        .with(field::FORM, spec.code.as_str())
        .with(field::VERSION, version)
        .with(
            field::CHANGE,
            serde_json::to_string(&change).map_err(CommandError::internal)?,
        )
        .with(field::EFFECTIVE_FROM, effective_from)
        .with(field::REASON, ask.reason.trim());
    let op = ctx.op(OpKind::Edit, "form", [("form", spec.title.clone())])?;
    ctx.transact(op, |tx| Ok(tx.insert("form_change", &values)?))?;
    Ok(FormChanged {
        form: spec.code.clone(),
        version,
    })
}
