//! Formulas of `OpenDocument` spreadsheets in Excel's notation.

/// An `OpenFormula` as Excel writes it: `of:=SUM([.A1:.A3];[$Plan.B2])` is `SUM(A1:A3,Plan!B2)`.
pub(super) fn plain_formula(formula: &str) -> String {
    let body = formula.split_once('=').map_or(formula, |(_, body)| body);
    let mut plain = String::with_capacity(body.len());
    let (mut quoted, mut reference) = (false, String::new());
    let mut inside = false;
    for c in body.chars() {
        match c {
            '"' if !inside => {
                quoted = !quoted;
                plain.push(c);
            }
            '[' if !quoted && !inside => inside = true,
            ']' if inside => {
                inside = false;
                let cells: Vec<String> = reference.split(':').map(plain_reference).collect();
                plain.push_str(&cells.join(":"));
                reference.clear();
            }
            c if inside => reference.push(c),
            ';' if !quoted => plain.push(','),
            c => plain.push(c),
        }
    }
    plain + &reference
}

fn plain_reference(cell: &str) -> String {
    match cell.rsplit_once('.') {
        Some(("", cell)) => cell.to_owned(),
        Some((sheet, cell)) => format!("{}!{cell}", sheet.trim_start_matches('$')),
        None => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_written_as_excel_writes_them() {
        for (open, excel) in [
            ("of:=SUM([.A1:.A3];[.B2])", "SUM(A1:A3,B2)"),
            ("of:=[$Plan.B2]&\";[.]\"", "Plan!B2&\";[.]\""),
            ("=1+1", "1+1"),
        ] {
            assert_eq!(plain_formula(open), excel);
        }
    }
}
