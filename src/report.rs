//! Findings → text for people, CSV and JSON for programs.

mod attached;
mod chase;
mod clean;
mod columns;
mod csv_files;
mod data;
mod fixes;
mod groups;
mod hex;
mod items;
mod json;
mod manifest;
mod marked_list;
mod messages;
mod mistakes;
mod page;
mod place;
mod sarif;
mod screen;
mod tally;
mod text;
mod told;
mod wrap;

pub use attached::{Attached, Form};
pub use chase::{Chase, Received, chases, chasing_csv};
pub use clean::{clean, clean_lines, defused};
pub use columns::{Align, Columns};
pub use csv_files::{LongRow, answers_csv, findings_csv, long_texts_csv};
pub use data::{DESCRIPTOR, GUARD, Package, Shape, Whole, Written, is_guarded, unguarded};
pub use fixes::{Fix, fixes, minutes};
pub use json::{AnswerRecord, FINDINGS_VERSION, FindingRecord, PlaceRecord, RelatedRecord, findings_json};
pub use manifest::{
    About, ControlRecord, FeedbackRecord, FileRecord, Fingerprint, LedgerLineRecord, LedgerRecord,
    MANIFEST_VERSION, Manifest, RowsRecord, SignOffRecord, SkippedRecord, amount,
};
pub use messages::message;
pub use mistakes::mistakes;
pub use page::Page;
pub use place::{Names, Shown};
pub use sarif::{RulePage, sarif};
pub use screen::{Screen, WIDTH};
use screen::{full, signed};
pub use tally::{Tally, Verdict, count};
pub use text::{findings_text, totals_line};
pub use wrap::wrap;
