//! Small parts of XML, rewritten at a few places and copied everywhere else.

use super::Unfit;
use super::tokens::{Kind, Tokens, full_name, name, opened, prefix};

/// The most elements inside one another.
const DEEPEST: usize = 1_000;

/// A piece of a part, as it goes by.
pub(super) struct Piece<'a> {
    pub(super) kind: Kind,
    /// Names without prefixes, from the outermost element to this one.
    pub(super) path: &'a [Vec<u8>],
    pub(super) bytes: &'a [u8],
}

impl Piece<'_> {
    /// True for a tag whose element stands at this place.
    pub(super) fn is_at(&self, path: &[&str]) -> bool {
        self.kind != Kind::Text
            && self.kind != Kind::Other
            && self.path.len() == path.len()
            && self.path.iter().zip(path).all(|(own, wanted)| own == wanted.as_bytes())
    }

    /// True for the tag with which an element at this place begins.
    pub(super) fn begins(&self, path: &[&str]) -> bool {
        self.kind != Kind::Close && self.is_at(path)
    }

    /// With something as the last of the element's children, if this is where they end.
    pub(super) fn with_last(&self, make: impl FnOnce(&str) -> String) -> Option<Vec<u8>> {
        let prefix = prefix(self.bytes);
        match self.kind {
            Kind::Close => Some([make(&prefix).as_bytes(), self.bytes].concat()),
            Kind::Empty => Some(self.filled(&make(&prefix))),
            _ => None,
        }
    }

    /// With something as the first of the element's children, if this is where they begin.
    pub(super) fn with_first(&self, make: impl FnOnce(&str) -> String) -> Option<Vec<u8>> {
        let prefix = prefix(self.bytes);
        match self.kind {
            Kind::Open => Some([self.bytes, make(&prefix).as_bytes()].concat()),
            Kind::Empty => Some(self.filled(&make(&prefix))),
            _ => None,
        }
    }

    fn filled(&self, inside: &str) -> Vec<u8> {
        let name = full_name(self.bytes);
        [&opened(self.bytes)[..], inside.as_bytes(), b"</", name, b">"].concat()
    }
}

/// Goes through a part; what `visit` gives stands in a piece's place.
pub(super) fn rewrite(
    xml: &[u8],
    mut visit: impl FnMut(&Piece<'_>) -> Result<Option<Vec<u8>>, Unfit>,
) -> Result<Vec<u8>, Unfit> {
    let mut tokens = Tokens::new(xml);
    let mut path: Vec<Vec<u8>> = Vec::new();
    let mut out = Vec::with_capacity(xml.len() + 1_024);
    let mut roots = 0;
    while let Some((kind, bytes)) = tokens.next()? {
        match kind {
            Kind::Open | Kind::Empty => {
                roots += usize::from(path.is_empty());
                if path.len() == DEEPEST {
                    return Err(tangled());
                }
                path.push(name(bytes).to_vec());
            }
            Kind::Close if path.last().is_none_or(|open| open != name(bytes)) => return Err(tangled()),
            _ => {}
        }
        match visit(&Piece { kind, path: &path, bytes })? {
            Some(instead) => out.extend_from_slice(&instead),
            None => out.extend_from_slice(bytes),
        }
        if matches!(kind, Kind::Close | Kind::Empty) {
            path.pop();
        }
    }
    if path.is_empty() && roots == 1 { Ok(out) } else { Err(tangled()) }
}

/// Goes through a part and changes nothing.
pub(super) fn visit(xml: &[u8], mut look: impl FnMut(&Piece<'_>) -> Result<(), Unfit>) -> Result<(), Unfit> {
    rewrite(xml, |piece| look(piece).map(|()| None)).map(|_| ())
}

fn tangled() -> Unfit {
    Unfit::Unusual("the tags of one of its parts do not fit together")
}

/// Adds to the children of a part's outermost element, which is called so.
pub(super) fn append(xml: &[u8], root: &str, make: impl Fn(&str) -> String) -> Result<Vec<u8>, Unfit> {
    let mut done = false;
    let out = rewrite(xml, |piece| {
        let there = piece.is_at(&[root]).then(|| piece.with_last(&make)).flatten();
        done |= there.is_some();
        Ok(there)
    })?;
    if done { Ok(out) } else { Err(Unfit::Unusual("one of its lists is missing")) }
}
