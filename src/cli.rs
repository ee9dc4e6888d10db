//! The command line: one command a file. Only here are files written and is anything printed.

mod arguments;
mod beside;
mod check;
mod data;
mod explain;
mod extract;
mod failure;
mod feedback;
mod generate;
mod init;
mod input;
mod inspect;
mod limits;
mod merge;
mod outputs;
mod schema;
mod sentence;
mod settings;
mod template;
mod terminal;
mod worker;

use arguments::{Arguments, Command};
use clap::Parser as _;
use std::ffi::OsString;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use terminal::Terminal;

/// What a command came to, if it could be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    /// Nothing to answer.
    Clean,
    /// Something to answer.
    ToAnswer,
}

/// Runs the program: 0 if there is nothing to answer, 1 if there is, 2 if the command could not be done.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if let [_, command, name] = arguments.as_slice()
        && command == worker::COMMAND
    {
        failure::quiet_panics();
        return worker::run(name);
    }
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => return sentence::usage(&error),
    };
    let terminal = Terminal::new(arguments.quiet);
    failure::quiet_panics();
    if let Err(error) = limits::take() {
        terminal::complain(&sentence::of(&error, terminal::colour()));
        return ExitCode::from(2);
    }
    if arguments.isolate {
        worker::isolate_every_file();
    }
    let outcome = catch_unwind(AssertUnwindSafe(|| dispatch(arguments.command, &terminal)));
    match outcome {
        Ok(Ok(Status::Clean)) => ExitCode::SUCCESS,
        Ok(Ok(Status::ToAnswer)) => ExitCode::from(1),
        Ok(Err(error)) => {
            terminal::complain(&sentence::of(&error, terminal::colour()));
            ExitCode::from(2)
        }
        Err(_) => {
            terminal::complain(&failure::in_words());
            ExitCode::from(2)
        }
    }
}

fn dispatch(command: Command, terminal: &Terminal) -> Result<Status, crate::error::Error> {
    match command {
        Command::Merge(arguments) => merge::run(&arguments, terminal),
        Command::Check(arguments) => check::run(&arguments, terminal),
        Command::Template(arguments) => template::run(&arguments, terminal),
        Command::Inspect(arguments) => inspect::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Init(arguments) => init::run(&arguments, terminal),
        Command::Completions(arguments) => generate::completions(&arguments),
        Command::Man(arguments) => generate::man(&arguments),
    }
}
