//! Complaints as an office writes them, made from lists of words: the content of the measured
//! offices. Every complaint differs, the words in it are common and rare as in life.

use domain::time::parse_moment;
use domain::value::Values;

use super::Dice;

const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文";
const GIVEN: &str = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂华建国志文玉红春梅海燕晓东雪松鹏飞龙辉宇浩然子涵欣怡梓轩佳琪长乐重阳单仇解";
const RARE: &str = "䶮㛃𬭎𠅤龘堃翀昇喆";
const PLACES: [&str; 12] = [
    "东侧围墙外",
    "地下车库",
    "三层楼梯间",
    "屋面女儿墙",
    "主卧卫生间",
    "厨房烟道",
    "南门施工便道",
    "配电房",
    "电梯机房",
    "公共走廊",
    "阳台推拉门",
    "外墙保温层",
];
const MATTERS: [&str; 24] = [
    "漏水",
    "渗水",
    "墙面开裂",
    "空鼓",
    "夜间施工噪音扰民",
    "渣土车遗撒",
    "扬尘污染",
    "窗户关闭不严",
    "下水管堵塞",
    "地砖松动",
    "电梯故障停运",
    "门禁失灵",
    "管道井返味",
    "保温层脱落",
    "栏杆晃动",
    "消防通道被占用",
    "水压不足",
    "墙皮脱落",
    "防水层破损",
    "雨水倒灌",
    "照明不亮",
    "配电箱跳闸",
    "沉降裂缝",
    "玻璃自爆",
];
const DEMANDS: [&str; 10] = [
    "要求尽快维修并书面答复",
    "要求赔偿财产损失",
    "要求停止夜间施工",
    "要求更换门窗五金",
    "要求查明原因",
    "要求给出整改时间表",
    "请项目部派人现场查看",
    "要求恢复原状",
    "希望加强管理",
    "要求道歉并承诺不再发生",
];
const CAUSES: [&str; 8] = [
    "施工时防水附加层未按规范上翻",
    "材料进场未复检",
    "分包班组未按方案施工",
    "成品保护不到位",
    "设计变更未及时传达",
    "养护时间不足",
    "使用不当所致",
    "混凝土浇筑振捣不密实",
];
const CHANNELS: [&str; 4] = ["phone", "visit", "letter", "hotline_12345"];

/// A name of two or three characters, now and then a rare one.
pub(crate) fn name(dice: &mut Dice) -> String {
    let mut name = String::from(dice.letter(SURNAMES));
    for _ in 0..=dice.roll(2) {
        let pool = if dice.roll(400) == 0 { RARE } else { GIVEN };
        name.push(dice.letter(pool));
    }
    name
}

/// The n-th complaint, in one of the projects.
pub(crate) fn complaint(dice: &mut Dice, projects: &[String], n: usize) -> Values {
    let (day, month) = (1 + n % 28, 1 + (n / 28) % 12);
    let building = 1 + dice.roll(40);
    let room = 101 + dice.roll(3200);
    let (place, matter) = (dice.pick(&PLACES), dice.pick(&MATTERS));
    let received = format!(
        "20{:02}-{month:02}-{day:02}T{:02}:{:02}",
        10 + n % 17,
        8 + dice.roll(10),
        dice.roll(60)
    );
    let mut values = Values::new()
        .with("project", projects[dice.roll(projects.len())].as_str())
        .with("received_at", parse_moment(&received).expect("a moment"))
        .with("channel", dice.pick(&CHANNELS))
        .with("receiver", name(dice))
        .with("complainant_name", name(dice))
        .with(
            "phone",
            format!("1{}{:09}", 3 + dice.roll(7), dice.roll(1_000_000_000)),
        )
        .with(
            "location",
            format!("{building}号楼{}单元{room}室", 1 + dice.roll(4)),
        )
        .with(
            "content",
            format!(
                "{building}号楼{room}室业主反映{place}{matter}，已持续{}天，影响正常生活，{}。",
                1 + dice.roll(60),
                dice.pick(&DEMANDS)
            ),
        )
        .with("handler", name(dice))
        .with("round", 1_i64);
    if dice.roll(3) > 0 {
        let cause = dice.pick(&CAUSES);
        let crew = dice.pick(&["防水", "土建", "安装", "装饰", "水电"]);
        values.set("facts", format!("{place}{matter}属实，系{cause}。"));
        values.set(
            "opinion",
            format!("由责任班组返工，{}。", dice.pick(&DEMANDS)),
        );
        values.set(
            "result",
            format!(
                "经现场勘查，{cause}，已安排{crew}班组于{month}月{day}日完成修复，业主签字确认。"
            ),
        );
    }
    values
}
