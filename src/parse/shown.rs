//! Codes that a cell shows instead of saying: by its fill, by a symbol font, by an icon.

use super::code::Codes;
use crate::model::{
    Area, Cell, CellRef, Change, ChangeKind, Icon, Misread, Raw, Reading, Rgb, Sheet, SymbolFont, Unreadable,
    Value,
};

/// A colour further away than this from every one of the key is outside it.
const FARTHEST: f64 = 60.0;
/// How much farther than the nearest colour of the key the next must be, as a factor.
const MARGIN: f64 = 1.2;

/// What a colour says.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Said {
    /// One category.
    Clear(u16),
    /// None of the key, or nearly as close to one as to another.
    Unclear(Vec<u16>),
}

/// Looks at a cell of a field with a code list, `raw` being what stands in it, and changes what it was read as where its
/// look says more.
pub(super) fn look(sheet: &Sheet, codes: &Codes<'_>, at: CellRef, raw: Option<Raw<'_>>, cell: &mut Cell) {
    let raw = raw.filter(|raw| !raw.is_blank());
    let mut alone = raw.is_none();
    match raw {
        Some(Raw::Text(text)) => {
            // A dot drawn with a symbol font is there to be painted: its cell says no more than its fill.
            if sheet.look(at).symbols.is_some() && text.trim().chars().count() == 1 && cell.value().is_none()
            {
                alone = true;
            }
            if let Some(symbols) = sheet.look(at).symbols
                && let Some(code) = sign(symbols, text).and_then(|words| find(codes, words))
            {
                *cell = read(cell, code, text.to_owned(), ChangeKind::Symbol);
                return;
            }
        }
        Some(Raw::Number(number)) => {
            let icon = sheet.facts.icon(at, number, |areas| range(sheet, areas));
            if let Some(code) = icon.and_then(|icon| find(codes, words(icon))) {
                *cell = read(cell, code, number.to_string(), ChangeKind::Icon);
            }
            return;
        }
        Some(_) => return,
        None => {}
    }
    if codes.colours().is_empty() {
        return;
    }
    let Some(fill) = sheet.facts.shown_fill(at, raw).filter(|fill| !fill.is_white()) else { return };
    let said = nearest(codes.colours(), fill);
    if alone {
        if matches!(said, Said::Clear(_)) {
            cell.reading = Reading::Blank;
        }
        by_colour_alone(codes, fill, said, is_shaded(sheet, at), cell);
    } else if let (Said::Clear(shown), Some(Value::Code(code))) = (said, cell.value())
        && shown != *code
        && let Some(worse) = codes.worst(&[shown, *code])
    {
        let typed = format!("{} in a {} cell", codes.label(*code), fill.name());
        *cell = read(cell, worse, typed, ChangeKind::ColourDisagrees);
    }
}

/// True if a cell beside this one is grey, so that grey is how the row looks and not what this cell says.
fn is_shaded(sheet: &Sheet, at: CellRef) -> bool {
    let beside = [at.column.checked_sub(1), at.column.checked_add(1)];
    beside.into_iter().flatten().map(|column| CellRef::new(at.row, column)).any(|at| {
        sheet
            .facts
            .shown_fill(at, sheet.value(at))
            .is_some_and(|fill| !fill.is_white() && fill.name() == "grey")
    })
}

fn by_colour_alone(codes: &Codes<'_>, fill: Rgb, said: Said, shaded: bool, cell: &mut Cell) {
    if cell.reading != Reading::Blank {
        return;
    }
    let typed = format!("{} fill", fill.name());
    match said {
        Said::Clear(code) => *cell = read(cell, code, typed, ChangeKind::ByColour),
        Said::Unclear(near) => {
            if shaded && near.is_empty() && fill.name() == "grey" {
                return;
            }
            let near = near.iter().map(|code| codes.label(*code).to_owned()).collect();
            let held = Unreadable { raw: typed, why: Misread::Colour(near) };
            cell.reading = Reading::Unreadable(Box::new(held));
        }
    }
}

fn read(cell: &Cell, code: u16, typed: String, kind: ChangeKind) -> Cell {
    let reading = Reading::Value(Value::Code(code));
    Cell { at: cell.at, reading, change: Some(Box::new(Change { typed, kind })) }
}

/// The nearest colour of the key, if it is near and the next is not nearly as near.
#[expect(clippy::float_arithmetic, reason = "colours, not money")]
fn nearest(key: &[(Rgb, u16)], fill: Rgb) -> Said {
    let mut near: Vec<(f64, u16)> =
        key.iter().filter_map(|(colour, code)| Some((colour.distance(fill)?, *code))).collect();
    let called = |code: u16| key.iter().find(|(_, other)| *other == code).map(|(colour, _)| colour.name());
    near.sort_by(|a, b| a.0.total_cmp(&b.0));
    match near.as_slice() {
        [(best, _), ..] if *best > FARTHEST => Said::Unclear(Vec::new()),
        [(best, code), (next, other), ..] if *next < best * MARGIN => Said::Unclear(vec![*code, *other]),
        // Orange is amber to some and red to others, however near it is to the red of the key.
        [(_, code), (next, other), ..]
            if *next <= FARTHEST && fill.name() == "orange" && called(*code) == Some("red") =>
        {
            Said::Unclear(vec![*code, *other])
        }
        [(_, code), ..] => Said::Clear(*code),
        [] => Said::Unclear(Vec::new()),
    }
}

fn find(codes: &Codes<'_>, words: &[&str]) -> Option<u16> {
    words.iter().find_map(|word| codes.find(word)).map(|(code, _)| code)
}

/// Words of code lists that an icon stands for.
fn words(icon: Icon) -> &'static [&'static str] {
    match icon {
        Icon::Red => &["red"],
        Icon::Amber => &["amber", "yellow"],
        Icon::Green => &["green"],
        Icon::Grey => &["grey", "not due"],
        Icon::Up => &["\u{2191}", "up", "better"],
        Icon::Level => &["\u{2192}", "level", "same"],
        Icon::Down => &["\u{2193}", "down", "worse"],
        Icon::Other => &[],
    }
}

/// Words of code lists that a letter of a symbol font stands for. Source: the makers' tables of the four typefaces.
fn sign(font: SymbolFont, text: &str) -> Option<&'static [&'static str]> {
    use SymbolFont::{Symbol, Webdings, Wingdings, Wingdings2, Wingdings3};
    const UP: &[&str] = &["\u{2191}", "up", "better", "improving"];
    const LEVEL: &[&str] = &["\u{2192}", "level", "same", "no change"];
    const DOWN: &[&str] = &["\u{2193}", "down", "worse"];
    const YES: &[&str] = &["\u{2713}", "yes", "complete", "done", "green"];
    const NO: &[&str] = &["\u{2717}", "no", "red"];
    let mut letters = text.trim().chars();
    let (letter, None) = (letters.next()?, letters.next()) else { return None };
    // Some programs keep the letters of symbol fonts in the private area.
    let letter = match u32::from(letter) {
        private @ 0xF020..=0xF0FF => char::from_u32(private - 0xF000)?,
        _ => letter,
    };
    match (font, letter) {
        (Wingdings3, 'h' | 'p' | '#' | '\u{81}')
        | (Wingdings, '\u{e1}' | '\u{e9}' | '\u{f1}')
        | (Webdings, '5')
        | (Symbol, '\u{ad}') => Some(UP),
        (Wingdings3, 'i' | 'q' | '$' | '\u{82}')
        | (Wingdings, '\u{e2}' | '\u{ea}' | '\u{f2}')
        | (Webdings, '6')
        | (Symbol, '\u{af}') => Some(DOWN),
        (Wingdings3, 'g' | 'f' | '"' | '}' | 'w')
        | (Wingdings, '\u{e0}' | '\u{e8}' | '\u{f0}')
        | (Webdings, '3' | '4')
        | (Symbol, '\u{ae}') => Some(LEVEL),
        (Wingdings, '\u{fc}' | '\u{fe}') | (Wingdings2, 'P' | 'R') | (Webdings, 'a') => Some(YES),
        (Wingdings, '\u{fb}' | '\u{fd}') | (Wingdings2, 'O' | 'Q') | (Webdings, 'r') => Some(NO),
        _ => None,
    }
}

/// The smallest and the largest number in some areas.
fn range(sheet: &Sheet, areas: &[Area]) -> Option<(f64, f64)> {
    let mut range: Option<(f64, f64)> = None;
    for (first, last) in areas {
        let from = sheet.cells().partition_point(|cell| cell.at.row < first.row);
        for cell in sheet.cells().get(from..)?.iter().take_while(|cell| cell.at.row <= last.row) {
            if let Raw::Number(number) = sheet.raw(cell)
                && (first.column..=last.column).contains(&cell.at.column)
            {
                let (least, most) = range.unwrap_or((number, number));
                range = Some((least.min(number), most.max(number)));
            }
        }
    }
    range
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_with_a_margin() {
        let key = [(Rgb::new(0xC0_00_00), 0), (Rgb::new(0xFF_C0_00), 1), (Rgb::new(0x00_B0_50), 2)];
        let said = |colour| nearest(&key, Rgb::new(colour));
        for (code, colours) in [
            (0, &[0xC0_00_00, 0xFF_00_00, 0xE0_3C_31, 0xFF_C7_CE][..]),
            (1, &[0xFF_C0_00, 0xF4_B1_83, 0xFF_EB_9C, 0xFF_FF_00, 0xFF_D9_66]),
            (2, &[0x00_B0_50, 0x92_D0_50, 0x70_AD_47, 0xC6_EF_CE]),
        ] {
            for colour in colours {
                assert_eq!(said(*colour), Said::Clear(code), "{colour:06X}");
            }
        }
        for orange in [0xED_7D_31, 0xE4_6C_0A] {
            assert!(matches!(said(orange), Said::Unclear(near) if near.len() == 2), "{orange:06X}");
        }
        assert_eq!(said(0x00_70_C0), Said::Unclear(Vec::new()));
        assert_eq!(said(0xD9_D9_D9), Said::Unclear(Vec::new()));
    }
}
