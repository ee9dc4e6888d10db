//! A message for each partner, ready to paste into an e-mail.

use super::chase::{Chase, Received};
use super::clean::clean;
use super::{Names, count, wrap};
use crate::finding::{Finding, Location};
use crate::model::Partner;
use crate::round::Round;
use std::fmt::Write as _;
use std::io::{self, Write};

/// Columns of a line of a message.
const WIDTH: usize = 76;
/// How many matters a message names.
const MOST: usize = 3;

/// Writes the message for one partner: what came, what matters most, by when. It says nothing of any other partner.
///
/// # Errors
///
/// If `out` cannot be written.
pub fn message(round: &Round, names: Names<'_>, chase: &Chase<'_>, mut out: impl Write) -> io::Result<()> {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = compose(round, names, chase, &mut text);
    out.write_all(text.as_bytes())
}

fn compose(round: &Round, names: Names<'_>, chase: &Chase<'_>, text: &mut String) -> std::fmt::Result {
    let partner = chase.partner;
    let to = match &partner.contact {
        Some(post) => format!("{post}, {}", partner.name),
        None => partner.name.clone(),
    };
    let address = partner.email.as_deref().map(|email| format!(" <{email}>")).unwrap_or_default();
    writeln!(text, "To: {}{}", clean(&to), clean(&address))?;
    writeln!(text, "Subject: {} return for {}: {}\n", clean(&round.code), round.period, subject(chase))?;
    for line in opening(round, chase) {
        writeln!(text, "{}\n", wrap(&clean(&line), 0, WIDTH))?;
    }
    for (number, finding) in (1..).zip(chase.to_answer.iter().take(MOST)) {
        let said = about(names, partner, finding);
        let block = wrap(&clean(&said), 3, WIDTH);
        writeln!(text, "{number}. {}\n", block.trim_start())?;
    }
    let more = chase.to_answer.len().saturating_sub(MOST);
    if more == 1 {
        writeln!(text, "There is one further question; ask us for the whole list.\n")?;
    } else if more > 0 {
        let more = count(more, " further question", " further questions");
        writeln!(text, "{}\n", wrap(&format!("There are {more}; ask us for the whole list."), 0, WIDTH))?;
    }
    for line in closing(round, chase) {
        writeln!(text, "{}\n", wrap(&clean(&line), 0, WIDTH))?;
    }
    writeln!(text, "{}", clean(&format!("{} Business Unit", round.code)))?;
    match &round.contact {
        Some(contact) => writeln!(text, "{}", clean(contact)),
        None => Ok(()),
    }
}

fn subject(chase: &Chase<'_>) -> String {
    match (chase.received, chase.to_answer.len()) {
        (Received::Missing, _) => "we have not received it".to_owned(),
        (Received::Unreadable, _) => "we could not read it".to_owned(),
        (_, 0) => "received, thank you".to_owned(),
        (_, 1) => "received, one thing to answer".to_owned(),
        (_, more) => format!("received, {more} things to answer"),
    }
}

fn opening(round: &Round, chase: &Chase<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let files = chase.files.join(" and ");
    let (asked, came) = chase.rows;
    let due = round.deadline.map(|day| day.strftime("%-d %B %Y").to_string());
    match chase.received {
        Received::Missing => {
            let due = due.map(|day| format!(", which was due on {day}")).unwrap_or_default();
            lines.push(format!("We have not received your return for {}{due}.", round.period));
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
            match (asked, came) {
                (0, _) => {}
                (asked, came) if asked == came => {
                    lines.push(format!(
                        "Everything that the plan asks you about is in it ({came} of {asked})."
                    ));
                }
                (asked, came) => lines
                    .push(format!("Of the {asked} actions that the plan asks you about, {came} are in it.")),
            }
        }
    }
    if !chase.superseded.is_empty() && !chase.files.is_empty() {
        let old = chase.superseded.join(" and ");
        lines.push(format!("You also sent {old}. We use {files} in its place; tell us if that is wrong."));
    }
    if chase.answered > 0 {
        let have = if chase.answered == 1 { "thing has" } else { "things have" };
        let answered = count(chase.answered, have, have);
        lines.push(format!(
            "{answered} been answered already. If the answer was that you correct your return, please send it."
        ));
    }
    match chase.to_answer.len() {
        0 => {}
        1 => lines.push("Please look at this:".to_owned()),
        more if more <= MOST => lines.push("Please look at these:".to_owned()),
        _ => lines.push("These matter most:".to_owned()),
    }
    lines
}

/// A finding in the partner's words: where, what, what to do. What names another partner is left out.
fn about(names: Names<'_>, own: &Partner, finding: &Finding) -> String {
    let place = match finding.at {
        Location::Cell(at) => format!("{}, cell {}", names.places.sheet(at.file, at.sheet), at.cell),
        Location::Sheet(file, sheet) => format!("Sheet {}", names.places.sheet(file, sheet)),
        _ => String::new(),
    };
    // What is said beside a total is for whoever holds the ledger.
    let is_total = finding.code.as_str().ends_with("-mismatch");
    let help = finding.help.as_deref().filter(|help| !is_total && !names_another(names, own, help));
    let help = help.map(to_the_partner).unwrap_or_default();
    let message = sentences_of_own(names, own, &finding.message);
    let said = match (place.is_empty(), message.is_empty()) {
        (_, true) => format!("{place}: we have a question about it; please ask us."),
        (true, false) => message,
        (false, false) => format!("{place}: {message}"),
    };
    let said = said.trim_start_matches(": ").to_owned();
    if help.is_empty() { said } else { format!("{said} {help}") }
}

/// A message without the sentences that name another partner.
fn sentences_of_own(names: Names<'_>, own: &Partner, message: &str) -> String {
    if !names_another(names, own, message) {
        return message.to_owned();
    }
    let mut kept = String::new();
    for sentence in message.split_inclusive(". ") {
        if names_another(names, own, sentence) {
            // What follows a sentence that is left out may lean on it.
            break;
        }
        kept.push_str(sentence);
    }
    kept.trim_end().to_owned()
}

/// Words that ask for something, turned from the Business Unit to the partner.
fn to_the_partner(text: &str) -> String {
    text.replace("Ask for a copy", "Please send a copy").replace("Ask for the", "Please use the")
}

fn names_another(names: Names<'_>, own: &Partner, text: &str) -> bool {
    // What the partner wrote itself is in quotation marks; *NHS number* names no partner.
    let text = without_quotations(text).to_lowercase().replace("nhs number", "");
    let own_names: Vec<String> = names_of(own).map(str::to_lowercase).collect();
    let others = names.partners.iter().filter(|partner| partner.code != own.code);
    others.flat_map(names_of).any(|name| {
        let name = name.to_lowercase();
        // A short word of another's (*Health*) may be part of the partner's own name.
        !own_names.iter().any(|own| own.contains(&name)) && has_words(&text, &name)
    })
}

fn without_quotations(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, inside)) = rest.split_once('\u{201c}') {
        kept.push_str(before);
        rest = inside.split_once('\u{201d}').map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    kept
}

fn names_of(partner: &Partner) -> impl Iterator<Item = &str> {
    let more = partner.aliases.iter().chain(&partner.abbreviations).chain(&partner.formerly);
    [&partner.name, &partner.code].into_iter().chain(more).map(String::as_str)
}

/// True if a text holds some words, not as part of longer ones.
fn has_words(text: &str, words: &str) -> bool {
    let edge = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
    !words.is_empty()
        && text.match_indices(words).any(|(at, found)| {
            edge(text[..at].chars().next_back()) && edge(text[at + found.len()..].chars().next())
        })
}

fn closing(round: &Round, chase: &Chase<'_>) -> Vec<String> {
    let due = round.deadline.map(|day| day.strftime("%-d %B %Y").to_string());
    let due = due.map(|day| format!(" The return was due on {day}.")).unwrap_or_default();
    match chase.received {
        Received::Missing => vec!["Please send it, or tell us when it will come.".to_owned()],
        Received::Unreadable => vec![format!("Please send it again.{due}")],
        _ if chase.to_answer.is_empty() => vec!["Nothing is left for you to do.".to_owned()],
        _ => vec![format!("Please send a corrected return, or answer this message.{due}")],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Places;

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
        let said = |text: &str| sentences_of_own(names, &partners[1], text);
        assert_eq!(said("It is too high. £550 equals NHS Wyevale, Core. Look."), "It is too high.");
        assert_eq!(
            said("A word \u{201c}by Health\u{201d} is there."),
            "A word \u{201c}by Health\u{201d} is there."
        );
        assert_eq!(said("A1 appears to contain an NHS number."), "A1 appears to contain an NHS number.");
        assert_eq!(said("Healthy is no name."), "Healthy is no name.");
        assert_eq!(said("Wyevale Police has it."), "Wyevale Police has it.");
    }
}
