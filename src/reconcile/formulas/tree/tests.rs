use super::*;
use proptest::prelude::*;

fn shown(text: &str) -> Option<String> {
    Expr::read(text).map(|expr| expr.show(&Area::show))
}

#[test]
fn formulas_read_and_are_written_again() {
    for (text, again) in [
        ("SUM(C5:C8)", "SUM(C5:C8)"),
        ("sum( $C$5:C8 , 'My Sheet'!A1 )", "SUM($C$5:C8,'My Sheet'!A1)"),
        ("Plan!B2+1.50%", "Plan!B2+1.50%"),
        ("1-(2-3)", "1-(2-3)"),
        ("1-2-3", "1-2-3"),
        ("-2^2", "-2^2"),
        ("2*(B1+B2)/3", "2*(B1+B2)/3"),
        ("IF(A1>=1,\"a \"\"b\"\"\",)", "IF(A1>=1,\"a \"\"b\"\"\",)"),
        ("SUM(C:C)+SUM($2:3)", "SUM(C:C)+SUM($2:3)"),
        ("SUM(C8:C5)", "SUM(C5:C8)"),
        ("_xlfn.XLOOKUP(A1,B:B,C:C)", "XLOOKUP(A1,B:B,C:C)"),
        ("1E3+.5", "1000+0.5"),
    ] {
        assert_eq!(shown(text).as_deref(), Some(again), "{text}");
    }
}

#[test]
fn what_is_not_understood_is_left_alone() {
    for text in
        ["", "SUM(", "Table1[Spend]", "[1]Plan!A1", "{1,2}", "A1 B2", "SUM(A1", "1+", "A1:", "(A1,B1)", "\"a"]
    {
        assert_eq!(shown(text), None, "{text}");
    }
    let deep = format!("{}1{}", "(".repeat(5_000), ")".repeat(5_000));
    let long = vec!["A1"; 5_000].join("+");
    for text in [deep, long, "-".repeat(9_000) + "1", "1".to_owned() + &"%".repeat(9_000), "1".repeat(40_000)]
    {
        assert_eq!(Expr::read(&text), None);
    }
}

#[test]
fn ranges_know_where_they_stand() {
    let text = "ROUND( SUM('A B'!C5:C8) , 2)";
    let expr = Expr::read(text).expect(text);
    assert_eq!(&text[expr.areas()[0].span.clone()], "C5:C8");
}

fn formula() -> impl Strategy<Value = String> {
    let cell = (0..40u32, 0..30u16, any::<bool>(), any::<bool>()).prop_map(|(row, column, a, b)| {
        let dollar = |fixed| if fixed { "$" } else { "" };
        format!("{}{}{}{}", dollar(a), column_letters(column), dollar(b), row + 1)
    });
    let leaf = prop_oneof![
        cell.clone(),
        (cell.clone(), cell).prop_map(|(a, b)| format!("{a}:{b}")),
        (0..100_000u32).prop_map(|number| format!("{}.{}", number / 100, number % 100)),
        Just("'It''s'!B2".to_owned()),
        Just("\"q\"\"\"".to_owned()),
        Just("TRUE".to_owned()),
    ];
    leaf.prop_recursive(4, 40, 4, |inner| {
        let mark = prop::sample::select(vec!["+", "-", "*", "/", "^", "&", "=", "<>", "<="]);
        prop_oneof![
            (inner.clone(), mark, inner.clone()).prop_map(|(a, mark, b)| format!("{a}{mark}{b}")),
            inner.clone().prop_map(|a| format!("({a})")),
            inner.clone().prop_map(|a| format!("-({a})%")),
            prop::collection::vec(inner, 0..4).prop_map(|all| format!("SUM({})", all.join(","))),
        ]
    })
}

proptest! {
    #[test]
    fn any_formula_reads_back(text in formula()) {
        let expr = Expr::read(&text).expect("it is a formula");
        let again = expr.show(&Area::show);
        let twice = Expr::read(&again).expect("what is written is a formula");
        prop_assert_eq!(twice.show(&Area::show), again);
        // Spans aside, it is the same tree.
        let cells = |area: &Area| format!("{:?}{:?}{:?}", area.sheet, area.first, area.last);
        prop_assert_eq!(twice.show(&cells), expr.show(&cells));
    }

    #[test]
    fn any_text_is_got_past(text in "\\PC{0,60}") {
        let _ = Expr::read(&text);
    }

    #[test]
    fn any_pieces_are_got_past(pieces in prop::collection::vec(prop::sample::select(vec![
        "SUM", "(", ")", ",", ":", "!", "$", "A1", "1", "'", "\"", "+", "-", "%", "^", "#REF!", "[", "]", "{", " ", "é", "1:2",
    ]), 0..40)) {
        let text = pieces.concat();
        if let Some(expr) = Expr::read(&text) {
            let _ = expr.moved(-3, -2);
            prop_assert!(expr.show(&Area::show).len() < 10_000);
        }
    }
}
