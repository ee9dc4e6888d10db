//! What the last screen says of what waits for an answer, partner by partner.

use super::super::{Align, Columns, Tally, count, wrap};
use super::{Screen, WIDTH, heading};
use crate::finding::{Finding, Severity};
use crate::model::PartnerId;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// How many findings wait for an answer, and how many have one.
#[derive(Debug, Clone, Copy, Default)]
struct Open {
    errors: usize,
    queries: usize,
    answered: usize,
    notes: usize,
}

impl Open {
    fn add(&mut self, finding: &Finding) {
        match finding.severity {
            Severity::Error | Severity::Query if finding.answer().is_some() => self.answered += 1,
            Severity::Error => self.errors += 1,
            Severity::Query => self.queries += 1,
            Severity::Note => self.notes += 1,
        }
    }
}

impl Screen<'_> {
    pub(super) fn answers(&self, out: &mut dyn Write) -> io::Result<()> {
        heading("To be answered", out)?;
        let all = Tally::of(self.findings);
        if all.errors + all.queries == 0 {
            let notes = count(all.notes, "note", "notes");
            return writeln!(out, "  Nothing. {notes} of what was read with a change are in the workbook.");
        }
        let any = self.findings.iter().any(|finding| finding.asks() && finding.answer().is_some());
        let mut table =
            Columns::new(&[Align::Left, Align::Right, Align::Right, Align::Right, Align::Right], 60);
        let heads = ["Partner", "Errors", "Queries", "Answered", "Notes"];
        table.push(heads.into_iter().filter(|head| any || *head != "Answered"));
        let figures = |open: Open| {
            let numbers =
                [Some(open.errors), Some(open.queries), any.then_some(open.answered), Some(open.notes)];
            numbers.into_iter().flatten().map(|number| count(number, "", ""))
        };
        let open = self.open();
        let about_partners = open.iter().filter(|(partner, _)| partner.is_some());
        for (partner, open) in about_partners.chain(open.iter().filter(|(partner, _)| partner.is_none())) {
            table.push(std::iter::once(self.partner(*partner)).chain(figures(*open)));
        }
        let mut sum = Open::default();
        self.findings.iter().for_each(|finding| sum.add(finding));
        table.push(std::iter::once("All".to_owned()).chain(figures(sum)));
        write!(out, "{}", table.render(2))?;
        let asked = self.findings.iter().filter(|finding| finding.asks());
        let asked = asked
            .fold((0, 0), |(all, done), finding| (all + 1, done + usize::from(finding.answer().is_some())));
        let (open, done) = (count(asked.0, "", ""), count(asked.1, "", ""));
        let line = match asked {
            (all, done) if all == done => format!("{open} of {open} answered."),
            _ => format!(
                "{done} of {open} answered. To answer, fill in answers-to-fill.csv beside the workbook and save it as \
                 answers.csv beside round.toml; the next run reads it. Messages and chasing.csv count once what \
                 comes from one thing."
            ),
        };
        writeln!(out, "{}", wrap(&line, 2, WIDTH))
    }

    /// By the partner that they are about; those about none come first.
    fn open(&self) -> BTreeMap<Option<PartnerId>, Open> {
        let mut open: BTreeMap<Option<PartnerId>, Open> = BTreeMap::new();
        for finding in self.findings {
            open.entry(finding.partner).or_default().add(finding);
        }
        open
    }
}
