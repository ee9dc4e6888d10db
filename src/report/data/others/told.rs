//! What somebody is told.

use super::super::column::Kind;
use super::super::table::Table;
use super::{Has, Made, Others, SEVERITIES, words};
use crate::finding::Finding;
use std::io::{self, Write};

impl<W: Write> Others<'_, W> {
    pub(super) fn findings(&self) -> Made<W> {
        let is = (
            "findings",
            "Findings",
            "Everything that somebody is told: what, where and what to do, with the answer where there is one.",
        );
        let has: Has<'_> = &[
            ("no", "Number", Kind::Whole, true),
            ("check", "Check", Kind::Text, true),
            ("severity", "Severity", words(&SEVERITIES), true),
            ("partner", "Partner", Kind::Text, false),
            ("file", "File", Kind::Text, false),
            ("sheet", "Sheet", Kind::Text, false),
            ("cell", "Cell", Kind::Text, false),
            ("line", "Line", Kind::Whole, false),
            ("message", "What", Kind::Text, true),
            ("help", "What to do", Kind::Text, false),
            ("field", "Field", Kind::Text, false),
            ("typed", "As typed", Kind::Text, false),
            ("used", "As used", Kind::Text, false),
            ("rule", "Rule", Kind::Text, false),
            ("answer", "Answer", Kind::Text, false),
            ("answered_by", "Answered by (post)", Kind::Text, false),
            ("answered_on", "Answered on", Kind::Date, false),
        ];
        self.table(is, has, &[("partner", "partners", "code")], |table| {
            for finding in self.whole.findings {
                self.finding(table, finding)?;
            }
            Ok(())
        })
    }

    fn finding(&self, table: &mut Table<W>, finding: &Finding) -> io::Result<()> {
        table.whole(i64::from(table.rows) + 1);
        table.text(finding.code.as_str());
        table.text(finding.severity.word());
        table.maybe(self.code(finding.partner));
        self.place_of(table, finding.at);
        table.text(&finding.message);
        table.maybe(finding.help.as_deref());
        let detail = finding.detail.as_deref();
        let parts = detail.map(|detail| [&detail.field, &detail.typed, &detail.used, &detail.rule]);
        for part in parts.map_or([None; 4], |parts| parts.map(Option::as_deref)) {
            table.maybe(part);
        }
        match finding.answer() {
            Some(answer) => {
                table.text(&answer.text);
                table.text(&answer.post);
                table.date(answer.date);
            }
            None => (0..3).for_each(|_| table.blank()),
        }
        table.end()
    }

    pub(super) fn related(&self) -> Made<W> {
        let is =
            ("finding-places", "Other places of findings", "Other places that have to do with a finding.");
        let has: Has<'_> = &[
            ("finding", "Number of the finding", Kind::Whole, true),
            ("file", "File", Kind::Text, false),
            ("sheet", "Sheet", Kind::Text, false),
            ("cell", "Cell", Kind::Text, false),
            ("line", "Line", Kind::Whole, false),
            ("what", "What it is", Kind::Text, false),
        ];
        self.table(is, has, &[("finding", "findings", "no")], |table| {
            for (number, finding) in (1..).zip(self.whole.findings) {
                for related in finding.detail.iter().flat_map(|detail| &detail.related) {
                    table.whole(number);
                    self.place_of(table, related.at);
                    table.text(&related.what);
                    table.end()?;
                }
            }
            Ok(())
        })
    }
}
