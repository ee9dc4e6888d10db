//! What stood in a place that may identify a person, in words that repeat nothing of it.

use super::super::Context;
use super::words::list;
use crate::finding::Severity;
use crate::model::{Holder, Origin, PersonalKind, SheetUse, Submission, Sure, Suspect, Suspected};
use crate::schema::Field;
use std::collections::{BTreeMap, BTreeSet};

/// Something that may identify a person, with its cell if it is at one.
pub(in crate::checks) type Found = (Option<Origin>, Suspected);
/// A cell, if it is one, and what of it.
pub(in crate::checks) type Place = (Option<Origin>, Holder);

/// Whether a column's declaration allows what was found: fields of staff hold names and addresses, those of figures numbers.
pub(in crate::checks) fn exempt<'a>(
    cx: &Context<'a>,
    submission: &Submission,
) -> impl Fn(&Found) -> bool + use<'a> {
    let sheets = submission.sheets.iter().flat_map(|sheet| &sheet.beside.suspected.0);
    let asked: BTreeSet<Origin> = sheets.filter_map(|(at, _)| *at).collect();
    let mut fields: BTreeMap<Origin, &'a Field> = BTreeMap::new();
    for table in submission.tables.iter().filter(|_| !asked.is_empty()) {
        let schema = cx.schema(table);
        let totals = table.totals.iter().map(|total| &total.record);
        for record in table.records.iter().chain(totals) {
            let cells = record.cells.iter().map(|cell| cell.at).zip(&schema.fields);
            fields.extend(cells.filter(|(at, _)| asked.contains(at)));
        }
    }
    move |(at, one)| {
        let at = at.filter(|_| matches!(one.holder, Holder::Cell | Holder::Column));
        at.and_then(|at| fields.get(&at)).is_some_and(|field| field.may_hold(one))
    }
}

/// What is said of one place.
pub(in crate::checks) fn message(
    sheet: Option<&SheetUse>,
    (at, holder): Place,
    kinds: &[PersonalKind],
    sure: Sure,
) -> String {
    let what = list(&kinds.iter().map(|kind| kind.with_article()).collect::<Vec<_>>());
    let place = place(sheet, at, holder);
    let one = kinds.len() == 1;
    let it = if one { "it" } else { "them" };
    let named = matches!(
        holder,
        Holder::SheetName
            | Holder::FileName
            | Holder::Property
            | Holder::DefinedName
            | Holder::Link
            | Holder::Remark
    );
    match (sure, holder) {
        (_, Holder::Column) => format!(
            "The column at {place} appears to hold {}. Remove them and send the return again; who a child is does not belong in it.",
            if kinds == [PersonalKind::ChildName] { "names".to_owned() } else { plural(kinds) }
        ),
        (Sure::Strong, _) => format!(
            "{place} appears to contain {what}. Remove {it} and send the return again. We have not copied {it} anywhere."
        ),
        _ if named && kinds.iter().all(|kind| kind.is_identifier()) => format!(
            "{place} may contain {what}. Remove {it} and send the return again. We have not copied {it} anywhere."
        ),
        _ => {
            // The names of sheets and of cells are in every address.
            let held = matches!(holder, Holder::SheetName | Holder::DefinedName)
                && kinds.contains(&PersonalKind::ChildName);
            let held = if held { format!(" We have not copied {it} anywhere.") } else { String::new() };
            format!(
                "{place} may contain {what}. If it belongs to a person, remove {it} and send the return again; if not, say so.{held}"
            )
        }
    }
}

/// How much it matters; what is only possible is told elsewhere.
pub(in crate::checks) fn severity(sure: Sure) -> Severity {
    if sure == Sure::Strong { Severity::Error } else { Severity::Query }
}

/// What is said of a text of the Business Unit's own files.
pub(in crate::checks) fn of_settings(place: &str, suspect: Suspect) -> String {
    let what = suspect.kind.with_article();
    if suspect.sure == Sure::Strong {
        format!("{place}, appears to hold {what}. Take it out. We have not copied it anywhere.")
    } else {
        format!("{place}, may hold {what}. If it belongs to a person, take it out; if not, say so.")
    }
}

/// What is said of names of files that were passed over.
pub(in crate::checks) fn passed_over(kind: PersonalKind, files: usize) -> String {
    let (begin, them) = if files == 1 {
        (format!("The name of a file that was passed over appears to contain {}.", kind.with_article()), "it")
    } else {
        let what = plural(&[kind]);
        (format!("The names of {files} files that were passed over appear to contain {what}."), "them")
    };
    format!(
        "{begin} Rename {them}, or take {them} out of the folder of returns. We have not copied {them} anywhere."
    )
}

fn plural(kinds: &[PersonalKind]) -> String {
    list(&kinds.iter().map(|kind| format!("{}s", kind.words())).collect::<Vec<_>>())
}

/// A place as a sentence begins with it.
fn place(sheet: Option<&SheetUse>, at: Option<Origin>, holder: Holder) -> String {
    let cell = at.map(|at| at.cell.to_string()).unwrap_or_default();
    let name = sheet.map_or("", |sheet| sheet.name.as_str());
    match holder {
        Holder::Cell | Holder::Column => cell,
        Holder::Formula => format!("The formula in {cell}"),
        Holder::Comment => format!("A comment at {cell}"),
        Holder::TextBox => format!("A text box at {cell}"),
        Holder::HeaderFooter => format!("A page header or footer of the sheet {name}"),
        Holder::SheetName => match sheet {
            // The name itself is held back, if it is to be.
            Some(sheet) => format!("The name of this sheet (no. {} from the left)", sheet.sheet.0 + 1),
            None => "The name of this sheet".to_owned(),
        },
        Holder::FileName => "The name of this file".to_owned(),
        Holder::Property => "A property of this file (File, Info, Properties)".to_owned(),
        Holder::DefinedName => "A defined name of this file (Formulas, Name Manager)".to_owned(),
        Holder::Link => "The name of another workbook that formulas of this file refer to".to_owned(),
        Holder::Remark => "A part of this file".to_owned(),
    }
}

/// The first places of one kind, as a sentence begins with them.
pub(in crate::checks) fn places(sheet: Option<&SheetUse>, found: &[&Found]) -> String {
    const SHOWN: usize = 6;
    let mut names: Vec<String> =
        found.iter().take(SHOWN).map(|(at, one)| place(sheet, *at, one.holder)).collect();
    if found.len() > SHOWN {
        names.push(format!("{} more", found.len() - SHOWN));
    }
    list(&names)
}
