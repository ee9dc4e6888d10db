//! TOML to [`Schema`], every mistake at once, with line and column.

mod check;
pub mod condition;
pub(crate) mod document;
mod frictionless;
mod json;
mod offices;
mod rating;
mod raw;
mod resolve;
mod show;
pub mod template;
mod types;
pub(crate) mod words;

pub(crate) use check::check;
pub use frictionless::{asked_of, frictionless};
pub use json::json_schema;
pub(crate) use offices::offices;
pub use rating::Ratings;
pub(crate) use raw::Scalar;
pub(crate) use resolve::{FromCode, parse_tolerance};
pub use show::{fill_record, show_value};
pub use types::*;

/// The names of all kinds of control, in the order in which they are documented.
pub fn kinds_of_control() -> impl Iterator<Item = &'static str> {
    raw::CONTROL_KINDS.iter().map(|entry| entry.name)
}

use crate::error::Mistake;
use raw::RawFile;
use resolve::{Layer, Told, resolve};
use std::path::{Component, Path, PathBuf};

/// How many schemas may extend one another.
const MOST_LAYERS: usize = 16;

/// Loads a schema from its text. `include` fetches the text of a file named by `extends`.
///
/// # Errors
///
/// Every mistake in it, in file order.
pub fn load(
    path: &Path,
    text: &str,
    include: &dyn Fn(&Path) -> std::io::Result<String>,
) -> Result<Schema, Vec<Mistake>> {
    load_with_codes(path, text, include).map(|(schema, _)| schema)
}

/// Loads a schema and the partners' codes that it names, which only a round can look up.
pub(crate) fn load_with_codes(
    path: &Path,
    text: &str,
    include: &dyn Fn(&Path) -> std::io::Result<String>,
) -> Result<(Schema, Vec<FromCode>), Vec<Mistake>> {
    let mut mistakes = Vec::new();
    let layers = layers(path, text, include, &mut mistakes);
    let mut told = Told { mistakes };
    let mut loaded = None;
    if let Some(layers) = layers {
        let (mut schema, codes) = resolve(&layers, &mut told);
        schema.path = path.display().to_string();
        loaded = Some((schema, codes));
    }
    match loaded {
        Some(loaded) if told.mistakes.is_empty() => Ok(loaded),
        _ => Err(in_order(path, told.mistakes)),
    }
}

/// Mistakes in file order: the file itself first, then those that it extends.
fn in_order(path: &Path, mut mistakes: Vec<Mistake>) -> Vec<Mistake> {
    mistakes.sort_by(|one, other| {
        let key = |mistake: &Mistake| (mistake.path != path, mistake.path.clone(), mistake.span.start);
        key(one).cmp(&key(other)).then_with(|| one.message.cmp(&other.message))
    });
    mistakes.dedup();
    mistakes
}

/// The schema's file and those that it extends, the earliest first; `None` if one of them is missing or no TOML.
fn layers(
    path: &Path,
    text: &str,
    include: &dyn Fn(&Path) -> std::io::Result<String>,
    mistakes: &mut Vec<Mistake>,
) -> Option<Vec<Layer>> {
    let mut layers: Vec<Layer> = Vec::new();
    let mut seen = vec![normal(path)];
    let mut next = Some((path.to_owned(), text.to_owned()));
    while let Some((path, text)) = next.take() {
        let (document, raw) = document::read::<RawFile>(&path, &text, mistakes)?;
        check(&raw, document.root(), mistakes);
        let extends = raw.schema.as_ref().and_then(|schema| schema.extends.clone());
        if let Some(extends) = extends.filter(|extends| !extends.is_empty()) {
            let at = document.root().get("schema").get("extends");
            let parent = path.parent().unwrap_or(Path::new("")).join(&extends);
            if seen.contains(&normal(&parent)) || seen.len() >= MOST_LAYERS {
                let message = format!("`{extends}` extends this schema in turn, so there is no first one.");
                mistakes.push(at.mistake(message, None));
                return None;
            }
            match include(&parent) {
                Ok(text) => next = Some((parent.clone(), text)),
                Err(error) => {
                    let message = format!("The schema {} could not be read: {error}.", parent.display());
                    mistakes.push(
                        at.mistake(message, Some("The path starts from this file's folder.".to_owned())),
                    );
                    return None;
                }
            }
            seen.push(normal(&parent));
        }
        layers.push(Layer { document, raw });
    }
    layers.reverse();
    Some(layers)
}

/// A path without `.` and with `..` worked out, so that one file has one name.
pub(crate) fn normal(path: &Path) -> PathBuf {
    let mut parts = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if parts.file_name().is_some() => {
                parts.pop();
            }
            other => parts.push(other),
        }
    }
    parts
}

/// A text as texts are compared that count as blank: small letters, one space between words.
fn fold(text: &str) -> String {
    text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
