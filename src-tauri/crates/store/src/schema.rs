//! Tables as they follow from the specs: names, columns, the statements built from them, and the
//! test that a database really has them. Nothing here makes or alters a table.

use std::collections::{BTreeMap, HashMap};

use domain::spec::{Catalog, FieldKind, FieldSpec, RegisterSpec};
use rusqlite::Connection;

use crate::error::{Error, Result};

/// Columns before the fields, in the order in which records are read.
pub(crate) const RECORD_COLUMNS: [&str; 9] = [
    "id",
    "uuid",
    "number",
    "state",
    "row_version",
    "created_at",
    "updated_at",
    "deleted_at",
    "deleted_reason",
];

/// Columns before the fields, in the order in which lines are read.
pub(crate) const LINE_COLUMNS: [&str; 8] = [
    "id",
    "uuid",
    "parent",
    "position",
    "row_version",
    "created_at",
    "updated_at",
    "deleted_at",
];

/// One register or line register with its statements.
#[derive(Debug)]
pub(crate) struct Table {
    /// The spec it follows.
    pub(crate) spec: &'static RegisterSpec,
    /// Stored fields in the order of their ids, which is the order of [`domain::value::Values`].
    pub(crate) fields: Vec<&'static FieldSpec>,
    /// Line registers of which this is the parent.
    pub(crate) children: Vec<String>,
    /// Links to this register: register and field.
    pub(crate) linked_by: Vec<(String, String)>,
    /// All columns, for reading whole rows.
    pub(crate) whole: Selection,
}

/// A select over the system columns of a table and some of its fields.
#[derive(Debug, Default)]
pub(crate) struct Selection {
    /// `SELECT <columns> FROM <table>`. Columns stand as in the table, because SQLite takes a row
    /// apart from its beginning; another order took a sixth longer.
    pub(crate) sql: String,
    /// The fields in the order of their ids, each with its place among the columns.
    pub(crate) fields: Vec<(&'static FieldSpec, usize)>,
}

impl Table {
    pub(crate) fn is_line(&self) -> bool {
        self.spec.parent.is_some()
    }

    pub(crate) fn name(&self) -> &'static str {
        &self.spec.id
    }

    /// The columns before the fields.
    pub(crate) fn system(&self) -> &'static [&'static str] {
        if self.is_line() {
            &LINE_COLUMNS
        } else {
            &RECORD_COLUMNS
        }
    }

    /// The stored field of this id.
    pub(crate) fn field(&self, id: &str) -> Result<&'static FieldSpec> {
        self.fields
            .binary_search_by(|f| f.id.as_str().cmp(id))
            .map(|at| self.fields[at])
            .map_err(|_| Error::UnknownField {
                register: self.spec.id.clone(),
                field: id.to_owned(),
            })
    }

    /// A select over the system columns and the fields for which `wanted` holds.
    pub(crate) fn select(&self, wanted: impl Fn(&FieldSpec) -> bool) -> Selection {
        let system = self.system();
        let chosen: Vec<&'static FieldSpec> = self.spec.stored().filter(|f| wanted(f)).collect();
        let names = chosen.iter().map(|f| quoted(&f.id));
        let columns: Vec<String> = system
            .iter()
            .map(|c| (*c).to_owned())
            .chain(names)
            .collect();
        let mut fields: Vec<_> = chosen.into_iter().zip(system.len()..).collect();
        fields.sort_by(|a, b| a.0.id.cmp(&b.0.id));
        let sql = format!("SELECT {} FROM {}", columns.join(", "), self.name());
        Selection { sql, fields }
    }
}

/// All tables of the catalogue.
#[derive(Debug)]
pub(crate) struct Schema {
    tables: HashMap<String, Table>,
}

impl Schema {
    pub(crate) fn new(catalog: &'static Catalog) -> Self {
        let tables = catalog
            .registers()
            .map(|spec| {
                let mut fields: Vec<&'static FieldSpec> = spec.stored().collect();
                fields.sort_by(|a, b| a.id.cmp(&b.id));
                let children = catalog
                    .registers()
                    .filter(|other| other.parent.as_deref() == Some(spec.id.as_str()))
                    .map(|other| other.id.clone())
                    .collect();
                let linked_by = catalog
                    .registers()
                    .flat_map(|other| other.stored().map(move |field| (other, field)))
                    .filter(|(_, field)| field.target.as_deref() == Some(spec.id.as_str()))
                    .map(|(other, field)| (other.id.clone(), field.id.clone()))
                    .collect();
                let mut table = Table {
                    spec,
                    fields,
                    children,
                    linked_by,
                    whole: Selection::default(),
                };
                table.whole = table.select(|_| true);
                (spec.id.clone(), table)
            })
            .collect();
        Self { tables }
    }

    /// Any register or line register.
    pub(crate) fn any(&self, id: &str) -> Result<&Table> {
        self.tables
            .get(id)
            .ok_or_else(|| Error::UnknownRegister(id.to_owned()))
    }

    /// A register of records.
    pub(crate) fn register(&self, id: &str) -> Result<&Table> {
        let table = self.any(id)?;
        if table.is_line() {
            Err(Error::WrongRegister(id.to_owned()))
        } else {
            Ok(table)
        }
    }

    /// A register of lines.
    pub(crate) fn lines(&self, id: &str) -> Result<&Table> {
        let table = self.any(id)?;
        if table.is_line() {
            Ok(table)
        } else {
            Err(Error::WrongRegister(id.to_owned()))
        }
    }

    /// Every table in the order of its name.
    pub(crate) fn all(&self) -> Vec<&Table> {
        let sorted: BTreeMap<&String, &Table> = self.tables.iter().collect();
        sorted.into_values().collect()
    }

    /// The registers of records in the order of their names.
    pub(crate) fn registers(&self) -> Vec<&Table> {
        self.all().into_iter().filter(|t| !t.is_line()).collect()
    }

    /// What the database lacks of the specs, as column lines ready to paste into the migration.
    pub(crate) fn missing(&self, conn: &Connection) -> Result<Vec<String>> {
        let mut faults = Vec::new();
        for table in self.all() {
            let found = columns_of(conn, table.name())?;
            if found.is_empty() {
                faults.push(format!("no table {}", table.name()));
                continue;
            }
            for column in table.system() {
                if !found.contains_key(*column) {
                    faults.push(format!("{}: no column {column}", table.name()));
                }
            }
            for field in &table.fields {
                match found.get(&field.id) {
                    None => faults.push(format!("{}:     {},", table.name(), column_line(field))),
                    Some(kind) if kind != field.kind.column_type() => faults.push(format!(
                        "{}: {} is {kind}, wanted     {},",
                        table.name(),
                        field.id,
                        column_line(field)
                    )),
                    Some(_) => {}
                }
            }
        }
        Ok(faults)
    }

    /// Columns of register tables that no spec knows (a newer file may have them).
    #[cfg(test)]
    pub(crate) fn surplus(&self, conn: &Connection) -> Result<Vec<String>> {
        let mut faults = Vec::new();
        for table in self.all() {
            for column in columns_of(conn, table.name())?.into_keys() {
                let known = table.system().contains(&column.as_str())
                    || table.fields.iter().any(|f| f.id == column);
                if !known {
                    faults.push(format!("{}: {column} has no field", table.name()));
                }
            }
        }
        Ok(faults)
    }
}

/// Column names and declared types of a table.
fn columns_of(conn: &Connection, table: &str) -> Result<BTreeMap<String, String>> {
    let mut statement = conn.prepare("SELECT name, type FROM pragma_table_info(?1)")?;
    let rows = statement.query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The column of a field as it stands in a migration.
fn column_line(field: &FieldSpec) -> String {
    let name = quoted(&field.id);
    let check = match (field.kind, &field.target) {
        (FieldKind::Flag, _) => format!(" CHECK ({name} IN (0, 1))"),
        (FieldKind::Score, _) => format!(" CHECK ({name} BETWEEN 0 AND 10000)"),
        (FieldKind::Link, Some(target)) => {
            format!(" REFERENCES {target}(uuid) DEFERRABLE INITIALLY DEFERRED")
        }
        _ => String::new(),
    };
    format!("{name} {}{check}", field.kind.column_type())
}

/// A field id as a column name. Ids are lower snake case, so only reserved words need the quotes.
pub(crate) fn quoted(id: &str) -> String {
    format!("\"{id}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn database() -> Connection {
        let conn = Connection::open_in_memory().expect("memory");
        conn.execute_batch(crate::migrate::STEPS[0].sql)
            .expect("0001");
        conn
    }

    #[test]
    fn every_spec_has_its_table_and_every_column_its_field() {
        let schema = Schema::new(Catalog::builtin());
        let conn = database();
        let missing = schema.missing(&conn).expect("readable");
        assert!(
            missing.is_empty(),
            "add to the migration:\n{}",
            missing.join("\n")
        );
        let surplus = schema.surplus(&conn).expect("readable");
        assert!(
            surplus.is_empty(),
            "take out of the migration:\n{}",
            surplus.join("\n")
        );
    }

    #[test]
    fn a_column_that_is_missing_or_of_another_type_is_printed_ready_to_paste() {
        let spec = "id = \"office\"\nlabel = \"x\"\ntitle = \"name\"\n\
            [[field]]\nid = \"name\"\nlabel = \"x\"\nkind = \"int\"\n\
            [[field]]\nid = \"closed\"\nlabel = \"x\"\nkind = \"flag\"\n";
        let files = [("office.toml".to_owned(), spec.to_owned())];
        let catalog = Box::leak(Box::new(Catalog::parse(&files, &[]).expect("a sound spec")));
        let schema = Schema::new(catalog);
        let missing = schema.missing(&database()).expect("readable");
        assert_eq!(
            missing,
            [
                "office:     \"closed\" INTEGER CHECK (\"closed\" IN (0, 1)),",
                "office: name is TEXT, wanted     \"name\" INTEGER,",
            ]
        );
        let surplus = schema.surplus(&database()).expect("readable");
        assert!(
            surplus.iter().any(|s| s.contains("short_name")),
            "{surplus:?}"
        );
    }
}
