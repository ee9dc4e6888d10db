//! Stage cases: `tests/stages/<stage>/*.md`, in the notation of `support::notation`.
//!
//! A case of *locate* holds sheets and a `layout` block: what was found where, and what each row is. A case of *parse*
//! holds sheets and a `values` block: what each filled cell was read as. `UPDATE_STAGES=1 cargo test --test stages` writes
//! what the program says into the pages; read the difference before keeping it.

mod support;

use quarterday::model::{
    Cell, FileId, Identity, Layout, Match, PartialDate, Partner, Period, Precision, Reading, RowRole, Sheet,
    Table, Value, Workbook,
};
use quarterday::schema::{Schema, TableSchema};
use quarterday::{locate, parse, schema};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use support::{grids, notation};

#[test]
fn tables_are_located_as_the_pages_say() {
    run("locate", "layout", |_, workbook, schema| {
        let layouts = locate::tables(workbook, schema);
        for sheet in &workbook.sheets {
            assert_rows_have_one_role(sheet, &layouts);
        }
        layouts.iter().map(|layout| show_layout(layout, workbook, schema)).collect()
    });
}

#[test]
fn cells_are_read_as_the_pages_say() {
    run("parse", "values", |name, workbook, schema| {
        let partners = partners();
        let bodies = ["Wye Hospitals Trust".to_owned()];
        let mut cx = parse::Context {
            schema,
            partners: &partners,
            bodies: &bodies,
            period: Some(Period { year: 2013, quarter: Some(4) }),
            unit: 0,
            rounded: false,
        };
        let read = |cx: &parse::Context<'_>| -> Vec<Table> {
            let tables = locate::tables(workbook, schema).into_iter();
            tables
                .map(|layout| parse::table(&workbook.sheets[usize::from(layout.sheet.0)], layout, cx))
                .collect()
        };
        let identity = parse::identity(&read(&cx), name, &cx);
        (cx.unit, cx.rounded) = (identity.unit, identity.rounded);
        let mut text = show_identity(&identity, &partners);
        for table in read(&cx) {
            text.push_str(&show_table(&table, schema, &partners));
        }
        text
    });
}

/// Every filled row of a sheet with tables has exactly one role.
fn assert_rows_have_one_role(sheet: &Sheet, layouts: &[Layout]) {
    let own: Vec<&Layout> = layouts.iter().filter(|layout| layout.sheet == sheet.id()).collect();
    if own.is_empty() {
        return;
    }
    assert_eq!(locate::leftovers(sheet, &own), Vec::<u32>::new(), "rows of {} have no role", sheet.name);
    let mut rows: Vec<u32> = own.iter().flat_map(|layout| layout.rows.iter().map(|(row, _)| *row)).collect();
    let all = rows.len();
    rows.sort_unstable();
    rows.dedup();
    assert_eq!(rows.len(), all, "a row of {} has two roles", sheet.name);
}

fn run(stage: &str, block: &str, act: impl Fn(&str, &Workbook, &Schema) -> String) {
    let update = std::env::var_os("UPDATE_STAGES").is_some();
    let mut failures = String::new();
    let mut cases = 0;
    for path in pages(stage) {
        let text = fs::read_to_string(&path).expect("a page can be read");
        let page = notation::parse(&text).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
        let mut updated = text.clone();
        for case in &page.cases {
            cases += 1;
            let schema = load(case.settings.schema.as_deref().expect("a case has a schema"));
            let file = case.files.first().expect("a case has a file");
            let workbook = grids::workbook(file, FileId(0)).expect("a stage case can be read");
            let actual = act(&file.name, &workbook, &schema);
            let expected = case.blocks.iter().find(|(name, _)| name == block).map_or("", |(_, text)| text);
            if actual.trim_end() != expected.trim_end() {
                if update {
                    updated = replace(&updated, &case.title, block, &actual);
                } else {
                    let _ = writeln!(failures, "{} › {}\n{actual}", path.display(), case.title);
                }
            }
        }
        if updated != text {
            fs::write(&path, updated).expect("a page can be written");
        }
    }
    assert!(cases > 0, "no cases for {stage}");
    assert!(failures.is_empty(), "the program says:\n{failures}");
}

fn pages(stage: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stages").join(stage);
    let mut pages: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder of pages")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    pages.sort();
    pages
}

/// Puts a text into a case's block of this kind, or adds the block at its end.
fn replace(page: &str, title: &str, block: &str, text: &str) -> String {
    let start = page.find(&format!("## {title}\n")).expect("the case's heading");
    let end = page[start + 3..].find("\n## ").map_or(page.len(), |at| start + 3 + at);
    let case = &page[start..end];
    let fence = format!("```{block}\n");
    let new = match case.find(&fence) {
        Some(at) => {
            let body = at + fence.len();
            let close = case[body..].find("```").expect("a closed block") + body;
            format!("{}{text}{}", &case[..body], &case[close..])
        }
        None => format!("{}\n\n{fence}{text}```\n", case.trim_end()),
    };
    format!("{}{new}{}", &page[..start], &page[end..])
}

fn load(text: &str) -> Schema {
    let nothing = |_: &Path| Err(std::io::Error::other("a stage case includes nothing"));
    schema::load(Path::new("case.toml"), text, &nothing).unwrap_or_else(|mistakes| {
        panic!("{}", mistakes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    })
}

fn partners() -> Vec<Partner> {
    let partner =
        |code: &str, name: &str, aliases: &[&str], abbreviations: &[&str], formerly: &[&str], sends| {
            let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
            Partner {
                code: code.to_owned(),
                name: name.to_owned(),
                aliases: words(aliases),
                abbreviations: words(abbreviations),
                formerly: words(formerly),
                note: None,
                contact: None,
                email: None,
                sends,
            }
        };
    vec![
        partner("HC", "Wyevale Council", &["Council", "Children's Wellbeing"], &["LA"], &[], true),
        partner("NHS", "NHS Wyevale", &["NHS W'vale", "Health"], &["CCG"], &["Wyevale PCT"], true),
        partner("POL", "Wyevale Police", &["Police", "W Police"], &["WP"], &[], true),
        partner("PROB", "Wyevale Probation", &["Probation"], &[], &[], true),
        partner("BU", "Business Unit", &["Board team"], &[], &[], false),
    ]
}

fn show_layout(layout: &Layout, workbook: &Workbook, schema: &Schema) -> String {
    let table = &schema.tables[layout.table];
    let sheet = &workbook.sheets[usize::from(layout.sheet.0)].name;
    let (top, bottom) = layout.header_rows;
    let mut text =
        format!("{} on {sheet}, rows {} to {}, score {}\n", table.name, top + 1, bottom + 1, layout.score);
    for (field, heading) in table.fields.iter().zip(&layout.columns) {
        if let Some(heading) = heading {
            let _ = writeln!(
                text,
                "  {}: {} \"{}\" {}",
                field.name,
                heading.at.cell,
                heading.text,
                how(heading.how)
            );
        }
    }
    for (field, heading) in &layout.repeated {
        let _ =
            writeln!(text, "  again {}: {} \"{}\"", table.fields[*field].name, heading.at.cell, heading.text);
    }
    for column in &layout.unmapped {
        let blank = if column.blank { " without a heading" } else { "" };
        let _ = writeln!(
            text,
            "  extra: {} \"{}\"{blank}, {} filled",
            column.at.cell, column.heading, column.filled
        );
    }
    for (first, last, role) in runs(&layout.rows) {
        let rows =
            if first == last { format!("{}", first + 1) } else { format!("{}-{}", first + 1, last + 1) };
        let _ = writeln!(text, "  {rows} {}", show_role(&role));
    }
    for reason in layout.reasons.iter().skip(1) {
        let _ = writeln!(text, "  {reason}");
    }
    text
}

fn runs(rows: &[(u32, RowRole)]) -> Vec<(u32, u32, RowRole)> {
    let mut runs: Vec<(u32, u32, RowRole)> = Vec::new();
    for (row, role) in rows {
        match runs.last_mut() {
            Some((_, last, before)) if before == role && *last + 1 == *row => *last = *row,
            _ => runs.push((*row, *row, role.clone())),
        }
    }
    runs
}

fn show_role(role: &RowRole) -> String {
    match role {
        RowRole::Subheading(words) => format!("subheading \"{words}\""),
        other => format!("{other:?}").to_lowercase(),
    }
}

fn how(how: Match) -> String {
    format!("{how:?}").to_lowercase()
}

fn show_identity(identity: &Identity, partners: &[Partner]) -> String {
    let mut text = String::new();
    if let (Some(id), Some(from)) = (identity.partner, &identity.partner_from) {
        let from = match from {
            quarterday::model::IdentitySource::Cell(at) => at.cell.to_string(),
            quarterday::model::IdentitySource::FileName => "the file's name".to_owned(),
            quarterday::model::IdentitySource::Rows => "its rows".to_owned(),
        };
        let _ = writeln!(text, "from {} by {from}", partners[usize::from(id.0)].code);
    }
    if let Some(name) = &identity.unknown_partner {
        let _ = writeln!(text, "from unknown {name}");
    }
    if let Some((period, at)) = identity.period {
        let _ = writeln!(text, "period {period} in {}", at.cell);
    }
    if let Some((template, at)) = &identity.template {
        let _ = writeln!(text, "template {template} in {}", at.cell);
    }
    if identity.unit != 0 || identity.rounded {
        let _ = writeln!(text, "unit {} rounded {}", identity.unit, identity.rounded);
    }
    text
}

fn show_table(table: &Table, schema: &Schema, partners: &[Partner]) -> String {
    let declared = &schema.tables[table.table];
    let mut text = format!("{}\n", declared.name);
    for record in &table.records {
        let _ = writeln!(text, " {}", record.at.cell);
        text.push_str(&show_cells(&record.cells, declared, schema, partners));
        for (column, value) in &record.extra {
            let _ = writeln!(text, "  extra {} = {value}", table.layout.unmapped[*column].heading);
        }
    }
    for total in &table.totals {
        let kind = if total.subtotal { "sub-total" } else { "total" };
        let covers = &total.covers;
        let _ = writeln!(
            text,
            " {} {kind} \"{}\" of {}..{}",
            total.record.at.cell, total.label, covers.start, covers.end
        );
        text.push_str(&show_cells(&total.record.cells, declared, schema, partners));
    }
    text
}

fn show_cells(cells: &[Cell], declared: &TableSchema, schema: &Schema, partners: &[Partner]) -> String {
    let mut text = String::new();
    for (cell, field) in cells.iter().zip(&declared.fields) {
        let read = match &cell.reading {
            Reading::Blank if cell.change.is_none() => continue,
            Reading::Blank => "blank".to_owned(),
            Reading::Value(value) => show_value(value, field, schema, partners),
            Reading::Unreadable(held) => format!("held {:?}: {:?}", held.raw, held.why),
        };
        let _ = write!(text, "  {} {} = {read}", cell.at.cell, field.name);
        if let Some(change) = &cell.change {
            let _ = write!(text, " [{:?} {:?}]", change.kind, change.typed);
        }
        text.push('\n');
    }
    text
}

fn show_value(value: &Value, field: &schema::Field, schema: &Schema, partners: &[Partner]) -> String {
    let label = |code: u16| {
        let list = &schema.lists[field.list.expect("a code has a list")];
        list.categories[usize::from(code)].label.clone()
    };
    let code = |id: quarterday::model::PartnerId| partners[usize::from(id.0)].code.clone();
    match value {
        Value::Text(text) => format!("{text:?}"),
        Value::Code(index) => label(*index),
        Value::Codes(codes) => codes.iter().map(|index| label(*index)).collect::<Vec<_>>().join(", "),
        Value::Agency(id) => code(*id),
        Value::Agencies(ids) => ids.iter().map(|id| code(*id)).collect::<Vec<_>>().join(", "),
        Value::Date(PartialDate { date, precision: Precision::Day }) => date.to_string(),
        Value::Date(PartialDate { date, precision }) => format!("{date} by {precision:?}").to_lowercase(),
        Value::Period(period) => period.to_string(),
        Value::Money(money) if money.unit == -2 => money.to_string(),
        Value::Money(money) => format!("{money} to 10^{}", money.unit),
        Value::Integer(number) => number.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Percent(share) => format!("{share}%"),
        Value::Boolean(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Word(index) => format!("the word {:?}", field.allow[usize::from(*index)]),
    }
}
