//! What a workbook says of itself: who made it, when, with which program.

use super::attached::Words;
use super::audit::attribute;
use super::ooxml::{each_element_of, xml};
use super::package::Package;
use crate::model::{About, Refusal, Unseen, WorkbookFacts};
use quick_xml::events::Event;

pub(super) const MAX_PROPERTIES: usize = 200;

/// Reads what a workbook says of itself.
pub(super) fn about(package: &Package<'_>, facts: &mut WorkbookFacts) {
    for part in ["docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"] {
        if properties(package, part, &mut facts.about).is_err() {
            facts.unseen.push(Unseen::Part("properties of the workbook".to_owned()));
        }
    }
}

fn properties(package: &Package<'_>, part: &str, about: &mut About) -> Result<(), Refusal> {
    let Some(text) = xml(package, part)? else { return Ok(()) };
    let (mut property, mut program, mut version) = (None, None, None);
    let mut words = Words::default();
    each_element_of(&text, |event| {
        match event {
            Event::Start(tag) => {
                if tag.local_name().as_ref() == "property" {
                    property = attribute(tag, "name");
                }
                words = Words::default();
            }
            Event::Text(text) => words.add(text.as_ref()),
            Event::GeneralRef(reference) => words.refer(reference),
            Event::End(tag) => {
                let text = Some(words.take()).filter(|text| !text.is_empty());
                match tag.local_name().as_ref() {
                    "Application" => program = text,
                    "AppVersion" => version = text,
                    "creator" => about.creator = text,
                    "lastModifiedBy" => about.last_modified_by = text,
                    "title" => about.title = text,
                    "Company" => about.company = text,
                    "created" => about.created = text,
                    "modified" => about.modified = text,
                    name @ ("subject" | "description" | "keywords" | "category" | "Manager") => {
                        about.others.extend(text.map(|text| (name.to_owned(), text)));
                    }
                    _ => {
                        if let (Some(name), Some(text)) = (&property, text) {
                            about.others.push((name.clone(), text));
                        }
                    }
                }
            }
            _ => {}
        }
        about.others.len() < MAX_PROPERTIES
    })?;
    if let Some(program) = program {
        about.saved_by = Some(version.map_or(program.clone(), |version| format!("{program} {version}")));
    }
    Ok(())
}
