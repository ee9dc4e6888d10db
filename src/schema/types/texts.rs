//! The texts of a schema that people see.

use super::Schema;

impl Schema {
    /// Every text that outputs may show, and in words where it stands.
    pub fn texts_mut(&mut self) -> Vec<(String, &mut String)> {
        let mut texts: Vec<(String, &mut String)> = Vec::new();
        let own = [Some(&mut self.title), self.description.as_mut()].into_iter().flatten();
        texts.extend(own.map(|text| ("the title or description".to_owned(), text)));
        for list in &mut self.lists {
            let place = format!("the list {}", list.name);
            texts.push((place.clone(), &mut list.title));
            for category in &mut list.categories {
                let words = [&mut category.value, &mut category.label].into_iter();
                let words = words.chain(&mut category.synonyms).chain(&mut category.meaning);
                texts.extend(words.map(|text| (place.clone(), text)));
            }
        }
        for table in &mut self.tables {
            let place = format!("the table {}", table.name);
            let names = [&mut table.title].into_iter().chain(&mut table.sheet).chain(&mut table.heading);
            texts.extend(names.map(|text| (place.clone(), text)));
            for field in &mut table.fields {
                let place = format!("the field {} of the table {}", field.name, table.name);
                let names = [&mut field.title].into_iter().chain(&mut field.aliases).chain(&mut field.allow);
                let about = field.description.iter_mut().chain(&mut field.help).chain(&mut field.example);
                texts.extend(names.chain(about).map(|text| (place.clone(), text)));
            }
            for rule in &mut table.rules {
                let place = format!("the rule {} of the table {}", rule.name, table.name);
                let said = [&mut rule.message].into_iter().chain(&mut rule.help);
                texts.extend(said.map(|text| (place.clone(), text)));
            }
        }
        for control in &mut self.controls {
            texts.push((format!("the control {}", control.name), &mut control.title));
        }
        for output in &mut self.outputs {
            let said =
                [&mut output.sheet].into_iter().chain(&mut output.title).chain(&mut output.description);
            texts.extend(said.map(|text| ("an output sheet".to_owned(), text)));
        }
        texts
    }
}
