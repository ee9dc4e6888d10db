//! A schema file as it is written: what serde reads, validator tests and schemars describes.

mod control;
mod field;
mod kinds;
mod output;
mod rule;
mod scalar;
mod table;

pub(crate) use control::RawControl;
pub(crate) use field::{Negatives, RawConstraints, RawField, RoleName, Sensitivity};
pub(crate) use kinds::{CONTROL_KINDS, ControlName, KindOf, OUTPUT_KINDS, OutputName};
pub(crate) use output::{Chart, RawOutput};
pub(crate) use rule::{RawRule, RuleName};
pub(crate) use scalar::{Scalar, Words};
pub(crate) use table::{Layout, RawForeignKey, RawRegister, RawTable};

use regex::Regex;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;
use validator::Validate;

/// Names of tables, lists, rules, controls and whole schemas.
static NAME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("^[a-z][a-z0-9]*([-_.][a-z0-9]+)*$").expect("the pattern is fixed and sound")
});
/// Names of fields: no hyphen, which is a minus sign in conditions.
static FIELD_NAME: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("^[a-z][a-z0-9]*(_[a-z0-9]+)*$").expect("the pattern is fixed and sound"));
/// Colours as RRGGBB.
static COLOUR: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("^[0-9A-Fa-f]{6}$").expect("the pattern is fixed and sound"));

/// A schema file of quarterday: what one kind of return looks like, which rules its rows keep, which totals must
/// agree and which sheets the consolidated workbook has.
#[derive(Debug, Clone, Default, Deserialize, Validate, JsonSchema)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
#[schemars(title = "quarterday schema", rename = "SchemaFile")]
pub(crate) struct RawFile {
    /// What the schema is called, and how sheets are searched.
    #[validate(required, nested)]
    pub(crate) schema: Option<RawSchema>,
    /// Where a return says who sent it, for which period and on which template.
    #[validate(nested)]
    pub(crate) identity: Option<RawIdentity>,
    /// Code lists that fields share.
    #[validate(nested)]
    pub(crate) list: Vec<RawList>,
    /// The tables of the return.
    #[validate(nested)]
    pub(crate) table: Vec<RawTable>,
    /// The sheets of the consolidated workbook, in order.
    #[validate(nested)]
    pub(crate) output: Vec<RawOutput>,
}

/// What the schema is called, and how sheets are searched.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RawSchema {
    /// Short name, in small letters with hyphens: `monitoring-return`.
    #[validate(required, regex(path = *NAME, message = "A name is made of small letters and digits, joined by - or _, and starts with a letter."))]
    pub(crate) name: Option<String>,
    /// Title for people.
    #[validate(required, length(min = 1, message = "A title needs at least one letter."))]
    pub(crate) title: Option<String>,
    /// Version of the template, as it is printed on the cover of the return: `2013-14.2`.
    #[validate(required, length(min = 1, message = "A version needs at least one digit."))]
    pub(crate) version: Option<String>,
    /// An earlier schema that this one takes over, by its path from this file.
    #[validate(length(min = 1, message = "Name the file that this schema extends."))]
    pub(crate) extends: Option<String>,
    /// What it is for.
    pub(crate) description: Option<String>,
    /// Rows of a sheet that are searched for headings (60 unless said).
    #[validate(range(min = 1, max = 10_000, message = "`headerRows` lies between 1 and 10000."))]
    pub(crate) header_rows: Option<u32>,
    /// Blank rows that end a table (20 unless said).
    #[validate(range(min = 1, max = 10_000, message = "`blankRows` lies between 1 and 10000."))]
    pub(crate) blank_rows: Option<u32>,
    /// Order of day, month and year in dates that are typed as text; only `dmy` is read.
    pub(crate) date_order: Option<DateOrder>,
    /// First month of the plan year, 1 to 12 (4 unless said).
    #[validate(range(min = 1, max = 12, message = "`yearStart` is a month from 1 to 12."))]
    pub(crate) year_start: Option<i8>,
    /// Postcodes of offices, which are nobody's home.
    pub(crate) office_postcodes: Vec<String>,
}

/// Order of day, month and year.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum DateOrder {
    /// Day, month, year.
    Dmy,
}

/// Where a return says who sent it, for which period and on which template: `table.field`.
#[derive(Debug, Clone, Default, Deserialize, Validate, JsonSchema)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RawIdentity {
    /// The field with the sender.
    pub(crate) agency: Option<String>,
    /// The field with the period.
    pub(crate) period: Option<String>,
    /// The field with the board.
    pub(crate) board: Option<String>,
    /// The field with the template's version, which is compared with the schema's.
    pub(crate) template: Option<String>,
    /// The field with the day on which the return was completed: of two returns of one partner the later one is used.
    pub(crate) completed: Option<String>,
    /// The field with the unit of plain amounts (a code whose categories carry `unit`).
    pub(crate) units: Option<String>,
    /// True if a partner's name in the file's name counts when nothing in the file says who sent it (so unless said).
    pub(crate) file_name: Option<bool>,
}

/// A code list that fields share.
#[derive(Debug, Clone, Default, Deserialize, Validate, JsonSchema)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RawList {
    /// Its name.
    #[validate(required, regex(path = *NAME, message = "A name is made of small letters and digits, joined by - or _, and starts with a letter."))]
    pub(crate) name: Option<String>,
    /// Title for people.
    pub(crate) title: Option<String>,
    /// True if the order means something: worst first, best last.
    pub(crate) ordered: Option<bool>,
    /// `worst`: two values in one cell are read as the worse of them, with a note.
    pub(crate) combine: Option<Combine>,
    /// Its categories.
    #[validate(nested, length(min = 1, message = "A list needs at least one category."))]
    pub(crate) categories: Vec<RawCategory>,
}

/// What two values in one cell are read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Combine {
    /// The worse of them.
    Worst,
}

/// One category of a code list.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RawCategory {
    /// The stored value.
    #[validate(required, length(min = 1, message = "A value needs at least one letter."))]
    pub(crate) value: Option<String>,
    /// The words that people see; the value unless said.
    #[validate(length(min = 1, message = "A label needs at least one letter."))]
    pub(crate) label: Option<String>,
    /// Other words for it.
    pub(crate) synonyms: Words,
    /// One or two letters that stand beside the colour.
    #[validate(length(min = 1, max = 2, message = "`letter` is one or two letters."))]
    pub(crate) letter: Option<String>,
    /// Fill colour, RRGGBB.
    #[validate(regex(path = *COLOUR, message = "A colour is six digits and letters from A to F, such as FFC000."))]
    pub(crate) colour: Option<String>,
    /// What it means on this board.
    pub(crate) meaning: Option<String>,
    /// For lists of units: pounds to the unit, 1 or 1000.
    pub(crate) unit: Option<Scalar>,
    /// For lists of signs: `minus` if amounts are written with their sign turned round.
    pub(crate) sign: Option<Sign>,
    /// For lists of states: what outputs may rely on.
    pub(crate) means: Option<Means>,
}

/// How amounts are signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Sign {
    /// As they are.
    Plus,
    /// Turned round.
    Minus,
}

/// What a category of a list of states means to the outputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Means {
    /// Done.
    Complete,
    /// Not done.
    Open,
    /// Not begun.
    NotStarted,
    /// Given up.
    Withdrawn,
    /// Moved to a later date.
    Rescheduled,
}

impl Means {
    /// The word as written.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Open => "open",
            Self::NotStarted => "not-started",
            Self::Withdrawn => "withdrawn",
            Self::Rescheduled => "rescheduled",
        }
    }
}
