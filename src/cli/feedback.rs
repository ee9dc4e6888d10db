//! `merge`: partners' own workbooks, given back with what they are to fix.

mod form;
mod words;

use super::input::FileInput;
use super::limits;
use super::outputs::Outputs;
use crate::error::Error;
use crate::feedback::{self, Additions, Entry, List, Mark, Unfit};
use crate::finding::{Code, Location, Severity};
use crate::model::{FIX_SHEET, FileId, FileKind, PartnerId, ReturnInfo, ReturnState, SheetId, note};
use crate::pipeline::{Input as _, Run};
use crate::report::{self, Attached, Chase, FeedbackRecord, Fix, Form, Names};
use crate::round::{Round, sha256};
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use std::io;
use tempfile::TempPath;

/// The folder that they are written into.
pub(super) const FOLDER: &str = "feedback";
/// What they end with.
pub(super) const ENDINGS: [&str; 2] = ["xlsx", "xlsm"];
/// Lines of a list at most; who has more to fix had better be asked for another return.
const MOST: usize = 500;

/// A workbook that is whole and not yet in its place.
pub(super) struct Made {
    pub(super) record: FeedbackRecord,
    /// What the message to the partner says of it.
    pub(super) attached: Attached,
    pub(super) workbook: TempPath,
}

/// What everything is made from.
#[derive(Clone, Copy)]
pub(super) struct From<'a> {
    pub(super) round: &'a Round,
    pub(super) run: &'a Run,
    pub(super) inputs: &'a [FileInput],
    pub(super) chases: &'a [Chase<'a>],
}

/// The workbooks for all partners who have something to fix.
pub(super) fn workbooks(from: From<'_>, outputs: &Outputs) -> Result<Vec<Made>, Error> {
    let each: Result<Vec<_>, Error> =
        from.chases.par_iter().map(|chase| of_partner(from, outputs, chase)).collect();
    Ok(each?.into_iter().flatten().collect())
}

fn of_partner(from: From<'_>, outputs: &Outputs, chase: &Chase<'_>) -> Result<Vec<Made>, Error> {
    let id = from.round.partners().find(|(_, partner)| partner.code == chase.partner.code).map(|(id, _)| id);
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    let code: String = chase.partner.code.chars().map(plain).collect();
    let mut made = Vec::new();
    let entries = id.map(|id| files(from.run, id)).unwrap_or_default();
    let all: Vec<FileId> = entries.iter().map(|entry| entry.file).collect();
    for (number, entry) in entries.into_iter().enumerate() {
        let fixes = report::fixes(names(from), chase, entry.file, &all);
        if fixes.is_empty() {
            continue;
        }
        let name = if number == 0 { code.clone() } else { format!("{code}-{}", number + 1) };
        let Some((file, workbook, form)) = of_file(from, outputs, chase, entry, &fixes, &name)? else {
            continue;
        };
        let record = FeedbackRecord {
            partner: chase.partner.code.clone(),
            file,
            of: from.run.consolidated.places.file(entry.file).to_owned(),
            to_fix: fixes.len(),
            why_not_own: form.as_ref().map(|form| form.why.clone()),
        };
        let name = record.file.rsplit('/').next().unwrap_or_default().to_owned();
        let attached = Attached { partner: record.partner.clone(), name, of: entry.file, form };
        made.push(Made { record, attached, workbook });
    }
    Ok(made)
}

/// The files that a partner is told about: those that are used, else the first of those that could not be.
fn files(run: &Run, partner: PartnerId) -> Vec<&ReturnInfo> {
    let own = || run.consolidated.returns.iter().filter(move |entry| entry.identity.partner == Some(partner));
    let mut files: Vec<&ReturnInfo> = Vec::new();
    for entry in own().filter(|entry| entry.state == ReturnState::Accepted) {
        if files.iter().all(|known| known.file != entry.file) {
            files.push(entry);
        }
    }
    if files.is_empty() {
        files.extend(own().find(|entry| matches!(entry.state, ReturnState::Refused { .. })));
    }
    files
}

fn names(from: From<'_>) -> Names<'_> {
    Names { places: &from.run.consolidated.places, partners: &from.round.partners }
}

/// Why a partner's file is not given back as it is.
#[derive(Debug)]
enum Kept {
    /// It cannot be marked.
    Unfit(Unfit),
    /// It holds what identifies a person.
    Personal,
    /// It holds other partners' returns too.
    Shared,
    /// It is not there any more, or not as it was.
    Changed,
}

/// Gives back one file, marked, or a form in its place; `None` where neither can be made.
fn of_file(
    from: From<'_>,
    outputs: &Outputs,
    chase: &Chase<'_>,
    entry: &ReturnInfo,
    fixes: &[Fix],
    name: &str,
) -> Result<Option<(String, TempPath, Option<Form>)>, Error> {
    match marked(from, outputs, chase, entry, fixes, name) {
        Ok((file, workbook)) => Ok(Some((file, workbook, None))),
        Err(Kept::Unfit(Unfit::Output(source))) => {
            Err(outputs.failed(&format!("{FOLDER}/{name}.xlsx"), source))
        }
        Err(kept) => {
            let made = form::instead(from, outputs, chase, entry, fixes, name, &kept)?;
            Ok(made.map(|(file, workbook, form)| (file, workbook, Some(form))))
        }
    }
}

fn marked(
    from: From<'_>,
    outputs: &Outputs,
    chase: &Chase<'_>,
    entry: &ReturnInfo,
    fixes: &[Fix],
    name: &str,
) -> Result<(String, TempPath), Kept> {
    let file = entry.file;
    if matches!(entry.kind, Some(kind) if !matches!(kind, FileKind::Xlsx | FileKind::Xlsm)) {
        return Err(Kept::Unfit(Unfit::OtherKind));
    }
    if holds_personal(from, file) {
        return Err(Kept::Personal);
    }
    let others = |other: &&ReturnInfo| other.file == file && other.identity.partner != entry.identity.partner;
    if from.run.consolidated.returns.iter().any(|other| others(&other)) {
        return Err(Kept::Shared);
    }
    let input = from.inputs.get(file.0 as usize).ok_or(Kept::Changed)?;
    let bytes = input.load().map_err(|_| Kept::Changed)?;
    if from
        .run
        .consolidated
        .places
        .files
        .get(file.0 as usize)
        .is_none_or(|info| info.sha256 != sha256(&bytes))
    {
        return Err(Kept::Changed);
    }
    let limits = limits::current();
    let ending = feedback::ending(&bytes, &limits).ok_or(Kept::Unfit(Unfit::OtherKind))?;
    let name = format!("{FOLDER}/{name}.{ending}");
    let mut out = outputs
        .open(&name)
        .map_err(|error| Kept::Unfit(Unfit::Output(io::Error::other(error.to_string()))))?;
    let additions = additions(from, chase, entry, fixes);
    feedback::write(&bytes, &limits, &additions, &mut out).map_err(Kept::Unfit)?;
    let whole = outputs
        .close(&name, out)
        .map_err(|error| Kept::Unfit(Unfit::Output(io::Error::other(error.to_string()))))?;
    Ok((name, whole))
}

/// True if a copy of the file would carry on what was held back everywhere else: what surely identifies a person, and what
/// may do so outside the cells. Where a round sets the severity of all of it, which is which can no longer be told.
fn holds_personal(from: From<'_>, file: FileId) -> bool {
    let set = from.round.severity.contains_key(Code::PERSONS.as_str());
    from.run
        .findings
        .iter()
        .filter(|finding| finding.at.file() == Some(file) && finding.code == Code::PERSONS)
        .any(|finding| {
            let beside = !matches!(finding.at, Location::Cell(_)) && finding.severity > Severity::Note;
            set || beside || finding.severity == Severity::Error
        })
}

fn additions(from: From<'_>, chase: &Chase<'_>, entry: &ReturnInfo, fixes: &[Fix]) -> Additions {
    let mut marks = Vec::new();
    let mut entries = Vec::new();
    for (number, fix) in (1..).zip(fixes.iter().take(MOST)) {
        let link = fix.sheet.zip(fix.cells.first().copied());
        for (&cell, what) in fix.cells.iter().zip(&fix.notes) {
            let note = note(number, what, &fix.how);
            marks.extend(fix.sheet.map(|sheet| Mark { sheet, cell, note }));
        }
        entries.push(Entry {
            place: fix.place.clone(),
            link,
            what: fix.what.clone(),
            how: fix.how.clone(),
            time: report::minutes(fix.seconds),
        });
    }
    // Our own sheet of an earlier time was read as having nothing on it.
    let ours = |name: &str, cells: u32| cells == 0 && name.starts_with(FIX_SHEET);
    let earlier = entry.sheets.iter().find(|sheet| ours(&sheet.name, sheet.filled_cells));
    let earlier: Option<SheetId> = earlier.map(|sheet| sheet.sheet);
    let mut opening = words::received(from, chase, entry);
    opening.push(words::HOW_TO.to_owned());
    let list = List {
        title: words::title(from.round, fixes),
        mark: Some(from.round.marking.as_str().to_owned()),
        opening,
        entries,
        closing: words::closing(from, fixes),
    };
    Additions { list, marks, earlier }
}
