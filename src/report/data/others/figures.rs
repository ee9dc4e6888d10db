//! Figures held against each other.

use super::super::column::Kind;
use super::super::table::Table;
use super::{Has, Made, Others, SEVERITIES, words};
use crate::model::{Comparison, Explanation, Outcome, Scope, Side};
use crate::schema::Measure;
use std::io::{self, Write};

impl<W: Write> Others<'_, W> {
    pub(super) fn controls(&self) -> Made<W> {
        let is = ("controls", "Controls", "What must be equal to what, and how often it came out how.");
        let has: Has<'_> = &[
            ("control", "Control", Kind::Text, true),
            ("title", "Title", Kind::Text, true),
            ("table", "Table", Kind::Text, true),
            ("kind", "Kind", Kind::Text, true),
            ("severity", "A difference is", words(&SEVERITIES), true),
            ("agrees", "Agrees", Kind::Whole, true),
            ("rounding", "Within rounding", Kind::Whole, true),
            ("differs", "Differs", Kind::Whole, true),
            ("could_not_test", "Could not test", Kind::Whole, true),
        ];
        self.table(is, has, &[], |table| {
            for (number, control) in self.round.schema.controls.iter().enumerate() {
                table.text(&control.name);
                table.text(&control.title);
                table.maybe(self.called.merged.get(control.table).map(String::as_str));
                table.text(control.kind.name());
                table.text(control.severity.word());
                let tally = self.whole.consolidated.tallies.get(number).copied().unwrap_or_default();
                for count in tally {
                    table.whole(count.into());
                }
                table.end()?;
            }
            Ok(())
        })
    }

    pub(super) fn comparisons(&self) -> Made<W> {
        let is = (
            "comparisons",
            "Reconciliation",
            "Two figures held against each other: what was stated against what it must equal. Comparisons inside one row \
             of a table are listed only if they do not agree.",
        );
        let has: Has<'_> = &[
            ("no", "Number", Kind::Whole, true),
            ("control", "Control", Kind::Text, true),
            ("partner", "Partner (blank for the whole round)", Kind::Text, false),
            ("line", "Line", Kind::Text, false),
            ("measure", "The figures are", words(&["pounds", "percent", "count"]), true),
            ("outcome", "Result", words(&["agrees", "rounding", "differs", "could not test"]), true),
            ("stated", "Stated", Kind::Number, false),
            ("expected", "Must equal", Kind::Number, false),
            ("difference", "Difference", Kind::Number, false),
            ("unexplained", "Not explained by a tested cause", Kind::Number, true),
            ("why", "Why it could not be tested", Kind::Text, false),
            ("note", "What must be known to read it", Kind::Text, false),
            ("limit", "Where causes were not looked for", Kind::Text, false),
            ("stated_file", "Stated: file", Kind::Text, false),
            ("stated_sheet", "Stated: sheet", Kind::Text, false),
            ("stated_cell", "Stated: cell", Kind::Text, false),
            ("stated_line", "Stated: line of ledger.csv", Kind::Whole, false),
            ("expected_file", "Must equal: file", Kind::Text, false),
            ("expected_sheet", "Must equal: sheet", Kind::Text, false),
            ("expected_cell", "Must equal: cell", Kind::Text, false),
            ("expected_line", "Must equal: line of ledger.csv", Kind::Whole, false),
        ];
        let keys = &[("control", "controls", "control"), ("partner", "partners", "code")];
        self.table(is, has, keys, |table| {
            for comparison in &self.whole.consolidated.comparisons {
                self.comparison(table, comparison)?;
            }
            Ok(())
        })
    }

    fn comparison(&self, table: &mut Table<W>, comparison: &Comparison) -> io::Result<()> {
        let Some(control) = self.round.schema.controls.get(comparison.control) else { return Ok(()) };
        table.whole(i64::from(table.rows) + 1);
        table.text(&control.name);
        table.maybe(match comparison.scope {
            Scope::Round => None,
            Scope::Partner(partner) => self.code(Some(partner)),
        });
        table.text(&comparison.line);
        table.text(match control.measure(comparison) {
            Measure::Pounds => "pounds",
            Measure::Percent => "percent",
            Measure::Count => "count",
        });
        table.text(comparison.outcome.word());
        table.maybe_number(comparison.stated.amount);
        table.maybe_number(comparison.expected.amount);
        table.maybe_number(comparison.outcome.difference());
        table.number(comparison.unexplained(), 0);
        table.maybe(match &comparison.outcome {
            Outcome::Untestable { why, .. } => Some(why),
            _ => None,
        });
        table.maybe(comparison.note.as_deref());
        table.maybe(comparison.limit.as_deref());
        for side in [&comparison.stated, &comparison.expected] {
            let Side { at, ledger_line, .. } = side;
            self.place(table, *at);
            table.maybe_whole(ledger_line.map(i64::from));
        }
        table.end()
    }

    pub(super) fn explanations(&self) -> Made<W> {
        let is = (
            "explanations",
            "What would explain a difference",
            "Causes that were tested against a difference and fit it, the likeliest of each first.",
        );
        let has: Has<'_> = &[
            ("comparison", "Number of the comparison", Kind::Whole, true),
            ("rank", "Place", Kind::Whole, true),
            ("cause", "Cause", Kind::Text, true),
            ("evidence", "How it is known", Kind::Text, true),
            ("explains", "Accounts for, pounds", Kind::Number, true),
            ("remains", "Remains, pounds", Kind::Number, true),
            ("words", "In words", Kind::Text, true),
            ("file", "File", Kind::Text, false),
            ("sheet", "Sheet", Kind::Text, false),
            ("cell", "Cell to open first", Kind::Text, false),
        ];
        let keys = &[("comparison", "comparisons", "no"), ("file", "files", "file")];
        self.table(is, has, keys, |table| {
            for (number, comparison) in (1..).zip(&self.whole.consolidated.comparisons) {
                for (rank, explanation) in (1..).zip(&comparison.explanations) {
                    let Explanation { cause, evidence, explains, remains, cells, .. } = explanation;
                    table.whole(number);
                    table.whole(rank);
                    table.text(cause);
                    table.text(evidence.words());
                    table.number(*explains, 0);
                    table.number(*remains, 0);
                    table.text(&explanation.sentence());
                    self.place(table, cells.first().copied());
                    table.end()?;
                }
            }
            Ok(())
        })
    }

    pub(super) fn ledgers(&self) -> Made<W> {
        let is = (
            "ledger-totals",
            "Totals against the ledger",
            "What partners returned against the ledger, over the whole round, and what of it is used, in pounds.",
        );
        let amounts = [
            ("typed", "Returned", Kind::Pounds, true),
            ("merged", "Used", Kind::Pounds, true),
            ("ledger", "Ledger", Kind::Pounds, true),
            ("net", "Returned less ledger", Kind::Pounds, true),
            ("gross", "Gross, without signs", Kind::Pounds, true),
            ("unexplained", "Not explained by a tested cause", Kind::Pounds, true),
            ("could_not_test", "Lines that could not be tested", Kind::Whole, true),
        ];
        let mut has = vec![("control", "Control", Kind::Text, true)];
        has.extend(amounts);
        self.table(is, &has, &[("control", "controls", "control")], |table| {
            for line in &self.whole.consolidated.ledgered {
                let control = self.round.schema.controls.get(line.control);
                table.text(control.map_or("", |control| &control.name));
                for pounds in [line.typed, line.merged, line.ledger, line.net, line.gross, line.unexplained] {
                    table.pounds(Some(pounds));
                }
                table.whole(line.untested.into());
                table.end()?;
            }
            Ok(())
        })
    }
}
