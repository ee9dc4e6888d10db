//! Why a file is not read.

/// Why a file could not be read at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// A password is needed to open it.
    Password,
    /// Nothing is in it.
    Empty,
    /// It is larger than the limit: its size and the limit in bytes.
    TooLarge {
        /// Size in bytes (inflated, where that is what exceeds).
        size: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// It is no spreadsheet: what it is, in words ("a Word document").
    NotASpreadsheet(&'static str),
    /// It is damaged: what the reader met, in plain words.
    Damaged(String),
    /// It is built in a way that no spreadsheet program does (two parts of one name, declarations of other documents).
    Suspicious(String),
    /// It holds the covers of several partners, and which sheet is whose cannot be told: what the covers say.
    SeveralSenders(Vec<String>),
    /// Reading it in a process of its own ended that process or took longer than it may.
    Stopped,
    /// It is of a kind that is read in a process of its own first, and none could be started: why.
    Untried(String),
    /// It holds no worksheet.
    NoSheets,
    /// It could not be taken from the disk.
    Unavailable(String),
}
