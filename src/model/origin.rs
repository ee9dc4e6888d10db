//! Where a value came from: file, sheet and cell.

use std::fmt;

/// A file of the round, by its place in the ordered list of inputs (zero-based).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A sheet of one file, by its place in the workbook (zero-based).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SheetId(pub u16);

/// A cell address; row and column are zero-based and shown as Excel shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellRef {
    /// Zero-based row.
    pub row: u32,
    /// Zero-based column.
    pub column: u16,
}

impl CellRef {
    /// Names a cell by zero-based row and column.
    #[must_use]
    pub const fn new(row: u32, column: u16) -> Self {
        Self { row, column }
    }

    /// Reads an address such as `D7`; `None` if it is not one, or outside the sheet.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (name, digits) = text.split_at(letters);
        if name.is_empty() || name.len() > 3 || digits.is_empty() || digits.len() > 7 {
            return None;
        }
        let column =
            name.bytes().fold(0u32, |sum, byte| sum * 26 + u32::from(byte.to_ascii_uppercase() - b'A') + 1);
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let row: u32 = digits.parse().ok()?;
        if row == 0 || row > MAX_ROWS || column > u32::from(MAX_COLUMNS) {
            return None;
        }
        Some(Self { row: row - 1, column: u16::try_from(column - 1).ok()? })
    }
}

/// Rows of an Excel sheet.
pub const MAX_ROWS: u32 = 1_048_576;
/// Columns of an Excel sheet.
pub const MAX_COLUMNS: u16 = 16_384;

/// The letters of a zero-based column: 0 is `A`, 26 is `AA`.
#[must_use]
pub fn column_letters(column: u16) -> String {
    let mut rest = u32::from(column) + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", column_letters(self.column), self.row + 1)
    }
}

/// The cell that a value came from. Made from a sheet ([`super::Sheet::origin`]) and nowhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// The file.
    pub file: FileId,
    /// The sheet in the file.
    pub sheet: SheetId,
    /// The cell in the sheet.
    pub cell: CellRef,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn refuses_what_is_not_an_address() {
        for text in ["", "A", "7", "A0", "XFE1", "A1048577", "AAAA1", "A1B", "A 1"] {
            assert_eq!(CellRef::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn an_address_reads_back(row in 0..MAX_ROWS, column in 0..MAX_COLUMNS) {
            let cell = CellRef::new(row, column);
            prop_assert_eq!(CellRef::parse(&cell.to_string()), Some(cell));
        }
    }
}
