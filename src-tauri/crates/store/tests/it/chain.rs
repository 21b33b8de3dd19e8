//! The history is append-only and shows tampering; erased values leave it whole.

use rusqlite::params;
use store::{FindingKind, OpKind, Read};

use crate::office::{Office, complaint};

/// An office with a chain of ops over a few complaints.
fn worked() -> Office {
    let office = Office::new();
    for n in 0..8 {
        let made = office.add("complaint", &complaint(&format!("第{n}件漏水")));
        let values = domain::value::Values::new().with("content", format!("第{n}件漏水,已核实"));
        office.write(OpKind::Edit, |tx| {
            tx.reason("核实");
            tx.update("complaint", made.uuid, None, &values)
        });
    }
    office.expect_good();
    office
}

/// Lets the triggers go, as someone with a database tool would.
fn open_past_the_triggers(office: &Office) -> rusqlite::Connection {
    let conn = office.meddle();
    let names: Vec<String> = {
        let sql = "SELECT name FROM sqlite_schema WHERE type = 'trigger'";
        let mut statement = conn.prepare(sql).expect("triggers");
        let names = statement.query_map([], |row| row.get(0)).expect("names");
        names.map(|name| name.expect("a name")).collect()
    };
    for name in names {
        conn.execute_batch(&format!("DROP TRIGGER {name}"))
            .expect("dropped");
    }
    conn
}

#[test]
fn the_database_refuses_to_change_or_remove_history() {
    let office = worked();
    let conn = office.meddle();
    for table in ["op", "touched", "change"] {
        for sql in [
            format!("DELETE FROM {table}"),
            format!("UPDATE {table} SET op = op"),
        ] {
            let sql = sql.replace("op SET op = op", "op SET id = id");
            assert!(conn.execute(&sql, []).is_err(), "{sql}");
        }
    }
    drop(conn);
    office.expect_good();
}

/// Does one act of tampering and asks the check.
fn found(office: &Office, conn: &rusqlite::Connection, tamper: &str, n: i64) -> bool {
    let changed = conn.execute(tamper, params![n]).expect("tampered");
    assert!(changed > 0, "{tamper} {n} must change something");
    office
        .check()
        .findings
        .iter()
        .any(|f| matches!(f.kind, FindingKind::Chain | FindingKind::HistoryValue))
}

#[test]
fn edits_removals_insertions_and_swaps_are_all_found() {
    let tampers = [
        ("UPDATE op SET label = label || 'x' WHERE id = ?1", "edited label"),
        ("UPDATE op SET entry_at = '2020-01-01T00:00:00+08:00' WHERE id = ?1", "edited time"),
        ("UPDATE op SET kind = 'print' WHERE id = ?1", "edited kind"),
        ("DELETE FROM op WHERE id = ?1", "removed op"),
        ("DELETE FROM change WHERE op = ?1 AND seq = 1", "removed change"),
        ("UPDATE change SET field = 'demand' WHERE op = ?1 AND seq = 1", "edited field"),
        ("UPDATE change SET after_digest = zeroblob(32) WHERE op = ?1 AND seq = 1", "edited digest"),
        ("UPDATE touched SET record = zeroblob(16) WHERE op = ?1", "moved to another record"),
        ("DELETE FROM touched WHERE op = ?1", "removed record"),
        ("UPDATE history_value SET after = 'x' WHERE op = ?1 AND seq = 1", "edited value"),
        ("DELETE FROM history_value WHERE op = ?1 AND seq = 1", "removed value"),
        (
            "INSERT INTO change (op, seq, field) SELECT ?1, max(seq) + 1, 'demand' FROM change WHERE op = ?1",
            "inserted change",
        ),
        (
            "INSERT INTO op SELECT max(id) + 1, kind, label, actor, actor_digest, event_at, entry_at,
             max(stamp) + 1 + ?1, batch, NULL, NULL, hash FROM op",
            "inserted op",
        ),
        (
            "UPDATE op SET hash = (SELECT hash FROM op AS o WHERE o.id = ?1 - 1) WHERE id = ?1",
            "swapped hash",
        ),
        (
            "UPDATE change SET seq = -seq WHERE op = ?1 AND seq <= 2",
            "swapped places",
        ),
    ];
    for (sql, what) in tampers {
        // One office for each kind, because the tampering stays.
        let office = worked();
        let conn = open_past_the_triggers(&office);
        for op in [2, 9, 16] {
            assert!(found(&office, &conn, sql, op), "{what} at op {op}");
        }
    }
}

#[test]
fn every_single_bit_of_a_hash_counts_two_hundred_of_two_hundred() {
    let office = worked();
    let conn = open_past_the_triggers(&office);
    let ops = office.newest_op();
    let mut caught = 0;
    for trial in 0..200_i64 {
        let op = 1 + trial % ops;
        let old: Vec<u8> = conn
            .query_row("SELECT hash FROM op WHERE id = ?1", [op], |row| row.get(0))
            .expect("hash");
        let mut new = old.clone();
        let byte = usize::try_from(trial % 32).expect("small");
        new[byte] ^= 1 << (trial / 32 % 8);
        let set = "UPDATE op SET hash = ?2 WHERE id = ?1";
        conn.execute(set, params![op, new]).expect("flipped");
        let report = office.check();
        caught += usize::from(report.findings.iter().any(|f| f.kind == FindingKind::Chain));
        conn.execute(set, params![op, old]).expect("put back");
    }
    assert_eq!(caught, 200);
    office.expect_good();
}

#[test]
fn a_cut_tail_is_found_by_an_anchored_head_and_not_without_one() {
    let office = worked();
    let head = office
        .store
        .reader()
        .expect("reader")
        .history_head()
        .expect("head");
    let conn = open_past_the_triggers(&office);
    let newest = office.newest_op();
    for sql in [
        "DELETE FROM history_value WHERE op = ?1",
        "DELETE FROM change WHERE op = ?1",
        "DELETE FROM touched WHERE op = ?1",
        "DELETE FROM op WHERE id = ?1",
    ] {
        conn.execute(sql, [newest]).expect("cut");
    }
    let report = office.check();
    let chain = report
        .findings
        .iter()
        .filter(|f| f.kind == FindingKind::Chain)
        .count();
    assert_eq!(chain, 0, "a shorter chain is a chain");
    assert!(!report.is_good(), "but the record holds what no op wrote");
    let reader = office.store.reader().expect("reader");
    assert_eq!(
        reader.op_of_head(&head).expect("asked"),
        None,
        "the anchor is gone"
    );
    let earlier = reader.history_head().expect("head");
    assert_eq!(
        reader.op_of_head(&earlier).expect("asked"),
        Some(newest - 1)
    );
}

#[test]
fn a_record_changed_past_the_door_is_found() {
    let office = worked();
    office
        .meddle()
        .execute("UPDATE complaint SET content = '偷改' WHERE id = 3", [])
        .expect("meddled");
    let report = office.check();
    let kinds: Vec<_> = report.findings.iter().map(|f| f.kind).collect();
    assert!(kinds.contains(&FindingKind::RecordDrift), "{kinds:?}");
    assert!(kinds.contains(&FindingKind::SearchDrift), "{kinds:?}");
    assert!(
        report.findings.iter().all(|f| !f.detail.contains("偷改")),
        "never a value"
    );
}

#[test]
fn stamps_rise_even_when_the_clock_is_put_back() {
    let office = worked();
    office.clock.set(crate::office::moment("2020-01-01T00:00"));
    office.add("complaint", &complaint("x"));
    office.add("complaint", &complaint("y"));
    let ops = office
        .store
        .reader()
        .expect("reader")
        .ops(100)
        .expect("ops");
    assert!(ops.windows(2).all(|pair| pair[0].stamp > pair[1].stamp));
    office.expect_good();
}
