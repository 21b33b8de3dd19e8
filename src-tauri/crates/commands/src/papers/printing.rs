//! Printing: blanks and trials leave no trace, everything else becomes a kept paper.

use domain::complaint;
use domain::field::paper as field;
use domain::form::{Datum, FormSpec, Subject};
use domain::record::Record;
use domain::value::Values;
use print::{Document, Mode};
use serde_json::{Map, Value as Json};
use store::{Bin, ListQuery, OpKind, Read, Test, Tx};

use super::sheet::{OfficeForm, emit, lay_out, mode, office_form, page_code, pages};
use super::{PrintPapers, PrintedFile};
use crate::bind::{self, Binder};
use crate::context::Ctx;
use crate::error::{CommandError, Outcome};
use crate::figures::Figures;
use crate::records::{self, ListRecords};
use crate::refer;
use crate::work::Work;

/// Most papers in one file; a PDF is put together in memory.
const BATCH_MAX: usize = 2_000;

/// Prints papers and keeps them. Files are returned; writing them to a place is the caller's.
///
/// # Errors
/// For an unknown form or record; when characters have no glyph (then nothing is printed).
pub fn print_papers(ctx: &Ctx, ask: &PrintPapers) -> Outcome<Vec<PrintedFile>> {
    print_with(ctx, ask, &Work::default())
}

/// As [`print_papers`], told about while it goes on; stopped, nothing is kept.
pub(crate) fn print_with(ctx: &Ctx, ask: &PrintPapers, work: &Work) -> Outcome<Vec<PrintedFile>> {
    let form = office_form(ctx, &ask.form)?;
    if ask.blank {
        return Ok(vec![blank(ctx, &form, ask)?]);
    }
    let records = subjects(ctx, &form.spec, ask)?;
    let filler = filler(ctx, ask)?;
    let groups = groups(&form, &records);
    if ask.trial {
        return trial(ctx, &form, &groups, &filler, ask);
    }
    keep(ctx, &form, &groups, &filler, ask, work)
}

/// Who fills the papers in.
pub(super) fn filler(ctx: &Ctx, ask: &PrintPapers) -> Outcome<String> {
    match &ask.filler {
        Some(name) => Ok(name.clone()),
        None => Ok(ctx.who()?.operator),
    }
}

/// The records of each paper.
pub(super) fn groups<'a>(form: &OfficeForm, records: &'a [Record]) -> Vec<&'a [Record]> {
    match form.spec.subject {
        Subject::List => vec![records],
        Subject::Record => records.chunks(1).collect(),
    }
}

/// The records that a print is about.
pub(super) fn subjects(ctx: &Ctx, form: &FormSpec, ask: &PrintPapers) -> Outcome<Vec<Record>> {
    let register = form
        .register
        .as_deref()
        .unwrap_or(complaint::WORKFLOW.register);
    let spec = ctx.spec(register)?;
    let reader = ctx.reader()?;
    if !ask.records.is_empty() {
        return ask
            .records
            .iter()
            .map(|name| refer::record(&reader, spec, name))
            .collect();
    }
    if form.subject == Subject::Record && ask.filters.is_empty() {
        return Err(CommandError::bad_request(
            "nothing_to_print",
            [("form", form.code.clone())],
        ));
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
            count: false,
        },
    )?;
    query.limit = None;
    let found = reader.list(&query)?;
    if found.is_empty() && form.subject == Subject::Record {
        return Err(CommandError::bad_request(
            "nothing_to_print",
            [("form", form.code.clone())],
        ));
    }
    Ok(found)
}

pub(super) fn blank(ctx: &Ctx, form: &OfficeForm, ask: &PrintPapers) -> Outcome<PrintedFile> {
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
    work: &Work,
) -> Outcome<Vec<PrintedFile>> {
    let figures = ctx.figures()?;
    work.phase("print", groups.len());
    let op = ctx.op(OpKind::Print, "print", [("form", form.spec.title.clone())])?;
    let (kept, _) = ctx.transact(op, |tx| {
        let mut kept = Vec::new();
        for (done, group) in groups.iter().enumerate() {
            work.go_on()?;
            work.done(done);
            kept.push(keep_one(
                ctx,
                tx,
                form,
                &figures,
                group,
                filler,
                &ask.values,
            )?);
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
        .with(
            field::STATUS,
            if form.spec.signed {
                "printed"
            } else {
                "not_needed"
            },
        );
    if form.spec.subject == Subject::Record
        && let Some(record) = group.first()
    {
        values.set(field::REGISTER, record.register.as_str());
        values.set(field::RECORD, record.uuid.to_string());
        if let Some(project) = record.values.text("project") {
            values.set(field::PROJECT, project);
        }
    }
    // The tree of a case runs to many pages, so it lies among the attachments like the PDF.
    let tree = serde_json::to_vec(&data).map_err(CommandError::internal)?;
    values.set(
        field::PRINTED_VALUES,
        ctx.store.put_file(&mut &tree[..])?.sha256,
    );
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

pub(super) fn tree(
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

/// Paper number: the record's number, the form and a running number; for lists the office's code
/// and the year stand for the record.
fn paper_number(
    ctx: &Ctx,
    reader: &dyn Read,
    form: &OfficeForm,
    group: &[Record],
) -> Outcome<String> {
    let stem = match (form.spec.subject, group) {
        (Subject::Record, [record]) => match &record.number {
            Some(number) => number.clone(),
            None => record
                .values
                .text("original_no")
                .unwrap_or("未编号")
                .to_owned(),
        },
        _ => {
            let office = ctx.office(reader)?;
            let code = office.values.text("code").unwrap_or_default().to_owned();
            format!("{code}-{}", ctx.now().format("%Y"))
        }
    };
    let short = form.spec.code.replace('-', "");
    let stem = format!("{stem}-{short}-");
    let mut query =
        ListQuery::of("paper").filter(field::PAPER_NUMBER, Test::StartsWith(stem.clone()));
    query.bin = Bin::Both;
    Ok(format!("{stem}{}", reader.count(&query)? + 1))
}
