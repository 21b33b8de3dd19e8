//! The page's types and lists, made from the command tables: `types.ts`, `commands.ts` and the
//! window's permission list. An example writes them, a test compares them.
//!
//! Not here: a second list of anything.

use std::collections::{BTreeMap, BTreeSet};

use ts_rs::{Config, TS, TypeVisitor};

use crate::desk;
use crate::table;

/// What every generated file begins with.
const HEAD: &str =
    "// Made from the command tables by `cargo run -p commands --example bindings`.\n";

/// A file that is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Where it stands in the tree.
    pub path: &'static str,
    /// What it says.
    pub text: String,
}

/// One command as the page sees it.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) name: &'static str,
    ask: String,
    answer: String,
}

/// The types that commands name, with all that those name.
pub(crate) struct Types {
    config: Config,
    declared: BTreeMap<String, String>,
}

impl Types {
    fn new() -> Self {
        Self {
            config: Config::new().with_large_int("number"),
            declared: BTreeMap::new(),
        }
    }

    fn name<T: TS + 'static + ?Sized>(&mut self) -> String {
        self.visit::<T>();
        T::name(&self.config)
    }

    /// A line of a table.
    pub(crate) fn line<A: TS + 'static, B: TS + 'static>(&mut self, name: &'static str) -> Line {
        Line {
            name,
            ask: self.name::<A>(),
            answer: self.name::<B>(),
        }
    }

    /// A type that crosses by an event and not by a command.
    fn also<T: TS + 'static>(&mut self) {
        self.visit::<T>();
    }
}

impl TypeVisitor for Types {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        // What is built in has no place of its own; its parts may have.
        if T::output_path().is_none() {
            T::visit_generics(self);
            return;
        }
        let name = T::ident(&self.config);
        let docs = T::docs().unwrap_or_default();
        // Any JSON at all: whoever reads it says what it should be.
        let text = match name.as_str() {
            "JsonValue" => "export type JsonValue = unknown;".to_owned(),
            _ => format!("{docs}export {}", T::decl(&self.config)),
        };
        match self.declared.insert(name.clone(), text.clone()) {
            None => {
                T::visit_dependencies(self);
                T::visit_generics(self);
            }
            Some(before) => assert_eq!(before, text, "BUG: two types are called {name}"),
        }
    }
}

/// All files.
#[must_use]
pub fn made() -> Vec<Made> {
    let mut types = Types::new();
    let mut lines = table::lines(&mut types);
    lines.extend(desk::lines(&mut types));
    let bytes = desk::byte_lines(&mut types);
    types.also::<desk::PickedFile>();
    types.also::<crate::CommandError>();
    let writes: Vec<&str> = table::WRITES.iter().chain(desk::WRITES).copied().collect();
    vec![
        Made {
            path: "ui/src/host/generated/types.ts",
            text: types_file(&types),
        },
        Made {
            path: "ui/src/host/generated/commands.ts",
            text: commands_file(&types, &lines, &bytes, &writes),
        },
        Made {
            path: "src-tauri/commands.txt",
            text: lines
                .iter()
                .chain(&bytes)
                .map(|line| format!("{}\n", line.name))
                .collect(),
        },
    ]
}

fn types_file(types: &Types) -> String {
    let mut text = HEAD.to_owned();
    for declared in types.declared.values() {
        text.push('\n');
        text.push_str(declared);
        text.push('\n');
    }
    text
}

fn commands_file(types: &Types, lines: &[Line], bytes: &[Line], writes: &[&str]) -> String {
    let body: String = lines
        .iter()
        .map(|l| {
            format!(
                "    {}: {{ ask: {}; answer: {} }};\n",
                l.name, l.ask, l.answer
            )
        })
        .collect();
    let byte_body: String = bytes
        .iter()
        .map(|l| format!("    {}: {{ ask: {} }};\n", l.name, l.ask))
        .collect();
    let named = used(types, &format!("{body}{byte_body}"));
    let imports: String = named.iter().map(|n| format!("    {n},\n")).collect();
    let writes: String = writes.iter().map(|n| format!("    '{n}',\n")).collect();
    format!(
        "{HEAD}import type {{\n{imports}}} from './types';\n\n\
         /** Every command with what it is asked and what it answers. */\n\
         export interface Commands {{\n{body}}}\n\n\
         /** The commands that answer bytes. */\n\
         export interface ByteCommands {{\n{byte_body}}}\n\n\
         /** The commands after which records may be different. */\n\
         export const WRITES: ReadonlySet<keyof Commands> = new Set<keyof Commands>([\n{writes}]);\n"
    )
}

/// The declared types that a text names.
fn used<'a>(types: &'a Types, text: &str) -> BTreeSet<&'a str> {
    let words: BTreeSet<&str> = text
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .collect();
    let names = types.declared.keys().map(String::as_str);
    names.filter(|name| words.contains(name)).collect()
}
