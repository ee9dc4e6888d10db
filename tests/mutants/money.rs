//! Operators on amounts: C40 to C50, and cells that are formulas: F13, F20.

use super::board::pennies;
use super::clean::{Kind, Look, Place, number, said, text};
use super::dice::Dice;
use super::mutant::{Fate, Mutant, Spot, Want};
use super::operators::Operator;
use crate::support::cells::Cell;
use quarterday::model::ErrorValue;

pub const OPERATORS: &[Operator] = &[
    Operator { code: "C40", name: "amount as text", apply: as_text },
    Operator { code: "C41", name: "thousands in a cell", apply: thousands },
    Operator { code: "C41", name: "thousands in the heading", apply: thousands_heading },
    Operator { code: "C42", name: "minus", apply: minus },
    Operator { code: "C43", name: "two amounts", apply: two_amounts },
    Operator { code: "C44", name: "no amount", apply: no_amount },
    Operator { code: "C45", name: "nil", apply: nil },
    Operator { code: "C46", name: "error value", apply: error_value },
    Operator { code: "C47", name: "two partners on a line", apply: two_partners },
    Operator { code: "C48", name: "pennies hidden", apply: pennies_hidden },
    Operator { code: "C49", name: "percentage", apply: percentage },
    Operator { code: "C50", name: "narrative", apply: narrative },
    Operator { code: "F13", name: "figure from another file", apply: linked },
    Operator { code: "F20", name: "formula without a result", apply: uncached },
];

/// An amount that adds into a total which is told apart, and its pounds.
fn amount(m: &mut Mutant<'_>, dice: &mut Dice, fits: impl Fn(Kind, f64) -> bool) -> Option<(Place, f64)> {
    let place = m.cell(dice, |place, cell| {
        matches!(place.kind, Kind::Money | Kind::Plus)
            && matches!(cell, Some(Cell::Number(pounds)) if fits(place.kind, *pounds))
    })?;
    let Some(Cell::Number(pounds)) = m.value(place) else { return None };
    Some((place, pounds))
}

/// `1,234.50`, without pennies where there are none.
fn grouped(pounds: f64) -> String {
    let all = pennies(pounds);
    let (whole, rest) = ((all / 100).to_string(), all % 100);
    let mut text = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    if rest == 0 { text } else { format!("{text}.{rest:02}") }
}

fn as_text(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let (place, pounds) = amount(m, dice, |_, pounds| pounds > 0.0)?;
    let want = Want::Is(pounds.to_string());
    let shown = grouped(pounds);
    let plain = pounds.to_string();
    match dice.below(5) {
        0 => m.typed(place, text(&format!("£{shown} ")), want, "number-as-text", "note"),
        1 => m.typed(place, text(&format!("£ {shown}")), want, "number-as-text", "note"),
        2 => m.typed(place, text(&format!("GBP {shown}")), want, "number-as-text", "note"),
        3 => m.typed(place, text(&format!("£{shown} paid")), want, "value-normalised", "note"),
        _ => m.typed(place, text(&plain), want, "number-as-text", "note"),
    }
    Some(())
}

#[allow(clippy::float_arithmetic, reason = "a workbook holds its amounts so")]
fn thousands(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let (place, pounds) = amount(m, dice, |_, pounds| pounds >= 1000.0 && pounds % 100.0 == 0.0)?;
    let thousands = pounds / 1000.0;
    let typed = format!("{}{thousands}{}", dice.word(&["£", ""]), dice.word(&["k", "K"]));
    m.typed(place, text(&typed), Want::Is(pounds.to_string()), "coarse-amount", "note");
    Some(())
}

#[allow(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "a workbook holds its amounts so")]
fn thousands_heading(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let (sheet, block, column) = m.heading(dice, |table, column| {
        matches!(column.kind, Kind::Money | Kind::Plus) && ["expenditure", "contributions"].contains(&table)
    })?;
    if !m.claim(&format!("column order {sheet} {block}")) {
        return None;
    }
    let own = &m.returns[0].sheets[sheet].blocks[block];
    let cells: Vec<_> =
        own.rows.iter().filter(|row| row.cells.contains_key(&column)).map(|row| row.id).collect();
    let places: Vec<Place> =
        m.returns[0].places().into_iter().filter(|place| place.column == column).collect();
    for place in &places {
        if !m.claim_cell(*place) {
            return None;
        }
    }
    for &row in &cells {
        if let Some(Cell::Number(pounds)) = m.own().row_mut(row).cells.get_mut(&column) {
            *pounds = pennies(*pounds) as f64 / 100_000.0;
        }
    }
    let suffix = dice.word(&[" (£000)", " £000", " £'000", " (£k)"]);
    m.own().column_mut(column).heading.push_str(suffix);
    m.answer("coarse-amount", "note", Spot::Cell(places.first()?.row, column));
    for row in cells {
        m.aside("coarse-amount", Spot::Cell(row, column));
    }
    Some(())
}

#[allow(clippy::float_arithmetic, reason = "a workbook holds its amounts so")]
fn minus(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let (place, pounds) = amount(m, dice, |kind, pounds| kind == Kind::Plus && pounds > 0.0)?;
    let shown = grouped(pounds);
    let cell = match dice.below(5) {
        0 => number(-pounds),
        1 => text(&format!("({shown})")),
        2 => text(&format!("{shown}-")),
        3 => text(&format!("£{shown} CR")),
        _ => text(&format!("-£{shown}")),
    };
    m.typed(place, cell, Want::Held, "minus-amount", "query");
    Some(())
}

fn two_amounts(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let (place, pounds) = amount(m, dice, |_, pounds| pounds > 0.0)?;
    let shown = grouped(pounds);
    let typed = match dice.below(3) {
        0 => format!("£{shown} paid Jan, £500 to follow"),
        1 => format!("{shown} / 600"),
        _ => format!("£{shown} and £75 expenses"),
    };
    m.typed(place, text(&typed), Want::Held, "two-amounts", "query");
    Some(())
}

fn no_amount(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let place = m.cell(dice, |place, cell| {
        matches!(place.kind, Kind::Money | Kind::Plus) && cell.is_some() && place.required
    })?;
    m.own().clear(place);
    m.want(place, Want::Blank);
    m.answer("constraint-error", "query", Spot::Cell(place.row, place.column));
    Some(())
}

fn nil(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let (place, _) = amount(m, dice, |_, pounds| pounds == 0.0)?;
    let typed = dice.word(&["nil", "-", "Nil", "NIL", "–", "£nil", "zero"]);
    m.typed(place, text(typed), Want::Is("0".to_owned()), "value-normalised", "note");
    Some(())
}

fn error_value(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let (place, _) = amount(m, dice, |_, _| true)?;
    let error = dice.word(&["#REF!", "#VALUE!", "#N/A", "#DIV/0!", "#NAME?"]);
    m.typed(place, Cell::Error(ErrorValue::from_text(error)?), Want::Held, "formula-error", "query");
    Some(())
}

fn two_partners(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let (.., row) = m.any_row(dice, |table, _| table == "contributions")?;
    let place =
        m.returns[0].places().into_iter().find(|place| place.row == row && place.field == "agency")?;
    let name = said(&m.value(place)?);
    let between = dice.word(&[" and ", " / ", " & "]);
    m.own().set(place, text(&format!("{name}{between}CAFCASS")));
    m.fates.insert(row, Fate::Held);
    m.answer("two-values", "query", Spot::Cell(row, place.column));
    super::operators::money_consequences(m);
    Some(())
}

fn pennies_hidden(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let (place, _) = amount(m, dice, |_, pounds| pennies(pounds) % 100 != 0)?;
    if !m.claim(&format!("pennies {}", place.table)) {
        return None;
    }
    m.look(place.sheet, Look::Format(place.row, place.column, dice.word(&["#,##0", "£#,##0", "0"])));
    m.answer("pennies-hidden", "note", Spot::Cell(place.row, place.column));
    Some(())
}

fn percentage(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let (place, _) = amount(m, dice, |_, _| true)?;
    let cell = if dice.one_in(2) {
        text(dice.word(&["61%", "61.01 %", "100%"]))
    } else {
        m.look(place.sheet, Look::Format(place.row, place.column, "0%"));
        number(0.61)
    };
    m.typed(place, cell, Want::Held, "percent-in-money", "query");
    Some(())
}

fn narrative(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let (place, _) = amount(m, dice, |_, _| true)?;
    let typed = dice.word(&["as last year", "see attached", "not yet invoiced", "awaiting confirmation"]);
    m.typed(place, text(typed), Want::Held, "type-error", "query");
    Some(())
}

fn linked(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let (place, pounds) = amount(m, dice, |_, _| true)?;
    if !m.claim("linked") {
        return None;
    }
    let formula = dice.word(&["'[Ledger 2013.xlsx]Sheet1'!B4", "[1]Ledger!$C$7", "'[1]Year end'!D12"]);
    let cell = Cell::Formula(formula.to_owned(), Some(Box::new(number(pounds))));
    m.own().set(place, cell);
    m.answer("linked-workbook", "query", Spot::Cell(place.row, place.column));
    Some(())
}

fn uncached(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let (place, _) = amount(m, dice, |_, _| true)?;
    m.typed(
        place,
        Cell::Formula(dice.word(&["SUM(Z1:Z3)", "Z1*4", "Z1+Z2"]).to_owned(), None),
        Want::Held,
        "formula-uncached",
        "query",
    );
    Some(())
}
