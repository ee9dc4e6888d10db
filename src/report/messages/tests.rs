//! What messages say, and what they keep to themselves.

use super::super::Form;
use super::super::place::tests::{cell, places};
use super::*;
use crate::checks;
use crate::finding::{Audience, Detail, Effort, Finding, Location, Severity};
use crate::model::{CellRef, FileId, Limited, Partner, PartnerId, Places, Refusal, SheetId};

fn partner(code: &str, name: &str, aliases: &[&str]) -> Partner {
    let aliases = aliases.iter().map(|alias| (*alias).to_owned()).collect();
    Partner { aliases, ..Partner::new(code, name) }
}

#[test]
fn nothing_is_said_of_another_partner() {
    let partners = [partner("NHS", "NHS Wyevale", &["Health"]), partner("POL", "Wyevale Police", &[])];
    let names = Names { places: &Places::default(), partners: &partners };
    let called = Called::new(names, &partners[1]);
    let said = |text: &str| called.own_sentences(text);
    assert_eq!(said("It is too high. £550 equals NHS Wyevale, Core. Look."), "It is too high.");
    assert_eq!(
        said("A word \u{201c}by Health\u{201d} is there."),
        "A word \u{201c}by Health\u{201d} is there."
    );
    assert_eq!(said("A1 appears to contain an NHS number."), "A1 appears to contain an NHS number.");
    assert_eq!(said("Healthy is no name."), "Healthy is no name.");
    assert_eq!(said("Wyevale Police has it."), "Wyevale Police has it.");
}

#[test]
fn a_name_inside_a_longer_one_is_told_from_it() {
    let partners = [
        partner("WMP", "West Mercia Police", &[]),
        partner("PCC", "West Mercia Police and Crime Commissioner", &["Police"]),
        partner("HC", "Council", &["Police and Crime"]),
    ];
    let names = Names { places: &Places::default(), partners: &partners };
    let to_pcc = Called::new(names, &partners[1]);
    assert!(to_pcc.names_another("£30,165 equals West Mercia Police, Core"));
    assert!(
        to_pcc.names_another("West Mercia Police and Crime Commissioner has what west mercia police has")
    );
    assert!(!to_pcc.names_another("West Mercia Police and Crime Commissioner, Police and PCC."));
    let to_police = Called::new(names, &partners[0]);
    assert!(to_police.names_another("It equals West Mercia Police and Crime Commissioner, Core"));
    assert!(to_police.names_another("West Mercia Police has what the Police has"));
    assert!(!to_police.names_another("It equals West Mercia Police, Core"));
}

fn finding(at: Location, audience: Audience) -> Finding {
    Finding {
        code: Code("words-differ-from-table"),
        severity: Severity::Query,
        effort: Effort::LookUp,
        at,
        partner: Some(PartnerId(0)),
        audience,
        message: "£99,000 is said of a partner for whom the ledger has £80,000.".into(),
        help: Some("Correct the sentence.".into()),
        detail: None,
    }
}

#[test]
fn as_much_is_said_as_the_partner_may_be_told() {
    let partners = [partner("NHS", "NHS Wyevale", &[])];
    let places = Places::default();
    let names = Names { places: &places, partners: &partners };
    let called = Called::new(names, &partners[0]);
    let said = |audience| told(names, &called, &finding(Location::Partner(PartnerId(0)), audience));
    assert!(said(Audience::Partner).ends_with("£80,000. Correct the sentence."));
    assert!(said(Audience::Message).ends_with("£80,000."));
    assert_eq!(said(Audience::Place), "We have a question about your return; please ask us.");
}

fn told(names: Names<'_>, called: &Called, finding: &Finding) -> String {
    about(names, called, &[], &Item::of(finding))
}

fn at(address: &str, code: &'static str, message: &str) -> Finding {
    Finding {
        code: Code(code),
        at: cell(0, 1, address),
        message: message.into(),
        help: None,
        ..finding(Location::Returns, Audience::Partner)
    }
}

#[test]
fn the_cell_is_named_once_and_the_return_asked_for_once() {
    let (partners, places) = ([partner("NHS", "NHS Wyevale", &[])], places());
    let names = Names { places: &places, partners: &partners };
    let called = Called::new(names, &partners[0]);
    let mut person = at(
        "Q5",
        "personal-data-suspected",
        "Q5 may contain an NHS number. Remove it and send the return again.",
    );
    person.help = Some("Do not forward the file. Ask for a copy without it.".into());
    let said = told(names, &called, &person);
    assert_eq!(said, "Plan, cell Q5 may contain an NHS number. Remove it and send the return again.");
    person.message = "A comment at Q5 may contain an NHS number. Remove it.".into();
    let said = told(names, &called, &person);
    assert_eq!(
        said,
        "Plan: A comment at Q5 may contain an NHS number. Remove it. Please send a copy without it."
    );
    let differs = |figures: Option<&str>| {
        let mut finding = at("L5", "control-total-mismatch", "That is \u{a3}98 too low.");
        finding.detail = figures
            .map(|figures| Box::new(Detail { figures: Some(figures.to_owned()), ..Detail::default() }));
        told(names, &called, &finding)
    };
    assert_eq!(
        differs(Some("Training \u{b7} \u{a3}2")),
        "Plan, cell L5: That is \u{a3}98 too low. Check it against your own records and correct it, or tell us why it is right."
    );
    assert_eq!(differs(None), "Plan, cell L5: That is \u{a3}98 too low.");
}

#[test]
fn every_place_that_may_identify_a_person_is_named() {
    let (partners, places) = ([partner("NHS", "NHS Wyevale", &[])], places());
    let names = Names { places: &places, partners: &partners };
    let mut found: Vec<Finding> = ["A1", "B2", "C3"].map(|address| at(address, "type-error", address)).into();
    let addresses: Vec<String> = (4..40).map(|row| format!("B{row}")).collect();
    found.extend(addresses.iter().map(|one| at(one, "personal-data-suspected", "It may.")));
    found.push(Finding { at: Location::File(FileId(0)), ..found[5].clone() });
    found.push(at("C1", "type-error", "It is none."));
    let chase = Chase::asking(&partners[0], &found);
    let further = |chase: &Chase<'_>| -> Option<String> {
        let items = items(chase);
        let more = items.iter().skip(MOST).flat_map(Item::findings).filter(|finding| finding.is_uncleared());
        persons(names, &[], more, &chase.files)
    };
    let said = further(&chase).expect("there are some");
    assert!(said.contains(&format!("Plan, cells {}; nhs.xls itself", addresses.join(", "))), "{said}");
    assert!(!said.contains("C1"), "{said}");
    let none = Chase { to_answer: found.iter().take(3).collect(), ..chase };
    assert_eq!(further(&none), None);
}

#[test]
fn what_speaks_to_the_business_unit_is_turned_or_left_out() {
    let why = || "a reason".to_owned();
    let past = |limited| Refusal::PastLimit { limited, limit: 10, found: Some(20) };
    let refusals = [
        Refusal::Password,
        Refusal::Empty,
        past(Limited::Record),
        past(Limited::WorkerSeconds),
        Refusal::NotASpreadsheet("a picture"),
        Refusal::Damaged(why()),
        Refusal::Suspicious(why()),
        Refusal::SeveralSenders(vec![why()]),
        Refusal::Stopped { memory: 1_000_000, seconds: 5 },
        Refusal::Untried(why()),
        Refusal::NoSheets,
        Refusal::Unavailable(why()),
    ];
    for refusal in refusals {
        let said = to_the_partner(&checks::refusal_in_words(&refusal, "nhs.xlsx"));
        assert!(said.starts_with("nhs.xlsx "), "{said}");
        for word in ["Ask ", "run again", "QUARTERDAY_", "set other limits"] {
            assert!(!said.contains(word), "{word}: {said}");
        }
    }
}

/// A cell stands elsewhere in the form that goes with a message, or not at all.
#[test]
fn where_a_form_goes_with_it_cells_are_those_of_the_form() {
    let (partners, places) = ([partner("NHS", "NHS Wyevale", &[])], places());
    let names = Names { places: &places, partners: &partners };
    let called = Called::new(names, &partners[0]);
    let own = |address: &str| (SheetId(1), CellRef::parse(address).expect("a cell"));
    let in_form = |tab: &str, address: &str| (tab.to_owned(), CellRef::parse(address).expect("a cell"));
    let standing = [
        (own("E12"), in_form("Plan", "M13")),
        (own("E14"), in_form("Plan", "M15")),
        (own("E5"), in_form("Plan", "E5")),
    ];
    let form = Form { why: "It is old.".to_owned(), places: standing.into_iter().collect() };
    let attached =
        Attached { partner: "NHS".into(), name: "NHS.xlsx".into(), of: FileId(0), form: Some(form) };
    let said = |finding: &Finding, more: &[&Finding]| {
        about(names, &called, &[&attached], &Item { others: more.to_vec(), ..Item::of(finding) })
    };
    let [here, there, same, nowhere] =
        ["E12", "E14", "E5", "Z9"].map(|cell| at(cell, "type-error", &format!("{cell} is no date.")));
    assert_eq!(
        said(&here, &[&there]),
        "Plan, cell M13 of the form (in your file: Plan, E12) is no date. The same goes for M15 of the form."
    );
    assert_eq!(said(&same, &[]), "Plan, cell E5 is no date.");
    assert_eq!(said(&nowhere, &[]), "In your file nhs.xls, Plan, cell Z9 is no date.");
    assert_eq!(
        said(&here, &[&nowhere]),
        "Plan, cell M13 of the form (in your file: Plan, E12) is no date. The same goes for Z9 of your own file."
    );
    // What identifies a person is not in the form.
    let person = at("E12", Code::PERSONS.as_str(), "E12 may contain a name. Remove it.");
    assert_eq!(said(&person, &[]), "In your file nhs.xls, Plan, cell E12 may contain a name. Remove it.");
    let mut column = at("E5", "missing-label", "There is no column for Impact.");
    (column.effort, column.help) = (Effort::Add, Some("Add it.".into()));
    assert_eq!(
        said(&column, &[]),
        "Plan, cell E5: There is no column for Impact. The form that we send you has it: fill it in there, and send us the form."
    );
}

/// What is cleared here still stands in the partner's own file.
#[test]
fn what_identified_a_person_is_to_be_taken_out_though_it_is_answered() {
    let (partners, places) = ([partner("NHS", "NHS Wyevale", &[])], places());
    let names = Names { places: &places, partners: &partners };
    let called = Called::new(names, &partners[0]);
    let found =
        [at("Q5", "personal-data-suspected", "Q5 appears to contain an NHS number. Remove it and send it.")];
    let all: Vec<&Finding> = found.iter().collect();
    let said = to_take_out(names, &called, &all, &[]).expect("it is told");
    assert!(said.ends_with("asked about it. Plan, cell Q5 appears to contain an NHS number."), "{said}");
    assert_eq!(to_take_out(names, &called, &[], &[]), None);
}
