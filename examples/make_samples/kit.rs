//! Small helpers over the workbook writer: values, looks, a table by field names.

use std::collections::BTreeMap;

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, FormatPattern, Formula, Workbook,
    Worksheet, XlsxError,
};

use super::board::Day;

/// A file of a round: its path inside `samples/` and its bytes.
pub(crate) type Made = (String, Vec<u8>);

pub(crate) type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// One cell before it is written.
#[derive(Clone, Debug)]
pub(crate) enum V {
    Blank,
    Text(String),
    Pence(i64),
    Int(i64),
    Num(f64),
    Share(f64),
    Date(Day),
    /// A formula with `{r}` for the sheet's row and `{field}` for a column, and its stored result.
    Formula(String, f64),
    /// A value with a look of its own.
    As(Box<V>, Paint),
}

/// What one cell does differently from its column.
#[derive(Clone, Debug, Default)]
pub(crate) struct Paint {
    pub(crate) fill: Option<Color>,
    pub(crate) font: Option<&'static str>,
    pub(crate) number: Option<&'static str>,
}

pub(crate) fn text(words: impl Into<String>) -> V {
    let words = words.into();
    if words.is_empty() { V::Blank } else { V::Text(words) }
}

pub(crate) fn filled(value: V, fill: Color) -> V {
    V::As(Box::new(value), Paint { fill: Some(fill), ..Paint::default() })
}

/// A letter in a symbol font.
pub(crate) fn symbol(letter: &str, font: &'static str) -> V {
    V::As(Box::new(text(letter)), Paint { font: Some(font), ..Paint::default() })
}

pub(crate) fn shown_as(value: V, number: &'static str) -> V {
    V::As(Box::new(value), Paint { number: Some(number), ..Paint::default() })
}

/// How the cells of a column look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    Text,
    /// Filled in beforehand by the Business Unit.
    Locked,
    Money,
    Pounds,
    Percent,
    Date,
    Rating,
    Number,
}

/// A column of a table.
#[derive(Clone, Debug)]
pub(crate) struct Col {
    pub(crate) field: &'static str,
    pub(crate) heading: String,
    pub(crate) width: f64,
    pub(crate) kind: Kind,
}

pub(crate) fn col(field: &'static str, heading: &str, width: f64, kind: Kind) -> Col {
    Col { field, heading: heading.to_owned(), width, kind }
}

/// The column of this field.
pub(crate) fn column<'a>(columns: &'a mut [Col], field: &str) -> &'a mut Col {
    columns.iter_mut().find(|one| one.field == field).expect("the field is one of the table's columns")
}

/// These columns of the table, in this order.
pub(crate) fn pick(columns: &[Col], fields: &[&str]) -> Vec<Col> {
    fields
        .iter()
        .map(|field| columns.iter().find(|one| one.field == *field).expect("the field is a column").clone())
        .collect()
}

pub(crate) type Row = BTreeMap<&'static str, V>;

pub(crate) const RED: Color = Color::RGB(0xE0_3C31);
pub(crate) const AMBER: Color = Color::RGB(0xFF_C000);
pub(crate) const GREEN: Color = Color::RGB(0x70_AD47);
pub(crate) const HEAD: Color = Color::RGB(0x1F_3864);
pub(crate) const BAND: Color = Color::RGB(0xD9_E2F3);
pub(crate) const GREY: Color = Color::RGB(0xF2_F2F2);

fn body() -> Format {
    Format::new().set_font_name("Calibri").set_font_size(10).set_align(FormatAlign::Top)
}

pub(crate) fn title() -> Format {
    Format::new().set_font_name("Calibri").set_font_size(14).set_bold().set_font_color(HEAD)
}

pub(crate) fn subtitle() -> Format {
    Format::new()
        .set_font_name("Calibri")
        .set_font_size(10)
        .set_italic()
        .set_font_color(Color::RGB(0x59_5959))
}

pub(crate) fn head() -> Format {
    body()
        .set_bold()
        .set_font_color(Color::White)
        .set_background_color(HEAD)
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin)
}

pub(crate) fn plain(kind: Kind) -> Format {
    let base = body().set_border(FormatBorder::Thin).set_border_color(Color::RGB(0xBF_BFBF));
    match kind {
        Kind::Text => base.set_text_wrap(),
        Kind::Locked => base.set_text_wrap().set_background_color(GREY).set_num_format("@"),
        Kind::Money => base.set_num_format("#,##0.00"),
        Kind::Pounds => base.set_num_format("#,##0"),
        Kind::Percent => base.set_num_format("0.0%"),
        Kind::Date => base.set_num_format("dd/mm/yyyy").set_align(FormatAlign::Left),
        Kind::Rating => base.set_align(FormatAlign::Center).set_bold(),
        Kind::Number => base.set_num_format("0"),
    }
}

pub(crate) fn total(kind: Kind) -> Format {
    plain(kind).set_bold().set_background_color(BAND).set_border_top(FormatBorder::Medium)
}

fn rating_fill(words: &str) -> Option<Color> {
    match words {
        "Red" | "R" => Some(RED),
        "Amber" | "A" => Some(AMBER),
        "Green" | "G" => Some(GREEN),
        _ => None,
    }
}

/// Writes one value.
pub(crate) fn put(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    value: &V,
    format: &Format,
) -> Result<(), XlsxError> {
    match value {
        V::Blank => sheet.write_blank(row, column, format)?,
        V::Text(words) => sheet.write_string_with_format(row, column, words, format)?,
        V::Pence(pence) => sheet.write_number_with_format(row, column, pounds(*pence), format)?,
        V::Int(number) => sheet.write_number_with_format(row, column, *number as f64, format)?,
        V::Num(number) | V::Share(number) => sheet.write_number_with_format(row, column, *number, format)?,
        V::Date((year, month, day)) => sheet.write_datetime_with_format(
            row,
            column,
            ExcelDateTime::from_ymd(*year, *month, *day)?,
            format,
        )?,
        V::Formula(formula, result) => {
            let formula = Formula::new(formula).set_result(number_text(*result));
            sheet.write_formula_with_format(row, column, formula, format)?
        }
        V::As(inner, paint) => {
            let mut format = format.clone();
            if let Some(fill) = paint.fill {
                format = format.set_background_color(fill).set_pattern(FormatPattern::Solid);
            }
            if let Some(font) = paint.font {
                format = format.set_font_name(font).set_font_charset(2);
            }
            if let Some(number) = paint.number {
                format = format.set_num_format(number);
            }
            return put(sheet, row, column, inner, &format);
        }
    };
    Ok(())
}

/// Pennies as the number that Excel holds.
pub(crate) fn pounds(pence: i64) -> f64 {
    pence as f64 / 100.0
}

fn number_text(number: f64) -> String {
    format!("{number}")
}

/// `A`, `B` … `AA`.
pub(crate) fn letters(mut column: usize) -> String {
    let mut name = String::new();
    loop {
        name.insert(0, char::from(b'A' + u8::try_from(column % 26).expect("a remainder of 26")));
        if column < 26 {
            return name;
        }
        column = column / 26 - 1;
    }
}

/// Puts row numbers and column letters into a formula.
fn addressed(value: &V, columns: &[Col], left: usize, row: u32) -> V {
    let fill = |formula: &str| {
        let mut formula = formula.replace("{r}", &(row + 1).to_string());
        for (at, one) in columns.iter().enumerate() {
            formula = formula.replace(&format!("{{{}}}", one.field), &letters(left + at));
        }
        formula
    };
    match value {
        V::Formula(formula, result) => V::Formula(fill(formula), *result),
        V::As(inner, paint) => V::As(Box::new(addressed(inner, columns, left, row)), paint.clone()),
        other => other.clone(),
    }
}

/// Writes the heading row, with column widths.
pub(crate) fn headings(sheet: &mut Worksheet, row: u32, left: u16, columns: &[Col]) -> Result<(), XlsxError> {
    for (at, one) in (left..).zip(columns) {
        sheet.set_column_width(at, one.width)?;
        sheet.write_string_with_format(row, at, &one.heading, &head())?;
    }
    sheet.set_row_height(row, 32)?;
    Ok(())
}

/// Writes one row of a table, in the look of its columns.
pub(crate) fn line(
    sheet: &mut Worksheet,
    row: u32,
    left: u16,
    columns: &[Col],
    cells: &Row,
) -> Result<(), XlsxError> {
    styled_line(sheet, row, left, columns, cells, plain)
}

/// Writes a total row.
pub(crate) fn total_line(
    sheet: &mut Worksheet,
    row: u32,
    left: u16,
    columns: &[Col],
    cells: &Row,
) -> Result<(), XlsxError> {
    styled_line(sheet, row, left, columns, cells, total)
}

fn styled_line(
    sheet: &mut Worksheet,
    row: u32,
    left: u16,
    columns: &[Col],
    cells: &Row,
    look: fn(Kind) -> Format,
) -> Result<(), XlsxError> {
    let lines = columns.iter().map(|one| lines_in(cells.get(one.field), one.width)).max().unwrap_or(1);
    if lines > 1 {
        sheet.set_row_height(row, 13 * lines)?;
    }
    for (at, one) in (left..).zip(columns) {
        let value = cells.get(one.field).unwrap_or(&V::Blank);
        let value = addressed(value, columns, usize::from(left), row);
        let mut format = look(one.kind);
        if one.kind == Kind::Rating
            && let V::Text(words) = &value
            && let Some(fill) = rating_fill(words)
        {
            format = format.set_background_color(fill);
        }
        put(sheet, row, at, &value, &format)?;
    }
    Ok(())
}

/// How many lines a text takes in a column of this width, roughly.
fn lines_in(value: Option<&V>, width: f64) -> u32 {
    let Some(V::Text(words)) = value else { return 1 };
    let wrapped = words.lines().map(|line| (line.len() as f64 / width).ceil().max(1.0));
    wrapped.sum::<f64>() as u32
}

/// The two lines above a table: what the sheet is, and whose.
pub(crate) fn banner(sheet: &mut Worksheet, name: &str, below: &str) -> Result<(), XlsxError> {
    sheet.write_string_with_format(0, 0, name, &title())?;
    sheet.write_string_with_format(1, 0, below, &subtitle())?;
    Ok(())
}

/// Makes the sheet print on landscape A3 pages, one page wide, headings repeated.
pub(crate) fn printed(sheet: &mut Worksheet, heading_row: u32) -> Result<(), XlsxError> {
    sheet.set_landscape().set_paper_size(8).set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(heading_row, heading_row)?;
    sheet.set_footer("&L&\"Calibri\"&8&F&R&\"Calibri\"&8Page &P of &N");
    Ok(())
}

/// A new workbook whose creation date never changes.
pub(crate) fn workbook(title: &str, company: &str) -> Outcome<Workbook> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2014, 4, 1)?.and_hms(9, 0, 0)?;
    book.set_properties(
        &DocProperties::new()
            .set_title(title)
            .set_author("Business Unit")
            .set_company(company)
            .set_creation_datetime(&made),
    );
    Ok(book)
}
