//! Every ledger control: what was returned, what the ledger has, and the two side by side.

use super::charts::{Scale, bar};
use super::html::Text;
use super::tables::{self, Table};
use super::{MONEY, Page, close, open};
use crate::model::{Ledgered, Outcome, Scope};
use crate::overview::{ledger_lines, partner_name};
use crate::report::{full, signed};
use rust_decimal::Decimal;
use std::io::{self, Write};

/// The most lines that are a picture.
const BARS: usize = 30;
/// The most lines listed of one control.
const MOST: usize = 500;

/// One line: a partner's figures, or those of one line of the ledger.
struct Line {
    name: String,
    typed: Option<Decimal>,
    ledger: Option<Decimal>,
    difference: Decimal,
    is_tested: bool,
    is_of_partner: bool,
}

/// True if something is held against the ledger.
pub(super) fn is_there(page: &Page<'_>) -> bool {
    !page.consolidated.ledgered.is_empty()
}

/// Writes the part.
pub(super) fn write(page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    if !is_there(page) {
        return Ok(());
    }
    open(MONEY, "", out)?;
    for (number, ledgered) in page.consolidated.ledgered.iter().enumerate() {
        writeln!(out, "<h3>{}</h3>", Text(&page.overview().ledger_title(ledgered)))?;
        sums(ledgered, out)?;
        let lines = lines(page, ledgered);
        if (1..=BARS).contains(&lines.len()) {
            chart(&lines, out)?;
        }
        let caption = format!(
            "{}: returned and ledger, line by line.",
            page.overview().control_title(ledgered.control)
        );
        list(&lines, ledgered, (number, &caption), out)?;
    }
    close(out)
}

fn sums(ledgered: &Ledgered, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<dl class=\"sums\">")?;
    for (caption, figure) in [
        ("Returned", full(ledgered.typed)),
        ("Ledger", full(ledgered.ledger)),
        ("Net difference", signed(ledgered.net)),
        ("Gross, without signs", full(ledgered.gross)),
        ("Unexplained", full(ledgered.unexplained)),
        ("Used in the workbook", full(ledgered.merged)),
    ] {
        writeln!(out, "<div><dt>{caption}</dt><dd>{figure}</dd></div>")?;
    }
    writeln!(out, "</dl>")?;
    if ledgered.typed != ledgered.merged {
        writeln!(
            out,
            "<p>Returned is all that was typed; what is used is {} {} it. The difference is in a return that was replaced, is \
             held with a query, or could not be tested: the workbook says which beside each line.</p>",
            full((ledgered.merged - ledgered.typed).abs()),
            if ledgered.merged > ledgered.typed { "above" } else { "below" }
        )?;
    }
    Ok(())
}

/// The lines of a control: a partner each, or a line of the ledger each where all are one partner's.
fn lines(page: &Page<'_>, ledgered: &Ledgered) -> Vec<Line> {
    let by_partner = ledger_lines(page.consolidated, ledgered.control);
    let own = page.consolidated.comparisons.iter().filter(|one| one.control == ledgered.control);
    let of_round = |one: &crate::model::Comparison| one.scope == Scope::Round && !one.is_control_total();
    let single =
        own.filter(|one| by_partner.len() < 2 && !one.is_control_total() || of_round(one)).map(|one| Line {
            name: one.line.clone(),
            typed: one.stated.amount,
            ledger: one.expected.amount,
            difference: one.outcome.difference().unwrap_or_default(),
            is_tested: !matches!(one.outcome, Outcome::Untestable { .. }),
            is_of_partner: false,
        });
    let single: Vec<Line> = single.collect();
    let partners = by_partner.iter().filter(|_| by_partner.len() > 1).map(|(partner, line)| Line {
        name: partner_name(page.round, *partner).to_owned(),
        typed: line.typed,
        ledger: line.ledger,
        difference: line.difference,
        is_tested: line.untested == 0 || !line.difference.is_zero(),
        is_of_partner: true,
    });
    partners.chain(single).collect()
}

fn chart(lines: &[Line], out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "<figure>\n<figcaption>Ledger and returned, pounds. The bars show the figures that stand beside them.</figcaption>\n\
         <ul class=\"bars\">"
    )?;
    let scale = Scale::of(lines.iter().flat_map(|line| [line.ledger, line.typed]).flatten());
    for line in lines {
        writeln!(out, "<li><p class=\"name\">{}</p>", Text(&line.name))?;
        for (title, amount, class, missing) in
            [("Ledger", line.ledger, "ledger", "no line"), ("Returned", line.typed, "typed", "no figure")]
        {
            write!(out, "<p class=\"pair\"><span>{title}</span> ")?;
            match amount {
                Some(amount) => {
                    write!(out, "<span class=\"figure\">{}</span> ", full(amount))?;
                    bar(amount, &scale, class, out)?;
                    writeln!(out, "</p>")?;
                }
                None => writeln!(out, "<span class=\"figure\">{missing}</span></p>")?,
            }
        }
        writeln!(out, "</li>")?;
    }
    writeln!(out, "</ul>\n</figure>")
}

fn list(
    lines: &[Line],
    ledgered: &Ledgered,
    (number, caption): (usize, &str),
    out: &mut dyn Write,
) -> io::Result<()> {
    let id = format!("ledger-{}", number + 1);
    let what = if lines.iter().all(|line| line.is_of_partner) { "Partner" } else { "Line" };
    let headings = [(what, false), ("Returned", true), ("Ledger", true), ("Difference", true)];
    Table { id: &id, caption, headings: &headings, is_large: lines.len() > BARS }.open(out)?;
    for line in lines.iter().take(MOST) {
        write!(out, "<tr>")?;
        tables::name(Text(&line.name), out)?;
        for amount in [line.typed, line.ledger] {
            tables::figure(amount, amount.map_or("–".to_owned(), full), out)?;
        }
        let difference = line.is_tested.then_some(line.difference);
        tables::figure(difference, difference.map_or("could not test".to_owned(), signed), out)?;
        writeln!(out, "</tr>")?;
    }
    let all = if ledgered.untested == 0 { "All" } else { "All that could be tested" };
    writeln!(
        out,
        "</tbody>\n<tfoot>\n<tr><th scope=\"row\">{all}</th><td class=\"figure\">{}</td><td class=\"figure\">{}</td>\
         <td class=\"figure\">{}</td></tr>\n</tfoot>\n</table>\n</div>",
        full(ledgered.typed),
        full(ledgered.ledger),
        signed(ledgered.net)
    )?;
    tables::rest(lines.len().min(MOST), lines.len(), "the workbook, on the sheet Reconciliation", out)
}
