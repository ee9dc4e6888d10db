//! A round's settings: `round.toml`, `plan.csv` and `ledger.csv`.

use crate::finding::Severity;
use crate::model::{Partner, PartnerId, Period};
use crate::schema::Schema;
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Everything a run needs to know beside the returns themselves.
#[derive(Debug, Clone)]
pub struct Round {
    /// The schema of the returns.
    pub schema: Schema,
    /// The board's name.
    pub board: String,
    /// The board's short code.
    pub code: String,
    /// The period collected.
    pub period: Period,
    /// When returns were due.
    pub deadline: Option<Date>,
    /// The day that *overdue* is measured from.
    pub as_at: Date,
    /// True once the figures are final.
    pub is_final: bool,
    /// Protective marking.
    pub marking: String,
    /// The Business Unit's address.
    pub contact: Option<String>,
    /// The partners, in the order in which everything lists them.
    pub partners: Vec<Partner>,
    /// Names of bodies that are not partners.
    pub bodies: Vec<String>,
    /// Severities set for this round, by check.
    pub severity: BTreeMap<String, Severity>,
    /// The plan register.
    pub plan: Register,
    /// The Business Unit's figures.
    pub ledger: Ledger,
}

/// `plan.csv`: the rows that are expected back.
#[derive(Debug, Clone, Default)]
pub struct Register {
    /// Headings, without `agencies`.
    pub headings: Vec<String>,
    /// Which heading holds the key.
    pub key: usize,
    /// Which heading holds the wording.
    pub title: Option<usize>,
    /// Entries in file order.
    pub entries: Vec<RegisterEntry>,
    /// Place of each key among the entries.
    pub by_key: BTreeMap<String, usize>,
}

/// One line of `plan.csv`.
#[derive(Debug, Clone, Default)]
pub struct RegisterEntry {
    /// Its line in the file (one-based, headings are line 1).
    pub line: u32,
    /// Its cells, one a heading.
    pub cells: Vec<String>,
    /// The partners asked, in partner order.
    pub agencies: Vec<PartnerId>,
}

impl Register {
    /// The place of a heading.
    #[must_use]
    pub fn heading(&self, name: &str) -> Option<usize> {
        self.headings.iter().position(|heading| heading == name)
    }
}

/// `ledger.csv`: the control totals.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// Lines in file order.
    pub lines: Vec<LedgerLine>,
}

/// One line of `ledger.csv`.
#[derive(Debug, Clone, Default)]
pub struct LedgerLine {
    /// Its line in the file (one-based, headings are line 1).
    pub line: u32,
    /// Which ledger table it belongs to.
    pub table: String,
    /// Text columns by heading (`agency`, `stream`, `category`, `note` …), as written.
    pub names: BTreeMap<String, String>,
    /// Money columns by heading (`agreed`, `actual`, `q1` …), pounds; blanks left out.
    pub amounts: BTreeMap<String, Decimal>,
    /// The partner, if the line names one.
    pub partner: Option<PartnerId>,
}

impl Round {
    /// A partner.
    #[must_use]
    pub fn partner(&self, id: PartnerId) -> &Partner {
        &self.partners[usize::from(id.0)]
    }

    /// Every partner with its number.
    pub fn partners(&self) -> impl Iterator<Item = (PartnerId, &Partner)> {
        self.partners
            .iter()
            .enumerate()
            .map(|(index, partner)| (PartnerId(u16::try_from(index).unwrap_or(u16::MAX)), partner))
    }
}

/// Loads a round folder: `round.toml`, the schema it names, `plan.csv` and `ledger.csv`.
///
/// # Errors
///
/// Every mistake in these files, or that one of them cannot be read.
pub fn load(folder: &std::path::Path) -> Result<Round, crate::error::Error> {
    todo!("{folder:?}")
}
