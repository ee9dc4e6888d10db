use super::*;
use crate::model::Rgb;

#[test]
fn our_own_mark_is_no_fill() {
    let ours = Look { fill: Some(HIGHLIGHT), ..Look::default() };
    assert_eq!(remarkable(&ours), None);
    let struck = Look { struck: true, ..ours };
    assert_eq!(remarkable(&struck), Some(Look { fill: None, ..struck }));
}

fn known() -> Rc<Remarkable> {
    let red = Look { fill: Some(Rgb::new(0xC0_00_00)), ..Look::default() };
    let dated = Look { shown: Shown::DayMonth, ..Look::default() };
    Remarkable::new(&[Look::default(), red, dated])
}

const SHEET: &str = r#"<sheetData><row r="1"><c r="A1" s="1"/><c r="B1" s="2"><v>41713</v></c></row><row r="2" hidden="1"><c r="A2" s="1" t="s"><v>0</v></c></row><row r="3" spans="1:2" hidden="1"><c r="A3"><v>1</v></c><c s="9" r="C3"/></row><row hidden="0" r="4"/></sheetData>"#;

#[test]
fn looks_and_hidden_rows_are_found_however_the_bytes_come() {
    for step in 1..SHEET.len() {
        let mut scan = Scan::new(&known());
        let bytes = SHEET.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let next = (at + step).min(bytes.len());
            scan.see(&bytes[..next], next - at);
            at = next;
        }
        let found = scan.finish();
        let cell = |text: &str| found.looks.get(CellRef::parse(text).expect("an address"));
        assert_eq!(cell("A1").fill, Some(Rgb::new(0xC0_00_00)), "in steps of {step}");
        assert_eq!(cell("A2").fill, Some(Rgb::new(0xC0_00_00)));
        assert_eq!(cell("A3"), Look::default());
        assert_eq!(cell("B1").shown, Shown::DayMonth);
        assert_eq!(found.hidden_rows, [(1, 2)]);
        assert_eq!(found.stray, [CellRef::new(2, 2)]);
        assert!(!found.implicit);
    }
}

#[test]
fn cells_that_do_not_say_where_they_stand_are_told() {
    let mut scan = Scan::new(&known());
    let bytes = br#"<sheetData><row><c s="1"/></row></sheetData>"#;
    scan.see(bytes, bytes.len());
    assert!(scan.finish().implicit);
}

#[test]
fn the_quick_look_at_a_tag_sees_what_the_slow_one_sees() {
    let pieces = [
        " r=\"A1\"",
        " r='B2'",
        " r=\"\"",
        " s=\"3\"",
        " s=\"x\"",
        " s='3'",
        " t=\"s\"",
        " t=\"inlineStr\"",
        " cm=\"1\"",
        " r = \"A1\"",
        " ",
        "\n",
    ];
    let ends = [">", "/>", " >", " />", "<", ""];
    let mut met = 0;
    for first in pieces {
        for second in pieces {
            for third in pieces {
                for end in ends {
                    let tag = format!("{first}{second}{third}{end}");
                    if let Some(seen) = usual(tag.as_bytes()) {
                        assert_eq!(Some(seen), place_and_style(tag.as_bytes()), "{tag}");
                        met += 1;
                    }
                }
            }
        }
    }
    assert!(met > 5, "the usual way was met {met} times");
}

#[test]
fn tags_may_be_written_in_unusual_ways() {
    let see = |bytes: &[u8]| {
        let mut scan = Scan::new(&known());
        scan.see(bytes, bytes.len());
        scan.finish()
    };
    let found =
        see(b"<cols><col min=\"1\"/></cols><sheetData><row\nr='1'\thidden='true'><c\nr='B1'\ts='1'/>");
    assert!(found.looks.get(CellRef::new(0, 1)).fill.is_some());
    assert_eq!(found.hidden_rows, [(0, 0)]);
    assert!(see(b"<sheetData><c r = \"A1\" s = \"1\"/>").implicit);
    for odd in
        ["<c =\"1\"/>", "<c =/>", "<c s=\"/>", "<c s=\"99999999999\" r=\"A1\"/>", "<c s=\"1\" r=\"ZZZZ9\"/>"]
    {
        assert_eq!(see(odd.as_bytes()).looks.runs().count(), 0, "{odd}");
    }
}
