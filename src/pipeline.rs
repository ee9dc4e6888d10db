//! The only place where stages are put together; no file access.
//!
//! A round is gone through twice. The first look only asks who sent each file (cover sheets and file names), so that of
//! two returns of one partner one is chosen before any row is merged. The second reads, checks and merges each return,
//! several at a time, and hands its rows on in a fixed order, so that they can leave memory.

mod ahead;
mod identify;

use crate::checks;
use crate::error::Error;
use crate::finding::Finding;
use crate::merge::{self, Merger};
use crate::model::{
    Consolidated, FileId, FileInfo, Identity, Partner, PartnerId, Places, Refusal, ReturnInfo, ReturnState,
    SheetUse, Sink, SkippedFile, Submission, Visibility, Workbook,
};
use crate::reconcile::{self, Reconciler, Within};
use crate::round::Round;
use crate::{locate, parse, read};
use rust_decimal::Decimal;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A file that may be a return. The pipeline does not know where it lies.
pub trait Input: Sync {
    /// Its name without folders.
    fn name(&self) -> &str;
    /// Size in bytes.
    fn size(&self) -> u64;
    /// Its bytes.
    ///
    /// # Errors
    ///
    /// Why it could not be taken, in a plain sentence.
    fn load(&self) -> Result<Vec<u8>, String>;
}

/// What a run found.
#[derive(Debug, Default)]
pub struct Run {
    /// Everything that is not streamed.
    pub consolidated: Consolidated,
    /// All findings, in the order of their places.
    pub findings: Vec<Finding>,
}

/// Merges a round. `inputs` are in name order; `progress` is told how many files are done, from any thread.
///
/// # Errors
///
/// If the sink cannot take a row, or the proof that nothing was lost fails.
pub fn merge(
    round: &Round,
    inputs: &[&dyn Input],
    skipped: Vec<SkippedFile>,
    sink: &mut dyn Sink,
    progress: &(dyn Fn(usize) + Sync),
) -> Result<Run, Error> {
    let plan = identify::plan(round, inputs);
    let mut gather = Gather::new(round, inputs);
    let mut done = 0;
    ahead::in_order(
        plan.order.len(),
        |place| process(round, inputs, plan.order[place], true),
        |place, processed| {
            gather.take(plan.order[place], &plan, processed, sink)?;
            done += 1;
            progress(done);
            Ok(())
        },
    )?;
    gather.finish(skipped, sink)
}

/// Checks returns without merging them.
#[must_use]
pub fn check(round: &Round, inputs: &[&dyn Input]) -> Run {
    let mut gather = Gather::new(round, inputs);
    let mut reconciled = Reconciler::new(round);
    // The consumer cannot fail, so neither can this.
    let _: Result<(), Error> = ahead::in_order(
        inputs.len(),
        |place| process(round, inputs, place, true),
        |place, processed| {
            let state = gather.note(place, &processed);
            if let Ok(processed) = processed.outcome {
                gather.findings.extend(processed.findings);
                if state == ReturnState::Accepted {
                    reconciled.take(&processed.submission, processed.within, true);
                }
            }
            Ok(())
        },
    );
    let mut consolidated = gather.consolidated();
    reconciled.finish_alone(&mut consolidated);
    let mut findings = gather.findings;
    findings.extend(checks::round(&checks::Context { round, places: &consolidated.places }, &consolidated));
    sort(&mut findings);
    Run { consolidated, findings }
}

/// One file, read and checked.
struct Processed {
    sha256: String,
    sheets: Vec<String>,
    outcome: Result<Return, Refusal>,
}

struct Return {
    submission: Submission,
    findings: Vec<Finding>,
    within: Within,
}

fn process(round: &Round, inputs: &[&dyn Input], place: usize, check: bool) -> Processed {
    let file = file_id(place);
    let input = inputs[place];
    let bytes = match input.load() {
        Ok(bytes) => bytes,
        Err(why) => {
            return Processed {
                sha256: String::new(),
                sheets: Vec::new(),
                outcome: Err(Refusal::Unavailable(why)),
            };
        }
    };
    let sha256 = fingerprint(&bytes);
    let mut sheets = Vec::new();
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let workbook = read::workbook(file, input.name(), &bytes, &|_| true)?;
        drop(bytes);
        sheets = workbook.sheets.iter().map(|sheet| sheet.name.clone()).collect();
        let places = places_of_one(inputs, file, &sheets);
        let submission = submission(round, input.name(), workbook);
        let findings = if check {
            checks::submission(&checks::Context { round, places: &places }, &submission)
        } else {
            Vec::new()
        };
        let within = reconcile::within(round, &submission);
        Ok(Return { submission, findings, within })
    }));
    let outcome = outcome.unwrap_or_else(|_| {
        Err(Refusal::Damaged("something in it that this program could not get past".to_owned()))
    });
    Processed { sha256, sheets, outcome }
}

/// Reads the tables of a workbook: the identity's first, because they say in which unit the others are.
fn submission(round: &Round, name: &str, workbook: Workbook) -> Submission {
    let mut cx = parse_context(round);
    let layouts = locate::tables(&workbook, &round.schema);
    let identity_tables = identify::tables(&round.schema);
    let (first, rest): (Vec<_>, Vec<_>) =
        layouts.into_iter().partition(|layout| identity_tables.contains(&layout.table));
    let sheet = |id| workbook.sheets.iter().find(|sheet: &&crate::model::Sheet| sheet.id() == id);
    let mut tables: Vec<_> = first
        .into_iter()
        .filter_map(|layout| Some(parse::table(sheet(layout.sheet)?, layout, &cx)))
        .collect();
    let mut identity = parse::identity(&tables, name, &cx);
    cx.unit = identity.unit;
    cx.rounded = identity.rounded;
    tables
        .extend(rest.into_iter().filter_map(|layout| Some(parse::table(sheet(layout.sheet)?, layout, &cx))));
    if identity.partner.is_none() {
        identity = parse::identity(&tables, name, &cx);
    }
    tables.sort_by_key(|table| (table.table, table.sheet));
    let absent =
        (0..round.schema.tables.len()).filter(|index| tables.iter().all(|table| table.table != *index));
    let sheets = workbook.sheets.iter().map(|sheet| SheetUse {
        sheet: sheet.id(),
        name: sheet.name.clone(),
        filled_rows: filled_rows(sheet),
        hidden: sheet.visibility != Visibility::Visible,
        tables: tables.iter().filter(|table| table.sheet == sheet.id()).map(|table| table.table).collect(),
    });
    Submission {
        file: workbook.file,
        kind: workbook.kind,
        identity,
        absent: absent.collect(),
        sheets: sheets.collect(),
        oddities: workbook.oddities,
        tables,
    }
}

fn filled_rows(sheet: &crate::model::Sheet) -> u32 {
    let rows = sheet.rows().filter(|(_, cells)| cells.iter().any(|cell| !sheet.raw(cell).is_blank())).count();
    u32::try_from(rows).unwrap_or(u32::MAX)
}

fn parse_context(round: &Round) -> parse::Context<'_> {
    parse::Context {
        schema: &round.schema,
        partners: &round.partners,
        bodies: &round.bodies,
        period: Some(round.period),
        unit: 0,
        rounded: false,
    }
}

fn file_id(place: usize) -> FileId {
    FileId(u32::try_from(place).unwrap_or(u32::MAX))
}

/// The SHA-256 of some bytes in lower-case hexadecimal.
#[must_use]
pub fn fingerprint(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    use std::fmt::Write as _;
    let digest = sha2::Sha256::digest(bytes);
    digest.iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Places in which only one file's sheets are known: all that a check of one return may name.
fn places_of_one(inputs: &[&dyn Input], file: FileId, sheets: &[String]) -> Places {
    let mut files = vec![FileInfo::default(); file.0 as usize + 1];
    if let Some(info) = files.last_mut() {
        inputs[file.0 as usize].name().clone_into(&mut info.name);
        info.sheets = sheets.to_vec();
    }
    Places { files }
}

/// Brings the returns together in their order.
struct Gather<'a> {
    round: &'a Round,
    merger: Merger<'a>,
    reconciler: Reconciler<'a>,
    places: Places,
    returns: Vec<Option<ReturnInfo>>,
    /// Returns that another of the same partner will replace, if that one can be used.
    waiting: Vec<(usize, Return)>,
    findings: Vec<Finding>,
}

impl<'a> Gather<'a> {
    fn new(round: &'a Round, inputs: &[&dyn Input]) -> Self {
        let files = inputs.iter().map(|input| FileInfo {
            name: input.name().to_owned(),
            size: input.size(),
            ..FileInfo::default()
        });
        Self {
            round,
            merger: Merger::new(round),
            reconciler: Reconciler::new(round),
            places: Places { files: files.collect() },
            returns: inputs.iter().map(|_| None).collect(),
            waiting: Vec::new(),
            findings: Vec::new(),
        }
    }

    /// Notes a file's fingerprint, sheets and what its return says of itself; gives its state as far as that tells.
    fn note(&mut self, place: usize, processed: &Processed) -> ReturnState {
        let info = &mut self.places.files[place];
        info.sha256.clone_from(&processed.sha256);
        info.sheets.clone_from(&processed.sheets);
        let entry = match &processed.outcome {
            Err(refusal) => refused(file_id(place), checks::refusal_in_words(refusal, &info.name)),
            Ok(done) => ReturnInfo {
                file: file_id(place),
                kind: Some(done.submission.kind),
                identity: done.submission.identity.clone(),
                state: state(self.round, &done.submission),
                sheets: done.submission.sheets.clone(),
                layouts: done
                    .submission
                    .tables
                    .iter()
                    .map(|table| table.layout.clone_without_rows())
                    .collect(),
                absent: done.submission.absent.clone(),
                rows: [0; 4],
            },
        };
        let state = entry.state.clone();
        self.returns[place] = Some(entry);
        state
    }

    fn take(
        &mut self,
        place: usize,
        plan: &identify::Plan,
        processed: Processed,
        sink: &mut dyn Sink,
    ) -> Result<(), Error> {
        let state = self.note(place, &processed);
        let usable = state == ReturnState::Accepted;
        match processed.outcome {
            Ok(done) if usable && plan.superseded.contains_key(&place) => self.waiting.push((place, done)),
            Ok(done) if usable => {
                self.set_aside_waiting(place, plan, &done.submission);
                self.accept(place, done, sink)?;
            }
            Ok(done) => {
                self.replace_with_waiting(place, plan, sink)?;
                let rows = self.merger.set_aside(&done.submission);
                self.set(place, state, rows);
            }
            Err(_) => self.replace_with_waiting(place, plan, sink)?,
        }
        Ok(())
    }

    fn accept(&mut self, place: usize, done: Return, sink: &mut dyn Sink) -> Result<(), Error> {
        self.findings.extend(done.findings);
        sink.file(file_id(place), &self.places.files[place])?;
        let rows = self.merger.accept(&done.submission, sink)?;
        self.reconciler.take(&done.submission, done.within, true);
        self.set(place, ReturnState::Accepted, rows);
        Ok(())
    }

    fn set(&mut self, place: usize, state: ReturnState, rows: [u32; 4]) {
        if let Some(entry) = &mut self.returns[place] {
            entry.state = state;
            entry.rows = rows;
        }
    }

    /// Sets the returns aside that this one replaces, listing where they differ from it.
    fn set_aside_waiting(&mut self, place: usize, plan: &identify::Plan, used: &Submission) {
        for (old, done) in std::mem::take(&mut self.waiting) {
            let Some((_, why)) = plan.superseded.get(&old) else { continue };
            let differences = merge::differences(self.round, &done.submission, used);
            let rows = self.merger.set_aside(&done.submission);
            self.reconciler.take(&done.submission, done.within, false);
            self.set(
                old,
                ReturnState::Superseded { by: file_id(place), why: why.clone(), differences },
                rows,
            );
        }
    }

    /// The return that would have been used cannot be: the last of those it would have replaced takes its place.
    fn replace_with_waiting(
        &mut self,
        place: usize,
        plan: &identify::Plan,
        sink: &mut dyn Sink,
    ) -> Result<(), Error> {
        if plan.superseded.contains_key(&place) {
            return Ok(());
        }
        if let Some((next, done)) = self.waiting.pop() {
            self.set_aside_waiting(next, plan, &done.submission);
            self.accept(next, done, sink)?;
        }
        Ok(())
    }

    fn consolidated(&mut self) -> Consolidated {
        Consolidated {
            places: std::mem::take(&mut self.places),
            returns: std::mem::take(&mut self.returns).into_iter().flatten().collect(),
            ..Consolidated::default()
        }
    }

    fn finish(mut self, skipped: Vec<SkippedFile>, sink: &mut dyn Sink) -> Result<Run, Error> {
        let part = self.consolidated();
        let mut whole = self.merger.finish();
        whole.places = part.places;
        whole.returns = part.returns;
        whole.skipped = skipped;
        whole.missing = missing(self.round, &whole.returns);
        whole.conservation.sort_by_key(|line| (line.file, line.sheet));
        prove(&whole, sink)?;
        self.reconciler.finish(&mut whole);
        let mut findings = self.findings;
        let cx = checks::Context { round: self.round, places: &whole.places };
        findings.extend(checks::round(&cx, &whole));
        sort(&mut findings);
        Ok(Run { consolidated: whole, findings })
    }
}

/// Which partners sent nothing that could be used.
fn missing(round: &Round, returns: &[ReturnInfo]) -> Vec<PartnerId> {
    let came = |id: PartnerId| {
        returns.iter().any(|entry| entry.state == ReturnState::Accepted && entry.identity.partner == Some(id))
    };
    round
        .partners()
        .filter(|(id, partner): &(_, &Partner)| partner.sends && !came(*id))
        .map(|(id, _)| id)
        .collect()
}

/// What the return itself says against using it.
fn state(round: &Round, submission: &Submission) -> ReturnState {
    let refuse = |why: String| ReturnState::Refused { why };
    if submission.tables.is_empty() {
        return refuse(format!("None of the tables of {} was found in it.", round.schema.title));
    }
    let Identity { partner, period, .. } = &submission.identity;
    if let Some((period, _)) = period
        && *period != round.period
        && (period.quarter.is_some() || period.year != round.period.year)
    {
        return refuse(format!("It says that it is for {period}; this is the {} collection.", round.period));
    }
    if partner.is_none() && !round.partners.is_empty() {
        return refuse(match &submission.identity.unknown_partner {
            Some(name) => format!("It is from {name}, which is not on this round's list of partners."),
            None => "It does not say which partner sent it.".to_owned(),
        });
    }
    ReturnState::Accepted
}

fn refused(file: FileId, why: String) -> ReturnInfo {
    ReturnInfo {
        file,
        kind: None,
        identity: Identity::default(),
        state: ReturnState::Refused { why },
        sheets: Vec::new(),
        layouts: Vec::new(),
        absent: Vec::new(),
        rows: [0; 4],
    }
}

/// The proof R43: rows and money, sheet by sheet as read, and in all as the sink took them.
fn prove(whole: &Consolidated, sink: &dyn Sink) -> Result<(), Error> {
    for line in &whole.conservation {
        if !line.holds() {
            return Err(Error::Conservation(format!(
                "{} › {}: {} rows have something in them; {} were merged, {} held, {} set aside, {} are not data and {} were not used; {} was read and {} merged, {} held, {} set aside.",
                whole.places.file(line.file),
                whole.places.sheet(line.file, line.sheet),
                line.filled,
                line.merged,
                line.held,
                line.set_aside,
                line.not_data,
                line.unused,
                crate::model::pounds(line.pounds_read),
                crate::model::pounds(line.pounds_merged),
                crate::model::pounds(line.pounds_held),
                crate::model::pounds(line.pounds_set_aside),
            )));
        }
    }
    let taken = sink.taken();
    let rows: Vec<u32> = taken.iter().map(|(rows, _)| *rows).collect();
    let written: Decimal = taken.iter().map(|(_, pounds)| *pounds).sum();
    let merged: Decimal = whole.conservation.iter().map(|line| line.pounds_merged).sum();
    if rows != whole.merged_rows || written != merged {
        return Err(Error::Conservation(format!(
            "{} rows and {} were merged, but {} rows and {} were written.",
            whole.merged_rows.iter().sum::<u32>(),
            crate::model::pounds(merged),
            rows.iter().sum::<u32>(),
            crate::model::pounds(written),
        )));
    }
    Ok(())
}

fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| (a.at, a.code, &a.message).cmp(&(b.at, b.code, &b.message)));
}
