//! Measures the store against bare SQL in the same run: list pages, search, saves.
//!
//! `cargo run --release -p store --example measure -- 100000 [folder]` builds an office of so many
//! complaints (kept in the folder when one is given) and prints medians and ratios. Figures go into
//! docs/EVIDENCE.md; nothing is asserted here.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::spec::Catalog;
use domain::time::{CountedIds, FixedClock, Moment, parse_moment};
use domain::value::Values;
use rusqlite::Connection;
use store::{DeadlineRow, Env, Founder, ListQuery, Op, OpKind, Read, Store, Test, Who};
use uuid::Uuid;

const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文";
const GIVEN: &str = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂华建国志文玉红春梅海燕晓东雪松鹏飞龙辉宇浩然子涵欣怡梓轩佳琪长乐重阳单仇解";
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

/// A small generator of numbers, the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % sides
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.roll(words.len())]
    }

    fn name(&mut self) -> String {
        let one = |dice: &mut Self, pool: &str| {
            pool.chars()
                .nth(dice.roll(pool.chars().count()))
                .unwrap_or('王')
        };
        let mut name = String::from(one(self, SURNAMES));
        for _ in 0..=self.roll(2) {
            name.push(one(self, GIVEN));
        }
        name
    }
}

fn moment(text: &str) -> Moment {
    parse_moment(text).expect("a moment")
}

fn who() -> Who {
    Who {
        operator: "测量".to_owned(),
        site: "M1".to_owned(),
    }
}

fn complaint(dice: &mut Dice, projects: &[Uuid], n: usize) -> Values {
    let day = 1 + n % 28;
    let month = 1 + (n / 28) % 12;
    let building = 1 + dice.roll(40);
    let room = 101 + dice.roll(3200);
    let place = dice.pick(&PLACES);
    let matter = dice.pick(&MATTERS);
    let content = format!(
        "{building}号楼{room}室业主反映{place}{matter}，已持续{}天，影响正常生活，{}。",
        1 + dice.roll(60),
        dice.pick(&DEMANDS)
    );
    let result = format!(
        "经现场勘查，{}，已安排{}班组于{month}月{day}日完成修复，业主签字确认。",
        dice.pick(&CAUSES),
        dice.pick(&["防水", "土建", "安装", "装饰", "水电"])
    );
    let mut values = Values::new()
        .with("project", projects[dice.roll(projects.len())].to_string())
        .with(
            "received_at",
            moment(&format!(
                "20{:02}-{month:02}-{day:02}T{:02}:{:02}",
                10 + n % 17,
                8 + dice.roll(10),
                dice.roll(60)
            )),
        )
        .with("channel", "phone")
        .with("receiver", dice.name())
        .with("complainant_name", dice.name())
        .with(
            "phone",
            format!("1{}{:09}", 3 + dice.roll(7), dice.roll(1_000_000_000)),
        )
        .with(
            "location",
            format!("{building}号楼{}单元{room}室", 1 + dice.roll(4)),
        )
        .with("content", content)
        .with("handler", dice.name())
        .with("round", 1_i64);
    if dice.roll(3) > 0 {
        values.set(
            "facts",
            format!("{place}{matter}属实，系{}。", dice.pick(&CAUSES)),
        );
        values.set(
            "opinion",
            format!("由责任班组返工，{}。", dice.pick(&DEMANDS)),
        );
        values.set("result", result);
    }
    if dice.roll(50) == 0 {
        values.set("remark", "龘䶮𬭎罕见字备注");
    }
    values
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64() * 1000.0
}

fn time<T>(rounds: usize, mut f: impl FnMut() -> T) -> (f64, T) {
    let mut last = f();
    let times = (0..rounds)
        .map(|_| {
            let start = Instant::now();
            last = f();
            start.elapsed()
        })
        .collect();
    (median(times), last)
}

fn office(dir: &Path, count: usize) -> (Store, Arc<FixedClock>, Vec<Uuid>) {
    let clock = Arc::new(FixedClock::new(moment("2026-11-21T09:00")));
    let env = Env {
        clock: clock.clone(),
        ids: Arc::new(CountedIds::default()),
        catalog: Catalog::builtin(),
        app_version: "measure".to_owned(),
    };
    let founder = Founder {
        office_name: "测量项目部".to_owned(),
        office_code: "CL".to_owned(),
        operator: "测量".to_owned(),
        site: "M1".to_owned(),
    };
    let store = Store::create(dir, env, &founder).expect("created");
    let (projects, _) = store
        .transact(Op::new(OpKind::Add, "工程", &who()), |tx| {
            (1..=20)
                .map(|n| {
                    let project = Values::new()
                        .with("name", format!("滨江花园{n}标段安置房工程"))
                        .with("code", format!("XM{n:02}"));
                    tx.insert("project", &project).map(|made| made.uuid)
                })
                .collect::<Result<Vec<_>, store::Error>>()
        })
        .expect("projects");
    let mut dice = Dice(42);
    let states = ["draft", "registered", "accepted", "closed", "archived"];
    let start = Instant::now();
    let mut made = 0;
    while made < count {
        let batch = (count - made).min(5_000);
        store
            .transact(Op::new(OpKind::Import, "导入", &who()), |tx| {
                for n in made..made + batch {
                    let values = complaint(&mut dice, &projects, n);
                    let record = tx.insert("complaint", &values)?;
                    let year = 2010 + n % 17;
                    tx.assign_number("complaint", record.uuid, &format!("CL/{year}"), |s| {
                        format!("TS-{year}-XM{:02}-{s:05}", 1 + n % 20)
                    })?;
                    tx.set_state("complaint", record.uuid, states[n % 5])?;
                }
                Ok::<_, store::Error>(())
            })
            .expect("batch");
        made += batch;
    }
    store.rest().expect("rest");
    println!(
        "built {count} in {:.1} s, database {:.0} MB",
        start.elapsed().as_secs_f64(),
        store.database().metadata().expect("size").len() as f64 / 1e6
    );
    (store, clock, projects)
}

fn searches(store: &Store, bare: &Connection) {
    println!("\nsearch: first 50 and counts by register, ms; LIKE: count over the same text");
    let texts = [
        "漏",
        "的",
        "业",
        "漏水",
        "业主",
        "号楼",
        "要求",
        "渗水",
        "卫生间",
        "业主反映",
        "影响正常生活",
        "防水附加层未按规范",
        "龘",
        "䶮𬭎",
        "zsf",
        "wang",
        "z",
        "oycl",
        "5678",
        "13",
        "138",
        "1381234",
        "TS-2020",
        "00007",
        "12号楼",
        "3号楼 渗水",
        "张伟 漏水",
        "王 5678",
        "不存在的词语",
        "围墙外空鼓",
    ];
    let mut all = Vec::new();
    for text in texts {
        let (ms, found) = time(5, || {
            store
                .reader()
                .expect("reader")
                .search(text, 50)
                .expect("search")
        });
        let (like, _) = time(1, || {
            let sql = "SELECT count(*) FROM search_doc WHERE text LIKE ?1";
            let pattern = format!("%{}%", text.replace(' ', "%"));
            bare.query_row(sql, [pattern], |row| row.get::<_, i64>(0))
                .expect("like")
        });
        let counts: Vec<String> = found
            .counts
            .iter()
            .map(|c| {
                format!(
                    "{} {}{}",
                    c.register,
                    if c.exact { "" } else { "≤" },
                    c.count
                )
            })
            .collect();
        println!(
            "{text:>12} {ms:8.2} | LIKE {like:8.1} | {} hits, {}",
            found.hits.len(),
            counts.join(", ")
        );
        all.push(ms);
    }
    all.sort_by(f64::total_cmp);
    println!(
        "median {:.2} ms, worst {:.2} ms",
        all[all.len() / 2],
        all[all.len() - 1]
    );
}

fn lists(store: &Store, bare: &Connection, project: Uuid) {
    println!("\nlist: page of 200, ms, against the bare SQL reading the same columns");
    let columns: Vec<String> = {
        let mut statement = bare
            .prepare("SELECT name FROM pragma_table_info('complaint')")
            .expect("columns");
        let rows = statement
            .query_map([], |row| row.get::<_, String>(0))
            .expect("rows");
        rows.map(|name| name.expect("name")).collect()
    };
    let select = columns.join(", ");
    let shown = [
        "project",
        "received_at",
        "channel",
        "receiver",
        "complainant_name",
        "phone",
        "location",
        "content",
        "class",
        "grade",
    ];
    let cases: [(&str, ListQuery, String); 5] = [
        (
            "received_at, all fields",
            ListQuery::of("complaint").sorted_down("received_at"),
            format!(
                "SELECT {select} FROM complaint WHERE deleted_at IS NULL ORDER BY received_at DESC LIMIT 200"
            ),
        ),
        (
            "state, received_at",
            ListQuery::of("complaint")
                .filter("state", Test::Eq("accepted".into()))
                .sorted_down("received_at"),
            format!(
                "SELECT {select} FROM complaint WHERE deleted_at IS NULL AND state = 'accepted' ORDER BY received_at DESC LIMIT 200"
            ),
        ),
        (
            "project, received_at",
            ListQuery::of("complaint")
                .filter("project", Test::Eq(project.to_string().into()))
                .sorted_down("received_at"),
            format!(
                "SELECT {select} FROM complaint WHERE deleted_at IS NULL AND project = '{project}' ORDER BY received_at DESC LIMIT 200"
            ),
        ),
        (
            "list columns only",
            ListQuery {
                fields: Some(shown.map(str::to_owned).to_vec()),
                ..ListQuery::of("complaint").sorted_down("received_at")
            },
            format!(
                "SELECT id, uuid, number, state, row_version, created_at, updated_at, deleted_at, deleted_reason, {} FROM complaint WHERE deleted_at IS NULL ORDER BY received_at DESC LIMIT 200",
                shown.join(", ")
            ),
        ),
        (
            "offset half",
            ListQuery {
                offset: 20_000,
                ..ListQuery::of("complaint").sorted_down("received_at")
            },
            format!(
                "SELECT {select} FROM complaint WHERE deleted_at IS NULL ORDER BY received_at DESC LIMIT 200 OFFSET 20000"
            ),
        ),
    ];
    for (name, query, sql) in cases {
        let query = query.take(200);
        let (ours, _) = time(21, || {
            store.reader().expect("reader").list(&query).expect("list")
        });
        let (theirs, _) = time(21, || bare_rows(bare, &sql));
        println!(
            "{name:>26} {ours:8.3} | bare {theirs:8.3} | ratio {:.2}",
            ours / theirs
        );
    }
    for text in ["漏水", "业主", "防水附加层", "不存在"] {
        let query = ListQuery::of("complaint")
            .containing(text)
            .sorted_down("received_at")
            .take(200);
        let (ours, rows) = time(5, || {
            store.reader().expect("reader").list(&query).expect("list")
        });
        let (count, n) = time(3, || {
            store
                .reader()
                .expect("reader")
                .count(&query)
                .expect("count")
        });
        let sql = format!(
            "SELECT {select} FROM complaint WHERE deleted_at IS NULL AND (content LIKE '%{text}%' OR facts LIKE '%{text}%' OR opinion LIKE '%{text}%' OR result LIKE '%{text}%') ORDER BY received_at DESC LIMIT 200"
        );
        let (theirs, _) = time(3, || bare_rows(bare, &sql));
        println!(
            "{:>26} {ours:8.3} | LIKE {theirs:8.3} | {} rows; count {count:.2} ms = {n}",
            format!("text {text}"),
            rows.len()
        );
    }
    let (ours, n) = time(5, || {
        store
            .reader()
            .expect("reader")
            .count(&ListQuery::of("complaint"))
            .expect("count")
    });
    println!("{:>26} {ours:8.3} | {n}", "count");
}

/// Reads rows as a careful program without our layers would: each into a list of values.
fn bare_rows(bare: &Connection, sql: &str) -> usize {
    let mut statement = bare.prepare_cached(sql).expect("sql");
    let columns = statement.column_count();
    let rows = statement
        .query_map([], |row| {
            (0..columns)
                .map(|at| row.get::<_, rusqlite::types::Value>(at))
                .collect::<Result<Vec<_>, _>>()
        })
        .expect("query");
    rows.map(|row| row.expect("row").len()).sum()
}

fn saves(store: &Store, clock: &FixedClock, projects: &[Uuid], bare_dir: &Path) {
    println!("\nsave, ms: median of 300, fsync included");
    let mut dice = Dice(7);
    // The peer: the same row into the same table with the same indexes, and nothing else.
    let peer = Connection::open(bare_dir.join("bare.db")).expect("peer");
    peer.execute_batch("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=OFF; PRAGMA secure_delete=ON")
        .expect("settings");
    peer.pragma_update(None, "wal_autocheckpoint", 4000)
        .expect("settings");
    let mut ddl: Vec<String> = Vec::new();
    let conn = Connection::open(store.database()).expect("schema");
    let mut statement = conn
        .prepare("SELECT sql FROM sqlite_schema WHERE tbl_name = 'complaint' AND sql IS NOT NULL")
        .expect("ddl");
    let rows = statement
        .query_map([], |row| row.get::<_, String>(0))
        .expect("ddl");
    ddl.extend(rows.map(|sql| sql.expect("sql")));
    for sql in ddl {
        peer.execute_batch(&sql).expect("same table");
    }
    peer.execute("ATTACH ?1 AS o", [store.database().to_str().expect("name")])
        .expect("attached");
    peer.execute("INSERT INTO complaint SELECT * FROM o.complaint", [])
        .expect("same rows");
    peer.execute_batch("DETACH o; PRAGMA wal_checkpoint(TRUNCATE)")
        .expect("settled");
    let rows: Vec<Values> = (0..600)
        .map(|n| complaint(&mut dice, projects, n))
        .collect();
    let mut ours = Vec::new();
    let mut theirs = Vec::new();
    let mut plain = Vec::new();
    let first = rows.len() / 2;
    for n in 0..first {
        clock.advance(61);
        let values = &rows[n];
        let start = Instant::now();
        let op = Op::new(OpKind::Add, "登记", &who());
        store
            .transact(op, |tx| tx.insert("complaint", values).map(drop))
            .expect("saved");
        plain.push(start.elapsed());
        let values = &rows[first + n];
        let start = Instant::now();
        let op = Op::new(OpKind::Add, "登记", &who());
        store
            .transact(op, |tx| {
                let record = tx.insert("complaint", values)?;
                tx.assign_number("complaint", record.uuid, "CL/S", |s| format!("TS-S-{s:05}"))?;
                tx.set_deadlines(
                    "complaint",
                    record.uuid,
                    &[deadline("R-07"), deadline("R-08")],
                )
            })
            .expect("saved");
        ours.push(start.elapsed());
        let start = Instant::now();
        bare_save(&peer, values, n);
        theirs.push(start.elapsed());
    }
    let worst = ours.iter().max().expect("some").as_secs_f64() * 1000.0;
    let mean = ours.iter().sum::<Duration>().as_secs_f64() * 1000.0 / ours.len() as f64;
    let (plain, ours, theirs) = (median(plain), median(ours), median(theirs));
    println!("bare one-row commit {theirs:.3}");
    println!(
        "insert through the door {plain:.3} | ratio {:.2}",
        plain / theirs
    );
    println!(
        "insert + number + 2 deadlines {ours:.3} | ratio {:.2} (mean {mean:.3}, worst {worst:.1})",
        ours / theirs
    );
    let query = ListQuery::of("complaint").take(300);
    let records = store.reader().expect("reader").list(&query).expect("list");
    let mut edits = Vec::new();
    for (n, record) in records.iter().enumerate() {
        let values = Values::new()
            .with("content", format!("改写后的内容{n}"))
            .with("handler", "李四");
        let start = Instant::now();
        let op = Op::new(OpKind::Edit, "修改", &who());
        store
            .transact(op, |tx| tx.update("complaint", record.uuid, None, &values))
            .expect("saved");
        edits.push(start.elapsed());
    }
    println!("update of two fields {:.3}", median(edits));
}

fn deadline(rule: &str) -> DeadlineRow {
    DeadlineRow {
        rule: rule.to_owned(),
        round: 1,
        started_at: moment("2026-11-21T09:00"),
        due_at: Some(moment("2026-11-24T17:00")),
        met_at: None,
        open: true,
        state: "running".to_owned(),
        detail: serde_json::json!({ "days": 2 }),
        rule_version: "1".to_owned(),
        calendar_version: "2026".to_owned(),
    }
}

fn bare_save(peer: &Connection, values: &Values, n: usize) {
    let fields: Vec<(&str, Option<String>)> = values.iter().map(|(f, v)| (f, v.stored())).collect();
    let names: Vec<&str> = fields.iter().map(|(f, _)| *f).collect();
    let marks = vec!["?"; fields.len()].join(",");
    let sql = format!(
        "INSERT INTO complaint (uuid, row_version, created_at, updated_at, {}) VALUES ('bare-{n}', 1, '', '', {marks})",
        names.join(",")
    );
    let mut statement = peer.prepare_cached(&sql).expect("sql");
    statement
        .execute(rusqlite::params_from_iter(fields.iter().map(|(_, v)| v)))
        .expect("saved");
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let count: usize = arguments
        .next()
        .and_then(|n| n.parse().ok())
        .unwrap_or(10_000);
    let keep: Option<PathBuf> = arguments.next().map(PathBuf::from);
    let temporary = tempfile::tempdir().expect("folder");
    let dir = keep.as_deref().unwrap_or(temporary.path());
    let (store, clock, projects) = office(&dir.join("office"), count);
    let bare =
        Connection::open_with_flags(store.database(), rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY)
            .expect("bare");
    lists(&store, &bare, projects[3]);
    searches(&store, &bare);
    drop(bare);
    saves(&store, &clock, &projects, temporary.path());
    let start = Instant::now();
    let env = store.env().clone();
    store.close().expect("closed");
    println!("\nclose {:.3} s", start.elapsed().as_secs_f64());
    let start = Instant::now();
    let store = Store::open(&dir.join("office"), env).expect("opens");
    println!("open {:.3} s", start.elapsed().as_secs_f64());
    drop(store);
}
