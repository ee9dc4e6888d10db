//! A folder of returns → an ordered list of candidate files.

use crate::error::Error;
use crate::model::SkippedFile;
use std::path::{Path, PathBuf};

/// A file that may be a return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its name without folders.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
    /// Size in bytes.
    pub size: u64,
}

/// Lists the files of a folder in name order; those passed over (lock files, folders …) with the reason.
///
/// # Errors
///
/// If the folder cannot be listed.
pub fn returns(folder: &Path) -> Result<(Vec<Candidate>, Vec<SkippedFile>), Error> {
    todo!("{folder:?}")
}
