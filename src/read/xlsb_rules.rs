//! The rules by which cells of binary workbooks (`.xlsb`) are painted.

use super::beside::{MAX_ALL_AREAS, MAX_AREAS, MAX_RULES};
use super::biff::wide as utf16;
use super::binary::{WHOLE, u16_at, u32_at, wide};
use super::rules::{compared, comparison, constant};
use super::xlsb_facts::area;
use crate::model::{Area, Rgb, SheetFacts, ShownRule, When};

const BEGIN_AREAS: u16 = 0x1CD;
const BEGIN_RULE: u16 = 0x1CF;
/// Where rules of newer kinds begin.
const NEWER: u16 = 0x416;
const COMPARES: u32 = 1;
const COLOUR_SCALE: u32 = 3;
const BARS: u32 = 4;
const ICONS: u32 = 6;
const TEXT: u32 = 8;

/// How many bytes are needed of a record; no condition of a rule is as long.
pub(super) const fn kept(kind: u16) -> u64 {
    match kind {
        BEGIN_AREAS => WHOLE,
        BEGIN_RULE => 16 << 10,
        NEWER => 1,
        _ => 0,
    }
}

/// The rules of a sheet as its records go by.
pub(super) struct Rules<'a> {
    /// The fills of formats that rules use.
    fills: &'a [Option<Rgb>],
    areas: Vec<Area>,
    held: usize,
    found: Vec<(u32, ShownRule)>,
    icons: bool,
    full: bool,
}

impl<'a> Rules<'a> {
    pub(super) fn new(fills: &'a [Option<Rgb>]) -> Self {
        Self { fills, areas: Vec::new(), held: 0, found: Vec::new(), icons: false, full: false }
    }

    pub(super) fn step(&mut self, kind: u16, data: &[u8]) {
        match kind {
            BEGIN_AREAS => {
                let areas = data.get(12..).unwrap_or_default().chunks_exact(16);
                self.full |= areas.len() > MAX_AREAS;
                self.areas = areas.take(MAX_AREAS).filter_map(area).collect();
            }
            BEGIN_RULE if self.found.len() >= MAX_RULES || self.held + self.areas.len() > MAX_ALL_AREAS => {
                self.full = true;
            }
            BEGIN_RULE if !self.areas.is_empty() => self.rule(data),
            NEWER => self.full = true,
            _ => {}
        }
    }

    fn rule(&mut self, data: &[u8]) {
        let word = |at| u32_at(data, at).unwrap_or(0);
        let (kind, template, operator) = (word(0), word(4), word(16));
        let fill = match kind {
            ICONS => {
                self.icons = true;
                return;
            }
            BARS => return,
            COLOUR_SCALE => Some(Rgb([0; 3])),
            _ => self.fills.get(word(8) as usize).copied().flatten(),
        };
        let when = if kind == COMPARES {
            compare(operator, data)
        } else if template == TEXT {
            words(operator, data)
        } else {
            None
        };
        let stop = u16_at(data, 28).is_some_and(|flags| flags & 2 != 0);
        self.held += self.areas.len();
        let areas = self.areas.clone();
        let when = when.unwrap_or(When::Unknown);
        self.found.push((word(12), ShownRule::Paint { areas, when, fill, stop }));
    }

    /// Hands over the rules, and says which were not made out.
    pub(super) fn finish(mut self, facts: &mut SheetFacts, mut miss: impl FnMut(&str)) {
        if self.icons {
            miss("icons");
        }
        if self.full {
            miss("some of the colour rules");
        }
        self.found.sort_by_key(|(priority, _)| *priority);
        facts.rules = self.found.into_iter().map(|(_, rule)| rule).collect();
    }
}

fn words(operator: u32, data: &[u8]) -> Option<When> {
    let (words, _) = wide(data.get(42..)?)?;
    Some(match operator {
        0 => When::Contains(words, true),
        1 => When::Contains(words, false),
        2 => When::Begins(words),
        3 => When::Ends(words),
        _ => return None,
    })
}

fn compare(operator: u32, data: &[u8]) -> Option<When> {
    let operator = comparison(operator)?;
    let mut rest = match u32_at(data, 42)? {
        u32::MAX => data.get(46..)?,
        _ => wide(data.get(42..)?)?.1,
    };
    let mut constants = Vec::new();
    while constants.len() < 2 && !rest.is_empty() {
        let length = u32_at(rest, 0)? as usize;
        let (tokens, behind) = rest.get(4..)?.split_at_checked(length)?;
        constants.push(constant(tokens, text)?);
        let extra = u32_at(behind, 0)? as usize;
        rest = behind.get(4..)?.get(extra..)?;
    }
    let constants: Vec<&str> = constants.iter().map(String::as_str).collect();
    Some(compared(operator, &constants))
}

/// A text of a formula: how many letters, then two bytes a letter.
fn text(content: &[u8]) -> Option<(String, &[u8])> {
    let length = 2 * usize::from(u16_at(content, 0)?);
    let (letters, rest) = content.get(2..)?.split_at_checked(length)?;
    Some((utf16(letters), rest))
}
