//! Forms in which little or nothing was filled in, and files of programs that do not calculate.

use super::dice::Dice;
use super::{differences, edit, fill, made, merged, scratch, submission, told};
use quarterday::finding::Location;
use quarterday::pipeline;
use quarterday::pipeline::Input;
use quarterday::template::{Content, Entry};

#[test]
fn a_blank_form_is_told_once_and_counts_for_nothing() {
    let folder = scratch();
    let mut dice = Dice::new(3_000);
    let (round, _) = fill::round(&mut dice, folder.path());
    for partner in fill::senders(&round) {
        let content = Content::new(&round, partner);
        let file = made(&content);
        let (_, wrong) = differences(&content, &submission(&round, &file), true);
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
        let inputs: [&dyn Input; 1] = [&file];
        let run = pipeline::check(&round, &inputs);
        let here = run
            .findings
            .iter()
            .filter(|one| matches!(one.at, Location::Cell(_) | Location::Sheet(..) | Location::File(_)));
        let codes: Vec<&str> = here.map(|one| one.code.as_str()).collect();
        assert_eq!(codes, ["nothing-filled-in"], "{}", file.name);
        let back = submission(&round, &file);
        assert!(!quarterday::round::is_filled_in(&round, &back));
        let run = merged(&round, &[file]);
        assert!(run.consolidated.missing.contains(&partner));
        assert_eq!(run.consolidated.merged_rows.iter().sum::<u32>(), 0);
        assert!(
            run.consolidated.register.iter().all(|row| row.responses.iter().all(|one| one.row.is_none()))
        );
    }
}

#[test]
fn untouched_forms_of_all_samples_are_blank() {
    let mut forms = 0;
    for folder in std::fs::read_dir("samples").unwrap() {
        let folder = folder.unwrap().path();
        if !folder.join("round.toml").is_file() {
            continue;
        }
        let round = quarterday::round::load(&folder).unwrap_or_else(|error| panic!("{error}"));
        for partner in fill::senders(&round) {
            let file = made(&Content::new(&round, partner));
            let back = submission(&round, &file);
            assert!(!quarterday::round::is_filled_in(&round, &back), "{} {}", folder.display(), file.name);
            forms += 1;
        }
    }
    assert!(forms > 30, "{forms}");
}

/// Spare rows whose live cells have no results are blank, whoever saved the file.
#[test]
fn files_of_programs_that_do_not_calculate_ask_for_results_and_for_nothing_else() {
    let mut results = 0;
    for (seed, how) in [(8_000, ""), (8_001, "<v></v>"), (8_002, "<v/>")] {
        let folder = scratch();
        let mut dice = Dice::new(seed);
        let (round, sums) = fill::round(&mut dice, folder.path());
        let mut files = Vec::new();
        for partner in fill::senders(&round) {
            let content = Content::new(&round, partner);
            let mut blank = made(&content);
            blank.bytes = edit::uncalculated(&blank.bytes, how);
            let run = pipeline::check(&round, &[&blank]);
            let here =
                run.findings.iter().filter(|one| matches!(one.at, Location::Cell(_) | Location::File(_)));
            let codes: Vec<&str> = here.map(|one| one.code.as_str()).collect();
            assert_eq!(codes, ["nothing-filled-in"], "{how:?} {}", blank.name);

            let mut content = content;
            fill::fill(&mut dice, &mut content, &sums);
            for filled in &mut content.tables {
                let name = &round.schema.tables[filled.table].name;
                filled.spare += if ["risks", "learning"].contains(&name.as_str()) { 5 } else { 0 };
            }
            let mut file = made(&content);
            file.bytes = edit::uncalculated(&file.bytes, how);
            let (_, wrong) = differences(&content, &submission(&round, &file), true);
            assert!(wrong.is_empty(), "{how:?}\n{}", wrong.join("\n"));
            files.push(file);
        }
        let run = merged(&round, &files);
        for one in &run.findings {
            let asks = ["formula-uncached", "unused-control"].contains(&one.code.as_str());
            assert!(asks, "{how:?}\n{}", told(&run).join("\n"));
        }
        results += run.findings.iter().filter(|one| one.code.as_str() == "formula-uncached").count();
    }
    assert!(results > 10, "{results}");
}

/// One field filled in is an answer: the rest of the form is asked about, cell by cell.
#[test]
fn a_form_with_one_answer_asks_for_what_is_missing_and_for_nothing_else() {
    let folder = scratch();
    let mut dice = Dice::new(3_500);
    let (round, _) = fill::round(&mut dice, folder.path());
    let (mut partly, mut blank) = (0, 0);
    for partner in fill::senders(&round) {
        let mut content = Content::new(&round, partner);
        let mut said = false;
        content.fill(|schema, _, field| {
            let open = schema.name == "plan" && schema.fields[field].name == "progress" && !said;
            said |= open;
            open.then(|| Entry::Text("It is done.".to_owned()))
        });
        let file = made(&content);
        let inputs: [&dyn Input; 1] = [&file];
        let run = pipeline::check(&round, &inputs);
        let codes: Vec<&str> = run
            .findings
            .iter()
            .filter(|one| matches!(one.at, Location::Cell(_) | Location::Sheet(..) | Location::File(_)))
            .map(|one| one.code.as_str())
            .collect();
        if !said {
            blank += 1;
            continue;
        }
        partly += 1;
        let asks = |code: &&&str| ["constraint-error", "row-constraint", "missing-amount"].contains(code);
        assert!(codes.iter().all(|code| asks(&code)), "{}: {codes:?}", file.name);
        let run = merged(&round, &[file]);
        let own = |one: &&quarterday::model::Response| one.partner == partner;
        let responses: Vec<_> =
            run.consolidated.register.iter().flat_map(|row| row.responses.iter().filter(own)).collect();
        assert!(responses.iter().all(|one| one.came));
        assert_eq!(responses.iter().filter(|one| one.row.is_some()).count(), 1);
        assert!(!run.consolidated.missing.contains(&partner));
    }
    assert!(partly > 3, "{partly} {blank}");
}
