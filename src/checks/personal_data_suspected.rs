//! Something in a return appears to identify a person.
//!
//! ## What it does
//!
//! Looks for NHS numbers, pupil numbers (UPN), National Insurance numbers, dates of birth, ages beside initials, names beside
//! words of a family, case references, postcodes, telephone numbers and e-mail addresses: in every cell of every sheet, used or
//! not, hidden or not, in formulas, comments, text boxes, page headers and footers, properties, defined names, links, and the
//! names of sheets and files, those included that were refused or passed over. A return in whose place another is used, and a
//! copy, are asked about too: they still stand in the folder and in the partner's own files. It also looks at what `plan.csv`, `ledger.csv`, `round.toml` and the schema say, headings included.
//!
//! | How sure | What happens | Severity |
//! |---|---|---|
//! | sure: the check digit fits and the words or spacing say what it is | the whole text is held back from every output, and the pack is *not for circulation* until an answer clears it | error |
//! | likely | somebody must look; a text is used, but no other finding repeats it. A wrong word of a column, the name of a file or sheet, a property or a defined name is held back | query |
//! | possible: a postcode alone, a telephone number, *Child A* | listed | note |
//!
//! What was found is repeated nowhere.
//!
//! ## Why it matters
//!
//! Monitoring sheets report work, not children, and they go to many desks.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: 1.1.1 | Train staff | Wyevale Council | In progress | Green | 2014-03-31 | NHS number 999 000 0018
//! ! G2 personal-data-suspected: G2 appears to contain an NHS number. Remove it and send the return again. We have not copied it anywhere.
//! ```
//!
//! ## How to fix
//!
//! Remove what identifies a person, and send the return again. If it is none, somebody says so in `answers.csv`, with post and
//! date; the mark *not for circulation* goes when all are answered. What was held back stays held back. An answer is for the
//! file as it was sent: when another comes in its place, it is asked again.
//!
//! ## Settings
//!
//! Names, addresses and telephone numbers are left alone in fields with `sensitivity = "staff"`, and e-mail addresses in those
//! with `format = "email"`. Postcodes of offices are listed
//! as `officePostcodes` in `round.toml` or in the schema. The severity in `round.toml` may be `"error"`
//! only: what may identify a person cannot be made to matter less.

use super::common::held_back::{Found, Place, exempt, message, of_settings, passed_over, places, severity};
use super::common::words::count;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Audience, Code, Effort, Location, Severity};
use crate::model::{Consolidated, FileId, Holder, Origin, PersonalKind, SheetUse, Submission, Sure, Suspect};
use std::collections::BTreeMap;

pub(super) struct PersonalDataSuspected;

const META: Meta = Meta {
    name: Code::PERSONS.as_str(),
    severity: Severity::Error,
    effort: Effort::Retype,
    source: include_str!("personal_data_suspected.rs"),
};

/// What the Business Unit does.
const HELP: &str = "Do not forward the file. Ask for a copy without it.";

/// What it does about a name of a file that was passed over.
const HELP_SKIPPED: &str = "Rename it, or take it out of the folder.";

impl Check for PersonalDataSuspected {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn submission(&self, cx: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        let exempt = exempt(cx, submission);
        for sheet in &submission.sheets {
            let (found, more) = &sheet.beside.suspected;
            let kept: Vec<Found> = found.iter().copied().filter(|one| !exempt(one)).collect();
            tell(submission, Some(sheet), &kept, out);
            if *more > 0 {
                let verb = if *more == 1 { "appears" } else { "appear" };
                let message = format!(
                    "{} more of the sheet {} {verb} to identify somebody. Remove what does and send the return again.",
                    count(*more, "place", "places"),
                    sheet.name
                );
                let at = Location::Sheet(submission.file, sheet.sheet);
                out.add(at, message).at_least(Severity::Error).help(HELP);
            }
        }
        let of_file = submission.suspected.iter().map(|one| (None, *one));
        tell(submission, None, &of_file.collect::<Vec<_>>(), out);
    }

    /// Names of files, also of those of which nothing was used.
    fn round(&self, cx: &Context<'_>, whole: &Consolidated, out: &mut Findings<'_>) {
        for (file, info) in (0..).map(FileId).zip(&cx.places.files) {
            let Some(suspect) = info.held else { continue };
            let sender = whole.returns.iter().find(|entry| entry.file == file);
            let message = message(None, (None, Holder::FileName), &[suspect.kind], suspect.sure);
            out.add(Location::File(file), message)
                .at_least(severity(suspect.sure))
                .partner(sender.and_then(|entry| entry.identity.partner))
                .help(HELP);
        }
        for own in &cx.round.suspected {
            out.add(own.at, of_settings(&own.place, own.suspect))
                .at_least(severity(own.suspect.sure))
                .audience(Audience::BusinessUnit)
                .help("Take it out of that file, or answer this.");
        }
        let mut passed: BTreeMap<Suspect, usize> = BTreeMap::new();
        for suspect in whole.skipped.iter().filter_map(|file| file.held) {
            *passed.entry(suspect).or_default() += 1;
        }
        for (Suspect { kind, sure }, files) in passed {
            out.add(Location::Returns, passed_over(kind, files)).at_least(severity(sure)).help(HELP_SKIPPED);
        }
    }
}

/// Tells what is sure or likely place by place, and what is only possible once a sheet.
fn tell(submission: &Submission, sheet: Option<&SheetUse>, found: &[Found], out: &mut Findings<'_>) {
    let mut told: BTreeMap<Place, Vec<&Found>> = BTreeMap::new();
    let mut listed: BTreeMap<PersonalKind, Vec<&Found>> = BTreeMap::new();
    for one in found {
        if one.1.sure == Sure::Weak {
            listed.entry(one.1.kind).or_default().push(one);
        } else {
            told.entry((one.0, one.1.holder)).or_default().push(one);
        }
    }
    let location = |at: Option<Origin>| match (at, sheet) {
        (Some(at), _) => Location::Cell(at),
        (None, Some(sheet)) => Location::Sheet(submission.file, sheet.sheet),
        (None, None) => Location::File(submission.file),
    };
    for (place, of_place) in told {
        let Some(sure) = of_place.iter().map(|(_, one)| one.sure).max() else { continue };
        let mut kinds: Vec<PersonalKind> =
            of_place.iter().filter(|(_, one)| one.sure == sure).map(|(_, one)| one.kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        out.add(location(place.0), message(sheet, place, &kinds, sure)).at_least(severity(sure)).help(HELP);
    }
    for (kind, of_kind) in listed {
        let Some((first, _)) = of_kind.first() else { continue };
        let message = format!("{} {}", places(sheet, &of_kind), possible(kind, of_kind.len()));
        let others = of_kind.iter().skip(1).filter_map(|(at, _)| *at);
        let others = others.map(|at| (Location::Cell(at), "the same".to_owned()));
        out.add(location(*first), message).at_least(Severity::Note).related(others);
    }
}

fn possible(kind: PersonalKind, places: usize) -> String {
    let what = match kind {
        PersonalKind::Pseudonym if places == 1 => {
            return "uses a letter in place of a name, which is allowed. It is listed so that somebody can look.".to_owned();
        }
        PersonalKind::Pseudonym => {
            return "use letters in place of names, which is allowed. They are listed so that somebody can look.".to_owned();
        }
        kind => kind.with_article(),
    };
    format!("may contain {what}. If it is a person\u{2019}s own, leave it out next time.")
}
