//! What a workbook of ours may hold: nothing hidden, nothing of anybody else's, no person, and text that is text.

use super::look::parts;
use super::xml::{Element, elements};
use std::collections::BTreeMap;

/// What a workbook is judged by.
pub(crate) struct Rules<'a> {
    /// The board, as author.
    pub(crate) board: &'a str,
    /// The marks that it may bear; the longest one first.
    pub(crate) marking: &'a str,
    /// True if every printed title is the sheet's own, which a partner's name may be in a template.
    pub(crate) titled: bool,
}

/// Parts that a workbook is made of: beginning and end of their names. Anything else is not ours.
const PARTS: [(&str, &str); 16] = [
    ("[Content_Types].xml", ""),
    ("_rels/.rels", ""),
    ("docProps/app.xml", ""),
    ("docProps/core.xml", ""),
    ("docProps/custom.xml", ""),
    ("xl/workbook.xml", ""),
    ("xl/_rels/workbook.xml.rels", ""),
    ("xl/styles.xml", ""),
    ("xl/sharedStrings.xml", ""),
    ("xl/theme/theme1.xml", ""),
    ("xl/worksheets/sheet", ".xml"),
    ("xl/worksheets/_rels/sheet", ".xml.rels"),
    ("xl/tables/table", ".xml"),
    ("xl/drawings/drawing", ".xml"),
    ("xl/drawings/_rels/drawing", ".xml.rels"),
    ("xl/charts/chart", ".xml"),
];

/// Functions that our formulas call. None of them reaches outside of the workbook or makes a reference from text.
const FUNCTIONS: [&str; 18] = [
    "ABS",
    "AND",
    "COUNT",
    "COUNTA",
    "COUNTBLANK",
    "COUNTIF",
    "COUNTIFS",
    "IF",
    "ISBLANK",
    "ISNUMBER",
    "LEN",
    "N",
    "OR",
    "ROUND",
    "SUM",
    "SUMIF",
    "SUMPRODUCT",
    "TRIM",
];

/// Everything that is wrong with a workbook, a line each.
pub(crate) fn faults(bytes: &[u8], rules: &Rules<'_>) -> Vec<String> {
    let mut faults = Vec::new();
    let parts = parts(bytes);
    for (name, xml) in &parts {
        let number = |middle: &str| !middle.is_empty() && middle.bytes().all(|byte| byte.is_ascii_digit());
        let ours = PARTS.iter().any(|(start, end)| {
            let rest = name.strip_prefix(start).and_then(|rest| rest.strip_suffix(end));
            rest.is_some_and(|rest| if end.is_empty() { rest.is_empty() } else { number(rest) })
        });
        if !ours {
            faults.push(format!("{name}: no part of a workbook of ours"));
            continue;
        }
        for element in elements(name, xml) {
            faults.extend(hidden(&element).map(|what| format!("{name}: {what}")));
            faults.extend(reaching_out(&element).map(|what| format!("{name}: {what}")));
        }
    }
    faults.extend(properties(&parts, rules));
    for (name, xml) in parts.iter().filter(|(name, _)| name.starts_with("xl/worksheets/sheet")) {
        faults.extend(page(name, xml, &parts, rules));
    }
    faults
}

/// What is wrong with what we put into a copy of a partner's own workbook: our sheet, which comes first.
pub(crate) fn faults_added(bytes: &[u8]) -> Vec<String> {
    let parts = parts(bytes);
    let of = |part: &str| parts.get(part).map(|xml| elements(part, xml)).unwrap_or_default();
    let workbook = of("xl/workbook.xml");
    let Some(first) = workbook.iter().find(|element| element.name == "sheet") else {
        return vec!["no sheet".to_owned()];
    };
    if !first.get("name").is_some_and(|name| name.starts_with("Please fix")) {
        return vec![format!("the first sheet is {:?}", first.get("name"))];
    }
    let relations = of("xl/_rels/workbook.xml.rels");
    let target = relations.iter().find(|relation| relation.get("Id") == first.get("id"));
    let target = target.and_then(|relation| relation.get("Target")).unwrap_or_default();
    let name = format!("xl/{}", target.trim_start_matches("/xl/"));
    let sheet = of(&name);
    let judged = sheet.iter().chain([first]).flat_map(|element| {
        let comments = element.name == "legacyDrawing";
        hidden(element).into_iter().chain(reaching_out(element).filter(|_| !comments))
    });
    let mut faults: Vec<String> = judged.map(|what| format!("{name}: {what}")).collect();
    if sheet.is_empty() {
        faults.push(format!("{name} is not there"));
    }
    faults
}

/// What of an element keeps something from being seen.
fn hidden(element: &Element) -> Option<String> {
    let is = |name: &str| element.get(name).is_some_and(|value| value == "1" || value == "true");
    let what = |what: &str| Some(format!("{what} in <{}>", element.name));
    match element.name.as_str() {
        // Excel keeps the place of a filter under a hidden name of its own; it stands for nothing but cells that are seen.
        "definedName" if element.get("name") == Some("_xlnm._FilterDatabase") => None,
        "definedName" if !matches!(element.get("name"), Some("_xlnm.Print_Titles" | "_xlnm.Print_Area")) => {
            what("a defined name that is not needed")
        }
        "sheet" if element.get("state").is_some_and(|state| state != "visible") => what("a hidden sheet"),
        "workbookView" if element.get("visibility").is_some_and(|seen| seen != "visible") => {
            what("a hidden window")
        }
        "numFmt" if element.get("formatCode").is_some_and(|code| code.starts_with(';')) => {
            what("a format that shows nothing")
        }
        "col"
            if element
                .get("width")
                .is_some_and(|width| width.parse::<f64>().is_ok_and(|width| width < 1.0)) =>
        {
            what("a column without a width")
        }
        "row"
            if element
                .get("ht")
                .is_some_and(|height| height.parse::<f64>().is_ok_and(|height| height < 4.0)) =>
        {
            what("a row without a height")
        }
        // A locked cell whose formula is not shown.
        "protection" | "col" | "row" | "sheet" | "definedName" | "sheetFormatPr" | "autoFilter"
        | "filterColumn"
            if is("hidden") || is("zeroHeight") || is("hiddenButton") =>
        {
            what("something hidden")
        }
        "filter" | "customFilter" | "dynamicFilter" | "top10" => what("a filter in force"),
        "vanish" | "webHidden" => what("hidden words"),
        _ => None,
    }
}

/// What of an element belongs to somebody else, or could fetch or run something.
fn reaching_out(element: &Element) -> Option<String> {
    match element.name.as_str() {
        "Relationship" if element.get("TargetMode") == Some("External") => {
            Some(format!("leads to {:?}", element.get("Target")))
        }
        "externalReference" | "oleObject" | "control" | "ddeLink" | "pivotCache" | "connection"
        | "legacyDrawing" | "picture" => Some(format!("<{}>", element.name)),
        "hyperlink" if element.get("id").is_some() => Some("a link that leads out".to_owned()),
        "f" | "formula" | "formula1" | "formula2" | "calculatedColumnFormula" | "definedName" => {
            formula(&element.text)
        }
        _ => None,
    }
}

/// What is wrong with a formula.
pub(crate) fn formula(text: &str) -> Option<String> {
    // What stands in quotation marks is text or the name of a sheet.
    let mut bare = String::new();
    let mut quote = None;
    for letter in text.chars() {
        match quote {
            Some(mark) if letter == mark => quote = None,
            Some(_) => {}
            None if letter == '"' || letter == '\'' => quote = Some(letter),
            None => bare.push(letter),
        }
    }
    if bare.contains(['[', '|', '{', '\\']) {
        return Some(format!("the formula {text} reaches out"));
    }
    for before in bare.split('(').collect::<Vec<_>>().split_last().map_or(&[][..], |(_, rest)| rest) {
        let start =
            before.rfind(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '.' || letter == '_'));
        let called = start.map_or(*before, |start| &before[start + 1..]);
        if !called.is_empty() && !FUNCTIONS.contains(&called) {
            return Some(format!("the formula {text} calls {called}"));
        }
    }
    None
}

fn properties(parts: &BTreeMap<String, String>, rules: &Rules<'_>) -> Vec<String> {
    let mut faults = Vec::new();
    let of = |part: &str| parts.get(part).map(|xml| elements(part, xml)).unwrap_or_default();
    for element in of("docProps/core.xml") {
        let is_name = matches!(element.name.as_str(), "creator" | "lastModifiedBy");
        if is_name && !element.text.is_empty() && element.text != rules.board {
            faults.push(format!("{} is {:?}", element.name, element.text));
        }
        if element.name == "category" && element.text != rules.marking {
            faults.push(format!("the properties are marked {:?}", element.text));
        }
    }
    for element in of("docProps/app.xml") {
        if element.name == "Manager" || element.name == "Company" && element.text != rules.board {
            faults.push(format!("{} is {:?}", element.name, element.text));
        }
    }
    let named: Vec<Element> =
        of("docProps/custom.xml").into_iter().filter(|e| e.name == "property").collect();
    if named.iter().map(|property| property.get("name")).collect::<Vec<_>>() != [Some("Protective marking")] {
        faults.push(format!("other properties than the marking: {named:?}"));
    }
    faults
}

/// The mark at both edges of the page and in A2, and the sheet's title in the header.
fn page(name: &str, xml: &str, parts: &BTreeMap<String, String>, rules: &Rules<'_>) -> Vec<String> {
    let all = elements(name, xml);
    let edge = |which: &str| all.iter().find(|e| e.name == which).map_or("", |e| e.text.as_str());
    let mut faults = Vec::new();
    for which in ["oddHeader", "oddFooter"] {
        let mark = format!("&\"Arial,Bold\"{}", rules.marking);
        if !edge(which).contains(&mark) {
            faults.push(format!("{name}: no mark in {which}: {}", edge(which)));
        }
    }
    if all
        .iter()
        .any(|e| matches!(e.name.as_str(), "evenHeader" | "firstHeader" | "evenFooter" | "firstFooter"))
    {
        faults.push(format!("{name}: some pages have other edges"));
    }
    let [title, strap] = ["A1", "A2"].map(|at| text_at(at, &all, parts));
    let marked = strap == rules.marking || strap.starts_with(&format!("{} ", rules.marking));
    if !marked {
        faults.push(format!("{name}: A2 does not begin with the mark: {strap}"));
    }
    let printed = edge("oddHeader").split("Regular\"").nth(1).and_then(|rest| rest.split("&R").next());
    let printed = printed.unwrap_or_default().replace("&&", "&");
    if rules.titled && printed != title {
        faults.push(format!("{name}: {printed:?} is printed over {title:?}"));
    }
    faults
}

/// The text of a cell.
fn text_at(at: &str, sheet: &[Element], parts: &BTreeMap<String, String>) -> String {
    let Some(place) = sheet.iter().position(|e| e.name == "c" && e.get("r") == Some(at)) else {
        return String::new();
    };
    let inside =
        |name: &str| sheet[place + 1..].iter().take_while(|e| e.name != "c").find(|e| e.name == name);
    if sheet[place].get("t") == Some("inlineStr") {
        return inside("t").map_or_else(String::new, |e| e.text.clone());
    }
    let number: usize = inside("v").and_then(|e| e.text.parse().ok()).unwrap_or(usize::MAX);
    let shared = elements("strings", &parts["xl/sharedStrings.xml"]);
    let texts: Vec<&Element> = shared.iter().filter(|e| e.name == "t").collect();
    texts.get(number).map_or_else(String::new, |e| e.text.clone())
}
