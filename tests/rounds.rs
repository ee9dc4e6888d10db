//! Round folders: sound ones load, and every mistake in the others is told with its place.

use quarterday::error::Error;
use quarterday::round::{self, Marking, Round};
use std::fs;
use std::path::Path;

fn loaded(folder: &Path) -> Round {
    round::load(folder).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn the_round_to_start_from_loads_as_it_is() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in round::starter_files() {
        fs::write(folder.path().join(name), text).expect("it can be written");
    }
    let round = loaded(folder.path());
    assert_eq!(round.partners.len(), 3);
    assert_eq!(round.plan.entries.len(), 3);
    let asked: Vec<usize> = round.plan.entries.iter().map(|entry| entry.agencies.len()).collect();
    assert_eq!(asked, [1, 3, 3]);
    assert_eq!(round.plan.headings, ["ref", "action", "area"]);
    assert_eq!(round.ledger.lines.len(), 3);
    let first = &round.ledger.lines[0];
    assert_eq!((first.line, first.amounts["actual"].to_string().as_str()), (2, "12000.00"));
}

#[test]
fn a_pack_is_marked_with_care_unless_an_officer_says_otherwise() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let with = |lines: &str| {
        for (name, text) in round::starter_files() {
            let text = text.lines().filter(|line| !line.starts_with("marking"));
            let text = text.collect::<Vec<_>>().join("\n").replace("[round]", &format!("[round]\n{lines}"));
            fs::write(folder.path().join(name), text).expect("it can be written");
        }
        let round = loaded(folder.path());
        (round.marking, round.extract_marking)
    };
    assert_eq!(with(""), (Marking::OfficialSensitive, Marking::Official));
    assert_eq!(with("marking = \"official\""), (Marking::Official, Marking::Official));
    let both = "marking = \"OFFICIAL\"\nextractMarking = \"OFFICIAL-SENSITIVE\"";
    assert_eq!(with(both), (Marking::Official, Marking::OfficialSensitive));
}

#[test]
fn the_samples_load() {
    for entry in fs::read_dir("samples").expect("the folder is there") {
        let folder = entry.expect("an entry").path();
        if folder.join("round.toml").exists() {
            loaded(&folder);
        }
    }
}

fn mistakes(files: &[(&str, &str)]) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in round::starter_files() {
        fs::write(folder.path().join(name), text).expect("it can be written");
    }
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("it can be written");
    }
    match round::load_knowing(folder.path(), &["total-mismatch", "type-error"], None) {
        Err(Error::Settings(mistakes)) => {
            let shown: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
            shown.join("\n").replace(&format!("{}/", folder.path().display()), "")
        }
        Err(other) => panic!("{other}"),
        Ok(_) => String::new(),
    }
}

#[test]
fn every_mistake_of_a_round_is_told() {
    let round = r#"
[round]
board = "B"
code = "B"
period = "2024-25 Q5"
schema = "schema.toml"
deadline = "soon"
contact = "unit@localhost"
website = "www.example.gov.uk"
marking = "RESTRICTED"
extractMarking = "secret"
colour = "red"

[[partner]]
code = "CC"
name = "Council"
email = "nobody"

[[partner]]
code = "cc"
name = "Police"
aliases = ["council"]

[tolerance]
"quarters-add-upp" = "1.00"
"#;
    assert_eq!(
        mistakes(&[("round.toml", round)]),
        "round.toml:5:10: \"2024-25 Q5\" is not a quarter or a year. Write it as \"2013-14 Q4\", or \"2013-14\" for a whole year.\n\
         round.toml:7:12: A date is needed here. Write it as 2014-04-18, without quotes.\n\
         round.toml:8:11: The part of the address after @ has no dot in it.\n\
         round.toml:9:11: This is not a web address: it starts with https:// or http://.\n\
         round.toml:10:11: The mark RESTRICTED ended on 2 April 2014. Write \"OFFICIAL\" or \"OFFICIAL-SENSITIVE\".\n\
         round.toml:11:18: \"secret\" is not a marking. Write \"OFFICIAL\" or \"OFFICIAL-SENSITIVE\".\n\
         round.toml:12:1: `colour` is not a property of [round]. It can be `board`, `code`, `period`, `schema`, `previous`, `deadline`, `correctionsBy`, `status`, `annualReport`, `marking`, `extractMarking`, `officePostcodes`, `contact`, `website` or `asAt`.\n\
         round.toml:17:9: This is not an e-mail address.\n\
         round.toml:20:8: Two partners have the code cc.\n\
         round.toml:22:12: \"council\" is a name of the partner CC already. A return that used it could not be told from theirs.\n\
         round.toml:25:1: The schema has no control `quarters-add-upp`. Did you mean `quarters-add-up`?"
    );
}

#[test]
fn corrections_are_wanted_on_a_day_after_the_deadline() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let with = |line: &str| {
        let (_, text) = &round::starter_files()[0];
        text.replace("status = ", &format!("{line}\nstatus = "))
    };
    for (name, text) in round::starter_files() {
        fs::write(folder.path().join(name), text).expect("it can be written");
    }
    assert_eq!(loaded(folder.path()).by_corrections(), "");
    fs::write(folder.path().join("round.toml"), with("correctionsBy = 2025-05-09"))
        .expect("it can be written");
    assert_eq!(loaded(folder.path()).by_corrections(), " by 9 May 2025");
    let told = mistakes(&[("round.toml", &with("correctionsBy = 2025-04-17"))]);
    assert!(told.contains("Corrections are wanted before returns are due."), "{told}");
    let told = mistakes(&[("round.toml", &with("correctionsBy = \"soon\""))]);
    assert!(told.contains("A date is needed here."), "{told}");
}

#[test]
fn every_mistake_of_the_tables_is_told() {
    let plan = "Ref;x,Action,Agencies,ref\n1.1,a,CC;HNS,\n,b,all,\n1.1,c,Police,\n1.2,d,,x\n";
    let plan = plan.replace("Ref;x", "Other");
    let plan = plan.replace(",ref\n", ",Ref\n").replace("1.1,a,CC;HNS,", "x,a,CC;HNS,1.1");
    let plan = plan.replace("1.1,c,Police,", "x,c,Police,1.1");
    let ledger = "agency,table,stream,actual,agreed\nCC,contribution,s,1,\nXX,contributions,s,12k,\n,,,5,\n";
    assert_eq!(
        mistakes(&[("plan.csv", &plan), ("ledger.csv", ledger)]),
        "plan.csv:2:8: No partner of this round has the code HNS. Did you mean `NHS`?\n\
         plan.csv:3:8: The Ref of this row is blank.\n\
         plan.csv:4:12: 1.1 stands on line 2 already.\n\
         plan.csv:5:7: No partner is asked for this row. Write the codes of the partners with ; between them, or all.\n\
         plan.csv:5:8: x does not have the form that the schema asks of Ref. It looks like 1.2.\n\
         ledger.csv:2:4: No control reads the table contribution. Did you mean `contributions`?\n\
         ledger.csv:3:1: No partner of this round has the code XX. It can be `CC`, `NHS` or `POL`.\n\
         ledger.csv:3:20: 12k is not an amount. Write it as 1234.50; an amount below zero as -1234.50 or (1234.50).\n\
         ledger.csv:4:2: The table of this line is blank. Write which table of figures the line belongs to."
    );
}

#[test]
fn every_mistake_of_the_recommendations_is_told() {
    let list = "source,rf,recommendation\nOfsted,17,Train\n";
    let schema =
        round::starter_files().into_iter().find(|(name, _)| *name == "schema.toml").expect("it is one").1;
    let names = schema
        .replace("register = { key = \"ref\"", "register = { recommendation = \"source_ref\", key = \"ref\"");
    assert_ne!(schema, names);
    assert_eq!(
        mistakes(&[("recommendations.csv", list)]),
        "recommendations.csv:1:1: The schema does not say which column of plan.csv names a recommendation. Write it beside the key: register = { key = …, recommendation = \"source_ref\" }.\n\
         recommendations.csv:1:1: There is no column ref. Did you mean `rf`?"
    );
    let list = "source,ref\nOfsted,17\nofsted,17\nOfsted,\nPeers,17\n";
    let told = mistakes(&[("recommendations.csv", list), ("schema.toml", &names)]);
    assert_eq!(
        told,
        "recommendations.csv:1:1: plan.csv has no column source_ref, which would name a recommendation. It can be `ref`, `action` or `area`.\n\
         recommendations.csv:3:8: 17 stands on line 2 already.\n\
         recommendations.csv:4:8: The ref of this row is blank."
    );
}

#[test]
fn every_mistake_of_the_answers_is_told() {
    let answers = "finding,cell,value,text,post,date\n\
                   no-such-check,A1,1,x,Head of Finance,22/04/2014\n\
                   ,A1,1,x,Head of Finance,22/04/2014\n\
                   total-mismatch,,1,x,Head of Finance,22/04/2014\n\
                   total-mismatch,A1,1,,Head of Finance,22/04/2014\n\
                   total-mismatch,A2,1,x,,2014-04-22\n\
                   total-mismatch,A3,1,x,Mrs Example,22/04/2014\n\
                   total-mismatch,A4,1,x,Head of Finance,31/02/2014\n\
                   total-mismatch,A5,1,x,Head of Finance,\n\
                   total-mismatch,A6,1,,,\n\
                   total-mismatch,A7,1,x,Head of Finance,22/04/2014\n\
                   total-mismatch,A7,“1”,y,Head of Finance,23/04/2014\n";
    assert_eq!(
        mistakes(&[("answers.csv", answers)]),
        "answers.csv:2:1: There is no check no-such-check.\n\
         answers.csv:3:1: This line does not say what it answers. Copy the first three cells from out/answers-to-fill.csv.\n\
         answers.csv:4:16: This line does not say where the finding is.\n\
         answers.csv:5:21: The text of this answer is blank. Nothing is closed without words. Leave text, post and date blank if there is no answer yet.\n\
         answers.csv:6:23: The post of this answer is blank. Write the post that answers, such as Head of Finance.\n\
         answers.csv:7:23: Mrs Example is a person, not a post. Write the post, such as Head of Finance; no names are kept.\n\
         answers.csv:8:39: 31/02/2014 is not a date. Write it as 22/04/2014 or 2014-04-22.\n\
         answers.csv:9:39: This answer has no date. Write it as 22/04/2014 or 2014-04-22.\n\
         answers.csv:12:1: Line 11 answers the same finding. Leave the answer that holds, and take the other out."
    );
    assert_eq!(
        mistakes(&[("answers.csv", "finding,cell,value,text,posts,date\n")]),
        "answers.csv:1:1: There is no column post. Did you mean `posts`?"
    );
    assert_eq!(mistakes(&[("answers.csv", "")]), "");
}

#[test]
fn every_mistake_of_the_sign_off_is_told() {
    let signed = "fingerprint = \"12 34\"\nprepared_by = \"\"\nprepared_on = \"soon\"\nreviewer = \"Head of Finance\"\n";
    let told = mistakes(&[("signoff.toml", signed)]);
    for words in [
        "signoff.toml:1:15: This is not the fingerprint of a run.",
        "signoff.toml:2:15: Write the post that prepared the reconciliation.",
        "signoff.toml:3:15: A date is needed here. Write it as 2014-04-30, without quotes.",
        "signoff.toml:4:1: `reviewer` is not a property",
        "reviewed_on",
    ] {
        assert!(told.contains(words), "{words}:\n{told}");
    }
}

/// Who signs is a post, and nobody signs tomorrow's figures.
#[test]
fn a_sign_off_of_a_person_or_of_a_day_to_come_is_told() {
    let signed = "fingerprint = \"0123 4567 89ab cdef\"\nprepared_by = \"  \"\nprepared_on = 2014-05-01\n\
                  reviewed_by = \"Mrs Example\"\nreviewed_on = 2014-05-03\n";
    let told = mistakes(&[("signoff.toml", signed)]);
    for words in [
        "signoff.toml:2:15: The post is blank. Write the post that prepared or reviewed, such as Head of Finance.",
        "signoff.toml:4:15: Mrs Example is a person, not a post.",
    ] {
        assert!(told.contains(words), "{words}:\n{told}");
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, kind) in PARTS {
        fs::write(folder.path().join(name), blocks(kind)).expect("it can be written");
    }
    let last =
        |day| quarterday::round::load_knowing(folder.path(), &[], Some(jiff::civil::date(2014, 4, day)));
    assert!(last(30).is_ok());
    let told = last(29).expect_err("it is a day early").to_string();
    assert!(told.contains("30 April 2014 is still to come. Write the day on which it was signed."), "{told}");
}

/// The blocks of one kind in schemas/README.md, put together.
fn blocks(kind: &str) -> String {
    let text = fs::read_to_string("schemas/README.md").expect("it can be read");
    let mut found = String::new();
    let mut inside = false;
    for line in text.lines() {
        if inside && line == "```" {
            inside = false;
            found.push('\n');
        } else if inside {
            found.push_str(line);
            found.push('\n');
        } else {
            inside = line == format!("```{kind}");
        }
    }
    found
}

/// The files of a round as schemas/README.md shows them.
const PARTS: [(&str, &str); 5] = [
    ("schema.toml", "toml"),
    ("round.toml", "toml round"),
    ("plan.csv", "csv plan"),
    ("ledger.csv", "csv ledger"),
    ("signoff.toml", "toml sign-off"),
];

#[test]
fn what_the_readme_shows_loads() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, kind) in PARTS {
        let text = blocks(kind);
        assert!(!text.is_empty(), "{kind}");
        fs::write(folder.path().join(name), text).expect("it can be written");
    }
    let round = loaded(folder.path());
    assert_eq!(round.schema.tables.len(), 3);
    assert_eq!(round.ledger.lines[1].amounts["agreed"].to_string(), "5000.00");
    assert_eq!(round.schema.controls[0].tolerance, quarterday::schema::Tolerance::Within(1.into()));
}

/// The schema of the round to start from with other columns of amounts, and what its ledger then holds.
fn ledger_with(column: &str, agreed: &str, more: &str, ledger: &str) -> Round {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in round::starter_files() {
        let named = format!("column = \"{column}\"\nagreed = \"{agreed}\"\n");
        let text = text.replace("column = \"actual\"\nagreed = \"agreed\"\n", &named);
        let text = if name == "schema.toml" { format!("{text}{more}") } else { text.clone() };
        fs::write(folder.path().join(name), text).expect("it can be written");
    }
    fs::write(folder.path().join("ledger.csv"), ledger).expect("it can be written");
    loaded(folder.path())
}

#[test]
fn only_columns_that_the_schema_names_hold_amounts() {
    let head = "table,agency,stream,received,promised,q7,actual,agreed,note\n";
    let ledger = format!("{head}contributions,CC,Partner contribution,100,90,not yet,n/a,7,8\n");
    let round = ledger_with("received", "promised", "", &ledger);
    let line = &round.ledger.lines[0];
    let amounts: Vec<_> = line.amounts.iter().map(|(name, amount)| format!("{name} {amount}")).collect();
    assert_eq!(amounts, ["promised 90", "received 100"]);
    assert_eq!((line.names["q7"].as_str(), line.names["agreed"].as_str()), ("not yet", "7"));
}

#[test]
fn the_quarters_of_a_sheet_of_money_are_amounts_too() {
    let more = "\n[[output]]\nsheet = \"Paid\"\nkind = \"money\"\ntable = \"contributions\"\n\
                control = \"contributions-agree\"\nquarters = [\"q1\"]\n";
    let ledger =
        "table,agency,stream,received,promised,q1,q9\ncontributions,CC,Partner contribution,100,90,25,26\n";
    let round = ledger_with("received", "promised", more, ledger);
    let line = &round.ledger.lines[0];
    assert_eq!(line.amounts["q1"].to_string(), "25");
    assert_eq!(line.names["q9"], "26");
}

#[test]
fn a_column_that_the_schema_names_must_be_there() {
    let told = mistakes(&[("ledger.csv", "table,agency,stream,actual\n")]);
    assert_eq!(
        told,
        "ledger.csv:1:1: The control contributions-agree needs a column agreed, which is not there. It can be `table`, `agency`, `stream` or `actual`."
    );
}

#[test]
fn the_readme_names_every_property() {
    let text = fs::read_to_string("schemas/README.md").expect("it can be read");
    let schema = quarterday::schema::json_schema();
    let mut lists = vec![&schema["properties"]["schema"]["properties"]];
    lists.extend(schema["$defs"].as_object().expect("it has parts").values().map(|part| &part["properties"]));
    for name in lists.iter().filter_map(|list| list.as_object()).flat_map(|list| list.keys()) {
        let named = [format!("`{name}`"), format!("{name} = "), format!("`{name} ")];
        assert!(named.iter().any(|named| text.contains(named.as_str())), "{name}");
    }
}
