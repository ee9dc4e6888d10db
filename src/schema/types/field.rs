//! Fields of a table.

use crate::model::{PersonalKind, Sure, Suspected, folds_alike};
use rust_decimal::Decimal;

/// One field.
#[expect(clippy::struct_excessive_bools, reason = "each is a property of its own in the notation")]
#[derive(Debug, Clone, Default)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// The heading.
    pub title: String,
    /// Other headings.
    pub aliases: Vec<String>,
    /// Its type.
    pub kind: FieldType,
    /// True if a cell holds a list.
    pub many: bool,
    /// Format of text.
    pub format: Format,
    /// What it is.
    pub description: Option<String>,
    /// What to do when it is wrong.
    pub help: Option<String>,
    /// An example.
    pub example: Option<String>,
    /// Its code list (index into `Schema::lists`), for codes.
    pub list: Option<usize>,
    /// Constraints.
    pub constraints: Constraints,
    /// Texts that count as blank, folded; white space always does.
    pub missing_values: Vec<String>,
    /// Words allowed in place of a value.
    pub allow: Vec<String>,
    /// True if names of staff are allowed.
    pub staff: bool,
    /// True if it is prefilled.
    pub locked: bool,
    /// True if it is never asked of a partner.
    pub computed: bool,
    /// True if an amount below zero is held with a query.
    pub query_negatives: bool,
    /// What outputs and checks may rely on.
    pub role: Option<Role>,
}

impl Field {
    /// True if its declaration allows what may identify a person: fields of staff hold names and addresses, those of figures
    /// numbers. What is sure is allowed nowhere.
    #[must_use]
    pub fn may_hold(&self, suspected: &Suspected) -> bool {
        let Suspected { kind, sure, .. } = *suspected;
        let figure = matches!(
            self.kind,
            FieldType::Money | FieldType::Number | FieldType::Integer | FieldType::Percent
        );
        let email = self.format == Format::Email && kind == PersonalKind::Email;
        sure != Sure::Strong
            && (email || self.staff && kind.is_of_staff() || figure && kind.may_be_a_figure())
    }

    /// True if a heading is its name, its title or another of its headings.
    #[must_use]
    pub fn is_called(&self, heading: &str) -> bool {
        let mut names = [&self.name, &self.title].into_iter().chain(&self.aliases);
        names.any(|name| folds_alike(name, heading))
    }

    /// The line that makes a heading one of its other names, to be put into the schema: `aliases = ["By when", "Due"]`.
    #[must_use]
    pub fn aliases_with(&self, heading: &str) -> String {
        let quoted = |name: &str| format!("{name:?}");
        let aliases: Vec<String> =
            self.aliases.iter().map(String::as_str).chain([heading]).map(quoted).collect();
        format!("aliases = [{}]", aliases.join(", "))
    }
}

/// Types of fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum FieldType {
    /// Text.
    #[default]
    String,
    /// Whole number.
    Integer,
    /// Decimal number.
    Number,
    /// Share in percent.
    Percent,
    /// Yes or no.
    Boolean,
    /// Date.
    Date,
    /// Quarter or year.
    Period,
    /// Amount in pounds.
    Money,
    /// Category of a code list.
    Code,
    /// Partner of the round.
    Agency,
}

impl FieldType {
    /// What people call a value of this type, with its article: `an amount`.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::String => "text",
            Self::Integer => "a whole number",
            Self::Number => "a number",
            Self::Percent => "a percentage",
            Self::Boolean => "yes or no",
            Self::Date => "a date",
            Self::Period => "a quarter such as 2013-14 Q4",
            Self::Money => "an amount",
            Self::Code => "one of the listed words",
            Self::Agency => "a partner's name",
        }
    }
}

/// Formats of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// Anything.
    #[default]
    Default,
    /// An e-mail address.
    Email,
    /// A web address.
    Uri,
    /// A post title.
    Post,
}

/// What outputs and checks may rely on a field to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
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
    /// The board that a row is for: rows for another board are held.
    Board,
}

/// Table Schema constraints.
#[derive(Debug, Clone, Default)]
pub struct Constraints {
    /// Must be filled.
    pub required: bool,
    /// No two rows of a return alike.
    pub unique: bool,
    /// Smallest allowed.
    pub minimum: Option<Bound>,
    /// Largest allowed.
    pub maximum: Option<Bound>,
    /// Must be above.
    pub exclusive_minimum: Option<Bound>,
    /// Must be below.
    pub exclusive_maximum: Option<Bound>,
    /// Fewest characters.
    pub min_length: Option<usize>,
    /// Most characters.
    pub max_length: Option<usize>,
    /// What the whole text must look like: as written, and compiled between anchors.
    pub pattern: Option<(String, regex::Regex)>,
    /// Allowed values, as text.
    pub allowed: Vec<String>,
}

/// A limit for numbers or dates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bound {
    /// A number (pounds for money, percent for shares).
    Number(Decimal),
    /// A date.
    Date(jiff::civil::Date),
}
