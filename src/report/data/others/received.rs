//! Who sent what, what became of it, how it was read, and the proof that nothing was lost.

use super::super::column::Kind;
use super::{Has, Made, Others, words};
use crate::model::{FileId, Match, ReturnInfo, ReturnState};
use std::io::Write;

impl<W: Write> Others<'_, W> {
    pub(super) fn partners(&self) -> Made<W> {
        let is = ("partners", "Partners", "The partners of the round, as its settings name them.");
        let has: Has<'_> = &[
            ("code", "Code", Kind::Text, true),
            ("name", "Name", Kind::Text, true),
            ("sends", "A return is expected", Kind::Truth, true),
            ("received", "A return was accepted", Kind::Truth, true),
        ];
        self.table(is, has, &[], |table| {
            for (id, partner) in self.round.partners() {
                let accepted = |info: &ReturnInfo| {
                    info.state == ReturnState::Accepted && info.identity.partner == Some(id)
                };
                table.text(&partner.code);
                table.text(&partner.name);
                table.truth(partner.sends);
                table.truth(self.whole.consolidated.returns.iter().any(accepted));
                table.end()?;
            }
            Ok(())
        })
    }

    pub(super) fn files(&self) -> Made<W> {
        let is =
            ("files", "Files", "Every file of the folder of returns, those that were passed over included.");
        let has: Has<'_> = &[
            ("file", "File", Kind::Text, true),
            ("bytes", "Size in bytes", Kind::Whole, false),
            ("sha256", "SHA-256", Kind::Text, false),
            ("passed_over", "Why it was not opened", Kind::Text, false),
        ];
        let whole = self.whole.consolidated;
        self.table(is, has, &[], |table| {
            for file in &whole.places.files {
                table.text(&file.name);
                table.maybe_whole(i64::try_from(file.size).ok());
                table.text(&file.sha256);
                table.blank();
                table.end()?;
            }
            for skipped in &whole.skipped {
                table.text(&skipped.name);
                table.blank();
                table.blank();
                table.text(&skipped.why);
                table.end()?;
            }
            Ok(())
        })
    }

    pub(super) fn returns(&self) -> Made<W> {
        let is = ("returns", "Returns received", "The returns in these files and what became of each.");
        let has: Has<'_> = &[
            ("no", "Number", Kind::Whole, true),
            ("file", "File", Kind::Text, true),
            ("partner", "Partner", Kind::Text, false),
            ("named", "A sender that is no partner", Kind::Text, false),
            ("kind", "Kind of file", Kind::Text, false),
            ("period", "Period stated", Kind::Text, false),
            ("state", "What became of it", words(&["accepted", "copy", "superseded", "refused"]), true),
            ("why", "Why it was not used", Kind::Text, false),
            ("other_file", "The file used instead, or with which it is one return", Kind::Text, false),
            ("rows_read", "Rows read", Kind::Whole, true),
            ("rows_merged", "Rows merged", Kind::Whole, true),
            ("rows_held", "Rows held", Kind::Whole, true),
            ("rows_set_aside", "Rows set aside", Kind::Whole, true),
        ];
        let keys =
            &[("file", "files", "file"), ("partner", "partners", "code"), ("other_file", "files", "file")];
        let places = &self.whole.consolidated.places;
        self.table(is, has, keys, |table| {
            for info in &self.whole.consolidated.returns {
                let (state, why, other): (_, Option<&str>, Option<FileId>) = match &info.state {
                    ReturnState::Accepted => ("accepted", None, info.part_of),
                    ReturnState::Copy { of } => ("copy", None, Some(*of)),
                    ReturnState::Superseded { by, why, .. } => ("superseded", Some(why), Some(*by)),
                    ReturnState::Refused { why } => ("refused", Some(why), None),
                };
                table.whole(i64::from(table.rows) + 1);
                table.text(places.file(info.file));
                table.maybe(self.code(info.identity.partner));
                table.maybe(info.identity.unknown_partner.as_deref());
                table.maybe(info.kind.map(crate::model::FileKind::extension));
                table.maybe(info.identity.period.map(|(period, _)| period.to_string()).as_deref());
                table.text(state);
                table.maybe(why);
                table.maybe(other.map(|file| places.file(file)));
                info.rows.into_iter().for_each(|rows| table.whole(rows.into()));
                table.end()?;
            }
            Ok(())
        })
    }

    pub(super) fn headings(&self) -> Made<W> {
        let is = (
            "headings",
            "How headings were read",
            "Which heading of each return was read as which field. With the row of a merged record it gives the cell of \
             each of its values.",
        );
        let has: Has<'_> = &[
            ("table", "Table", Kind::Text, true),
            ("field", "Field", Kind::Text, true),
            ("file", "File", Kind::Text, true),
            ("sheet", "Sheet", Kind::Text, false),
            ("cell", "Cell", Kind::Text, true),
            ("heading", "Heading", Kind::Text, false),
            (
                "how",
                "How it was matched",
                words(&["exact", "alias", "folded", "near", "guess", "context"]),
                true,
            ),
        ];
        self.table(is, has, &[("file", "files", "file")], |table| {
            for layout in self.whole.consolidated.returns.iter().flat_map(|info| &info.layouts) {
                let Some(schema) = self.round.schema.tables.get(layout.table) else { continue };
                let fields = schema.fields.iter().zip(&layout.columns);
                for (field, heading) in fields.filter_map(|(field, heading)| Some((field, heading.as_ref()?)))
                {
                    table.maybe(self.called.merged.get(layout.table).map(String::as_str));
                    table.text(&field.name);
                    self.place(table, Some(heading.at));
                    table.text(&heading.text);
                    table.text(how(heading.how));
                    table.end()?;
                }
            }
            Ok(())
        })
    }

    pub(super) fn proof(&self) -> Made<W> {
        let is = (
            "proof",
            "The proof that nothing was lost",
            "Rows and pounds read from every sheet, and what became of them.",
        );
        let rows = ["filled", "merged", "held", "set_aside", "not_data", "unused"];
        let pounds = ["pounds_read", "pounds_merged", "pounds_held", "pounds_set_aside"];
        let titles = [
            "Rows with anything in them",
            "Rows merged",
            "Rows held",
            "Rows set aside",
            "Headings, totals, notes",
            "Rows of unused sheets",
            "Pounds read",
            "Pounds merged",
            "Pounds held",
            "Pounds set aside",
        ];
        let mut has = vec![("file", "File", Kind::Text, true), ("sheet", "Sheet", Kind::Text, false)];
        has.extend(rows.into_iter().zip(titles).map(|(name, title)| (name, title, Kind::Whole, true)));
        let titles = titles.into_iter().skip(rows.len());
        has.extend(pounds.into_iter().zip(titles).map(|(name, title)| (name, title, Kind::Pounds, true)));
        let places = &self.whole.consolidated.places;
        self.table(is, &has, &[("file", "files", "file")], |table| {
            for line in &self.whole.consolidated.conservation {
                table.text(places.file(line.file));
                table.text(places.sheet(line.file, line.sheet));
                for rows in [line.filled, line.merged, line.held, line.set_aside, line.not_data, line.unused]
                {
                    table.whole(rows.into());
                }
                for pounds in [line.pounds_read, line.pounds_merged, line.pounds_held, line.pounds_set_aside]
                {
                    table.pounds(Some(pounds));
                }
                table.end()?;
            }
            Ok(())
        })
    }
}

const fn how(how: Match) -> &'static str {
    match how {
        Match::Exact => "exact",
        Match::Alias => "alias",
        Match::Folded => "folded",
        Match::Near(_) => "near",
        Match::Guess(_) => "guess",
        Match::Context => "context",
    }
}
