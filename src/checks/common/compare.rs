//! What the checks of comparisons share.

use crate::checks::common::{Findings, Told};
use crate::checks::{Context, registry};
use crate::finding::{Difference, Location};
use crate::model::{Comparison, Consolidated, Evidence, Origin, Outcome, PartnerId, Scope};
use crate::page;
use crate::round::{Round, answers};
use crate::schema::{Control, ControlKind};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

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
    let message = with_note(with_cause(message, comparison), control, comparison);
    let cause = comparison.explanations.first().filter(|cause| cause.evidence != Evidence::Possible);
    let difference = comparison.outcome.difference().map(|pounds| Difference {
        line: comparison.line.clone(),
        pounds,
        because: cause.map_or_else(Vec::new, |cause| cause.cells.clone()),
    });
    let told = out
        .add(Location::of(comparison), message)
        .partner(partner(comparison))
        .audience(registry::audience(control.kind.name()))
        .rule(&control.name)
        .severity(control.severity)
        .figures(answers::figures(control, comparison))
        .difference(difference)
        .related(added);
    // What is to be done about a cause is more to the point than what the check asks for.
    match cause.map(|cause| page::paragraph(cause.page, "What to do")) {
        Some(deed) if comparison.stated.amount.is_some() && !deed.is_empty() => told.help(deed),
        _ => told,
    }
}

/// A message with what else must be known of the comparison. Where a cause of a difference from the ledger was found, that
/// says it; where no amount came, so does the message.
fn with_note(message: String, control: &Control, comparison: &Comparison) -> String {
    let ledger = matches!(control.kind, ControlKind::Ledger { .. });
    let said = ledger && (comparison.stated.amount.is_none() || !comparison.explanations.is_empty());
    match comparison.note.as_deref().filter(|_| !said) {
        Some(note) => format!("{message} {note}"),
        None => message,
    }
}

/// A message with the likeliest explanation after it; where it leaves something, with what explains that. What is only
/// possible explains a whole difference, and so does not stand behind what explains a part.
pub(in crate::checks) fn with_cause(message: String, comparison: &Comparison) -> String {
    let mut message = message;
    // That nothing came is in the message itself.
    let said = comparison.explanations.iter().filter(|_| comparison.stated.amount.is_some());
    for (number, one) in said.enumerate() {
        match one.evidence {
            Evidence::Possible if number > 0 => break,
            Evidence::Possible => {
                message.push_str(" Possibly: ");
                message.push_str(&one.after_colon());
            }
            _ => {
                message.push(' ');
                message.push_str(&one.sentence());
            }
        }
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
    comparison.is_control_total()
        && whole.comparisons.iter().any(|other| {
            other.control == comparison.control
                && !other.is_control_total()
                && matches!(other.outcome, Outcome::Differs { .. })
        })
}

/// Cells that comparisons tell of, for checks that step back where another one tells of the very cell.
#[derive(Debug, Default)]
pub(in crate::checks) struct ToldCells {
    /// The cells that a kind other than a pattern tells of.
    others: BTreeSet<Origin>,
    /// The totals of columns that do not add up to them.
    footings: BTreeSet<Origin>,
}

impl ToldCells {
    /// Gathers the cells of everything that differs.
    pub(in crate::checks) fn of(round: &Round, whole: &Consolidated) -> Self {
        let mut told = Self::default();
        for one in whole.comparisons.iter().filter(|one| matches!(one.outcome, Outcome::Differs { .. })) {
            let Some(control) = round.schema.controls.get(one.control) else { continue };
            if matches!(control.kind, ControlKind::Footing { .. }) {
                told.footings.extend(one.stated.at);
            }
            if PATTERNS.contains(&control.kind.name()) {
                continue;
            }
            match one.stated.at {
                Some(at) => drop(told.others.insert(at)),
                None => told.others.extend(&one.addends),
            }
        }
        told
    }
}

/// True if the very cell is the total of a column that does not add up to it.
pub(in crate::checks) fn is_told_by_footing(cx: &Context<'_>, comparison: &Comparison) -> bool {
    let at = comparison.stated.at;
    at.zip(cx.told).is_some_and(|(at, told)| told.footings.contains(&at))
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
    comparison: &Comparison,
    kind: &str,
) -> Option<Differing<'a>> {
    let found = named(cx, comparison, kind)?;
    let at = comparison.stated.at?;
    (!cx.told.is_some_and(|told| told.others.contains(&at))).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Explanation, Side};

    fn told(explanations: &[(Evidence, i64, &str)]) -> String {
        let explanations = explanations.iter().map(|(evidence, remains, words)| Explanation {
            cause: "a-cause",
            page: "",
            evidence: *evidence,
            explains: Decimal::ONE,
            remains: Decimal::from(*remains),
            cells: Vec::new(),
            words: (*words).to_owned(),
        });
        let comparison = Comparison {
            control: 0,
            scope: Scope::Round,
            line: String::new(),
            stated: Side { amount: Some(Decimal::ONE), at: None, ledger_line: None },
            expected: Side::default(),
            addends: Vec::new(),
            note: None,
            outcome: Outcome::Differs { difference: Decimal::ONE },
            explanations: explanations.collect(),
            limit: None,
        };
        with_cause("It differs.".to_owned(), &comparison)
    }

    #[test]
    fn what_is_only_possible_does_not_stand_behind_a_part() {
        let part = (Evidence::Shown, 237, "row 3 is hidden. That leaves \u{a3}237.");
        let possible = (Evidence::Possible, 0, "it equals the sum of B2 and B3.");
        assert_eq!(told(&[part, possible]), "It differs. Row 3 is hidden. That leaves \u{a3}237.");
        assert_eq!(
            told(&[part, (Evidence::Exact, 0, "\u{a3}237 is twice it.")]),
            "It differs. Row 3 is hidden. That leaves \u{a3}237. \u{a3}237 is twice it."
        );
        for words in ["it equals the sum of B2 and B3.", "It equals the sum of B2 and B3."] {
            let said = told(&[(Evidence::Possible, 0, words), possible]);
            assert_eq!(said, "It differs. Possibly: it equals the sum of B2 and B3.");
        }
        let name = told(&[(Evidence::Possible, 0, "NHS Wyevale has it.")]);
        assert_eq!(name, "It differs. Possibly: NHS Wyevale has it.");
    }
}
