//! Sheets of the consolidated workbook.

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
    /// Entries of the register that go on into the next year.
    CarryForward {
        /// The table with the register.
        table: usize,
        /// Register column with the decision; entries without one are not listed.
        decision: String,
        /// Register columns shown.
        columns: Vec<String>,
        /// Field in which partners say why it is open.
        why: Option<usize>,
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
    /// What is wrong with partners' own formulas.
    Formulas,
    /// What was set aside.
    NotUsed,
    /// Colours, words, tolerances.
    Definitions,
}
