//! Outputs appear all together or not at all.

use crate::error::Error;
use std::fs::{self, File};
use std::io::{self, BufWriter, IntoInnerError};
use std::path::{Path, PathBuf};
use tempfile::{NamedTempFile, TempDir, TempPath};

/// What folders of unfinished outputs are called.
const UNFINISHED: &str = ".unfinished-";

/// Files in the making beside their final places.
#[derive(Debug)]
pub(super) struct Outputs {
    folder: PathBuf,
    ready: Vec<(String, TempPath)>,
    gone: Vec<String>,
    // Before `scratch`, because some systems do not remove a folder with an open file in it.
    _lock: File,
    scratch: TempDir,
}

impl Outputs {
    /// Makes the folder if need be, and room in it for unfinished files. Leftovers of runs that were stopped go.
    pub(super) fn start(folder: &Path) -> Result<Self, Error> {
        let fail = |source| Error::Io { doing: "write into", path: folder.to_owned(), source };
        fs::create_dir_all(folder).map_err(fail)?;
        clear(folder);
        let scratch = tempfile::Builder::new().prefix(UNFINISHED).tempdir_in(folder).map_err(fail)?;
        let lock = File::create(scratch.path().join("lock")).map_err(fail)?;
        // Where files cannot be locked, leftovers are merely not told from work in hand.
        let _ = lock.try_lock();
        let folder = folder.to_owned();
        Ok(Self { folder, scratch, ready: Vec::new(), gone: Vec::new(), _lock: lock })
    }

    /// A folder for temporary files, on the same disk.
    pub(super) fn scratch(&self) -> &Path {
        self.scratch.path()
    }

    /// Where an output will be.
    pub(super) fn place(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// An unfinished file.
    pub(super) fn open(&self, name: &str) -> Result<BufWriter<NamedTempFile>, Error> {
        let file = ordinary().tempfile_in(self.scratch.path()).map_err(|source| self.failed(name, source))?;
        Ok(BufWriter::with_capacity(1 << 18, file))
    }

    /// The error for an output that could not be written.
    pub(super) fn failed(&self, name: &str, source: io::Error) -> Error {
        Error::Io { doing: "write", path: self.place(name), source }
    }

    /// Closes a file that is whole: a round has an output or two for each partner, and the system lets a program have only
    /// so many files open.
    pub(super) fn close(&self, name: &str, file: BufWriter<NamedTempFile>) -> Result<TempPath, Error> {
        let file = file.into_inner().map_err(|error| self.failed(name, IntoInnerError::into_error(error)))?;
        Ok(file.into_temp_path())
    }

    /// Takes a file that is whole.
    pub(super) fn finished(&mut self, name: &str, file: TempPath) {
        self.ready.push((name.to_owned(), file));
    }

    /// The names of the finished files.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.ready.iter().map(|(name, _)| name.as_str())
    }

    /// Notes an output of earlier runs: it goes when the others come, unless this run has it too.
    pub(super) fn without(&mut self, name: &str) {
        self.gone.push(name.to_owned());
    }

    /// Notes that a folder below has nothing but what this run writes into it: files of earlier runs that end so go when
    /// the others come.
    pub(super) fn only_these_in(&mut self, folder: &str, endings: &[&str]) {
        let Ok(entries) = fs::read_dir(self.place(folder)) else { return };
        for entry in entries.flatten() {
            let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
            let ending = Path::new(&name).extension().unwrap_or_default();
            if endings.iter().any(|ours| ending == *ours)
                && self.ready.iter().all(|(ready, _)| *ready != name)
            {
                self.gone.push(name);
            }
        }
    }

    /// Puts every finished file into its place. If one cannot be, those before it are put back.
    pub(super) fn publish(mut self) -> Result<(), Error> {
        let mut done: Vec<(PathBuf, Option<PathBuf>)> = Vec::new();
        let mut outcome = Ok(());
        let written: Vec<String> = self.names().map(str::to_owned).collect();
        for (name, file) in std::mem::take(&mut self.ready) {
            let place = self.place(&name);
            let earlier = self.scratch.path().join(name.replace('/', "-"));
            let folder = place.parent().map_or(Ok(()), fs::create_dir_all);
            let kept = folder.and_then(|()| keep(&place, &earlier));
            let moved = kept.and_then(|kept| {
                file.persist(&place).map_err(|error| error.error)?;
                Ok(kept)
            });
            match moved {
                Ok(kept) => done.push((place, kept.then_some(earlier))),
                Err(source) => {
                    outcome = Err(self.failed(&name, source));
                    break;
                }
            }
        }
        if outcome.is_err() {
            put_back(&done);
            return outcome;
        }
        for name in self.gone.iter().filter(|name| written.iter().all(|kept| kept != *name)) {
            // Not there is what was wanted.
            let _ = fs::remove_file(self.place(name));
        }
        outcome
    }
}

/// Keeps the earlier file under another name; false if there is none.
fn keep(place: &Path, earlier: &Path) -> io::Result<bool> {
    match fs::symlink_metadata(place) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
        Ok(meta) if meta.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        Ok(_) => {
            fs::hard_link(place, earlier).or_else(|_| fs::copy(place, earlier).map(|_| ())).map(|()| true)
        }
    }
}

fn put_back(done: &[(PathBuf, Option<PathBuf>)]) {
    for (place, earlier) in done {
        // There is nothing better to do if this fails too: the first failure is the one that is told.
        let _ = match earlier {
            Some(earlier) => fs::rename(earlier, place),
            None => fs::remove_file(place),
        };
    }
}

/// Makes files with the rights of an ordinary new file; temporary files have the owner's only.
fn ordinary() -> tempfile::Builder<'static, 'static> {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "other systems have no such rights to set"))]
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder
}

/// Removes what runs that were stopped half way have left.
fn clear(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let ours = entry.file_name().to_string_lossy().starts_with(UNFINISHED);
        let free = || File::open(entry.path().join("lock")).is_ok_and(|lock| lock.try_lock().is_ok());
        if ours && entry.file_type().is_ok_and(|kind| kind.is_dir()) && free() {
            // A leftover that cannot be removed harms nothing.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// A writer that remembers why it failed, for those above it that do not pass the reason on.
#[derive(Debug)]
pub(super) struct Watched<'a, W> {
    inner: &'a mut W,
    failure: &'a std::sync::Mutex<Option<io::Error>>,
}

impl<'a, W> Watched<'a, W> {
    pub(super) fn new(inner: &'a mut W, failure: &'a std::sync::Mutex<Option<io::Error>>) -> Self {
        Self { inner, failure }
    }

    fn watch<T>(&self, result: io::Result<T>) -> io::Result<T> {
        if let (Err(error), Ok(mut failure)) = (&result, self.failure.lock()) {
            let copy = error.raw_os_error().map_or_else(|| error.kind().into(), io::Error::from_raw_os_error);
            failure.get_or_insert(copy);
        }
        result
    }
}

impl<W: io::Write> io::Write for Watched<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let result = self.inner.write(bytes);
        self.watch(result)
    }

    fn flush(&mut self) -> io::Result<()> {
        let result = self.inner.flush();
        self.watch(result)
    }
}

impl<W: io::Seek> io::Seek for Watched<'_, W> {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        let result = self.inner.seek(to);
        self.watch(result)
    }
}
