//! Widths of columns and heights of rows, from what stands in them.

use super::cells::PENNIES;
use super::styles::Look;
use std::collections::BTreeMap;

/// A text that may need more than one line: its row and column, and the breadth of each of its words.
pub(crate) struct Tall {
    row: u32,
    column: u16,
    /// Breadths in thousandths of the size of print; `BREAK` begins another paragraph.
    words: Box<[u32]>,
}

/// Between the words of two paragraphs.
const BREAK: u32 = 0;
/// The most words that are measured: more than the highest row holds.
const MOST_WORDS: usize = 2_000;

impl Tall {
    /// Measures a text in small print.
    pub(crate) fn new(row: u32, column: u16, text: &str) -> Self {
        let mut words = Vec::new();
        for (place, paragraph) in text.split('\n').enumerate() {
            if place > 0 {
                words.push(BREAK);
            }
            let room = MOST_WORDS.saturating_sub(words.len());
            words.extend(paragraph.split_whitespace().take(room).map(breadth));
            if room == 0 {
                break;
            }
        }
        Self { row, column, words: words.into() }
    }

    /// The same in bold print, which is broader.
    pub(crate) fn bold(mut self) -> Self {
        for word in &mut self.words {
            *word += *word / 12;
        }
        self
    }

    /// How many lines it takes up in so much room; words stay whole where they can.
    fn lines(&self, room: u32) -> usize {
        let (mut lines, mut at) = (1, 0);
        for &word in &self.words {
            if word == BREAK {
                lines += 1;
                at = 0;
            } else if at > 0 && at + SPACE + word <= room {
                at += SPACE + word;
            } else {
                let over = word.saturating_sub(1) / room;
                lines += usize::from(at > 0) + over as usize;
                at = word - over * room;
            }
        }
        lines
    }
}

/// The breadth of a space in thousandths of the size of print, in Arial and what has its breadths.
const SPACE: u32 = 278;
/// The same of the letters from ! to ~.
const BREADTHS: [u16; 94] = [
    278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500,
    667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278,
    556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/// A text in lines of a breadth, broken between words; a broader word stays whole.
pub(super) fn broken(text: &str, room: u32) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut at = 0;
    for word in text.split_whitespace() {
        let wide = breadth(word);
        match lines.last_mut() {
            Some(line) if line.is_empty() || at + SPACE + wide <= room => {
                if !line.is_empty() {
                    line.push(' ');
                    at += SPACE;
                }
                line.push_str(word);
                at += wide;
            }
            _ => {
                lines.push(word.to_owned());
                at = wide;
            }
        }
    }
    lines
}

/// The room of a column so many units wide, in thousandths of the size of small print.
pub(super) const fn room(units: u32) -> u32 {
    units * UNIT
}

fn breadth(word: &str) -> u32 {
    let letter = |letter: char| match letter {
        '!'..='~' => u32::from(BREADTHS[letter as usize - '!' as usize]),
        '\u{2018}'..='\u{201f}' | '›' | '‹' | '·' => 333,
        '\u{300}'..='\u{36f}' => 0,
        '\u{1100}'.. => 1000,
        _ => 600,
    };
    word.chars().map(letter).fold(0, u32::saturating_add).max(1)
}

/// Units of width that a landscape page holds in print that can still be read.
const PAGE: usize = 210;
/// The widest column of long texts.
const WIDEST: usize = 64;

/// Widths in units: what short values need; long texts share the rest of the page, longer ones with more of it.
pub(super) fn fit(widths: &[(Look, usize)]) -> Vec<u16> {
    let natural: Vec<usize> = widths
        .iter()
        .map(|(look, widest)| match look {
            Look::Wrap => (*widest + 3).clamp(8, WIDEST),
            Look::Date => (*widest + 1).clamp(11, 16),
            Look::Centre => (*widest + 2).clamp(8, 22),
            // Where no pennies are shown, no room is left for them; figures keep white on their right.
            look if look.is_whole() => (widest.saturating_sub(PENNIES) + 3).clamp(7, 18),
            look if look.is_figure() => (*widest + 3).clamp(7, 18),
            _ => (*widest + 3).clamp(6, 34),
        })
        .collect();
    let pairs = || widths.iter().zip(&natural);
    let fixed: usize = pairs().filter(|((look, _), _)| *look != Look::Wrap).map(|(_, width)| width).sum();
    let long: usize = pairs().filter(|((look, _), _)| *look == Look::Wrap).map(|(_, width)| width).sum();
    let room = PAGE.saturating_sub(fixed);
    let weight = |widest: usize| widest.isqrt().max(3);
    // A long text in a narrow column makes a row that nobody reads.
    let least = |widest: usize| if widest > 40 { 20 } else { 14 };
    let wide = pairs().filter(|((look, _), _)| *look == Look::Wrap);
    let weights: usize = wide.map(|((_, widest), _)| weight(*widest)).sum();
    pairs()
        .map(|((look, widest), natural)| {
            let share = if *look == Look::Wrap && long > room {
                (weight(*widest) * room / weights.max(1)).clamp(least(*widest).min(*natural), *natural)
            } else {
                *natural
            };
            u16::try_from(share).unwrap_or(60)
        })
        .collect()
}

/// Pixels of a line of small print.
pub(crate) const LINE: u32 = 17;
/// Lines of the highest row that Excel allows.
pub(crate) const MOST_LINES: u32 = 31;
/// Room in a unit of width, in thousandths of the size of print: 7 pixels in print of 10 points, less a little for what
/// programs differ in.
const UNIT: u32 = 515;
/// Units of width that stay white beside a text.
const WHITE: u16 = 1;

/// How many lines each row needs; rows of one line are left out.
pub(crate) fn lines(tall: &[Tall], widths: &[u16]) -> BTreeMap<u32, usize> {
    let mut rows = BTreeMap::new();
    for text in tall {
        let width = widths.get(usize::from(text.column)).copied().unwrap_or(20);
        let room = u32::from(width.saturating_sub(WHITE).max(4)) * UNIT;
        let most = rows.entry(text.row).or_insert(1);
        *most = text.lines(room).max(*most);
    }
    rows.retain(|_, lines| *lines > 1);
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_as_high_as_their_longest_text() {
        let tall = [
            Tall::new(5, 0, "nine or so"),
            Tall::new(6, 0, "about twenty-five letters"),
            Tall::new(6, 1, "one\ntwo\nand a third paragraph that is longer than that"),
            Tall::new(7, 1, "what fits on one line"),
            Tall::new(8, 1, "what would fit in bold").bold(),
        ];
        let rows: Vec<_> = lines(&tall, &[13, 21]).into_iter().collect();
        assert_eq!(rows, [(6, 4)]);
    }

    #[test]
    fn a_word_that_is_broader_than_its_column_is_broken() {
        let name = "a".repeat(100);
        assert_eq!(Tall::new(0, 0, &name).lines(556 * 10), 10);
        assert_eq!(Tall::new(0, 0, &format!("is {name}")).lines(556 * 10), 11);
        assert_eq!(Tall::new(0, 0, "").lines(1000), 1);
        assert_eq!(Tall::new(0, 0, "a\n\nb").lines(1000), 3);
    }

    #[test]
    fn long_sentences_are_broken_between_words() {
        assert_eq!(broken("one two three", 4 * 1000), ["one two", "three"]);
        assert_eq!(broken("", 7), [""]);
        assert_eq!(broken("unbreakable", 3), ["unbreakable"]);
    }

    #[test]
    fn wide_texts_share_the_page() {
        let widths = fit(&[(Look::Text, 10), (Look::Wrap, 900), (Look::Wrap, 900), (Look::Wrap, 900)]);
        assert!(widths.iter().sum::<u16>() <= 210, "{widths:?}");
        assert_eq!(fit(&[(Look::Wrap, 12)]), [15]);
    }
}
