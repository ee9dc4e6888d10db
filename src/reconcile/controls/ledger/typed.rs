//! What one return typed on the lines of the ledger.

use super::lines::{Line, Place, Placer};
use crate::model::{Cell, FileId, Origin, PartnerId, Reading, Record, SheetId, Side};
use crate::reconcile::controls::roll_up;
use crate::reconcile::figure::{Figure, MOST_LISTED, Sum, TOO_LARGE, figure, why_blocked};
use crate::reconcile::part::Part;
use crate::reconcile::scene::{Scene, has_column};
use crate::schema::{ControlKind, Field, TableSchema};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// Most differently named lines of one return whose place is remembered; beyond that each is looked up again.
const MOST_REMEMBERED: usize = 65_536;
/// Most lines of one return that the ledger does not have; the rest are taken together.
const MOST_STRAYS: usize = 100;

/// What one return typed under one ledger control.
#[derive(Debug, Clone, Default)]
pub(in crate::reconcile) struct Typed {
    /// Sums by line.
    pub(super) lines: BTreeMap<Line, Sums>,
    /// Rows with an amount that is on no line: sheet and row of their first cell. Rows for another board, rows that repeat
    /// the sum of others, rows whose key could not be read.
    pub(super) uncounted: BTreeSet<RowAt>,
    /// True if the sum on some line is not what the ledger has for it, or others may add to one.
    pub(in crate::reconcile) may_differ: bool,
}

/// Sheet and row of a row's first cell.
pub(super) type RowAt = (SheetId, u32);

pub(super) fn row_at(at: Origin) -> RowAt {
    (at.sheet, at.cell.row)
}

/// What was typed on one line.
#[derive(Debug, Clone, Default)]
pub(super) struct Sums {
    /// Everything, amounts held because of their minus included.
    pub(super) typed: Sum,
    /// What was read without being held.
    pub(super) kept: Sum,
    /// How many figures were added.
    pub(super) figures: u32,
    /// The first of them.
    pub(super) addends: Vec<Addend>,
    /// Cells without a figure that can be used, the first of them.
    pub(super) unusable: Vec<Origin>,
    /// Why the first of them has none.
    pub(super) why: Option<String>,
    /// Rows that do not say which line they are for and were counted on the only one, the first of them.
    pub(super) unnamed: Vec<Origin>,
    /// Amounts of rows whose key could not be read, which are not counted, the first of them.
    pub(super) unplaced: Vec<Origin>,
}

/// One figure that was added.
#[derive(Debug, Clone, Copy)]
pub(super) struct Addend {
    pub(super) at: Origin,
    pub(super) pounds: Decimal,
    /// True if it was held because of its minus sign.
    pub(super) held: bool,
}

impl Sums {
    fn add(&mut self, cell: &Cell, field: &Field) {
        let (pounds, held) = match figure(cell) {
            Figure::Blank => return,
            Figure::Amount(money) => (money.pounds, matches!(cell.reading, Reading::Unreadable(_))),
            Figure::Blocked => return self.block(cell.at, || why_blocked(cell, field)),
        };
        if self.typed.add(pounds).is_none() || !held && self.kept.add(pounds).is_none() {
            return self.block(cell.at, || TOO_LARGE.to_owned());
        }
        self.figures = self.figures.saturating_add(1);
        push(&mut self.addends, Addend { at: cell.at, pounds, held });
    }

    fn block(&mut self, at: Origin, why: impl FnOnce() -> String) {
        self.why.get_or_insert_with(why);
        push(&mut self.unusable, at);
    }
}

fn push<T>(list: &mut Vec<T>, item: T) {
    if list.len() < MOST_LISTED {
        list.push(item);
    }
}

fn push_all<T: Copy>(list: &mut Vec<T>, items: &[T]) {
    list.extend(items.iter().take(MOST_LISTED.saturating_sub(list.len())));
}

/// Adds up one return's amounts by ledger line.
pub(in crate::reconcile::controls) fn typed(
    scene: &Scene<'_>,
    amount: usize,
    by: &[usize],
    ledger: &str,
    column: &str,
) -> Typed {
    let ours = scene.ours();
    let placer = Placer::new(*scene, by, ledger);
    let mut book = Book {
        scene,
        by,
        amount,
        placer,
        sums: Vec::new(),
        places: BTreeMap::new(),
        strays: 0,
        known: BTreeMap::new(),
    };
    let mut uncounted = BTreeSet::new();
    for table in scene.tables().filter(|table| has_column(table, amount)) {
        // Neighbouring rows are often for the same line.
        let mut key: Vec<Part<'_>> = Vec::new();
        let mut last: Option<Slot> = None;
        let mut last_key: Vec<Part<'_>> = Vec::new();
        for record in &table.records {
            let Some(cell) = record.cells.get(amount).filter(|cell| !cell.is_blank()) else { continue };
            if !ours(record) {
                uncounted.insert(row_at(record.at));
                continue;
            }
            key.clear();
            key.extend(by.iter().map(|&field| Part::of(record.cells.get(field))));
            let slot = match last {
                Some(slot) if key == last_key => slot,
                _ => book.slot(&key, record, &table.records),
            };
            if !book.add(slot, record, cell) {
                uncounted.insert(row_at(record.at));
            }
            std::mem::swap(&mut key, &mut last_key);
            last = Some(slot);
        }
    }
    let may_differ = book.sums.iter().any(|(line, sums)| match line {
        Line::Ledger(place) => {
            let owed = book.placer.owed(*place, column).unwrap_or_default();
            !sums.typed.is(owed) || sums.figures > 0 && book.placer.may_be_shared(*place)
        }
        Line::Stray { .. } => true,
    });
    Typed { lines: book.sums.into_iter().collect(), uncounted, may_differ }
}

/// True if merging holds the row because a part of its key could not be read: whose amount it is cannot be told.
fn is_unplaced(schema: &TableSchema, record: &Record) -> bool {
    let mut keys = schema.primary_key.iter().copied().chain(schema.register.map(|register| register.key));
    keys.any(|field| {
        matches!(record.cells.get(field).map(|cell| &cell.reading), Some(Reading::Unreadable(_)))
    })
}

/// Where a row's amount goes.
#[derive(Debug, Clone, Copy)]
struct Slot {
    /// A place among the sums; `None` if it goes nowhere.
    place: Option<usize>,
    /// True if the row does not say so itself.
    unnamed: bool,
}

/// The sums of one return in the making.
struct Book<'a, 's> {
    scene: &'s Scene<'a>,
    by: &'s [usize],
    amount: usize,
    placer: Placer<'s>,
    sums: Vec<(Line, Sums)>,
    /// Where each line is among the sums.
    places: BTreeMap<Line, usize>,
    strays: usize,
    known: BTreeMap<Vec<Part<'a>>, Slot>,
}

impl<'a> Book<'a, '_> {
    fn slot(&mut self, key: &[Part<'a>], record: &Record, records: &[Record]) -> Slot {
        if let Some(&slot) = self.known.get(key) {
            return slot;
        }
        let place = self.placer.place(key, record);
        let unnamed = place.unnamed;
        let repeats = is_sum_of_others(self.scene, self.by, &place, record, records);
        let place = (!repeats).then(|| self.place_among(place.line));
        let slot = Slot { place, unnamed };
        if self.known.len() < MOST_REMEMBERED {
            self.known.insert(key.to_vec(), slot);
        }
        slot
    }

    /// The place of a line among the sums, added if it is new. Strays beyond the most are one line.
    fn place_among(&mut self, mut line: Line) -> usize {
        if let Some(place) = self.places.get(&line) {
            return *place;
        }
        if let Line::Stray { words, .. } = &mut line {
            if self.strays >= MOST_STRAYS {
                "Other lines".clone_into(words);
                if let Some(place) = self.places.get(&line) {
                    return *place;
                }
            }
            self.strays += 1;
        }
        self.places.insert(line.clone(), self.sums.len());
        self.sums.push((line, Sums::default()));
        self.sums.len() - 1
    }

    /// Adds an amount to its line; false if it is on none.
    fn add(&mut self, slot: Slot, record: &Record, cell: &Cell) -> bool {
        let Some((_, sums)) = slot.place.and_then(|place| self.sums.get_mut(place)) else { return false };
        if is_unplaced(self.scene.schema, record) {
            push(&mut sums.unplaced, cell.at);
            return false;
        }
        sums.add(cell, self.scene.field(self.amount));
        if slot.unnamed {
            push(&mut sums.unnamed, cell.at);
        }
        true
    }
}

/// True for a row that only repeats the sum of other rows of its table, as a roll-up control of the schema says, where
/// the ledger has no line for that sum.
fn is_sum_of_others(
    scene: &Scene<'_>,
    by: &[usize],
    place: &Place,
    record: &Record,
    records: &[Record],
) -> bool {
    matches!(place.line, Line::Stray { .. })
        && scene.round.schema.controls.iter().any(|control| match &control.kind {
            ControlKind::RollUp { amount, by: wholes, part, total }
                if control.table == scene.control.table && by.contains(part) =>
            {
                let whole = roll_up::Whole { amount: *amount, by: wholes, part: *part, total };
                roll_up::is_whole(scene, &whole, record)
                    && records.iter().any(|other| !roll_up::is_whole(scene, &whole, other))
            }
            _ => false,
        })
}

/// What all returns typed on one line.
#[derive(Debug, Clone, Default)]
pub(in crate::reconcile) struct Total {
    /// Everything.
    typed: Sum,
    figures: u32,
    addends: Vec<Addend>,
    /// Cells without a figure that can be used, the first of them.
    pub(super) unusable: Vec<Origin>,
    /// Why the first of them has none.
    pub(super) why: Option<String>,
    /// Such cells of returns that were superseded: they stand in nobody's way.
    pub(super) unread: Vec<Origin>,
    /// Rows that do not say which line they are for, the first of them.
    pub(super) unnamed: Vec<Origin>,
    /// Amounts of rows whose key could not be read, the first of them.
    pub(super) unplaced: Vec<Origin>,
    /// What was read without being held, in returns that are used.
    pub(super) used: Sum,
    /// What stands in returns that were superseded: file and pounds.
    pub(super) superseded: Vec<(FileId, Decimal)>,
    /// Who typed it, if only one partner did.
    pub(super) by: Option<PartnerId>,
    /// True if more than one partner typed it.
    pub(super) shared: bool,
}

impl Total {
    /// Adds what one return typed on the line.
    pub(super) fn add(&mut self, file: FileId, sender: Option<PartnerId>, accepted: bool, more: &Sums) {
        let superseded = (!accepted && more.figures > 0).then(|| more.typed.pounds()).flatten();
        let (unusable, unread): (&[Origin], &[Origin]) =
            if accepted { (&more.unusable, &[]) } else { (&[], &more.unusable) };
        *self = std::mem::take(self).joined(Self {
            typed: more.typed,
            figures: more.figures,
            addends: more.addends.clone(),
            unusable: unusable.to_vec(),
            why: more.why.clone().filter(|_| accepted),
            unread: unread.to_vec(),
            unnamed: more.unnamed.clone(),
            unplaced: more.unplaced.clone(),
            used: if accepted { more.kept } else { Sum::default() },
            superseded: superseded.map(|pounds| (file, pounds)).into_iter().collect(),
            by: sender,
            shared: false,
        });
    }

    /// Both together.
    pub(super) fn joined(mut self, other: Self) -> Self {
        if self.typed.join(other.typed).is_none() || self.used.join(other.used).is_none() {
            self.why.get_or_insert_with(|| TOO_LARGE.to_owned());
        }
        self.figures = self.figures.saturating_add(other.figures);
        push_all(&mut self.addends, &other.addends);
        push_all(&mut self.unusable, &other.unusable);
        push_all(&mut self.unread, &other.unread);
        push_all(&mut self.unnamed, &other.unnamed);
        push_all(&mut self.unplaced, &other.unplaced);
        self.why = self.why.or(other.why);
        self.superseded.extend(other.superseded);
        self.shared |= other.shared || self.by.is_some() && other.by.is_some() && self.by != other.by;
        self.by = self.by.or(other.by);
        self
    }

    /// True if a figure was added.
    pub(super) fn came(&self) -> bool {
        self.figures > 0
    }

    /// The first of the figures.
    pub(super) fn addends(&self) -> impl Iterator<Item = &Addend> {
        self.addends.iter()
    }

    /// Their cells.
    pub(super) fn cells(&self) -> Vec<Origin> {
        self.addends.iter().map(|addend| addend.at).collect()
    }

    /// Why what was typed cannot be told, if an amount of a return that is used cannot be.
    pub(super) fn why_blocked(&self) -> Option<&str> {
        self.why.as_deref().or_else(|| self.typed.pounds().is_none().then_some(TOO_LARGE))
    }

    /// What was typed as far as it could be read, pounds; `None` if nothing was.
    pub(super) fn readable(&self) -> Option<Decimal> {
        self.typed.pounds().filter(|_| self.came())
    }

    /// What was typed, with its cell if it comes from one: figures of nought beside it do not matter. Nothing where not
    /// all of it could be read.
    pub(super) fn stated(&self) -> Side {
        if self.why_blocked().is_some() {
            let at = only(self.unusable.iter().copied()).filter(|_| !self.came());
            return Side { amount: None, at, ledger_line: None };
        }
        let counting = self.addends.iter().filter(|addend| !addend.pounds.is_zero());
        let all = self.addends.iter().map(|addend| addend.at);
        let at = only(counting.map(|addend| addend.at)).or_else(|| only(all));
        Side { amount: self.readable(), at, ledger_line: None }
    }
}

/// The item of a list of one.
fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    items.next().filter(|_| items.next().is_none())
}
