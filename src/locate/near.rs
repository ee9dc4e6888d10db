//! Headings that are nearly, but not quite, a field's: asked about, never taken silently.

use super::headings::Head;
use super::words::TableWords;
use crate::model::{Match, fold, heading_unit};

/// Likeness in percent from which a heading is taken for a field's, with a query.
const ENOUGH: u8 = 83;
/// Likeness given to a heading that is a field's but for a remark in brackets behind it.
const BUT_FOR_REMARK: u8 = 90;
/// Percent by which the best field must lead the next.
const LEAD: u8 = 4;
/// Longer headings are sentences, not misspelt titles.
const LONGEST: usize = 80;

/// Field, head and likeness of every head among `free` that is near enough to one field that has no column, and to no
/// other field and no other head.
pub(super) fn matches(
    table: &TableWords<'_>,
    heads: &[Head],
    free: &[usize],
    found: &[Option<(usize, Match)>],
) -> Vec<(usize, usize, u8)> {
    if found.iter().all(Option::is_some) {
        return Vec::new();
    }
    let mut taken: Vec<(usize, usize, u8)> = free
        .iter()
        .filter_map(|&index| {
            let head = heads.get(index)?;
            let (field, likeness) = without_remark(table, head).or_else(|| nearest(table, head))?;
            let open = found.get(field).is_some_and(Option::is_none);
            open.then_some((field, index, likeness))
        })
        .collect();
    let fields: Vec<usize> = taken.iter().map(|(field, ..)| *field).collect();
    taken.retain(|(field, ..)| fields.iter().filter(|other| *other == field).count() == 1);
    taken
}

/// `Target date (dd/mm/yyyy)` is probably *Target date*.
fn without_remark(table: &TableWords<'_>, head: &Head) -> Option<(usize, u8)> {
    let (words, _) = head.own.split_once('(')?;
    table.find(words).map(|(field, _)| (field, BUT_FOR_REMARK))
}

/// The one field that a heading is near to.
fn nearest(table: &TableWords<'_>, head: &Head) -> Option<(usize, u8)> {
    let text = heading_unit(&head.own).map_or_else(|| head.own.clone(), |(rest, _)| rest);
    let text = fold(&text);
    if text.chars().filter(|letter| letter.is_alphabetic()).count() < 4 || text.len() > LONGEST {
        return None;
    }
    let mut best: Option<(usize, u8)> = None;
    let mut next = 0;
    for (field, name) in &table.near {
        let likeness = likeness(&text, name);
        match best {
            Some((other, most)) if likeness <= most => {
                if other != *field {
                    next = next.max(likeness);
                }
            }
            Some((other, most)) => {
                if other != *field {
                    next = next.max(most);
                }
                best = Some((*field, likeness));
            }
            None => best = Some((*field, likeness)),
        }
    }
    best.filter(|(_, likeness)| *likeness >= ENOUGH && *likeness >= next + LEAD)
}

/// How alike two folded headings are, in percent. Headings with other digits are never alike (`Q1`, `Q2`).
fn likeness(a: &str, b: &str) -> u8 {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let (long, short) = (a.len().max(b.len()), a.len().min(b.len()));
    if short < 4 || long > LONGEST || long - short > 6 || digits(a) != digits(b) {
        return 0;
    }
    let distance = strsim::osa_distance(a, b);
    let letters = a.chars().count().max(b.chars().count());
    u8::try_from(letters.saturating_sub(distance) * 100 / letters.max(1)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_forgives_slips_and_no_more() {
        assert_eq!(likeness("targetdtae", "targetdate"), 90);
        assert!(likeness("progres", "progress") >= ENOUGH);
        assert_eq!(likeness("q1actual", "q2actual"), 0);
        assert!(likeness("outcome", "successmeasure") < ENOUGH);
        assert_eq!(likeness("rag", "rags"), 0);
    }
}
