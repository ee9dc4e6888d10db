//! Properties of the kinds that are known by their names: each is looked up for what it is, whatever the kind.

use super::Lookup;
use crate::schema::raw::{CONTROL_KINDS, ControlName, RawControl, Scalar};
use crate::schema::resolve::fields::decimal;
use crate::schema::{FieldType, Given};
use rust_decimal::Decimal;

/// What a property holds.
enum Holds<'a> {
    /// A field with amounts.
    Amount(Option<&'a String>),
    /// Several of them.
    Amounts(&'a [String]),
    /// A field of these types.
    Field(Option<&'a String>, &'static [FieldType]),
    /// Fields of any type.
    Fields(&'a [String]),
    /// Fields of text.
    Texts(&'a [String]),
    /// A word.
    Word(Option<&'a String>),
    /// A number above nought.
    Number(Option<&'a Scalar>),
}

/// The properties of a control of this kind; `None` if one that it needs is not there.
pub(super) fn given(look: &mut Lookup<'_, '_>, kind: ControlName) -> Option<Given> {
    let entry = CONTROL_KINDS.iter().find(|entry| entry.kind == kind)?;
    let mut given = Given { kind: entry.name, ..Given::default() };
    let mut whole = true;
    for &property in entry.needs.iter().chain(entry.may) {
        let found = take(look, property, &mut given);
        whole &= found || !entry.needs.contains(&property);
    }
    whole.then_some(given)
}

/// Looks one property up. False if it is not there.
fn take(look: &mut Lookup<'_, '_>, property: &'static str, given: &mut Given) -> bool {
    let fields = match holds(look.item.raw, property) {
        Holds::Amount(name) => look.amount(property, name).into_iter().collect(),
        Holds::Amounts(names) => look.amounts(property, names),
        Holds::Field(name, kinds) => look.of_type(property, name, kinds).into_iter().collect(),
        Holds::Fields(_) if property == "by" => look.by(),
        Holds::Fields(names) => look.told.fields(look.table, look.item.at.get(property), names),
        Holds::Texts(names) => {
            let of_type = |name| look.of_type(property, Some(name), &[FieldType::String]);
            names.iter().filter_map(of_type).collect()
        }
        Holds::Word(word) => return put(given, property, word.cloned()),
        Holds::Number(number) => {
            let number = number.and_then(|number| look.number(property, &number.0));
            return put(given, property, number);
        }
    };
    let found = !fields.is_empty();
    if found {
        given.fields.insert(property, fields);
    }
    found
}

fn put(given: &mut Given, property: &'static str, word: Option<String>) -> bool {
    let found = word.is_some();
    given.words.extend(word.map(|word| (property, word)));
    found
}

impl Lookup<'_, '_> {
    /// A field of one of some types.
    fn of_type(&mut self, property: &str, name: Option<&String>, kinds: &[FieldType]) -> Option<usize> {
        let field = self.plain(property, name)?;
        let holds = self.table.fields.get(field)?;
        if !kinds.contains(&holds.kind) {
            let wanted: Vec<&str> = kinds.iter().map(|kind| kind.words()).collect();
            let message = format!(
                "`{}` holds {}; here {} is needed.",
                holds.name,
                holds.kind.words(),
                wanted.join(" or ")
            );
            self.told.say(self.item.at.get(property), message, None);
        }
        Some(field)
    }

    fn number(&mut self, property: &str, written: &str) -> Option<String> {
        let number = decimal(written).filter(|number| *number > Decimal::ZERO);
        if number.is_none() {
            let message = format!("`{property}` is a number above 0.");
            self.told.say(self.item.at.get(property), message, None);
        }
        number.map(|number| number.to_string())
    }
}

/// What a property holds, and what was written.
fn holds<'a>(raw: &'a RawControl, property: &str) -> Holds<'a> {
    const CODES: &[FieldType] = &[FieldType::Code];
    const DATES: &[FieldType] = &[FieldType::Date];
    const ANY: &[FieldType] = &[FieldType::String, FieldType::Code, FieldType::Money, FieldType::Boolean];
    match property {
        "amount" => Holds::Amount(raw.amount.as_ref()),
        "against" => Holds::Amount(raw.against.as_ref()),
        "forecast" => Holds::Amount(raw.forecast.as_ref()),
        "budget" => Holds::Amount(raw.budget.as_ref()),
        "variance" => Holds::Amount(raw.variance.as_ref()),
        "committed" => Holds::Amount(raw.committed.as_ref()),
        "total" => Holds::Amount(raw.total.as_ref()),
        // For an annual report it is a column of ledger.csv.
        "actual" if raw.kind != Some(ControlName::AnnualReport) => Holds::Amount(raw.actual.as_ref()),
        "sums" => Holds::Amounts(&raw.sums.0),
        "quarters" => Holds::Amounts(&raw.quarters.0),
        "columns" => Holds::Amounts(&raw.columns.0),
        "word" => Holds::Field(raw.word.as_ref(), CODES),
        "direction" => Holds::Field(raw.direction.as_ref(), CODES),
        "basis" => Holds::Field(raw.basis.as_ref(), CODES),
        "status" => Holds::Field(raw.status.as_ref(), CODES),
        "included" => Holds::Field(raw.included.as_ref(), &[FieldType::Code, FieldType::Boolean]),
        "party" => Holds::Field(raw.party.as_ref(), &[FieldType::Agency]),
        "date" => Holds::Field(raw.date.as_ref(), DATES),
        "explained" => Holds::Field(raw.explained.as_ref(), ANY),
        "by" => Holds::Fields(&raw.by.0),
        "texts" => Holds::Texts(&raw.texts.0),
        "rate" => Holds::Number(raw.rate.as_ref()),
        "days" => Holds::Number(raw.days.as_ref()),
        "unit" => Holds::Number(raw.unit.as_ref()),
        "ledger" => Holds::Word(raw.ledger.as_ref()),
        "column" => Holds::Word(raw.column.as_ref()),
        "agreed" => Holds::Word(raw.agreed.as_ref()),
        "whole" => Holds::Word(raw.whole.as_ref()),
        "actual" => Holds::Word(raw.actual.as_ref()),
        "adverse" => Holds::Word(raw.adverse.as_ref()),
        "favourable" => Holds::Word(raw.favourable.as_ref()),
        "outgoing" => Holds::Word(raw.outgoing.as_ref()),
        "incoming" => Holds::Word(raw.incoming.as_ref()),
        "in_kind" => Holds::Word(raw.in_kind.as_ref()),
        "accrued" => Holds::Word(raw.accrued.as_ref()),
        _ => Holds::Word(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_property_of_every_kind_is_looked_up() {
        let raw = RawControl {
            kind: Some(ControlName::AnnualReport),
            ..serde_json::from_str(
                r#"{"ledger":"a","column":"a","agreed":"a","whole":"a","actual":"a","adverse":"a","favourable":"a",
                    "outgoing":"a","incoming":"a","in_kind":"a","accrued":"a"}"#,
            )
            .expect("it is a control")
        };
        for entry in CONTROL_KINDS.iter().skip_while(|entry| entry.kind != ControlName::Apportionment) {
            for property in entry.needs.iter().chain(entry.may) {
                let missing = matches!(holds(&raw, property), Holds::Word(None));
                assert!(!missing, "{}: {property}", entry.name);
            }
        }
    }
}
