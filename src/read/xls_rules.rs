//! The rules by which cells of Excel 97–2003 workbooks are painted.

use super::beside::{MAX_ALL_AREAS, MAX_AREAS, MAX_RULES};
use super::biff::{letters, u16_at, u32_at};
use super::rules::{compared, comparison, constant};
use crate::model::{Area, CellRef, Rgb, ShownRule, When};

/// Areas that the rules after it paint.
const AREAS: u16 = 0x01B0;
const RULE: u16 = 0x01B1;
/// Areas of rules of newer kinds, and such a rule.
const NEWER_AREAS: u16 = 0x0879;
const NEWER_RULE: u16 = 0x087A;

/// The rules of a sheet as its records go by.
#[derive(Default)]
pub(super) struct Rules {
    areas: Vec<Area>,
    held: usize,
    found: Vec<ShownRule>,
    full: bool,
}

impl Rules {
    /// Takes in a record; `colour` gives what the number of a colour stands for.
    pub(super) fn step(&mut self, kind: u16, data: &[u8], colour: impl Fn(u32) -> Option<Rgb>) {
        match kind {
            AREAS => {
                let areas = data.get(14..).unwrap_or_default().chunks_exact(8);
                self.full |= areas.len() > MAX_AREAS;
                self.areas = areas.take(MAX_AREAS).filter_map(area).collect();
            }
            RULE if self.found.len() >= MAX_RULES || self.held + self.areas.len() > MAX_ALL_AREAS => {
                self.full = true;
            }
            RULE if !self.areas.is_empty() => {
                let parts = Parts::read(data);
                self.full |= parts.is_none();
                let (fill, when) = parts.map_or((None, None), |parts| {
                    (parts.fill.and_then(colour), compare(data, parts.formulas))
                });
                self.held += self.areas.len();
                self.found.push(ShownRule::Paint {
                    areas: self.areas.clone(),
                    when: when.unwrap_or(When::Unknown),
                    fill,
                    // In this format no rule counts after one that is met.
                    stop: true,
                });
            }
            NEWER_AREAS | NEWER_RULE => self.full = true,
            _ => {}
        }
    }

    /// The rules, and whether there were others that were not made out.
    pub(super) fn finish(self) -> (Vec<ShownRule>, bool) {
        (self.found, self.full)
    }
}

fn area(data: &[u8]) -> Option<Area> {
    let cell = |row, column| {
        let column = u16_at(data, column)?;
        (column < 256).then_some(CellRef::new(u16_at(data, row)?.into(), column))
    };
    Some((cell(0, 4)?, cell(2, 6)?))
}

struct Parts<'a> {
    /// The number of the colour of the fill.
    fill: Option<u32>,
    formulas: &'a [u8],
}

impl<'a> Parts<'a> {
    /// Takes a rule apart: parts of a format that it does not change are not there.
    fn read(data: &'a [u8]) -> Option<Self> {
        const PATTERN_AS_IT_IS: u32 = 1 << 16;
        const COLOUR_AS_IT_IS: u32 = 1 << 18;
        const SOLID: u16 = 1;
        let flags = u32_at(data, 6)?;
        let has = |bit: u32| flags & (1 << bit) != 0;
        let mut at = 12;
        if has(25) {
            let own = u16_at(data, 10)? & 1 != 0;
            at += if own { usize::from(u16_at(data, at)?) } else { 2 };
        }
        for (bit, length) in [(26, 118), (27, 8), (28, 8)] {
            at += if has(bit) { length } else { 0 };
        }
        let mut fill = None;
        if has(29) {
            let (pattern, colours) = (u16_at(data, at)? >> 10, u16_at(data, at + 2)?);
            let solid = flags & PATTERN_AS_IT_IS != 0 || pattern == SOLID;
            fill = (solid && flags & COLOUR_AS_IT_IS == 0).then_some(u32::from(colours >> 7 & 0x7F));
            at += 4;
        }
        at += if has(30) { 2 } else { 0 };
        Some(Self { fill, formulas: data.get(at..)? })
    }
}

fn compare(data: &[u8], formulas: &[u8]) -> Option<When> {
    if *data.first()? != 1 {
        return None;
    }
    let operator = comparison((*data.get(1)?).into())?;
    let (first, rest) = formulas.split_at_checked(usize::from(u16_at(data, 2)?))?;
    let (second, _) = rest.split_at_checked(usize::from(u16_at(data, 4)?))?;
    let mut constants = vec![typed(first)?];
    if !second.is_empty() {
        constants.push(typed(second)?);
    }
    let constants: Vec<&str> = constants.iter().map(String::as_str).collect();
    Some(compared(operator, &constants))
}

/// The number or quoted text that a formula is, as it is typed.
pub(super) fn typed(tokens: &[u8]) -> Option<String> {
    constant(tokens, |content| {
        let (length, content) = content.split_first()?;
        letters(content, usize::from(*length))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Ordered;
    use proptest::prelude::*;

    const ORANGE: Rgb = Rgb([255, 128, 0]);

    /// A rule with a font and a fill of colour 10.
    fn rule(kind: u8, operator: u8, first: &[u8], second: &[u8]) -> Vec<u8> {
        let length = |formula: &[u8]| u16::try_from(formula.len()).expect("short").to_le_bytes();
        let mut data = vec![kind, operator];
        data.extend(length(first));
        data.extend(length(second));
        data.extend((1u32 << 26 | 1 << 29).to_le_bytes());
        data.extend([0; 2]);
        data.extend([0; 118]);
        data.extend((1u16 << 10).to_le_bytes());
        data.extend((10u16 << 7).to_le_bytes());
        [&data, first, second].concat()
    }

    fn read(records: &[(u16, Vec<u8>)]) -> (Vec<ShownRule>, bool) {
        let mut rules = Rules::default();
        for (kind, data) in records {
            rules.step(*kind, data, |number| (number == 10).then_some(ORANGE));
        }
        rules.finish()
    }

    fn areas() -> (u16, Vec<u8>) {
        (AREAS, [[0; 12].as_slice(), &[1, 0], &[1, 0, 9, 0, 2, 0, 2, 0]].concat())
    }

    fn paint(when: When) -> ShownRule {
        let areas = vec![(CellRef::new(1, 2), CellRef::new(9, 2))];
        ShownRule::Paint { areas, when, fill: Some(ORANGE), stop: true }
    }

    #[test]
    fn rules_of_plain_values_are_read() {
        let text = [0x17, 3, 0, b'R', b'e', b'd'];
        let records = [
            areas(),
            (RULE, rule(1, 3, &text, &[])),
            (RULE, rule(1, 1, &[0x1E, 2, 0], &[0x1E, 5, 0, 0x13])),
            (RULE, rule(1, 5, &[0x44, 0, 0, 0, 0], &[])),
            (RULE, rule(2, 0, &[0x1D, 1], &[])),
        ];
        let (rules, full) = read(&records);
        assert_eq!(
            rules,
            [
                paint(When::Text("Red".to_owned(), true)),
                paint(When::Between(2.0, -5.0, true)),
                paint(When::Unknown),
                paint(When::Unknown)
            ]
        );
        assert!(!full);
        let (rules, _) = read(&[areas(), (RULE, rule(1, 6, &[0x1E, 3, 0], &[]))]);
        assert_eq!(rules, [paint(When::Number(Ordered::Less, 3.0))]);
        assert!(read(&[(NEWER_RULE, Vec::new())]).1);
    }

    proptest! {
        #[test]
        fn damage_stops_nothing(at in 0usize..150, byte: u8, cut in 0usize..160) {
            let mut data = rule(1, 3, &[0x1E, 2, 0], &[0x1F, 0, 0, 0, 0, 0, 0, 0, 0]);
            if let Some(place) = data.get_mut(at) {
                *place = byte;
            }
            data.truncate(cut);
            read(&[areas(), (RULE, data)]);
        }
    }
}
