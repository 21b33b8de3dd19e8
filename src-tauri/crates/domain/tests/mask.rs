//! Masks: the agreed forms, and that no mask ever shows the middle or changes its own answer.

use domain::mask::{address, id_number, name, phone};
use proptest::prelude::*;

#[test]
fn names_show_the_surname_only() {
    for (clear, masked) in [
        ("王小明", "王**"),
        ("王明", "王*"),
        ("王", "王*"),
        ("王明明明", "王**"),
        ("欧阳修", "欧阳*"),
        ("欧阳小明", "欧阳**"),
        ("闻人听溪", "闻人**"),
        ("欧阳", "欧*"),
        ("龚䶮", "龚*"),
        ("阿卜杜拉·买买提", "阿**"),
        ("John Smith", "J**"),
        ("王先生", "王先生"),
        ("欧阳女士", "欧阳女士"),
        ("王小明先生", "王**先生"),
        ("王小明、李四；张三丰", "王**、李*；张**"),
        ("匿名", "匿名"),
        ("听松苑小区业主委员会", "听松苑小区业主委员会"),
        ("", ""),
    ] {
        assert_eq!(name(clear), masked, "{clear}");
    }
}

#[test]
fn phones_show_operator_or_area_and_the_tail() {
    for (clear, masked) in [
        ("13812341234", "138****1234"),
        ("138 1234 1234", "138****1234"),
        ("+86 138-1234-1234", "138****1234"),
        ("１３８１２３４１２３４", "138****1234"),
        ("0571-88123456", "0571-******56"),
        ("057188123456", "0571-******56"),
        ("02168880100", "021-******00"),
        ("02168880176-603", "021-******76"),
        ("(010)68880176转8", "010-******76"),
        ("68880176", "******76"),
        ("400-820-8820", "********20"),
        ("12345", "***45"),
        ("110", "***"),
        ("13812341234;057188123456", "138****1234;0571-******56"),
        ("", ""),
    ] {
        assert_eq!(phone(clear), masked, "{clear}");
    }
}

#[test]
fn numbers_and_addresses_hide_what_points_to_one_door() {
    assert_eq!(id_number("330106199001011234"), "3301**********1234");
    assert_eq!(id_number("G1234567"), "G1****67");
    assert_eq!(id_number("12345"), "*****");
    assert_eq!(
        address("望江区听松路 88 号云岫花园３幢二单元501室"),
        "望江区听松路 * 号云岫花园*幢*单元*室"
    );
    assert_eq!(address("五一路A座十二层"), "五一路*座*层");
    assert_eq!(address("3#楼2-501"), "*楼*");
}

/// Common characters of names, none of which begins a compound surname or a title.
fn any_name() -> impl Strategy<Value = Vec<char>> {
    let signs: Vec<char> =
        "王李张刘陈杨赵吴周徐孙朱胡郭林何高梁宋谢韩唐冯伟芳娜敏静强磊军洋勇艳杰涛明"
            .chars()
            .collect();
    proptest::collection::vec(proptest::sample::select(signs), 2..5)
}

proptest! {
    #[test]
    fn a_masked_name_shows_nothing_behind_the_surname(signs in any_name()) {
        let masked = name(&signs.iter().collect::<String>());
        let mut shown = masked.chars();
        prop_assert_eq!(shown.next(), Some(signs[0]));
        prop_assert!(shown.all(|char| char == '*'));
        prop_assert!(masked.chars().count() <= 3, "the length is not told");
    }

    #[test]
    fn a_masked_mobile_never_shows_its_middle(number in "1[3-9][0-9]{9}") {
        let masked = phone(&number);
        prop_assert_eq!(masked, format!("{}****{}", &number[..3], &number[7..]));
    }

    #[test]
    fn a_masked_number_never_shows_more_than_seven_figures(number in "[0-9 ()+-]{0,24}") {
        let figures = |text: &str| text.chars().filter(char::is_ascii_digit).count();
        let (clear, shown) = (figures(&number), figures(&phone(&number)));
        prop_assert!(shown <= 7 && (clear == 0 || shown < clear), "{} of {}", shown, clear);
        prop_assert!(figures(&id_number(&number)) <= 8);
    }

    #[test]
    fn a_masked_address_shows_no_figures(text in "[\\u{4e00}-\\u{4eff}0-9A-Z幢室号-]{0,20}") {
        prop_assert!(!address(&text).chars().any(|char| char.is_ascii_alphanumeric()));
    }

    #[test]
    fn masks_leave_their_own_answers_alone(text in "\\PC{0,24}|[0-9*+ 转-]{0,20}|[王欧阳明·*先生、/]{0,9}") {
        for mask in [name, phone, id_number, address] {
            let once = mask(&text);
            prop_assert_eq!(mask(&once), once);
        }
    }
}
