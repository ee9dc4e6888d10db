//! What a partner is told of a finding, in its own words.

use super::Names;
use crate::finding::{Audience, Finding};
use crate::model::Partner;
use std::collections::BTreeMap;

/// A finding in words for the partner; what it may not be told is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    /// What was found.
    pub(super) what: String,
    /// What to do.
    pub(super) how: String,
}

/// Words that ask the Business Unit for something, turned to the partner; what only the Business Unit can do is left out.
pub(super) fn to_the_partner(text: &str) -> String {
    const TURNED: [(&str, &str); 5] = [
        ("Ask for a copy", "Please send a copy"),
        ("Ask for it again", "Please send it again"),
        ("Ask for the return again", "Please send the return again"),
        ("Ask for the Excel template", "Please use the Excel template"),
        ("Ask where it came from", "Please tell us where it came from"),
    ];
    let for_us =
        |sentence: &str| sentence.contains("run again") || sentence.starts_with("Do not forward the file");
    let sentences = text.split_inclusive(". ").filter(|sentence| !for_us(sentence));
    let mut kept = sentences.collect::<String>().trim_end().to_owned();
    for (ours, theirs) in TURNED {
        kept = kept.replace(ours, theirs);
    }
    for (ours, theirs) in [("Ask for ", "Please send "), ("Ask whether ", "Please tell us whether ")] {
        if let Some(asked) = kept.strip_prefix(ours) {
            kept = format!("{theirs}{asked}");
        }
    }
    // Which settings of the program would allow more is for whoever runs it.
    if let (Some(from), Some(to)) = (kept.find("; QUARTERDAY_"), kept.find(" set other limits")) {
        kept.replace_range(from.min(to)..to + " set other limits".len(), "");
    }
    kept
}

/// What a partner is to do about a figure that differs from another one, where nothing better is known.
const CHECK_IT: &str = "Check it against your own records and correct it, or tell us why it is right.";

fn asks_for_the_return(what: &str) -> bool {
    what.contains("send the return again")
}

/// What partners are called, for the message to one of them.
pub(super) struct Called {
    /// In small letters, the longest first, with whether it is the recipient's own.
    names: Vec<(String, bool)>,
    /// Places in `names` by the first word, because a text is held against the names of a whole county.
    first: BTreeMap<String, Vec<usize>>,
}

impl Called {
    pub(super) fn new(names: Names<'_>, own: &Partner) -> Self {
        let all = names.partners.iter().flat_map(|partner| {
            names_of(partner).map(move |name| (name.to_lowercase(), partner.code == own.code))
        });
        let mut names: Vec<(String, bool)> = all.filter(|(name, _)| !name.is_empty()).collect();
        // A name that both have is the recipient's.
        names.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)).then(b.1.cmp(&a.1)));
        names.dedup_by(|later, first| later.0 == first.0);
        let mut first: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (place, (name, _)) in names.iter().enumerate() {
            let word = words(name).next().unwrap_or_default();
            first.entry(word.to_owned()).or_default().push(place);
        }
        Self { names, first }
    }

    /// As much of a finding as this partner may be told. What names another partner is left out.
    pub(super) fn told(&self, finding: &Finding) -> Told {
        let audience = finding.audience;
        if audience > Audience::Message {
            return Told { what: String::new(), how: String::new() };
        }
        let what = to_the_partner(&self.own_sentences(&finding.message));
        let how = finding
            .help
            .as_deref()
            .filter(|help| audience == Audience::Partner && !what.is_empty() && !self.names_another(help));
        let mut how = how.map(to_the_partner).unwrap_or_default();
        if asks_for_the_return(&what) {
            // What was found says already that the return is to come again.
            let kept = how.split_inclusive(". ").filter(|sentence| !sentence.starts_with("Please send a"));
            how = kept.collect();
        }
        let differs = finding.detail.as_ref().is_some_and(|detail| detail.figures.is_some());
        if differs && how.is_empty() && !what.is_empty() {
            CHECK_IT.clone_into(&mut how);
        }
        how.truncate(how.trim_end().len());
        Told { what, how }
    }

    /// A message without the sentences that name another partner.
    pub(super) fn own_sentences(&self, message: &str) -> String {
        if !self.names_another(message) {
            return message.to_owned();
        }
        // What follows a sentence that is left out may lean on it.
        let kept = message.split_inclusive(". ").take_while(|sentence| !self.names_another(sentence));
        kept.collect::<String>().trim_end().to_owned()
    }

    /// True if a text names a partner that is not the recipient. A longer name is looked for before one that is part of it.
    pub(super) fn names_another(&self, text: &str) -> bool {
        // What the partner wrote itself is in quotation marks; *NHS number* names no partner.
        let mut text = without_quotations(text).to_lowercase().replace("nhs number", "|");
        // A name without a letter or figure stands under the empty word.
        let known = words(&text).chain([""]).filter_map(|word| self.first.get(word)).flatten();
        let mut known: Vec<usize> = known.copied().collect();
        known.sort_unstable();
        known.dedup();
        for (name, is_own) in known.iter().filter_map(|place| self.names.get(*place)) {
            if has_words(&text, name).is_none() {
                continue;
            }
            if !is_own {
                return true;
            }
            while let Some(at) = has_words(&text, name) {
                text.replace_range(at..at + name.len(), "|");
            }
        }
        false
    }
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

/// The words of a text: runs of letters and figures.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Where a text holds some words, not as part of longer ones.
fn has_words(text: &str, wanted: &str) -> Option<usize> {
    let edge = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
    let mut found = text.match_indices(wanted);
    found
        .find(|(at, found)| {
            edge(text[..*at].chars().next_back()) && edge(text[at + found.len()..].chars().next())
        })
        .map(|(at, _)| at)
}
