//! A message for each partner, ready to paste into an e-mail.

use super::chase::{Chase, Received};
use super::clean::clean;
use super::items::{Item, items};
use super::told::{Called, Told, to_the_partner};
use super::{Names, count, wrap};
use crate::finding::Location;
use crate::model::{CellRef, FileId, SheetId};
use crate::round::Round;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{self, Write};

/// Columns of a line of a message.
const WIDTH: usize = 76;
/// How many matters a message names.
const MOST: usize = 3;

/// Writes the message for one partner: what came, what matters most, by when. It says nothing of any other partner.
/// `attached` names the workbooks that go with it.
///
/// # Errors
///
/// If `out` cannot be written.
pub fn message(
    round: &Round,
    names: Names<'_>,
    chase: &Chase<'_>,
    attached: &[&str],
    mut out: impl Write,
) -> io::Result<()> {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = compose(round, names, chase, attached, &mut text);
    out.write_all(text.as_bytes())
}

fn compose(
    round: &Round,
    names: Names<'_>,
    chase: &Chase<'_>,
    attached: &[&str],
    text: &mut String,
) -> std::fmt::Result {
    let partner = chase.partner;
    let to = match &partner.contact {
        Some(post) => format!("{post}, {}", partner.name),
        None => partner.name.clone(),
    };
    let address = partner.email.as_deref().map(|email| format!(" <{email}>")).unwrap_or_default();
    writeln!(text, "To: {}{}", clean(&to), clean(&address))?;
    let mut items = items(chase);
    if !chase.blank.is_empty() {
        // It is what the message opens with.
        items.retain(|item| item.first.code.as_str() != "nothing-filled-in");
    }
    let subject = match chase.blank.as_slice() {
        [_, ..] if chase.received == Received::Missing => "the form came back empty".to_owned(),
        _ => subject(chase.received, items.len()),
    };
    writeln!(text, "Subject: {} return for {}: {subject}\n", clean(&round.code), round.period)?;
    writeln!(text, "{}\n", round.marking)?;
    for line in opening(round, chase, items.len()) {
        writeln!(text, "{}\n", wrap(&clean(&line), 0, WIDTH))?;
    }
    let called = Called::new(names, partner);
    for (number, item) in (1..).zip(items.iter().take(MOST)) {
        let said = about(names, &called, item);
        let block = wrap(&clean(&said), 3, WIDTH);
        writeln!(text, "{number}. {}\n", block.trim_start())?;
    }
    let further = persons(names, &items).into_iter().chain(further(chase, items.len(), attached));
    for line in further.chain(closing(round, chase)) {
        writeln!(text, "{}\n", wrap(&clean(&line), 0, WIDTH))?;
    }
    writeln!(text, "{}", clean(&format!("{} Business Unit", round.code)))?;
    match &round.contact {
        Some(contact) => writeln!(text, "{}", clean(contact)),
        None => Ok(()),
    }
}

/// How much more there is, and where it stands.
fn further(chase: &Chase<'_>, items: usize, attached: &[&str]) -> Vec<String> {
    let more = match items.saturating_sub(MOST) {
        0 => None,
        1 => Some("There is one further question".to_owned()),
        more => Some(format!("There are {}", count(more, "further question", "further questions"))),
    };
    let files = attached.join(" and ");
    match (more, attached.is_empty()) {
        (None, true) => Vec::new(),
        (Some(more), true) => vec![format!("{more}; ask us for the whole list.")],
        (None, false) if chase.received == Received::Missing => {
            vec![format!("Attached is {files}, the form once more.")]
        }
        (None, false) if chase.received == Received::Unreadable => {
            vec![format!(
                "Attached is {files}, a form with the same sheets, in case it is easier to fill in than to mend the file."
            )]
        }
        (None, false) => vec![format!("Attached is {files}, in which each place is marked.")],
        (Some(more), false) => vec![format!(
            "{more}. Attached is {files}: its first sheet has the whole list, with the quickest first, and each place is marked."
        )],
    }
}

fn subject(received: Received, items: usize) -> String {
    match (received, items) {
        (Received::Missing, _) => "we have not received it".to_owned(),
        (Received::Unreadable, _) => "we could not read it".to_owned(),
        (_, 0) => "received, thank you".to_owned(),
        (_, 1) => "received, one thing to answer".to_owned(),
        (_, more) => format!("received, {more} things to answer"),
    }
}

fn opening(round: &Round, chase: &Chase<'_>, items: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let files = chase.files.join(" and ");
    let (asked, _) = chase.rows;
    let due = round.deadline.map(|day| day.strftime("%-d %B %Y").to_string());
    match chase.received {
        Received::Missing => {
            let due = due.map(|day| format!(", which was due on {day}")).unwrap_or_default();
            let period = round.period;
            lines.push(match chase.blank.as_slice() {
                [] => format!("We have not received your return for {period}{due}."),
                [one] => format!(
                    "Thank you for {one}. It is the form as we sent it: nothing in it is filled in. We still wait for your return for {period}{due}."
                ),
                several => format!(
                    "Thank you for {}. Nothing in them is filled in. We still wait for your return for {period}{due}.",
                    several.join(" and ")
                ),
            });
            if asked > 0 {
                let actions = count(asked, " action", " actions");
                lines.push(format!(
                    "The plan asks you about {actions}. If nothing has changed, please say so."
                ));
            }
        }
        Received::Unreadable => {
            lines.push("Thank you for sending your return. We could not use it:".to_owned());
            lines.extend(chase.refused.iter().map(|why| to_the_partner(why)));
        }
        _ => {
            let late = if chase.received == Received::Late { " It came after the deadline." } else { "" };
            lines.push(format!("Thank you for your return ({files}).{late}"));
            lines.extend(chase.extent());
        }
    }
    if !chase.superseded.is_empty() && !chase.files.is_empty() {
        let old = chase.superseded.join(" and ");
        lines.push(format!("You also sent {old}. We use {files} in its place; tell us if that is wrong."));
    }
    for name in &chase.unchanged {
        lines.push(format!("{name} came back as we sent it to you: nothing in it was changed."));
    }
    if chase.answered > 0 {
        let have = if chase.answered == 1 { "thing has" } else { "things have" };
        let answered = count(chase.answered, have, have);
        lines.push(format!(
            "{answered} been answered already. If the answer was that you correct your return, please send it."
        ));
    }
    match items {
        0 => {}
        1 => lines.push("Please look at this:".to_owned()),
        more if more <= MOST => lines.push("Please look at these:".to_owned()),
        _ => lines.push("These matter most:".to_owned()),
    }
    lines
}

/// A thing in the partner's words: where, what, where else, what to do. What names another partner is left out.
fn about(names: Names<'_>, called: &Called, item: &Item<'_>) -> String {
    let Told { what, how } = called.told(item.first);
    let mut said = match (item.first.at, what.is_empty()) {
        (Location::Cell(at), false) => {
            let (sheet, cell) = (names.places.sheet(at.file, at.sheet), at.cell.to_string());
            match what.strip_prefix(&*cell).filter(|rest| rest.starts_with(' ')) {
                Some(rest) => format!("{sheet}, cell {cell}{rest}"),
                // The sentence itself begins with the place: *A comment at Q5*.
                None if names_first(&what, &cell) => format!("{sheet}: {what}"),
                None => format!("{sheet}, cell {cell}: {what}"),
            }
        }
        (at, is_empty) => match (place(names, at), is_empty) {
            (None, true) => "We have a question about your return; please ask us.".to_owned(),
            (Some(place), true) => format!("{place}: we have a question about it; please ask us."),
            (None, false) => what,
            (Some(place), false) => format!("{place}: {what}"),
        },
    };
    for more in [item.likewise(), how].iter().filter(|more| !more.is_empty()) {
        said.extend([" ", more]);
    }
    said
}

/// True if one of a sentence's first words is the cell.
fn names_first(what: &str, cell: &str) -> bool {
    what.split_whitespace().take(5).any(|word| word == cell)
}

fn place(names: Names<'_>, at: Location) -> Option<String> {
    match at {
        Location::Cell(at) => Some(format!("{}, cell {}", names.places.sheet(at.file, at.sheet), at.cell)),
        Location::Sheet(file, sheet) => Some(format!("Sheet {}", names.places.sheet(file, sheet))),
        _ => None,
    }
}

/// Every further place that may identify a person: such a place is named, whatever else waits.
fn persons(names: Names<'_>, items: &[Item<'_>]) -> Option<String> {
    let further = items.iter().skip(MOST).map(|item| item.first).filter(|finding| finding.is_uncleared());
    let mut cells: BTreeMap<(FileId, SheetId), BTreeSet<CellRef>> = BTreeMap::new();
    let mut others = BTreeSet::new();
    for finding in further {
        match finding.at {
            Location::Cell(at) => drop(cells.entry((at.file, at.sheet)).or_default().insert(at.cell)),
            Location::File(file) => {
                others.insert(format!(
                    "{} itself: its name, properties or other parts",
                    names.places.file(file)
                ));
            }
            at => others.extend(place(names, at)),
        }
    }
    let mut all: Vec<String> = Vec::new();
    for ((file, sheet), cells) in cells {
        let word = if cells.len() == 1 { "cell" } else { "cells" };
        let cells: Vec<String> = cells.iter().map(CellRef::to_string).collect();
        all.push(format!("{}, {word} {}", names.places.sheet(file, sheet), cells.join(", ")));
    }
    all.extend(others);
    if all.is_empty() {
        return None;
    }
    Some(format!(
        "What may identify a person also stands in: {}. Look at each, take out what does, and tell us what does not.",
        all.join("; ")
    ))
}

fn closing(round: &Round, chase: &Chase<'_>) -> Vec<String> {
    let due = round.deadline.map(|day| day.strftime("%-d %B %Y").to_string());
    let due = due.map(|day| format!(" The return was due on {day}.")).unwrap_or_default();
    let by = round.by_corrections();
    match chase.received {
        Received::Missing => vec![format!("Please send it{by}, or tell us when it will come.")],
        Received::Unreadable => vec![format!("Please send it again{by}.{due}")],
        _ if chase.to_answer.is_empty() && chase.answered > 0 => {
            vec!["Nothing else is left for you to do.".to_owned()]
        }
        _ if chase.to_answer.is_empty() => vec!["Nothing is left for you to do.".to_owned()],
        _ if by.is_empty() => vec![format!("Please send a corrected return, or answer this message.{due}")],
        _ => vec![format!("Please send a corrected return or answer this message{by}.{due}")],
    }
}

#[cfg(test)]
mod tests {
    use super::super::place::tests::{cell, places};
    use super::*;
    use crate::checks;
    use crate::finding::{Audience, Code, Detail, Effort, Finding, Severity};
    use crate::model::{Limited, Partner, PartnerId, Places, Refusal};

    fn partner(code: &str, name: &str, aliases: &[&str]) -> Partner {
        Partner {
            code: code.to_owned(),
            name: name.to_owned(),
            aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
            abbreviations: Vec::new(),
            formerly: Vec::new(),
            note: None,
            contact: None,
            email: None,
            sends: true,
        }
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
        about(names, called, &Item { first: finding, others: Vec::new() })
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
        let mut found: Vec<Finding> =
            ["A1", "B2", "C3"].map(|address| at(address, "type-error", address)).into();
        let addresses: Vec<String> = (4..40).map(|row| format!("B{row}")).collect();
        found.extend(addresses.iter().map(|one| at(one, "personal-data-suspected", "It may.")));
        found.push(Finding { at: Location::File(FileId(0)), ..found[5].clone() });
        found.push(at("C1", "type-error", "It is none."));
        let chase = Chase::asking(&partners[0], &found);
        let said = persons(names, &items(&chase)).expect("there are some");
        assert!(said.contains(&format!("Plan, cells {}; nhs.xls itself", addresses.join(", "))), "{said}");
        assert!(!said.contains("C1"), "{said}");
        let none = Chase { to_answer: found.iter().take(3).collect(), ..chase };
        assert_eq!(persons(names, &items(&none)), None);
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
}
