//! Returns brought together in their order: accepted, superseded or refused.

use super::identify;
use super::plan::{Key, Planned};
use super::process::{Processed, Return, file_id, parse_context};
use super::returned::{refused, returned};
use super::{Input, Run, prove, sort};
use crate::checks::{self, Likely};
use crate::error::Error;
use crate::finding::Finding;
use crate::merge::{self, Merger};
use crate::model::{
    Consolidated, FileInfo, Partner, PartnerId, Places, Refusal, ReturnInfo, ReturnState, Sink, SkippedFile,
    Submission, Table,
};
use crate::parse;
use crate::reconcile::Reconciler;
use crate::round::{Round, answers};
use std::collections::{BTreeMap, BTreeSet};

/// Brings the returns together in their order.
pub(super) struct Gather<'a> {
    round: &'a Round,
    merger: Merger<'a>,
    reconciler: Reconciler<'a>,
    places: Places,
    /// Every return that has come, in file order.
    returns: BTreeMap<Key, ReturnInfo>,
    /// Returns that another of the same partner will replace, if that one can be used.
    waiting: Vec<(Key, Return)>,
    /// Returns of a partner that were merged while others of the same partner wait to be held against them.
    kept: Vec<(Key, Submission)>,
    /// The returns that were merged.
    accepted: Vec<Key>,
    pub(super) findings: Vec<Finding>,
    /// What the returns hold that no finding may repeat.
    pub(super) likely: Likely,
}

impl<'a> Gather<'a> {
    /// Starts with every input and nothing known of any.
    pub(super) fn new(round: &'a Round, inputs: &[&dyn Input]) -> Self {
        let files = inputs.iter().map(|input| FileInfo {
            name: input.name().to_owned(),
            held: input.held(),
            size: input.size(),
            ..FileInfo::default()
        });
        Self {
            round,
            merger: Merger::new(round),
            reconciler: Reconciler::new(round),
            places: Places { files: files.collect() },
            returns: BTreeMap::new(),
            waiting: Vec::new(),
            kept: Vec::new(),
            accepted: Vec::new(),
            findings: Vec::new(),
            likely: Likely::default(),
        }
    }

    /// Notes a file's fingerprint and sheets.
    pub(super) fn note_file(&mut self, place: usize, processed: &Processed) {
        let info = &mut self.places.files[place];
        info.sha256.clone_from(&processed.sha256);
        info.sheets.clone_from(&processed.sheets);
    }

    /// Notes a return and what it says of itself: that which was planned, or one more of a file. Gives its state as far as
    /// that tells.
    pub(super) fn note(
        &mut self,
        place: usize,
        planned: Option<&Planned>,
        outcome: &Result<Return, Refusal>,
    ) -> (Key, ReturnState) {
        let next = || {
            let last = self.returns.range((place, 0)..=(place, usize::MAX)).next_back();
            (place, last.map_or(0, |((_, part), _)| part + 1))
        };
        let key = planned.map_or_else(next, |planned| planned.key);
        let entry = match outcome {
            Err(refusal) => self.refused(place, planned, refusal),
            Ok(done) => returned(self.round, &done.submission),
        };
        let state = entry.state.clone();
        self.returns.insert(key, entry);
        (key, state)
    }

    fn refused(&self, place: usize, planned: Option<&Planned>, refusal: &Refusal) -> ReturnInfo {
        let name = &self.places.files[place].name;
        let part = planned.filter(|planned| planned.sheets.is_some());
        let sender = part.and_then(|planned| planned.identity.partner);
        let what = sender.map_or_else(
            || name.clone(),
            |partner| format!("What {name} holds of {}", self.round.partner(partner).name),
        );
        // All that can be known of a whole file is in its name.
        let identity = part.map_or_else(
            || parse::identity(&[], name, &parse_context(self.round)),
            |planned| planned.identity.clone(),
        );
        ReturnInfo { identity, ..refused(file_id(place), checks::refusal_in_words(refusal, &what)) }
    }

    /// Takes the next return of the plan. The plan goes by the first look; what counts is what the whole file says.
    pub(super) fn take(
        &mut self,
        planned: &Planned,
        processed: Processed,
        sink: &mut dyn Sink,
    ) -> Result<(), Error> {
        let place = planned.key.0;
        self.note_file(place, &processed);
        let mut used = false;
        for (number, outcome) in processed.returns.into_iter().enumerate() {
            let first = number == 0;
            let (key, state) = self.note(place, first.then_some(planned), &outcome);
            let taken = self.take_one(key, state, first && planned.superseded, outcome, sink)?;
            used |= first && taken;
        }
        // The return that would have been used cannot be: the best of those that it would have replaced is.
        if used || planned.superseded { Ok(()) } else { self.accept_best_waiting(sink) }
    }

    /// Takes one return; gives whether it was merged or at least could have been.
    fn take_one(
        &mut self,
        place: Key,
        state: ReturnState,
        superseded: bool,
        outcome: Result<Return, Refusal>,
        sink: &mut dyn Sink,
    ) -> Result<bool, Error> {
        match outcome {
            Ok(mut done) if state == ReturnState::Accepted => {
                self.likely.join(std::mem::take(&mut done.likely));
                if superseded {
                    self.waiting.push((place, done));
                    return Ok(false);
                }
                self.accept(place, done, sink)?;
                return Ok(true);
            }
            Ok(done) => {
                let rows = self.merger.set_aside(&done.submission);
                self.findings.extend(checks::persons_alone(done.findings));
                self.set(place, state, rows);
            }
            Err(_) => {}
        }
        Ok(false)
    }

    /// Merges a return. If one of the same partner is merged already, only what that one lacks is added: never both.
    fn accept(&mut self, place: Key, done: Return, sink: &mut dyn Sink) -> Result<(), Error> {
        let partner = done.submission.identity.partner;
        if self.kept.iter().any(|(_, kept)| kept.identity.partner != partner) {
            self.settle_waiting();
        }
        let used = self.used_for(partner);
        let already = self.tables_of(&used);
        let says_who = identify::tables(&self.round.schema);
        let again = |table: &Table| already.contains(&table.table) && !says_who.contains(&table.table);
        let adds = |table: &Table| !already.contains(&table.table);
        let tables = &done.submission.tables;
        if let Some(&first) = used.first()
            && (tables.iter().any(again) || !tables.iter().any(adds))
        {
            let used = self.name(first);
            let why =
                format!("It is a second return of a partner whose {used} was used. It was not added to it.");
            let rows = self.merger.set_aside(&done.submission);
            self.reconciler.take(&done.submission, done.within, false);
            self.findings.extend(checks::persons_alone(done.findings));
            self.set(place, ReturnState::Refused { why }, rows);
            return Ok(());
        }
        self.findings.extend(done.findings);
        let file = done.submission.file;
        sink.file(file, &self.places.files[file.0 as usize])?;
        let rows = self.merger.accept(&done.submission, &already, sink)?;
        self.reconciler.take(&done.submission, done.within, true);
        self.accepted.push(place);
        self.set(place, ReturnState::Accepted, rows);
        let first_file = used.first().map(|&first| file_id(first.0));
        if let Some(entry) = self.returns.get_mut(&place) {
            entry.part_of = first_file;
        }
        if self.waiting.iter().any(|(_, other)| other.submission.identity.partner == partner) {
            self.kept.push((place, done.submission));
        }
        Ok(())
    }

    /// What was merged for a partner, the first part of its return in front.
    fn used_for(&self, partner: Option<PartnerId>) -> Vec<Key> {
        let of = |place: &Key| self.returns.get(place).is_some_and(|entry| entry.identity.partner == partner);
        let places = self.accepted.iter().copied().filter(of);
        if partner.is_some() { places.collect() } else { Vec::new() }
    }

    /// Tables of the schema that these have.
    fn tables_of(&self, places: &[Key]) -> BTreeSet<usize> {
        let entries = places.iter().filter_map(|place| self.returns.get(place));
        entries.flat_map(|entry| &entry.layouts).map(|layout| layout.table).collect()
    }

    /// The name of a return's file.
    fn name(&self, place: Key) -> &str {
        self.places.file(file_id(place.0))
    }

    fn set(&mut self, place: Key, state: ReturnState, rows: [u32; 4]) {
        if let Some(entry) = self.returns.get_mut(&place) {
            entry.state = state;
            entry.rows = rows;
        }
    }

    /// Sets the returns aside that others of the same partner replace, each held against the one with the most of its
    /// tables.
    fn settle_waiting(&mut self) {
        let kept = std::mem::take(&mut self.kept);
        for (old, done) in std::mem::take(&mut self.waiting) {
            let shared = |used: &Submission| {
                let has = |table: &usize| used.tables.iter().any(|other| other.table == *table);
                done.submission.tables.iter().map(|table| table.table).filter(has).count()
            };
            let of_partner =
                kept.iter().filter(|(_, used)| used.identity.partner == done.submission.identity.partner);
            // Of parts with as many, the first counts.
            match of_partner.rev().max_by_key(|(_, used)| shared(used)) {
                Some((place, used)) => self.set_aside(old, done, *place, used),
                None => self.waiting.push((old, done)),
            }
        }
    }

    fn set_aside(&mut self, old: Key, done: Return, place: Key, used: &Submission) {
        let (_, why) = merge::choose(&[
            (file_id(old.0), self.name(old), &done.submission.identity),
            (file_id(place.0), self.name(place), &used.identity),
        ]);
        let by = file_id(place.0);
        // A number stands in the folder, and in the partner's own file, whether or not the return is used.
        let persons = checks::persons_in_replaced(done.findings, self.name(old), self.name(place));
        self.findings.extend(persons);
        let differences = merge::differences(self.round, &done.submission, used);
        let rows = self.merger.set_aside(&done.submission);
        if merge::is_copy(&done.submission, used, &differences) {
            self.set(old, ReturnState::Copy { of: by }, rows);
            return;
        }
        if !merge::was_made_from(&used.identity, &done.submission.identity) {
            self.reconciler.take(&done.submission, done.within, false);
        }
        self.set(old, ReturnState::Superseded { by, why, differences }, rows);
    }

    /// Merges the best of the returns that wait for another, as if that one had not come.
    fn accept_best_waiting(&mut self, sink: &mut dyn Sink) -> Result<(), Error> {
        self.settle_waiting();
        let returns: Vec<_> = self
            .waiting
            .iter()
            .map(|(place, done)| (file_id(place.0), self.name(*place), &done.submission.identity))
            .collect();
        if returns.is_empty() {
            return Ok(());
        }
        let (best, _) = merge::choose(&returns);
        let (place, done) = self.waiting.remove(best);
        self.accept(place, done, sink)
    }

    /// True if the last return noted of a file is a form with nothing filled in.
    pub(super) fn is_blank(&self, place: usize) -> bool {
        let last = self.returns.range((place, 0)..=(place, usize::MAX)).next_back();
        last.is_some_and(|(_, entry)| entry.blank)
    }

    /// What is known without merging.
    pub(super) fn consolidated(&mut self) -> Consolidated {
        Consolidated {
            places: std::mem::take(&mut self.places),
            returns: std::mem::take(&mut self.returns).into_values().collect(),
            ..Consolidated::default()
        }
    }

    /// Proves that nothing was lost, and tests what can only be tested on the whole.
    pub(super) fn finish(mut self, skipped: Vec<SkippedFile>, sink: &mut dyn Sink) -> Result<Run, Error> {
        self.settle_waiting();
        while !self.waiting.is_empty() {
            self.accept_best_waiting(sink)?;
            self.settle_waiting();
        }
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
        let cx = checks::Context::new(self.round, &whole.places);
        findings.extend(checks::round(&cx, &whole));
        self.likely.cover(self.round, &mut findings);
        sort(&mut findings);
        answers::note_states(self.round, &whole.places, &mut findings);
        let fates = answers::put(self.round, &whole.places, &mut findings);
        findings.extend(checks::last(&cx, &checks::Last { findings: &findings, fates: &fates }));
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
