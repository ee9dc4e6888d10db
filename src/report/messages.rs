//! A message for each partner, ready to paste into an e-mail.

mod things;

#[cfg(test)]
mod tests;

use super::attached::{Attached, in_words};
use super::chase::{Chase, Received};
use super::clean::clean;
use super::items::{Item, items};
use super::told::{Called, to_the_partner};
use super::{Names, count, wrap};
use crate::finding::Code;
use crate::round::Round;
use std::fmt::Write as _;
use std::io::{self, Write};
use things::{about, persons, to_take_out};

/// Columns of a line of a message.
const WIDTH: usize = 76;
/// How many matters a message names.
const MOST: usize = 3;

/// Writes the message for one partner: what came, what matters most, by when. It says nothing of any other partner.
/// `attached` are the workbooks that go with it.
///
/// # Errors
///
/// If `out` cannot be written.
pub fn message(
    round: &Round,
    names: Names<'_>,
    chase: &Chase<'_>,
    attached: &[&Attached],
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
    attached: &[&Attached],
    text: &mut String,
) -> std::fmt::Result {
    let partner = chase.partner;
    let to = match &partner.contact {
        Some(post) => format!("{post}, {}", partner.name),
        None => partner.name.clone(),
    };
    let address = partner.email.as_deref().map(|email| format!(" <{email}>")).unwrap_or_default();
    writeln!(text, "To: {}{}", clean(&to), clean(&address))?;
    let called = Called::new(names, partner);
    let (opened, items) = opened(chase);
    writeln!(
        text,
        "Subject: {} return for {}: {}\n",
        clean(&round.code),
        round.period,
        subject(chase, items.len())
    )?;
    writeln!(text, "{}\n", round.marking)?;
    for line in opening(round, names, &called, chase, (&opened, &items)) {
        writeln!(text, "{}\n", wrap(&clean(&line), 0, WIDTH))?;
    }
    for (number, item) in (1..).zip(items.iter().take(MOST)) {
        let said = about(names, &called, attached, item);
        let block = wrap(&clean(&said), 3, WIDTH);
        writeln!(text, "{number}. {}\n", block.trim_start())?;
    }
    let more = items.iter().skip(MOST).flat_map(Item::findings).filter(|finding| finding.is_uncleared());
    let persons = persons(names, attached, more, &chase.files).map(|places| {
        format!(
            "What may identify a person also stands in your own file: {places}. Look at each, take out what does, and tell us what does not."
        )
    });
    let to_take_out = to_take_out(names, &called, &chase.to_take_out, &chase.files);
    let further = persons.into_iter().chain(further(chase, items.len(), attached)).chain(to_take_out);
    for line in further.chain(closing(round, chase)) {
        writeln!(text, "{}\n", wrap(&clean(&line), 0, WIDTH))?;
    }
    writeln!(text, "{}", clean(&format!("{} Business Unit", round.code)))?;
    match &round.contact {
        Some(contact) => writeln!(text, "{}", clean(contact)),
        None => Ok(()),
    }
}

/// The things with which a message opens, because nothing of what the partner sent is used, and those that it numbers.
fn opened<'a>(chase: &Chase<'a>) -> (Vec<Item<'a>>, Vec<Item<'a>>) {
    let nothing = matches!(chase.received, Received::Missing | Received::Unreadable);
    items(chase).into_iter().partition(|item| nothing && Code::NOTHING_CAME.contains(&item.first.code))
}

/// How much more there is, and where it stands.
fn further(chase: &Chase<'_>, items: usize, attached: &[&Attached]) -> Vec<String> {
    let more = match items.saturating_sub(MOST) {
        0 => None,
        1 => Some("There is one further question".to_owned()),
        more => Some(format!("There are {}", count(more, "further question", "further questions"))),
    };
    let files = in_words(attached);
    let said = match (more, attached.is_empty()) {
        (None, true) => return Vec::new(),
        (Some(more), true) => return vec![format!("{more}; ask us for the whole list.")],
        (None, false) if chase.received == Received::Missing => {
            return vec![format!("Attached is {files}, the form once more.")];
        }
        (None, false) if chase.received == Received::Unreadable => {
            return vec![format!(
                "Attached is {files}, a form with the same sheets, in case it is easier to fill in than to mend the file."
            )];
        }
        (None, false) => format!("Attached is {files}, in which each place is marked."),
        (Some(more), false) => format!(
            "{more}. Attached is {files}: its first sheet has the whole list, with the quickest first, and each place is marked."
        ),
    };
    let mut why: Vec<&str> =
        attached.iter().filter_map(|one| Some(one.form.as_ref()?.why.as_str())).collect();
    why.dedup();
    vec![std::iter::once(said.as_str()).chain(why).collect::<Vec<_>>().join(" ")]
}

fn subject(chase: &Chase<'_>, items: usize) -> String {
    match (chase.received, items) {
        (Received::Missing, _) if !chase.blank.is_empty() => "the form came back empty".to_owned(),
        (Received::Missing, _) => "we have not received it".to_owned(),
        (Received::Unreadable, _) => "we could not read it".to_owned(),
        (_, 0) if chase.to_take_out.is_empty() => "received, thank you".to_owned(),
        (_, 0) => "received, one thing to take out".to_owned(),
        (_, 1) => "received, one thing to answer".to_owned(),
        (_, more) => format!("received, {more} things to answer"),
    }
}

fn opening(
    round: &Round,
    names: Names<'_>,
    called: &Called,
    chase: &Chase<'_>,
    (opened, items): (&[Item<'_>], &[Item<'_>]),
) -> Vec<String> {
    let mut lines = match chase.received {
        Received::Missing => missing(round, chase),
        Received::Unreadable => {
            let mut lines = vec!["Thank you for sending your return. We could not use it:".to_owned()];
            lines.extend(opened.iter().map(|item| about(names, called, &[], item)));
            if opened.is_empty() {
                lines.extend(chase.refused.iter().map(|why| to_the_partner(why)));
            }
            lines
        }
        _ => {
            let late = if chase.received == Received::Late { " It came after the deadline." } else { "" };
            let mut lines = vec![format!("Thank you for your return ({}).{late}", chase.files.join(" and "))];
            lines.extend(chase.extent());
            lines
        }
    };
    // Where it is asked which of two is right, that says so.
    let asked = items.iter().any(|item| item.first.code == Code::REPLACED);
    if !chase.superseded.is_empty() && !chase.files.is_empty() && !asked {
        let (old, files) = (chase.superseded.join(" and "), chase.files.join(" and "));
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
    match items.len() {
        0 => {}
        1 => lines.push("Please look at this:".to_owned()),
        more if more <= MOST => lines.push("Please look at these:".to_owned()),
        _ => lines.push("These matter most:".to_owned()),
    }
    lines
}

/// What is said first to a partner of which no return is there.
fn missing(round: &Round, chase: &Chase<'_>) -> Vec<String> {
    let due = round.deadline.map(|day| day.strftime("%-d %B %Y").to_string());
    let due = due.map(|day| format!(", which was due on {day}")).unwrap_or_default();
    let period = round.period;
    let mut lines = vec![match chase.blank.as_slice() {
        [] => format!("We have not received your return for {period}{due}."),
        [one] => format!(
            "Thank you for {one}. It is the form as we sent it: nothing in it is filled in. We still wait for your return for {period}{due}."
        ),
        several => format!(
            "Thank you for {}. Nothing in them is filled in. We still wait for your return for {period}{due}.",
            several.join(" and ")
        ),
    }];
    if let (asked @ 1.., _) = chase.rows {
        let actions = count(asked, " action", " actions");
        lines.push(format!("The plan asks you about {actions}. If nothing has changed, please say so."));
    }
    lines
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
