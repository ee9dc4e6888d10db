//! One round in which every kind of identifier stands in every kind of place: none is in any byte that comes out.

use std::fs;
use std::io::{Cursor, Read as _};
use std::path::Path;
use std::process::Command;

#[path = "plant.rs"]
mod plant;
use plant::{nhs, upn, workbook};

pub(crate) const ROUND: &str = r#"
[round]
board = "Wyevale Safeguarding Board"
code = "WSB"
period = "2013-14 Q4"
schema = "schema.toml"

[[partner]]
code = "HC"
name = "Wyevale Council"
[[partner]]
code = "NHS"
name = "NHS Wyevale"
[[partner]]
code = "POL"
name = "Wyevale Police"
[[partner]]
code = "YOS"
name = "Wyevale Youth Service"
[[partner]]
code = "PRO"
name = "Wyevale Probation"
"#;

/// What is planted: every value once, with the words that it stands among.
struct Plants {
    kind: Kind,
    next: u32,
    values: Vec<String>,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Nhs,
    Upn,
    Insurance,
    Birth,
}

impl Plants {
    /// The next value in its usual spacing.
    fn value(&mut self) -> String {
        self.next += 1;
        let value = match self.kind {
            Kind::Nhs => {
                let mut start = 999_100_000 + self.next * 7;
                let digits = loop {
                    if let Some(digits) = nhs(start) {
                        break digits;
                    }
                    start += 1;
                };
                self.next += 1;
                format!("{} {} {}", &digits[..3], &digits[3..6], &digits[6..])
            }
            Kind::Upn => upn(self.next),
            Kind::Insurance => format!("QQ {:02} {:02} 77 B", self.next / 100 + 31, self.next % 100),
            Kind::Birth => {
                format!("{:02}/{:02}/{}", self.next % 28 + 1, self.next / 28 % 12 + 1, 1993 + self.next % 17)
            }
        };
        self.values.push(value.clone());
        value
    }

    /// The next value among words.
    fn text(&mut self) -> String {
        let value = self.value();
        match self.kind {
            Kind::Nhs => format!("Seen with {value} on Monday"),
            Kind::Upn => format!("Moved school ({value}) in March"),
            Kind::Insurance => format!("carer's NI number {value}, paid"),
            Kind::Birth => format!("Young person, DOB {value}, gave views"),
        }
    }
}

/// Every byte that was written or said, packages unpacked.
pub(crate) fn every_byte(folder: &Path, into: &mut Vec<u8>) {
    for entry in fs::read_dir(folder).expect("listed") {
        let path = entry.expect("an entry").path();
        into.extend(path.to_string_lossy().as_bytes());
        if path.is_dir() {
            every_byte(&path, into);
            continue;
        }
        let bytes = fs::read(&path).expect("read");
        into.extend(&bytes);
        if let Ok(mut package) = zip::ZipArchive::new(Cursor::new(bytes)) {
            for at in 0..package.len() {
                package.by_index(at).expect("listed").read_to_end(into).expect("whole");
            }
        }
    }
}

pub(crate) fn run(folder: &Path, arguments: &[&str], said: &mut Vec<u8>) -> i32 {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("quarterday"));
    let output = command.args(arguments).current_dir(folder).output().expect("the program runs");
    said.extend(&output.stdout);
    said.extend(&output.stderr);
    output.status.code().expect("it was not killed")
}

/// The forms in which a value would show.
fn forms(value: &str) -> Vec<String> {
    let mut forms = vec![value.to_owned(), value.replace(' ', "")];
    if let [day, month, year] = value.split('/').collect::<Vec<_>>()[..] {
        forms.push(format!("{year}-{month}-{day}"));
        forms.push(format!("{day}-{month}-{year}"));
        let date: jiff::civil::Date = format!("{year}-{month}-{day}").parse().expect("a day");
        forms.push(date.strftime("%-d %B %Y").to_string());
    }
    forms
}

#[test]
#[expect(clippy::too_many_lines, reason = "one round from end to end")]
fn no_identifier_is_in_any_output() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join("round").join(name);
    fs::create_dir_all(at("returns")).expect("made");
    fs::write(at("round.toml"), ROUND).expect("written");
    fs::write(at("schema.toml"), include_str!("../support/default-schema.toml")).expect("written");
    let mut values = Vec::new();
    let kinds = [
        (Kind::Nhs, "Wyevale Council Q4"),
        (Kind::Upn, "NHS Wyevale Q4"),
        (Kind::Insurance, "Wyevale Police Q4"),
        (Kind::Birth, "Wyevale Youth Service Q4"),
    ];
    for (kind, name) in kinds {
        let mut plants = Plants { kind, next: 0, values: Vec::new() };
        let bytes = workbook(&mut plants).expect("a workbook can be made");
        fs::write(at("returns").join(format!("{name}.xlsx")), &bytes).expect("written");
        // Names of files: one that is read, two that are passed over or refused.
        let value = plants.value().replace('/', "-");
        let label = match kind {
            Kind::Birth => "DOB ",
            Kind::Insurance => "NI ",
            _ => "",
        };
        fs::write(at("returns").join(format!("{label}{value}.xlsx")), &bytes).expect("written");
        let value = plants.value().replace('/', "-");
        fs::write(at("returns").join(format!("letter {label}{value}.docx")), "no workbook").expect("written");
        let value = plants.value().replace(['/', ' '], "_");
        fs::create_dir(at("returns").join(format!("{label}{value}"))).expect("made");
        values.extend(plants.values);
    }
    let csv = "Ref,Action,Lead,Status,RAG rating,Target date,Update\n1.1.1,Train staff,NHS Wyevale,In progress,Green,31/03/2014,NHS no 999 000 0018\n";
    fs::write(at("returns").join("Wyevale Probation Q4.csv"), csv).expect("written");
    values.push("999 000 0018".to_owned());
    assert!(values.len() > 150, "{} values", values.len());

    let mut said = Vec::new();
    assert_eq!(run(folder.path(), &["merge", "round"], &mut said), 1);
    let text = String::from_utf8_lossy(&said).into_owned();
    assert!(text.contains("Not for circulation"), "{text}");
    run(folder.path(), &["merge", "round", "--format", "json"], &mut said);
    let returns: Vec<_> =
        fs::read_dir(at("returns")).expect("listed").map(|entry| entry.expect("an entry").path()).collect();
    for path in returns.iter().filter(|path| path.is_file()) {
        let path = path.to_string_lossy();
        run(folder.path(), &["inspect", &path], &mut said);
        run(
            folder.path(),
            &["inspect", "--format", "json", "--schema", "round/schema.toml", &path],
            &mut said,
        );
        run(folder.path(), &["inspect", "--cells", "--formulas", &path], &mut said);
        run(folder.path(), &["check", "--schema", "round/schema.toml", &path], &mut said);
        run(folder.path(), &["check", "--schema", "round/schema.toml", "--format", "json", &path], &mut said);
    }
    every_byte(&at("out"), &mut said);
    assert!(memchr::memmem::find(&said, b"[held: NHS number]").is_some());
    let leaked: Vec<String> = values
        .iter()
        .flat_map(|value| forms(value))
        .filter(|form| memchr::memmem::find(&said, form.as_bytes()).is_some())
        .collect();
    assert!(leaked.is_empty(), "{} of {} are in what came out: {leaked:?}", leaked.len(), values.len());
    cleared(folder.path());
}

/// Whoever looks at the file's properties sees the mark too.
fn properties(workbook: &Path, marked: bool) {
    let mut archive =
        zip::ZipArchive::new(fs::File::open(workbook).expect("the workbook")).expect("a package");
    for part in ["docProps/core.xml", "docProps/custom.xml"] {
        let mut text = String::new();
        archive.by_name(part).expect("the part").read_to_string(&mut text).expect("text");
        assert_eq!(text.contains("NOT FOR CIRCULATION"), marked, "{part}: {text}");
    }
}

/// The mark goes when everything that was held back has an answer, and not before; what was held back stays so.
fn cleared(folder: &Path) {
    let out = folder.join("round/out");
    let to_fill = fs::read_to_string(out.join("answers-to-fill.csv")).expect("written");
    let mut reader = csv::Reader::from_reader(to_fill.trim_start_matches('\u{feff}').as_bytes());
    let headings = reader.headers().expect("headings").clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    let persons = |row: &&csv::StringRecord| row.iter().any(|cell| cell == "personal-data-suspected");
    let answers = |leave_out: usize| {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["finding", "cell", "value", "text", "post", "date"]).expect("written");
        for row in rows.iter().filter(persons).skip(leave_out) {
            let column = |name: &str| {
                let place = headings.iter().position(|heading| heading == name).expect("a column");
                row.get(place).unwrap_or_default().to_owned()
            };
            let given = ["Looked at: NHS no 999 000 0042 is none", "Head of Safeguarding", "22/04/2014"]
                .map(str::to_owned);
            let [text, post, date] = given;
            writer
                .write_record([column("finding"), column("cell"), column("value"), text, post, date])
                .expect("written");
        }
        writer.into_inner().expect("written")
    };
    assert!(rows.iter().filter(persons).count() > 50, "{to_fill}");
    for (leave_out, marked) in [(1, true), (0, false)] {
        fs::write(folder.join("round/answers.csv"), answers(leave_out)).expect("written");
        let mut said = Vec::new();
        run(folder, &["merge", "round"], &mut said);
        let text = String::from_utf8_lossy(&said).into_owned();
        assert_eq!(text.contains("Not for circulation"), marked, "{text}");
        let manifest = fs::read_to_string(out.join("run.json")).expect("written");
        assert_eq!(manifest.contains("\"notForCirculation\": true"), marked, "{manifest}");
        let page = fs::read_to_string(out.join("report.html")).expect("written");
        assert_eq!(page.contains("Not for circulation"), marked, "the page goes by the rule of the workbook");
        properties(&out.join("consolidated.xlsx"), marked);
        let mut all = Vec::new();
        every_byte(&out, &mut all);
        assert_eq!(memchr::memmem::find(&all, b"NOT FOR CIRCULATION").is_some(), marked);
        assert!(memchr::memmem::find(&all, b"[held: ").is_some());
        assert!(memchr::memmem::find(&all, b"999 000 0042").is_none(), "an answer repeats a number");
    }
}

/// The same round in the formats that LibreOffice makes of it.
#[test]
#[ignore = "takes a minute and needs LibreOffice; .ci/run asks for it"]
fn no_identifier_is_in_any_output_whatever_the_format() {
    let kinds = [
        (Kind::Nhs, "Wyevale Council Q4"),
        (Kind::Upn, "NHS Wyevale Q4"),
        (Kind::Insurance, "Wyevale Police Q4"),
        (Kind::Birth, "Wyevale Youth Service Q4"),
    ];
    for ending in ["ods", "xls", "html", "csv"] {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join("round").join(name);
        fs::create_dir_all(at("returns")).expect("made");
        fs::write(at("round.toml"), ROUND).expect("written");
        fs::write(at("schema.toml"), include_str!("../support/default-schema.toml")).expect("written");
        let mut values = Vec::new();
        for (kind, name) in kinds {
            let mut plants = Plants { kind, next: 0, values: Vec::new() };
            let path = folder.path().join(format!("{name}.xlsx"));
            fs::write(&path, workbook(&mut plants).expect("a workbook can be made")).expect("written");
            let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
            let done = Command::new("soffice")
                .args([profile.as_str(), "--headless", "--convert-to", ending, "--outdir"])
                .arg(at("returns"))
                .arg(&path)
                .output()
                .expect("LibreOffice is there");
            assert!(done.status.success(), "{ending}");
            values.extend(plants.values);
        }
        let mut said = Vec::new();
        assert_eq!(run(folder.path(), &["merge", "round"], &mut said), 1);
        for entry in fs::read_dir(at("returns")).expect("listed") {
            let path = entry.expect("an entry").path();
            let path = path.to_string_lossy();
            run(folder.path(), &["inspect", "--format", "json", &path], &mut said);
            run(folder.path(), &["inspect", "--cells", "--formulas", &path], &mut said);
        }
        every_byte(&at("out"), &mut said);
        let leaked: Vec<String> = values
            .iter()
            .flat_map(|value| forms(value))
            .filter(|form| memchr::memmem::find(&said, form.as_bytes()).is_some())
            .collect();
        assert!(leaked.is_empty(), "{ending}: {} of {} came out: {leaked:?}", leaked.len(), values.len());
        assert!(memchr::memmem::find(&said, b"[held: ").is_some(), "{ending}");
    }
}
