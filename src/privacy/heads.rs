//! Headings and labels that say what stands under or beside them.

use super::plain::{plain, words};
use crate::model::{CellRef, PersonalKind};

/// What a heading says of its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Head {
    /// Dates of birth.
    Birth,
    /// NHS numbers.
    Nhs,
    /// National Insurance numbers.
    Insurance,
    /// Names, perhaps of staff.
    Name,
    /// Surnames or forenames by themselves, perhaps of staff.
    OneName,
    /// Names of children.
    Child,
    /// Initials of children.
    Initials,
    /// Names of relatives.
    Relative,
    /// Case numbers.
    Case,
}

/// Words of lists of staff, which have names in them by right.
const STAFF: &[&str] = &[
    "post",
    "job",
    "role",
    "organisation",
    "agency",
    "email",
    "mail",
    "telephone",
    "tel",
    "phone",
    "signature",
    "signed",
    "designation",
    "title",
    "position",
    "team",
    "department",
    "employer",
    "lead",
    "attended",
    "trainer",
];

/// Words that a heading of NHS numbers is made of, if it does not say that they are numbers.
const OF_NHS: &[&str] = &[
    "nhs", "n", "h", "s", "nº", "patient", "patients", "chi", "child", "childs", "pupil", "client", "digit",
    "of", "the",
];
/// Words for relatives, whose names are a child's.
const RELATIVES: &[&str] = &[
    "mother", "mothers", "father", "fathers", "mum", "dad", "parent", "parents", "carer", "carers",
    "sibling", "siblings", "son", "daughter", "victim", "brother", "sister",
];

/// A heading that says so.
#[derive(Debug, Clone, Copy)]
pub(super) struct Headed {
    pub(super) at: CellRef,
    pub(super) head: Head,
    /// True for a label that ends with a colon: what it speaks of stands beside it.
    pub(super) label: bool,
}

/// What a short text says as a heading.
pub(super) fn head(text: &str) -> Option<Head> {
    let text = plain(text);
    // Zeros show how a number is written: *NHS number (000 000 0000)*.
    if text.bytes().filter(|byte| matches!(byte, b'1'..=b'9')).count() > 2 {
        return None;
    }
    let lower = text.to_ascii_lowercase().replace('.', "").replace("'s", "s");
    let words: Vec<&str> = words(&lower).collect();
    let has = |word: &str| words.contains(&word);
    let together = words.join(" ");
    let says = |phrase: &str| format!(" {together} ").contains(&format!(" {phrase} "));
    let numbered = || ["no", "number", "num", "id", "ref", "reference"].iter().any(|word| has(word));
    if has("dob") || says("date of birth") || has("birthdate") || says("birth date") || says("d of b") {
        return Some(Head::Birth);
    }
    let birth =
        ["born", "birthday", "birthdays", "birth", "date born", "born on", "day of birth", "d o b", "d/o/b"];
    if birth.contains(&together.as_str()) {
        return Some(Head::Birth);
    }
    let nhs = has("nhs") || says("n h s");
    if has("nhsno")
        || has("nhsnumber")
        || nhs && (numbered() || words.iter().all(|word| OF_NHS.contains(word)))
    {
        return Some(Head::Nhs);
    }
    let insurance =
        has("ni") || says("n i") || says("national insurance") || says("nat ins") || says("national ins");
    if has("nino")
        || insurance && numbered()
        || matches!(together.as_str(), "ni" | "n i" | "national insurance" | "nat ins")
    {
        return Some(Head::Insurance);
    }
    if (has("case") || has("crime") || has("lcs")) && numbered() && words.len() <= 4 {
        return Some(Head::Case);
    }
    let of_child =
        has("child") || has("childs") || has("pupil") || has("pupils") || has("yp") || says("young person");
    let of_name = ["name", "names", "surname", "forename", "initials"].iter().any(|word| has(word));
    let relative = words.len() <= 4 && RELATIVES.iter().any(|word| has(word));
    match together.as_str() {
        _ if of_child && has("initials") && words.len() <= 5 => Some(Head::Initials),
        "child" | "pupil" | "young person" | "yp" | "children" | "pupils" => Some(Head::Child),
        _ if of_child && of_name && words.len() <= 5 => Some(Head::Child),
        "surname" | "surnames" | "forename" | "forenames" | "first name" | "last name" | "family name"
        | "given name" => Some(Head::OneName),
        "name" | "names" | "full name" | "initials" => Some(Head::Name),
        _ if relative && (of_name || words.iter().all(|word| RELATIVES.contains(word))) => {
            Some(Head::Relative)
        }
        _ => None,
    }
}

/// True if a heading beside one of names says that they are of staff.
pub(super) fn is_of_staff(text: &str) -> bool {
    words(&plain(text).to_ascii_lowercase()).any(|word| STAFF.contains(&word))
}

impl Head {
    /// True for names that may be of staff.
    pub(super) const fn is_of_anybody(self) -> bool {
        matches!(self, Self::Name | Self::OneName)
    }

    /// What stands there.
    pub(super) const fn kind(self) -> PersonalKind {
        match self {
            Self::Birth => PersonalKind::BirthDate,
            Self::Nhs => PersonalKind::NhsNumber,
            Self::Insurance => PersonalKind::NationalInsurance,
            Self::Name | Self::OneName | Self::Child | Self::Initials | Self::Relative => {
                PersonalKind::ChildName
            }
            Self::Case => PersonalKind::CaseReference,
        }
    }
}
