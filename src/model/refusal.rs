//! Why a file is not read.

use super::{Limited, Limits};

/// Why a file could not be read at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// A password is needed to open it.
    Password,
    /// Nothing is in it.
    Empty,
    /// It passes a limit.
    PastLimit {
        /// Which.
        limited: Limited,
        /// The limit, in its setting's unit.
        limit: u64,
        /// What the file has, in the same unit, if that is known.
        found: Option<u64>,
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
    Stopped {
        /// The memory that it was given, in megabytes.
        memory: u64,
        /// The processor time that it was given, in seconds.
        seconds: u64,
    },
    /// It is of a kind that is read in a process of its own first, and none could be started: why.
    Untried(String),
    /// It holds no worksheet.
    NoSheets,
    /// It could not be taken from the disk.
    Unavailable(String),
}

impl Refusal {
    /// A file that passes a limit, where how far is not known.
    #[must_use]
    pub fn past(limits: &Limits, limited: Limited) -> Self {
        Self::PastLimit { limited, limit: limits.of(limited), found: None }
    }

    /// A file that is damaged as these words say, or passes the limit that they name.
    #[must_use]
    pub fn because(limits: &Limits, why: String) -> Self {
        limits.named(&why).map_or(Self::Damaged(why), |limited| Self::past(limits, limited))
    }

    /// A file that is or has so many bytes, more than a limit in megabytes.
    #[must_use]
    pub fn too_large(limits: &Limits, limited: Limited, bytes: u64) -> Self {
        Self::PastLimit { limited, limit: limits.of(limited), found: Some(bytes.div_ceil(1 << 20)) }
    }
}
