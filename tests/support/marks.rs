//! Lines of a `sheet` block that say how cells look, what is hidden, and what stands beside the cells.

use super::cells::Cell;
use quarterday::model::{
    CellRef, Comment, Filter, Icon, Limit, Look, Rgb, SheetFacts, Shown, ShownRule, SymbolFont, TextBox, When,
};
use std::collections::BTreeMap;

/// First and last cell of an area.
pub type Area = (CellRef, CellRef);

/// One such line.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// `fill C5:C9 C00000`: a solid fill, RRGGBB.
    Fill(Area, u32),
    /// `format E12 d-mmm`: a number format.
    Format(Area, String),
    /// `font J9 Wingdings 3`: a typeface.
    Font(Area, String),
    /// `strike F9`: crossed out.
    Strike(Area),
    /// `hide row 12` or `hide row 12:14`: hidden rows, zero-based, first and last.
    HideRows(u32, u32),
    /// `hide column H` or `hide column H:J`: hidden columns, zero-based, first and last.
    HideColumns(u16, u16),
    /// `filter A4:F20`: a filter that is in force.
    Filter(Area),
    /// `comment B2: text`.
    Comment(CellRef, String),
    /// `text box D4: text`.
    TextBox(CellRef, String),
    /// `icons K5:K11 2 3`: three coloured lights, red, amber and green, that change at these numbers.
    Icons(Area, f64, f64),
    /// `paint K5:K9 "Red" C00000`: a fill where the cell holds just this text.
    Paint(Area, String, u32),
    /// `printed &CDRAFT`: the page's header.
    Printed(String),
    /// `protected`: the sheet is protected, without a password.
    Protected,
}

/// Reads a line; `None` if it is none of these.
pub fn mark(text: &str) -> Option<Mark> {
    let text = text.trim_end();
    if text == "protected" {
        return Some(Mark::Protected);
    }
    if let Some(rest) = text.strip_prefix("text box ") {
        let (at, words) = rest.split_once(':')?;
        return Some(Mark::TextBox(CellRef::parse(at)?, words.trim().to_owned()));
    }
    if let Some(rest) = text.strip_prefix("hide row ") {
        let (first, last) = rest.split_once(':').unwrap_or((rest, rest));
        return Some(Mark::HideRows(row(first)?, row(last)?));
    }
    if let Some(rest) = text.strip_prefix("hide column ") {
        let (first, last) = rest.split_once(':').unwrap_or((rest, rest));
        let column = |letters: &str| Some(CellRef::parse(&format!("{}1", letters.trim()))?.column);
        return Some(Mark::HideColumns(column(first)?, column(last)?));
    }
    let (word, rest) = text.split_once(' ')?;
    if word == "printed" {
        return Some(Mark::Printed(rest.to_owned()));
    }
    if word == "comment" {
        let (at, words) = rest.split_once(':')?;
        return Some(Mark::Comment(CellRef::parse(at)?, words.trim().to_owned()));
    }
    let (place, rest) = rest.split_once(' ').unwrap_or((rest, ""));
    let (place, rest) = (area(place)?, rest.trim());
    match word {
        "fill" => Some(Mark::Fill(place, colour(rest)?)),
        "format" if !rest.is_empty() => Some(Mark::Format(place, rest.to_owned())),
        "font" if !rest.is_empty() => Some(Mark::Font(place, rest.to_owned())),
        "strike" => Some(Mark::Strike(place)),
        "filter" => Some(Mark::Filter(place)),
        "icons" => {
            let (second, third) = rest.split_once(' ')?;
            Some(Mark::Icons(place, second.parse().ok()?, third.parse().ok()?))
        }
        "paint" => {
            let (words, fill) = rest.strip_prefix('"')?.split_once('"')?;
            Some(Mark::Paint(place, words.to_owned(), colour(fill.trim())?))
        }
        _ => None,
    }
}

fn row(number: &str) -> Option<u32> {
    number.trim().parse::<u32>().ok()?.checked_sub(1)
}

fn colour(text: &str) -> Option<u32> {
    (text.len() == 6).then(|| u32::from_str_radix(text, 16).ok()).flatten()
}

fn area(text: &str) -> Option<Area> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    Some((CellRef::parse(first)?, CellRef::parse(last)?))
}

/// The cells of an area in row order.
pub fn cells((first, last): Area) -> impl Iterator<Item = CellRef> {
    (first.row..=last.row)
        .flat_map(move |row| (first.column..=last.column).map(move |column| CellRef::new(row, column)))
}

/// Puts what the marks say into a sheet's facts. Dates look like dates, as a real workbook makes them.
pub fn apply(marks: &[Mark], values: &[(CellRef, Cell)], facts: &mut SheetFacts) {
    let mut looks: BTreeMap<CellRef, Look> = BTreeMap::new();
    for (at, cell) in values {
        let date = matches!(cell, Cell::Date(_))
            || matches!(cell, Cell::Formula(_, Some(value)) if matches!(**value, Cell::Date(_)));
        if date {
            looks.insert(*at, Look { shown: Shown::Date, ..Look::default() });
        }
    }
    let mut change = |area: Area, how: &dyn Fn(&mut Look)| {
        for at in cells(area) {
            how(looks.entry(at).or_default());
        }
    };
    for mark in marks {
        match mark {
            Mark::Fill(area, colour) => change(*area, &|look| look.fill = Some(Rgb::new(*colour))),
            Mark::Format(area, code) => change(*area, &|look| look.shown = Shown::of_code(code)),
            Mark::Font(area, name) => change(*area, &|look| look.symbols = SymbolFont::named(name)),
            Mark::Strike(area) => change(*area, &|look| look.struck = true),
            Mark::HideRows(first, last) => facts.hidden_rows.push((*first, *last)),
            Mark::HideColumns(first, last) => facts.hidden_columns.push((*first, *last)),
            Mark::Filter(area) => facts.filter = Some(Filter { area: *area, active: true }),
            Mark::Comment(at, text) => {
                facts.comments.push(Comment { at: *at, text: text.clone(), threaded: false, ours: false });
            }
            Mark::TextBox(near, text) => facts.text_boxes.push(TextBox { near: *near, text: text.clone() }),
            Mark::Icons(area, second, third) => facts.rules.push(ShownRule::Icons {
                areas: vec![*area],
                icons: vec![Icon::Red, Icon::Amber, Icon::Green],
                limits: vec![Limit::Number(*second, true), Limit::Number(*third, true)],
            }),
            Mark::Paint(area, words, colour) => facts.rules.push(ShownRule::Paint {
                areas: vec![*area],
                when: When::Text(words.clone(), true),
                fill: Some(Rgb::new(*colour)),
                stop: false,
            }),
            Mark::Printed(text) => facts.header_footer.push(text.clone()),
            Mark::Protected => facts.protected = true,
        }
    }
    facts.comments.sort_by_key(|comment| comment.at);
    for (at, look) in looks {
        facts.looks.set(at, look);
    }
}
