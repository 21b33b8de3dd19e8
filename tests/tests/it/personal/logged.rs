//! What the program logs: ids, counts, durations, and never a value or a name.

use std::fmt::Debug;
use std::sync::{Arc, Mutex, PoisonError};

use commands::ledger;
use serde_json::json;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::{SECRETS, complaint, seen, with_secrets};

/// Hears everything that is logged, at every level.
#[derive(Clone, Default)]
struct Ears(Arc<Mutex<Vec<String>>>);

impl Ears {
    fn heard(&self) -> Vec<String> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn note(&self, line: String) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(line);
    }
}

/// Field names with their values as text.
struct Words(String);

impl Visit for Words {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0 += &format!(" {}={value:?}", field.name());
    }
}

impl Subscriber for Ears {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut words = Words(span.metadata().name().to_owned());
        span.record(&mut words);
        self.note(words.0);
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut words = Words(String::new());
        values.record(&mut words);
        self.note(words.0);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut words = Words(event.metadata().target().to_owned());
        event.record(&mut words);
        self.note(words.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[test]
fn nothing_personal_is_logged_by_good_and_by_refused_commands() {
    let ears = Ears::default();
    tracing::subscriber::with_default(ears.clone(), || {
        let mut office = with_secrets();
        for text in SECRETS {
            office.must("search", json!({ "text": text }));
            for (name, request) in [
                (
                    "get_record",
                    json!({ "register": "complaint", "record": text }),
                ),
                ("list_records", json!({ "register": text })),
                (
                    "take_step",
                    json!({ "register": "complaint", "record": "甲", "step": text }),
                ),
                (
                    "add_record",
                    json!({ "register": "complaint", "values": { "channel": text } }),
                ),
                ("print_papers", json!({ "form": text, "records": [text] })),
                ("count_due", json!({ "from": text, "add": text })),
                (text, json!({ "x": text })),
            ] {
                let refused = office.call(name, request);
                assert!(refused.is_err(), "{name} {text}");
            }
        }
        let draft = json!({ "key": "甲", "register": "complaint", "body": complaint() });
        office.must("save_draft", draft);
        let ask = ledger::ImportLedger {
            register: "complaint".to_owned(),
            ..ledger::ImportLedger::default()
        };
        let path = tests::fixture("ledgers/投诉台账.xlsx");
        ledger::import_ledger(office.ctx(), &path, &ask, None).expect("it is taken over");
        office.must("undo", json!({}));
        office.must("redo", json!({}));
        office.must("backup", json!({}));
        office.is_sound();
        office.reopen();
    });
    let heard = ears.heard();
    assert!(
        !heard.is_empty(),
        "nothing was heard, so nothing was tested"
    );
    let names = ["王", "李", "张三", "柏", "漏水", "某公司", "投诉台账.xlsx"];
    for line in &heard {
        assert_eq!(seen(line), Vec::<&str>::new(), "{line}");
        for name in names {
            assert!(!line.contains(name), "{name} in {line}");
        }
    }
}

#[test]
fn a_name_that_is_logged_is_heard() {
    let ears = Ears::default();
    tracing::subscriber::with_default(ears.clone(), || {
        tracing::debug!(who = SECRETS[0], "saved");
    });
    assert_eq!(seen(&ears.heard().concat()), [SECRETS[0]]);
}
