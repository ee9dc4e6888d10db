//! What one return typed on the lines of the ledger.

use super::lines::{Line, Place, Placer};
use crate::model::{Cell, FileId, Origin, PartnerId, Reading, Record, Side};
use crate::reconcile::controls::roll_up;
use crate::reconcile::figure::{Figure, MOST_LISTED, Sum, figure};
use crate::reconcile::part::Part;
use crate::reconcile::scene::{Scene, has_column};
use crate::schema::ControlKind;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Most differently named lines of one return whose place is remembered; beyond that each is looked up again.
const MOST_REMEMBERED: usize = 65_536;
/// Most lines of one return that the ledger does not have; the rest are taken together.
const MOST_STRAYS: usize = 100;

/// What one return typed under one ledger control.
#[derive(Debug, Clone, Default)]
pub(in crate::reconcile) struct Typed {
    /// Sums by line.
    pub(super) lines: BTreeMap<Line, Sums>,
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
    /// Rows that do not say which line they are for and were counted on the only one, the first of them.
    pub(super) unnamed: Vec<Origin>,
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
    fn add(&mut self, cell: &Cell) {
        let (pounds, held) = match figure(cell) {
            Figure::Blank => return,
            Figure::Amount(money) => (money.pounds, matches!(cell.reading, Reading::Unreadable(_))),
            Figure::Blocked => return push(&mut self.unusable, cell.at),
        };
        if self.typed.add(pounds).is_none() || !held && self.kept.add(pounds).is_none() {
            return push(&mut self.unusable, cell.at);
        }
        self.figures = self.figures.saturating_add(1);
        push(&mut self.addends, Addend { at: cell.at, pounds, held });
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
) -> Typed {
    let ours = scene.ours();
    let mut book =
        Book { scene, by, placer: Placer::new(*scene, by, ledger), sums: Vec::new(), known: BTreeMap::new() };
    for table in scene.tables().filter(|table| has_column(table, amount)) {
        // Neighbouring rows are often for the same line.
        let mut key: Vec<Part<'_>> = Vec::new();
        let mut last: Option<Slot> = None;
        let mut last_key: Vec<Part<'_>> = Vec::new();
        for record in table.records.iter().filter(|record| ours(record)) {
            let Some(cell) = record.cells.get(amount).filter(|cell| !cell.is_blank()) else { continue };
            key.clear();
            key.extend(by.iter().map(|&field| Part::of(record.cells.get(field))));
            let slot = match last {
                Some(slot) if key == last_key => slot,
                _ => book.slot(&key, record, &table.records),
            };
            book.add(slot, cell);
            std::mem::swap(&mut key, &mut last_key);
            last = Some(slot);
        }
    }
    Typed { lines: book.sums.into_iter().collect() }
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
    placer: Placer<'s>,
    sums: Vec<(Line, Sums)>,
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
        let place = (!repeats).then(|| place_among(&mut self.sums, place.line));
        let slot = Slot { place, unnamed };
        if self.known.len() < MOST_REMEMBERED {
            self.known.insert(key.to_vec(), slot);
        }
        slot
    }

    fn add(&mut self, slot: Slot, cell: &Cell) {
        let Some((_, sums)) = slot.place.and_then(|place| self.sums.get_mut(place)) else { return };
        sums.add(cell);
        if slot.unnamed {
            push(&mut sums.unnamed, cell.at);
        }
    }
}

fn place_among(sums: &mut Vec<(Line, Sums)>, mut line: Line) -> usize {
    let strays = sums.iter().filter(|(line, _)| matches!(line, Line::Stray { .. })).count();
    if let Line::Stray { words, .. } = &mut line
        && strays >= MOST_STRAYS
        && !sums.iter().any(|(known, _)| matches!(known, Line::Stray { words: known, .. } if known == words))
    {
        "Other lines".clone_into(words);
    }
    sums.iter().position(|(known, _)| *known == line).unwrap_or_else(|| {
        sums.push((line, Sums::default()));
        sums.len() - 1
    })
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
    /// Everything, pounds.
    typed: Decimal,
    figures: u32,
    addends: Vec<Addend>,
    /// Cells without a figure that can be used, the first of them.
    pub(super) unusable: Vec<Origin>,
    /// Rows that do not say which line they are for, the first of them.
    pub(super) unnamed: Vec<Origin>,
    /// What was read without being held, in returns that are used, pounds.
    pub(super) used: Decimal,
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
        let typed = more.typed.pounds().unwrap_or(Decimal::MAX);
        self.typed = self.typed.saturating_add(typed);
        self.list(more.figures, &more.addends, &more.unusable, &more.unnamed);
        if accepted {
            self.used = self.used.saturating_add(more.kept.pounds().unwrap_or(Decimal::MAX));
        } else if more.figures > 0 {
            self.superseded.push((file, typed));
        }
        self.shared |= self.by.is_some() && self.by != sender;
        self.by = self.by.or(sender);
    }

    fn list(&mut self, figures: u32, addends: &[Addend], unusable: &[Origin], unnamed: &[Origin]) {
        self.figures = self.figures.saturating_add(figures);
        push_all(&mut self.addends, addends);
        push_all(&mut self.unusable, unusable);
        push_all(&mut self.unnamed, unnamed);
    }

    /// Both together.
    pub(super) fn joined(mut self, other: Self) -> Self {
        self.typed = self.typed.saturating_add(other.typed);
        self.list(other.figures, &other.addends, &other.unusable, &other.unnamed);
        self.used = self.used.saturating_add(other.used);
        self.superseded.extend(other.superseded);
        self.shared |= other.shared || self.by.is_some() && other.by.is_some() && self.by != other.by;
        self.by = self.by.or(other.by);
        self
    }

    /// How many figures were added.
    pub(super) fn figures(&self) -> u32 {
        self.figures
    }

    /// The first of them.
    pub(super) fn addends(&self) -> impl Iterator<Item = &Addend> {
        self.addends.iter()
    }

    /// Their cells.
    pub(super) fn cells(&self) -> Vec<Origin> {
        self.addends.iter().map(|addend| addend.at).collect()
    }

    /// True if an amount could not be used.
    pub(super) fn has_unusable(&self) -> bool {
        !self.unusable.is_empty()
    }

    /// What was typed, with its cell if it comes from one: figures of nought beside it do not matter.
    pub(super) fn stated(&self) -> Side {
        let counting = self.addends.iter().filter(|addend| !addend.pounds.is_zero());
        let all = self.addends.iter().map(|addend| addend.at).chain(self.unusable.iter().copied());
        let at = only(counting.map(|addend| addend.at)).or_else(|| only(all));
        Side { amount: (self.figures > 0).then_some(self.typed), at, ledger_line: None }
    }
}

/// The item of a list of one.
fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    items.next().filter(|_| items.next().is_none())
}
