//! `merge`: a round folder → the consolidated workbook and what stands beside it.

use super::arguments::{Format, Merge};
use super::input::{self, FileInput};
use super::outputs::{Outputs, Watched};
use super::terminal::{self, Terminal};
use super::{Status, beside, data, extract, feedback, settings};
use crate::discover;
use crate::error::Error;
use crate::finding::Finding;
use crate::pipeline::{self, Input, Run};
use crate::report::{
    self, About, Attached, Chase, Fingerprint, LongRow, Manifest, Names, Package, Screen, SignOffRecord,
    Tally, Whole,
};
use crate::round::{self, Round};
use crate::write::{Book, LongText};
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use tempfile::TempPath;

const WORKBOOK: &str = "consolidated.xlsx";
const LONG_TEXTS: &str = "long-texts.csv";
const MANIFEST: &str = "run.json";

pub(super) fn run(arguments: &Merge, terminal: &Terminal) -> Result<Status, Error> {
    let folder = arguments.round.as_path();
    let round = settings::round_with_earlier(folder)?;
    let returns = folder.join("returns");
    let out = arguments.out.clone().unwrap_or_else(|| folder.join("out"));
    refuse_inputs_as_outputs(&out, &returns)?;
    let (candidates, skipped) = discover::returns(&returns)?;
    let skipped = input::skipped(skipped);
    let files = FileInput::of(candidates);
    let inputs: Vec<&dyn Input> = files.iter().map(|file| file as &dyn Input).collect();
    let mut outputs = Outputs::start(&out)?;
    let mut book = Book::new(&round, outputs.scratch())?;
    let data_folder = out.join("data");
    let mut package = data::start(&outputs, &round, &data_folder)?;
    let bar = terminal.progress(inputs.len());
    let mut sink = data::Both { first: &mut book, second: &mut package };
    let merged = pipeline::merge(&round, &inputs, skipped, &mut sink, &|done| bar.set_position(done as u64));
    bar.finish_and_clear();
    let run = merged?;
    let about = about(&round, &run);
    let mut manifest = Manifest::new(&about, &run.consolidated, names(&run, &round), &run.findings);
    for earlier in data::earlier(&out) {
        outputs.without(&earlier);
    }
    let chases = report::chases(&round, &run.consolidated, &run.findings);
    let feedback = feedback::From { round: &round, run: &run, inputs: &files, chases: &chases };
    let feedback = if arguments.no_feedback { Vec::new() } else { feedback::workbooks(feedback, &outputs)? };
    manifest.feedback = feedback.iter().map(|made| made.record.clone()).collect();
    let attached: Vec<&Attached> = feedback.iter().map(|made| &made.attached).collect();
    let people = (&chases[..], &attached[..]);
    let long_texts = write(&mut outputs, (book, package), &run, &round, &about, people)?;
    for made in feedback {
        outputs.finished(&made.record.file, made.workbook);
    }
    outputs.only_these_in(feedback::FOLDER, &feedback::ENDINGS);
    let refused = extract::write(&mut outputs, &run, &round, arguments.extract)?;
    write_manifest(&mut outputs, &mut manifest)?;
    outputs.publish()?;
    let workbook = out.join(WORKBOOK).display().to_string();
    terminal::print(|to| match arguments.format {
        Format::Json => json(&manifest, to),
        Format::Text => Screen {
            about: &about,
            consolidated: &run.consolidated,
            names: names(&run, &round),
            findings: &run.findings,
            workbook: &report::clean(&workbook),
            long_texts,
        }
        .write(to),
    })?;
    if let Some(why) = refused {
        terminal::complain(&why);
        return Ok(Status::ToAnswer);
    }
    Ok(status(&run.findings, arguments.strict))
}

/// What the findings come to as an exit status.
pub(super) fn status(findings: &[Finding], strict: bool) -> Status {
    match Tally::of(findings) {
        Tally { errors: 1.., .. } => Status::ToAnswer,
        Tally { queries: 1.., .. } if strict => Status::ToAnswer,
        _ => Status::Clean,
    }
}

fn names<'a>(run: &'a Run, round: &'a Round) -> Names<'a> {
    Names { places: &run.consolidated.places, partners: &round.partners }
}

fn about<'a>(round: &'a Round, run: &Run) -> About<'a> {
    let fingerprint = round::fingerprint(round, &run.consolidated.places);
    let controls = round.schema.controls.iter();
    About {
        board: &round.board,
        period: round.period.to_string(),
        is_final: round.is_final,
        schema: &round.schema.name,
        schema_version: &round.schema.version,
        settings: round.stamps.iter().map(Fingerprint::from).collect(),
        before: round.earlier_stamps.iter().map(Fingerprint::from).collect(),
        sign_off: round.sign_off.as_ref().map(|signed| SignOffRecord::new(signed, &fingerprint)),
        fingerprint,
        controls: controls.map(|control| (control.name.as_str(), control.title.as_str())).collect(),
    }
}

pub(super) fn refuse_inputs_as_outputs(out: &Path, returns: &Path) -> Result<(), Error> {
    // A folder that is not there yet is nobody's folder of returns.
    let same = out.canonicalize().is_ok_and(|out| returns.canonicalize().is_ok_and(|returns| out == returns));
    if same {
        let shown = out.display();
        return Err(Error::Usage(format!(
            "{shown} holds the returns. Choose another folder with --out, so that nothing of theirs is written over."
        )));
    }
    Ok(())
}

/// Writes every output but the manifest into its unfinished file: the workbook, and beside it all that does not need it.
/// Returns how many texts are too long for a cell.
fn write(
    outputs: &mut Outputs,
    (book, package): (Book<'_>, Package<'_, Unfinished>),
    run: &Run,
    round: &Round,
    about: &About<'_>,
    people: (&[Chase<'_>], &[&Attached]),
) -> Result<usize, Error> {
    let shared = &*outputs;
    let whole = Whole { consolidated: &run.consolidated, findings: &run.findings, names: names(run, round) };
    let (workbook, (data, others)) = rayon::join(
        || workbook(shared, WORKBOOK, book, run),
        || {
            rayon::join(
                || data::finish(shared, package, whole),
                || beside::write(shared, round, whole, about, people),
            )
        },
    );
    let ((workbook, long), data, others) = (workbook?, data?, others?);
    outputs.finished(WORKBOOK, workbook);
    for (name, file) in data.into_iter().chain(others) {
        outputs.finished(&name, file);
    }
    outputs.only_these_in(beside::MESSAGES, &["txt"]);
    if long.is_empty() {
        outputs.without(LONG_TEXTS);
    } else {
        let file = long_texts(outputs, &long, &round.marking.with_state(&run.findings))?;
        outputs.finished(LONG_TEXTS, file);
    }
    Ok(long.len())
}

/// Writes the manifest, which names all outputs.
fn write_manifest(outputs: &mut Outputs, manifest: &mut Manifest) -> Result<(), Error> {
    let mut names: Vec<String> = outputs.names().chain([MANIFEST]).map(str::to_owned).collect();
    names.sort_unstable();
    manifest.outputs = names;
    let file = output(outputs, MANIFEST, |to| json(&*manifest, to))?;
    outputs.finished(MANIFEST, file);
    Ok(())
}

pub(super) type Unfinished = io::BufWriter<tempfile::NamedTempFile>;

pub(super) fn output(
    outputs: &Outputs,
    name: &str,
    write: impl FnOnce(&mut Unfinished) -> io::Result<()>,
) -> Result<TempPath, Error> {
    let mut file = outputs.open(name)?;
    write(&mut file).map_err(|source| outputs.failed(name, source))?;
    outputs.close(name, file)
}

/// Writes a workbook into an unfinished file; gives the texts that are too long for a cell.
pub(super) fn workbook(
    outputs: &Outputs,
    name: &str,
    book: Book<'_>,
    run: &Run,
) -> Result<(TempPath, Vec<LongText>), Error> {
    let mut file = outputs.open(name)?;
    let failure = Mutex::new(None);
    let made = book.finish(&run.consolidated, &run.findings, Watched::new(&mut file, &failure));
    let failure = failure.into_inner().unwrap_or_else(PoisonError::into_inner);
    match (made, failure) {
        (_, Some(source)) => Err(outputs.failed(name, source)),
        (Err(error), None) => Err(error),
        (Ok(long), None) => Ok((outputs.close(name, file)?, long)),
    }
}

fn long_texts(outputs: &Outputs, long: &[LongText], marking: &str) -> Result<TempPath, Error> {
    let rows =
        long.iter().map(|LongText { shown, place, field, text }| LongRow { shown, place, field, text });
    output(outputs, LONG_TEXTS, |to| report::long_texts_csv(rows, marking, to))
}

/// Writes a record as indented JSON with a line end.
pub(super) fn json<T: serde::Serialize + ?Sized>(
    record: &T,
    to: &mut (impl Write + ?Sized),
) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *to, record)?;
    to.write_all(b"\n")
}
