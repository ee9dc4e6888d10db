//! What may identify a person, and where it stood. What it said is never part of it.

use super::CellRef;

/// A kind of words or number that may identify a person, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PersonalKind {
    /// An NHS number.
    NhsNumber,
    /// A unique pupil number.
    PupilNumber,
    /// A National Insurance number.
    NationalInsurance,
    /// The sample of one that the manuals print.
    SampleInsurance,
    /// A date of birth.
    BirthDate,
    /// A telephone number without its first zero, or an NHS number: both are possible.
    PhoneOrNhs,
    /// The name of a child or of somebody of its family.
    ChildName,
    /// An age beside initials, or of one child.
    Age,
    /// A reference of social care, the police or a court.
    CaseReference,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Telephone,
    /// A postcode.
    Postcode,
    /// A letter in place of a name, as in *Child A*.
    Pseudonym,
}

/// How sure it is that something is what it seems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sure {
    /// It may be: listed.
    Weak,
    /// It is likely: somebody must look.
    Medium,
    /// It is: its text is held back from every output.
    Strong,
}

/// What something that may identify a person stood in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holder {
    /// A cell.
    Cell,
    /// Cells of a column, the first of which is named.
    Column,
    /// A formula.
    Formula,
    /// A comment on a cell.
    Comment,
    /// A box with words over the cells.
    TextBox,
    /// A page header or footer.
    HeaderFooter,
    /// The name of a sheet.
    SheetName,
    /// The name of the file.
    FileName,
    /// A property of the document.
    Property,
    /// A defined name.
    DefinedName,
    /// The name of another workbook that formulas refer to.
    Link,
    /// Something else that the file says of itself, such as the name of a chart sheet.
    Remark,
}

/// One such place of a sheet or, without a cell and sheet, of a workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Suspected {
    /// The cell, if it is at one.
    pub at: Option<CellRef>,
    /// What it stood in.
    pub holder: Holder,
    /// What it may be.
    pub kind: PersonalKind,
    /// How sure that is.
    pub sure: Sure,
}

/// What was found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Suspect {
    /// What it may be.
    pub kind: PersonalKind,
    /// How sure that is.
    pub sure: Sure,
}

/// How every text begins that stands in the place of one that was held back.
pub const HELD: &str = "[held: ";

impl PersonalKind {
    /// What people call it, without an article.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::NhsNumber => "NHS number",
            Self::PupilNumber => "pupil number (UPN)",
            Self::NationalInsurance => "National Insurance number",
            Self::SampleInsurance => "sample National Insurance number",
            Self::BirthDate => "date of birth",
            Self::PhoneOrNhs => "telephone number or NHS number",
            Self::ChildName => "name of a child or relative",
            Self::Age => "child\u{2019}s age beside initials or the like",
            Self::CaseReference => "case reference",
            Self::Email => "e-mail address",
            Self::Telephone => "telephone number",
            Self::Postcode => "postcode",
            Self::Pseudonym => "letter in place of a name",
        }
    }

    /// The same with its article.
    #[must_use]
    pub fn with_article(self) -> String {
        let article = if matches!(self, Self::NhsNumber | Self::Email) { "an" } else { "a" };
        format!("{article} {}", self.words())
    }

    /// What stands in its text's place in every output.
    #[must_use]
    pub fn in_its_place(self) -> String {
        format!("{HELD}{}]", self.words())
    }

    /// True for numbers and dates that say by themselves who somebody is.
    #[must_use]
    pub const fn is_identifier(self) -> bool {
        matches!(
            self,
            Self::NhsNumber
                | Self::PupilNumber
                | Self::NationalInsurance
                | Self::SampleInsurance
                | Self::BirthDate
                | Self::PhoneOrNhs
        )
    }

    /// True for what may be an amount or a count: digits and no more.
    #[must_use]
    pub const fn may_be_a_figure(self) -> bool {
        matches!(self, Self::NhsNumber | Self::PhoneOrNhs | Self::Telephone | Self::CaseReference)
    }

    /// True for what a column of staff may hold.
    #[must_use]
    pub const fn is_of_staff(self) -> bool {
        matches!(
            self,
            Self::Email
                | Self::Telephone
                | Self::Postcode
                | Self::ChildName
                | Self::PhoneOrNhs
                | Self::Pseudonym
        )
    }
}
