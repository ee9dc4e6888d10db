//! A round's settings: `round.toml`, `plan.csv`, `ledger.csv`, `recommendations.csv`, `answers.csv` and `signoff.toml`.

pub mod answers;
mod csv;
mod earlier;
mod given;
pub mod held;
mod ledger;
mod lines;
mod marking;
mod plan;
mod raw;
mod recommendations;
mod rekey;
mod settings;
mod sign_off;
mod starter;
mod text;

pub use earlier::{Earlier, EarlierAmounts, EarlierAnswer, EarlierEntry, Fate, fate, row_key, says_nothing};
pub use given::{Given, headings, is_filled_in, is_year};
pub use lines::{ByAmount, ByPartner};
pub use marking::{Marking, ended_mark, stopped};
pub use recommendations::Recommendation;
pub use rekey::rekey;
pub use sign_off::{SignOff, Stamp, fingerprint, sha256, shortened};
pub use starter::starter_files;

use crate::error::{Error, Mistake};
use crate::finding::{Location, Severity};
use crate::model::{Partner, PartnerId, Period, Suspect};
use crate::schema::{self, FromCode, Schema, words};
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Everything a run needs to know beside the returns themselves.
#[derive(Debug, Clone)]
pub struct Round {
    /// The schema of the returns.
    pub schema: Schema,
    /// The board's name.
    pub board: String,
    /// The board's short code.
    pub code: String,
    /// The period collected.
    pub period: Period,
    /// When returns were due.
    pub deadline: Option<Date>,
    /// By when corrected returns and answers are wanted.
    pub corrections_by: Option<Date>,
    /// The day that *overdue* is measured from.
    pub as_at: Date,
    /// True once the figures are final.
    pub is_final: bool,
    /// True if the annual report calls its figures final, false if provisional; `None` if the round does not say.
    pub annual_report_is_final: Option<bool>,
    /// The line of round.toml that says so (one-based).
    pub annual_report_line: u32,
    /// Protective marking of the working pack: workbook, messages.
    pub marking: Marking,
    /// Protective marking of the extract for publication.
    pub extract_marking: Marking,
    /// The Business Unit's address.
    pub contact: Option<String>,
    /// The partners, in the order in which everything lists them.
    pub partners: Vec<Partner>,
    /// Names of bodies that are not partners.
    pub bodies: Vec<String>,
    /// Postcodes of offices, in capitals and without spaces.
    pub offices: Vec<String>,
    /// Severities set for this round, by check.
    pub severity: BTreeMap<String, Severity>,
    /// The plan register.
    pub plan: Register,
    /// The Business Unit's figures.
    pub ledger: Ledger,
    /// What inspectors recommended, in file order.
    pub recommendations: Vec<Recommendation>,
    /// The folder of the round before, if the settings name it.
    pub earlier_folder: Option<PathBuf>,
    /// What was said in it, once it has been read.
    pub earlier: Option<Earlier>,
    /// What was answered to what an earlier run found, in file order.
    pub answers: Vec<answers::AnswerLine>,
    /// Who signed which run.
    pub sign_off: Option<SignOff>,
    /// The settings files, as far as they are there: `round.toml`, `plan.csv`, `ledger.csv`, `answers.csv`, the schema and
    /// those that it extends.
    pub stamps: Vec<Stamp>,
    /// The same of the round before, and its returns.
    pub earlier_stamps: Vec<Stamp>,
    /// Texts of these files that may identify a person; what surely does has been taken out of the round.
    pub suspected: Vec<SuspectedText>,
}

/// A text of a settings file that may identify a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuspectedText {
    /// Where it stands.
    pub at: Location,
    /// The same in words: `plan.csv, line 3`.
    pub place: String,
    /// What it may be.
    pub suspect: Suspect,
    /// What it says, whole and in the parts that may be anybody's: never to be shown, and looked for in findings so that none
    /// repeats it. Empty where it was held back.
    pub said: Vec<String>,
}

/// `plan.csv`: the rows that are expected back.
#[derive(Debug, Clone, Default)]
pub struct Register {
    /// Headings, without `agencies`.
    pub headings: Vec<String>,
    /// Which heading holds the key.
    pub key: usize,
    /// Which heading holds the wording.
    pub title: Option<usize>,
    /// Entries in file order.
    pub entries: Vec<RegisterEntry>,
    /// Place of each key among the entries.
    pub by_key: BTreeMap<String, usize>,
}

/// One line of `plan.csv`.
#[derive(Debug, Clone, Default)]
pub struct RegisterEntry {
    /// Its line in the file (one-based, headings are line 1).
    pub line: u32,
    /// Its cells, one a heading.
    pub cells: Vec<String>,
    /// The partners asked, in partner order.
    pub agencies: Vec<PartnerId>,
}

impl Register {
    /// The place of a heading.
    #[must_use]
    pub fn heading(&self, name: &str) -> Option<usize> {
        self.headings.iter().position(|heading| heading == name)
    }
}

/// `ledger.csv`: the control totals.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// Lines in file order.
    pub lines: Vec<LedgerLine>,
    /// Where they are found again.
    index: lines::Index,
}

/// One line of `ledger.csv`.
#[derive(Debug, Clone, Default)]
pub struct LedgerLine {
    /// Its line in the file (one-based, headings are line 1).
    pub line: u32,
    /// Which ledger table it belongs to.
    pub table: String,
    /// Text columns by heading (`agency`, `stream`, `category`, `note` …), as written.
    pub names: BTreeMap<String, String>,
    /// Money columns by heading (`agreed`, `actual`, `q1` …), pounds; blanks left out.
    pub amounts: BTreeMap<String, Decimal>,
    /// The partner, if the line names one.
    pub partner: Option<PartnerId>,
}

impl Round {
    /// By when corrected returns and answers are wanted, as words to put behind others: ` by 9 May 2014`; empty if no day is set.
    #[must_use]
    pub fn by_corrections(&self) -> String {
        self.corrections_by.map_or_else(String::new, |day| format!(" by {}", day.strftime("%-d %B %Y")))
    }

    /// The round before, if there is one of another period: provisional returns of the same are no earlier word.
    #[must_use]
    pub fn before(&self) -> Option<&Earlier> {
        self.earlier.as_ref().filter(|earlier| earlier.period != self.period)
    }

    /// A partner.
    #[must_use]
    pub fn partner(&self, id: PartnerId) -> &Partner {
        &self.partners[usize::from(id.0)]
    }

    /// True if a return that states this period belongs to the round: its quarter, or the whole year. Without a round
    /// (no partners) every period does.
    #[must_use]
    pub fn takes(&self, period: Period) -> bool {
        let whole_year = period.quarter.is_none() && period.year == self.period.year;
        self.partners.is_empty() || whole_year || period == self.period
    }

    /// Every partner with its number.
    pub fn partners(&self) -> impl Iterator<Item = (PartnerId, &Partner)> {
        self.partners
            .iter()
            .enumerate()
            .map(|(index, partner)| (PartnerId(u16::try_from(index).unwrap_or(u16::MAX)), partner))
    }
}

/// Loads a round folder: `round.toml`, the schema it names, `plan.csv`, `ledger.csv`, and what was answered and signed.
///
/// # Errors
///
/// Every mistake in these files, or that one of them cannot be read.
pub fn load(folder: &Path) -> Result<Round, Error> {
    load_knowing(folder, &[], None)
}

/// Like [`load`], and also tests that `[severity]` names only checks that there are, and that nothing was answered
/// or signed after the last day that it can be anywhere.
///
/// # Errors
///
/// Every mistake in these files, or that one of them cannot be read.
pub fn load_knowing(folder: &Path, checks: &[&str], last_day: Option<Date>) -> Result<Round, Error> {
    let path = folder.join("round.toml");
    let text = text::read(&path)?;
    let mut mistakes = Vec::new();
    let Some(settings) = settings::read(&path, &text, checks, &mut mistakes) else {
        return Err(Error::Settings(in_order(mistakes)));
    };
    let sound = mistakes.is_empty();
    let loaded = settings.schema.as_ref().and_then(|at| schema(folder, at, &mut mistakes));
    let Some((schema, codes, schemas)) = loaded else { return Err(Error::Settings(in_order(mistakes))) };
    let mut round = settings.round(schema, &mut mistakes);
    if let Some(named) = round.earlier_folder.take() {
        round.earlier_folder = Some(shortest(&folder.join(named)));
    }
    if sound {
        from_codes(codes, &round, &mut mistakes);
        round.plan = plan::load(folder, &round, &mut mistakes)?;
        round.ledger = ledger::load(folder, &round, &mut mistakes)?;
        round.recommendations = recommendations::load(folder, &round, &mut mistakes)?;
        round.answers = answers::load(folder, checks, last_day, &mut mistakes)?;
        round.sign_off = sign_off::load(folder, last_day, &mut mistakes)?;
    }
    let own = ["round.toml", "plan.csv", "ledger.csv", "recommendations.csv", "answers.csv"]
        .map(|name| folder.join(name));
    round.stamps = sign_off::stamps(own.iter().chain(&schemas).map(PathBuf::as_path));
    if mistakes.is_empty() { Ok(round) } else { Err(Error::Settings(in_order(mistakes))) }
}

/// A round without partners, plan and ledger, for looking at a return by its schema alone. Its period is the year in
/// front of the schema's version, if one stands there.
#[must_use]
pub fn for_schema(schema: Schema) -> Round {
    let year = schema.version.split('.').next().and_then(Period::parse);
    Round {
        board: String::new(),
        code: String::new(),
        period: year.unwrap_or(Period { year: 1, quarter: None }),
        deadline: None,
        corrections_by: None,
        as_at: Date::MIN,
        is_final: false,
        annual_report_is_final: None,
        annual_report_line: 1,
        marking: Marking::OfficialSensitive,
        extract_marking: Marking::Official,
        contact: None,
        partners: Vec::new(),
        bodies: Vec::new(),
        offices: Vec::new(),
        severity: BTreeMap::new(),
        plan: Register::default(),
        ledger: Ledger::default(),
        recommendations: Vec::new(),
        earlier_folder: None,
        earlier: None,
        answers: Vec::new(),
        sign_off: None,
        stamps: Vec::new(),
        earlier_stamps: Vec::new(),
        suspected: Vec::new(),
        schema,
    }
}

/// The schema that a round names, with the partners' codes that it names in turn, and its files.
fn schema(
    folder: &Path,
    named: &settings::Named,
    mistakes: &mut Vec<Mistake>,
) -> Option<(Schema, Vec<FromCode>, Vec<PathBuf>)> {
    let path = shortest(&folder.join(&named.path));
    let text = match text::read(&path) {
        Ok(text) => text,
        Err(error) => {
            let mut mistake = named.mistake.clone();
            mistake.message = match &error {
                Error::Io { source, .. } if source.kind() == std::io::ErrorKind::NotFound => {
                    format!("There is no file {}.", path.display())
                }
                other => other.to_string(),
            };
            mistakes.push(mistake);
            return None;
        }
    };
    let files = RefCell::new(vec![path.clone()]);
    let include = |path: &Path| {
        files.borrow_mut().push(path.to_owned());
        std::fs::read(path).map(|bytes| text::decode(&bytes))
    };
    let loaded = schema::load_with_codes(&path, &text, &include).map_err(|found| mistakes.extend(found)).ok();
    loaded.map(|(schema, codes)| (schema, codes, files.into_inner()))
}

/// The path without its `..`, if that is the same file.
fn shortest(path: &Path) -> PathBuf {
    let short = schema::normal(path);
    let same = match (short.canonicalize(), path.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    };
    if same { short } else { path.to_owned() }
}

/// The codes in a table's `from` are partners of this round.
fn from_codes(codes: Vec<FromCode>, round: &Round, mistakes: &mut Vec<Mistake>) {
    let known: Vec<&str> = round.partners.iter().map(|partner| partner.code.as_str()).collect();
    for code in codes {
        if !known.contains(&code.code.as_str()) {
            mistakes.push(Mistake { hint: words::hint(&code.code, &known), ..code.mistake });
        }
    }
}

/// Mistakes file by file, in the order in which the files are read.
fn in_order(mut mistakes: Vec<Mistake>) -> Vec<Mistake> {
    let mut files: Vec<PathBuf> = Vec::new();
    for mistake in &mistakes {
        if !files.contains(&mistake.path) {
            files.push(mistake.path.clone());
        }
    }
    let place = |mistake: &Mistake| files.iter().position(|file| *file == mistake.path);
    mistakes.sort_by_key(|mistake| (place(mistake), mistake.span.start));
    mistakes.dedup();
    mistakes
}
