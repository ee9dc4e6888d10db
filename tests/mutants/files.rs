//! Operators on files and sheets: F02 to F19.

use super::clean::{Kind, Look, Package, Place, Role, day, text};
use super::dice::Dice;
use super::mutant::{Mutant, Spot, State, Want};
use super::operators::{Operator, money_consequences};
use crate::support::cells::Cell;

pub const OPERATORS: &[Operator] = &[
    Operator { code: "F02", name: "macros", apply: macros },
    Operator { code: "F03", name: "password", apply: password },
    Operator { code: "F04", name: "sheet protection", apply: protection },
    Operator { code: "F06", name: "a document", apply: document },
    Operator { code: "F07", name: "an empty file beside it", apply: empty_file },
    Operator { code: "F07", name: "a copy", apply: copy },
    Operator { code: "F08", name: "two returns", apply: two_returns },
    Operator { code: "F10", name: "last year's template", apply: old_template },
    Operator { code: "F11", name: "no mark of the template", apply: no_mark },
    Operator { code: "F12", name: "hidden sheet", apply: hidden_sheet },
    Operator { code: "F14", name: "another period", apply: other_period },
    Operator { code: "F14", name: "a title with another quarter", apply: other_title },
    Operator { code: "F16", name: "comments", apply: comments },
    Operator { code: "F17", name: "text box", apply: text_box },
    Operator { code: "F18", name: "ending that does not match", apply: ending },
    Operator { code: "F19", name: "cut short", apply: cut_short },
];

fn macros(m: &mut Mutant<'_>, _: &mut Dice) -> Option<()> {
    if !m.claim("package") || !m.claim("name") {
        return None;
    }
    m.own().package = Package::Macros;
    m.own().file = m.own().file.replace(".xlsx", ".xlsm");
    m.answer("macros-present", "note", Spot::File);
    Some(())
}

/// Nothing of the file can be read: nothing else is applied to it.
fn refused(m: &mut Mutant<'_>, package: Package) -> Option<()> {
    if !m.applied.is_empty() || !m.claim("package") || !m.claim("name") {
        return None;
    }
    m.claim("alone");
    m.own().package = package;
    m.states[0] = State::Unused;
    m.answer("refused-file", "error", Spot::File);
    m.aside("missing-submission", Spot::Any);
    money_consequences(m);
    Some(())
}

fn password(m: &mut Mutant<'_>, _: &mut Dice) -> Option<()> {
    refused(m, Package::Password)
}

fn document(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let (package, ending) = dice.pick(&[(Package::Word, ".docx"), (Package::Pdf, ".pdf")])?;
    refused(m, package)?;
    m.own().file = m.own().file.replace(".xlsx", ending);
    Some(())
}

fn cut_short(m: &mut Mutant<'_>, _: &mut Dice) -> Option<()> {
    refused(m, Package::Cut)
}

#[allow(clippy::unnecessary_wraps, reason = "operators may find no place")]
fn protection(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let sheet = dice.below(m.returns[0].sheets.len());
    m.look(sheet, Look::Protected);
    Some(())
}

fn empty_file(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let name = dice.word(&["Draft.xlsx", "~return.xlsx", "zz empty.xlsx"]);
    if !m.claim("empty file") {
        return None;
    }
    m.others.push((name.to_owned(), Vec::new()));
    m.answer("refused-file", "error", Spot::Words(name.to_owned()));
    Some(())
}

fn copy(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    if !m.applied.is_empty() || !m.claim("name") || !m.claim("alone") {
        return None;
    }
    let mut copy = m.returns[0].clone();
    let stem = copy.file.trim_end_matches(".xlsx").to_owned();
    copy.file = match dice.below(3) {
        0 => format!("Copy of {stem}.xlsx"),
        1 => format!("{stem} - Copy.xlsx"),
        _ => format!("{stem} (conflicted copy).xlsx"),
    };
    let name = copy.file.clone();
    let truth = m.truths[0].clone();
    m.returns.push(copy);
    m.states.push(State::Unused);
    m.truths.push(truth);
    m.answer("repeated-file", "note", Spot::Words(name));
    Some(())
}

fn other_title(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let sheet = dice.below(m.returns[0].sheets.len());
    if m.returns[0].sheets[sheet].hidden
        || !m.claim("title with a quarter")
        || !m.claim(&format!("above {sheet}"))
    {
        return None;
    }
    let ours = m.base.round.period.quarter?;
    let quarter =
        dice.pick(&[1, 2, 3, 4].into_iter().filter(|quarter| *quarter != ours).collect::<Vec<u8>>())?;
    let words = match dice.below(3) {
        0 => format!("Monitoring return Q{quarter}"),
        1 => format!("Quarter {quarter} return"),
        _ => format!(
            "Return for Q{quarter} {}-{}",
            m.base.round.period.year,
            (m.base.round.period.year + 1) % 100
        ),
    };
    let own = &mut m.own().sheets[sheet];
    own.blocks[0].above.push(words);
    let id = own.id;
    m.answer("period-differs", "query", Spot::On(id));
    Some(())
}

fn two_returns(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    if !m.applied.is_empty() || !m.claim("name") || !m.claim("alone") {
        return None;
    }
    let mut old = m.returns[0].clone();
    let truth = m.truths[0].clone();
    let stem = old.file.trim_end_matches(".xlsx").to_owned();
    let later = dice.below(3);
    let (name, newer) = match later {
        0 => (format!("{stem} v1.xlsx"), format!("{stem} v2.xlsx")),
        1 => (format!("{stem}.xlsx"), format!("{stem} (2).xlsx")),
        _ => (format!("{stem} a.xlsx"), format!("{stem} b FINAL.xlsx")),
    };
    let written = old.places().into_iter().find(|place| place.field == "completed_on")?;
    if dice.one_in(2) {
        // The cover says which is newer, whatever the names say.
        let Some(Cell::Date(date)) = old.cell(written).cloned() else { return None };
        old.set(written, day(date.year(), date.month(), date.day() - 2));
    }
    old.file = name;
    m.own().file = newer;
    let text_place = |place: &Place, cell: Option<&Cell>| {
        matches!(place.kind, Kind::Text | Kind::Update) && cell.is_some()
    };
    let changed = m.cell(dice, text_place)?;
    m.own().set(changed, text("Put right since the first return"));
    m.want(changed, Want::Is("Put right since the first return".to_owned()));
    let file = old.file.clone();
    m.returns.push(old);
    m.states.push(State::Unused);
    m.truths.push(truth);
    m.answer("superseded-submission", "query", Spot::Words(file));
    // The ledger is held against all that was typed, so that nobody thinks that both were paid.
    m.aside("control-total-mismatch", Spot::Any);
    Some(())
}

fn old_template(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let place = m.cell(dice, |place, _| ["template_version", "version"].contains(&place.field))?;
    let typed =
        if place.field == "version" { "1" } else { dice.word(&["2012-13.1", "2012-13", "2013-14.1"]) };
    m.typed(place, text(typed), Want::Is(typed.to_owned()), "wrong-template", "query");
    Some(())
}

fn no_mark(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let place = m.cell(dice, |place, _| ["template_version", "version"].contains(&place.field))?;
    m.own().clear(place);
    m.want(place, Want::Blank);
    m.answer("own-layout", "note", Spot::File);
    m.answer("constraint-error", "query", Spot::Cell(place.row, place.column));
    Some(())
}

fn hidden_sheet(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let name = dice.word(&["Lists", "Old figures", "Working"]);
    if !m.claim(&format!("sheet {name}")) {
        return None;
    }
    let own = m.own();
    let sheet = own.sheet(name);
    own.sheets[sheet].hidden = true;
    own.sheets[sheet].very_hidden = dice.one_in(3);
    let columns = [("", "Something", Kind::Other, false), ("", "Something else", Kind::Other, false)];
    let rows = vec![(Role::Data, vec![Some(text("Left over")), Some(text("From last year"))])];
    own.table(sheet, "", &[], &columns, rows);
    let id = own.sheets[sheet].id;
    m.answer("hidden-content", "query", Spot::Sheet(id));
    Some(())
}

fn other_period(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    if !m.applied.is_empty() || !m.claim("alone") {
        return None;
    }
    let place = m.cell(dice, |place, _| place.field == "period")?;
    let year = m.base.round.period.year;
    let typed = match dice.below(3) {
        0 => format!("{year}-{} Q3", (year + 1) % 100),
        1 => format!("{}-{} Q4", year - 1, year % 100),
        _ => format!("Q1 {year}-{}", (year + 1) % 100),
    };
    m.own().set(place, text(&typed));
    m.states[0] = State::Unused;
    m.answer("wrong-period", "error", Spot::Cell(place.row, place.column));
    m.aside("missing-submission", Spot::Any);
    money_consequences(m);
    Some(())
}

fn comments(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let place = m.cell(dice, |place, cell| place.kind != Kind::Rating && cell.is_some())?;
    if !m.claim(&format!("comments {}", place.sheet)) {
        return None;
    }
    m.look(place.sheet, Look::Comment(place.row, place.column, "The course in May is full".to_owned()));
    let id = m.returns[0].sheets[place.sheet].id;
    m.answer("comments-present", "note", Spot::Sheet(id));
    Some(())
}

fn text_box(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let place = m.cell(dice, |place, cell| place.kind != Kind::Rating && cell.is_some())?;
    if !m.claim(&format!("text box {}", place.sheet)) {
        return None;
    }
    m.look(place.sheet, Look::TextBox(place.row, place.column, "Ask for the new form".to_owned()));
    m.answer("text-box", "note", Spot::Cell(place.row, place.column));
    Some(())
}

fn ending(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    if !m.claim("name") || m.is_claimed("package") {
        return None;
    }
    m.own().file = m.own().file.replace(".xlsx", dice.word(&[".xls", ".csv", ".ods"]));
    m.answer("wrong-extension", "note", Spot::File);
    Some(())
}
