//! How many entries of the register have which rating, a bar for each part of the plan, and in words.

use super::Overview;
use crate::model::Group;

/// One bar: its name, how many entries have which rating, and how many were not reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar<'a> {
    /// The part of the plan.
    pub name: &'a str,
    /// Entries by rating, worst first; the last is *no report*.
    pub counts: Vec<u32>,
}

/// The bars of a summary's chart, in the order of its groups.
#[must_use]
pub fn bars<'a>(overview: &Overview<'a>, output: usize, ratings: usize) -> Vec<Bar<'a>> {
    let mut bars: Vec<Bar<'a>> = Vec::new();
    for group in overview.data.groups.get(output).into_iter().flatten() {
        let name = group.show.first().map_or("", String::as_str);
        let name = if name.is_empty() { "Other" } else { name };
        let place = bars.iter().position(|bar| bar.name == name).unwrap_or_else(|| {
            bars.push(Bar { name, counts: vec![0; ratings + 1] });
            bars.len() - 1
        });
        let counts = group.by_rating.iter().copied().chain([group.not_reported]);
        for (sum, count) in bars[place].counts.iter_mut().zip(counts) {
            *sum += count;
        }
    }
    bars
}

/// The count behind a roll-up: `2 of 5 red`.
#[must_use]
pub fn in_words(group: &Group, labels: &[&str]) -> String {
    counted(&group.by_rating, group.not_reported, group.entries, labels)
}

impl Bar<'_> {
    /// Its counts in words, worst first: `2 red, 3 green of 5`.
    #[must_use]
    pub fn in_words(&self, labels: &[&str]) -> String {
        let (by_rating, not_reported) = self.counts.split_at(labels.len().min(self.counts.len()));
        counted(by_rating, not_reported.iter().sum(), self.counts.iter().sum(), labels)
    }
}

fn counted(by_rating: &[u32], not_reported: u32, entries: u32, labels: &[&str]) -> String {
    let mut parts = Vec::new();
    for (count, label) in by_rating.iter().zip(labels) {
        if *count > 0 {
            parts.push(format!("{count} {}", label.to_lowercase()));
        }
    }
    if not_reported > 0 {
        parts.push(format!("{not_reported} not reported"));
    }
    match parts.as_slice() {
        [] => "nothing reported".to_owned(),
        [only] if entries > 1 => {
            format!("all {entries} {}", only.split_once(' ').map_or("", |(_, word)| word))
        }
        _ => format!("{} of {}", parts.join(", "), entries),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_the_count_behind_a_roll_up() {
        let labels = ["Red", "Amber", "Green"];
        let group = |by: [u32; 3], not_reported, entries| Group {
            by_rating: by.to_vec(),
            not_reported,
            entries,
            ..Group::default()
        };
        assert_eq!(in_words(&group([2, 0, 3], 0, 5), &labels), "2 red, 3 green of 5");
        assert_eq!(in_words(&group([0, 0, 3], 0, 3), &labels), "all 3 green");
        assert_eq!(in_words(&group([1, 0, 0], 0, 1), &labels), "1 red of 1");
        assert_eq!(in_words(&group([0, 0, 1], 2, 3), &labels), "1 green, 2 not reported of 3");
        assert_eq!(in_words(&group([0, 0, 0], 0, 0), &labels), "nothing reported");
    }
}
