//! What the last screen says of figures: the ledger, partner by partner, and whether the totals agree.

use super::super::{Align, Columns, count, wrap};
use super::{Screen, WIDTH, heading};
use crate::model::{Ledgered, pounds};
use crate::overview::ledger_lines;
use rust_decimal::Decimal;
use std::io::{self, Write};

impl Screen<'_> {
    pub(super) fn ledger(&self, ledger: &Ledgered, out: &mut dyn Write) -> io::Result<()> {
        let title = self.about.controls.get(ledger.control).map_or("Ledger", |(_, title)| title);
        heading(title, out)?;
        let mut table = Columns::new(&[Align::Left, Align::Right, Align::Right, Align::Right], 44);
        table.push(["Partner", "Returned", "Ledger", "Difference"]);
        let mut rest = (ledger.typed, ledger.ledger);
        for (partner, line) in ledger_lines(self.consolidated, ledger.control) {
            let [typed, in_ledger] = line.tested;
            rest.0 -= typed;
            rest.1 -= in_ledger;
            let difference = match (line.untested, line.difference.is_zero()) {
                (1.., true) => "could not test".to_owned(),
                _ => signed(line.difference),
            };
            let figure = |amount: Option<Decimal>| amount.map_or("–".to_owned(), full);
            table.push([self.partner(Some(partner)), figure(line.typed), figure(line.ledger), difference]);
        }
        if rest != (Decimal::ZERO, Decimal::ZERO) {
            let (typed, ledger) = rest;
            table.push([self.partner(None), full(typed), full(ledger), signed(typed - ledger)]);
        }
        let all = if ledger.untested == 0 { "All" } else { "All that could be tested" };
        table.push([all.to_owned(), full(ledger.typed), full(ledger.ledger), signed(ledger.net)]);
        write!(out, "{}", table.render(2))?;
        if !ledger.gross.is_zero() {
            let known = ledger.gross - ledger.unexplained;
            let known = if known.is_zero() {
                "No simple explanation was found.".to_owned()
            } else if ledger.unexplained.is_zero() {
                "Causes that were tested would explain all of it.".to_owned()
            } else {
                let (known, left) = (full(known), full(ledger.unexplained));
                format!("Causes that were tested would explain {known} of it; {left} is unexplained.")
            };
            let line = format!(
                "Without their signs the differences come to {} (gross). {known}",
                full(ledger.gross)
            );
            writeln!(out, "{}", wrap(&line, 2, WIDTH))?;
        }
        Ok(())
    }

    pub(super) fn totals(&self, out: &mut dyn Write) -> io::Result<()> {
        heading("Do the totals agree?", out)?;
        let mut table =
            Columns::new(&[Align::Left, Align::Right, Align::Right, Align::Right, Align::Right], 52);
        table.push(["", "Agree", "Rounding", "Differ", "Could not test"]);
        let before = self.about.controls.len();
        let tallies = self.consolidated.tallies.iter().take(before);
        let mut sums = [0u64; 4];
        for ((_, title), tally) in self.about.controls.iter().zip(tallies) {
            for (sum, &number) in sums.iter_mut().zip(tally) {
                *sum += u64::from(number);
            }
            let [_, _, differs, untested] = *tally;
            if differs + untested > 0 {
                let figures = tally.map(|number| count(number as usize, "", ""));
                table.push(std::iter::once((*title).to_owned()).chain(figures));
            }
        }
        let [agree, rounding, differ, untested] = sums;
        if differ + untested == 0 {
            let (agree, rounding) = (agree.to_string(), rounding.to_string());
            return writeln!(out, "  Yes: {agree} agree exactly and {rounding} within rounding.");
        }
        let figures = sums.map(|number| count(usize::try_from(number).unwrap_or(usize::MAX), "", ""));
        table.push(std::iter::once("All, with those that agree".to_owned()).chain(figures));
        write!(out, "{}", table.render(2))
    }
}

/// Pounds with pennies always shown: `£127,016.00`.
pub(in crate::report) fn full(amount: Decimal) -> String {
    let text = pounds(amount);
    if text.contains('.') { text } else { text + ".00" }
}

/// A difference with its sign: `+£20,000.00`, `−£550.00`, `£0.00`.
pub(in crate::report) fn signed(amount: Decimal) -> String {
    if amount > Decimal::ZERO { format!("+{}", full(amount)) } else { full(amount) }
}
