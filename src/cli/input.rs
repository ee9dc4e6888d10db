//! Returns on the disk, opened for reading only.

use super::{limits, sentence, worker};
use crate::discover::Candidate;
use crate::error::Error;
use crate::model::{Limited, Limits, Refusal};
use crate::pipeline::Input;
use crate::round::sha256;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// A file that may be a return.
#[derive(Debug)]
pub(super) struct FileInput {
    name: String,
    path: PathBuf,
    size: u64,
    /// What trying it out came to, once it was.
    /// The fingerprint of the bytes that were tried out last, and how that ended.
    tried: Mutex<Option<(String, Result<(), Refusal>)>>,
}

impl From<Candidate> for FileInput {
    fn from(candidate: Candidate) -> Self {
        Self { name: candidate.name, path: candidate.path, size: candidate.size, tried: Mutex::new(None) }
    }
}

impl FileInput {
    /// A file that was named on the command line.
    ///
    /// # Errors
    ///
    /// If there is nothing at this path, or a folder.
    pub(super) fn named(path: &Path) -> Result<Self, Error> {
        let meta = fs::metadata(path).map_err(|source| Error::Io {
            doing: "read",
            path: path.to_owned(),
            source,
        })?;
        if meta.is_dir() {
            let shown = path.display();
            return Err(Error::Usage(format!("{shown} is a folder. Name the files in it, or use merge.")));
        }
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        Ok(Self { name, path: path.to_owned(), size: meta.len(), tried: Mutex::new(None) })
    }

    /// The files that were named on the command line; those of one name keep their folders, to be told apart.
    pub(super) fn all(paths: &[PathBuf]) -> Result<Vec<Self>, Error> {
        let mut inputs = paths.iter().map(|path| Self::named(path)).collect::<Result<Vec<_>, _>>()?;
        let names: Vec<String> = inputs.iter().map(|input| input.name.clone()).collect();
        for input in &mut inputs {
            if names.iter().filter(|name| **name == input.name).count() > 1 {
                input.name = input.path.to_string_lossy().into_owned();
            }
        }
        Ok(inputs)
    }
}

impl Input for FileInput {
    fn name(&self) -> &str {
        &self.name
    }

    fn size(&self) -> u64 {
        self.size
    }

    fn load(&self) -> Result<Vec<u8>, String> {
        // A pipe or device is asked about before it is opened: opening one can wait for ever.
        let meta = fs::metadata(&self.path).map_err(|error| sentence::why(&error))?;
        if !meta.is_file() {
            return Err("it is not a file but a folder, pipe or device".to_owned());
        }
        let file = File::open(&self.path).map_err(|error| sentence::why(&error))?;
        // One byte more than the reader accepts, so that it sees that there are too many.
        let most = limits::current().bytes(Limited::File) + 1;
        let room = usize::try_from(meta.len().min(most)).unwrap_or_default();
        let mut bytes = Vec::with_capacity(room);
        file.take(most).read_to_end(&mut bytes).map_err(|error| sentence::why(&error))?;
        Ok(bytes)
    }

    fn limits(&self) -> Limits {
        limits::current()
    }

    fn try_out(&self, bytes: &[u8]) -> Result<(), Refusal> {
        if !worker::is_tried(bytes) {
            return Ok(());
        }
        // The file may have been replaced between two looks: what was tried is told by its bytes.
        let of = sha256(bytes);
        let mut tried = self.tried.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, outcome)) = tried.as_ref().filter(|(known, _)| *known == of) {
            return outcome.clone();
        }
        let outcome = worker::try_out(&self.name, bytes);
        *tried = Some((of, outcome.clone()));
        outcome
    }
}
