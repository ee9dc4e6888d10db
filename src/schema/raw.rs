//! A schema file as it is written: what serde reads, validator tests and schemars describes.

mod control;
mod kinds;
mod output;
mod scalar;

pub(crate) use control::RawControl;
pub(crate) use kinds::{CONTROL_KINDS, ControlName, KindOf, OUTPUT_KINDS, OutputName};
pub(crate) use output::{Chart, RawOutput};
pub(crate) use scalar::{Scalar, Words};

use crate::finding::Severity;
use regex::Regex;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;
use validator::{Validate, ValidationError};

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

/// One table of a return.
#[derive(Debug, Clone, Default, Deserialize, Validate, JsonSchema)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RawTable {
    /// Its name.
    #[validate(required, regex(path = *NAME, message = "A name is made of small letters and digits, joined by - or _, and starts with a letter."))]
    pub(crate) name: Option<String>,
    /// Title for people.
    #[validate(required, length(min = 1, message = "A title needs at least one letter."))]
    pub(crate) title: Option<String>,
    /// Names of the tabs it may stand under; else it is found by its headings.
    pub(crate) sheet: Words,
    /// Words just above its headings that tell it from other tables of the sheet.
    pub(crate) heading: Words,
    /// `rows`: headings across. `form`: a label on the left, its value to the right.
    pub(crate) layout: Option<Layout>,
    /// True if a return without it lacks something.
    pub(crate) required: Option<bool>,
    /// Codes of the partners that must send it; all unless said.
    pub(crate) from: Words,
    /// True if every sheet that fits is read.
    pub(crate) repeat: Option<bool>,
    /// Field that is filled from the sheet's name.
    pub(crate) sheet_field: Option<String>,
    /// Fields in the order of the template.
    #[validate(nested)]
    pub(crate) fields: Vec<RawField>,
    /// Fields that identify a row inside one return.
    pub(crate) primary_key: Words,
    /// Further combinations of fields that no two rows share.
    pub(crate) unique_keys: Vec<Words>,
    /// References to other tables of the same return.
    #[validate(nested)]
    pub(crate) foreign_keys: Vec<RawForeignKey>,
    /// Texts that count as blank.
    pub(crate) missing_values: Option<Vec<String>>,
    /// The rows are those of plan.csv. At most one table has this.
    #[validate(nested)]
    pub(crate) register: Option<RawRegister>,
    /// A row with text in one cell only is a sub-heading.
    pub(crate) subheadings: Option<RawSubheadings>,
    /// How total rows are marked.
    #[validate(nested)]
    pub(crate) totals: Option<RawTotals>,
    /// Rules that each row must keep.
    #[validate(nested)]
    pub(crate) rules: Vec<RawRule>,
    /// Totals that must agree.
    #[validate(nested)]
    pub(crate) controls: Vec<RawControl>,
    /// What it is.
    pub(crate) description: Option<String>,
}

/// How a table stands on its sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Layout {
    /// Headings across, a record a row.
    Rows,
    /// A label on the left and its value to the right.
    Form,
}

/// A reference to another table of the same return.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RawForeignKey {
    /// Fields of this table.
    pub(crate) fields: Words,
    /// Where they must stand.
    #[validate(required)]
    pub(crate) reference: Option<RawReference>,
}

/// Fields of another table.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RawReference {
    /// The other table.
    pub(crate) table: Option<String>,
    /// Its fields.
    pub(crate) fields: Words,
}

/// Which fields of a table are the key and the wording of plan.csv.
#[derive(Debug, Clone, Default, Deserialize, Validate, JsonSchema)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RawRegister {
    /// The key.
    #[validate(required)]
    pub(crate) key: Option<String>,
    /// The wording.
    pub(crate) title: Option<String>,
}

/// Sub-headings inside a table.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RawSubheadings {
    /// Field that a sub-heading fills for the rows under it.
    pub(crate) fill: Option<String>,
}

/// How total rows are marked.
#[derive(Debug, Clone, Default, Deserialize, Validate, JsonSchema)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RawTotals {
    /// The field whose column holds the words; any text column unless said.
    pub(crate) field: Option<String>,
    /// Words of total rows.
    pub(crate) matches: Words,
    /// Words of sub-total rows.
    pub(crate) subtotals: Words,
}

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
    /// What it is called.
    Title,
    /// A comment that explains a difference.
    Comment,
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

/// A rule that each row must keep.
#[derive(Debug, Clone, Default, Deserialize, Validate, JsonSchema)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
#[validate(schema(function = "rule_has_its_parts", skip_on_field_errors = false))]
pub(crate) struct RawRule {
    /// Its name.
    #[validate(required, regex(path = *NAME, message = "A name is made of small letters and digits, joined by - or _, and starts with a letter."))]
    pub(crate) name: Option<String>,
    /// What it asks: the field must be filled, must be blank, or a condition must hold.
    #[validate(required)]
    pub(crate) kind: Option<RuleName>,
    /// The field that a finding points at.
    #[validate(required)]
    pub(crate) field: Option<String>,
    /// When it applies.
    pub(crate) when: Option<String>,
    /// What must hold.
    pub(crate) must: Option<String>,
    /// How much it matters; `query` unless said.
    pub(crate) severity: Option<Severity>,
    /// The sentence that people read; ‹field› stands for the row's value.
    #[validate(required, length(min = 1, message = "A message needs at least one word."))]
    pub(crate) message: Option<String>,
    /// What to do.
    pub(crate) help: Option<String>,
}

/// Kinds of rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RuleName {
    /// The field must be filled when the condition holds.
    RequiredWhen,
    /// The field must be blank when the condition holds.
    BlankWhen,
    /// The condition `must` holds.
    Must,
}

/// A rule has the conditions of its kind and no other.
fn rule_has_its_parts(rule: &RawRule) -> Result<(), ValidationError> {
    let about = |at: &'static str, message: &'static str| {
        let mut error = ValidationError::new("rule").with_message(message.into());
        error.add_param("at".into(), &at);
        Err(error)
    };
    match (rule.kind, &rule.when, &rule.must) {
        (Some(RuleName::Must), _, None) => about("kind", "A rule of the kind must needs a condition `must`."),
        (Some(RuleName::RequiredWhen | RuleName::BlankWhen), None, _) => {
            about("kind", "A rule of this kind needs a condition `when`.")
        }
        (Some(RuleName::RequiredWhen | RuleName::BlankWhen), _, Some(_)) => {
            about("must", "`must` belongs to rules of the kind must.")
        }
        _ => Ok(()),
    }
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

impl From<TypeName> for super::FieldType {
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

impl From<FormatName> for super::Format {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Default => Self::Default,
            FormatName::Email => Self::Email,
            FormatName::Uri => Self::Uri,
            FormatName::Post => Self::Post,
        }
    }
}
