//! What every kind of sheet may look at, and where merged rows ended up in the workbook.

use super::cells;
use super::cuts::Cuts;
use super::edition::Edition;
use super::sheet::{Page, link};
use super::styles::Styles;
use crate::finding::{Finding, Location};
use crate::model::{Consolidated, FileId, Kept, Origin, PartnerId, ReturnInfo, SheetId};
use crate::overview::Overview;
use crate::round::Round;
use crate::schema::{Output, OutputKind, TableSchema};
use rust_xlsxwriter::Workbook;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What every kind of sheet may look at.
pub(super) struct Context<'a> {
    /// The round's settings.
    pub(super) round: &'a Round,
    /// Which workbook is made.
    pub(super) edition: Edition,
    /// What was merged.
    pub(super) data: &'a Consolidated,
    /// What was found.
    pub(super) findings: &'a [Finding],
    /// Formats.
    pub(super) styles: Arc<Styles>,
    /// Name and surroundings of each output.
    pub(super) pages: Vec<Page>,
    /// Merged rows at hand, a list a table in the order of their ordinals; empty if they have left memory.
    pub(super) rows: Vec<&'a [Kept]>,
}

/// The workbook in the making.
pub(super) struct Press {
    /// The workbook.
    pub(super) book: Workbook,
    /// Where merged rows ended up.
    pub(super) anchors: Anchors,
}

impl<'a> Context<'a> {
    /// The declaration of an output.
    pub(super) fn output(&self, index: usize) -> &'a Output {
        &self.round.schema.outputs[index]
    }

    /// The surroundings of an output.
    pub(super) fn page(&self, index: usize) -> Page {
        self.pages[index].clone()
    }

    /// A table's declaration.
    pub(super) fn table(&self, index: usize) -> &'a TableSchema {
        &self.round.schema.tables[index]
    }

    /// The first output of a kind, if the workbook has its sheet.
    pub(super) fn find(&self, wanted: impl Fn(&OutputKind) -> bool) -> Option<usize> {
        self.round
            .schema
            .outputs
            .iter()
            .position(|output| wanted(&output.kind) && self.edition.has(&output.kind))
    }

    /// True if the workbook has the sheet of an output.
    pub(super) fn has(&self, output: usize) -> bool {
        self.edition.has(&self.output(output).kind)
    }

    /// True for the extract for publication.
    pub(super) fn is_extract(&self) -> bool {
        self.edition == Edition::Extract
    }

    /// The merged row of a table with this ordinal, if it is at hand.
    pub(super) fn kept(&self, table: usize, ordinal: u32) -> Option<&'a Kept> {
        let rows = self.rows.get(table)?;
        let place = rows.binary_search_by_key(&ordinal, |row| row.ordinal).ok()?;
        rows.get(place)
    }

    /// A partner's printed name; a dash if there is none.
    pub(super) fn partner(&self, partner: Option<PartnerId>) -> &'a str {
        partner.map_or("–", |partner| cells::partner_name(self.round, partner))
    }

    /// The partner whose return a sheet of a file belongs to.
    pub(super) fn sender(&self, file: FileId, sheet: SheetId) -> Option<PartnerId> {
        let of_file = || self.data.returns.iter().filter(|info| info.file == file);
        let has = |info: &&ReturnInfo| info.sheets.iter().any(|used| used.sheet == sheet);
        of_file().find(has).or_else(|| of_file().next())?.identity.partner
    }

    /// The round as the outputs sum it up.
    pub(super) fn overview(&self) -> Overview<'a> {
        Overview { round: self.round, data: self.data, findings: self.findings }
    }

    /// Partners with an accepted return, and partners from whom one is expected.
    pub(super) fn received(&self) -> (usize, usize) {
        self.overview().received()
    }

    /// A place as people write it.
    pub(super) fn place(&self, at: Location) -> String {
        self.overview().place(at)
    }

    /// Where to go for a cell of a return: the merged row that it became.
    pub(super) fn target(&self, anchors: &Anchors, at: Origin) -> Option<String> {
        let (table, ordinal) = *anchors.origins.get(&(at.file, at.sheet, at.cell.row))?;
        let (output, row) = *anchors.rows.get(&(table, ordinal))?;
        let field = self.kept(table, ordinal)?.cells.iter().position(|cell| cell.at == at);
        let column = field.and_then(|field| anchors.columns.get(&(output, field))).copied().unwrap_or(0);
        Some(link(&self.pages.get(output)?.name, row, column))
    }

    /// Where to go for the amount of a line of the ledger.
    pub(super) fn ledger_target(&self, anchors: &Anchors, line: u32) -> Option<String> {
        let (output, row, column) = *anchors.ledger.get(&line)?;
        Some(link(&self.pages.get(output)?.name, row, column))
    }
}

/// Where merged rows ended up in the workbook; short sheets only.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    rows: BTreeMap<(usize, u32), (usize, u32)>,
    columns: BTreeMap<(usize, usize), u16>,
    origins: BTreeMap<(FileId, SheetId, u32), (usize, u32)>,
    /// By the ledger's line: output, row and column of its amount.
    ledger: BTreeMap<u32, (usize, u32, u16)>,
}

impl Anchors {
    /// Notes where the amount of a line of the ledger stands; the first place is kept.
    pub(super) fn ledger(&mut self, line: u32, place: (usize, u32, u16)) {
        self.ledger.entry(line).or_insert(place);
    }

    /// Notes that a merged row of a table stands in a row of an output; the first place is kept.
    pub(super) fn row(&mut self, table: usize, kept: &Kept, output: usize, row: u32) {
        self.rows.entry((table, kept.ordinal)).or_insert((output, row));
        self.origins.entry((kept.at.file, kept.at.sheet, kept.at.cell.row)).or_insert((table, kept.ordinal));
    }

    /// Notes in which column of an output a field stands.
    pub(super) fn column(&mut self, output: usize, field: usize, column: u16) {
        self.columns.entry((output, field)).or_insert(column);
    }

    /// The row of an output where a merged row stands, with that output.
    pub(super) fn place(&self, table: usize, ordinal: u32) -> Option<(usize, u32)> {
        self.rows.get(&(table, ordinal)).copied()
    }
}

/// Marks a page of a workbook that must not go round: a return holds something that identifies a person.
pub(super) fn not_for_circulation(page: &mut Page) {
    page.strap = crate::round::stopped(&page.strap);
    page.marking = crate::round::stopped(&page.marking);
}

/// What a sheet of the extract is for.
const FIGURES_ONLY: &str =
    "What the returns say, beside the ledger. A word in place of an amount is explained on the first sheet.";
const DECIDED_ONLY: &str = "What goes on after this year, as the plan register has it.";

/// Names that Excel takes for sheets, one an output, no two alike, and a table's name for each.
pub(super) fn pages(round: &Round, edition: Edition, cuts: &Cuts) -> Vec<Page> {
    let mut names = BTreeSet::new();
    let mut tables = BTreeSet::new();
    let state = if round.is_final { "final" } else { "provisional" };
    let marking = edition.marking(round);
    let strap = format!("{marking} · {} · {} · {state}", round.board, round.period);
    let page = |output: &Output| {
        let name = unique(&mut names, &tab_name(&output.sheet), 31);
        Page {
            table: unique(&mut tables, &table_name(&name), 200),
            title: output.title.clone().unwrap_or_else(|| name.clone()),
            description: match (edition, &output.kind) {
                // What a schema says there is about sheets that the extract does not have.
                (Edition::Extract, OutputKind::Money { .. }) => FIGURES_ONLY.to_owned(),
                (Edition::Extract, OutputKind::CarryForward { .. }) => DECIDED_ONLY.to_owned(),
                _ => output.description.clone().unwrap_or_default(),
            },
            strap: strap.clone(),
            board: round.board.clone(),
            marking: marking.to_string(),
            cuts: cuts.clone(),
            name,
        }
    };
    round.schema.outputs.iter().map(page).collect()
}

fn unique(taken: &mut BTreeSet<String>, wanted: &str, longest: usize) -> String {
    let mut name = wanted.to_owned();
    let mut number = 1;
    while !taken.insert(name.to_lowercase()) {
        number += 1;
        name =
            if longest == 31 { super::list::numbered(wanted, number) } else { format!("{wanted}_{number}") };
    }
    name
}

/// A tab's name as Excel allows it: 31 units, none of `[]:*?/\`, no apostrophe at an end, not *History*.
fn tab_name(wanted: &str) -> String {
    let mut units = 0;
    let kept: String = wanted
        .chars()
        .map(|letter| if "[]:*?/\\".contains(letter) || letter.is_control() { ' ' } else { letter })
        .take_while(|letter| {
            units += letter.len_utf16();
            units <= 31
        })
        .collect();
    match kept.trim_matches(|letter: char| letter == '\'' || letter.is_whitespace()) {
        "" => "Sheet".to_owned(),
        name if name.eq_ignore_ascii_case("history") => format!("{name} of rows"),
        name => name.to_owned(),
    }
}

/// `tblByAgency` for *By agency*.
fn table_name(sheet: &str) -> String {
    let mut name = "tbl".to_owned();
    for word in sheet.split(|letter: char| !letter.is_ascii_alphanumeric()) {
        let mut letters = word.chars();
        name.extend(letters.next().into_iter().flat_map(char::to_uppercase).chain(letters));
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_and_tables_have_names_that_excel_takes() {
        assert_eq!(tab_name("By agency"), "By agency");
        assert_eq!(tab_name("Income/Expenditure: [2013]"), "Income Expenditure   2013");
        assert_eq!(tab_name("''"), "Sheet");
        assert_eq!(tab_name("History"), "History of rows");
        assert_eq!(tab_name(&"x".repeat(40)).len(), 31);
        assert_eq!(table_name("Voice of the child (2)"), "tblVoiceOfTheChild2");
        let mut taken = BTreeSet::new();
        assert_eq!(unique(&mut taken, "Risks", 31), "Risks");
        assert_eq!(unique(&mut taken, "RISKS", 31), "RISKS (2)");
        assert_eq!(unique(&mut taken, "Risks", 31), "Risks (3)");
    }
}
