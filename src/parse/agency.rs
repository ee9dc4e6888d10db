//! Partners' names: exact, then other names, then abbreviations as a whole, then earlier names. A near name is only ever
//! asked about, and the name of a body that is no partner is never taken for a partner's.

use super::cell::Got;
use crate::model::{ChangeKind, Misread, Partner, PartnerId, Value, fold};
use std::cell::{Cell, OnceCell};
use std::collections::BTreeMap;

/// Longer texts are not a name.
const LONGEST: usize = 200;

/// The names of the round's partners, ready to be looked up.
pub(super) struct Agencies<'a> {
    partners: &'a [Partner],
    bodies: &'a [String],
    /// The partner found last: a return names its sender row after row.
    last: Cell<PartnerId>,
    names: OnceCell<Names>,
}

/// Every name folded; made when a name is met that is not a partner's own.
struct Names {
    partners: BTreeMap<String, (PartnerId, Option<ChangeKind>)>,
    bodies: Vec<String>,
}

impl Names {
    fn new(partners: &[Partner], bodies: &[String]) -> Self {
        let mut names =
            Self { partners: BTreeMap::new(), bodies: bodies.iter().map(|name| fold(name)).collect() };
        let each = || (0_u16..).map(PartnerId).zip(partners);
        for (id, partner) in each() {
            names.add(&partner.name, id, None);
        }
        for (id, partner) in each() {
            let code = std::iter::once(&partner.code);
            for name in code.chain(&partner.aliases).chain(&partner.abbreviations) {
                names.add(name, id, Some(ChangeKind::AgencyAlias));
            }
        }
        for (id, partner) in each() {
            for name in &partner.formerly {
                names.add(name, id, Some(ChangeKind::AgencySuccessor));
            }
        }
        names
    }

    fn add(&mut self, name: &str, id: PartnerId, change: Option<ChangeKind>) {
        let folded = fold(name);
        if !folded.is_empty() && !self.bodies.contains(&folded) {
            self.partners.entry(folded).or_insert((id, change));
        }
    }
}

impl<'a> Agencies<'a> {
    pub(super) fn new(partners: &'a [Partner], bodies: &'a [String]) -> Self {
        Self { partners, bodies, last: Cell::new(PartnerId(0)), names: OnceCell::new() }
    }

    fn names(&self) -> &Names {
        self.names.get_or_init(|| Names::new(self.partners, self.bodies))
    }

    /// The partner that a whole text names.
    pub(super) fn find(&self, text: &str) -> Option<(PartnerId, Option<ChangeKind>)> {
        let own = |partner: &Partner| text == partner.name;
        if self.partners.get(usize::from(self.last.get().0)).is_some_and(own) {
            return Some((self.last.get(), None));
        }
        if let Some(place) = self.partners.iter().position(own) {
            let id = PartnerId(u16::try_from(place).ok()?);
            self.last.set(id);
            return Some((id, None));
        }
        if text.len() > LONGEST {
            return None;
        }
        let folded = fold(text);
        let names = &self.names().partners;
        names.get(&folded).or_else(|| names.get(folded.strip_prefix("the")?)).copied()
    }

    /// True if the text is the name of a body that is no partner.
    pub(super) fn is_other_body(&self, text: &str) -> bool {
        self.names().bodies.contains(&fold(text))
    }

    /// Every partner from whom a return is expected, for *All agencies*.
    pub(super) fn all(&self) -> Vec<PartnerId> {
        let each = (0_u16..).map(PartnerId).zip(self.partners);
        each.filter(|(_, partner)| partner.sends).map(|(id, _)| id).collect()
    }

    /// True if the name of a body that is no partner stands in a text as whole words.
    pub(super) fn names_other_body(&self, text: &str, bodies: &[String]) -> bool {
        !self.partners.is_empty()
            && bodies.iter().any(|body| whole_words(&text.to_lowercase(), body).is_some())
    }

    /// Partners whose names stand in a text as whole words, each with the length of its longest one, longest first.
    pub(super) fn by_length(&self, text: &str) -> Vec<(usize, PartnerId)> {
        let text = &text.to_lowercase();
        let mut found: Vec<(usize, PartnerId)> = Vec::new();
        for (id, partner) in (0_u16..).map(PartnerId).zip(self.partners) {
            let here = names(partner).filter(|name| whole_words(text, name).is_some());
            if let Some(length) = here.map(|name| name.chars().count()).max() {
                found.push((length, id));
            }
        }
        found.sort_by(|a, b| b.cmp(a));
        found
    }

    /// Partners whose name, other name or abbreviation stands in a text as whole words, in the text's order.
    pub(super) fn within(&self, text: &str) -> Vec<PartnerId> {
        let text = &text.get(..LONGEST).unwrap_or(text).to_lowercase();
        let mut found: Vec<(usize, usize, PartnerId)> = Vec::new();
        for (id, partner) in (0_u16..).map(PartnerId).zip(self.partners) {
            for name in names(partner) {
                if let Some(at) = whole_words(text, name) {
                    found.push((at, name.len(), id));
                }
            }
        }
        // A longer name hides a shorter one inside it.
        let all = found.clone();
        found.retain(|(at, length, _)| {
            !all.iter()
                .any(|(other, longer, _)| longer > length && other <= at && other + longer >= at + length)
        });
        found.sort_unstable();
        let mut partners = Vec::new();
        for (_, _, id) in found {
            if !partners.contains(&id) {
                partners.push(id);
            }
        }
        partners
    }

    /// The partner's name nearest to a text: at most two letters off, in words of six letters or more.
    pub(super) fn nearest(&self, text: &str) -> Option<String> {
        if text.len() > LONGEST {
            return None;
        }
        let words: Vec<String> = words(text);
        if words.is_empty() || self.is_other_body(text) {
            return None;
        }
        let mut best: Option<(usize, &str)> = None;
        for partner in self.partners {
            for name in std::iter::once(&partner.name).chain(&partner.aliases).chain(&partner.formerly) {
                if let Some(distance) = distance(&words, &self::words(name))
                    && best.is_none_or(|(least, _)| distance < least)
                {
                    best = Some((distance, &partner.name));
                }
            }
        }
        best.map(|(_, name)| name.to_owned())
    }
}

/// Everything that a partner is called.
fn names(partner: &Partner) -> impl Iterator<Item = &String> {
    let own = [&partner.name, &partner.code].into_iter();
    own.chain(&partner.aliases).chain(&partner.abbreviations).chain(&partner.formerly)
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '\'');
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// Letters by which two names differ: short words and acronyms must be equal, longer ones may be two letters off.
fn distance(a: &[String], b: &[String]) -> Option<usize> {
    if a.len() != b.len() {
        return None;
    }
    let mut sum = 0;
    for (a, b) in a.iter().zip(b) {
        if a == b {
            continue;
        }
        if a.chars().count() < 6 || b.chars().count() < 6 {
            return None;
        }
        sum += strsim::osa_distance(a, b);
    }
    (1..=2).contains(&sum).then_some(sum)
}

/// Where a name stands in a text (lower case), in any case, with no letter or digit on either side.
fn whole_words(text: &str, name: &str) -> Option<usize> {
    let name = name.trim().to_lowercase();
    if name.is_empty() {
        return None;
    }
    text.match_indices(&name).map(|(at, _)| at).find(|&at| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(at + name.len()..).and_then(|after| after.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

/// `NHS Herefordshire (with West Mercia Police)`: the partner in front, if others are named behind it.
fn lead_with_others(agencies: &Agencies<'_>, text: &str) -> Option<PartnerId> {
    let at = text.find('(').or_else(|| text.find(" with ")).or_else(|| text.find(" supported by "))?;
    let (lead, rest) = text.split_at_checked(at)?;
    let (lead, _) = agencies.find(lead.trim())?;
    agencies.within(rest).iter().any(|other| *other != lead).then_some(lead)
}

/// A field for one partner. In a key two partners in one cell are two values; elsewhere the first of them leads.
pub(super) fn read(agencies: &Agencies<'_>, text: &str, key: bool) -> Got {
    if let Some((id, change)) = agencies.find(text) {
        return Got::Value(Value::Agency(id), change);
    }
    let held = || Got::Held(Misread::Unknown { nearest: agencies.nearest(text) });
    if text.len() > LONGEST || agencies.is_other_body(text) {
        return held();
    }
    let parts = super::lists::parts(text);
    let found: Option<Vec<PartnerId>> =
        parts.iter().map(|part| agencies.find(part).map(|(id, _)| id)).collect();
    if let Some(found) = found
        && found.len() >= 2
        && let Some(first) = found.first()
    {
        return if found.iter().all(|id| id == first) {
            Got::Value(Value::Agency(*first), Some(ChangeKind::AgencyAlias))
        } else if key {
            Got::Held(Misread::TwoValues)
        } else {
            Got::Value(Value::Agency(*first), Some(ChangeKind::FirstOfSeveral))
        };
    }
    if let Some(first) = lead_with_others(agencies, text).filter(|_| !key) {
        return Got::Value(Value::Agency(first), Some(ChangeKind::FirstOfSeveral));
    }
    if super::lists::is_all(text) || agencies.within(text).len() >= 2 {
        return Got::Held(Misread::TwoValues);
    }
    held()
}
