//! How the parts of the plan moved since the round before.

use super::Overview;
use crate::model::{Group, Period};
use std::cmp::Ordering;

/// How a part of the plan moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    /// Its roll-up is better than it was.
    Better,
    /// It is what it was.
    Same,
    /// It is worse.
    Worse,
}

impl Moved {
    /// An arrow and a word.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Better => "↑ better",
            Self::Same => "→ same",
            Self::Worse => "↓ worse",
        }
    }
}

/// How a group moved; `None` if it was not reported then or is not now.
#[must_use]
pub fn moved(group: &Group) -> Option<Moved> {
    // Ratings go from worst to best.
    Some(match group.rolled?.cmp(&group.before?) {
        Ordering::Greater => Moved::Better,
        Ordering::Equal => Moved::Same,
        Ordering::Less => Moved::Worse,
    })
}

impl Overview<'_> {
    /// The period that the roll-ups of an output can be held against: that of the round before, if it rates any of them.
    #[must_use]
    pub fn rated_before(&self, output: usize) -> Option<Period> {
        let before = self.round.before()?.period;
        let groups = self.data.groups.get(output)?;
        groups.iter().any(|group| group.before.is_some()).then_some(before)
    }

    /// How the roll-ups of an output moved since the round before, or why that cannot be said; `None` without roll-ups.
    #[must_use]
    pub fn movement(&self, output: usize) -> Option<String> {
        let groups = self.data.groups.get(output).filter(|groups| !groups.is_empty())?;
        let Some(before) = self.round.before() else {
            return Some("No earlier round is given, so there is no direction of travel.".to_owned());
        };
        let before = before.period;
        if self.rated_before(output).is_none() {
            return Some(format!("{before} rates none of these areas, so there is no direction of travel."));
        }
        let count = |wanted| groups.iter().filter(|group| moved(group) == wanted).count();
        let (better, worse, same) =
            (count(Some(Moved::Better)), count(Some(Moved::Worse)), count(Some(Moved::Same)));
        let unknown = match count(None) {
            0 => String::new(),
            1 => "; 1 not known, because it was not reported then or is not now".to_owned(),
            more => format!("; {more} not known, because they were not reported then or are not now"),
        };
        Some(format!("Areas since {before}: {better} better, {worse} worse, {same} the same{unknown}."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Consolidated;
    use crate::round::{Earlier, EarlierAmounts, for_schema};
    use crate::schema::Schema;
    use std::collections::BTreeMap;

    fn group(before: Option<u16>, rolled: Option<u16>) -> Group {
        Group { rolled, before, ..Group::default() }
    }

    #[test]
    fn what_was_not_reported_has_no_direction() {
        assert_eq!(moved(&group(Some(0), Some(2))), Some(Moved::Better));
        assert_eq!(moved(&group(Some(2), Some(1))), Some(Moved::Worse));
        assert_eq!(moved(&group(Some(1), Some(1))), Some(Moved::Same));
        assert_eq!(moved(&group(None, Some(1))), None);
        assert_eq!(moved(&group(Some(1), None)), None);
    }

    #[test]
    fn the_movement_is_counted_or_it_is_said_why_not() {
        let mut round = for_schema(Schema::default());
        let said = |round: &crate::round::Round, groups: &[Group]| {
            let data = Consolidated { groups: vec![groups.to_vec()], ..Consolidated::default() };
            Overview { round, data: &data, findings: &[] }.movement(0)
        };
        let silent = [group(None, Some(1))];
        assert_eq!(said(&round, &[]), None);
        assert_eq!(
            said(&round, &silent).unwrap(),
            "No earlier round is given, so there is no direction of travel."
        );
        let period = Period { year: round.period.year - 1, quarter: Some(4) };
        round.earlier = Some(Earlier {
            period,
            answers: BTreeMap::new(),
            amounts: EarlierAmounts::new(),
            plan: Vec::new(),
            has_reasons: false,
        });
        assert_eq!(
            said(&round, &silent).unwrap(),
            format!("{period} rates none of these areas, so there is no direction of travel.")
        );
        let groups =
            [group(Some(0), Some(2)), group(Some(1), Some(0)), group(Some(1), Some(0)), group(None, None)];
        assert_eq!(
            said(&round, &groups).unwrap(),
            format!(
                "Areas since {period}: 1 better, 2 worse, 0 the same; 1 not known, because it was not reported then or is \
                 not now."
            )
        );
    }
}
