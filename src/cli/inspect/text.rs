//! An inspection as text for people.

use super::record::{BesideCells, BesideSheets, FileSeen, Inspection, SheetSeen, TableSeen};
use crate::report::{Align, Columns, WIDTH, count, wrap};
use anstyle::Style;
use std::io::{self, Write};

pub(super) fn write(inspection: &Inspection, out: &mut dyn Write) -> io::Result<()> {
    for (index, file) in inspection.files.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        one_file(file, out)?;
    }
    Ok(())
}

fn one_file(file: &FileSeen, out: &mut dyn Write) -> io::Result<()> {
    let bold = Style::new().bold();
    let size = count(usize::try_from(file.size).unwrap_or(usize::MAX), "byte", "bytes");
    let kind = file.kind.map_or(String::new(), |kind| format!(".{kind}, "));
    writeln!(out, "{bold}{}{bold:#}  ({kind}{size})", file.name)?;
    if let Some(why) = &file.refused {
        return writeln!(out, "{}", wrap(why, 2, WIDTH));
    }
    for remark in &file.remarks {
        writeln!(out, "{}", wrap(remark, 2, WIDTH))?;
    }
    for line in beside_sheets(&file.beside) {
        writeln!(out, "{}", wrap(&line, 2, WIDTH))?;
    }
    for sheet in &file.sheets {
        one_sheet(sheet, out)?;
    }
    match &file.tables {
        None => Ok(()),
        Some(tables) if tables.is_empty() => writeln!(out, "  No table of the schema was found in it."),
        Some(tables) => tables.iter().try_for_each(|table| one_table(table, out)),
    }
}

fn one_sheet(sheet: &SheetSeen, out: &mut dyn Write) -> io::Result<()> {
    let hidden = if sheet.visibility == "visible" { "" } else { ", hidden" };
    let Some(area) = &sheet.area else {
        writeln!(out, "  Sheet {}{hidden}: empty", sheet.name)?;
        return beside_cells(&sheet.beside, out);
    };
    let mut parts = vec![
        count(sheet.filled_rows, "row", "rows"),
        format!("{} in {area}", count(sheet.filled_cells, "filled cell", "filled cells")),
    ];
    if sheet.formulas > 0 {
        parts.push(count(sheet.formulas, "formula", "formulas"));
    }
    if sheet.merged_areas > 0 {
        parts.push(count(sheet.merged_areas, "merged area", "merged areas"));
    }
    writeln!(out, "  Sheet {}{hidden}: {}", sheet.name, parts.join(", "))?;
    if let Some(block) = sheet.first_block.as_ref().filter(|block| *block != area) {
        writeln!(out, "    The first filled area is {block}.")?;
    }
    beside_cells(&sheet.beside, out)?;
    for row in &sheet.headings {
        let line = format!("Row {} looks like headings: {}", row.row, row.cells.join(" | "));
        writeln!(out, "{}", wrap(&line, 4, WIDTH))?;
    }
    Ok(())
}

fn beside_sheets(beside: &BesideSheets) -> Vec<String> {
    let mut lines = Vec::new();
    lines.extend(beside.saved_by.as_ref().map(|program| format!("It was saved by {program}.")));
    if beside.manual_calculation {
        lines.push("Its formulas are worked out only when somebody asks for it.".to_owned());
    }
    for (texts, what) in [
        (&beside.links, "Its formulas refer to other workbooks"),
        (&beside.names, "It defines names"),
        (&beside.unseen, "Not looked at"),
    ] {
        if !texts.is_empty() {
            lines.push(format!("{what}: {}", texts.join("; ")));
        }
    }
    lines
}

fn beside_cells(beside: &BesideCells, out: &mut dyn Write) -> io::Result<()> {
    let mut parts = Vec::new();
    for (places, what) in [(&beside.hidden_rows, "hidden rows"), (&beside.hidden_columns, "hidden columns")] {
        if !places.is_empty() {
            parts.push(format!("{what} {}", places.join(", ")));
        }
    }
    if let Some(filter) = &beside.filter {
        let condition = if filter.active { "with a condition" } else { "without a condition" };
        parts.push(format!("a filter on {} {condition}", filter.area));
    }
    for (number, one, many) in [
        (beside.comments, "comment", "comments"),
        (beside.text_boxes, "text box", "text boxes"),
        (beside.colour_rules, "rule for colours or icons", "rules for colours or icons"),
    ] {
        if number > 0 {
            parts.push(count(number, one, many));
        }
    }
    if beside.protected {
        parts.push("protected against changes".to_owned());
    }
    if parts.is_empty() {
        return Ok(());
    }
    writeln!(out, "{}", wrap(&format!("It also has: {}.", parts.join("; ")), 4, WIDTH))
}

fn one_table(table: &TableSeen, out: &mut dyn Write) -> io::Result<()> {
    let (first, last) = table.heading_rows;
    let rows = if first == last { format!("row {first}") } else { format!("rows {first} to {last}") };
    let bold = Style::new().bold();
    writeln!(
        out,
        "  {bold}{}{bold:#}: on the sheet {}, headings in {rows}, {}, {}% of its headings found",
        table.table,
        table.sheet,
        count(table.data_rows, "data row", "data rows"),
        table.score
    )?;
    for reason in &table.reasons {
        writeln!(out, "{}", wrap(reason, 4, WIDTH))?;
    }
    let mut columns = Columns::new(&[Align::Left; 4], 36);
    for column in &table.columns {
        columns.push([column.at.as_str(), &column.heading, &column.read_as, &column.how]);
    }
    write!(out, "{}", columns.render(4))?;
    for line in table.columns.iter().filter_map(|column| column.to_confirm.as_ref()) {
        writeln!(out, "{}", wrap(line, 4, WIDTH))?;
    }
    for (names, what) in [(&table.not_found, "Not found"), (&table.not_used, "Not used")] {
        if !names.is_empty() {
            writeln!(out, "{}", wrap(&format!("{what}: {}", names.join(", ")), 4, WIDTH))?;
        }
    }
    Ok(())
}
