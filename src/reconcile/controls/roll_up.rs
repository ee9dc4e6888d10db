//! R16: the parts of a whole, such as a partner's streams, add to it.

use crate::model::Record;
use crate::reconcile::figure::Cast;
use crate::reconcile::part::Part;
use crate::reconcile::scene::{Results, Scene};
use std::collections::BTreeMap;

/// The fields by which wholes and their parts are told.
pub(super) struct Whole<'a> {
    pub(super) amount: usize,
    pub(super) by: &'a [usize],
    pub(super) part: usize,
    /// The word in `part` that marks the whole.
    pub(super) total: &'a str,
}

/// Tests every row that states a whole, and lists every one.
pub(super) fn test(scene: &Scene<'_>, whole: &Whole<'_>, results: &mut Results) {
    let field = scene.field(whole.amount);
    for table in scene.tables() {
        let mut parts: BTreeMap<Vec<Part<'_>>, Cast> = BTreeMap::new();
        let mut wholes: Vec<(Vec<Part<'_>>, &Record)> = Vec::new();
        for record in &table.records {
            let key = key(scene, whole, record);
            if is_whole(scene, whole, record) {
                wholes.push((key, record));
            } else if let Some(cell) = record.cells.get(whole.amount) {
                parts.entry(key).or_default().add(cell, field);
            }
        }
        for (key, record) in wholes {
            let Some(stated) = record.cells.get(whole.amount) else { continue };
            let mut cast = parts.get(&key).cloned().unwrap_or_default();
            if cast.counted == 0 && cast.is_whole() {
                cast.why = Some("The parts that should add up to it are not given.".to_owned());
            }
            let line = scene.line(record, whole.amount);
            results.list(scene.compare(line, stated, field, cast));
        }
    }
}

/// True if the record states a whole.
pub(super) fn is_whole(scene: &Scene<'_>, whole: &Whole<'_>, record: &Record) -> bool {
    Part::of(record.cells.get(whole.part)).is(whole.total, scene.field(whole.part), scene.round)
}

/// What the record's whole is called; a blank agency is the sender.
fn key<'a>(scene: &Scene<'_>, whole: &Whole<'_>, record: &'a Record) -> Vec<Part<'a>> {
    let parts = whole.by.iter().map(|&field| match Part::of(record.cells.get(field)) {
        Part::Blank if scene.field(field).kind == crate::schema::FieldType::Agency => {
            scene.sender().map_or(Part::Blank, Part::Agency)
        }
        part => part,
    });
    parts.collect()
}
