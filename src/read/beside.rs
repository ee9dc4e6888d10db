//! What stands before and after the cells of an Excel sheet: hidden columns, filters, rules, protection, page texts.

use super::audit::attribute;
use super::ooxml::each_element_of;
use super::rules::{Rule, flag};
use crate::model::{Area, CellRef, Filter, Limit, MAX_COLUMNS, Rgb, SheetFacts, ShownRule};
use quick_xml::events::{BytesStart, Event};

/// Rules of one sheet that are looked at.
pub(super) const MAX_RULES: usize = 2_000;
/// Areas of one rule that are looked at.
pub(super) const MAX_AREAS: usize = 2_000;
/// Areas of all rules of a sheet together, because each cell is held against each.
pub(super) const MAX_ALL_AREAS: usize = 20_000;
/// Texts of page headers and footers that are kept.
pub(super) const MAX_TEXTS: usize = 20;

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

/// Reads what stands before the cells (`head`) and behind them (`tail`); `fills` are those of formats that rules use.
/// Gives what of it could not be made out.
pub(super) fn read(
    head: &str,
    tail: &str,
    fills: &[Option<Rgb>],
    facts: &mut SheetFacts,
) -> Vec<&'static str> {
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
    let unknown = |rule: &ShownRule| matches!(rule, ShownRule::Icons { limits, .. } if limits.contains(&Limit::Unknown));
    let icons = facts.rules.iter().any(unknown).then_some("icons that go by a percentile or a formula");
    (!whole).then_some("filters or colour rules").into_iter().chain(icons).collect()
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
                self.rule = Some(Rule::new(tag, fills));
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
    use crate::model::{Icon, Raw};

    fn facts(tail: &str) -> SheetFacts {
        let mut facts = SheetFacts::default();
        let head =
            r#"<worksheet><cols><col min="8" max="9" hidden="1"/></cols><sheetData><row r="1"><c r="A1""#;
        assert!(read(head, tail, &[Some(Rgb::new(0xC0_00_00))], &mut facts).is_empty());
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
    fn rules_that_stop_others_are_seen_and_percentiles_are_told() {
        let mut facts = SheetFacts::default();
        let tail = r#"<conditionalFormatting sqref="C5"><cfRule type="cellIs" priority="1" stopIfTrue="1" operator="equal"><formula>"Red"</formula></cfRule><cfRule type="cellIs" dxfId="0" priority="2" operator="equal"><formula>"Red"</formula></cfRule></conditionalFormatting>
            <conditionalFormatting sqref="D5"><cfRule type="iconSet" priority="3"><iconSet><cfvo type="percent" val="0"/><cfvo type="percentile" val="33"/><cfvo type="percentile" val="67"/></iconSet></cfRule></conditionalFormatting>"#;
        let unseen = read("<sheetData>", tail, &[Some(Rgb::new(0xC0_00_00))], &mut facts);
        assert_eq!(unseen, ["icons that go by a percentile or a formula"]);
        let at = CellRef::parse("C5").expect("an address");
        assert_eq!(facts.shown_fill(at, Some(Raw::Text("Red"))), None);
    }

    #[test]
    fn a_damaged_end_is_told() {
        let mut facts = SheetFacts::default();
        assert!(!read("<worksheet>", "<sheetProtection sheet=\"1\"/><cfRule <", &[], &mut facts).is_empty());
        assert!(facts.protected);
    }
}
