//! Failures of the store as people are told them: code, sentence, fields.

use domain::problem::{Problem, ProblemCode};
use domain::spec::Catalog;

use crate::error::{Code, CommandError, FieldFault};
use crate::words;

/// What the door refuses in a field although the typed value was let through: told like a typed
/// value that is wrong.
fn invalid<const N: usize>(
    register: &str,
    field: &str,
    code: ProblemCode,
    facts: [(&str, String); N],
) -> CommandError {
    let mut problem = Problem::new(field, code);
    for (name, value) in facts {
        problem = problem.with(name, value);
    }
    CommandError::invalid(vec![FieldFault {
        field: field.to_owned(),
        code: code.as_str().to_owned(),
        message: words::problem(Catalog::builtin(), register, &problem),
    }])
}

impl From<store::Error> for CommandError {
    fn from(error: store::Error) -> Self {
        use store::Error as E;
        tracing::warn!(code = error.code(), "store");
        let at = |path: &std::path::PathBuf| ("path", path.display().to_string());
        let (code, key, pairs): (Code, &str, Vec<(&str, String)>) = match &error {
            E::NoOffice { path } => (Code::NotFound, "failed.no_office", vec![at(path)]),
            E::Pointer { path } => (Code::BadFile, "failed.pointer", vec![at(path)]),
            E::OfficeExists { path } => (Code::Refused, "refused.already_office", vec![at(path)]),
            E::InUse { path } => (Code::InUse, "failed.office_open", vec![at(path)]),
            E::Empty { path } => (Code::BadFile, "failed.empty_file", vec![at(path)]),
            E::Truncated { path, .. } => (Code::BadFile, "failed.truncated", vec![at(path)]),
            E::Foreign { path } => (Code::BadFile, "failed.not_ours", vec![at(path)]),
            E::Newer { path, file, ours } => (
                Code::BadFile,
                "failed.newer",
                vec![
                    at(path),
                    ("file", file.to_string()),
                    ("ours", ours.to_string()),
                ],
            ),
            E::Damaged { path, .. } => (Code::BadFile, "failed.damaged", vec![at(path)]),
            E::ReadOnly { path } => (Code::ReadOnly, "failed.read_only_place", vec![at(path)]),
            E::DiskFull { path } => (Code::DiskFull, "failed.disk_full", vec![at(path)]),
            E::Io { path, source, .. } => (
                Code::Io,
                "failed.io",
                vec![at(path), ("what", crate::told::io(source))],
            ),
            E::Migration { backup, .. } => match backup {
                Some(backup) => {
                    let backup = backup.display().to_string();
                    (Code::BadFile, "failed.older", vec![("backup", backup)])
                }
                None => (Code::BadFile, "failed.not_upgraded", Vec::new()),
            },
            E::Stale {
                expected, found, ..
            } => (
                Code::Conflict,
                "refused.version_conflict",
                vec![("seen", expected.to_string()), ("now", found.to_string())],
            ),
            E::Deleted { .. } => (
                Code::Refused,
                "refused.deleted",
                vec![("what", words::say("register.record", &words::Facts::new()))],
            ),
            E::NumberTaken { number } => (
                Code::Refused,
                "refused.number_taken",
                vec![("number", number.clone())],
            ),
            E::NotFound { register, uuid } => {
                let label = Catalog::builtin()
                    .register(register)
                    .map_or(register.as_str(), |s| &s.label);
                (
                    Code::NotFound,
                    "failed.not_found",
                    vec![("what", label.to_owned()), ("found", uuid.to_string())],
                )
            }
            E::FileMissing { sha256 } => (
                Code::Io,
                "failed.attachment_missing",
                vec![("name", sha256.clone())],
            ),
            E::FileRot { sha256 } => (
                Code::Io,
                "failed.attachment_damaged",
                vec![("name", sha256.clone())],
            ),
            E::Undo(refusal) => return crate::undo::refused(refusal),
            E::WrongKind {
                register, field, ..
            } => {
                return invalid(register, field, ProblemCode::WrongKind, []);
            }
            E::UnknownChoice {
                register,
                field,
                code,
            } => {
                let found = [("found", code.clone())];
                return invalid(register, field, ProblemCode::UnknownChoice, found);
            }
            E::TooLong {
                register,
                field,
                max,
                length,
            } => {
                let facts = [("max", max.to_string()), ("length", length.to_string())];
                return invalid(register, field, ProblemCode::TooLong, facts);
            }
            E::Nul { register, field } => {
                return invalid(register, field, ProblemCode::ControlCharacter, []);
            }
            E::LinkNotFound {
                register,
                field,
                link,
            } => {
                let found = [("found", link.clone())];
                return invalid(register, field, ProblemCode::LinkNotFound, found);
            }
            _ => (
                Code::Internal,
                "failed.internal",
                vec![("what", error.to_string())],
            ),
        };
        let facts = pairs.into_iter().map(|(k, v)| (k.to_owned(), v)).collect();
        Self::new(code, key, &facts)
    }
}
