//! A round to start from.

/// The files of a new round folder: name and text. The round loads as it is.
#[must_use]
pub fn starter_files() -> Vec<(&'static str, String)> {
    vec![
        ("round.toml", include_str!("starter/round.toml").to_owned()),
        ("schema.toml", include_str!("starter/schema.toml").to_owned()),
        ("plan.csv", include_str!("starter/plan.csv").to_owned()),
        ("ledger.csv", include_str!("starter/ledger.csv").to_owned()),
        ("README.txt", include_str!("starter/README.txt").to_owned()),
    ]
}
