//! Styles of an `OpenDocument` spreadsheet: how cells look, which sheets are hidden, which words are crossed out.
//!
//! A style is named, takes what it does not say from its parent, and may be shown only where a condition holds.

use super::audit::attribute;
use super::ooxml::{each_element_of, xml};
use super::package::Package;
use super::scan::remarkable;
use crate::model::{Look, Refusal, Rgb, Shown, SymbolFont};
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeMap;

/// Styles of each kind that are kept.
const MAX_STYLES: usize = 65_536;
/// A style has no more ancestors than this.
const MAX_ANCESTORS: usize = 16;
const MAX_CONDITIONS: usize = 32;
/// Texts inside a number that are kept of a format.
const MAX_PARTS: usize = 8;

/// The styles of a workbook.
#[derive(Debug, Default)]
pub(super) struct Styles {
    cells: BTreeMap<String, Rough>,
    /// The names of styles by those that people see, which rules use.
    seen: BTreeMap<String, String>,
    /// Styles of words inside a cell: true if they are crossed out.
    words: BTreeMap<String, bool>,
    hidden_sheets: BTreeMap<String, bool>,
    numbers: BTreeMap<String, Shown>,
    faces: BTreeMap<String, SymbolFont>,
    /// The style that is being read.
    open: Option<(Family, String)>,
    number: Option<(String, Number)>,
    /// True if there were more than are kept.
    pub(super) full: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Cell,
    Words,
    Sheet,
}

/// What one style says; what it does not say is its parent's.
#[derive(Debug, Clone, Default)]
#[expect(clippy::option_option, reason = "what is not said is the parent's; what is said may be nothing")]
struct Rough {
    parent: Option<String>,
    number: Option<String>,
    /// The fill, if one is stated; none stands for see-through.
    fill: Option<Option<Rgb>>,
    struck: Option<bool>,
    symbols: Option<Option<SymbolFont>>,
    conditions: Vec<(String, String)>,
    /// True if it has more conditions than are kept.
    more_conditions: bool,
}

/// What a number format is made of.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "what a format may have in it, each alone")]
struct Number {
    kind: String,
    day: bool,
    month: bool,
    year: bool,
    places: Option<String>,
    divided: bool,
    odd: bool,
    /// Digits to the right of each text that stands inside the number.
    parted: Vec<String>,
}

impl Styles {
    /// Reads the styles that are shared by the whole package.
    pub(super) fn read(package: &Package<'_>) -> Result<Self, Refusal> {
        let mut styles = Self::default();
        let Some(text) = xml(package, "styles.xml")? else { return Ok(styles) };
        // Those without names that people see are for pages, and their names may be used again for cells.
        let mut of_pages = false;
        each_element_of(&text, |event| {
            match event {
                Event::Start(tag) | Event::Empty(tag) => {
                    let name = tag.local_name();
                    if matches!(name.as_ref(), "automatic-styles" | "master-styles") {
                        of_pages = true;
                    }
                    if !of_pages {
                        styles.open(tag);
                        if matches!(event, Event::Empty(_)) {
                            styles.close(name.as_ref());
                        }
                    }
                }
                Event::End(tag) => match tag.local_name().as_ref() {
                    "automatic-styles" | "master-styles" => of_pages = false,
                    name if !of_pages => styles.close(name),
                    _ => {}
                },
                _ => {}
            }
            true
        })?;
        Ok(styles)
    }

    /// Takes in an opening tag; one that is no part of a style changes nothing.
    pub(super) fn open(&mut self, tag: &BytesStart<'_>) {
        let name = tag.local_name();
        match name.as_ref() {
            "style" | "default-style" => self.begin(tag),
            "font-face" => {
                let named = attribute(tag, "name").unwrap_or_default();
                let family = attribute(tag, "font-family").unwrap_or_default();
                if let Some(font) = SymbolFont::named(&family).or_else(|| SymbolFont::named(&named)) {
                    keep(&mut self.faces, &mut self.full, named, font);
                }
            }
            kind @ ("number-style" | "currency-style" | "percentage-style" | "date-style" | "time-style"
            | "text-style" | "boolean-style") => {
                let number = Number { kind: kind.to_owned(), ..Number::default() };
                self.number = attribute(tag, "name").map(|name| (name, number));
            }
            name if self.number.is_some() => {
                if let Some((_, number)) = &mut self.number {
                    number.take(name, tag);
                }
            }
            name => self.property(name, tag),
        }
    }

    fn begin(&mut self, tag: &BytesStart<'_>) {
        let family = match attribute(tag, "family").as_deref() {
            Some("table-cell") => Family::Cell,
            Some("text") => Family::Words,
            Some("table") => Family::Sheet,
            _ => {
                self.open = None;
                return;
            }
        };
        // The style that stands for all that is not said has no name.
        let name = attribute(tag, "name").unwrap_or_default();
        if family == Family::Cell {
            let rough = Rough {
                parent: attribute(tag, "parent-style-name"),
                number: attribute(tag, "data-style-name"),
                ..Rough::default()
            };
            keep(&mut self.cells, &mut self.full, name.clone(), rough);
            if let Some(seen) = attribute(tag, "display-name") {
                keep(&mut self.seen, &mut self.full, seen, name.clone());
            }
        }
        self.open = Some((family, name));
    }

    fn property(&mut self, property: &str, tag: &BytesStart<'_>) {
        let Some((family, name)) = &self.open else { return };
        match (family, property) {
            (Family::Sheet, "table-properties") => {
                let hidden = attribute(tag, "display").as_deref() == Some("false");
                keep(&mut self.hidden_sheets, &mut self.full, name.clone(), hidden);
            }
            (Family::Words, "text-properties") => {
                let struck = struck(tag) == Some(true);
                keep(&mut self.words, &mut self.full, name.clone(), struck);
            }
            (Family::Cell, _) => {
                let Some(rough) = self.cells.get_mut(name) else { return };
                match property {
                    "table-cell-properties" => {
                        let fill = attribute(tag, "background-color");
                        rough.fill = fill.map(|fill| Rgb::parse(fill.strip_prefix('#')?)).or(rough.fill);
                    }
                    "text-properties" => {
                        rough.struck = struck(tag).or(rough.struck);
                        let font = attribute(tag, "font-name").or_else(|| attribute(tag, "font-family"));
                        if let Some(font) = font {
                            let known = self.faces.get(&font).copied();
                            rough.symbols = Some(known.or_else(|| SymbolFont::named(&font)));
                        }
                    }
                    "map" if rough.conditions.len() < MAX_CONDITIONS => {
                        let condition = attribute(tag, "condition").unwrap_or_default();
                        let style = attribute(tag, "apply-style-name").unwrap_or_default();
                        rough.conditions.push((condition, style));
                    }
                    "map" => rough.more_conditions = true,
                    _ => {}
                }
            }
            _ => {}
        }
    }

    /// Takes in a closing tag.
    pub(super) fn close(&mut self, name: &str) {
        match name {
            "style" | "default-style" => self.open = None,
            name if name.ends_with("-style")
                && self.number.as_ref().is_some_and(|(_, number)| number.kind == name) =>
            {
                if let Some((name, number)) = self.number.take() {
                    keep(&mut self.numbers, &mut self.full, name, number.shown());
                }
            }
            _ => {}
        }
    }

    /// The look of cells of a style, if it changes what they mean.
    pub(super) fn look(&self, name: &str) -> Option<Look> {
        let number = self.first(name, |rough| rough.number.as_ref());
        remarkable(&Look {
            fill: self.fill(name),
            symbols: self.first(name, |rough| rough.symbols.as_ref()).copied().flatten(),
            struck: self.first(name, |rough| rough.struck.as_ref()).copied().unwrap_or_default(),
            shown: number.and_then(|number| self.numbers.get(number)).copied().unwrap_or_default(),
        })
    }

    /// The fill of a style, which may be called by the name that people see.
    pub(super) fn fill(&self, name: &str) -> Option<Rgb> {
        let name =
            if self.cells.contains_key(name) { name } else { self.seen.get(name).map_or(name, |name| name) };
        self.first(name, |rough| rough.fill.as_ref()).copied().flatten()
    }

    /// The conditions of a style and the styles that are shown where they hold.
    pub(super) fn conditions(&self, name: &str) -> &[(String, String)] {
        self.cells.get(name).map_or(&[], |rough| &rough.conditions)
    }

    /// True if a style has more conditions than are kept.
    pub(super) fn has_more_conditions(&self, name: &str) -> bool {
        self.cells.get(name).is_some_and(|rough| rough.more_conditions)
    }

    /// True if words of this style are crossed out.
    pub(super) fn strikes(&self, name: &str) -> bool {
        self.words.get(name) == Some(&true)
    }

    /// True if a sheet of this style is hidden.
    pub(super) fn hides(&self, name: &str) -> bool {
        self.hidden_sheets.get(name) == Some(&true)
    }

    /// What the first of a style and its ancestors says that says anything.
    fn first<'s, T>(&'s self, name: &str, said: impl Fn(&'s Rough) -> Option<&'s T>) -> Option<&'s T> {
        let mut rough = self.cells.get(name);
        for _ in 0..MAX_ANCESTORS {
            let Some(style) = rough else { break };
            if let Some(found) = said(style) {
                return Some(found);
            }
            rough = style.parent.as_ref().and_then(|parent| self.cells.get(parent));
        }
        self.cells.get("").and_then(said)
    }
}

impl Number {
    fn take(&mut self, name: &str, tag: &BytesStart<'_>) {
        match name {
            "day" | "day-of-week" => self.day = true,
            "month" => self.month = true,
            "year" => self.year = true,
            "number" => {
                self.places = attribute(tag, "decimal-places");
                self.divided = attribute(tag, "display-factor")
                    .and_then(|factor| factor.parse::<f64>().ok())
                    .is_some_and(|factor| factor > 1.0);
            }
            "embedded-text" if self.parted.len() < MAX_PARTS => {
                self.parted.extend(attribute(tag, "position"));
            }
            "fraction" | "scientific-number" => self.odd = true,
            _ => {}
        }
    }

    fn shown(&self) -> Shown {
        match self.kind.as_str() {
            "percentage-style" => Shown::Percent,
            "text-style" => Shown::Text,
            "time-style" => Shown::Time,
            "date-style" => match (self.day, self.month, self.year) {
                (true, true, false) => Shown::DayMonth,
                (false, true, true) => Shown::MonthYear,
                _ => Shown::Date,
            },
            "number-style" if ["7", "4"].iter().all(|place| self.parted.iter().any(|part| part == place)) => {
                Shown::Grouped
            }
            "number-style" | "currency-style" if self.divided => Shown::Thousands,
            "number-style" | "currency-style" if !self.odd => match self.places.as_deref() {
                Some("0") => Shown::WholePounds,
                Some(_) => Shown::Other,
                None => Shown::General,
            },
            _ => Shown::Other,
        }
    }
}

fn keep<T>(map: &mut BTreeMap<String, T>, full: &mut bool, name: String, value: T) {
    if map.len() < MAX_STYLES {
        map.insert(name, value);
    } else {
        *full = true;
    }
}

/// Whether text properties cross words out, if they speak of it.
fn struck(tag: &BytesStart<'_>) -> Option<bool> {
    let kind = attribute(tag, "text-line-through-type");
    let style = attribute(tag, "text-line-through-style");
    let said = [kind, style].into_iter().flatten().reduce(
        |first, second| {
            if first == "none" { first } else { second }
        },
    )?;
    Some(said != "none")
}
