//! Widths of columns and heights of rows, from what stands in them.

use super::styles::Look;
use std::collections::BTreeMap;

/// A text that may need more than one line: its row and column, and the letters of each of its paragraphs.
pub(crate) struct Tall {
    pub(crate) row: u32,
    pub(crate) column: u16,
    pub(crate) paragraphs: Box<[u16]>,
}

/// Units of width that a landscape page holds in print that can still be read.
const PAGE: usize = 190;
/// The widest column of long texts.
const WIDEST: usize = 64;

/// Widths in units: what short values need; long texts share the rest of the page, longer ones with more of it.
pub(super) fn fit(widths: &[(Look, usize)]) -> Vec<u16> {
    let natural: Vec<usize> = widths
        .iter()
        .map(|(look, widest)| match look {
            Look::Wrap => (*widest + 2).clamp(8, WIDEST),
            Look::Date => (*widest + 1).clamp(11, 16),
            Look::Centre => (*widest + 2).clamp(8, 22),
            look if look.is_figure() => (*widest + 2).clamp(7, 18),
            _ => (*widest + 2).clamp(6, 34),
        })
        .collect();
    let pairs = || widths.iter().zip(&natural);
    let fixed: usize = pairs().filter(|((look, _), _)| *look != Look::Wrap).map(|(_, width)| width).sum();
    let long: usize = pairs().filter(|((look, _), _)| *look == Look::Wrap).map(|(_, width)| width).sum();
    let room = PAGE.saturating_sub(fixed);
    let weight = |widest: usize| widest.isqrt().max(3);
    let wide = pairs().filter(|((look, _), _)| *look == Look::Wrap);
    let weights: usize = wide.map(|((_, widest), _)| weight(*widest)).sum();
    pairs()
        .map(|((look, widest), natural)| {
            let share = if *look == Look::Wrap && long > room {
                (weight(*widest) * room / weights.max(1)).clamp(12.min(*natural), *natural)
            } else {
                *natural
            };
            u16::try_from(share).unwrap_or(60)
        })
        .collect()
}

/// Pixels of a line of small print.
pub(crate) const LINE: u32 = 16;
/// Lines of the highest row that Excel allows.
pub(crate) const MOST_LINES: u32 = 31;

/// How many lines each row needs; rows of one line are left out.
pub(crate) fn lines(tall: &[Tall], widths: &[u16]) -> BTreeMap<u32, usize> {
    let mut rows = BTreeMap::new();
    for text in tall {
        // A letter of small print is a little narrower than a unit of width, but lines end between words.
        let width = usize::from(widths.get(usize::from(text.column)).copied().unwrap_or(20));
        let room = (width * 11 / 10).saturating_sub(1).max(4);
        let lines: usize =
            text.paragraphs.iter().map(|letters| usize::from(*letters).div_ceil(room).max(1)).sum();
        let most = rows.entry(text.row).or_insert(1);
        *most = lines.max(*most);
    }
    rows.retain(|_, lines| *lines > 1);
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_as_high_as_their_longest_text() {
        let text = |row, column, paragraphs: &[u16]| Tall { row, column, paragraphs: paragraphs.into() };
        let tall = [text(5, 0, &[9]), text(6, 0, &[25]), text(6, 1, &[3, 3, 45]), text(7, 1, &[20])];
        let rows: Vec<_> = lines(&tall, &[10, 20]).into_iter().collect();
        assert_eq!(rows, [(6, 5)], "ten letters and twenty-one fit a line");
    }

    #[test]
    fn wide_texts_share_the_page() {
        let widths = fit(&[(Look::Text, 10), (Look::Wrap, 900), (Look::Wrap, 900), (Look::Wrap, 900)]);
        assert!(widths.iter().sum::<u16>() <= 190, "{widths:?}");
        assert_eq!(fit(&[(Look::Wrap, 12)]), [14]);
    }
}
