//! Operators on texts and references: C21 to C34.

use super::board::before;
use super::clean::{Kind, Place, said, text};
use super::dice::Dice;
use super::mutant::{Mutant, Spot, Want};
use super::operators::Operator;
use crate::support::cells::Cell;

pub const OPERATORS: &[Operator] = &[
    Operator { code: "C21", name: "does not apply, where it must be filled", apply: not_applicable },
    Operator { code: "C14", name: "last quarter's words", apply: unchanged },
    Operator { code: "F15", name: "last quarter's return", apply: unchanged_return },
    Operator { code: "C21", name: "does not apply, where it may be blank", apply: may_be_blank },
    Operator { code: "C25", name: "numbered items", apply: numbered },
    Operator { code: "C26", name: "stray spaces and escapes", apply: stray },
    Operator { code: "C26", name: "misread letters", apply: misread },
    Operator { code: "C28", name: "ref as a number", apply: ref_as_number },
    Operator { code: "C28", name: "ref that lost its zero", apply: lost_zero },
    Operator { code: "C31", name: "cut off", apply: cut_off },
    Operator { code: "C32", name: "begins like a formula", apply: like_formula },
    Operator { code: "C33", name: "a path on their own drive", apply: own_drive },
    Operator { code: "C34", name: "number of a person", apply: personal },
];

/// A filled text that may say anything.
fn words(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<Place> {
    m.cell(dice, |place, cell| {
        matches!(place.kind, Kind::Text | Kind::Update | Kind::Post)
            && cell.is_some()
            && place.table != "cover"
    })
}

fn not_applicable(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let place = m.cell(dice, |place, _| place.field == "expected_impact")?;
    m.typed(place, text(dice.word(&["n/a", "N/A", "n/a ", "N/a"])), Want::Blank, "not-applicable", "query");
    Some(())
}

/// A text that the schema does not call a word for nothing stays a text; *n/a* is told as such.
fn may_be_blank(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let place = m.cell(dice, |place, cell| place.kind == Kind::Text && !place.required && cell.is_some())?;
    let typed = dice.word(&["n/a", "N/A", "None"]);
    if typed == "None" {
        m.own().set(place, text(typed));
        m.want(place, Want::Is(typed.to_owned()));
    } else {
        m.typed(place, text(typed), Want::Is(typed.to_owned()), "not-applicable", "note");
    }
    Some(())
}

fn own_drive(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let place = m.cell(dice, |place, cell| place.field == "evidence" && cell.is_some())?;
    let typed =
        dice.word(&["S:\\Safeguarding\\Audits\\May.docx", "\\\\server\\share\\audit.pdf", "H:\\evidence"]);
    m.typed(place, text(typed), Want::Is(typed.to_owned()), "private-link", "note");
    Some(())
}

/// What was said of an action in the quarter before: its subject stands in the row's action area.
fn said_before(m: &Mutant<'_>, place: Place) -> Option<String> {
    let area = m.beside(place, "action_area")?;
    Some(before(&said(m.returns[0].cell(area)?)))
}

fn unchanged(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    // Nobody expects news of what was complete and still is.
    let own = &m.returns[0];
    let complete = |place: &Place| own.cell(*place).is_some_and(|cell| said(cell) == "Complete");
    let done: Vec<_> = own
        .places()
        .into_iter()
        .filter(|place| place.kind == Kind::Status && complete(place))
        .map(|place| place.row)
        .collect();
    let place = m.cell(dice, |place, cell| {
        place.field == "progress" && cell.is_some() && !done.contains(&place.row)
    })?;
    if m.is_claimed("texts of old") {
        return None;
    }
    m.claim(&format!("area of {}", place.row));
    let words = said_before(m, place)?;
    let shown = dice.pick(&[words.clone(), format!("{words}."), format!("{words}  ")])?;
    let want = Want::Is(shown.trim().to_owned());
    m.typed(place, text(&shown), want, "unchanged-update", "query");
    Some(())
}

fn unchanged_return(m: &mut Mutant<'_>, _: &mut Dice) -> Option<()> {
    if !m.applied.is_empty() || !m.claim("texts of old") {
        return None;
    }
    let places = m.returns[0].places();
    let columns: Vec<_> = places.iter().filter(|place| place.field == "progress").copied().collect();
    let ratings = places.iter().filter(|place| matches!(place.kind, Kind::Rating | Kind::Status));
    let ratings: Vec<_> = ratings.map(|place| (place.column, place.row)).collect();
    m.claim_column(columns.first()?.column);
    for (column, row) in ratings {
        m.claim_column(column);
        m.claim(&format!("rating of {row}"));
    }
    m.claim("plan refs");
    for place in columns {
        let words = said_before(m, place)?;
        m.own().set(place, text(&words));
        m.want(place, Want::Is(words));
    }
    m.answer("unchanged-return", "query", Spot::File);
    Some(())
}

fn numbered(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let place = m.filled(dice, Kind::Update)?;
    let typed = dice.word(&[
        "1. Course held in May\n2. Guide for managers written",
        "1) Course held in May\n2) Guide for managers written\n3) Leaflet printed",
        "1. Course held\n2. Guide written\n3. Leaflet printed",
    ]);
    m.typed(place, text(typed), Want::Is(typed.to_owned()), "several-items", "note");
    Some(())
}

fn stray(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let place = words(m, dice)?;
    let clean = said(&m.value(place)?);
    let (typed, wanted) = match dice.below(6) {
        0 => (format!("{clean} \u{a0}"), clean.clone()),
        1 => (clean.replacen(' ', "\u{a0}", 2), clean.clone()),
        2 => (format!("\u{200b}{clean}\u{feff}"), clean.clone()),
        3 => (format!("\t{clean}\t"), clean.clone()),
        4 => (format!("{clean}_x000D_\nmore of it"), format!("{clean}\nmore of it")),
        _ => (format!("• {clean}\n• “more” of it"), format!("• {clean}\n• “more” of it")),
    };
    m.own().set(place, text(&typed));
    m.want(place, Want::Is(wanted));
    Some(())
}

fn misread(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let place = words(m, dice)?;
    let (typed, wanted) = dice.pick(&[
        ("A grant of Â£nil", "A grant of £nil"),
        ("The Boardâ€™s own plan", "The Board\u{2019}s own plan"),
        ("Half way â€“ as agreed", "Half way – as agreed"),
    ])?;
    m.typed(place, text(typed), Want::Is(wanted.to_owned()), "text-repaired", "note");
    Some(())
}

fn ref_as_number(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let place = m.cell(dice, |place, cell| {
        let word = cell.map(said).unwrap_or_default();
        place.kind == Kind::Ref && word.matches('.').count() == 1 && !word.ends_with('0')
    })?;
    if m.is_claimed("plan refs") {
        return None;
    }
    let word = said(&m.value(place)?);
    m.typed(place, Cell::Number(word.parse().ok()?), Want::Is(word), "number-to-text", "note");
    Some(())
}

fn lost_zero(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let places = m.returns[0].places().into_iter().filter(|place| place.kind == Kind::Ref);
    let lost = |place: &Place| {
        m.value(*place)
            .map(|cell| said(&cell))
            .is_some_and(|word| word.matches('.').count() == 1 && word.ends_with('0'))
    };
    let places: Vec<Place> = places.filter(lost).collect();
    let place = dice.pick(&places)?;
    if !m.claim("plan refs") || !m.claim_row(place.row) {
        return None;
    }
    let word = said(&m.value(place)?);
    m.own().set(place, Cell::Number(word.parse().ok()?));
    // The plan has an entry with these words, and its ref is what was typed.
    m.answer("ref-by-wording", "query", Spot::Cell(place.row, place.column));
    Some(())
}

fn cut_off(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let place = words(m, dice)?;
    let mut typed = String::new();
    while typed.chars().count() < 255 {
        typed.push_str("Work went on in all teams as agreed with managers and families ");
    }
    let typed: String = typed.chars().take(255).collect();
    let typed = if typed.ends_with(' ') { format!("{}x", typed.trim_end()) } else { typed };
    m.typed(place, text(&typed), Want::Is(typed.clone()), "truncated-value", "query");
    Some(())
}

fn like_formula(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let place = words(m, dice)?;
    let typed = dice.word(&[
        "=see the minutes of May",
        "+ more staff in two teams",
        "- not begun in one team",
        "@Steering Group to decide",
        "=HYPERLINK(\"x\",\"minutes\")",
    ]);
    m.own().set(place, text(typed));
    m.want(place, Want::Is(typed.to_owned()));
    Some(())
}

fn personal(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let place = words(m, dice)?;
    let number = dice.word(&["999 000 0018", "9990000018", "999-000-0018"]);
    let before = dice.word(&["Case reviewed, NHS number", "NHS no", "Child's NHS number is"]);
    m.typed(place, text(&format!("{before} {number}")), Want::Held, "personal-data-suspected", "error");
    Some(())
}
