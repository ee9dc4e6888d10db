use super::*;
use crate::model::{ErrorValue, FileId, Raw, Sheet, SheetId};
use proptest::prelude::*;

fn sheet(cells: &[(&str, Raw<'_>)]) -> Sheet {
    let mut sheet = Sheet::new(FileId(0), SheetId(0), "Finance");
    for (at, raw) in cells {
        sheet.push(CellRef::parse(at).expect(at), *raw);
    }
    sheet.finish();
    sheet
}

fn result(sheets: &[Sheet], text: &str) -> Option<String> {
    let book = Book::new(sheets, &[]);
    let expr = Expr::read(text).expect(text);
    number(&book, 0, &expr).map(|result| result.number.normalize().to_string())
}

#[test]
fn arithmetic_is_exact() {
    let mut plan = sheet(&[("A1", Raw::Number(7.0))]);
    plan.name = "The plan".to_owned();
    let sheets = [
        sheet(&[
            ("A1", Raw::Number(0.1)),
            ("A2", Raw::Number(0.2)),
            ("A3", Raw::Text("21,901")),
            ("B1", Raw::Text("Staff")),
            ("B2", Raw::Text("travel")),
            ("B3", Raw::Text("Staff")),
            ("C1", Raw::Number(100.0)),
            ("C2", Raw::Number(-20.5)),
            ("C3", Raw::Number(1_000.0)),
            ("D1", Raw::Error(ErrorValue::Reference)),
            ("D2", Raw::Uncached),
        ]),
        plan,
    ];
    for (text, worth) in [
        ("SUM(A1:A9)", Some("0.3")),
        ("A1+A2-0.3", Some("0")),
        ("'the Plan'!A1*2", Some("14")),
        ("SUM(C1:C3,5)", Some("1084.5")),
        ("SUM(C:C)/C1", Some("10.795")),
        ("-C1%", Some("-1")),
        ("ROUND(C2,0)", Some("-21")),
        ("ROUND(C3/3,-1)", Some("330")),
        ("ROUNDDOWN(C2,0)", Some("-20")),
        ("SUMIF(B1:B3,\"staff\",C1:C3)", Some("1100")),
        ("SUMIF(B1:B3,\"<>Staff\",C1)", Some("-20.5")),
        ("SUMIF(C1:C3,\">0\")", Some("1100")),
        ("SUMIFS(C1:C3,B1:B3,B1,C1:C3,\">500\")", Some("1000")),
        ("ABS(C2)+SUBTOTAL(9,C1:C2)", Some("100")),
        ("SUMIF(B1:B3,\"st*\",C1:C3)", None),
        ("ROUND(C3*0.175,1)", Some("175")),
        ("ROUND(C2*0.05,2)", None),
        ("ROUNDUP(C1*0.1,0)", None),
        ("A1+A3", None),
        ("C1/0", None),
        ("SUM(D1:D2)", None),
        ("SUM(Missing!A1:A2)", None),
        ("VLOOKUP(B1,B:C,2,FALSE)", None),
        ("SUM(Named)", None),
    ] {
        assert_eq!(result(&sheets, text).as_deref(), worth, "{text}");
    }
}

#[test]
fn hidden_rows_count_as_excel_counts_them() {
    let cells = [("A1", Raw::Number(1.0)), ("A2", Raw::Number(2.0)), ("A3", Raw::Number(4.0))];
    let mut hidden = sheet(&cells);
    hidden.facts.hidden_rows = vec![(1, 1)];
    let sheets = [hidden];
    assert_eq!(result(&sheets, "SUBTOTAL(9,A1:A3)").as_deref(), Some("7"));
    assert_eq!(result(&sheets, "SUBTOTAL(109,A1:A3)").as_deref(), Some("5"));
    assert_eq!(result(&sheets, "SUM(A1:A3)").as_deref(), Some("7"));
}

proptest! {
    /// Pennies of any amounts add up to the penny, whatever order they come in.
    #[test]
    fn sums_lose_nothing(pennies in prop::collection::vec(-100_000_000i64..100_000_000, 1..60)) {
        let mut sheet = Sheet::new(FileId(0), SheetId(0), "Finance");
        for (row, amount) in pennies.iter().enumerate() {
            let text = Decimal::new(*amount, 2).to_string();
            sheet.push(CellRef::new(u32::try_from(row).unwrap_or(0), 0), Raw::Number(text.parse().expect("a number")));
        }
        sheet.finish();
        let sheets = [sheet];
        let down = result(&sheets, "SUM(A1:A60)");
        let chain = (1..=pennies.len()).map(|row| format!("A{row}")).collect::<Vec<_>>().join("+");
        let expected = Decimal::new(pennies.iter().sum(), 2).normalize().to_string();
        prop_assert_eq!(down.as_deref(), Some(expected.as_str()));
        prop_assert_eq!(result(&sheets, &chain), down);
    }
}
