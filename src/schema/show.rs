//! Values as people write them.

use super::{Category, Field, Schema, TableSchema, template};
use crate::model::{Cell, PartialDate, Partner, PartnerId, Period, Precision, Reading, Value, pounds};
use std::borrow::Cow;

/// A value as people write it: labels of codes, partners' names, `31 March 2014`, `£1,234.50`, `61.01%`, `Yes`.
#[must_use]
pub fn show_value<'a>(
    value: &'a Value,
    field: &'a Field,
    schema: &'a Schema,
    partners: &'a [Partner],
) -> Cow<'a, str> {
    let category = |code: u16| field.list.and_then(|list| category(schema, list, code));
    match value {
        Value::Text(text) => Cow::Borrowed(text),
        Value::Code(code) => {
            category(*code).map_or(Cow::Borrowed(""), |category| Cow::Borrowed(category.label.as_str()))
        }
        Value::Codes(codes) => {
            joined(codes.iter().filter_map(|code| category(*code)).map(|category| category.label.as_str()))
        }
        Value::Agency(id) => Cow::Borrowed(partner(partners, *id)),
        Value::Agencies(ids) => joined(ids.iter().map(|id| partner(partners, *id))),
        Value::Date(date) => Cow::Owned(show_date(*date, schema.year_start)),
        Value::Period(period) => Cow::Owned(period.to_string()),
        Value::Money(money) => Cow::Owned(pounds(money.pounds)),
        Value::Integer(number) => Cow::Owned(number.to_string()),
        Value::Number(number) => Cow::Owned(number.normalize().to_string()),
        Value::Percent(share) => Cow::Owned(format!("{}%", share.normalize())),
        Value::Boolean(truth) => Cow::Borrowed(if *truth { "Yes" } else { "No" }),
        Value::Word(word) => Cow::Borrowed(field.allow.get(usize::from(*word)).map_or("", String::as_str)),
    }
}

/// Fills the `‹field›`s of a rule's message from a record. A cell that could not be read stands as it was typed.
#[must_use]
pub fn fill_record(
    message: &str,
    cells: &[Cell],
    table: &TableSchema,
    schema: &Schema,
    partners: &[Partner],
) -> String {
    template::fill(message, |name, into| {
        let Some(index) = table.field(name) else { return false };
        let (Some(field), Some(cell)) = (table.fields.get(index), cells.get(index)) else { return false };
        match &cell.reading {
            Reading::Value(value) => into.push_str(&show_value(value, field, schema, partners)),
            Reading::Unreadable(unreadable) => into.push_str(&unreadable.raw),
            Reading::Blank => into.push_str("(blank)"),
        }
        true
    })
}

fn category(schema: &Schema, list: usize, code: u16) -> Option<&Category> {
    schema.lists.get(list)?.categories.get(usize::from(code))
}

fn partner(partners: &[Partner], id: PartnerId) -> &str {
    partners.get(usize::from(id.0)).map_or("", |partner| partner.name.as_str())
}

/// Several names in one cell, with semicolons between: names have commas in them.
fn joined<'a>(names: impl Iterator<Item = &'a str>) -> Cow<'a, str> {
    Cow::Owned(names.collect::<Vec<_>>().join("; "))
}

/// A date to the precision that it was given with.
fn show_date(date: PartialDate, first_month: i8) -> String {
    match date.precision {
        Precision::Day => date.date.strftime("%-d %B %Y").to_string(),
        Precision::Month => date.date.strftime("%B %Y").to_string(),
        Precision::Quarter => quarter_of(date, first_month).to_string(),
    }
}

/// The quarter that a date lies in, for years that start in some month.
fn quarter_of(date: PartialDate, first_month: i8) -> Period {
    let months = (date.date.month() - first_month).rem_euclid(12);
    let year = date.date.year() - i16::from(date.date.month() < first_month);
    Period { year, quarter: u8::try_from(months / 3 + 1).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CellRef, FileId, Money, Origin, SheetId};
    use crate::schema::CodeList;
    use jiff::civil::date;
    use rust_decimal::Decimal;

    fn partners() -> Vec<Partner> {
        vec![Partner::new("A", "Alder, Ash and Co"), Partner::new("B", "Birch")]
    }

    fn schema() -> Schema {
        let label = |label: &str| Category { label: label.into(), ..Category::default() };
        let list = CodeList { categories: vec![label("Red"), label("Green")], ..CodeList::default() };
        Schema { lists: vec![list], year_start: 4, ..Schema::default() }
    }

    #[test]
    fn values_are_shown_as_people_write_them() {
        let (schema, partners) = (schema(), partners());
        let field = Field { list: Some(0), allow: vec!["not stated".into()], ..Field::default() };
        let end = date(2014, 3, 31);
        let dated = |precision| Value::Date(PartialDate { date: end, precision });
        let decimal = |text: &str| text.parse::<Decimal>().expect("a decimal");
        for (value, wanted) in [
            (Value::Text("as it is".into()), "as it is"),
            (Value::Code(1), "Green"),
            (Value::Code(9), ""),
            (Value::Codes(vec![0, 1].into()), "Red; Green"),
            (Value::Agency(PartnerId(1)), "Birch"),
            (Value::Agencies(vec![PartnerId(0), PartnerId(1)].into()), "Alder, Ash and Co; Birch"),
            (dated(Precision::Day), "31 March 2014"),
            (dated(Precision::Month), "March 2014"),
            (dated(Precision::Quarter), "2013-14 Q4"),
            (Value::Period(Period { year: 2013, quarter: Some(4) }), "2013-14 Q4"),
            (Value::Money(Money::exact(decimal("-1234.5"))), "−£1,234.50"),
            (Value::Integer(-3), "-3"),
            (Value::Number(decimal("2.50")), "2.5"),
            (Value::Percent(decimal("61.010")), "61.01%"),
            (Value::Boolean(true), "Yes"),
            (Value::Word(0), "not stated"),
        ] {
            assert_eq!(show_value(&value, &field, &schema, &partners), wanted, "{value:?}");
        }
    }

    #[test]
    fn a_message_is_filled_from_its_record() {
        let field = |name: &str| Field { name: name.into(), ..Field::default() };
        let table = TableSchema { fields: vec![field("ref"), field("why")], ..TableSchema::default() };
        let at = Origin { file: FileId(0), sheet: SheetId(0), cell: CellRef::new(0, 0) };
        let cell = |reading| Cell { at, reading, change: None };
        let cells = [cell(Reading::Value(Value::Text("1.2".into()))), cell(Reading::Blank)];
        let filled = fill_record("‹ref›: ‹why›, ‹else› and ‹", &cells, &table, &schema(), &partners());
        assert_eq!(filled, "1.2: (blank), ‹else› and ‹");
    }

    #[test]
    fn a_quarter_is_counted_from_the_first_month() {
        let quarter = |year, month, first| {
            let date = PartialDate { date: date(year, month, 28), precision: Precision::Quarter };
            quarter_of(date, first).to_string()
        };
        assert_eq!(quarter(2014, 2, 4), "2013-14 Q4");
        assert_eq!(quarter(2014, 4, 4), "2014-15 Q1");
        assert_eq!(quarter(2014, 12, 1), "2014-15 Q4");
        assert_eq!(quarter(2014, 8, 9), "2013-14 Q4");
    }
}
