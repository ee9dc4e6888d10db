//! What a submission is: no Excel, no rules, no input or output.

mod comparison;
mod consolidated;
mod error_value;
mod explanation;
mod facts;
mod feedback;
mod fold;
mod formula;
mod grid;
mod held;
mod limits;
mod look;
mod money;
mod month;
mod origin;
mod ours;
mod partner;
mod period;
mod personal;
mod refusal;
mod stored;
mod submission;
mod table;
mod value;
mod workbook;

pub use comparison::{ALL_AGREED, ALL_SHARES, Comparison, Ledgered, Outcome, Scope, Side};
pub use consolidated::{
    Conservation, Consolidated, Fate, FileInfo, Group, HeldRow, Kept, MOST_DIFFERENCES, Places, RegisterRow,
    Response, ResponseRow, ReturnInfo, ReturnState, Sink, SkippedFile,
};
pub use error_value::ErrorValue;
pub use explanation::{Evidence, Explanation, REPLACED_RETURN};
pub use facts::{
    About, Area, Comment, DefinedName, Filter, Icon, Limit, Ordered, SheetFacts, ShownRule, TextBox, Unseen,
    When, WorkbookFacts,
};
pub use feedback::{
    HIGHLIGHT, LIST_TOP, MARKER, NOTE_AUTHOR, OLD_HIGHLIGHT, OurList, is_our_list, is_our_note, list_line,
    note, our_list,
};
pub use fold::{Folded, escape_length, fold, fold_hash, folds_alike, heading_unit, words_alike};
pub use formula::{FormulaFault, FormulaFaultKind, MOST_FAULT_CELLS};
pub use grid::{Raw, RawCell, Sheet, TextRef, Visibility, is_space};
pub use held::HeldReason;
pub use limits::{Limited, Limits, SETTINGS, Setting, grouped};
pub use look::{Look, Looks, Rgb, Shown, SymbolFont};
pub use money::{Money, pounds};
pub use month::{begins_like_a_month, month};
pub use origin::{CellRef, FileId, MAX_COLUMNS, MAX_ROWS, Origin, SheetId, column_letters};
pub use ours::{ALSO_SHEET, FIX_SHEET, START_SHEET, WORDS_SHEET, is_own_sheet, is_reminder, reminder};
pub use partner::{Partner, PartnerId};
pub use period::Period;
pub use personal::{HELD, Holder, PersonalKind, Sure, Suspect, Suspected};
pub use refusal::Refusal;
pub use stored::stored_decimal;
pub use submission::{
    Beside, Identity, IdentitySource, MOST_BESIDE, Mention, Mentioned, SheetUse, Submission,
};
pub use table::{
    ExtraCell, Heading, Hint, Layout, MOST_EXTRA_BYTES, MOST_EXTRA_CELLS, Match, Record, RowRole, SecondList,
    Table, Total, Unmapped,
};
pub use value::{Cell, Change, ChangeKind, Misread, PartialDate, Precision, Reading, Unreadable, Value};
pub use workbook::{FileKind, Oddity, Workbook};
