//! Returns of a round: why one was not used, and what is lacking without it.

use super::words::{count, list};
use crate::checks::Context;
use crate::model::{Consolidated, PartnerId, ReturnInfo, ReturnState, Scope, pounds};
use crate::schema::ControlKind;
use rust_decimal::Decimal;

/// True if the return was refused because it is for another period.
pub(in crate::checks) fn is_wrong_period(cx: &Context<'_>, entry: &ReturnInfo) -> bool {
    let refused = matches!(entry.state, ReturnState::Refused { .. });
    refused
        && !entry.layouts.is_empty()
        && entry.identity.period.is_some_and(|(period, _)| !cx.round.takes(period))
}

/// True if the return was refused because nobody knows who sent it.
pub(in crate::checks) fn is_unknown_sender(cx: &Context<'_>, entry: &ReturnInfo) -> bool {
    let refused = matches!(entry.state, ReturnState::Refused { .. });
    refused && !entry.layouts.is_empty() && entry.identity.partner.is_none() && !is_wrong_period(cx, entry)
}

/// True if a return of this partner is used.
pub(in crate::checks) fn is_used(whole: &Consolidated, partner: PartnerId) -> bool {
    let used = |entry: &&ReturnInfo| entry.state == ReturnState::Accepted;
    whole.returns.iter().filter(used).any(|entry| entry.identity.partner == Some(partner))
}

/// ` 6 actions and £550 of the ledger are without an answer.`, or nothing.
pub(in crate::checks) fn lacking(cx: &Context<'_>, whole: &Consolidated, partner: PartnerId) -> String {
    let asked = |entry: &&crate::model::RegisterRow| {
        entry.responses.iter().any(|answer| answer.partner == partner && answer.row.is_none())
    };
    let actions = whole.register.iter().filter(asked).count();
    let is_ledger = |control: usize| {
        let control = cx.round.schema.controls.get(control);
        control.is_some_and(|control| matches!(control.kind, ControlKind::Ledger { .. }))
    };
    let money: Decimal = whole
        .comparisons
        .iter()
        .filter(|line| line.scope == Scope::Partner(partner) && is_ledger(line.control))
        .filter(|line| line.stated.amount.is_none())
        .filter_map(|line| line.expected.amount)
        .fold(Decimal::ZERO, Decimal::saturating_add);
    let mut parts = Vec::new();
    if actions > 0 {
        parts.push(count(actions, "action", "actions"));
    }
    if !money.is_zero() {
        parts.push(format!("{} of the ledger", pounds(money)));
    }
    let verb = if parts.len() == 1 && (actions == 1 || actions == 0) { "is" } else { "are" };
    if parts.is_empty() { String::new() } else { format!(" {} {verb} without an answer.", list(&parts)) }
}
