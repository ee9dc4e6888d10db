//! Controls: totals that must agree.

mod named;

use super::fields::decimal;
use super::{Item, Told};
use crate::finding::Severity;
use crate::schema::document::At;
use crate::schema::raw::{CONTROL_KINDS, ControlName, KindOf, RawControl, RawTable};
use crate::schema::words::nearest;
use crate::schema::{Control, ControlKind, FieldType, Schema, TableSchema, Tolerance};
use rust_decimal::Decimal;

/// Properties that every control may have.
const COMMON: [&str; 5] = ["name", "title", "kind", "severity", "tolerance"];

/// The columns of ledger.csv that a control of the kind agreed compares unless it names others.
const USUAL_COLUMN: &str = "actual";
const USUAL_AGREED: &str = "agreed";

/// Reads the controls of every table; the proof that nothing is lost is added if nobody declares it.
pub(super) fn resolve(raw: &[Item<'_, RawTable>], schema: &mut Schema, told: &mut Told) {
    for (index, item) in raw.iter().enumerate() {
        let at = item.at.get("controls");
        for (place, raw) in item.raw.controls.iter().enumerate() {
            let item = Item { raw, at: at.item(place) };
            if let Some(name) = &raw.name
                && schema.controls.iter().any(|other| other.name == *name)
            {
                told.say(item.at.get("name"), format!("Two controls are called `{name}`."), None);
            }
            if let Some(table) = schema.tables.get(index)
                && let Some(control) = control(item, index, table, told)
            {
                schema.controls.push(control);
            }
        }
    }
    if !schema.controls.iter().any(|control| matches!(control.kind, ControlKind::Conservation)) {
        schema.controls.push(Control {
            name: "conservation".to_owned(),
            title: "No row and no penny is lost".to_owned(),
            table: 0,
            kind: ControlKind::Conservation,
            severity: Severity::Error,
            tolerance: Tolerance::Within(Decimal::ZERO),
        });
    }
}

fn control(
    item: Item<'_, RawControl>,
    index: usize,
    table: &TableSchema,
    told: &mut Told,
) -> Option<Control> {
    let (raw, at) = (item.raw, item.at);
    let name = raw.name.clone().unwrap_or_default();
    let written = raw.kind?;
    if let Some(entry) = CONTROL_KINDS.iter().find(|entry| entry.kind == written) {
        belongs(entry, &COMMON, at, "control", told);
    }
    let kind = kind(item, written, table, told);
    let severity = if written == ControlName::Conservation { Severity::Error } else { Severity::Query };
    Some(Control {
        title: raw.title.clone().unwrap_or_else(|| title(&name)),
        name,
        table: index,
        kind: kind?,
        severity: raw.severity.unwrap_or(severity),
        tolerance: tolerance(item, written, told),
    })
}

/// `contributions-add-across` as a title: `Contributions add across`.
fn title(name: &str) -> String {
    let words = name.replace(['-', '_', '.'], " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Tells of properties that a kind needs and lacks, and of those that belong to other kinds.
pub(super) fn belongs<K>(entry: &KindOf<K>, common: &[&str], at: At<'_>, what: &str, told: &mut Told) {
    for needed in entry.needs {
        if !at.has(needed) && !at.is_reported(needed) {
            let message = format!("A {what} of the kind {} needs `{needed}`.", entry.name);
            told.say(at.get("kind"), message, None);
        }
    }
    for name in at.names() {
        if !common.contains(&name) && !entry.needs.contains(&name) && !entry.may.contains(&name) {
            let known: Vec<&str> = entry.needs.iter().chain(entry.may).copied().collect();
            let hint = match nearest(name, known.iter().copied()) {
                Some(near) => Some(format!("Did you mean `{near}`?")),
                None if known.is_empty() => None,
                None => Some(format!("Its own properties are `{}`.", known.join("`, `"))),
            };
            let message = format!("`{name}` does not belong to a {what} of the kind {}.", entry.name);
            told.say(at.name(name), message, hint);
        }
    }
}

fn tolerance(item: Item<'_, RawControl>, kind: ControlName, told: &mut Told) -> Tolerance {
    let usual = if kind == ControlName::Shares { Decimal::new(5, 2) } else { Decimal::ZERO };
    let Some(raw) = &item.raw.tolerance else { return Tolerance::Within(usual) };
    parse_tolerance(&raw.0).unwrap_or_else(|| {
        let hint = Some("Write \"interval\", or an amount such as \"1.00\".".to_owned());
        let message = "A tolerance is an amount of 0 or more, or interval.";
        told.say(item.at.get("tolerance"), message, hint);
        Tolerance::Within(usual)
    })
}

/// Reads `interval`, or an amount of 0 or more.
pub(crate) fn parse_tolerance(text: &str) -> Option<Tolerance> {
    if text.trim() == "interval" {
        return Some(Tolerance::Interval);
    }
    decimal(text).filter(|amount| !amount.is_sign_negative() || amount.is_zero()).map(Tolerance::Within)
}

/// Looks up the fields of one control.
struct Lookup<'l, 'a> {
    item: Item<'a, RawControl>,
    table: &'l TableSchema,
    told: &'l mut Told,
}

impl Lookup<'_, '_> {
    /// A field that holds something to add up.
    fn amount(&mut self, property: &str, name: Option<&String>) -> Option<usize> {
        let at = self.item.at.get(property);
        let field = self.told.optional(self.table, at, name)?;
        self.adds(at, field);
        Some(field)
    }

    fn amounts(&mut self, property: &str, names: &[String]) -> Vec<usize> {
        let at = self.item.at.get(property);
        if names.is_empty() && self.item.at.has(property) {
            self.told.say(at, format!("`{property}` needs at least one field."), None);
        }
        let fields = self.told.fields(self.table, at, names);
        for field in &fields {
            let name = self.table.fields.get(*field).map(|field| field.name.as_str());
            let place = names.iter().position(|given| Some(given.as_str()) == name).unwrap_or_default();
            self.adds(at.item(place), *field);
        }
        fields
    }

    fn adds(&mut self, at: At<'_>, field: usize) {
        let Some(field) = self.table.fields.get(field) else { return };
        if !matches!(
            field.kind,
            FieldType::Money | FieldType::Number | FieldType::Integer | FieldType::Percent
        ) {
            let message = format!("`{}` holds {}, which cannot be added up.", field.name, field.kind.words());
            self.told.say(at, message, Some("A field for amounts has type = \"money\".".to_owned()));
        }
    }

    fn plain(&mut self, property: &str, name: Option<&String>) -> Option<usize> {
        self.told.optional(self.table, self.item.at.get(property), name)
    }

    /// Fields that name a ledger line. The sender stands in for `agency` where the table has no such field.
    fn by(&mut self) -> Vec<usize> {
        let at = self.item.at.get("by");
        let names = &self.item.raw.by.0;
        let mut found = Vec::new();
        for (index, name) in names.iter().enumerate() {
            if name == "agency" && self.table.field(name).is_none() {
                continue;
            }
            found.extend(self.told.field(self.table, at.item(index), name));
        }
        found
    }
}

fn kind(
    item: Item<'_, RawControl>,
    kind: ControlName,
    table: &TableSchema,
    told: &mut Told,
) -> Option<ControlKind> {
    let raw = item.raw;
    let mut look = Lookup { item, table, told };
    Some(match kind {
        ControlName::CrossFooting => {
            let sums = look.amounts("sums", &raw.sums.0);
            ControlKind::CrossFooting { sums, total: look.amount("total", raw.total.as_ref())? }
        }
        ControlName::CrossCast => {
            let sums = look.amounts("sums", &raw.sums.0);
            ControlKind::CrossCast { sums, total: look.amount("total", raw.total.as_ref())? }
        }
        ControlName::Footing => ControlKind::Footing { sums: look.amounts("sums", &raw.sums.0) },
        ControlName::Ledger => {
            let by = look.by();
            let amount = look.amount("amount", raw.amount.as_ref())?;
            let (ledger, column) = (raw.ledger.clone()?, raw.column.clone()?);
            let (agreed, complete) = (raw.agreed.clone(), raw.complete.unwrap_or(false));
            ControlKind::Ledger { amount, by, ledger, column, agreed, complete }
        }
        ControlName::Agreed => ControlKind::Agreed {
            ledger: raw.ledger.clone()?,
            column: raw.column.clone().unwrap_or_else(|| USUAL_COLUMN.to_owned()),
            agreed: raw.agreed.clone().unwrap_or_else(|| USUAL_AGREED.to_owned()),
        },
        ControlName::YearToDate => {
            let quarters = look.amounts("quarters", &raw.quarters.0);
            ControlKind::YearToDate { quarters, to_date: look.amount("to_date", raw.to_date.as_ref())? }
        }
        ControlName::NeverFalls => {
            let columns = look.amounts("columns", &raw.columns.0);
            ControlKind::NeverFalls { columns, explained: look.plain("explained", raw.explained.as_ref()) }
        }
        ControlName::Opening => {
            let opening = look.amount("opening", raw.opening.as_ref())?;
            ControlKind::Opening { opening, ledger: raw.ledger.clone()?, column: raw.column.clone()? }
        }
        ControlName::RollForward => {
            let opening = look.amount("opening", raw.opening.as_ref());
            let (add, less) = (look.amounts("add", &raw.add.0), look.amounts("less", &raw.less.0));
            let closing = look.amount("closing", raw.closing.as_ref())?;
            ControlKind::RollForward { opening: opening?, add, less, closing }
        }
        ControlName::RollUp => {
            let by = look.by();
            let amount = look.amount("amount", raw.amount.as_ref());
            let part = look.plain("part", raw.part.as_ref())?;
            ControlKind::RollUp { amount: amount?, by, part, total: raw.total.clone()? }
        }
        ControlName::OneReturn => ControlKind::OneReturn,
        ControlName::Shares => {
            let share = look.amount("share", raw.share.as_ref());
            ControlKind::Shares { amount: look.amount("amount", raw.amount.as_ref())?, share: share? }
        }
        ControlName::Conservation => ControlKind::Conservation,
        _ => ControlKind::Named(named::given(&mut look, kind)?),
    })
}
