//! What is said about mistakes in a settings file, in words.

use super::document::Taken;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Upper and lower case, spaces and punctuation left aside.
pub(crate) fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The known name that was most probably meant.
pub(crate) fn nearest<'k>(given: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let wanted = folded(given);
    if wanted.is_empty() || given.len() > 200 {
        return None;
    }
    let allowed = (wanted.chars().count() / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for name in known {
        let candidate = folded(name);
        if candidate == wanted {
            return Some(name);
        }
        let mut distance = strsim::damerau_levenshtein(&wanted, &candidate);
        if distance > allowed && is_part(&wanted, &candidate) {
            distance = allowed;
        }
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}

/// True if one of two names of four letters or more begins or ends with the other.
fn is_part(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    short.len() >= 4 && (long.starts_with(short) || long.ends_with(short))
}

/// `Did you mean …?`, or else the names that there are.
pub(crate) fn hint(given: &str, known: &[&str]) -> Option<String> {
    match nearest(given, known.iter().copied()) {
        Some(name) => Some(format!("Did you mean `{name}`?")),
        None => one_of(known),
    }
}

/// The names that there are, if they are few enough to read.
fn one_of(known: &[&str]) -> Option<String> {
    let mut once: Vec<&str> = Vec::with_capacity(known.len());
    for name in known.iter().filter(|name| !name.is_empty()) {
        if !once.contains(name) {
            once.push(name);
        }
    }
    match once.as_slice() {
        [only] => Some(format!("It can only be `{only}`.")),
        [first @ .., last] if once.len() <= 24 => {
            let first: Vec<String> = first.iter().map(|name| format!("`{name}`")).collect();
            Some(format!("It can be {} or `{last}`.", first.join(", ")))
        }
        _ => None,
    }
}

/// What a value is called.
pub(crate) fn holds(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a group of properties",
    }
}

/// What is said about a property that could not be read.
pub(crate) struct Told {
    /// What is wrong.
    pub(crate) message: String,
    /// What to do.
    pub(crate) hint: Option<String>,
    /// The property that was meant.
    pub(crate) meant: Option<String>,
}

/// Puts what serde says about a property into words.
pub(crate) fn structure(said: &str, taken: Option<&Taken>) -> Told {
    let name = taken.map_or("This", |taken| taken.name.as_str());
    let plain = |message: String, hint: Option<String>| Told { message, hint, meant: None };
    if let Some((given, known)) = unknown(said, "unknown field ") {
        let meant = nearest(given, known.iter().copied()).map(str::to_owned);
        let within = within(taken.map_or("", |taken| taken.within.as_str()));
        let hint = moved(given, &known).or_else(|| hint(given, &known));
        return Told { message: format!("`{given}` is not a property of {within}."), hint, meant };
    }
    if let Some((given, known)) = unknown(said, "unknown variant ") {
        return plain(format!("`{name}` cannot be \"{given}\"."), hint(given, &known));
    }
    let expected = said.rsplit_once("expected ").map_or("", |(_, expected)| expected);
    let found = taken.map_or("this", |taken| taken.holds);
    let wanted = wanted(expected);
    if said.starts_with("invalid type") {
        return plain(format!("`{name}` must be {wanted}, not {found}."), None);
    }
    if said.starts_with("invalid value") {
        return plain(format!("`{name}` must be {wanted}."), None);
    }
    if said.starts_with("wanted ") {
        return plain(format!("`{name}` must be text in quotes, not {found}."), None);
    }
    plain(format!("`{name}`: {said}."), None)
}

/// The name given and the names known, from serde's sentence: unknown field, the name, expected one of, the names.
fn unknown<'s>(said: &'s str, start: &str) -> Option<(&'s str, Vec<&'s str>)> {
    let rest = said.strip_prefix(start)?.strip_prefix('`')?;
    let end = rest.find("`, expected ").or_else(|| rest.find("`, there are "))?;
    let (given, rest) = rest.split_at(end);
    let known = rest.split('`').skip(2).step_by(2).collect();
    Some((given, known))
}

/// Properties that are often written one level too high.
fn moved(given: &str, known: &[&str]) -> Option<String> {
    let inside = [
        (
            "constraints",
            &[
                "required",
                "unique",
                "minimum",
                "maximum",
                "exclusiveMinimum",
                "exclusiveMaximum",
                "minLength",
                "maxLength",
                "pattern",
                "enum",
            ] as &[&str],
        ),
        ("money", &["negatives"]),
        ("register", &["key"]),
        ("totals", &["matches", "subtotals"]),
    ];
    inside
        .iter()
        .find(|(holder, names)| known.contains(holder) && !known.contains(&given) && names.contains(&given))
        .map(|(holder, _)| format!("Write it inside `{holder}`: {holder} = {{ {given} = … }}"))
}

/// What the table under some property is called.
pub(crate) fn within(property: &str) -> String {
    match property {
        "" => "the file; it is made of parts such as [schema] and [[table]]".to_owned(),
        "table" => "a table".to_owned(),
        "fields" => "a field".to_owned(),
        "rules" => "a rule".to_owned(),
        "controls" => "a control".to_owned(),
        "list" => "a list".to_owned(),
        "categories" => "a category".to_owned(),
        "output" => "an output".to_owned(),
        "foreignKeys" => "a foreign key".to_owned(),
        "partner" => "a partner".to_owned(),
        "body" => "a body".to_owned(),
        "schema" | "identity" | "round" => format!("[{property}]"),
        other => format!("`{other}`"),
    }
}

/// What serde expects, as people call it.
fn wanted(expected: &str) -> &str {
    match expected {
        "a string" | "a borrowed string" | "string" => "text in quotes",
        "a boolean" => "true or false",
        "a sequence" => "a list in [ ]",
        "a map" => "a group of properties in { }",
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number, 0 or more",
        "i8" | "i16" | "i32" | "i64" => "a whole number",
        other if other.starts_with("struct ") => "a group of properties in { }",
        other => other,
    }
}

/// Properties that always hold further properties.
const GROUPS: [&str; 12] = [
    "schema",
    "identity",
    "register",
    "rates",
    "subheadings",
    "totals",
    "constraints",
    "money",
    "reference",
    "round",
    "severity",
    "tolerance",
];

/// A property that is passed over, and where.
pub(crate) struct Misshaped {
    pub(crate) parent: usize,
    pub(crate) name: String,
    pub(crate) span: Range<usize>,
}

/// Takes out parts that have the wrong number of brackets, which would be read in a misleading way.
pub(crate) fn shapes(root: &mut DeTable<'_>, say: &mut impl FnMut(Misshaped, String, Option<String>)) {
    let mut wrong = Vec::new();
    for (key, value) in root.iter() {
        let name = key.get_ref().as_ref();
        let wanted = match (name, value.get_ref()) {
            ("table" | "list" | "output" | "partner" | "body", DeValue::Table(_)) => format!("[[{name}]]"),
            ("schema" | "identity" | "round" | "severity" | "tolerance", DeValue::Array(_)) => {
                format!("[{name}]")
            }
            _ => continue,
        };
        wrong.push((key.clone(), wanted));
    }
    for (key, wanted) in wrong {
        let message = format!("`{}` has the wrong number of brackets.", key.get_ref());
        let entry = Misshaped { parent: 0, name: key.get_ref().to_string(), span: key.span() };
        root.remove(&key);
        say(entry, message, Some(format!("Write {wanted}.")));
    }
    for (_, value) in root.iter_mut() {
        inner_shapes(value, say);
    }
}

fn inner_shapes(value: &mut Spanned<DeValue<'_>>, say: &mut impl FnMut(Misshaped, String, Option<String>)) {
    let parent = value.span().start;
    match value.get_mut() {
        DeValue::Array(items) => {
            for item in items.iter_mut() {
                inner_shapes(item, say);
            }
        }
        DeValue::Table(table) => {
            let mut wrong: Vec<Spanned<std::borrow::Cow<'_, str>>> = Vec::new();
            for (key, value) in table.iter() {
                if GROUPS.contains(&key.get_ref().as_ref()) && value.get_ref().is_array() {
                    wrong.push(key.clone());
                }
            }
            for key in wrong {
                let name = key.get_ref().to_string();
                let message = format!("`{name}` must be a group of properties in {{ }}, not a list.");
                table.remove(&key);
                say(Misshaped { parent, name, span: key.span() }, message, None);
            }
            for (_, value) in table.iter_mut() {
                inner_shapes(value, say);
            }
        }
        _ => {}
    }
}

/// Puts what the TOML reader says about the writing itself into words.
pub(crate) fn syntax(said: &str, text: &str, span: &Range<usize>) -> (String, Option<String>) {
    let what = said.split(", expected").next().unwrap_or(said);
    let line = line_at(text, span.start);
    match what {
        "duplicate key" => {
            let name = text.get(span.clone()).unwrap_or_default();
            (format!("`{name}` is written twice in one place."), Some("Keep one of the two.".to_owned()))
        }
        "string values must be quoted" if span.is_empty() && line.trim_end().ends_with('=') => {
            ("There is nothing after the `=`.".to_owned(), None)
        }
        "string values must be quoted" => (
            "Text must stand in quotes.".to_owned(),
            Some("Write \"…\" around words; numbers, dates, true and false stand alone.".to_owned()),
        ),
        "invalid basic string" | "invalid multi-line basic string" => {
            ("The text is not closed: a \" is missing at its end.".to_owned(), None)
        }
        "invalid literal string" | "invalid multi-line literal string" => {
            ("The text is not closed: a ' is missing at its end.".to_owned(), None)
        }
        "missing escaped value" => (
            "A \\ inside \"…\" starts a special sign.".to_owned(),
            Some("Write the text in '…' instead, or the \\ twice.".to_owned()),
        ),
        "key with no value" => (
            "A name and its value are joined by `=`.".to_owned(),
            Some("A name of several words is written with capitals (headerRows) or with _.".to_owned()),
        ),
        "unclosed table" | "unclosed array table" => {
            ("A ] is missing after the part's name.".to_owned(), None)
        }
        "unclosed array" => ("The list is not closed: a ] is missing.".to_owned(), None),
        "unclosed inline table" => ("The group is not closed: a } is missing.".to_owned(), None),
        "missing comma between array elements" | "missing comma between key-value pairs" => {
            ("A comma is missing.".to_owned(), None)
        }
        "invalid date" | "invalid datetime" | "invalid time" => (
            "There is no such date.".to_owned(),
            Some("Dates are written year-month-day: 2014-04-18.".to_owned()),
        ),
        other => (format!("This cannot be read: {}.", other.trim_start_matches("invalid ")), None),
    }
}

/// The line around a byte, up to that byte.
fn line_at(text: &str, at: usize) -> &str {
    let before = text.get(..at.min(text.len())).unwrap_or_default();
    before.rsplit('\n').next().unwrap_or_default()
}
