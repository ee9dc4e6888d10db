//! One check a file, and the registry; the engine that runs them is `engine.rs`.
//!
//! Stages leave holes in the data; checks put them into words. A check has one of eight views: a return as a whole, the
//! cells that reading changed or could not read, the rows of a table, the rows that are held, a table, the round, one
//! comparison, or, last of all, what was answered and signed. Which one is said by the list it stands in below.

mod agreed_mismatch;
mod alias_used;
mod all_agencies;
mod ambiguous_date;
mod ambiguous_number;
mod annual_report_mismatch;
mod apportionment_mismatch;
mod area_rating_mismatch;
mod balance_not_stated;
mod blank_header;
mod coarse_amount;
mod colour_disagrees;
mod colour_unclear;
mod comments_present;
mod common;
mod compensating_differences;
mod conservation;
mod constraint_error;
mod contradictory_status;
mod control_total_mismatch;
mod coupled_line;
mod covered_value;
mod cross_foot_mismatch;
mod csv_format;
mod cumulative_decrease;
mod cumulative_quarters;
mod date_as_text;
mod date_to_confirm;
mod dates_from_1904;
mod different_wording;
mod direction_disagrees;
mod double_counted_subtotal;
mod duplicate_label;
mod duplicate_receipt;
mod engine;
mod error_in_range;
mod expected_row_missing;
mod extra_label;
mod first_of_several;
mod foreign_key;
mod format_error;
mod formula_error;
mod formula_inconsistent;
mod formula_stale;
mod formula_uncached;
mod fraction_as_percent;
mod hardcoded_total;
mod header_not_found;
mod held_words;
mod hidden_columns;
mod hidden_content;
mod hidden_in_sum;
mod hidden_rows;
mod icon_rating;
mod imprecise_date;
mod in_kind_in_total;
mod label_alias;
mod lapsed_answer;
mod linked_workbook;
mod macros_present;
mod merged_down;
mod minus_amount;
mod missing_amount;
mod missing_label;
mod missing_sheet;
mod missing_submission;
mod near_label;
mod no_end_date;
mod no_such_date;
mod not_a_worksheet;
mod not_applicable;
mod not_carried_forward;
mod not_looked_at;
mod notes_below;
mod nothing_filled_in;
mod number_as_text;
mod number_to_text;
mod number_too_large;
mod old_format;
mod old_marking;
mod open_quotation;
mod opening_mismatch;
mod other_board;
mod other_partner;
mod outside_year;
mod own_layout;
mod paid_and_committed;
mod pennies_hidden;
mod percent_in_money;
mod period_differs;
mod personal_data_suspected;
mod prefilled_differs;
mod primary_key;
mod prior_year_figure;
mod private_link;
mod ragged_rows;
mod range_too_short;
mod rating_by_colour;
mod rating_jump;
mod recommendation_without_action;
mod ref_by_wording;
mod refused_file;
mod registry;
mod repeated_entry;
mod repeated_file;
mod restated_amount;
mod return_in_parts;
mod revised_date;
mod roll_forward_mismatch;
mod rounding_difference;
mod row_constraint;
mod row_limit_reached;
mod second_list;
mod second_sheet;
mod sender_not_stated;
mod several_items;
mod several_returns;
mod share_mismatch;
mod sign_mismatch;
mod skipped_file;
mod small_number;
mod stream_mismatch;
mod struck_through;
mod successor_used;
mod superseded_submission;
mod symbol_read;
mod synonym_used;
mod table_left_out;
mod text_box;
mod text_encoding;
mod text_in_sum;
mod text_repaired;
mod text_too_long;
mod to_be_confirmed;
mod total_mismatch;
mod truncated_value;
mod two_amounts;
mod two_ratings;
mod two_values;
mod type_error;
mod unchanged_return;
mod unchanged_update;
mod unexpected_row;
mod unique_error;
mod unit_slip;
mod unknown_agency;
mod unknown_code;
mod unknown_recommendation;
mod unknown_sender;
mod unlikely_column;
mod unlikely_forecast;
mod unpaired_recharge;
mod unplaced_row;
mod unreadable_cell;
mod unreadable_sheet;
mod unsound_sign_off;
mod untested_control;
mod unused_answer;
mod unused_control;
mod unused_sheet;
mod value_normalised;
mod variance_mismatch;
mod vat_difference;
mod void_sign_off;
mod web_page;
mod words_differ_from_table;
mod wrong_extension;
mod wrong_organisation;
mod wrong_period;
mod wrong_template;
mod year_to_date_mismatch;

use common::compare::ToldCells;
pub use common::{Findings, Likely, Seen, persons_alone, persons_in_replaced};
pub use engine::{last, likely, round, submission};
pub use registry::{CELLS, COMPARISONS, HELD, LAST, RETURNS, ROUNDS, ROWS, TABLES};

use crate::finding::{Effort, Finding, Severity};
use crate::model::{Comparison, Consolidated, Places, Record, Refusal, ReturnState, Submission, Table};
use crate::round::Round;
use crate::round::answers::Fate;
use crate::round::held::Held;

/// What checks may look at.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The round's settings; for `check` without a round, one made from the schema alone.
    pub round: &'a Round,
    /// Names of files and sheets.
    pub places: &'a Places,
    /// The cells that comparisons tell of, while comparisons are looked at.
    told: Option<&'a ToldCells>,
}

impl<'a> Context<'a> {
    /// What checks may look at of a round, or of one return.
    #[must_use]
    pub const fn new(round: &'a Round, places: &'a Places) -> Self {
        Self { round, places, told: None }
    }
}

/// What there is when everything else has been found.
#[derive(Debug, Clone, Copy)]
pub struct Last<'a> {
    /// Everything that was found.
    pub findings: &'a [Finding],
    /// What became of each line of `answers.csv`.
    pub fates: &'a [Fate],
}

/// What a check is: the same for every finding it makes.
#[derive(Debug)]
pub struct Meta {
    /// Its name, kebab-case; its file has the same name.
    pub name: &'static str,
    /// How much its findings matter unless a round, a rule or a control says otherwise.
    pub severity: Severity,
    /// How much work it is to put right what it finds.
    pub effort: Effort,
    /// The text of its file, whose `//!` lines are its documentation.
    pub source: &'static str,
}

/// One check.
pub trait Check: Sync {
    /// Its name, severity and documentation.
    fn meta(&self) -> &'static Meta;

    /// Looks at a return as a whole.
    fn submission(&self, cx: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        let _ = (cx, submission, out);
    }

    /// Looks at the cells of a return that reading changed or could not read.
    fn cells(&self, cx: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        let _ = (cx, cells, out);
    }

    /// Looks at some rows of a table: all of them in their order, a few hundred at a time, so that all checks see them
    /// while they are in the processor's cache.
    fn rows(&self, cx: &Context<'_>, table: &Table, rows: &[Record], out: &mut Findings<'_>) {
        let _ = (cx, table, rows, out);
    }

    /// Looks at the rows of a return that are held.
    fn held(&self, cx: &Context<'_>, submission: &Submission, held: &[Held<'_>], out: &mut Findings<'_>) {
        let _ = (cx, submission, held, out);
    }

    /// Looks at a table as a whole.
    fn table(&self, cx: &Context<'_>, submission: &Submission, table: &Table, out: &mut Findings<'_>) {
        let _ = (cx, submission, table, out);
    }

    /// Looks at the round as a whole.
    fn round(&self, cx: &Context<'_>, whole: &Consolidated, out: &mut Findings<'_>) {
        let _ = (cx, whole, out);
    }

    /// Looks at one figure held against another.
    fn comparison(
        &self,
        cx: &Context<'_>,
        whole: &Consolidated,
        comparison: &Comparison,
        out: &mut Findings<'_>,
    ) {
        let _ = (cx, whole, comparison, out);
    }

    /// Looks at what was answered and signed, once everything else has been found.
    fn last(&self, cx: &Context<'_>, last: &Last<'_>, out: &mut Findings<'_>) {
        let _ = (cx, last, out);
    }
}

/// Every check, in the order in which a report lists them.
pub fn all() -> impl Iterator<Item = &'static dyn Check> {
    [RETURNS, CELLS, ROWS, HELD, TABLES, ROUNDS, COMPARISONS, LAST].into_iter().flatten().copied()
}

/// The check of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Meta> {
    all().map(Check::meta).find(|meta| meta.name == name)
}

/// The check that tells of controls of a kind.
#[must_use]
pub fn of_kind(kind: &str) -> Option<&'static Meta> {
    registry::OF_KINDS.iter().find(|(own, ..)| *own == kind).and_then(|(_, check, _)| find(check))
}

/// The name nearest to one that no check has, if any is near.
#[must_use]
pub fn nearest(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase().replace(['_', ' '], "-");
    all()
        .map(|check| check.meta().name)
        .map(|known| (strsim::jaro_winkler(&name, known), known))
        .filter(|(likeness, _)| *likeness >= 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, known)| known)
}

/// What a check means, why it matters and how to fix what it finds, as text.
#[must_use]
pub fn explain(name: &str) -> Option<String> {
    find(name).map(common::docs::text)
}

/// Why a file was refused, in a plain sentence with what to do.
#[must_use]
pub fn refusal_in_words(refusal: &Refusal, file: &str) -> String {
    common::refusal::in_words(refusal, file)
}

/// True if the check looks across returns, so that it needs a whole round and not one return.
#[must_use]
pub fn needs_round(name: &str) -> bool {
    ROUNDS.iter().chain(COMPARISONS).chain(LAST).any(|check| check.meta().name == name)
}

/// True if a return was used.
fn is_accepted(state: &ReturnState) -> bool {
    *state == ReturnState::Accepted
}
