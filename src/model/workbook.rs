//! A file as it was read, and what reading noticed about it.

use super::{FileId, Origin, OurList, Sheet, SheetId, WorkbookFacts};

/// One file as it was read.
#[derive(Debug, Clone)]
pub struct Workbook {
    /// The file's place in the round.
    pub file: FileId,
    /// What the bytes turned out to be.
    pub kind: FileKind,
    /// Every worksheet in tab order, hidden ones included; other kinds of sheet are in `oddities`.
    pub sheets: Vec<Sheet>,
    /// What reading noticed and a check must put into words.
    pub oddities: Vec<Oddity>,
    /// What it holds beside its sheets.
    pub facts: WorkbookFacts,
    /// Of which return we made it, if it bears our list of what to fix.
    pub mends: Option<OurList>,
}

impl Workbook {
    /// Starts a workbook without sheets.
    #[must_use]
    pub fn new(file: FileId, kind: FileKind) -> Self {
        let (sheets, oddities) = (Vec::new(), Vec::new());
        Self { file, kind, sheets, oddities, facts: WorkbookFacts::default(), mends: None }
    }
}

/// The kind of a file, told by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// Excel workbook.
    Xlsx,
    /// Excel workbook with macros.
    Xlsm,
    /// Excel binary workbook.
    Xlsb,
    /// Excel 97–2003 workbook.
    Xls,
    /// `OpenDocument` spreadsheet.
    Ods,
    /// Comma-separated text.
    Csv,
    /// Web page.
    Html,
}

impl FileKind {
    /// The usual ending of such a file's name, without the dot.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Xlsm => "xlsm",
            Self::Xlsb => "xlsb",
            Self::Xls => "xls",
            Self::Ods => "ods",
            Self::Csv => "csv",
            Self::Html => "html",
        }
    }
}

/// Something reading noticed about a file that is not a cell's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Oddity {
    /// The name's ending does not match the content.
    WrongExtension {
        /// The ending of the name, lower case, without the dot.
        named: String,
        /// What it is.
        kind: FileKind,
    },
    /// The file is a web page.
    WebPage {
        /// How many tables it has.
        tables: usize,
        /// Whether words stand outside them, which are not read.
        words_outside: bool,
    },
    /// The file carries macros, which were not run.
    Macros,
    /// A sheet that is not a worksheet (chart, dialog, macro sheet), by name.
    OtherSheet(String),
    /// A sheet could not be read; the others were.
    UnreadableSheet {
        /// The sheet's name.
        sheet: String,
        /// What the reader met, in plain words.
        why: String,
    },
    /// A cell whose value could not be made out, such as an error value newer than the reader.
    UnreadableCell {
        /// The cell.
        at: Origin,
        /// What was there.
        why: String,
    },
    /// Text encoding of a `.csv` or web page that is not UTF-8, by name (`Windows-1252`, `UTF-16`).
    Encoding(&'static str),
    /// Rows of a `.csv` with another number of values than the first, how many and the first (zero-based).
    RaggedRows {
        /// How many.
        count: u32,
        /// The first of them, zero-based.
        first: u32,
    },
    /// A value of a `.csv` that runs over more than a thousand lines, or to the end of the file because its quotation mark is
    /// never closed.
    OpenQuotation {
        /// The cell that was made of it.
        at: Origin,
        /// Over how many lines it runs.
        lines: u32,
        /// True if the mark is closed in the end.
        closed: bool,
    },
    /// A sheet as long as the old format allows (65,536 rows).
    OldFormatFull(SheetId),
}
