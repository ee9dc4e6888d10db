//! The formula of a total is at fault: it stops short, counts twice, or passes over text.
//!
//! ## How it shows
//!
//! The workbook's own formula shows it. A range that was not widened when a row was added is the most common case.
//!
//! ## Example
//!
//! ```ledger
//! table,agency,stream,line,actual
//! spending,,,Staff,400
//! spending,,,Travel,50
//! spending,,,Rooms,75
//! ```
//! ```file council.xlsx
//! ```
//! ```sheet Spending
//! A1: Budget line | Actual | Committed
//! A2: Staff | 400
//! A3: Travel | 50
//! A4: Rooms | 75
//! A5: Total | =SUM(B2:B3) -> 450
//! ```
//! ```explained
//! Wyevale Council, Total · actual: £450 against £525
//!   formula-at-fault: The formula in B5 leaves out Rooms (B4), £75 in all. It should be =SUM(B2:B4).
//!   left-out: The total is without Rooms, actual (B4): £75.
//! ```
//!
//! ## What to do
//!
//! Correct the range in the workbook. The rows themselves are merged as they stand.
use super::figures::whole;
use super::{Case, Cause, Claim, Hypothesis};
use crate::model::{Evidence, FormulaFault, FormulaFaultKind, pounds};
use rust_decimal::Decimal;

pub(super) struct Formula;

pub(super) const CAUSE: Cause = Cause { name: "formula-at-fault", source: include_str!("formula.rs") };

impl Hypothesis for Formula {
    fn cause(&self) -> &'static Cause {
        &CAUSE
    }

    fn whole(&self, case: &Case<'_>, off: Decimal, claims: &mut Vec<Claim>) {
        let Some(term) = case.stated() else { return };
        for fault in term.own.faults.iter().filter(|fault| fault.at == term.figure.at) {
            let Some(effect) = fault.effect.filter(|effect| !effect.is_zero()) else { continue };
            // What leaves more than there was is no cause of it.
            if effect != off && (off - effect).abs() >= off.abs() {
                continue;
            }
            let mut cells = vec![fault.at];
            cells.extend(&fault.cells);
            claims.push(whole(Evidence::Shown, effect, cells, said(case, fault, effect)));
        }
    }
}

/// Most cells that are named.
const MOST_NAMED: usize = 3;

fn said(case: &Case<'_>, fault: &FormulaFault, effect: Decimal) -> String {
    let named: Vec<String> = fault.cells.iter().take(MOST_NAMED).map(|at| named(case, *at)).collect();
    let more = fault.cells.len().saturating_sub(MOST_NAMED);
    let mut cells = named.join(", ");
    if more > 0 {
        cells = format!("{cells} and {more} more");
    }
    let (total, amount) = (fault.at.cell, pounds(effect.abs().round_dp(2)));
    let what = match fault.kind {
        FormulaFaultKind::RangeTooShort => {
            format!("The formula in {total} leaves out {cells}, {amount} in all.")
        }
        FormulaFaultKind::IncludesSubtotal => {
            format!("The formula in {total} counts {cells} twice, {amount} in all.")
        }
        FormulaFaultKind::HiddenInSum => {
            format!("The formula in {total} counts hidden rows: {cells}, {amount} in all.")
        }
        FormulaFaultKind::TextInSum => {
            format!("The formula in {total} passes over amounts that are text: {cells}, {amount} in all.")
        }
        FormulaFaultKind::TypedTotal => {
            format!("The figure in {total} was typed where its neighbours are formulas; it is {amount} out.")
        }
        FormulaFaultKind::OddOneOut => {
            format!("The formula in {total} is unlike its neighbours, which makes {amount}.")
        }
        FormulaFaultKind::ErrorInRange => format!("The formula in {total} uses {cells}, which show errors."),
        FormulaFaultKind::StaleResult => {
            format!("The saved result in {total} is out of date; worked out again it changes by {amount}.")
        }
    };
    match &fault.corrected {
        Some(formula) => format!("{what} It should be ={formula}."),
        None => what,
    }
}

fn named(case: &Case<'_>, at: crate::model::Origin) -> String {
    let line = case.find(at).map(|(.., line, _)| &*line.name);
    match line {
        Some(name) => format!("{name} ({})", case.cell(at)),
        None => case.cell(at),
    }
}
