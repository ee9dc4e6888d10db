//! Names of people as names of sheets and of cells: asked about and held back, because they stand in every address.

use super::rules;
use quarterday::model::{
    CellRef, DefinedName, FileId, FileKind, HELD, Holder, PersonalKind, Raw, Sheet, SheetId, Sure, Workbook,
};
use quarterday::privacy::{Rules, hold};

/// A workbook of one sheet, looked through.
fn looked_through(sheet: &str, rules: &Rules<'_>) -> Workbook {
    let mut workbook = Workbook::new(FileId(0), FileKind::Xlsx);
    let mut tab = Sheet::new(FileId(0), SheetId(0), sheet);
    tab.push(CellRef::new(0, 0), Raw::Text("Ref"));
    workbook.sheets.push(tab);
    hold(&mut workbook, rules);
    workbook
}

#[test]
fn a_sheet_that_bears_somebodys_name_is_asked_about_and_its_name_held_back() {
    for name in [
        "Tyler Placeholder",
        "TYLER PLACEHOLDER",
        "Placeholder, Tyler",
        "Tyler_Placeholder",
        "Tyler J Placeholder",
        "Zoe Example-Placeholder",
        "Child Placeholder",
        "mother of Placeholder",
    ] {
        let workbook = looked_through(name, &rules());
        let found = &workbook.sheets[0].facts.suspected;
        let told = found.iter().any(|one| {
            (one.holder, one.kind, one.sure) == (Holder::SheetName, PersonalKind::ChildName, Sure::Medium)
        });
        assert!(told, "{name}: {found:?}");
        assert!(workbook.sheets[0].name.starts_with(HELD), "{name}: {}", workbook.sheets[0].name);
    }
}

#[test]
fn partners_places_posts_and_papers_are_nobody() {
    let bodies = ["Thomas Coram".to_owned()];
    let rules = Rules { bodies: &bodies, ..rules() };
    for name in [
        "West Mercia Police",
        "Herefordshire Council",
        "Wye Valley",
        "Golden Valley",
        "Ross-on-Wye",
        "Leominster",
        "Charlotte House",
        "St Thomas",
        "Thomas Coram",
        "Head of Safeguarding",
        "Safeguarding Lead",
        "Named Nurse",
        "Plan",
        "Finance",
        "Contributions",
        "Budget Monitoring",
        "Actions Update",
        "Sarah Budget",
        "Tom Updates v2",
        "April May",
        "Q4 Return",
        "Monitoring sheet",
        "Child Protection",
        "Baby Steps",
        "Child Poverty",
        "Voice of the Child",
    ] {
        let workbook = looked_through(name, &rules);
        let found = &workbook.sheets[0].facts.suspected;
        assert!(found.is_empty() && workbook.sheets[0].name == name, "{name}: {found:?}");
    }
}

#[test]
fn a_defined_name_is_held_back_and_so_is_what_it_says_of_such_a_sheet() {
    let mut workbook = Workbook::new(FileId(0), FileKind::Xlsx);
    let mut tab = Sheet::new(FileId(0), SheetId(0), "Tyler Placeholder");
    tab.push(CellRef::new(0, 0), Raw::Text("Ref"));
    workbook.sheets.push(tab);
    let name = |name: &str, refers_to: &str| DefinedName {
        name: name.to_owned(),
        sheet: None,
        refers_to: refers_to.to_owned(),
    };
    workbook.facts.names = vec![
        name("Zoe_Placeholder", "Plan!$A$1"),
        name("Total", "'Tyler Placeholder'!$A$1"),
        name("Print_Area", "Plan!$A$1"),
    ];
    hold(&mut workbook, &rules());
    let names: Vec<(bool, bool)> = workbook
        .facts
        .names
        .iter()
        .map(|one| (one.name.starts_with(HELD), one.refers_to.starts_with(HELD)))
        .collect();
    assert_eq!(names, [(true, false), (false, true), (false, false)]);
    let told = workbook.facts.suspected.iter().filter(|one| one.holder == Holder::DefinedName).count();
    assert_eq!(told, 1);
}

/// A number that passes its check digit is only possible in a cell, outside of the ranges that are given out; as a name it
/// is in every address.
#[test]
fn a_number_as_a_name_is_asked_about_and_held_back_however_sure_it_is() {
    for name in ["9434765919", "943 476 5919", "_9434765919"] {
        let mut workbook = looked_through(name, &rules());
        let found = &workbook.sheets[0].facts.suspected;
        let told = found.iter().any(|one| one.holder == Holder::SheetName && one.sure >= Sure::Medium);
        assert!(told, "{name}: {found:?}");
        assert!(workbook.sheets[0].name.starts_with(HELD), "{name}: {}", workbook.sheets[0].name);
        workbook.facts.names = vec![DefinedName {
            name: name.to_owned(),
            sheet: Some(name.to_owned()),
            refers_to: "Plan!$A$1".to_owned(),
        }];
        hold(&mut workbook, &rules());
        let shown = format!("{:?}", workbook.facts.names);
        assert!(workbook.facts.names[0].name.starts_with(HELD), "{name}: {shown}");
        let told = workbook.facts.suspected.iter();
        assert!(told.clone().any(|one| one.holder == Holder::DefinedName && one.sure >= Sure::Medium));
    }
    // One digit further no check digit fits.
    assert_eq!(looked_through("9434765918", &rules()).sheets[0].name, "9434765918");
}
