//! Faults of E1 to E19, each made as a person would make it.

#![expect(clippy::unnecessary_wraps, reason = "all faults have one form")]

use crate::board::{Board, PENNY, POUND, Return, Row, Total, amount};
use crate::dice::Dice;

/// What a fault breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// A line of the ledger: partner and line.
    Ledger(usize, String),
    /// A row across.
    Across(usize, String),
    /// A column: its place among the amounts.
    Down(usize, usize),
    /// A recharge between two partners.
    Recharge(usize),
}

/// A fault that was planted.
#[derive(Debug, Clone)]
pub struct Planted {
    /// Which.
    pub kind: &'static str,
    /// The causes that are true of it.
    pub causes: &'static [&'static str],
    /// What it breaks, where it is looked for first in front.
    pub broken: Vec<Broken>,
}

type Plant = fn(&mut Dice, &mut Board, &Spot) -> Option<Vec<Broken>>;

/// Where a fault is planted: a return and a line of it.
pub struct Spot {
    /// The return's place.
    pub at: usize,
    /// The partner.
    pub partner: usize,
    /// The line.
    pub line: String,
}

/// Every kind: its name, the causes that are true of it, and how it is made.
pub const KINDS: &[(&str, &[&str], Plant)] = &[
    ("E1 stream, words beside it", &["other-stream"], stream_named),
    ("E1 stream, no words", &["other-stream", "wrong-line"], stream_silent),
    ("E2 digits, year follows", &["digits-swapped"], swap_followed),
    ("E2 digits, year right", &["digits-swapped"], swap_quarter),
    ("E2 digits of the year", &["digits-swapped"], swap_year),
    ("E3 line left out", &["left-out"], left_out),
    ("E3 no return", &["no-return"], no_return),
    ("E4 row twice", &["counted-twice"], row_twice),
    ("E4 second return", &["replaced-return"], second_return),
    ("E5 minus, whole line", &["wrong-sign"], minus_line),
    ("E5 minus, one quarter", &["wrong-sign"], minus_quarter),
    ("E6 slide, whole line", &["wrong-unit"], slide_line),
    ("E6 slide, one quarter", &["wrong-unit"], slide_quarter),
    ("E6 slide, year right", &["wrong-unit"], slide_inside),
    ("E7 VAT, whole line", &["vat-in-or-out"], vat_line),
    ("E7 VAT, one quarter", &["vat-in-or-out"], vat_quarter),
    ("E8 cumulative, year follows", &["cumulative-figures"], cumulative_followed),
    ("E8 cumulative, year right", &["cumulative-figures"], cumulative),
    ("E9 last year's figures", &["prior-year"], prior_year),
    ("E10 instalment, year follows", &["instalment-missing"], instalment_followed),
    ("E10 instalment, year right", &["instalment-missing"], instalment),
    ("E11 typed total", &["formula-at-fault"], typed_total),
    ("E12 short SUM", &["formula-at-fault"], short_sum),
    ("E13 text in a SUM", &["formula-at-fault", "text-in-total"], text_in_sum),
    ("E14 hidden row left out", &["hidden-row-counted", "formula-at-fault"], hidden_left_out),
    ("E14 hidden row counted", &["hidden-row-counted"], hidden_counted),
    ("E15 committed as paid", &["committed-counted"], committed),
    ("E15 another year", &["outside-the-year"], another_year),
    ("E16 whole pounds", &["rounding"], whole_pounds),
    ("E17 two partners on a line", &["two-partners-on-one-line"], two_partners),
    ("E18 paid twice", &["counted-twice"], paid_twice),
    ("E19 recharge on one side", &["one-sided-recharge"], recharge),
];

/// Plants a fault of a kind somewhere in a round.
pub fn plant(dice: &mut Dice, board: &mut Board, kind: usize) -> Planted {
    let (name, causes, make) = KINDS[kind % KINDS.len()];
    for _ in 0..200 {
        let at = dice.below(board.returns.len());
        let own = &board.returns[at];
        let Some(row) = dice.pick(&own.rows) else { continue };
        let untouched = board.ledger[own.partner]
            .iter()
            .any(|(line, amounts)| *line == row.name && amounts.map(Some) == row.amounts);
        let twice = board.returns.iter().filter(|other| other.partner == own.partner).count() > 1;
        if twice || row.hidden || !untouched || own.name.ends_with("(2)") || own.whole_pounds {
            continue;
        }
        let spot = Spot { at, partner: own.partner, line: row.name.clone() };
        if let Some(broken) = make(dice, board, &spot) {
            return Planted { kind: name, causes, broken };
        }
    }
    panic!("{name} could not be planted")
}

fn row<'b>(board: &'b mut Board, spot: &Spot) -> &'b mut Row {
    board.returns[spot.at].row(&spot.line).expect("the row is there")
}

/// A row's amounts.
fn amounts(board: &Board, spot: &Spot) -> [i64; 5] {
    let row = board.returns[spot.at].rows.iter().find(|row| row.name == spot.line);
    row.expect("the row is there").amounts.map(Option::unwrap_or_default)
}

/// Writes a quarter; the year follows.
fn follow(board: &mut Board, spot: &Spot, quarter: usize, amount: Option<i64>) {
    let row = row(board, spot);
    row.amounts[quarter] = amount;
    row.amounts[4] = Some(row.amounts[..4].iter().flatten().sum());
}

fn ledger(spot: &Spot) -> Broken {
    Broken::Ledger(spot.partner, spot.line.clone())
}

fn across(spot: &Spot) -> Broken {
    Broken::Across(spot.partner, spot.line.clone())
}

/// An amount with two neighbouring digits the other way round.
fn swapped(dice: &mut Dice, amount: i64) -> Option<i64> {
    let pennies = amount / PENNY;
    let (unit, number) = if pennies % 100 == 0 { (POUND, pennies / 100) } else { (PENNY, pennies) };
    let digits = number.to_string().into_bytes();
    let can = |place: &usize| digits[*place] != digits[place + 1] && (*place > 0 || digits[1] != b'0');
    let places: Vec<usize> = (0..digits.len().saturating_sub(1)).filter(can).collect();
    let place = dice.pick(&places)?;
    let mut swapped = digits.clone();
    swapped.swap(place, place + 1);
    Some(String::from_utf8(swapped).ok()?.parse::<i64>().ok()? * unit)
}

fn swap_followed(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let quarter = dice.below(4);
    let wrong = swapped(dice, amounts(board, spot)[quarter])?;
    follow(board, spot, quarter, Some(wrong));
    Some(vec![ledger(spot)])
}

fn swap_quarter(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let quarter = dice.below(4);
    let wrong = swapped(dice, amounts(board, spot)[quarter])?;
    row(board, spot).amounts[quarter] = Some(wrong);
    Some(vec![across(spot)])
}

fn swap_year(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let wrong = swapped(dice, amounts(board, spot)[4])?;
    row(board, spot).amounts[4] = Some(wrong);
    Some(vec![ledger(spot), across(spot)])
}

fn stream_named(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let thousands = 4 * (1 + i64::try_from(dice.below(20)).ok()?);
    let words = match dice.below(3) {
        0 => format!("inc £{thousands}k Adults and Health"),
        1 => format!("of which Adults and Health: £{thousands},000"),
        _ => format!("includes £{thousands},000 for the adults' board"),
    };
    let row = row(board, spot);
    row.note = words;
    for (place, amount) in row.amounts.iter_mut().enumerate() {
        let more = thousands * 1_000 * POUND / if place < 4 { 4 } else { 1 };
        *amount = amount.map(|amount| amount + more);
    }
    Some(vec![ledger(spot)])
}

/// Another line of the same partner is written into this one, and left out itself.
fn stream_silent(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let own = &mut board.returns[spot.at];
    let others: Vec<String> =
        own.rows.iter().map(|row| row.name.clone()).filter(|name| *name != spot.line).collect();
    let other = dice.pick(&others)?;
    let known = board.ledger[spot.partner].iter().any(|(line, amounts)| {
        *line == other && own.row(&other).is_some_and(|row| row.amounts == amounts.map(Some))
    });
    if !known || own.rows.len() < 3 {
        return None;
    }
    let more = own.row(&other)?.amounts;
    own.rows.retain(|row| row.name != other);
    for (amount, more) in own.row(&spot.line)?.amounts.iter_mut().zip(more) {
        *amount = amount.map(|amount| amount + more.unwrap_or_default());
    }
    Some(vec![ledger(spot)])
}

fn left_out(_: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    if board.returns[spot.at].rows.len() < 3 {
        return None;
    }
    board.returns[spot.at].rows.retain(|row| row.name != spot.line);
    Some(vec![ledger(spot)])
}

fn no_return(_: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    if board.returns.iter().filter(|own| own.partner == spot.partner).count() > 1
        || !board.returns[spot.at].recharges.is_empty()
    {
        return None;
    }
    let whole = board.returns[spot.at].rows.len() == board.ledger[spot.partner].len();
    if !whole {
        return None;
    }
    board.returns.remove(spot.at);
    Some(vec![ledger(spot)])
}

fn row_twice(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let mut again = row(board, spot).clone();
    if again.date.is_some() {
        return None;
    }
    again.committed = None;
    let rows = &mut board.returns[spot.at].rows;
    let own = rows.iter().position(|row| row.name == spot.line)?;
    let place = if dice.one_in(2) { own + 1 } else { rows.len() };
    rows.insert(place, again);
    Some(vec![ledger(spot)])
}

fn second_return(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    if board.returns.iter().filter(|own| own.partner == spot.partner).count() > 1
        || !board.returns[spot.at].recharges.is_empty()
    {
        return None;
    }
    let mut again: Return = board.returns[spot.at].clone();
    again.name.push_str(" (2)");
    let other = dice.below(again.rows.len());
    "checked".clone_into(&mut again.rows[other].note);
    board.returns.push(again);
    Some(vec![ledger(spot)])
}

fn minus_line(_: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let row = row(board, spot);
    row.amounts = row.amounts.map(|amount| amount.map(|amount| -amount));
    Some(vec![ledger(spot)])
}

fn minus_quarter(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let quarter = dice.below(4);
    let amount = amounts(board, spot)[quarter];
    follow(board, spot, quarter, Some(-amount));
    Some(vec![ledger(spot)])
}

fn slide_line(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let factor = [10, 100, 1_000][dice.below(3)];
    let down = dice.one_in(2);
    let row = row(board, spot);
    if down && row.amounts[4]? < 1_000 * POUND {
        return None;
    }
    row.amounts =
        row.amounts.map(|amount| amount.map(|amount| if down { amount / factor } else { amount * factor }));
    Some(vec![ledger(spot)])
}

fn slid(dice: &mut Dice, amount: i64) -> Option<i64> {
    let factor = [10, 100, 1_000][dice.below(3)];
    if dice.one_in(2) {
        return Some(amount * factor);
    }
    // A point that slips takes no digits with it.
    (amount >= 100 * POUND && amount % (factor * PENNY) == 0).then_some(amount / factor)
}

fn slide_quarter(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let quarter = dice.below(4);
    let wrong = slid(dice, amounts(board, spot)[quarter])?;
    follow(board, spot, quarter, Some(wrong));
    Some(vec![ledger(spot)])
}

fn slide_inside(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let quarter = dice.below(4);
    let wrong = slid(dice, amounts(board, spot)[quarter])?;
    row(board, spot).amounts[quarter] = Some(wrong);
    Some(vec![across(spot)])
}

/// An amount with or without a fifth more, to the penny.
fn taxed(amount: i64, with: bool) -> i64 {
    let pennies = amount / PENNY;
    (if with { (pennies * 12 + 5) / 10 } else { (pennies * 10 + 6) / 12 }) * PENNY
}

fn vat_line(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let with = !dice.one_in(4);
    let row = row(board, spot);
    if row.amounts[4]? < 400 * POUND {
        return None;
    }
    for amount in &mut row.amounts[..4] {
        *amount = amount.map(|amount| taxed(amount, with));
    }
    row.amounts[4] = Some(row.amounts[..4].iter().flatten().sum());
    Some(vec![ledger(spot)])
}

fn vat_quarter(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let (quarter, with) = (dice.below(4), !dice.one_in(4));
    let amount = amounts(board, spot)[quarter];
    if amount < 130 * POUND {
        return None;
    }
    follow(board, spot, quarter, Some(taxed(amount, with)));
    Some(vec![ledger(spot)])
}

fn accumulate(row: &mut Row) {
    let mut so_far = 0;
    for amount in &mut row.amounts[..4] {
        so_far += amount.unwrap_or_default();
        *amount = Some(so_far);
    }
}

fn cumulative_followed(_: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let row = row(board, spot);
    accumulate(row);
    row.amounts[4] = Some(row.amounts[..4].iter().flatten().sum());
    Some(vec![ledger(spot)])
}

fn cumulative(_: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    accumulate(row(board, spot));
    Some(vec![across(spot)])
}

fn prior_year(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let key = (spot.partner, spot.line.clone());
    let was = board.earlier.get(&key).copied().unwrap_or_else(|| {
        // Last year's figures are a little less.
        let mut was = amounts(board, spot).map(|amount| {
            amount / 100 * (90 + i64::try_from(dice.below(8)).unwrap_or(0)) / POUND * POUND + POUND
        });
        was[4] = was[..4].iter().sum();
        was
    });
    board.earlier.insert(key, was);
    row(board, spot).amounts = was.map(Some);
    Some(vec![ledger(spot)])
}

fn instalment_followed(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let quarter = dice.below(4);
    follow(board, spot, quarter, Some(0).filter(|_| dice.one_in(2)));
    Some(vec![ledger(spot)])
}

fn instalment(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let quarter = dice.below(4);
    row(board, spot).amounts[quarter] = Some(0).filter(|_| dice.one_in(2));
    Some(vec![across(spot)])
}

/// What the rows of a return come to.
fn cast(own: &Return, place: usize) -> i64 {
    own.rows.iter().filter_map(|row| row.amounts[place]).sum()
}

fn untotalled(board: &Board, spot: &Spot, place: usize) -> bool {
    matches!(board.returns[spot.at].totals[place], Total::Follows)
}

fn typed_total(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let place = dice.below(5);
    if !untotalled(board, spot, place) {
        return None;
    }
    let own = &mut board.returns[spot.at];
    own.workbook = true;
    // The total was typed when the line was another.
    let since = amount(dice);
    own.totals[place] = Total::Typed(cast(own, place) + since);
    Some(vec![Broken::Down(spot.partner, place)])
}

fn short_sum(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let place = dice.below(5);
    if !untotalled(board, spot, place) {
        return None;
    }
    let own = &mut board.returns[spot.at];
    own.workbook = true;
    own.totals[place] = Total::Short(own.rows.len() - 1 - dice.below(2));
    Some(vec![Broken::Down(spot.partner, place)])
}

fn text_in_sum(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let place = dice.below(5);
    if !untotalled(board, spot, place) {
        return None;
    }
    board.returns[spot.at].workbook = true;
    row(board, spot).text.push(place);
    Some(vec![Broken::Down(spot.partner, place)])
}

fn hidden_left_out(_: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    if !(0..5).all(|place| untotalled(board, spot, place)) {
        return None;
    }
    row(board, spot).hidden = true;
    let own = &mut board.returns[spot.at];
    own.workbook = true;
    for place in 0..5 {
        let seen = own.rows.iter().filter(|row| !row.hidden);
        own.totals[place] = Total::Typed(seen.filter_map(|row| row.amounts[place]).sum());
    }
    Some(vec![Broken::Down(spot.partner, 4)])
}

fn another(dice: &mut Dice, spot: &Spot) -> Row {
    let quarter = dice.below(4);
    let sum = amount(dice);
    let mut row = Row { name: spot.line.clone(), amounts: [Some(0); 5], ..Row::default() };
    row.amounts[quarter] = Some(sum);
    row.amounts[4] = Some(sum);
    row
}

fn hidden_counted(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let hidden = Row { hidden: true, ..another(dice, spot) };
    let own = &mut board.returns[spot.at];
    own.workbook = true;
    own.rows.push(hidden);
    Some(vec![ledger(spot)])
}

fn another_year(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let date = if dice.one_in(2) { (2013, 3, 20) } else { (2014, 4, 9) };
    let paid = Row { date: Some(date), ..another(dice, spot) };
    board.returns[spot.at].rows.push(paid);
    Some(vec![ledger(spot)])
}

fn committed(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let owed = amount(dice);
    let last = amounts(board, spot)[3];
    row(board, spot).committed = Some(owed);
    follow(board, spot, 3, Some(last + owed));
    Some(vec![ledger(spot)])
}

fn whole_pounds(_: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let own = &mut board.returns[spot.at];
    let odd = amounts_of(own, &spot.line)?[4] % POUND != 0;
    if !odd
        || !own.rows.iter().all(|row| row.text.is_empty())
        || own.totals.iter().any(|total| !matches!(total, Total::Follows))
    {
        return None;
    }
    own.workbook = true;
    own.whole_pounds = true;
    for row in &mut own.rows {
        row.amounts =
            row.amounts.map(|amount| amount.map(|amount| (amount + POUND / 2).div_euclid(POUND) * POUND));
        row.committed = None;
    }
    Some(vec![ledger(spot)])
}

fn amounts_of(own: &Return, line: &str) -> Option<[i64; 5]> {
    Some(own.rows.iter().find(|row| row.name == line)?.amounts.map(Option::unwrap_or_default))
}

fn two_partners(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let other = dice.below(board.returns.len());
    let (partner, rows) = (board.returns[other].partner, board.returns[other].rows.clone());
    let theirs = dice.pick(&rows)?;
    let known = board.ledger[partner]
        .iter()
        .any(|(line, amounts)| *line == theirs.name && theirs.amounts == amounts.map(Some));
    let alone = board.returns.iter().filter(|own| own.partner == partner).count() == 1;
    if partner == spot.partner || !known || !alone || rows.len() < 3 || board.returns[other].whole_pounds {
        return None;
    }
    board.returns[other].rows.retain(|row| row.name != theirs.name);
    for (amount, more) in row(board, spot).amounts.iter_mut().zip(theirs.amounts) {
        *amount = amount.map(|amount| amount + more.unwrap_or_default());
    }
    Some(vec![ledger(spot)])
}

fn paid_twice(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let mut again = row(board, spot).clone();
    let (year, month, day) = again.date?;
    again.committed = None;
    again.date = Some((year, month, day + u8::try_from(dice.below(6)).ok()?));
    board.returns[spot.at].rows.push(again);
    Some(vec![ledger(spot)])
}

fn recharge(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let other = dice.below(board.partners.len());
    if other == spot.partner || !board.returns.iter().any(|own| own.partner == other) {
        return None;
    }
    if board
        .returns
        .iter()
        .any(|own| own.recharges.iter().any(|(with, _, _)| *with == other || *with == spot.partner))
    {
        return None;
    }
    let out = dice.one_in(2);
    let sum = amount(dice);
    let own = &mut board.returns[spot.at];
    own.workbook = true;
    own.recharges.push((other, out, sum));
    Some(vec![Broken::Recharge(spot.partner)])
}
