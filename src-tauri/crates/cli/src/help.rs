//! Reading the command line, help in Chinese, and what a fault of the parser is about. Which
//! arguments there are stands in `args.rs`.

use clap::error::{ContextKind, ContextValue};
use clap::{Arg, ArgAction, Command, CommandFactory as _, FromArgMatches as _};

use crate::args::Cli;

const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

/// Reads the command line.
///
/// # Errors
/// What does not fit, and the wish for help or version.
pub(crate) fn read() -> Result<Cli, clap::Error> {
    let command = in_chinese(Cli::command(), true);
    Cli::from_arg_matches(&command.try_get_matches()?)
}

/// Help in Chinese, for the command and all below it.
fn in_chinese(command: Command, top: bool) -> Command {
    let help = Arg::new("help")
        .short('h')
        .long("help")
        .action(ArgAction::Help);
    let version = Arg::new("version")
        .short('V')
        .long("version")
        .action(ArgAction::Version);
    let mut command = command
        .help_template(TEMPLATE)
        .subcommand_help_heading("命令")
        .subcommand_value_name("命令")
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .max_term_width(100)
        .arg(help.help("显示用法"));
    if top {
        command = command.arg(version.help("显示版本"));
    }
    let mut place = 0;
    command
        .mut_args(|arg| {
            place += 1;
            let everywhere = arg.is_global_set()
                || matches!(arg.get_action(), ArgAction::Help | ArgAction::Version);
            let heading = match (arg.is_positional(), everywhere) {
                (true, _) => "参数",
                (false, true) => "通用选项",
                (false, false) => "选项",
            };
            let arg = arg.help_heading(heading).display_order(place);
            if !arg.get_action().takes_values() {
                return arg;
            }
            let defaults: Vec<String> = arg
                .get_default_values()
                .iter()
                .map(|v| v.to_string_lossy().into_owned())
                .filter(|v| !matches!(&**v, "" | "{}"))
                .collect();
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            let help = match &defaults[..] {
                [] => help,
                some => format!("{help}（默认 {}）", some.join("、")),
            };
            arg.hide_default_value(true).help(help)
        })
        .mut_subcommands(|c| in_chinese(c, false))
}

/// Help as it is shown: the one word that the parser puts into every usage line by itself.
pub(crate) fn shown(fault: &clap::Error) -> String {
    fault.to_string().replace("[OPTIONS]", "[选项]")
}

/// The arguments or values that a parse fault is about.
pub(crate) fn concerned(fault: &clap::Error) -> String {
    let mut parts: Vec<String> = Vec::new();
    for (kind, value) in fault.context() {
        let wanted = matches!(
            kind,
            ContextKind::InvalidArg | ContextKind::InvalidValue | ContextKind::InvalidSubcommand
        );
        match value {
            ContextValue::String(text) if wanted => parts.push(text.clone()),
            ContextValue::Strings(texts) if wanted => parts.extend(texts.iter().cloned()),
            _ => {}
        }
    }
    parts.join(" ")
}
