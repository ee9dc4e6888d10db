//! `recommendations.csv`: what inspectors recommended.

use super::{Round, csv};
use crate::error::{Error, Mistake};
use crate::model::fold;
use crate::schema::words;
use std::collections::BTreeMap;
use std::path::Path;

/// One line of `recommendations.csv`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recommendation {
    /// Its line in the file (one-based, headings are line 1).
    pub line: u32,
    /// How plan.csv refers to it.
    pub reference: String,
    /// Who made it; blank if the file has no such column.
    pub source: String,
    /// What was recommended; blank if the file has no such column.
    pub words: String,
}

/// Reads `recommendations.csv` if it is there.
pub(super) fn load(
    folder: &Path,
    round: &Round,
    mistakes: &mut Vec<Mistake>,
) -> Result<Vec<Recommendation>, Error> {
    let Some(csv) = csv::read_if_there(&folder.join("recommendations.csv"), mistakes)? else {
        return Ok(Vec::new());
    };
    let columns = round.schema.register_table().map(|(_, table)| &table.columns);
    match columns.and_then(|columns| columns.recommendation.as_ref()) {
        None => {
            let message =
                "The schema does not say which column of plan.csv names a recommendation.".to_owned();
            let hint = "Write it beside the key: register = { key = …, recommendation = \"source_ref\" }.";
            mistakes.push(csv.at_heading(None, message, Some(hint.to_owned())));
        }
        Some(column) if round.plan.heading(column).is_none() && !round.plan.headings.is_empty() => {
            let message = format!("plan.csv has no column {column}, which would name a recommendation.");
            let known: Vec<&str> = round.plan.headings.iter().map(String::as_str).collect();
            mistakes.push(csv.at_heading(None, message, words::hint(column, &known)));
        }
        Some(_) => {}
    }
    let Some(reference) = csv.column("ref") else {
        let message = "There is no column ref.".to_owned();
        mistakes.push(csv.at_heading(None, message, words::hint("ref", &csv.known())));
        return Ok(Vec::new());
    };
    let (source, said) = (csv.column("source"), csv.column("recommendation"));
    let mut seen: BTreeMap<(String, String), u32> = BTreeMap::new();
    let mut list = Vec::new();
    for row in &csv.rows {
        let cell = |column: Option<usize>| column.map_or("", |column| row.cell(column)).to_owned();
        let one = Recommendation {
            line: row.line,
            reference: row.cell(reference).to_owned(),
            source: cell(source),
            words: cell(said),
        };
        if one.reference.is_empty() {
            mistakes.push(csv.at(row, reference, "The ref of this row is blank.".to_owned(), None));
            continue;
        }
        if let Some(line) = seen.insert((fold(&one.source), fold(&one.reference)), row.line) {
            let message = format!("{} stands on line {line} already.", one.reference);
            mistakes.push(csv.at(row, reference, message, None));
            continue;
        }
        list.push(one);
    }
    Ok(list)
}
