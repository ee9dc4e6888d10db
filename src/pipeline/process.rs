//! One file: read, located, typed, checked and controlled, on one thread.

use super::grids::Grids;
use super::identify::{self, Sheets};
use super::plan::{Beside, Planned};
use super::{Input, bytes_of, persons, split};
use crate::checks::{self, Likely};
use crate::finding::Finding;
use crate::model::{
    FileId, FileInfo, HELD, Identity, Layout, Oddity, Places, Refusal, Sheet, SheetUse, Submission, Table,
    Visibility, Workbook,
};
use crate::privacy::{self, Rules};
use crate::read::Portion;
use crate::reconcile::{self, Within};
use crate::round::{self, Round, sha256};
use crate::schema::TableSchema;
use crate::{locate, parse};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// One file or one of the returns in it, read and checked.
pub(super) struct Processed {
    pub sha256: String,
    pub sheets: Vec<String>,
    /// The return that was planned, then others that the first look had not seen in the file.
    pub returns: Vec<Result<Return, Refusal>>,
}

/// A return that could be read.
pub(super) struct Return {
    pub submission: Submission,
    pub findings: Vec<Finding>,
    /// What it holds that no finding may repeat.
    pub likely: Likely,
    pub within: Within,
}

/// Takes one return through the stages. One that brings a stage down is refused; the others go on.
/// The grid of a file that the first look read whole is taken over, if the file is still the same.
pub(super) fn process(round: &Round, inputs: &[&dyn Input], planned: &Planned, grids: &Grids) -> Processed {
    let file = file_id(planned.key.0);
    let input = inputs[planned.key.0];
    let bytes = match bytes_of(input) {
        Ok(bytes) => bytes,
        Err(refusal) => {
            let returns = vec![Err(refusal)];
            return Processed { sha256: String::new(), sheets: Vec::new(), returns };
        }
    };
    let sha256 = sha256(&bytes);
    let mut sheets = Vec::new();
    let parts = caught(|| {
        let own = planned.sheets.as_ref();
        let workbook = match grids.take(planned.key.0, &sha256).filter(|_| own.is_none()) {
            Some(workbook) => workbook,
            None => read_sheets(&persons::rules(round), input, file, &bytes, own)?,
        };
        drop(bytes);
        sheets = workbook.sheets.iter().map(|sheet| sheet.name.clone()).collect();
        match own {
            Some(own) => Ok(vec![only(workbook, own, planned.speaks)]),
            None => split::by_sender(round, workbook),
        }
    });
    let places = places_of_one(inputs, file, &sheets);
    let returns = match parts {
        Err(refusal) => vec![Err(refusal)],
        Ok(parts) => each(parts, |part| {
            let mut submission = with_others(round, input.name(), part, Some(&planned.beside));
            submission.identity.unchanged = planned.identity.unchanged;
            let cx = checks::Context::new(round, &places);
            let findings = checks::submission(&cx, &submission);
            let likely = checks::likely(&cx, &submission);
            let within = reconcile::within(round, &submission);
            Return { submission, findings, likely, within }
        }),
    };
    Processed { sha256, sheets, returns }
}

/// Reads a file, or these of its sheets.
fn read_sheets(
    rules: &Rules<'_>,
    input: &dyn Input,
    file: FileId,
    bytes: &[u8],
    own: Option<&Sheets>,
) -> Result<Workbook, Refusal> {
    input.try_out(bytes)?;
    // A sheet whose name was held back bears another here.
    let held = own.is_some_and(|own| own.values().any(|name| name.starts_with(HELD)));
    let wanted = |tab: &str| held || own.is_none_or(|own| own.values().any(|name| name == tab));
    let portion = |tab: &str| if wanted(tab) { Portion::Whole } else { Portion::Nothing };
    persons::read_held(rules, input, file, bytes, &portion)
}

/// Makes something of each part; what goes wrong with one stops no other.
fn each<P, R>(parts: Vec<P>, make: impl Fn(P) -> R) -> Vec<Result<R, Refusal>> {
    parts.into_iter().map(|part| caught(|| Ok(make(part)))).collect()
}

fn caught<T>(step: impl FnOnce() -> Result<T, Refusal>) -> Result<T, Refusal> {
    catch_unwind(AssertUnwindSafe(step)).unwrap_or_else(|_| {
        Err(Refusal::Damaged("something in it that this program could not get past".to_owned()))
    })
}

/// A workbook with these sheets alone; what was noticed of the file as a whole stays if it is to be told.
fn only(mut workbook: Workbook, own: &Sheets, speaks: bool) -> Workbook {
    workbook.sheets.retain(|sheet| own.contains_key(&sheet.id()));
    if !speaks {
        workbook.facts.suspected.clear();
    }
    workbook.oddities.retain(|oddity| match oddity {
        Oddity::UnreadableSheet { sheet, .. } => own.values().any(|name| name == sheet),
        Oddity::UnreadableCell { at, .. } | Oddity::OpenQuotation { at, .. } => own.contains_key(&at.sheet),
        Oddity::OldFormatFull(sheet) => own.contains_key(sheet),
        Oddity::WrongExtension { .. }
        | Oddity::WebPage { .. }
        | Oddity::Macros
        | Oddity::OtherSheet(_)
        | Oddity::Encoding(_)
        | Oddity::RaggedRows { .. } => speaks,
    });
    workbook
}

/// Reads the tables of a workbook: the identity's first, because they say in which unit the others are.
#[must_use]
pub fn submission(round: &Round, name: &str, mut workbook: Workbook) -> Submission {
    privacy::hold(&mut workbook, &persons::rules(round));
    with_others(round, name, workbook, None)
}

/// The same for one file of several that are one return.
fn with_others(round: &Round, name: &str, workbook: Workbook, beside: Option<&Beside>) -> Submission {
    let mut cx = parse_context(round);
    let mut layouts = locate::tables(&workbook, &round.schema);
    guess(round, &workbook, &mut layouts);
    layouts.retain(|layout| !lacks_its_entries(round, layout));
    let mentioned = super::titles::mentions(&workbook, &layouts, name);
    let identity_tables = identify::tables(&round.schema);
    let (first, rest): (Vec<_>, Vec<_>) =
        layouts.into_iter().partition(|layout| identity_tables.contains(&layout.table));
    let sheet = |id| workbook.sheets.iter().find(|sheet: &&Sheet| sheet.id() == id);
    let mut tables: Vec<_> = first
        .into_iter()
        .filter_map(|layout| Some(parse::table(sheet(layout.sheet)?, layout, &cx)))
        .collect();
    let mut identity = parse::identity(&tables, name, &cx);
    if let Some((unit, rounded)) = beside.and_then(|beside| beside.unit) {
        (identity.unit, identity.rounded) = (unit, rounded);
    }
    (cx.unit, cx.rounded) = (identity.unit, identity.rounded);
    tables
        .extend(rest.into_iter().filter_map(|layout| Some(parse::table(sheet(layout.sheet)?, layout, &cx))));
    super::apart::other_partners(round, identity.partner, &mut tables);
    if identity.partner.is_none() {
        let (unit, rounded) = (identity.unit, identity.rounded);
        identity = Identity { unit, rounded, ..parse::identity(&tables, name, &cx) };
        super::apart::other_partners(round, identity.partner, &mut tables);
    }
    identity.mentioned = mentioned;
    identity = identify::with_ours(round, &workbook, identity);
    if identity.template.is_none() {
        identity.template = beside.and_then(|beside| beside.template.clone());
    }
    tables.sort_by_key(|table| (table.table, table.sheet));
    let audit = audit(&workbook.sheets, &mut tables);
    let absent =
        (0..round.schema.tables.len()).filter(|index| tables.iter().all(|table| table.table != *index));
    let absent = absent.filter(|index| beside.is_none_or(|beside| !beside.tables.contains(index)));
    let sheets = workbook.sheets.iter().map(|sheet| SheetUse {
        sheet: sheet.id(),
        name: sheet.name.clone(),
        filled_rows: filled_rows(sheet),
        filled_cells: u32::try_from(sheet.cells().len()).unwrap_or(u32::MAX),
        beside: super::beside::of(sheet, &workbook.facts),
        hidden: sheet.visibility != Visibility::Visible,
        tables: tables.iter().filter(|table| table.sheet == sheet.id()).map(|table| table.table).collect(),
    });
    let mut submission = Submission {
        file: workbook.file,
        kind: workbook.kind,
        identity,
        absent: absent.collect(),
        sheets: sheets.collect(),
        oddities: workbook.oddities,
        unseen: workbook.facts.unseen,
        suspected: workbook.facts.suspected,
        formula_faults: audit.faults,
        tables,
    };
    submission.unseen.extend(audit.unseen);
    round::rekey(round, &mut submission);
    submission
}

/// Looks at the formulas. Sheets that a list's rows take their figures from are no more of the list: they are in it already.
fn audit(sheets: &[Sheet], tables: &mut [Table]) -> reconcile::Audit {
    let audit = reconcile::audit(sheets, tables);
    for table in tables {
        let sheet = table.sheet;
        table.layout.unused.retain(|other| !audit.linked.contains(&(sheet, *other)));
    }
    audit
}

/// True for what was taken for the list of the plan's entries, and has a column neither for their reference nor for their
/// words: nothing of it could be told to be about any of them.
fn lacks_its_entries(round: &Round, layout: &Layout) -> bool {
    let Some(table) = round.schema.tables.get(layout.table) else { return false };
    let Some(register) = table.register.filter(|_| layout.continues.is_none()) else { return false };
    let column = |field: usize| layout.columns.get(field).is_some_and(Option::is_some);
    register.title.is_some_and(|title| !column(title)) && !column(register.key)
}

/// Guesses at columns with other headings, by what the plan and the list of partners say.
fn guess(round: &Round, workbook: &Workbook, layouts: &mut [Layout]) {
    let plan = |table: &TableSchema, key: &str, field: usize| {
        let entry = round.plan.entries.get(*round.plan.by_key.get(key)?)?;
        entry.cells.get(round.plan.heading(&table.fields.get(field)?.name)?).map(String::as_str)
    };
    let is_partner = |text: &str| round.partners.iter().any(|partner| partner.is_called(text));
    locate::guess(workbook, &round.schema, &locate::Known { plan: &plan, is_partner: &is_partner }, layouts);
}

fn filled_rows(sheet: &Sheet) -> u32 {
    let rows = sheet.rows().filter(|(_, cells)| cells.iter().any(|cell| !sheet.raw(cell).is_blank())).count();
    u32::try_from(rows).unwrap_or(u32::MAX)
}

/// What parsing may depend on before the return has been looked at.
pub(super) fn parse_context(round: &Round) -> parse::Context<'_> {
    parse::Context {
        schema: &round.schema,
        partners: &round.partners,
        bodies: &round.bodies,
        period: Some(round.period),
        unit: 0,
        rounded: false,
    }
}

/// The number of the input at this place.
pub(super) fn file_id(place: usize) -> FileId {
    FileId(u32::try_from(place).unwrap_or(u32::MAX))
}

/// Places in which only one file's sheets are known: all that a check of one return may name.
fn places_of_one(inputs: &[&dyn Input], file: FileId, sheets: &[String]) -> Places {
    let mut files = vec![FileInfo::default(); file.0 as usize + 1];
    if let Some(info) = files.last_mut() {
        let input = inputs[file.0 as usize];
        input.name().clone_into(&mut info.name);
        info.held = input.held();
        info.sheets = sheets.to_vec();
    }
    Places { files }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_wrong_with_one_return_of_a_file_stops_no_other() {
        let made =
            each(vec![1, 0, 4], |part| 8_i32.checked_div(part).expect("a part that brings a stage down"));
        let outcome: Vec<Option<i32>> = made.iter().map(|made| made.as_ref().ok().copied()).collect();
        assert_eq!(outcome, [Some(8), None, Some(2)]);
        assert!(matches!(made[1], Err(Refusal::Damaged(_))));
    }
}
