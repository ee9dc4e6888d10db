//! The first look: which returns a file holds, and who sent them.

use super::grids::Grids;
use super::process::{file_id, parse_context};
use super::{Input, bytes_of, persons, split};
use crate::model::{FIX_SHEET, HELD, Identity, IdentitySource, LIST_TOP, Raw, SheetId, Workbook};
use crate::read::Portion;
use crate::round::{Round, sha256};
use crate::schema::Schema;
use crate::{locate, parse};
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The sheets of one of several returns in a file, with their names.
pub(super) type Sheets = BTreeMap<SheetId, String>;

/// One return as the first look sees it.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen {
    /// Its sheets, if the file holds several returns; `None` for the whole file.
    pub sheets: Option<Sheets>,
    /// Who sent it.
    pub identity: Identity,
    /// Its tables, if all of it was looked at.
    pub tables: Option<BTreeSet<usize>>,
    /// A fingerprint of what its cells say, if all of it was looked at.
    pub cells: Option<u64>,
}

/// Tables of the schema that say who sent a return.
pub(super) fn tables(schema: &Schema) -> BTreeSet<usize> {
    let fields = &schema.identity;
    [fields.agency, fields.period, fields.board, fields.template, fields.units, fields.completed]
        .into_iter()
        .flatten()
        .map(|field| field.table)
        .collect()
}

/// Looks at one file: one return or, if it holds the covers of several partners, several. A file that cannot be read is one
/// of which only the name tells anything.
pub(super) fn look(round: &Round, input: &dyn Input, place: usize) -> Vec<Seen> {
    let looked = catch_unwind(AssertUnwindSafe(|| {
        let look = Look { round, input, place, bytes: Vec::new() };
        look.all()
    }));
    looked.unwrap_or_else(|_| vec![Seen::default()])
}

/// Of a whole file: its tables, what of ours it bears, and the fingerprint of its cells. Its grid is kept for the second look.
pub(super) fn tables_in(round: &Round, input: &dyn Input, place: usize, grids: &Grids) -> Seen {
    let located = || {
        let bytes = bytes_of(input).ok()?;
        input.try_out(&bytes).ok()?;
        let workbook =
            persons::read_held(&persons::rules(round), input, file_id(place), &bytes, &|_| Portion::Whole)
                .ok()?;
        let tables = locate::tables(&workbook, &round.schema).iter().map(|layout| layout.table).collect();
        let ours = with_ours(round, &workbook, Identity::default());
        let cells = Some(cells(&workbook));
        grids.keep(place, sha256(&bytes), workbook);
        Some(Seen { sheets: None, identity: ours, tables: Some(tables), cells })
    };
    catch_unwind(AssertUnwindSafe(located)).ok().flatten().unwrap_or_default()
}

/// A fingerprint of what the cells of a workbook say, our own list left out.
fn cells(workbook: &Workbook) -> u64 {
    let mut hasher = DefaultHasher::new();
    for sheet in workbook.sheets.iter().filter(|sheet| !sheet.cells().is_empty()) {
        sheet.name.hash(&mut hasher);
        for cell in sheet.cells() {
            (cell.at.row, cell.at.column).hash(&mut hasher);
            match sheet.raw(cell) {
                Raw::Text(text) | Raw::IsoDate(text) => text.hash(&mut hasher),
                Raw::Number(number) | Raw::Date(number) | Raw::Duration(number) => {
                    number.to_bits().hash(&mut hasher);
                }
                Raw::Boolean(is) => is.hash(&mut hasher),
                other @ (Raw::Error(_) | Raw::Uncached) => format!("{other:?}").hash(&mut hasher),
            }
        }
    }
    hasher.finish()
}

/// What a workbook bears of ours, beside what else is known of it: our list of what to fix in a return for this round, and notes.
pub(super) fn with_ours(round: &Round, workbook: &Workbook, identity: Identity) -> Identity {
    let mut comments = workbook.sheets.iter().flat_map(|sheet| &sheet.facts.comments);
    let list = workbook.mends.as_ref().filter(|list| round.takes(list.period));
    // The name of a file that is held back is no one file's.
    let of = list.map(|list| list.of.clone()).filter(|of| !of.contains(HELD));
    Identity {
        mended: list.is_some(),
        made_from: of,
        saved: workbook.facts.about.modified.clone(),
        noted: comments.any(|comment| comment.ours),
        ..identity
    }
}

/// A cover that stands under another name is found only by looking everywhere, so a file's name is not enough.
pub(super) fn said_in_a_cell(identity: &Identity) -> bool {
    matches!(identity.partner_from, Some(IdentitySource::Cell(_)))
}

/// A look at one file.
struct Look<'a> {
    round: &'a Round,
    input: &'a dyn Input,
    place: usize,
    bytes: Vec<u8>,
}

impl Look<'_> {
    /// From the sheets that say who sent a return, else from all of the file. Only where no sheet says so is its name enough.
    fn all(mut self) -> Vec<Seen> {
        let says_who = tables(&self.round.schema);
        if says_who.is_empty() {
            let by_name = self.by_name();
            if by_name.identity.partner.is_some() {
                return vec![by_name];
            }
        }
        match bytes_of(self.input) {
            Ok(bytes) if self.input.try_out(&bytes).is_ok() => self.bytes = bytes,
            _ => return vec![self.by_name()],
        }
        // A sheet of another name may be one more partner's cover, which shows in its first rows.
        let portion = |tab: &str| match self.named_for(tab) {
            Some(table) if says_who.contains(&table) => Portion::Whole,
            Some(_) => Portion::Nothing,
            None if tab.starts_with(FIX_SHEET) => Portion::Top(self.round.schema.header_rows.max(LIST_TOP)),
            None => Portion::Top(self.round.schema.header_rows),
        };
        if let Some(mut partial) = self.read(&portion)
            && !split::has_several(self.round, &partial)
        {
            partial.sheets.retain(|sheet| portion(&sheet.name) == Portion::Whole);
            let (identity, _) = self.identity(&partial);
            if identity.unknown_partner.is_some() || said_in_a_cell(&identity) {
                return vec![Seen { identity, ..Seen::default() }];
            }
        }
        self.read(&|_| Portion::Whole).map_or_else(|| vec![self.by_name()], |whole| self.apart(whole))
    }

    /// All that a name tells.
    fn by_name(&self) -> Seen {
        let identity = parse::identity(&[], self.input.name(), &parse_context(self.round));
        Seen { identity, ..Seen::default() }
    }

    /// The table whose name a sheet bears: one that says who sent the return, if there is such a one.
    fn named_for(&self, tab: &str) -> Option<usize> {
        let says_who = tables(&self.round.schema);
        let named =
            |table: &usize| self.round.schema.tables[*table].sheet.iter().any(|name| same_name(name, tab));
        let others = 0..self.round.schema.tables.len();
        says_who.iter().copied().find(named).or_else(|| others.into_iter().find(named))
    }

    fn read(&self, portion: &dyn Fn(&str) -> Portion) -> Option<Workbook> {
        persons::read_held(&persons::rules(self.round), self.input, file_id(self.place), &self.bytes, portion)
            .ok()
    }

    /// The returns of a workbook that was read whole. Where it cannot be told which sheet is whose it will be refused, and is
    /// nobody's.
    fn apart(&self, whole: Workbook) -> Vec<Seen> {
        let Ok(parts) = split::by_sender(self.round, whole) else { return vec![Seen::default()] };
        let several = parts.len() > 1;
        let seen = |part: &Workbook| {
            let sheets = part.sheets.iter().map(|sheet| (sheet.id(), sheet.name.clone()));
            let (identity, tables) = self.identity(part);
            let sheets = several.then(|| sheets.collect());
            Seen { sheets, identity, tables: Some(tables), cells: Some(cells(part)) }
        };
        parts.iter().map(seen).collect()
    }

    /// Who sent a return, and its tables.
    fn identity(&self, workbook: &Workbook) -> (Identity, BTreeSet<usize>) {
        let cx = parse_context(self.round);
        let layouts = locate::tables(workbook, &self.round.schema);
        let found = layouts.iter().map(|layout| layout.table).collect();
        let tables: Vec<_> = layouts
            .into_iter()
            .filter_map(|layout| {
                let sheet = workbook.sheets.iter().find(|sheet| sheet.id() == layout.sheet)?;
                Some(parse::table(sheet, layout, &cx))
            })
            .collect();
        let identity = parse::identity(&tables, self.input.name(), &cx);
        (with_ours(self.round, workbook, identity), found)
    }
}

fn same_name(a: &str, b: &str) -> bool {
    let fold = |text: &str| text.trim().to_lowercase();
    fold(a) == fold(b)
}
