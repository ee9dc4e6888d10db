//! A field as it is written.

use super::{FIELD_NAME, RawCategory, Scalar, Words};
use crate::schema::{FieldType, Format};
use schemars::JsonSchema;
use serde::Deserialize;
use validator::Validate;

/// One field.
#[derive(Debug, Clone, Default, Deserialize, Validate, JsonSchema)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RawField {
    /// Its name.
    #[validate(required, regex(path = *FIELD_NAME, message = "A field's name is made of small letters and digits, joined by _, and starts with a letter."))]
    pub(crate) name: Option<String>,
    /// The heading, as printed on the template.
    #[validate(required, length(min = 1, message = "A title needs at least one letter."))]
    pub(crate) title: Option<String>,
    /// Other headings that mean the same.
    pub(crate) aliases: Words,
    /// What kind of value it holds; text unless said.
    #[serde(rename = "type")]
    pub(crate) kind: Option<TypeName>,
    /// True if a cell may hold several values.
    pub(crate) many: Option<bool>,
    /// What text must look like.
    pub(crate) format: Option<FormatName>,
    /// What it is.
    pub(crate) description: Option<String>,
    /// What to do when it is wrong.
    pub(crate) help: Option<String>,
    /// An example.
    pub(crate) example: Option<String>,
    /// The code list.
    pub(crate) list: Option<String>,
    /// A code list of this field alone.
    #[validate(nested)]
    pub(crate) categories: Vec<RawCategory>,
    /// True if the order of `categories` means something: worst first.
    pub(crate) ordered: Option<bool>,
    /// What values must keep.
    pub(crate) constraints: Option<RawConstraints>,
    /// Texts that count as blank, in place of the table's.
    pub(crate) missing_values: Option<Vec<String>>,
    /// `staff`: names of staff are allowed here.
    pub(crate) sensitivity: Option<Sensitivity>,
    /// True if it is filled in beforehand.
    pub(crate) locked: Option<bool>,
    /// True if it is never asked of a partner.
    pub(crate) computed: Option<bool>,
    /// Words allowed in place of a value; they are kept as words.
    pub(crate) allow: Words,
    /// How amounts are read.
    pub(crate) money: Option<RawMoney>,
    /// What outputs and checks may rely on it to be.
    pub(crate) role: Option<RoleName>,
}

/// Types of fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum TypeName {
    /// Text.
    String,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A share in percent.
    Percent,
    /// Yes or no.
    Boolean,
    /// A date.
    Date,
    /// A quarter or year.
    Period,
    /// An amount in pounds.
    Money,
    /// One of the categories of a list.
    Code,
    /// A partner of the round.
    Agency,
}

/// Formats of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum FormatName {
    /// Anything.
    Default,
    /// An e-mail address.
    Email,
    /// A web address.
    Uri,
    /// A post title.
    Post,
}

/// Whose names may stand in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Sensitivity {
    /// Nobody's.
    Open,
    /// Those of staff.
    Staff,
}

/// What outputs and checks may rely on a field to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RoleName {
    /// Where an action stands.
    Status,
    /// Red, amber or green.
    Rating,
    /// This quarter's words.
    Update,
    /// When it is due.
    TargetDate,
    /// When it is due now, if the first date was moved.
    RevisedDate,
    /// What it is called.
    Title,
    /// A comment that explains a difference.
    Comment,
    /// Whether it is better or worse than in the round before.
    Direction,
    /// What is committed and not yet paid.
    Committed,
    /// The board that a row is for: rows for another board than the round's are held.
    Board,
    /// Nothing.
    None,
}

/// How amounts are read.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RawMoney {
    /// `read`: an amount below zero is read as it stands. `query`: it is held with a query.
    pub(crate) negatives: Option<Negatives>,
}

/// What becomes of amounts below zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Negatives {
    /// They are read.
    Read,
    /// They are held with a query.
    Query,
}

/// What values must keep. A blank cell is only tested by `required`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RawConstraints {
    /// The cell must be filled.
    pub(crate) required: Option<bool>,
    /// No two rows of a return hold the same.
    pub(crate) unique: Option<bool>,
    /// Smallest value allowed: a number, or a date.
    pub(crate) minimum: Option<Scalar>,
    /// Largest value allowed: a number, or a date.
    pub(crate) maximum: Option<Scalar>,
    /// The value must be above this.
    pub(crate) exclusive_minimum: Option<Scalar>,
    /// The value must be below this.
    pub(crate) exclusive_maximum: Option<Scalar>,
    /// Fewest characters.
    pub(crate) min_length: Option<usize>,
    /// Most characters.
    pub(crate) max_length: Option<usize>,
    /// What the whole text must look like, as a regular expression.
    pub(crate) pattern: Option<String>,
    /// Values allowed.
    #[serde(rename = "enum")]
    pub(crate) allowed: Option<Vec<Scalar>>,
}

impl From<TypeName> for FieldType {
    fn from(name: TypeName) -> Self {
        match name {
            TypeName::String => Self::String,
            TypeName::Integer => Self::Integer,
            TypeName::Number => Self::Number,
            TypeName::Percent => Self::Percent,
            TypeName::Boolean => Self::Boolean,
            TypeName::Date => Self::Date,
            TypeName::Period => Self::Period,
            TypeName::Money => Self::Money,
            TypeName::Code => Self::Code,
            TypeName::Agency => Self::Agency,
        }
    }
}

impl From<FormatName> for Format {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Default => Self::Default,
            FormatName::Email => Self::Email,
            FormatName::Uri => Self::Uri,
            FormatName::Post => Self::Post,
        }
    }
}
