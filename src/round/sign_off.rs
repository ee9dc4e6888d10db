//! `signoff.toml`: who signed which run; and the fingerprint that says whether it is still that run.

use super::answers::post_is_sound;
use super::{Round, text};
use crate::error::{Error, Mistake};
use crate::model::Places;
use crate::schema::document::{self, At};
use crate::schema::{self, Scalar};
use jiff::civil::Date;
use serde::Deserialize;
use std::fmt::Write as _;
use std::path::Path;
use validator::Validate;

/// Digits of a fingerprint that are shown, and that must be signed at least.
const SHOWN: usize = 16;

/// A settings file by size and SHA-256.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// Its name, without the folders of this computer.
    pub name: String,
    /// Size in bytes.
    pub size: u64,
    /// SHA-256 in lower-case hexadecimal.
    pub sha256: String,
}

/// What was signed, by whom and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOff {
    /// The fingerprint of the run that was signed, or its beginning, in lower-case hexadecimal.
    pub fingerprint: String,
    /// The post that prepared it.
    pub prepared_by: String,
    /// When it was prepared.
    pub prepared_on: Date,
    /// The post that reviewed it.
    pub reviewed_by: String,
    /// When it was reviewed.
    pub reviewed_on: Date,
}

/// `signoff.toml` as it is written.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default, deny_unknown_fields)]
struct Raw {
    #[validate(required)]
    fingerprint: Option<String>,
    #[validate(required, length(min = 1, message = "Write the post that prepared the reconciliation."))]
    prepared_by: Option<String>,
    #[validate(required)]
    prepared_on: Option<Scalar>,
    #[validate(required, length(min = 1, message = "Write the post that reviewed the reconciliation."))]
    reviewed_by: Option<String>,
    #[validate(required)]
    reviewed_on: Option<Scalar>,
}

/// The SHA-256 of some bytes in lower-case hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    let digest = sha2::Sha256::digest(bytes);
    digest.iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Size and SHA-256 of those of these files that are there.
pub(super) fn stamps<'p>(paths: impl IntoIterator<Item = &'p Path>) -> Vec<Stamp> {
    let stamp = |path: &Path| {
        let bytes = std::fs::read(path).ok()?;
        let name = path.file_name()?.to_string_lossy().into_owned();
        Some(Stamp { name, size: bytes.len() as u64, sha256: sha256(&bytes) })
    };
    paths.into_iter().filter_map(stamp).collect()
}

/// Reads `signoff.toml`, if it is there. Nobody signs after the last day that it can be anywhere.
pub(super) fn load(
    folder: &Path,
    last_day: Option<Date>,
    mistakes: &mut Vec<Mistake>,
) -> Result<Option<SignOff>, Error> {
    let path = folder.join("signoff.toml");
    let text = match text::read(&path) {
        Ok(text) => text,
        Err(Error::Io { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let before = mistakes.len();
    let Some((document, raw)) = document::read::<Raw>(&path, &text, mistakes) else { return Ok(None) };
    let root = document.root();
    schema::check(&raw, root, mistakes);
    let prepared_on = day(raw.prepared_on.as_ref(), "prepared_on", last_day, root, mistakes);
    let reviewed_on = day(raw.reviewed_on.as_ref(), "reviewed_on", last_day, root, mistakes);
    for (name, post) in [("prepared_by", &raw.prepared_by), ("reviewed_by", &raw.reviewed_by)] {
        // One that is not there, or with nothing in it, is told already.
        let Some(post) = post.as_deref().filter(|post| !post.is_empty()) else { continue };
        if let Err((message, hint)) = post_is_sound(post.trim(), "prepared or reviewed") {
            mistakes.push(root.get(name).mistake(message, hint));
        }
    }
    let fingerprint = raw.fingerprint.unwrap_or_default().replace([' ', '-'], "").to_lowercase();
    let hexadecimal = fingerprint.bytes().all(|byte| byte.is_ascii_hexdigit());
    if root.has("fingerprint") && (!hexadecimal || !(SHOWN..=64).contains(&fingerprint.len())) {
        let hint =
            "Copy it from the block to sign on the sheet Definitions, or from out/run.json.".to_owned();
        let message = "This is not the fingerprint of a run.";
        mistakes.push(root.get("fingerprint").mistake(message, Some(hint)));
    }
    let (Some(prepared_on), Some(reviewed_on)) = (prepared_on, reviewed_on) else { return Ok(None) };
    let signed = SignOff {
        fingerprint,
        prepared_by: raw.prepared_by.unwrap_or_default().trim().to_owned(),
        prepared_on,
        reviewed_by: raw.reviewed_by.unwrap_or_default().trim().to_owned(),
        reviewed_on,
    };
    Ok((mistakes.len() == before).then_some(signed))
}

fn day(
    value: Option<&Scalar>,
    name: &str,
    last_day: Option<Date>,
    root: At<'_>,
    mistakes: &mut Vec<Mistake>,
) -> Option<Date> {
    let value = value?;
    let day: Option<Date> = value.0.parse().ok();
    if let (Some(day), Some(last_day)) = (day, last_day)
        && day > last_day
    {
        let message = format!("{} is still to come.", day.strftime("%-d %B %Y"));
        let hint = Some("Write the day on which it was signed.".to_owned());
        mistakes.push(root.get(name).mistake(message, hint));
    }
    if day.is_none() {
        let hint = Some("Write it as 2014-04-30, without quotes.".to_owned());
        mistakes.push(root.get(name).mistake("A date is needed here.", hint));
    }
    day
}

/// The fingerprint of a run: of every return, every settings file (plan, ledger, answers and schema among them) and, if
/// there is one, of the round before, in this order.
#[must_use]
pub fn fingerprint(round: &Round, places: &Places) -> String {
    let mut all = String::from("quarterday 1\n");
    let mut add = |kind: &str, name: &str, size: u64, sum: &str| {
        // Names are quoted, so that no name can look like two lines. Writing to a String cannot fail.
        let _ = writeln!(all, "{kind} {name:?} {size} {sum}");
    };
    for file in &places.files {
        add("return", &file.name, file.size, &file.sha256);
    }
    for stamp in &round.stamps {
        add("settings", &stamp.name, stamp.size, &stamp.sha256);
    }
    for stamp in &round.earlier_stamps {
        add("before", &stamp.name, stamp.size, &stamp.sha256);
    }
    sha256(all.as_bytes())
}

/// The beginning of a fingerprint as it is printed: `1a2b 3c4d 5e6f 7a8b`.
#[must_use]
pub fn shortened(fingerprint: &str) -> String {
    let digits: Vec<char> = fingerprint.chars().take(SHOWN).collect();
    digits.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

impl SignOff {
    /// True if a run with this fingerprint is the one that was signed.
    #[must_use]
    pub fn stands_for(&self, fingerprint: &str) -> bool {
        fingerprint.starts_with(&self.fingerprint)
    }

    /// True if one post both prepared and reviewed.
    #[must_use]
    pub fn by_one_post(&self) -> bool {
        crate::model::folds_alike(&self.prepared_by, &self.reviewed_by)
    }

    /// Who signed and whether it still stands, in one sentence.
    #[must_use]
    pub fn in_words(&self, fingerprint: &str) -> String {
        let day = |day: Date| day.strftime("%-d %B %Y").to_string();
        let state = match (self.stands_for(fingerprint), self.by_one_post()) {
            (false, _) => "void: the inputs have changed since",
            (true, true) => "still what was signed, but one post prepared and reviewed it",
            (true, false) => "still what was signed",
        };
        format!(
            "Prepared by {} on {}, signed by {} on {}: {state}.",
            self.prepared_by,
            day(self.prepared_on),
            self.reviewed_by,
            day(self.reviewed_on)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_signed_by_its_beginning() {
        let whole = sha256(b"x");
        let signed = |fingerprint: &str| SignOff {
            fingerprint: fingerprint.replace(' ', ""),
            prepared_by: "Finance Officer".into(),
            prepared_on: jiff::civil::date(2014, 4, 28),
            reviewed_by: "finance officer".into(),
            reviewed_on: jiff::civil::date(2014, 4, 30),
        };
        assert!(signed(&shortened(&whole)).stands_for(&whole));
        assert!(signed(&whole).stands_for(&whole));
        assert!(!signed("0123 4567 89ab cdef").stands_for(&whole));
        assert!(signed(&whole).by_one_post());
        for same in ["FINANCE  OFFICER", " Finance\u{a0}Officer", "Finance-Officer.", "FinanceOfficer"] {
            let reviewed_by = same.to_owned();
            assert!(SignOff { reviewed_by, ..signed(&whole) }.by_one_post(), "{same}");
        }
        let reviewed_by = "Senior Finance Officer".to_owned();
        assert!(!SignOff { reviewed_by, ..signed(&whole) }.by_one_post());
    }
}
