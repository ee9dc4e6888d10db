//! A binary workbook's styles: which looks its cells may have.

use super::binary::{Records, WHOLE, u16_at, u32_at, wide};
use super::ooxml::Outline;
use super::package::Package;
use super::styles::{Colour, Pass, Styles};
use crate::model::{Refusal, Rgb, Shown, SymbolFont};

const FONT: u16 = 0x2B;
const FORMAT: u16 = 0x2C;
const FILL: u16 = 0x2D;
const CELL_FORMAT: u16 = 0x2F;
const BEGIN_CELL_FORMATS: u16 = 0x269;
const END_CELL_FORMATS: u16 = 0x26A;
const RULE_FORMAT: u16 = 0x1FB;
const PALETTE_COLOUR: u16 = 0x1DB;
/// Number formats of rules stand among these and are no cell's.
const BEGIN_RULE_FORMATS: u16 = 0x1F9;
const SOLID: u32 = 1;
const GRADIENT: u32 = 40;

/// Reads the styles of a workbook.
pub(super) fn read(package: &Package<'_>, outline: &Outline) -> Result<Styles, Refusal> {
    let name = outline.styles.and_then(|part| package.entries().get(part)).map(|entry| &entry.name);
    let Some(bytes) = name.map(|name| package.read(name)).transpose()?.flatten() else {
        return Ok(Styles::default());
    };
    let mut pass = Pass::of_theme(package, &outline.document);
    let mut records = Records::new(bytes.as_slice());
    let (mut cells, mut rules) = (false, false);
    let damaged = |_| Refusal::Damaged("its styles are cut off".to_owned());
    while let Some(kind) = records.next(|_| WHOLE).map_err(damaged)? {
        let data = records.data.as_slice();
        match kind {
            BEGIN_CELL_FORMATS => cells = true,
            END_CELL_FORMATS => cells = false,
            BEGIN_RULE_FORMATS => rules = true,
            FONT if !rules => pass.fonts.push(font(data)),
            FORMAT if !rules => {
                if let (Some(number), Some((code, _))) = (u16_at(data, 0), data.get(2..).and_then(wide)) {
                    pass.formats.insert(number.into(), Shown::of_code(&code));
                }
            }
            FILL if !rules => {
                let [first, second] = fill(data);
                pass.fills.push(first);
                pass.second.extend(second.map(|colour| (pass.fills.len() - 1, colour)));
            }
            CELL_FORMAT if cells => {
                let place = |at| u16_at(data, at).unwrap_or(0);
                pass.cells.push((place(2).into(), place(4).into(), place(6).into()));
            }
            RULE_FORMAT => pass.rules.push(rule_fill(data)),
            PALETTE_COLOUR => pass.palette.push(rgb(data).unwrap_or(Rgb([0; 3]))),
            _ => {}
        }
        if pass.is_full() {
            return Err(Refusal::Suspicious(
                "it has more formats than any spreadsheet program keeps".to_owned(),
            ));
        }
    }
    Ok(pass.finish())
}

/// A font's signs, if it is one of signs, and whether it is crossed out.
fn font(data: &[u8]) -> (Option<SymbolFont>, bool) {
    let struck = u16_at(data, 2).is_some_and(|flags| flags & 8 != 0);
    let name = data.get(21..).and_then(wide);
    (name.and_then(|(name, _)| SymbolFont::named(&name)), struck)
}

/// The colour of a solid fill, or the first two that a fill runs between.
fn fill(data: &[u8]) -> [Option<Colour>; 2] {
    match u32_at(data, 0) {
        Some(SOLID) => [colour(data.get(4..).unwrap_or_default()), None],
        Some(GRADIENT) => {
            let stops = u32_at(data, 64).unwrap_or(0);
            [68, 84].map(|at| {
                let counts = (at - 68) / 16 < stops as usize;
                data.get(at..).filter(|_| counts).and_then(colour)
            })
        }
        _ => [None, None],
    }
}

/// The fill of a format that rules use.
fn rule_fill(data: &[u8]) -> Option<Colour> {
    let mut rest = data.get(6..)?;
    let mut found = None;
    for _ in 0..u16_at(data, 4)? {
        let (kind, length) = (u16_at(rest, 0)?, usize::from(u16_at(rest, 2)?));
        let content = rest.get(4..length.max(4))?;
        match kind {
            0 if content.first().is_some_and(|pattern| u32::from(*pattern) > SOLID) => return None,
            2 => found = colour(content),
            _ => {}
        }
        rest = rest.get(length.max(4)..)?;
    }
    found
}

fn colour(data: &[u8]) -> Option<Colour> {
    let index = usize::from(*data.get(1)?);
    match data.first()? >> 1 {
        1 => u32::try_from(index).ok().map(Colour::Indexed),
        2 => rgb(data.get(4..)?).map(Colour::Rgb),
        3 => {
            let tint = i64::from(i16::from_le_bytes([*data.get(2)?, *data.get(3)?]));
            Some(Colour::Theme(index, i32::try_from(tint * 1_000_000 / 32_767).unwrap_or(0)))
        }
        _ => None,
    }
}

fn rgb(data: &[u8]) -> Option<Rgb> {
    data.first_chunk().copied().map(Rgb)
}
