//! Tables that people sort and filter, and that are plain tables without the script.

use super::html::Text;
use crate::report::count;
use rust_decimal::Decimal;
use std::fmt::Display;
use std::io::{self, Write};

/// A table's name and its headings.
pub(super) struct Table<'a> {
    /// Unique on the page.
    pub(super) id: &'a str,
    /// What it shows.
    pub(super) caption: &'a str,
    /// Headings, with true for columns of figures.
    pub(super) headings: &'a [(&'a str, bool)],
    /// True if there is much in it: it may be filtered, and it keeps its width.
    pub(super) is_large: bool,
}

impl Table<'_> {
    /// Writes what stands before the rows.
    pub(super) fn open(&self, out: &mut dyn Write) -> io::Result<()> {
        let Self { id, caption, headings, is_large } = self;
        if *is_large {
            writeln!(
                out,
                "<div class=\"tools\" hidden><label for=\"{id}-filter\">Show only rows with</label> \
                 <input id=\"{id}-filter\" type=\"search\" autocomplete=\"off\" spellcheck=\"false\" \
                 data-table=\"{id}\"></div>"
            )?;
        }
        let class = if *is_large { " class=\"large\"" } else { "" };
        writeln!(
            out,
            "<p class=\"said\" role=\"status\" id=\"{id}-said\"></p>\n\
             <div class=\"scroll\" role=\"region\" aria-labelledby=\"{id}-caption\" tabindex=\"0\">\n\
             <table id=\"{id}\"{class}>\n<caption id=\"{id}-caption\">{}</caption>\n<thead>\n<tr>",
            Text(caption)
        )?;
        for (title, is_figure) in *headings {
            let class = if *is_figure { " class=\"figure\"" } else { "" };
            write!(out, "<th scope=\"col\"{class}>{}</th>", Text(title))?;
        }
        writeln!(out, "</tr>\n</thead>\n<tbody>")
    }
}

/// Ends a table, and says how many rows are not in it and where they are.
pub(super) fn close(shown: usize, all: usize, place: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "</tbody>\n</table>\n</div>")?;
    rest(shown, all, place, out)
}

/// Says how many of a list are not in it and where they are.
pub(super) fn rest(shown: usize, all: usize, place: &str, out: &mut dyn Write) -> io::Result<()> {
    match all.saturating_sub(shown) {
        0 => Ok(()),
        more => writeln!(
            out,
            "<p class=\"rest\">{} of {} are shown; {} in {place}.</p>",
            count(shown, "", ""),
            count(all, "", ""),
            count(more, "more is", "more are")
        ),
    }
}

/// Writes the cell that names a row.
pub(super) fn name(words: impl Display, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "<th scope=\"row\">{words}</th>")
}

/// Writes a cell of words.
pub(super) fn words(words: impl Display, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "<td>{words}</td>")
}

/// Writes a cell of a word or two, which keep their breadth.
pub(super) fn word(word: impl Display, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "<td class=\"word\">{word}</td>")
}

/// Writes a cell with a figure, by which the column is sorted; without one the words say why.
pub(super) fn figure(amount: Option<Decimal>, shown: impl Display, out: &mut dyn Write) -> io::Result<()> {
    match amount {
        Some(amount) => {
            write!(out, "<td class=\"figure\" data-value=\"{}\">{shown}</td>", amount.normalize())
        }
        None => write!(out, "<td class=\"figure\">{shown}</td>"),
    }
}

/// Writes a cell with a count.
pub(super) fn number(number: usize, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "<td class=\"figure\" data-value=\"{number}\">{}</td>", count(number, "", ""))
}
