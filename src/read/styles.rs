//! An Excel package's styles: which looks its cells may have, with theme, tint and palette worked out.

use super::audit::attribute;
use super::ooxml::{each_element_of, related_part, xml};
use super::package::Package;
use crate::model::{Look, Refusal, Rgb, Shown, SymbolFont, Unseen};
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeMap;

/// No workbook has more formats than Excel allows, which is 65,490.
const MAX_STYLES: usize = 65_536;

/// The looks of a workbook.
#[derive(Debug, Clone, Default)]
pub(super) struct Styles {
    /// The look of each cell format, by its number.
    pub(super) cells: Vec<Look>,
    /// The fill of each format that rules use, by its number.
    pub(super) rules: Vec<Option<Rgb>>,
    /// True if a colour of the theme is used and the theme is missing or damaged.
    pub(super) unresolved: bool,
    /// True if a fill runs from one colour to another, so that it is not one colour.
    pub(super) mixed: bool,
}

impl Styles {
    /// Reads the styles of a workbook whose main document is `document`.
    pub(super) fn read(package: &Package<'_>, document: &str) -> Result<Self, Refusal> {
        let Some(styles) = related_part(package, document, "/styles")? else { return Ok(Self::default()) };
        let Some(text) = xml(package, &styles)? else { return Ok(Self::default()) };
        let mut pass = Pass::of_theme(package, document);
        each_element_of(&text, |event| pass.step(event))?;
        if pass.is_full() {
            return Err(Refusal::Suspicious(
                "it has more formats than any spreadsheet program keeps".to_owned(),
            ));
        }
        Ok(pass.finish())
    }
}

impl Styles {
    /// What of the looks could not be made out.
    pub(super) fn unseen(&self) -> impl Iterator<Item = Unseen> + use<> {
        let colours = self.unresolved.then_some("colours of the theme");
        let mixed = self.mixed.then_some("fills that run from one colour to another");
        colours.into_iter().chain(mixed).map(|what| Unseen::Part(what.to_owned()))
    }
}

/// The colours of a theme in the order in which cells number them.
fn theme_colours(text: &str) -> Vec<Rgb> {
    const ORDER: [&str; 12] = [
        "lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6",
        "hlink", "folHlink",
    ];
    let mut colours = vec![Rgb::new(0xFF_FF_FF); ORDER.len()];
    let mut slot: Option<usize> = None;
    let mut inside = false;
    let _ = each_element_of(text, |event| {
        match event {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "clrScheme" => inside = true,
                "srgbClr" | "sysClr" if inside => {
                    let value =
                        attribute(tag, "lastClr").or_else(|| attribute(tag, "val")).unwrap_or_default();
                    if let (Some(colour), Some(place)) =
                        (Rgb::parse(&value), slot.take().and_then(|slot| colours.get_mut(slot)))
                    {
                        *place = colour;
                    }
                }
                name if inside => slot = ORDER.iter().position(|known| *known == name).or(slot),
                _ => {}
            },
            Event::End(tag) if tag.local_name().as_ref() == "clrScheme" => return false,
            _ => {}
        }
        true
    });
    colours
}

/// Styles as they are being read.
#[derive(Default)]
pub(super) struct Pass {
    theme: Vec<Rgb>,
    pub(super) palette: Vec<Rgb>,
    pub(super) formats: BTreeMap<u32, Shown>,
    pub(super) fonts: Vec<(Option<SymbolFont>, bool)>,
    /// Fills as they are written, because a palette may follow them.
    pub(super) fills: Vec<Option<Colour>>,
    /// The colour that a fill runs to, by the fill's place.
    pub(super) second: BTreeMap<usize, Colour>,
    pub(super) rules: Vec<Option<Colour>>,
    /// Format, font and fill of each cell format.
    pub(super) cells: Vec<(u32, usize, usize)>,
    part: Part,
    solid: Option<bool>,
    /// Inside a fill that runs from one colour to another.
    gradient: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Part {
    #[default]
    Nothing,
    Fonts,
    Fills,
    Cells,
    Rules,
    Palette,
}

/// A colour as a style writes it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Colour {
    Rgb(Rgb),
    Indexed(u32),
    /// Place in the theme, and tint in thousandths of a thousandth.
    Theme(usize, i32),
}

impl Pass {
    /// Nothing but the theme of the workbook whose main document is `document`.
    pub(super) fn of_theme(package: &Package<'_>, document: &str) -> Self {
        let theme = match related_part(package, document, "/theme") {
            Ok(Some(theme)) => xml(package, &theme).ok().flatten().map(|text| theme_colours(&text)),
            _ => None,
        };
        Self { theme: theme.unwrap_or_default(), ..Self::default() }
    }

    fn step(&mut self, event: &Event<'_>) -> bool {
        match event {
            Event::Start(tag) | Event::Empty(tag) => self.open(tag),
            Event::End(tag) => {
                if matches!(
                    tag.local_name().as_ref(),
                    "fonts" | "fills" | "cellXfs" | "dxfs" | "indexedColors"
                ) {
                    self.part = Part::Nothing;
                }
                self.gradient &= tag.local_name().as_ref() != "gradientFill";
            }
            _ => {}
        }
        !self.is_full()
    }

    /// True if there are more formats than Excel allows; calamine would keep them all.
    pub(super) fn is_full(&self) -> bool {
        [self.cells.len(), self.fills.len(), self.fonts.len(), self.rules.len(), self.palette.len()]
            .iter()
            .any(|count| *count > MAX_STYLES)
    }

    fn open(&mut self, tag: &BytesStart<'_>) {
        let name = tag.local_name();
        match name.as_ref() {
            "fonts" => self.part = Part::Fonts,
            "fills" => self.part = Part::Fills,
            "cellXfs" => self.part = Part::Cells,
            "dxfs" => self.part = Part::Rules,
            "indexedColors" => self.part = Part::Palette,
            "numFmt" if self.part != Part::Rules => {
                let code = attribute(tag, "formatCode").unwrap_or_default();
                if let Some(number) = number(tag, "numFmtId") {
                    self.formats.insert(number, Shown::of_code(&code));
                }
            }
            name => self.inside(name, tag),
        }
    }

    fn inside(&mut self, name: &str, tag: &BytesStart<'_>) {
        match (self.part, name) {
            (Part::Fonts, "font") => self.fonts.push((None, false)),
            (Part::Fonts, "strike") => {
                let off = attribute(tag, "val").is_some_and(|value| value == "0" || value == "false");
                if let Some(font) = self.fonts.last_mut() {
                    font.1 = !off;
                }
            }
            (Part::Fonts, "name") => {
                let name = attribute(tag, "val").unwrap_or_default();
                if let Some(font) = self.fonts.last_mut() {
                    font.0 = SymbolFont::named(&name);
                }
            }
            (Part::Fills, "fill") => self.fills.push(None),
            (Part::Rules, "dxf") => self.rules.push(None),
            (Part::Fills | Part::Rules, "patternFill") => {
                self.solid = attribute(tag, "patternType").map(|kind| kind == "solid");
            }
            (Part::Fills, "fgColor") if self.solid == Some(true) => {
                if let Some(fill) = self.fills.last_mut() {
                    *fill = colour(tag);
                }
            }
            (Part::Rules, "bgColor") if self.solid != Some(false) => {
                if let Some(fill) = self.rules.last_mut() {
                    *fill = colour(tag);
                }
            }
            (Part::Fills | Part::Rules, "gradientFill") => self.gradient = true,
            (Part::Fills, "color") if self.gradient => {
                let last = self.fills.len().saturating_sub(1);
                match self.fills.last_mut() {
                    Some(fill) if fill.is_none() => *fill = colour(tag),
                    _ => self.second.extend(colour(tag).map(|colour| (last, colour))),
                }
            }
            (Part::Rules, "color") if self.gradient => {
                if let Some(fill) = self.rules.last_mut() {
                    *fill = fill.or_else(|| colour(tag));
                }
            }
            (Part::Cells, "xf") => {
                let place = |name| number(tag, name).unwrap_or(0) as usize;
                let format = number(tag, "numFmtId").unwrap_or(0);
                self.cells.push((format, place("fontId"), place("fillId")));
            }
            (Part::Palette, "rgbColor") => {
                let value = attribute(tag, "rgb").unwrap_or_default();
                let digits = value.get(value.len().saturating_sub(6)..).unwrap_or_default();
                self.palette.push(Rgb::parse(digits).unwrap_or(Rgb([0; 3])));
            }
            _ => {}
        }
    }

    /// The looks, once all is read.
    pub(super) fn finish(self) -> Styles {
        let (fills, mixed): (Vec<_>, Vec<_>) = (0..self.fills.len()).map(|place| self.fill(place)).unzip();
        let cells = self.cells.iter().map(|&(format, font, fill)| {
            let (symbols, struck) = self.fonts.get(font).copied().unwrap_or_default();
            let shown = self.formats.get(&format).copied().or_else(|| Shown::of_number(format));
            let fill = fills.get(fill).copied().flatten();
            Look { fill, symbols, struck, shown: shown.unwrap_or_default() }
        });
        let rules = self.rules.iter().map(|colour| colour.and_then(|colour| self.resolve(colour)));
        let mut colours = self.fills.iter().chain(&self.rules).flatten();
        let unresolved = self.theme.is_empty() && colours.any(|colour| matches!(colour, Colour::Theme(..)));
        let mixed = self.cells.iter().any(|&(_, _, fill)| mixed.get(fill) == Some(&true));
        Styles { cells: cells.collect(), rules: rules.collect(), unresolved, mixed }
    }

    /// The colour of a fill, and whether it is none because it runs from one colour to another; white is no colour.
    fn fill(&self, place: usize) -> (Option<Rgb>, bool) {
        let first = self.fills.get(place).copied().flatten().and_then(|colour| self.resolve(colour));
        let second = self.second.get(&place).and_then(|colour| self.resolve(*colour));
        match (first.filter(|colour| !colour.is_white()), second.filter(|colour| !colour.is_white())) {
            (Some(first), Some(second)) if first.name() != second.name() => (None, true),
            (None, Some(second)) => (Some(second), false),
            _ => (first, false),
        }
    }

    fn resolve(&self, colour: Colour) -> Option<Rgb> {
        match colour {
            Colour::Rgb(colour) => Some(colour),
            Colour::Indexed(number) => {
                let own = self.palette.get(number as usize).copied();
                own.or_else(|| indexed(number))
            }
            Colour::Theme(place, tint) => self.theme.get(place).map(|base| tinted(*base, tint)),
        }
    }
}

fn number(tag: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(tag, name)?.trim().parse().ok()
}

/// Some writers leave the opacity at nought, so it counts for nothing.
fn colour(tag: &BytesStart<'_>) -> Option<Colour> {
    if let Some(value) = attribute(tag, "rgb") {
        return Rgb::parse(value.get(value.len().checked_sub(6)?..)?).map(Colour::Rgb);
    }
    if let Some(place) = number(tag, "theme") {
        let tint: f64 = attribute(tag, "tint").and_then(|tint| tint.trim().parse().ok()).unwrap_or(0.0);
        return Some(Colour::Theme(place as usize, millionths(tint)));
    }
    number(tag, "indexed").map(Colour::Indexed)
}

#[expect(clippy::float_arithmetic, clippy::cast_possible_truncation, reason = "a colour, and clamped first")]
fn millionths(share: f64) -> i32 {
    (share.clamp(-1.0, 1.0) * 1e6) as i32
}

/// A colour made lighter (tint above nought) or darker, as Excel does: by its lightness, hue and saturation kept.
#[expect(
    clippy::float_arithmetic,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "colours are worked out in shares; the results lie between 0 and 255"
)]
pub(super) fn tinted(base: Rgb, tint: i32) -> Rgb {
    if tint == 0 {
        return base;
    }
    let tint = f64::from(tint) / 1e6;
    let [r, g, b] = base.0.map(|part| f64::from(part) / 255.0);
    let (most, least) = (r.max(g).max(b), r.min(g).min(b));
    let (light, spread) = (f64::midpoint(most, least), most - least);
    let saturation = if spread == 0.0 { 0.0 } else { spread / (1.0 - (2.0 * light - 1.0).abs()) };
    let hue = if spread == 0.0 {
        0.0
    } else if most <= r {
        ((g - b) / spread).rem_euclid(6.0)
    } else if most <= g {
        (b - r) / spread + 2.0
    } else {
        (r - g) / spread + 4.0
    };
    let light = if tint < 0.0 { light * (1.0 + tint) } else { light * (1.0 - tint) + tint };
    let chroma = (1.0 - (2.0 * light - 1.0).abs()) * saturation;
    let second = chroma * (1.0 - (hue.rem_euclid(2.0) - 1.0).abs());
    let parts = match hue as u8 {
        0 => [chroma, second, 0.0],
        1 => [second, chroma, 0.0],
        2 => [0.0, chroma, second],
        3 => [0.0, second, chroma],
        4 => [second, 0.0, chroma],
        _ => [chroma, 0.0, second],
    };
    Rgb(parts.map(|part| ((part + light - chroma / 2.0) * 255.0).round().clamp(0.0, 255.0) as u8))
}

/// Excel's own palette. 64 and 65 are the colours of windows: no fill.
pub(super) fn indexed(number: u32) -> Option<Rgb> {
    const PALETTE: [u32; 56] = [
        0x00_00_00, 0xFF_FF_FF, 0xFF_00_00, 0x00_FF_00, 0x00_00_FF, 0xFF_FF_00, 0xFF_00_FF, 0x00_FF_FF,
        0x80_00_00, 0x00_80_00, 0x00_00_80, 0x80_80_00, 0x80_00_80, 0x00_80_80, 0xC0_C0_C0, 0x80_80_80,
        0x99_99_FF, 0x99_33_66, 0xFF_FF_CC, 0xCC_FF_FF, 0x66_00_66, 0xFF_80_80, 0x00_66_CC, 0xCC_CC_FF,
        0x00_00_80, 0xFF_00_FF, 0xFF_FF_00, 0x00_FF_FF, 0x80_00_80, 0x80_00_00, 0x00_80_80, 0x00_00_FF,
        0x00_CC_FF, 0xCC_FF_FF, 0xCC_FF_CC, 0xFF_FF_99, 0x99_CC_FF, 0xFF_99_CC, 0xCC_99_FF, 0xFF_CC_99,
        0x33_66_FF, 0x33_CC_CC, 0x99_CC_00, 0xFF_CC_00, 0xFF_99_00, 0xFF_66_00, 0x66_66_99, 0x96_96_96,
        0x00_33_66, 0x33_99_66, 0x00_33_00, 0x33_33_00, 0x99_33_00, 0x99_33_66, 0x33_33_99, 0x33_33_33,
    ];
    // The first eight stand twice.
    let place = if number < 8 { number } else { number - 8 };
    PALETTE.get(place as usize).copied().map(Rgb::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tints_go_by_lightness() {
        assert_eq!(tinted(Rgb::new(0x44_72_C4), 0), Rgb::new(0x44_72_C4));
        // What Excel shows for Accent 2 of the Office theme, 40% lighter, and for black 50% lighter.
        assert_eq!(tinted(Rgb::new(0xED_7D_31), 399_976), Rgb::new(0xF4_B1_83));
        assert_eq!(tinted(Rgb::new(0x00_00_00), 500_000), Rgb::new(0x80_80_80));
        assert_eq!(tinted(Rgb::new(0xFF_FF_FF), -250_000), Rgb::new(0xBF_BF_BF));
    }

    #[test]
    fn the_palette_has_its_places() {
        assert_eq!(indexed(10), Some(Rgb::new(0xFF_00_00)));
        assert_eq!(indexed(2), Some(Rgb::new(0xFF_00_00)));
        assert_eq!(indexed(63), Some(Rgb::new(0x33_33_33)));
        assert_eq!(indexed(64), None);
    }
}
