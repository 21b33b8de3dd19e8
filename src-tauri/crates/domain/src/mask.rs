//! Personal data as lists and exports show it: 王**, 138****1234 (Personal Information Protection
//! Law art. 21 to 25).
//!
//! Every function may be applied to its own answer without changing it, so a value that comes back
//! masked from somewhere is shown as it is. Not here: who may see the value unmasked, which field
//! is personal (the register's spec), reading of telephone numbers (`phone`).

use unicode_normalization::UnicodeNormalization;

/// Surnames of two characters that are met; the second character belongs to no given name.
const COMPOUND_SURNAMES: [&str; 40] = [
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "轩辕", "令狐", "钟离", "宇文",
    "长孙", "慕容", "鲜于", "闾丘", "司徒", "司空", "夏侯", "申屠", "万俟", "闻人", "濮阳", "淳于",
    "单于", "太叔", "公冶", "赫连", "澹台", "端木", "百里", "东郭", "南宫", "西门", "呼延", "独孤",
    "纳兰", "第五", "完颜", "叶赫",
];

/// Words that only the names of firms and bodies carry.
const BODIES: [&str; 32] = [
    "公司",
    "集团",
    "委员会",
    "居委会",
    "业委会",
    "村委会",
    "管委会",
    "街道办",
    "办事处",
    "物业",
    "银行",
    "医院",
    "学校",
    "小学",
    "中学",
    "大学",
    "幼儿园",
    "小区",
    "花园",
    "街道",
    "中心",
    "项目部",
    "指挥部",
    "管理处",
    "服务站",
    "派出所",
    "城管局",
    "住建局",
    "监督站",
    "热线",
    "研究院",
    "设计院",
];

/// Forms of address that may stand behind a surname or a name.
const TITLES: [&str; 14] = [
    "先生", "女士", "小姐", "师傅", "阿姨", "大爷", "大妈", "老师", "经理", "主任", "书记", "总工",
    "叔叔", "奶奶",
];

/// Words that stand in for a name.
const NO_NAMES: [&str; 6] = ["匿名", "无", "不详", "未知", "保密", "业主"];

/// Signs between several values in one field.
const BETWEEN: [char; 9] = ['、', '，', ',', ';', '；', '/', '／', '|', '\n'];

/// A name: 王小明 → `王**`, 王明 → `王*`, 欧阳小明 → `欧阳**`, 王先生 as it is.
///
/// Never more than two stars, so that the length is not told. Firms and bodies are not persons and
/// stay; several names in one field are masked one by one.
#[must_use]
pub fn name(text: &str) -> String {
    each(text, one_name)
}

/// A telephone number: `138****1234`; a landline keeps its area code and the last two figures
/// (`0571-******56`), its extension is left out; anything else keeps the last two figures.
#[must_use]
pub fn phone(text: &str) -> String {
    each(text, one_phone)
}

/// An identity or other number: the first four (the place) and last four of 15 figures and more,
/// the first and last two of 8 and more; less is hidden whole.
#[must_use]
pub fn id_number(text: &str) -> String {
    let signs = signs(text);
    match signs.len() {
        15.. => keep(&signs, 4, 4),
        8.. => keep(&signs, 2, 2),
        _ => keep(&signs, 0, 0),
    }
}

/// An address: house, unit, floor and room numbers are hidden, the words stay
/// (`听松路*号云岫花园*幢*单元*室`).
#[must_use]
pub fn address(text: &str) -> String {
    let text: Vec<char> = text.nfkc().collect();
    let mut masked = String::new();
    let mut at = 0;
    while at < text.len() {
        let run =
            |wanted: fn(char) -> bool| text[at..].iter().take_while(|char| wanted(**char)).count();
        let figures = run(is_figure);
        let numerals = run(is_numeral);
        let counts_houses = text
            .get(at + numerals)
            .is_some_and(|next| "号幢栋座楼层单室户弄巷门排组".contains(*next));
        let hidden = if numerals > 0 && counts_houses {
            numerals
        } else {
            figures
        };
        if hidden > 0 {
            masked.push('*');
            at += hidden;
        } else {
            masked.push(text[at]);
            at += 1;
        }
    }
    masked
}

fn is_figure(char: char) -> bool {
    char.is_ascii_alphanumeric() || matches!(char, '*' | '#' | '-')
}

fn is_numeral(char: char) -> bool {
    "零〇一二三四五六七八九十百甲乙丙丁".contains(char)
}

/// Applies a mask to each of several values in one field.
fn each(text: &str, mask: fn(&str) -> String) -> String {
    let mut masked = String::with_capacity(text.len());
    for part in text.split_inclusive(BETWEEN) {
        let value = part.trim_end_matches(BETWEEN);
        masked.push_str(&mask(value.trim()));
        masked.push_str(&part[value.len()..]);
    }
    masked
}

fn one_name(name: &str) -> String {
    let is_body = name.chars().count() >= 4 && BODIES.iter().any(|word| name.contains(word));
    if name.is_empty() || NO_NAMES.contains(&name) || is_body {
        return name.to_owned();
    }
    let titled = TITLES
        .iter()
        .find_map(|title| Some((name.strip_suffix(title)?, *title)));
    let (stem, title) = titled
        .filter(|(stem, _)| !stem.is_empty())
        .unwrap_or((name, ""));
    let surname = surname_of(stem, !title.is_empty());
    let given = stem.chars().count() - surname.chars().count();
    let foreign = stem.contains(['·', '•', '・']) || surname.is_ascii();
    let stars = match (given, foreign) {
        (0, _) if !title.is_empty() => "",
        (0 | 1, false) => "*",
        _ => "**",
    };
    format!("{surname}{stars}{title}")
}

/// The surname a name begins with: a compound one if a given name or a title follows, else one
/// character.
fn surname_of(stem: &str, titled: bool) -> String {
    let follows = |surname: &str| {
        stem.strip_prefix(surname)
            .is_some_and(|rest| titled || !rest.is_empty())
    };
    let compound = COMPOUND_SURNAMES
        .into_iter()
        .find(|surname| follows(surname));
    compound.map_or_else(|| stem.chars().take(1).collect(), str::to_owned)
}

fn one_phone(number: &str) -> String {
    let folded: String = number.nfkc().collect();
    let main = folded.split('转').next().unwrap_or_default();
    let mut signs = signs(main);
    if signs.len() == 13 && signs.starts_with(&['8', '6', '1']) {
        signs.drain(..2);
    }
    match (signs.first(), signs.len()) {
        (Some('1'), 11) => keep(&signs, 3, 4),
        (Some('0'), 10..) => landline(&signs),
        (_, 5..) => keep(&signs, 0, 2),
        _ => keep(&signs, 0, 0),
    }
}

/// An area code (010 and 02x have three figures, all others four) and at most eight figures more.
fn landline(signs: &[char]) -> String {
    let big_city = signs.starts_with(&['0', '1']) || signs.starts_with(&['0', '2']);
    let (area, local) = signs.split_at(if big_city { 3 } else { 4 });
    let local = &local[..local.len().min(8)];
    format!("{}-{}", area.iter().collect::<String>(), keep(local, 0, 2))
}

/// Plain letters, figures and stars; other letters as stars, what stands between left out.
fn signs(text: &str) -> Vec<char> {
    let sign = |char: char| match char {
        '*' => Some('*'),
        _ if char.is_ascii_alphanumeric() => Some(char),
        _ => char.is_alphanumeric().then_some('*'),
    };
    text.nfkc().filter_map(sign).collect()
}

/// Keeps signs at both ends and hides those between.
fn keep(signs: &[char], first: usize, last: usize) -> String {
    let hidden = first..signs.len() - last;
    let shown = |(at, sign): (usize, &char)| if hidden.contains(&at) { '*' } else { *sign };
    signs.iter().enumerate().map(shown).collect()
}
