//! Columns of the package's tables and what may stand in them.

use crate::model::Partner;
use crate::schema::{Field, FieldType, Schema};

/// What stands in a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text.
    Text,
    /// A whole number.
    Whole,
    /// A number.
    Number,
    /// A share: 61.01 for 61.01%.
    Percent,
    /// Pounds.
    Pounds,
    /// A day.
    Date,
    /// True or false.
    Truth,
    /// One of some words: value and label of each.
    One {
        /// The words.
        words: Vec<(String, String)>,
        /// True if their order means something.
        ordered: bool,
    },
    /// Several texts with this between them.
    Several(char),
}

/// A column.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) description: Option<String>,
    pub(super) kind: Kind,
    /// The field of the schema that it holds: table and field.
    pub(super) field: Option<(usize, usize)>,
    /// True if every row must have something in it; said only if every row has.
    pub(super) required: bool,
}

impl Column {
    /// A column of ours.
    pub(super) fn new(name: &str, title: &str, kind: Kind) -> Self {
        Self {
            name: name.to_owned(),
            title: title.to_owned(),
            description: None,
            kind,
            field: None,
            required: false,
        }
    }

    /// The same with a sentence about it.
    pub(super) fn about(mut self, description: &str) -> Self {
        self.description = Some(description.to_owned());
        self
    }

    /// The same, where no row is without it.
    pub(super) fn always(mut self) -> Self {
        self.required = true;
        self
    }

    /// The column of a field.
    pub(super) fn of_field(
        schema: &Schema,
        partners: &[Partner],
        place: (usize, usize),
        field: &Field,
    ) -> Self {
        Self {
            name: field.name.clone(),
            title: field.title.clone(),
            description: field.description.clone(),
            kind: kind(schema, partners, field),
            field: Some(place),
            required: field.constraints.required,
        }
    }
}

/// What stands in a field's column.
fn kind(schema: &Schema, partners: &[Partner], field: &Field) -> Kind {
    let list = field.list.and_then(|list| schema.lists.get(list));
    match field.kind {
        FieldType::Code if field.many => Kind::Several(between(
            list.iter().flat_map(|list| &list.categories).map(|one| one.value.as_str()),
        )),
        FieldType::Agency if field.many => {
            Kind::Several(between(partners.iter().map(|partner| partner.code.as_str())))
        }
        FieldType::Code => Kind::One {
            words: list
                .iter()
                .flat_map(|list| &list.categories)
                .map(|one| (one.value.clone(), one.label.clone()))
                .collect(),
            ordered: list.is_some_and(|list| list.ordered),
        },
        FieldType::String | FieldType::Period | FieldType::Agency => Kind::Text,
        FieldType::Integer => Kind::Whole,
        FieldType::Number => Kind::Number,
        FieldType::Percent => Kind::Percent,
        FieldType::Money => Kind::Pounds,
        FieldType::Boolean => Kind::Truth,
        FieldType::Date => Kind::Date,
    }
}

/// A sign that is in none of these texts, to stand between them.
fn between<'a>(texts: impl IntoIterator<Item = &'a str>) -> char {
    let texts: Vec<&str> = texts.into_iter().collect();
    let free = |sign: &char| !texts.iter().any(|text| text.contains(*sign));
    [';', '|', ',', '/', '~'].into_iter().find(free).unwrap_or('\u{1f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_between_is_in_none_of_them() {
        assert_eq!(between(["NHS", "WMP"]), ';');
        assert_eq!(between(["a;b", "c|d"]), ',');
    }
}
