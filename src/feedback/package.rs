//! The package written out: what is not touched is copied as it is packed.

use super::plan::Plan;
use super::{Unfit, cells};
use crate::read::Parts;
use std::io::{self, BufWriter, Cursor, Seek, SeekFrom, Write};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// How hard parts are packed; the same as other outputs.
const LEVEL: i64 = 2;

pub(super) fn write(
    bytes: &[u8],
    parts: &Parts<'_>,
    mut plan: Plan,
    out: &mut (impl Write + Seek),
) -> Result<(), Unfit> {
    let mut from = ZipArchive::new(Cursor::new(bytes)).map_err(|error| strange(&error))?;
    let mut out = Steady { inner: out, at: 0, failure: None };
    let outcome = copy(parts, &mut plan, &mut from, &mut out);
    match out.failure.take() {
        Some(error) => Err(Unfit::Output(error)),
        None => outcome,
    }
}

fn copy<W: Write + Seek>(
    parts: &Parts<'_>,
    plan: &mut Plan,
    from: &mut ZipArchive<Cursor<&[u8]>>,
    out: &mut Steady<'_, W>,
) -> Result<(), Unfit> {
    let mut to = ZipWriter::new(out);
    let mut copied = 0;
    for place in 0..from.len() {
        let entry = from.by_index_raw(place).map_err(|error| strange(&error))?;
        let name = entry.name().map_err(|error| strange(&error))?.into_owned();
        if entry.is_dir() {
            to.raw_copy_file(entry).map_err(|error| output(&error))?;
            continue;
        }
        let known = parts.find(&name).ok_or(Unfit::Unusual("its package cannot be copied"))?;
        copied += 1;
        if let Some(changes) = plan.sheets.remove(known) {
            drop(entry);
            start(&mut to, &name)?;
            let stream = parts.stream(known)?;
            let mut packed = BufWriter::with_capacity(64 << 10, &mut to);
            cells::copy(stream, &mut packed, changes, &mut plan.styles)?;
            packed.flush().map_err(Unfit::Output)?;
        } else if let Some(text) = plan.changed.remove(known) {
            drop(entry);
            start(&mut to, &name)?;
            to.write_all(&text).map_err(Unfit::Output)?;
        } else if known != plan.styles_part {
            to.raw_copy_file(entry).map_err(|error| output(&error))?;
        }
    }
    if copied != parts.names().count() || !plan.sheets.is_empty() || !plan.changed.is_empty() {
        return Err(Unfit::Unusual("its package cannot be copied"));
    }
    for (name, text) in &plan.added {
        start(&mut to, name)?;
        to.write_all(text).map_err(Unfit::Output)?;
    }
    // Which formats are needed is known when all sheets have gone by.
    start(&mut to, &plan.styles_part)?;
    to.write_all(&plan.styles.finish()?).map_err(Unfit::Output)?;
    to.finish().map_err(|error| output(&error))?.flush().map_err(Unfit::Output)
}

fn strange(_: &ZipError) -> Unfit {
    Unfit::Unusual("its package cannot be copied")
}

/// A writer that remembers the first failure and goes on as if there were none: the library prints what fails once it is
/// let go.
struct Steady<'a, W> {
    inner: &'a mut W,
    at: u64,
    failure: Option<io::Error>,
}

impl<W: Write + Seek> Write for Steady<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.failure.is_none() {
            self.failure = self.inner.write_all(bytes).err();
        }
        self.at = self.at.saturating_add(bytes.len() as u64);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.failure.is_none() {
            self.failure = self.inner.flush().err();
        }
        Ok(())
    }
}

impl<W: Write + Seek> Seek for Steady<'_, W> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        if self.failure.is_none() {
            match self.inner.seek(to) {
                Ok(at) => self.at = at,
                Err(error) => self.failure = Some(error),
            }
        }
        Ok(self.at)
    }
}

fn start<W: Write + Seek>(to: &mut ZipWriter<W>, name: &str) -> Result<(), Unfit> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(LEVEL));
    to.start_file(name, options).map_err(|error| output(&error))
}

fn output(error: &ZipError) -> Unfit {
    match error {
        ZipError::Io(error) => Unfit::Output(
            error.raw_os_error().map_or_else(|| error.kind().into(), io::Error::from_raw_os_error),
        ),
        _ => Unfit::Unusual("its package cannot be copied"),
    }
}
