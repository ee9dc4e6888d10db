//! Small numbers of children in running words.

use crate::model::begins_like_a_month;
/// How far from the number the child may stand, in words.
const REACH: usize = 6;
/// Words for one of those who could be told.
const CHILDREN: &[&str] = &[
    "child",
    "children",
    "person",
    "people",
    "family",
    "families",
    "girl",
    "girls",
    "boy",
    "boys",
    "baby",
    "babies",
    "teenager",
    "teenagers",
    "persons",
    "pupil",
    "pupils",
    "infant",
    "infants",
    "lac",
    "cyp",
    "sibling",
    "siblings",
];
/// What else is counted in texts of this kind.
const OTHERS: &[&str] = &[
    "day", "days", "week", "weeks", "month", "months", "year", "years", "hour", "hours", "session",
    "sessions", "meeting", "meetings", "event", "events", "course", "courses", "agency", "agencies",
    "partner", "partners", "school", "schools", "staff", "audit", "audits", "action", "actions", "team",
    "teams", "quarter", "working", "out",
];
/// What numbers stand behind as names.
const LABELS: &[&str] = &[
    "level",
    "tier",
    "phase",
    "priority",
    "stage",
    "step",
    "chapter",
    "objective",
    "standard",
    "outcome",
    "key",
    "quarter",
    "section",
    "action",
    "area",
    "part",
    "table",
    "appendix",
    "no",
    "number",
    "ref",
    "year",
    "years",
    "yr",
    "class",
    "day",
    "week",
    "page",
    "item",
    "band",
    "module",
    "ward",
    "q",
];
/// What may stand behind a number that ends what is said: *Children seen: 3 in the quarter*.
const BEHIND: &[&str] = &[
    "this", "in", "at", "during", "per", "for", "and", "but", "so", "since", "by", "with", "all", "last",
    "to", "on",
];
/// What is said of some of those that were spoken of: *12 children, 2 were moved*.
const VERBS: &[&str] = &[
    "were", "was", "are", "is", "had", "have", "has", "remain", "remains", "remained", "went", "attended",
    "moved", "left", "became", "returned", "declined", "refused", "died",
];
const WORDS: [&str; 5] = ["one", "two", "three", "four", "five"];

/// The first small number of children in a text, with the words up to them.
pub(in crate::checks) fn few_children(text: &str) -> Option<String> {
    // Nearly every text has no such number, and is not looked at more closely.
    if !text.split_whitespace().any(|word| is_small(stripped(word))) {
        return None;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let plain: Vec<String> = words.iter().map(|word| bare(word)).collect();
    for (place, word) in plain.iter().enumerate() {
        if !is_small(word) {
            continue;
        }
        let spelt = !word.starts_with(|letter: char| letter.is_ascii_digit());
        // A level, a priority or a day is no count of children.
        let before = place.checked_sub(1).and_then(|before| plain.get(before));
        if before.is_some_and(|word| LABELS.contains(&word.as_str()))
            || plain.get(place + 1).is_some_and(|next| begins_like_a_month(next))
        {
            continue;
        }
        // A sentence that ends between them parts them.
        let ends = |word: &&str| word.ends_with(['.', ';', ':', '!', '?']);
        let reach = if spelt && word == "one" { 2 } else { REACH };
        let after = words.get(place..)?.iter().take(reach + 1);
        let whole = after.clone().position(ends).map_or(reach, |end| end.min(reach));
        let near = plain.get(place + 1..).unwrap_or_default().iter().take(whole);
        let first_other = near.clone().position(|word| OTHERS.contains(&word.as_str()));
        // People are told apart only where they are young.
        let grown = |at: usize| {
            let young = at.checked_sub(1).and_then(|before| plain.get(place + 1 + before));
            young.is_none_or(|word| word != "young")
        };
        let first_child = near.clone().enumerate().position(|(at, word)| {
            CHILDREN.contains(&word.as_str())
                && !(matches!(word.as_str(), "person" | "people" | "persons") && grown(at))
        });
        if let Some(said) = said_before(&words, &plain, place) {
            return Some(said);
        }
        if let Some(child) = first_child.filter(|child| first_other.is_none_or(|other| *child < other)) {
            let said = words.get(place..=place + 1 + child)?.join(" ");
            return Some(said.trim_end_matches([',', '.', ';', ')']).trim_start_matches('(').to_owned());
        }
    }
    None
}

/// A small number behind the children that it counts: *Children seen: 3*, *number of children 4*, *12 children, 2 were*,
/// *sibling group of 3*. What is counted behind it is looked at first, so that *children: 2 audits* is left alone.
fn said_before(words: &[&str], plain: &[String], place: usize) -> Option<String> {
    let word = words.get(place)?;
    let next = plain.get(place + 1).map_or("", String::as_str);
    let ends = |word: &str| word.ends_with(['.', ';', ',', ')', '!', '?']);
    let verb = VERBS.contains(&next)
        || next == "of"
            && plain
                .get(place + 2)
                .is_some_and(|word| matches!(word.as_str(), "whom" | "them" | "these" | "those"));
    let closes = next.is_empty() || ends(word) || BEHIND.contains(&next);
    if !verb && !closes {
        return None;
    }
    // The words before it, as far as its sentence goes; a colon joins.
    let start = place.saturating_sub(REACH);
    let first =
        (start..place).rev().find(|at| words[*at].ends_with(['.', ';', '!', '?']) && plain[*at] != "no");
    let start = first.map_or(start, |at| at + 1);
    let child = (start..place).rev().find(|at| {
        let young =
            at.checked_sub(1).and_then(|before| plain.get(before)).is_some_and(|word| word == "young");
        let word = plain[*at].trim_end_matches(['=', '-']);
        CHILDREN.contains(&word) && (young || !matches!(word, "person" | "people" | "persons"))
    })?;
    let between = plain.get(child + 1..place)?;
    // What else is counted in between takes the number; so does what has numbers for names.
    if between.iter().any(|word| {
        OTHERS.contains(&word.as_str())
            || LABELS.contains(&word.as_str())
            || word.starts_with(|letter: char| letter.is_ascii_digit())
    }) {
        return None;
    }
    let marked = words.get(child..place)?.last()?.ends_with([':', '=', '-', '–', '—']);
    let counted = plain.get(start..child)?.windows(2).any(|pair| {
        matches!(pair[0].as_str(), "number" | "numbers" | "no" | "total" | "count") && pair[1] == "of"
    });
    let more = between.is_empty() && words[child].ends_with(',')
        || plain.get(start..child)?.iter().any(|word| {
            word.starts_with(|letter: char| letter.is_ascii_digit()) && !word.contains(['/', '.', '-'])
        });
    let group = matches!(between, [.., group, of] if of == "of" && matches!(group.as_str(), "group" | "groups"))
        || matches!(between, [of] if of == "of" && matches!(plain[child].as_str(), "family" | "sibling"));
    let bracketed =
        between.is_empty() && word.starts_with('(') && word.contains(')') && !plain[child].starts_with("lac");
    let is = group || closes && (marked || counted || bracketed) || verb && (more || counted);
    let said = words.get(child..=place)?.join(" ");
    is.then(|| said.trim_end_matches([',', '.', ';', ')']).to_owned())
}

/// True for a number from 1 to 5, in a digit or spelt out.
fn is_small(word: &str) -> bool {
    matches!(word, "1" | "2" | "3" | "4" | "5") || WORDS.iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// A word without the marks around it; `2.1`, `Q2` and `2%` stay what they are.
fn stripped(word: &str) -> &str {
    word.trim_matches(['(', ')', ',', '"', '\'', '“', '”']).trim_end_matches(['.', ';', ':'])
}

/// The same in small letters.
fn bare(word: &str) -> String {
    stripped(word).to_lowercase()
}
