//! Workbooks of other shapes than the generator makes: `shapes.md`.

use super::{round, support};
use quarterday::pipeline;
use std::path::Path;

/// Workbooks of other shapes: every fault is found with the formula that would put it right, and nothing else.
#[test]
fn other_shapes_are_looked_at_too() {
    let page = support::notation::load(Path::new("tests/formulas/shapes.md"));
    let mut wrong = Vec::new();
    for case in &page.cases {
        let workbook = support::rounds::grids_of(case).remove(0);
        let mut found: Vec<String> = pipeline::submission(&round(), "nhs.xlsx", workbook)
            .formula_faults
            .iter()
            .map(|fault| {
                let corrected =
                    fault.corrected.as_deref().map_or_else(String::new, |text| format!(" {text}"));
                format!("{:?} {}{corrected}", fault.kind, fault.at.cell)
            })
            .collect();
        let mut wanted: Vec<&str> = case.block("faults").unwrap_or_default().lines().collect();
        // A fault given without its formula is asked for by kind and cell alone.
        wanted.retain(|wanted| {
            let place = found.iter().position(|one| one == wanted || one.starts_with(&format!("{wanted} ")));
            place.map(|place| found.remove(place)).is_none()
        });
        if !wanted.is_empty() || !found.is_empty() {
            wrong.push(format!("{}: missed {wanted:?}, and said {found:?}", case.title));
        }
    }
    assert!(
        page.cases.len() >= 40 && wrong.is_empty(),
        "{} of {}\n{}",
        wrong.len(),
        page.cases.len(),
        wrong.join("\n")
    );
}
