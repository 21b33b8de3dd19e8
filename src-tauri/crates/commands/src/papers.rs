//! Papers: printing forms, keeping what was printed, reprints, signed sheets that come back.
//!
//! A finished paper keeps the values as printed, the form's version, the head of the history chain
//! and the PDF itself. Blank forms and trial prints are not papers and leave no trace.

mod change;
mod preview;
mod printing;
mod sheet;

use domain::field::paper as field;
use domain::form::{FieldKind as OwnKind, OwnField, Subject, catalog};
use domain::value::{Value, Values};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use store::{ListQuery, OpKind, Read, Test};

use crate::case;
use crate::context::Ctx;
use crate::error::{CommandError, Outcome};
use crate::records::{self, Condition};
use crate::refer;
use crate::table::Nothing;
use crate::view::{RecordView, Viewer};
use crate::words;

pub use change::{ChangeForm, FormChanged, change_form};
pub(crate) use preview::preview;
pub use preview::{Warning, WarningKind};
pub use printing::print_papers;
pub(crate) use printing::print_with;

/// Prints a form.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct PrintPapers {
    /// Form code or title.
    pub form: String,
    /// Records, by number, name or identifier.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub records: Vec<String>,
    /// Or all records that fit.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub filters: Vec<Condition>,
    /// A blank form for the pen.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub blank: bool,
    /// The paper's own fields, as typed.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub values: Map<String, Json>,
    /// Who fills the paper in; missing means the operator.
    #[serde(default)]
    pub filler: Option<String>,
    /// One file for all.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub merge: bool,
    /// Only to look at: nothing is kept.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub trial: bool,
}

/// One file that was printed.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
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
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
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
    /// The fields that only the paper has.
    pub own_fields: Vec<OwnFieldView>,
}

/// A field that only the paper has.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct OwnFieldView {
    /// Id.
    pub id: String,
    /// Label.
    pub label: String,
    /// `text`, `long_text`, `date`, `moment` or `choice`.
    pub kind: String,
    /// Code and label of what can be chosen.
    pub options: Vec<(String, String)>,
}

fn own_field(field: &OwnField) -> OwnFieldView {
    let kind = match field.kind {
        OwnKind::Text => "text",
        OwnKind::LongText => "long_text",
        OwnKind::Date => "date",
        OwnKind::Moment => "moment",
        OwnKind::Choice => "choice",
    };
    OwnFieldView {
        id: field.id.clone(),
        label: field.label.clone(),
        kind: kind.to_owned(),
        options: field
            .options
            .iter()
            .map(|o| (o.code.clone(), o.label.clone()))
            .collect(),
    }
}

/// Asks for papers.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct Papers {
    /// Those of one complaint; missing means all sheets that are still out.
    #[serde(default)]
    pub record: Option<String>,
}

/// Names one paper.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct PaperRef {
    /// Paper number.
    pub paper: String,
}

/// A signed sheet came back.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct PaperReturned {
    /// Paper number.
    pub paper: String,
    /// Hash of the scan among the attachments.
    #[serde(default)]
    pub scan: Option<String>,
    /// No sheet has to come back.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
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
            own_fields: f.fields.iter().map(own_field).collect(),
        })
        .collect())
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
        tx.update(
            "paper",
            paper.uuid,
            None,
            &Values::new().with(field::PRINTS, prints),
        )?;
        Ok(())
    })?;
    Ok(PrintedFile {
        name: format!(
            "{}-{}-补打.pdf",
            text(field::PAPER_NUMBER),
            text(field::TITLE)
        ),
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
    let title = paper
        .values
        .text(field::TITLE)
        .unwrap_or_default()
        .to_owned();
    let op = ctx.op(OpKind::Edit, "paper_back", [("form", title)])?;
    ctx.transact(op, |tx| Ok(tx.update("paper", paper.uuid, None, &values)?))?;
    records::shown(ctx, spec, paper.uuid)
}

/// Makes papers void of which no sheet came out of the printer. Their numbers stay visible.
///
/// # Errors
/// When there is no such paper.
pub(crate) fn void(ctx: &Ctx, numbers: &[&str]) -> Outcome<()> {
    if numbers.is_empty() {
        return Ok(());
    }
    let spec = ctx.spec("paper")?;
    let reader = ctx.reader()?;
    let papers = numbers
        .iter()
        .map(|number| refer::record(&reader, spec, number))
        .collect::<Outcome<Vec<_>>>()?;
    let status = Values::new().with(field::STATUS, "void");
    let op = ctx.op(OpKind::Print, "not_printed", [])?;
    ctx.transact(op, |tx| {
        for paper in &papers {
            tx.update("paper", paper.uuid, None, &status)?;
        }
        Ok(())
    })?;
    Ok(())
}
