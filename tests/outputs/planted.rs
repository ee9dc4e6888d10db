//! A round in which every place that a text can come from holds one that a spreadsheet program would run.

use quarterday::round;
use rust_xlsxwriter::{DocProperties, Note, Workbook};
use std::fs;
use std::path::Path;

/// The board.
pub(crate) const BOARD: &str = "=zqx Board & <Co>";

/// Writes the round into a folder.
pub(crate) fn round(folder: &Path) {
    fs::create_dir_all(folder.join("returns")).unwrap();
    for (name, text) in round::starter_files() {
        fs::write(folder.join(name), text).unwrap();
    }
    let settings = format!(
        "[round]\nboard = {BOARD:?}\ncode = \"ESCB\"\nperiod = \"2024-25 Q4\"\nschema = \"schema.toml\"\n\
         deadline = 2025-04-18\nstatus = \"provisional\"\n\n\
         [[partner]]\ncode = \"CC\"\nname = \"=zqx Council\"\naliases = [\"County Council\"]\ncontact = \"@zqx Officer\"\n\n\
         [[partner]]\ncode = \"NHS\"\nname = \"+zqx NHS\"\nabbreviations = [\"NHS\"]\ncontact = \"-zqx Officer\"\n\n\
         [[partner]]\ncode = \"POL\"\nname = \"-zqx Police\"\naliases = [\"Police\"]\n"
    );
    fs::write(folder.join("round.toml"), settings).unwrap();
    fs::write(
        folder.join("plan.csv"),
        "ref,action,area,agencies\n1.1,\"=HYPERLINK(\"\"http://zqx\"\",\"\"zqx\"\")\",=zqx area,CC\n\
         1.2,@zqx train <script>zqx()</script>,+zqx area,all\n2.1,-zqx ask,-zqx area,CC;NHS;POL\n",
    )
    .unwrap();
    fs::write(
        folder.join("ledger.csv"),
        "table,agency,stream,agreed,actual,note\ncontributions,CC,=zqx stream,12000.00,12000.00,=zqx note\n\
         contributions,NHS,+zqx stream,8000.00,8000.00,@zqx\ncontributions,POL,@zqx stream,5000.00,5000.00,\n",
    )
    .unwrap();
    let returns = folder.join("returns");
    returned("NHS").save(returns.join("=zqx cmd NHS.xlsx")).unwrap();
    returned("County Council").save(returns.join("@zqx council.xlsx")).unwrap();
    let mut second = returned("County Council");
    second.save(returns.join("+zqx council (2).xlsx")).unwrap();
    fs::write(returns.join("-zqx broken.xlsx"), "=zqx no workbook").unwrap();
    fs::write(returns.join("=zqx notes.docx"), "=zqx").unwrap();
}

/// A return with such texts in its cells, headings, names of sheets, comments, header and properties.
fn returned(agency: &str) -> Workbook {
    let mut book = Workbook::new();
    let properties = DocProperties::new().set_author("=zqx Person").set_title("=zqx").set_comment("@zqx");
    book.set_properties(&properties);
    let cover = book.add_worksheet().set_name("Cover").unwrap();
    for (row, (label, value)) in
        (0..).zip([("Agency", agency), ("Period", "2024-25 Q4"), ("Completed by (post)", "=zqx Officer")])
    {
        cover.write(row, 0, label).unwrap().write(row, 1, value).unwrap();
    }
    let long = format!("+zqx {}", "word ".repeat(8_000));
    let plan = book.add_worksheet().set_name("=zqx Actions").unwrap();
    plan.set_header("&C=zqx header");
    let headings =
        ["Ref", "Action", "Status", "Rating", "Progress this quarter", "Barriers", "=zqx heading", "@zqx"];
    let rows = [
        [
            "1.2",
            "=zqx own wording",
            "@zqx status",
            "=zqx rating",
            "=zqx1+cmd|' /C calc'!A0",
            "\t=zqx tab",
            "=zqx extra",
            "+zqx",
        ],
        ["2.1", "-zqx ask", "Complete", "Red", "@SUM(zqx)", "\r=zqx return", "\u{ff1d}zqx wide", "-zqx"],
        [
            "9.9",
            "=zqx not asked",
            "Complete",
            "Green",
            "\"><img src=x onerror=zqx()>",
            "-1+zqx",
            "\u{202e}=zqx",
            "=zqx",
        ],
        ["=zqx ref", "x", "Complete", "Green", long.as_str(), "+44 zqx", "'=zqx", " =zqx"],
    ];
    for (column, heading) in (0u16..).zip(headings) {
        plan.write_string(3, column, heading).unwrap();
    }
    for (row, texts) in (4u32..).zip(rows) {
        for (column, text) in (0u16..).zip(texts) {
            plan.write_string(row, column, text.chars().take(32_767).collect::<String>()).unwrap();
        }
    }
    plan.insert_note(4, 4, &Note::new("=zqx comment").set_author("=zqx Person")).unwrap();
    let money = book.add_worksheet().set_name("Contributions").unwrap();
    for (column, heading) in (0u16..).zip(["Stream", "Q1", "Q2", "Q3", "Q4", "Annual total"]) {
        money.write_string(0, column, heading).unwrap();
    }
    for (row, stream) in (1u32..).zip(["=zqx stream", "+zqx stream", "-zqx other"]) {
        money.write_string(row, 0, stream).unwrap();
        money.write_string(row, 1, "=zqx none").unwrap().write_string(row, 5, "-zqx 12").unwrap();
    }
    money.write_string(1, 5, "-12,000").unwrap();
    let other = book.add_worksheet().set_name("@zqx sheet").unwrap();
    other.write_string(0, 0, "=zqx unused").unwrap();
    other.set_hidden(true);
    book
}

/// A workbook with what none of ours may have.
pub(crate) fn bad_workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_author("A. Person"));
    book.define_name("Secret", "=Sheet1!$A$1").unwrap();
    let sheet = book.add_worksheet();
    sheet.set_row_hidden(3).unwrap().set_column_hidden(2).unwrap();
    sheet.write_url(0, 0, "https://www.example.gov.uk").unwrap();
    sheet.write_formula(1, 0, "=HYPERLINK(\"x\")").unwrap();
    sheet.insert_note(1, 1, &Note::new("a word")).unwrap();
    book.add_worksheet().set_hidden(true);
    book.save_to_buffer().unwrap()
}
