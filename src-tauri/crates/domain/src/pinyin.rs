//! Pinyin keys of names, so that 欧阳长乐 is found by `oycl`, `ouyangchangle` and, because 长 and 乐
//! have several readings, by `ouyangzhangyue` as well.

use pinyin::ToPinyinMulti;

use crate::text::fold;

/// At most this many readings of one name are kept; more would be noise.
pub const READINGS_MAX: usize = 16;

/// Readings as surnames that dictionaries of ordinary readings lack.
const SURNAMES: [(char, &str); 8] = [
    ('解', "xie"),
    ('仇', "qiu"),
    ('单', "shan"),
    ('曾', "zeng"),
    ('查', "zha"),
    ('朴', "piao"),
    ('尉', "yu"),
    ('缪', "miao"),
];

/// All readings of a name as lists of syllables, at most [`READINGS_MAX`], the commonest first.
/// Letters and digits stand for themselves; characters without a reading are left out.
#[must_use]
pub fn readings(name: &str) -> Vec<Vec<String>> {
    let folded = fold(name);
    let mut all: Vec<Vec<String>> = vec![Vec::new()];
    for (at, c) in folded.chars().enumerate() {
        let syllables = syllables(c, at == 0);
        if syllables.is_empty() {
            continue;
        }
        let mut grown = Vec::with_capacity(all.len() * syllables.len());
        for syllable in &syllables {
            for one in &all {
                let mut one = one.clone();
                one.push(syllable.clone());
                grown.push(one);
            }
        }
        grown.truncate(READINGS_MAX);
        all = grown;
    }
    all.retain(|one| !one.is_empty());
    all
}

/// Search keys of a name: each reading written together and its initials, from each syllable on,
/// so that a given name alone is found too. Sorted, without doubles.
#[must_use]
pub fn keys(name: &str) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for reading in readings(name) {
        for from in 0..reading.len() {
            let rest = &reading[from..];
            keys.push(rest.concat());
            keys.push(rest.iter().filter_map(|s| s.chars().next()).collect());
        }
    }
    keys.sort();
    keys.dedup();
    keys
}

/// The plain readings of one character, without doubles; a surname reading first.
fn syllables(c: char, first: bool) -> Vec<String> {
    if c.is_ascii_alphanumeric() {
        return vec![c.to_string()];
    }
    let mut out: Vec<String> = Vec::new();
    if first && let Some((_, reading)) = SURNAMES.iter().find(|(s, _)| *s == c) {
        out.push((*reading).to_owned());
    }
    if let Some(multi) = c.to_pinyin_multi() {
        for one in multi {
            let plain = one.plain().replace('ü', "v");
            if !out.contains(&plain) {
                out.push(plain);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, typed: &str) -> bool {
        keys(name).iter().any(|k| k.starts_with(typed))
    }

    #[test]
    fn names_are_found_by_full_pinyin_and_initials() {
        for typed in ["zhangsanfeng", "zsf", "sanfeng", "zhangs"] {
            assert!(found("张三丰", typed), "{typed}");
        }
        assert!(!found("张三丰", "lsf"), "another name's initials");
    }

    #[test]
    fn characters_with_several_readings_are_found_by_each() {
        for (name, typed) in [
            ("重庆路", "chongqing"),
            ("长乐", "changle"),
            ("长乐", "zhangle"),
            ("单雄信", "shanxiongxin"),
            ("解缙", "xiejin"),
            ("仇英", "qiuying"),
            ("曾国藩", "zengguofan"),
            ("吕布", "lvbu"),
        ] {
            assert!(found(name, typed), "{name} by {typed}: {:?}", keys(name));
        }
    }

    #[test]
    fn a_name_never_gives_more_than_sixteen_readings() {
        assert!(readings("重长单解仇曾行乐").len() <= READINGS_MAX);
    }
}
