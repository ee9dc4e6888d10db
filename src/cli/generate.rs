//! `completions` and `man`.

use super::Status;
use super::arguments::{Arguments, Completions, Man};
use super::terminal;
use crate::error::Error;
use clap::CommandFactory as _;

pub(super) fn completions(arguments: &Completions) -> Result<Status, Error> {
    // The generator stops the program when its writer fails, as under `| head`; memory does not fail.
    let mut text = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "quarterday", &mut text);
    terminal::print(|to| to.write_all(&text))?;
    Ok(Status::Clean)
}

pub(super) fn man(arguments: &Man) -> Result<Status, Error> {
    let mut program = Arguments::command();
    program.build();
    let command = match &arguments.command {
        None => program,
        Some(name) => match program.find_subcommand(name) {
            Some(command) => command.clone(),
            None => {
                return Err(Error::Usage(format!(
                    "There is no command {name}. quarterday --help lists them."
                )));
            }
        },
    };
    terminal::print(|to| clap_mangen::Man::new(command).date("").render(to))?;
    Ok(Status::Clean)
}
