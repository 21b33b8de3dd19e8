//! The invented texts of the demo, as data.

use std::sync::OnceLock;

use serde::Deserialize;

static SOURCE: &str = include_str!("../../../../../assets/demo/office.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Texts {
    pub(super) office: OfficeText,
    pub(super) department: Vec<DepartmentText>,
    pub(super) customer: Vec<CustomerText>,
    pub(super) project: Vec<ProjectText>,
    pub(super) people: People,
    pub(super) matter: Vec<Matter>,
    pub(super) long_matter: LongMatter,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OfficeText {
    pub(super) name: String,
    pub(super) short_name: String,
    pub(super) code: String,
    pub(super) company: String,
    pub(super) address: String,
    pub(super) phone: String,
    pub(super) hotline: String,
    pub(super) reception: String,
    pub(super) operator: String,
    pub(super) site: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DepartmentText {
    pub(super) name: String,
    pub(super) head: String,
    #[serde(default)]
    pub(super) complaint_body: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CustomerText {
    pub(super) name: String,
    pub(super) kind: String,
    #[serde(default)]
    pub(super) legal_representative: String,
    pub(super) contact_name: String,
    pub(super) phone: String,
    pub(super) address: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProjectText {
    pub(super) name: String,
    pub(super) code: String,
    /// A road or a pipe: nothing happens indoors.
    #[serde(default)]
    pub(super) outdoor: bool,
    pub(super) city: String,
    pub(super) address: String,
    pub(super) area: i64,
    pub(super) structure: String,
    pub(super) phase: String,
    pub(super) customer: usize,
    pub(super) designer: String,
    pub(super) supervisor: String,
    pub(super) started_on: String,
    #[serde(default)]
    pub(super) accepted_on: String,
    pub(super) manager: String,
    pub(super) phone: String,
    pub(super) units: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct People {
    pub(super) surnames: Vec<String>,
    pub(super) given: Vec<String>,
    pub(super) receivers: Vec<String>,
    pub(super) handlers: Vec<String>,
    pub(super) leaders: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Matter {
    /// Happens only inside a building.
    #[serde(default)]
    pub(super) indoor: bool,
    pub(super) class: String,
    pub(super) content: String,
    pub(super) demand: String,
    pub(super) facts: String,
    pub(super) cause: String,
    pub(super) opinion: String,
    pub(super) result: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LongMatter {
    pub(super) class: String,
    pub(super) content: String,
    pub(super) detail: String,
    pub(super) demand: String,
}

/// The texts, read once.
pub(super) fn texts() -> &'static Texts {
    static TEXTS: OnceLock<Texts> = OnceLock::new();
    TEXTS.get_or_init(|| {
        toml::from_str(SOURCE).unwrap_or_else(|e| panic!("BUG: assets/demo/office.toml: {e}"))
    })
}
