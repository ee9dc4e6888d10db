//! Operators on rows as lines of a sheet: L08 to L22.

use super::clean::{Id, Kind, Look, Role, Row, said, text};
use super::dice::Dice;
use super::layout::table;
use super::mutant::{Mutant, Spot};
use super::operators::Operator;
use std::collections::BTreeMap;

pub const OPERATORS: &[Operator] = &[
    Operator { code: "L08", name: "sub-headings in place of a column", apply: subheadings },
    Operator { code: "L09", name: "headings again", apply: headings_again },
    Operator { code: "L10", name: "merged downwards", apply: merged_down },
    Operator { code: "L11", name: "blank rows", apply: blank_rows },
    Operator { code: "L12", name: "total row under another name", apply: total },
    Operator { code: "L14", name: "hidden row", apply: hidden_row },
    Operator { code: "L14", name: "hidden row under a filter", apply: filtered_row },
    Operator { code: "L14", name: "hidden line of a form", apply: hidden_line },
    Operator { code: "L16", name: "rows in another order", apply: another_order },
    Operator { code: "L21", name: "struck through", apply: struck },
    Operator { code: "L22", name: "notes below", apply: notes },
];

pub fn blank(id: Id, role: Role) -> Row {
    Row { id, role, cells: BTreeMap::new(), field: "", kind: Kind::Other }
}

/// Takes the order of a table's rows.
pub fn order(m: &mut Mutant<'_>, (sheet, block): (usize, usize)) -> bool {
    m.claim(&format!("row order {sheet} {block}"))
}

fn is_ordered(m: &Mutant<'_>, (sheet, block): (usize, usize)) -> bool {
    m.is_claimed(&format!("row order {sheet} {block}"))
}

fn subheadings(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let at = table(m, dice, |table, _| table == "plan")?;
    let own = &m.returns[0].sheets[at.0].blocks[at.1];
    let filled = own.columns.iter().find(|column| column.field == "development_area")?.id;
    let taken = is_ordered(m, at) || m.is_claimed(&format!("column order {} {}", at.0, at.1));
    if taken || !m.claim_column(filled) {
        return None;
    }
    order(m, at);
    m.claim(&format!("column order {} {}", at.0, at.1));
    let mut before = String::new();
    let mut rows = Vec::new();
    for row in m.own().sheets[at.0].blocks[at.1].rows.clone() {
        let words = row.cells.get(&filled).map(said).unwrap_or_default();
        if row.role == Role::Data && words != before {
            let mut heading = blank(m.own().id(), Role::Subheading);
            let first = m.returns[0].sheets[at.0].blocks[at.1].columns[0].id;
            heading.cells.insert(first, text(&words));
            rows.push(heading);
            before = words;
        }
        rows.push(row);
    }
    let block = &mut m.own().sheets[at.0].blocks[at.1];
    block.rows = rows;
    block.columns.retain(|column| column.id != filled);
    Some(())
}

fn headings_again(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let at = table(m, dice, |_, rows| rows >= 3)?;
    if !order(m, at) {
        return None;
    }
    let row = blank(m.own().id(), Role::Headings);
    let rows = &mut m.own().sheets[at.0].blocks[at.1].rows;
    let place = 1 + dice.below(rows.len() - 1);
    rows.insert(place, row);
    Some(())
}

fn merged_down(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let places: Vec<_> =
        m.returns[0].places().into_iter().filter(|place| place.field == "lead_post").collect();
    let runs: Vec<_> = places
        .windows(3)
        .filter(|run| {
            run.iter().all(|place| place.column == run[0].column && m.value(*place) == m.value(run[0]))
        })
        .map(<[_]>::to_vec)
        .collect();
    let run = dice.pick(&runs)?;
    let at = (run[0].sheet, run[0].block);
    if is_ordered(m, at) {
        return None;
    }
    for place in &run {
        if !m.claim_cell(*place) {
            return None;
        }
    }
    order(m, at);
    for place in &run[1..] {
        m.own().clear(*place);
    }
    m.look(at.0, Look::MergeDown(run[0].column, run[0].row, run[2].row));
    m.answer("merged-down", "note", Spot::Cell(run[0].row, run[0].column));
    Some(())
}

fn blank_rows(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let at = table(m, dice, |_, rows| rows >= 2)?;
    if !order(m, at) {
        return None;
    }
    for _ in 0..=dice.below(3) {
        let row = blank(m.own().id(), Role::Blank);
        let rows = &mut m.own().sheets[at.0].blocks[at.1].rows;
        let place = 1 + dice.below(rows.len() - 1);
        rows.insert(place, row);
    }
    Some(())
}

fn total(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let at =
        table(m, dice, |table, _| ["contributions", "expenditure", "spending", "received"].contains(&table))?;
    if !m.claim(&format!("total {} {}", at.0, at.1)) {
        return None;
    }
    let name = m.returns[0].sheets[at.0].blocks[at.1].table;
    let words = if ["contributions", "expenditure"].contains(&name) {
        dice.word(&["TOTAL", "Total:", "Grand total", "total ", "Grand Total"])
    } else {
        dice.word(&["TOTAL", "Total:", "total "])
    };
    let row = m.own().sheets[at.0].blocks[at.1].rows.iter_mut().find(|row| row.role == Role::Total)?;
    let label = *row.cells.iter().find(|(_, cell)| said(cell) == "Total")?.0;
    row.cells.insert(label, text(words));
    Some(())
}

fn hide(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<(usize, usize, Id)> {
    let (sheet, block, row) = m.any_row(dice, |_, rows| rows >= 2)?;
    if is_ordered(m, (sheet, block)) {
        return None;
    }
    order(m, (sheet, block));
    m.look(sheet, Look::HideRow(row));
    m.answer("hidden-rows", "query", Spot::Row(row));
    Some((sheet, block, row))
}

fn hidden_row(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    hide(m, dice).map(|_| ())
}

fn filtered_row(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let (sheet, block, _) = hide(m, dice)?;
    let column = m.returns[0].sheets[sheet].blocks[block].columns[0].id;
    m.look(sheet, Look::Filter(column));
    Some(())
}

fn hidden_line(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let place = m.cell(dice, |place, cell| ["cover", "form"].contains(&place.table) && cell.is_some())?;
    if !m.claim("hidden lines") {
        return None;
    }
    m.look(place.sheet, Look::HideRow(place.row));
    m.answer("hidden-rows", "query", Spot::Cell(place.row, place.column));
    Some(())
}

fn another_order(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let at = table(m, dice, |table, rows| {
        rows >= 2 && !["spending", "received", "streams", "expenditure"].contains(&table)
    })?;
    if !order(m, at) {
        return None;
    }
    let mut rows = m.own().sheets[at.0].blocks[at.1].rows.clone();
    if rows.iter().any(|row| row.role != Role::Data) {
        return None;
    }
    dice.shuffle(&mut rows);
    m.own().sheets[at.0].blocks[at.1].rows = rows;
    Some(())
}

fn struck(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let place = m.cell(dice, |place, cell| {
        matches!(place.kind, Kind::Text | Kind::Update | Kind::Date | Kind::Post) && cell.is_some()
    })?;
    m.look(place.sheet, Look::Strike(place.row, place.column));
    m.answer("struck-through", "query", Spot::Cell(place.row, place.column));
    Some(())
}

fn notes(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let at = table(m, dice, |_, _| true)?;
    let last = m.returns[0].sheets[at.0].blocks.len() - 1;
    if at.1 != last || !m.claim(&format!("notes {}", at.0)) || m.is_claimed("plan refs") {
        return None;
    }
    let lines = [
        "Figures are provisional until the accounts close.",
        "Prepared by the Partnership Officer",
        "Please telephone if anything is not clear",
    ];
    let gap = blank(m.own().id(), Role::Blank);
    m.own().sheets[at.0].blocks[at.1].rows.push(gap);
    for line in &lines[..=dice.below(lines.len())] {
        let mut note = blank(m.own().id(), Role::Note);
        let first = m.returns[0].sheets[at.0].blocks[at.1].columns[0].id;
        note.cells.insert(first, text(line));
        m.own().sheets[at.0].blocks[at.1].rows.push(note);
    }
    m.answer("notes-below", "note", Spot::Sheet(m.returns[0].sheets[at.0].id));
    Some(())
}
