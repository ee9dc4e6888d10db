//! A package taken apart, without any of the program's own code.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

pub(crate) struct Package {
    pub(crate) parts: BTreeMap<String, Part>,
}

pub(crate) struct Part {
    /// As it lies in the package.
    pub(crate) packed: Vec<u8>,
    pub(crate) plain: Vec<u8>,
}

impl Part {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.plain.clone()).unwrap()
    }
}

impl Package {
    pub(crate) fn open(bytes: &[u8]) -> Self {
        let mut from = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut parts = BTreeMap::new();
        for place in 0..from.len() {
            let (mut packed, mut plain) = (Vec::new(), Vec::new());
            from.by_index_raw(place).unwrap().read_to_end(&mut packed).unwrap();
            let mut file = from.by_index(place).unwrap();
            file.read_to_end(&mut plain).unwrap();
            let name = file.name().unwrap().into_owned();
            if !file.is_dir() {
                assert!(parts.insert(name.clone(), Part { packed, plain }).is_none(), "{name} twice");
            }
        }
        Self { parts }
    }

    pub(crate) fn text(&self, part: &str) -> String {
        self.parts.get(part).unwrap_or_else(|| panic!("no {part}")).text()
    }

    /// What a part points to: identifier, kind, name of the part.
    pub(crate) fn relations(&self, part: &str) -> Vec<(String, String, String)> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = if folder.is_empty() {
            format!("_rels/{file}.rels")
        } else {
            format!("{folder}/_rels/{file}.rels")
        };
        let Some(rels) = self.parts.get(&name) else { return Vec::new() };
        let inside = |tag: &Tag| {
            tag.name() == "Relationship" && tag.get("TargetMode").is_none_or(|mode| mode != "External")
        };
        tags(&rels.text())
            .filter(inside)
            .map(|tag| {
                let target = tag.get("Target").unwrap();
                let mut path: Vec<&str> =
                    if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
                for step in target.split('/') {
                    match step {
                        "" | "." => {}
                        ".." => drop(path.pop()),
                        step => path.push(step),
                    }
                }
                path.retain(|step| !step.is_empty());
                (tag.get("Id").unwrap().to_owned(), tag.get("Type").unwrap().to_owned(), path.join("/"))
            })
            .collect()
    }

    /// The main document.
    pub(crate) fn document(&self) -> String {
        let all = self.relations("");
        all.into_iter().find(|(_, kind, _)| kind.ends_with("/officeDocument")).unwrap().2
    }

    /// The parts of the worksheets, from left to right.
    pub(crate) fn sheets(&self) -> Vec<String> {
        let document = self.document();
        let relations = self.relations(&document);
        tags(&self.text(&document))
            .filter(|tag| tag.name() == "sheet")
            .filter_map(|tag| {
                let id = tag.local("id").unwrap();
                let (_, kind, part) = relations.iter().find(|(own, _, _)| *own == id)?;
                kind.ends_with("/worksheet").then(|| part.clone())
            })
            .collect()
    }
}

/// A tag's name and attributes, in the order in which they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tag {
    full: String,
    pub(crate) attributes: Vec<(String, String)>,
}

impl Tag {
    pub(crate) fn name(&self) -> &str {
        self.full.rsplit(':').next().unwrap()
    }

    /// With its prefix.
    pub(crate) fn full_name(&self) -> &str {
        &self.full
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn local(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(own, _)| own.rsplit(':').next() == Some(name))
            .map(|(_, value)| value.as_str())
    }

    pub(crate) fn without(&self, names: &[&str]) -> Self {
        let kept = self.attributes.iter().filter(|(own, _)| !names.contains(&own.as_str()));
        Self { full: self.full.clone(), attributes: kept.cloned().collect() }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    Open(Tag),
    Close(String),
    Text(String),
}

/// A text of XML in pieces; an empty element is one that opens and closes.
pub(crate) fn pieces(text: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        if start > 0 {
            found.push(Piece::Text(rest[..start].to_owned()));
        }
        rest = &rest[start..];
        let ends = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")];
        if let Some((_, end)) = ends.iter().find(|(begin, _)| rest.starts_with(begin)) {
            let end = rest.find(end).unwrap() + end.len();
            found.push(Piece::Text(rest[..end].to_owned()));
            rest = &rest[end..];
            continue;
        }
        let mut quote = None;
        let end = rest.bytes().position(|byte| {
            match (quote, byte) {
                (None, b'"' | b'\'') => quote = Some(byte),
                (Some(open), byte) if open == byte => quote = None,
                _ => {}
            }
            quote.is_none() && byte == b'>'
        });
        let end = end.expect("a tag has an end");
        let inside = &rest[1..end];
        rest = &rest[end + 1..];
        if let Some(name) = inside.strip_prefix('/') {
            found.push(Piece::Close(name.trim().to_owned()));
            continue;
        }
        let body = inside.strip_suffix('/').unwrap_or(inside);
        let full = body.split_ascii_whitespace().next().unwrap().to_owned();
        let mut attributes = Vec::new();
        let mut left = body[full.len()..].trim_start();
        while let Some((name, after)) = left.split_once('=') {
            let after = after.trim_start();
            let quote = after.chars().next().unwrap();
            let (value, after) = after[1..].split_once(quote).unwrap();
            attributes.push((name.trim().to_owned(), value.to_owned()));
            left = after.trim_start();
        }
        found.push(Piece::Open(Tag { full: full.clone(), attributes }));
        if body.len() < inside.len() {
            found.push(Piece::Close(full));
        }
    }
    if !rest.is_empty() {
        found.push(Piece::Text(rest.to_owned()));
    }
    found
}

pub(crate) fn tags(text: &str) -> impl Iterator<Item = Tag> {
    pieces(text).into_iter().filter_map(|piece| match piece {
        Piece::Open(tag) => Some(tag),
        _ => None,
    })
}
