//! Every check in its list. The lists, one after the other, are the order in which a report names checks.

use super::Check;
use crate::finding::Audience;

/// Checks that look at a return as a whole.
pub const RETURNS: &[&dyn Check] = &[
    &super::old_format::OldFormat,
    &super::row_limit_reached::RowLimitReached,
    &super::macros_present::MacrosPresent,
    &super::wrong_extension::WrongExtension,
    &super::web_page::WebPage,
    &super::text_encoding::TextEncoding,
    &super::ragged_rows::RaggedRows,
    &super::open_quotation::OpenQuotation,
    &super::not_a_worksheet::NotAWorksheet,
    &super::unreadable_sheet::UnreadableSheet,
    &super::unreadable_cell::UnreadableCell,
    &super::csv_format::CsvFormat,
    &super::not_looked_at::NotLookedAt,
    &super::hidden_content::HiddenContent,
    &super::covered_value::CoveredValue,
    &super::linked_workbook::LinkedWorkbook,
    &super::comments_present::CommentsPresent,
    &super::text_box::TextBox,
    &super::struck_through::StruckThrough,
    &super::range_too_short::RangeTooShort,
    &super::double_counted_subtotal::DoubleCountedSubtotal,
    &super::hardcoded_total::HardcodedTotal,
    &super::formula_inconsistent::FormulaInconsistent,
    &super::hidden_in_sum::HiddenInSum,
    &super::text_in_sum::TextInSum,
    &super::error_in_range::ErrorInRange,
    &super::formula_stale::FormulaStale,
    &super::second_sheet::SecondSheet,
    &super::unused_sheet::UnusedSheet,
    &super::period_differs::PeriodDiffers,
    &super::unchanged_return::UnchangedReturn,
    &super::missing_sheet::MissingSheet,
    &super::header_not_found::HeaderNotFound,
    &super::wrong_template::WrongTemplate,
    &super::own_layout::OwnLayout,
    &super::wrong_organisation::WrongOrganisation,
    &super::sender_not_stated::SenderNotStated,
];

/// Checks that look at the cells that reading changed or could not read.
pub const CELLS: &[&dyn Check] = &[
    &super::personal_data_suspected::PersonalDataSuspected,
    &super::type_error::TypeError,
    &super::ambiguous_number::AmbiguousNumber,
    &super::ambiguous_date::AmbiguousDate,
    &super::formula_error::FormulaError,
    &super::formula_uncached::FormulaUncached,
    &super::two_amounts::TwoAmounts,
    &super::percent_in_money::PercentInMoney,
    &super::minus_amount::MinusAmount,
    &super::no_such_date::NoSuchDate,
    &super::date_to_confirm::DateToConfirm,
    &super::to_be_confirmed::ToBeConfirmed,
    &super::held_words::HeldWords,
    &super::unknown_agency::UnknownAgency,
    &super::unknown_code::UnknownCode,
    &super::old_marking::OldMarking,
    &super::colour_unclear::ColourUnclear,
    &super::colour_disagrees::ColourDisagrees,
    &super::two_values::TwoValues,
    &super::number_too_large::NumberTooLarge,
    &super::number_as_text::NumberAsText,
    &super::value_normalised::ValueNormalised,
    &super::coarse_amount::CoarseAmount,
    &super::synonym_used::SynonymUsed,
    &super::two_ratings::TwoRatings,
    &super::rating_by_colour::RatingByColour,
    &super::symbol_read::SymbolRead,
    &super::icon_rating::IconRating,
    &super::alias_used::AliasUsed,
    &super::successor_used::SuccessorUsed,
    &super::all_agencies::AllAgencies,
    &super::first_of_several::FirstOfSeveral,
    &super::imprecise_date::ImpreciseDate,
    &super::date_as_text::DateAsText,
    &super::revised_date::RevisedDate,
    &super::no_end_date::NoEndDate,
    &super::dates_from_1904::DatesFrom1904,
    &super::text_repaired::TextRepaired,
    &super::not_applicable::NotApplicable,
    &super::number_to_text::NumberToText,
    &super::ref_by_wording::RefByWording,
    &super::merged_down::MergedDown,
    &super::fraction_as_percent::FractionAsPercent,
];

/// Checks that look at rows.
pub const ROWS: &[&dyn Check] = &[
    &super::several_items::SeveralItems,
    &super::small_number::SmallNumber,
    &super::private_link::PrivateLink,
    &super::constraint_error::ConstraintError,
    &super::format_error::FormatError,
    &super::row_constraint::RowConstraint,
    &super::contradictory_status::ContradictoryStatus,
    &super::truncated_value::TruncatedValue,
    &super::text_too_long::TextTooLong,
    &super::balance_not_stated::BalanceNotStated,
];

/// Checks that look at the rows that are held: each of them is told by one of these, in words.
pub const HELD: &[&dyn Check] = &[
    &super::other_board::OtherBoard,
    &super::other_partner::OtherPartner,
    &super::unplaced_row::UnplacedRow,
    &super::unexpected_row::UnexpectedRow,
    &super::repeated_entry::RepeatedEntry,
    &super::primary_key::PrimaryKey,
];

/// Checks that look at a table as a whole.
pub const TABLES: &[&dyn Check] = &[
    &super::hidden_rows::HiddenRows,
    &super::hidden_columns::HiddenColumns,
    &super::pennies_hidden::PenniesHidden,
    &super::unique_error::UniqueError,
    &super::foreign_key::ForeignKey,
    &super::different_wording::DifferentWording,
    &super::prefilled_differs::PrefilledDiffers,
    &super::unchanged_update::UnchangedUpdate,
    &super::rating_jump::RatingJump,
    &super::direction_disagrees::DirectionDisagrees,
    &super::area_rating_mismatch::AreaRatingMismatch,
    &super::missing_label::MissingLabel,
    &super::extra_label::ExtraLabel,
    &super::blank_header::BlankHeader,
    &super::duplicate_label::DuplicateLabel,
    &super::near_label::NearLabel,
    &super::unlikely_column::UnlikelyColumn,
    &super::label_alias::LabelAlias,
    &super::second_list::SecondList,
    &super::notes_below::NotesBelow,
];

/// Checks that look at the round as a whole.
pub const ROUNDS: &[&dyn Check] = &[
    &super::missing_submission::MissingSubmission,
    &super::refused_file::RefusedFile,
    &super::nothing_filled_in::NothingFilledIn,
    &super::wrong_period::WrongPeriod,
    &super::unknown_sender::UnknownSender,
    &super::superseded_submission::SupersededSubmission,
    &super::table_left_out::TableLeftOut,
    &super::return_in_parts::ReturnInParts,
    &super::several_returns::SeveralReturns,
    &super::repeated_file::RepeatedFile,
    &super::skipped_file::SkippedFile,
    &super::expected_row_missing::ExpectedRowMissing,
    &super::not_carried_forward::NotCarriedForward,
    &super::recommendation_without_action::RecommendationWithoutAction,
    &super::unknown_recommendation::UnknownRecommendation,
    &super::compensating_differences::CompensatingDifferences,
    &super::unused_control::UnusedControl,
];

/// Checks that look at one figure held against another.
pub const COMPARISONS: &[&dyn Check] = &[
    &super::total_mismatch::TotalMismatch,
    &super::cross_foot_mismatch::CrossFootMismatch,
    &super::year_to_date_mismatch::YearToDateMismatch,
    &super::control_total_mismatch::ControlTotalMismatch,
    &super::missing_amount::MissingAmount,
    &super::agreed_mismatch::AgreedMismatch,
    &super::cumulative_decrease::CumulativeDecrease,
    &super::opening_mismatch::OpeningMismatch,
    &super::roll_forward_mismatch::RollForwardMismatch,
    &super::stream_mismatch::StreamMismatch,
    &super::share_mismatch::ShareMismatch,
    &super::variance_mismatch::VarianceMismatch,
    &super::unlikely_forecast::UnlikelyForecast,
    &super::in_kind_in_total::InKindInTotal,
    &super::unit_slip::UnitSlip,
    &super::sign_mismatch::SignMismatch,
    &super::vat_difference::VatDifference,
    &super::cumulative_quarters::CumulativeQuarters,
    &super::coupled_line::CoupledLine,
    &super::prior_year_figure::PriorYearFigure,
    &super::duplicate_receipt::DuplicateReceipt,
    &super::paid_and_committed::PaidAndCommitted,
    &super::outside_year::OutsideYear,
    &super::unpaired_recharge::UnpairedRecharge,
    &super::apportionment_mismatch::ApportionmentMismatch,
    &super::annual_report_mismatch::AnnualReportMismatch,
    &super::restated_amount::RestatedAmount,
    &super::words_differ_from_table::WordsDifferFromTable,
    &super::conservation::Conservation,
    &super::rounding_difference::RoundingDifference,
    &super::untested_control::UntestedControl,
];

/// Checks of another list that look at the round as well.
pub(super) const ROUNDS_TOO: &[&dyn Check] = &[
    &super::personal_data_suspected::PersonalDataSuspected,
    &super::annual_report_mismatch::AnnualReportMismatch,
    &super::foreign_key::ForeignKey,
];

/// Checks that look at what was answered and signed, once everything else has been found.
pub const LAST: &[&dyn Check] = &[
    &super::lapsed_answer::LapsedAnswer,
    &super::unused_answer::UnusedAnswer,
    &super::void_sign_off::VoidSignOff,
    &super::unsound_sign_off::UnsoundSignOff,
];

/// Kinds of control, the check that tells of one that does not agree, and how much of that the partner may be told. What
/// compares with the lines of other partners must not be told in full.
pub(super) const OF_KINDS: &[(&str, &str, Audience)] = &[
    ("cross-footing", "cross-foot-mismatch", Audience::Partner),
    ("footing", "total-mismatch", Audience::Partner),
    ("cross-cast", "cross-foot-mismatch", Audience::Partner),
    ("ledger", "control-total-mismatch", Audience::Message),
    ("agreed", "agreed-mismatch", Audience::BusinessUnit),
    ("year-to-date", "year-to-date-mismatch", Audience::Partner),
    ("never-falls", "cumulative-decrease", Audience::Partner),
    ("opening", "opening-mismatch", Audience::Partner),
    ("roll-forward", "roll-forward-mismatch", Audience::Partner),
    ("roll-up", "stream-mismatch", Audience::Partner),
    ("one-return", "several-returns", Audience::Message),
    ("shares", "share-mismatch", Audience::BusinessUnit),
    ("conservation", "conservation", Audience::BusinessUnit),
    ("apportionment", "apportionment-mismatch", Audience::BusinessUnit),
    ("variance", "variance-mismatch", Audience::Partner),
    ("sense", "unlikely-forecast", Audience::Partner),
    ("recharge-pairs", "unpaired-recharge", Audience::Place),
    ("in-kind", "in-kind-in-total", Audience::Partner),
    ("unit", "unit-slip", Audience::Partner),
    ("sign", "sign-mismatch", Audience::Partner),
    ("vat", "vat-difference", Audience::Partner),
    ("duplicate-receipt", "duplicate-receipt", Audience::Partner),
    ("coupled-line", "coupled-line", Audience::Place),
    ("prior-year", "prior-year-figure", Audience::Partner),
    ("cumulative", "cumulative-quarters", Audience::Partner),
    ("paid-committed", "paid-and-committed", Audience::Partner),
    ("cut-off", "outside-year", Audience::Partner),
    ("annual-report", "annual-report-mismatch", Audience::BusinessUnit),
    ("restatement", "restated-amount", Audience::Partner),
    ("words-against-table", "words-differ-from-table", Audience::Place),
];

/// How much of what a control of a kind finds the partner may be told.
pub(super) fn audience(kind: &str) -> Audience {
    let known = OF_KINDS.iter().find(|(own, ..)| *own == kind);
    known.map_or(Audience::BusinessUnit, |(.., audience)| *audience)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::path::Path;

    /// A control whose test names partners or looks through the ledger's lines can put another partner's figures into
    /// words.
    #[test]
    fn what_knows_of_other_partners_is_not_told_in_full() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/reconcile/controls");
        let mut seen = 0;
        for (kind, ..) in OF_KINDS {
            // Its own line only.
            if *kind == "opening" {
                continue;
            }
            let Ok(source) = fs::read_to_string(folder.join(format!("{}.rs", kind.replace('-', "_")))) else {
                continue;
            };
            let knows = ["partner_name(", "ledger.lines", ".partner(", "gathered"];
            if knows.iter().any(|word| source.contains(word)) {
                seen += 1;
                assert_ne!(audience(kind), Audience::Partner, "{kind}");
            }
        }
        assert!(seen >= 7, "{seen} controls were looked at");
        assert_eq!(audience("unknown"), Audience::BusinessUnit);
    }
}
