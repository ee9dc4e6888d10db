//! A return came as plain text, which holds no colours and no further sheets.
//!
//! ## What it does
//!
//! Notes returns in `.csv` files, with how many ratings are blank.
//!
//! ## Why it matters
//!
//! Ratings that were shown only by colour are lost in such a file, and so is every sheet but one.
//!
//! ## Example
//!
//! ```file nhs.csv
//! kind: csv
//! ! csv-format: This kind of file holds no colours, so ratings shown only by colour cannot be read.
//! ```
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | 400
//! ```
//!
//! ## How to fix
//!
//! Send the Excel workbook.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::words::count;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Cell, FileKind, Submission};
use crate::schema::Role;

pub(super) struct CsvFormat;

const META: Meta = Meta {
    name: "csv-format",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("csv_format.rs"),
};

impl Check for CsvFormat {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn submission(&self, cx: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        if submission.kind != FileKind::Csv {
            return;
        }
        let mut blank = 0;
        for table in &submission.tables {
            let Some(rating) = cx.schema(table).role(Role::Rating) else { continue };
            let ratings = table.records.iter().filter_map(|record| record.cells.get(rating));
            blank += ratings.filter(|cell: &&Cell| cell.is_blank()).count();
        }
        let blank = match blank {
            0 => String::new(),
            1 => " 1 rating is blank.".to_owned(),
            more => format!(" {} blank.", count(more, "rating is", "ratings are")),
        };
        let message = format!(
            "This kind of file holds no colours, so ratings shown only by colour cannot be read.{blank}"
        );
        out.add(Location::File(submission.file), message);
    }
}
