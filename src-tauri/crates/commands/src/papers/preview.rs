//! Papers as they would be printed, with what to look at before: what stays empty, what was
//! printed already, characters that no face has. Nothing is kept and no number is given.

use std::collections::BTreeMap;

use domain::field::paper as field;
use domain::form::{Block, Cell, Datum, Scope, Subject};
use domain::record::Record;
use domain::value::Value;
use print::{Document, Mode};
use serde::Serialize;
use store::{ListQuery, Read, Test};

use super::PrintPapers;
use super::printing::{blank, filler, groups, subjects, tree};
use super::sheet::{OfficeForm, emit, lay_out, lay_out_all, mode, office_form, pages};
use crate::bind::{self, Binder};
use crate::context::Ctx;
use crate::error::{Code, Outcome};
use crate::words;
use crate::work::Work;

/// Most labels that one warning names.
const NAMED: usize = 12;

/// What a warning is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum WarningKind {
    /// Nothing wrong: how many pages there are.
    Fits,
    /// Places that stay empty.
    Blank,
    /// Printed before.
    Reprint,
    /// Characters that no face has: printing refuses them.
    Glyph,
}

/// What to look at before printing.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct Warning {
    /// What it is about.
    pub kind: WarningKind,
    /// In words.
    pub message: String,
}

/// Papers as they would be printed.
pub(crate) struct Seen {
    /// All of them, one after the other.
    pub(crate) pdf: Vec<u8>,
    /// Names and pages of the files.
    pub(crate) files: Vec<(String, u32)>,
    pub(crate) warnings: Vec<Warning>,
}

/// Lays papers out without keeping them.
pub(crate) fn preview(ctx: &Ctx, ask: &PrintPapers, work: &Work) -> Outcome<Seen> {
    let form = office_form(ctx, &ask.form)?;
    if ask.blank {
        let file = blank(ctx, &form, ask)?;
        return Ok(Seen {
            warnings: vec![fits(file.pages)],
            files: vec![(file.name, file.pages)],
            pdf: file.pdf,
        });
    }
    let records = subjects(ctx, &form.spec, ask)?;
    let filler = filler(ctx, ask)?;
    let groups = groups(&form, &records);
    let reader = ctx.reader()?;
    let figures = ctx.figures()?;
    let mut binder = Binder::new(ctx, &reader, &figures);
    let mut empty = Empty::default();
    let mut glyphs = None;
    let mut documents = Vec::new();
    work.phase("lay_out", groups.len());
    for (done, group) in groups.iter().enumerate() {
        work.go_on()?;
        work.done(done);
        let paper = bind::paper(ctx, &form.spec, "", &filler, &ask.values)?;
        let data = tree(&mut binder, &form, group, paper)?;
        let mode = mode(&form.spec, group);
        documents.push(match lay_out(ctx, &form, &data, mode, None) {
            Err(fault) if fault.code == Code::Refused => {
                glyphs.get_or_insert(fault.message);
                lay_out_all(ctx, &form, &data, mode)?
            }
            laid => laid?,
        });
        empty.gather(&form, &data, mode);
    }
    work.phase("emit", 0);
    let mut warnings = vec![fits(documents.iter().map(pages).sum())];
    warnings.extend(glyphs.map(|message| Warning {
        kind: WarningKind::Glyph,
        message,
    }));
    warnings.extend(empty.warning(groups.len()));
    warnings.extend(printed_before(&reader, &form, &groups)?);
    Ok(Seen {
        pdf: emit(ctx, &form.spec.title, &documents)?,
        files: files(&form, &groups, &documents, ask.merge),
        warnings,
    })
}

fn warning<const N: usize>(kind: WarningKind, key: &str, pairs: [(&str, String); N]) -> Warning {
    Warning {
        kind,
        message: words::say(&format!("printing.{key}"), &words::facts(pairs)),
    }
}

fn fits(pages: u32) -> Warning {
    warning(WarningKind::Fits, "fits", [("pages", pages.to_string())])
}

/// Names of the files that printing would make; the papers' own numbers are given only then.
fn files(
    form: &OfficeForm,
    groups: &[&[Record]],
    documents: &[Document],
    merge: bool,
) -> Vec<(String, u32)> {
    let title = &form.spec.title;
    if merge && documents.len() > 1 {
        return vec![(
            format!("{}-{title}.pdf", form.spec.code),
            documents.iter().map(pages).sum(),
        )];
    }
    let name = |group: &[Record]| match (form.spec.subject, group) {
        (Subject::Record, [record]) => record.number.clone().unwrap_or_default(),
        _ => form.spec.code.clone(),
    };
    let each = groups.iter().zip(documents);
    each.map(|(group, document)| (format!("{}-{title}.pdf", name(group)), pages(document)))
        .collect()
}

/// Places that stay empty, by their labels, and on how many papers.
#[derive(Default)]
struct Empty(BTreeMap<(usize, String), usize>);

impl Empty {
    /// Gathers the empty places of one paper. Places for ink and for later are no omission.
    fn gather(&mut self, form: &OfficeForm, data: &Datum, mode: Mode) {
        if mode == Mode::Blank {
            return;
        }
        let scope = Scope::root(data);
        let mut place = 0;
        for block in &form.spec.blocks {
            let Block::Grid(grid) = block else { continue };
            let shown = grid.when.as_ref().is_none_or(|when| {
                let value = scope.find(&when.path);
                value.is_ok_and(|v| v.is_code(&when.value))
            });
            if !shown {
                continue;
            }
            for row in &grid.rows {
                for pair in row.cells.windows(2) {
                    place += 1;
                    if let [named, cell] = pair
                        && let Some(label) = &named.label
                        && is_empty(cell, scope)
                    {
                        let at = (place, label.replace(['\n', ' '], ""));
                        *self.0.entry(at).or_default() += 1;
                    }
                }
            }
        }
    }

    fn warning(self, papers: usize) -> Option<Warning> {
        if self.0.is_empty() {
            return None;
        }
        let rest = self.0.len() > NAMED;
        let labels: Vec<String> = self
            .0
            .into_iter()
            .take(NAMED)
            .map(|((_, label), count)| match papers {
                1 => label,
                _ => format!("{label}（{count} 份）"),
            })
            .collect();
        let key = if rest { "blank_more" } else { "blank" };
        Some(warning(
            WarningKind::Blank,
            key,
            [("labels", labels.join("、"))],
        ))
    }
}

fn is_empty(cell: &Cell, scope: Scope<'_>) -> bool {
    let path = match (&cell.value, &cell.ticks) {
        _ if cell.ink => return false,
        (Some(binding), _) => &binding.path,
        (None, Some(ticks)) => &ticks.value,
        _ => return false,
    };
    scope.find(path).is_ok_and(|value| value.is_empty())
}

/// Records of which a paper of this form is kept already.
fn printed_before(
    reader: &dyn Read,
    form: &OfficeForm,
    groups: &[&[Record]],
) -> Outcome<Option<Warning>> {
    if form.spec.subject != Subject::Record {
        return Ok(None);
    }
    let mut known = Vec::new();
    for record in groups.iter().copied().flatten() {
        let query = ListQuery::of("paper")
            .filter(
                field::RECORD,
                Test::Eq(Value::from(record.uuid.to_string())),
            )
            .filter(field::FORM, Test::Eq(Value::from(form.spec.code.as_str())))
            .sorted_down(field::PRINTED_AT)
            .take(1);
        known.extend(reader.list(&query)?);
    }
    let Some(first) = known.first() else {
        return Ok(None);
    };
    let number = first.values.text(field::PAPER_NUMBER).unwrap_or_default();
    let kind = WarningKind::Reprint;
    Ok(Some(if groups.len() == 1 {
        let at = first.values.moment(field::PRINTED_AT);
        let at = at.map(|at| at.format("%Y-%m-%d").to_string());
        let pairs = [("paper", number.to_owned()), ("at", at.unwrap_or_default())];
        warning(kind, "reprint", pairs)
    } else {
        warning(kind, "reprints", [("count", known.len().to_string())])
    }))
}
