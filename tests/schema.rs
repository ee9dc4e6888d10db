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
        panic!("{}", mistakes.iter().map(|m| format!("{m}\n")).collect::<String>());
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
                panic!("{}", mistakes.iter().map(|m| format!("{m}\n")).collect::<String>());
            }
        }
    }
}
