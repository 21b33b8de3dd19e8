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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{Subject, TickOption, catalog};
    use crate::spec::Catalog;

    /// Fields of a case that no register stores: the program derives them.
    const DERIVED: [&str; 9] = [
        "number",
        "state",
        "accepted",
        "due_at",
        "on_time",
        "photos",
        "papers",
        "retention",
        "archived_at",
    ];
    const PAPER: [&str; 3] = ["number", "filler", "filled_on"];
    const PAPERS: [&str; 5] = ["number", "title", "printed_by", "printed_at", "page_range"];

    /// Walks field names from a register; the name that no spec has, if any.
    fn stray(register: &str, names: &[&str]) -> Option<String> {
        let (first, rest) = names.split_first()?;
        let spec = Catalog::builtin().register(register).expect("a register");
        let derived = register == "complaint" && DERIVED.contains(first);
        match spec.field(first) {
            None if derived && rest.iter().all(|name| PAPERS.contains(name)) => None,
            None => Some(format!("{register}.{first}")),
            Some(field) => match (field.target.as_deref(), field.lines.as_deref()) {
                (Some(target), _) | (None, Some(target)) => stray(target, rest),
                (None, None) => rest
                    .first()
                    .map(|name| format!("{register}.{first}.{name}")),
            },
        }
    }

    fn strays(form: &FormSpec) -> Vec<String> {
        let register = form.register.as_deref().expect("a register");
        let own: Vec<&str> = form.fields.iter().map(|field| field.id.as_str()).collect();
        let check = |path: &Path| {
            let names: Vec<&str> = path.fields().collect();
            match (names.as_slice(), form.subject) {
                ([], _) | (["records"], Subject::List) => None,
                (["paper", name], _) => {
                    (!PAPER.contains(name) && !own.contains(name)).then(|| format!("paper.{name}"))
                }
                (["office", rest @ ..], _) => stray("office", rest),
                (["records", rest @ ..], Subject::List) => stray(register, rest),
                (names, Subject::Record) => stray(register, names),
                (names, Subject::List) => Some(names.join(".")),
            }
        };
        form.paths()
            .iter()
            .filter_map(|(_, path)| check(path))
            .collect()
    }

    #[test]
    fn every_binding_of_every_form_is_a_field_of_its_register() {
        for form in catalog::all() {
            assert_eq!(strays(form), Vec::<String>::new(), "{}", form.code);
        }
    }

    #[test]
    fn a_misspelt_binding_is_found() {
        let form = catalog::newest("F-02").expect("built in");
        let mut broken = form.clone();
        for block in &mut broken.blocks {
            if let Block::KeyLine(line) = block {
                line.right = Template::parse("{project.nam}{handeld_at}{office.fax}").ok();
            }
        }
        assert_eq!(
            strays(&broken),
            ["project.nam", "complaint.handeld_at", "office.fax"]
        );
    }

    #[test]
    fn tick_boxes_of_forms_are_choices_of_their_lists() {
        let catalog = Catalog::builtin();
        for form in catalog::all() {
            for cell in form.blocks.iter().flat_map(cells) {
                let Some(ticks) = &cell.ticks else { continue };
                if let Some(list) = &ticks.list {
                    assert!(
                        catalog.list(list).is_some(),
                        "{}: no list {list}",
                        form.code
                    );
                }
                let names: Vec<&str> = ticks.value.fields().collect();
                let field = match names.as_slice() {
                    [name] => catalog
                        .register("complaint")
                        .and_then(|spec| spec.field(name)),
                    _ => None,
                };
                let Some(list) = field.and_then(|field| catalog.list_of(field)) else {
                    continue;
                };
                for TickOption { code, label } in &ticks.options {
                    let choice = list.choices.iter().find(|choice| choice.code == *code);
                    let known = choice.map(|choice| choice.label.as_str());
                    assert_eq!(known, Some(label.as_str()), "{}: {code}", form.code);
                }
            }
        }
    }

    fn cells(block: &Block) -> Vec<&Cell> {
        match block {
            Block::Grid(grid) => grid.rows.iter().flat_map(|row| &row.cells).collect(),
            _ => Vec::new(),
        }
    }
}
