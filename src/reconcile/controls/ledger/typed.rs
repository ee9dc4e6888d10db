//! What one return typed on the lines of the ledger.

use super::lines::{Line, Place, Placer};
use crate::model::{Cell, FileId, Origin, PartnerId, Reading, Record, Side};
use crate::reconcile::controls::roll_up;
use crate::reconcile::figure::{Figure, MOST_LISTED, figure};
use crate::reconcile::part::Part;
use crate::reconcile::scene::{Scene, has_column};
use crate::schema::{ControlKind, Role};
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
    /// Everything, amounts held because of their minus included, pounds.
    pub(super) typed: Decimal,
    /// What was read without being held, pounds.
    pub(super) kept: Decimal,
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
        let sums = match figure(cell) {
            Figure::Blank => return,
            Figure::Blocked => None,
            Figure::Amount(money) => {
                let held = matches!(cell.reading, Reading::Unreadable(_));
                let kept = if held { Some(self.kept) } else { self.kept.checked_add(money.pounds) };
                Some((money.pounds, held)).zip(self.typed.checked_add(money.pounds).zip(kept))
            }
        };
        let Some(((pounds, held), (typed, kept))) = sums else {
            push(&mut self.unusable, cell.at);
            return;
        };
        (self.typed, self.kept) = (typed, kept);
        self.figures = self.figures.saturating_add(1);
        push(&mut self.addends, Addend { at: cell.at, pounds, held });
    }
}

fn push<T>(list: &mut Vec<T>, item: T) {
    if list.len() < MOST_LISTED {
        list.push(item);
    }
}

/// Adds up one return's amounts by ledger line.
pub(in crate::reconcile::controls) fn typed(
    scene: &Scene<'_>,
    amount: usize,
    by: &[usize],
    ledger: &str,
) -> Typed {
    let placer = Placer::new(*scene, by, ledger);
    let board = scene.schema.role(Role::Board);
    let mut typed = Typed::default();
    let mut sums: Vec<(Line, Sums)> = Vec::new();
    let mut known_lines: BTreeMap<Vec<Part<'_>>, (Option<usize>, bool)> = BTreeMap::new();
    let mut key: Vec<Part<'_>> = Vec::new();
    for table in scene.tables().filter(|table| has_column(table, amount)) {
        for record in table.records.iter().filter(|record| is_ours(scene, board, record)) {
            let Some(cell) = record.cells.get(amount).filter(|cell| !cell.is_blank()) else { continue };
            key.clear();
            key.extend(by.iter().map(|&field| Part::of(record.cells.get(field))));
            let (slot, unnamed) = if let Some(&known) = known_lines.get(key.as_slice()) {
                known
            } else {
                let place = placer.place(&key, record);
                let unnamed = place.unnamed;
                let repeats = is_sum_of_others(scene, by, &place, record, &table.records);
                let slot = (!repeats).then(|| slot(&mut sums, place));
                if known_lines.len() < MOST_REMEMBERED {
                    known_lines.insert(key.clone(), (slot, unnamed));
                }
                (slot, unnamed)
            };
            if let Some((_, sums)) = slot.and_then(|slot| sums.get_mut(slot)) {
                sums.add(cell);
                if unnamed {
                    push(&mut sums.unnamed, cell.at);
                }
            }
        }
    }
    typed.lines.extend(sums);
    typed
}

fn slot(sums: &mut Vec<(Line, Sums)>, place: Place) -> usize {
    let mut line = place.line;
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

/// False for a row that says it is for another board: it is held, and no sum of this board has it.
fn is_ours(scene: &Scene<'_>, board: Option<usize>, record: &Record) -> bool {
    let Some(field) = board else { return true };
    let part = Part::of(record.cells.get(field));
    let ours = |name: &str| part.is(name, scene.field(field), scene.round);
    part.is_unnamed() || ours(&scene.round.code) || ours(&scene.round.board)
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
    pub(super) sums: Sums,
    /// The part of `sums.kept` in returns that are used, pounds.
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
        let sums = &mut self.sums;
        sums.typed = sums.typed.saturating_add(more.typed);
        sums.kept = sums.kept.saturating_add(more.kept);
        sums.figures = sums.figures.saturating_add(more.figures);
        let room = |listed: usize| MOST_LISTED.saturating_sub(listed);
        sums.addends.extend(more.addends.iter().take(room(sums.addends.len())).copied());
        sums.unusable.extend(more.unusable.iter().take(room(sums.unusable.len())).copied());
        sums.unnamed.extend(more.unnamed.iter().take(room(sums.unnamed.len())).copied());
        if accepted {
            self.used = self.used.saturating_add(more.kept);
        } else if more.figures > 0 {
            self.superseded.push((file, more.typed));
        }
        self.shared |= self.by.is_some() && self.by != sender;
        self.by = self.by.or(sender);
    }
}

impl Total {
    /// Both together.
    pub(super) fn joined(mut self, other: Self) -> Self {
        self.add(FileId(0), other.by, false, &Sums { figures: 0, ..other.sums.clone() });
        self.sums.figures = self.sums.figures.saturating_add(other.sums.figures);
        self.used = self.used.saturating_add(other.used);
        self.superseded.extend(other.superseded);
        self.shared |= other.shared;
        self
    }

    /// How many figures were added.
    pub(super) fn figures(&self) -> u32 {
        self.sums.figures
    }

    /// The first of them.
    pub(super) fn addends(&self) -> impl Iterator<Item = &Addend> {
        self.sums.addends.iter()
    }

    /// Their cells.
    pub(super) fn cells(&self) -> Vec<Origin> {
        self.sums.addends.iter().map(|addend| addend.at).collect()
    }

    /// True if an amount could not be used.
    pub(super) fn has_unusable(&self) -> bool {
        !self.sums.unusable.is_empty()
    }

    /// What was typed, with its cell if it is one.
    pub(super) fn stated(&self) -> Side {
        let cells = self.addends().map(|addend| addend.at).chain(self.sums.unusable.iter().copied());
        let mut cells = cells.take(2);
        let (first, second) = (cells.next(), cells.next());
        Side {
            amount: (self.sums.figures > 0).then_some(self.sums.typed),
            at: if second.is_none() { first } else { None },
            ledger_line: None,
        }
    }
}
