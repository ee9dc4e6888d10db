//! The elements of an XML part, with their attributes and the text right inside them.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// One element.
#[derive(Debug, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) text: String,
}

impl Element {
    /// The value of an attribute, whatever its prefix.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known.rsplit(':').next() == Some(name));
        found.map(|(_, value)| value.as_str())
    }
}

/// Every element of a part, in order.
pub(crate) fn elements(part: &str, xml: &str) -> Vec<Element> {
    let mut reader = Reader::from_str(xml);
    let (mut all, mut open): (Vec<Element>, Vec<usize>) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{part}: {error}")) {
            Event::Start(tag) => {
                open.push(all.len());
                all.push(element(part, &tag));
            }
            Event::Empty(tag) => all.push(element(part, &tag)),
            Event::End(_) => drop(open.pop()),
            Event::Text(text) => add(&mut all, &open, text.as_ref()),
            Event::CData(text) => add(&mut all, &open, text.as_ref()),
            Event::GeneralRef(name) => {
                let entity = format!("&{};", name.as_ref() as &str);
                add(&mut all, &open, &quick_xml::escape::unescape(&entity).unwrap());
            }
            Event::DocType(_) => panic!("{part} declares entities"),
            Event::Eof => return all,
            _ => {}
        }
    }
}

fn add(all: &mut [Element], open: &[usize], text: &str) {
    if let Some(at) = open.last() {
        all[*at].text.push_str(text);
    }
}

fn element(part: &str, tag: &BytesStart<'_>) -> Element {
    let attribute = |found: Result<quick_xml::events::attributes::Attribute<'_>, _>| {
        let found = found.unwrap_or_else(|error| panic!("{part}: {error}"));
        let value = quick_xml::escape::unescape(&found.value).unwrap().into_owned();
        (found.key.as_ref().to_owned(), value)
    };
    Element {
        name: tag.local_name().as_ref().to_owned(),
        attributes: tag.attributes().map(attribute).collect(),
        text: String::new(),
    }
}
