//! Reads one file and notes what is seen.

use super::record::{ColumnSeen, FileSeen, SheetSeen, TableSeen};
use super::{beside, headings};
use crate::cli::input::FileInput;
use crate::model::{
    CellRef, FileId, Heading, Layout, Match, Oddity, Refusal, RowRole, Sheet, Visibility, Workbook,
};
use crate::pipeline::{self, Input as _};
use crate::privacy::Rules;
use crate::read::Portion;
use crate::report::clean;
use crate::schema::{Field, Schema, TableSchema};
use crate::{checks, locate};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What is seen in one file; with a schema, also how its tables are read.
pub(super) fn file(input: &FileInput, schema: Option<&Schema>) -> FileSeen {
    let mut seen =
        FileSeen { name: clean(input.name()).into_owned(), size: input.size(), ..FileSeen::default() };
    seen.refused = read(input, |workbook| fill(&mut seen, &workbook, schema)).err();
    seen
}

/// Reads a file, or says in a sentence why that cannot be done.
pub(super) fn workbook(input: &FileInput) -> Result<Workbook, String> {
    read(input, |workbook| workbook)
}

fn read<T>(input: &FileInput, then: impl FnOnce(Workbook) -> T) -> Result<T, String> {
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let bytes = pipeline::bytes_of(input)?;
        input.try_out(&bytes)?;
        let rules = Rules::default();
        Ok(then(pipeline::read_held(&rules, input, FileId(0), &bytes, &|_| Portion::Whole)?))
    }));
    let refusal = match outcome {
        Ok(Ok(done)) => return Ok(done),
        Ok(Err(refusal)) => refusal,
        Err(_) => Refusal::Damaged("something in it that this program could not get past".to_owned()),
    };
    Err(clean(&checks::refusal_in_words(&refusal, input.name())).into_owned())
}

fn fill(seen: &mut FileSeen, workbook: &Workbook, schema: Option<&Schema>) {
    seen.kind = Some(workbook.kind.extension());
    seen.remarks = workbook.oddities.iter().map(|oddity| remark(oddity, workbook)).collect();
    seen.beside = beside::sheets(&workbook.facts);
    seen.sheets = workbook.sheets.iter().map(sheet).collect();
    seen.tables = schema.map(|schema| {
        let mut layouts = locate::tables(workbook, schema);
        locate::guess(workbook, schema, &locate::Known::NOTHING, &mut layouts);
        layouts.iter().map(|layout| table(layout, workbook, schema)).collect()
    });
}

fn sheet(sheet: &Sheet) -> SheetSeen {
    let rows: Vec<u32> = sheet.rows().map(|(row, _)| row).collect();
    let block =
        rows.iter().zip(rows.first().copied().unwrap_or_default()..).take_while(|(a, b)| *a == b).count();
    let last_of_block = rows.get(block.saturating_sub(1)).copied().unwrap_or_default();
    SheetSeen {
        name: clean(&sheet.name).into_owned(),
        visibility: match sheet.visibility {
            Visibility::Visible => "visible",
            Visibility::Hidden => "hidden",
            Visibility::VeryHidden => "very hidden",
        },
        filled_rows: rows.len(),
        filled_cells: sheet.cells().len(),
        formulas: sheet.formulas().len(),
        merged_areas: sheet.merged.len(),
        area: area(sheet, u32::MAX),
        first_block: area(sheet, last_of_block),
        beside: beside::cells(sheet),
        headings: headings::candidates(sheet),
    }
}

/// The smallest area that holds every filled cell down to a row.
fn area(sheet: &Sheet, last: u32) -> Option<String> {
    let cells = || sheet.cells().iter().map(|cell| cell.at).filter(|at| at.row <= last);
    let first = CellRef::new(cells().map(|at| at.row).min()?, cells().map(|at| at.column).min()?);
    let last = CellRef::new(cells().map(|at| at.row).max()?, cells().map(|at| at.column).max()?);
    Some(if first == last { first.to_string() } else { format!("{first}:{last}") })
}

fn table(layout: &Layout, workbook: &Workbook, schema: &Schema) -> TableSeen {
    let declared = schema.tables.get(layout.table);
    let titles = declared.into_iter().flat_map(|table| &table.fields).zip(&layout.columns);
    let text = |text: &str| clean(text).into_owned();
    let sheet = workbook.sheets.iter().find(|sheet| sheet.id() == layout.sheet);
    TableSeen {
        table: declared.map_or_else(String::new, |table| text(&table.title)),
        sheet: sheet.map_or_else(String::new, |sheet| text(&sheet.name)),
        heading_rows: (layout.header_rows.0 + 1, layout.header_rows.1 + 1),
        data_rows: layout.rows.iter().filter(|(_, role)| *role == RowRole::Data).count(),
        score: layout.score,
        reasons: layout.reasons.iter().map(|reason| text(reason)).collect(),
        columns: titles
            .clone()
            .filter_map(|(field, heading)| Some(column(heading.as_ref()?, field, declared?)))
            .collect(),
        not_found: titles
            .filter(|(field, heading)| heading.is_none() && !field.computed)
            .map(|(field, _)| text(&field.title))
            .collect(),
        not_used: layout.unmapped.iter().map(|column| text(&column.heading)).collect(),
    }
}

fn column(heading: &Heading, field: &Field, table: &TableSchema) -> ColumnSeen {
    let line = || {
        let line = format!(
            "To have \u{201c}{}\u{201d} read so always, put this under name = {:?} of the table {:?}: {}",
            heading.text,
            field.name,
            table.name,
            field.aliases_with(&heading.text)
        );
        clean(&line).into_owned()
    };
    ColumnSeen {
        to_confirm: heading.how.is_unsure().then(line),
        at: heading.at.cell.to_string(),
        heading: clean(&heading.text).into_owned(),
        read_as: clean(&field.title).into_owned(),
        how: match heading.how {
            Match::Exact => "exactly".to_owned(),
            Match::Alias => "another name for it".to_owned(),
            Match::Folded => "but for capitals, spaces or punctuation".to_owned(),
            Match::Near(likeness) => format!("near match, {likeness}% alike: please confirm"),
            Match::Guess(evidence) => format!("a guess, because {}: please confirm", evidence.because()),
            Match::Context => "from the sheet's name or a sub-heading".to_owned(),
        },
    }
}

pub(super) fn remark(oddity: &Oddity, workbook: &Workbook) -> String {
    let text = match oddity {
        Oddity::WrongExtension { named, kind } => {
            format!("It is named .{named}, but its content is that of .{}.", kind.extension())
        }
        Oddity::WebPage { tables: _, words_outside: true } => {
            "It is a web page. Words outside its tables were not read.".to_owned()
        }
        Oddity::WebPage { .. } => "It is a web page.".to_owned(),
        Oddity::Macros => "It contains macros, which were not run.".to_owned(),
        Oddity::OtherSheet(name) => format!("{name} is a chart, dialog or macro sheet and holds no cells."),
        Oddity::UnreadableSheet { sheet, why } => format!("The sheet {sheet} could not be read: {why}."),
        Oddity::UnreadableCell { at, why } => {
            let sheet = workbook.sheets.iter().find(|sheet| sheet.id() == at.sheet);
            let name = sheet.map_or("", |sheet| sheet.name.as_str());
            format!("{name}!{} could not be made out: {why}.", at.cell)
        }
        Oddity::Encoding(name) => format!("Its text is in {name}."),
        Oddity::RaggedRows { count, first } => format!(
            "{count} of its rows have another number of values than the first; row {} is the first such.",
            first.saturating_add(1)
        ),
        Oddity::OpenQuotation { at, lines, closed: true } => {
            format!("The quotation mark in {} is closed only {lines} lines further down.", at.cell)
        }
        Oddity::OpenQuotation { at, lines, closed: false } => format!(
            "The quotation mark in {} is never closed; {lines} lines were read as one value.",
            at.cell
        ),
        Oddity::OldFormatFull(id) => {
            let sheet = workbook.sheets.iter().find(|sheet| sheet.id() == *id);
            let name = sheet.map_or("", |sheet| sheet.name.as_str());
            format!("The sheet {name} is as long as the old format allows; something may have been cut off.")
        }
    };
    clean(&text).into_owned()
}
