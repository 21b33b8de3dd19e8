//! Chinese wording: codes and facts of the libraries become sentences here and nowhere else.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use domain::problem::{Problem, ProblemCode};
use domain::spec::Catalog;

static SOURCE: &str = include_str!("../../../../assets/text/zh-CN.toml");

fn table() -> &'static BTreeMap<String, String> {
    static TABLE: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let parsed: BTreeMap<String, BTreeMap<String, String>> =
            toml::from_str(SOURCE).unwrap_or_else(|e| panic!("BUG: zh-CN.toml: {e}"));
        parsed
            .into_iter()
            .flat_map(|(section, words)| {
                words
                    .into_iter()
                    .map(move |(key, text)| (format!("{section}.{key}"), text))
            })
            .collect()
    })
}

/// Facts for a sentence.
pub type Facts = BTreeMap<String, String>;

/// Builds facts from pairs.
#[must_use]
pub fn facts<const N: usize>(pairs: [(&str, String); N]) -> Facts {
    pairs.into_iter().map(|(k, v)| (k.to_owned(), v)).collect()
}

/// True when the word list has a sentence for the key.
#[must_use]
pub fn has(key: &str) -> bool {
    table().contains_key(key)
}

/// The sentence of a key (`section.code`) with its facts filled in. Facts that the sentence does
/// not name are left out; a fact that is not given is left empty. An unknown key answers itself,
/// so that nothing is hidden (a test proves that there is none).
#[must_use]
pub fn say(key: &str, facts: &Facts) -> String {
    let Some(template) = table().get(key) else {
        return key.to_owned();
    };
    let mut out = String::with_capacity(template.len());
    let mut rest = template.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        out.push_str(facts.get(name).map_or("", String::as_str));
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// The sentence for one problem of a field.
#[must_use]
pub fn problem(catalog: &Catalog, register: &str, problem: &Problem) -> String {
    let mut facts = problem.facts.clone();
    facts.insert("field".to_owned(), problem.field.clone());
    let last = problem.field.rsplit('.').next().unwrap_or(&problem.field);
    if let Some(field) = catalog.register(register).and_then(|spec| spec.field(last)) {
        facts
            .entry("label".to_owned())
            .or_insert_with(|| field.label.clone());
        if let Some(list) = catalog.list_of(field) {
            let labels: Vec<&str> = list
                .choices
                .iter()
                .filter(|c| !c.retired)
                .map(|c| c.label.as_str())
                .collect();
            facts.insert("options".to_owned(), labels.join("、"));
        }
    }
    facts
        .entry("label".to_owned())
        .or_insert_with(|| problem.field.clone());
    if problem.code == ProblemCode::BadPhone
        && let Some(told) = mobile(&mut facts)
    {
        return told;
    }
    say(&format!("problem.{}", problem.code.as_str()), &facts)
}

/// What is wrong with a number that can only be a mobile's: by how many figures.
fn mobile(facts: &mut Facts) -> Option<String> {
    let found = facts.get("found")?;
    let plain = found.replace([' ', '-'], "");
    let is_mobile = plain.starts_with('1') && plain.bytes().all(|b| b.is_ascii_digit());
    let (key, by) = match plain.len() {
        length @ 7..=10 if is_mobile => ("problem.mobile_short", 11 - length),
        length @ 12..=14 if is_mobile => ("problem.mobile_long", length - 11),
        _ => return None,
    };
    facts.insert("count".to_owned(), by.to_string());
    Some(say(key, facts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_stand_where_the_sentence_names_them() {
        let text = say(
            "failed.not_found",
            &facts([("what", "投诉".into()), ("found", "X".into())]),
        );
        assert_eq!(text, "没有找到投诉“X”。");
    }

    #[test]
    fn every_guard_of_the_complaint_has_words() {
        for step in domain::complaint::WORKFLOW.steps {
            assert_ne!(
                Catalog::builtin().label("case_step", step.id),
                step.id,
                "{}",
                step.id
            );
            for guard in step.guards {
                assert!(
                    has(&format!("missing.{}", guard.code)),
                    "missing.{}",
                    guard.code
                );
            }
        }
    }

    #[test]
    fn every_option_of_a_rule_has_words() {
        for rule in domain::rules::RuleBook::built_in().rules() {
            for option in &rule.options {
                assert!(has(&format!("option.{option}")), "option.{option}");
            }
        }
    }

    #[test]
    fn every_problem_code_has_words() {
        use ProblemCode as P;
        for code in [
            P::Required,
            P::UnknownField,
            P::WrongKind,
            P::UnknownChoice,
            P::BadDate,
            P::ImpossibleDate,
            P::BadNumber,
            P::BadMoney,
            P::BadPhone,
            P::OutOfRange,
            P::TooLong,
            P::ControlCharacter,
            P::BrokenCharacter,
            P::DateOrder,
            P::InFuture,
            P::LinkNotFound,
            P::ReadOnly,
        ] {
            assert!(
                has(&format!("problem.{}", code.as_str())),
                "problem.{}",
                code.as_str()
            );
        }
    }
}
