//! What a message to one partner holds of the others and of the Business Unit's own figures: nothing.

use super::desk::Desk;
use std::fs;

const ROUND: &str = r#"
[round]
board = "Wyevale Safeguarding Children Board"
code = "WSCB"
period = "2013-14 Q4"
schema = "schema.toml"

[[partner]]
code = "WMP"
name = "West Mercia Police"
contact = "Lead"

[[partner]]
code = "PCC"
name = "West Mercia Police and Crime Commissioner"
contact = "Lead"

[[partner]]
code = "HC"
name = "Wyevale Council"
contact = "Lead"
"#;
const LEDGER: &str = "\
table,agency,share,agreed,actual
contributions,WMP,60,610,600
contributions,PCC,40,400,300
";
const HEADINGS: &str = "Budget line,Q1,Q2,Paid,Comment";

fn round(returns: &[(&str, &str)]) -> Desk {
    let desk = Desk::new();
    fs::create_dir_all(desk.path("r/returns")).expect("a folder");
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/said/schema.toml");
    fs::copy(schema, desk.path("r/schema.toml")).expect("a copy");
    fs::write(desk.path("r/round.toml"), ROUND).expect("a file");
    fs::write(desk.path("r/ledger.csv"), LEDGER).expect("a file");
    for (name, row) in returns {
        let text = format!("{HEADINGS}\n{row}\n");
        fs::write(desk.path(&format!("r/returns/{name}.csv")), text).expect("a file");
    }
    desk
}

fn said(desk: &Desk, partner: &str) -> String {
    let text = fs::read_to_string(desk.path(&format!("r/out/messages/{partner}.txt"))).expect("a message");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn no_figure_of_another_partner_or_of_the_business_unit_is_told() {
    let desk = round(&[
        ("West Mercia Police", "Grant,300,300,600,"),
        (
            "West Mercia Police and Crime Commissioner",
            "Grant,500,400,900,West Mercia Police paid £99000 in July.",
        ),
    ]);
    desk.run(&["merge", "r"]);
    let found = fs::read_to_string(desk.path("r/out/findings.csv")).expect("findings");
    assert!(found.contains("£99,000 is said of a partner for whom the ledger has £610"), "{found}");
    assert!(found.contains("the share comes to £404"), "{found}");
    let pcc = said(&desk, "PCC");
    assert!(pcc.contains("cell D2: West Mercia Police and Crime Commissioner, Paid: £900"), "{pcc}");
    assert!(pcc.contains("cell E2: we have a question about it; please ask us."), "{pcc}");
    assert!(pcc.contains("2 things to answer"), "{pcc}");
    for other in ["£99,000", "£610", "£404", "equals West Mercia Police", "is agreed"] {
        assert!(!pcc.contains(other), "{other}: {pcc}");
    }
    // Its own return is right; that what was agreed is not its share is not its matter.
    let police = said(&desk, "WMP");
    assert!(police.contains("Nothing is left for you to do."), "{police}");
    let council = said(&desk, "HC");
    assert!(council.contains("No return has come") && !council.contains("Ask "), "{council}");
    let chasing = fs::read_to_string(desk.path("r/out/chasing.csv")).expect("the list");
    assert!(
        chasing.contains("West Mercia Police,Lead,,received,West Mercia Police.csv,,,,0,0,0,0,"),
        "{chasing}"
    );
}

#[test]
fn two_returns_hide_no_other_difference_of_the_cell() {
    let desk = round(&[
        ("West Mercia Police", "Grant,300,290,600,"),
        ("West Mercia Police v2", "Grant,300,290,600,new"),
        ("West Mercia Police and Crime Commissioner", "Grant,200,100,300,"),
    ]);
    desk.run(&["merge", "r"]);
    let police = said(&desk, "WMP");
    assert!(police.contains("£600 is stated, and the figures across add to £590."), "{police}");
    // That it came twice is asked once, as that.
    assert!(!police.contains("£1,200") && police.contains("We have two returns"), "{police}");
    let chasing = fs::read_to_string(desk.path("r/out/chasing.csv")).expect("the list");
    let line = "West Mercia Police v2.csv,West Mercia Police.csv,,,0,0,2,1,";
    assert!(chasing.contains(line), "{chasing}");
}
