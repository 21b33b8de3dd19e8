//! The verbs: each builds a request, calls a command of the table, and prints the answer.

mod paper;
mod show;
mod work;

use std::path::PathBuf;
use std::sync::Arc;

use commands::system::usual_office_dir;
use commands::{CommandError, Ctx, InitOffice, Outcome, Surroundings, table};
use serde_json::{Value as Json, json};

use crate::args::{Cli, Verb};
use crate::output;

/// How a verb ended.
pub(crate) enum Done {
    /// Done.
    Well,
    /// Done, with findings.
    WithFindings,
}

impl Done {
    /// The exit code.
    pub(crate) fn exit(&self) -> u8 {
        match self {
            Self::Well => 0,
            Self::WithFindings => 1,
        }
    }
}

/// What every verb works with.
pub(crate) struct Session<'a> {
    pub(crate) cli: &'a Cli,
    pub(crate) ctx: Ctx,
}

impl Session<'_> {
    /// Calls a command; prints JSON when that is asked for, else what `show` makes of the answer.
    pub(crate) fn call(
        &self,
        name: &str,
        request: Json,
        show: impl Fn(&Json) -> String,
    ) -> Outcome<Json> {
        let answer = table::call(&self.ctx, name, request)?;
        self.print(&answer, show);
        Ok(answer)
    }

    /// Prints an answer.
    pub(crate) fn print(&self, answer: &Json, show: impl Fn(&Json) -> String) {
        if self.cli.json {
            output::json(answer);
        } else {
            output::text(&show(answer));
        }
    }
}

/// Runs the verb of a command line.
pub(crate) fn run(cli: &Cli) -> Outcome<Done> {
    let dir = office_dir(cli)?;
    let around = surroundings(cli)?;
    match &cli.verb {
        Verb::Init(init) => {
            let ask = InitOffice {
                name: init.office.clone(),
                code: init.code.clone(),
                operator: cli.operator.clone().unwrap_or_else(|| "操作员".to_owned()),
                site: init.site.clone(),
            };
            let ctx = commands::init_office(&dir, &around, &ask)?;
            let answer = json!({ "office": commands::office_name(&ctx)?, "data": dir.display().to_string() });
            ctx.store.close()?;
            if cli.json {
                output::json(&answer);
            } else {
                output::text(&format!(
                    "已建立单位“{}”，数据在 {}",
                    ask.name,
                    dir.display()
                ));
            }
            return Ok(Done::Well);
        }
        Verb::Demo { complaints, seed } => {
            let now = around.clock.now();
            let made = commands::demo::fill(&dir, *complaints, *seed, now)?;
            if cli.json {
                output::json(&serde_json::to_value(&made).unwrap_or_default());
            } else {
                output::text(&format!(
                    "已填入演示数据：投诉 {} 件，文书 {} 份",
                    made.complaints, made.papers
                ));
            }
            return Ok(Done::Well);
        }
        _ => {}
    }
    let session = Session {
        cli,
        ctx: Ctx::open(&dir, &around)?,
    };
    let done = verb(&session);
    match (done, &cli.verb) {
        (Ok(_), Verb::Restore { name: Some(name) }) => {
            let made = commands::upkeep::restore(
                session.ctx,
                &commands::upkeep::BackupRef { name: name.clone() },
            )?;
            output::text(&format!("已恢复到备份 {}（{}）", made.name, made.made_at));
            Ok(Done::Well)
        }
        (done, _) => {
            // What was confirmed is on the disk already. Folding the log may fail on a full one
            // and is made up for at the next opening; told as an error it would make a script
            // enter the same thing twice.
            drop(session.ctx.store.close());
            done
        }
    }
}

fn verb(session: &Session<'_>) -> Outcome<Done> {
    match &session.cli.verb {
        Verb::Init(_) | Verb::Demo { .. } | Verb::Restore { name: Some(_) } => Ok(Done::Well),
        Verb::List(list) => show::list(session, list),
        Verb::Show {
            register,
            number,
            unmask,
            history,
        } => show::show(session, register, number, *unmask, *history),
        Verb::History { register, number } => show::history(session, register, number),
        Verb::Search {
            text,
            limit,
            unmask,
        } => show::search(session, text, *limit, *unmask),
        Verb::Due { date, why } => show::due(session, date.as_deref(), *why),
        Verb::CountDue { from, add, legal } => show::count_due(session, from, add, *legal),
        Verb::Next { register, number } => show::next(session, register, number),
        Verb::Bin => show::bin(session),
        Verb::Rules => show::rules(session),
        Verb::Drafts => show::drafts(session),
        Verb::Add { register, values } => work::add(session, register, values),
        Verb::Edit {
            register,
            number,
            values,
            seen,
        } => work::edit(session, register, number, values, *seen),
        Verb::Delete {
            register,
            number,
            reason,
        } => work::delete(session, register, number, reason),
        Verb::Undelete { register, number } => work::undelete(session, register, number),
        Verb::Do(step) => work::step(session, step),
        Verb::Undo => work::take_back(session, "undo", "已撤销"),
        Verb::Redo => work::take_back(session, "redo", "已重做"),
        Verb::Attach {
            register,
            number,
            file,
            note,
        } => work::attach(session, register, number, file, note),
        Verb::Import {
            file,
            register,
            project,
            dry_run,
            report,
        } => work::import(
            session,
            file,
            register,
            project.as_deref(),
            *dry_run,
            report.as_deref(),
        ),
        Verb::UndoImport { batch } => work::undo_import(session, batch),
        Verb::Export {
            register,
            out,
            unmask,
        } => work::export(session, register, out, *unmask),
        Verb::Forms => paper::forms(session),
        Verb::Print(print) => paper::print(session, print),
        Verb::Papers { record } => paper::papers(session, record.as_deref()),
        Verb::Reprint { number, out } => paper::reprint(session, number, out),
        Verb::Returned {
            number,
            scan,
            not_needed,
        } => paper::returned(session, number, scan.as_deref(), *not_needed),
        Verb::Backup => work::backup(session),
        Verb::Restore { name: None } => work::backups(session),
        Verb::Check => work::check(session),
        Verb::Calendar { file } => work::calendar(session, file),
        Verb::Call { name, request } => work::call(session, name, request),
    }
}

fn office_dir(cli: &Cli) -> Outcome<PathBuf> {
    cli.data.clone().or_else(usual_office_dir).ok_or_else(|| {
        CommandError::bad_request(
            "no_office",
            [("path", "（没有用户数据目录，请用 --data 指明）".to_owned())],
        )
    })
}

fn surroundings(cli: &Cli) -> Outcome<Surroundings> {
    let mut around = Surroundings::system();
    around.operator.clone_from(&cli.operator);
    if let Some(typed) = &cli.now {
        let now = commands::fixed_clock(typed)?;
        around.clock = Arc::new(now);
    }
    Ok(around)
}
