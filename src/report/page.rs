//! `report.html`: the round on one page, for those who would rather look than open a workbook.
//!
//! One file that needs nothing else: its style and its script stand in it and are let through by their SHA-256 alone, so
//! nothing that a partner typed can run, and nothing is fetched. Without the script it is a page of plain tables.

mod charts;
mod differences;
mod fixes;
mod html;
mod money;
mod plan;
mod returns;
mod tables;
mod top;

use super::{About, Chase, Names};
use crate::finding::Finding;
use crate::model::Consolidated;
use crate::overview::Overview;
use crate::round::Round;
use html::{Text, css_string, source_hash};
use std::io::{self, Write};

/// How the page looks, and what makes its tables sort and filter.
const STYLE: &str = include_str!("page/page.css");
const SCRIPT: &str = include_str!("page/page.js");

/// Everything that the page shows.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// What the run is about.
    pub about: &'a About<'a>,
    /// The round's settings.
    pub round: &'a Round,
    /// The round after merging.
    pub consolidated: &'a Consolidated,
    /// All findings.
    pub findings: &'a [Finding],
    /// What came of each partner.
    pub chases: &'a [Chase<'a>],
}

/// A part of the page: where links lead to, and its heading.
#[derive(Debug, Clone, Copy)]
struct Part {
    id: &'static str,
    title: &'static str,
}

const DECIDE: Part = Part { id: "decide", title: "To decide" };
const PLAN: Part = Part { id: "plan", title: "The plan, area by area" };
const RETURNS: Part = Part { id: "returns", title: "Who is in and who is missing" };
const BLOCKS: Part = Part { id: "blocks", title: "What blocks sign-off" };
const MONEY: Part = Part { id: "money", title: "The money against the ledger" };
const DIFFERENCES: Part = Part { id: "differences", title: "What does not add up" };
const FIXES: Part = Part { id: "fixes", title: "What to fix, by partner" };
const RUN: Part = Part { id: "run", title: "About this run" };

impl<'a> Page<'a> {
    /// Writes the page as it goes.
    ///
    /// # Errors
    ///
    /// If `out` cannot be written.
    pub fn write(&self, mut out: impl Write) -> io::Result<()> {
        let out: &mut dyn Write = &mut out;
        let style = self.style();
        let script = SCRIPT.replace('\r', "");
        self.head(&style, &script, out)?;
        self.banner(out)?;
        self.contents(out)?;
        writeln!(out, "<main id=\"main\" tabindex=\"-1\">")?;
        top::write(self, out)?;
        plan::write(self, out)?;
        returns::write(self, out)?;
        top::blocks(self, out)?;
        money::write(self, out)?;
        differences::write(self, out)?;
        fixes::write(self, out)?;
        top::run(self, out)?;
        writeln!(out, "</main>")?;
        self.footer(out)?;
        writeln!(out, "<script>{script}</script>\n</body>\n</html>")
    }

    fn overview(&self) -> Overview<'a> {
        Overview { round: self.round, data: self.consolidated, findings: self.findings }
    }

    fn names(&self) -> Names<'a> {
        Names { places: &self.consolidated.places, partners: &self.round.partners }
    }

    /// True if the page must not go round, as the workbook must not.
    fn is_stopped(&self) -> bool {
        self.findings.iter().any(Finding::forbids_circulation)
    }

    fn title(&self) -> String {
        format!("{}, {}", self.round.schema.title, self.round.period)
    }

    fn status(&self) -> &'static str {
        if self.round.is_final { "Final" } else { "Provisional" }
    }

    /// The style, with what is printed in the margins of every sheet of paper.
    fn style(&self) -> String {
        let mut marks = Vec::new();
        if self.is_stopped() {
            marks.push(NOT_FOR_CIRCULATION);
        }
        marks.push(self.round.marking.as_str());
        let above = css_string(&marks.join(" · "));
        let below = css_string(&(marks.join(" · ") + " · "));
        let mut style = STYLE.replace('\r', "");
        style.push_str("@page{@top-center{content:");
        style.push_str(&above);
        style.push_str("}@bottom-center{content:");
        style.push_str(&below);
        style.push_str(" \"page \" counter(page) \" of \" counter(pages)}}\n");
        style
    }

    fn head(&self, style: &str, script: &str, out: &mut dyn Write) -> io::Result<()> {
        let (styles, scripts) = (source_hash(style), source_hash(script));
        writeln!(
            out,
            "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{styles}'; \
             script-src '{scripts}'; base-uri 'none'; form-action 'none'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"robots\" content=\"noindex\">\n\
             <title>{} – {}</title>\n<style>{style}</style>\n</head>",
            Text(&self.title()),
            Text(&self.round.board),
        )
    }

    fn banner(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "<body>\n<a class=\"skip\" href=\"#main\">Skip to the content</a>\n<header>")?;
        self.marks("top", out)?;
        writeln!(
            out,
            "<p class=\"board\">{}</p>\n<h1>{}</h1>\n<p class=\"state\">{} figures</p>\n</header>",
            Text(&self.round.board),
            Text(&self.title()),
            self.status()
        )
    }

    fn contents(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "<nav aria-label=\"On this page\">\n<p>On this page</p>\n<ul>")?;
        for part in [DECIDE, PLAN, RETURNS, BLOCKS, MONEY, DIFFERENCES, FIXES, RUN] {
            if part.id == PLAN.id && !plan::is_there(self) || part.id == MONEY.id && !money::is_there(self) {
                continue;
            }
            writeln!(out, "<li><a href=\"#{}\">{}</a></li>", part.id, part.title)?;
        }
        writeln!(out, "</ul>\n</nav>")
    }

    fn footer(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "<footer>")?;
        self.marks("bottom", out)?;
        writeln!(
            out,
            "<p>{}, {} · {} figures</p>\n</footer>",
            Text(&self.round.board),
            self.round.period,
            self.status().to_lowercase()
        )
    }

    /// The marking, and that the page must not go round if it must not.
    fn marks(&self, place: &str, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "<p class=\"marking {place}\">{}</p>", Text(self.round.marking.as_str()))?;
        if self.is_stopped() {
            writeln!(
                out,
                "<p class=\"stop\"><strong>{NOT_FOR_CIRCULATION}.</strong> Something in a return appears to identify a person. Clear it \
                 before this page or the workbook goes round: it is under <a href=\"#{}\">{}</a>.</p>",
                FIXES.id, FIXES.title
            )?;
        }
        Ok(())
    }
}

/// What stands on a page that must not go round.
const NOT_FOR_CIRCULATION: &str = "Not for circulation";

/// Opens a part with its heading.
fn open(part: Part, class: &str, out: &mut dyn Write) -> io::Result<()> {
    let Part { id, title } = part;
    writeln!(
        out,
        "<section aria-labelledby=\"{id}\" class=\"{class}\">\n<h2 id=\"{id}\" tabindex=\"-1\">{title}</h2>"
    )
}

/// Ends a part.
fn close(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "</section>")
}

/// Writes sentences as a list.
fn list(lines: &[String], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<ul>")?;
    for line in lines {
        writeln!(out, "<li>{}</li>", html::Long(line))?;
    }
    writeln!(out, "</ul>")
}
