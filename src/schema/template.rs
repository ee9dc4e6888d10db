//! Sentences with `‹name›` to fill in.

use std::ops::Range;

/// The names in a sentence and where they stand, in bytes.
pub(crate) fn names(sentence: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    pieces(sentence).filter_map(|piece| match piece {
        Piece::Name(name, span) => Some((name, span)),
        Piece::Words(_) => None,
    })
}

/// Fills a sentence: `fill` writes what a name stands for; names that it does not know stay as they are.
pub fn fill(sentence: &str, mut fill: impl FnMut(&str, &mut String) -> bool) -> String {
    let mut filled = String::with_capacity(sentence.len() + 32);
    for piece in pieces(sentence) {
        match piece {
            Piece::Words(words) => filled.push_str(words),
            Piece::Name(name, _) => {
                if !fill(name, &mut filled) {
                    filled.push('‹');
                    filled.push_str(name);
                    filled.push('›');
                }
            }
        }
    }
    filled
}

enum Piece<'s> {
    Words(&'s str),
    Name(&'s str, Range<usize>),
}

fn pieces(sentence: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = sentence.get(at..).filter(|rest| !rest.is_empty())?;
        let open = '‹'.len_utf8();
        if let Some(inside) = rest.strip_prefix('‹')
            && let Some(end) = inside.find('›')
            && let Some(name) = inside.get(..end)
        {
            let start = at + open;
            at = start + end + '›'.len_utf8();
            return Some(Piece::Name(name, start..start + end));
        }
        let skip = if rest.starts_with('‹') { open } else { 0 };
        let length = rest.get(skip..).and_then(|rest| rest.find('‹')).map_or(rest.len(), |next| next + skip);
        at += length;
        rest.get(..length).map(Piece::Words)
    })
}
