//! The clean rounds that mutants are made of: each with its settings, and with the return that is changed at the first place.

use super::board::{self, COMPANION, COUNCIL, HEALTH, POLICE, Partner, Size};
use super::board_sheets;
use super::clean::Return;
use super::grant;
use crate::support::notation::Settings;
use crate::support::settings;
use quarterday::round::Round;
use std::sync::OnceLock;

const MONITORING: &str = include_str!("../../schemas/monitoring-return.toml");
const GRANT: &str = include_str!("../../schemas/grant-monitoring.toml");

/// A clean round.
pub struct Base {
    pub name: &'static str,
    pub round: Round,
    pub returns: Vec<Return>,
}

/// Every base.
pub fn all() -> &'static [Base] {
    static BASES: OnceLock<Vec<Base>> = OnceLock::new();
    BASES.get_or_init(|| {
        vec![
            monitoring("six actions", &[HEALTH, POLICE], (6, false)),
            monitoring("fourteen actions", &[POLICE, HEALTH], (14, false)),
            monitoring("refs of two parts", &[HEALTH, POLICE], (40, true)),
            monitoring("three partners", &[COUNCIL, HEALTH, POLICE], (9, false)),
            grant(),
        ]
    })
}

fn monitoring(name: &'static str, partners: &[Partner], size: Size) -> Base {
    let text = board::settings(partners, size);
    let settings = Settings {
        schema: Some(MONITORING.to_owned()),
        round: Some(text.round),
        plan: Some(text.plan),
        ledger: Some(text.ledger),
        earlier: Some(text.earlier),
        ..Settings::default()
    };
    let round = settings::load(&settings).unwrap_or_else(|why| panic!("{name}: {why}"));
    Base {
        name,
        round,
        returns: partners
            .iter()
            .enumerate()
            .map(|(place, partner)| {
                board_sheets::clean(*partner, size, if place == 0 { size.0 } else { COMPANION })
            })
            .collect(),
    }
}

fn grant() -> Base {
    let settings = Settings {
        schema: Some(GRANT.to_owned()),
        round: Some(grant::ROUND.to_owned()),
        ledger: Some(grant::ledger()),
        ..Settings::default()
    };
    let round = settings::load(&settings).unwrap_or_else(|why| panic!("grant: {why}"));
    let returns =
        vec![grant::clean("ECT", "Example Community Trust"), grant::clean("EFC", "Example Family Centre")];
    Base { name: "grant form", round, returns }
}
