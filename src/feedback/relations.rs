//! What a part points to.

use super::Unfit;
use super::rewrite::{append, visit};
use super::tokens::{escape, value};
use crate::read::target;

/// The most relations of one part.
const MOST: usize = 50_000;

/// One relation.
#[derive(Debug, Clone)]
pub(super) struct Relation {
    pub(super) id: String,
    pub(super) kind: String,
    /// The name of the part that it leads to, if that is in the package.
    pub(super) target: Option<String>,
}

/// The relations of a part.
pub(super) struct Relations {
    xml: Vec<u8>,
    pub(super) all: Vec<Relation>,
    pub(super) changed: bool,
}

const EMPTY: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>"
);

/// The name of the part that holds a part's relations.
pub(super) fn name_of(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, file)) => format!("{folder}/_rels/{file}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

impl Relations {
    /// Those of `part`; `xml` is what the package has of them.
    pub(super) fn read(part: &str, xml: Option<Vec<u8>>) -> Result<Self, Unfit> {
        let xml = xml.unwrap_or_else(|| EMPTY.as_bytes().to_vec());
        let mut all = Vec::new();
        visit(&xml, |piece| {
            if piece.begins(&["Relationships", "Relationship"]) {
                let text = |name| value(piece.bytes, name).unwrap_or_default();
                let inside = text("TargetMode") != "External";
                let target = inside.then(|| target(part, &text("Target")));
                if all.len() == MOST {
                    return Err(Unfit::Unusual("it has too many parts"));
                }
                all.push(Relation { id: text("Id"), kind: text("Type"), target });
            }
            Ok(())
        })?;
        Ok(Self { xml, all, changed: false })
    }

    /// Those of this kind.
    pub(super) fn of_kind(&self, kind: &str) -> impl Iterator<Item = &Relation> {
        self.all.iter().filter(move |relation| relation.kind.rsplit('/').next() == Some(kind))
    }

    /// Adds one and gives its identifier.
    pub(super) fn add(&mut self, kind: String, target: &str) -> Result<String, Unfit> {
        let free = |id: &String| self.all.iter().all(|relation| relation.id != *id);
        let id = (1..=self.all.len() + 1).map(|number| format!("rIdFix{number}")).find(free);
        let id = id.ok_or(Unfit::Unusual("its parts cannot be tied together"))?;
        let place = escape(&format!("/{target}"));
        self.xml = append(&self.xml, "Relationships", |p| {
            format!("<{p}Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{place}\"/>")
        })?;
        self.all.push(Relation { id: id.clone(), kind, target: Some(target.to_owned()) });
        self.changed = true;
        Ok(id)
    }

    pub(super) fn into_xml(self) -> Vec<u8> {
        self.xml
    }
}
