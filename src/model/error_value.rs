//! Error values of cells.

/// Excel's error values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorValue {
    /// `#DIV/0!`
    DivideByZero,
    /// `#N/A`
    NotAvailable,
    /// `#NAME?`
    Name,
    /// `#NULL!`
    Null,
    /// `#NUM!`
    Number,
    /// `#REF!`
    Reference,
    /// `#VALUE!`
    Value,
    /// `#SPILL!`
    Spill,
    /// `#CALC!`
    Calculation,
    /// `#FIELD!`
    Field,
    /// `#BLOCKED!`
    Blocked,
    /// `#CONNECT!`
    Connect,
    /// `#UNKNOWN!`
    Unknown,
    /// `#BUSY!`
    Busy,
    /// `#EXTERNAL!`
    External,
    /// `#PYTHON!`
    Python,
    /// `#GETTING_DATA`
    GettingData,
    /// Any other: an error value of other programs, or a cell that cannot be made out.
    Other,
}

impl ErrorValue {
    /// The text Excel shows.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::DivideByZero => "#DIV/0!",
            Self::NotAvailable => "#N/A",
            Self::Name => "#NAME?",
            Self::Null => "#NULL!",
            Self::Number => "#NUM!",
            Self::Reference => "#REF!",
            Self::Value => "#VALUE!",
            Self::Spill => "#SPILL!",
            Self::Calculation => "#CALC!",
            Self::Field => "#FIELD!",
            Self::Blocked => "#BLOCKED!",
            Self::Connect => "#CONNECT!",
            Self::Unknown => "#UNKNOWN!",
            Self::Busy => "#BUSY!",
            Self::External => "#EXTERNAL!",
            Self::Python => "#PYTHON!",
            Self::GettingData => "#GETTING_DATA",
            Self::Other => "an error value",
        }
    }

    /// The error value that this text shows, if it is one.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        [
            Self::DivideByZero,
            Self::NotAvailable,
            Self::Name,
            Self::Null,
            Self::Number,
            Self::Reference,
            Self::Value,
            Self::Spill,
            Self::Calculation,
            Self::Field,
            Self::Blocked,
            Self::Connect,
            Self::Unknown,
            Self::Busy,
            Self::External,
            Self::Python,
            Self::GettingData,
        ]
        .into_iter()
        .find(|value| value.text() == text)
    }
}
