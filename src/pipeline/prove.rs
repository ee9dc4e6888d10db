//! The proof that no row and no penny was lost (control R43).

use crate::error::Error;
use crate::model::{Consolidated, Sink, pounds};
use rust_decimal::Decimal;

/// The proof R43: rows and money, sheet by sheet as read, and in all as the sink took them.
pub(super) fn prove(whole: &Consolidated, sink: &dyn Sink) -> Result<(), Error> {
    for line in &whole.conservation {
        if !line.holds() {
            return Err(Error::Conservation(format!(
                "{} › {}: {} rows have something in them; {} were merged, {} held, {} set aside, {} are not data and {} were not used; {} was read and {} merged, {} held, {} set aside.",
                whole.places.file(line.file),
                whole.places.sheet(line.file, line.sheet),
                line.filled,
                line.merged,
                line.held,
                line.set_aside,
                line.not_data,
                line.unused,
                pounds(line.pounds_read),
                pounds(line.pounds_merged),
                pounds(line.pounds_held),
                pounds(line.pounds_set_aside),
            )));
        }
    }
    let taken = sink.taken();
    let rows: Vec<u32> = taken.iter().map(|(rows, _)| *rows).collect();
    let written: Decimal = taken.iter().map(|(_, pounds)| *pounds).sum();
    let merged: Decimal = whole.conservation.iter().map(|line| line.pounds_merged).sum();
    if rows != whole.merged_rows || written != merged {
        return Err(Error::Conservation(format!(
            "{} rows and {} were merged, but {} rows and {} were written.",
            whole.merged_rows.iter().sum::<u32>(),
            pounds(merged),
            rows.iter().sum::<u32>(),
            pounds(written),
        )));
    }
    Ok(())
}
