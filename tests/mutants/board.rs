//! Clean returns on the samples' monitoring return, in several sizes, and the rounds that they belong to. Every word and
//! amount in them is illustrative.

use super::clean::day;
use crate::support::cells::Cell;
use std::fmt::Write as _;

/// A partner: code, name and what it pays a quarter in pounds.
pub type Partner = (&'static str, &'static str, [f64; 4]);

pub const COUNCIL: Partner = ("HC", "Herefordshire Council", [31_754.0, 31_754.0, 31_754.0, 31_754.0]);
pub const HEALTH: Partner = ("NHS", "NHS Herefordshire", [0.0, 15_000.0, 15_100.25, 15_102.75]);
pub const POLICE: Partner = ("WMP", "West Mercia Police", [7_541.25, 7_541.25, 8_000.0, 7_082.5]);

const SUBJECTS: [&str; 12] = [
    "domestic abuse",
    "private fostering",
    "missing episodes",
    "early help assessments",
    "supervision of case work",
    "safer recruitment",
    "conference attendance",
    "exploitation and trafficking",
    "training for managers",
    "views of families",
    "allegations against staff",
    "thresholds for referral",
];

/// A subject and what is done about it this time.
const DEEDS: [(&str, &str); 5] = [
    ("Write and publish a local protocol on", "now agreed"),
    ("Audit a sample of files for", "every locality team"),
    ("Hold a half-day briefing about", "front-line practitioners"),
    ("Report quarterly performance figures covering", "Steering Group members"),
    ("Review commissioning arrangements with providers around", "contract renewals"),
];

/// What the plan asks about an action.
pub struct Action {
    pub reference: String,
    pub area: &'static str,
    pub words: String,
    pub target: Cell,
    pub target_text: &'static str,
    pub subject: &'static str,
}

const TARGETS: [(&str, i16, i8, i8); 4] = [
    ("2013-06-30", 2013, 6, 30),
    ("2013-09-30", 2013, 9, 30),
    ("2013-12-31", 2013, 12, 31),
    ("2014-03-31", 2014, 3, 31),
];
const AREAS: [&str; 4] = ["DA1", "DA2", "DA3", "DA4"];

/// So many actions over the four areas, with refs of three parts or of two.
pub fn actions(count: usize, two_parts: bool) -> Vec<Action> {
    let each = count.div_ceil(AREAS.len());
    (0..count)
        .map(|index| {
            let (area, within) = (index / each, index % each);
            let (subject, deed) =
                (SUBJECTS[index % SUBJECTS.len()], DEEDS[index / SUBJECTS.len() % DEEDS.len()]);
            let reference = if two_parts {
                format!("{}.{}", area + 1, within + 1)
            } else {
                format!("{}.{}.{}", area + 1, within / 3 + 1, within % 3 + 1)
            };
            let (target_text, year, month, last) = TARGETS[index % TARGETS.len()];
            Action {
                reference,
                area: AREAS[area],
                words: format!("{} {subject} for {}", deed.0, deed.1),
                target: day(year, month, last),
                target_text,
                subject,
            }
        })
        .collect()
}

/// Settings of a round of these partners: `round.toml`, `plan.csv`, `ledger.csv`.
pub struct Settings {
    /// What every partner said in the quarter before.
    pub earlier: String,
    pub round: String,
    pub plan: String,
    pub ledger: String,
}

/// Actions that the partners beside the first are asked about.
pub const COMPANION: usize = 4;

/// A size of the plan: actions, and whether refs have two parts.
pub type Size = (usize, bool);

pub fn settings(partners: &[Partner], size: Size) -> Settings {
    let mut round = String::from(
        "[round]\nboard = \"Herefordshire Safeguarding Children Board\"\ncode = \"HSCB\"\nperiod = \"2013-14 Q4\"\n\
         deadline = 2014-04-18\nstatus = \"provisional\"\nmarking = \"OFFICIAL-SENSITIVE\"\nasAt = 2014-03-31\n",
    );
    let _ = write!(round, "\n[[body]]\nname = \"Wye Valley NHS Trust\"\n");
    for (code, name, _) in [COUNCIL, HEALTH, POLICE] {
        let more = match code {
            "HC" => {
                "aliases = [\"Hfds Council\", \"The Council\", \"Council\"]\nabbreviations = [\"HC\", \"CSC\"]\n"
            }
            "NHS" => {
                "aliases = [\"NHS H'fordshire\", \"Health\"]\nabbreviations = [\"NHS\", \"CCG\"]\n\
                 formerly = [\"Herefordshire PCT\", \"Herefordshire CCG\", \"H'fordshire CCG\"]\n\
                 note = \"Herefordshire CCG took over from the primary care trust on 1 April 2013\"\n"
            }
            _ => {
                "aliases = [\"W Mercia Police\", \"West Mercia Constabulary\", \"Police\"]\nabbreviations = [\"WMP\"]\n"
            }
        };
        let sends = partners.iter().any(|partner| partner.0 == code);
        let _ = write!(round, "\n[[partner]]\ncode = \"{code}\"\nname = \"{name}\"\nsends = {sends}\n{more}");
    }
    for (code, name) in [
        ("YOS", "Youth Offending Service"),
        ("PROB", "West Mercia Probation"),
        ("CAF", "CAFCASS"),
        ("BU", "Business Unit"),
    ] {
        let _ = write!(round, "\n[[partner]]\ncode = \"{code}\"\nname = \"{name}\"\nsends = false\n");
    }
    let codes: Vec<&str> = partners.iter().map(|partner| partner.0).collect();
    let mut plan = String::from(
        "ref,action,development_area,strategic_priority,action_area,lead,target_date,revised_date,success_measure,\
         expected_impact,carry_forward,next_ref,agencies\n",
    );
    for (index, action) in actions(size.0, size.1).into_iter().enumerate() {
        let asked = if index < COMPANION { codes.join(";") } else { codes[0].to_owned() };
        let Action { reference, words, area, subject, target_text, .. } = action;
        // Who is asked with others leads its own part.
        let lead = if index < COMPANION && partners.len() > 1 { "All" } else { partners[0].1 };
        let _ = writeln!(
            plan,
            "{reference},{words},{area},Better case work,{subject},{lead},{target_text},,,,,,{asked}"
        );
    }
    Settings { earlier: earlier(&codes, size), round, plan, ledger: ledger(partners) }
}

fn ledger(partners: &[Partner]) -> String {
    let mut ledger =
        String::from("table,agency,stream,category,agreed,actual,q1,q2,q3,q4,closing_last_year,note\n");
    for (code, _, quarters) in partners {
        let pennies: i64 = quarters.iter().map(|quarter| pennies(*quarter)).sum();
        let stream = if *code == "HC" { "Children's Wellbeing" } else { "Partner contribution" };
        let year = format!("{}.{:02}", pennies / 100, pennies % 100);
        let _ = writeln!(ledger, "contributions,{code},{stream},,{year},{year},,,,,,");
    }
    if partners.iter().any(|partner| partner.0 == "HC") {
        for (heading, quarters) in SPENT {
            let year: f64 = quarters.iter().sum();
            let _ = writeln!(ledger, "expenditure,,,{heading},,{year}.00,,,,,,");
        }
        ledger.push_str("fund,,,,,,,,,,5000.00,\n");
    }
    ledger
}

fn earlier(codes: &[&str], size: Size) -> String {
    let mut text = String::new();
    for code in codes {
        for (index, Action { reference, subject, .. }) in actions(size.0, size.1).iter().enumerate() {
            let (status, rating) = stands(index);
            let _ = writeln!(text, "{code} | {reference} | {rating} | {status} | {}", before(subject));
        }
    }
    text
}

/// Status and rating of an action.
pub fn stands(index: usize) -> (&'static str, &'static str) {
    match index % 4 {
        0 => ("Complete", "Green"),
        1 => ("In progress", "Amber"),
        2 => ("In progress", "Red"),
        _ => ("In progress", "Green"),
    }
}

/// What was said of a subject in the quarter before.
pub fn before(subject: &str) -> String {
    format!("A first draft on {subject} was discussed by the Steering Group")
}

#[allow(
    clippy::float_arithmetic,
    clippy::cast_possible_truncation,
    reason = "a workbook holds its amounts so"
)]
pub fn pennies(pounds: f64) -> i64 {
    (pounds * 100.0).round() as i64
}

/// What was spent, by heading and quarter.
pub const SPENT: [(&str, [f64; 4]); 5] = [
    ("Independent Chair", [3900.0, 3900.0, 3900.0, 3900.0]),
    ("Support staff", [26_915.0, 27_208.0, 27_341.0, 28_159.0]),
    ("Training and workforce development", [3120.0, 4876.0, 6215.0, 7690.0]),
    ("Serious and significant case reviews", [2450.0, 8136.0, 11_890.0, 8445.0]),
    ("Additional costs", [2905.0, 3377.0, 3640.0, 4466.0]),
];
