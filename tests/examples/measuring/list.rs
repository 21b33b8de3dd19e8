//! Pages of 200: by index, and with a text, against the same SQL and against `LIKE`.

use commands::records::{ListRecords, list_records};
use domain::spec::Catalog;
use rusqlite::Connection;
use store::{ListQuery, Read as _, Test};

use crate::measuring::{Aim, in_turns, line, shown, timed};
use crate::office::{Desk, bare_rows};

const INDEXED: Aim = Aim::AtMost(1.3, 1.1);
const WITH_TEXT: Aim = Aim::AtMost(1.0, 0.5);

pub(crate) fn measure(desk: &Desk, bare: &Connection, size: &str) {
    by_index(desk, bare, size);
    with_text(desk, bare, size);
    through_commands(desk);
}

/// Every column of the table.
fn all_columns(bare: &Connection) -> String {
    let mut statement = bare
        .prepare("SELECT name FROM pragma_table_info('complaint')")
        .expect("columns");
    let names = statement
        .query_map([], |row| row.get::<_, String>(0))
        .expect("columns");
    let names: Vec<String> = names.map(|name| name.expect("a name")).collect();
    names.join(", ")
}

fn by_index(desk: &Desk, bare: &Connection, size: &str) {
    let columns = all_columns(bare);
    let project = &desk.projects[3];
    let newest = || {
        ListQuery::of("complaint")
            .sorted_down("received_at")
            .take(200)
    };
    let sql = |conditions: &str, offset: &str| {
        format!(
            "SELECT {columns} FROM complaint WHERE deleted_at IS NULL {conditions} ORDER BY received_at DESC, id DESC LIMIT 200 {offset}"
        )
    };
    let cases = [
        ("newest first", newest(), sql("", "")),
        (
            "one state",
            newest().filter("state", Test::Eq("accepted".into())),
            sql("AND state = 'accepted'", ""),
        ),
        (
            "one project",
            newest().filter("project", Test::Eq(project.as_str().into())),
            sql(&format!("AND project = '{project}'"), ""),
        ),
        (
            "page 26",
            ListQuery {
                offset: 5_000,
                ..newest()
            },
            sql("", "OFFSET 5000"),
        ),
    ];
    for (name, query, sql) in cases {
        let (ours, peer) = in_turns(
            41,
            || {
                let reader = desk.ctx.reader().expect("reader");
                reader.list(&query).expect("list").len()
            },
            || bare_rows(bare, &sql),
        );
        line(
            &format!("page of 200 of {size}, {name}"),
            &shown(ours),
            &format!("bare SQL {}", shown(peer)),
            ours / peer,
            " ×",
            INDEXED,
        );
    }
}

fn with_text(desk: &Desk, bare: &Connection, size: &str) {
    let columns = all_columns(bare);
    let spec = Catalog::builtin().register("complaint").expect("spec");
    let searched: Vec<&str> = spec
        .stored()
        .filter(|field| field.search.is_some())
        .map(|field| field.id.as_str())
        .collect();
    for (kind, text) in [
        ("one in 24", "渗水"),
        ("rare", "䶮"),
        ("nowhere", "不存在的词"),
        ("everywhere", "业主"),
        ("one character", "漏"),
    ] {
        let any: Vec<String> = searched
            .iter()
            .map(|field| format!("{field} LIKE '%{text}%'"))
            .collect();
        let holds = format!("deleted_at IS NULL AND ({})", any.join(" OR "));
        let page = format!(
            "SELECT {columns} FROM complaint WHERE {holds} ORDER BY received_at DESC, id DESC LIMIT 200"
        );
        let count = format!("SELECT count(*) FROM complaint WHERE {holds}");
        let query = ListQuery::of("complaint")
            .containing(text)
            .sorted_down("received_at")
            .take(200);
        let reader = || desk.ctx.reader().expect("reader");
        let (ours, peer) = in_turns(
            3,
            || reader().list(&query).expect("list").len(),
            || bare_rows(bare, &page),
        );
        let (ours_count, peer_count) = in_turns(
            3,
            || reader().count(&query).expect("count"),
            || bare_rows(bare, &count),
        );
        let total = reader().count(&query).expect("count");
        line(
            &format!("page of 200 of {size} with a text ({kind}: {text}, {total} fit)"),
            &format!("{}, total after {}", shown(ours), shown(ours_count)),
            &format!("LIKE {}, total {}", shown(peer), shown(peer_count)),
            ours / peer,
            " ×",
            WITH_TEXT,
        );
    }
}

/// What a window waits for: the page in words with its total.
fn through_commands(desk: &Desk) {
    let ask = ListRecords {
        register: "complaint".to_owned(),
        filters: Vec::new(),
        text: None,
        sort: vec!["-received_at".to_owned()],
        offset: 0,
        limit: 200,
        unmask: false,
        count: true,
    };
    let mut times: Vec<_> = (0..11)
        .map(|_| timed(|| list_records(&desk.ctx, &ask).expect("page").rows.len()).0)
        .collect();
    times.sort();
    println!(
        "list_records (words, masks, total): {}",
        shown(crate::measuring::ms(&times[5]))
    );
}
