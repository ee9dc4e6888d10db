//! The sheet in front of all others, and the lists of parts.

use super::super::Unfit;
use super::super::relations::name_of;
use super::super::rewrite::{append, visit};
use super::super::tokens::{escape, value};
use super::{Maker, Plan, SPREADSHEET, TYPES, shown_first};
use crate::model::FIX_SHEET;
use std::fmt::Write as _;

impl Maker<'_, '_> {
    /// Puts a new sheet in front of all others.
    pub(super) fn front(&mut self, plan: &mut Plan, book: &[u8], text: Vec<u8>) -> Result<(), Unfit> {
        let part = self.free("worksheets/pleaseFix", ".xml")?;
        self.types.push((part.clone(), format!("{SPREADSHEET}.worksheet+xml")));
        let id = self.book.add(self.kind("worksheet"), &part)?;
        let mut number = 0;
        visit(book, |piece| {
            if piece.begins(&["workbook", "sheets", "sheet"]) {
                let own = value(piece.bytes, "sheetId").and_then(|id| id.trim().parse::<u32>().ok());
                number = number.max(own.unwrap_or(0));
            }
            Ok(())
        })?;
        let number = number.checked_add(1).filter(|number| *number < 65_535);
        let number = number.ok_or(Unfit::Unusual("its sheets are numbered in an unusual way"))?;
        let name = (1..1_000).map(|count| match count {
            1 => FIX_SHEET.to_owned(),
            count => format!("{FIX_SHEET} {count}"),
        });
        let taken = |name: &String| self.parts.tabs.iter().any(|tab| tab.name.eq_ignore_ascii_case(name));
        let name = name.into_iter().find(|name| !taken(name)).unwrap_or_default();
        let language = self.language.relations;
        let front = move |p: &str| {
            format!(
                "<{p}sheet name=\"{}\" sheetId=\"{number}\" xmlns:r=\"{language}\" r:id=\"{id}\"/>",
                escape(&name)
            )
        };
        plan.changed.insert(self.parts.document.clone(), shown_first(book, 0, Some(&front))?);
        plan.added.push((part, text));
        Ok(())
    }

    /// Writes the lists of parts.
    pub(super) fn finish(self, plan: &mut Plan) -> Result<(), Unfit> {
        if self.book.changed {
            let name = name_of(&self.parts.document);
            let known = self.parts.find(&name).ok_or(Unfit::Unusual("its parts are not tied together"))?;
            plan.changed.insert(known.to_owned(), self.book.into_xml());
        }
        if self.types.is_empty() {
            return Ok(());
        }
        let xml = self.parts.read(TYPES)?.ok_or(Unfit::Unusual("its list of parts is missing"))?;
        let mut known_drawing = false;
        visit(&xml, |piece| {
            let vml = value(piece.bytes, "Extension").is_some_and(|end| end.eq_ignore_ascii_case("vml"));
            known_drawing |= vml && piece.begins(&["Types", "Default"]);
            Ok(())
        })?;
        let xml = append(&xml, "Types", |p| {
            let drawing = "application/vnd.openxmlformats-officedocument.vmlDrawing";
            let mut text = if self.drawings && !known_drawing {
                format!("<{p}Default Extension=\"vml\" ContentType=\"{drawing}\"/>")
            } else {
                String::new()
            };
            for (part, what) in self.types.iter().filter(|(_, what)| !what.is_empty()) {
                let part = escape(part);
                let _ = write!(text, "<{p}Override PartName=\"/{part}\" ContentType=\"{what}\"/>");
            }
            text
        })?;
        let known = self.parts.find(TYPES).unwrap_or(TYPES).to_owned();
        plan.changed.insert(known, xml);
        Ok(())
    }
}
