//! What stands before and after the cells of an Excel sheet: hidden columns, filters, rules, protection, page texts.

use super::audit::attribute;
use super::ooxml::each_element_of;
use crate::model::{
    Area, CellRef, Filter, Icon, Limit, MAX_COLUMNS, Ordered, Rgb, SheetFacts, ShownRule, When,
};
use quick_xml::events::{BytesStart, Event};

/// Rules of one sheet that are looked at.
pub(super) const MAX_RULES: usize = 2_000;
/// Areas of one rule that are looked at.
pub(super) const MAX_AREAS: usize = 2_000;
/// Areas of all rules of a sheet together, because each cell is held against each.
pub(super) const MAX_ALL_AREAS: usize = 20_000;
const MAX_TEXTS: usize = 20;

/// What the ends of a sheet say.
#[derive(Debug, Default)]
pub(super) struct Ends {
    facts: SheetFacts,
    rules: Vec<(i64, ShownRule)>,
    rule: Option<Rule>,
    areas: Vec<Area>,
    /// Rules of this block; those of newer kinds are told only after them where they hold.
    pending: Vec<Rule>,
    /// How many areas the rules have so far.
    held: usize,
    /// True if some rules were not kept.
    full: bool,
    /// The text of an element that is being read.
    text: Option<String>,
    filter: bool,
}

/// A rule that is being read.
#[derive(Debug, Default)]
struct Rule {
    kind: String,
    priority: i64,
    operator: String,
    words: Option<String>,
    fill: Option<Rgb>,
    formulas: Vec<String>,
    in_formula: bool,
    set: Option<String>,
    reversed: bool,
    limits: Vec<Limit>,
    /// A limit that is being read: its kind, its number, and whether it is reached at the number itself.
    limit: Option<(String, String, bool)>,
    own_icons: Vec<Icon>,
}

/// Reads what stands before the cells (`head`) and behind them (`tail`); `fills` are those of formats that rules use.
/// False if some of it could not be made out.
pub(super) fn read(head: &str, tail: &str, fills: &[Option<Rgb>], facts: &mut SheetFacts) -> bool {
    let mut ends = Ends::default();
    // Both are pieces of a part, so each ends in the middle; what was read up to there counts.
    let mut before = true;
    let mut whole = each_element_of(head, |event| {
        before = !is_data(event);
        if before {
            ends.step(event, fills);
        }
        before
    })
    .is_ok()
        || !before;
    whole &= each_element_of(tail, |event| {
        ends.step(event, fills);
        true
    })
    .is_ok();
    whole &= !ends.full;
    ends.rules.sort_by_key(|(priority, _)| *priority);
    facts.hidden_columns = ends.facts.hidden_columns;
    facts.hidden_columns.sort_unstable();
    facts.filter = ends.facts.filter;
    facts.protected = ends.facts.protected;
    facts.header_footer = ends.facts.header_footer;
    facts.rules = ends.rules.into_iter().map(|(_, rule)| rule).collect();
    whole
}

fn is_data(event: &Event<'_>) -> bool {
    matches!(event, Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "sheetData")
}

impl Ends {
    fn step(&mut self, event: &Event<'_>, fills: &[Option<Rgb>]) {
        match event {
            Event::Start(tag) => self.open(tag, fills, false),
            Event::Empty(tag) => self.open(tag, fills, true),
            Event::End(tag) => self.close(tag.local_name().as_ref()),
            Event::Text(text) => self.words(text.as_ref()),
            Event::CData(text) => self.words(text.as_ref()),
            Event::GeneralRef(reference) => {
                let name: &str = reference.as_ref();
                let letter = match name {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    "apos" => "'",
                    _ => "",
                };
                self.words(letter);
            }
            _ => {}
        }
    }

    fn words(&mut self, text: &str) {
        if let Some(rule) = self.rule.as_mut().filter(|rule| rule.in_formula) {
            if let Some(formula) = rule.formulas.last_mut() {
                formula.push_str(text);
            }
        } else if let Some(words) = &mut self.text {
            words.push_str(text);
        }
    }

    fn open(&mut self, tag: &BytesStart<'_>, fills: &[Option<Rgb>], empty: bool) {
        match tag.local_name().as_ref() {
            "col" => self.column(tag),
            "sheetProtection" => self.facts.protected = flag(tag, "sheet") == Some(true),
            "autoFilter" => {
                self.filter = !empty;
                let area = attribute(tag, "ref").and_then(|area| area_of(&area));
                self.facts.filter = area.map(|area| Filter { area, active: false });
            }
            "filterColumn" if self.filter => {
                if let Some(filter) = &mut self.facts.filter {
                    filter.active = true;
                }
            }
            "conditionalFormatting" => {
                self.areas = areas(&attribute(tag, "sqref").unwrap_or_default());
            }
            "cfRule" => {
                let number = attribute(tag, "dxfId").and_then(|id| id.parse::<usize>().ok());
                self.rule = Some(Rule {
                    kind: attribute(tag, "type").unwrap_or_default(),
                    priority: attribute(tag, "priority").and_then(|p| p.parse().ok()).unwrap_or(i64::MAX),
                    operator: attribute(tag, "operator").unwrap_or_default(),
                    words: attribute(tag, "text"),
                    fill: number.and_then(|number| fills.get(number).copied().flatten()),
                    ..Rule::default()
                });
                if empty {
                    self.end_rule();
                }
            }
            "oddHeader" | "oddFooter" | "evenHeader" | "evenFooter" | "firstHeader" | "firstFooter" => {
                self.text = (!empty && self.facts.header_footer.len() < MAX_TEXTS).then(String::new);
            }
            "sqref" => self.text = Some(String::new()),
            name => {
                if let Some(rule) = &mut self.rule {
                    rule.open(name, tag);
                    if empty {
                        rule.close(name);
                    }
                }
            }
        }
    }

    fn column(&mut self, tag: &BytesStart<'_>) {
        if flag(tag, "hidden") != Some(true) {
            return;
        }
        let place = |name| attribute(tag, name).and_then(|text| text.parse::<u16>().ok()?.checked_sub(1));
        if let (Some(first), Some(last)) = (place("min"), place("max"))
            && first < MAX_COLUMNS
        {
            self.facts.hidden_columns.push((first, last.clamp(first, MAX_COLUMNS - 1)));
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "cfRule" => self.end_rule(),
            "conditionalFormatting" => self.end_block(),
            "autoFilter" => self.filter = false,
            "sqref" => self.areas = areas(&self.text.take().unwrap_or_default()),
            _ => {
                if let Some(rule) = &mut self.rule {
                    rule.close(name);
                } else if let Some(text) = self.text.take().filter(|text| !text.trim().is_empty()) {
                    self.facts.header_footer.push(text);
                }
            }
        }
    }

    fn end_rule(&mut self) {
        let room = self.rules.len() + self.pending.len() < MAX_RULES;
        self.full |= !room;
        self.pending.extend(self.rule.take().filter(|_| room));
    }

    fn end_block(&mut self) {
        let areas = std::mem::take(&mut self.areas);
        for rule in std::mem::take(&mut self.pending).into_iter().filter(|_| !areas.is_empty()) {
            let priority = rule.priority;
            self.held += areas.len();
            if self.held > MAX_ALL_AREAS {
                self.full = true;
                return;
            }
            self.rules.extend(rule.shown(areas.clone()).map(|rule| (priority, rule)));
        }
    }
}

impl Rule {
    fn open(&mut self, name: &str, tag: &BytesStart<'_>) {
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

    fn close(&mut self, name: &str) {
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

    fn shown(self, areas: Vec<Area>) -> Option<ShownRule> {
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
            let painted = ShownRule::Paint { areas, when: When::Unknown, fill: Some(Rgb([0; 3])) };
            return (self.kind == "colorScale").then_some(painted);
        }
        let fill = self.fill;
        Some(ShownRule::Paint { areas, when: self.when(), fill })
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

fn flag(tag: &BytesStart<'_>, name: &str) -> Option<bool> {
    attribute(tag, name).map(|value| matches!(value.as_str(), "1" | "true" | "on"))
}

pub(super) fn area_of(text: &str) -> Option<Area> {
    let text = text.replace('$', "");
    let (first, last) = text.split_once(':').unwrap_or((&text, &text));
    Some((CellRef::parse(first)?, CellRef::parse(last)?))
}

fn areas(text: &str) -> Vec<Area> {
    text.split_ascii_whitespace().take(MAX_AREAS).filter_map(area_of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Raw;

    fn facts(tail: &str) -> SheetFacts {
        let mut facts = SheetFacts::default();
        let head =
            r#"<worksheet><cols><col min="8" max="9" hidden="1"/></cols><sheetData><row r="1"><c r="A1""#;
        assert!(read(head, tail, &[Some(Rgb::new(0xC0_00_00))], &mut facts));
        facts
    }

    #[test]
    fn both_ends_are_read() {
        let facts = facts(
            r#"<sheetProtection sheet="1"/><autoFilter ref="A4:F20"><filterColumn colId="1"><filters><filter val="x"/></filters></filterColumn></autoFilter>
            <conditionalFormatting sqref="C5:C9 E1"><cfRule type="cellIs" dxfId="0" priority="2" operator="equal"><formula>"Red"</formula></cfRule></conditionalFormatting>
            <conditionalFormatting sqref="W5:W11"><cfRule type="iconSet" priority="1"><iconSet><cfvo type="percent" val="0"/><cfvo type="percent" val="33"/><cfvo type="percent" val="67"/></iconSet></cfRule></conditionalFormatting>
            <headerFooter><oddFooter>&amp;LDraft</oddFooter></headerFooter>"#,
        );
        assert_eq!(facts.hidden_columns, [(7, 8)]);
        assert!(facts.protected && facts.filter.is_some_and(|filter| filter.active));
        assert_eq!(facts.header_footer, ["&LDraft"]);
        let at = |text: &str| CellRef::parse(text).expect("an address");
        assert_eq!(facts.shown_fill(at("C6"), Some(Raw::Text("RED"))), Some(Rgb::new(0xC0_00_00)));
        assert_eq!(facts.shown_fill(at("C6"), Some(Raw::Text("Green"))), None);
        assert_eq!(facts.icon(at("W6"), 2.0, |_| Some((1.0, 3.0))), Some(Icon::Amber));
    }

    #[test]
    fn rules_of_newer_kinds_say_last_where_they_hold() {
        let facts = facts(
            r#"<extLst><ext><x14:conditionalFormattings><x14:conditionalFormatting><x14:cfRule type="iconSet" priority="1"><x14:iconSet iconSet="3Triangles"><x14:cfvo type="num"><xm:f>0</xm:f></x14:cfvo><x14:cfvo type="num"><xm:f>2</xm:f></x14:cfvo><x14:cfvo type="num" gte="0"><xm:f>2</xm:f></x14:cfvo></x14:iconSet></x14:cfRule><x14:cfRule type="cellIs" operator="equal" priority="2"><xm:f>"Red"</xm:f><x14:dxf><fill><patternFill><bgColor rgb="FFC00000"/></patternFill></fill></x14:dxf></x14:cfRule><xm:sqref>B2:B9</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>"#,
        );
        let at = |text: &str| CellRef::parse(text).expect("an address");
        let icon = |number| facts.icon(at("B3"), number, |_| None);
        assert_eq!([1.0, 2.0, 2.5].map(icon), [Some(Icon::Down), Some(Icon::Level), Some(Icon::Up)]);
        assert_eq!(facts.shown_fill(at("B9"), Some(Raw::Text("red"))), Some(Rgb::new(0xC0_00_00)));
        assert_eq!(facts.shown_fill(at("B10"), Some(Raw::Text("red"))), None);
    }

    #[test]
    fn a_damaged_end_is_told() {
        let mut facts = SheetFacts::default();
        assert!(!read("<worksheet>", "<sheetProtection sheet=\"1\"/><cfRule <", &[], &mut facts));
        assert!(facts.protected);
    }
}
