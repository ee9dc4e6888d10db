//! Small rounds and returns for the tests of this module.

use crate::finding::Severity;
use crate::model::{
    Cell, CellRef, Consolidated, FileId, FileInfo, FileKind, Heading, Identity, Layout, Match, Misread,
    Money, Origin, Partner, PartnerId, Period, Places, Reading, Record, ReturnInfo, ReturnState, Sheet,
    SheetId, Submission, Table, Total, Unreadable, Value,
};
use crate::reconcile::{Reconciler, within};
use crate::round::{LedgerLine, Round};
use crate::schema::{
    Category, CodeList, Constraints, Control, ControlKind, Field, FieldType, Schema, TableSchema, Tolerance,
};
use proptest::prelude::Strategy;
use rust_decimal::Decimal;

pub(in crate::reconcile) fn decimal(text: &str) -> Decimal {
    text.replace(',', "").parse().expect("a decimal")
}

/// A field from `name:type`, with `!` at its end if it must be filled.
fn field(spec: &str) -> Field {
    let (name, kind) = spec.split_once(':').expect("name:type");
    let required = kind.ends_with('!');
    let kind = kind.trim_end_matches('!');
    let mut title = name.replace('_', " ");
    title[..1].make_ascii_uppercase();
    Field {
        name: name.to_owned(),
        title,
        kind: match kind {
            "money" => FieldType::Money,
            "text" => FieldType::String,
            "agency" => FieldType::Agency,
            "percent" => FieldType::Percent,
            "stream" => FieldType::Code,
            other => panic!("no such type: {other}"),
        },
        list: (kind == "stream").then_some(0),
        allow: vec!["not stated".to_owned()],
        constraints: Constraints { required, ..Constraints::default() },
        ..Field::default()
    }
}

pub(in crate::reconcile) struct World {
    pub(in crate::reconcile) round: Round,
}

impl World {
    /// One table with these fields, three streams, and these partners (code and name).
    pub(in crate::reconcile) fn new(fields: &str, partners: &[(&str, &str)]) -> Self {
        let category = |value: &str, label: &str, synonym: &str| Category {
            value: value.to_owned(),
            label: label.to_owned(),
            synonyms: vec![synonym.to_owned()],
            ..Category::default()
        };
        let fields: Vec<Field> = fields.split_whitespace().map(field).collect();
        let keys = fields.iter().enumerate().filter(|(_, field)| field.kind != FieldType::Money);
        let primary_key = keys.filter(|(_, f)| f.kind != FieldType::Percent).map(|(at, _)| at).collect();
        let schema = Schema {
            lists: vec![CodeList {
                categories: vec![
                    category("childrens-wellbeing", "Children's Wellbeing", "CWB"),
                    category("adults", "Adults and Health Wellbeing", "AHW"),
                    category("contribution", "Partner contribution", "Core"),
                    category("all", "All streams", "Everything"),
                ],
                ..CodeList::default()
            }],
            tables: vec![TableSchema {
                name: "money".to_owned(),
                title: "Money".to_owned(),
                fields,
                primary_key,
                ..TableSchema::default()
            }],
            ..Schema::default()
        };
        let partners = partners.iter().map(|(code, name)| Partner::new(code, name));
        Self {
            round: Round {
                board: "Board".to_owned(),
                code: "B".to_owned(),
                period: Period { year: 2013, quarter: Some(4) },
                as_at: jiff::civil::date(2014, 3, 31),
                partners: partners.collect(),
                ..crate::round::for_schema(schema)
            },
        }
    }

    pub(in crate::reconcile) fn at(&self, name: &str) -> usize {
        self.round.schema.tables[0].field(name).expect("a field")
    }

    pub(in crate::reconcile) fn all(&self, names: &str) -> Vec<usize> {
        names.split_whitespace().map(|name| self.at(name)).collect()
    }

    pub(in crate::reconcile) fn partner(&self, code: &str) -> Option<PartnerId> {
        self.round.partners().find(|(_, partner)| partner.code == code).map(|(id, _)| id)
    }

    pub(in crate::reconcile) fn control(&mut self, kind: ControlKind, tolerance: Tolerance) {
        self.round.schema.controls.push(Control {
            name: kind.name().to_owned(),
            title: kind.name().to_owned(),
            table: 0,
            kind,
            severity: Severity::Query,
            tolerance,
        });
    }

    /// A complete ledger control by agency and stream.
    pub(in crate::reconcile) fn ledger_control(&mut self, amount: &str) {
        let kind = ControlKind::Ledger {
            amount: self.at(amount),
            by: self.all("agency stream"),
            ledger: "money".to_owned(),
            column: "actual".to_owned(),
            agreed: Some("agreed".to_owned()),
            complete: true,
        };
        self.control(kind, Tolerance::Within(Decimal::ZERO));
    }

    /// A line of the ledger: the partner's code or nothing, names (`stream=AHW`) and amounts (`actual=5`).
    pub(in crate::reconcile) fn ledger(&mut self, partner: &str, columns: &str) {
        let line = u32::try_from(self.round.ledger.lines.len()).expect("few") + 2;
        let mut entry = LedgerLine {
            line,
            table: "money".to_owned(),
            partner: self.partner(partner),
            ..LedgerLine::default()
        };
        for column in columns.split(';').filter(|column| !column.trim().is_empty()) {
            let (name, value) = column.trim().split_once('=').expect("name=value");
            match value.parse() {
                Ok(amount) => drop(entry.amounts.insert(name.to_owned(), amount)),
                Err(_) => drop(entry.names.insert(name.to_owned(), value.to_owned())),
            }
        }
        self.round.ledger.push(entry);
    }

    /// A return of a partner: rows of cells between `|`. `Total | …` in the first cell makes a total row. Amounts: `5`
    /// to the penny, `5~0` in whole pounds, `20000~3` in thousands, `5-` held for its minus, `?` unreadable, `not stated`.
    pub(in crate::reconcile) fn submission(&self, file: u32, partner: &str, rows: &str) -> Submission {
        let sheet = Sheet::new(FileId(file), SheetId(0), "Finance");
        let schema = &self.round.schema.tables[0];
        let mut table = Table {
            table: 0,
            file: FileId(file),
            sheet: SheetId(0),
            layout: layout(&sheet, schema),
            records: Vec::new(),
            totals: Vec::new(),
        };
        let mut since = 0;
        for (row, text) in rows.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate() {
            let row = u32::try_from(row).expect("few") + 1;
            let texts: Vec<&str> = text.split('|').map(str::trim).collect();
            let total = texts[0].to_lowercase().contains("total");
            let cells = schema.fields.iter().enumerate().map(|(column, field)| Cell {
                at: origin(&sheet, row, column),
                reading: match texts.get(column) {
                    Some(text) if !(total && column == 0) => self.read(text, field),
                    _ => Reading::Blank,
                },
                change: None,
            });
            let record = Record { at: origin(&sheet, row, 0), cells: cells.collect(), extra: Vec::new() };
            if total {
                let subtotal = texts[0].starts_with("Sub");
                let covers = if subtotal { since } else { 0 }..table.records.len();
                since = covers.end;
                table.totals.push(Total { record, subtotal, covers, label: texts[0].to_owned() });
            } else {
                table.records.push(record);
            }
        }
        Submission {
            file: FileId(file),
            kind: FileKind::Xlsx,
            identity: Identity { partner: self.partner(partner), ..Identity::default() },
            tables: vec![table],
            absent: Vec::new(),
            sheets: Vec::new(),
            oddities: Vec::new(),
            unseen: Vec::new(),
            suspected: Vec::new(),
            formula_faults: Vec::new(),
        }
    }

    fn read(&self, text: &str, field: &Field) -> Reading {
        let held = |why| Reading::Unreadable(Box::new(Unreadable { raw: text.to_owned(), why }));
        if text.is_empty() {
            return Reading::Blank;
        }
        if text == "?" {
            return held(Misread::NotThis);
        }
        if text == "not stated" {
            return Reading::Value(Value::Word(0));
        }
        match field.kind {
            FieldType::Money => {
                let (number, unit) = text.split_once('~').unwrap_or((text, "-2"));
                let pounds = decimal(number.trim_end_matches('-'));
                if number.ends_with('-') {
                    return held(Misread::Minus(Money::exact(-pounds)));
                }
                Reading::Value(Value::Money(Money { pounds, unit: unit.parse().expect("a unit") }))
            }
            FieldType::Percent => Reading::Value(Value::Percent(decimal(text))),
            FieldType::Agency => self
                .partner(text)
                .map_or_else(|| held(Misread::NotThis), |partner| Reading::Value(Value::Agency(partner))),
            FieldType::Code => {
                let list = &self.round.schema.lists[0].categories;
                let code = list.iter().position(|category| category.value == text || category.label == text);
                Reading::Value(Value::Code(u16::try_from(code.expect("a stream")).expect("few")))
            }
            _ => Reading::Value(Value::Text(text.into())),
        }
    }

    /// What a round of returns comes to; those in `superseded` are replaced by the last return.
    pub(in crate::reconcile) fn reconcile(&self, returns: &[Submission], superseded: &[u32]) -> Consolidated {
        let mut consolidated = Consolidated {
            places: Places {
                files: (0..returns.len())
                    .map(|file| FileInfo {
                        name: format!("return {file}.xlsx"),
                        sheets: vec!["Finance".to_owned()],
                        ..FileInfo::default()
                    })
                    .collect(),
            },
            ..Consolidated::default()
        };
        let mut reconciler = Reconciler::new(&self.round);
        for submission in returns {
            let accepted = !superseded.contains(&submission.file.0);
            reconciler.take(submission, within(&self.round, submission), accepted);
            let replaced = ReturnState::Superseded {
                by: returns.last().expect("one").file,
                why: String::new(),
                differences: Vec::new(),
            };
            let state = if accepted { ReturnState::Accepted } else { replaced };
            consolidated.returns.push(returned(submission, state));
        }
        reconciler.finish(&mut consolidated);
        consolidated
    }
}

/// Every field in a column of its own, the headings in the first row.
fn layout(sheet: &Sheet, schema: &TableSchema) -> Layout {
    let heading = |(column, field): (usize, &Field)| {
        Some(Heading { at: origin(sheet, 0, column), text: field.title.clone(), how: Match::Exact })
    };
    Layout {
        table: 0,
        sheet: SheetId(0),
        header_rows: (0, 0),
        columns: schema.fields.iter().enumerate().map(heading).collect(),
        unmapped: Vec::new(),
        reminders: Vec::new(),
        rows: Vec::new(),
        score: 100,
        reasons: Vec::new(),
        repeated: Vec::new(),
        unused: Vec::new(),
        foreign: Vec::new(),
        continues: None,
        second: Vec::new(),
    }
}

pub(in crate::reconcile) fn returned(submission: &Submission, state: ReturnState) -> ReturnInfo {
    ReturnInfo {
        file: submission.file,
        kind: Some(submission.kind),
        identity: submission.identity.clone(),
        state,
        blank: false,
        sheets: Vec::new(),
        layouts: Vec::new(),
        extra: Vec::new(),
        absent: Vec::new(),
        part_of: None,
        rows: [0; 4],
    }
}

fn origin(sheet: &Sheet, row: u32, column: usize) -> Origin {
    sheet.origin(CellRef::new(row, u16::try_from(column).expect("few")))
}

/// Amounts of up to £100,000 either way.
pub(in crate::reconcile) fn pennies() -> impl Strategy<Value = Decimal> {
    (-10_000_000i64..10_000_000).prop_map(|pennies| Decimal::new(pennies, 2))
}
