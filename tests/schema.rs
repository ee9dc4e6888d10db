//! Schemas: sound ones load, and every mistake in the others is told with its place.

use quarterday::schema;
use std::path::Path;

fn nothing_else(path: &Path) -> std::io::Result<String> {
    Err(std::io::Error::new(std::io::ErrorKind::NotFound, path.display().to_string()))
}

#[test]
fn every_part_of_the_notation_loads() {
    let text = std::fs::read_to_string("tests/schema/whole.toml").expect("the fixture is there");
    let loaded = schema::load(Path::new("whole.toml"), &text, &nothing_else);
    let schema = loaded.unwrap_or_else(|mistakes| {
        panic!("{}", mistakes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    });
    assert_eq!(schema.tables.len(), 3);
    let sheets: Vec<&str> = schema.outputs.iter().map(|output| output.sheet.as_str()).collect();
    assert_eq!(
        sheets,
        [
            "Summary",
            "Areas",
            "Actions",
            "By agency",
            "Exceptions",
            "Grid",
            "Contributions",
            "Fund",
            "Queries",
            "Reconciliation",
            "Returns received",
            "Changes made",
            "How we read it",
            "Not used",
            "Definitions"
        ]
    );
}

#[test]
fn the_schemas_that_come_with_it_load() {
    for entry in std::fs::read_dir("schemas").expect("the folder is there") {
        let path = entry.expect("a file").path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            let text = std::fs::read_to_string(&path).expect("it can be read");
            let loaded = schema::load(&path, &text, &|path| std::fs::read_to_string(path));
            if let Err(mistakes) = loaded {
                panic!("{}", mistakes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
            }
        }
    }
}

/// Every file in `tests/schema/broken` ends with the whole list of its mistakes, each after `#! `.
#[test]
fn every_mistake_is_told_with_its_place() {
    let mut files: Vec<_> = std::fs::read_dir("tests/schema/broken")
        .expect("the folder is there")
        .map(|entry| entry.expect("a file").path())
        .collect();
    files.sort();
    for path in files {
        let text = std::fs::read_to_string(&path).expect("it can be read");
        let wanted: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("#! ")).collect();
        let told = match schema::load(Path::new(""), &text, &nothing_else) {
            Ok(_) => Vec::new(),
            Err(mistakes) => {
                mistakes.iter().map(|m| m.to_string().trim_start_matches(':').to_owned()).collect()
            }
        };
        if std::env::var_os("TELL").is_some() {
            println!("== {}\n#! {}", path.display(), told.join("\n#! "));
            continue;
        }
        assert_eq!(told, wanted, "{}", path.display());
        assert!(!told.is_empty(), "{}", path.display());
    }
}

/// The text without some lines, with others twice, or with a few letters changed.
fn changed(text: &str, line: usize, letter: usize, how: u8, other: char) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let place = line % lines.len();
    let mut changed: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    match how {
        0 => {
            changed.remove(place);
        }
        1 => changed.insert(place, lines[place].to_owned()),
        2 => changed.swap(place, letter % lines.len()),
        _ => {
            let mut letters: Vec<char> = lines[place].chars().collect();
            if how == 3 && !letters.is_empty() {
                let at = letter % letters.len();
                letters[at] = other;
            } else {
                letters.insert(letter % (letters.len() + 1), other);
            }
            changed[place] = letters.into_iter().collect();
        }
    }
    changed.join("\n")
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(300))]
    #[test]
    fn whatever_is_changed_it_loads_or_says_where_not(
        changes in proptest::collection::vec((0..500usize, 0..200usize, 0..5u8, proptest::char::any()), 1..4)
    ) {
        let mut text = include_str!("schema/whole.toml").to_owned();
        for (line, letter, how, other) in changes {
            text = changed(&text, line, letter, how, other);
        }
        if let Err(mistakes) = schema::load(Path::new("x.toml"), &text, &nothing_else) {
            proptest::prop_assert!(!mistakes.is_empty());
            let mut last = 0;
            for mistake in mistakes {
                proptest::prop_assert!(text.get(mistake.span.clone()).is_some(), "{:?}", mistake);
                proptest::prop_assert!(mistake.span.start >= last, "{:?}", mistake);
                last = mistake.span.start;
                for word in ["invalid", "null", "parse"] {
                    proptest::prop_assert!(!mistake.message.contains(word), "{}", mistake);
                }
            }
        }
    }
}

const EARLIER: &str = r#"
[schema]
name = "earlier"
title = "Earlier"
version = "1"
headerRows = 9
[identity]
agency = "cover.agency"
fileName = false
[[list]]
name = "rating"
categories = [{ value = "red" }]
[[table]]
name = "cover"
title = "Cover"
[[table.fields]]
name = "agency"
title = "Agency"
type = "agency"
[[table]]
name = "plan"
title = "Plan"
[[table.fields]]
name = "rating"
title = "Rating"
type = "code"
list = "rating"
[[output]]
sheet = "All"
kind = "records"
table = "plan"
"#;

const LATER: &str = r#"
[schema]
name = "later"
title = "Later"
version = "2"
extends = "../old/earlier.toml"
[[list]]
name = "rating"
categories = [{ value = "red" }, { value = "blue" }]
[[table]]
name = "extra"
title = "Extra"
[[table.fields]]
name = "a"
title = "A"
[[output]]
sheet = "all"
kind = "records"
table = "extra"
"#;

#[test]
fn a_schema_takes_over_an_earlier_one() {
    let include = |path: &Path| {
        assert_eq!(path, Path::new("new/../old/earlier.toml"));
        Ok(EARLIER.to_owned())
    };
    let schema = schema::load(Path::new("new/later.toml"), LATER, &include).expect("it is sound");
    assert_eq!((schema.name.as_str(), schema.version.as_str(), schema.header_rows), ("later", "2", 9));
    let tables: Vec<&str> = schema.tables.iter().map(|table| table.name.as_str()).collect();
    assert_eq!(tables, ["cover", "plan", "extra"]);
    assert_eq!(schema.lists[0].categories.len(), 2);
    assert!(schema.identity.agency.is_some() && !schema.identity.file_name);
    assert_eq!(schema.outputs[0].sheet, "all");
    assert!(matches!(schema.outputs[0].kind, schema::OutputKind::Records { table: 2, .. }));
    assert_eq!(schema.controls.len(), 1, "the proof that nothing is lost is always there");
}

#[test]
fn mistakes_in_an_earlier_schema_name_its_file() {
    let include = |_: &Path| Ok(EARLIER.replace("list = \"rating\"", "list = \"ratings\""));
    let told = schema::load(Path::new("new/later.toml"), LATER, &include).expect_err("it is not sound");
    let told: Vec<String> = told.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["new/../old/earlier.toml:27:8: There is no list `ratings`. Did you mean `rating`?"]);
}

#[test]
fn schemas_that_extend_one_another_have_no_end() {
    let include = |_: &Path| Ok(EARLIER.replace("headerRows = 9", "extends = \"../new/./later.toml\""));
    let told = schema::load(Path::new("new/later.toml"), LATER, &include).expect_err("it has no end");
    let told: Vec<String> = told.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "new/../old/earlier.toml:6:11: `../new/./later.toml` extends this schema in turn, so there is no first one."
        ]
    );
}

#[test]
fn a_schema_without_outputs_gets_the_usual_ones() {
    let text = EARLIER.split("[[output]]").next().expect("a part").to_owned()
        + "[[table]]\nname = \"long\"\ntitle = \"Plan: a title that is longer than a tab/sheet\"\n[[table.fields]]\nname = \"a\"\ntitle = \"A\"\n";
    let schema = schema::load(Path::new("x.toml"), &text, &nothing_else).expect("it is sound");
    let sheets: Vec<&str> = schema.outputs.iter().map(|output| output.sheet.as_str()).collect();
    assert_eq!(
        sheets,
        [
            "Summary",
            "Cover",
            "Plan",
            "Plan a title that is longer tha",
            "Reconciliation",
            "Queries",
            "Returns received",
            "Changes made",
            "How we read it",
            "Not used",
            "Definitions"
        ]
    );
}

#[test]
fn a_schema_is_a_data_package() {
    let text = std::fs::read_to_string("tests/schema/whole.toml").expect("the fixture is there");
    let schema = schema::load(Path::new("whole.toml"), &text, &nothing_else).expect("it is sound");
    let package = schema::frictionless(&schema);
    let plan = &package["resources"][1]["schema"];
    assert_eq!(package["resources"][1]["name"], "plan");
    assert_eq!(plan["primaryKey"], serde_json::json!(["ref"]));
    assert_eq!(plan["fieldsMatch"], serde_json::json!(["subset"]));
    let rating = &plan["fields"][3];
    assert_eq!((&rating["name"], &rating["type"]), (&"confidence".into(), &"string".into()));
    assert_eq!(rating["categoriesOrdered"], true);
    assert_eq!(rating["categories"][1], serde_json::json!({ "value": "amber", "label": "Amber" }));
    assert_eq!(rating["quarterday"]["aliases"], serde_json::json!(["RAG", "Progress › RAG"]));
    assert_eq!(plan["quarterday"]["rules"][0]["when"], "confidence is \"Red\" and not (state is \"done\")");
    let money = &package["resources"][2]["schema"];
    assert_eq!(money["foreignKeys"][0]["reference"]["resource"], "plan");
    assert_eq!(money["fields"][5]["constraints"]["exclusiveMaximum"], serde_json::json!(100.5));
    assert_eq!(package["quarterday"]["controls"][0]["tolerance"], "interval");
}
