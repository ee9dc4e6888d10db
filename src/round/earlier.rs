//! What partners said in an earlier round.

use crate::model::{PartnerId, Period};
use std::collections::BTreeMap;

/// The answers of an earlier round, as far as this one compares with them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// The period of that round.
    pub period: Period,
    /// By partner of this round and key of the plan.
    pub answers: BTreeMap<(PartnerId, String), EarlierAnswer>,
}

/// What one partner said about one entry of the plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EarlierAnswer {
    /// The words.
    pub update: Option<String>,
    /// The rating, by its label.
    pub rating: Option<String>,
    /// Where it stood, by its label.
    pub status: Option<String>,
}
