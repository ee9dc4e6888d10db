//! What is worked out and not typed: live formulas, with the results that are stored beside them.

use super::content::{Entry, Row};
use crate::schema::condition::{Comparator, Condition, Expression, Operator};
use crate::schema::{ControlKind, FieldType, RuleKind, Schema};
use rust_decimal::{Decimal, RoundingStrategy};

/// How a field is worked out from others of its row.
#[derive(Debug, Clone)]
pub(super) enum Live {
    /// What is added, and what is taken away.
    Sum(Vec<usize>, Vec<usize>),
    /// The same from an opening figure on, which may be a word instead.
    RollForward(usize, Vec<usize>, Vec<usize>),
    /// A word for a figure above nought, below it, and for nought.
    Word(usize, [String; 3]),
    /// A calculation.
    Calculated(Expression),
}

/// How each field of a table is worked out, where a control or a rule says so.
pub(super) fn of(schema: &Schema, index: usize) -> Vec<Option<Live>> {
    let Some(table) = schema.tables.get(index) else { return Vec::new() };
    let mut live: Vec<Option<Live>> = table.fields.iter().map(|_| None).collect();
    let mut set = |field: usize, how: Live| {
        let computed = table.fields.get(field).is_some_and(|field| field.computed);
        if let Some(slot) = live.get_mut(field).filter(|slot| computed && slot.is_none()) {
            *slot = Some(how);
        }
    };
    for rule in &table.rules {
        if let RuleKind::Must(Condition::Compare(Expression::Field(field), Comparator::Equal, how)) =
            &rule.kind
            && is_of_numbers(how)
        {
            set(*field, Live::Calculated(how.clone()));
        }
    }
    for control in schema.controls.iter().filter(|control| control.table == index) {
        match &control.kind {
            ControlKind::YearToDate { quarters, to_date } => {
                set(*to_date, Live::Sum(quarters.clone(), Vec::new()));
            }
            ControlKind::CrossFooting { sums, total } => set(*total, Live::Sum(sums.clone(), Vec::new())),
            ControlKind::RollForward { opening, add, less, closing } => {
                set(*closing, Live::RollForward(*opening, add.clone(), less.clone()));
            }
            ControlKind::Named(given) if given.kind == "variance" => {
                let field = |property| given.field(property);
                if let (Some(forecast), Some(budget), Some(variance)) =
                    (field("forecast"), field("budget"), field("variance"))
                {
                    set(variance, Live::Sum(vec![forecast], vec![budget]));
                    if let Some(word) = field("word")
                        && let Some(words) = words(schema, index, word, given)
                    {
                        set(word, Live::Word(variance, words));
                    }
                }
            }
            _ => {}
        }
    }
    live
}

/// The words for adverse, favourable and neither.
fn words(schema: &Schema, table: usize, field: usize, given: &crate::schema::Given) -> Option<[String; 3]> {
    let list = schema.lists.get(schema.tables.get(table)?.fields.get(field)?.list?)?;
    let label = |wanted: &str| {
        let found = list.categories.iter().find(|one| one.label == wanted || one.value == wanted);
        found.map(|category| super::words_of(category).to_owned())
    };
    let adverse = label(given.words("adverse").unwrap_or("Adverse"))?;
    let favourable = label(given.words("favourable").unwrap_or("Favourable"))?;
    let neither =
        list.categories.iter().map(super::words_of).find(|word| *word != adverse && *word != favourable);
    Some([adverse, favourable, neither.unwrap_or_default().to_owned()])
}

fn is_of_numbers(expression: &Expression) -> bool {
    match expression {
        Expression::Field(_) | Expression::Number(_) => true,
        Expression::Calculate(left, _, right) => is_of_numbers(left) && is_of_numbers(right),
        _ => false,
    }
}

impl Live {
    /// The formula; `cell` gives a field's cell. Amounts are rounded to pennies: differences of binary fractions are not
    /// whole ones.
    pub(super) fn formula(&self, money: bool, cell: &dyn Fn(usize) -> Option<String>) -> Option<String> {
        let pennies = |sum: String| if money { format!("ROUND({sum},2)") } else { sum };
        let cells = |fields: &[usize]| -> Option<String> {
            let cells: Option<Vec<String>> = fields.iter().map(|field| cell(*field)).collect();
            cells.map(|cells| run(&cells))
        };
        match self {
            Self::Sum(plus, minus) => {
                let all: Vec<usize> = plus.iter().chain(minus).copied().collect();
                let (plus, all) = (cells(plus)?, cells(&all)?);
                let less = if minus.is_empty() { String::new() } else { format!("-SUM({})", cells(minus)?) };
                let sum = pennies(format!("SUM({plus}){less}"));
                Some(format!("=IF(COUNT({all})=0,\"\",{sum})"))
            }
            Self::RollForward(opening, add, less) => {
                let (opening, add, less) = (cell(*opening)?, cells(add)?, cells(less)?);
                let sum = pennies(format!("{opening}+SUM({add})-SUM({less})"));
                Some(format!("=IF(ISNUMBER({opening}),{sum},IF({opening}=\"\",\"\",{opening}))"))
            }
            Self::Word(figure, [above, below, level]) => {
                let figure = cell(*figure)?;
                let [above, below, level] = [above, below, level].map(|word| word.replace('"', "\"\""));
                Some(format!(
                    "=IF(ISNUMBER({figure}),IF({figure}>0,\"{above}\",IF({figure}<0,\"{below}\",\"{level}\")),\"\")"
                ))
            }
            Self::Calculated(expression) => {
                let mut fields = Vec::new();
                fields_of(expression, &mut fields);
                let all = cells(&fields)?;
                let how = written(expression, cell)?;
                Some(format!("=IF(COUNT({all})<{},\"\",{how})", fields.len()))
            }
        }
    }

    /// What the formula gives; `value` gives what a field holds.
    pub(super) fn result(&self, value: &dyn Fn(usize) -> Option<Entry>) -> Option<Entry> {
        let number = |field: usize| match value(field) {
            Some(Entry::Number(number)) => Some(number),
            _ => None,
        };
        let sum = |fields: &[usize]| fields.iter().filter_map(|field| number(*field)).sum::<Decimal>();
        match self {
            Self::Sum(plus, minus) => {
                let any = plus.iter().chain(minus).any(|field| number(*field).is_some());
                any.then(|| Entry::Number(sum(plus) - sum(minus)))
            }
            Self::RollForward(opening, add, less) => match value(*opening)? {
                Entry::Number(opening) => Some(Entry::Number(opening + sum(add) - sum(less))),
                other => Some(other),
            },
            Self::Word(figure, [above, below, level]) => {
                let figure = number(*figure)?;
                let word = if figure.is_zero() {
                    level
                } else if figure.is_sign_positive() {
                    above
                } else {
                    below
                };
                Some(Entry::Text(word.clone()))
            }
            Self::Calculated(expression) => calculated(expression, &number).map(Entry::Number),
        }
    }
}

/// How each field of a row is worked out: as in the whole table, but for what the partner itself gave otherwise.
pub(super) fn of_row<'l>(
    live: &'l [Option<Live>],
    fields: &[crate::schema::Field],
    row: Option<&Row>,
) -> Vec<Option<&'l Live>> {
    let all: Vec<Option<&Live>> = live.iter().map(Option::as_ref).collect();
    let Some(row) = row.filter(|row| row.slots.iter().any(|slot| slot.own)) else { return all };
    let worked_out = results(&all, fields, &held(row));
    let given = |field: usize| row.slots.get(field).filter(|slot| slot.own);
    let stays = |field: usize| given(field).is_none_or(|slot| worked_out.get(field) == Some(&slot.entry));
    all.iter().enumerate().map(|(field, how)| how.filter(|_| stays(field))).collect()
}

/// What stands in a row once its live fields are worked out.
pub(super) fn row_results(
    live: &[Option<Live>],
    fields: &[crate::schema::Field],
    row: &Row,
) -> Vec<Option<Entry>> {
    results(&of_row(live, fields, Some(row)), fields, &held(row))
}

fn held(row: &Row) -> Vec<Option<Entry>> {
    row.slots.iter().map(|slot| slot.entry.clone()).collect()
}

/// Everything that a row's live fields come to: what each depends on first.
pub(super) fn results(
    live: &[Option<&Live>],
    fields: &[crate::schema::Field],
    held: &[Option<Entry>],
) -> Vec<Option<Entry>> {
    let mut values: Vec<Option<Entry>> = held.to_vec();
    if live.iter().all(Option::is_none) {
        return values;
    }
    for (slot, how) in values.iter_mut().zip(live) {
        if how.is_some() {
            *slot = None;
        }
    }
    // As many rounds as fields can hang on one another.
    for _ in 0..4 {
        let before = values.clone();
        for (field, how) in live.iter().enumerate() {
            if let (Some(how), Some(slot)) = (how, values.get_mut(field)) {
                let money = fields.get(field).is_some_and(|field| field.kind == FieldType::Money);
                *slot = match how.result(&|field| before.get(field).cloned().flatten()) {
                    Some(Entry::Number(number)) if money => Some(Entry::Number(
                        number.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero),
                    )),
                    other => other,
                };
            }
        }
        if values == before {
            break;
        }
    }
    values
}

fn fields_of(expression: &Expression, fields: &mut Vec<usize>) {
    match expression {
        Expression::Field(field) if !fields.contains(field) => fields.push(*field),
        Expression::Calculate(left, _, right) => {
            fields_of(left, fields);
            fields_of(right, fields);
        }
        _ => {}
    }
}

/// An expression as a formula has it.
pub(super) fn written(expression: &Expression, cell: &dyn Fn(usize) -> Option<String>) -> Option<String> {
    Some(match expression {
        Expression::Field(field) => cell(*field)?,
        Expression::Number(number) => number.normalize().to_string(),
        Expression::Calculate(left, operator, right) => {
            let sign = match operator {
                Operator::Add => '+',
                Operator::Subtract => '-',
                Operator::Multiply => '*',
                Operator::Divide => '/',
            };
            format!("({}{sign}{})", written(left, cell)?, written(right, cell)?)
        }
        _ => return None,
    })
}

/// What an expression of numbers comes to; `number` gives those of fields.
pub(super) fn calculated(
    expression: &Expression,
    number: &dyn Fn(usize) -> Option<Decimal>,
) -> Option<Decimal> {
    match expression {
        Expression::Field(field) => number(*field),
        Expression::Number(number) => Some(*number),
        Expression::Calculate(left, operator, right) => {
            operator.apply(calculated(left, number)?, calculated(right, number)?)
        }
        _ => None,
    }
}

/// Cells in a row as one range, others with commas between.
fn run(cells: &[String]) -> String {
    let column = |cell: &str| -> Option<(u32, String)> {
        let letters = cell.trim_end_matches(|c: char| c.is_ascii_digit());
        let number = letters.bytes().fold(0_u32, |sum, letter| sum * 26 + u32::from(letter - b'A') + 1);
        Some((number, cell.get(letters.len()..)?.to_owned()))
    };
    let places: Option<Vec<(u32, String)>> = cells.iter().map(|cell| column(cell)).collect();
    let touching = places.is_some_and(|places| {
        places.windows(2).all(|pair| pair[0].0 + 1 == pair[1].0 && pair[0].1 == pair[1].1)
    });
    match (cells.first(), cells.last()) {
        (Some(first), Some(last)) if touching && cells.len() > 2 => format!("{first}:{last}"),
        _ => cells.join(","),
    }
}

/// True for fields that hold figures.
pub(super) const fn is_figure(kind: FieldType) -> bool {
    matches!(kind, FieldType::Integer | FieldType::Number | FieldType::Percent | FieldType::Money)
}
