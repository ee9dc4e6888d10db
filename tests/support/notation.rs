//! The one text notation for sheets, settings and expected findings: `tests/**/*.md` are written in it.
//!
//! A page is Markdown. `## title` starts a case; fenced blocks hold what it is about, all other words are for people.
//! Blocks that stand before the first `##` hold for every case of the page that has no block of that kind itself.
//!
//! ````markdown
//! ## A total one pound out
//!
//! ```file nhs.xlsx
//! ! missing-sheet: There is no Finance sheet.
//! ```
//!
//! ```sheet Finance
//! B4: Budget line | Budget | Actual
//! B5: Staff       | 1000   | =SUM(D8:D9) -> 400
//! merge B6:C6
//! ! D7 total-mismatch: stated 451, lines sum to 450
//! ```
//! ````
//!
//! | Block | Holds |
//! |---|---|
//! | `schema` | a schema in TOML |
//! | `round` | `round.toml`; a line `schema = …` is added where there is none |
//! | `plan`, `ledger`, `answers`, `recommendations` | `plan.csv`, `ledger.csv`, `answers.csv`, `recommendations.csv` |
//! | `sign-off` | `signoff.toml` |
//! | `earlier` | what was said in the round before: `NHS | 1.1.1 | Amber | In progress | Begun` a line; its figures: `NHS |
//! finance | grant | q1=100; q2=120`; its period, 2013-14 Q3 unless said: `period 2012-13 Q4`;
//! its plan: `plan | 2 | 1.1.1 | Train staff | Continue | 1.2.1 | why not | open` a line, with the line's number |
//! | `file NAME` | starts a file; the sheets that follow are its own. Lines in it: below |
//! | `sheet NAME` | a sheet; `(hidden)` or `(very hidden)` after the name hides it, `(1904)` counts its dates from 1904 |
//! | `findings` | `!` lines that belong to no sheet |
//! | anything else | kept in [`Case::blocks`] for the test that wants it |
//!
//! Sheets before any `file` block belong to `return.xlsx`.
//!
//! Lines of a sheet:
//!
//! - `B5: Staff | 1000 | 400`: values from B5 to the right. Nothing between bars is a blank cell.
//! - `1000`, `-2.5` numbers; `2014-03-31` a real date; `TRUE`, `FALSE`; `#REF!` and the other error values;
//!   `=SUM(C5:C6) -> 0.3` a formula with its stored value, without `->` one saved without; anything else is text
//!   (`61%`, `£1,234`). Quotes force text, keep spaces and bars, and know `\n`, `\t`, `\"`, `\\` and
//!   `\u{a0}`; `"x" * 300` is a long text.
//! - `merge B2:D2`: a merged area.
//! - `fill C5:C9 C00000`, `format E12 d-mmm`, `font J9 Wingdings 3`, `strike F9`: how cells look.
//! - `hide row 12:14`, `hide column H`, `filter A4:F20`, `protected`: what is hidden or locked.
//! - `comment B2: text`, `text box D4: text`: what stands beside the cells; `printed &CDRAFT`: the page's header.
//! - `icons K5:K11 2 3`: red, amber and green lights that change at these numbers; `paint K5:K9 "Red" C00000`: a fill where
//!   the cell holds just this text.
//! - `! D7 code: message`: an expected finding at that cell. `! sheet code: message`: at the sheet as a whole.
//!   `[query]` before the colon asks for that severity too; a message left out is not compared.
//!
//! Lines of a `file` block: `kind: xls`; `refused: why`; what reading noticed (`macros`, `named: xls` for an ending that
//! does not match, `encoding: Windows-1252`, `ragged: 2 3` for two rows from row 3 on, `other sheet: Chart1`,
//! `quotation: B2 open 14` or `quotation: B2 closed 1200` for one over so many lines, `unreadable sheet: Plan`, `unreadable cell: B2 why`, `full: Finance`, `unseen: comments of the sheet Plan`); `! code: message` at the file as a whole.
//!
//! Lines of a `findings` block: `! partner NHS code: message`, `! plan 3 NHS code: …`, `! plan 3 code: …` of no partner,
//! `! plan before 3 code: …`, `! recommendation 2 code: …`, `! ledger 4 code: …`, `! answer 2 code: …`,
//! `! sign-off code: …`,
//! `! returns code: …`, `! file nhs.xlsx code: …`, `! nhs.xlsx › Finance!D7 code: …`.

use super::cells::{Cell, Line};
use super::marks::Mark;
use quarterday::model::CellRef;
use std::fmt::Write as _;
use std::path::Path;

/// A page of cases.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// What stands above the first case, fenced blocks left out.
    pub prose: String,
    /// The cases in order.
    pub cases: Vec<Case>,
}

/// One case.
#[derive(Debug, Clone, Default)]
pub struct Case {
    /// Its heading.
    pub title: String,
    /// The line of its heading, one-based.
    pub line: usize,
    /// Its settings, those of the page where it has none.
    pub settings: Settings,
    /// Its files; never empty if it has a sheet.
    pub files: Vec<File>,
    /// Expected findings that belong to no sheet or file.
    pub expected: Vec<Expected>,
    /// Blocks of other kinds: the words after the fence, and the text.
    pub blocks: Vec<(String, String)>,
}

/// Settings as text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// The schema.
    pub schema: Option<String>,
    /// `round.toml`.
    pub round: Option<String>,
    /// `plan.csv`.
    pub plan: Option<String>,
    /// `ledger.csv`.
    pub ledger: Option<String>,
    /// `answers.csv`.
    pub answers: Option<String>,
    /// `recommendations.csv`.
    pub recommendations: Option<String>,
    /// `signoff.toml`.
    pub sign_off: Option<String>,
    /// Partner, key, rating, status and update of the round before, a line each.
    pub earlier: Option<String>,
}

/// One file of a case.
#[derive(Debug, Clone, Default)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its sheets.
    pub sheets: Vec<SheetText>,
    /// Another kind than `xlsx`, by its usual ending.
    pub kind: Option<String>,
    /// Why it cannot be read, if it cannot.
    pub refused: Option<String>,
    /// What reading noticed: the words of the line, and what follows them.
    pub oddities: Vec<(String, String)>,
    /// Findings expected at the file as a whole.
    pub expected: Vec<Expected>,
}

/// One sheet as written.
#[derive(Debug, Clone, Default)]
pub struct SheetText {
    /// The tab's name.
    pub name: String,
    /// Hidden.
    pub hidden: bool,
    /// Hidden so that Unhide does not show it.
    pub very_hidden: bool,
    /// Its dates count from 1904, which no real workbook made here can.
    pub from_1904: bool,
    /// Its filled cells in the order written.
    pub cells: Vec<(CellRef, Cell)>,
    /// Its merged areas.
    pub merged: Vec<(CellRef, CellRef)>,
    /// How its cells look, what is hidden, and what stands beside them.
    pub marks: Vec<Mark>,
    /// Findings expected on it.
    pub expected: Vec<Expected>,
}

/// One expected finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Expected {
    /// The place as [`super::grids::place`] shows it: `nhs.xlsx › Finance!D7`, `partner NHS`.
    pub place: String,
    /// The check.
    pub code: String,
    /// The severity, if it is asked for.
    pub severity: Option<String>,
    /// The message; not compared if empty.
    pub message: String,
}

impl Case {
    /// Every finding that the case expects.
    pub fn all_expected(&self) -> Vec<Expected> {
        let mut all = self.expected.clone();
        for file in &self.files {
            all.extend(file.expected.iter().cloned());
            all.extend(file.sheets.iter().flat_map(|sheet| sheet.expected.iter().cloned()));
        }
        all.sort();
        all
    }

    /// The text of the first other block whose fence starts with this word.
    pub fn block(&self, word: &str) -> Option<&str> {
        self.blocks
            .iter()
            .find(|(info, _)| info.split(' ').next() == Some(word))
            .map(|(_, text)| text.as_str())
    }

    /// True if its files can be written as real workbooks.
    pub fn writable(&self) -> bool {
        self.files.iter().all(|file| {
            let plain = file.kind.is_none() && file.refused.is_none() && file.oddities.is_empty();
            plain && file.sheets.iter().all(SheetText::writable)
        })
    }
}

impl SheetText {
    fn writable(&self) -> bool {
        let fits = |cell: &Cell| !matches!(cell, Cell::Text(text) if text.chars().count() > 32_767);
        !self.from_1904 && self.cells.iter().all(|(_, cell)| fits(cell))
    }
}

/// Reads a page from the disk.
pub fn load(path: &Path) -> Page {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    parse(&text).unwrap_or_else(|mistake| panic!("{}:{mistake}", path.display()))
}

/// Every page of a folder with its name without the ending, in name order.
pub fn folder(path: &Path) -> Vec<(String, Page)> {
    let mut paths: Vec<_> = std::fs::read_dir(path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        .map(|entry| entry.expect("a folder entry can be read").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            (name, load(path))
        })
        .collect()
}

/// Reads a page.
///
/// # Errors
///
/// The line (one-based) and what is wrong with it.
pub fn parse(text: &str) -> Result<Page, String> {
    let mut page = Page::default();
    let mut shared = Settings::default();
    let mut lines = text.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        let ticks = line.bytes().take_while(|byte| *byte == b'`').count();
        if ticks >= 3 {
            let info = line[ticks..].trim();
            let fence = &line[..ticks];
            let mut body = Vec::new();
            loop {
                match lines.next() {
                    Some((_, line)) if line.trim_end() == fence => break,
                    Some(line) => body.push(line),
                    None => return Err(format!("{}: the block is not closed", number + 1)),
                }
            }
            let case = page.cases.last_mut();
            let target = case.ok_or(&mut shared);
            block(info, &body, target)
                .map_err(|(line, why)| format!("{}: {why}", line.unwrap_or(number) + 1))?;
        } else if let Some(title) = line.strip_prefix("## ") {
            page.cases.push(Case { title: title.trim().to_owned(), line: number + 1, ..Case::default() });
        } else if page.cases.is_empty() {
            let _ = writeln!(page.prose, "{line}");
        }
    }
    for case in &mut page.cases {
        let own = &mut case.settings;
        for (own, shared) in [
            (&mut own.schema, &shared.schema),
            (&mut own.round, &shared.round),
            (&mut own.plan, &shared.plan),
            (&mut own.ledger, &shared.ledger),
            (&mut own.answers, &shared.answers),
            (&mut own.recommendations, &shared.recommendations),
            (&mut own.sign_off, &shared.sign_off),
            (&mut own.earlier, &shared.earlier),
        ] {
            if own.is_none() {
                own.clone_from(shared);
            }
        }
    }
    Ok(page)
}

type At = (Option<usize>, String);

fn block(info: &str, body: &[(usize, &str)], target: Result<&mut Case, &mut Settings>) -> Result<(), At> {
    let (word, rest) = info.split_once(' ').unwrap_or((info, ""));
    let text = || body.iter().fold(String::new(), |all, (_, line)| all + line + "\n");
    let case = match (word, target) {
        (
            "schema" | "round" | "plan" | "ledger" | "earlier" | "answers" | "recommendations" | "sign-off",
            target,
        ) => {
            let settings = match target {
                Ok(case) => &mut case.settings,
                Err(shared) => shared,
            };
            let slot = match word {
                "schema" => &mut settings.schema,
                "round" => &mut settings.round,
                "plan" => &mut settings.plan,
                "earlier" => &mut settings.earlier,
                "answers" => &mut settings.answers,
                "recommendations" => &mut settings.recommendations,
                "sign-off" => &mut settings.sign_off,
                _ => &mut settings.ledger,
            };
            *slot = Some(text());
            return Ok(());
        }
        (_, Ok(case)) => case,
        ("sheet" | "file" | "findings", Err(_)) => {
            return Err((None, format!("a `{word}` block before the first `## title`")));
        }
        (_, Err(_)) => return Ok(()),
    };
    match word {
        "file" => case.files.push(file(rest.trim(), body)?),
        "sheet" => {
            if case.files.is_empty() {
                case.files.push(File { name: "return.xlsx".to_owned(), ..File::default() });
            }
            let file = case.files.last_mut().expect("one was pushed just above");
            let sheet = sheet(rest.trim(), body, &file.name)?;
            file.sheets.push(sheet);
        }
        "findings" => {
            for (number, line) in body.iter().filter(|(_, line)| !line.trim().is_empty()) {
                let expected = line.strip_prefix("! ").and_then(|line| expected(line, None, None));
                case.expected.push(expected.ok_or_else(|| unreadable(*number, line))?);
            }
        }
        _ => case.blocks.push((info.to_owned(), text())),
    }
    Ok(())
}

fn unreadable(number: usize, line: &str) -> At {
    (Some(number), format!("not understood: {line}"))
}

fn file(name: &str, body: &[(usize, &str)]) -> Result<File, At> {
    let mut file = File { name: name.to_owned(), ..File::default() };
    for (number, line) in body.iter().filter(|(_, line)| !line.trim().is_empty()) {
        if let Some(rest) = line.strip_prefix("! ") {
            let expected = expected(rest, Some(name), None).ok_or_else(|| unreadable(*number, line))?;
            file.expected.push(expected);
            continue;
        }
        match line.split_once(": ").map_or((line.trim(), ""), |(key, value)| (key, value.trim())) {
            ("kind", kind) => file.kind = Some(kind.to_owned()),
            ("refused", why) => file.refused = Some(why.to_owned()),
            (key, value) if super::grids::ODDITIES.contains(&key) => {
                file.oddities.push((key.to_owned(), value.to_owned()));
            }
            _ => return Err(unreadable(*number, line)),
        }
    }
    Ok(file)
}

/// What may stand in brackets after a sheet's name.
const MARKS: [&str; 3] = ["1904", "hidden", "very hidden"];

fn sheet(name: &str, body: &[(usize, &str)], file: &str) -> Result<SheetText, At> {
    let mark = MARKS
        .into_iter()
        .find(|mark| name.ends_with(&format!(" ({mark})")) || name.ends_with(&format!(" {{{mark}}}")));
    let name = mark.map_or(name, |mark| &name[..name.len() - mark.len() - 3]);
    let mut sheet = SheetText { name: name.trim().to_owned(), ..SheetText::default() };
    sheet.from_1904 = mark == Some("1904");
    sheet.very_hidden = mark == Some("very hidden");
    sheet.hidden = mark == Some("hidden") || sheet.very_hidden;
    for (number, line) in body.iter().filter(|(_, line)| !line.trim().is_empty()) {
        match super::cells::line(line, &sheet.name, file) {
            Some(Line::Cells(cells)) => sheet.cells.extend(cells),
            Some(Line::Merged(first, last)) => sheet.merged.push((first, last)),
            Some(Line::Expected(expected)) => sheet.expected.push(expected),
            Some(Line::Mark(mark)) => sheet.marks.push(mark),
            None => return Err(unreadable(*number, line)),
        }
    }
    Ok(sheet)
}

/// Reads what follows `! `: a place, a check's name, perhaps a severity, perhaps a message.
pub fn expected(text: &str, file: Option<&str>, sheet: Option<&str>) -> Option<Expected> {
    let (head, message) = text.split_once(": ").unwrap_or((text.trim_end_matches(':'), ""));
    let (head, severity) = match head.trim().strip_suffix(']') {
        Some(head) => {
            let (head, severity) = head.rsplit_once('[')?;
            (head.trim(), Some(severity.to_owned()))
        }
        None => (head.trim(), None),
    };
    let (place, code) = head.rsplit_once(' ').unwrap_or(("", head));
    let place = match (file, sheet, place.trim()) {
        (Some(file), Some(sheet), "sheet") => format!("{file} › {sheet}"),
        (Some(file), Some(sheet), cell) => format!("{file} › {sheet}!{}", CellRef::parse(cell)?),
        (Some(file), None, "") => file.to_owned(),
        (None, None, place) if !place.is_empty() => place.strip_prefix("file ").unwrap_or(place).to_owned(),
        _ => return None,
    };
    let code_like = !code.is_empty()
        && code.bytes().all(|byte| byte.is_ascii_lowercase() || b"-0123456789".contains(&byte));
    code_like.then(|| Expected { place, code: code.to_owned(), severity, message: message.trim().to_owned() })
}
