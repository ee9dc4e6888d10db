//! The workbook's formats: copies of those of the marked cells, and a few for the list, added at the ends of its lists.

use super::Unfit;
use super::rewrite::{Piece, rewrite, visit};
use super::tokens::{Kind, value, with_value};
use crate::model::HIGHLIGHT;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// More formats than this and Excel refuses the file.
const MOST_FORMATS: usize = 64_000;

const TOO_MANY: Unfit = Unfit::Unusual("it has more formats than Excel allows");

/// What a workbook has that says nothing of formats.
pub(super) const PLAIN: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">",
    "<fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>",
    "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>",
    "<fill><patternFill patternType=\"gray125\"/></fill></fills>",
    "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>",
    "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>",
    "<cellXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/></cellXfs>",
    "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>",
    "</styleSheet>",
);

/// Formats of the list.
#[derive(Debug, Clone, Copy)]
pub(super) enum Format {
    Title,
    Words,
    Heading,
    Link,
    Number,
    /// Words across all columns.
    Line,
}

/// How many there are.
const OWN: u32 = 6;

/// The formats of a workbook and what is added to them.
pub(super) struct Styles {
    xml: Vec<u8>,
    fonts: u32,
    fills: u32,
    borders: u32,
    /// Each format of a cell as it is written, and whether it has a fill of its own.
    formats: Vec<(Vec<u8>, bool)>,
    /// The prefix of the names in this part.
    prefix: String,
    /// True if named styles are listed.
    named: bool,
    marked: BTreeMap<u32, u32>,
    added: Vec<Vec<u8>>,
}

impl Styles {
    pub(super) fn read(xml: Vec<u8>) -> Result<Self, Unfit> {
        let (mut fonts, mut fills, mut borders, mut named) = (0, Vec::new(), 0, false);
        let mut formats: Vec<(Vec<u8>, u32)> = Vec::new();
        let mut prefix = None;
        let mut lists = 0;
        visit(&xml, |piece| {
            let begins = |path: &[&str]| piece.begins(path);
            if begins(&["styleSheet"]) {
                prefix = Some(super::tokens::prefix(piece.bytes));
            } else if begins(&["styleSheet", "fonts", "font"]) {
                fonts += 1;
            } else if begins(&["styleSheet", "fills", "fill"]) {
                fills.push(false);
            } else if begins(&["styleSheet", "fills", "fill", "patternFill"]) {
                let pattern = value(piece.bytes, "patternType");
                fill_is(&mut fills, pattern.is_some_and(|pattern| pattern != "none"));
            } else if begins(&["styleSheet", "fills", "fill", "gradientFill"]) {
                fill_is(&mut fills, true);
            } else if begins(&["styleSheet", "borders", "border"]) {
                borders += 1;
            } else if begins(&["styleSheet", "cellStyleXfs", "xf"]) {
                named = true;
            } else if begins(&["styleSheet", "cellXfs", "xf"]) {
                let fill = value(piece.bytes, "fillId").and_then(|id| id.trim().parse().ok()).unwrap_or(0);
                formats.push((piece.bytes.to_vec(), fill));
                if formats.len() > MOST_FORMATS {
                    return Err(TOO_MANY);
                }
            } else if piece.path.starts_with(&[b"styleSheet".to_vec(), b"cellXfs".to_vec(), b"xf".to_vec()])
                && let Some((bytes, _)) = formats.last_mut()
            {
                bytes.extend_from_slice(piece.bytes);
            }
            lists += usize::from(LISTS.iter().any(|list| piece.begins(&["styleSheet", list])));
            Ok(())
        })?;
        let enough = lists == LISTS.len() && !formats.is_empty() && fonts > 0 && !fills.is_empty();
        let prefix = prefix.filter(|_| enough && borders > 0);
        let prefix =
            prefix.ok_or(Unfit::Unusual("its list of formats is not as spreadsheet programs write it"))?;
        let filled = |fill: u32| fills.get(fill as usize).copied().unwrap_or(false);
        let formats = formats.into_iter().map(|(bytes, fill)| (bytes, filled(fill))).collect();
        let fills = u32::try_from(fills.len()).unwrap_or(u32::MAX);
        Ok(Self {
            xml,
            fonts,
            fills,
            borders,
            formats,
            prefix,
            named,
            marked: BTreeMap::new(),
            added: Vec::new(),
        })
    }

    /// The number of one of the list's formats.
    pub(super) fn own(&self, format: Format) -> u32 {
        self.count() + format as u32
    }

    fn count(&self) -> u32 {
        u32::try_from(self.formats.len()).unwrap_or(u32::MAX)
    }

    /// The format that is `base` and highlighted: by a fill, or where the cell has a fill of its own, which may say
    /// something, by a border.
    pub(super) fn highlighted(&mut self, base: u32) -> Result<u32, Unfit> {
        if let Some(known) = self.marked.get(&base) {
            return Ok(*known);
        }
        let (bytes, filled) = self
            .formats
            .get(base as usize)
            .ok_or(Unfit::Unusual("a cell has a format that is not in its list of formats"))?;
        let end = memchr::memchr(b'>', bytes).map_or(bytes.len(), |end| end + 1);
        let (tag, rest) = bytes.split_at(end);
        let (id, applies, number) = if *filled {
            ("borderId", "applyBorder", self.borders)
        } else {
            ("fillId", "applyFill", self.fills)
        };
        let tag = with_value(&with_value(tag, id, &number.to_string()), applies, "1");
        let number = self.count() + OWN + u32::try_from(self.added.len()).unwrap_or(u32::MAX);
        if number as usize >= MOST_FORMATS {
            return Err(TOO_MANY);
        }
        self.added.push([&tag, rest].concat());
        self.marked.insert(base, number);
        Ok(number)
    }

    /// The part with everything that was added.
    pub(super) fn finish(&self) -> Result<Vec<u8>, Unfit> {
        let counts = [3, 1, 2, OWN + u32::try_from(self.added.len()).unwrap_or(u32::MAX)];
        rewrite(&self.xml, |piece| {
            let at = LISTS.iter().position(|list| piece.is_at(&["styleSheet", list]));
            Ok(at.and_then(|list| match piece.kind {
                Kind::Open => counted(piece, counts[list]),
                Kind::Close => piece.with_last(|_| self.more(list)),
                _ => None,
            }))
        })
    }

    /// What is added to one of the lists.
    fn more(&self, list: usize) -> String {
        let p = &self.prefix;
        let colour: String =
            HIGHLIGHT.0.iter().fold("FF".to_owned(), |text, part| text + &format!("{part:02X}"));
        match list {
            0 => [
                "<b/><sz val=\"14\"/>",
                "<b/><sz val=\"11\"/>",
                "<u/><sz val=\"11\"/><color rgb=\"FF0563C1\"/>",
            ]
            .map(|look| {
                let look = look.replace('<', &format!("<{p}"));
                format!("<{p}font>{look}<{p}name val=\"Calibri\"/></{p}font>")
            })
            .concat(),
            1 => format!(
                "<{p}fill><{p}patternFill patternType=\"solid\"><{p}fgColor rgb=\"{colour}\"/><{p}bgColor indexed=\"64\"/></{p}patternFill></{p}fill>"
            ),
            2 => {
                let side = |name: &str, style: &str, colour: &str| {
                    format!("<{p}{name} style=\"{style}\"><{p}color rgb=\"{colour}\"/></{p}{name}>")
                };
                let all: String =
                    ["left", "right", "top", "bottom"].iter().map(|name| side(name, "thick", EDGE)).collect();
                let none = format!("<{p}left/><{p}right/><{p}top/>");
                let under = side("bottom", "thin", "FFA6A6A6");
                format!(
                    "<{p}border>{all}<{p}diagonal/></{p}border><{p}border>{none}{under}<{p}diagonal/></{p}border>"
                )
            }
            _ => self.own_formats() + &String::from_utf8_lossy(&self.added.concat()),
        }
    }

    fn own_formats(&self) -> String {
        let (p, font) = (&self.prefix, self.fonts);
        let (fill, line) = (self.fills, self.borders + 1);
        let style = if self.named { " xfId=\"0\"" } else { "" };
        let mut text = String::new();
        // In the order of `Format`: font, fill, border.
        for (place, (font, fill, border)) in
            [(font, 0, 0), (0, 0, line), (font + 1, fill, line), (font + 2, 0, line), (0, 0, line), (0, 0, 0)]
                .into_iter()
                .enumerate()
        {
            let wrap = match place {
                0 => "",
                // White on the left keeps words from those of the column before.
                1..=3 => " horizontal=\"left\" indent=\"1\" wrapText=\"1\"",
                _ => " wrapText=\"1\"",
            };
            let _ = write!(
                text,
                "<{p}xf numFmtId=\"0\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"{border}\"{style} applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\"><{p}alignment vertical=\"top\"{wrap}/></{p}xf>"
            );
        }
        text
    }
}

/// The colour of a border that marks a cell.
const EDGE: &str = "FF6B2FA0";

/// Lists that are added to.
const LISTS: [&str; 4] = ["fonts", "fills", "borders", "cellXfs"];

fn fill_is(fills: &mut [bool], filled: bool) {
    if let Some(last) = fills.last_mut() {
        *last |= filled;
    }
}

/// A list's opening tag with more in its count, if it states one.
fn counted(piece: &Piece<'_>, more: u32) -> Option<Vec<u8>> {
    let count: u32 = value(piece.bytes, "count")?.trim().parse().ok()?;
    Some(with_value(piece.bytes, "count", &count.saturating_add(more).to_string()))
}
