//! What is still to be filled in: formulas that count it, and what they come to now.

use super::content::{Content, Entry};
use super::live::{calculated, row_results, written};
use super::shape::Block;
use crate::model::CellRef;
use crate::round::Round;
use crate::schema::condition::{Comparator, Condition, Expression, Literal};
use crate::schema::{Field, FieldType, RuleKind, TableSchema};
use jiff::civil::Date;
use rust_decimal::Decimal;

/// A formula's pieces that each count cells to fill in, and what they come to.
#[derive(Debug, Default)]
pub(super) struct Still {
    /// To be added up; there is nothing to fill in if there are none.
    pub(super) pieces: Vec<String>,
    /// How many there are now.
    pub(super) count: usize,
}

impl Still {
    pub(super) fn add(&mut self, other: Self) {
        self.pieces.extend(other.pieces);
        self.count += other.count;
    }

    /// The formula.
    pub(super) fn formula(&self) -> String {
        if self.pieces.is_empty() { "=0".to_owned() } else { format!("={}", self.pieces.join("+")) }
    }
}

/// Where the cells of a table's fields are, as a formula names them.
type Cells<'c> = &'c dyn Fn(usize) -> Option<String>;

/// What is still to be filled in in one table.
pub(super) fn of(content: &Content<'_>, block: &Block) -> Still {
    let mut still = Still::default();
    let (Some(filled), Some(table)) =
        (content.tables.get(block.filled), content.round.schema.tables.get(block.table))
    else {
        return still;
    };
    let rows: Vec<Vec<Option<Entry>>> =
        filled.rows.iter().map(|row| row_results(&block.live, &table.fields, row)).collect();
    let cells = |field: usize| range(block, field);
    let first =
        table.primary_key.iter().copied().chain(0..table.fields.len()).find(|field| cells(*field).is_some());
    let begun = first.filter(|_| filled.spare > 0 && !block.form);
    if let Some(range) = begun.and_then(cells) {
        still.pieces.push(format!("IF(COUNTA({range})=0,{},0)", u8::from(table.required)));
        still.count += usize::from(table.required && rows.is_empty());
    }
    for (field, spec) in table.fields.iter().enumerate().filter(|(_, spec)| spec.constraints.required) {
        let open = filled.spare > 0 || filled.rows.iter().any(|row| !row.slots[field].locked);
        let live = block.live.get(field).is_some_and(Option::is_some);
        let Some(range) = cells(field).filter(|_| open && !live && !spec.computed) else { continue };
        let blank = |row: &&Vec<Option<Entry>>| row[field].is_none();
        match begun.and_then(cells) {
            Some(key) if begun != Some(field) => {
                still.pieces.push(format!("SUMPRODUCT(({key}<>\"\")*({range}=\"\"))"));
                let begun = |row: &&Vec<Option<Entry>>| begun.is_none_or(|key| row[key].is_some());
                still.count += rows.iter().filter(begun).filter(blank).count();
            }
            Some(_) => {}
            None => {
                still.pieces.push(format!("COUNTBLANK({range})"));
                still.count += rows.iter().filter(blank).count();
            }
        }
    }
    for (field, when) in asked_when(table) {
        let Some((condition, range)) = condition(content.round, table, when, &cells).zip(cells(field)) else {
            continue;
        };
        still.pieces.push(format!("SUMPRODUCT({condition}*({range}=\"\"))"));
        let due = |row: &&Vec<Option<Entry>>| row[field].is_none() && holds(content.round, table, when, row);
        still.count += rows.iter().filter(due).count();
    }
    still
}

/// Fields that some rule asks for, with when it does; a field that is asked for always is not among them.
pub(super) fn asked_when(table: &TableSchema) -> impl Iterator<Item = (usize, &Condition)> {
    table.rules.iter().filter_map(|rule| {
        let always =
            table.fields.get(rule.field).is_none_or(|field| field.constraints.required || field.computed);
        let when = rule.when.as_ref().filter(|_| !always && matches!(rule.kind, RuleKind::RequiredWhen))?;
        Some((rule.field, when))
    })
}

/// The cells of a field in all rows of its table, with dollars.
fn range(block: &Block, field: usize) -> Option<String> {
    let first = block.cell(0, field)?;
    let last = if block.form { first.row } else { block.last() };
    let column = crate::model::column_letters(first.column);
    let from = first.row + 1;
    Some(if last == first.row {
        format!("${column}${from}")
    } else {
        format!("${column}${from}:${column}${}", last + 1)
    })
}

/// The cell of a field in the table's first row, with a dollar before its column, for rules that are copied down.
pub(super) fn first_cell(block: &Block, field: usize) -> Option<String> {
    let CellRef { row, column } = block.cell(0, field)?;
    let letters = crate::model::column_letters(column);
    // A form's other lines are in other rows.
    let dollar = if block.form { "$" } else { "" };
    Some(format!("${letters}{dollar}{}", row + 1))
}

/// A condition as a product of ones and noughts, which works for one row and for many; `None` if it cannot be put so.
pub(super) fn condition(
    round: &Round,
    table: &TableSchema,
    condition: &Condition,
    cells: Cells<'_>,
) -> Option<String> {
    let inner = |one: &Condition| self::condition(round, table, one, cells);
    Some(match condition {
        Condition::And(left, right) => format!("({}*{})", inner(left)?, inner(right)?),
        Condition::Or(left, right) => format!("(({}+{})>0)", inner(left)?, inner(right)?),
        Condition::Not(one) => format!("(1-{})", inner(one)?),
        Condition::Blank(field) => format!("({}=\"\")", cells(*field)?),
        Condition::IsIn(field, any) => {
            let (cell, words) = (cells(*field)?, words(round, table, *field, any)?);
            let each: Vec<String> = words.iter().map(|word| format!("({cell}={})", quoted(word))).collect();
            format!("(({})>0)", each.join("+"))
        }
        Condition::IsNotIn(field, none) => {
            let (cell, words) = (cells(*field)?, words(round, table, *field, none)?);
            let each = words.iter().map(|word| format!("({cell}<>{})", quoted(word)));
            let each: Vec<String> = std::iter::once(format!("({cell}<>\"\")")).chain(each).collect();
            format!("({})", each.join("*"))
        }
        Condition::Same(one, other) => {
            let (one, other) = (cells(*one)?, cells(*other)?);
            format!("(({one}<>\"\")*({other}<>\"\")*({one}={other}))")
        }
        Condition::Differs(one, other) => {
            let (one, other) = (cells(*one)?, cells(*other)?);
            format!("(({one}<>\"\")*({other}<>\"\")*({one}<>{other}))")
        }
        Condition::Compare(left, comparator, right) => {
            let mut fields = Vec::new();
            typed_figures(table, left, &mut fields)?;
            typed_figures(table, right, &mut fields)?;
            let filled: Option<Vec<String>> =
                fields.iter().map(|field| Some(format!("({}<>\"\")*", cells(*field)?))).collect();
            let sign = match comparator {
                Comparator::Equal => "=",
                Comparator::NotEqual => "<>",
                Comparator::Less => "<",
                Comparator::LessOrEqual => "<=",
                Comparator::Greater => ">",
                Comparator::GreaterOrEqual => ">=",
            };
            format!("({}({}{sign}{}))", filled?.concat(), written(left, cells)?, written(right, cells)?)
        }
    })
}

/// The fields of a comparison, if each of them holds a figure that somebody types: a text among figures would make the
/// whole count fail.
fn typed_figures(table: &TableSchema, expression: &Expression, fields: &mut Vec<usize>) -> Option<()> {
    match expression {
        Expression::Field(field) => {
            let spec = table.fields.get(*field)?;
            let figure = super::live::is_figure(spec.kind) && spec.kind != FieldType::Percent;
            let sound = figure && !spec.computed && spec.allow.is_empty();
            sound.then(|| fields.push(*field))
        }
        Expression::Number(_) => Some(()),
        Expression::Calculate(left, _, right) => {
            typed_figures(table, left, fields)?;
            typed_figures(table, right, fields)
        }
        _ => None,
    }
}

/// The words that literals of a field stand for in its cells; `None` where a cell may hold several.
fn words(round: &Round, table: &TableSchema, field: usize, literals: &[Literal]) -> Option<Vec<String>> {
    let spec = table.fields.get(field).filter(|field| !field.many)?;
    literals.iter().map(|literal| word(round, spec, literal)).collect()
}

fn word(round: &Round, field: &Field, literal: &Literal) -> Option<String> {
    Some(match literal {
        Literal::Code(code) => {
            let list = round.schema.lists.get(field.list?)?;
            super::words_of(list.categories.get(usize::from(*code))?).to_owned()
        }
        Literal::Agency(name) => round
            .partners
            .iter()
            .find(|partner| partner.is_called(name))
            .map(|partner| partner.name.clone())?,
        Literal::Text(text) => text.clone(),
        Literal::Boolean(truth) => if *truth { "Yes" } else { "No" }.to_owned(),
        Literal::Period(period) => period.to_string(),
        Literal::Word(word) => field.allow.get(usize::from(*word))?.clone(),
    })
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// Whether the formula of a condition gives one for a row.
fn holds(round: &Round, table: &TableSchema, condition: &Condition, row: &[Option<Entry>]) -> bool {
    let value = |field: usize| row.get(field).and_then(Option::as_ref);
    let inner = |one: &Condition| holds(round, table, one, row);
    let among = |field: usize, literals: &[Literal]| {
        let words = words(round, table, field, literals).unwrap_or_default();
        matches!(value(field), Some(Entry::Text(text)) if words.iter().any(|word| text.to_lowercase() == word.to_lowercase()))
    };
    match condition {
        Condition::And(left, right) => inner(left) && inner(right),
        Condition::Or(left, right) => inner(left) || inner(right),
        Condition::Not(one) => !inner(one),
        Condition::Blank(field) => value(*field).is_none(),
        Condition::IsIn(field, any) => among(*field, any),
        Condition::IsNotIn(field, none) => value(*field).is_some() && !among(*field, none),
        Condition::Same(one, other) => value(*one).is_some() && value(*one) == value(*other),
        Condition::Differs(one, other) => {
            value(*one).is_some() && value(*other).is_some() && value(*one) != value(*other)
        }
        Condition::Compare(left, comparator, right) => {
            let (Some(left), Some(right)) = (figure(left, row), figure(right, row)) else { return false };
            match comparator {
                Comparator::Equal => left == right,
                Comparator::NotEqual => left != right,
                Comparator::Less => left < right,
                Comparator::LessOrEqual => left <= right,
                Comparator::Greater => left > right,
                Comparator::GreaterOrEqual => left >= right,
            }
        }
    }
}

fn figure(expression: &Expression, row: &[Option<Entry>]) -> Option<Decimal> {
    calculated(expression, &|field| match row.get(field)?.as_ref()? {
        Entry::Number(number) => Some(*number),
        _ => None,
    })
}

/// A day as people here write it.
pub(super) fn day_words(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}
