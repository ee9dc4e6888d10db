//! The lines of a sheet of money: what the ledger has, what was typed, and what of it is used.

use super::Plan;
use crate::model::{
    Cell, Comparison, Kept, Misread, Origin, Outcome, PartnerId, Reading, Value, folds_alike, pounds,
};
use crate::overview::to_know;
use crate::round::LedgerLine;
use crate::write::context::Context;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// One line of the sheet: of the ledger, of the returns, or of both.
#[derive(Default)]
pub(super) struct Line<'a> {
    pub(super) partner: Option<PartnerId>,
    pub(super) ledger: Option<&'a LedgerLine>,
    pub(super) kept: Option<&'a Kept>,
    /// All that was typed on it, as the reconciliation has it; `None` if nothing was, or it could not be tested.
    pub(super) typed: Option<Decimal>,
    /// How it was held against the ledger; `None` if it was not.
    pub(super) comparison: Option<&'a Comparison>,
    /// What the reconciliation counts on no line of the sheet.
    pub(super) is_rest: bool,
}

impl Line<'_> {
    /// What of it is used.
    pub(super) fn used(&self, plan: &Plan<'_>) -> Option<Decimal> {
        self.is_counted().then(|| Some(self.cell(plan)?.money()?.pounds)).flatten()
    }

    /// The amount's cell in the return that is used.
    pub(super) fn cell(&self, plan: &Plan<'_>) -> Option<&Cell> {
        self.kept?.cells.get(plan.amount)
    }

    /// True if the reconciliation counts it, or has nothing to count on it.
    pub(super) fn is_counted(&self) -> bool {
        self.comparison.is_some() || self.kept.is_none()
    }

    /// True if it was held against the ledger.
    pub(super) fn is_tested(&self) -> bool {
        self.is_rest || self.comparison.is_some_and(|one| !matches!(one.outcome, Outcome::Untestable { .. }))
    }

    /// True if there is nothing to draw: no line of the ledger, and no amount but nought.
    pub(super) fn is_silent(&self, plan: &Plan<'_>) -> bool {
        let nought = |amount: Option<Decimal>| amount.is_none_or(|amount| amount.is_zero());
        self.is_rest || self.ledger.is_none() && nought(self.used(plan)) && nought(self.typed)
    }

    /// Why what was returned is not held against the ledger, in a word or two.
    pub(super) fn word(&self, plan: &Plan<'_>) -> &'static str {
        let is_blank = self.cell(plan).is_some_and(Cell::is_blank);
        match self.comparison {
            Some(one) if matches!(one.outcome, Outcome::Untestable { .. }) => "could not test",
            Some(_) if self.ledger.is_none() => "with another line",
            _ if self.kept.is_none() => "not received",
            _ if is_blank => "no amount",
            _ => "not counted",
        }
    }

    /// The place of what was returned, else of the ledger's figure, and what must be known to read it.
    pub(super) fn from(&self, cx: &Context<'_>, plan: &Plan<'_>) -> String {
        let place = match (self.cell(plan), self.ledger) {
            (Some(cell), _) => cx.data.places.show(cell.at),
            (None, Some(ledger)) => format!("ledger.csv, line {}", ledger.line),
            (None, None) => String::new(),
        };
        let know = [self.to_know(plan), self.of_quarters(cx, plan)].join(" ");
        [place.as_str(), know.trim()].join("\n").trim().to_owned()
    }

    /// What must be known to read its figures.
    fn to_know(&self, plan: &Plan<'_>) -> String {
        if self.is_rest {
            return "Typed in returns that were replaced, or on lines too many to list.".to_owned();
        }
        match (self.comparison, self.cell(plan)) {
            (Some(comparison), _) if self.ledger.is_some() || self.typed.is_some() => to_know(comparison),
            (None, Some(cell)) if self.kept.is_some() => match cell.money() {
                Some(money) => {
                    format!("{} stands here and is in no sum: it repeats other rows.", pounds(money.pounds))
                }
                None => String::new(),
            },
            _ => String::new(),
        }
    }
}

/// The ledger's lines with what was returned on them, then what was returned on no line; what has no amount stands last.
pub(super) fn lines<'a>(cx: &Context<'a>, plan: &Plan<'_>) -> Vec<Line<'a>> {
    let compared = Compared::new(cx, plan);
    let rows = cx.rows.get(plan.table).copied().unwrap_or_default();
    let mut open: Vec<&Kept> = rows.iter().collect();
    let mut lines: Vec<Line<'a>> = Vec::new();
    for ledger in cx.round.ledger.lines.iter().filter(|line| line.table == plan.ledger) {
        let (on_it, rest): (Vec<_>, Vec<_>) =
            open.into_iter().partition(|kept| is_on_line(cx, plan, ledger, kept));
        open = rest;
        let own = compared.by_line.get(&ledger.line).copied();
        let twin = || lines.iter().find(|line| line.ledger.is_some_and(|one| are_one(cx, plan, one, ledger)));
        let comparison = own.or_else(|| twin()?.comparison);
        let mut on_it = on_it.into_iter();
        let first = Line {
            partner: ledger.partner,
            ledger: Some(ledger),
            kept: on_it.next(),
            comparison,
            ..Line::default()
        };
        let more: Vec<Line<'a>> = on_it.map(|kept| row(cx, plan, kept, comparison)).collect();
        let theirs = more.iter().filter_map(|line| line.typed).fold(Decimal::ZERO, Decimal::saturating_add);
        // Lines of the ledger with the same names are one: what was typed stands on the first.
        let counted = comparison.and_then(|one| one.stated.amount);
        let typed = if own.is_some() { counted } else { counted.and(Some(Decimal::ZERO)) };
        lines.push(Line { typed: typed.map(|typed| typed.saturating_sub(theirs)), ..first });
        lines.extend(more);
    }
    lines.extend(open.into_iter().map(|kept| {
        let at = kept.cells.get(plan.amount).map(|cell| cell.at);
        row(cx, plan, kept, at.and_then(|at| compared.by_cell.get(&at).copied()))
    }));
    lines.extend(rest(cx, plan, &lines));
    lines.sort_by_key(|line| (line.is_rest, line.is_silent(plan)));
    lines
}

/// A row of a return beside what the ledger's line has, or on none.
fn row<'a>(
    cx: &Context<'_>,
    plan: &Plan<'_>,
    kept: &'a Kept,
    comparison: Option<&'a Comparison>,
) -> Line<'a> {
    let counted = comparison.filter(|one| one.stated.amount.is_some());
    let typed = counted.and_then(|_| match &kept.cells.get(plan.amount)?.reading {
        Reading::Value(Value::Money(money)) => Some(money.pounds),
        Reading::Unreadable(held) => match &held.why {
            Misread::Minus(money) => Some(money.pounds),
            _ => None,
        },
        _ => None,
    });
    Line { partner: owner(cx, plan, kept), kept: Some(kept), typed, comparison, ..Line::default() }
}

/// What the reconciliation counts and no line has.
fn rest<'a>(cx: &Context<'_>, plan: &Plan<'_>, lines: &[Line<'_>]) -> Option<Line<'a>> {
    let ledgered = cx.data.ledgered.iter().find(|one| one.control == plan.control)?;
    let tested = lines.iter().filter(|line| line.is_tested());
    let sum = tested.filter_map(|line| line.typed).fold(Decimal::ZERO, Decimal::saturating_add);
    let left = ledgered.typed.saturating_sub(sum);
    (!left.is_zero()).then(|| Line { typed: Some(left), is_rest: true, ..Line::default() })
}

/// The comparisons of a control, by the line of the ledger and by the cells that were typed.
struct Compared<'a> {
    by_line: BTreeMap<u32, &'a Comparison>,
    by_cell: BTreeMap<Origin, &'a Comparison>,
}

impl<'a> Compared<'a> {
    fn new(cx: &Context<'a>, plan: &Plan<'_>) -> Self {
        let mut compared = Self { by_line: BTreeMap::new(), by_cell: BTreeMap::new() };
        for one in cx.data.comparisons.iter().filter(|one| one.control == plan.control) {
            if let Some(line) = one.expected.ledger_line {
                compared.by_line.insert(line, one);
            } else if !one.is_control_total() {
                let cells = one.stated.at.into_iter().chain(one.addends.iter().copied());
                compared.by_cell.extend(cells.map(|at| (at, one)));
            }
        }
        compared
    }
}

/// Whose amount a row is: the partner that it names, else its sender.
fn owner(cx: &Context<'_>, plan: &Plan<'_>, kept: &Kept) -> Option<PartnerId> {
    let fields = cx.table(plan.table).fields.iter().zip(&kept.cells);
    let named = fields.into_iter().find_map(|(_, cell)| match cell.value() {
        Some(Value::Agency(partner)) => Some(*partner),
        _ => None,
    });
    named.or(Some(kept.partner))
}

fn is_on_line(cx: &Context<'_>, plan: &Plan<'_>, line: &LedgerLine, kept: &Kept) -> bool {
    if line.partner.is_some() && line.partner != owner(cx, plan, kept) {
        return false;
    }
    plan.by.iter().all(|field| {
        let Some(about) = cx.table(plan.table).fields.get(*field) else { return false };
        let name = line.names.get(&about.name).map_or("", String::as_str);
        match kept.cells.get(*field).and_then(|cell| cell.value()) {
            Some(Value::Code(code)) => {
                let list = about.list.and_then(|list| cx.round.schema.lists.get(list));
                list.and_then(|list| list.categories.get(usize::from(*code))).is_some_and(|category| {
                    folds_alike(&category.value, name)
                        || folds_alike(&category.label, name)
                        || category.synonyms.iter().any(|synonym| folds_alike(synonym, name))
                })
            }
            Some(Value::Text(text)) => folds_alike(text, name),
            _ => name.is_empty(),
        }
    })
}

/// True for lines of the ledger that are of one partner and have the same names.
fn are_one(cx: &Context<'_>, plan: &Plan<'_>, one: &LedgerLine, other: &LedgerLine) -> bool {
    let name = |line: &'_ LedgerLine, field: usize| {
        let about = cx.table(plan.table).fields.get(field);
        about.and_then(|about| line.names.get(&about.name)).cloned().unwrap_or_default()
    };
    one.partner == other.partner
        && plan.by.iter().all(|&field| folds_alike(&name(one, field), &name(other, field)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FileId, Money, Scope, SheetId, Side, Unreadable};
    use crate::write::edition::Edition;

    fn plan() -> Plan<'static> {
        Plan {
            control: 0,
            table: 0,
            amount: 0,
            by: Vec::new(),
            ledger: "paid",
            column: "received",
            agreed: None,
            quarters: &[],
            others: Vec::new(),
            edition: Edition::Working,
        }
    }

    fn kept(reading: Reading) -> Kept {
        let at = Origin { file: FileId(0), sheet: SheetId(0), cell: crate::model::CellRef::new(1, 0) };
        Kept { partner: PartnerId(0), ordinal: 0, at, cells: Box::new([Cell { at, reading, change: None }]) }
    }

    fn comparison(outcome: Outcome) -> Comparison {
        Comparison {
            control: 0,
            scope: Scope::Partner(PartnerId(0)),
            line: "Core".to_owned(),
            stated: Side::default(),
            expected: Side::default(),
            addends: Vec::new(),
            note: None,
            outcome,
            explanations: Vec::new(),
            limit: None,
        }
    }

    #[test]
    fn an_amount_that_is_not_held_against_the_ledger_says_why() {
        let plan = plan();
        let untested =
            comparison(Outcome::Untestable { blocked_by: Vec::new(), why: "It cannot be read.".to_owned() });
        let held = Reading::Unreadable(Box::new(Unreadable { raw: "12.345".into(), why: Misread::NotThis }));
        let held = kept(held);
        let line = Line { kept: Some(&held), comparison: Some(&untested), ..Line::default() };
        assert_eq!((line.word(&plan), line.is_tested(), line.used(&plan)), ("could not test", false, None));
        assert_eq!(line.to_know(&plan), "");
        let blank = kept(Reading::Blank);
        let hidden = Line { kept: Some(&blank), ..Line::default() };
        assert_eq!((hidden.word(&plan), hidden.is_silent(&plan)), ("no amount", true));
        assert_eq!(Line::default().word(&plan), "not received");
    }

    #[test]
    fn an_amount_that_repeats_others_is_shown_and_not_used() {
        let plan = plan();
        let five = kept(Reading::Value(Value::Money(Money::exact(Decimal::from(5)))));
        let line = Line { kept: Some(&five), ..Line::default() };
        assert_eq!((line.word(&plan), line.used(&plan)), ("not counted", None));
        assert_eq!(line.to_know(&plan), "£5 stands here and is in no sum: it repeats other rows.");
        let agrees = comparison(Outcome::Agrees);
        let line = Line { comparison: Some(&agrees), ..line };
        assert_eq!(line.used(&plan), Some(Decimal::from(5)));
        assert!(line.is_tested());
    }
}
