//! A return in which a value stands in every kind of place.

use super::{Kind, Plants};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, Formula, Note, Shape, Workbook, Worksheet, XlsxError,
};

pub(super) fn nhs(start: u32) -> Option<String> {
    let start = start.to_string();
    let sum: u32 =
        start.chars().zip((2..=10).rev()).map(|(c, weight)| c.to_digit(10).expect("a digit") * weight).sum();
    match 11 - sum % 11 {
        11 => Some(format!("{start}0")),
        10 => None,
        check => Some(format!("{start}{check}")),
    }
}

pub(super) fn upn(number: u32) -> String {
    let digits = format!("8012{number:08}");
    let sum: u32 = digits.chars().zip(2..).map(|(c, weight)| c.to_digit(10).expect("a digit") * weight).sum();
    let letter = "ABCDEFGHJKLMNPQRTUVWXYZ".chars().nth((sum % 23) as usize).expect("below 23");
    format!("{letter}{digits}")
}

const ROWS: [&str; 6] = ["1.1.1", "1.1.2", "1.1.3", "1.1.4", "1.1.5", "1.1.6"];

/// A return with a value in every kind of place.
#[expect(clippy::too_many_lines, reason = "a list of places")]
pub(super) fn workbook(plants: &mut Plants) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let mut plan = Worksheet::new();
    plan.set_name("Plan")?;
    plan.write(0, 0, plants.text())?;
    let titles = ["Ref", "Action", "Lead", "Status", "RAG rating", "Target date", "Update", "Remarks"];
    for (column, title) in (0..).zip(titles) {
        plan.write(2, column, title)?;
    }
    plan.write(2, 8, plants.text())?;
    for (row, reference) in (3..).zip(ROWS) {
        plan.write(row, 0, reference)?.write(row, 1, "Train staff")?.write(row, 2, "NHS Wyevale")?;
        plan.write(row, 3, "In progress")?.write(row, 4, "Green")?.write(row, 5, "31/03/2014")?;
        plan.write(row, 6, plants.text())?.write(row, 7, plants.text())?;
    }
    for (column, row) in [(0, 9), (1, 10), (2, 11), (3, 12), (4, 13), (5, 14)] {
        plan.write(row, 0, format!("2.1.{row}"))?.write(row, 1, "Share data")?.write(
            row,
            column,
            plants.text(),
        )?;
    }
    plan.set_row_hidden(3)?;
    plan.set_column_hidden(7)?;
    plan.write(30, 0, plants.text())?;
    plan.write_formula(31, 3, Formula::new(format!("=\"{}\"", plants.text())).set_result(plants.text()))?;
    plan.insert_note(4, 0, &Note::new(plants.text()).set_author("Example"))?;
    plan.insert_shape(35, 2, &Shape::textbox().set_text(plants.text()))?;
    plan.set_header(format!("&L{}", plants.text()));
    plan.set_footer(format!("&C&\"Arial,Bold\"&10{}", plants.text()));
    book.push_worksheet(plan);

    let mut finance = Worksheet::new();
    finance.set_name("Finance")?;
    finance.write(0, 0, "Budget line")?.write(0, 1, "Budget")?.write(0, 2, "Actual")?;
    finance.write(1, 0, plants.text())?.write(1, 1, 100)?.write(1, 2, plants.text())?;
    finance.write(2, 0, "Total")?.write(2, 1, 100)?.write(2, 2, plants.text())?;
    finance.write(3, 0, format!("Total {}", plants.text()))?.write(3, 1, 100)?;
    book.push_worksheet(finance);

    let mut other = Worksheet::new();
    other.set_name("Own notes")?.set_hidden(true);
    other.write(0, 0, plants.text())?;
    columns(&mut other, plants)?;
    book.push_worksheet(other);

    let mut named = Worksheet::new();
    let name = match plants.kind {
        Kind::Birth => format!("DOB {}", plants.value().replace('/', "-")),
        Kind::Insurance => format!("NI {}", plants.value()),
        _ => plants.value(),
    };
    named.set_name(&name)?.write(0, 0, "x")?;
    book.push_worksheet(named);
    let quoted = format!("'{name}'!$A$1");
    book.define_name("Kept", &format!("={quoted}"))?;
    book.define_name("Said", &format!("=\"{}\"", plants.text()))?;
    book.set_properties(
        &DocProperties::new()
            .set_title(plants.text())
            .set_subject(plants.text())
            .set_author(plants.text())
            .set_company(plants.text())
            .set_keywords(plants.text())
            .set_comment(plants.text())
            .set_custom_property("Seen", plants.text()),
    );
    book.save_to_buffer()
}

/// Columns and labels that say what stands under or beside them, the values as text, number and date.
fn columns(sheet: &mut Worksheet, plants: &mut Plants) -> Result<(), XlsxError> {
    let heading = match plants.kind {
        Kind::Nhs => "NHS no.",
        Kind::Upn => "UPN",
        Kind::Insurance => "NI number",
        Kind::Birth => "Date of birth",
    };
    sheet.write(3, 0, "Row")?.write(3, 1, heading)?;
    sheet.write(4, 1, plants.value())?;
    sheet.write(5, 1, plants.value().replace(' ', ""))?;
    sheet.write(20, 4, format!("{heading}:"))?.write(20, 5, plants.value())?;
    match plants.kind {
        Kind::Nhs => {
            let digits: f64 = plants.value().replace(' ', "").parse().expect("a number");
            sheet.write(6, 1, digits)?;
        }
        Kind::Birth => {
            let value = plants.value();
            let [day, month, year] =
                value.split('/').map(|part| part.parse().expect("a number")).collect::<Vec<u16>>()[..]
            else {
                panic!("a day")
            };
            let small = |number: u16| u8::try_from(number).expect("small");
            let date = ExcelDateTime::from_ymd(year, small(month), small(day))?;
            sheet.write_with_format(6, 1, &date, &Format::new().set_num_format("dd/mm/yyyy"))?;
        }
        _ => {}
    }
    Ok(())
}
