//! Operators on rows as entries of the plan and of the accounts: L13 to L24, and rows for another board (F09).

use super::clean::{Id, Kind, Role, Row, said, text};
use super::dice::Dice;
use super::layout::table;
use super::lines::{blank, order};
use super::mutant::{Fate, Mutant, Spot, Want};
use super::operators::Operator;
use crate::support::cells::Cell;
use std::collections::BTreeMap;

pub const OPERATORS: &[Operator] = &[
    Operator { code: "L13", name: "the same list twice on a sheet", apply: twice },
    Operator { code: "L17", name: "a row of their own", apply: own_row },
    Operator { code: "L18", name: "rows missing", apply: missing },
    Operator { code: "L19", name: "the same ref twice", apply: repeated },
    Operator { code: "L20", name: "the ref of one and the words of another", apply: other_words },
    Operator { code: "L24", name: "the list goes on over another sheet", apply: goes_on },
    Operator { code: "F09", name: "rows of another board", apply: other_board },
];

fn twice(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let at = table(m, dice, |table, rows| table == "plan" && rows >= 3)?;
    let noted = m.is_claimed(&format!("notes {}", at.0));
    if noted || !order(m, at) || !m.claim("plan refs") {
        return None;
    }
    let own = &m.returns[0].sheets[at.0].blocks[at.1];
    let copies: Vec<Row> = own.rows.iter().filter(|row| row.role == Role::Data).take(2).cloned().collect();
    for copy in &copies {
        if !m.claim_row(copy.id) {
            return None;
        }
    }
    let key = m.returns[0].sheets[at.0].blocks[at.1].columns.iter().find(|column| column.field == "ref")?.id;
    let mut more = vec![blank(m.own().id(), Role::Blank), blank(m.own().id(), Role::Headings)];
    for copy in copies {
        let id = m.own().id();
        more.push(Row { id, ..copy });
        m.claim_row(id);
        m.fates.insert(id, Fate::Held);
        m.answer("repeated-entry", "query", Spot::Cell(id, key));
    }
    m.own().sheets[at.0].blocks[at.1].rows.extend(more);
    Some(())
}

/// Puts a copy of a plan row behind any row, changed; gives its name.
fn copy(m: &mut Mutant<'_>, dice: &mut Dice, change: &[(&str, &str)]) -> Option<(Id, Id)> {
    let (sheet, block, row) = m.any_row(dice, |table, _| table == "plan")?;
    if !order(m, (sheet, block)) {
        return None;
    }
    let mut copy = m.returns[0].row(row).clone();
    copy.id = m.own().id();
    let columns = m.returns[0].sheets[sheet].blocks[block].columns.clone();
    for (field, words) in change {
        let column = columns.iter().find(|column| column.field == *field)?.id;
        copy.cells.insert(column, text(words));
    }
    let key = columns.iter().find(|column| column.field == "ref")?.id;
    let id = copy.id;
    let rows = &mut m.own().sheets[sheet].blocks[block].rows;
    // A copy must stand below what it copies, which must stay what is merged.
    let from = rows.iter().position(|other| other.id == row)?;
    let last = rows.iter().rposition(|other| other.role == Role::Data)?;
    let place = from + 1 + dice.below(last - from + 1);
    rows.insert(place, copy);
    m.fates.insert(id, Fate::Held);
    m.claim_row(id);
    Some((id, key))
}

fn own_row(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    if m.is_claimed("plan refs") {
        return None;
    }
    let reference = dice.word(&["9.9.1", "7.1", "1.1.9.9"]);
    let change = [("ref", reference), ("action", "Something that we do of our own accord")];
    let (id, key) = copy(m, dice, &change)?;
    m.answer("unexpected-row", "query", Spot::Cell(id, key));
    Some(())
}

fn missing(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let at = table(m, dice, |table, rows| table == "plan" && rows >= 4)?;
    if !m.claim("plan refs") || m.is_claimed("rows missing") {
        return None;
    }
    let mut refs = Vec::new();
    for _ in 0..=dice.below(3) {
        let Some((.., row)) = m.any_row(dice, |table, _| table == "plan") else { break };
        let key =
            m.returns[0].sheets[at.0].blocks[at.1].columns.iter().find(|column| column.field == "ref")?.id;
        refs.push(said(&m.returns[0].row(row).cells[&key]));
        m.own().sheets[at.0].blocks[at.1].rows.retain(|own| own.id != row);
        m.fates.insert(row, Fate::Gone);
    }
    let entries = &m.base.round.plan.entries;
    let line = entries.iter().find(|entry| entry.cells.iter().any(|cell| refs.contains(cell)))?.line;
    let place = format!("plan {line} {}", m.returns[0].partner);
    m.answer("expected-row-missing", "query", Spot::Words(place));
    Some(())
}

fn repeated(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    if m.is_claimed("plan refs") {
        return None;
    }
    let change: &[(&str, &str)] =
        if dice.one_in(2) { &[("progress", "Another account of the same work")] } else { &[] };
    let (id, key) = copy(m, dice, change)?;
    m.claim("plan refs");
    m.answer("repeated-entry", "query", Spot::Cell(id, key));
    Some(())
}

fn goes_on(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let at = table(m, dice, |table, rows| table == "plan" && rows >= 6)?;
    let columns = format!("column order {} {}", at.0, at.1);
    let rows = &m.returns[0].sheets[at.0].blocks[at.1].rows;
    if rows.iter().any(|row| m.is_claimed(&format!("rating of {}", row.id)))
        || m.is_claimed(&columns)
        || m.is_claimed("plan refs")
        || m.is_claimed(&format!("notes {}", at.0))
        || !order(m, at)
    {
        return None;
    }
    let (name, below) = (dice.word(&["Plan (2)", "Plan continued", "Plan 2"]), 2 + dice.below(3));
    for claim in [columns.as_str(), "plan refs", &format!("notes {}", at.0)] {
        m.claim(claim);
    }
    // Columns have their places on the first sheet: those of the second are its own.
    let own = m.own();
    let mut block = own.sheets[at.0].blocks[at.1].clone();
    block.above.clear();
    block.rows = own.sheets[at.0].blocks[at.1].rows.split_off(block.rows.len() - below);
    let renamed: BTreeMap<Id, Id> = block.columns.iter().map(|column| (column.id, own.id())).collect();
    for column in &mut block.columns {
        column.id = renamed[&column.id];
    }
    for row in &mut block.rows {
        row.cells =
            std::mem::take(&mut row.cells).into_iter().map(|(id, cell)| (renamed[&id], cell)).collect();
    }
    let (rows, sheet) = (block.rows.clone(), own.sheet(name));
    own.sheets[sheet].blocks.push(block);
    let id = own.sheets[sheet].id;
    m.claim(&format!("column order {sheet} 0"));
    for row in rows {
        if !m.claim_row(row.id) {
            return None;
        }
    }
    m.answer("second-sheet", "query", Spot::Sheet(id));
    Some(())
}

fn other_words(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let place = m.filled(dice, Kind::Title)?;
    let words = dice.word(&[
        "Private fostering: raise awareness in schools",
        "Look after the website",
        "Recruit two lay members",
    ]);
    m.typed(place, text(words), Want::Is(words.to_owned()), "different-wording", "query");
    Some(())
}

#[allow(clippy::float_arithmetic, reason = "a workbook holds its amounts so")]
fn other_board(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let at = table(m, dice, |table, _| table == "contributions")?;
    let taken = m.returns[0].places().iter().any(|place| {
        place.table == "contributions"
            && !matches!(m.value(*place), Some(Cell::Number(_) | Cell::Text(_) | Cell::Date(_)) | None)
    });
    if taken || m.is_claimed("other boards") || m.is_claimed(&format!("total {} {}", at.0, at.1)) {
        return None;
    }
    m.claim("other boards");
    let own = m.returns[0].sheets[at.0].blocks[at.1].clone();
    let board = own.columns.iter().find(|column| column.field == "board")?.id;
    let mut row = own.rows.iter().find(|row| row.role == Role::Data)?.clone();
    if !m.claim_row(row.id) {
        return None;
    }
    row.id = m.own().id();
    row.cells.insert(board, text(dice.word(&["SSCB", "Shropshire Safeguarding Children Board", "WSCB"])));
    let id = row.id;
    m.claim_row(id);
    m.aside("synonym-used", Spot::Cell(id, board));
    let block = &mut m.own().sheets[at.0].blocks[at.1];
    // The total counts the row, as the sender's own sheet does.
    let total = block.rows.iter_mut().find(|row| row.role == Role::Total)?;
    for (column, cell) in &mut total.cells {
        if let (Cell::Number(sum), Some(Cell::Number(more))) = (cell, row.cells.get(column)) {
            *sum += more;
        }
    }
    let place = block.rows.iter().position(|row| row.role == Role::Total)?;
    block.rows.insert(place, row);
    m.fates.insert(id, Fate::Held);
    m.answer("other-board", "note", Spot::Cell(id, board));
    Some(())
}
