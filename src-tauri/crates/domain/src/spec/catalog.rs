//! All specs and lists together, parsed and checked once.
//!
//! A fault in an asset is a fault of the program, so the built-in catalogue panics on one (a test
//! reads it); [`Catalog::parse`] answers with the file and the line for those who write specs.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use include_dir::{Dir, include_dir};
use thiserror::Error;

use super::{Condition, FieldKind, FieldSpec, RegisterSpec, list::ChoiceList};

static REGISTERS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../../assets/registers");
static LISTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../../assets/lists");

/// A fault in a spec or list file.
#[derive(Debug, Error)]
pub enum SpecError {
    /// The file is no TOML of the expected shape; the text names line, key and alternatives.
    #[error("{file}: {source}")]
    Syntax {
        /// File name.
        file: String,
        /// What the parser says, with line and column.
        source: Box<toml::de::Error>,
    },
    /// The file is well formed but does not fit the others or itself.
    #[error("{file}:{line}: {what}")]
    Meaning {
        /// File name.
        file: String,
        /// Line of the field or register, counted from 1.
        line: usize,
        /// What does not fit.
        what: String,
    },
}

/// Every register spec and choice list.
#[derive(Debug, Clone)]
pub struct Catalog {
    registers: BTreeMap<String, RegisterSpec>,
    lists: BTreeMap<String, ChoiceList>,
}

impl Catalog {
    /// The catalogue that is compiled into the program.
    #[must_use]
    pub fn builtin() -> &'static Self {
        static BUILTIN: OnceLock<Catalog> = OnceLock::new();
        BUILTIN.get_or_init(|| {
            Self::parse(&files(&REGISTERS), &files(&LISTS))
                .unwrap_or_else(|fault| panic!("BUG: asset {fault}"))
        })
    }

    /// Parses and checks spec files and list files, given as name and text.
    ///
    /// # Errors
    /// The first fault, with its file and line.
    pub fn parse(
        registers: &[(String, String)],
        lists: &[(String, String)],
    ) -> Result<Self, SpecError> {
        let mut catalog = Self {
            registers: BTreeMap::new(),
            lists: BTreeMap::new(),
        };
        for (file, text) in lists {
            let list: ChoiceList = read(file, text)?;
            expect_name(file, &list.id)?;
            catalog.lists.insert(list.id.clone(), list);
        }
        for (file, text) in registers {
            let spec: RegisterSpec = read(file, text)?;
            expect_name(file, &spec.id)?;
            catalog.registers.insert(spec.id.clone(), spec);
        }
        for (file, text) in registers {
            let id = file.trim_end_matches(".toml");
            if let Some(spec) = catalog.registers.get(id) {
                catalog.check(spec, file, text)?;
            }
        }
        Ok(catalog)
    }

    /// The spec of a register or line register.
    #[must_use]
    pub fn register(&self, id: &str) -> Option<&RegisterSpec> {
        self.registers.get(id)
    }

    /// All specs, by id.
    pub fn registers(&self) -> impl Iterator<Item = &RegisterSpec> {
        self.registers.values()
    }

    /// The choice list of this id.
    #[must_use]
    pub fn list(&self, id: &str) -> Option<&ChoiceList> {
        self.lists.get(id)
    }

    /// All choice lists, by id.
    pub fn lists(&self) -> impl Iterator<Item = &ChoiceList> {
        self.lists.values()
    }

    /// The choice list of a field, if it is a choice.
    #[must_use]
    pub fn list_of(&self, field: &FieldSpec) -> Option<&ChoiceList> {
        field.list.as_deref().and_then(|id| self.list(id))
    }

    /// The label of a code; the code itself when the list does not know it (an old record).
    #[must_use]
    pub fn label<'a>(&'a self, list: &str, code: &'a str) -> &'a str {
        self.list(list)
            .and_then(|l| l.by_code(code))
            .map_or(code, |c| c.label.as_str())
    }

    /// Checks one spec against itself and the other files.
    fn check(&self, spec: &RegisterSpec, file: &str, text: &str) -> Result<(), SpecError> {
        let fault = |id: &str, what: String| SpecError::Meaning {
            file: file.to_owned(),
            line: line_of(text, id),
            what,
        };
        for wanted in [Some(&spec.title), spec.event.as_ref()]
            .into_iter()
            .flatten()
        {
            if spec.field(wanted).is_none() {
                return Err(fault(&spec.id, format!("no field {wanted}")));
            }
        }
        if let Some(parent) = &spec.parent
            && self.register(parent).is_none()
        {
            return Err(fault(&spec.id, format!("no register {parent} to stand in")));
        }
        for (at, field) in spec.fields.iter().enumerate() {
            if spec.fields[..at].iter().any(|f| f.id == field.id) {
                return Err(fault(&field.id, format!("field {} stands twice", field.id)));
            }
            self.check_field(spec, field)
                .map_err(|what| fault(&field.id, what))?;
        }
        Ok(())
    }

    /// Checks one field; the answer says what does not fit.
    fn check_field(&self, spec: &RegisterSpec, field: &FieldSpec) -> Result<(), String> {
        let id = &field.id;
        if !id
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        {
            return Err(format!("field id {id} is not lower snake case"));
        }
        if SYSTEM_COLUMNS.contains(&id.as_str()) {
            return Err(format!("{id} is a column that every table has"));
        }
        if !field.section.is_empty() && !spec.sections.iter().any(|s| s.id == field.section) {
            return Err(format!(
                "field {id} stands in no section: {}",
                field.section
            ));
        }
        match (&field.list, field.kind) {
            (Some(list), FieldKind::Choice) if self.list(list).is_none() => {
                return Err(format!("no choice list {list}"));
            }
            (Some(_), FieldKind::Choice) | (None, _) => {}
            (Some(_), _) => return Err(format!("only a choice has a list: {id}")),
        }
        needs(field, FieldKind::Choice, field.list.is_some(), "list")?;
        needs(field, FieldKind::Link, field.target.is_some(), "target")?;
        needs(field, FieldKind::Lines, field.lines.is_some(), "lines")?;
        needs(
            field,
            FieldKind::Computed,
            field.function.is_some(),
            "function",
        )?;
        for other in [&field.target, &field.lines].into_iter().flatten() {
            if self.register(other).is_none() {
                return Err(format!("no register {other}"));
            }
        }
        for condition in [&field.shown_if, &field.required_if].into_iter().flatten() {
            check_condition(spec, condition)?;
        }
        Ok(())
    }
}

/// Columns that every register table has beside the fields of its spec.
pub const SYSTEM_COLUMNS: [&str; 9] = [
    "id",
    "uuid",
    "number",
    "state",
    "row_version",
    "created_at",
    "updated_at",
    "deleted_at",
    "deleted_reason",
];

fn needs(field: &FieldSpec, kind: FieldKind, given: bool, key: &str) -> Result<(), String> {
    if (field.kind == kind) == given {
        Ok(())
    } else if given {
        Err(format!(
            "field {} of kind {:?} cannot have `{key}`",
            field.id, field.kind
        ))
    } else {
        Err(format!("field {} of kind {kind:?} needs `{key}`", field.id))
    }
}

fn check_condition(spec: &RegisterSpec, condition: &Condition) -> Result<(), String> {
    let tests = usize::from(condition.ticked.is_some())
        + usize::from(condition.one_of.is_some())
        + usize::from(condition.filled.is_some());
    if tests != 1 {
        return Err(format!(
            "a condition on {} needs exactly one test",
            condition.field
        ));
    }
    if spec.field(&condition.field).is_none() {
        return Err(format!(
            "condition on a field that is not there: {}",
            condition.field
        ));
    }
    Ok(())
}

fn files(dir: &Dir<'_>) -> Vec<(String, String)> {
    dir.files()
        .filter(|f| f.path().extension().is_some_and(|e| e == "toml"))
        .map(|f| {
            let name = f
                .path()
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            (name, f.contents_utf8().unwrap_or_default().to_owned())
        })
        .collect()
}

fn read<T: serde::de::DeserializeOwned>(file: &str, text: &str) -> Result<T, SpecError> {
    toml::from_str(text).map_err(|source| SpecError::Syntax {
        file: file.to_owned(),
        source: Box::new(source),
    })
}

fn expect_name(file: &str, id: &str) -> Result<(), SpecError> {
    if file == format!("{id}.toml") {
        return Ok(());
    }
    Err(SpecError::Meaning {
        file: file.to_owned(),
        line: 1,
        what: format!("the file must be called {id}.toml"),
    })
}

/// The line, counted from 1, on which `id = "…"` stands.
fn line_of(text: &str, id: &str) -> usize {
    let wanted = format!("id = \"{id}\"");
    text.lines()
        .position(|l| l.trim() == wanted)
        .map_or(1, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "id = \"way\"\nlabel = \"方式\"\n[[choice]]\ncode = \"a\"\nlabel = \"甲\"\n";
    const SPEC: &str = "id = \"x\"\nlabel = \"台账\"\ntitle = \"name\"\n\n[[field]]\nid = \"name\"\nlabel = \"名称\"\nkind = \"text\"\n";

    fn parse(spec: &str) -> Result<Catalog, String> {
        Catalog::parse(
            &[("x.toml".to_owned(), spec.to_owned())],
            &[("way.toml".to_owned(), LIST.to_owned())],
        )
        .map_err(|fault| fault.to_string())
    }

    #[test]
    fn the_built_in_catalogue_is_sound() {
        assert!(Catalog::builtin().register("complaint").is_some());
    }

    #[test]
    fn an_unknown_key_is_refused_with_its_line() {
        let fault = parse(&format!("{SPEC}requird = true\n")).expect_err("a misspelt key");
        assert!(
            fault.contains("line 9") && fault.contains("requird"),
            "{fault}"
        );
    }

    #[test]
    fn a_choice_without_its_list_is_refused_with_its_line() {
        let more =
            format!("{SPEC}\n[[field]]\nid = \"way\"\nlabel = \"方式\"\nkind = \"choice\"\n");
        let fault = parse(&more).expect_err("a choice needs a list");
        assert!(fault.starts_with("x.toml:11:"), "{fault}");
        assert!(parse(&format!("{more}list = \"way\"\n")).is_ok());
        assert!(parse(&format!("{more}list = \"weg\"\n")).is_err());
    }

    #[test]
    fn a_field_that_stands_twice_is_refused() {
        let twice = format!("{SPEC}\n[[field]]\nid = \"name\"\nlabel = \"名\"\nkind = \"text\"\n");
        assert!(parse(&twice).expect_err("twice").contains("twice"));
    }

    #[test]
    fn a_condition_on_a_missing_field_is_refused() {
        let spec = format!("{SPEC}shown_if = {{ field = \"nam\", filled = true }}\n");
        assert!(parse(&spec).expect_err("no such field").contains("nam"));
    }
}
