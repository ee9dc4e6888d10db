//! How cells of the form look.

use crate::model::HIGHLIGHT;
use crate::schema::{Field, FieldType};
use crate::write::styles::{FACE, GREY, INK, PALE, RULE};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The fill of what is still to be filled in.
pub(super) const TO_FILL: Color = Color::RGB(0x00FF_F4C2);
/// The fill of what was filled in beforehand.
const KNOWN: Color = Color::RGB(0x00ED_EFF2);
/// The line around what is to be put right: that of cells that are marked in a partner's own file, as the fill is.
const FIX: Color = Color::RGB(0x006B_2FA0);

fn highlight() -> Color {
    let [red, green, blue] = HIGHLIGHT.0;
    Color::RGB(u32::from_be_bytes([0, red, green, blue]))
}

/// What kind of value a cell takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Text that may run over several lines.
    Text,
    /// A reference or a short word.
    Short,
    /// A word from a list.
    Word,
    /// A day.
    Date,
    /// Pounds and pennies.
    Money,
    /// A whole number.
    Whole,
    /// A number.
    Number,
    /// A share.
    Percent,
}

impl Kind {
    pub(super) fn of(field: &Field) -> Self {
        match field.kind {
            FieldType::Date => Self::Date,
            FieldType::Money => Self::Money,
            FieldType::Integer => Self::Whole,
            FieldType::Number => Self::Number,
            FieldType::Percent => Self::Percent,
            FieldType::Code | FieldType::Agency if !field.many => Self::Word,
            FieldType::Boolean | FieldType::Period => Self::Word,
            FieldType::String if field.constraints.pattern.is_some() => Self::Short,
            FieldType::String | FieldType::Code | FieldType::Agency => Self::Text,
        }
    }

    /// True for values that stand on the right of their cells.
    pub(super) const fn is_figure(self) -> bool {
        matches!(self, Self::Money | Self::Whole | Self::Number | Self::Percent)
    }
}

/// What a cell is to the partner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum State {
    /// To be filled in or changed.
    Open,
    /// Filled in beforehand.
    Locked,
    /// Worked out.
    Live,
    /// What was said last time.
    Earlier,
    /// Added up.
    Total,
    /// To be put right.
    Fix,
}

/// Formats, made as they are asked for.
#[derive(Debug, Default)]
pub(super) struct Looks {
    made: BTreeMap<(Kind, State), Arc<Format>>,
}

fn face(size: u8) -> Format {
    Format::new().set_font_name(FACE).set_font_size(size).set_align(FormatAlign::Top)
}

impl Looks {
    /// The format of a cell.
    pub(super) fn cell(&mut self, kind: Kind, state: State) -> Arc<Format> {
        Arc::clone(self.made.entry((kind, state)).or_insert_with(|| Arc::new(make(kind, state))))
    }
}

fn make(kind: Kind, state: State) -> Format {
    let format = face(10).set_border(FormatBorder::Thin).set_border_color(RULE).set_text_wrap();
    let format = match kind {
        Kind::Text | Kind::Short | Kind::Word => format.set_num_format("@"),
        Kind::Date => format.set_num_format("dd/mm/yyyy").set_align(FormatAlign::Center),
        Kind::Money => format.set_num_format("£#,##0.00;[Red]-£#,##0.00"),
        Kind::Whole => format.set_num_format("#,##0"),
        Kind::Number => format,
        Kind::Percent => format.set_num_format("0.00%"),
    };
    let format = if kind.is_figure() { format.set_align(FormatAlign::Right) } else { format };
    match state {
        State::Open => format.set_unlocked(),
        State::Locked | State::Live => format.set_background_color(KNOWN).set_font_color(INK),
        State::Earlier => format.set_font_color(GREY).set_italic().set_background_color(Color::White),
        State::Total => format
            .set_bold()
            .set_background_color(PALE)
            .set_border_top(FormatBorder::Medium)
            .set_border_top_color(INK),
        State::Fix => format
            .set_unlocked()
            .set_background_color(highlight())
            .set_border(FormatBorder::Medium)
            .set_border_color(FIX),
    }
}

/// A sheet's title.
pub(super) fn title() -> Format {
    face(16).set_bold().set_font_color(INK)
}

/// Board, partner, period and marking under it.
pub(super) fn strap() -> Format {
    face(10).set_bold().set_font_color(GREY)
}

/// Running text.
pub(super) fn body() -> Format {
    face(10).set_font_color(INK)
}

/// Running text over several lines.
pub(super) fn wrapped() -> Format {
    body().set_text_wrap()
}

/// A sentence that nobody should miss.
pub(super) fn strong() -> Format {
    wrapped().set_bold()
}

/// A heading inside a sheet.
pub(super) fn section() -> Format {
    face(12).set_bold().set_font_color(INK)
}

/// A column heading, or the label of a form's line.
pub(super) fn heading() -> Format {
    face(10)
        .set_bold()
        .set_font_color(Color::White)
        .set_background_color(INK)
        .set_border(FormatBorder::Thin)
        .set_border_color(RULE)
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
}

/// The heading of a column that shows what was said last time.
pub(super) fn earlier_heading() -> Format {
    heading().set_background_color(GREY).set_italic()
}

/// The label of a form's line.
pub(super) fn label() -> Format {
    face(10)
        .set_bold()
        .set_font_color(INK)
        .set_background_color(PALE)
        .set_border(FormatBorder::Thin)
        .set_border_color(RULE)
        .set_text_wrap()
}

/// A link.
pub(super) fn link() -> Format {
    cell_of_list()
        .set_font_color(Color::RGB(0x0005_63C1))
        .set_underline(rust_xlsxwriter::FormatUnderline::Single)
}

/// A cell of a list on the first sheet or the sheet of words.
pub(super) fn cell_of_list() -> Format {
    face(10).set_font_color(INK).set_border(FormatBorder::Thin).set_border_color(RULE).set_text_wrap()
}

/// The same, for figures.
pub(super) fn figure_of_list() -> Format {
    cell_of_list().set_align(FormatAlign::Center)
}

/// What a state of completeness looks like once nothing is left.
pub(super) fn done() -> Format {
    Format::new().set_background_color(Color::RGB(0x00E2_EFDA)).set_font_color(Color::RGB(0x001E_4620))
}

/// What it looks like before.
pub(super) fn to_do() -> Format {
    Format::new().set_background_color(TO_FILL).set_font_color(INK)
}

/// A sample of a colour for the key.
pub(super) fn sample(state: Option<State>) -> Format {
    match state {
        None => cell_of_list().set_background_color(TO_FILL),
        Some(state) => make(Kind::Text, state),
    }
}

/// Room for the partner's own columns and remarks.
pub(super) fn room() -> Format {
    face(10).set_unlocked().set_text_wrap()
}
