//! From a record to the tree of values that a form is filled with. Every field of the spec is in
//! the tree, empty or not, so that a binding to a field that does not exist is found.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::complaint;
use domain::field::{
    attachment as attachment_field, complaint as complaint_field, paper as paper_field,
};
use domain::form::{Datum, FieldKind as OwnKind, FormSpec, ImageRef};
use domain::record::Record;
use domain::rules::codes;
use domain::spec::{FieldKind, FieldSpec, RegisterSpec};
use domain::value::{Value, Values};
use serde_json::{Map, Value as Json};
use store::{ListQuery, Read, Test};
use uuid::Uuid;

use crate::case::{self, CaseParts};
use crate::context::Ctx;
use crate::error::{CommandError, FieldFault, Outcome};
use crate::figures::Figures;
use crate::steps::read_moment;
use crate::view::state_label;
use crate::words;

/// How many links a binding may walk: `project.customer.name`.
const HOPS: u8 = 2;

/// Builds trees; the office and linked records are read once.
pub(crate) struct Binder<'a> {
    ctx: &'a Ctx,
    reader: &'a dyn Read,
    figures: &'a Figures,
    linked: BTreeMap<(String, String, u8), Datum>,
}

impl<'a> Binder<'a> {
    pub(crate) fn new(ctx: &'a Ctx, reader: &'a dyn Read, figures: &'a Figures) -> Self {
        Self {
            ctx,
            reader,
            figures,
            linked: BTreeMap::new(),
        }
    }

    /// The tree of a paper about one record.
    pub(crate) fn record(&mut self, record: &Record, paper: Datum) -> Outcome<Datum> {
        let Datum::Map(mut root) = self.item(record)? else {
            return Ok(Datum::Empty);
        };
        root.insert("office".to_owned(), self.office()?);
        root.insert("paper".to_owned(), paper);
        root.insert("photos".to_owned(), self.photos(record)?);
        root.insert("papers".to_owned(), self.papers(record)?);
        root.insert("archive_items".to_owned(), self.archive_items(record)?);
        Ok(Datum::Map(root))
    }

    /// The tree of a paper about many records.
    pub(crate) fn list(&mut self, records: &[Record], paper: Datum) -> Outcome<Datum> {
        let items = records
            .iter()
            .map(|r| self.item(r))
            .collect::<Outcome<Vec<_>>>()?;
        Ok(Datum::map([
            ("office", self.office()?),
            ("paper", paper),
            ("records", Datum::List(items)),
        ]))
    }

    /// The tree of a blank paper: every field is there and empty.
    pub(crate) fn blank(&mut self, register: Option<&str>, paper: Datum) -> Outcome<Datum> {
        let mut root = match register {
            Some(register) => self.fields(self.ctx.spec(register)?, &Values::new(), HOPS)?,
            None => BTreeMap::new(),
        };
        for name in ["number", "state", "accepted", "retention", "archived_at"] {
            root.insert(name.to_owned(), Datum::Empty);
        }
        for name in ["photos", "papers", "archive_items", "records", "actions"] {
            root.insert(name.to_owned(), Datum::List(Vec::new()));
        }
        root.insert("office".to_owned(), self.office()?);
        root.insert("paper".to_owned(), paper);
        Ok(Datum::Map(root))
    }

    fn item(&mut self, record: &Record) -> Outcome<Datum> {
        let spec = self.ctx.spec(&record.register)?;
        let mut fields = self.fields(spec, &record.values, HOPS)?;
        fields.insert(
            "number".to_owned(),
            Datum::text(record.number.clone().unwrap_or_default()),
        );
        let state = record.state.as_deref().unwrap_or_default();
        fields.insert(
            "state".to_owned(),
            Datum::choice(
                state,
                state_label(self.ctx.catalog, &record.register, state),
            ),
        );
        for field in spec.line_fields() {
            let Some(line_register) = field.lines.as_deref() else {
                continue;
            };
            let line_spec = self.ctx.spec(line_register)?;
            let mut lines = Vec::new();
            for line in self.reader.lines(record.uuid, line_register)? {
                lines.push(Datum::Map(self.fields(line_spec, &line.values, HOPS)?));
            }
            fields.insert(field.id.clone(), Datum::List(lines));
        }
        if record.register == complaint::WORKFLOW.register {
            fields.insert("accepted".to_owned(), accepted(record));
            let retention = complaint::retention(record);
            fields.insert(
                "retention".to_owned(),
                Datum::choice(retention, self.ctx.catalog.label("retention", retention)),
            );
            fields.insert("archived_at".to_owned(), self.archived_at(record)?);
            let days = complaint::days_open(record, self.ctx.now());
            fields.insert(
                "days_open".to_owned(),
                days.map_or(Datum::Empty, Datum::Int),
            );
            let limit = self.limit(record)?;
            fields.insert("due_at".to_owned(), limit.map_or(Datum::Empty, Datum::Date));
            fields.insert("on_time".to_owned(), self.on_time(record)?);
        }
        Ok(Datum::Map(fields))
    }

    fn fields(
        &mut self,
        spec: &RegisterSpec,
        values: &Values,
        hops: u8,
    ) -> Outcome<BTreeMap<String, Datum>> {
        let mut map = BTreeMap::new();
        for field in &spec.fields {
            let datum = match field.kind {
                FieldKind::Lines => Datum::List(Vec::new()),
                FieldKind::Computed => Datum::Empty,
                FieldKind::Link => self.link(field, values.text(&field.id), hops)?,
                _ => self.plain(field, values.get(&field.id)),
            };
            map.insert(field.id.clone(), datum);
        }
        Ok(map)
    }

    fn plain(&self, field: &FieldSpec, value: &Value) -> Datum {
        match (field.kind, value) {
            (_, Value::Null) => Datum::Empty,
            (FieldKind::Choice, Value::Text(code)) => {
                let list = field.list.as_deref().unwrap_or_default();
                Datum::choice(code.clone(), self.ctx.catalog.label(list, code))
            }
            (FieldKind::Phone, Value::Text(numbers)) => Datum::text(domain::phone::shown(numbers)),
            (_, Value::Text(text)) => Datum::text(text.clone()),
            (_, Value::Int(number)) => Datum::Int(*number),
            (_, Value::Bool(tick)) => Datum::Bool(*tick),
            (_, Value::Date(date)) => Datum::Date(*date),
            (_, Value::Moment(moment)) => Datum::Moment(*moment),
        }
    }

    /// The linked record as a map. An unset link is empty: paths through it print as empty.
    fn link(&mut self, field: &FieldSpec, uuid: Option<&str>, hops: u8) -> Outcome<Datum> {
        let (Some(uuid), Some(target)) = (uuid, field.target.as_deref()) else {
            return Ok(Datum::Empty);
        };
        if hops == 0 {
            return Ok(Datum::Empty);
        }
        let key = (target.to_owned(), uuid.to_owned(), hops);
        if let Some(datum) = self.linked.get(&key) {
            return Ok(datum.clone());
        }
        let found = match Uuid::parse_str(uuid) {
            Ok(parsed) => self.reader.get(target, parsed)?,
            Err(_) => None,
        };
        let datum = match found {
            Some(record) => {
                let mut map = self.fields(self.ctx.spec(target)?, &record.values, hops - 1)?;
                map.insert(
                    "number".to_owned(),
                    Datum::text(record.number.unwrap_or_default()),
                );
                Datum::Map(map)
            }
            None => Datum::Empty,
        };
        self.linked.insert(key, datum.clone());
        Ok(datum)
    }

    fn office(&mut self) -> Outcome<Datum> {
        let office = self.ctx.office(self.reader)?;
        let spec = self.ctx.spec("office")?;
        Ok(Datum::Map(self.fields(spec, &office.values, 1)?))
    }

    /// Photographs among the attachments of a record.
    fn photos(&self, record: &Record) -> Outcome<Datum> {
        let query = ListQuery::of("attachment")
            .filter(
                attachment_field::RECORD,
                Test::Eq(Value::from(record.uuid.to_string())),
            )
            .filter(attachment_field::KIND, Test::Eq(Value::from("photo")))
            .sorted(attachment_field::ADDED_AT);
        let photos = self.reader.list(&query)?;
        let images = photos.iter().map(|photo| {
            let text = |field: &str| photo.values.text(field).unwrap_or_default().to_owned();
            let note = text(attachment_field::NOTE);
            let caption = if note.is_empty() {
                text(attachment_field::NAME)
            } else {
                note
            };
            Datum::Image(ImageRef {
                sha256: text(attachment_field::FILE),
                caption,
            })
        });
        Ok(Datum::List(images.collect()))
    }

    /// The papers of a record, for the inner list of its file: each once, the newest print.
    fn papers(&self, record: &Record) -> Outcome<Datum> {
        let papers = case::papers(self.reader, record)?;
        let mut first_page = 1;
        let rows = papers
            .iter()
            .filter(|p| p.values.text(paper_field::FORM) != Some("F-40"));
        let rows = rows.map(|paper| {
            let text = |field: &str| Datum::text(paper.values.text(field).unwrap_or_default());
            let pages = paper.values.int(paper_field::PAGES).unwrap_or(1);
            let row = Datum::map([
                ("number", text(paper_field::PAPER_NUMBER)),
                ("form", text(paper_field::FORM)),
                ("title", text(paper_field::TITLE)),
                ("printed_by", text(paper_field::PRINTED_BY)),
                ("printed_at", moment(paper, paper_field::PRINTED_AT)),
                ("pages", Datum::Int(pages)),
                ("page_range", Datum::text(page_range(first_page, pages))),
                (
                    "returned",
                    Datum::Bool(paper.values.text(paper_field::STATUS) != Some("printed")),
                ),
                ("remark", Datum::Empty),
            ]);
            first_page += pages;
            row
        });
        Ok(Datum::List(rows.collect()))
    }

    fn archive_items(&self, record: &Record) -> Outcome<Datum> {
        if record.register != complaint::WORKFLOW.register {
            return Ok(Datum::List(Vec::new()));
        }
        let parts = CaseParts::read(self.ctx, self.reader, self.figures, record)?;
        let nothing = Values::new();
        let items = complaint::archive_items(&parts.case(record, "", &nothing));
        let rows = items.into_iter().map(|item| {
            Datum::map([
                (
                    "item",
                    Datum::choice(item.code, self.ctx.catalog.label("archive_item", item.code)),
                ),
                ("present", Datum::Bool(item.present)),
                ("waived", Datum::Bool(item.waived)),
            ])
        });
        Ok(Datum::List(rows.collect()))
    }

    /// When the case was closed into the archive, the last time; else the moment of printing its
    /// cover, which is printed to be archived.
    fn archived_at(&self, record: &Record) -> Outcome<Datum> {
        let lines = self.reader.lines(record.uuid, "complaint_action")?;
        let archived = lines
            .iter()
            .rev()
            .find(|l| l.values.text("step") == Some("archive"));
        let at = archived.and_then(|l| l.values.moment("occurred_at"));
        Ok(Datum::Moment(at.unwrap_or_else(|| self.ctx.now())))
    }

    /// The ledger column 期限: the day that was agreed for the work, else the day by which the
    /// opinion is due.
    fn limit(&self, record: &Record) -> Outcome<Option<NaiveDate>> {
        if let Some(agreed) = record.values.date(complaint_field::DUE_ON) {
            return Ok(Some(agreed));
        }
        let rows = self.reader.deadlines_of(&record.register, record.uuid)?;
        let opinion = rows
            .iter()
            .filter(|r| [codes::R_07, codes::R_09].contains(&&*r.rule));
        Ok(opinion
            .filter_map(|r| r.due_at)
            .max()
            .map(|due| due.date_naive()))
    }

    /// The ledger column 是否按期: whether the work was done by that day; empty while it is not.
    fn on_time(&self, record: &Record) -> Outcome<Datum> {
        let Some(handled) = record.values.date(complaint_field::HANDLED_AT) else {
            return Ok(Datum::Empty);
        };
        Ok(self
            .limit(record)?
            .map_or(Datum::Empty, |limit| Datum::Bool(handled <= limit)))
    }
}

/// `3`, or `3—5`.
fn page_range(first: i64, pages: i64) -> String {
    if pages > 1 {
        format!("{first}—{}", first + pages - 1)
    } else {
        first.to_string()
    }
}

fn moment(record: &Record, field: &str) -> Datum {
    record
        .values
        .moment(field)
        .map_or(Datum::Empty, Datum::Moment)
}

/// Accepted, refused, or not decided yet.
fn accepted(record: &Record) -> Datum {
    if record.values.get("accepted_at").is_null() {
        return Datum::Empty;
    }
    Datum::Bool(record.state.as_deref() != Some("refused"))
}

/// What stands on the paper itself: its number, who filled it in, its own fields as typed.
pub(crate) fn paper(
    ctx: &Ctx,
    form: &FormSpec,
    number: &str,
    filler: &str,
    typed: &Map<String, Json>,
) -> Outcome<Datum> {
    let mut map = BTreeMap::from([
        ("number".to_owned(), Datum::text(number)),
        ("filler".to_owned(), Datum::text(filler)),
        (
            "filled_on".to_owned(),
            if filler.is_empty() {
                Datum::Empty
            } else {
                Datum::Date(ctx.now().date_naive())
            },
        ),
    ]);
    let mut faults = Vec::new();
    for field in &form.fields {
        let text = typed
            .get(&field.id)
            .and_then(Json::as_str)
            .unwrap_or_default()
            .trim();
        let datum = match field.kind {
            _ if text.is_empty() => Datum::Empty,
            OwnKind::Text | OwnKind::LongText => Datum::text(text),
            OwnKind::Choice => field
                .options
                .iter()
                .find(|o| o.code == text || o.label == text)
                .map_or(Datum::Empty, |o| {
                    Datum::choice(o.code.clone(), o.label.clone())
                }),
            OwnKind::Date | OwnKind::Moment => match read_moment(text, ctx.now()) {
                Ok(m) if field.kind == OwnKind::Date => Datum::Date(m.date_naive()),
                Ok(m) => Datum::Moment(m),
                Err(_) => Datum::Empty,
            },
        };
        if datum.is_empty() && !text.is_empty() {
            let code = if field.kind == OwnKind::Choice {
                "unknown_choice"
            } else {
                "bad_date"
            };
            let options: Vec<&str> = field.options.iter().map(|o| o.label.as_str()).collect();
            let facts = words::facts([
                ("label", field.label.clone()),
                ("found", text.to_owned()),
                ("options", options.join("、")),
            ]);
            faults.push(FieldFault {
                field: field.id.clone(),
                code: code.to_owned(),
                message: words::say(&format!("problem.{code}"), &facts),
            });
        }
        map.insert(field.id.clone(), datum);
    }
    for id in typed
        .keys()
        .filter(|id| !form.fields.iter().any(|f| &f.id == *id))
    {
        let facts = words::facts([("field", id.clone())]);
        faults.push(FieldFault {
            field: id.clone(),
            code: "unknown_field".to_owned(),
            message: words::say("problem.unknown_field", &facts),
        });
    }
    if faults.is_empty() {
        Ok(Datum::Map(map))
    } else {
        Err(CommandError::invalid(faults))
    }
}
