//! The last screen of a merge, for an officer who does not program.

mod figures;
mod open;

pub(super) use figures::{full, signed};

use super::manifest::{About, RowsRecord};
use super::{Names, clean, count, wrap};
use crate::finding::{Finding, Severity};
use crate::model::{Consolidated, PartnerId, ReturnInfo, ReturnState};
use crate::overview;
use anstyle::Style;
use std::io::{self, Write};

/// Columns that text for people may fill.
pub const WIDTH: usize = 98;

/// Things listed one by one before the rest is counted.
const MOST: usize = 8;

/// Everything that the last screen shows.
#[derive(Debug, Clone, Copy)]
pub struct Screen<'a> {
    /// What the run is about.
    pub about: &'a About<'a>,
    /// The round after merging.
    pub consolidated: &'a Consolidated,
    /// The names behind the numbers.
    pub names: Names<'a>,
    /// All findings.
    pub findings: &'a [Finding],
    /// Where the workbook is, as the officer would type it.
    pub workbook: &'a str,
    /// Texts that are too long for a cell of the workbook.
    pub long_texts: usize,
}

impl Screen<'_> {
    /// Writes the screen.
    ///
    /// # Errors
    ///
    /// If `out` cannot be written.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let rows = RowsRecord::of(self.consolidated, self.names.partners);
        let status = if self.about.is_final { "final" } else { "provisional" };
        let title = format!("{} · {} · {status}", clean(self.about.board), self.about.period);
        let bold = Style::new().bold();
        writeln!(out, "{bold}{title}{bold:#}")?;
        self.returns(rows, out)?;
        rows_lines(rows, out)?;
        self.blocking(out)?;
        for ledger in &self.consolidated.ledgered {
            self.ledger(ledger, out)?;
        }
        self.totals(out)?;
        self.answers(out)?;
        self.signed(out)?;
        heading("The workbook", out)?;
        writeln!(out, "  {}", self.workbook)?;
        writeln!(out, "  report.html beside it shows the same on one page, in any browser.")?;
        if self.findings.iter().any(Finding::forbids_circulation) {
            let why = "Not for circulation: a return appears to identify a person. The words are in no output, but look at \
                       what blocks sign-off before the workbook goes round. The mark goes when each finding \
                       personal-data-suspected that is an error has an answer in answers.csv.";
            writeln!(out, "{}", wrap(why, 2, WIDTH))?;
        }
        match self.long_texts {
            0 => Ok(()),
            1 => writeln!(
                out,
                "  1 text is too long for a cell; long-texts.csv beside it holds the whole of it."
            ),
            more => {
                let more = count(more, "", "");
                writeln!(
                    out,
                    "  {more} texts are too long for a cell; long-texts.csv beside it holds the whole of them."
                )
            }
        }
    }

    fn returns(&self, rows: RowsRecord, out: &mut dyn Write) -> io::Result<()> {
        heading("Returns", out)?;
        let received = format!("{} of {} received", rows.returns_accepted, rows.returns_expected);
        let missing = &self.consolidated.missing;
        if missing.is_empty() {
            writeln!(out, "  {received}. Nobody is missing.")?;
        } else {
            writeln!(out, "  {received}. Missing:")?;
        }
        for partner in missing.iter().filter_map(|&id| self.names.partner(id)) {
            let contact =
                partner.contact.as_deref().map_or(String::new(), |post| format!(" (ask the {post})"));
            writeln!(out, "{}", wrap(&clean(&format!("{}{contact}", partner.name)), 4, WIDTH))?;
        }
        let not_used = self.consolidated.returns.iter().filter_map(|info| {
            let file = self.not_used_name(info);
            match &info.state {
                ReturnState::Accepted => None,
                ReturnState::Refused { why } if why.contains(&*clean(self.names.places.file(info.file))) => {
                    Some(clean(why).into_owned())
                }
                ReturnState::Refused { why } => Some(format!("{file}: {}", clean(why))),
                ReturnState::Superseded { by, why, .. } => {
                    let other = clean(self.names.places.file(*by));
                    let why = clean(why);
                    Some(format!("{file}: {other} is used instead, because {}.", why.trim_end_matches('.')))
                }
                ReturnState::Copy { of } => {
                    Some(format!("{file}: a copy of {}.", clean(self.names.places.file(*of))))
                }
            }
        });
        let not_used: Vec<String> = not_used.collect();
        if !not_used.is_empty() {
            writeln!(out, "  Not used:")?;
        }
        for line in not_used.iter().take(MOST) {
            writeln!(out, "{}", wrap(line, 4, WIDTH))?;
        }
        more(not_used.len(), "the sheet Returns received lists all of them", out)
    }

    /// The name of a return's file, and whose of several returns in it is meant.
    fn not_used_name(&self, info: &ReturnInfo) -> String {
        let file = clean(self.names.places.file(info.file));
        let several = self.consolidated.returns.iter().filter(|other| other.file == info.file).count() > 1;
        let sender = info.identity.partner.filter(|_| several).and_then(|id| self.names.partner(id));
        sender.map_or_else(|| file.to_string(), |sender| format!("{file} ({})", clean(&sender.name)))
    }

    fn blocking(&self, out: &mut dyn Write) -> io::Result<()> {
        heading("What blocks sign-off", out)?;
        let all = self.findings.iter().filter(|finding| finding.severity == Severity::Error);
        let (answered, errors): (Vec<&Finding>, Vec<&Finding>) =
            all.partition(|finding| finding.answer().is_some());
        let untested = overview::untested(&self.consolidated.ledgered);
        let say_untested = |out: &mut dyn Write| {
            untested.iter().try_for_each(|line| writeln!(out, "{}", wrap(line, 2, WIDTH)))
        };
        if errors.is_empty() {
            writeln!(out, "  Nothing.")?;
        }
        for finding in errors.iter().take(MOST) {
            let (place, message) = (self.names.show(finding.at).to_string(), clean(&finding.message));
            let line = if message.starts_with(&place) {
                message.into_owned()
            } else {
                format!("{place}: {message}")
            };
            let text = wrap(&line, 4, WIDTH);
            writeln!(out, "  –{}", text.get(3..).unwrap_or_default())?;
        }
        more(errors.len(), "the Queries sheet lists all of them", out)?;
        match answered.len() {
            0 => {}
            1 => writeln!(out, "  1 error is answered; the Queries sheet has the answer.")?,
            more => writeln!(
                out,
                "  {} errors are answered; the Queries sheet has the answers.",
                count(more, "", "")
            )?,
        }
        say_untested(out)
    }

    fn signed(&self, out: &mut dyn Write) -> io::Result<()> {
        let Some(signed) = &self.about.sign_off else { return Ok(()) };
        heading("Sign-off", out)?;
        writeln!(out, "{}", wrap(&signed.words, 2, WIDTH))
    }

    fn partner(&self, id: Option<PartnerId>) -> String {
        let Some(id) = id else { return "(not about one partner)".to_owned() };
        self.names.partner(id).map_or_else(String::new, |partner| clean(&partner.name).into_owned())
    }
}

fn rows_lines(rows: RowsRecord, out: &mut dyn Write) -> io::Result<()> {
    heading("Rows", out)?;
    let number = |rows: usize| count(rows, "", "");
    let wide = |rows: u64| count(usize::try_from(rows).unwrap_or(usize::MAX), "", "");
    if rows.expected > 0 {
        let missing = rows.expected - rows.answered;
        let (expected, answered, missing) = (number(rows.expected), number(rows.answered), number(missing));
        writeln!(out, "  Of the plan: {expected} expected · {answered} merged · {missing} not received")?;
    }
    let (read, merged, held) = (wide(rows.read), wide(rows.merged), wide(rows.held));
    write!(out, "  Of everything sent: {read} read · {merged} merged")?;
    let mut apart = Vec::new();
    if rows.held > 0 {
        apart.push(format!("{held} held (the sheet Not used says why)"));
    }
    if rows.set_aside > 0 {
        apart.push(format!("{} set aside (in returns that were not used)", wide(rows.set_aside)));
    }
    match apart.as_slice() {
        [] => writeln!(out, " · none held"),
        apart => writeln!(out, "\n    {}", apart.join(" · ")),
    }
}

fn heading(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let bold = Style::new().bold();
    writeln!(out, "\n{bold}{text}{bold:#}")
}

fn more(number: usize, place: &str, out: &mut dyn Write) -> io::Result<()> {
    match number.saturating_sub(MOST) {
        0 => Ok(()),
        left => writeln!(out, "    and {} more; {place}.", count(left, "", "")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::place::tests::{cell, partners, places};
    use super::*;
    use crate::finding::{Audience, Code, Effort};
    use crate::model::{Comparison, Ledgered, Outcome, Scope, Side};
    use rust_decimal::Decimal;

    fn side(pounds: i64) -> Side {
        Side { amount: Some(Decimal::from(pounds)), ..Side::default() }
    }

    fn comparison(partner: u16, typed: i64, ledger: i64) -> Comparison {
        Comparison {
            explanations: Vec::new(),
            limit: None,
            control: 0,
            scope: Scope::Partner(PartnerId(partner)),
            line: String::new(),
            note: None,
            stated: side(typed),
            expected: side(ledger),
            addends: Vec::new(),
            outcome: if typed == ledger {
                Outcome::Agrees
            } else {
                Outcome::Differs { difference: Decimal::from(typed - ledger) }
            },
        }
    }

    fn consolidated() -> Consolidated {
        Consolidated {
            places: places(),
            missing: vec![PartnerId(1)],
            comparisons: vec![comparison(0, 45_230, 45_203), comparison(1, 0, 550)],
            tallies: vec![[0, 0, 2, 0]],
            ledgered: vec![Ledgered {
                control: 0,
                typed: Decimal::from(45_230),
                merged: Decimal::from(45_230),
                ledger: Decimal::from(45_753),
                net: Decimal::from(-523),
                gross: Decimal::from(577),
                unexplained: Decimal::from(577),
                untested: 0,
            }],
            ..Consolidated::default()
        }
    }

    #[test]
    fn the_screen_says_what_an_officer_asks() {
        let (consolidated, partners) = (consolidated(), partners());
        let finding = Finding {
            code: Code("control-total-mismatch"),
            severity: Severity::Error,
            effort: Effort::LookUp,
            at: cell(0, 0, "H6"),
            partner: Some(PartnerId(0)),
            audience: Audience::Partner,
            message: "Typed £45,230, ledger £45,203.".into(),
            help: None,
            detail: None,
        };
        let controls = vec![("contributions", "Contributions against the ledger")];
        let about = About { board: "A Board", period: "2013-14 Q4".into(), controls, ..About::default() };
        let screen = Screen {
            about: &about,
            consolidated: &consolidated,
            names: Names { places: &consolidated.places, partners: &partners },
            findings: &[finding],
            workbook: "round/out/consolidated.xlsx",
            long_texts: 1,
        };
        let mut out = anstream::StripStream::new(Vec::new());
        screen.write(&mut out).expect("memory");
        let text = String::from_utf8(out.into_inner()).expect("text");
        let expected = "\
A Board · 2013-14 Q4 · provisional

Returns
  1 of 2 received. Missing:
    West Mercia Police

Rows
  Of everything sent: 0 read · 0 merged · none held

What blocks sign-off
  – nhs.xls › Finance!H6: Typed £45,230, ledger £45,203.

Contributions against the ledger
  Partner               Returned      Ledger  Difference
  NHS Herefordshire   £45,230.00  £45,203.00     +£27.00
  West Mercia Police       £0.00     £550.00    −£550.00
  All                 £45,230.00  £45,753.00    −£523.00
  Without their signs the differences come to £577.00 (gross). No simple explanation was found.

Do the totals agree?
                                    Agree  Rounding  Differ  Could not test
  Contributions against the ledger      0         0       2               0
  All, with those that agree            0         0       2               0

To be answered
  Partner            Errors  Queries  Notes
  NHS Herefordshire       1        0      0
  All                     1        0      0
  0 of 1 answered. To answer, fill in answers-to-fill.csv beside the workbook and save it as
  answers.csv beside round.toml; the next run reads it. Messages and chasing.csv count once what
  comes from one thing.

The workbook
  round/out/consolidated.xlsx
  report.html beside it shows the same on one page, in any browser.
  1 text is too long for a cell; long-texts.csv beside it holds the whole of it.
";
        assert_eq!(text, expected);
    }

    #[test]
    fn rows_that_were_not_merged_are_explained() {
        let said = |held, set_aside| {
            let rows = RowsRecord {
                read: 9,
                merged: 1,
                held,
                set_aside,
                ..RowsRecord::of(&Consolidated::default(), &[])
            };
            let mut out = anstream::StripStream::new(Vec::new());
            rows_lines(rows, &mut out).expect("memory");
            String::from_utf8(out.into_inner()).expect("text")
        };
        assert_eq!(
            said(2, 6),
            "\nRows\n  Of everything sent: 9 read · 1 merged\n    \
             2 held (the sheet Not used says why) · 6 set aside (in returns that were not used)\n"
        );
        assert!(said(0, 8).ends_with("1 merged\n    8 set aside (in returns that were not used)\n"));
        assert!(said(0, 0).ends_with("1 merged · none held\n"));
    }
}
