//! `round.toml`, `plan.csv` and `ledger.csv` of the 2013-14 rounds.

use super::board::{self, Day};
use super::kit::Outcome;

/// The settings of a round, with one line that says which pack it is.
pub(crate) fn round_toml(about: &str) -> Vec<u8> {
    format!("# {about}\n{ROUND}").into_bytes()
}

/// The settings of the same round with the quarter before it.
pub(crate) fn round_toml_after(about: &str, previous: &str) -> Vec<u8> {
    let line = format!("\nasAt = 2014-03-31\nprevious = \"{previous}\"\n");
    format!("# {about}\n{ROUND}").replace("\nasAt = 2014-03-31\n", &line).into_bytes()
}

/// The settings of the year before pack C.
pub(crate) fn year_before_toml() -> Vec<u8> {
    let about = "The year before pack C, as far as it needs it: what probation paid then.";
    format!("# {about}\n{ROUND}")
        .replace("2013-14 Q4", "2012-13 Q4")
        .replace("deadline = 2014-04-18", "deadline = 2013-04-19")
        .replace("asAt = 2014-03-31", "asAt = 2013-03-31")
        .into_bytes()
}

/// The settings of the quarter before pack B.
pub(crate) fn earlier_toml() -> Vec<u8> {
    let about = "The quarter before pack B, as far as it needs it: what probation said then.";
    format!("# {about}\n{ROUND}")
        .replace("2013-14 Q4", "2013-14 Q3")
        .replace("deadline = 2014-04-18", "deadline = 2014-01-17")
        .replace("asAt = 2014-03-31", "asAt = 2013-12-31")
        .into_bytes()
}

const ROUND: &str = r#"# Names of bodies are the board's own. Posts, references and quarterly splits are illustrative.

[round]
board = "Herefordshire Safeguarding Children Board"
code = "HSCB"
period = "2013-14 Q4"
schema = "../../schemas/monitoring-return.toml"
deadline = 2014-04-18
status = "provisional"
marking = "OFFICIAL-SENSITIVE"
asAt = 2014-03-31

[[partner]]
code = "HC"
name = "Herefordshire Council"
aliases = ["Hfds Council", "The Council", "Council", "Children's Wellbeing", "the Authority"]
abbreviations = ["HC", "CSC", "CWB", "LA"]
contact = "Performance Officer"

[[partner]]
code = "NHS"
name = "NHS Herefordshire"
aliases = ["NHS H'fordshire", "Health"]
abbreviations = ["NHS", "CCG"]
formerly = ["Herefordshire PCT", "Herefordshire CCG", "H'fordshire CCG", "Herefordshire Clinical Commissioning Group"]
note = "Herefordshire CCG took over from the primary care trust on 1 April 2013"
contact = "Safeguarding Administrator"

[[partner]]
code = "WMP"
name = "West Mercia Police"
aliases = ["W Mercia Police", "West Mercia Constabulary", "Police"]
abbreviations = ["WMP"]
contact = "Partnership Support Officer"

[[partner]]
code = "YOS"
name = "Youth Offending Service"
aliases = ["Youth Offending Team", "Youth Justice"]
abbreviations = ["YOS", "YOT", "WMYOS"]
contact = "Business Support Officer"

[[partner]]
code = "PROB"
name = "West Mercia Probation"
aliases = ["West Mercia Probation Trust", "Probation Trust", "Probation"]
abbreviations = ["PROB", "WMPT"]
contact = "Executive Support Officer"

[[partner]]
code = "CAF"
name = "CAFCASS"
aliases = ["Family Court Advisory", "Children and Family Court Advisory and Support Service"]
abbreviations = ["CAFCASS"]
contact = "Practice Support Officer"

[[partner]]
code = "BU"
name = "Business Unit"
aliases = ["Board team", "HSCB Business Unit"]
abbreviations = ["BU", "HSCB BU"]
contact = "Board Officer"

[[body]]
name = "Wye Valley NHS Trust"

[[body]]
name = "2gether NHS Foundation Trust"
"#;

fn iso(day: Day) -> String {
    format!("{:04}-{:02}-{:02}", day.0, day.1, day.2)
}

/// The plan register: twenty-one actions and who answers for each.
pub(crate) fn plan_csv() -> Outcome<Vec<u8>> {
    plan(|one| (one.carry, one.next))
}

/// The plan of the year before, all of which went on as it was; illustrative.
pub(crate) fn plan_of_year_before_csv() -> Outcome<Vec<u8>> {
    plan(|one| ("Continue", one.key))
}

fn plan(carried: impl Fn(&board::Action) -> (&'static str, &'static str)) -> Outcome<Vec<u8>> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record([
        "ref",
        "action",
        "development_area",
        "strategic_priority",
        "area_ref",
        "action_area",
        "objective",
        "source",
        "source_ref",
        "lead",
        "start_date",
        "target_date",
        "revised_date",
        "success_measure",
        "expected_impact",
        "carry_forward",
        "next_ref",
        "agencies",
    ])?;
    for one in &board::ACTIONS {
        let area = board::area(one.area_ref);
        let lead = if one.lead == "ALL" { "All six" } else { board::partner(one.lead).name };
        let revised = if one.key == "3.4.1" { "2014-10-31" } else { "" };
        let (start, target) = (iso(one.start), iso(one.target));
        let agencies = one.expected().join(";");
        out.write_record([
            one.key,
            one.wording,
            area.1,
            area.2,
            area.0,
            area.3,
            area.4,
            one.source,
            one.source_ref,
            lead,
            &start,
            &target,
            revised,
            one.measure,
            one.impact,
            carried(one).0,
            carried(one).1,
            &agencies,
        ])?;
    }
    Ok(out.into_inner()?)
}

/// What inspectors recommended, as far as the plan answers it; the words are illustrative.
pub(crate) fn recommendations_csv() -> Outcome<Vec<u8>> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(["source", "ref", "recommendation"])?;
    for (reference, words) in [
        ("Ofsted 17", "Show that multi-agency decisions improve, and confirm it through quality assurance"),
        ("Ofsted 21", "Bring assessments by several agencies together in one pathway"),
        ("Ofsted 22", "Prepare those who chair and attend conferences"),
        ("Ofsted 24", "Draw on evidence of casework from every agency"),
    ] {
        out.write_record(["Ofsted", reference, words])?;
    }
    Ok(out.into_inner()?)
}

fn money(pence: i64) -> String {
    format!("{}.{:02}", pence / 100, pence % 100)
}

/// The ledger of the Business Unit: what each partner paid and what each heading cost.
pub(crate) fn ledger_csv() -> Outcome<Vec<u8>> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record([
        "table",
        "agency",
        "stream",
        "category",
        "agreed",
        "actual",
        "q1",
        "q2",
        "q3",
        "q4",
        "closing_last_year",
        "note",
    ])?;
    for (code, stream, quarter, year, _) in &board::CONTRIBUTIONS {
        let (quarter, year) = (money(*quarter), money(*year));
        out.write_record([
            "contributions",
            code,
            stream,
            "",
            &year,
            &year,
            &quarter,
            &quarter,
            &quarter,
            &quarter,
            "",
            "",
        ])?;
    }
    for (category, quarters, ..) in &board::EXPENDITURE {
        let [q1, q2, q3, q4] = quarters.map(|pounds| money(pounds * 100));
        let actual = money(quarters.iter().sum::<i64>() * 100);
        out.write_record(["expenditure", "", "", category, "", &actual, &q1, &q2, &q3, &q4, "", ""])?;
    }
    out.write_record([
        "fund",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "Neither the opening nor the closing balance has been published.",
    ])?;
    Ok(out.into_inner()?)
}
