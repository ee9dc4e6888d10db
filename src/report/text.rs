//! Findings as text for people: by file, then sheet, equal ones on neighbouring cells together.

use super::groups::{Group, Spot, gather, ranges};
use super::{Names, Tally, WIDTH, clean, count, wrap};
use crate::finding::{Finding, Location, Severity};
use anstyle::{AnsiColor, Style};
use std::io::{self, Write};

/// Writes findings as text.
///
/// # Errors
///
/// If `out` cannot be written.
pub fn findings_text(findings: &[Finding], names: Names<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut file = None;
    for (spot, groups) in gather(findings) {
        if file != Some(spot.0) {
            if file.is_some() {
                writeln!(out)?;
            }
            file = Some(spot.0);
            let name = spot.0.map_or("The round".into(), |id| clean(names.places.file(id)));
            let bold = Style::new().bold();
            writeln!(out, "{bold}{name}{bold:#}")?;
        }
        for group in &groups {
            one(spot, group, names, out)?;
        }
    }
    Ok(())
}

fn one(spot: Spot, group: &Group<'_>, names: Names<'_>, out: &mut dyn Write) -> io::Result<()> {
    let finding = group.first;
    let place = match (spot, finding.at) {
        ((Some(file), Some(sheet)), Location::Cell(_)) => {
            format!("{}!{}", clean(names.places.sheet(file, sheet)), ranges(&group.cells))
        }
        ((Some(file), Some(sheet)), _) => format!("sheet {}", clean(names.places.sheet(file, sheet))),
        ((Some(_), None), _) => "the whole file".to_owned(),
        _ => names.show(finding.at).to_string(),
    };
    let style = style(finding.severity);
    writeln!(out, "  {style}{}{style:#}  {place}  ({})", finding.severity.word(), finding.code.as_str())?;
    writeln!(out, "{}", wrap(&clean(&finding.message), 4, WIDTH))?;
    if let Some(help) = &finding.help {
        writeln!(out, "{}", wrap(&format!("What to do: {}", clean(help)), 4, WIDTH))?;
    }
    let related = finding.detail.iter().flat_map(|detail| &detail.related);
    for other in related.clone().take(MOST_RELATED) {
        let line = format!("See also {}: {}", names.show(other.at), clean(&other.what));
        writeln!(out, "{}", wrap(&line, 4, WIDTH))?;
    }
    match related.count().saturating_sub(MOST_RELATED) {
        0 => Ok(()),
        more => writeln!(out, "    and {}", count(more, "more place", "more places")),
    }
}

/// Other places named with a finding before the rest is counted.
const MOST_RELATED: usize = 5;

fn style(severity: Severity) -> Style {
    match severity {
        Severity::Error => Style::new().bold().fg_color(Some(AnsiColor::Red.into())),
        Severity::Query => Style::new().bold().fg_color(Some(AnsiColor::Yellow.into())),
        Severity::Note => Style::new().bold().fg_color(Some(AnsiColor::Cyan.into())),
    }
}

/// The counts in one line: `2 errors, 9 queries and 14 notes.`
#[must_use]
pub fn totals_line(tally: Tally) -> String {
    format!(
        "{}, {} and {}.",
        count(tally.errors, "error", "errors"),
        count(tally.queries, "query", "queries"),
        count(tally.notes, "note", "notes")
    )
}

#[cfg(test)]
mod tests {
    use super::super::place::tests::{cell, partners, places};
    use super::*;
    use crate::finding::{Audience, Code, Detail, Effort, Related};
    use crate::model::PartnerId;

    fn finding(at: Location, severity: Severity, message: &str) -> Finding {
        Finding {
            code: Code("constraint-error"),
            severity,
            effort: Effort::LookUp,
            at,
            partner: Some(PartnerId(0)),
            audience: Audience::Partner,
            message: message.into(),
            help: None,
            detail: None,
        }
    }

    #[test]
    fn equal_findings_on_neighbouring_cells_are_one() {
        let (places, partners) = (places(), partners());
        let names = Names { places: &places, partners: &partners };
        let mut findings: Vec<Finding> = ["B5", "B6", "B7"]
            .into_iter()
            .map(|at| finding(cell(0, 0, at), Severity::Query, "This cell is blank."))
            .collect();
        let mut other = finding(cell(1, 1, "D7"), Severity::Error, "Red\u{1b}[0m, and nothing says why.");
        other.help = Some("Say what stands in the way.".into());
        let related = vec![Related { at: Location::Ledger(4), what: "the ledger's figure".into() }];
        other.detail = Some(Box::new(Detail { related, ..Detail::default() }));
        findings.push(other);
        findings.push(finding(Location::Partner(PartnerId(1)), Severity::Error, "No return came."));
        let mut out = anstream::StripStream::new(Vec::new());
        findings_text(&findings, names, &mut out).expect("memory");
        let text = String::from_utf8(out.into_inner()).expect("text");
        assert_eq!(
            text,
            "The round\n  error  West Mercia Police  (constraint-error)\n    No return came.\n\n\
             nhs.xls\n  query  Finance!B5:B7  (constraint-error)\n    This cell is blank.\n\n\
             police.xlsm\n  error  Plan!D7  (constraint-error)\n    Red[0m, and nothing says why.\n    \
             What to do: Say what stands in the way.\n    See also ledger.csv line 4: the ledger's figure\n"
        );
    }
}
