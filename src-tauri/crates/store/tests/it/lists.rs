//! Pages of a register: filters, order, places, totals.

use chrono::NaiveDate;
use domain::value::{Value, Values};
use store::{Bin, Error, ListQuery, OpKind, Read, Test};

use crate::office::{Office, moment};

fn day(text: &str) -> Value {
    Value::Date(NaiveDate::parse_from_str(text, "%Y-%m-%d").expect("a date"))
}

/// Twelve complaints; every third has no time, every fourth is urgent, the last lies in the bin.
fn office() -> Office {
    let office = Office::new();
    for n in 0..12_i64 {
        let mut values = Values::new()
            .with(
                "content",
                format!("第{n}件{}", if n % 2 == 0 { "漏水" } else { "噪音" }),
            )
            .with("cost", n * 100);
        if n % 3 != 0 {
            values.set(
                "received_at",
                moment(&format!("2026-11-{:02}T08:00", 10 + n / 2)),
            );
        }
        if n % 4 == 0 {
            values.set("urgent", true);
        }
        let made = office.add("complaint", &values);
        if n == 11 {
            office.write(OpKind::Delete, |tx| {
                tx.delete("complaint", made.uuid, "误录")
            });
        }
    }
    office
}

fn costs(office: &Office, query: &ListQuery) -> Vec<i64> {
    let reader = office.store.reader().expect("reader");
    let records = reader.list(query).expect("list");
    assert_eq!(
        reader
            .count(&ListQuery {
                limit: None,
                offset: 0,
                after: None,
                ..query.clone()
            })
            .expect("count"),
        reader
            .list(&ListQuery {
                limit: None,
                offset: 0,
                after: None,
                ..query.clone()
            })
            .expect("list")
            .len() as u64
    );
    records
        .iter()
        .map(|r| r.values.int("cost").expect("a cost") / 100)
        .collect()
}

#[test]
fn filters_select_by_kind_and_meaning() {
    let office = office();
    let all = || ListQuery::of("complaint").sorted("cost");
    let by = |field: &str, test: Test| costs(&office, &all().filter(field, test));
    assert_eq!(by("cost", Test::Ge(Value::Int(900))), [9, 10]);
    assert_eq!(
        by("cost", Test::Between(Value::Int(200), Value::Int(400))),
        [2, 3, 4]
    );
    assert_eq!(
        by("cost", Test::In(vec![Value::Int(0), Value::Int(700)])),
        [0, 7]
    );
    assert_eq!(by("urgent", Test::Eq(Value::Bool(true))), [0, 4, 8]);
    assert_eq!(
        by("urgent", Test::Ne(Value::Bool(true))),
        [1, 2, 3, 5, 6, 7, 9, 10]
    );
    assert_eq!(by("received_at", Test::IsNull), [0, 3, 6, 9]);
    assert_eq!(by("received_at", Test::NotNull), [1, 2, 4, 5, 7, 8, 10]);
    assert_eq!(by("content", Test::Contains("8件".to_owned())), [8]);
    assert_eq!(by("content", Test::StartsWith("第1".to_owned())), [1, 10]);
    assert_eq!(by("state", Test::Eq("draft".into())).len(), 11);
    assert_eq!(
        by("received_at", Test::Eq(day("2026-11-12"))),
        [4, 5],
        "a day holds its moments"
    );
    assert_eq!(by("received_at", Test::Le(day("2026-11-12"))), [1, 2, 4, 5]);
    assert_eq!(by("received_at", Test::Gt(day("2026-11-12"))), [7, 8, 10]);
    assert_eq!(
        by("received_at", Test::Lt(moment("2026-11-11T08:00").into())),
        [1]
    );
    assert_eq!(by("cost", Test::Eq(Value::Null)), Vec::<i64>::new());
}

#[test]
fn what_no_field_can_hold_is_refused_and_not_silently_empty() {
    let office = office();
    let reader = office.store.reader().expect("reader");
    let fault = |field: &str, value: Value| {
        let query = ListQuery::of("complaint").filter(field, Test::Eq(value));
        reader.list(&query).expect_err("refused")
    };
    assert!(matches!(fault("cost", Value::from("100")), Error::Query(_)));
    assert!(matches!(fault("urgent", Value::Int(1)), Error::Query(_)));
    assert!(matches!(
        fault("nonsense", Value::Int(1)),
        Error::UnknownField { .. }
    ));
    assert!(matches!(
        fault("id; DROP TABLE op", Value::Int(1)),
        Error::UnknownField { .. }
    ));
    let query = ListQuery::of("complaint").sorted("1 DESC --");
    assert!(matches!(
        reader.list(&query),
        Err(Error::UnknownField { .. })
    ));
}

#[test]
fn the_bin_is_asked_for_by_name() {
    let office = office();
    let with = |bin| ListQuery {
        bin,
        ..ListQuery::of("complaint")
    };
    assert_eq!(costs(&office, &with(Bin::Inside)), [11]);
    assert_eq!(costs(&office, &with(Bin::Outside)).len(), 11);
    assert_eq!(costs(&office, &with(Bin::Both)).len(), 12);
}

#[test]
fn pages_behind_a_record_and_pages_by_offset_are_the_same() {
    let office = office();
    let reader = office.store.reader().expect("reader");
    let orders: [&[(&str, bool)]; 6] = [
        &[],
        &[("received_at", true)],
        &[("received_at", false)],
        &[("urgent", true), ("received_at", false)],
        &[("urgent", false), ("cost", true)],
        &[("number", false)],
    ];
    for text in [None, Some("漏")] {
        for order in orders {
            let sort = order
                .iter()
                .map(|(f, down)| ((*f).to_owned(), *down))
                .collect();
            let text = text.map(str::to_owned);
            let whole = ListQuery {
                sort,
                text,
                ..ListQuery::of("complaint")
            };
            let all = reader.list(&whole).expect("list");
            let mut by_place = Vec::new();
            loop {
                let after = by_place.last().map(|r: &domain::record::Record| r.uuid);
                let page = ListQuery {
                    after,
                    limit: Some(3),
                    ..whole.clone()
                };
                let page = reader.list(&page).expect("page");
                if page.is_empty() {
                    break;
                }
                by_place.extend(page);
            }
            let mut by_offset = Vec::new();
            for offset in (0..12).step_by(3) {
                let page = ListQuery {
                    offset,
                    limit: Some(3),
                    ..whole.clone()
                };
                by_offset.extend(reader.list(&page).expect("page"));
            }
            assert_eq!(by_place, all, "{order:?}");
            assert_eq!(by_offset, all, "{order:?}");
        }
    }
}

#[test]
fn only_the_fields_asked_for_are_read_and_totals_follow_the_filters() {
    let office = office();
    let reader = office.store.reader().expect("reader");
    let query = ListQuery {
        fields: Some(vec!["content".to_owned()]),
        ..ListQuery::of("complaint").filter("urgent", Test::Eq(Value::Bool(true)))
    };
    let records = reader.list(&query).expect("list");
    assert!(
        records
            .iter()
            .all(|r| r.values.has("content") && !r.values.has("cost"))
    );
    assert_eq!(reader.sum(&query, "cost").expect("sum"), 1200);
    let with_text = ListQuery {
        text: Some("漏水".to_owned()),
        ..query.clone()
    };
    assert_eq!(reader.sum(&with_text, "cost").expect("sum"), 1200);
    let other = ListQuery {
        text: Some("噪音".to_owned()),
        ..query
    };
    assert_eq!(reader.sum(&other, "cost").expect("sum"), 0);
    assert!(reader.sum(&other, "content").is_err());
}
