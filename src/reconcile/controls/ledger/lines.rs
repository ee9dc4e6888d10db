//! Which line of the ledger a row of a return is for.

use crate::model::{PartnerId, Record};
use crate::reconcile::part::{Part, in_words};
use crate::reconcile::scene::Scene;
use crate::reconcile::words::partner_name;
use crate::round::{LedgerLine, Round};
use crate::schema::{FieldType, TableSchema};

/// A line that amounts are typed on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::reconcile) enum Line {
    /// A line of the ledger, by its place among the ledger's lines.
    Ledger(usize),
    /// A line that the ledger does not have.
    Stray {
        /// Whose it is: the sender's, or another's for whom the sender reports.
        partner: Option<PartnerId>,
        /// What it is called in the return.
        words: String,
    },
}

/// Where a row belongs.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) line: Line,
    /// True if the row does not say so itself.
    pub(super) unnamed: bool,
}

/// Finds lines of one ledger.
pub(super) struct Placer<'s> {
    scene: Scene<'s>,
    /// Fields that name a line, in the order of a key's parts.
    by: &'s [usize],
    /// The place in `by` of the field that says whose line it is.
    agency: Option<usize>,
    /// Lines of this ledger that the return may name, with their places.
    lines: Vec<(usize, &'s LedgerLine)>,
    /// True if the sender has a line of its own.
    sender_pays: bool,
}

impl<'s> Placer<'s> {
    pub(super) fn new(scene: Scene<'s>, by: &'s [usize], ledger: &str) -> Self {
        let agency = agency_of(scene.schema, by);
        let lines = scene.round.ledger.lines.iter().enumerate().filter(|(_, line)| line.table == ledger);
        let mut lines: Vec<_> = lines.collect();
        let sender = scene.sender();
        let sender_pays = sender.is_some() && lines.iter().any(|(_, line)| line.partner == sender);
        if sender_pays {
            // No row of this return can be for another's line.
            lines.retain(|(_, line)| line.partner.is_none() || line.partner == sender);
        }
        Self { scene, by, agency, lines, sender_pays }
    }

    /// The line for a row; `key` has one part a field of `by`. A row that names another partner is not that partner's
    /// word, unless the sender has no line of its own and so reports for others.
    pub(super) fn place(&self, key: &[Part<'_>], record: &Record) -> Place {
        let sender = self.scene.sender();
        let named = match self.agency.and_then(|place| key.get(place)) {
            Some(Part::Agency(partner)) => Some(*partner),
            Some(Part::Blank | Part::Unread) | None => None,
            Some(_) => return self.stray(sender, record, None),
        };
        if let Some(other) = named.filter(|_| self.sender_pays && named != sender) {
            return self.stray(sender, record, Some(other));
        }
        let partner = named.or(sender);
        let candidates: Vec<(usize, u32)> =
            self.lines.iter().filter_map(|(place, line)| self.fit(*place, line, partner, key)).collect();
        let is_agency = |place: usize| Some(place) == self.agency;
        let open = key.iter().enumerate().any(|(place, part)| part.is_unnamed() && !is_agency(place));
        let best = candidates.iter().map(|(_, score)| *score).max();
        let found = candidates.iter().find(|(_, score)| Some(*score) == best);
        match found {
            Some((place, _)) if !open || candidates.len() == 1 => {
                Place { line: Line::Ledger(*place), unnamed: self.is_unnamed(*place, key) }
            }
            _ => self.stray(partner, record, None),
        }
    }

    /// True if a ledger line has a name that the row leaves open. A blank agency is the sender and leaves nothing open.
    fn is_unnamed(&self, place: usize, key: &[Part<'_>]) -> bool {
        let line = self.lines.iter().find(|(known, _)| *known == place).map(|(_, line)| line);
        self.by.iter().zip(key).enumerate().any(|(index, (&field, part))| {
            if Some(index) == self.agency {
                return *part == Part::Unread;
            }
            let name = line.and_then(|line| line.names.get(&self.scene.field(field).name));
            part.is_unnamed() && name.is_some_and(|name| !name.trim().is_empty())
        })
    }

    /// How many names of a ledger line the row repeats; `None` if it contradicts one. A name that the ledger leaves
    /// blank fits every row.
    fn fit(
        &self,
        place: usize,
        line: &LedgerLine,
        partner: Option<PartnerId>,
        key: &[Part<'_>],
    ) -> Option<(usize, u32)> {
        let mut score = 0;
        match line.partner {
            Some(_) if line.partner == partner => score += 1,
            Some(_) => return None,
            None => {}
        }
        for (index, (&field, part)) in self.by.iter().zip(key).enumerate() {
            let spec = self.scene.field(field);
            let name = line.names.get(&spec.name).map_or("", |name| name.trim());
            if Some(index) == self.agency || name.is_empty() || part.is_unnamed() {
                continue;
            }
            if !part.is(name, spec, self.scene.round) {
                return None;
            }
            score += 1;
        }
        Some((place, score))
    }

    fn stray(&self, partner: Option<PartnerId>, record: &Record, of: Option<PartnerId>) -> Place {
        let agency = self.agency.and_then(|place| self.by.get(place)).copied();
        let fields = self.by.iter().copied().filter(|&field| Some(field) != agency);
        let mut words = in_words(self.scene.round, self.scene.schema, &record.cells, fields);
        if words.is_empty() {
            "Line not stated".clone_into(&mut words);
        }
        if let Some(of) = of {
            words = format!("{} · {words}", partner_name(self.scene.round, of));
        }
        Place { line: Line::Stray { partner, words }, unnamed: false }
    }
}

/// The place in `by` of the field that says whose line it is: the first that holds a partner.
pub(super) fn agency_of(schema: &TableSchema, by: &[usize]) -> Option<usize> {
    by.iter().position(|&field| schema.fields[field].kind == FieldType::Agency)
}

/// A line of the ledger in words: its names but the partner's, as the code lists print them.
pub(in crate::reconcile) fn line_in_words(round: &Round, table: usize, line: &LedgerLine) -> String {
    let Some(schema) = round.schema.tables.get(table) else { return String::new() };
    let names = schema.fields.iter().enumerate().filter(|(_, field)| names_a_line(field.kind));
    let names = names.filter_map(|(place, field)| {
        let name = line.names.get(&field.name).map(|name| name.trim()).filter(|name| !name.is_empty())?;
        Some(label(round, schema, place, name))
    });
    names.collect::<Vec<_>>().join(" · ")
}

/// True for fields that a column of the ledger can name a line by; whose it is is told by the line's partner. A column of
/// amounts that no control names is a note.
pub(in crate::reconcile::controls) const fn names_a_line(kind: FieldType) -> bool {
    !matches!(kind, FieldType::Agency | FieldType::Money | FieldType::Number | FieldType::Percent)
}

fn label(round: &Round, schema: &TableSchema, field: usize, name: &str) -> String {
    let spec = &schema.fields[field];
    let list = spec.list.and_then(|list| round.schema.lists.get(list));
    let code = list.and_then(|list| {
        (0..u16::try_from(list.categories.len()).unwrap_or(u16::MAX))
            .find(|&code| Part::Code(code).is(name, spec, round))
            .and_then(|code| list.categories.get(usize::from(code)))
    });
    code.map_or_else(|| name.to_owned(), |category| category.label.clone())
}
