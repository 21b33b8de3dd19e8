//! Conditions on what hangs on a record: its deadlines, its papers. Each is answered by an index of
//! the other table and never by reading it.

use domain::time::Moment;
use rusqlite::types::Value as Sql;

use crate::column::stored_moment;
use crate::schema::Table;

/// A condition on what hangs on a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hanging {
    /// An open deadline lies before this moment.
    DueBefore(Moment),
    /// The earliest open deadline lies at or after the first and before the second moment.
    DueBetween(Moment, Moment),
    /// No open deadline is running.
    NothingDue,
    /// A limit was met late.
    WasLate,
    /// No limit was met late.
    NeverLate,
    /// A printed sheet is not back yet.
    PaperOut,
}

/// The open deadlines of a register; only what the index `deadline_due` holds.
const OPEN: &str =
    "SELECT record FROM deadline WHERE open = 1 AND due_at IS NOT NULL AND register = ?";

impl Hanging {
    /// The condition as SQL, with its values in order.
    pub(super) fn clause(&self, table: &Table) -> (String, Vec<Sql>) {
        let name = table.name();
        let register = || Sql::Text(name.to_owned());
        let at = |moment: &Moment| Sql::Text(stored_moment(moment));
        match self {
            Self::DueBefore(until) => (
                format!("uuid IN ({OPEN} AND due_at < ?)"),
                vec![register(), at(until)],
            ),
            Self::DueBetween(from, until) => (
                format!(
                    "uuid IN ({OPEN} AND due_at >= ? AND due_at < ?)
                     AND uuid NOT IN ({OPEN} AND due_at < ?)"
                ),
                vec![register(), at(from), at(until), register(), at(from)],
            ),
            Self::NothingDue => (format!("uuid NOT IN ({OPEN})"), vec![register()]),
            Self::WasLate => (format!("EXISTS ({})", late(name)), Vec::new()),
            Self::NeverLate => (format!("NOT EXISTS ({})", late(name)), Vec::new()),
            Self::PaperOut => (
                "uuid IN (SELECT record FROM paper INDEXED BY paper_out
                 WHERE status = 'printed' AND deleted_at IS NULL)"
                    .to_owned(),
                Vec::new(),
            ),
        }
    }
}

fn late(register: &str) -> String {
    format!(
        "SELECT 1 FROM deadline WHERE deadline.record = {register}.uuid
         AND deadline.state = 'met_late' AND deadline.detail ->> '$.hard' = 1"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Schema;
    use domain::spec::Catalog;
    use domain::time::parse_moment;
    use rusqlite::{Connection, params_from_iter};

    /// How SQLite would answer, in its own words.
    fn plan(sql: &str, params: &[Sql]) -> String {
        let conn = Connection::open_in_memory().expect("memory");
        for step in crate::migrate::STEPS {
            conn.execute_batch(step.sql).expect("the schema");
        }
        let mut statement = conn
            .prepare(&format!("EXPLAIN QUERY PLAN {sql}"))
            .expect("a statement");
        let steps: Vec<String> = statement
            .query_map(params_from_iter(params), |row| row.get(3))
            .expect("a plan")
            .collect::<rusqlite::Result<_>>()
            .expect("its steps");
        steps.join("\n")
    }

    #[test]
    fn what_hangs_on_records_is_answered_by_an_index_of_the_other_table() {
        let schema = Schema::new(Catalog::builtin());
        let table = schema.register("complaint").expect("complaints");
        let now = parse_moment("2026-11-20T09:12").expect("moment");
        for (hanging, index) in [
            (Hanging::DueBefore(now), "COVERING INDEX deadline_due"),
            (Hanging::DueBetween(now, now), "COVERING INDEX deadline_due"),
            (Hanging::NothingDue, "COVERING INDEX deadline_due"),
            (Hanging::WasLate, "sqlite_autoindex_deadline_1 (record=?)"),
            (Hanging::PaperOut, "COVERING INDEX paper_out"),
        ] {
            let (text, params) = hanging.clause(table);
            let sql = format!("SELECT id FROM complaint WHERE deleted_at IS NULL AND {text}");
            let plan = plan(&sql, &params);
            assert!(plan.contains(index), "{hanging:?}\n{plan}");
        }
    }

    #[test]
    fn figures_over_all_cases_read_an_index_and_not_the_rows() {
        let by_grade = "SELECT grade, count(*) FROM complaint WHERE deleted_at IS NULL
            GROUP BY grade ORDER BY grade";
        let days = "SELECT avg(substr(handled_at, 1, 10)) FROM complaint
            WHERE deleted_at IS NULL AND handled_at IS NOT NULL AND received_at > '2026'";
        let satisfied = "SELECT count(*) FROM complaint WHERE deleted_at IS NULL
            AND visited_at >= '2026-11-01' AND satisfaction IN ('satisfied')";
        let pressing = "SELECT register, record, rule, round, due_at FROM deadline
            WHERE open = 1 AND due_at IS NOT NULL AND due_at <= '2026-12' ORDER BY due_at";
        let anonymous = "SELECT count(*) FROM complaint WHERE deleted_at IS NULL AND anonymous = 1";
        let major = "SELECT content FROM complaint WHERE deleted_at IS NULL AND grade = 'major'
            ORDER BY received_at DESC, id DESC LIMIT 200";
        for (sql, index) in [
            (by_grade, "COVERING INDEX complaint_grade"),
            (days, "complaint_"),
            (satisfied, "COVERING INDEX complaint_visited_at"),
            (pressing, "COVERING INDEX deadline_due"),
            (anonymous, "COVERING INDEX complaint_anonymous"),
        ] {
            let plan = plan(sql, &[]);
            assert!(
                plan.contains(index) && !plan.contains("TEMP B-TREE"),
                "{plan}"
            );
        }
        // Only ties are sorted, and only as far as the page goes.
        let plan_of_major = plan(major, &[]);
        assert!(
            plan_of_major.contains("INDEX complaint_grade (grade=?)"),
            "{plan_of_major}"
        );
        assert!(
            !plan_of_major.contains("TEMP B-TREE FOR ORDER BY"),
            "{plan_of_major}"
        );
        // Without an index the same words do not come: what the claims look for can be missing.
        let plan = plan("SELECT count(*) FROM complaint WHERE remark = 'x'", &[]);
        assert!(!plan.contains("COVERING"), "{plan}");
    }
}
