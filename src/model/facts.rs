//! What a workbook and its sheets hold beside the values of cells.

use super::{CellRef, Looks, PersonalKind, Raw, Rgb, Suspected};

/// First and last cell of an area.
pub type Area = (CellRef, CellRef);

/// What a sheet hides, shows and carries beside its cells.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SheetFacts {
    /// How its cells look.
    pub looks: Looks,
    /// Hidden rows, zero-based: first and last of each run, in order.
    pub hidden_rows: Vec<(u32, u32)>,
    /// Hidden columns, zero-based: first and last of each run, in order.
    pub hidden_columns: Vec<(u16, u16)>,
    /// Its filter.
    pub filter: Option<Filter>,
    /// Comments on its cells, in the order of the file.
    pub comments: Vec<Comment>,
    /// Boxes with words in them that lie over the cells.
    pub text_boxes: Vec<TextBox>,
    /// True if it is protected against changes.
    pub protected: bool,
    /// Rules that paint cells or set icons in them, the one that counts first in front.
    pub rules: Vec<ShownRule>,
    /// Texts of its page headers and footers.
    pub header_footer: Vec<String>,
    /// Cells whose text was held back, in order, and why.
    pub held: Vec<(CellRef, PersonalKind)>,
    /// What of it may identify a person.
    pub suspected: Vec<Suspected>,
    /// How many more places that may there are than are listed.
    pub suspected_more: usize,
}

/// A filter over a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filter {
    /// Its area.
    pub area: Area,
    /// True if it has a condition, so that it may hide rows.
    pub active: bool,
}

/// A comment on a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// The cell.
    pub at: CellRef,
    /// Its words.
    pub text: String,
    /// True for one of a conversation.
    pub threaded: bool,
    /// True for one that is ours by its author or its words, from a workbook that was given back; nobody has to be told of those.
    pub ours: bool,
}

/// A box with words in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextBox {
    /// The cell under its top left corner.
    pub near: CellRef,
    /// Its words.
    pub text: String,
}

/// A rule by which cells are shown.
#[derive(Debug, Clone, PartialEq)]
pub enum ShownRule {
    /// Cells that meet a condition have a fill.
    Paint {
        /// Where.
        areas: Vec<Area>,
        /// The condition.
        when: When,
        /// The fill; none for a rule that changes something else.
        fill: Option<Rgb>,
        /// True if no rule after it counts where it is met.
        stop: bool,
    },
    /// Cells have an icon by their number.
    Icons {
        /// Where.
        areas: Vec<Area>,
        /// What the icons are, from the lowest number to the highest.
        icons: Vec<Icon>,
        /// The least number of each icon but the first.
        limits: Vec<Limit>,
    },
}

/// The condition of a rule that paints.
#[derive(Debug, Clone, PartialEq)]
pub enum When {
    /// Equal to a number.
    Number(Ordered, f64),
    /// Between two numbers; the flag is false for *not between*.
    Between(f64, f64, bool),
    /// Equal to a text, whatever its case; the flag is false for *not equal*.
    Text(String, bool),
    /// Contains a text; the flag is false for *does not contain*.
    Contains(String, bool),
    /// Begins with a text.
    Begins(String),
    /// Ends with a text.
    Ends(String),
    /// A condition that is not worked out here, such as a formula.
    Unknown,
}

/// How a number is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ordered {
    /// Equal.
    Equal,
    /// Not equal.
    NotEqual,
    /// Less.
    Less,
    /// Less or equal.
    AtMost,
    /// Greater.
    Greater,
    /// Greater or equal.
    AtLeast,
}

/// An icon of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// A red light, flag, cross or sign.
    Red,
    /// A yellow one.
    Amber,
    /// A green one.
    Green,
    /// A grey or black one.
    Grey,
    /// An arrow or triangle up.
    Up,
    /// One that points sideways.
    Level,
    /// One that points down.
    Down,
    /// Another.
    Other,
}

/// From which number on an icon is shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Limit {
    /// From this number on (or above it, if the flag is false).
    Number(f64, bool),
    /// From this share of the way from the smallest to the largest number of the area, in percent.
    Percent(f64, bool),
    /// By a measure that is not worked out here.
    Unknown,
}

/// What a workbook holds beside its sheets.
#[derive(Debug, Clone, Default)]
pub struct WorkbookFacts {
    /// What it says of itself.
    pub about: About,
    /// Defined names.
    pub names: Vec<DefinedName>,
    /// Other workbooks that its formulas refer to, in the order of their numbers (`[1]` first).
    pub links: Vec<String>,
    /// True if formulas are worked out only when somebody asks.
    pub manual_calculation: bool,
    /// What this file does not let us see.
    pub unseen: Vec<Unseen>,
    /// What of these may identify a person.
    pub suspected: Vec<Suspected>,
}

/// What a workbook says of itself; empty texts are absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// The program that saved it last, with its version.
    pub saved_by: Option<String>,
    /// Who made it.
    pub creator: Option<String>,
    /// Who saved it last.
    pub last_modified_by: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// The organisation.
    pub company: Option<String>,
    /// When it was made, as the file writes it.
    pub created: Option<String>,
    /// When it was changed last, as the file writes it.
    pub modified: Option<String>,
    /// Everything else: name and text.
    pub others: Vec<(String, String)>,
}

/// A name for an area or a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefinedName {
    /// The name.
    pub name: String,
    /// The name of the sheet that it belongs to, if it is not the whole workbook's.
    pub sheet: Option<String>,
    /// What it stands for; empty if that is not known.
    pub refers_to: String,
}

/// Something that could not be looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unseen {
    /// This kind of file, or our reading of it, does not show it: in words ("colours of cells").
    Kind(&'static str),
    /// A part of this file is damaged or larger than is read: in words ("comments of the sheet Plan").
    Part(String),
    /// How its cells look is damaged: not even whether a number is shown as an identifier of a person is known.
    Formats,
}

impl Unseen {
    /// What it is, in words.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Self::Kind(words) => words,
            Self::Part(words) => words,
            Self::Formats => "formats of its cells",
        }
    }
}

impl SheetFacts {
    /// Why the text of a cell was held back, if it was.
    #[must_use]
    pub fn held(&self, at: CellRef) -> Option<PersonalKind> {
        let index = self.held.binary_search_by_key(&at, |(cell, _)| *cell).ok()?;
        self.held.get(index).map(|(_, kind)| *kind)
    }

    /// True if a row is hidden.
    #[must_use]
    pub fn is_row_hidden(&self, row: u32) -> bool {
        within(&self.hidden_rows, row)
    }

    /// True if a column is hidden.
    #[must_use]
    pub fn is_column_hidden(&self, column: u16) -> bool {
        within(&self.hidden_columns, column)
    }

    /// The fill that a person sees in a cell with this value: that of the first rule that the value meets, else its own.
    /// `None` without a fill, or where a rule that cannot be worked out comes first.
    #[must_use]
    pub fn shown_fill(&self, at: CellRef, value: Option<Raw<'_>>) -> Option<Rgb> {
        let mut doubt = false;
        for rule in &self.rules {
            let ShownRule::Paint { areas, when, fill, stop } = rule else { continue };
            if !covers(areas, at) {
                continue;
            }
            match when.met(value) {
                Some(true) if fill.is_some() => return fill.filter(|_| !doubt),
                Some(true) if *stop => break,
                None if fill.is_some() => return None,
                // Whether the rules after it count cannot be told.
                None if *stop => doubt = true,
                _ => {}
            }
        }
        self.looks.get(at).fill
    }

    /// The icon shown in a cell, and its place from the lowest up; `range` gives the smallest and largest number of the
    /// rule's areas.
    #[must_use]
    pub fn icon(
        &self,
        at: CellRef,
        number: f64,
        range: impl Fn(&[Area]) -> Option<(f64, f64)>,
    ) -> Option<Icon> {
        for rule in &self.rules {
            match rule {
                ShownRule::Paint { areas, when, stop: true, .. }
                    if covers(areas, at) && when.met(Some(Raw::Number(number))) != Some(false) =>
                {
                    return None;
                }
                ShownRule::Icons { areas, icons, limits } if covers(areas, at) => {
                    let mut place = 0;
                    for limit in limits {
                        if limit.reached(number, || range(areas))? {
                            place += 1;
                        }
                    }
                    return icons.get(place).copied();
                }
                _ => {}
            }
        }
        None
    }
}

impl Limit {
    /// Whether a number reaches the limit, if that can be worked out.
    #[expect(clippy::float_arithmetic, reason = "how a cell is shown, not an amount")]
    fn reached(self, number: f64, range: impl Fn() -> Option<(f64, f64)>) -> Option<bool> {
        let reaches = |limit: f64, equal: bool| if equal { number >= limit } else { number > limit };
        match self {
            Self::Number(limit, equal) => Some(reaches(limit, equal)),
            Self::Percent(share, equal) => {
                let (least, most) = range()?;
                Some(reaches(least + (most - least) * share / 100.0, equal))
            }
            Self::Unknown => None,
        }
    }
}

impl When {
    /// Whether a value meets the condition; `None` if that cannot be worked out.
    #[must_use]
    pub fn met(&self, value: Option<Raw<'_>>) -> Option<bool> {
        let text = match value {
            Some(Raw::Text(text)) => Some(text.to_lowercase()),
            _ => None,
        };
        let number = match value {
            Some(Raw::Number(number) | Raw::Date(number)) => Some(number),
            _ => None,
        };
        Some(match self {
            Self::Number(order, limit) => number.is_some_and(|number| order.holds(number, *limit)),
            Self::Between(least, most, inside) => {
                number.is_some_and(|number| (*least <= number && number <= *most) == *inside)
            }
            Self::Text(wanted, equal) => text.is_some_and(|text| text == wanted.to_lowercase()) == *equal,
            Self::Contains(wanted, holds) => {
                text.is_some_and(|text| text.contains(&wanted.to_lowercase())) == *holds
            }
            Self::Begins(wanted) => text.is_some_and(|text| text.starts_with(&wanted.to_lowercase())),
            Self::Ends(wanted) => text.is_some_and(|text| text.ends_with(&wanted.to_lowercase())),
            Self::Unknown => return None,
        })
    }
}

impl Ordered {
    #[expect(clippy::float_cmp, reason = "Excel compares the stored number with the rule's own")]
    fn holds(self, number: f64, limit: f64) -> bool {
        match self {
            Self::Equal => number == limit,
            Self::NotEqual => number != limit,
            Self::Less => number < limit,
            Self::AtMost => number <= limit,
            Self::Greater => number > limit,
            Self::AtLeast => number >= limit,
        }
    }
}

fn covers(areas: &[Area], at: CellRef) -> bool {
    areas.iter().any(|(first, last)| {
        (first.row..=last.row).contains(&at.row) && (first.column..=last.column).contains(&at.column)
    })
}

fn within<T: Copy + PartialOrd>(runs: &[(T, T)], place: T) -> bool {
    let after = runs.partition_point(|(first, _)| *first <= place);
    after.checked_sub(1).and_then(|at| runs.get(at)).is_some_and(|(_, last)| *last >= place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Look;

    #[test]
    fn a_rule_outweighs_a_fill() {
        let at = CellRef::new(4, 2);
        let mut facts = SheetFacts::default();
        facts.looks.set(at, Look { fill: Some(Rgb::new(0x00_B0_50)), ..Look::default() });
        assert_eq!(facts.shown_fill(at, Some(Raw::Text("Red"))), Some(Rgb::new(0x00_B0_50)));
        facts.rules.push(ShownRule::Paint {
            areas: vec![(at, at)],
            when: When::Text("red".to_owned(), true),
            fill: Some(Rgb::new(0xC0_00_00)),
            stop: false,
        });
        assert_eq!(facts.shown_fill(at, Some(Raw::Text("Red"))), Some(Rgb::new(0xC0_00_00)));
        assert_eq!(facts.shown_fill(at, Some(Raw::Text("Green"))), Some(Rgb::new(0x00_B0_50)));
        let stop = |when| ShownRule::Paint { areas: vec![(at, at)], when, fill: None, stop: true };
        facts.rules.insert(0, stop(When::Text("red".to_owned(), true)));
        assert_eq!(facts.shown_fill(at, Some(Raw::Text("Red"))), Some(Rgb::new(0x00_B0_50)));
        facts.rules[0] = stop(When::Unknown);
        assert_eq!(facts.shown_fill(at, Some(Raw::Text("Red"))), None);
    }

    #[test]
    fn icons_go_by_their_limits() {
        let area = (CellRef::new(0, 0), CellRef::new(9, 0));
        let rule = |limits: Vec<Limit>| SheetFacts {
            rules: vec![ShownRule::Icons {
                areas: vec![area],
                icons: vec![Icon::Red, Icon::Amber, Icon::Green],
                limits,
            }],
            ..SheetFacts::default()
        };
        let numbers = rule(vec![Limit::Number(2.0, true), Limit::Number(3.0, true)]);
        let shares = rule(vec![Limit::Percent(33.0, true), Limit::Percent(67.0, true)]);
        for (number, icon) in [(1.0, Icon::Red), (2.0, Icon::Amber), (3.0, Icon::Green)] {
            for facts in [&numbers, &shares] {
                assert_eq!(facts.icon(area.0, number, |_| Some((1.0, 3.0))), Some(icon));
            }
        }
        assert_eq!(numbers.icon(CellRef::new(0, 1), 1.0, |_| None), None);
    }

    #[test]
    fn runs_say_what_is_hidden() {
        let facts = SheetFacts { hidden_rows: vec![(3, 5), (9, 9)], ..SheetFacts::default() };
        let hidden: Vec<u32> = (0..12).filter(|row| facts.is_row_hidden(*row)).collect();
        assert_eq!(hidden, [3, 4, 5, 9]);
    }
}
