//! An office's own wording of a form: versioned data applied on a [`FormSpec`], never a file edit.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::blocks::{Block, Place};
use super::cells::Cell;
use super::check::FormFault;
use super::datum::ImageRef;
use super::spec::{FormSpec, Margins};
use super::template::Template;

/// What an office changes on a form (domain.md 2.10, customs 2 and 6).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FormOverride {
    /// Version of the override, kept with every paper printed under it.
    pub version: u32,
    /// Another title.
    pub title: Option<String>,
    /// Another printed code, such as `HW-B-16-02 / A0`.
    pub code: Option<String>,
    /// Other words. A key is a block id (prose), `id.left`, `id.center`, `id.right` (key line),
    /// `id.over`, `id.text`, `id.under` (title), a cell id, or the label as the form has it.
    pub wording: BTreeMap<String, String>,
    /// Other signature places, by block id.
    pub signatures: BTreeMap<String, Vec<Place>>,
    /// Other margins; columns are scaled to the new width.
    pub margins: Option<Margins>,
    /// A mark printed at the upper left.
    pub logo: Option<ImageRef>,
}

/// An override that does not fit its form.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OverrideError {
    /// Keys that the form does not have.
    #[error("the form has nothing called {}", keys.join(", "))]
    UnknownKeys {
        /// The keys.
        keys: Vec<String>,
    },
    /// Words that are not a template.
    #[error("`{key}`: {message}")]
    Wording {
        /// The key.
        key: String,
        /// What is wrong.
        message: String,
    },
    /// The changed form would break a rule.
    #[error(transparent)]
    Fault(#[from] FormFault),
}

impl FormOverride {
    /// The form as the office prints it. The logo is not part of it; layout takes it separately.
    ///
    /// # Errors
    /// [`OverrideError`] when a key is unknown, words are no template, or margins leave no room.
    pub fn apply(&self, form: &FormSpec) -> Result<FormSpec, OverrideError> {
        let mut form = form.clone();
        let mut wording = Wording {
            words: &self.wording,
            used: BTreeSet::new(),
        };
        for block in &mut form.blocks {
            wording.block(block)?;
            if let Block::Signatures(signatures) = block
                && let Some(places) = self.signatures.get(&signatures.id)
            {
                signatures.places.clone_from(places);
                wording.used.insert(signatures.id.clone());
            }
        }
        let keys: Vec<String> = self
            .wording
            .keys()
            .chain(self.signatures.keys())
            .filter(|key| !wording.used.contains(*key))
            .cloned()
            .collect();
        if !keys.is_empty() {
            return Err(OverrideError::UnknownKeys { keys });
        }
        if let Some(title) = &self.title {
            form.title.clone_from(title);
        }
        if let Some(code) = &self.code {
            form.code.clone_from(code);
        }
        if let Some(margins) = self.margins {
            set_margins(&mut form, margins);
        }
        match form.faults().into_iter().next() {
            Some(fault) => Err(fault.into()),
            None => Ok(form),
        }
    }
}

/// Scales columns so that they fill the new width exactly; the last one takes the rest.
fn set_margins(form: &mut FormSpec, margins: Margins) {
    let old = i64::from(form.text_width().0);
    form.page.margins = margins;
    let new = i64::from(form.text_width().0);
    for block in &mut form.blocks {
        let columns = match block {
            Block::Grid(grid) => &mut grid.columns,
            Block::Rows(rows) => &mut rows.columns,
            _ => continue,
        };
        let mut edge = 0_i64;
        let mut scaled_edge = 0_i64;
        for column in columns.iter_mut() {
            edge += i64::from(column.0);
            let next = edge * new / old.max(1);
            column.0 = i32::try_from(next - scaled_edge).unwrap_or(0);
            scaled_edge = next;
        }
    }
}

struct Wording<'a> {
    words: &'a BTreeMap<String, String>,
    used: BTreeSet<String>,
}

impl Wording<'_> {
    fn block(&mut self, block: &mut Block) -> Result<(), OverrideError> {
        match block {
            Block::Title(title) => {
                let id = title.id.clone();
                self.part(&id, "over", &mut title.over)?;
                self.part(&id, "text", &mut title.text)?;
                self.part(&id, "under", &mut title.under)
            }
            Block::KeyLine(line) => {
                let id = line.id.clone();
                self.part(&id, "left", &mut line.left)?;
                self.part(&id, "center", &mut line.center)?;
                self.part(&id, "right", &mut line.right)
            }
            Block::Grid(grid) => grid
                .rows
                .iter_mut()
                .flat_map(|row| &mut row.cells)
                .try_for_each(|c| self.cell(c)),
            Block::Rows(rows) => [&mut rows.heads, &mut rows.rows, &mut rows.feet]
                .into_iter()
                .flatten()
                .flat_map(|row| &mut row.cells)
                .try_for_each(|cell| self.cell(cell)),
            Block::Prose(prose) => {
                let id = prose.id.clone();
                if let Some(template) = self.template(&id)? {
                    prose.text = template;
                }
                Ok(())
            }
            Block::Signatures(_) | Block::Image(_) | Block::Code(_) | Block::PageBreak {} => Ok(()),
        }
    }

    fn cell(&mut self, cell: &mut Cell) -> Result<(), OverrideError> {
        let keys: Vec<String> = cell.id.iter().chain(&cell.label).cloned().collect();
        for key in keys {
            let Some(template) = self.template(&key)? else {
                continue;
            };
            if cell.label.is_some() {
                cell.label = Some(template.to_string());
            } else if cell.text.is_some() {
                cell.text = Some(template);
            }
        }
        Ok(())
    }

    fn part(
        &mut self,
        id: &str,
        part: &str,
        target: &mut Option<Template>,
    ) -> Result<(), OverrideError> {
        if let Some(template) = self.template(&format!("{id}.{part}"))? {
            *target = Some(template);
        }
        Ok(())
    }

    fn template(&mut self, key: &str) -> Result<Option<Template>, OverrideError> {
        let Some(words) = self.words.get(key) else {
            return Ok(None);
        };
        self.used.insert(key.to_owned());
        let template = Template::parse(words).map_err(|message| OverrideError::Wording {
            key: key.to_owned(),
            message,
        })?;
        Ok(Some(template))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{Mm, catalog};

    #[test]
    fn an_office_prints_its_own_words_code_and_margins() {
        let form = catalog::newest("F-02").expect("built in");
        let change = FormOverride {
            version: 3,
            title: Some("投诉处理单".into()),
            code: Some("HW-B-16-02 / A0".into()),
            wording: BTreeMap::from([("投诉单位".into(), "反映单位".into())]),
            margins: Some(Margins {
                left: Mm::whole(25),
                ..form.page.margins
            }),
            ..FormOverride::default()
        };
        let changed = change.apply(form).expect("fits");
        assert_eq!(changed.title, "投诉处理单");
        assert_eq!(changed.code, "HW-B-16-02 / A0");
        assert!(format!("{changed:?}").contains("反映单位"));
        assert!(!format!("{changed:?}").contains("投诉单位"));
    }

    #[test]
    fn a_key_that_the_form_does_not_have_is_refused() {
        let form = catalog::newest("F-02").expect("built in");
        let change = FormOverride {
            wording: BTreeMap::from([("没有的标签".into(), "甲".into())]),
            ..FormOverride::default()
        };
        let keys = vec!["没有的标签".to_owned()];
        assert_eq!(change.apply(form), Err(OverrideError::UnknownKeys { keys }));
    }
}
