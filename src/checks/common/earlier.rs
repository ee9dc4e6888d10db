//! A return held against what its sender said in the round before.

use crate::checks::Context;
use crate::model::{Cell, ChangeKind, Record, Submission, Table, folds_alike};
use crate::round::{Earlier, EarlierAnswer, held};
use crate::schema::{Category, Role, TableSchema, show_value};

/// Fewer rows than this are no return of which it could be said that nothing has changed.
const FEWEST: usize = 3;

/// The rows of a table that its sender answered in the round before, with that answer.
pub(in crate::checks) fn answered<'a>(
    cx: &'a Context<'_>,
    earlier: &'a Earlier,
    submission: &Submission,
    table: &'a Table,
) -> Vec<(&'a Record, &'a EarlierAnswer)> {
    let Some(partner) = submission.identity.partner else { return Vec::new() };
    if earlier.period == cx.round.period {
        // The provisional returns of the same period: nobody expects other words.
        return Vec::new();
    }
    let schema = cx.schema(table);
    let answer = |record: &'a Record| {
        let key = held::register_key(cx.round, schema, record)?;
        Some((record, earlier.answers.get(&(partner, key.into_owned()))?))
    };
    table.records.iter().filter_map(answer).collect()
}

/// The cell with this quarter's words, if they are word for word those of the round before.
pub(in crate::checks) fn same_words<'r>(
    schema: &TableSchema,
    record: &'r Record,
    before: &EarlierAnswer,
) -> Option<&'r Cell> {
    let cell = record.cells.get(schema.role(Role::Update)?)?;
    let (now, before) = (cell.text()?, before.update.as_deref()?);
    (!now.trim().is_empty() && folds_alike(now, before)).then_some(cell)
}

/// True if a row was complete in the round before and still is: nobody expects news of it.
pub(in crate::checks) fn is_done(
    cx: &Context<'_>,
    schema: &TableSchema,
    record: &Record,
    before: &EarlierAnswer,
) -> bool {
    let done = || {
        let field = schema.role(Role::Status)?;
        let list = cx.round.schema.lists.get(schema.fields.get(field)?.list?)?;
        let category = list.categories.get(usize::from(record.cells.get(field)?.code()?))?;
        Some(category.means.as_deref() == Some("complete") && before.status.as_ref() == Some(&category.label))
    };
    done().unwrap_or(false)
}

/// How many rows of a return say in words, rating and status what they said in the round before, if all do.
pub(in crate::checks) fn unchanged(cx: &Context<'_>, submission: &Submission) -> Option<usize> {
    let earlier = cx.round.earlier.as_ref()?;
    let mut rows = 0;
    for table in &submission.tables {
        let schema = cx.schema(table);
        if schema.register.is_none() {
            continue;
        }
        for (record, before) in answered(cx, earlier, submission, table) {
            let same = same_words(schema, record, before).is_some()
                && same_word(cx, schema, record, Role::Rating, before.rating.as_deref())
                && same_word(cx, schema, record, Role::Status, before.status.as_deref());
            if !same {
                return None;
            }
            rows += 1;
        }
    }
    (rows >= FEWEST).then_some(rows)
}

fn same_word(
    cx: &Context<'_>,
    schema: &TableSchema,
    record: &Record,
    role: Role,
    before: Option<&str>,
) -> bool {
    let Some(field) = schema.role(role) else { return true };
    let value = record.cells.get(field).and_then(Cell::value);
    let field = &schema.fields[field];
    let now = value.map(|value| show_value(value, field, &cx.round.schema, &cx.round.partners));
    now.as_deref() == before
}

/// How a rating moved since the round before.
pub(in crate::checks) struct Moved<'a> {
    /// The cell with the rating.
    pub(in crate::checks) cell: &'a Cell,
    /// The rating then.
    pub(in crate::checks) before: &'a Category,
    /// The rating now.
    pub(in crate::checks) now: &'a Category,
    /// Steps up; below nought, down.
    pub(in crate::checks) steps: i32,
    /// True if it is the best of the list now.
    pub(in crate::checks) best: bool,
}

/// How the rating of a row moved, if its list goes from worst to best and both ratings are on it.
pub(in crate::checks) fn moved<'a>(
    cx: &'a Context<'_>,
    schema: &TableSchema,
    record: &'a Record,
    before: &EarlierAnswer,
) -> Option<Moved<'a>> {
    let field = schema.role(Role::Rating)?;
    let list = cx.round.schema.lists.get(schema.fields.get(field)?.list?).filter(|list| list.ordered)?;
    let cell = record.cells.get(field)?;
    let now = usize::from(cell.code()?);
    let was = list.categories.iter().position(|category| before.rating.as_ref() == Some(&category.label))?;
    let steps = i32::try_from(now).ok()? - i32::try_from(was).ok()?;
    let best = now + 1 == list.categories.len();
    Some(Moved { cell, before: &list.categories[was], now: list.categories.get(now)?, steps, best })
}

/// How the rating of a row rose by two steps or more, if its words say nothing of it: there are none, though there need not
/// be any, or they are those of the round before.
pub(in crate::checks) fn jump<'a>(
    cx: &'a Context<'_>,
    schema: &TableSchema,
    record: &'a Record,
    before: &EarlierAnswer,
) -> Option<Moved<'a>> {
    let moved = moved(cx, schema, record, before).filter(|moved| moved.steps >= 2)?;
    let field = schema.role(Role::Update)?;
    let blank = record.cells.get(field)?.is_blank() && !schema.fields.get(field)?.constraints.required;
    (blank || same_words(schema, record, before).is_some()).then_some(moved)
}

/// True if the rating is asked about for another reason: two ratings in one cell, a word in another colour, or an action
/// that is complete and has not the best rating.
pub(in crate::checks) fn is_in_doubt(
    cx: &Context<'_>,
    schema: &TableSchema,
    record: &Record,
    moved: &Moved<'_>,
) -> bool {
    let changed = moved.cell.change.as_ref().map(|change| change.kind);
    let complete = || {
        let field = schema.role(Role::Status)?;
        let list = cx.round.schema.lists.get(schema.fields.get(field)?.list?)?;
        let status = list.categories.get(usize::from(record.cells.get(field)?.code()?))?;
        Some(status.means.as_deref() == Some("complete"))
    };
    matches!(changed, Some(ChangeKind::MoreCautious | ChangeKind::ColourDisagrees))
        || complete().unwrap_or(false) && !moved.best
}
