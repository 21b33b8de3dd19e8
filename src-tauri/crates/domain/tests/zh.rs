//! Words on paper: noughts in money capitals, and reading back what was written.

use proptest::prelude::*;

use domain::time::{Moment, parse_moment};
use domain::zh::{
    date_zh, due_zh, hour_zh, moment_zh, money_figures, money_zh, number_zh, read_number_zh,
    weekday_zh,
};

fn moment(text: &str) -> Moment {
    parse_moment(text).expect("a moment")
}

#[test]
fn dates_and_moments_read_as_on_paper() {
    let at = moment("2026-11-21T09:05");
    assert_eq!(date_zh(at.date_naive()), "2026年11月21日");
    assert_eq!(moment_zh(&at), "2026年11月21日09时05分");
    assert_eq!(hour_zh(&at), "2026年11月21日09时");
    assert_eq!(weekday_zh(at.date_naive()), "周六");
    assert_eq!(due_zh(&moment("2026-11-21T18:00")), "2026年11月21日18时");
    assert_eq!(due_zh(&moment("2026-11-21T23:59:59")), "2026年11月21日24时");
    assert_eq!(
        due_zh(&moment("2026-11-21T17:20")),
        "2026年11月21日17时20分"
    );
}

#[test]
fn money_capitals_follow_the_rules_for_noughts() {
    for (fen, words) in [
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角整"),
        (205, "贰元零伍分"),
        (123_450, "壹仟贰佰叁拾肆元伍角整"),
        (100_100, "壹仟零壹元整"),
        (1_000, "壹拾元整"),
        (168_032, "壹仟陆佰捌拾元叁角贰分"),
        (1_640_902, "壹万陆仟肆佰零玖元零贰分"),
        (10_001_000, "壹拾万零壹拾元整"),
        (10_700_053, "壹拾万柒仟元伍角叁分"),
        (10_000_000_100, "壹亿零壹元整"),
        (10_000_500_000, "壹亿零伍仟元整"),
        (100_050_000_000, "壹拾亿零伍拾万元整"),
        (120_000_000_000_000, "壹万贰仟亿元整"),
        (-1_000_000, "负壹万元整"),
    ] {
        assert_eq!(money_zh(fen), words, "{fen}");
    }
}

#[test]
fn figures_carry_separators() {
    assert_eq!(money_figures(123_450), "1,234.50");
    assert_eq!(money_figures(-5), "-0.05");
    assert_eq!(money_figures(100_000_000), "1,000,000.00");
    assert_eq!(money_figures(99_900), "999.00");
}

#[test]
fn number_words_are_written_and_read() {
    for (value, words) in [
        (0, "零"),
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (105, "一百零五"),
        (110, "一百一十"),
        (20_000, "二万"),
    ] {
        assert_eq!(number_zh(value), words);
        assert_eq!(read_number_zh(words), Some(value));
    }
    assert_eq!(read_number_zh("两"), Some(2));
    assert_eq!(read_number_zh("二〇二四"), Some(2024));
    assert_eq!(read_number_zh("12"), Some(12));
    assert_eq!(read_number_zh("三万五千"), Some(35_000));
    for wrong in [
        "",
        "十百",
        "一二十",
        "百",
        "年",
        "一万二万",
        "零十",
        "12x",
        "一百五",
        "三万五",
    ] {
        assert_eq!(read_number_zh(wrong), None, "{wrong}");
    }
}

/// Reads capitals back independently of how they were written.
fn decode_money(text: &str) -> Option<i64> {
    let (sign, rest) = text.strip_prefix('负').map_or((1, text), |rest| (-1, rest));
    let rest = rest.strip_suffix('整').unwrap_or(rest);
    let (yuan, rest) = rest
        .split_once('元')
        .map_or((Some(0), rest), |(yuan, rest)| (read_number_zh(yuan), rest));
    let (jiao, rest) = rest
        .split_once('角')
        .map_or(("", rest), |(jiao, rest)| (jiao, rest));
    let cents = rest
        .strip_suffix('分')
        .unwrap_or(rest)
        .trim_start_matches('零');
    let small = |text: &str| {
        if text.is_empty() {
            Some(0)
        } else {
            read_number_zh(text)
        }
    };
    let fen = i128::from(yuan?) * 100 + i128::from(small(jiao)?) * 10 + i128::from(small(cents)?);
    i64::try_from(fen * sign).ok()
}

proptest! {
    #[test]
    fn money_capitals_name_exactly_one_amount(fen in any::<i64>()) {
        prop_assert_eq!(decode_money(&money_zh(fen)), Some(fen));
    }

    #[test]
    fn sparse_money_capitals_name_exactly_one_amount(digit in 1_i64..10, place in 0_u32..16, more in 0_i64..2000) {
        let fen = digit * 10_i64.pow(place) + more;
        let words = money_zh(fen);
        prop_assert_eq!(decode_money(&words), Some(fen));
        prop_assert!(!words.contains("零零") && !words.contains("零元") && !words.contains("零万"), "{}", words);
    }

    #[test]
    fn figures_hold_the_same_digits(fen in any::<i64>()) {
        let plain: String = money_figures(fen).chars().filter(|char| !matches!(char, ',' | '.')).collect();
        prop_assert_eq!(plain.parse::<i128>().ok(), Some(i128::from(fen)));
    }

    #[test]
    fn number_words_are_read_back(value in 0_u64..1_000_000_000_000_000) {
        prop_assert_eq!(read_number_zh(&number_zh(value)), Some(value));
    }
}
