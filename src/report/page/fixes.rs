//! What somebody must answer, partner by partner, as the Business Unit is told it. One mistake in several cells is one
//! thing, as on the list that the partner gets.

use super::html::{Long, Text};
use super::tables::rest;
use super::{FIXES, Page, close, open};
use crate::finding::{Finding, Location, Severity};
use crate::model::PartnerId;
use crate::report::groups::ranges;
use crate::report::items::{Item, things};
use crate::report::{Tally, count};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// How many entries the part has at most, about.
const MOST: usize = 1_000;
/// How many a partner has at least, if it has so many.
const LEAST: usize = 5;
/// How many a partner has at most.
const EACH: usize = 100;

/// Writes the part.
pub(super) fn write(page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    open(FIXES, "", out)?;
    let mut of_each: BTreeMap<Option<PartnerId>, Vec<&Finding>> = BTreeMap::new();
    for finding in page.findings.iter().filter(|finding| finding.asks()) {
        of_each.entry(finding.partner).or_default().push(finding);
    }
    if of_each.is_empty() {
        writeln!(out, "<p>Nothing.</p>")?;
        return close(out);
    }
    tools(page, &of_each, out)?;
    let each = (MOST / of_each.len()).clamp(LEAST, EACH);
    let about_partners = of_each.iter().filter(|(partner, _)| partner.is_some());
    let partners = about_partners.chain(of_each.iter().filter(|(partner, _)| partner.is_none()));
    for (partner, findings) in partners.take(MOST) {
        of_partner(page, *partner, findings, each, out)?;
    }
    let listed = of_each.len().min(MOST);
    rest(listed, of_each.len(), "findings.csv", out)?;
    close(out)
}

/// What the list is filtered with; the script shows it.
fn tools(
    page: &Page<'_>,
    of_each: &BTreeMap<Option<PartnerId>, Vec<&Finding>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(
        out,
        "<div class=\"tools\" id=\"fixes-tools\" hidden>\n<div><label for=\"fixes-partner\">Partner</label> \
         <select id=\"fixes-partner\"><option value=\"\">All</option>"
    )?;
    for partner in of_each.keys() {
        writeln!(out, "<option value=\"{}\">{}</option>", key(*partner), Text(&name(page, *partner)))?;
    }
    writeln!(
        out,
        "</select></div>\n<div><label for=\"fixes-severity\">Kind</label> <select id=\"fixes-severity\">\
         <option value=\"\">All</option><option value=\"error\">Errors</option>\
         <option value=\"query\">Queries</option></select></div>\n\
         <div><label for=\"fixes-filter\">Show only entries with</label> <input id=\"fixes-filter\" type=\"search\" \
         autocomplete=\"off\" spellcheck=\"false\"></div>\n</div>\n\
         <p class=\"said\" role=\"status\" id=\"fixes-said\"></p>"
    )
}

fn key(partner: Option<PartnerId>) -> String {
    partner.map_or("none".to_owned(), |PartnerId(number)| format!("p{number}"))
}

fn name(page: &Page<'_>, partner: Option<PartnerId>) -> String {
    let known = partner.and_then(|partner| page.names().partner(partner));
    known.map_or("Not about one partner".to_owned(), |partner| partner.name.clone())
}

fn of_partner(
    page: &Page<'_>,
    partner: Option<PartnerId>,
    findings: &[&Finding],
    each: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let tally = Tally::of(findings.iter().copied());
    let counts = match (tally.errors, tally.queries) {
        (errors, 0) => count(errors, "error", "errors"),
        (0, queries) => count(queries, "query", "queries"),
        (errors, queries) => {
            format!("{}, {}", count(errors, "error", "errors"), count(queries, "query", "queries"))
        }
    };
    let id = key(partner);
    writeln!(
        out,
        "<section class=\"partner\" aria-labelledby=\"{id}\" data-partner=\"{id}\">\n\
         <h3 id=\"{id}\">{} <span class=\"of\">{counts}</span></h3>\n<ul class=\"fixes\">",
        Text(&name(page, partner))
    )?;
    let mut items = apart_by_answer(findings);
    items.sort_by_key(|item| (item.first.answer().is_some(), std::cmp::Reverse(item.first.severity)));
    for item in items.iter().take(each) {
        entry(page, item, out)?;
    }
    writeln!(out, "</ul>")?;
    rest(items.len().min(each), items.len(), "findings.csv and in the workbook, on the sheet Queries", out)?;
    writeln!(out, "</section>")
}

/// The things that these findings come to: what has an answer is another thing than what has none, or another one.
fn apart_by_answer<'a>(findings: &[&'a Finding]) -> Vec<Item<'a>> {
    let mut by_answer: BTreeMap<Option<(&str, &str, Date)>, Vec<&'a Finding>> = BTreeMap::new();
    for finding in findings.iter().copied() {
        let answer = finding.answer().map(|answer| (answer.text.as_str(), answer.post.as_str(), answer.date));
        by_answer.entry(answer).or_default().push(finding);
    }
    by_answer.into_values().flat_map(things).collect()
}

fn entry(page: &Page<'_>, item: &Item<'_>, out: &mut dyn Write) -> io::Result<()> {
    let finding = item.first;
    let word = finding.severity.word();
    let tag = if finding.severity == Severity::Error { "Error" } else { "Query" };
    let said = format!("{} {}", finding.message, item.likewise());
    let said = said.trim_end();
    writeln!(
        out,
        "<li data-kind=\"{word}\">\n<p class=\"where\"><strong class=\"tag {word}\">{tag}</strong> {}</p>\n<p>{}</p>",
        Text(&place(page, item)),
        Long(said)
    )?;
    if let Some(help) = &finding.help {
        writeln!(out, "<p><b>What to do:</b> {}</p>", Long(help))?;
    }
    let details = item.findings().filter_map(|finding| finding.detail.as_ref());
    let related = details.flat_map(|detail| &detail.related);
    let related: Vec<_> = related.collect();
    for other in related.iter().take(RELATED) {
        let at = page.names().show(other.at).to_string();
        writeln!(out, "<p class=\"small\">See also {}: {}</p>", Text(&at), Long(&other.what))?;
    }
    match related.len().saturating_sub(RELATED) {
        0 => {}
        more => writeln!(out, "<p class=\"small\">and {}</p>", count(more, "more place", "more places"))?,
    }
    if let Some(answer) = finding.answer() {
        let when = answer.date.strftime("%-d %B %Y");
        let (post, words) = (Text(&answer.post), Long(&answer.text));
        writeln!(out, "<p class=\"answer\"><b>Answered</b> by {post} on {when}: “{words}”</p>")?;
    }
    writeln!(out, "</li>")
}

/// Other places named with a finding before the rest is counted.
const RELATED: usize = 3;

fn place(page: &Page<'_>, item: &Item<'_>) -> String {
    let places = &page.consolidated.places;
    match item.first.at {
        Location::Cell(at) => {
            format!(
                "{} › {}!{}",
                places.file(at.file),
                places.sheet(at.file, at.sheet),
                ranges(&item.cells())
            )
        }
        Location::Sheet(file, sheet) => format!("{} › {}", places.file(file), places.sheet(file, sheet)),
        at => page.names().show(at).to_string(),
    }
}
