//! Code lists.

use super::{Item, Layer, Told, gather};
use crate::model;
use crate::schema::document::At;
use crate::schema::raw::{Combine, RawCategory, RawList, Sign};
use crate::schema::{Category, CodeList, Schema};
use std::collections::BTreeMap;

/// Reads the lists that fields share.
pub(super) fn resolve(layers: &[Layer], schema: &mut Schema, told: &mut Told) {
    for item in gather(layers, "list", |raw| &raw.list, |list: &RawList| list.name.as_deref(), told) {
        let name = item.raw.name.clone().unwrap_or_default();
        let ordered = item.raw.ordered.unwrap_or(false);
        let combine_worst = item.raw.combine == Some(Combine::Worst);
        if combine_worst && !ordered && !item.at.is_reported("ordered") {
            let hint = Some("Add ordered = true, with the worst first.".to_owned());
            told.say(item.at.get("combine"), "The worse of two is only known in an ordered list.", hint);
        }
        schema.lists.push(CodeList {
            title: item.raw.title.clone().unwrap_or_else(|| name.clone()),
            name,
            categories: categories(&item.raw.categories, item.at.get("categories"), told),
            ordered,
            combine_worst,
        });
    }
}

/// Reads categories. No two may share a value, label or synonym.
pub(super) fn categories(raw: &[RawCategory], at: At<'_>, told: &mut Told) -> Vec<Category> {
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    let mut found = Vec::with_capacity(raw.len());
    if raw.len() > usize::from(u16::MAX) {
        told.say(at, "A list has 65535 categories at most.", None);
    }
    for (index, category) in raw.iter().enumerate() {
        let item = Item { raw: category, at: at.item(index) };
        let category = one(item, told);
        let label = (&category.label, item.at.get(if item.at.has("label") { "label" } else { "value" }));
        let value = (&category.value, item.at.get("value"));
        let synonyms = item.at.get("synonyms");
        let all = [value, label]
            .into_iter()
            .chain(category.synonyms.iter().enumerate().map(|(place, word)| (word, synonyms.item(place))));
        for (name, place) in all {
            let key = exact(name);
            match names.get(&key) {
                Some(other) if *other != index => {
                    let message = format!("Two categories of this list are called \"{name}\".");
                    told.say(place, message, None);
                }
                _ => {
                    names.insert(key, index);
                }
            }
        }
        found.push(category);
    }
    found
}

/// How the names of categories are told apart: by letters and digits, or by signs where there are none.
fn exact(name: &str) -> String {
    let letters = model::fold(name);
    if letters.is_empty() { name.trim().to_owned() } else { letters }
}

fn one(item: Item<'_, RawCategory>, told: &mut Told) -> Category {
    let raw = item.raw;
    let value = raw.value.clone().unwrap_or_default();
    let unit = raw.unit.as_ref().and_then(|unit| {
        let power = match unit.0.replace(',', "").as_str() {
            "0.01" => Some(-2),
            "1" => Some(0),
            "10" => Some(1),
            "100" => Some(2),
            "1000" => Some(3),
            "10000" => Some(4),
            "100000" => Some(5),
            "1000000" => Some(6),
            _ => None,
        };
        if power.is_none() {
            let hint = Some("Write unit = \"1\" or \"1000\".".to_owned());
            told.say(item.at.get("unit"), "A unit is so many pounds: 1, 1000 or another power of ten.", hint);
        }
        power
    });
    Category {
        label: raw.label.clone().unwrap_or_else(|| value.clone()),
        value,
        synonyms: raw.synonyms.0.clone(),
        letter: raw.letter.clone(),
        colour: raw.colour.as_ref().map(|colour| colour.to_ascii_uppercase()),
        meaning: raw.meaning.clone(),
        unit,
        minus: raw.sign == Some(Sign::Minus),
        means: raw.means.map(|means| means.word().to_owned()),
    }
}
