//! TOML text with the place of everything in it, read so that one mistake does not hide the next.

use super::words;
use crate::error::Mistake;
use serde::de::DeserializeOwned;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// More mistakes than anybody reads at once.
const MOST: usize = 200;

/// One TOML file and where everything stands in it.
#[derive(Debug)]
pub(crate) struct Document {
    path: PathBuf,
    text: Arc<str>,
    root: Node,
    /// Properties that were taken out because they are mistakes already: start of their table, name, name meant.
    removed: Vec<(usize, String, Option<String>)>,
}

#[derive(Debug)]
struct Node {
    span: Range<usize>,
    content: Content,
}

#[derive(Debug)]
enum Content {
    Table(Vec<Entry>),
    Array(Vec<Node>),
    Text,
    Other,
}

#[derive(Debug)]
struct Entry {
    key: String,
    key_span: Range<usize>,
    value: Node,
}

/// A place in a document: a value, or the name of a property.
#[derive(Debug, Clone, Copy)]
pub(crate) struct At<'a> {
    document: &'a Document,
    node: &'a Node,
    start: usize,
    end: usize,
}

impl Document {
    /// The place of the whole document.
    pub(crate) fn root(&self) -> At<'_> {
        At { document: self, node: &self.root, start: self.root.span.start, end: self.root.span.end }
    }

    /// A mistake at some bytes of the text.
    pub(crate) fn mistake(&self, span: Range<usize>, message: String, hint: Option<String>) -> Mistake {
        Mistake { path: self.path.clone(), source: Arc::clone(&self.text), span, message, hint }
    }

    /// The text between two bytes.
    pub(crate) fn text(&self, span: Range<usize>) -> &str {
        self.text.get(span).unwrap_or_default()
    }
}

impl<'a> At<'a> {
    fn value(self, node: &'a Node) -> Self {
        At { document: self.document, node, start: node.span.start, end: node.span.end }
    }

    fn entry(self, name: &str) -> Option<&'a Entry> {
        let Content::Table(entries) = &self.node.content else { return None };
        entries.iter().find(|entry| entry.key == name)
    }

    /// True if the table has this property.
    pub(crate) fn has(self, name: &str) -> bool {
        self.entry(name).is_some()
    }

    /// The value of a property; the table itself if it has none of that name.
    pub(crate) fn get(self, name: &str) -> Self {
        self.entry(name).map_or(self, |entry| self.value(&entry.value))
    }

    /// The name of a property; the table itself if it has none of that name.
    pub(crate) fn name(self, name: &str) -> Self {
        self.entry(name).map_or(self, |entry| At {
            document: self.document,
            node: &entry.value,
            start: entry.key_span.start,
            end: entry.key_span.end,
        })
    }

    /// An element of a list; the value itself if it is not a list.
    pub(crate) fn item(self, index: usize) -> Self {
        match &self.node.content {
            Content::Array(nodes) => nodes.get(index).map_or(self, |node| self.value(node)),
            _ => self,
        }
    }

    /// The bytes of the place.
    pub(crate) fn span(self) -> Range<usize> {
        self.start..self.end
    }

    /// The document that the place is in.
    pub(crate) fn document(self) -> &'a Document {
        self.document
    }

    /// Names of the properties of a table, in file order.
    pub(crate) fn names(self) -> impl Iterator<Item = &'a str> {
        let entries: &[Entry] = match &self.node.content {
            Content::Table(entries) => entries,
            _ => &[],
        };
        entries.iter().map(|entry| entry.key.as_str())
    }

    /// A mistake at this place.
    pub(crate) fn mistake(self, message: impl Into<String>, hint: Option<String>) -> Mistake {
        self.document.mistake(self.start..self.end, message.into(), hint)
    }

    /// Where the characters of a text value start in the file, if nothing in it is written with an escape.
    pub(crate) fn text_start(self, text: &str) -> Option<usize> {
        let Content::Text = self.node.content else { return None };
        let written = self.document.text(self.node.span.clone());
        let offset = written.find(text)?;
        let quotes = written.len().checked_sub(text.len())?;
        (quotes <= 8 && !text.is_empty()).then_some(self.node.span.start + offset)
    }

    /// True if the property was there but is reported already.
    pub(crate) fn is_reported(self, name: &str) -> bool {
        self.document.removed.iter().any(|(start, removed, meant)| {
            *start == self.node.span.start && (removed == name || meant.as_deref() == Some(name))
        })
    }
}

/// Reads a file into `T`. What is wrong is told, left out and passed over, so that everything else is still read.
///
/// # Errors
///
/// The mistakes in writing, if the text is not TOML at all.
pub(crate) fn read<T: DeserializeOwned>(
    path: &Path,
    text: &str,
    mistakes: &mut Vec<Mistake>,
) -> Option<(Document, T)> {
    let source: Arc<str> = Arc::from(text);
    let (mut tree, errors) = DeTable::parse_recoverable(text);
    let say = |span: Range<usize>, message: String, hint: Option<String>| Mistake {
        path: path.to_owned(),
        source: Arc::clone(&source),
        span,
        message,
        hint,
    };
    if !errors.is_empty() {
        for error in errors.iter().take(MOST) {
            let span = error.span().unwrap_or(0..0);
            let (message, hint) = words::syntax(error.message(), text, &span);
            mistakes.push(say(span, message, hint));
        }
        return None;
    }
    let mut removed = Vec::new();
    words::shapes(tree.get_mut(), &mut |entry, message, hint| {
        removed.push((entry.parent, entry.name, None));
        mistakes.push(say(entry.span, message, hint));
    });
    let value = loop {
        let error = match T::deserialize(toml::de::Deserializer::from(tree.clone())) {
            Ok(value) => break value,
            Err(error) => error,
        };
        let span = error.span().unwrap_or_else(|| tree.span());
        let taken = take_out(tree.get_mut(), 0, "", &span);
        let told = words::structure(error.message(), taken.as_ref());
        mistakes.push(say(span, told.message, told.hint));
        let taken = taken?;
        removed.push((taken.parent, taken.name, told.meant));
        if removed.len() >= MOST {
            return None;
        }
    };
    let root = Node { span: 0..0, content: table(tree.get_ref()) };
    Some((Document { path: path.to_owned(), text: source, root, removed }, value))
}

/// A property that was taken out of a document.
pub(crate) struct Taken {
    /// Where its table starts.
    pub(crate) parent: usize,
    /// The property that holds its table: `fields`, `constraints` …
    pub(crate) within: String,
    /// Its name.
    pub(crate) name: String,
    /// What it holds, as people call it.
    pub(crate) holds: &'static str,
}

/// Takes the property out that stands at (or around) a span.
fn take_out(table: &mut DeTable<'_>, start: usize, within: &str, span: &Range<usize>) -> Option<Taken> {
    let mut found = None;
    for (key, value) in table.iter_mut() {
        if key.span() == *span || holds(value, span) {
            found = Some(key.clone());
            break;
        }
        let start = value.span().start;
        match value.get_mut() {
            DeValue::Table(inner) => {
                if let Some(taken) = take_out(inner, start, key.get_ref(), span) {
                    return Some(taken);
                }
            }
            DeValue::Array(items) => {
                for item in items.iter_mut() {
                    let start = item.span().start;
                    if let DeValue::Table(inner) = item.get_mut()
                        && let Some(taken) = take_out(inner, start, key.get_ref(), span)
                    {
                        return Some(taken);
                    }
                }
            }
            _ => {}
        }
    }
    let key = found?;
    let value = table.remove(&key)?;
    Some(Taken {
        parent: start,
        within: within.to_owned(),
        name: key.get_ref().to_string(),
        holds: words::holds(at_fault(&value, span).get_ref()),
    })
}

/// The value at a span: the one given, or the element of a list that stands there.
fn at_fault<'v, 'i>(value: &'v Spanned<DeValue<'i>>, span: &Range<usize>) -> &'v Spanned<DeValue<'i>> {
    match value.get_ref() {
        DeValue::Array(items) if value.span() != *span => {
            items.iter().find(|item| item.span() == *span).map_or(value, |item| at_fault(item, span))
        }
        _ => value,
    }
}

/// True if the value, or an element of it that is no table, stands at the span.
fn holds(value: &Spanned<DeValue<'_>>, span: &Range<usize>) -> bool {
    if value.span() == *span {
        return true;
    }
    match value.get_ref() {
        DeValue::Array(items) => {
            items.iter().any(|item| item.span() == *span || (item.get_ref().is_array() && holds(item, span)))
        }
        DeValue::Table(_) => false,
        _ => value.span().start <= span.start && span.end <= value.span().end && !span.is_empty(),
    }
}

fn table(table: &DeTable<'_>) -> Content {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            key_span: key.span(),
            value: node(value),
        })
        .collect();
    entries.sort_by_key(|entry| entry.key_span.start);
    Content::Table(entries)
}

fn node(value: &Spanned<DeValue<'_>>) -> Node {
    let content = match value.get_ref() {
        DeValue::Table(inner) => table(inner),
        DeValue::Array(items) => Content::Array(items.iter().map(node).collect()),
        DeValue::String(_) => Content::Text,
        _ => Content::Other,
    };
    Node { span: value.span(), content }
}
