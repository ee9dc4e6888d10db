//! A page taken apart: its tags, the rules that they must keep, and its words.

use std::collections::{BTreeMap, BTreeSet};

/// One tag.
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) is_end: bool,
    pub(crate) attributes: BTreeMap<String, String>,
    /// What stands between it and the next tag, references resolved.
    pub(crate) text: String,
}

/// Elements without an end.
const EMPTY: [&str; 4] = ["!doctype", "meta", "input", "br"];

/// Every tag of a page, in order.
pub(crate) fn tags(page: &str) -> Vec<Tag> {
    let mut tags: Vec<Tag> = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        let (inside, after) = rest[at + 1..].split_once('>').expect("a tag ends");
        let is_end = inside.starts_with('/');
        let inside = inside.trim_start_matches('/').trim_end_matches('/');
        let (name, attributes) = inside.split_once(' ').unwrap_or((inside, ""));
        let name = name.to_lowercase();
        // What is in a style or a script is no tag.
        let end = match name.as_str() {
            "style" | "script" if !is_end => after.find(&format!("</{name}>")).expect("it ends"),
            _ => after.find('<').unwrap_or(after.len()),
        };
        let text = resolved(&after[..end]);
        tags.push(Tag { name, is_end, attributes: attributes_of(attributes), text });
        rest = &after[end..];
    }
    tags
}

fn attributes_of(mut rest: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    while let Some(name) = rest.trim_start().split(['=', ' ']).next().filter(|name| !name.is_empty()) {
        rest = &rest.trim_start()[name.len()..];
        let value = match rest.strip_prefix("=\"") {
            Some(quoted) => {
                let (value, after) = quoted.split_once('"').expect("a value ends");
                rest = after;
                resolved(value)
            }
            None => String::new(),
        };
        assert!(found.insert(name.to_owned(), value).is_none(), "{name} twice");
    }
    found
}

fn resolved(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    text.replace("&#8288;", "").replace("&amp;", "&")
}

/// Every rule that a page breaks.
pub(crate) fn mistakes(page: &str) -> Vec<String> {
    let tags = tags(page);
    let mut wrong = nesting(&tags);
    let starts: Vec<&Tag> = tags.iter().filter(|tag| !tag.is_end).collect();
    wrong.extend(names(&starts));
    wrong.extend(headings(&starts));
    wrong.extend(tables(&tags));
    for tag in &starts {
        for (name, value) in &tag.attributes {
            let is_fetched =
                ["src", "srcset", "data", "action", "poster", "background"].contains(&name.as_str());
            let leads_out = name == "href" && !value.starts_with('#');
            if name.starts_with("on") || name == "style" || is_fetched || leads_out {
                wrong.push(format!("<{}> has {name}=\"{value}\"", tag.name));
            }
        }
    }
    if ["link", "iframe", "object", "embed", "img", "base", "form", "use", "image"]
        .iter()
        .any(|name| starts.iter().any(|tag| tag.name == *name))
    {
        wrong.push("an element that fetches".to_owned());
    }
    let own: String = starts
        .iter()
        .filter(|tag| ["style", "script"].contains(&tag.name.as_str()))
        .map(|tag| tag.text.as_str())
        .collect();
    for word in ["url(", "@import", "http:", "https:", "fetch(", "eval(", "innerHTML", "XMLHttpRequest"] {
        if own.contains(word) {
            wrong.push(format!("style or script has {word}"));
        }
    }
    if !page.contains("default-src 'none'; style-src 'sha256-") || page.contains("unsafe") {
        wrong.push("no policy that lets only its own style and script through".to_owned());
    }
    wrong
}

fn nesting(tags: &[Tag]) -> Vec<String> {
    let mut open: Vec<&str> = Vec::new();
    let mut wrong = Vec::new();
    let mut in_svg = false;
    for tag in tags {
        in_svg = if tag.name == "svg" { !tag.is_end } else { in_svg };
        let is_shape = in_svg && ["rect", "line"].contains(&tag.name.as_str());
        if EMPTY.contains(&tag.name.as_str()) || is_shape {
            continue;
        }
        if !tag.is_end {
            open.push(&tag.name);
        } else if open.pop() != Some(tag.name.as_str()) {
            wrong.push(format!("</{}> ends what is not open", tag.name));
        }
    }
    wrong.extend(open.iter().map(|name| format!("<{name}> has no end")));
    wrong
}

/// Names are there once, and what is named is there.
fn names(starts: &[&Tag]) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut ids = BTreeSet::new();
    for id in starts.iter().filter_map(|tag| tag.attributes.get("id")) {
        if !ids.insert(id.as_str()) {
            wrong.push(format!("id {id} twice"));
        }
    }
    for tag in starts {
        let own = |name: &str| tag.attributes.get(name).map(|value| value.trim_start_matches('#'));
        for named in ["for", "aria-labelledby", "href"].into_iter().filter_map(own) {
            if !ids.contains(named) {
                wrong.push(format!("<{}> leads to {named}, which is not there", tag.name));
            }
        }
        if ["input", "select"].contains(&tag.name.as_str()) {
            let id = own("id").unwrap_or_default();
            if !starts.iter().any(|label| label.attributes.get("for").is_some_and(|named| named == id)) {
                wrong.push(format!("{id} has no label"));
            }
        }
    }
    for landmark in ["header", "main", "footer", "nav", "h1", "title"] {
        let times = starts.iter().filter(|tag| tag.name == landmark).count();
        if times != 1 {
            wrong.push(format!("<{landmark}> {times} times"));
        }
    }
    if starts
        .iter()
        .find(|tag| tag.name == "html")
        .and_then(|tag| tag.attributes.get("lang"))
        .is_none_or(|lang| lang != "en-GB")
    {
        wrong.push("no language".to_owned());
    }
    wrong
}

fn headings(starts: &[&Tag]) -> Vec<String> {
    let level = |tag: &&Tag| tag.name.strip_prefix('h').and_then(|digit| digit.parse::<u8>().ok());
    let levels: Vec<u8> = starts.iter().filter_map(level).collect();
    let jumps = levels.windows(2).filter(|pair| pair[1] > pair[0] + 1);
    let mut wrong: Vec<String> = jumps.map(|pair| format!("h{} after h{}", pair[1], pair[0])).collect();
    if levels.first() != Some(&1) {
        wrong.push("the first heading is not the first level".to_owned());
    }
    wrong
}

/// Every table has a caption, headings with a scope, and as many cells in a row as it has headings.
fn tables(tags: &[Tag]) -> Vec<String> {
    let mut wrong = Vec::new();
    let (mut wide, mut cells, mut captions, mut seen) = (0, 0, 0, 0);
    for tag in tags {
        match (tag.name.as_str(), tag.is_end) {
            ("table", false) => (wide, seen) = (0, seen + 1),
            ("caption", false) => captions += 1,
            ("th", false) if !tag.attributes.contains_key("scope") => {
                wrong.push("a heading without a scope".to_owned());
            }
            _ => {}
        }
        match (tag.name.as_str(), tag.is_end) {
            ("th" | "td", false) => cells += 1,
            ("tr", false) => cells = 0,
            ("tr", true) if wide == 0 => wide = cells,
            ("tr", true) if wide != cells => wrong.push(format!("{cells} cells under {wide} headings")),
            _ => {}
        }
    }
    if captions != seen {
        wrong.push(format!("{captions} captions for {seen} tables"));
    }
    wrong
}

/// The words of a page without its style and script: a line for each block, the cells of a row beside each other.
pub(crate) fn words(page: &str) -> String {
    const BLOCKS: [&str; 17] = [
        "p",
        "li",
        "h1",
        "h2",
        "h3",
        "tr",
        "caption",
        "figcaption",
        "dt",
        "dd",
        "title",
        "nav",
        "section",
        "ul",
        "span",
        "option",
        "label",
    ];
    let mut lines = String::new();
    let mut in_row = false;
    for tag in tags(page)
        .iter()
        .filter(|tag| tag.is_end || !["style", "script", "text"].contains(&tag.name.as_str()))
    {
        in_row = if tag.name == "tr" { !tag.is_end } else { in_row };
        match tag.name.as_str() {
            "th" | "td" if !tag.is_end => lines.push_str(if lines.ends_with('\n') { "| " } else { " | " }),
            "h1" | "h2" | "h3" if !tag.is_end => {
                lines.push_str("\n\n");
                lines.push_str(&"#".repeat(tag.name[1..].parse().unwrap_or(1)));
                lines.push(' ');
            }
            "span" | "p" if in_row => lines.push(' '),
            "span" | "strong" | "b" | "a" => {}
            name if BLOCKS.contains(&name) => lines.push('\n'),
            _ => {}
        }
        if tag.name == "rect" || tag.name == "svg" {
            continue;
        }
        lines.push_str(tag.text.trim_matches('\n'));
    }
    let mut kept = String::new();
    for line in lines.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")) {
        if !(line.is_empty() && (kept.ends_with("\n\n") || kept.is_empty())) {
            kept.push_str(&line);
            kept.push('\n');
        }
    }
    // An empty line stands before a heading only.
    let lines: Vec<&str> = kept.lines().collect();
    let keep = |place: &usize| {
        !lines[*place].is_empty() || lines.get(place + 1).is_some_and(|next| next.starts_with('#'))
    };
    (0..lines.len()).filter(keep).flat_map(|place| [lines[place], "\n"]).collect()
}
