//! `round.toml` as it is written: what serde reads and validator tests.

use crate::finding::Severity;
use crate::schema::Scalar;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use validator::{Validate, ValidateUrl as _, ValidationError};

/// The whole file.
#[derive(Debug, Clone, Default, Deserialize, Validate)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct RawFile {
    /// The round itself.
    #[validate(required, nested)]
    pub(super) round: Option<RawRound>,
    /// The partners.
    #[validate(nested)]
    pub(super) partner: Vec<RawPartner>,
    /// Bodies that are not partners.
    #[validate(nested)]
    pub(super) body: Vec<RawBody>,
    /// Severities in this round, by check.
    pub(super) severity: BTreeMap<String, Severity>,
    /// Tolerances in this round, by control.
    pub(super) tolerance: BTreeMap<String, Scalar>,
}

/// Part `[round]`.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Validate)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct RawRound {
    /// The board's name.
    #[validate(required, length(min = 1, message = "The board's name needs at least one letter."))]
    pub(super) board: Option<String>,
    /// The board's short code.
    #[validate(required, length(min = 1, max = 20, message = "The board's code has 1 to 20 characters."))]
    pub(super) code: Option<String>,
    /// The period collected.
    #[validate(required)]
    pub(super) period: Option<String>,
    /// The schema's file, from this folder.
    #[validate(required, length(min = 1, message = "Name the schema's file."))]
    pub(super) schema: Option<String>,
    /// The folder of the round before, from this folder.
    pub(super) previous: Option<String>,
    /// When returns were due.
    pub(super) deadline: Option<Scalar>,
    /// By when corrected returns and answers are wanted.
    pub(super) corrections_by: Option<Scalar>,
    /// Provisional or final.
    pub(super) status: Option<Status>,
    /// What the annual report calls its figures.
    pub(super) annual_report: Option<Status>,
    /// Protective marking of the working pack.
    pub(super) marking: Option<String>,
    /// Protective marking of the extract for publication.
    pub(super) extract_marking: Option<String>,
    /// Postcodes of offices, which are nobody's home.
    pub(super) office_postcodes: Vec<String>,
    /// The Business Unit's address.
    #[validate(email(message = "This is not an e-mail address."), custom(function = "has_a_dot"))]
    pub(super) contact: Option<String>,
    /// The board's web address.
    #[validate(custom(function = "web_address"))]
    pub(super) website: Option<String>,
    /// The day that *overdue* is measured from.
    pub(super) as_at: Option<Scalar>,
}

/// How far the figures are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Status {
    /// They may change.
    #[serde(alias = "Provisional", alias = "PROVISIONAL")]
    Provisional,
    /// They will not.
    #[serde(alias = "Final", alias = "FINAL")]
    Final,
}

/// One `[[partner]]`.
#[derive(Debug, Clone, Default, Deserialize, Validate)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct RawPartner {
    /// Short code.
    #[validate(required, length(min = 1, max = 20, message = "A partner's code has 1 to 20 characters."))]
    pub(super) code: Option<String>,
    /// The name that is printed.
    #[validate(required, length(min = 1, message = "A partner's name needs at least one letter."))]
    pub(super) name: Option<String>,
    /// Other names.
    pub(super) aliases: Vec<String>,
    /// Abbreviations.
    pub(super) abbreviations: Vec<String>,
    /// Earlier or later names.
    pub(super) formerly: Vec<String>,
    /// What is said with one of those.
    pub(super) note: Option<String>,
    /// The post to write to.
    pub(super) contact: Option<String>,
    /// The address to write to.
    #[validate(email(message = "This is not an e-mail address."), custom(function = "has_a_dot"))]
    pub(super) email: Option<String>,
    /// True if a return is expected.
    pub(super) sends: Option<bool>,
}

/// One `[[body]]`.
#[derive(Debug, Clone, Default, Deserialize, Validate)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct RawBody {
    /// Its name.
    #[validate(required, length(min = 1, message = "A body's name needs at least one letter."))]
    pub(super) name: Option<String>,
}

/// An address at a bare name would only work inside one network.
fn has_a_dot(address: &str) -> Result<(), ValidationError> {
    match address.rsplit_once('@') {
        Some((_, host)) if !host.trim_matches('.').contains('.') => Err(ValidationError::new("dot")
            .with_message("The part of the address after @ has no dot in it.".into())),
        _ => Ok(()),
    }
}

fn web_address(address: &str) -> Result<(), ValidationError> {
    let web = address.starts_with("https://") || address.starts_with("http://");
    if web && address.validate_url() {
        return Ok(());
    }
    Err(ValidationError::new("web")
        .with_message("This is not a web address: it starts with https:// or http://.".into()))
}
