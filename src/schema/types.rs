//! A sound schema, ready for use: names resolved to indices, patterns compiled.

use crate::finding::Severity;
use crate::schema::condition::Condition;
use rust_decimal::Decimal;

/// Everything that is declared about one kind of return.
#[derive(Debug, Clone, Default)]
pub struct Schema {
    /// Short name: `monitoring-return`.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// Version of the template: `2013-14.2`.
    pub version: String,
    /// What it is for.
    pub description: Option<String>,
    /// Rows of a sheet that are searched for headings.
    pub header_rows: u32,
    /// Blank rows that end a table.
    pub blank_rows: u32,
    /// First month of the plan year, 1 to 12.
    pub year_start: i8,
    /// Where a return says who sent it.
    pub identity: IdentityFields,
    /// Code lists.
    pub lists: Vec<CodeList>,
    /// Tables in declared order.
    pub tables: Vec<TableSchema>,
    /// All controls of all tables, in declared order.
    pub controls: Vec<Control>,
    /// Sheets of the consolidated workbook, in order, the fixed ones included.
    pub outputs: Vec<Output>,
    /// Where the text of names stands, for messages: the file as it was named.
    pub path: String,
}

/// A field of a table, by indices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldRef {
    /// The table, zero-based.
    pub table: usize,
    /// The field in it, zero-based.
    pub field: usize,
}

/// Fields that say who sent a return, for which period and on which template.
#[derive(Debug, Clone, Default)]
pub struct IdentityFields {
    /// The sender.
    pub agency: Option<FieldRef>,
    /// The period.
    pub period: Option<FieldRef>,
    /// The board.
    pub board: Option<FieldRef>,
    /// The template's version.
    pub template: Option<FieldRef>,
    /// The unit of plain amounts.
    pub units: Option<FieldRef>,
    /// When the return was completed: of two returns the later one is used.
    pub completed: Option<FieldRef>,
    /// True if a partner's name in the file's name counts.
    pub file_name: bool,
}

/// A code list.
#[derive(Debug, Clone, Default)]
pub struct CodeList {
    /// Its name.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// Its categories; if `ordered`, worst first.
    pub categories: Vec<Category>,
    /// True if the order means something.
    pub ordered: bool,
    /// True if two values in one cell are read as the worse of them.
    pub combine_worst: bool,
}

/// One category of a code list.
#[derive(Debug, Clone, Default)]
pub struct Category {
    /// The stored value.
    pub value: String,
    /// The words that people see.
    pub label: String,
    /// Other words for it.
    pub synonyms: Vec<String>,
    /// One letter beside the colour.
    pub letter: Option<String>,
    /// Fill colour, RRGGBB.
    pub colour: Option<String>,
    /// What it means on this board.
    pub meaning: Option<String>,
    /// For lists of units: the power of ten in pounds (0, 3).
    pub unit: Option<i8>,
    /// For lists of signs: true if amounts are written with their sign turned round.
    pub minus: bool,
    /// For lists of roles such as *complete*: a word that outputs rely on (`complete`, `open`,
    /// `not-started`, `withdrawn`, `rescheduled`).
    pub means: Option<String>,
}

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
    /// Its code list (index into [`Schema::lists`]), for codes.
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
    /// What it is called.
    Title,
    /// A comment that explains a difference.
    Comment,
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

/// A declared control.
#[derive(Debug, Clone)]
pub struct Control {
    /// Its name.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// The table it is about.
    pub table: usize,
    /// What it tests.
    pub kind: ControlKind,
    /// How a difference matters.
    pub severity: Severity,
    /// How far off still agrees.
    pub tolerance: Tolerance,
}

/// How far off still agrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Tolerance {
    /// So many pounds (or percentage points).
    Within(Decimal),
    /// What rounding of the stated units allows.
    Interval,
}

/// What a control tests. Numbers are field indices of the control's table.
#[derive(Debug, Clone)]
pub enum ControlKind {
    /// Each row: the sum of some fields is another field.
    CrossFooting {
        /// The addends.
        sums: Vec<usize>,
        /// The row's total.
        total: usize,
    },
    /// Each column against the table's total and sub-total rows.
    Footing {
        /// The columns.
        sums: Vec<usize>,
    },
    /// The total row's own columns against its total.
    CrossCast {
        /// The columns.
        sums: Vec<usize>,
        /// The column of row totals.
        total: usize,
    },
    /// Partners' figures against the ledger.
    Ledger {
        /// The amount.
        amount: usize,
        /// Fields that, with the agency, name a ledger line.
        by: Vec<usize>,
        /// The ledger's table.
        ledger: String,
        /// The ledger's column.
        column: String,
        /// True if every ledger line must have an amount, and the round's total is tested.
        complete: bool,
    },
    /// The ledger against what was agreed.
    Agreed {
        /// The ledger's table.
        ledger: String,
    },
    /// The year to date is the sum of the quarters so far.
    YearToDate {
        /// The quarters.
        quarters: Vec<usize>,
        /// The year to date.
        to_date: usize,
    },
    /// Cumulative columns do not fall.
    NeverFalls {
        /// The columns in order.
        columns: Vec<usize>,
        /// A field that, when filled, explains a fall.
        explained: Option<usize>,
    },
    /// The opening balance is last year's closing balance.
    Opening {
        /// The opening balance.
        opening: usize,
        /// The ledger's table.
        ledger: String,
        /// The ledger's column.
        column: String,
    },
    /// Opening plus what came in less what went out is closing.
    RollForward {
        /// Opening balance.
        opening: usize,
        /// What came in.
        add: Vec<usize>,
        /// What went out.
        less: Vec<usize>,
        /// Closing balance.
        closing: usize,
    },
    /// Rows of parts add to the row of their whole.
    RollUp {
        /// The amount.
        amount: usize,
        /// Fields that name the whole.
        by: Vec<usize>,
        /// The field that names the part.
        part: usize,
        /// The word in that field that marks the whole.
        total: String,
    },
    /// One accepted return a partner.
    OneReturn,
    /// Printed shares follow from the amounts.
    Shares {
        /// The share, percent.
        share: usize,
        /// The amount.
        amount: usize,
    },
    /// Rows and money read are rows and money accounted for. Always run.
    Conservation,
}

impl ControlKind {
    /// Its name in the schema.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::CrossFooting { .. } => "cross-footing",
            Self::Footing { .. } => "footing",
            Self::CrossCast { .. } => "cross-cast",
            Self::Ledger { .. } => "ledger",
            Self::Agreed { .. } => "agreed",
            Self::YearToDate { .. } => "year-to-date",
            Self::NeverFalls { .. } => "never-falls",
            Self::Opening { .. } => "opening",
            Self::RollForward { .. } => "roll-forward",
            Self::RollUp { .. } => "roll-up",
            Self::OneReturn => "one-return",
            Self::Shares { .. } => "shares",
            Self::Conservation => "conservation",
        }
    }
}

/// A sheet of the consolidated workbook.
#[derive(Debug, Clone)]
pub struct Output {
    /// The tab and printed title.
    pub sheet: String,
    /// Title, if longer than the tab.
    pub title: Option<String>,
    /// One line under the title.
    pub description: Option<String>,
    /// Fields that the rows of a `records` sheet are sorted by.
    pub sort: Vec<usize>,
    /// What it shows.
    pub kind: OutputKind,
}

/// What an output sheet shows. Numbers are field indices of `table`; names are columns of the register.
#[derive(Debug, Clone)]
pub enum OutputKind {
    /// Headline, numbers, money line, decisions, chart.
    Summary {
        /// The table with the register.
        table: Option<usize>,
        /// Register column that groups.
        group: Option<String>,
        /// Register column of the chart's bars.
        chart: Option<String>,
        /// Sentences with `‹…›` to fill in.
        headline: Vec<String>,
        /// The ledger control of the money line (index into controls).
        money: Option<usize>,
    },
    /// One row a group of the register.
    RollUp {
        /// The table with the register.
        table: usize,
        /// Register column that groups.
        group: String,
        /// Register columns shown.
        show: Vec<String>,
    },
    /// One row an entry of the register.
    Register {
        /// The table with the register.
        table: usize,
        /// Register columns shown.
        columns: Vec<String>,
        /// Field whose words are joined under partners' names.
        joined: Option<usize>,
    },
    /// Merged rows.
    Records {
        /// The table.
        table: usize,
        /// Fields shown.
        columns: Vec<usize>,
        /// Money fields with a total.
        total: Vec<usize>,
    },
    /// What needs attention.
    Exceptions {
        /// The table with the register.
        table: usize,
        /// Fields shown.
        columns: Vec<usize>,
    },
    /// Partners down, fields across.
    Grid {
        /// The table.
        table: usize,
        /// Fields shown.
        columns: Vec<usize>,
    },
    /// Expected impact and whether it was measured.
    Impact {
        /// The table.
        table: usize,
        /// What is expected.
        expected: usize,
        /// The result.
        result: usize,
        /// When it is measured.
        on: Option<usize>,
        /// Fields shown.
        columns: Vec<usize>,
    },
    /// Risks by score.
    Scored {
        /// The table.
        table: usize,
        /// Likelihood, 1 to 5.
        likelihood: usize,
        /// Impact, 1 to 5.
        impact: usize,
        /// Fields shown.
        columns: Vec<usize>,
    },
    /// Ledger, return and difference a line.
    Money {
        /// The table.
        table: usize,
        /// The ledger control.
        control: usize,
        /// Quarter fields.
        quarters: Vec<usize>,
        /// Fields shown.
        columns: Vec<usize>,
        /// True for a chart.
        chart: bool,
    },
    /// Opening, in, out, closing.
    Fund {
        /// The table.
        table: usize,
        /// The roll-forward control.
        control: Option<usize>,
        /// Fields shown.
        columns: Vec<usize>,
    },
    /// Every total tested.
    Reconciliation,
    /// What somebody must answer.
    Queries,
    /// One row a file.
    Returns,
    /// Every change made in reading.
    Changes,
    /// Headings found and what they were read as.
    Reading,
    /// What was set aside.
    NotUsed,
    /// Colours, words, tolerances.
    Definitions,
}
