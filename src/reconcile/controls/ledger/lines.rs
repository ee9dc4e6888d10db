//! Which line of the ledger a row of a return is for.

use crate::model::{Partner, PartnerId, Record, fold_hash, folds_alike};
use crate::reconcile::part::{Part, in_words};
use crate::reconcile::scene::Scene;
use crate::reconcile::words::partner_name;
use crate::round::{LedgerLine, Round};
use crate::schema::{FieldType, TableSchema};
use rust_decimal::Decimal;

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

/// One line of the ledger.
struct Known<'s> {
    /// Its place among the ledger's lines.
    place: usize,
    line: &'s LedgerLine,
    /// Its names with their hashes, in the order of `by`: a return of many rows asks for them again and again.
    names: Vec<(&'s str, u64)>,
}

/// Finds lines of one ledger.
pub(super) struct Placer<'s> {
    scene: Scene<'s>,
    /// Fields that name a line, in the order of a key's parts.
    by: &'s [usize],
    /// The place in `by` of the field that says whose line it is.
    agency: Option<usize>,
    /// Lines of this ledger that the return may name, in their order.
    lines: Vec<Known<'s>>,
    /// True if the sender has a line of its own.
    sender_pays: bool,
    /// True if other partners are asked for the table.
    others_asked: bool,
    /// True if one of them has no line of its own.
    others_report: bool,
}

impl<'s> Placer<'s> {
    pub(super) fn new(scene: Scene<'s>, by: &'s [usize], ledger: &str) -> Self {
        let agency = agency_of(scene.schema, by);
        let book = &scene.round.ledger;
        let sender = scene.sender();
        let sender_pays = sender.is_some() && book.of(ledger, sender).next().is_some();
        let mut lines: Vec<_> = if sender_pays {
            // No row of this return can be for another's line.
            book.of(ledger, None).chain(book.of(ledger, sender)).collect()
        } else {
            book.lines.iter().enumerate().filter(|(_, line)| line.table == ledger).collect()
        };
        lines.sort_unstable_by_key(|(place, _)| *place);
        let name = |line: &'s LedgerLine, field: usize| {
            let name = line.names.get(&scene.field(field).name).map_or("", |name| name.trim());
            (name, fold_hash(name))
        };
        let known =
            |(place, line)| Known { place, line, names: by.iter().map(|&field| name(line, field)).collect() };
        let lines = lines.into_iter().map(known).collect();
        let from = &scene.schema.from;
        let asked = |partner: &Partner| from.is_empty() || from.contains(&partner.code);
        let others = || scene.round.partners().filter(|(id, one)| Some(*id) != sender && asked(one));
        let paying = book.by_partner(ledger);
        let pays = |id: PartnerId| paying.is_some_and(|paying| paying.contains_key(&Some(id)));
        let (others_asked, others_report) = (others().next().is_some(), others().any(|(id, _)| !pays(id)));
        Self { scene, by, agency, lines, sender_pays, others_asked, others_report }
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
        let hashes: Vec<u64> = key.iter().map(|part| part.text().map_or(0, fold_hash)).collect();
        let fits = |known| Some((known, self.fit(known, partner, key, &hashes)?));
        let candidates: Vec<(&Known<'_>, u32)> = self.lines.iter().filter_map(fits).collect();
        let is_agency = |place: usize| Some(place) == self.agency;
        let open = key.iter().enumerate().any(|(place, part)| part.is_unnamed() && !is_agency(place));
        let best = candidates.iter().map(|(_, score)| *score).max();
        let found = candidates.iter().find(|(_, score)| Some(*score) == best);
        match found {
            Some((known, _)) if !open || candidates.len() == 1 => {
                Place { line: Line::Ledger(known.place), unnamed: self.is_unnamed(known, key) }
            }
            _ => self.stray(partner, record, None),
        }
    }

    fn known(&self, place: usize) -> Option<&Known<'s>> {
        let found = self.lines.binary_search_by_key(&place, |known| known.place).ok()?;
        self.lines.get(found)
    }

    /// What the ledger has in a column for a line and all others of the same name; `None` if it has no figure.
    pub(super) fn owed(&self, place: usize, column: &str) -> Option<Decimal> {
        let own = self.known(place)?;
        let alike = self.lines.iter().filter(|known| {
            let mut names = known.names.iter().zip(&own.names).enumerate();
            known.line.partner == own.line.partner
                && names.all(|(index, ((name, hash), (other, of)))| {
                    // Whose the line is has been compared already, where it says so.
                    Some(index) == self.agency && own.line.partner.is_some()
                        || hash == of && folds_alike(name, other)
                })
        });
        let amounts = alike.filter_map(|known| known.line.amounts.get(column));
        amounts.copied().reduce(Decimal::saturating_add)
    }

    /// True if returns of others may have amounts on a line too: it is not the sender's own, or there are partners without
    /// a line of their own who report for others.
    pub(super) fn may_be_shared(&self, place: usize) -> bool {
        self.known(place).is_some_and(|known| {
            let is_own = known.line.partner.is_some() && known.line.partner == self.scene.sender();
            if is_own { self.others_report } else { self.others_asked }
        })
    }

    /// True if a ledger line has a name that the row leaves open. A blank agency is the sender and leaves nothing open.
    fn is_unnamed(&self, known: &Known<'_>, key: &[Part<'_>]) -> bool {
        key.iter().zip(&known.names).enumerate().any(|(index, (part, (name, _)))| {
            if Some(index) == self.agency {
                return *part == Part::Unread;
            }
            part.is_unnamed() && !name.is_empty()
        })
    }

    /// How many names of a ledger line the row repeats; `None` if it contradicts one. A name that the ledger leaves
    /// blank fits every row.
    fn fit(
        &self,
        known: &Known<'_>,
        partner: Option<PartnerId>,
        key: &[Part<'_>],
        hashes: &[u64],
    ) -> Option<u32> {
        let mut score = 0;
        match known.line.partner {
            Some(_) if known.line.partner == partner => score += 1,
            Some(_) => return None,
            None => {}
        }
        for (index, ((part, of), (name, hash))) in key.iter().zip(hashes).zip(&known.names).enumerate() {
            if Some(index) == self.agency || name.is_empty() || part.is_unnamed() {
                continue;
            }
            let may_be = part.text().is_none() || hash == of;
            let field = self.by.get(index).map(|&field| self.scene.field(field))?;
            if !may_be || !part.is(name, field, self.scene.round) {
                return None;
            }
            score += 1;
        }
        Some(score)
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

/// What tells a line of the ledger from others of the same partner, one after another.
fn names<'l>(schema: &TableSchema, by: &[usize], line: &'l LedgerLine) -> impl Iterator<Item = &'l str> {
    let fields = by.iter().filter_map(|&field| schema.fields.get(field));
    let fields = fields.filter(|field| field.kind != FieldType::Agency || line.partner.is_none());
    fields.map(|field| line.names.get(&field.name).map_or("", |name| name.as_str()))
}

/// A number that is equal for lines of the ledger that are one line, and hardly ever for others.
pub(super) fn name_hash(schema: &TableSchema, by: &[usize], line: &LedgerLine) -> u64 {
    let whose = line.partner.map_or(0, |partner| u64::from(partner.0) + 1);
    names(schema, by, line).fold(whose, |hash, name| hash.rotate_left(7) ^ fold_hash(name))
}

/// True for lines of the ledger that are one line: of one partner, with the same names.
pub(super) fn are_one(schema: &TableSchema, by: &[usize], one: &LedgerLine, other: &LedgerLine) -> bool {
    let mut pairs = names(schema, by, one).zip(names(schema, by, other));
    one.partner == other.partner && pairs.all(|(one, other)| folds_alike(one, other))
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
