//! The sheet *Please fix* as a part of the partner's own workbook.

use super::styles::{Format, Styles};
use super::tokens::escape;
use super::{Entry, List};
use crate::model::MARKER;
use std::fmt::Write as _;

/// Letters of a line across all columns, and points of a line.
const ACROSS: usize = 129;
const LINE: usize = 15;

/// The headings, with the width of their columns in letters.
const COLUMNS: [(&str, u32); 5] =
    [("No.", 5), ("Where", 26), ("What", 62), ("What to do", 52), ("About", 13)];

/// The whole part. `language` is that of worksheets; `target` gives the place that a link leads to.
pub(super) fn part(
    list: &List,
    styles: &Styles,
    language: &str,
    target: &dyn Fn(&Entry) -> Option<String>,
) -> Vec<u8> {
    let mut rows = Rows { text: String::new(), row: 0, merged: Vec::new(), styles };
    rows.across(&list.title, Format::Title);
    if let Some(mark) = &list.mark {
        rows.across(mark, Format::Words);
    }
    rows.across(MARKER, Format::Words);
    for line in &list.opening {
        rows.across(line, Format::Words);
    }
    rows.row += 1;
    rows.start(1);
    for (column, (heading, _)) in COLUMNS.iter().enumerate() {
        rows.cell(column, heading, Format::Heading);
    }
    rows.end();
    let mut links = String::new();
    for (number, entry) in list.entries.iter().enumerate() {
        rows.start(lines(&[&entry.place, &entry.what, &entry.how]));
        let _ = write!(
            rows.text,
            "<c r=\"A{}\" s=\"{}\"><v>{}</v></c>",
            rows.row,
            styles.own(Format::Number),
            number + 1
        );
        let target = target(entry);
        rows.cell(1, &entry.place, if target.is_some() { Format::Link } else { Format::Words });
        if let Some(target) = target {
            let (target, shown) = (escape(&target), escape(&entry.place));
            let _ =
                write!(links, "<hyperlink ref=\"B{}\" location=\"{target}\" display=\"{shown}\"/>", rows.row);
        }
        rows.cell(2, &entry.what, Format::Words);
        rows.cell(3, &entry.how, Format::Words);
        rows.cell(4, &entry.time, Format::Words);
        rows.end();
    }
    rows.row += 1;
    for line in &list.closing {
        rows.across(line, Format::Words);
    }
    whole(&rows, language, &links, list.mark.as_deref()).into_bytes()
}

fn whole(rows: &Rows<'_>, language: &str, links: &str, mark: Option<&str>) -> String {
    let mut columns = String::new();
    for (number, (_, width)) in (1..).zip(COLUMNS) {
        let _ =
            write!(columns, "<col min=\"{number}\" max=\"{number}\" width=\"{width}\" customWidth=\"1\"/>");
    }
    let merged: Vec<String> =
        rows.merged.iter().map(|row| format!("<mergeCell ref=\"A{row}:E{row}\"/>")).collect();
    let merged = merged.concat();
    let links = if links.is_empty() { String::new() } else { format!("<hyperlinks>{links}</hyperlinks>") };
    let mark = mark.map(|mark| escape(&mark.replace('&', "&&"))).unwrap_or_default();
    format!(
        concat!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
            "<worksheet xmlns=\"{language}\"><sheetPr><tabColor rgb=\"FF6B2FA0\"/><pageSetUpPr fitToPage=\"1\"/></sheetPr>",
            "<dimension ref=\"A1:E{last}\"/>",
            "<sheetViews><sheetView showGridLines=\"0\" tabSelected=\"1\" workbookViewId=\"0\"/></sheetViews>",
            "<sheetFormatPr defaultRowHeight=\"15\"/><cols>{columns}</cols><sheetData>{rows}</sheetData>",
            "<mergeCells count=\"{count}\">{merged}</mergeCells>{links}",
            "<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>",
            "<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/>",
            "<headerFooter><oddHeader>&amp;C{mark}</oddHeader><oddFooter>&amp;C{mark}&amp;RPage &amp;P of &amp;N</oddFooter></headerFooter>",
            "</worksheet>"
        ),
        language = language,
        last = rows.row,
        columns = columns,
        rows = rows.text,
        count = rows.merged.len(),
        merged = merged,
        links = links,
        mark = mark,
    )
}

struct Rows<'a> {
    text: String,
    /// The last row that was begun, one-based.
    row: usize,
    /// Rows whose cells are one.
    merged: Vec<usize>,
    styles: &'a Styles,
}

impl Rows<'_> {
    /// Begins a row with room for so many lines: not every program works that out when it opens a file.
    fn start(&mut self, lines: usize) {
        self.row += 1;
        let points = (LINE * lines + 4).min(400);
        let _ = write!(self.text, "<row r=\"{}\" ht=\"{points}\" customHeight=\"1\">", self.row);
    }

    fn end(&mut self) {
        self.text.push_str("</row>");
    }

    fn cell(&mut self, column: usize, words: &str, format: Format) {
        let (row, style) = (self.row, self.styles.own(format));
        let letter = char::from(b"ABCDE"[column.min(4)]);
        let words = escape(&escape_marks(words));
        let _ = write!(
            self.text,
            "<c r=\"{letter}{row}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{words}</t></is></c>"
        );
    }

    /// A line across all columns.
    fn across(&mut self, words: &str, format: Format) {
        self.row += 1;
        let lines: usize = words.lines().map(|line| line.chars().count() / ACROSS + 1).sum();
        let points = if matches!(format, Format::Title) { 24 } else { LINE * lines.max(1) + 3 };
        let _ = write!(self.text, "<row r=\"{}\" ht=\"{points}\" customHeight=\"1\">", self.row);
        let format = if matches!(format, Format::Title) { format } else { Format::Line };
        self.cell(0, words, format);
        self.end();
        self.merged.push(self.row);
    }
}

/// How many lines the tallest of these takes in its column, from the second on.
fn lines(words: &[&str]) -> usize {
    let in_column = |(words, (_, width)): (&&str, &(&str, u32))| {
        // Words do not fill a line to its end.
        let width = usize::try_from(*width).unwrap_or(1).saturating_sub(4).max(1);
        words.lines().map(|line| line.chars().count().div_ceil(width).max(1)).sum::<usize>()
    };
    words.iter().zip(&COLUMNS[1..]).map(in_column).max().unwrap_or(1).max(1)
}

/// Excel takes `_x0041_` for a letter by its number; what only looks like one is told apart by the sign for `_`.
fn escape_marks(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for (at, letter) in text.char_indices() {
        let code = &text.as_bytes()[at..];
        let is_mark = code.len() >= 7
            && code.starts_with(b"_x")
            && code[6] == b'_'
            && code[2..6].iter().all(u8::is_ascii_hexdigit);
        kept.push_str(if is_mark { "_x005F_" } else { "" });
        if !is_mark {
            kept.push(letter);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::escape_marks;

    #[test]
    fn words_that_look_like_marks_of_letters_stay_words() {
        assert_eq!(escape_marks("a_x0041_b_x00"), "a_x005F_x0041_b_x00");
        assert_eq!(escape_marks("\u{2019}_x_"), "\u{2019}_x_");
    }
}
