//! Conditions: what holds, and what cannot be read.

use super::*;
use crate::model::{
    Cell, CellRef, FileId, Misread, Money, Origin, PartialDate, Partner, PartnerId, Precision, Reading,
    SheetId, Unreadable, Value,
};
use crate::schema::{Category, CodeList, Field, TableSchema};
use jiff::civil::date;
use proptest::prelude::*;

const PERIOD: Period = Period { year: 2013, quarter: Some(4) };

fn table() -> (TableSchema, Vec<CodeList>) {
    let field = |name: &str, kind: FieldType| Field {
        name: name.into(),
        kind,
        list: (kind == FieldType::Code).then_some(0),
        ..Field::default()
    };
    let mut fields = vec![
        field("rating", FieldType::Code),
        field("sender", FieldType::Agency),
        field("target", FieldType::Date),
        field("revised", FieldType::Date),
        field("cost", FieldType::Money),
        field("why", FieldType::String),
        field("late", FieldType::Boolean),
        field("quarter", FieldType::Period),
        field("author", FieldType::String),
        field("count", FieldType::Integer),
    ];
    fields[4].allow = vec!["not stated".into()];
    let category =
        |label: &str| Category { label: label.into(), value: label.to_lowercase(), ..Category::default() };
    let mut categories = vec![category("Red"), category("Green")];
    categories[0].synonyms = vec!["off track".into()];
    let list = CodeList { categories, ..CodeList::default() };
    (TableSchema { name: "plan".into(), fields, ..TableSchema::default() }, vec![list])
}

fn cells(values: [Option<Value>; 10]) -> Vec<Cell> {
    let at = Origin { file: FileId(0), sheet: SheetId(0), cell: CellRef::new(0, 0) };
    values
        .into_iter()
        .map(|value| Cell { at, reading: value.map_or(Reading::Blank, Reading::Value), change: None })
        .collect()
}

fn day(year: i16, month: i8, day: i8) -> Value {
    Value::Date(PartialDate { date: date(year, month, day), precision: Precision::Day })
}

fn sample() -> Vec<Cell> {
    cells([
        Some(Value::Code(0)),
        Some(Value::Agency(PartnerId(0))),
        Some(day(2014, 3, 31)),
        None,
        Some(Value::Money(Money::exact(Decimal::new(12_50, 2)))),
        Some(Value::Text(" Staff Sickness".into())),
        Some(Value::Boolean(true)),
        Some(Value::Period(PERIOD)),
        Some(Value::Text("staff sickness".into())),
        Some(Value::Integer(3)),
    ])
}

fn partners() -> Vec<Partner> {
    vec![Partner { aliases: vec!["Health".into()], ..Partner::new("NHS", "NHS Example") }]
}

fn read(text: &str) -> Condition {
    let (table, lists) = table();
    parse(text, &table, &lists).unwrap_or_else(|faults| panic!("{text}: {faults:?}"))
}

#[test]
fn what_holds() {
    let (cells, partners) = (sample(), partners());
    let cx = ConditionContext::new(PERIOD, 4, &partners);
    for text in [
        "rating is \"Red\"",
        "rating is 'off-track'",
        "rating = \"red\"",
        "rating is not \"Green\"",
        "rating is in (\"Green\", \"Red\")",
        "not rating is \"Green\"",
        "sender is \"nhs\" and sender is \"Health\"",
        "sender is not \"Police\"",
        "revised is blank and target is not blank",
        "target = 2014-03-31 and target >= period.end and target <= year.end",
        "target > period.start and period.start = 2014-01-01 and year.start = 2013-04-01",
        "target - 30 < 2014-03-02 and target + 1 = 2014-04-01",
        "target - 2014-03-01 = 30",
        "cost = 12.5",
        "cost > £12 and cost < 13",
        "cost * 2 + 1 = 26 and cost / 2 = 6.25 and (cost + 1) * 2 = 27",
        "2 + 3 * 4 = 14",
        "cost > -1",
        "why is \"staff sickness\"",
        "why = author",
        "late and late is yes",
        "quarter is \"Q4 2013/14\"",
        "count is 3 and count is in (2, 3) and count is not 4",
        "rating is \"Green\" or rating is \"Green\" or rating is \"Red\"",
        "RATING is \"x\" or late".trim_start_matches("RATING is \"x\" or "),
    ] {
        assert!(read(text).holds(&cells, &cx), "{text}");
        assert_eq!(read(text).verdict(&cells, &cx), Some(true), "{text}");
    }
    for text in [
        "rating is \"Green\"",
        "late is no",
        "cost / 0 = 1",
        "why != author",
        "cost is \"not stated\"",
        "count * 79228162514264337593543950335 > 1",
        "target + 99999999 > 2014-01-01",
    ] {
        assert!(!read(text).holds(&cells, &cx), "{text}");
    }
}

#[test]
fn a_cell_without_a_value_decides_nothing() {
    let (mut cells, partners) = (sample(), partners());
    let cx = ConditionContext::new(PERIOD, 4, &partners);
    cells[0].reading =
        Reading::Unreadable(Box::new(Unreadable { raw: "?".into(), why: Misread::ToBeConfirmed }));
    for text in ["revised > target", "revised <= target", "rating is not \"Green\"", "rating is \"Green\""] {
        assert!(!read(text).holds(&cells, &cx), "{text}");
        assert_eq!(read(text).verdict(&cells, &cx), None, "{text}");
    }
    assert!(!read("rating is blank").holds(&cells, &cx), "an unreadable cell is not blank");
    assert_eq!(read("revised > target or late").verdict(&cells, &cx), Some(true));
    assert_eq!(read("revised > target and not late").verdict(&cells, &cx), Some(false));
    assert!(read("not revised > target").holds(&cells, &cx));
    assert_eq!(read("not revised > target").verdict(&cells, &cx), None);
}

#[test]
fn brackets_bind() {
    let (cells, partners) = (sample(), partners());
    let cx = ConditionContext::new(PERIOD, 4, &partners);
    assert!(read("late or late and rating is \"Green\"").holds(&cells, &cx));
    assert!(!read("(late or late) and rating is \"Green\"").holds(&cells, &cx));
}

#[test]
fn what_cannot_be_read_is_told_at_its_place() {
    let (table, lists) = table();
    for (text, at, message) in [
        ("", "", "The condition ends too early."),
        ("rating is", "", "The condition ends too early."),
        ("rating \"Red\"", "\"Red\"", "The condition goes on where it should have ended."),
        ("rating is \"Red", "\"Red", "The text is not closed: a quotation mark is missing at its end."),
        ("ratin is blank", "ratin", "There is no field `ratin` in the table `plan`."),
        ("cost + target > 1", "cost + target", "This cannot be calculated with a date."),
        ("cost > \"a\"", "\"a\"", "The text \"a\" has no greater or less, and cannot be added."),
        ("cost", "cost", "This is not a condition by itself."),
        ("cost + 1", "cost + 1", "This is a sum, not a condition: compare it with something."),
        ("late is \"perhaps\"", "\"perhaps\"", "`late` is yes or no."),
        ("quarter is \"Q5\"", "\"Q5\"", "`quarter` is a quarter or a year."),
        (
            "rating = why",
            "rating = why",
            "`rating` is one of the listed words and `why` is text; they cannot be compared.",
        ),
        ("rating is in \"Red\"", "\"Red\"", "A ( is missing after `is in`."),
        ("cost > 1 ; late", ";", "The sign ; has no meaning in a condition."),
        ("5 is blank", "5", "A field's name must stand here."),
        ("and late", "and", "A field, a number, a date or a text is missing here."),
    ] {
        let faults = parse(text, &table, &lists).expect_err(text);
        let first = &faults[0];
        assert_eq!((first.message.as_str(), &text[first.span.clone()]), (message, at), "{text}");
    }
    let deep = "(".repeat(5000) + "late" + &")".repeat(5000);
    assert!(parse(&deep, &table, &lists).is_err());
    let long = "not ".repeat(5000) + "late";
    assert!(parse(&long, &table, &lists).is_err());
}

proptest! {
    #[test]
    fn no_text_upsets_it(pieces in prop::collection::vec(prop::sample::select(vec![
        "rating", "late", "cost", "target", "is", "not", "in", "blank", "and", "or", "(", ")", ",", "\"Red\"",
        "\"", "2014-03-31", "5", "5.", "£", "-", "+", "*", "/", "=", "<", ">", "!=", "é", "period.end", "yes", "‹",
    ]), 0..14), space in prop::bool::ANY) {
        let text = pieces.join(if space { " " } else { "" });
        let (table, lists) = table();
        let partners = partners();
        let cx = ConditionContext::new(PERIOD, 4, &partners);
        match parse(&text, &table, &lists) {
            Ok(condition) => {
                let cells = sample();
                if condition.verdict(&cells, &cx) == Some(true) {
                    prop_assert!(condition.holds(&cells, &cx));
                }
                let _ = condition.holds(&[], &cx);
            }
            Err(faults) => {
                prop_assert!(!faults.is_empty());
                for fault in faults {
                    prop_assert!(text.get(fault.span).is_some());
                }
            }
        }
    }
}
