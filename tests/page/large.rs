//! Texts and numbers of things that no sample has: every text that a run carries is planted, and a round of 300 returns with
//! far more to tell than a page holds.

use crate::desk::MESSY;
use crate::memory::{Counter, Memory};
use crate::{html, planted};
use quarterday::finding::{Answer, Detail, Finding, Related};
use quarterday::model::{Comparison, Outcome, Partner, PartnerId, ReturnState, Scope};
use quarterday::pipeline::{self, Input, Run};
use quarterday::report::{self, About, Page, SignOffRecord};
use quarterday::round::{self, Round};
use std::fs;
use std::path::Path;

/// The messy sample, read and checked.
fn run() -> (Round, Run) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(MESSY);
    let round = round::load(&folder).unwrap();
    let mut paths: Vec<_> =
        fs::read_dir(folder.join("returns")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let file = |path: &std::path::PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        Memory { name, bytes: fs::read(path).unwrap() }
    };
    let files: Vec<Memory> = paths.iter().map(file).collect();
    let inputs: Vec<&dyn Input> = files.iter().map(|file| file as &dyn Input).collect();
    let mut counter = Counter::of(&round);
    let run = pipeline::merge(&round, &inputs, Vec::new(), &mut counter, &|_| {}).unwrap();
    (round, run)
}

fn shown(round: &Round, run: &Run, about: &About<'_>) -> String {
    let chases = report::chases(round, &run.consolidated, &run.findings);
    let page =
        Page { about, round, consolidated: &run.consolidated, findings: &run.findings, chases: &chases };
    let mut out = Vec::new();
    page.write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Plants every text of a round's settings.
fn plant_settings(round: &mut Round) {
    let text = planted;
    round.board = text();
    round.schema.title = text();
    round.schema.version = text();
    round.schema.controls.iter_mut().for_each(|control| control.title = text());
    for category in round.schema.lists.iter_mut().flat_map(|list| &mut list.categories) {
        category.label = text();
        category.colour = category.colour.as_ref().map(|_| text());
    }
    for partner in &mut round.partners {
        partner.name = text();
        partner.contact = Some(text());
    }
}

/// Plants every text of a run.
fn plant_run(run: &mut Run) {
    let text = planted;
    for file in &mut run.consolidated.places.files {
        file.name = text();
        file.sheets.iter_mut().for_each(|sheet| *sheet = text());
    }
    for entry in &mut run.consolidated.returns {
        if let ReturnState::Refused { why } | ReturnState::Superseded { why, .. } = &mut entry.state {
            *why = text();
        }
    }
    for group in run.consolidated.groups.iter_mut().flatten() {
        group.name = text();
        group.show.iter_mut().for_each(|show| *show = text());
    }
    for one in &mut run.consolidated.comparisons {
        one.line = text();
        one.note = Some(text());
        one.explanations.iter_mut().for_each(|one| one.words = text());
        if let Outcome::Untestable { why, .. } = &mut one.outcome {
            *why = text();
        }
    }
    for finding in &mut run.findings {
        finding.message = text().into();
        finding.help = Some(text().into());
        let related = vec![Related { at: finding.at, what: text() }];
        let date = jiff::civil::date(2014, 4, 20);
        let answer = Some(Answer { line: 2, text: text(), post: text(), date });
        finding.detail = Some(Box::new(Detail { related, answer, ..Detail::default() }));
    }
}

#[test]
fn every_text_that_a_run_carries_stays_text() {
    let (mut round, mut run) = run();
    plant_settings(&mut round);
    plant_run(&mut run);
    let planted = planted();
    let text = || planted.clone();
    let signed = SignOffRecord {
        fingerprint: text(),
        prepared_by: text(),
        prepared_on: text(),
        reviewed_by: text(),
        reviewed_on: text(),
        stands: true,
        words: text(),
    };
    let about = About {
        schema: &planted,
        schema_version: &planted,
        fingerprint: text(),
        sign_off: Some(signed),
        ..About::default()
    };
    let page = shown(&round, &run, &about);
    let mistakes = html::mistakes(&page);
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
    let tags = html::tags(&page);
    assert_eq!(tags.iter().filter(|tag| tag.name == "script" && !tag.is_end).count(), 1);
    assert_eq!(page.matches("window.planted=1</script>").count(), 0);
    let times = html::words(&page).matches("<script>window.planted=1</script>").count();
    assert!(times > 400, "{times} times");
}

/// As many of everything as 300 returns of 200 rows might have.
fn enlarged() -> (Round, Run) {
    let (mut round, mut run) = run();
    let model = round.partners[0].clone();
    round.partners = (0..300)
        .map(|number| Partner {
            code: format!("P{number}"),
            name: format!("Partner number {number}"),
            ..model.clone()
        })
        .collect();
    let partner = |number: usize| PartnerId(u16::try_from(number % 300).unwrap());
    let findings = run.findings.iter().filter(|finding| finding.asks()).cloned().collect::<Vec<Finding>>();
    run.findings = (0..300 * 60)
        .map(|number| {
            let mut finding = findings[number % findings.len()].clone();
            finding.partner = Some(partner(number / 60));
            finding.message = format!("{} {number}. {}", finding.message, "It is long. ".repeat(10)).into();
            finding
        })
        .collect();
    let differing: Vec<Comparison> = run
        .consolidated
        .comparisons
        .iter()
        .filter(|one| matches!(one.outcome, Outcome::Differs { .. }) && one.scope != Scope::Round)
        .cloned()
        .collect();
    run.consolidated.comparisons = (0..300 * 30)
        .map(|number| Comparison {
            scope: Scope::Partner(partner(number)),
            ..differing[number % differing.len()].clone()
        })
        .collect();
    let groups = run.consolidated.groups.iter_mut().filter(|groups| !groups.is_empty());
    groups.for_each(|groups| *groups = groups.iter().cycle().take(2_000).cloned().collect());
    (round, run)
}

#[test]
fn a_large_round_is_cut_and_says_where_the_rest_is() {
    let (round, run) = enlarged();
    let page = shown(&round, &run, &About::default());
    assert!(page.len() < 2_000_000, "{} bytes", page.len());
    let mistakes = html::mistakes(&page);
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
    let words = html::words(&page);
    for sentence in [
        "500 of 9,000 are shown; 8,500 more are in the workbook, on the sheet Reconciliation.",
        "300 of 2,000 are shown; 1,700 more are in the workbook.",
        "5 of 60 are shown; 55 more are in findings.csv and in the workbook, on the sheet Queries.",
    ] {
        assert!(words.contains(sentence), "{sentence}");
    }
    assert_eq!(words.matches("5 of 60 are shown").count(), 300, "each partner has its share");
    assert!(words.contains("\n| Partner number 299 |"));
}
