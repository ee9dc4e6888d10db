//! A small round made by hand: every kind of sheet has something to show.

#![allow(clippy::too_many_lines, clippy::unnecessary_wraps, reason = "a round written out")]

use jiff::civil::date;
use quarterday::finding::{Effort, Finding, Location, Severity};
use quarterday::model::*;
use quarterday::round::{Ledger, LedgerLine, Marking, Register, RegisterEntry, Round};
use quarterday::schema::*;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

pub(crate) fn money(text: &str) -> Decimal {
    text.parse().expect("an amount")
}

fn category(value: &str, label: &str, colour: Option<&str>) -> Category {
    Category {
        value: value.into(),
        label: label.into(),
        colour: colour.map(Into::into),
        meaning: Some(format!("what {label} means")),
        means: (value == "complete").then(|| "complete".to_owned()),
        ..Category::default()
    }
}

fn field(name: &str, title: &str, kind: FieldType, role: Option<Role>, list: Option<usize>) -> Field {
    Field { name: name.into(), title: title.into(), kind, role, list, ..Field::default() }
}

fn table(name: &str, title: &str, fields: Vec<Field>) -> TableSchema {
    TableSchema { name: name.into(), title: title.into(), fields, ..TableSchema::default() }
}

fn control(name: &str, table: usize, kind: ControlKind) -> Control {
    Control {
        name: name.into(),
        title: format!("The {name} control"),
        table,
        kind,
        severity: Severity::Error,
        tolerance: Tolerance::Within(Decimal::ZERO),
    }
}

fn output(sheet: &str, kind: OutputKind) -> Output {
    Output { sheet: sheet.into(), title: None, description: None, kind, sort: Vec::new() }
}

pub(crate) fn schema() -> Schema {
    let plan = TableSchema {
        register: Some(RegisterFields { key: 0, title: Some(1) }),
        ..table(
            "plan",
            "Plan",
            vec![
                field("ref", "Ref", FieldType::String, None, None),
                field("action", "Action", FieldType::String, Some(Role::Title), None),
                field("status", "Status", FieldType::Code, Some(Role::Status), Some(1)),
                field("rating", "Rating", FieldType::Code, Some(Role::Rating), Some(0)),
                field("update", "Update", FieldType::String, Some(Role::Update), None),
                field("due", "Due", FieldType::Date, Some(Role::TargetDate), None),
                field("cost", "Cost", FieldType::Money, None, None),
                field("expected", "Expected", FieldType::String, None, None),
                field("result", "Result", FieldType::String, None, None),
                field("share", "Share", FieldType::Percent, None, None),
            ],
        )
    };
    let funds = table(
        "paid",
        "Contributions",
        vec![
            field("stream", "Stream", FieldType::String, None, None),
            field("q1", "Q1", FieldType::Money, None, None),
            field("q2", "Q2", FieldType::Money, None, None),
            field("total", "Total", FieldType::Money, None, None),
            field("comment", "Comment", FieldType::String, Some(Role::Comment), None),
        ],
    );
    let fund = table(
        "fund",
        "Fund",
        vec![
            Field {
                allow: vec!["not stated".into()],
                ..field("opening", "Opening", FieldType::Money, None, None)
            },
            field("in", "In", FieldType::Money, None, None),
            field("out", "Out", FieldType::Money, None, None),
            field("closing", "Closing", FieldType::Money, None, None),
        ],
    );
    let risks = table(
        "risks",
        "Risks",
        vec![
            field("risk", "Risk", FieldType::String, None, None),
            field("l", "Likelihood", FieldType::Integer, None, None),
            field("i", "Impact", FieldType::Integer, None, None),
        ],
    );
    let ledger = ControlKind::Ledger {
        amount: 3,
        by: vec![0],
        ledger: "paid".into(),
        column: "actual".into(),
        agreed: Some("agreed".into()),
        complete: true,
    };
    let forward = ControlKind::RollForward { opening: 0, add: vec![1], less: vec![2], closing: 3 };
    Schema {
        name: "demo".into(),
        title: "Demonstration return".into(),
        version: "1".into(),
        year_start: 4,
        lists: vec![
            CodeList {
                name: "rating".into(),
                title: "Rating".into(),
                categories: vec![
                    category("red", "Red", Some("C00000")),
                    category("amber", "Amber", Some("FFC000")),
                    category("green", "Green", Some("00B050")),
                ],
                ordered: true,
                combine_worst: true,
            },
            CodeList {
                name: "status".into(),
                title: "Status".into(),
                categories: vec![
                    category("open", "In progress", None),
                    category("complete", "Complete", None),
                ],
                ..CodeList::default()
            },
        ],
        tables: vec![plan, funds, fund, risks],
        controls: vec![
            control("ledger", 1, ledger),
            control("footing", 1, ControlKind::CrossFooting { sums: vec![1, 2], total: 3 }),
            control("forward", 2, forward),
        ],
        outputs: outputs(),
        ..Schema::default()
    }
}

fn outputs() -> Vec<Output> {
    vec![
        output(
            "Summary",
            OutputKind::Summary {
                table: Some(0),
                group: Some("area".into()),
                chart: Some("part".into()),
                headline: vec!["‹implemented› of ‹areas› areas are done; ‹red› have a red.".into()],
                money: Some(0),
            },
        ),
        output("Areas", OutputKind::RollUp { table: 0, group: "area".into(), show: vec!["part".into()] }),
        output("Actions", OutputKind::Register { table: 0, columns: vec!["area".into()], joined: Some(4) }),
        output(
            "By agency",
            OutputKind::Records { table: 0, columns: (0..10).filter(|c| *c != 8).collect(), total: vec![6] },
        ),
        output("Exceptions", OutputKind::Exceptions { table: 0, columns: vec![0, 1, 4] }),
        output("Voices", OutputKind::Grid { table: 0, columns: vec![3, 4] }),
        output(
            "Impact",
            OutputKind::Impact { table: 0, expected: 7, result: 8, on: Some(5), columns: vec![0] },
        ),
        output("Risks", OutputKind::Scored { table: 3, likelihood: 1, impact: 2, columns: vec![0] }),
        output(
            "Contributions",
            OutputKind::Money {
                table: 1,
                control: 0,
                quarters: vec![1, 2],
                columns: vec![3, 4],
                chart: true,
            },
        ),
        output("Fund", OutputKind::Fund { table: 2, control: Some(2), columns: vec![0, 1, 2, 3] }),
        output(
            "Carry forward",
            OutputKind::CarryForward {
                table: 0,
                decision: "part".into(),
                columns: vec!["area".into()],
                why: Some(4),
            },
        ),
        output("Reconciliation", OutputKind::Reconciliation),
        output("Queries", OutputKind::Queries),
        output("Returns received", OutputKind::Returns),
        output("Changes made", OutputKind::Changes),
        output("How we read it", OutputKind::Reading),
        output("Formulas", OutputKind::Formulas),
        output("Not used", OutputKind::NotUsed),
        output("Definitions", OutputKind::Definitions),
    ]
}

fn partner(code: &str, name: &str) -> Partner {
    let (aliases, contact) = (vec![format!("{name} Service")], Some("Support Officer".into()));
    Partner { aliases, contact, ..Partner::new(code, name) }
}

pub(crate) fn round() -> Round {
    let entry = |line: u32, cells: [&str; 4], agencies: &[u16]| RegisterEntry {
        line,
        cells: cells.map(str::to_owned).to_vec(),
        agencies: agencies.iter().map(|id| PartnerId(*id)).collect(),
    };
    let line = |line, partner, actual: &str| LedgerLine {
        line,
        table: "paid".into(),
        names: [("stream".to_owned(), "Core".to_owned())].into_iter().collect(),
        amounts: [("actual".to_owned(), money(actual)), ("agreed".to_owned(), money(actual))]
            .into_iter()
            .collect(),
        partner: Some(PartnerId(partner)),
    };
    Round {
        schema: schema(),
        board: "Example Board & Co".into(),
        code: "EB".into(),
        period: Period { year: 2013, quarter: Some(4) },
        deadline: Some(date(2014, 4, 18)),
        corrections_by: None,
        as_at: date(2014, 3, 31),
        annual_report_is_final: None,
        annual_report_line: 1,
        is_final: false,
        marking: Marking::OfficialSensitive,
        extract_marking: Marking::Official,
        contact: None,
        partners: vec![partner("A", "Alpha"), partner("B", "Beta"), partner("C", "Gamma")],
        bodies: Vec::new(),
        offices: Vec::new(),
        severity: BTreeMap::new(),
        plan: Register {
            headings: ["ref", "action", "area", "part"].map(str::to_owned).to_vec(),
            key: 0,
            title: Some(1),
            entries: vec![
                entry(2, ["1.1", "Write it down", "Writing", "One"], &[0, 1]),
                entry(3, ["1.2", "Read it out", "Reading", "Two"], &[0, 1, 2]),
            ],
            by_key: [("1.1".to_owned(), 0), ("1.2".to_owned(), 1)].into_iter().collect(),
        },
        ledger: Ledger::from(vec![line(2, 0, "100.50"), line(3, 1, "645"), line(4, 2, "550")]),
        recommendations: Vec::new(),
        earlier_folder: None,
        earlier: None,
        answers: Vec::new(),
        sign_off: None,
        stamps: Vec::new(),
        earlier_stamps: Vec::new(),
        suspected: Vec::new(),
    }
}

fn formula_faults() -> Vec<FormulaFault> {
    vec![
        FormulaFault {
            at: at(0, 9, 2),
            kind: FormulaFaultKind::RangeTooShort,
            formula: "SUM(C5:C8)".into(),
            corrected: Some("SUM(C5:C9)".into()),
            cells: vec![at(0, 8, 2)],
            effect: Some(money("-14388")),
            stored: Some(money("178045")),
            recomputed: Some(money("192433")),
        },
        FormulaFault {
            at: at(0, 9, 3),
            kind: FormulaFaultKind::TypedTotal,
            formula: "".into(),
            corrected: Some("SUM(D5:D9)".into()),
            cells: vec![at(0, 9, 2)],
            effect: Some(Decimal::ZERO),
            stored: Some(money("20.5")),
            recomputed: Some(money("20.5")),
        },
    ]
}

fn at(file: u32, row: u32, column: u16) -> Origin {
    Origin { file: FileId(file), sheet: SheetId(0), cell: CellRef::new(row, column) }
}

pub(crate) fn cell(file: u32, row: u32, column: u16, value: Option<Value>) -> Cell {
    let reading = value.map_or(Reading::Blank, Reading::Value);
    Cell { at: at(file, row, column), reading, change: None }
}

pub(crate) fn text(text: &str) -> Option<Value> {
    Some(Value::Text(text.into()))
}

pub(crate) fn amount(text: &str) -> Option<Value> {
    Some(Value::Money(Money::exact(money(text))))
}

pub(crate) fn record(file: u32, row: u32, values: Vec<Option<Value>>) -> Record {
    let cells = (0u16..).zip(values).map(|(column, value)| cell(file, row, column, value)).collect();
    Record { at: at(file, row, 0), cells, extra: Vec::new() }
}

pub(crate) fn plan_row(file: u32, row: u32, key: &str, rating: u16, words: &str, cost: &str) -> Record {
    let due = PartialDate { date: date(2013, 12, 31), precision: Precision::Day };
    record(
        file,
        row,
        vec![
            text(key),
            None,
            Some(Value::Code(u16::from(rating == 2))),
            Some(Value::Code(rating)),
            text(words),
            Some(Value::Date(due)),
            amount(cost),
            text("Children are safer"),
            None,
            Some(Value::Percent(money("61.01"))),
        ],
    )
}

/// Tables with their rows, in the order in which they reach the workbook.
pub(crate) fn rows() -> Vec<(usize, PartnerId, Record)> {
    let mut rows = Vec::new();
    let plan = |file: u32, key, rating, words: &str, row| {
        (0, PartnerId(u16::try_from(file).unwrap()), plan_row(file, row, key, rating, words, "10.25"))
    };
    rows.push(plan(0, "1.1", 2, "=1+1 is text, not a formula", 6));
    rows.push(plan(0, "1.2", 0, "Not begun\nbecause of floods", 7));
    rows.push(plan(1, "1.1", 2, "Done", 6));
    rows.push(plan(1, "1.2", 1, "Half done", 7));
    let paid = |file: u32, q1: &str, q2: &str, total: &str| {
        let values = vec![text("Core"), amount(q1), amount(q2), amount(total), None];
        (1, PartnerId(u16::try_from(file).unwrap()), record(file, 20, values))
    };
    rows.push(paid(0, "50.25", "50.25", "100.50"));
    rows.push(paid(1, "300", "372", "672"));
    let fund = vec![Some(Value::Word(0)), amount("100"), amount("60"), amount("40")];
    rows.push((2, PartnerId(0), record(0, 30, fund)));
    let fund = vec![amount("10"), amount("100"), amount("60"), amount("51.5")];
    rows.push((2, PartnerId(1), record(1, 30, fund)));
    for (row, likelihood, impact) in [(40, 2, 3), (41, 5, 5), (42, 2, 3)] {
        let values =
            vec![text("Staff leave"), Some(Value::Integer(likelihood)), Some(Value::Integer(impact))];
        rows.push((3, PartnerId(0), record(0, row, values)));
    }
    rows
}

fn file(name: &str) -> FileInfo {
    FileInfo {
        name: name.into(),
        held: None,
        size: 1234,
        sha256: "ab".repeat(32),
        sheets: vec!["Plan & money".into()],
    }
}

fn returned(id: u32, state: ReturnState) -> ReturnInfo {
    let partner = Some(PartnerId(u16::try_from(id).unwrap() % 2));
    ReturnInfo {
        file: FileId(id),
        kind: Some(FileKind::Xlsx),
        identity: Identity { partner, ..Identity::default() },
        rows: if state == ReturnState::Accepted { [6, 5, 1, 0] } else { [6, 0, 0, 6] },
        state,
        sheets: vec![SheetUse {
            sheet: SheetId(0),
            name: "Plan & money".into(),
            filled_rows: 9,
            filled_cells: 0,
            beside: quarterday::model::Beside::default(),
            hidden: false,
            tables: vec![0, 1],
        }],
        layouts: Vec::new(),
        extra: Vec::new(),
        absent: Vec::new(),
        part_of: None,
        blank: false,
    }
}

/// What the merge of [`rows`] leaves behind.
pub(crate) fn consolidated(round: &Round, rows: &[(usize, PartnerId, Record)]) -> Consolidated {
    let mut kept: Vec<Vec<Kept>> = vec![Vec::new(); round.schema.tables.len()];
    let mut merged_rows = vec![0u32; round.schema.tables.len()];
    let mut register: Vec<RegisterRow> = round
        .plan
        .entries
        .iter()
        .map(|entry| RegisterRow {
            key: entry.cells[0].clone(),
            columns: entry.cells.clone(),
            responses: entry
                .agencies
                .iter()
                .map(|id| Response { partner: *id, row: None, came: false })
                .collect(),
        })
        .collect();
    for (table, partner, record) in rows {
        let ordinal = merged_rows[*table];
        merged_rows[*table] += 1;
        kept[*table].push(Kept { partner: *partner, ordinal, at: record.at, cells: record.cells.clone() });
        if *table == 0 {
            let key = record.cells[0].text().unwrap_or_default();
            let entry = register.iter_mut().find(|entry| entry.key == key);
            let responses = entry.into_iter().flat_map(|entry| &mut entry.responses);
            for response in responses.filter(|response| response.partner == *partner) {
                let (rating, status) = (record.cells[3].code(), record.cells[2].code());
                response.row = Some(ResponseRow { at: record.at, ordinal, rating, status });
            }
        }
    }
    let superseded = ReturnState::Superseded {
        by: FileId(1),
        why: "it was completed later".into(),
        differences: vec![(Some(at(2, 6, 3)), Some(at(1, 6, 3)))],
    };
    Consolidated {
        places: Places { files: vec![file("alpha.xlsx"), file("beta.xlsx"), file("beta (2).xlsx")] },
        returns: vec![
            returned(0, ReturnState::Accepted),
            returned(1, ReturnState::Accepted),
            ReturnInfo {
                identity: Identity { partner: Some(PartnerId(1)), ..Identity::default() },
                ..returned(2, superseded)
            },
        ],
        skipped: vec![SkippedFile {
            name: "~$alpha.xlsx".into(),
            held: None,
            why: "It is a lock file.".into(),
        }],
        missing: vec![PartnerId(2)],
        groups: groups(round),
        register,
        merged_rows,
        kept,
        held: vec![HeldRow {
            table: 0,
            partner: Some(PartnerId(0)),
            at: at(0, 9, 0),
            reason: HeldReason::NotInPlan { key: "9.9".into() },
            why: "Nobody asked for 9.9.".into(),
            cells: vec!["9.9".into(), "Something else".into()],
            pounds: money("3"),
            amounts: vec![(3, money("3"))],
        }],
        comparisons: comparisons(),
        tallies: vec![[1, 0, 2, 0], [1, 1, 0, 0], [0, 0, 1, 1]],
        ledgered: vec![Ledgered {
            control: 0,
            typed: money("772.5"),
            merged: money("772.5"),
            ledger: money("1295.5"),
            net: money("-523"),
            gross: money("577"),
            unexplained: money("577"),
            untested: 0,
        }],
        formula_faults: formula_faults(),
        conservation: vec![proof(0, [9, 5, 1, 0, 3, 0]), proof(2, [9, 0, 0, 6, 3, 0])],
    }
}

fn proof(file: u32, rows: [u32; 6]) -> Conservation {
    let [filled, merged, held, set_aside, not_data, unused] = rows;
    let pounds = |rows: u32| money("10.10") * Decimal::from(rows);
    Conservation {
        file: FileId(file),
        sheet: SheetId(0),
        filled,
        merged,
        held,
        set_aside,
        not_data,
        unused,
        pounds_read: pounds(merged + held + set_aside),
        pounds_merged: pounds(merged),
        pounds_held: pounds(held),
        pounds_set_aside: pounds(set_aside),
    }
}

fn groups(round: &Round) -> Vec<Vec<Group>> {
    let group = |name: &str, part: &str, by_rating: [u32; 3], rolled| Group {
        name: name.into(),
        show: vec![part.into()],
        entries: 1,
        by_rating: by_rating.to_vec(),
        not_reported: 0,
        rolled,
        before: None,
    };
    let groups =
        vec![group("Writing", "One", [0, 0, 1], Some(2)), group("Reading", "Two", [1, 0, 0], Some(0))];
    let outputs = round.schema.outputs.iter().map(|output| match output.kind {
        OutputKind::RollUp { .. } | OutputKind::Summary { .. } => groups.clone(),
        _ => Vec::new(),
    });
    outputs.collect()
}

fn comparisons() -> Vec<Comparison> {
    let side = |text: Option<&str>, at| Side { amount: text.map(money), at, ledger_line: None };
    let line = |control, partner, line: &str, stated, expected, outcome| Comparison {
        explanations: Vec::new(),
        limit: None,
        control,
        scope: Scope::Partner(PartnerId(partner)),
        line: line.into(),
        stated,
        expected,
        addends: Vec::new(),
        note: None,
        outcome,
    };
    let ledger = |text, line| Side { amount: Some(money(text)), at: None, ledger_line: Some(line) };
    let differs = |text: &str| Outcome::Differs { difference: money(text) };
    let rounding = Outcome::WithinRounding { difference: money("1"), allowed: money("2") };
    let untested = Outcome::Untestable { blocked_by: Vec::new(), why: "Opening is not stated.".into() };
    vec![
        line(0, 0, "Core", side(Some("100.5"), Some(at(0, 20, 3))), ledger("100.5", 2), Outcome::Agrees),
        line(0, 1, "Core", side(Some("672"), Some(at(1, 20, 3))), ledger("645", 3), differs("27")),
        line(0, 2, "Core", side(None, None), ledger("550", 4), differs("-550")),
        line(1, 1, "Quarters", side(Some("672"), Some(at(1, 20, 3))), side(Some("671"), None), rounding),
        line(2, 0, "Fund", side(Some("40"), Some(at(0, 30, 3))), side(None, None), untested),
        line(2, 1, "Fund", side(Some("51.5"), Some(at(1, 30, 3))), side(Some("50"), None), differs("1.5")),
    ]
}

#[allow(dead_code)]
pub(crate) fn finding(code: quarterday::finding::Code, severity: Severity, row: u32) -> Finding {
    Finding {
        code,
        severity,
        effort: Effort::LookUp,
        at: Location::Cell(at(0, row, 4)),
        partner: Some(PartnerId(0)),
        audience: quarterday::finding::Audience::Partner,
        message: "Something about this cell.".into(),
        help: Some("Put it right.".into()),
        detail: None,
    }
}
