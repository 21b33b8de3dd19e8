//! Random walks over what is offered: nothing panics, nothing leads out of the states, and a step
//! changes what it says and nothing else.

use std::collections::BTreeSet;

use chrono::Duration;
use domain::complaint::{WORKFLOW, days_open, is_paper_final};
use domain::deadline::DeadlineState;
use domain::rules::RuleBook;
use domain::spec::Catalog;
use domain::time::moment_text;
use domain::workflow::{Effect, Refusal, Taken, Target};
use proptest::prelude::*;

use crate::case::{Story, moment, spec, usual};

/// One stride: which of the offered steps, how much later in minutes, which of the values.
type Stride = (usize, i64, usize);

const DRAFTS: [&str; 5] = [
    "",
    "complainant_name= anonymous=是",
    "channel=12345 outer_deadline=2026-03-16",
    "channel=来信 received_at=2026-03-02",
    "complainant_name= anonymous=是 channel=主管部门转办 public_matter=是",
];

/// What a clerk might type beside the usual; what does not belong to the step is typed all the same.
const TYPED: [&str; 10] = [
    "",
    "grade=重大",
    "satisfaction=不满意",
    "satisfaction=",
    "outcome=恶意",
    "outcome=不成立(解释)",
    "customer_opinion=",
    "waive.archive_list=遗失 waive.scans_back=遗失 waive.department_answered=电话",
    "act.rule=due_on act.until=2026-04-01",
    "intake_type=建议 paper_outstanding=是",
];

fn strides() -> impl Strategy<Value = Vec<Stride>> {
    let stride = (0_usize..64, 0_i64..3_000, 0_usize..TYPED.len());
    proptest::collection::vec(stride, 1..60)
}

/// Fields that a step may write beside the typed ones.
fn fields_of(effects: &[Effect]) -> BTreeSet<&'static str> {
    let fields = effects.iter().flat_map(|effect| match *effect {
        Effect::Stamp(f) | Effect::Tick(f, _) | Effect::Choose(f, _) | Effect::Decide(f, _) => {
            vec![f]
        }
        Effect::Clear(fields) => fields.to_vec(),
        Effect::NextRound => vec!["round"],
    });
    fields.collect()
}

fn says_what_it_does(before: &Story, id: &str, typed: &str, taken: &Taken) {
    let step = WORKFLOW.step(id).expect("offered");
    let target = match step.to {
        Target::State(state) => Some(state),
        Target::Stay => None,
    };
    assert_eq!(taken.state, target, "{id}");
    let own = fields_of(step.effects);
    for (field, _) in taken.values.iter() {
        let was_typed = typed
            .split_whitespace()
            .any(|pair| pair.starts_with(&format!("{field}=")));
        assert!(own.contains(field) || was_typed, "{id} writes {field}");
        assert!(spec().field(field).is_some(), "{id} writes {field}");
    }
    let round = before.record.values.int("round").unwrap_or(1);
    let opens = step.effects.contains(&Effect::NextRound);
    assert_eq!(
        taken.action.int("round"),
        Some(round + i64::from(opens)),
        "{id}"
    );
}

/// What must be so after every stride.
fn is_sound(story: &Story, now: &str) {
    let states = Catalog::builtin().list("complaint_state").expect("list");
    assert!(
        states.choices.iter().any(|c| c.code == story.state()),
        "{}",
        story.state()
    );
    let rounds: Vec<Option<i64>> = story
        .actions
        .iter()
        .map(|l| l.values.int("round"))
        .collect();
    assert!(rounds.is_sorted(), "{rounds:?}");
    let deadlines = story.deadlines(&RuleBook::built_in(), now);
    let keys: BTreeSet<_> = deadlines
        .iter()
        .map(|d| (d.round, d.rule.as_str()))
        .collect();
    assert_eq!(
        keys.len(),
        deadlines.len(),
        "one deadline for a rule in a round"
    );
    for deadline in &deadlines {
        assert_eq!(
            deadline.state_at(&moment(now)),
            deadline.state,
            "{}",
            deadline.rule
        );
        let met = matches!(deadline.state, DeadlineState::Met | DeadlineState::MetLate);
        assert!(
            met || !WORKFLOW.is_closed(story.state()),
            "{} in {}",
            deadline.rule,
            story.state()
        );
    }
    assert!(days_open(&story.record, moment(now)).is_some());
    for form in ["F-01", "F-02", "F-04", "F-27", "F-28", "F-40"] {
        let _ = is_paper_final(form, &story.record);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_walk_over_offered_steps_stays_sound(draft in 0..DRAFTS.len(), strides in strides()) {
        let mut story = Story::draft(DRAFTS[draft]);
        let mut at = moment("2026-03-02T09:00");
        for (pick, minutes, words) in strides {
            at += Duration::minutes(minutes);
            let offers = story.offers();
            prop_assert!(!offers.is_empty(), "a note can always be made");
            let offer = &offers[pick % offers.len()];
            if offer.missing.is_empty() {
                let bare = story.ask(at, at, offer.step, "");
                prop_assert!(bare.is_ok(), "{} was offered: {:?}", offer.step, bare);
            }
            let typed = format!("{} {}", usual(offer.step), TYPED[words]);
            match story.ask(at, at, offer.step, &typed) {
                Ok(taken) => {
                    says_what_it_does(&story, offer.step, &typed, &taken);
                    story.write(&taken);
                    if let Some(then) = taken.then && let Ok(more) = story.ask(at, at, then, "") {
                        story.write(&more);
                    }
                }
                Err(Refusal::Missing(all)) => prop_assert!(!all.is_empty()),
                Err(Refusal::BadWaiver(_)) => {}
                Err(other) => prop_assert!(false, "{}: {:?}", offer.step, other),
            }
            is_sound(&story, &moment_text(&at));
        }
    }

    #[test]
    fn an_offer_tells_all_that_is_missing(draft in 0..DRAFTS.len(), strides in strides()) {
        let mut story = Story::draft(DRAFTS[draft]);
        let mut at = moment("2026-03-02T09:00");
        for (pick, minutes, _) in strides {
            at += Duration::minutes(minutes);
            for offer in story.offers() {
                let missing = match story.ask(at, at, offer.step, "") {
                    Ok(_) => Vec::new(),
                    Err(Refusal::Missing(missing)) => missing,
                    Err(other) => panic!("{}: {other:?}", offer.step),
                };
                prop_assert_eq!(&missing, &offer.missing, "{}", offer.step);
            }
            let moves: Vec<_> = story.offers().into_iter().filter(|o| o.moves).collect();
            if let Some(offer) = moves.get(pick % moves.len().max(1)) {
                let _ = story.try_at(at, at, offer.step, "");
            }
        }
    }
}
