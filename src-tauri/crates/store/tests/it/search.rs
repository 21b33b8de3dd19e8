//! The search finds exactly what a reading of every record finds.

use std::collections::BTreeMap;

use domain::pinyin;
use domain::spec::{Catalog, SearchTier};
use domain::text::fold;
use domain::value::Values;
use proptest::prelude::*;
use store::{ListQuery, OpKind, Read};
use uuid::Uuid;

use crate::office::{Office, complaint, who};

/// Numbers of the hits of a search, in order.
fn hits(office: &Office, text: &str) -> Vec<(String, SearchTier)> {
    let found = office
        .store
        .reader()
        .expect("reader")
        .search(text, 50)
        .expect("search");
    found
        .hits
        .into_iter()
        .map(|h| (h.title.unwrap_or_default(), h.tier))
        .collect()
}

#[test]
fn any_part_of_a_text_is_found_by_tier_and_newest_first() {
    let office = Office::new();
    let empty = |content: &str| Values::new().with("content", content);
    office.add("complaint", &empty("东侧漏水"));
    office.add(
        "complaint",
        &empty("张三丰家漏水").with("complainant_name", "李四"),
    );
    office.add(
        "complaint",
        &empty("噪音").with("complainant_name", "张三丰"),
    );
    office.add("complaint", &empty("电话5678").with("phone", "13812345678"));
    let plain = |text: &str| {
        hits(&office, text)
            .into_iter()
            .map(|h| h.0)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        plain("漏"),
        ["张三丰家漏水", "东侧漏水"],
        "one character, the newest first"
    );
    assert_eq!(
        plain("三丰"),
        ["噪音", "张三丰家漏水"],
        "a name before other text"
    );
    assert_eq!(plain("zsf"), ["噪音"]);
    assert_eq!(plain("sanf"), ["噪音"]);
    assert_eq!(
        hits(&office, "5678"),
        [("电话5678".to_owned(), SearchTier::Phone)]
    );
    assert_eq!(
        plain("漏水 李四"),
        ["张三丰家漏水"],
        "two words must both be there"
    );
    assert_eq!(plain("水漏"), Vec::<String>::new());
    assert!(plain("  ").is_empty() && plain("").is_empty());
    assert_eq!(
        plain("漏水\u{3000}东侧"),
        ["东侧漏水"],
        "a full-width blank parts words too"
    );
}

#[test]
fn numbers_lines_choices_and_other_registers_are_found_and_placed() {
    let office = Office::new();
    let case = office.add("complaint", &complaint("漏水"));
    office.write(OpKind::Step, |tx| {
        tx.assign_number("complaint", case.uuid, "S", |_| {
            "TS-2026-XM01-0007".to_owned()
        })?;
        let line = Values::new().with("text", "已派防水班组到场");
        tx.insert_line("complaint_action", case.uuid, &line)
    });
    office.add("department", &Values::new().with("name", "重庆分部质量科"));
    let reader = office.store.reader().expect("reader");
    let only = |text: &str| {
        let mut found = reader.search(text, 10).expect("search");
        assert_eq!(found.hits.len(), 1, "{text}");
        found.hits.remove(0)
    };
    let hit = only("xm01-0007");
    assert_eq!(
        (hit.field.as_str(), hit.tier),
        ("number", SearchTier::Number)
    );
    assert_eq!(hit.excerpt, "TS-2026-XM01-0007");
    let hit = only("防水班组");
    assert_eq!(hit.field, "complaint_action.text");
    assert_eq!(
        (hit.uuid, hit.excerpt.as_str()),
        (case.uuid, "已派防水班组到场")
    );
    assert_eq!(only("chongqing").register, "department");
    assert_eq!(
        only("zhongqing").register,
        "department",
        "every reading of 重"
    );
    let hit = only("5678");
    assert_eq!(
        (hit.field.as_str(), hit.excerpt.as_str()),
        ("phone", "13812345678")
    );
}

#[test]
fn what_goes_is_not_found_and_what_comes_back_is() {
    let office = Office::new();
    let case = office.add("complaint", &complaint("漏水"));
    let found = |text: &str| hits(&office, text).len();
    office.store.rest().expect("rest");
    let change = Values::new().with("content", "渗水");
    office.write(OpKind::Edit, |tx| {
        tx.update("complaint", case.uuid, None, &change)
    });
    assert_eq!(
        (found("漏水"), found("渗水")),
        (0, 1),
        "before the sets are brought up to date"
    );
    office.store.rest().expect("rest");
    assert_eq!((found("漏水"), found("渗水")), (0, 1), "and after");
    office.write(OpKind::Delete, |tx| tx.delete("complaint", case.uuid, ""));
    assert_eq!(found("渗水"), 0);
    office.store.rest().expect("rest");
    assert_eq!(found("渗水"), 0);
    office.store.undo(&who()).expect("undone");
    assert_eq!(found("渗水"), 1);
    office.expect_good();
}

#[test]
fn a_check_finds_a_set_that_lacks_a_doc() {
    let office = Office::new();
    office.add("complaint", &complaint("漏水"));
    office.store.rest().expect("rest");
    office.expect_good();
    office
        .meddle()
        .execute("DELETE FROM search_block WHERE term = 'a漏水'", [])
        .expect("gone");
    let report = office.check();
    assert!(
        report
            .findings
            .iter()
            .any(|f| f.kind == store::FindingKind::SearchDrift)
    );
}

#[test]
fn an_index_made_by_other_rules_is_made_anew_at_opening() {
    let office = Office::new();
    office.add("complaint", &complaint("漏水"));
    office.store.rest().expect("rest");
    let meddle = office.meddle();
    meddle
        .execute_batch("DELETE FROM search_block; DELETE FROM search_doc")
        .expect("lost");
    assert!(hits(&office, "漏水").is_empty());
    assert!(!office.check().is_good());
    meddle
        .execute("UPDATE search_rules SET fingerprint = 'older'", [])
        .expect("older rules");
    drop(meddle);
    let office = office.reopen();
    assert_eq!(hits(&office, "漏水").len(), 1);
    office.expect_good();
}

/// What each record says in each tier, as a reader with patience would collect it.
struct Plain {
    uuid: Uuid,
    register: &'static str,
    texts: Vec<(SearchTier, String)>,
    keys: Vec<String>,
}

impl Plain {
    fn tier_of(&self, part: &str) -> Option<SearchTier> {
        let direct = self
            .texts
            .iter()
            .filter(|(_, text)| text.contains(part))
            .map(|(t, _)| *t)
            .min();
        let letters = part.bytes().all(|b| b.is_ascii_lowercase());
        let pinyin = letters && self.keys.iter().any(|key| key.starts_with(part));
        match (direct, pinyin) {
            (Some(tier), true) => Some(tier.min(SearchTier::Name)),
            (None, true) => Some(SearchTier::Name),
            (direct, false) => direct,
        }
    }

    /// The tier in which all parts are found.
    fn tier(&self, text: &str) -> Option<SearchTier> {
        let parts: Vec<String> = text.split_whitespace().map(fold).collect();
        parts
            .iter()
            .map(|part| self.tier_of(part))
            .collect::<Option<Vec<_>>>()?
            .into_iter()
            .max()
    }
}

/// A text of few characters, so that parts recur; rare ones beyond the basic plane among them.
fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop::sample::select(vec![
            "漏", "水", "单", "长", "乐", "𠅤", "𬭎", "䶮", "a", "B", "Ｃ", "1", "２", "-", "#",
            " ", "é",
        ]),
        0..9,
    )
    .prop_map(|parts| parts.concat())
}

fn query() -> impl Strategy<Value = String> {
    let piece = prop::collection::vec(
        prop::sample::select(vec![
            "漏", "水", "单", "长", "乐", "𠅤", "𬭎", "a", "b", "c", "1", "2", "-", "ch", "le",
            "s", "z", "l",
        ]),
        1..5,
    )
    .prop_map(|parts| parts.concat());
    prop::collection::vec(piece, 1..3).prop_map(|words| words.join(" "))
}

#[derive(Debug, Clone)]
enum Write {
    Add {
        content: String,
        name: String,
        unit: String,
        phone: u32,
        lines: Vec<String>,
    },
    Edit(usize, String),
    Delete(usize),
    Rest,
}

fn write() -> impl Strategy<Value = Write> {
    prop_oneof![
        6 => (text(), text(), text(), any::<u32>(), prop::collection::vec(text(), 0..3)).prop_map(
            |(content, name, unit, phone, lines)| Write::Add { content, name, unit, phone, lines }
        ),
        2 => (any::<usize>(), text()).prop_map(|(at, text)| Write::Edit(at, text)),
        1 => any::<usize>().prop_map(Write::Delete),
        1 => Just(Write::Rest),
    ]
}

fn perform(office: &Office, made: &mut Vec<Uuid>, write: &Write) {
    match write {
        Write::Add {
            content,
            name,
            unit,
            phone,
            lines,
        } => {
            let values = Values::new()
                .with("content", content.as_str())
                .with("complainant_name", name.as_str())
                .with("complainant_unit", unit.as_str())
                .with("phone", format!("1{:010}", u64::from(*phone)));
            made.push(office.write(OpKind::Add, |tx| {
                let case = tx.insert("complaint", &values)?;
                for text in lines {
                    let line = Values::new().with("text", text.as_str());
                    tx.insert_line("complaint_action", case.uuid, &line)?;
                }
                Ok(case.uuid)
            }));
        }
        Write::Edit(at, text) if !made.is_empty() => {
            let uuid = made[at % made.len()];
            let values = Values::new().with("content", text.as_str());
            office.write(OpKind::Edit, |tx| {
                tx.update("complaint", uuid, None, &values)
            });
        }
        Write::Delete(at) if !made.is_empty() => {
            let uuid = made.remove(at % made.len());
            office.write(OpKind::Delete, |tx| tx.delete("complaint", uuid, ""));
        }
        Write::Rest => office.store.rest().expect("rest"),
        Write::Edit(..) | Write::Delete(_) => {}
    }
}

/// Reads every record outside the bin the plain way.
fn read_all(office: &Office) -> Vec<Plain> {
    let reader = office.store.reader().expect("reader");
    let mut all = Vec::new();
    for spec in Catalog::builtin()
        .registers()
        .filter(|s| s.parent.is_none())
    {
        for record in reader.list(&ListQuery::of(&spec.id)).expect("list") {
            let mut plain = Plain {
                uuid: record.uuid,
                register: &spec.id,
                texts: Vec::new(),
                keys: Vec::new(),
            };
            let mut take = |spec: &domain::spec::RegisterSpec, values: &Values| {
                for field in spec.stored() {
                    let (Some(tier), Some(text)) = (field.search, values.get(&field.id).stored())
                    else {
                        continue;
                    };
                    plain.texts.push((tier, fold(&text)));
                    if field.pinyin {
                        plain.keys.extend(pinyin::keys(&text));
                    }
                }
            };
            take(spec, &record.values);
            for lines in spec.line_fields() {
                let register = lines.lines.as_deref().expect("a line register");
                let spec = Catalog::builtin().register(register).expect("spec");
                for line in reader.lines(record.uuid, register).expect("lines") {
                    take(spec, &line.values);
                }
            }
            plain.texts.retain(|(_, text)| !text.is_empty());
            all.push(plain);
        }
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_index_finds_what_a_scan_of_everything_finds(
        writes in prop::collection::vec(write(), 1..16),
        queries in prop::collection::vec(query(), 24),
    ) {
        let office = Office::new();
        let mut made = Vec::new();
        for write in &writes {
            perform(&office, &mut made, write);
        }
        let all = read_all(&office);
        let reader = office.store.reader().expect("reader");
        for text in &queries {
            let found = reader.search(text, 1000).expect("search");
            let got: BTreeMap<Uuid, SearchTier> =
                found.hits.iter().map(|h| (h.uuid, h.tier)).collect();
            let want: BTreeMap<Uuid, SearchTier> =
                all.iter().filter_map(|r| Some((r.uuid, r.tier(text)?))).collect();
            prop_assert_eq!(&got, &want, "{}", text);
            prop_assert!(found.hits.windows(2).all(|w| w[0].tier <= w[1].tier));
            let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
            for record in all.iter().filter(|r| want.contains_key(&r.uuid)) {
                *counts.entry(record.register).or_default() += 1;
            }
            let told: BTreeMap<&str, u64> =
                found.counts.iter().map(|c| (c.register.as_str(), c.count)).collect();
            prop_assert!(found.counts.iter().all(|c| c.exact));
            prop_assert_eq!(told, counts);
            let list = ListQuery::of("complaint").containing(text);
            let listed = reader.list(&list).expect("list").len();
            prop_assert_eq!(listed as u64, reader.count(&list).expect("count"));
            let cases = all.iter().filter(|r| r.register == "complaint" && want.contains_key(&r.uuid));
            prop_assert_eq!(listed, cases.count());
        }
        drop(reader);
        let report = office.check();
        prop_assert!(report.findings.is_empty(), "{:?}", report.findings);
    }
}
