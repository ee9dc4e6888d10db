//! What a partner returned, put into a form and read from there: its own words come back, whatever the plan would have
//! filled in.

use super::{Dice, Memory, edit, fill, made, scratch, submission};
use jiff::civil::date;
use quarterday::model::{Cell, Misread, Reading, Record, Submission, Table, Total, Value};
use quarterday::round::Round;
use quarterday::schema::{Field, FieldType};
use quarterday::template::{Content, Entry, Filled, Place, Slot};
use rust_decimal::Decimal;
use std::fs;
use std::path::Path;

/// What was held against what.
#[derive(Debug, Default)]
struct Tally {
    cells: usize,
    /// Fields that the file had no column for.
    asked: usize,
    /// Cells of the plan that the partner gave otherwise.
    otherwise: usize,
    /// Amounts of total rows, and cells of the partner's own columns.
    outside: [usize; 2],
    wrong: Vec<String>,
}

/// Puts a return into a form, reads that, and holds every field that the file had against it.
fn through_a_form(round: &Round, own: &Submission, sheets: &[String], tally: &mut Tally) {
    let Some(partner) = own.identity.partner else { return };
    let before = Content::new(round, partner);
    let mut content = Content::new(round, partner);
    let places = content.take(own, sheets);
    let back = submission(round, &made(&content));
    outside_of_the_rows(&content, own, &back, tally);
    for table in &own.tables {
        let schema = &round.schema.tables[table.table];
        let mut rows = std::collections::BTreeSet::new();
        for record in &table.records {
            let form = schema.layout == quarterday::schema::LayoutKind::Form;
            let in_row = |cell: &&Cell| form || cell.at.cell.row == record.at.cell.row;
            let cells = record.cells.iter().filter(in_row);
            let found = cells.into_iter().find_map(|cell| places.get(&(cell.at.sheet, cell.at.cell)));
            let Some(place) = found else {
                tally.wrong.push(format!("{}: a row is lost", schema.name));
                continue;
            };
            assert!(rows.insert((place.table, place.row)), "{}: two rows in one", schema.name);
            let filled = &content.tables[place.table];
            let Some(other) = record_of(&content, &back, place.table, place.row) else {
                tally.wrong.push(format!("{}: the form has another number of rows", schema.name));
                continue;
            };
            for (index, field) in schema.fields.iter().enumerate() {
                let had = table.layout.columns[index].is_some() || !record.cells[index].is_blank();
                let at = (place.row, index);
                let planned = before.tables.get(place.table).and_then(|filled| filled.rows.get(place.row));
                let planned = planned.map(|row| &row.slots[index]).filter(|slot| slot.locked);
                let is_template = round
                    .schema
                    .identity
                    .template
                    .is_some_and(|template| (template.table, template.field) == (table.table, index));
                if !is_template {
                    let case = Case { field, filled, at, had, planned: planned.is_some() };
                    case.hold(&record.cells[index], &other.cells[index], tally);
                }
            }
        }
    }
}

/// What stands on total rows and under headings of the partner's own is in the form, or on the sheet for what has no place.
fn outside_of_the_rows(content: &Content<'_>, own: &Submission, back: &Submission, tally: &mut Tally) {
    let listed = |words: &str| content.beyond.iter().any(|one| one.text.contains(words));
    let of = |table: usize| back.tables.iter().filter(move |other| other.table == table);
    for table in &own.tables {
        let schema = &content.round.schema.tables[table.table];
        for total in &table.totals {
            for (field, cell) in total.record.cells.iter().enumerate() {
                let Some(Value::Money(stated)) = cell.value() else { continue };
                let same = |other: &Total| match other.record.cells[field].value() {
                    Some(Value::Money(other)) => other.pounds == stated.pounds,
                    _ => false,
                };
                tally.outside[0] += 1;
                let kept = of(table.table).any(|other| other.totals.iter().any(same));
                if !kept && !listed(&schema.fields[field].title) {
                    tally.wrong.push(format!("{}: the total {stated:?} is lost", schema.name));
                }
            }
        }
        for (column, text) in table.records.iter().flat_map(|record| &record.extra) {
            let heading = &table.layout.unmapped[*column];
            let has = |other: &Table| {
                let under = |column: usize| &other.layout.unmapped[column];
                let mut cells = other.records.iter().flat_map(|record| &record.extra);
                cells.any(|(column, own)| {
                    own == text && (heading.blank || under(*column).heading == heading.heading)
                })
            };
            tally.outside[1] += 1;
            if !of(table.table).any(has) && !content.beyond.iter().any(|one| one.text == *text) {
                tally.wrong.push(format!("{}: {text:?} under {:?} is lost", schema.name, heading.heading));
            }
        }
    }
}

fn record_of<'b>(
    content: &Content<'_>,
    back: &'b Submission,
    table: usize,
    row: usize,
) -> Option<&'b Record> {
    let index = content.tables[table].table;
    let earlier: usize = content.tables[..table]
        .iter()
        .filter(|filled| filled.table == index)
        .map(|filled| filled.rows.len())
        .sum();
    let all: Vec<&Record> =
        back.tables.iter().filter(|table| table.table == index).flat_map(|table| &table.records).collect();
    let rows: usize =
        content.tables.iter().filter(|filled| filled.table == index).map(|filled| filled.rows.len()).sum();
    all.get(earlier + row).copied().filter(|_| all.len() == rows)
}

struct Case<'a> {
    field: &'a Field,
    filled: &'a Filled,
    at: (usize, usize),
    had: bool,
    /// True if the plan says what stands here.
    planned: bool,
}

impl Case<'_> {
    fn hold(&self, own: &Cell, back: &Cell, tally: &mut Tally) {
        let slot = &self.filled.rows[self.at.0].slots[self.at.1];
        let mut wrong = |how: &str| {
            tally.wrong.push(format!("{}: {how}: {:?} came back as {:?}", self.field.name, own, back));
        };
        if !self.had {
            if !self.planned && !self.field.computed && !back.is_blank() {
                wrong("no column, yet filled in");
            }
            tally.asked += 1;
            return;
        }
        let nothing = own.is_blank() && own.change.is_none();
        if nothing && (self.planned || self.field.computed) {
            return;
        }
        tally.cells += 1;
        if self.planned && !slot.locked {
            tally.otherwise += 1;
        }
        if !same(&own.reading, &back.reading) || own.change.is_some() && nothing_said(back) {
            wrong("not the same");
        }
    }
}

fn nothing_said(cell: &Cell) -> bool {
    cell.is_blank() && cell.change.is_none()
}

fn same(own: &Reading, back: &Reading) -> bool {
    match (own, back) {
        (Reading::Unreadable(own), Reading::Unreadable(back)) => {
            let asked = matches!(own.why, Misread::DateToConfirm(_) | Misread::MonthMistaken(_));
            own.raw == back.raw || asked && back.raw == format!("{}?", own.raw)
        }
        _ => own == back,
    }
}

/// Does to a filled form what partners do.
fn spoil(dice: &mut Dice, content: &mut Content<'_>) {
    let round = content.round;
    for filled in &mut content.tables {
        let schema = &round.schema.tables[filled.table];
        let form = schema.layout == quarterday::schema::LayoutKind::Form;
        for row in &mut filled.rows {
            for (index, slot) in row.slots.iter_mut().enumerate() {
                let field = &schema.fields[index];
                let is_template = round
                    .schema
                    .identity
                    .template
                    .is_some_and(|template| (template.table, template.field) == (filled.table, index));
                let key = schema.primary_key.contains(&index);
                if is_template || form && slot.locked || key && !dice.one_in(30) || !dice.one_in(4) {
                    continue;
                }
                if field.computed {
                    slot.own = true;
                    slot.entry = Some(Entry::Number(Decimal::from(dice.below(9_000))));
                } else {
                    slot.entry = other(dice, field);
                }
            }
            if form && dice.one_in(3) {
                row.slots[schema.field("units").unwrap()].entry = Some(Entry::Text("£000".into()));
            }
        }
        if !form && filled.rows.len() > 2 {
            let gone = dice.below(filled.rows.len());
            filled.rows.remove(gone);
            dice.shuffle(&mut filled.rows);
            if dice.one_in(4) {
                filled.rows.push(filled.rows[0].clone());
            }
        }
    }
}

fn other(dice: &mut Dice, field: &Field) -> Option<Entry> {
    let text = |text: &str| Some(Entry::Text(text.to_owned()));
    match dice.below(4) {
        0 => return None,
        1 => return text(dice.word(&["n/a", "N/A", "TBC", "not applicable", "-"])),
        _ => {}
    }
    match field.kind {
        FieldType::Date => match dice.below(4) {
            0 => text(dice.word(&["Sept 13", "Q3", "ongoing", "31 June 2014", "Sept 13 (revised Dec 13)"])),
            1 => text(dice.word(&["03/04/2013", "31.12.2013", "2014-02-01"])),
            _ => Some(Entry::Date(date(2013, 7, 1 + i8::try_from(dice.below(28)).unwrap()))),
        },
        FieldType::Money | FieldType::Number | FieldType::Integer => match dice.below(3) {
            0 => text(dice.word(&[
                "£20k",
                "nil",
                "(500)",
                "1,234.56",
                "£1,200 paid",
                "1234567890123456.78",
                "12 or 13",
            ])),
            _ => Some(Entry::Number(Decimal::new(i64::try_from(dice.below(900_000)).unwrap(), 2))),
        },
        FieldType::Percent => text(dice.word(&["12%", "0.5", "half"])),
        FieldType::Code => text(dice.word(&["g", "R", "Amber/Green", "complete", "purple", "In Progress"])),
        FieldType::Agency => text(dice.word(&["police", "All", "NHS / Police", "Council", "somebody"])),
        _ => Some(Entry::Text(fill::prose(dice, 8))),
    }
}

#[test]
fn the_partners_own_words_overrule_the_plan() {
    let mut tally = Tally::default();
    for seed in 0..6 {
        let folder = scratch();
        let mut dice = Dice::new(7_000 + seed);
        let (round, sums) = fill::round(&mut dice, folder.path());
        for partner in fill::senders(&round) {
            let mut content = Content::new(&round, partner);
            fill::fill(&mut dice, &mut content, &sums);
            spoil(&mut dice, &mut content);
            let file = made(&content);
            let copy = edit::pasted_without(&file.bytes, &mut |_| dice.one_in(7));
            let copy = Memory { bytes: copy, name: file.name.clone() };
            for file in [&file, &copy] {
                let own = submission(&round, file);
                let from = tally.wrong.len();
                through_a_form(&round, &own, &[], &mut tally);
                for line in &mut tally.wrong[from..] {
                    line.insert_str(0, &format!("{seed} {}: ", file.name));
                }
            }
        }
    }
    assert!(tally.wrong.is_empty(), "{}\n{}", tally.wrong.len(), tally.wrong.join("\n"));
    assert!(tally.cells > 10_000 && tally.asked > 1_000 && tally.otherwise > 200, "{tally:?}");
}

#[test]
fn returns_of_the_samples_say_in_a_form_what_they_said() {
    let mut tally = Tally::default();
    let mut read = 0;
    for folder in fs::read_dir("samples").unwrap() {
        let folder = folder.unwrap().path();
        let Ok(files) = fs::read_dir(folder.join("returns")) else { continue };
        let round = quarterday::round::load(&folder).unwrap_or_else(|error| panic!("{error}"));
        for file in files {
            let path = file.unwrap().path();
            read += usize::from(one_file(&round, &path, &mut tally));
        }
    }
    assert!(tally.wrong.is_empty(), "{}\n{}", tally.wrong.len(), tally.wrong.join("\n"));
    assert!(read >= 20 && tally.cells > 5_000, "{read} {tally:?}");
    assert!(tally.outside[0] > 100 && tally.outside[1] > 5, "{tally:?}");
}

fn one_file(round: &Round, path: &Path, tally: &mut Tally) -> bool {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let bytes = fs::read(path).unwrap();
    let id = quarterday::model::FileId(0);
    let Ok(workbook) = quarterday::read::workbook(id, &name, &bytes, &|_| true) else { return false };
    let sheets: Vec<String> = workbook.sheets.iter().map(|sheet| sheet.name.clone()).collect();
    let own = quarterday::pipeline::submission(round, &name, workbook);
    let from = tally.wrong.len();
    through_a_form(round, &own, &sheets, tally);
    for line in &mut tally.wrong[from..] {
        line.insert_str(0, &format!("{name}: "));
    }
    true
}

/// A stated total that is not what the rows come to stays as it was stated; one that is, is worked out.
#[test]
fn a_stated_total_stays_and_cells_to_fix_bear_a_note() {
    let folder = scratch();
    let round = fill::round(&mut Dice::new(41), folder.path());
    let (round, sums) = round;
    let partner = *fill::senders(&round).first().unwrap();
    let mut content = Content::new(&round, partner);
    fill::fill(&mut Dice::new(42), &mut content, &sums);
    let before = submission(&round, &made(&content));
    let with_total = |one: &&quarterday::model::Table| !one.totals.is_empty();
    let table = before.tables.iter().find(with_total).expect("one with a total row");
    let place = content.tables.iter().position(|filled| filled.table == table.table).unwrap();
    let sums = |cell: &Cell| matches!(cell.value(), Some(Value::Money(_)));
    let field = table.totals[0].record.cells.iter().position(sums).expect("one that is added up");
    let mut slots = vec![Slot::default(); content.round.schema.tables[table.table].fields.len()];
    slots[field] = Slot {
        entry: Some(Entry::Number(Decimal::new(12_345_678, 2))),
        highlight: true,
        note: quarterday::model::note(1, "It is not the sum.", "Say why."),
        ..Slot::default()
    };
    content.tables[place].total = slots;
    let file = made(&content);
    let back = submission(&round, &file);
    let total = back.tables.iter().find(|one| one.table == table.table).unwrap().totals[0].clone();
    let Some(Value::Money(stated)) = total.record.cells[field].value() else { panic!("{total:?}") };
    assert_eq!(stated.pounds, Decimal::new(12_345_678, 2));
    let at = total.record.cells[field].at;
    let stands = content.stands_at(Place { table: place, row: Place::TOTAL, field });
    assert_eq!(stands.map(|(_, cell)| cell), Some(at.cell));
    let id = quarterday::model::FileId(0);
    let book = quarterday::read::workbook(id, &file.name, &file.bytes, &|_| true).unwrap();
    let comments: Vec<_> = book.sheets.iter().flat_map(|sheet| &sheet.facts.comments).collect();
    let [comment] = comments.as_slice() else { panic!("{comments:?}") };
    assert!(comment.ours && comment.at == at.cell && comment.text.contains("It is not the sum. Say why."));
}

/// A text that no cell holds is cut with a word, and stands whole on another sheet.
#[test]
fn a_text_longer_than_a_cell_is_kept_whole() {
    let folder = scratch();
    let (round, _) = fill::round(&mut Dice::new(43), folder.path());
    let partner = *fill::senders(&round).first().unwrap();
    let mut content = Content::new(&round, partner);
    let words = (0..14_000).map(|number| format!("w{number}")).collect::<Vec<_>>().join(" ");
    let words = words.as_str();
    let schema = |filled: &Filled| &round.schema.tables[filled.table];
    let text = |field: &Field| field.kind == FieldType::String && field.constraints.pattern.is_none();
    let open = |filled: &Filled| {
        let slots = filled.rows.first()?.slots.iter().zip(&schema(filled).fields).enumerate();
        slots.into_iter().find(|(_, (slot, field))| !slot.locked && text(field)).map(|(place, _)| place)
    };
    let (table, field) = (0..content.tables.len())
        .find_map(|table| open(&content.tables[table]).map(|field| (table, field)))
        .unwrap();
    content.tables[table].rows[0].slots[field].entry = Some(Entry::Text(words.to_owned()));
    let long = content.too_long();
    assert!(long.len() == 1 && long[0].text == words);
    let file = made(&content);
    let id = quarterday::model::FileId(0);
    let book = quarterday::read::workbook(id, &file.name, &file.bytes, &|_| true).unwrap();
    let texts = |name: &str| -> Vec<String> {
        let sheet = book.sheets.iter().find(|sheet| sheet.name == name).unwrap();
        let all = sheet.cells().iter().filter_map(|cell| match sheet.raw(cell) {
            quarterday::model::Raw::Text(text) => Some(text.to_owned()),
            _ => None,
        });
        all.collect()
    };
    let (tab, _) = content.stands_at(Place { table, row: 0, field }).unwrap();
    let cut = texts(&tab).into_iter().find(|text| text.starts_with("w0 w1 ")).unwrap();
    assert!(cut.ends_with("[cut here: the whole text is on the sheet Also in your file]"));
    let pieces: Vec<String> =
        texts("Also in your file").into_iter().filter(|text| text.len() > 5_000).collect();
    assert!(pieces.len() > 1 && pieces.concat() == words, "{}", pieces.len());
}
