//! What stops a run. A finding is about a partner's file; an error is about the run.

use std::fmt;
use std::ops::Range;
use std::path::PathBuf;

/// Why a run could not be done.
#[derive(Debug)]
pub enum Error {
    /// Mistakes in a schema, `round.toml`, `plan.csv` or `ledger.csv`: all of them at once.
    Settings(Vec<Mistake>),
    /// A file or folder could not be read or written.
    Io {
        /// What was being done, to read after "could not": `read`, `write`, `make`.
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The workbook could not be made.
    Workbook {
        /// The sheet, if it was one.
        sheet: Option<String>,
        /// What went wrong, in a plain sentence.
        why: String,
    },
    /// The proof that nothing was lost failed: a fault of this program.
    Conservation(String),
    /// The call itself makes no sense.
    Usage(String),
}

/// One mistake in a settings file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The file, as it was named.
    pub path: PathBuf,
    /// The file's whole text, for showing the line.
    pub source: std::sync::Arc<str>,
    /// The text at fault, as bytes of `source`.
    pub span: Range<usize>,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What was probably meant, or what would be allowed.
    pub hint: Option<String>,
}

impl Mistake {
    /// One-based line and column (in characters) of the text at fault.
    #[must_use]
    pub fn position(&self) -> (usize, usize) {
        let before = self.source.get(..self.span.start.min(self.source.len())).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        (line, column)
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = self.position();
        write!(f, "{}:{line}:{column}: {}", self.path.display(), self.message)?;
        match &self.hint {
            Some(hint) => write!(f, " {hint}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Settings(mistakes) => {
                for (index, mistake) in mistakes.iter().enumerate() {
                    if index > 0 {
                        f.write_str("\n")?;
                    }
                    mistake.fmt(f)?;
                }
                Ok(())
            }
            Self::Io { doing, path, source } => {
                write!(f, "Could not {doing} {}: {source}.", path.display())
            }
            Self::Workbook { sheet: Some(sheet), why } => {
                write!(f, "The sheet {sheet} could not be made: {why}")
            }
            Self::Workbook { sheet: None, why } => write!(f, "The workbook could not be made: {why}"),
            Self::Conservation(what) => write!(
                f,
                "No workbook was written, because the proof that no row and no penny was lost did not hold: {what} If a file is named here, take it out of the folder of returns and run again. Either way, please report this sentence: the fault is in this program. Earlier outputs are as they were."
            ),
            Self::Usage(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_that_does_not_hold_says_what_to_do() {
        let said = Error::Conservation("nhs.xlsx › Plan: 9 rows, 8 of them merged.".into()).to_string();
        for words in [
            "No workbook was written",
            "nhs.xlsx › Plan: 9 rows, 8 of them merged. If",
            "take it out of the folder of returns and run again",
            "report this",
        ] {
            assert!(said.contains(words), "{words}: {said}");
        }
    }
}
