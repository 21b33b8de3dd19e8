//! Numbers: spelling, reading back, what is no pattern, and the arithmetic of blocks.

use domain::number::{
    Pattern, PatternProblem, ReadNumber, SeriesKey, block_to_reserve, next_free, read, silent_gaps,
    write,
};
use proptest::prelude::*;

fn key(project: Option<&str>) -> SeriesKey {
    SeriesKey {
        office: "YX03".into(),
        register: "TS".into(),
        project: project.map(str::to_owned),
        year: 2026,
    }
}

#[test]
fn numbers_are_spelled_by_the_pattern() {
    for (pattern, with, without) in [
        (
            "{prefix}-{year}-{project}-{seq:4}",
            "TS-2026-XM01-0007",
            "TS-2026-0007",
        ),
        (
            "{office}-{prefix}-{year}-{seq:3}",
            "YX03-TS-2026-007",
            "YX03-TS-2026-007",
        ),
        (
            "{project}/{prefix}/{year}/{seq}",
            "XM01/TS/2026/7",
            "TS/2026/7",
        ),
        (
            "{prefix}〔{year}〕{seq:2}号",
            "TS〔2026〕07号",
            "TS〔2026〕07号",
        ),
    ] {
        let pattern = Pattern::parse(pattern).expect("a pattern");
        assert_eq!(write(&pattern, &key(Some("XM01")), 7), with);
        assert_eq!(write(&pattern, &key(None), 7), without);
        assert_eq!(Pattern::parse(&pattern.to_string()), Ok(pattern));
    }
    assert_eq!(
        write(&Pattern::usual(), &key(None), 12_345),
        "TS-2026-12345",
        "never cut"
    );
    assert_eq!(key(Some("XM01")).to_string(), "YX03/TS/XM01/2026");
    assert_eq!(key(None).to_string(), "YX03/TS/–/2026");
}

#[test]
fn a_number_that_does_not_show_the_project_does_not_count_by_it() {
    let shown = Pattern::usual();
    assert_eq!(shown.series(&key(Some("XM01"))), key(Some("XM01")));
    let hidden = Pattern::parse("{prefix}-{year}-{seq:4}").expect("a pattern");
    assert_eq!(hidden.series(&key(Some("XM01"))), key(None));
}

#[test]
fn what_is_no_pattern_is_refused_with_the_reason() {
    for (text, problem) in [
        ("{prefix}-{year}", PatternProblem::Missing("seq")),
        ("{prefix}-{seq:4}", PatternProblem::Missing("year")),
        ("{year}-{seq:4}", PatternProblem::Missing("prefix")),
        ("", PatternProblem::Missing("prefix")),
        (
            "{prefix}-{year}-{seq:9}",
            PatternProblem::Unknown("seq:9".into()),
        ),
        (
            "{prefix}-{year}-{seq:0}",
            PatternProblem::Unknown("seq:0".into()),
        ),
        (
            "{prefix}-{month}-{seq}",
            PatternProblem::Unknown("month".into()),
        ),
        (
            "{prefix}-{year}-{year}-{seq}",
            PatternProblem::Twice("year".into()),
        ),
        ("{prefix}-{year}{seq:4}", PatternProblem::NotSeparated),
        ("{prefix}-{year}-{seq", PatternProblem::Brackets),
        ("prefix}-{year}-{seq}", PatternProblem::Brackets),
        ("{prefix} {year}-{seq}", PatternProblem::BadSign(' ')),
        ("{prefix}*{year}-{seq}", PatternProblem::BadSign('*')),
    ] {
        assert_eq!(Pattern::parse(text), Err(problem), "{text}");
    }
    let long = format!("{{prefix}}-{{year}}-{{seq}}{}", "x".repeat(60));
    assert_eq!(Pattern::parse(&long), Err(PatternProblem::TooLong));
}

#[test]
fn numbers_are_read_back_and_others_are_not() {
    let usual = Pattern::usual();
    let number = read(&usual, "TS-2026-XM-01-0007").expect("ours");
    assert_eq!(
        (number.project.as_deref(), number.sequence),
        (Some("XM-01"), 7)
    );
    for other in [
        "TS-2026-XM01-007",
        "TS-26-XM01-0007",
        "TS-2026-XM01-00007",
        "TS-2026-XM01-0000",
        "投诉7号",
        "",
        "TS-2026--0007",
    ] {
        assert_eq!(read(&usual, other), None, "{other}");
    }
}

#[test]
fn reserved_blocks_are_stepped_over_and_gaps_are_named() {
    assert_eq!(next_free(0, &[]), 1);
    assert_eq!(next_free(10, &[11..=20, 21..=30]), 31);
    assert_eq!(next_free(10, &[12..=20]), 11);
    assert_eq!(block_to_reserve(10, &[15..=20], 5), Some(21..=25));
    assert_eq!(block_to_reserve(0, &[], 0), None);
    assert_eq!(silent_gaps(&[1, 2, 5, 9], &[6..=7]), [3..=4, 8..=8]);
    assert_eq!(silent_gaps(&[1, 2], &[3..=9]), []);
    assert_eq!(silent_gaps(&[5], &[8..=9]), [1..=4]);
}

proptest! {
    #[test]
    fn every_number_is_read_back(
        project in proptest::option::of("[A-Z]{1,3}[0-9]{0,3}(-[A-Z0-9]{1,3})?"),
        prefix in "[A-Z]{2}", year in 2000_i32..2100, sequence in 1_i64..200_000, at in 0_usize..4,
    ) {
        let text = [
            "{prefix}-{year}-{project}-{seq:4}", "{office}.{project}.{prefix}.{year}.{seq:3}",
            "{prefix}〔{year}〕{project}第{seq}号", "{office}-{prefix}-{year}-{seq:6}",
        ][at];
        let pattern = Pattern::parse(text).expect("a pattern");
        let key = SeriesKey { office: "YX03".into(), register: prefix.clone(), project, year };
        let shown = pattern.series(&key).project;
        let office = text.contains("office").then(|| "YX03".to_owned());
        let expected = ReadNumber { office, prefix, year, project: shown, sequence };
        prop_assert_eq!(read(&pattern, &write(&pattern, &key, sequence)), Some(expected));
    }

    #[test]
    fn places_given_and_reserved_never_meet(acts in proptest::collection::vec((any::<bool>(), 1_i64..6), 1..40)) {
        let (mut given, mut blocks): (Vec<i64>, Vec<std::ops::RangeInclusive<i64>>) = (vec![], vec![]);
        for (reserve, count) in acts {
            let last = given.iter().copied().max().unwrap_or(0);
            if reserve {
                let block = block_to_reserve(last, &blocks, count).expect("some places");
                prop_assert!(given.iter().all(|place| !block.contains(place)));
                prop_assert!(blocks.iter().all(|other| other.end() < block.start()));
                blocks.push(block);
            } else {
                let next = next_free(last, &blocks);
                prop_assert!(next > last && blocks.iter().all(|block| !block.contains(&next)));
                given.push(next);
            }
        }
        prop_assert_eq!(silent_gaps(&given, &blocks), vec![]);
    }
}
