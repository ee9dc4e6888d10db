//! Merged rows: one file a table of the schema, each row with the place that it came from, and beside them the cells of
//! which the value alone does not say everything.

use super::cell;
use super::column::{Column, Kind};
use super::table::{About, Table};
use crate::model::{
    Cell, ChangeKind, FileInfo, Origin, PartnerId, Precision, Reading, Record, SheetId, Value, column_letters,
};
use crate::round::Round;
use crate::schema::{Field, FieldType, TableSchema, show_value};
use rust_decimal::Decimal;
use std::borrow::Cow;
use std::io::{self, Write};

/// The columns that say where a row came from. No field is called so: names of fields begin with a letter.
pub(super) const LINEAGE: [&str; 5] = ["_partner", "_file", "_sheet", "_row", "_cell"];

/// A table of merged rows in the making.
#[derive(Debug)]
pub(super) struct Merged<W> {
    pub(super) table: Table<W>,
    index: usize,
    /// For every field its words, ready to be written: those of its code list, by number.
    words: Vec<Vec<Vec<u8>>>,
    /// Partner, file and sheet of the last row, ready to be written.
    came_from: Option<(PartnerId, Origin, Vec<u8>)>,
    pub(super) pounds: Decimal,
}

/// The columns of a schema's table.
fn columns(round: &Round, index: usize, schema: &TableSchema) -> Vec<Column> {
    let id = Column::new("_id", "Number", Kind::Whole).about("The row's number in this table.").always();
    let fields = schema.fields.iter().enumerate();
    let fields =
        fields.map(|(field, about)| Column::of_field(&round.schema, &round.partners, (index, field), about));
    let kinds = [
        ("Partner", Kind::Text, "The code of the partner whose return it stands in."),
        ("File", Kind::Text, "The file that it was read from."),
        ("Sheet", Kind::Text, "The sheet of that file."),
        ("Row", Kind::Whole, "The row of that sheet, counted as Excel counts; of a form its first."),
        ("Cell", Kind::Text, "The first cell of that row."),
    ];
    let lineage = LINEAGE
        .into_iter()
        .zip(kinds)
        .map(|(name, (title, kind, about))| Column::new(name, title, kind).about(about).always());
    std::iter::once(id).chain(fields).chain(lineage).collect()
}

/// What a schema's table is called and what its rows are.
fn about(round: &Round, index: usize, names: &super::Called) -> About {
    let schema = &round.schema.tables[index];
    let is_agency = |field: &&Field| field.kind == FieldType::Agency && !field.many;
    let agencies = schema.fields.iter().filter(is_agency).map(|field| field.name.clone());
    let partners = agencies.chain([LINEAGE[0].to_owned()]);
    let key = crate::round::held::Key::of(schema, None);
    let unique = key.fields().iter().filter_map(|field| schema.fields.get(*field));
    let unique: Vec<String> = unique.map(|field| field.name.clone()).collect();
    About {
        name: names.merged[index].clone(),
        title: schema.title.clone(),
        description: "Merged rows of all returns that are used, in the order in which they were merged."
            .to_owned(),
        primary_key: vec!["_id"],
        unique_key: if unique.is_empty() {
            unique
        } else {
            std::iter::once(LINEAGE[0].to_owned()).chain(unique).collect()
        },
        foreign_keys: partners
            .map(|column| (column, names.ours("partners"), "code"))
            .chain([(LINEAGE[1].to_owned(), names.ours("files"), "file")])
            .collect(),
    }
}

impl<W: Write> Merged<W> {
    /// Starts the table of this place in the schema.
    pub(super) fn new(round: &Round, index: usize, names: &super::Called, to: W) -> Self {
        let schema = &round.schema.tables[index];
        let ready = |text: &str| {
            let mut bytes = Vec::new();
            cell::text(&mut bytes, text);
            bytes
        };
        let words = schema.fields.iter().map(|field| match field.kind {
            FieldType::Code if !field.many => {
                let list = field.list.and_then(|list| round.schema.lists.get(list));
                list.iter().flat_map(|list| &list.categories).map(|one| ready(&one.value)).collect()
            }
            FieldType::Agency if !field.many => {
                round.partners.iter().map(|partner| ready(&partner.code)).collect()
            }
            _ => Vec::new(),
        });
        Self {
            words: words.collect(),
            table: Table::new(about(round, index, names), columns(round, index, schema), to),
            index,
            came_from: None,
            pounds: Decimal::ZERO,
        }
    }

    /// Writes the next row, and beside it (`beside`) what its values alone do not say.
    pub(super) fn row(
        &mut self,
        round: &Round,
        (partner, info): (PartnerId, Option<&FileInfo>),
        record: &Record,
        beside: &mut Table<W>,
    ) -> io::Result<()> {
        let number = i64::from(self.table.rows) + 1;
        self.table.whole(number);
        let schema = &round.schema.tables[self.index];
        for (index, (cell, field)) in record.cells.iter().zip(&schema.fields).enumerate() {
            match &cell.reading {
                Reading::Value(value) => self.value(round, index, value),
                Reading::Blank | Reading::Unreadable(_) => self.table.blank(),
            }
            if let Some((kind, typed)) = says_more(cell, field, round) {
                let sender = round.partners.get(usize::from(partner.0)).map(|partner| partner.code.as_str());
                beside.text(&self.table.about.name);
                beside.whole(number);
                beside.text(&field.name);
                beside.maybe(sender);
                beside.maybe(info.map(|info| info.name.as_str()));
                beside.maybe(sheet(info, cell.at.sheet));
                beside.text(&cell.at.cell.to_string());
                beside.text(kind);
                beside.text(&typed);
                beside.end()?;
            }
        }
        self.lineage(round, partner, info, record.at);
        self.table.end()
    }

    fn value(&mut self, round: &Round, index: usize, value: &Value) {
        let table = &mut self.table;
        let words = |code: usize| self.words.get(index).and_then(|words| words.get(code));
        match value {
            Value::Text(text) => table.text(text),
            Value::Code(code) => match words(usize::from(*code)) {
                Some(word) => table.made_up(word, 1),
                None => table.blank(),
            },
            Value::Agency(partner) => match words(usize::from(partner.0)) {
                Some(code) => table.made_up(code, 1),
                None => table.blank(),
            },
            Value::Date(date) => table.date(date.date),
            Value::Money(money) => {
                self.pounds = self.pounds.saturating_add(money.pounds);
                table.number(money.pounds, 2);
            }
            Value::Integer(number) => table.whole(*number),
            Value::Number(number) | Value::Percent(number) => table.number(*number, 0),
            Value::Boolean(yes) => table.truth(*yes),
            Value::Period(period) => table.text(&period.to_string()),
            Value::Codes(codes) => {
                let list = round.schema.tables[self.index].fields.get(index).and_then(|field| field.list);
                let list = list.and_then(|list| round.schema.lists.get(list));
                let one = |code: &u16| list.and_then(|list| list.categories.get(usize::from(*code)));
                several(table, index, codes.iter().filter_map(one).map(|one| one.value.as_str()));
            }
            Value::Agencies(partners) => {
                let one = |id: &PartnerId| round.partners.get(usize::from(id.0));
                several(table, index, partners.iter().filter_map(one).map(|partner| partner.code.as_str()));
            }
            Value::Word(_) => table.blank(),
        }
    }

    fn lineage(&mut self, round: &Round, partner: PartnerId, info: Option<&FileInfo>, at: Origin) {
        let same = |(of, from, _): &(PartnerId, Origin, Vec<u8>)| {
            *of == partner && from.file == at.file && from.sheet == at.sheet
        };
        if !self.came_from.as_ref().is_some_and(same) {
            let mut ready = Vec::new();
            let code = round.partners.get(usize::from(partner.0)).map_or("", |partner| partner.code.as_str());
            cell::text(&mut ready, code);
            ready.push(b',');
            cell::text(&mut ready, info.map_or("", |info| info.name.as_str()));
            ready.push(b',');
            cell::text(&mut ready, sheet(info, at.sheet).unwrap_or_default());
            self.came_from = Some((partner, at, ready));
        }
        if let Some((.., ready)) = &self.came_from {
            self.table.made_up(ready, 3);
        }
        self.table.whole(i64::from(at.cell.row) + 1);
        self.table.address(&column_letters(at.cell.column), at.cell.row);
    }
}

/// A sheet's name.
fn sheet(info: Option<&FileInfo>, sheet: SheetId) -> Option<&str> {
    info.and_then(|info| info.sheets.get(usize::from(sheet.0))).map(String::as_str)
}

/// Writes several texts into one cell.
fn several<'t, W: Write>(table: &mut Table<W>, field: usize, texts: impl Iterator<Item = &'t str>) {
    // The row's number stands before the fields.
    let between = match table.columns.get(field + 1).map(|column| &column.kind) {
        Some(Kind::Several(between)) => *between,
        _ => ';',
    };
    let mut all = String::new();
    for (number, text) in texts.enumerate() {
        if number > 0 {
            all.push(between);
        }
        all.push_str(text);
    }
    table.text(&all);
}

/// What there is to say of a cell of which the value alone does not say everything: of what kind, and the words.
fn says_more<'c>(cell: &'c Cell, field: &'c Field, round: &'c Round) -> Option<(&'static str, Cow<'c, str>)> {
    let typed = || cell.change.as_ref().map(|change| Cow::Borrowed(change.typed.as_str()));
    match &cell.reading {
        Reading::Unreadable(unread) => Some(("unreadable", Cow::Borrowed(&unread.raw))),
        Reading::Blank => Some(("read-as-blank", typed()?)),
        Reading::Value(value @ Value::Word(_)) => {
            Some(("word", show_value(value, field, &round.schema, &round.partners)))
        }
        Reading::Value(value @ Value::Date(date)) if date.precision != Precision::Day => {
            let kind = if date.precision == Precision::Month { "to-the-month" } else { "to-the-quarter" };
            Some((kind, show_value(value, field, &round.schema, &round.partners)))
        }
        Reading::Value(_) => {
            let kind = match cell.change.as_ref()?.kind {
                ChangeKind::TimeLeftOut => "time-left-out",
                ChangeKind::WhiteSpace => "white-space",
                _ => return None,
            };
            Some((kind, typed()?))
        }
    }
}

/// What the list of such cells is.
pub(super) fn beside(names: &super::Called) -> (About, Vec<Column>) {
    let word = |word: &str, label: &str| (word.to_owned(), label.to_owned());
    let kinds = Kind::One {
        words: vec![
            word("unreadable", "It could not be read; its cell in the table is blank"),
            word("word", "A word that is allowed in place of a value; its cell in the table is blank"),
            word("to-the-month", "The day in the table is the last of the month that was given"),
            word("to-the-quarter", "The day in the table is the last of the quarter that was given"),
            word(
                "read-as-blank",
                "Something was typed that was read as nothing; its cell in the table is blank",
            ),
            word("time-left-out", "A time stood beside the day; the table has the day alone"),
            word(
                "white-space",
                "The table has the text with plain line ends and blanks, and without characters that nobody sees",
            ),
        ],
        ordered: false,
    };
    let about = About {
        name: names.ours("cells"),
        title: "Cells that say more than their value".to_owned(),
        description: "Cells of the merged tables that could not be read, that hold a word in place of a value, whose day \
                      stands for a month or a quarter or had a time beside it, or whose text had other white space. What reading changed otherwise is among the findings, as it \
                      was typed and as it was used."
            .to_owned(),
        primary_key: vec!["table", "id", "field"],
        unique_key: Vec::new(),
        foreign_keys: vec![
            ("partner".to_owned(), names.ours("partners"), "code"),
            ("file".to_owned(), names.ours("files"), "file"),
        ],
    };
    let columns = vec![
        Column::new("table", "Table", Kind::Text)
            .about("The merged table, by the name of its resource.")
            .always(),
        Column::new("id", "Number", Kind::Whole).about("The row's _id in that table.").always(),
        Column::new("field", "Field", Kind::Text).about("The column of that table.").always(),
        Column::new("partner", "Partner", Kind::Text).always(),
        Column::new("file", "File", Kind::Text).always(),
        Column::new("sheet", "Sheet", Kind::Text),
        Column::new("cell", "Cell", Kind::Text).always(),
        Column::new("kind", "What there is to say", kinds).always(),
        Column::new("typed", "In words", Kind::Text)
            .about("As it was typed, or the word, the month or the quarter."),
    ];
    (about, columns)
}
