//! The three ways out: results on standard output, remarks and progress on standard error.

use crate::error::Error;
use anstream::AutoStream;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, BufWriter, ErrorKind, IsTerminal as _, Write};

/// Where a command prints.
#[derive(Debug)]
pub(super) struct Terminal {
    quiet: bool,
}

impl Terminal {
    pub(super) fn new(quiet: bool) -> Self {
        Self { quiet }
    }

    /// Makes a remark, unless asked to be quiet.
    pub(super) fn remark(&self, text: &str) {
        if !self.quiet {
            complain(text);
        }
    }

    /// A bar over so many files, on a terminal only.
    pub(super) fn progress(&self, files: usize) -> ProgressBar {
        let bar = ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::hidden());
        if !self.quiet && files > 1 && io::stderr().is_terminal() {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        let style = ProgressStyle::with_template("Reading returns {bar:40} {pos} of {len}");
        bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
    }
}

/// True if standard error takes colour.
pub(super) fn colour() -> bool {
    AutoStream::choice(&io::stderr()) != anstream::ColorChoice::Never
}

/// Prints results.
pub(super) fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Error> {
    let mut out = BufWriter::new(anstream::stdout().lock());
    ended(write(&mut out).and_then(|()| out.flush()))
}

/// How printing ended. A reader that has seen enough (`| head`) is no mistake.
pub(super) fn ended(printed: io::Result<()>) -> Result<(), Error> {
    match printed {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Error::Io { doing: "write to", path: "the screen".into(), source: error })
        }
        _ => Ok(()),
    }
}

/// Says what went wrong, quiet or not.
pub(super) fn complain(text: &str) {
    // Where standard error is closed there is nobody to tell.
    let _ = writeln!(anstream::stderr(), "{}", text.trim_end());
}
