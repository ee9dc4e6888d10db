//! What is likely to identify a person is repeated by no finding: its cell is named, and its kind.

use super::super::Context;
use super::held_back::exempt;
use super::ours::Ours;
use super::words::quote;
use crate::finding::{Code, Finding, Location};
use crate::model::{FileId, Holder, Origin, PersonalKind, Reading, SheetId, Submission, Sure, Value};
use crate::round::Round;
use std::collections::BTreeMap;

/// The fewest characters of a text that is looked for wherever it is repeated.
const SHORTEST: usize = 3;

/// Where something stands that is likely to identify a person, and what it says: never to be shown.
#[derive(Clone, Default)]
pub struct Likely {
    places: BTreeMap<Origin, PersonalKind>,
    /// Columns of names, from the first of them down.
    columns: Vec<((FileId, SheetId, u16), u32, PersonalKind)>,
    /// What was read there as text, the longest first.
    texts: Vec<(String, PersonalKind)>,
}

impl std::fmt::Debug for Likely {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Likely({} places)", self.places.len() + self.columns.len())
    }
}

impl Likely {
    /// What a return holds of the kind, where its columns are not declared to.
    pub(in crate::checks) fn of(cx: &Context<'_>, submission: &Submission) -> Self {
        let mut likely = Self::default();
        let exempt = exempt(cx, submission);
        let found = submission.sheets.iter().flat_map(|sheet| &sheet.beside.suspected.0);
        for one in found.filter(|one| one.1.sure == Sure::Medium && !exempt(one)) {
            let (Some(at), suspect) = one else { continue };
            if suspect.holder == Holder::Column {
                likely.columns.push(((at.file, at.sheet, at.cell.column), at.cell.row, suspect.kind));
            } else {
                let kind = likely.places.entry(*at).or_insert(suspect.kind);
                *kind = suspect.kind.min(*kind);
            }
        }
        if !likely.is_empty() {
            likely.texts = likely.texts_of(submission);
        }
        likely
    }

    fn is_empty(&self) -> bool {
        self.places.is_empty() && self.columns.is_empty()
    }

    fn texts_of(&self, submission: &Submission) -> Vec<(String, PersonalKind)> {
        let records = submission.tables.iter().flat_map(|table| &table.records);
        let mut texts = Vec::new();
        for cell in records.flat_map(|record| &record.cells) {
            let Some(kind) = self.at(cell.at) else { continue };
            let said = match &cell.reading {
                Reading::Value(Value::Text(text)) => Some(&**text),
                Reading::Unreadable(unreadable) => Some(unreadable.raw.as_str()),
                Reading::Value(_) | Reading::Blank => None,
            };
            let typed = cell.change.as_deref().map(|change| change.typed.as_str());
            for text in said.into_iter().chain(typed) {
                texts.extend(forms(text).map(|text| (text, kind)));
            }
        }
        texts
    }

    /// Takes in what another return holds.
    pub fn join(&mut self, other: Self) {
        self.places.extend(other.places);
        self.columns.extend(other.columns);
        self.texts.extend(other.texts);
    }

    fn at(&self, at: Origin) -> Option<PersonalKind> {
        let of_column = || {
            let column = (at.file, at.sheet, at.cell.column);
            let found = self.columns.iter().find(|(own, first, _)| *own == column && at.cell.row >= *first);
            found.map(|(.., kind)| *kind)
        };
        self.places.get(&at).copied().or_else(of_column)
    }

    /// Puts words in the place of what findings repeat.
    pub fn cover(&self, round: &Round, findings: &mut [Finding]) {
        let mut texts = self.texts.clone();
        // The Business Unit's own files are repeated as little.
        for own in &round.suspected {
            texts.extend(own.said.iter().flat_map(|said| forms(said)).map(|text| (text, own.suspect.kind)));
        }
        if self.is_empty() && texts.is_empty() {
            return;
        }
        let ours = Ours::of(round);
        texts.retain(|(text, _)| text.chars().count() >= SHORTEST);
        texts.sort_by(|a, b| (b.0.len(), &a.0).cmp(&(a.0.len(), &b.0)));
        texts.dedup();
        for finding in findings.iter_mut().filter(|finding| finding.code != Code::PERSONS) {
            self.cover_one(finding, &texts, &ours);
        }
    }

    fn cover_one(&self, finding: &mut Finding, texts: &[(String, PersonalKind)], ours: &Ours) {
        let here = |at: Location| match at {
            Location::Cell(at) => self.at(at).map(PersonalKind::in_its_place),
            _ => None,
        };
        let held = here(finding.at);
        let cover = |text: &str, held: Option<&str>| {
            let quoted = held.map_or_else(|| text.to_owned(), |held| without_quotations(text, held, ours));
            texts.iter().fold(quoted, |text, (said, kind)| without(&text, said, &kind.in_its_place()))
        };
        finding.message = cover(&finding.message, held.as_deref()).into();
        if let Some(help) = &mut finding.help {
            *help = cover(help, held.as_deref()).into();
        }
        let Some(detail) = &mut finding.detail else { return };
        if let (Some(typed), Some(held)) = (&mut detail.typed, &held)
            && !typed.trim().is_empty()
        {
            typed.clone_from(held);
        }
        for text in [&mut detail.typed, &mut detail.used, &mut detail.figures].into_iter().flatten() {
            *text = cover(text, None);
        }
        for related in &mut detail.related {
            related.what = cover(&related.what, here(related.at).as_deref());
        }
    }
}

/// A text as it is typed, and as findings quote it.
fn forms(text: &str) -> [String; 2] {
    let quoted = quote(text);
    [text.trim().to_owned(), quoted.trim_matches(['“', '”', '…']).to_owned()]
}

/// A text with other words between its quotation marks; what is a word of ours stays. Where they do not pair, all from the
/// first to the last goes.
fn without_quotations(text: &str, held: &str, ours: &Ours) -> String {
    let marks: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| matches!(c, '“' | '”')).collect();
    let pair = marks.chunks(2).all(|pair| matches!(pair, [(_, '“'), (_, '”')]));
    let ends: Vec<(usize, usize)> = match (marks.first(), marks.last()) {
        (Some((first, _)), Some((last, _))) if !pair => vec![(*first, *last)],
        _ => marks.chunks(2).filter_map(|pair| Some((pair.first()?.0, pair.get(1)?.0))).collect(),
    };
    let (mut covered, mut from) = (String::new(), 0);
    for (start, end) in ends {
        let inside = text.get(start..end).and_then(|quoted| quoted.strip_prefix('“')).unwrap_or_default();
        if ours.has(inside) {
            continue;
        }
        covered.push_str(text.get(from..start).unwrap_or_default());
        covered.push('“');
        covered.push_str(held);
        from = end;
    }
    covered + text.get(from..).unwrap_or_default()
}

/// A text in which words stand in place of something said, wherever it stands by itself.
fn without(text: &str, said: &str, held: &str) -> String {
    let (mut covered, mut from) = (String::new(), 0);
    for (start, found) in text.match_indices(said) {
        let end = start + found.len();
        let before = text.get(..start).and_then(|text| text.chars().next_back());
        let after = text.get(end..).and_then(|text| text.chars().next());
        let alone = [before, after].into_iter().flatten().all(|c| !c.is_alphanumeric());
        if alone && start >= from {
            covered.push_str(text.get(from..start).unwrap_or_default());
            covered.push_str(held);
            from = end;
        }
    }
    covered + text.get(from..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_go_and_nothing_else() {
        let held = "[held: x]";
        for (text, covered) in [
            ("“a” is not “b”.", "“[held: x]” is not “[held: x]”."),
            ("“a ” b” is none.", "“[held: x]” is none."),
            ("“a “ b” is none.", "“[held: x]” is none."),
            ("Nothing is said.", "Nothing is said."),
            ("An end ” alone.", "An end “[held: x]” alone."),
        ] {
            assert_eq!(without_quotations(text, held, &Ours::default()), covered, "{text}");
        }
    }

    #[test]
    fn what_was_said_goes_where_it_stands_by_itself() {
        assert_eq!(without("Jo is Red; Joan is not. Jo", "Jo", "[h]"), "[h] is Red; Joan is not. [h]");
    }
}
