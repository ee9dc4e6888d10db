//! What is wrong in partners' own workbooks: the cell, its formula, and what the formula should be.

use super::cells::Item;
use super::context::{Context, Press};
use super::list::{Column, List};
use super::styles::Look;
use crate::error::Error;
use crate::model::{FormulaFault, FormulaFaultKind, PartnerId};
use rust_decimal::Decimal;
use rust_xlsxwriter::Worksheet;

/// The most cells that are named beside a formula.
const MOST_CELLS: usize = 12;

/// Makes the sheet.
pub(super) fn make(cx: &Context<'_>, press: &mut Press, output: usize) -> Result<Vec<Worksheet>, Error> {
    let mut page = cx.page(output);
    page.describe(
        "Formulas of the returns that are used. Nothing in them was changed; amounts are in pounds.",
    );
    let faults = &cx.data.formula_faults;
    let amounts = faults.iter().flat_map(|fault| [&fault.stored, &fault.recomputed, &fault.effect]);
    let look = Look::money(amounts.flatten());
    let columns = vec![
        Column::new("What", Look::Text),
        Column::new("Partner", Look::Text),
        Column::new("File", Look::Wrap),
        Column::new("Sheet", Look::Text),
        Column::new("Cell", Look::Centre),
        Column::new("Formula", Look::Wrap),
        Column::new("Should be", Look::Wrap),
        Column::new("Cells", Look::Wrap),
        Column::new("Saved result", look),
        Column::new("Without the fault", look),
        Column::new("Difference", look),
    ];
    let mut list = List::new(&mut press.book, page, &cx.styles, columns, Some(faults.len()))?;
    for fault in faults {
        let corrected = fault.corrected.as_ref().map(|text| format!("={text}"));
        let formula =
            if fault.formula.is_empty() { "(typed)".to_owned() } else { format!("={}", fault.formula) };
        let figure = |figure: Option<Decimal>| {
            figure.map_or(Item::Blank, |figure| Item::Number(figure.round_dp(6).normalize()))
        };
        let items = [
            Item::Text(fault.kind.words()),
            Item::Text(cx.partner(partner(cx, fault))),
            Item::Text(cx.data.places.file(fault.at.file)),
            Item::Text(cx.data.places.sheet(fault.at.file, fault.at.sheet)),
            Item::Owned(fault.at.cell.to_string()),
            Item::Owned(formula),
            corrected.map_or(Item::Blank, Item::Owned),
            Item::Owned(cells(cx, fault)),
            figure(fault.stored),
            figure(fault.recomputed),
            figure(fault.effect),
        ];
        list.push(&mut press.book, &items)?;
    }
    list.close()?;
    list.finish()
}

/// Who sent the return that the cell is in; a file may hold several.
fn partner(cx: &Context<'_>, fault: &FormulaFault) -> Option<PartnerId> {
    let of_file = cx.data.returns.iter().filter(|info| info.file == fault.at.file);
    let has_sheet =
        of_file.clone().find(|info| info.sheets.iter().any(|sheet| sheet.sheet == fault.at.sheet));
    has_sheet.or_else(|| of_file.clone().next())?.identity.partner
}

/// The cells that a fault is about, with their sheet where that is another.
fn cells(cx: &Context<'_>, fault: &FormulaFault) -> String {
    if matches!(fault.kind, FormulaFaultKind::OddOneOut | FormulaFaultKind::TypedTotal) {
        // The cells are neighbours, which are like the formula that it should be.
        return String::new();
    }
    let shown = fault.cells.iter().take(MOST_CELLS).map(|at| {
        if at.sheet == fault.at.sheet {
            at.cell.to_string()
        } else {
            format!("{}!{}", cx.data.places.sheet(at.file, at.sheet), at.cell)
        }
    });
    let shown: Vec<String> = shown.collect();
    let more = fault.cells.len().saturating_sub(shown.len());
    if more > 0 { format!("{} and {more} more", shown.join(", ")) } else { shown.join(", ") }
}
