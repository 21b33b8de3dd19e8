//! Papers: printing forms, keeping what was printed, reprints, signed sheets that come back.
//!
//! A finished paper keeps the values as printed, the form's version, the head of the history chain
//! and the PDF itself. Blank forms and trial prints are not papers and leave no trace.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::complaint;
use domain::field::{form_change, paper as field};
use domain::form::catalog;
use domain::form::{Block, Datum, FormOverride, FormSpec, Subject, TickOption};
use domain::record::Record;
use domain::value::{Value, Values};
use print::{Document, LayoutOptions, Meta, Mode, Photo, PrintError};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use sha2::{Digest, Sha256};
use store::{ListQuery, OpKind, Read, Test, Tx};
use uuid::Uuid;

use crate::bind::{self, Binder};
use crate::case;
use crate::context::Ctx;
use crate::error::{Code, CommandError, Outcome};
use crate::figures::Figures;
use crate::records::{self, Condition, ListRecords};
use crate::refer;
use crate::table::Nothing;
use crate::view::{RecordView, Viewer};
use crate::words;

/// Most papers in one file; a PDF is put together in memory.
const BATCH_MAX: usize = 2_000;

/// Prints a form.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrintPapers {
    /// Form code or title.
    pub form: String,
    /// Records, by number, name or identifier.
    #[serde(default)]
    pub records: Vec<String>,
    /// Or all records that fit.
    #[serde(default)]
    pub filters: Vec<Condition>,
    /// A blank form for the pen.
    #[serde(default)]
    pub blank: bool,
    /// The paper's own fields, as typed.
    #[serde(default)]
    pub values: Map<String, Json>,
    /// Who fills the paper in; missing means the operator.
    #[serde(default)]
    pub filler: Option<String>,
    /// One file for all.
    #[serde(default)]
    pub merge: bool,
    /// Only to look at: nothing is kept.
    #[serde(default)]
    pub trial: bool,
}

/// One file that was printed.
#[derive(Debug, Clone, Serialize)]
pub struct PrintedFile {
    /// A name for the file.
    pub name: String,
    /// The papers in it, by number; empty for blanks and trials.
    pub papers: Vec<String>,
    /// Pages.
    pub pages: u32,
    /// Hash under which the PDF is kept, when it is one kept paper.
    pub file: Option<String>,
    /// The PDF.
    #[serde(skip)]
    pub pdf: Vec<u8>,
}

/// A form that can be printed.
#[derive(Debug, Clone, Serialize)]
pub struct FormView {
    /// Code.
    pub code: String,
    /// Title.
    pub title: String,
    /// Version.
    pub version: u32,
    /// Register of its records.
    pub register: Option<String>,
    /// One paper about many records.
    pub list: bool,
    /// The sheet is signed and has to come back.
    pub signed: bool,
    /// Ids and labels of the fields that only the paper has.
    pub own_fields: Vec<(String, String)>,
}

/// Asks for papers.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Papers {
    /// Those of one complaint; missing means all sheets that are still out.
    #[serde(default)]
    pub record: Option<String>,
}

/// Names one paper.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperRef {
    /// Paper number.
    pub paper: String,
}

/// A signed sheet came back.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperReturned {
    /// Paper number.
    pub paper: String,
    /// Hash of the scan among the attachments.
    #[serde(default)]
    pub scan: Option<String>,
    /// No sheet has to come back.
    #[serde(default)]
    pub not_needed: bool,
}

/// Every form in its newest version.
///
/// # Errors
/// None; the outcome is that of every command.
pub fn forms(_: &Ctx, _: &Nothing) -> Outcome<Vec<FormView>> {
    Ok(catalog::all()
        .map(|f| FormView {
            code: f.code.clone(),
            title: f.title.clone(),
            version: f.version,
            register: f.register.clone(),
            list: f.subject == Subject::List,
            signed: f.signed,
            own_fields: f.fields.iter().map(|o| (o.id.clone(), o.label.clone())).collect(),
        })
        .collect())
}

/// A form as this office prints it.
struct OfficeForm {
    spec: FormSpec,
    overridden: i64,
    logo: Option<String>,
}

/// Prints papers and keeps them. Files are returned; writing them to a place is the caller's.
///
/// # Errors
/// For an unknown form or record; when characters have no glyph (then nothing is printed).
pub fn print_papers(ctx: &Ctx, ask: &PrintPapers) -> Outcome<Vec<PrintedFile>> {
    let form = office_form(ctx, &ask.form)?;
    if ask.blank {
        return Ok(vec![blank(ctx, &form, ask)?]);
    }
    let records = subjects(ctx, &form.spec, ask)?;
    let filler = match &ask.filler {
        Some(name) => name.clone(),
        None => ctx.who()?.operator,
    };
    let groups: Vec<&[Record]> = match form.spec.subject {
        Subject::List => vec![&records[..]],
        Subject::Record => records.chunks(1).collect(),
    };
    if ask.trial {
        return trial(ctx, &form, &groups, &filler, ask);
    }
    keep(ctx, &form, &groups, &filler, ask)
}

/// The records that a print is about.
fn subjects(ctx: &Ctx, form: &FormSpec, ask: &PrintPapers) -> Outcome<Vec<Record>> {
    let register = form.register.as_deref().unwrap_or(complaint::WORKFLOW.register);
    let spec = ctx.spec(register)?;
    let reader = ctx.reader()?;
    if !ask.records.is_empty() {
        return ask.records.iter().map(|name| refer::record(&reader, spec, name)).collect();
    }
    if form.subject == Subject::Record && ask.filters.is_empty() {
        return Err(CommandError::bad_request("nothing_to_print", [("form", form.code.clone())]));
    }
    let mut query = records::query(
        ctx,
        &reader,
        spec,
        &ListRecords {
            register: register.to_owned(),
            filters: ask.filters.clone(),
            text: None,
            // A ledger runs from the oldest entry to the newest.
            sort: spec.event.iter().cloned().collect(),
            offset: 0,
            limit: 0,
            unmask: true,
        },
    )?;
    query.limit = None;
    let found = reader.list(&query)?;
    if found.is_empty() && form.subject == Subject::Record {
        return Err(CommandError::bad_request("nothing_to_print", [("form", form.code.clone())]));
    }
    Ok(found)
}

/// The form with the office's own wording over it.
fn office_form(ctx: &Ctx, name: &str) -> Outcome<OfficeForm> {
    let wanted = name.trim().to_ascii_uppercase().replace('F', "F-").replace("F--", "F-");
    let Some(spec) = catalog::newest(&wanted).or_else(|| catalog::all().find(|f| f.title == name.trim()))
    else {
        let known: Vec<String> =
            catalog::all().map(|f| format!("{}（{}）", f.code, f.title)).collect();
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
        return Ok(OfficeForm { spec: spec.clone(), overridden: 0, logo: None });
    };
    let text = change.values.text(form_change::CHANGE).unwrap_or_default();
    let change_of: FormOverride = serde_json::from_str(text).map_err(CommandError::internal)?;
    Ok(OfficeForm {
        spec: change_of.apply(spec).map_err(CommandError::internal)?,
        overridden: change.values.int(form_change::VERSION).unwrap_or(0),
        logo: change_of.logo.map(|l| l.sha256),
    })
}

fn blank(ctx: &Ctx, form: &OfficeForm, ask: &PrintPapers) -> Outcome<PrintedFile> {
    let reader = ctx.reader()?;
    let figures = ctx.figures()?;
    let paper = bind::paper(ctx, &form.spec, "", "", &ask.values)?;
    let data = Binder::new(ctx, &reader, &figures).blank(form.spec.register.as_deref(), paper)?;
    let document = lay_out(ctx, form, &data, Mode::Blank, None)?;
    Ok(PrintedFile {
        name: format!("{}-{}-空白.pdf", form.spec.code, form.spec.title),
        papers: Vec::new(),
        pages: pages(&document),
        file: None,
        pdf: emit(ctx, &form.spec.title, &[document])?,
    })
}

fn trial(
    ctx: &Ctx,
    form: &OfficeForm,
    groups: &[&[Record]],
    filler: &str,
    ask: &PrintPapers,
) -> Outcome<Vec<PrintedFile>> {
    let reader = ctx.reader()?;
    let figures = ctx.figures()?;
    let mut binder = Binder::new(ctx, &reader, &figures);
    let mut documents = Vec::new();
    for group in groups {
        let paper = bind::paper(ctx, &form.spec, "", filler, &ask.values)?;
        let data = tree(&mut binder, form, group, paper)?;
        documents.push(lay_out(ctx, form, &data, mode(&form.spec, group), None)?);
    }
    let batches = if ask.merge { BATCH_MAX } else { 1 };
    documents
        .chunks(batches)
        .enumerate()
        .map(|(at, batch)| {
            Ok(PrintedFile {
                name: format!("{}-{}-{}.pdf", form.spec.code, form.spec.title, at + 1),
                papers: Vec::new(),
                pages: batch.iter().map(pages).sum(),
                file: None,
                pdf: emit(ctx, &form.spec.title, batch)?,
            })
        })
        .collect()
}

/// Prints and keeps: one op for the whole print.
fn keep(
    ctx: &Ctx,
    form: &OfficeForm,
    groups: &[&[Record]],
    filler: &str,
    ask: &PrintPapers,
) -> Outcome<Vec<PrintedFile>> {
    let figures = ctx.figures()?;
    let op = ctx.op(OpKind::Print, "print", [("form", form.spec.title.clone())])?;
    let (kept, _) = ctx.transact(op, |tx| {
        let mut kept = Vec::new();
        for group in groups {
            kept.push(keep_one(ctx, tx, form, &figures, group, filler, &ask.values)?);
        }
        Ok(kept)
    })?;
    if !ask.merge || kept.len() == 1 {
        return Ok(kept.into_iter().map(|(file, _)| file).collect());
    }
    let mut files = Vec::new();
    for (at, batch) in kept.chunks(BATCH_MAX).enumerate() {
        let documents: Vec<Document> = batch.iter().map(|(_, d)| d.clone()).collect();
        files.push(PrintedFile {
            name: format!("{}-{}-合并{}.pdf", form.spec.code, form.spec.title, at + 1),
            papers: batch.iter().flat_map(|(f, _)| f.papers.clone()).collect(),
            pages: documents.iter().map(pages).sum(),
            file: None,
            pdf: emit(ctx, &form.spec.title, &documents)?,
        });
    }
    Ok(files)
}

/// One kept paper: the row first, because the code on the sheet names it, then the file, then the
/// row's word on the file. All of it or nothing.
fn keep_one(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    form: &OfficeForm,
    figures: &Figures,
    group: &[Record],
    filler: &str,
    typed: &Map<String, Json>,
) -> Outcome<(PrintedFile, Document)> {
    let number = paper_number(ctx, tx, form, group)?;
    let paper = bind::paper(ctx, &form.spec, &number, filler, typed)?;
    let data = tree(&mut Binder::new(ctx, tx, figures), form, group, paper)?;
    let mut values = Values::new()
        .with(field::PAPER_NUMBER, number.as_str())
        .with(field::FORM, form.spec.code.as_str())
        .with(field::FORM_VERSION, i64::from(form.spec.version))
        .with(field::OVERRIDE_VERSION, form.overridden)
        .with(field::TITLE, form.spec.title.as_str())
        .with(field::OWN_VALUES, Json::Object(typed.clone()).to_string())
        .with(field::HISTORY_HEAD, tx.history_head()?)
        .with(field::PRINTED_AT, ctx.now())
        .with(field::PRINTED_BY, ctx.who()?.operator)
        .with(field::PRINTS, 1)
        .with(field::STATUS, if form.spec.signed { "printed" } else { "not_needed" });
    if form.spec.subject == Subject::Record && let Some(record) = group.first() {
        values.set(field::REGISTER, record.register.as_str());
        values.set(field::RECORD, record.uuid.to_string());
        if let Some(project) = record.values.text("project") {
            values.set(field::PROJECT, project);
        }
    }
    // The tree of a case runs to many pages, so it lies among the attachments like the PDF.
    let tree = serde_json::to_vec(&data).map_err(CommandError::internal)?;
    values.set(field::PRINTED_VALUES, ctx.store.put_file(&mut &tree[..])?.sha256);
    let row = tx.insert("paper", &values)?;
    let code = |page: u32| page_code(row.uuid, page);
    let document = lay_out(ctx, form, &data, mode(&form.spec, group), Some(&code))?;
    let pdf = emit(ctx, &form.spec.title, std::slice::from_ref(&document))?;
    let kept = ctx.store.put_file(&mut &pdf[..])?;
    let file = Values::new()
        .with(field::FILE, kept.sha256.as_str())
        .with(field::PAGES, i64::from(pages(&document)));
    tx.update("paper", row.uuid, None, &file)?;
    let printed = PrintedFile {
        name: format!("{number}-{}.pdf", form.spec.title),
        papers: vec![number],
        pages: pages(&document),
        file: Some(kept.sha256),
        pdf,
    };
    Ok((printed, document))
}

fn tree(
    binder: &mut Binder<'_>,
    form: &OfficeForm,
    group: &[Record],
    paper: Datum,
) -> Outcome<Datum> {
    match (form.spec.subject, group) {
        (Subject::Record, [record]) => binder.record(record, paper),
        _ => binder.list(group, paper),
    }
}

/// A paper is finished when its part of the case is done; until then room is left for the pen.
fn mode(form: &FormSpec, group: &[Record]) -> Mode {
    match (form.subject, group) {
        (Subject::Record, [record]) if !complaint::is_paper_final(&form.code, record) => Mode::Open,
        _ => Mode::Final,
    }
}

/// Paper number: the record's number, the form and a running number; for lists the office's code
/// and the year stand for the record.
fn paper_number(ctx: &Ctx, reader: &dyn Read, form: &OfficeForm, group: &[Record]) -> Outcome<String> {
    let stem = match (form.spec.subject, group) {
        (Subject::Record, [record]) => match &record.number {
            Some(number) => number.clone(),
            None => record.values.text("original_no").unwrap_or("未编号").to_owned(),
        },
        _ => {
            let office = ctx.office(reader)?;
            let code = office.values.text("code").unwrap_or_default().to_owned();
            format!("{code}-{}", ctx.now().format("%Y"))
        }
    };
    let short = form.spec.code.replace('-', "");
    let stem = format!("{stem}-{short}-");
    let query = ListQuery::of("paper").filter(field::PAPER_NUMBER, Test::StartsWith(stem.clone()));
    let mut query = query;
    query.bin = store::Bin::Both;
    Ok(format!("{stem}{}", reader.count(&query)? + 1))
}

/// What the machine-readable code of a page says: the paper, the page, a check; nothing personal.
fn page_code(paper: Uuid, page: u32) -> String {
    let body = format!("{paper}:{page}");
    let digest = Sha256::digest(body.as_bytes());
    format!("TZ1:{body}:{:02x}{:02x}", digest[0], digest[1])
}

fn lay_out(
    ctx: &Ctx,
    form: &OfficeForm,
    data: &Datum,
    mode: Mode,
    code: Option<&dyn Fn(u32) -> String>,
) -> Outcome<Document> {
    let lists: BTreeMap<String, Vec<TickOption>> = ctx
        .catalog
        .lists()
        .map(|list| {
            let options = list.choices.iter().filter(|c| !c.retired).map(|c| TickOption {
                code: c.code.clone(),
                label: c.label.clone(),
            });
            (list.id.clone(), options.collect())
        })
        .collect();
    let shows_pictures = form.spec.blocks.iter().any(|b| matches!(b, Block::Image(_)));
    let photos = if shows_pictures { photos(ctx, data)? } else { BTreeMap::new() };
    let options = LayoutOptions {
        mode,
        lists: Some(&lists),
        photos: Some(&photos),
        code,
        logo: form.logo.as_deref(),
        substitute: false,
    };
    let document = print::layout(&form.spec, data, &options)?;
    if document.unbound.is_empty() {
        return Ok(document);
    }
    Err(CommandError::internal(format!("{}: {}", form.spec.code, document.unbound.join(", "))))
}

/// The pictures that the data names, made fit for paper.
fn photos(ctx: &Ctx, data: &Datum) -> Outcome<BTreeMap<String, Arc<Photo>>> {
    let mut photos = BTreeMap::new();
    let Datum::Map(root) = data else { return Ok(photos) };
    let Some(Datum::List(images)) = root.get("photos") else { return Ok(photos) };
    for image in images {
        let Datum::Image(image) = image else { continue };
        let bytes = ctx.store.open_file(&image.sha256)?;
        photos.insert(image.sha256.clone(), Arc::new(Photo::prepare(&bytes)?));
    }
    Ok(photos)
}

fn emit(ctx: &Ctx, title: &str, documents: &[Document]) -> Outcome<Vec<u8>> {
    let office = ctx.office(&ctx.reader()?)?;
    let meta = Meta {
        title: title.to_owned(),
        author: office.values.text("name").unwrap_or_default().to_owned(),
        created: ctx.now(),
    };
    Ok(print::emit(documents, &meta)?)
}

fn pages(document: &Document) -> u32 {
    u32::try_from(document.pages.len()).unwrap_or(u32::MAX)
}

/// The papers of a record, or all sheets that are still out.
///
/// # Errors
/// When there is no such record.
pub fn papers(ctx: &Ctx, ask: &Papers) -> Outcome<Vec<RecordView>> {
    let reader = ctx.reader()?;
    let found = match &ask.record {
        Some(name) => {
            let record = refer::record(&reader, ctx.spec("complaint")?, name)?;
            case::papers(&reader, &record)?
        }
        None => {
            let out = ListQuery::of("paper")
                .filter(field::STATUS, Test::Eq(Value::from("printed")))
                .sorted(field::PRINTED_AT);
            reader.list(&out)?
        }
    };
    let mut viewer = Viewer::new(ctx, &reader, true);
    found.iter().map(|p| viewer.record(p)).collect()
}

/// The kept PDF again, with 补打 and the time stamped into its strip.
///
/// # Errors
/// When there is no such paper or its file is gone.
pub fn reprint(ctx: &Ctx, ask: &PaperRef) -> Outcome<PrintedFile> {
    let paper = refer::record(&ctx.reader()?, ctx.spec("paper")?, &ask.paper)?;
    let text = |f: &str| paper.values.text(f).unwrap_or_default().to_owned();
    let kept = ctx.store.open_file(&text(field::FILE))?;
    let at = domain::zh::moment_zh(&ctx.now());
    let stamp = words::say("stamp.reprint", &words::facts([("at", at)]));
    let pdf = print::stamp_reprint(&kept, &stamp)?;
    let op = ctx.op(OpKind::Print, "reprint", [("form", text(field::TITLE))])?;
    let prints = paper.values.int(field::PRINTS).unwrap_or(1) + 1;
    ctx.transact(op, |tx| {
        tx.update("paper", paper.uuid, None, &Values::new().with(field::PRINTS, prints))?;
        Ok(())
    })?;
    Ok(PrintedFile {
        name: format!("{}-{}-补打.pdf", text(field::PAPER_NUMBER), text(field::TITLE)),
        papers: vec![text(field::PAPER_NUMBER)],
        pages: u32::try_from(paper.values.int(field::PAGES).unwrap_or(0)).unwrap_or(0),
        file: None,
        pdf,
    })
}

/// Notes that a signed sheet came back, or that none has to.
///
/// # Errors
/// When there is no such paper; when neither a scan is given nor none is needed.
pub fn paper_returned(ctx: &Ctx, ask: &PaperReturned) -> Outcome<RecordView> {
    let spec = ctx.spec("paper")?;
    let paper = refer::record(&ctx.reader()?, spec, &ask.paper)?;
    let mut values = Values::new();
    match (&ask.scan, ask.not_needed) {
        (Some(scan), _) => {
            values.set(field::STATUS, "returned");
            values.set(field::RETURNED_FILE, scan.as_str());
            values.set(field::RETURNED_AT, ctx.now());
        }
        (None, true) => values.set(field::STATUS, "not_needed"),
        (None, false) => return Err(CommandError::refused("scan_missing", [])),
    }
    let title = paper.values.text(field::TITLE).unwrap_or_default().to_owned();
    let op = ctx.op(OpKind::Edit, "paper_back", [("form", title)])?;
    ctx.transact(op, |tx| Ok(tx.update("paper", paper.uuid, None, &values)?))?;
    records::shown(ctx, spec, paper.uuid)
}

impl From<PrintError> for CommandError {
    fn from(error: PrintError) -> Self {
        let (code, key, pair) = match &error {
            PrintError::Uncovered { characters } => {
                let named: Vec<String> = characters
                    .iter()
                    .map(|c| format!("{}（U+{:04X}）", c.character, u32::from(c.character)))
                    .collect();
                (Code::Refused, "refused.missing_glyphs", ("characters", named.join("、")))
            }
            PrintError::PictureUnreadable { reason } => {
                (Code::Io, "failed.image_bad", ("what", reason.clone()))
            }
            PrintError::PictureTooLarge { width, height, .. } => {
                (Code::Io, "failed.image_bad", ("what", format!("{width}×{height}")))
            }
            other => (Code::Internal, "failed.internal", ("what", other.to_string())),
        };
        Self::new(code, key, &words::facts([pair]))
    }
}
