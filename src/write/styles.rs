//! Fonts, colours and number formats, made once.

use crate::schema::{CodeList, Schema};
use rust_decimal::Decimal;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// How a column's values look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// Short text on one line.
    Text,
    /// Text that may run over several lines.
    Wrap,
    /// A short word in the middle of its cell.
    Centre,
    /// A whole number.
    Whole,
    /// A number with the decimals it has.
    Number,
    /// Pounds and pennies.
    Money,
    /// Whole pounds.
    Pounds,
    /// A difference in pounds and pennies: what is above has a plus, what is below a minus.
    Off,
    /// A difference in whole pounds.
    OffPounds,
    /// A share.
    Percent,
    /// A share that is kept as percent: 61 for 61%.
    Percents,
    /// A day.
    Date,
}

impl Look {
    const ALL: [Self; 12] = [
        Self::Text,
        Self::Wrap,
        Self::Centre,
        Self::Whole,
        Self::Number,
        Self::Money,
        Self::Pounds,
        Self::Off,
        Self::OffPounds,
        Self::Percent,
        Self::Percents,
        Self::Date,
    ];

    /// True for columns whose headings stand on the right.
    pub(super) const fn is_figure(self) -> bool {
        matches!(
            self,
            Self::Whole
                | Self::Number
                | Self::Money
                | Self::Pounds
                | Self::Off
                | Self::OffPounds
                | Self::Percent
                | Self::Percents
        )
    }

    /// True for figures without decimals.
    pub(super) const fn is_whole(self) -> bool {
        matches!(self, Self::Whole | Self::Pounds | Self::OffPounds)
    }

    /// The look of a column of amounts: whole pounds only if every amount is whole.
    pub(super) fn money<'a>(amounts: impl IntoIterator<Item = &'a Decimal>) -> Self {
        if amounts.into_iter().all(Decimal::is_integer) { Self::Pounds } else { Self::Money }
    }

    /// The look of differences between amounts of a look.
    pub(super) const fn off(self) -> Self {
        if matches!(self, Self::Pounds) { Self::OffPounds } else { Self::Off }
    }

    fn format(self) -> Format {
        let format = body();
        let format =
            if self.is_figure() { format.set_align(FormatAlign::Right).set_indent(1) } else { format };
        match self {
            Self::Number => format,
            // White on the left keeps it from the words of the column before.
            Self::Text => format.set_align(FormatAlign::Left).set_indent(1),
            Self::Wrap => format.set_align(FormatAlign::Left).set_indent(1).set_text_wrap(),
            Self::Centre => format.set_align(FormatAlign::Center),
            Self::Whole => format.set_num_format("#,##0"),
            Self::Money => format.set_num_format("£#,##0.00;[Red]-£#,##0.00"),
            Self::Pounds => format.set_num_format("£#,##0;[Red]-£#,##0"),
            Self::Off => format.set_num_format("+£#,##0.00;[Red]-£#,##0.00;£0.00"),
            Self::OffPounds => format.set_num_format("+£#,##0;[Red]-£#,##0;£0"),
            Self::Percent => format.set_num_format("0.00%"),
            Self::Percents => format.set_num_format("General\"%\""),
            Self::Date => format.set_num_format("dd/mm/yyyy").set_align(FormatAlign::Center),
        }
    }
}

pub(crate) const INK: Color = Color::RGB(0x001F_2A44);
pub(crate) const GREY: Color = Color::RGB(0x0059_5959);
pub(crate) const RULE: Color = Color::RGB(0x00D0_D5DD);
pub(crate) const PALE: Color = Color::RGB(0x00EE_F2F8);
const LINK: Color = Color::RGB(0x0005_63C1);
/// The colour of bars that have no rating.
pub(super) const BAR: Color = Color::RGB(0x0041_6FA6);
/// The colour of a second bar beside it.
pub(super) const SECOND_BAR: Color = Color::RGB(0x00B8_C7DB);
/// The colour of what was not reported.
pub(super) const UNKNOWN: Color = Color::RGB(0x00BF_BFBF);

/// A typeface that every machine has, or one of the same widths.
pub(crate) const FACE: &str = "Arial";

fn face(size: u8) -> Format {
    Format::new().set_font_name(FACE).set_font_size(size)
}

/// The look of cells that have none, which is what programs measure the widths of columns in: with a typeface that a machine
/// lacks, columns come out broader than what stands in them.
pub(crate) fn normal() -> Format {
    face(10)
}

/// Pixels of a row of small print, and of a column of no set width.
pub(crate) const ROW: u32 = 17;
pub(crate) const COLUMN: u32 = 64;

fn body() -> Format {
    face(10).set_align(FormatAlign::Top)
}

fn ruled(format: Format) -> Format {
    format.set_border_bottom(FormatBorder::Thin).set_border_bottom_color(RULE)
}

/// Every format that the workbook uses.
#[derive(Debug)]
pub(super) struct Styles {
    /// A sheet's title.
    pub(super) title: Format,
    /// Board, period, state and marking under it.
    pub(super) strap: Format,
    /// What the sheet is for.
    pub(super) describe: Format,
    /// A heading inside a sheet.
    pub(super) section: Format,
    /// A sentence that matters.
    pub(super) lead: Format,
    /// Running text.
    pub(super) body: Format,
    /// A link in running text.
    pub(super) link: Format,
    /// The large figure of a tile.
    pub(super) figure: Format,
    /// The words under it.
    pub(super) caption: Format,
    /// The rest of a tile.
    pub(super) tile: Format,
    /// A column heading over text.
    heading: Format,
    /// A column heading over figures.
    heading_figure: Format,
    /// A column heading over words in the middle.
    heading_middle: Format,
    /// A value kept as it was typed.
    pub(super) held: Format,
    /// A check that passes.
    pub(super) good: Format,
    /// A check that does not.
    pub(super) bad: Format,
    /// Something not reported.
    pub(super) unknown: Format,
    ruled_link: Format,
    plain: Vec<Format>,
    ruled: Vec<Format>,
    totals: Vec<Format>,
    codes: Vec<Vec<Option<Format>>>,
    labels: Vec<Vec<String>>,
}

impl Styles {
    /// Makes the formats for a schema's code lists and everything else.
    pub(super) fn new(schema: &Schema) -> Self {
        let plain: Vec<Format> = Look::ALL.into_iter().map(Look::format).collect();
        let total = |format: &Format| {
            format
                .clone()
                .set_bold()
                .set_background_color(PALE)
                .set_border_top(FormatBorder::Thin)
                .set_border_top_color(INK)
        };
        let heading = body()
            .set_bold()
            .set_font_color(Color::White)
            .set_background_color(INK)
            .set_text_wrap()
            .set_align(FormatAlign::VerticalCenter);
        let flag = |fill: &str| ruled(filled(body(), fill)).set_align(FormatAlign::Center);
        Self {
            title: face(18).set_bold().set_font_color(INK),
            strap: body().set_font_color(GREY).set_bold(),
            describe: body().set_font_color(GREY),
            section: face(12)
                .set_bold()
                .set_font_color(INK)
                .set_border_bottom(FormatBorder::Medium)
                .set_border_bottom_color(INK),
            lead: face(13).set_bold().set_font_color(INK),
            body: body(),
            link: body().set_font_color(LINK),
            figure: face(24)
                .set_align(FormatAlign::VerticalCenter)
                .set_bold()
                .set_font_color(INK)
                .set_background_color(PALE)
                .set_indent(1)
                .set_align(FormatAlign::Left),
            caption: body()
                .set_font_color(GREY)
                .set_background_color(PALE)
                .set_indent(1)
                .set_align(FormatAlign::Left),
            tile: body().set_background_color(PALE),
            heading_figure: heading.clone().set_align(FormatAlign::Right).set_indent(1),
            heading: heading.clone().set_align(FormatAlign::Left).set_indent(1),
            held: ruled(body())
                .set_font_color(Color::RGB(0x007F_3F00))
                .set_italic()
                .set_text_wrap()
                .set_align(FormatAlign::Left)
                .set_indent(1),
            good: flag("E2EFDA"),
            bad: flag("F8CBAD"),
            unknown: flag("E7E6E6"),
            ruled_link: ruled(Look::Text.format()).set_font_color(LINK),
            ruled: plain.iter().map(|format| ruled(format.clone())).collect(),
            totals: plain.iter().map(total).collect(),
            heading_middle: heading.clone().set_align(FormatAlign::Center),
            plain,
            codes: schema.lists.iter().map(code_formats).collect(),
            labels: schema.lists.iter().map(code_labels).collect(),
        }
    }

    /// The format of a column without rules, for sheets too long to format cell by cell.
    pub(super) fn plain(&self, look: Look) -> &Format {
        &self.plain[look as usize]
    }

    /// The format of a cell of a short table.
    pub(super) fn ruled(&self, look: Look) -> &Format {
        &self.ruled[look as usize]
    }

    /// The format of a cell of a total row.
    pub(super) fn total(&self, look: Look) -> &Format {
        &self.totals[look as usize]
    }

    /// The format of a link in a table.
    pub(super) fn table_link(&self) -> &Format {
        &self.ruled_link
    }

    /// The format of a heading over such a column.
    pub(super) fn heading(&self, look: Look) -> &Format {
        match look {
            Look::Centre | Look::Date => &self.heading_middle,
            look if look.is_figure() => &self.heading_figure,
            _ => &self.heading,
        }
    }

    /// The format of a category that has a colour.
    pub(super) fn code(&self, list: usize, code: u16) -> Option<&Format> {
        self.codes.get(list)?.get(usize::from(code))?.as_ref()
    }

    /// The words of a list's categories, if any of them has a colour.
    pub(super) fn rule(&self, list: usize) -> Option<&[String]> {
        let coloured = self.codes.get(list)?.iter().any(Option::is_some);
        coloured.then(|| self.labels.get(list).map_or(&[][..], Vec::as_slice))
    }
}

fn code_formats(list: &CodeList) -> Vec<Option<Format>> {
    let format = |colour: &String| {
        colour_of(colour).map(|_| filled(ruled(body()), colour).set_align(FormatAlign::Center).set_bold())
    };
    list.categories.iter().map(|category| category.colour.as_ref().and_then(format)).collect()
}

fn code_labels(list: &CodeList) -> Vec<String> {
    let words = |category: &crate::schema::Category| {
        if category.label.is_empty() { category.value.clone() } else { category.label.clone() }
    };
    list.categories.iter().map(words).collect()
}

/// The same format in the colour of links.
pub(super) fn linked_look(format: &Format) -> Format {
    format.clone().set_font_color(LINK)
}

/// A fill with letters that can be read on it; a colour that is none changes nothing.
pub(crate) fn filled(format: Format, colour: &str) -> Format {
    let Some(rgb) = colour_of(colour) else { return format };
    let ink = if is_dark(rgb) { Color::White } else { Color::Black };
    format.set_background_color(Color::RGB(rgb)).set_font_color(ink)
}

/// Reads `C00000` or `#C00000`.
pub(crate) fn colour_of(text: &str) -> Option<u32> {
    let digits = text.trim_start_matches('#');
    if digits.len() == 6 { u32::from_str_radix(digits, 16).ok() } else { None }
}

/// True if white letters stand out better than black ones (relative luminance of Rec. 709, in thousandths).
pub(super) fn is_dark(rgb: u32) -> bool {
    let [_, red, green, blue] = rgb.to_be_bytes();
    213 * u32::from(red) + 715 * u32::from(green) + 72 * u32::from(blue) < 128 * 1000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_can_be_read_on_every_fill() {
        for dark in ["C00000", "000000", "1F2A44", "0000FF"] {
            assert!(is_dark(colour_of(dark).unwrap()), "{dark}");
        }
        for light in ["FFC000", "FFFFFF", "E7E6E6", "92D050"] {
            assert!(!is_dark(colour_of(light).unwrap()), "{light}");
        }
        assert_eq!(colour_of("#00B050"), Some(0x00_B050));
        assert_eq!(colour_of("green"), None);
    }

    #[test]
    fn pennies_are_shown_where_there_are_some() {
        let amounts = |texts: &[&str]| -> Vec<Decimal> { texts.iter().map(|t| t.parse().unwrap()).collect() };
        assert_eq!(Look::money(&amounts(&["45203", "1.00"])), Look::Pounds);
        assert_eq!(Look::money(&amounts(&["45203", "0.75"])), Look::Money);
    }
}
