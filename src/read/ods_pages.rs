//! Page headers and footers of an `OpenDocument` spreadsheet. They belong to styles of pages, which several sheets share.

use super::attached::Words;
use super::ooxml::{each_element_of, xml};
use super::package::Package;
use crate::model::Refusal;
use quick_xml::events::Event;

/// Texts of headers and footers that are kept.
const MAX_TEXTS: usize = 64;

/// The texts of all page headers and footers.
pub(super) fn texts(package: &Package<'_>) -> Result<Vec<String>, Refusal> {
    let mut found = Vec::new();
    let Some(text) = xml(package, "styles.xml")? else { return Ok(found) };
    let mut words: Option<Words> = None;
    each_element_of(&text, |event| {
        match event {
            Event::Start(tag) if is_page_text(tag.local_name().as_ref()) => words = Some(Words::default()),
            Event::End(tag) if is_page_text(tag.local_name().as_ref()) => {
                let text = words.take().map(|mut words| words.take()).unwrap_or_default();
                found.extend(Some(text).filter(|text| !text.is_empty()));
            }
            Event::End(tag) if matches!(tag.local_name().as_ref(), "p" | "region-left" | "region-center") => {
                add(&mut words, "\n");
            }
            Event::Start(tag) | Event::Empty(tag)
                if matches!(tag.local_name().as_ref(), "s" | "tab" | "line-break") =>
            {
                add(&mut words, " ");
            }
            Event::Text(text) => add(&mut words, text.as_ref()),
            Event::GeneralRef(reference) => {
                if let Some(words) = &mut words {
                    words.refer(reference);
                }
            }
            _ => {}
        }
        found.len() < MAX_TEXTS
    })?;
    Ok(found)
}

fn add(words: &mut Option<Words>, text: &str) {
    if let Some(words) = words {
        words.add(text);
    }
}

fn is_page_text(name: &str) -> bool {
    matches!(name, "header" | "header-left" | "header-first" | "footer" | "footer-left" | "footer-first")
}
