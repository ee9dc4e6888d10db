//! What people do to sheets, on purpose and by mistake.

use super::{round, support};
use quarterday::pipeline;

/// A sheet in words: `B5: 1 | =SUM(B2:B4) -> 9 | text`, a row a line.
fn audited(lines: &str) -> Vec<String> {
    let file = support::notation::parse(&format!("## One\n\n```sheet Finance\n{lines}\n```\n")).unwrap();
    let workbook = support::rounds::grids_of(&file.cases[0]).remove(0);
    let found = pipeline::submission(&round(), "nhs.xlsx", workbook).formula_faults;
    found.iter().map(|fault| format!("{:?} {}", fault.kind, fault.at.cell)).collect()
}

const HEAD: &str = "A1: Budget line | Budget | Q1 | Q2 | Q3 | Q4 | Year | Variance\n";

#[test]
fn what_people_do_on_purpose_is_left_alone() {
    for (what, lines) in [
        (
            "a whole column, from another one",
            "A2: Staff | 5\nA3: Post | 6\nA9: Elsewhere\nJ2: =SUM(B:B) -> 11",
        ),
        (
            "a partial total beside the whole one",
            "A2: Staff | 5\nA3: Post | 6\nA4: Works | 7\nA5: Total without works | =SUM(B2:B3) -> 11\nA6: Total | =SUM(B2:B4) -> 18",
        ),
        (
            "two totals under two kinds of rows",
            "A2: Staff | 5\nA3: Post | 6\nA4: Grant | 7\nA5: Gift | 8\nA6: Total spent | =SUM(B2:B3) -> 11\nA7: Total income | =SUM(B4:B5) -> 15",
        ),
        (
            "halves of the year",
            "A2: Staff | 5 | 1 | 2 | 3 | 4 | =SUM(C2:D2) -> 3 | =SUM(E2:F2) -> 7\nA3: Post | 5 | 1 | 2 | 3 | 4 | =SUM(C3:D3) -> 3 | =SUM(E3:F3) -> 7",
        ),
        (
            "the year to date, before the last quarter has come",
            "A2: Staff | 5 | 1 | 2 | 3 |  | =SUM(C2:E2) -> 6\nA3: Post | 5 | 1 | 2 | 3 |  | =SUM(C3:E3) -> 6",
        ),
        (
            "a running total",
            "A2: Staff | 5 | =SUM(B$2:B2) -> 5\nA3: Post | 6 | =SUM(B$2:B3) -> 11\nA4: Rent | 7 | =SUM(B$2:B4) -> 18",
        ),
        (
            "another year above the headings of the range",
            "A2: Staff | 5\nA3: Post | 6\nA4: Total | =SUM(B1:B3) -> 11",
        ),
        (
            "a check under the total",
            "A2: Staff | 5\nA3: Post | 6\nA4: Total | =SUM(B2:B3) -> 11\nA6: Check | =SUM(B2:B3)-B4 -> 0",
        ),
        (
            "an average among sums",
            "A2: Staff | 5 | 1 | 2\nA3: Post | 6 | 3 | 4\nA4: Total | =SUM(B2:B3) -> 11 | =AVERAGE(C2:C3) -> 2 | =SUM(D2:D3) -> 6",
        ),
        (
            "a first row that begins",
            "A2: Staff | 5 | =B2 -> 5\nA3: Post | 6 | =C2+B3 -> 11\nA4: Rent | 7 | =C3+B4 -> 18\nA5: Food | 8 | =C4+B5 -> 26",
        ),
        (
            "only the year is known of a line",
            "A2: Staff | 5 | 1 | 2 | 3 | 4 | =SUM(C2:F2) -> 10\nA3: Post | 5 |  |  |  |  | 12\nA4: Rent | 5 | 1 | 2 | 3 | 4 | =SUM(C4:F4) -> 10",
        ),
        (
            "a name, a table and a list",
            "A2: Staff | 5 | =SUM(Costs) -> 9\nA3: Post | 6 | =SUM(Table1[Cost]) -> 9\nA4: Rent | 6 | =SUM({1,2}) -> 3",
        ),
        (
            "a label in front of the range's words",
            "A2: Staff | 5\nA3: Post | 6\nA4: Total | =SUM(B2:B3) -> 11\nA5: Memo: staff seconded | 3",
        ),
    ] {
        assert_eq!(audited(&format!("{HEAD}{lines}")), Vec::<String>::new(), "{what}");
    }
}

#[test]
fn what_people_do_by_mistake_is_found() {
    for (what, lines, wanted) in [
        (
            "a chain that stops",
            "A2: Staff | 5\nA3: Post | 6\nA4: Rent | 7\nA5: Food | 8\nA6: Total | =B2+B3+B4 -> 18",
            "RangeTooShort B6",
        ),
        (
            "money held fast",
            "A2: Staff | 5\nA3: Post | 6\nA4: Rent | 7\nA5: Total | =ROUND(SUM($B$2:$B$3),0) -> 11",
            "RangeTooShort B5",
        ),
        (
            "a total above the rows' end",
            "A2: Staff | 5\nA3: Post | 6\nA4: Rent | 7\nA5: Total | =SUBTOTAL(9,B2:B3) -> 11",
            "RangeTooShort B5",
        ),
        (
            "the sub-total and what it adds",
            "A2: Staff | 5\nA3: Post | 6\nA4: Sub-total | =B2+B3 -> 11\nA5: Rent | 7\nA6: Total | =SUM(B2:B5) -> 29",
            "IncludesSubtotal B6",
        ),
        (
            "a typed sub-total in the range",
            "A2: Staff | 5\nA3: Post | 6\nA4: Sub-total | 11\nA5: Rent | 7\nA6: Total | =SUM(B2:B5) -> 29",
            "IncludesSubtotal B6",
        ),
        (
            "text from another program",
            "A2: Staff | 5\nA3: Post | \"1,006.50\"\nA4: Total | =SUM(B2:B3) -> 5",
            "TextInSum B4",
        ),
    ] {
        assert_eq!(audited(&format!("{HEAD}{lines}")), [wanted], "{what}");
    }
}
