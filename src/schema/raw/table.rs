//! A table as it is written.

use super::{NAME, RawControl, RawField, RawRule, Words};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

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
    /// Each row states the rating of a group of rows of another table.
    #[validate(nested)]
    pub(crate) rates: Option<RawRates>,
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

/// Which fields of a table are the key and the wording of plan.csv, and what further columns of it say.
#[derive(Debug, Clone, Default, Deserialize, Validate, JsonSchema)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RawRegister {
    /// The key.
    #[validate(required)]
    pub(crate) key: Option<String>,
    /// The wording.
    pub(crate) title: Option<String>,
    /// The column of plan.csv that says what becomes of an entry next year.
    pub(crate) decision: Option<String>,
    /// The column that says as which entries it goes on.
    pub(crate) next: Option<String>,
    /// The column that says why it does not.
    pub(crate) reason: Option<String>,
    /// The column that says which entries of last year's plan an entry carries on.
    pub(crate) before: Option<String>,
    /// The column that names what in recommendations.csv an entry answers.
    pub(crate) recommendation: Option<String>,
    /// The column that says who recommended it.
    pub(crate) source: Option<String>,
}

/// Which rows the ratings of a table are for.
#[derive(Debug, Clone, Default, Deserialize, Validate, JsonSchema)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RawRates {
    /// The table with the rows.
    #[validate(required)]
    pub(crate) table: Option<String>,
    /// The field that both tables have, or this one and plan.csv: rows alike in it are a group.
    #[validate(required)]
    pub(crate) by: Option<String>,
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
