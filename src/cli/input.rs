//! Returns on the disk, opened for reading only.

use super::{limits, sentence, worker};
use crate::discover::Candidate;
use crate::error::Error;
use crate::model::{Limited, Limits, Refusal, SkippedFile, Suspect};
use crate::pipeline::Input;
use crate::privacy::{self, Rules};
use crate::round::sha256;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// A file that may be a return.
#[derive(Debug)]
pub(super) struct FileInput {
    name: String,
    /// Why that is not its own name, if it is not.
    held: Option<Suspect>,
    path: PathBuf,
    size: u64,
    /// The fingerprint of the bytes that were tried out last, and how that ended.
    tried: Mutex<Option<(String, Result<(), Refusal>)>>,
}

impl From<Candidate> for FileInput {
    fn from(candidate: Candidate) -> Self {
        let Candidate { name, path, size } = candidate;
        Self { name, held: None, path, size, tried: Mutex::new(None) }.with_name_held()
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
        let path = path.to_owned();
        Ok(Self { name, held: None, path, size: meta.len(), tried: Mutex::new(None) }.with_name_held())
    }

    /// The files of a folder of returns. Those whose names are held back are numbered, to be told apart.
    pub(super) fn of(candidates: Vec<Candidate>) -> Vec<Self> {
        let mut inputs: Vec<Self> = candidates.into_iter().map(Self::from).collect();
        number(&mut inputs);
        inputs
    }

    /// Puts other words in the place of a name that identifies a person: it would be in every output.
    fn with_name_held(mut self) -> Self {
        if let Some((name, suspect)) = held_name(&self.name) {
            (self.name, self.held) = (name, Some(suspect));
        }
        self
    }

    /// The files that were named on the command line; those of one name keep their folders, to be told apart.
    pub(super) fn all(paths: &[PathBuf]) -> Result<Vec<Self>, Error> {
        let mut inputs = paths.iter().map(|path| Self::named(path)).collect::<Result<Vec<_>, _>>()?;
        let names: Vec<String> = inputs.iter().map(|input| input.name.clone()).collect();
        for input in &mut inputs {
            let twice = names.iter().filter(|name| **name == input.name).count() > 1;
            if twice && input.held.is_none() {
                input.name = input.path.to_string_lossy().into_owned();
            }
        }
        number(&mut inputs);
        Ok(inputs)
    }
}

/// What is shown in the place of a file's name that identifies a person, and why.
pub(super) fn held_name(name: &str) -> Option<(String, Suspect)> {
    let (stem, ending) = name.rsplit_once('.').map_or((name, ""), |(stem, ending)| (stem, ending));
    let suspect = privacy::name(stem, &Rules::default())?;
    let plain = (1..=5).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let shown = suspect.kind.in_its_place();
    Some((if plain { format!("{shown}.{ending}") } else { shown }, suspect))
}

/// The same for files that were passed over.
pub(super) fn skipped(mut files: Vec<SkippedFile>) -> Vec<SkippedFile> {
    for file in &mut files {
        if let Some((name, suspect)) = held_name(&file.name) {
            (file.name, file.held) = (name, Some(suspect));
        }
    }
    files
}

/// Numbers the second and later of files that show the same words in the place of their names.
fn number(inputs: &mut [FileInput]) {
    let mut before: BTreeMap<String, usize> = BTreeMap::new();
    for input in inputs.iter_mut().filter(|input| input.held.is_some()) {
        let count = before.entry(input.name.clone()).or_default();
        *count += 1;
        if *count > 1 {
            let (stem, ending) = input.name.split_at(input.name.rfind(']').map_or(0, |at| at + 1));
            input.name = format!("{stem} {count}{ending}");
        }
    }
}

impl Input for FileInput {
    fn name(&self) -> &str {
        &self.name
    }

    fn held(&self) -> Option<Suspect> {
        self.held
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
