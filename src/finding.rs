//! What a partner or the Business Unit is told about one place of one file.

mod asks;
mod code;

pub(crate) use asks::{apart, split};
pub use code::Code;

use crate::model::{Comparison, FileId, HELD, Origin, PartnerId, Scope, SheetId};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// How much a finding matters, in the words of English public collections.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Read with a change, or left out; listed so that nothing is silent.
    Note,
    /// Somebody must answer.
    Query,
    /// Cannot be accepted, or stops sign-off.
    Error,
}

impl Severity {
    /// The word that people see.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Query => "query",
            Self::Error => "error",
        }
    }
}

/// How much work it is to put a finding right; what takes least is listed first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effort {
    /// A cell is typed again.
    Retype,
    /// Something is looked up first.
    LookUp,
    /// A table or a column that is not there is added: without it the return is not whole.
    Add,
    /// A sheet, a column or rows are filled in.
    FillIn,
    /// A sum is looked into. It comes last: what is mended before often puts it right.
    Sum,
}

/// How much of a finding the partner that it is about may be told; each says less than the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Audience {
    /// All of it.
    #[default]
    Partner,
    /// What was found; what to do is said to the Business Unit.
    Message,
    /// Where it is, and no more: its words may hold another partner's figures.
    Place,
    /// Nothing: it is about figures of the Business Unit, or its own work.
    BusinessUnit,
}

/// The one place that a person should open first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Location {
    /// A cell of a return.
    Cell(Origin),
    /// A whole sheet.
    Sheet(FileId, SheetId),
    /// A whole file.
    File(FileId),
    /// A line of `plan.csv` for a partner (one-based, headings are line 1).
    Plan(PartnerId, u32),
    /// A line of `ledger.csv` (one-based, headings are line 1).
    Ledger(u32),
    /// A line of `answers.csv` (one-based, headings are line 1).
    Answer(u32),
    /// A line of another file of the Business Unit, about no partner (one-based, headings are line 1).
    Own(OwnFile, u32),
    /// `signoff.toml`.
    SignOff,
    /// A partner in `round.toml`, such as one that sent nothing.
    Partner(PartnerId),
    /// The folder of returns as a whole.
    Returns,
}

/// A file of the Business Unit of which a line may be about no partner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OwnFile {
    /// The settings of the round.
    Settings,
    /// The plan register.
    Plan,
    /// The plan register of the round before.
    PlanBefore,
    /// What inspectors recommended.
    Recommendations,
}

impl OwnFile {
    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Settings => "round.toml",
            Self::Plan => "plan.csv",
            Self::PlanBefore => "plan.csv of the round before",
            Self::Recommendations => "recommendations.csv",
        }
    }
}

impl Location {
    /// Where to look first for a comparison: the stated figure, then the other one, then whom it is about.
    #[must_use]
    pub fn of(comparison: &Comparison) -> Self {
        let Comparison { stated, expected, scope, .. } = comparison;
        let line = stated.ledger_line.or(expected.ledger_line).map(Self::Ledger);
        let cell = stated.at.or(expected.at).or(comparison.addends.first().copied()).map(Self::Cell);
        cell.or(line).unwrap_or(match scope {
            Scope::Partner(partner) => Self::Partner(*partner),
            Scope::Round => Self::Returns,
        })
    }

    /// True for what the Business Unit keeps, which no partner can put right.
    #[must_use]
    pub const fn is_of_business_unit(self) -> bool {
        matches!(self, Self::Ledger(_) | Self::Answer(_) | Self::Own(..) | Self::SignOff | Self::Returns)
    }

    /// The file that the place is in, if it is in one of the returns.
    #[must_use]
    pub fn file(self) -> Option<FileId> {
        match self {
            Self::Cell(origin) => Some(origin.file),
            Self::Sheet(file, _) | Self::File(file) => Some(file),
            _ => None,
        }
    }
}

/// What somebody answered to a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Its line in `answers.csv` (one-based, headings are line 1).
    pub line: u32,
    /// The words.
    pub text: String,
    /// The post that gives them.
    pub post: String,
    /// The day on which they were given.
    pub date: Date,
}

/// Another place that has to do with a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The place.
    pub at: Location,
    /// What it is, in a few words.
    pub what: String,
}

/// One finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The check that made it.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// How much work it is to put right.
    pub effort: Effort,
    /// Where to look first.
    pub at: Location,
    /// The partner it is about, once that is known.
    pub partner: Option<PartnerId>,
    /// How much of it that partner may be told.
    pub audience: Audience,
    /// One sentence about this place with the figures in it.
    pub message: Box<str>,
    /// What to do.
    pub help: Option<Box<str>>,
    /// The rest, where there is any.
    pub detail: Option<Box<Detail>>,
}

/// A figure that is out.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// What is compared, in words.
    pub line: String,
    /// Stated less expected, pounds.
    pub pounds: Decimal,
    /// The cells that show why, where that is more than possible.
    pub because: Vec<Origin>,
}

/// Parts of a finding that few findings have.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Detail {
    /// As it was typed.
    pub typed: Option<String>,
    /// As it was used.
    pub used: Option<String>,
    /// The field's title.
    pub field: Option<String>,
    /// The constraint of a `constraint-error`, the rule or control of others, by name.
    pub rule: Option<String>,
    /// How the file stood that an answer is for, by the beginning of its fingerprint, where the message alone would not tell
    /// that something else has come in its place.
    pub state: Option<String>,
    /// Other places.
    pub related: Vec<Related>,
    /// The line of a comparison and its two figures, in words.
    pub figures: Option<String>,
    /// By how much these differ, and where that comes from.
    pub difference: Option<Difference>,
    /// The answer that stands.
    pub answer: Option<Answer>,
}

impl Finding {
    /// The answer that stands, if there is one.
    #[must_use]
    pub fn answer(&self) -> Option<&Answer> {
        self.detail.as_ref()?.answer.as_ref()
    }

    /// What to do, also where its own words say it. Nobody has to do anything about a note.
    #[must_use]
    pub fn deed(&self) -> Cow<'_, str> {
        let help = self.help.as_deref().unwrap_or_default();
        match self.severity {
            Severity::Note => Cow::Borrowed(help),
            Severity::Query | Severity::Error => Cow::Owned(apart(&self.message, help).1),
        }
    }

    /// What was found, without what is asked at the end of it.
    #[must_use]
    pub fn found(&self) -> Cow<'_, str> {
        let help = self.help.as_deref().unwrap_or_default();
        match self.severity {
            Severity::Note => Cow::Borrowed(&*self.message),
            Severity::Query | Severity::Error => Cow::Owned(apart(&self.message, help).0),
        }
    }

    /// True if it asks for something: in its words, or in what stands beside them as what to do.
    #[must_use]
    pub fn says_what_to_do(&self) -> bool {
        self.help.as_deref().is_some_and(asks::asks) || asks::goes_on_asking(&self.message)
    }

    /// True if somebody must answer it.
    #[must_use]
    pub fn asks(&self) -> bool {
        self.severity != Severity::Note && self.at != Location::SignOff
    }

    /// True if it speaks of something that was held back, or is about a person: another's in the same place reads alike.
    #[must_use]
    pub fn speaks_of_held(&self) -> bool {
        let detail = self.detail.as_deref();
        let texts = detail.into_iter().flat_map(|detail| [&detail.typed, &detail.figures]).flatten();
        let mut texts = texts.map(String::as_str).chain([&*self.message]);
        self.code == Code::PERSONS || texts.any(|text| text.contains(HELD))
    }

    /// True if something in a return may identify a person, and no answer says that this is cleared.
    #[must_use]
    pub fn is_uncleared(&self) -> bool {
        self.severity != Severity::Note && self.code == Code::PERSONS && self.answer().is_none()
    }

    /// True if it stops the workbook from going round: something in a return identifies a person, and nobody has cleared it.
    #[must_use]
    pub fn forbids_circulation(&self) -> bool {
        self.severity == Severity::Error && self.is_uncleared()
    }
}

/// What must be cleared before anything is published: findings about persons, of severity error or query, without an
/// answer that applies.
#[must_use]
pub fn uncleared(findings: &[Finding]) -> Vec<&Finding> {
    findings.iter().filter(|finding| finding.is_uncleared()).collect()
}
