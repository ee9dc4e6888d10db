//! What the checks of comparisons share.

use crate::checks::common::{Findings, Told};
use crate::checks::{Context, registry};
use crate::finding::Location;
use crate::model::{Comparison, Consolidated, Evidence, Outcome, PartnerId, Scope};
use crate::round::answers;
use crate::schema::{Control, ControlKind};
use rust_decimal::Decimal;

/// A comparison that differs, with what messages about it need.
pub(in crate::checks) struct Differing<'a> {
    pub(in crate::checks) control: &'a Control,
    /// What was stated, pounds; nothing counts as zero.
    pub(in crate::checks) stated: Decimal,
    /// What it must equal, pounds.
    pub(in crate::checks) expected: Decimal,
    /// Stated minus expected, pounds.
    pub(in crate::checks) difference: Decimal,
}

/// The comparison as one that differs, if it does and its control is of this kind.
pub(in crate::checks) fn differing<'a>(
    cx: &Context<'a>,
    comparison: &Comparison,
    kind: impl Fn(&ControlKind) -> bool,
) -> Option<Differing<'a>> {
    let control = cx.round.schema.controls.get(comparison.control)?;
    let Outcome::Differs { difference } = comparison.outcome else { return None };
    kind(&control.kind).then(|| Differing {
        control,
        stated: comparison.stated.amount.unwrap_or_default(),
        expected: comparison.expected.amount.unwrap_or_default(),
        difference,
    })
}

/// Adds a finding about a comparison: at its place, with its control's name and severity and the cells added up.
pub(in crate::checks) fn add<'f>(
    out: &'f mut Findings<'_>,
    control: &Control,
    comparison: &Comparison,
    message: String,
) -> Told<'f> {
    let added = comparison.addends.iter().map(|at| (Location::Cell(*at), "added up".to_owned()));
    let message = with_cause(message, comparison);
    let mut told = out
        .add(Location::of(comparison), message)
        .partner(partner(comparison))
        .audience(registry::audience(control.kind.name()))
        .rule(&control.name)
        .severity(control.severity)
        .figures(answers::figures(control, comparison))
        .related(added);
    if let Some(note) = &comparison.note {
        told = told.help(note.as_str());
    }
    told
}

/// A message with the likeliest explanation after it; where it leaves something, with what explains that.
pub(in crate::checks) fn with_cause(message: String, comparison: &Comparison) -> String {
    let mut message = message;
    // That nothing came is in the message itself.
    let said = comparison.explanations.iter().filter(|_| comparison.stated.amount.is_some());
    for one in said {
        if one.evidence == Evidence::Possible {
            message.push_str(" Possibly:");
        }
        message.push(' ');
        message.push_str(&one.words);
        if one.remains.is_zero() {
            break;
        }
    }
    message
}

/// Whom a comparison is about.
pub(in crate::checks) fn partner(comparison: &Comparison) -> Option<PartnerId> {
    match comparison.scope {
        Scope::Partner(partner) => Some(partner),
        Scope::Round => None,
    }
}

/// Whom a comparison is about, in front of its line: `NHS Wyevale, `.
pub(in crate::checks) fn who(cx: &Context<'_>, comparison: &Comparison) -> String {
    partner(comparison).map_or_else(String::new, |id| format!("{}, ", cx.partner(id)))
}

/// `£27 too high`.
pub(in crate::checks) fn too(difference: Decimal) -> String {
    let (amount, word) = super::words::apart(difference);
    format!("{amount} too {word}")
}

/// True for the round's control total where a single line of the same control differs: that line tells it.
pub(in crate::checks) fn is_explained_total(whole: &Consolidated, comparison: &Comparison) -> bool {
    is_total(comparison)
        && whole.comparisons.iter().any(|other| {
            other.control == comparison.control
                && !is_total(other)
                && matches!(other.outcome, Outcome::Differs { .. })
        })
}

/// True for the round's control total: it is neither about a partner nor about a cell or a line.
fn is_total(comparison: &Comparison) -> bool {
    comparison.scope == Scope::Round
        && comparison.stated.at.is_none()
        && comparison.addends.is_empty()
        && comparison.expected.ledger_line.is_none()
}

/// True if the very cell is the total of a column that does not add up to it.
pub(in crate::checks) fn is_told_by_footing(
    cx: &Context<'_>,
    whole: &Consolidated,
    comparison: &Comparison,
) -> bool {
    let Some(at) = comparison.stated.at else { return false };
    whole.comparisons.iter().any(|other| {
        other.stated.at == Some(at)
            && differing(cx, other, |kind| matches!(kind, ControlKind::Footing { .. })).is_some()
    })
}

/// The comparison as one that differs under a control of this kind, which is known by its name.
pub(in crate::checks) fn named<'a>(
    cx: &Context<'a>,
    comparison: &Comparison,
    kind: &str,
) -> Option<Differing<'a>> {
    differing(cx, comparison, |own| own.name() == kind)
}

/// Kinds that say what a figure is too like: they also explain what another control says of the same cell.
const PATTERNS: [&str; 6] = ["unit", "sign", "vat", "coupled-line", "prior-year", "cumulative"];

/// The same for a kind that says what a figure is too like: it steps back where another check tells of the very cell.
pub(in crate::checks) fn pattern<'a>(
    cx: &Context<'a>,
    whole: &Consolidated,
    comparison: &Comparison,
    kind: &str,
) -> Option<Differing<'a>> {
    let found = named(cx, comparison, kind)?;
    let at = comparison.stated.at?;
    let tells = |other: &&Comparison| {
        let control = cx.round.schema.controls.get(other.control);
        control.is_some_and(|control| !PATTERNS.contains(&control.kind.name()))
            && (other.stated.at == Some(at) || other.stated.at.is_none() && other.addends.contains(&at))
            && matches!(other.outcome, Outcome::Differs { .. })
    };
    (!whole.comparisons.iter().any(|other| tells(&other))).then_some(found)
}
