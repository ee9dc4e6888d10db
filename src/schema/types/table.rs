//! Tables of a return.

use super::{Field, Role};
use crate::finding::Severity;
use crate::schema::condition::Condition;

/// One table of a return.
#[derive(Debug, Clone, Default)]
pub struct TableSchema {
    /// Its name.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// Tab names it may stand under.
    pub sheet: Vec<String>,
    /// Words just above its headings that tell it from others on the sheet.
    pub heading: Vec<String>,
    /// Rows or form.
    pub layout: LayoutKind,
    /// True if a return without it lacks something.
    pub required: bool,
    /// Codes of the partners that must send it; empty for all.
    pub from: Vec<String>,
    /// True if every sheet that fits is read.
    pub repeat: bool,
    /// Field that is filled from the sheet's name.
    pub sheet_field: Option<usize>,
    /// Fields in declared order.
    pub fields: Vec<Field>,
    /// Fields that identify a row inside one return.
    pub primary_key: Vec<usize>,
    /// Further unique combinations; rows with a blank in them are skipped.
    pub unique_keys: Vec<Vec<usize>>,
    /// References to other tables.
    pub foreign_keys: Vec<ForeignKey>,
    /// The register that says which rows are expected.
    pub register: Option<RegisterFields>,
    /// What further columns of the register say.
    pub columns: RegisterColumns,
    /// The rows of another table whose ratings this one's sum up.
    pub rates: Option<Rates>,
    /// True if a row with text in one cell only is a sub-heading.
    pub subheadings: bool,
    /// Field that a sub-heading fills.
    pub subheading_fill: Option<usize>,
    /// How total rows are marked.
    pub totals: Option<TotalRows>,
    /// Row rules.
    pub rules: Vec<Rule>,
}

impl TableSchema {
    /// The index of a field by name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }

    /// The index of the first field with this role.
    #[must_use]
    pub fn role(&self, role: Role) -> Option<usize> {
        self.fields.iter().position(|field| field.role == Some(role))
    }
}

/// How a table stands on its sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LayoutKind {
    /// Headings across, a record a row.
    #[default]
    Rows,
    /// A label on the left and its value to the right; one record.
    Form,
}

/// Field names of the register's key and wording.
#[derive(Debug, Clone, Copy)]
pub struct RegisterFields {
    /// The key.
    pub key: usize,
    /// The wording.
    pub title: Option<usize>,
}

/// Columns of plan.csv by what they say, where the schema names them.
#[derive(Debug, Clone, Default)]
pub struct RegisterColumns {
    /// What becomes of an entry next year.
    pub decision: Option<String>,
    /// As which entries it goes on.
    pub next: Option<String>,
    /// Why it does not.
    pub reason: Option<String>,
    /// Which entries of last year's plan it carries on.
    pub before: Option<String>,
    /// What in recommendations.csv it answers.
    pub recommendation: Option<String>,
    /// Who recommended that.
    pub source: Option<String>,
}

/// A table of ratings that sum up those of another table's rows.
#[derive(Debug, Clone, Copy)]
pub struct Rates {
    /// The table with the rows.
    pub table: usize,
    /// This table's field that names the group.
    pub by: usize,
    /// The other table's field that names it; `None` if the register's column of that name does.
    pub theirs: Option<usize>,
}

/// How total rows are marked.
#[derive(Debug, Clone)]
pub struct TotalRows {
    /// The field whose column holds the words; any text column if `None`.
    pub field: Option<usize>,
    /// Words of total rows.
    pub matches: Vec<String>,
    /// Words of sub-total rows.
    pub subtotals: Vec<String>,
}

/// A reference to another table of the same return.
#[derive(Debug, Clone)]
pub struct ForeignKey {
    /// Fields of this table.
    pub fields: Vec<usize>,
    /// The other table.
    pub table: usize,
    /// Fields of the other table.
    pub references: Vec<usize>,
}

/// A row rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its name.
    pub name: String,
    /// What it asks.
    pub kind: RuleKind,
    /// The field that a finding points at.
    pub field: usize,
    /// When it applies; always if `None`.
    pub when: Option<Condition>,
    /// The conditions `when` and `must` as they were written.
    pub written: (Option<String>, Option<String>),
    /// How much it matters.
    pub severity: Severity,
    /// The sentence, with `‹field›` to fill in.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// What a row rule asks.
#[derive(Debug, Clone)]
pub enum RuleKind {
    /// The field must be filled.
    RequiredWhen,
    /// The field must be blank.
    BlankWhen,
    /// This must hold.
    Must(Condition),
}
