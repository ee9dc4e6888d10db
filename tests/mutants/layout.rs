//! Operators on headings and columns: L01 to L15, L23.

use super::clean::{Column, Id, Kind, Look, Place, Role, number, text};
use super::dice::Dice;
use super::mutant::{Mutant, Spot, Want};
use super::operators::Operator;

pub const OPERATORS: &[Operator] = &[
    Operator { code: "L01", name: "more lines above", apply: title_block },
    Operator { code: "L02", name: "headings over two rows", apply: groups },
    Operator { code: "L03", name: "another name of a heading", apply: alias },
    Operator { code: "L04", name: "misspelt heading", apply: misspelt },
    Operator { code: "L05", name: "columns moved", apply: moved },
    Operator { code: "L05", name: "everything further right", apply: further_right },
    Operator { code: "L06", name: "extra column", apply: extra },
    Operator { code: "L07", name: "required column missing", apply: missing },
    Operator { code: "L11", name: "blank column", apply: blank_column },
    Operator { code: "L15", name: "hidden column", apply: hidden },
    Operator { code: "L23", name: "ranks in place of ratings", apply: ranks },
];

/// A table in rows: sheet and block; it must meet a condition.
pub fn table(
    m: &Mutant<'_>,
    dice: &mut Dice,
    fits: impl Fn(&'static str, usize) -> bool,
) -> Option<(usize, usize)> {
    let mut fitting = Vec::new();
    for (sheet, own) in m.returns[0].sheets.iter().enumerate() {
        for (block, tabled) in own.blocks.iter().enumerate().filter(|(_, block)| !block.form) {
            let rows = tabled.rows.iter().filter(|row| row.role == Role::Data).count();
            if !tabled.table.is_empty() && fits(tabled.table, rows) {
                fitting.push((sheet, block));
            }
        }
    }
    dice.pick(&fitting)
}

fn title_block(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let sheet = dice.below(m.returns[0].sheets.len());
    if !m.claim(&format!("above {sheet}")) {
        return None;
    }
    let lines = [
        "Plough Lane, Hereford",
        "Key: red, amber, green",
        "Please fill in the white cells",
        "Version for partners",
    ];
    let count = 1 + dice.below(lines.len());
    let block = &mut m.own().sheets[sheet].blocks[0];
    for line in &lines[..count] {
        block.above.push((*line).to_owned());
    }
    Some(())
}

fn groups(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let (sheet, block) = table(m, dice, |_, _| true)?;
    if !m.claim(&format!("column order {sheet} {block}")) {
        return None;
    }
    let own = &mut m.own().sheets[sheet].blocks[block];
    let ids: Vec<Id> = own.columns.iter().map(|column| column.id).collect();
    let first = dice.below(ids.len() - 1);
    let last = (first + 1 + dice.below(3)).min(ids.len() - 1);
    let words = dice.word(&["For the Business Unit", "To be filled in", "About this line", "Part two"]);
    own.groups.push((words.to_owned(), ids[first], ids[last]));
    Some(())
}

/// Other names that the schemas declare.
const ALIASES: [(&str, &str, &[&str]); 12] = [
    ("plan", "lead_post", &["SPOC", "Lead officer", "Responsible officer"]),
    ("plan", "target_date", &["By when", "Due date", "Deadline"]),
    ("plan", "progress", &["Update", "Progress update", "Q4 update"]),
    ("plan", "confidence", &["RAG rating", "R/A/G", "BRAG"]),
    ("plan", "direction", &["DoT", "Travel"]),
    ("plan", "ref", &["Action ref", "Ref no"]),
    ("plan", "success_measure", &["How we will know", "Measure of success"]),
    ("plan", "expected_impact", &["Intended impact", "Difference for children"]),
    ("contributions", "q1", &["Quarter 1", "Apr-Jun"]),
    ("contributions", "comment", &["Notes", "Comments"]),
    ("contributions", "paid_on", &["Date paid"]),
    ("spending", "q1", &["Actual › Q1"]),
];

fn alias(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let (table, field, names) = dice.pick(&ALIASES)?;
    let (.., column) = m.heading(dice, |own, column| own == table && column.field == field)?;
    m.own().column_mut(column).heading = dice.word(names).to_owned();
    m.answer("label-alias", "note", Spot::Head(column));
    Some(())
}

fn misspelt(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let fits = |_: &str, column: &Column| {
        column.heading.chars().filter(|letter| letter.is_alphabetic()).count() >= 9
            && column.heading.is_ascii()
            // A slip in *Action area* may make it as near to *Action ref*: then nothing is guessed.
            && !["reg5_function", "next_ref", "action_area"].contains(&column.field)
    };
    let (.., column) = m.heading(dice, fits)?;
    let heading = m.own().column_mut(column).heading.clone();
    let mut letters: Vec<char> = heading.chars().collect();
    let inner: Vec<usize> = (1..letters.len() - 2)
        .filter(|at| {
            letters[*at].is_alphabetic()
                && letters[*at + 1].is_alphabetic()
                && letters[*at] != letters[*at + 1]
        })
        .collect();
    let at = dice.pick(&inner)?;
    match dice.below(3) {
        0 => letters.swap(at, at + 1),
        1 => letters.insert(at, letters[at]),
        _ => {
            letters.remove(at);
        }
    }
    m.own().column_mut(column).heading = letters.into_iter().collect();
    m.answer("near-label", "query", Spot::Head(column));
    Some(())
}

fn moved(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let (sheet, block) = table(m, dice, |table, _| {
        !["contributions", "expenditure", "spending", "received"].contains(&table)
    })?;
    if !m.claim(&format!("column order {sheet} {block}")) {
        return None;
    }
    let mut columns = m.own().sheets[sheet].blocks[block].columns.clone();
    dice.shuffle(&mut columns);
    m.own().sheets[sheet].blocks[block].columns = columns;
    Some(())
}

fn further_right(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let sheet = dice.below(m.returns[0].sheets.len());
    if !m.claim(&format!("left {sheet}")) {
        return None;
    }
    m.own().sheets[sheet].left = 1 + u16::try_from(dice.below(4)).ok()?;
    Some(())
}

/// Puts a new column into a table at any place but the first.
fn insert(m: &mut Mutant<'_>, dice: &mut Dice, (sheet, block): (usize, usize), heading: &str) -> Id {
    let id = m.own().id();
    let columns = &mut m.own().sheets[sheet].blocks[block].columns;
    let place = 1 + dice.below(columns.len());
    let column = Column { id, field: "", heading: heading.to_owned(), kind: Kind::Other, required: false };
    columns.insert(place, column);
    id
}

fn extra(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let (sheet, block) = table(m, dice, |_, _| true)?;
    if !m.claim(&format!("column order {sheet} {block}")) {
        return None;
    }
    let heading = dice.word(&["CCG comments", "Our own reference number", "Cost centre", "Zone"]);
    let id = insert(m, dice, (sheet, block), heading);
    for row in m.own().sheets[sheet].blocks[block].rows.iter_mut().filter(|row| row.role == Role::Data) {
        row.cells.insert(id, text("Kept by us"));
    }
    m.answer("extra-label", "note", Spot::Head(id));
    Some(())
}

fn missing(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let fits = |_: &str, column: &Column| {
        ["success_measure", "expected_impact", "next_step", "themes", "basis", "data_status"]
            .contains(&column.field)
    };
    let mut fitting = Vec::new();
    for (sheet, own) in m.returns[0].sheets.iter().enumerate() {
        for (block, tabled) in own.blocks.iter().enumerate().filter(|(_, block)| !block.form) {
            let columns = tabled.columns.iter().filter(|column| fits(tabled.table, column));
            fitting.extend(columns.map(|column| (sheet, block, column.id, column.field)));
        }
    }
    let (sheet, block, column, field) = dice.pick(&fitting)?;
    if m.is_claimed(&format!("column order {sheet} {block}")) || !m.claim_column(column) {
        return None;
    }
    m.claim(&format!("column order {sheet} {block}"));
    let rows: Vec<Id> = m.own().sheets[sheet].blocks[block]
        .rows
        .iter()
        .filter(|row| row.role == Role::Data)
        .map(|row| row.id)
        .collect();
    for row in rows {
        m.wants.insert((row, field), Want::Blank);
    }
    m.own().sheets[sheet].blocks[block].columns.retain(|own| own.id != column);
    // It is told at the table's first heading.
    let id = m.returns[0].sheets[sheet].id;
    m.answer("missing-label", "query", Spot::On(id));
    Some(())
}

fn blank_column(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let (sheet, block) = table(m, dice, |_, _| true)?;
    if !m.claim(&format!("column order {sheet} {block}")) {
        return None;
    }
    insert(m, dice, (sheet, block), "");
    Some(())
}

fn hidden(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let (sheet, block) = table(m, dice, |_, _| true)?;
    if m.returns[0].sheets[sheet].blocks.len() > 1 || !m.claim(&format!("hidden column {sheet}")) {
        return None;
    }
    let columns: Vec<(Id, Kind)> = m.returns[0].sheets[sheet].blocks[block]
        .columns
        .iter()
        .filter(|column| matches!(column.kind, Kind::Text | Kind::Money | Kind::Plus | Kind::Date))
        .map(|column| (column.id, column.kind))
        .collect();
    let (column, kind) = dice.pick(&columns)?;
    let filled = m.returns[0]
        .places()
        .iter()
        .any(|place| place.column == column && m.returns[0].cell(*place).is_some());
    if !filled || !m.claim_column(column) {
        return None;
    }
    m.look(sheet, Look::HideColumn(column));
    let severity = if matches!(kind, Kind::Money | Kind::Plus) { "query" } else { "note" };
    m.answer("hidden-columns", severity, Spot::Head(column));
    Some(())
}

#[allow(clippy::cast_precision_loss, clippy::float_arithmetic, reason = "few rows")]
fn ranks(m: &mut Mutant<'_>, _: &mut Dice) -> Option<()> {
    let places: Vec<Place> =
        m.returns[0].places().into_iter().filter(|place| place.kind == Kind::Rating).collect();
    let first = *places.first()?;
    let free = places.iter().all(|place| !m.is_claimed(&format!("rating of {}", place.row)));
    let apart = places.iter().any(|place| place.column != first.column);
    if places.len() < 5 || !free || apart || !m.claim_column(first.column) {
        return None;
    }
    for (rank, place) in places.iter().enumerate() {
        m.claim(&format!("rating of {}", place.row));
        m.own().set(*place, number(rank as f64 + 1.0));
        m.want(*place, Want::Held);
    }
    m.answer("unlikely-column", "query", Spot::Head(first.column));
    Some(())
}
