//! Every path that a form reads, for tests that hold forms against register specs.

use super::blocks::Block;
use super::cells::{Cell, Ticks};
use super::path::{Condition, Path, Step};
use super::spec::FormSpec;
use super::template::Template;

impl FormSpec {
    /// Every path of the form with the id of its block, from the root of the data: paths of
    /// repeated rows are given behind the path of their list, so a test can hold them against the
    /// register specs.
    #[must_use]
    pub fn paths(&self) -> Vec<(String, Path)> {
        let mut found = Vec::new();
        for running in [Some(&self.page.header), self.page.footer.as_ref()]
            .into_iter()
            .flatten()
        {
            for template in [&running.left, &running.center, &running.right]
                .into_iter()
                .flatten()
            {
                gather_template(template, &mut |path| found.push(("page".to_owned(), path)));
            }
        }
        for block in &self.blocks {
            let id = block.id().to_owned();
            block.each_path(&mut |path| found.push((id.clone(), path)));
        }
        found
    }
}

fn gather_template(template: &Template, take: &mut dyn FnMut(Path)) {
    for binding in template.bindings() {
        take(binding.path.clone());
    }
}

fn under(list: &Path, path: Path) -> Option<Path> {
    if path.is_number() {
        return None;
    }
    if !path.relative {
        return Some(path);
    }
    let steps: Vec<Step> = list.steps.iter().cloned().chain(path.steps).collect();
    Some(Path {
        relative: list.relative,
        steps,
    })
}

impl Cell {
    pub(super) fn each_path(&self, take: &mut dyn FnMut(Path)) {
        if let Some(value) = &self.value {
            take(value.path.clone());
        }
        if let Some(text) = &self.text {
            gather_template(text, take);
        }
        if let Some(Ticks { value, .. }) = &self.ticks {
            take(value.clone());
        }
        if let Some(dated) = self.sign.as_ref().and_then(|sign| sign.dated.as_ref()) {
            take(dated.path.clone());
        }
    }
}

impl Block {
    /// Key of the block for overrides; empty when it has none.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Title(block) => &block.id,
            Self::KeyLine(block) => &block.id,
            Self::Grid(block) => &block.id,
            Self::Rows(block) => &block.id,
            Self::Prose(block) => &block.id,
            Self::Signatures(block) => &block.id,
            Self::Image(block) => &block.id,
            Self::Code(_) | Self::PageBreak {} => "",
        }
    }

    /// When the block is shown; always without one.
    #[must_use]
    pub fn condition(&self) -> Option<&Condition> {
        match self {
            Self::Title(block) => block.when.as_ref(),
            Self::KeyLine(block) => block.when.as_ref(),
            Self::Grid(block) => block.when.as_ref(),
            Self::Rows(block) => block.when.as_ref(),
            Self::Prose(block) => block.when.as_ref(),
            Self::Signatures(block) => block.when.as_ref(),
            Self::Image(block) => block.when.as_ref(),
            Self::Code(_) | Self::PageBreak {} => None,
        }
    }

    fn each_path(&self, take: &mut dyn FnMut(Path)) {
        if let Some(condition) = self.condition() {
            take(condition.path.clone());
        }
        let mut each = |templates: &[&Option<Template>]| {
            for template in templates.iter().copied().flatten() {
                gather_template(template, take);
            }
        };
        match self {
            Self::Title(block) => each(&[&block.over, &block.text, &block.under]),
            Self::KeyLine(block) => each(&[&block.left, &block.center, &block.right]),
            Self::Grid(block) => {
                for cell in block.rows.iter().flat_map(|row| &row.cells) {
                    cell.each_path(take);
                }
            }
            Self::Rows(block) => {
                take(block.of.clone());
                let parts = [&block.heads, &block.rows, &block.feet];
                for cell in parts.into_iter().flatten().flat_map(|row| &row.cells) {
                    cell.each_path(&mut |path| {
                        if let Some(path) = under(&block.of, path) {
                            take(path);
                        }
                    });
                }
            }
            Self::Prose(block) => gather_template(&block.text, take),
            Self::Signatures(block) => {
                for place in &block.places {
                    gather_template(&place.label, take);
                    if let Some(dated) = &place.dated {
                        take(dated.path.clone());
                    }
                }
            }
            Self::Image(block) => take(block.of.clone()),
            Self::Code(_) | Self::PageBreak {} => {}
        }
    }
}
