//! Words that are ours: of the schema, of the round's settings and its plan. Where one of them stands in quotation marks it
//! says nothing of what a partner wrote.

use super::words::quote;
use crate::round::Round;
use crate::schema::{Field, Schema};
use std::collections::BTreeSet;

/// The words, as they stand between quotation marks in a sentence.
#[derive(Debug, Default)]
pub(super) struct Ours(BTreeSet<String>);

impl Ours {
    /// Those of a round.
    pub(super) fn of(round: &Round) -> Self {
        let mut ours = Self::default();
        ours.of_schema(&round.schema);
        for partner in &round.partners {
            let names = [&partner.name, &partner.code].into_iter().chain(&partner.aliases);
            ours.take(names.chain(&partner.abbreviations).chain(&partner.formerly));
        }
        ours.take([&round.board, &round.code].into_iter().chain(&round.bodies));
        let plan = &round.plan;
        ours.take(plan.headings.iter().chain(plan.entries.iter().flat_map(|entry| &entry.cells)));
        ours
    }

    fn of_schema(&mut self, schema: &Schema) {
        self.take([&schema.title, &schema.version]);
        for list in &schema.lists {
            self.take([&list.title]);
            for category in &list.categories {
                let texts = [&category.label, &category.value].into_iter().chain(&category.synonyms);
                self.take(texts.chain(&category.letter).chain(&category.meaning));
            }
        }
        for table in &schema.tables {
            self.take([&table.title].into_iter().chain(&table.sheet));
            table.fields.iter().for_each(|field| self.of_field(field));
            for rule in &table.rules {
                self.quoted_in(&rule.message);
                rule.help.iter().for_each(|help| self.quoted_in(help));
            }
        }
    }

    fn of_field(&mut self, field: &Field) {
        self.take([&field.title].into_iter().chain(&field.aliases).chain(&field.example));
        self.take(field.allow.iter().chain(&field.constraints.allowed));
        let texts = field.help.iter().chain(&field.description);
        texts.for_each(|text| self.quoted_in(text));
    }

    fn take<'t>(&mut self, texts: impl IntoIterator<Item = &'t String>) {
        for text in texts {
            self.0.insert(quote(text).trim_matches(['“', '”']).to_owned());
        }
        self.0.remove("");
    }

    /// Takes what a sentence of the schema has in quotation marks, unless something of the row is to be put there.
    fn quoted_in(&mut self, sentence: &str) {
        let mut rest = sentence;
        while let Some((inside, after)) = rest.split_once('“').and_then(|(_, rest)| rest.split_once('”'))
        {
            if !inside.is_empty() && !inside.contains('‹') {
                self.0.insert(inside.to_owned());
            }
            rest = after;
        }
    }

    /// True if what stands in quotation marks is one of them.
    pub(super) fn has(&self, quoted: &str) -> bool {
        self.0.contains(quoted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{CodeList, TableSchema};

    #[test]
    fn words_of_the_schema_and_the_settings_are_ours_and_no_others() {
        let category = crate::schema::Category { label: "Red".into(), ..Default::default() };
        let help = Some("Choose “Yes”, not “‹update›”.".into());
        let field = Field { title: "Update".into(), help, ..Field::default() };
        let schema = Schema {
            lists: vec![CodeList { categories: vec![category], ..CodeList::default() }],
            tables: vec![TableSchema { fields: vec![field], ..TableSchema::default() }],
            ..Schema::default()
        };
        let round = Round { board: "B".repeat(70), ..crate::round::for_schema(schema) };
        let ours = Ours::of(&round);
        let long = format!("{}…", "B".repeat(60));
        for word in ["Red", "Update", "Yes", long.as_str()] {
            assert!(ours.has(word), "{word}");
        }
        for word in ["", "red", "‹update›", "Jane Marlow"] {
            assert!(!ours.has(word), "{word}");
        }
    }
}
