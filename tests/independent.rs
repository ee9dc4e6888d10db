//! Returns written from the catalogue of what partners send, by somebody who had not seen how the program reads them.
//!
//! The pages in `tests/independent` hold a base return and what each case changes in it, those in `tests/independent2`
//! a base return for every partner of a board, and the own forms of two others; what must be answered was written before the
//! program was run. Counted are the planted items that are answered (at the right place, at least as severely as the
//! catalogue asks, with the right value in the merged table), queries or errors where nothing is planted, and those where
//! the catalogue asks for less. What is known to fail stands in `known.md` beside the pages, with its reason.

#[path = "independent/expect.rs"]
mod expect;
#[path = "independent/judge.rs"]
mod judge;
#[path = "independent/partners.rs"]
mod partners;
#[path = "independent/returns.rs"]
mod returns;
mod support;

use judge::{Answer, Line, Outcome};
use quarterday::round::Round;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;
use std::thread;
use support::notation::{self, Case, Page, Settings};
use support::{rounds, settings};

const SAMPLE: &str = "samples/2013-14-q4";

#[test]
fn the_catalogue_is_answered() {
    let usual = OnceLock::new();
    answered("tests/independent", |page, case, base| {
        let own = case.settings.plan.is_some().then(|| own_round(case));
        let round = own.as_ref().unwrap_or_else(|| usual.get_or_init(|| own_round(case)));
        let sender = round.partners().find(|(_, partner)| partner.code == "NHS").map(|(id, _)| id);
        let files = returns::of(case, &base.files[0]);
        let answer = Answer { senders: sender.into_iter().collect(), ..judge::answer(round, &files) };
        judge::judge(page, case, round, &files[0].0, &answer)
    });
}

#[test]
fn the_returns_of_several_boards_are_answered() {
    let usual = OnceLock::new();
    answered("tests/independent2", |page, case, base| {
        let load = |settings: &Settings| {
            settings::load(settings).unwrap_or_else(|mistakes| panic!("{}: {mistakes}", case.title))
        };
        let own = (case.settings != Settings::default()).then(|| load(&over(&case.settings, &base.settings)));
        let round = own.as_ref().unwrap_or_else(|| usual.get_or_init(|| load(&base.settings)));
        let case = Case { files: partners::of(&case.files, &base.files), ..case.clone() };
        let answer = if let Some(files) = case.files.iter().map(partners::bytes).collect::<Option<Vec<_>>>() {
            judge::answer(round, &files)
        } else {
            let (findings, places) = rounds::check(round, &case.files, rounds::grids_of(&case));
            Answer { findings, places, values: None, senders: Vec::new() }
        };
        judge::judge(page, &case, round, &case.files[0].name, &answer)
    });
}

/// The settings of a case of the second set that has some of its own: a board's, or else the base's with these instead.
fn over(own: &Settings, base: &Settings) -> Settings {
    if own.round.is_some() {
        return own.clone();
    }
    let or = |own: &Option<String>, base: &Option<String>| own.as_ref().or(base.as_ref()).cloned();
    Settings {
        schema: or(&own.schema, &base.schema),
        round: base.round.clone(),
        plan: or(&own.plan, &base.plan),
        ledger: or(&own.ledger, &base.ledger),
        ..own.clone()
    }
}

/// Puts every case of a folder to the program and holds what fails against what is known to.
fn answered(folder: &str, answer: impl Fn(&str, &Case, &Case) -> Outcome + Sync) {
    let pages = notation::folder(Path::new(folder));
    let (base, pages): (Vec<_>, Vec<_>) = pages.into_iter().partition(|(name, _)| name == "base");
    let base = &base[0].1.cases[0];
    let cases: Vec<(&str, &Case)> = pages
        .iter()
        .flat_map(|(name, page): &(String, Page)| page.cases.iter().map(|case| (name.as_str(), case)))
        .collect();
    // The program's own threads wait for one another, so the cases are shared out among others.
    let answer = &answer;
    let outcomes: Vec<Outcome> = thread::scope(|scope| {
        let share = cases.len().div_ceil(4);
        let threads: Vec<_> = cases
            .chunks(share)
            .map(|cases| {
                let all =
                    move || cases.iter().map(|(page, case)| answer(page, case, base)).collect::<Vec<_>>();
                scope.spawn(all)
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("a case stopped its thread")).collect()
    });
    report(folder, &outcomes);
}

#[expect(clippy::print_stdout, reason = "it tells what was counted")]
fn report(folder: &str, outcomes: &[Outcome]) {
    let planted: usize = outcomes.iter().map(|outcome| outcome.planted).sum();
    let all = |of: fn(&Outcome) -> &Vec<Line>| {
        outcomes.iter().flat_map(|outcome| of(outcome).iter()).collect::<Vec<_>>()
    };
    let (misses, alarms, louder) =
        (all(|outcome| &outcome.misses), all(|outcome| &outcome.alarms), all(|outcome| &outcome.louder));
    println!(
        "{} cases, {} of them with nothing planted",
        outcomes.len(),
        outcomes.iter().filter(|outcome| outcome.planted == 0).count()
    );
    println!("{} of {planted} planted items are answered", planted - misses.len());
    println!("{} false alarms, {} answered louder than asked", alarms.len(), louder.len());
    for (what, lines) in [("missed", &misses), ("false alarm", &alarms), ("louder", &louder)] {
        for line in lines {
            println!("{what}: {} / {} / {}\n    {}", line.page, line.case, line.what, line.how);
        }
    }
    let known = known(folder);
    let wrong: Vec<String> = [("Missed", &misses), ("False alarms", &alarms), ("Louder", &louder)]
        .into_iter()
        .flat_map(|(list, lines)| against(list, lines, &known))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// What is known to fail: the list, the page, the case and the item.
type Known = BTreeSet<[String; 4]>;

fn known(folder: &str) -> Known {
    let text = fs::read_to_string(format!("{folder}/known.md")).expect("it is there");
    let mut list = String::new();
    let mut known = Known::new();
    for line in text.lines() {
        if let Some((name, _)) = line.strip_prefix("**").and_then(|line| line.split_once(".**")) {
            name.clone_into(&mut list);
        }
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        if let ["", page, case, item, why, ""] = cells[..]
            && page != "Page"
            && !page.starts_with('-')
        {
            assert!(!why.is_empty(), "without a reason: {line}");
            let new = known.insert([&list, page, case, item].map(str::to_owned));
            assert!(new, "twice: {line}");
        }
    }
    known
}

/// Where what happened is not what is known to happen.
fn against(list: &str, lines: &[&Line], known: &Known) -> Vec<String> {
    let usual = format!("{} › ", returns::USUAL);
    let happened: Known = lines
        .iter()
        .map(|line| [list, &line.page, &line.case, &line.what.replace(&usual, "")].map(str::to_owned))
        .collect();
    let new = happened.difference(known).map(|line| format!("not on the list: {line:?}"));
    let over = known.difference(&happened).filter(|line| line[0] == list);
    new.chain(over.map(|line| format!("on the list, and no longer so: {line:?}"))).collect()
}

/// The round of a case of the first set: the sample's, with the plan's references, words and agencies only, because the dates
/// and measures of the returns are not the plan's; or with the case's own plan.
fn own_round(case: &Case) -> Round {
    let text = |path: &str| fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let round =
        text(&format!("{SAMPLE}/round.toml")).replace("../../schemas/monitoring-return.toml", "schema.toml");
    let own = Settings {
        schema: Some(text("schemas/monitoring-return.toml")),
        round: Some(round),
        plan: Some(short(&case.settings.plan.clone().unwrap_or_else(|| text(&format!("{SAMPLE}/plan.csv"))))),
        ledger: Some(text(&format!("{SAMPLE}/ledger.csv"))),
        ..Settings::default()
    };
    settings::load(&own).unwrap_or_else(|mistakes| panic!("{}: {mistakes}", case.title))
}

/// A plan that says no more of its entries than every plan does.
fn short(plan: &str) -> String {
    let mut rows = csv::Reader::from_reader(plan.as_bytes());
    let headings = rows.headers().expect("it has headings").clone();
    let kept: Vec<bool> =
        headings.iter().map(|heading| ["ref", "action", "agencies"].contains(&heading)).collect();
    let mut short = csv::Writer::from_writer(Vec::new());
    short.write_record(&headings).expect("memory takes it");
    for row in rows.records() {
        let row = row.expect("it is whole");
        let cells = row.iter().zip(&kept).map(|(cell, kept)| if *kept { cell } else { "" });
        short.write_record(cells).expect("memory takes it");
    }
    String::from_utf8(short.into_inner().expect("memory takes it")).expect("it is text")
}
