//! Operators on dates: C15 to C30.

use super::clean::{Kind, Look, Package, Place, text};
use super::dice::Dice;
use super::mutant::{Mutant, Spot, Want};
use super::operators::Operator;
use crate::support::cells::Cell;
use jiff::ToSpan as _;
use jiff::civil::Date;

pub const OPERATORS: &[Operator] = &[
    Operator { code: "C15", name: "month in words", apply: month_in_words },
    Operator { code: "C16", name: "month taken for a day", apply: month_for_day },
    Operator { code: "C17", name: "month by format", apply: month_by_format },
    Operator { code: "C18", name: "quarter", apply: quarter },
    Operator { code: "C19", name: "no end", apply: no_end },
    Operator { code: "C20", name: "to be confirmed", apply: to_be_confirmed },
    Operator { code: "C22", name: "revised in the same cell", apply: revised },
    Operator { code: "C23", name: "school term", apply: term },
    Operator { code: "C24", name: "month before day", apply: month_first },
    Operator { code: "C24", name: "day first as text", apply: day_first },
    Operator { code: "C27", name: "a day that no month has", apply: no_such_day },
    Operator { code: "C27", name: "far away", apply: far },
    Operator { code: "C29", name: "ref became a date", apply: ref_as_date },
    Operator { code: "C30", name: "dates from 1904", apply: from_1904 },
];

/// A date of a table or form, and its day; it must meet a condition.
fn date(m: &mut Mutant<'_>, dice: &mut Dice, fits: impl Fn(Kind, Date) -> bool) -> Option<(Place, Date)> {
    let place = m.cell(dice, |place, cell| {
        matches!(place.kind, Kind::Date | Kind::Target)
            && matches!(cell, Some(Cell::Date(date)) if fits(place.kind, *date))
    })?;
    let Some(Cell::Date(date)) = m.value(place) else { return None };
    Some((place, date))
}

fn is_month_end(date: Date) -> bool {
    date == date.last_of_month()
}

/// First month of a quarter's end, in the year from April: 1 to 4, and the year in which that began.
fn quarter_of(date: Date) -> Option<(i8, i16)> {
    let quarter = match date.month() {
        6 => 1,
        9 => 2,
        12 => 3,
        3 => 4,
        _ => return None,
    };
    is_month_end(date).then(|| (quarter, if quarter == 4 { date.year() - 1 } else { date.year() }))
}

fn month_in_words(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let (place, date) = date(m, dice, |_, date| is_month_end(date))?;
    let form =
        dice.word(&["by %b %y", "%B %Y", "end of %B %Y", "%b %Y", "by end of %B %Y", "%b-%y", "%m/%Y"]);
    let want = Want::Is(format!("{date} to the month"));
    m.typed(place, text(&date.strftime(form).to_string()), want, "imprecise-date", "note");
    Some(())
}

fn month_for_day(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    // What was typed as a month and a year near the round's was taken for a day of the year in which it was typed.
    let (place, date) = date(m, dice, |_, _| true)?;
    let year = m.base.round.period.year - 2000;
    let day = i8::try_from(year).ok()? + i8::try_from(dice.below(5)).ok()?;
    let typed = Date::new(date.year(), [1, 3, 5, 7, 8, 10, 12][dice.below(7)], day).ok()?;
    m.look(place.sheet, Look::Format(place.row, place.column, "d-mmm"));
    m.typed(place, Cell::Date(typed), Want::Held, "date-to-confirm", "query");
    Some(())
}

fn month_by_format(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let (place, date) = date(m, dice, |_, date| is_month_end(date))?;
    m.look(place.sheet, Look::Format(place.row, place.column, dice.word(&["mmm-yy", "mmmm yyyy"])));
    let want = Want::Is(format!("{date} to the month"));
    m.typed(place, Cell::Date(date.first_of_month()), want, "imprecise-date", "note");
    Some(())
}

fn quarter(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let own = m.base.round.period.year;
    let (place, date) = date(m, dice, |_, date| quarter_of(date).is_some())?;
    let (quarter, year) = quarter_of(date)?;
    let (short, next) = (year % 100, (year + 1) % 100);
    let mut typed = vec![
        format!("Q{quarter} {short}/{next}"),
        format!("{year}-{next} Q{quarter}"),
        format!("Q{quarter} {year}/{next}"),
        format!("end of Q{quarter} {short}/{next}"),
    ];
    if year == own {
        typed.extend([format!("Q{quarter}"), format!("end of Q{quarter}")]);
    }
    let want = Want::Is(format!("{date} to the quarter"));
    m.typed(place, text(&dice.pick(&typed)?), want, "imprecise-date", "note");
    Some(())
}

fn no_end(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let (place, _) = date(m, dice, |kind, _| kind == Kind::Target)?;
    let typed = dice.word(&["Ongoing", "Continuous", "BAU", "on-going", "Business as usual", "ONGOING"]);
    m.typed(place, text(typed), Want::Blank, "no-end-date", "note");
    Some(())
}

fn to_be_confirmed(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let (place, _) = date(m, dice, |_, _| true)?;
    let typed = dice.word(&["TBC", "TBA", "?", "tbc", "To be confirmed", "???", "t.b.c."]);
    m.typed(place, text(typed), Want::Held, "to-be-confirmed", "query");
    Some(())
}

fn revised(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let (place, date) = date(m, dice, |kind, date| kind == Kind::Target && is_month_end(date))?;
    let first = date.checked_sub(2.months()).ok()?;
    let form = dice.word(&["%b %y", "%B %Y"]);
    let (before, after) = (first.strftime(form).to_string(), date.strftime(form).to_string());
    let typed = match dice.below(3) {
        0 => format!("{before} (revised {after})"),
        1 => format!("{before} revised to {after}"),
        _ => format!("{before}, now {after}"),
    };
    let revised = m.beside(place, "revised_date")?;
    if !m.claim_cell(revised) {
        return None;
    }
    let first = first.last_of_month();
    m.want(revised, Want::Is(format!("{date} to the month")));
    m.typed(place, text(&typed), Want::Is(format!("{first} to the month")), "revised-date", "note");
    Some(())
}

fn term(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let (place, date) = date(m, dice, |kind, date| kind == Kind::Target && date.month() == 12)?;
    let season = dice.word(&["Autumn term", "autumn term", "Autumn Term"]);
    let want = Want::Is(format!("{date} to the quarter"));
    m.typed(place, text(&format!("{season} {}", date.year())), want, "imprecise-date", "note");
    Some(())
}

fn month_first(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let (place, date) = date(m, dice, |_, date| date.day() > 12)?;
    let form = dice.word(&["%m/%d/%Y", "%m-%d-%Y", "%m.%d.%Y", "%-m/%d/%y"]);
    m.typed(place, text(&date.strftime(form).to_string()), Want::Held, "ambiguous-date", "query");
    Some(())
}

fn day_first(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let (place, date) = date(m, dice, |_, _| true)?;
    let form =
        dice.word(&["%d/%m/%Y", "%d.%m.%Y", "%-d %B %Y", "%d-%b-%Y", "%Y-%m-%d", "%d/%m/%y", "by %-d %b %Y"]);
    m.typed(
        place,
        text(&date.strftime(form).to_string()),
        Want::Is(date.to_string()),
        "date-as-text",
        "note",
    );
    Some(())
}

fn no_such_day(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let (place, _) = date(m, dice, |_, _| true)?;
    let typed = dice.word(&["31/06/2013", "30/02/2014", "31 June 2013", "31-Sep-2013", "29.02.2014"]);
    m.typed(place, text(typed), Want::Held, "no-such-date", "query");
    Some(())
}

fn far(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let (place, date) = date(m, dice, |_, _| true)?;
    let year = dice.pick(&[2104, 1914, 2203])?;
    let typed = Date::new(year, date.month(), date.day()).ok()?;
    m.typed(place, Cell::Date(typed), Want::Held, "date-to-confirm", "query");
    Some(())
}

fn ref_as_date(m: &mut Mutant<'_>, dice: &mut Dice) -> Option<()> {
    let (.., row) = m.any_row(dice, |table, _| table == "plan")?;
    let place =
        m.returns[0].places().into_iter().find(|place| place.row == row && place.kind == Kind::Ref)?;
    if !m.claim("plan refs") {
        return None;
    }
    let words = super::clean::said(&m.value(place)?);
    let mut parts = words.split('.').map(|part| part.parse::<i8>().unwrap_or(1));
    let (day, month) = (parts.next()?, parts.next()?);
    let year = parts.next().map_or(2014, |part| 2000 + i16::from(part));
    m.own().set(place, Cell::Date(Date::new(year, month.clamp(1, 12), day).ok()?));
    // The plan has an entry with these words, and its ref is what was typed.
    m.answer("ref-by-wording", "query", Spot::Cell(place.row, place.column));
    Some(())
}

fn from_1904(m: &mut Mutant<'_>, _: &mut Dice) -> Option<()> {
    if !m.claim("package") {
        return None;
    }
    m.own().package = Package::From1904;
    // Once for the file, at the first date that can be read.
    m.answer("dates-from-1904", "note", Spot::InFile);
    Some(())
}
