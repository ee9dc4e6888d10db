//! The first look: who sent each file, which of two returns is used, and in which order they are merged.

use super::{Input, file_id, parse_context};
use crate::model::{Identity, IdentitySource, Origin, PartnerId};
use crate::round::Round;
use crate::schema::{Schema, TableSchema};
use crate::{locate, merge, parse, read};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// In which order files are merged, and which of them are not used because a partner sent another.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// Places of the inputs: partners in the round's order, of one partner's returns the one used last.
    pub order: Vec<usize>,
    /// Inputs that another of the same partner is to replace.
    pub superseded: BTreeSet<usize>,
    /// What files that are one return know of each other.
    pub beside: BTreeMap<usize, Beside>,
}

/// What the other files of a return hold.
#[derive(Debug, Default)]
pub(super) struct Beside {
    /// Tables of the schema that stand in another file.
    pub tables: BTreeSet<usize>,
    /// The unit that their cover states: power of ten, and whether it makes amounts rounded.
    pub unit: Option<(i8, bool)>,
    /// The template that one of them states.
    pub template: Option<(String, Origin)>,
}

/// Tables of the schema that say who sent a return.
pub(super) fn tables(schema: &Schema) -> BTreeSet<usize> {
    let fields = &schema.identity;
    [fields.agency, fields.period, fields.board, fields.template, fields.units, fields.completed]
        .into_iter()
        .flatten()
        .map(|field| field.table)
        .collect()
}

/// Looks at every input.
pub(super) fn plan(round: &Round, inputs: &[&dyn Input]) -> Plan {
    let wanted: Vec<&TableSchema> =
        tables(&round.schema).into_iter().map(|table| &round.schema.tables[table]).collect();
    let identities: Vec<Identity> = (0..inputs.len())
        .into_par_iter()
        .map(|place| {
            catch_unwind(AssertUnwindSafe(|| look(round, inputs[place], place, &wanted))).unwrap_or_default()
        })
        .collect();
    let mut by_partner: BTreeMap<PartnerId, Vec<usize>> = BTreeMap::new();
    let mut rest = Vec::new();
    for (place, identity) in identities.iter().enumerate() {
        match identity.partner {
            // A return for another period is refused, so it neither replaces another nor is replaced.
            Some(partner) if identity.period.is_none_or(|(period, _)| round.takes(period)) => {
                by_partner.entry(partner).or_default().push(place);
            }
            _ => rest.push(place),
        }
    }
    let mut plan = Plan::default();
    for places in by_partner.into_values() {
        plan_partner(round, inputs, &identities, places, &mut plan);
    }
    plan.order.extend(rest);
    plan
}

/// The returns of one partner: those that are replaced come first, then the one that is used, then files that only hold
/// what it lacks.
fn plan_partner(
    round: &Round,
    inputs: &[&dyn Input],
    identities: &[Identity],
    left: Vec<usize>,
    plan: &mut Plan,
) {
    let take_best = |left: &mut Vec<usize>| {
        let returns: Vec<_> =
            left.iter().map(|&place| (file_id(place), inputs[place].name(), &identities[place])).collect();
        let (best, _) = merge::choose(&returns);
        left.remove(best)
    };
    let mut parts = Vec::new();
    if left.len() == 1 {
        parts = left;
    } else {
        let says_who = tables(&round.schema);
        // What has no table, such as a letter beside the return, is refused later and stands in nobody's way.
        let tables_of = |place: usize| (place, tables_in(round, inputs[place], place));
        let (with, without): (Vec<_>, Vec<_>) =
            left.into_iter().map(tables_of).partition(|(_, tables)| !tables.is_empty());
        let mut left: Vec<usize> = with.iter().map(|(place, _)| *place).collect();
        let with: BTreeMap<usize, BTreeSet<usize>> = with.into_iter().collect();
        plan.order.extend(without.into_iter().map(|(place, _)| place));
        let mut found: Vec<(usize, BTreeSet<usize>)> = Vec::new();
        while !left.is_empty() {
            let place = take_best(&mut left);
            let tables = with.get(&place).cloned().unwrap_or_default();
            let known = |table: &usize| found.iter().any(|(_, tables)| tables.contains(table));
            let again = tables.iter().any(|table| known(table) && !says_who.contains(table));
            if !found.is_empty() && (again || tables.iter().all(known)) {
                plan.superseded.insert(place);
                plan.order.push(place);
            } else {
                parts.push(place);
                found.push((place, tables));
            }
        }
        know_each_other(&found, identities, plan);
    }
    plan.order.extend(parts);
}

/// Tells the files of one return what the others hold.
fn know_each_other(found: &[(usize, BTreeSet<usize>)], identities: &[Identity], plan: &mut Plan) {
    for (place, _) in found.iter().filter(|_| found.len() > 1) {
        let others = || found.iter().filter(|(other, _)| other != place);
        let covers =
            others().map(|(other, _)| &identities[*other]).filter(|identity| said_in_a_cell(identity));
        let unit = covers.map(|identity| (identity.unit, identity.rounded)).next();
        let beside = Beside {
            template: others().find_map(|(other, _)| identities[*other].template.clone()),
            tables: others().flat_map(|(_, tables)| tables).copied().collect(),
            unit: unit.filter(|_| !said_in_a_cell(&identities[*place])),
        };
        plan.beside.insert(*place, beside);
    }
}

/// Tables of the schema that a file has.
fn tables_in(round: &Round, input: &dyn Input, place: usize) -> BTreeSet<usize> {
    let located = || {
        let bytes = input.load().ok()?;
        input.try_out(&bytes).ok()?;
        let workbook = read::workbook(file_id(place), input.name(), &bytes, &|_| true).ok()?;
        Some(locate::tables(&workbook, &round.schema).iter().map(|layout| layout.table).collect())
    };
    catch_unwind(AssertUnwindSafe(located)).ok().flatten().unwrap_or_default()
}

/// Who sent a file: from the sheets that say so, else from all of it. Only where no sheet says so is its name enough.
fn look(round: &Round, input: &dyn Input, place: usize, wanted: &[&TableSchema]) -> Identity {
    let cx = parse_context(round);
    let by_name = || parse::identity(&[], input.name(), &cx);
    if wanted.is_empty() {
        let identity = by_name();
        if identity.partner.is_some() {
            return identity;
        }
    }
    let Ok(bytes) = input.load() else { return by_name() };
    if input.try_out(&bytes).is_err() {
        return by_name();
    }
    let names = |tab: &str| wanted.iter().any(|table| table.sheet.iter().any(|name| same_name(name, tab)));
    let partial = identity_in(round, input.name(), place, &bytes, &names);
    match partial {
        Some(identity) if identity.unknown_partner.is_some() || said_in_a_cell(&identity) => identity,
        _ => identity_in(round, input.name(), place, &bytes, &|_| true).unwrap_or_else(by_name),
    }
}

/// A cover that stands under another name is found only by looking everywhere, so a file's name is not enough.
fn said_in_a_cell(identity: &Identity) -> bool {
    matches!(identity.partner_from, Some(IdentitySource::Cell(_)))
}

fn identity_in(
    round: &Round,
    name: &str,
    place: usize,
    bytes: &[u8],
    wanted: &dyn Fn(&str) -> bool,
) -> Option<Identity> {
    let cx = parse_context(round);
    let workbook = read::workbook(file_id(place), name, bytes, wanted).ok()?;
    let layouts = locate::tables(&workbook, &round.schema);
    let tables: Vec<_> = layouts
        .into_iter()
        .filter_map(|layout| {
            let sheet = workbook.sheets.iter().find(|sheet| sheet.id() == layout.sheet)?;
            Some(parse::table(sheet, layout, &cx))
        })
        .collect();
    Some(parse::identity(&tables, name, &cx))
}

fn same_name(a: &str, b: &str) -> bool {
    let fold = |text: &str| text.trim().to_lowercase();
    fold(a) == fold(b)
}
