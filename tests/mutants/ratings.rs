//! Operators on ratings and on who leads: C01 to C13.

use super::clean::{Kind, Look, Place, number, said, text};
use super::dice::Dice;
use super::mutant::{Mutant, Spot, Want};
use super::operators::Operator;
use crate::support::cells::Cell;

pub const OPERATORS: &[Operator] = &[
    Operator { code: "C01", name: "rating by fill alone", apply: colour_alone },
    Operator { code: "C02", name: "word and fill disagree", apply: colour_and_word },
    Operator { code: "C03", name: "two ratings", apply: two_ratings },
    Operator { code: "C04", name: "arrow of a symbol font", apply: arrow },
    Operator { code: "C04", name: "tick of a symbol font", apply: tick },
    Operator { code: "C05", name: "numbers as icons", apply: icons },
    Operator { code: "C06", name: "fill outside the key", apply: colour_outside },
    Operator { code: "C07", name: "no rating", apply: no_rating },
    Operator { code: "C08", name: "now and before", apply: now_and_before },
    Operator { code: "C09", name: "two leads", apply: two_leads },
    Operator { code: "C10", name: "another name", apply: alias },
    Operator { code: "C10", name: "the code of the list", apply: code },
    Operator { code: "C10", name: "unknown name", apply: unknown_name },
    Operator { code: "C11", name: "earlier or later name", apply: successor },
    Operator { code: "C12", name: "all agencies", apply: all_agencies },
    Operator { code: "C13", name: "complete and not green", apply: contradiction },
];

/// A rating of the plan in a row whose rating and status nothing else has, and its word.
fn rating(m: &mut Mutant<'_>, dice: &mut Dice, words: &[&str], status: &[&str]) -> Option<(Place, String)> {
    let own = m.returns[0].clone();
    let fits = |place: &Place, cell: Option<&Cell>| {
        let stated = own.row(place.row);
        let is = |cell: &Cell, of: &[&str]| of.is_empty() || of.contains(&said(cell).as_str());
        place.kind == Kind::Rating
            && cell.is_some_and(|cell| is(cell, words))
            && stated.cells.values().any(|cell| is(cell, status))
    };
    let place = m.cell(dice, fits)?;
    if !m.claim(&format!("rating of {}", place.row)) {
        return None;
    }
    let word = said(&m.value(place)?);
    Some((place, word))
}

fn fills(word: &str) -> &'static [u32] {
    match word {
        "Red" => &[0xC0_00_00, 0xFF_00_00, 0xFF_C7_CE, 0xE0_3C_31],
        "Amber" => &[0xFF_C0_00, 0xFF_EB_9C, 0xFF_FF_00, 0xF4_B1_83],
        _ => &[0x00_B0_50, 0x92_D0_50, 0xC6_EF_CE, 0x70_AD_47],
    }
}

fn colour_alone(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let (place, word) = rating(m, dice, &[], &[])?;
    m.own().clear(place);
    let fill = dice.pick(fills(&word))?;
    m.look(place.sheet, Look::Fill(place.row, place.column, fill));
    m.answer("rating-by-colour", "note", Spot::Cell(place.row, place.column));
    Some(())
}

fn colour_and_word(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    // The worse of the two is used: here always the word, or amber for a green that is not complete.
    let (place, word) = rating(m, dice, &[], &["In progress"])?;
    let other = match word.as_str() {
        "Red" => dice.word(&["Green", "Amber"]),
        "Amber" => "Green",
        _ => "Amber",
    };
    let fill = dice.pick(fills(other))?;
    m.look(place.sheet, Look::Fill(place.row, place.column, fill));
    if word == "Green" {
        m.want(place, Want::Is("Amber".to_owned()));
    }
    m.answer("colour-disagrees", "query", Spot::Cell(place.row, place.column));
    Some(())
}

fn two_ratings(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let (place, word) = rating(m, dice, &["Red", "Amber"], &[])?;
    let typed = match word.as_str() {
        "Red" => dice.word(&["Red/Amber", "R/A", "R-A", "Amber / Red", "red to amber", "Red & Green"]),
        _ => dice.word(&["Amber/Green", "A/G", "A-G", "G/A", "amber or green", "Amber and Green"]),
    };
    m.typed(place, text(typed), Want::Is(word), "two-ratings", "note");
    Some(())
}

fn arrow(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let place = m.filled(dice, Kind::Direction)?;
    let word = said(&m.value(place)?);
    let (font, letter) = dice.pick(match word.as_str() {
        "Better" => &[("Wingdings 3", "h"), ("Wingdings 3", "p"), ("Wingdings", "é"), ("Webdings", "5")],
        "Worse" => &[("Wingdings 3", "i"), ("Wingdings 3", "q"), ("Wingdings", "ê"), ("Webdings", "6")],
        _ => &[("Wingdings 3", "g"), ("Wingdings", "è"), ("Webdings", "4"), ("Wingdings 3", "f")],
    })?;
    m.look(place.sheet, Look::Font(place.row, place.column, font));
    m.typed(place, text(letter), Want::Is(word), "symbol-read", "note");
    Some(())
}

fn tick(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let fits = |place: &Place, cell: Option<&Cell>| {
        place.kind == Kind::Status && cell.is_some_and(|cell| said(cell) == "Complete")
    };
    let place = m.cell(dice, fits)?;
    if !m.claim(&format!("rating of {}", place.row)) {
        return None;
    }
    let (font, letter) = dice.pick(&[("Wingdings", "ü"), ("Wingdings 2", "P"), ("Webdings", "a")])?;
    m.look(place.sheet, Look::Font(place.row, place.column, font));
    m.typed(place, text(letter), Want::Is("Complete".to_owned()), "symbol-read", "note");
    Some(())
}

fn icons(m: &mut Mutant<'_>, _: &mut Dice) -> Option<()> {
    let places: Vec<Place> =
        m.returns[0].places().into_iter().filter(|place| place.kind == Kind::Rating).collect();
    let first = *places.first()?;
    // On one sheet: an icon rule is a sheet's own.
    if places.iter().any(|place| place.column != first.column)
        || places.iter().any(|place| m.is_claimed(&format!("rating of {}", place.row)))
        || !m.claim_column(first.column)
    {
        return None;
    }
    for place in &places {
        m.claim(&format!("rating of {}", place.row));
        let value = match said(&m.value(*place)?).as_str() {
            "Red" => 1.0,
            "Amber" => 2.0,
            _ => 3.0,
        };
        m.own().set(*place, number(value));
    }
    m.look(first.sheet, Look::Icons(first.column));
    // Once for the column, at its first row, whichever that is.
    m.answer("icon-rating", "note", Spot::On(m.returns[0].sheets[first.sheet].id));
    Some(())
}

fn colour_outside(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let (place, _) = rating(m, dice, &[], &[])?;
    let fill = dice.pick(&[0x00_70_C0, 0x70_30_A0, 0x00_B0_F0, 0x00_20_60])?;
    m.own().clear(place);
    m.look(place.sheet, Look::Fill(place.row, place.column, fill));
    m.want(place, Want::Held);
    m.answer("colour-unclear", "query", Spot::Cell(place.row, place.column));
    Some(())
}

fn no_rating(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let (place, _) = rating(m, dice, &[], &["In progress"])?;
    m.own().clear(place);
    m.want(place, Want::Blank);
    m.answer("row-constraint", "query", Spot::Cell(place.row, place.column));
    Some(())
}

fn now_and_before(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let (place, word) = rating(m, dice, &[], &[])?;
    let typed = match word.as_str() {
        "Red" => dice.word(&["R (was A)", "Red (was Amber)", "Red, previously Green"]),
        "Amber" => dice.word(&["A (was R)", "Amber (was Red)", "Amber previously Green"]),
        _ => dice.word(&["G (was A)", "Green (was Red)", "Green, previously Amber"]),
    };
    m.typed(place, text(typed), Want::Is(word), "synonym-used", "note");
    Some(())
}

fn two_leads(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let place = m.filled(dice, Kind::Agency)?;
    let first = said(&m.value(place)?);
    let other = if first == "CAFCASS" { "Business Unit" } else { "CAFCASS" };
    let between = dice.word(&["/", " / ", " & ", " and ", "; "]);
    let typed = format!("{first}{between}{other}");
    m.typed(place, text(&typed), Want::Is(first), "first-of-several", "note");
    Some(())
}

fn alias(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let place = m.filled(dice, Kind::Agency)?;
    let name = said(&m.value(place)?);
    let typed = match name.as_str() {
        "Herefordshire Council" => dice.word(&["Hfds Council", "Council", "CSC", "the council"]),
        "NHS Herefordshire" => dice.word(&["NHS H'fordshire", "Health", "CCG", "nhs h’fordshire"]),
        _ => dice.word(&["W Mercia Police", "West Mercia Constabulary", "Police"]),
    };
    m.typed(place, text(typed), Want::Is(name), "alias-used", "note");
    Some(())
}

/// The partner's code in the round's list, as *WMP*.
fn code(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let place = m.filled(dice, Kind::Agency)?;
    let name = said(&m.value(place)?);
    let partner = m.base.round.partners.iter().find(|partner| partner.name == name)?;
    let typed = if dice.one_in(2) { partner.code.clone() } else { partner.code.to_lowercase() };
    m.typed(place, text(&typed), Want::Is(name), "alias-used", "note");
    Some(())
}

fn unknown_name(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let place = m.filled(dice, Kind::Agency)?;
    let typed = dice.word(&["YISP", "Wye Valley NHS Trust", "The Hospital", "Ambulance Service"]);
    m.typed(place, text(typed), Want::Held, "unknown-agency", "query");
    Some(())
}

fn successor(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let fits = |place: &Place, cell: Option<&Cell>| {
        place.kind == Kind::Agency && cell.is_some_and(|cell| said(cell) == "NHS Herefordshire")
    };
    let place = m.cell(dice, fits)?;
    let typed = dice.word(&["Herefordshire CCG", "H'fordshire CCG", "Herefordshire PCT"]);
    m.typed(place, text(typed), Want::Is("NHS Herefordshire".to_owned()), "successor-used", "note");
    Some(())
}

fn all_agencies(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let place = m.filled(dice, Kind::Agencies)?;
    let typed = dice.word(&["All", "All agencies", "all partners"]);
    // All who send a return.
    let senders = m.base.round.partners.iter().filter(|partner| partner.sends);
    let names: Vec<&str> = senders.map(|partner| partner.name.as_str()).collect();
    let all = names.join("; ");
    m.typed(place, text(typed), Want::Is(all), "all-agencies", "note");
    Some(())
}

fn contradiction(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let (place, _) = rating(m, dice, &["Green"], &["Complete"])?;
    let word = dice.word(&["Red", "Amber"]);
    let barriers = m.beside(place, "barriers")?;
    if !m.claim_cell(barriers) {
        return None;
    }
    m.own().set(barriers, text("A post is vacant"));
    m.want(barriers, Want::Is("A post is vacant".to_owned()));
    m.typed(place, text(word), Want::Is(word.to_owned()), "contradictory-status", "query");
    Some(())
}
