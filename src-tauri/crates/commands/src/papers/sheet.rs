//! One sheet: the form as the office prints it, laid out and emitted.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::complaint;
use domain::field::form_change;
use domain::form::{Block, Datum, FormOverride, FormSpec, Subject, TickOption, catalog};
use domain::record::Record;
use domain::value::Value;
use print::{Document, LayoutOptions, Meta, Mode, Photo, PrintError};
use sha2::{Digest, Sha256};
use store::{ListQuery, Read, Test};
use uuid::Uuid;

use crate::context::Ctx;
use crate::error::{Code, CommandError, Outcome};
use crate::words;

/// A form as this office prints it.
pub(super) struct OfficeForm {
    pub(super) spec: FormSpec,
    pub(super) overridden: i64,
    logo: Option<String>,
}

/// The form with the office's own wording over it.
pub(super) fn office_form(ctx: &Ctx, name: &str) -> Outcome<OfficeForm> {
    let wanted = name
        .trim()
        .to_ascii_uppercase()
        .replace('F', "F-")
        .replace("F--", "F-");
    let Some(spec) =
        catalog::newest(&wanted).or_else(|| catalog::all().find(|f| f.title == name.trim()))
    else {
        let known: Vec<String> = catalog::all()
            .map(|f| format!("{}（{}）", f.code, f.title))
            .collect();
        let pairs = [("found", name.to_owned()), ("options", known.join("、"))];
        return Err(CommandError::bad_request("unknown_form", pairs));
    };
    let today = ctx.now().date_naive();
    let query = ListQuery::of("form_change")
        .filter(form_change::FORM, Test::Eq(Value::from(spec.code.as_str())))
        .filter(form_change::EFFECTIVE_FROM, Test::Le(Value::from(today)))
        .sorted_down(form_change::VERSION)
        .take(1);
    let Some(change) = ctx.reader()?.list(&query)?.into_iter().next() else {
        return Ok(OfficeForm {
            spec: spec.clone(),
            overridden: 0,
            logo: None,
        });
    };
    let text = change.values.text(form_change::CHANGE).unwrap_or_default();
    let change_of: FormOverride = serde_json::from_str(text).map_err(CommandError::internal)?;
    Ok(OfficeForm {
        spec: change_of.apply(spec).map_err(CommandError::internal)?,
        overridden: change.values.int(form_change::VERSION).unwrap_or(0),
        logo: change_of.logo.map(|l| l.sha256),
    })
}

/// A paper is finished when its part of the case is done; until then room is left for the pen.
pub(super) fn mode(form: &FormSpec, group: &[Record]) -> Mode {
    match (form.subject, group) {
        (Subject::Record, [record]) if !complaint::is_paper_final(&form.code, record) => Mode::Open,
        _ => Mode::Final,
    }
}

/// What the machine-readable code of a page says: the paper, the page, a check; nothing personal.
pub(super) fn page_code(paper: Uuid, page: u32) -> String {
    let body = format!("{paper}:{page}");
    let digest = Sha256::digest(body.as_bytes());
    format!("TZ1:{body}:{:02x}{:02x}", digest[0], digest[1])
}

/// The sheet laid out; characters that no face has are a refusal.
pub(super) fn lay_out(
    ctx: &Ctx,
    form: &OfficeForm,
    data: &Datum,
    mode: Mode,
    code: Option<&dyn Fn(u32) -> String>,
) -> Outcome<Document> {
    laid(ctx, form, data, mode, code, false)
}

/// The sheet laid out for the screen, with 〓 for characters that no face has.
pub(super) fn lay_out_all(
    ctx: &Ctx,
    form: &OfficeForm,
    data: &Datum,
    mode: Mode,
) -> Outcome<Document> {
    laid(ctx, form, data, mode, None, true)
}

fn laid(
    ctx: &Ctx,
    form: &OfficeForm,
    data: &Datum,
    mode: Mode,
    code: Option<&dyn Fn(u32) -> String>,
    substitute: bool,
) -> Outcome<Document> {
    let lists: BTreeMap<String, Vec<TickOption>> = ctx
        .catalog
        .lists()
        .map(|list| {
            let options = list
                .choices
                .iter()
                .filter(|c| !c.retired)
                .map(|c| TickOption {
                    code: c.code.clone(),
                    label: c.label.clone(),
                });
            (list.id.clone(), options.collect())
        })
        .collect();
    let shows_pictures = form
        .spec
        .blocks
        .iter()
        .any(|b| matches!(b, Block::Image(_)));
    let photos = if shows_pictures {
        photos(ctx, data)?
    } else {
        BTreeMap::new()
    };
    let options = LayoutOptions {
        mode,
        lists: Some(&lists),
        photos: Some(&photos),
        code,
        logo: form.logo.as_deref(),
        substitute,
    };
    let document = print::layout(&form.spec, data, &options)?;
    if document.pages.is_empty() {
        let form = [("form", form.spec.title.clone())];
        return Err(CommandError::refused("nothing_on_form", form));
    }
    if document.unbound.is_empty() {
        return Ok(document);
    }
    Err(CommandError::internal(format!(
        "{}: {}",
        form.spec.code,
        document.unbound.join(", ")
    )))
}

/// The pictures that the data names, made fit for paper.
fn photos(ctx: &Ctx, data: &Datum) -> Outcome<BTreeMap<String, Arc<Photo>>> {
    let mut photos = BTreeMap::new();
    let Datum::Map(root) = data else {
        return Ok(photos);
    };
    let Some(Datum::List(images)) = root.get("photos") else {
        return Ok(photos);
    };
    for image in images {
        let Datum::Image(image) = image else { continue };
        let bytes = ctx.store.open_file(&image.sha256)?;
        photos.insert(image.sha256.clone(), Arc::new(Photo::prepare(&bytes)?));
    }
    Ok(photos)
}

pub(super) fn emit(ctx: &Ctx, title: &str, documents: &[Document]) -> Outcome<Vec<u8>> {
    let office = ctx.office(&ctx.reader()?)?;
    let meta = Meta {
        title: title.to_owned(),
        author: office.values.text("name").unwrap_or_default().to_owned(),
        created: ctx.now(),
    };
    Ok(print::emit(documents, &meta)?)
}

pub(super) fn pages(document: &Document) -> u32 {
    u32::try_from(document.pages.len()).unwrap_or(u32::MAX)
}

impl From<PrintError> for CommandError {
    fn from(error: PrintError) -> Self {
        let (code, key, pair) = match &error {
            PrintError::Uncovered { characters } => {
                let named: Vec<String> = characters
                    .iter()
                    .map(|c| format!("{}（U+{:04X}）", c.character, u32::from(c.character)))
                    .collect();
                (
                    Code::Refused,
                    "refused.missing_glyphs",
                    ("characters", named.join("、")),
                )
            }
            PrintError::PictureUnreadable { reason } => {
                (Code::Io, "failed.image_bad", ("what", reason.clone()))
            }
            PrintError::PictureTooLarge { width, height, .. } => (
                Code::Io,
                "failed.image_bad",
                ("what", format!("{width}×{height}")),
            ),
            other => (
                Code::Internal,
                "failed.internal",
                ("what", other.to_string()),
            ),
        };
        Self::new(code, key, &words::facts([pair]))
    }
}
