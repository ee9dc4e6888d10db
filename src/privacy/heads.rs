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
    /// Names of children.
    Child,
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
    if text.bytes().filter(u8::is_ascii_digit).count() > 2 {
        return None;
    }
    let lower = text.to_ascii_lowercase().replace('.', "").replace("'s", "s");
    let words: Vec<&str> = words(&lower).collect();
    let has = |word: &str| words.contains(&word);
    let together = words.join(" ");
    let says = |phrase: &str| format!(" {together} ").contains(&format!(" {phrase} "));
    let numbered = || ["no", "number", "num", "id", "ref", "reference"].iter().any(|word| has(word));
    if has("dob") || says("date of birth") || has("birthdate") || says("birth date") || together == "d o b" {
        return Some(Head::Birth);
    }
    if has("nhs") && numbered() {
        return Some(Head::Nhs);
    }
    if has("nino") || (has("ni") || says("national insurance")) && numbered() {
        return Some(Head::Insurance);
    }
    if (has("case") || has("crime") || has("lcs")) && numbered() && words.len() <= 4 {
        return Some(Head::Case);
    }
    let of_child =
        has("child") || has("childs") || has("pupil") || has("pupils") || has("yp") || says("young person");
    let of_name = ["name", "names", "surname", "forename", "initials"].iter().any(|word| has(word));
    match together.as_str() {
        "child" | "pupil" | "young person" | "yp" | "children" | "pupils" => Some(Head::Child),
        _ if of_child && of_name && words.len() <= 5 => Some(Head::Child),
        "name" | "names" | "surname" | "forename" | "first name" | "last name" | "full name"
        | "forenames" | "initials" => Some(Head::Name),
        _ => None,
    }
}

/// True if a heading beside one of names says that they are of staff.
pub(super) fn is_of_staff(text: &str) -> bool {
    words(&plain(text).to_ascii_lowercase()).any(|word| STAFF.contains(&word))
}

impl Head {
    /// What stands there.
    pub(super) const fn kind(self) -> PersonalKind {
        match self {
            Self::Birth => PersonalKind::BirthDate,
            Self::Nhs => PersonalKind::NhsNumber,
            Self::Insurance => PersonalKind::NationalInsurance,
            Self::Name | Self::Child => PersonalKind::ChildName,
            Self::Case => PersonalKind::CaseReference,
        }
    }
}
