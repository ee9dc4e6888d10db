//! What the names and texts of a condition mean in one table.

use super::token::Token;
use super::tree::{Node, Tree, read};
use super::{Comparator, Condition, Expression, Fault, Literal, Operator, is_ordered};
use crate::model::{Period, folds_alike};
use crate::schema::words::{hint, nearest};
use crate::schema::{CodeList, Field, FieldType, TableSchema};
use std::ops::Range;

/// Reads a condition on the records of a table.
pub(crate) fn parse(text: &str, table: &TableSchema, lists: &[CodeList]) -> Result<Condition, Vec<Fault>> {
    let mut faults = Vec::new();
    let tree = read(text, &mut faults);
    let mut meaning = Meaning { table, lists, faults };
    let condition = tree.and_then(|tree| meaning.condition(&tree));
    match condition {
        Some(condition) if meaning.faults.is_empty() => Ok(condition),
        _ => Err(meaning.faults),
    }
}

/// What an expression gives.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gives {
    Number,
    Date,
}

struct Meaning<'t> {
    table: &'t TableSchema,
    lists: &'t [CodeList],
    faults: Vec<Fault>,
}

impl Meaning<'_> {
    fn fault<T>(&mut self, span: &Range<usize>, message: String, hint: Option<String>) -> Option<T> {
        self.faults.push(Fault { span: span.clone(), message, hint });
        None
    }

    fn condition(&mut self, tree: &Tree) -> Option<Condition> {
        match &tree.node {
            Node::And(left, right) => {
                let (left, right) = (self.condition(left), self.condition(right));
                Some(Condition::And(Box::new(left?), Box::new(right?)))
            }
            Node::Or(left, right) => {
                let (left, right) = (self.condition(left), self.condition(right));
                Some(Condition::Or(Box::new(left?), Box::new(right?)))
            }
            Node::Not(inner) => Some(Condition::Not(Box::new(self.condition(inner)?))),
            Node::Blank { left, not } => {
                let field = Condition::Blank(self.field(left)?);
                Some(if *not { Condition::Not(Box::new(field)) } else { field })
            }
            Node::Is { left, not, any } => self.is(left, *not, any),
            Node::Compare(left, comparator, right) => self.compare(left, *comparator, right),
            Node::Calculate(..) => self.fault(
                &tree.span,
                "This is a sum, not a condition: compare it with something.".to_owned(),
                None,
            ),
            Node::Leaf(_) => {
                // An unknown word is the likelier mistake, so it is looked up first.
                if let Node::Leaf(Token::Word(_)) = &tree.node
                    && let Some(field) = self.field(tree)
                    && let Some(field) = self.table.fields.get(field)
                    && field.kind == FieldType::Boolean
                {
                    let index = self.table.field(&field.name)?;
                    return Some(Condition::IsIn(index, vec![Literal::Boolean(true)]));
                }
                if self.faults.is_empty() {
                    let hint = Some("Say what it is, such as: confidence is \"Red\"".to_owned());
                    return self.fault(&tree.span, "This is not a condition by itself.".to_owned(), hint);
                }
                None
            }
        }
    }

    fn field(&mut self, tree: &Tree) -> Option<usize> {
        let Node::Leaf(Token::Word(word)) = &tree.node else {
            return self.fault(&tree.span, "A field's name must stand here.".to_owned(), None);
        };
        if let Some(index) = self.table.field(word) {
            return Some(index);
        }
        let mut known: Vec<&str> = self.table.fields.iter().map(|field| field.name.as_str()).collect();
        known.extend(MOMENTS.iter().map(|(name, _)| *name));
        let message = format!("There is no field `{word}` in the table `{}`.", self.table.name);
        self.fault(&tree.span, message, hint(word, &known))
    }

    fn is(&mut self, left: &Tree, not: bool, any: &[Tree]) -> Option<Condition> {
        let comparator = if not { Comparator::NotEqual } else { Comparator::Equal };
        let texts = any.iter().all(|item| self.literal_text(item).is_some());
        if !texts {
            let mut all: Option<Condition> = None;
            for item in any {
                let next = self.compare(left, comparator, item)?;
                all = Some(match (all, not) {
                    (None, _) => next,
                    (Some(before), true) => Condition::And(Box::new(before), Box::new(next)),
                    (Some(before), false) => Condition::Or(Box::new(before), Box::new(next)),
                });
            }
            return all;
        }
        let field = self.field(left)?;
        let mut literals = Vec::new();
        let mut sound = true;
        for item in any {
            let Some(text) = self.literal_text(item) else { continue };
            match self.literal(field, &text, &item.span) {
                Some(literal) => literals.push(literal),
                None => sound = false,
            }
        }
        if !sound {
            return None;
        }
        Some(if not { Condition::IsNotIn(field, literals) } else { Condition::IsIn(field, literals) })
    }

    /// A text in quotes, or yes, no, true and false without them.
    fn literal_text(&self, tree: &Tree) -> Option<String> {
        match &tree.node {
            Node::Leaf(Token::Text(text)) => Some(text.clone()),
            Node::Leaf(Token::Word(word)) if self.table.field(word).is_none() && truth(word).is_some() => {
                Some(word.clone())
            }
            _ => None,
        }
    }

    fn literal(&mut self, field: usize, text: &str, span: &Range<usize>) -> Option<Literal> {
        let field = self.table.fields.get(field)?;
        if let Some(word) = field.allow.iter().position(|word| folds_alike(word, text)) {
            return u16::try_from(word).ok().map(Literal::Word);
        }
        match field.kind {
            FieldType::String => Some(Literal::Text(text.to_owned())),
            FieldType::Agency => Some(Literal::Agency(text.to_owned())),
            FieldType::Code => self.category(field, text, span),
            FieldType::Boolean => truth(text)
                .map(Literal::Boolean)
                .or_else(|| self.fault(span, format!("`{}` is yes or no.", field.name), None)),
            FieldType::Period => Period::parse(text).map(Literal::Period).or_else(|| {
                let hint = Some("Write it as \"2013-14 Q4\".".to_owned());
                self.fault(span, format!("`{}` is a quarter or a year.", field.name), hint)
            }),
            kind => {
                let message =
                    format!("`{}` is {}; it cannot be the text \"{text}\".", field.name, kind.words());
                let hint = (!field.allow.is_empty())
                    .then(|| format!("It may also be \"{}\".", field.allow.join("\" or \"")));
                self.fault(span, message, hint)
            }
        }
    }

    fn category(&mut self, field: &Field, text: &str, span: &Range<usize>) -> Option<Literal> {
        let list = field.list.and_then(|list| self.lists.get(list))?;
        for (index, category) in list.categories.iter().enumerate() {
            let mut names = [&category.label, &category.value].into_iter().chain(&category.synonyms);
            if names.any(|name| name == text || (folds_alike(name, text) && !folds_alike(text, ""))) {
                return u16::try_from(index).ok().map(Literal::Code);
            }
        }
        let labels: Vec<&str> = list.categories.iter().map(|category| category.label.as_str()).collect();
        let hint = match nearest(text, labels.iter().copied()) {
            Some(label) => Some(format!("Did you mean \"{label}\"?")),
            None if labels.len() <= 24 => Some(format!("It has \"{}\".", labels.join("\", \""))),
            None => None,
        };
        let message = format!("`{}` has no category \"{text}\".", field.name);
        self.fault(span, message, hint)
    }

    fn compare(&mut self, left: &Tree, comparator: Comparator, right: &Tree) -> Option<Condition> {
        let equality = match comparator {
            Comparator::Equal => Some(false),
            Comparator::NotEqual => Some(true),
            _ => None,
        };
        if let Some(not) = equality {
            if self.literal_text(right).is_some() {
                return self.is(left, not, std::slice::from_ref(right));
            }
            if let (Some(one), Some(other)) = (self.plain_field(left), self.plain_field(right)) {
                return self.same(one, other, not, &(left.span.start..right.span.end));
            }
        }
        let (one, other) = (self.expression(left), self.expression(right));
        let ((left_side, left_gives), (right_side, right_gives)) = (one?, other?);
        if left_gives != right_gives {
            let message = "A date and a number cannot be compared.".to_owned();
            return self.fault(&(left.span.start..right.span.end), message, None);
        }
        Some(Condition::Compare(left_side, comparator, right_side))
    }

    /// A field that holds neither numbers nor dates.
    fn plain_field(&self, tree: &Tree) -> Option<usize> {
        let Node::Leaf(Token::Word(word)) = &tree.node else { return None };
        let index = self.table.field(word)?;
        (!is_ordered(self.table.fields.get(index)?.kind)).then_some(index)
    }

    fn same(&mut self, one: usize, other: usize, not: bool, span: &Range<usize>) -> Option<Condition> {
        let (left, right) = (self.table.fields.get(one)?, self.table.fields.get(other)?);
        if left.kind != right.kind || left.list != right.list {
            let message = format!(
                "`{}` is {} and `{}` is {}; they cannot be compared.",
                left.name,
                left.kind.words(),
                right.name,
                right.kind.words()
            );
            return self.fault(span, message, None);
        }
        Some(if not { Condition::Differs(one, other) } else { Condition::Same(one, other) })
    }

    fn expression(&mut self, tree: &Tree) -> Option<(Expression, Gives)> {
        match &tree.node {
            Node::Leaf(Token::Number(number)) => Some((Expression::Number(*number), Gives::Number)),
            Node::Leaf(Token::Date(date)) => Some((Expression::Date(*date), Gives::Date)),
            Node::Leaf(Token::Text(text)) => {
                let message = format!("The text \"{text}\" has no greater or less, and cannot be added.");
                self.fault(&tree.span, message, Some("Use is, is not or is in.".to_owned()))
            }
            Node::Leaf(Token::Word(word)) => {
                if let Some((_, moment)) = MOMENTS.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)) {
                    return Some((moment.clone(), Gives::Date));
                }
                let index = self.field(tree)?;
                let kind = self.table.fields.get(index)?.kind;
                match kind {
                    FieldType::Date => Some((Expression::Field(index), Gives::Date)),
                    kind if is_ordered(kind) => Some((Expression::Field(index), Gives::Number)),
                    kind => {
                        let message = format!("`{word}` is {}; it has no greater or less.", kind.words());
                        self.fault(&tree.span, message, Some("Use is, is not or is in.".to_owned()))
                    }
                }
            }
            Node::Calculate(left, operator, right) => self.calculate(tree, left, *operator, right),
            _ => self.fault(&tree.span, "A number, a date or a field must stand here.".to_owned(), None),
        }
    }

    fn calculate(
        &mut self,
        tree: &Tree,
        left: &Tree,
        operator: Operator,
        right: &Tree,
    ) -> Option<(Expression, Gives)> {
        let (one, other) = (self.expression(left), self.expression(right));
        let ((left, left_gives), (right, right_gives)) = (one?, other?);
        let gives = match (left_gives, operator, right_gives) {
            (Gives::Number, _, Gives::Number) | (Gives::Date, Operator::Subtract, Gives::Date) => {
                Gives::Number
            }
            (Gives::Date, Operator::Add | Operator::Subtract, Gives::Number) => Gives::Date,
            _ => {
                let hint =
                    Some("A number of days may be added to a date, and two dates subtracted.".to_owned());
                return self.fault(&tree.span, "This cannot be calculated with a date.".to_owned(), hint);
            }
        };
        Some((Expression::Calculate(Box::new(left), operator, Box::new(right)), gives))
    }
}

/// The dates of the round that conditions may name.
const MOMENTS: [(&str, Expression); 4] = [
    ("period.start", Expression::PeriodStart),
    ("period.end", Expression::PeriodEnd),
    ("year.start", Expression::YearStart),
    ("year.end", Expression::YearEnd),
];

fn truth(word: &str) -> Option<bool> {
    if word.eq_ignore_ascii_case("yes") || word.eq_ignore_ascii_case("true") {
        Some(true)
    } else if word.eq_ignore_ascii_case("no") || word.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        None
    }
}
