//! Rules by which cells of an `OpenDocument` sheet are painted or marked with icons, and the notation of its areas.

use super::audit::attribute;
use super::beside::{MAX_ALL_AREAS, MAX_AREAS, MAX_RULES};
use super::ods_styles::Styles;
use super::rules::{compared, icons};
use crate::model::{Area, CellRef, Limit, Rgb, ShownRule, When};
use quick_xml::events::BytesStart;

/// The rules that stand behind a sheet's cells.
#[derive(Default)]
pub(super) struct Rules {
    pub(super) kept: Vec<ShownRule>,
    areas: Vec<Area>,
    held: usize,
    /// True if some were not kept.
    pub(super) full: bool,
}

impl Rules {
    /// Takes in an opening tag; one that is no part of a rule changes nothing.
    pub(super) fn open(&mut self, tag: &BytesStart<'_>, styles: &Styles) {
        match tag.local_name().as_ref() {
            "conditional-format" => {
                self.areas = areas(&attribute(tag, "target-range-address").unwrap_or_default());
            }
            "condition" => {
                let fill = attribute(tag, "apply-style-name").and_then(|style| styles.fill(&style));
                let areas = self.areas.clone();
                self.add(painted(&attribute(tag, "value").unwrap_or_default(), fill, areas));
            }
            "color-scale" => {
                let (areas, fill) = (self.areas.clone(), Some(Rgb::new(0)));
                self.add(ShownRule::Paint { areas, when: When::Unknown, fill, stop: false });
            }
            "icon-set" => {
                let icons = icons(&attribute(tag, "icon-set-type").unwrap_or_default());
                self.add(ShownRule::Icons { areas: self.areas.clone(), icons, limits: Vec::new() });
            }
            "formatting-entry" => {
                if let Some(ShownRule::Icons { limits, .. }) = self.kept.last_mut() {
                    limits.push(limit(tag));
                }
            }
            _ => {}
        }
    }

    /// Takes in a closing tag.
    pub(super) fn close(&mut self, name: &str) {
        // The first icon is shown from the smallest number on.
        if name == "icon-set"
            && let Some(ShownRule::Icons { limits, .. }) = self.kept.last_mut()
            && !limits.is_empty()
        {
            limits.remove(0);
        }
    }

    fn add(&mut self, rule: ShownRule) {
        self.held = self.held.saturating_add(self.areas.len());
        if self.kept.len() < MAX_RULES && self.held <= MAX_ALL_AREAS {
            self.kept.push(rule);
        } else {
            self.full = true;
        }
    }
}

fn limit(tag: &BytesStart<'_>) -> Limit {
    let number = attribute(tag, "value").and_then(|value| value.trim().parse::<f64>().ok());
    match (attribute(tag, "type").as_deref(), number.filter(|number| number.is_finite())) {
        (Some("number"), Some(number)) => Limit::Number(number, true),
        (Some("percent"), Some(number)) => Limit::Percent(number, true),
        (Some("minimum"), _) => Limit::Percent(0.0, true),
        _ => Limit::Unknown,
    }
}

/// A rule that paints, from its condition as it is written: `="Red"`, `between(1,2)`, `cell-content()>3`.
pub(super) fn painted(condition: &str, fill: Option<Rgb>, areas: Vec<Area>) -> ShownRule {
    ShownRule::Paint { areas, when: when(condition), fill, stop: false }
}

fn when(condition: &str) -> When {
    let condition = condition.trim();
    let condition = condition.strip_prefix("of:").unwrap_or(condition);
    if let Some((name, rest)) = condition.split_once('(')
        && let Some(inside) = rest.strip_suffix(')')
    {
        let text = || inside.strip_prefix('"')?.strip_suffix('"').map(|text| text.replace("\"\"", "\""));
        let two = || inside.split_once([',', ';']).map(|(least, most)| [least, most]);
        let found = match name {
            "between" | "cell-content-is-between" => two().map(|two| compared("between", &two)),
            "not-between" | "cell-content-is-not-between" => two().map(|two| compared("notBetween", &two)),
            "contains-text" => text().map(|text| When::Contains(text, true)),
            "not-contains-text" => text().map(|text| When::Contains(text, false)),
            "begins-with" => text().map(When::Begins),
            "ends-with" => text().map(When::Ends),
            _ => None,
        };
        if let Some(found) = found {
            return found;
        }
    }
    let condition = condition.strip_prefix("cell-content()").unwrap_or(condition);
    let signs = [
        ("!=", "notEqual"),
        ("<>", "notEqual"),
        ("<=", "lessThanOrEqual"),
        (">=", "greaterThanOrEqual"),
        ("=", "equal"),
        ("<", "lessThan"),
        (">", "greaterThan"),
    ];
    let found = signs.iter().find_map(|(sign, name)| Some((condition.strip_prefix(sign)?, *name)));
    found.map_or(When::Unknown, |(value, name)| compared(name, &[value]))
}

/// Areas with the names of their sheets, one behind the other: `Plan.A1:Plan.B9 'Risk register'.C1`.
pub(super) fn areas(text: &str) -> Vec<Area> {
    pieces(text, ' ').take(MAX_AREAS).filter_map(area).collect()
}

/// One area.
pub(super) fn area(text: &str) -> Option<Area> {
    let mut ends = pieces(text, ':');
    let first = cell_of(ends.next()?)?;
    let last = ends.next().map_or(Some(first), cell_of)?;
    Some((first.min(last), first.max(last)))
}

/// A cell with or without the name of its sheet.
pub(super) fn cell_of(text: &str) -> Option<CellRef> {
    let cell = text.rsplit_once('.').map_or(text, |(_, cell)| cell);
    CellRef::parse(&cell.replace('$', ""))
}

/// The name of the sheet in front of an area.
pub(super) fn sheet_of(text: &str) -> Option<String> {
    let (sheet, _) = pieces(text, ':').next()?.rsplit_once('.')?;
    let sheet = sheet.trim_start_matches('$');
    let bare = sheet.strip_prefix('\'').and_then(|sheet| sheet.strip_suffix('\''));
    Some(bare.map_or_else(|| sheet.to_owned(), |sheet| sheet.replace("''", "'")))
}

/// What stands between separators that are not in a quoted name.
fn pieces(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    text.split(move |letter| {
        quoted ^= letter == '\'';
        letter == separator && !quoted
    })
    .filter(|piece| !piece.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Ordered;

    #[test]
    fn areas_name_their_sheets() {
        let at = |text: &str| CellRef::parse(text).expect("an address");
        let text = "Plan.W5:Plan.W11 $'Risk: it''s a register'.$C$1:.$D$2 A1";
        assert_eq!(areas(text), [(at("W5"), at("W11")), (at("C1"), at("D2")), (at("A1"), at("A1"))]);
        assert_eq!(sheet_of("$'Risk: it''s'.$C$1:.$D$2").as_deref(), Some("Risk: it's"));
        assert_eq!(sheet_of("Plan.A1:Plan.B2").as_deref(), Some("Plan"));
        assert_eq!(areas("Plan.Sheet nonsense.1:2 ..:"), []);
    }

    #[test]
    fn conditions_are_understood() {
        for (written, meant) in [
            ("=\"Red\"", When::Text("Red".to_owned(), true)),
            ("cell-content()!=\"Red\"", When::Text("Red".to_owned(), false)),
            ("of:cell-content()>=2.5", When::Number(Ordered::AtLeast, 2.5)),
            ("<3", When::Number(Ordered::Less, 3.0)),
            ("between(1,2)", When::Between(1.0, 2.0, true)),
            ("cell-content-is-not-between(1;2)", When::Between(1.0, 2.0, false)),
            ("contains-text(\"late\")", When::Contains("late".to_owned(), true)),
            ("formula-is([.A1]=\"x\")", When::Unknown),
            ("=[.A1]", When::Unknown),
            ("between(", When::Unknown),
            ("", When::Unknown),
        ] {
            assert_eq!(when(written), meant, "{written}");
        }
    }
}
