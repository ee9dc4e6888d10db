//! Totals tested, from real workbooks in memory to comparisons: `tests/stages/reconcile/*.md` and the samples.
//!
//! A page's `comparisons` block lists what its returns come to, in order: partner, control, line, stated and expected
//! figure, outcome, and notes under it. Controls that all agree row by row show in their tally only; the proof that
//! nothing was lost is left out unless it fails.

mod support;

use quarterday::error::Error;
use quarterday::model::{
    Comparison, Consolidated, Explanation, Ledgered, Outcome, PartnerId, Record, Scope, Side, Sink, Value,
    pounds,
};
use quarterday::pipeline::{self, Input};
use quarterday::round::Round;
use quarterday::schema::ControlKind;
use rust_decimal::Decimal;
use std::path::Path;
use support::memory::Memory;
use support::{notation, settings, workbooks};

#[test]
fn every_page_comes_to_what_it_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stages/reconcile");
    let mut cases = 0;
    for (page, text) in notation::folder(&folder) {
        for case in text.cases {
            let place = format!("{page}.md:{} {}", case.line, case.title);
            let round =
                settings::load(&case.settings).unwrap_or_else(|mistakes| panic!("{place}\n{mistakes}"));
            let files: Vec<Memory> = case
                .files
                .iter()
                .map(|file| Memory { name: file.name.clone(), bytes: workbooks::xlsx(file) })
                .collect();
            let expected =
                case.block("comparisons").unwrap_or_else(|| panic!("{place}: no comparisons block"));
            let found = show(&round, &merge(&round, &files));
            assert!(found == expected, "{place}\nexpected:\n{expected}\nfound:\n{found}");
            cases += 1;
        }
    }
    assert!(cases > 0, "there are no pages in {}", folder.display());
}

/// Counts merged rows and their money.
struct Counter(Vec<(u32, Decimal)>);

impl Sink for Counter {
    fn merged(&mut self, table: usize, _: u32, _: PartnerId, record: &Record) -> Result<(), Error> {
        let (rows, sum) = &mut self.0[table];
        *rows += 1;
        for cell in &record.cells {
            if let Some(Value::Money(money)) = cell.value() {
                *sum += money.pounds;
            }
        }
        Ok(())
    }

    fn taken(&self) -> Vec<(u32, Decimal)> {
        self.0.clone()
    }
}

fn merge(round: &Round, files: &[Memory]) -> Consolidated {
    let inputs: Vec<&dyn Input> = files.iter().map(|file| file as &dyn Input).collect();
    let mut counter = Counter(vec![(0, Decimal::ZERO); round.schema.tables.len()]);
    let run = pipeline::merge(round, &inputs, Vec::new(), &mut counter, &|_| {});
    run.unwrap_or_else(|error| panic!("{error}")).consolidated
}

/// Everything that was compared, as the pages write it.
fn show(round: &Round, consolidated: &Consolidated) -> String {
    let mut lines = Vec::new();
    for (index, (control, tally)) in round.schema.controls.iter().zip(&consolidated.tallies).enumerate() {
        let compared = consolidated.comparisons.iter().filter(|comparison| comparison.control == index);
        if matches!(control.kind, ControlKind::Conservation) {
            let failing = compared.filter(|comparison| comparison.outcome != Outcome::Agrees);
            lines.extend(failing.map(|comparison| comparison_line(round, consolidated, comparison)));
            continue;
        }
        let [agrees, rounding, differs, untested] = tally;
        lines.push(format!(
            "{}: {agrees} agree, {rounding} rounding, {differs} differ, {untested} could not be tested",
            control.name
        ));
        for comparison in compared {
            lines.push(comparison_line(round, consolidated, comparison));
            if let Outcome::Untestable { why, .. } = &comparison.outcome {
                lines.push(format!("    {why}"));
            }
            lines.extend(comparison.note.iter().map(|note| format!("    {note}")));
            let shown =
                |one: &Explanation| format!("    {} ({}): {}", one.cause, one.evidence.words(), one.words);
            lines.extend(comparison.explanations.iter().map(shown));
            lines.extend(comparison.limit.iter().map(|limit| format!("    {limit}")));
        }
        lines.extend(consolidated.ledgered.iter().filter(|entry| entry.control == index).map(ledgered));
    }
    lines.push(String::new());
    lines.join("\n")
}

fn comparison_line(round: &Round, consolidated: &Consolidated, comparison: &Comparison) -> String {
    let who = match comparison.scope {
        Scope::Partner(partner) => round.partner(partner).code.as_str(),
        Scope::Round => "all",
    };
    let side = |side: &Side| {
        let returns = matches!(round.schema.controls[comparison.control].kind, ControlKind::OneReturn);
        let figure = |amount: Decimal| if returns { amount.to_string() } else { pounds(amount) };
        let amount = side.amount.map_or("nothing".to_owned(), figure);
        let at = side.at.map(|at| format!(" in {}", consolidated.places.show(at)));
        let line = side.ledger_line.map(|line| format!(" on line {line}"));
        format!("{amount}{}{}", at.unwrap_or_default(), line.unwrap_or_default())
    };
    let (stated, expected) = (side(&comparison.stated), side(&comparison.expected));
    let outcome = match &comparison.outcome {
        Outcome::Agrees | Outcome::Untestable { .. } => comparison.outcome.word().to_owned(),
        Outcome::WithinRounding { difference, allowed } => {
            format!("rounding {}, allowed {}", pounds(*difference), pounds(*allowed))
        }
        Outcome::Differs { difference } => format!("differs {}", pounds(*difference)),
    };
    format!("  {who} · {} · {stated} against {expected}: {outcome}", comparison.line)
}

fn ledgered(entry: &Ledgered) -> String {
    format!(
        "  typed {}, merged {}, ledger {}, net {}, gross {}, unexplained {}",
        pounds(entry.typed),
        pounds(entry.merged),
        pounds(entry.ledger),
        pounds(entry.net),
        pounds(entry.gross),
        pounds(entry.unexplained)
    )
}

/// The comparisons of a sample round that do not simply agree, and its ledger sums.
fn sample(name: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name);
    let round = quarterday::round::load(&folder).unwrap_or_else(|error| panic!("{error}"));
    let entries = std::fs::read_dir(folder.join("returns")).expect("the returns are there");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("a folder entry can be read").path()).collect();
    paths.sort();
    let files: Vec<Memory> = paths
        .iter()
        .map(|path| Memory {
            name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            bytes: std::fs::read(path).expect("the file can be read"),
        })
        .collect();
    let shown = show(&round, &merge(&round, &files));
    let lines = shown.lines().filter(|line| line.starts_with("  ") && !line.ends_with(": agrees"));
    // Why a file could not be read is in the words of the checks.
    let cut = |line: &str| match line.split_once(" could not be used.") {
        Some((who, _)) => format!("{who} could not be used."),
        None => line.to_owned(),
    };
    lines.map(cut).collect()
}

/// Neither the opening nor the closing balance of the fund is published, and the ledger does not have them.
fn balances_not_stated(file: &str) -> [String; 4] {
    [
        format!("  HC · 2013-14 · opening balance · nothing in {file} › Fund balance!C5 against nothing: could not test"),
        "    Opening balance (C5) is given as \u{201c}not stated\u{201d}. The ledger has no closing balance of last year."
            .to_owned(),
        format!("  HC · 2013-14 · closing balance · nothing in {file} › Fund balance!G5 against nothing: could not test"),
        "    Opening balance (C5) is given as \u{201c}not stated\u{201d}. Closing balance (G5) is given as \u{201c}not stated\u{201d}."
            .to_owned(),
    ]
}

fn assert_lines(found: &[String], expected: &[&str], fund_file: &str) {
    let mut all: Vec<String> = expected.iter().map(|line| (*line).to_owned()).collect();
    all.extend(balances_not_stated(fund_file));
    assert!(found == all, "found:\n{}\nexpected:\n{}", found.join("\n"), all.join("\n"));
}

#[test]
fn the_clean_pack_agrees_or_is_rounding() {
    let nhs = "HSCB 2013-14 Q4 - NHS Herefordshire.xlsx › Contributions";
    let courts = "HSCB 2013-14 Q4 - CAFCASS.xlsx › Contributions";
    let nhs_rounding = "against £45,204: rounding −£1, allowed £2.50";
    let courts_rounding = "against £552: rounding −£2, allowed £2.50";
    assert_lines(
        &sample("2013-14-q4"),
        &[
            &format!("  NHS · Partner contribution · annual total · £45,203 in {nhs}!L5 {nhs_rounding}"),
            &format!("  CAF · Partner contribution · annual total · £550 in {courts}!L5 {courts_rounding}"),
            &format!("  NHS · Total · annual total · £45,203 in {nhs}!L6 {nhs_rounding}"),
            &format!("  CAF · Total · annual total · £550 in {courts}!L6 {courts_rounding}"),
            &format!("  NHS · Partner contribution · year to date · £45,203 in {nhs}!K5 {nhs_rounding}"),
            &format!("  CAF · Partner contribution · year to date · £550 in {courts}!K5 {courts_rounding}"),
            "  typed £208,191, merged £208,191, ledger £208,191, net £0, gross £0, unexplained £0",
            "  typed £192,433, merged £192,433, ledger £192,433, net £0, gross £0, unexplained £0",
        ],
        "HSCB 2013-14 Q4 - Herefordshire Council.xlsx",
    );
}

#[test]
fn the_compound_pack_differs_where_it_was_made_to() {
    assert_lines(
        &sample("2013-14-q4-compound"),
        &[
            "  NHS · Partner contribution · annual total · £45,203 in NHS Herefordshire Q4 2013-14.xlsx › Contributions!L5 against £113,007.50: differs −£67,804.50",
            "    cumulative-figures (confirmed by another figure): The figures of Partner contribution rise from £11,300.75 (G5) to £45,203 (J5), which is the year: they are for the year so far, not for each quarter.",
            "  NHS · Total · annual total · £45,203 in NHS Herefordshire Q4 2013-14.xlsx › Contributions!L6 against £113,007.50: differs −£67,804.50",
            "    cumulative-figures (confirmed by another figure): The figures of Total rise from £11,300.75 (G6) to £45,203 (J6), which is the year: they are for the year so far, not for each quarter.",
            "  NHS · Partner contribution · year to date · £45,203 in NHS Herefordshire Q4 2013-14.xlsx › Contributions!K5 against £113,007.50: differs −£67,804.50",
            "    cumulative-figures (confirmed by another figure): The figures of Partner contribution rise from £11,300.75 (G5) to £45,203 (J5), which is the year: they are for the year so far, not for each quarter.",
            "  PROB · Partner contribution · annual total · £4,514 in Probation 2012-13 template.xlsx › Contributions!L5 against £4,612 on line 6: differs −£98",
            "  CAF · Partner contribution · annual total · nothing against £550 on line 7: differs −£550",
            "    The return of CAFCASS could not be used.",
            "    no-return (shown by the files): The return of CAFCASS could not be used.",
            "  all · Control total · annual total · £207,543 against £208,191: differs −£648",
            "  typed £207,543, merged £207,543, ledger £208,191, net −£648, gross £648, unexplained £98",
            // R28 says again what adding across says.
            "  NHS · Partner contribution · annual total · £45,203 in NHS Herefordshire Q4 2013-14.xlsx › Contributions!L5 against £113,007.50: differs −£67,804.50",
            "  HC · Total · actual to date · £156,144 in Herefordshire Council Q4.xlsx › Expenditure!J10 against £192,433: differs −£36,289",
            "    formula-at-fault (shown by the files): The formula in J10 leaves out Additional costs (J9), £14,388 in all. It should be =SUM(J5:J9). That leaves £21,901.",
            "    formula-at-fault (shown by the files): The formula in J10 passes over amounts that are text: Training and workforce development (J7), £21,901 in all.",
            "    text-in-total (shown by the files): The total leaves out Training and workforce development, actual to date (J7), which Excel holds as text: £21,901 in all. That leaves £14,388.",
            "    sum-of-items (possible): it equals the sum of Training and workforce development, actual to date (J7) and Additional costs, actual to date (J9): the total may be without them.",
            "  HC · Total · actual to date · £156,144 in Herefordshire Council Q4.xlsx › Expenditure!J10 against £192,433: differs −£36,289",
            "    formula-at-fault (shown by the files): The formula in J10 leaves out Additional costs (J9), £14,388 in all. It should be =SUM(J5:J9). That leaves £21,901.",
            "    formula-at-fault (shown by the files): The formula in J10 passes over amounts that are text: Training and workforce development (J7), £21,901 in all.",
            "  typed £192,433, merged £192,433, ledger £192,433, net £0, gross £0, unexplained £0",
        ],
        "Herefordshire Council Q4.xlsx",
    );
}

#[test]
fn every_penny_of_the_messy_pack_is_accounted_for() {
    let council = "HSCB BP Monitoring 2013-14 Q4 - Herefordshire Council v3 FINAL.xlsx";
    assert_lines(
        &sample("2013-14-q4-messy"),
        &[
            "  NHS · Partner contribution · annual total · £45,230 in NHS Herefordshire Q4.xls › Contributions!L5 against £45,203: differs £27",
            "    digits-swapped (confirmed by another figure): £45,230 is £45,203 with its last two digits swapped.",
            "  NHS · Total · annual total · £45,230 in NHS Herefordshire Q4.xls › Contributions!L6 against £45,203: differs £27",
            "    digits-swapped (confirmed by another figure): £45,230 is £45,203 with its last two digits swapped.",
            "  HC · Children's Wellbeing · annual total · £147,016 in HSCB BP Monitoring 2013-14 Q4 - Herefordshire Council v3 FINAL.xlsx › Contributions!L8 against £127,016 on line 2: differs £20,000",
            "    other-stream (shown by the files): £20,000 equals the amount named in C9: “of which Adults and Health Wellbeing: £20,000”.",
            "    other-stream (shown by the files): £20,000 equals the amount named in Q8: “inc £20k A&HW”.",
            "    other-stream (confirmed by another figure): £20,000 equals Adults and Health Wellbeing (Streams!D6).",
            "  NHS · Partner contribution · annual total · £45,230 in NHS Herefordshire Q4.xls › Contributions!L5 against £45,203 on line 3: differs £27",
            "    digits-swapped (confirmed by another figure): £45,230 is £45,203 with its last two digits swapped.",
            "  WMP · Partner contribution · annual total · £36,198 in West Mercia Police HSCB return.xlsm › Contributions!L13 against £30,165 on line 4: differs £6,033",
            "    vat-in-or-out (fits one figure exactly): £36,198 is £30,165 plus 20% VAT.",
            "  YOS · Partner contribution · annual total · £1,290 against £645 on line 5: differs £645",
            "    £645 of it is in YOS Q4.xlsx, which was superseded.",
            "    replaced-return (shown by the files): The returns come to that together: £645 of it is in YOS Q4.xlsx, which another return of the same partner replaces.",
            "  PROB · Partner contribution · annual total · −£4,612 in Probation_HSCB_Q4_final.xlsx › Contributions!L5 against £4,612 on line 6: differs −£9,224",
            "    Held because of a minus: Probation_HSCB_Q4_final.xlsx › Contributions!L5. Counted as typed in Returned, not in Used.",
            "    wrong-sign (fits one figure exactly): The difference is twice £4,612, which was entered as a minus.",
            "  CAF · Partner contribution · annual total · nothing against £550 on line 7: differs −£550",
            "    The return of CAFCASS could not be used.",
            "    no-return (shown by the files): The return of CAFCASS could not be used.",
            "  all · Control total · annual total · £225,122 against £208,191: differs £16,931",
            "    Differences cancel each other out: £16,931 in all, but £36,479 without their signs.",
            "  typed £225,122, merged £229,089, ledger £208,191, net £16,931, gross £36,479, unexplained £0",
            "  PROB · Contributions · −£1,153 in Probation_HSCB_Q4_final.xlsx › Contributions!G5 against nothing: could not test",
            "    It is shown as a minus, which is asked about.",
            "  WMP · Partner contribution · annual total · £36,198 in West Mercia Police HSCB return.xlsm › Contributions!L13 against £30,165 in West Mercia Police HSCB return.xlsm › Contributions!F13: differs £6,033",
            "    The return says so itself: VAT included? is yes.",
            "  HC · Total · actual to date · £178,045 in HSCB BP Monitoring 2013-14 Q4 - Herefordshire Council v3 FINAL.xlsx › Expenditure!C10 against £192,433: differs −£14,388",
            "    formula-at-fault (shown by the files): The formula in C10 leaves out Additional costs (C9), £14,388 in all. It should be =SUM(C5:C9).",
            "    left-out (fits one figure exactly): The total is without Additional costs, actual to date (C9): £14,388.",
            "  HC · Total · actual to date · £178,045 in HSCB BP Monitoring 2013-14 Q4 - Herefordshire Council v3 FINAL.xlsx › Expenditure!C10 against £192,433: differs −£14,388",
            "    formula-at-fault (shown by the files): The formula in C10 leaves out Additional costs (C9), £14,388 in all. It should be =SUM(C5:C9).",
            "  typed £192,433, merged £192,433, ledger £192,433, net £0, gross £0, unexplained £0",
        ],
        council,
    );
}
