//! Raw cells + mapping → typed values.
//!
//! A value is read only where one reading is possible. Anything else stays as it was typed, with the reason; whatever was
//! changed in reading says so.

mod agency;
mod amount;
mod boolean;
mod cell;
mod code;
mod date;
mod date_words;
mod form;
mod identity;
mod in_words;
mod lists;
mod mention;
mod merged;
mod money;
mod number;
mod percent;
mod period;
mod plan;
mod record;
mod serial;
mod shown;
mod spill;
mod text;
mod totals;

use crate::model::{
    Identity, IdentitySource, Layout, Mention, Origin, Partner, PartnerId, Period, Sheet, Table,
};
use crate::schema::Schema;

/// What reading a cell may depend on.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The schema.
    pub schema: &'a Schema,
    /// The partners of the round; empty when there is no round.
    pub partners: &'a [Partner],
    /// Bodies that are not partners.
    pub bodies: &'a [String],
    /// The round's period, if there is a round.
    pub period: Option<Period>,
    /// Power of ten of the unit that plain amounts are in (0 pounds, 3 thousands).
    pub unit: i8,
    /// True if the cover declares whole pounds or thousands.
    pub rounded: bool,
}

/// Types the cells of one located table.
#[must_use]
pub fn table(sheet: &Sheet, layout: Layout, cx: &Context<'_>) -> Table {
    record::table(sheet, layout, cx)
}

/// The amounts of money among the words of a text, pounds.
#[must_use]
pub fn amounts_in_words(text: &str) -> Vec<rust_decimal::Decimal> {
    in_words::amounts(text)
}

/// Whom a cover names as the sender: the partner, if it is one, and what it is called; `None` if it names nobody.
#[must_use]
pub fn sender_stated(tables: &[Table], cx: &Context<'_>) -> Option<(Option<PartnerId>, String)> {
    let identity = identity::identity(tables, "", cx);
    if let Some(unknown) = identity.unknown_partner {
        return Some((None, unknown));
    }
    let partner =
        identity.partner.filter(|_| matches!(identity.partner_from, Some(IdentitySource::Cell(_))))?;
    let name = cx.partners.get(usize::from(partner.0)).map(|partner| partner.name.clone());
    Some((Some(partner), name.unwrap_or_default()))
}

/// The one quarter that a title or a file's name mentions; none if it mentions several.
#[must_use]
pub fn quarter_mentioned(text: &str, at: Option<Origin>) -> Option<Mention> {
    mention::quarter(text, at)
}

/// Tells who sent a return, from its identity fields (tables parsed so far), its file name, or its rows.
#[must_use]
pub fn identity(tables: &[Table], file_name: &str, cx: &Context<'_>) -> Identity {
    identity::identity(tables, file_name, cx)
}
