//! What a cell was read as.

use super::{Money, Origin, PartnerId, Period, PersonalKind};
use jiff::civil::Date;
use rust_decimal::Decimal;

/// A typed value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Text.
    Text(Box<str>),
    /// A category of the field's code list, zero-based.
    Code(u16),
    /// Several categories.
    Codes(Box<[u16]>),
    /// A partner of the round.
    Agency(PartnerId),
    /// Several partners.
    Agencies(Box<[PartnerId]>),
    /// A date with its precision.
    Date(PartialDate),
    /// A quarter or a year.
    Period(Period),
    /// An amount.
    Money(Money),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(Decimal),
    /// A share: 61.01 for 61.01%.
    Percent(Decimal),
    /// Yes or no.
    Boolean(bool),
    /// A word that the field allows in place of a value, such as *not stated* (index into `allow`).
    Word(u16),
}

/// A date that may be known to the day, the month or the quarter only; `date` is its last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartialDate {
    /// The day, or the last day of the month or quarter.
    pub date: Date,
    /// How precisely it was given.
    pub precision: Precision,
}

/// How precisely a date was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// To the day.
    Day,
    /// To the month.
    Month,
    /// To the quarter.
    Quarter,
}

/// What became of one cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading {
    /// Nothing there.
    Blank,
    /// One reading was possible.
    Value(Value),
    /// Held as it was typed.
    Unreadable(Box<Unreadable>),
}

/// A cell that could not be read as its field's type.
#[derive(Debug, Clone, PartialEq)]
pub struct Unreadable {
    /// As it was typed.
    pub raw: String,
    /// Why it was not used.
    pub why: Misread,
}

/// Why a cell could not be read.
#[derive(Debug, Clone, PartialEq)]
pub enum Misread {
    /// It is not of the field's type at all.
    NotThis,
    /// More than one reading is possible; each as words.
    Ambiguous(Vec<String>),
    /// It is an error value (`#REF!`).
    ErrorValue,
    /// It is a formula saved without a result.
    Uncached,
    /// There are two amounts in one cell.
    TwoAmounts,
    /// A percentage in a money column.
    PercentInMoney,
    /// An amount below zero where the field asks that minus signs be queried; the amount as it was typed, below zero.
    Minus(Money),
    /// A date that no calendar has, such as 31 June.
    NoSuchDate,
    /// A date that is probably not what was typed (15-Mar for Mar 15); what was perhaps meant, in words.
    DateToConfirm(String),
    /// A day that Excel shows without its year and probably made of a month and a year (`Mar 15`); the month that was
    /// perhaps meant, in words.
    MonthMistaken(String),
    /// To be confirmed (`TBC`, `?`).
    ToBeConfirmed,
    /// Shown by a colour alone that is none of the key's, or nearly as close to one as to another: those, by name.
    Colour(Vec<String>),
    /// A code or name that is not on the list; the nearest one, if any is near.
    Unknown {
        /// The nearest name on the list.
        nearest: Option<String>,
    },
    /// One cell names two values where one is asked for.
    TwoValues,
    /// A number too large to be added up exactly, or not finite.
    OutOfRange,
    /// It holds words that the program put in the place of others, which a partner has not written again.
    OurWords,
    /// It held something that identifies a person, which is passed on nowhere.
    Personal(PersonalKind),
}

/// A change made in reading: told, as a note with *as typed* and *as used*, unless its kind says otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// As it was typed.
    pub typed: String,
    /// Why it was changed.
    pub kind: ChangeKind,
}

/// The kinds of change that reading makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// A number held as text.
    NumberAsText,
    /// Signs, separators or words taken off an amount (`£1,234`, `(500)`, `nil`).
    Amount,
    /// A multiplier (`£20k`, a sheet in £000): precision is less than pounds.
    Unit,
    /// Another word or spelling for a code (`g`, `R `).
    Synonym,
    /// Two ratings in one cell, the more cautious used.
    MoreCautious,
    /// Another name of a partner.
    AgencyAlias,
    /// An earlier or later name of the same body.
    AgencySuccessor,
    /// *All* written out.
    AllAgencies,
    /// A lead and others in a cell for one; the first used.
    FirstOfSeveral,
    /// A lead and others in a cell for one; the first is the lead, the others stand in the field for them.
    LeadAndOthers,
    /// A date known to the month or quarter: its last day.
    EndOfPeriod,
    /// A date written as text.
    DateAsText,
    /// A date counted from 1904.
    Date1904,
    /// Two dates in one cell (`Sept 13 (revised Dec 13)`); the later used.
    RevisedDate,
    /// Two dates in one cell; the first stands here, the new one in the field for it.
    FirstAndRevised,
    /// No end date (`Ongoing`).
    NoEndDate,
    /// Stray characters repaired (`Â£`).
    Repaired,
    /// A word for *does not apply* read as blank.
    NotApplicable,
    /// A number where text is asked for (a reference typed as 1.2).
    NumberToText,
    /// A reference that Excel changed (4.10 to 4.1, 3-4 to a day), put right by the wording of its row.
    KeyByWording,
    /// A value spread from a merged area.
    MergedDown,
    /// A value too long for a cell, kept whole beside the workbook.
    Shortened,
    /// A share written as a fraction (0.61 for 61%).
    Fraction,
    /// A code shown by the fill of a cell without words.
    ByColour,
    /// The word and the fill of a cell say different things; the worse is used.
    ColourDisagrees,
    /// A sign drawn with a symbol font.
    Symbol,
    /// A number shown as an icon.
    Icon,
    /// A time beside a day, left out. No finding tells it; it stands among the cells of the data package.
    TimeLeftOut,
    /// Line ends, tabs, blanks at the ends and characters that nobody sees, made plain. No finding tells it either.
    WhiteSpace,
}

/// One cell of a record.
#[derive(Debug, Clone)]
pub struct Cell {
    /// Where it stands, filled or not.
    pub at: Origin,
    /// What it was read as.
    pub reading: Reading,
    /// What reading changed, if anything.
    pub change: Option<Box<Change>>,
}

impl Cell {
    /// The value, if one was read.
    #[must_use]
    pub fn value(&self) -> Option<&Value> {
        match &self.reading {
            Reading::Value(value) => Some(value),
            Reading::Blank | Reading::Unreadable(_) => None,
        }
    }

    /// The amount, if it is one.
    #[must_use]
    pub fn money(&self) -> Option<Money> {
        match self.value() {
            Some(Value::Money(money)) => Some(*money),
            _ => None,
        }
    }

    /// The category, if it is one.
    #[must_use]
    pub fn code(&self) -> Option<u16> {
        match self.value() {
            Some(Value::Code(code)) => Some(*code),
            _ => None,
        }
    }

    /// The text, if it is text.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self.value() {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// True if nothing is there.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.reading == Reading::Blank
    }
}
