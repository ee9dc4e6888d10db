//! `init`: a new round folder to start from.

use super::Status;
use super::arguments::Init;
use super::terminal::{self, Terminal};
use crate::error::Error;
use crate::report::clean;
use crate::round;
use std::fs;
use std::path::Path;

pub(super) fn run(arguments: &Init, terminal: &Terminal) -> Result<Status, Error> {
    let folder = arguments.folder.as_path();
    let shown = folder.display().to_string();
    let shown = clean(&shown);
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Error::Usage(format!(
            "{shown} has something in it already. Name a new folder, so that nothing is written over."
        )));
    }
    make(&folder.join("returns"))?;
    for (name, text) in round::starter_files() {
        let path = folder.join(name);
        path.parent().map_or(Ok(()), make)?;
        fs::write(&path, text).map_err(|source| Error::Io { doing: "make", path, source })?;
    }
    terminal::print(|to| {
        writeln!(to, "{shown} is ready.")?;
        for (name, _) in round::starter_files() {
            writeln!(to, "  {name}")?;
        }
        writeln!(to, "  returns/")
    })?;
    terminal.remark(&format!(
        "Put your board and partners into round.toml, the returns into returns/, then: quarterday merge {shown}"
    ));
    Ok(Status::Clean)
}

fn make(folder: &Path) -> Result<(), Error> {
    fs::create_dir_all(folder).map_err(|source| Error::Io { doing: "make", path: folder.to_owned(), source })
}
