//! What identifies a person: found in every text of a file as soon as it is read, and taken out of it there and then.
//!
//! It stands between `read` and everything else, so that what later stages never had they cannot print. Rules and their
//! weight are those of the public bodies that issue the numbers; each file names its source. Most texts hold nothing of the
//! kind and are passed over in one pass over their bytes (`quick`).

mod age;
mod beside;
mod birth;
mod case;
mod contact;
mod heads;
mod hold;
mod insurance;
mod lists;
mod lone;
mod names;
mod nhs;
mod plain;
mod postcode;
mod quick;
mod upn;

pub use hold::hold;

use crate::model::{Partner, PersonalKind, Sure, Suspect};
use jiff::civil::Date;

/// What finding persons may depend on.
#[derive(Debug, Clone, Copy, Default)]
pub struct Rules<'a> {
    /// The day that ages are measured on; without one every day that is called one of birth is one.
    pub report: Option<Date>,
    /// Postcodes of offices, in capitals and without spaces: those of the round and of the schema.
    pub offices: [&'a [String]; 2],
    /// The board's name, which is nobody's.
    pub board: &'a str,
    /// The partners, the same.
    pub partners: &'a [Partner],
    /// Other bodies, the same.
    pub bodies: &'a [String],
}

impl Rules<'_> {
    fn is_office(&self, postcode: &str) -> bool {
        self.offices.iter().any(|offices| offices.iter().any(|office| office == postcode))
    }

    /// True if a word in small letters is part of the name of a partner or other body.
    fn is_of_body(&self, word: &str) -> bool {
        let partners = self
            .partners
            .iter()
            .flat_map(|partner| [&partner.name].into_iter().chain(&partner.aliases).chain(&partner.formerly));
        let is_part = |name: &str| plain::words(name).any(|part| part.to_lowercase() == word);
        is_part(self.board) || partners.chain(self.bodies).any(|name| is_part(name))
    }
}

/// Everything in a text that may identify a person, each kind once, the surest and gravest first.
#[must_use]
pub fn look(text: &str, rules: &Rules<'_>) -> Vec<Suspect> {
    let flags = quick::flags(text);
    if flags.is_empty() { Vec::new() } else { examine(text, flags, rules) }
}

/// The name of a file, sheet or the like: what is held back of it, if anything is. Words that say what a number is are rare
/// in names, so that what is likely counts as much as what is sure.
#[must_use]
pub fn name(text: &str, rules: &Rules<'_>) -> Option<Suspect> {
    let spaced = text.replace('_', " ");
    look(&spaced, rules)
        .into_iter()
        .find(|suspect| suspect.sure >= Sure::Medium && suspect.kind.is_identifier())
}

/// What identifies a person surely in a text, if anything does.
#[must_use]
pub fn sure(text: &str, rules: &Rules<'_>) -> Option<PersonalKind> {
    look(text, rules).first().filter(|suspect| suspect.sure == Sure::Strong).map(|suspect| suspect.kind)
}

/// The closer look at a text that has marks of something.
fn examine(text: &str, flags: quick::Flags, rules: &Rules<'_>) -> Vec<Suspect> {
    let text = &*plain::plain(text);
    let mut found = Vec::new();
    let mut add = |suspect: Option<Suspect>| found.extend(suspect);
    if flags.has(quick::DIGITS) {
        add(insurance::found(text, false));
        if flags.digits() >= 8 {
            add(case::found(text));
        }
        if flags.digits() >= 10 {
            add(nhs::found(text, false));
            add(upn::found(text));
            add(contact::phone(text));
        }
    }
    if flags.has(quick::BIRTH) {
        add(birth::found(text, rules.report));
    }
    if flags.has(quick::AGE) && flags.digits() >= 4 {
        add(birth::with_age(text, rules.report));
    }
    if flags.has(quick::AGE | quick::BRACKET) || flags.has(quick::PERSON) && flags.digits() > 0 {
        add(age::found(text, rules));
    }
    if flags.has(quick::POSTCODE) {
        add(postcode::found(text, rules));
    }
    if flags.has(quick::AT) {
        add(contact::email(text));
    }
    if flags.has(quick::PERSON) {
        add(names::beside_family(text, rules));
        add(names::pseudonym(text));
    }
    found.sort_by_key(|suspect| (std::cmp::Reverse(suspect.sure), suspect.kind));
    // An address's digits are its own, and a number that may be either is told once.
    found.dedup_by_key(|suspect| suspect.kind);
    found
}
