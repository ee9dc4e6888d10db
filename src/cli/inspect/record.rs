//! What `inspect --format json` prints.

use serde::Serialize;

/// The version of these record types; a changed or removed property raises it.
pub(super) const RECORD_VERSION: u32 = 1;

/// Files, looked at.
#[derive(Debug, Serialize)]
pub(super) struct Inspection {
    pub(super) version: u32,
    pub(super) kind: &'static str,
    pub(super) files: Vec<FileSeen>,
}

/// One file.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FileSeen {
    pub(super) name: String,
    /// Bytes.
    pub(super) size: u64,
    /// What it is, by content: `xlsx`, `xls` …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) kind: Option<&'static str>,
    /// Why it could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) refused: Option<String>,
    /// What else was noticed, in sentences.
    pub(super) remarks: Vec<String>,
    #[serde(flatten)]
    pub(super) beside: BesideSheets,
    pub(super) sheets: Vec<SheetSeen>,
    /// How tables were read with the schema that was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) tables: Option<Vec<TableSeen>>,
}

/// What a workbook holds beside its sheets.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct BesideSheets {
    /// The program that saved it last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) saved_by: Option<String>,
    /// Other workbooks that its formulas refer to.
    pub(super) links: Vec<String>,
    /// Defined names, with what they stand for.
    pub(super) names: Vec<String>,
    pub(super) manual_calculation: bool,
    /// What could not be looked at.
    pub(super) unseen: Vec<String>,
}

/// What stands beside the cells of a sheet.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct BesideCells {
    /// As Excel numbers them: `14`, `20:25`.
    pub(super) hidden_rows: Vec<String>,
    /// As Excel names them: `C`, `E:F`.
    pub(super) hidden_columns: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) filter: Option<FilterSeen>,
    pub(super) comments: usize,
    pub(super) text_boxes: usize,
    /// Rules that paint cells or set icons in them.
    pub(super) colour_rules: usize,
    pub(super) protected: bool,
}

/// A filter.
#[derive(Debug, Serialize)]
pub(super) struct FilterSeen {
    pub(super) area: String,
    /// True if it has a condition.
    pub(super) active: bool,
}

/// One sheet.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SheetSeen {
    pub(super) name: String,
    /// `visible`, `hidden` or `very hidden`.
    pub(super) visibility: &'static str,
    pub(super) filled_rows: usize,
    pub(super) filled_cells: usize,
    pub(super) formulas: usize,
    pub(super) merged_areas: usize,
    /// The smallest area that holds every filled cell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) area: Option<String>,
    /// The first rows that follow each other without a gap.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) first_block: Option<String>,
    #[serde(flatten)]
    pub(super) beside: BesideCells,
    /// Rows that look like headings, likeliest first.
    pub(super) headings: Vec<HeadingRow>,
}

/// A row that looks like headings.
#[derive(Debug, Serialize)]
pub(super) struct HeadingRow {
    /// One-based, as Excel shows it.
    pub(super) row: u32,
    pub(super) cells: Vec<String>,
}

/// A table found with a schema.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TableSeen {
    pub(super) table: String,
    pub(super) sheet: String,
    /// First and last heading row, one-based.
    pub(super) heading_rows: (u32, u32),
    pub(super) data_rows: usize,
    /// Share of the schema's headings that were found, percent.
    pub(super) score: u8,
    pub(super) reasons: Vec<String>,
    pub(super) columns: Vec<ColumnSeen>,
    /// Fields that no heading was found for.
    pub(super) not_found: Vec<String>,
    /// Headings that the schema does not know.
    pub(super) not_used: Vec<String>,
}

/// A heading that was read as a field.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ColumnSeen {
    pub(super) at: String,
    pub(super) heading: String,
    pub(super) read_as: String,
    pub(super) how: String,
    /// Where the heading is unsure: what to put into the schema to have it read so always.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) to_confirm: Option<String>,
}
