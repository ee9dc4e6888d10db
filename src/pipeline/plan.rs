//! Which of several returns of a partner is used, and in which order returns are merged.
//!
//! What is planned is a return, not a file: a file may hold several, and a return may come in several files.

use super::Input;
use super::grids::Grids;
use super::identify::{self, Seen, Sheets, said_in_a_cell};
use super::process::file_id;
use crate::merge;
use crate::model::{Identity, Origin, PartnerId};
use crate::round::Round;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// A return among the inputs: the place of its file, and its own among the returns of that file.
pub(super) type Key = (usize, usize);

/// One return to be read.
#[derive(Debug, Clone, Default)]
pub(super) struct Planned {
    /// Which.
    pub key: Key,
    /// Its sheets, if the file holds several returns; `None` for the whole file.
    pub sheets: Option<Sheets>,
    /// Who sent it, as far as the first look could tell.
    pub identity: Identity,
    /// True if what is noticed of its file as a whole is told with it.
    pub speaks: bool,
    /// True if another of the same partner is to replace it.
    pub superseded: bool,
    /// What it knows of the other files of the same return.
    pub beside: Beside,
}

impl Planned {
    /// A file about which nothing is known yet.
    pub(super) fn whole(place: usize) -> Self {
        Self { key: (place, 0), speaks: true, ..Self::default() }
    }
}

/// What the other files of a return hold.
#[derive(Debug, Clone, Default)]
pub(super) struct Beside {
    /// Tables of the schema that stand in another file.
    pub tables: BTreeSet<usize>,
    /// The unit that their cover states: power of ten, and whether it makes amounts rounded.
    pub unit: Option<(i8, bool)>,
    /// The template that one of them states.
    pub template: Option<(String, Origin)>,
}

/// Looks at every input and plans its returns: partners in the round's order, of one partner's returns the one used last.
pub(super) fn plan(round: &Round, inputs: &[&dyn Input], grids: &Grids) -> Vec<Planned> {
    let seen: Vec<Vec<Seen>> =
        (0..inputs.len()).into_par_iter().map(|place| identify::look(round, inputs[place], place)).collect();
    let mut seen: BTreeMap<Key, Seen> = seen
        .into_iter()
        .enumerate()
        .flat_map(|(place, parts)| parts.into_iter().enumerate().map(move |(part, one)| ((place, part), one)))
        .collect();
    let mut by_partner: BTreeMap<PartnerId, Vec<Key>> = BTreeMap::new();
    let mut rest = Vec::new();
    for (key, one) in &seen {
        match one.identity.partner {
            // A return for another period is refused, so it neither replaces another nor is replaced.
            Some(partner) if one.identity.period.is_none_or(|(period, _)| round.takes(period)) => {
                by_partner.entry(partner).or_default().push(*key);
            }
            _ => rest.push(*key),
        }
    }
    look_closely(round, inputs, &by_partner, grids, &mut seen);
    let says_who = identify::tables(&round.schema);
    let mut order = Vec::new();
    for keys in by_partner.into_values() {
        order.extend(of_partner(&says_who, inputs, &seen, keys));
    }
    order.extend(rest.into_iter().map(|key| planned(&seen, key)));
    choose_speakers(&mut order);
    order
}

/// Learns the tables of returns that share a partner with others, and what of ours they bear.
fn look_closely(
    round: &Round,
    inputs: &[&dyn Input],
    by_partner: &BTreeMap<PartnerId, Vec<Key>>,
    grids: &Grids,
    seen: &mut BTreeMap<Key, Seen>,
) {
    let several = by_partner.values().filter(|keys| keys.len() > 1).flatten();
    let unknown: Vec<Key> =
        several.filter(|key| seen.get(key).is_some_and(|one| one.tables.is_none())).copied().collect();
    let found: Vec<Seen> = unknown
        .par_iter()
        .map(|&(place, _)| identify::tables_in(round, inputs[place], place, grids))
        .collect();
    for (key, Seen { identity: ours, tables, cells, .. }) in unknown.into_iter().zip(found) {
        if let Some(one) = seen.get_mut(&key) {
            one.tables = Some(tables.unwrap_or_default());
            one.cells = cells;
            one.identity.mended |= ours.mended;
            one.identity.noted |= ours.noted;
            one.identity.made_from = one.identity.made_from.take().or(ours.made_from);
            one.identity.saved = one.identity.saved.take().or(ours.saved);
        }
    }
    for keys in by_partner.values() {
        let of = |key: &Key| seen.get(key);
        let unchanged = |key: &&Key| {
            of(key).is_some_and(|new| {
                keys.iter().filter(|old| old != key).any(|old| {
                    let from_it = new.identity.made_from.as_deref() == Some(inputs[old.0].name());
                    let same = new.cells.is_some() && new.cells == of(old).and_then(|old| old.cells);
                    new.identity.mended && from_it && same
                })
            })
        };
        let found: Vec<Key> = keys.iter().filter(unchanged).copied().collect();
        for key in found {
            if let Some(one) = seen.get_mut(&key) {
                one.identity.unchanged = true;
            }
        }
    }
}

fn planned(seen: &BTreeMap<Key, Seen>, key: Key) -> Planned {
    let one = seen.get(&key).cloned().unwrap_or_default();
    Planned { key, sheets: one.sheets, identity: one.identity, ..Planned::default() }
}

/// The returns of one partner: those that are replaced come first, then the one that is used, then files that only hold
/// what it lacks.
fn of_partner(
    says_who: &BTreeSet<usize>,
    inputs: &[&dyn Input],
    seen: &BTreeMap<Key, Seen>,
    keys: Vec<Key>,
) -> Vec<Planned> {
    if keys.len() == 1 {
        return keys.into_iter().map(|key| planned(seen, key)).collect();
    }
    let none = BTreeSet::new();
    let tables = |key: &Key| seen.get(key).and_then(|one| one.tables.as_ref()).unwrap_or(&none);
    // What has no table, such as a letter beside the return, is refused later and stands in nobody's way.
    let (mut left, without): (Vec<Key>, Vec<Key>) = keys.into_iter().partition(|key| !tables(key).is_empty());
    let mut order: Vec<Planned> = without.into_iter().map(|key| planned(seen, key)).collect();
    let mut parts: Vec<Key> = Vec::new();
    while !left.is_empty() {
        let returns: Vec<_> = left
            .iter()
            .filter_map(|key| Some((file_id(key.0), inputs[key.0].name(), &seen.get(key)?.identity)))
            .collect();
        let key = left.remove(merge::choose(&returns).0);
        let known = |table: &usize| parts.iter().any(|part| tables(part).contains(table));
        let again = tables(&key).iter().any(|table| known(table) && !says_who.contains(table));
        if !parts.is_empty() && (again || tables(&key).iter().all(known)) {
            order.push(Planned { superseded: true, ..planned(seen, key) });
        } else {
            parts.push(key);
        }
    }
    let beside = |key: &Key| {
        let others: Vec<&Seen> =
            parts.iter().filter(|other| *other != key).filter_map(|other| seen.get(other)).collect();
        beside(&others, seen.get(key).is_some_and(|one| said_in_a_cell(&one.identity)))
    };
    order.extend(parts.iter().map(|key| Planned { beside: beside(key), ..planned(seen, *key) }));
    order
}

/// What a file of a return is told of the others.
fn beside(others: &[&Seen], has_cover: bool) -> Beside {
    let mut covers = others.iter().map(|other| &other.identity).filter(|identity| said_in_a_cell(identity));
    let unit = covers.next().map(|identity| (identity.unit, identity.rounded));
    Beside {
        template: others.iter().find_map(|other| other.identity.template.clone()),
        tables: others.iter().filter_map(|other| other.tables.as_ref()).flatten().copied().collect(),
        unit: unit.filter(|_| !has_cover),
    }
}

/// What is noticed of a file as a whole is told with the first of its returns that is used.
fn choose_speakers(order: &mut [Planned]) {
    let mut speakers: BTreeMap<usize, (bool, Key)> = BTreeMap::new();
    for one in &*order {
        let mine = (one.superseded, one.key);
        speakers.entry(one.key.0).and_modify(|best| *best = mine.min(*best)).or_insert(mine);
    }
    for one in order {
        one.speaks = speakers.get(&one.key.0).is_some_and(|(_, key)| *key == one.key);
    }
}
