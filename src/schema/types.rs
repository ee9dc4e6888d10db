//! A sound schema, ready for use: names resolved to indices, patterns compiled.

mod control;
mod field;
mod output;
mod table;
mod texts;

pub use control::{Control, ControlKind, Given, Measure, Tolerance};
pub use field::{Bound, Constraints, Field, FieldType, Format, Role};
pub use output::{Output, OutputKind};
pub use table::{
    ForeignKey, LayoutKind, Rates, RegisterColumns, RegisterFields, Rule, RuleKind, TableSchema, TotalRows,
};

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
    /// Postcodes of offices, in capitals and without spaces.
    pub offices: Vec<String>,
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

impl Schema {
    /// The table that goes by the plan register, and its place.
    #[must_use]
    pub fn register_table(&self) -> Option<(usize, &TableSchema)> {
        self.tables.iter().enumerate().find(|(_, table)| table.register.is_some())
    }
}
