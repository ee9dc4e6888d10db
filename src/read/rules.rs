//! The rules of an Excel sheet by which cells are painted or bear icons.

use super::audit::attribute;
use crate::model::{Area, Icon, Limit, Ordered, Rgb, ShownRule, When};
use quick_xml::events::BytesStart;

/// A rule that is being read.
#[derive(Debug, Default)]
pub(super) struct Rule {
    kind: String,
    pub(super) priority: i64,
    operator: String,
    words: Option<String>,
    fill: Option<Rgb>,
    stop: bool,
    pub(super) formulas: Vec<String>,
    pub(super) in_formula: bool,
    set: Option<String>,
    reversed: bool,
    limits: Vec<Limit>,
    /// A limit that is being read: its kind, its number, and whether it is reached at the number itself.
    limit: Option<(String, String, bool)>,
    own_icons: Vec<Icon>,
}

impl Rule {
    /// A rule from its own tag; `fills` are those of formats that rules use.
    pub(super) fn new(tag: &BytesStart<'_>, fills: &[Option<Rgb>]) -> Self {
        let number = attribute(tag, "dxfId").and_then(|id| id.parse::<usize>().ok());
        Self {
            kind: attribute(tag, "type").unwrap_or_default(),
            priority: attribute(tag, "priority").and_then(|p| p.parse().ok()).unwrap_or(i64::MAX),
            operator: attribute(tag, "operator").unwrap_or_default(),
            words: attribute(tag, "text"),
            fill: number.and_then(|number| fills.get(number).copied().flatten()),
            stop: flag(tag, "stopIfTrue") == Some(true),
            ..Self::default()
        }
    }

    pub(super) fn open(&mut self, name: &str, tag: &BytesStart<'_>) {
        match name {
            "formula" | "f" => {
                self.in_formula = true;
                self.formulas.push(String::new());
            }
            "iconSet" => {
                self.set = Some(attribute(tag, "iconSet").unwrap_or_else(|| "3TrafficLights1".to_owned()));
                self.reversed = flag(tag, "reverse") == Some(true);
            }
            "cfvo" if self.set.is_some() => {
                let words = |name| attribute(tag, name).unwrap_or_default();
                self.limit = Some((words("type"), words("val"), flag(tag, "gte") != Some(false)));
            }
            // Newer rules hold their formats themselves.
            "bgColor" => {
                let digits = attribute(tag, "rgb").unwrap_or_default();
                let digits = digits.get(digits.len().saturating_sub(6)..).unwrap_or_default();
                self.fill = self.fill.or_else(|| Rgb::parse(digits));
            }
            "cfIcon" => {
                let set = attribute(tag, "iconSet").unwrap_or_default();
                let place = attribute(tag, "iconId").and_then(|id| id.parse::<usize>().ok()).unwrap_or(0);
                self.own_icons.push(icons(&set).get(place).copied().unwrap_or(Icon::Other));
            }
            _ => {}
        }
    }

    pub(super) fn close(&mut self, name: &str) {
        match name {
            "formula" | "f" => {
                self.in_formula = false;
                if let Some((_, number, _)) = &mut self.limit {
                    *number = self.formulas.pop().unwrap_or_default();
                }
            }
            "cfvo" => {
                let Some((kind, number, equal)) = self.limit.take() else { return };
                let number = number.trim().parse::<f64>().ok().filter(|number| number.is_finite());
                self.limits.push(match (kind.as_str(), number) {
                    ("num", Some(number)) => Limit::Number(number, equal),
                    ("percent", Some(number)) => Limit::Percent(number, equal),
                    ("min", _) => Limit::Percent(0.0, true),
                    _ => Limit::Unknown,
                });
            }
            _ => {}
        }
    }

    /// The rule, if it shows anything that is kept.
    pub(super) fn shown(self, areas: Vec<Area>) -> Option<ShownRule> {
        if let Some(set) = &self.set {
            let mut icons = if self.own_icons.is_empty() { icons(set) } else { self.own_icons };
            if self.reversed {
                icons.reverse();
            }
            // The first icon is shown from the smallest number on.
            let limits = self.limits.into_iter().skip(1).collect();
            return Some(ShownRule::Icons { areas, icons, limits });
        }
        if matches!(self.kind.as_str(), "dataBar" | "colorScale" | "iconSet") {
            let painted =
                ShownRule::Paint { areas, when: When::Unknown, fill: Some(Rgb([0; 3])), stop: false };
            return (self.kind == "colorScale").then_some(painted);
        }
        Some(ShownRule::Paint { areas, when: self.when(), fill: self.fill, stop: self.stop })
    }

    fn when(&self) -> When {
        let words = || self.words.clone();
        match self.kind.as_str() {
            "containsText" => words().map_or(When::Unknown, |words| When::Contains(words, true)),
            "notContainsText" => words().map_or(When::Unknown, |words| When::Contains(words, false)),
            "beginsWith" => words().map_or(When::Unknown, When::Begins),
            "endsWith" => words().map_or(When::Unknown, When::Ends),
            "cellIs" => {
                let constants: Vec<&str> = self.formulas.iter().map(String::as_str).collect();
                compared(&self.operator, &constants)
            }
            _ => When::Unknown,
        }
    }
}

/// The name of a comparison by its number in Excel's binary files.
pub(super) fn comparison(number: u32) -> Option<&'static str> {
    Some(match number {
        1 => "between",
        2 => "notBetween",
        3 => "equal",
        4 => "notEqual",
        5 => "greaterThan",
        6 => "lessThan",
        7 => "greaterThanOrEqual",
        8 => "lessThanOrEqual",
        _ => return None,
    })
}

/// The number or quoted text that a formula of Excel's binary files is, as it is typed; `None` for anything else. `text`
/// reads a text, which each of them keeps in its own way, and gives what follows it.
pub(super) fn constant<'a>(
    tokens: &'a [u8],
    text: impl Fn(&'a [u8]) -> Option<(String, &'a [u8])>,
) -> Option<String> {
    const TEXT: u8 = 0x17;
    const NEGATIVE: u8 = 0x13;
    let (kind, content) = tokens.split_first()?;
    let (typed, rest) = match *kind {
        TEXT => {
            let (text, rest) = text(content)?;
            (format!("\"{}\"", text.replace('"', "\"\"")), rest)
        }
        0x1E => (u16::from_le_bytes(*content.first_chunk()?).to_string(), content.get(2..)?),
        0x1F => (f64::from_le_bytes(*content.first_chunk()?).to_string(), content.get(8..)?),
        _ => return None,
    };
    match rest {
        [] => Some(typed),
        [NEGATIVE] if *kind != TEXT => Some(format!("-{typed}")),
        _ => None,
    }
}

/// A comparison by its name in Excel's files, with the numbers or quoted texts that values are held against.
pub(super) fn compared(operator: &str, constants: &[&str]) -> When {
    let constant = |place: usize| constants.get(place).map(|constant| constant.trim());
    let number = |place| constant(place)?.parse::<f64>().ok().filter(|number| number.is_finite());
    let order = match operator {
        "equal" => Ordered::Equal,
        "notEqual" => Ordered::NotEqual,
        "lessThan" => Ordered::Less,
        "lessThanOrEqual" => Ordered::AtMost,
        "greaterThan" => Ordered::Greater,
        "greaterThanOrEqual" => Ordered::AtLeast,
        "between" | "notBetween" => {
            return match (number(0), number(1)) {
                (Some(least), Some(most)) => When::Between(least, most, operator == "between"),
                _ => When::Unknown,
            };
        }
        _ => return When::Unknown,
    };
    if let Some(number) = number(0) {
        return When::Number(order, number);
    }
    let quoted = constant(0).and_then(|text| text.strip_prefix('"')?.strip_suffix('"'));
    match (quoted, order) {
        (Some(text), Ordered::Equal) => When::Text(text.replace("\"\"", "\""), true),
        (Some(text), Ordered::NotEqual) => When::Text(text.replace("\"\"", "\""), false),
        _ => When::Unknown,
    }
}

/// The icons of a set from the lowest number up.
pub(super) fn icons(set: &str) -> Vec<Icon> {
    use Icon::{Amber, Down, Green, Grey, Level, Other, Red, Up};
    match set {
        "3TrafficLights1" | "3TrafficLights2" | "3Signs" | "3Flags" | "3Symbols" | "3Symbols2" => {
            vec![Red, Amber, Green]
        }
        "4TrafficLights" => vec![Grey, Red, Amber, Green],
        "3Arrows" | "3ArrowsGray" | "3Triangles" => vec![Down, Level, Up],
        "4Arrows" | "4ArrowsGray" => vec![Down, Other, Other, Up],
        "5Arrows" | "5ArrowsGray" => vec![Down, Other, Level, Other, Up],
        "4RedToBlack" => vec![Grey, Other, Other, Red],
        _ => vec![Other; 5],
    }
}

pub(super) fn flag(tag: &BytesStart<'_>, name: &str) -> Option<bool> {
    attribute(tag, name).map(|value| matches!(value.as_str(), "1" | "true" | "on"))
}
