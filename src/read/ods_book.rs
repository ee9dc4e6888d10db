//! What belongs to the whole of an `OpenDocument` spreadsheet: names, filters, other workbooks, properties, calculation.

use super::about::MAX_PROPERTIES;
use super::attached::{MAX_LINKS, MAX_NAMES, Words};
use super::audit::attribute;
use super::ods_rules::{area, sheet_of};
use super::ooxml::{clean_name, each_element_of, xml};
use super::open_formula::plain_formula;
use super::package::Package;
use crate::model::{About, DefinedName, Filter, Refusal, Unseen, Workbook, WorkbookFacts};
use quick_xml::events::{BytesStart, Event};

/// Filters of a workbook that are looked at.
const MAX_FILTERS: usize = 2_000;

/// What is gathered while the sheets are read.
#[derive(Default)]
pub(super) struct Book {
    facts: WorkbookFacts,
    /// Filters with the names of their sheets.
    filters: Vec<(String, Filter)>,
    filter: Option<(String, Filter)>,
    /// True if there are more than are kept.
    filters_full: bool,
}

impl Book {
    /// Takes in an opening tag; one that is none of these things changes nothing. `sheet` is the sheet that is being read.
    pub(super) fn open(&mut self, tag: &BytesStart<'_>, sheet: Option<&str>) {
        let words = |name: &str| attribute(tag, name);
        match tag.local_name().as_ref() {
            "named-range" => {
                let area = words("cell-range-address").unwrap_or_default();
                self.name(words("name"), sheet, &format!("=[{area}]"));
            }
            "named-expression" => {
                self.name(words("name"), sheet, &words("expression").unwrap_or_default());
            }
            "database-range" => {
                let target = words("target-range-address").unwrap_or_default();
                let (of, area) = (sheet_of(&target), area(&target));
                let buttons = words("display-filter-buttons").as_deref() == Some("true");
                let filter = of.zip(area).map(|(of, area)| (of, Filter { area, active: false }));
                // Without buttons it is a name for an area, unless it has a condition.
                if let Some(filter) = filter.clone().filter(|_| buttons) {
                    self.keep_filter(filter);
                }
                self.filter = filter;
            }
            "filter-condition" => {
                if let Some((of, filter)) = self.filter.take() {
                    self.keep_filter((of, Filter { active: true, ..filter }));
                }
            }
            "table-source" => self.link(&words("href").unwrap_or_default()),
            _ => {}
        }
    }

    fn name(&mut self, name: Option<String>, sheet: Option<&str>, expression: &str) {
        if self.facts.names.len() < MAX_NAMES {
            let name = clean_name(&name.unwrap_or_default());
            // What Excel's own names become on their way through an old workbook.
            let own = ["Excel_BuiltIn_", "_xlnm_"].iter().find_map(|prefix| name.strip_prefix(prefix));
            self.facts.names.push(DefinedName {
                name: own.map_or_else(|| name.clone(), |own| format!("_xlnm.{own}")),
                sheet: sheet.map(str::to_owned),
                refers_to: plain_formula(expression),
            });
        }
    }

    fn keep_filter(&mut self, filter: (String, Filter)) {
        if self.filters.len() < MAX_FILTERS {
            self.filters.push(filter);
        } else {
            self.filters_full = true;
        }
    }

    /// Notes the other workbooks that a formula, or the name of a copied sheet, speaks of: `'file:///x/Last year.ods'#…`.
    pub(super) fn links_of(&mut self, text: &str) {
        for (mark, _) in text.match_indices("'#").take(MAX_LINKS) {
            if let Some((_, address)) = text[..mark].rsplit_once('\'') {
                self.link(address);
            }
        }
    }

    fn link(&mut self, address: &str) {
        let name = address.rsplit(['/', '\\']).next().unwrap_or(address).replace("%20", " ");
        let name = clean_name(&name);
        if !name.is_empty() && !self.facts.links.contains(&name) && self.facts.links.len() < MAX_LINKS {
            self.facts.links.push(name);
        }
    }

    /// Gives the workbook what was gathered and what the other parts say.
    pub(super) fn finish(self, package: &Package<'_>, workbook: &mut Workbook) {
        for (of, filter) in self.filters {
            let of = clean_name(&of);
            let sheet = workbook.sheets.iter_mut().find(|sheet| sheet.name == of);
            if let Some(known) = sheet.map(|sheet| &mut sheet.facts.filter)
                && known.is_none_or(|known| !known.active)
            {
                *known = Some(filter);
            }
        }
        let mut facts = self.facts;
        facts.unseen = std::mem::take(&mut workbook.facts.unseen);
        if facts.names.len() >= MAX_NAMES || facts.links.len() >= MAX_LINKS {
            let what = "some of the defined names or links of the workbook";
            facts.unseen.push(Unseen::Part(what.to_owned()));
        }
        if self.filters_full {
            facts.unseen.push(Unseen::Part("some of the filters of the workbook".to_owned()));
        }
        if properties(package, &mut facts.about).is_err() {
            facts.unseen.push(Unseen::Part("properties of the workbook".to_owned()));
        } else if facts.about.others.len() >= MAX_PROPERTIES {
            facts.unseen.push(Unseen::Part("some of the properties of the workbook".to_owned()));
        }
        match is_manual(package) {
            Ok(manual) => facts.manual_calculation = manual,
            Err(_) => facts.unseen.push(Unseen::Part("settings of the workbook".to_owned())),
        }
        workbook.facts = facts;
    }
}

fn properties(package: &Package<'_>, about: &mut About) -> Result<(), Refusal> {
    let Some(text) = xml(package, "meta.xml")? else { return Ok(()) };
    let mut own = None;
    let mut words = Words::default();
    each_element_of(&text, |event| {
        match event {
            Event::Start(tag) => {
                own = attribute(tag, "name").filter(|_| tag.local_name().as_ref() == "user-defined");
                words = Words::default();
            }
            Event::Text(text) => words.add(text.as_ref()),
            Event::GeneralRef(reference) => words.refer(reference),
            Event::End(tag) => {
                let Some(text) = Some(words.take()).filter(|text| !text.is_empty()) else { return true };
                match tag.local_name().as_ref() {
                    "generator" => about.saved_by = Some(program(&text)),
                    "initial-creator" => about.creator = Some(text),
                    "creator" => about.last_modified_by = Some(text),
                    "title" => about.title = Some(text),
                    "creation-date" => about.created = Some(text),
                    "date" => about.modified = Some(text),
                    "user-defined" if own.as_deref() == Some("Company") => about.company = Some(text),
                    "user-defined" => {
                        about.others.extend(own.take().map(|name| (name, text)));
                    }
                    name @ ("subject" | "description" | "keyword") => {
                        about.others.push((name.to_owned(), text));
                    }
                    _ => {}
                }
            }
            _ => {}
        }
        about.others.len() < MAX_PROPERTIES
    })
}

/// `LibreOffice/7.4.7.2$Linux_X86_64 …` is LibreOffice 7.4.7.2.
fn program(generator: &str) -> String {
    generator.split(['$', ' ']).next().unwrap_or(generator).replace('/', " ")
}

fn is_manual(package: &Package<'_>) -> Result<bool, Refusal> {
    let Some(text) = xml(package, "settings.xml")? else { return Ok(false) };
    let (mut asked, mut manual) = (false, false);
    each_element_of(&text, |event| {
        match event {
            Event::Start(tag) => asked = attribute(tag, "name").as_deref() == Some("AutoCalculate"),
            Event::Text(text) if asked => manual = text.as_ref().trim() == "false",
            _ => asked = false,
        }
        true
    })?;
    Ok(manual)
}
