//! The forms compiled into the program, newest and older versions.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use include_dir::{Dir, include_dir};

use super::spec::FormSpec;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../../assets/forms");

static FORMS: LazyLock<BTreeMap<(String, u32), FormSpec>> = LazyLock::new(|| {
    let mut forms = BTreeMap::new();
    for file in FILES.files() {
        let name = file.path().to_string_lossy();
        let source = file.contents_utf8().expect("BUG: a form file is not UTF-8");
        let form = FormSpec::parse(&name, source)
            .unwrap_or_else(|error| panic!("BUG: a form that was tested cannot be read: {error}"));
        forms.insert((form.code.clone(), form.version), form);
    }
    forms
});

/// A form by code and version, as kept with a printed paper.
#[must_use]
pub fn form(code: &str, version: u32) -> Option<&'static FormSpec> {
    FORMS.get(&(code.to_owned(), version))
}

/// The newest version of a form.
#[must_use]
pub fn newest(code: &str) -> Option<&'static FormSpec> {
    FORMS
        .iter()
        .rev()
        .find(|((known, _), _)| known == code)
        .map(|(_, form)| form)
}

/// The newest version of every form, by code.
pub fn all() -> impl Iterator<Item = &'static FormSpec> {
    let newest: BTreeMap<&str, &FormSpec> = FORMS
        .iter()
        .map(|((code, _), form)| (code.as_str(), form))
        .collect();
    newest.into_values()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_file_is_read_and_named_after_its_form() {
        for file in FILES.files() {
            let name = file.path().to_string_lossy().into_owned();
            let form = FormSpec::parse(&name, file.contents_utf8().expect("UTF-8"))
                .unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(form.file_name(), name);
        }
        assert!(all().count() >= 1);
    }

    #[test]
    fn the_newest_version_is_the_highest() {
        for form in all() {
            assert_eq!(
                newest(&form.code).map(|found| found.version),
                Some(form.version)
            );
        }
    }
}
