//! taizhang-cli: the commands, headless.
//!
//! Exit 0 done; 1 done, with findings; 2 wrong use; 3 refused by a rule; 4 input or output failed.
//! Errors go to stderr as one line `code: message`.

mod args;
mod help;
mod output;
mod request;
mod verbs;

use std::process::ExitCode;

use clap::error::ErrorKind;
use commands::{Code, CommandError};

fn main() -> ExitCode {
    let cli = match help::read() {
        Ok(cli) => cli,
        Err(fault) => return wrong_use(&fault),
    };
    match verbs::run(&cli) {
        Ok(done) => ExitCode::from(done.exit()),
        Err(fault) => {
            output::error(&fault);
            ExitCode::from(fault.code.exit())
        }
    }
}

/// Help and version are answers; everything else is told in Chinese in one line.
fn wrong_use(fault: &clap::Error) -> ExitCode {
    if matches!(
        fault.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    ) {
        output::text(&help::shown(fault));
        return ExitCode::SUCCESS;
    }
    let what = match fault.kind() {
        ErrorKind::MissingRequiredArgument => "缺少必要的参数",
        ErrorKind::UnknownArgument => "有不认识的参数",
        ErrorKind::InvalidSubcommand => "没有这个命令",
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "请写明要做什么"
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => "参数的值不对",
        _ => "命令写法不对",
    };
    let detail = help::concerned(fault);
    let what = if detail.is_empty() {
        what.to_owned()
    } else {
        format!("{what}：“{detail}”")
    };
    output::error(&CommandError {
        code: Code::BadRequest,
        message: format!("{what}。请用 --help 查看用法。"),
        fields: Vec::new(),
    });
    ExitCode::from(2)
}
