//! Faults in figures, E1 to E10: swapped, left out, counted twice, in another unit or with another sign.

use super::*;

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

pub fn swap_followed(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let quarter = dice.below(4);
    let wrong = swapped(dice, amounts(board, spot)[quarter])?;
    follow(board, spot, quarter, Some(wrong));
    Some(vec![ledger(spot)])
}

pub fn swap_quarter(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let quarter = dice.below(4);
    let wrong = swapped(dice, amounts(board, spot)[quarter])?;
    row(board, spot).amounts[quarter] = Some(wrong);
    Some(vec![across(spot)])
}

pub fn swap_year(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let wrong = swapped(dice, amounts(board, spot)[4])?;
    row(board, spot).amounts[4] = Some(wrong);
    Some(vec![ledger(spot), across(spot)])
}

pub fn stream_named(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
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
pub fn stream_silent(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
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

pub fn left_out(_: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    if board.returns[spot.at].rows.len() < 3 {
        return None;
    }
    board.returns[spot.at].rows.retain(|row| row.name != spot.line);
    Some(vec![ledger(spot)])
}

pub fn no_return(_: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
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

pub fn row_twice(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
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

pub fn second_return(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
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

pub fn minus_line(_: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let row = row(board, spot);
    row.amounts = row.amounts.map(|amount| amount.map(|amount| -amount));
    Some(vec![ledger(spot)])
}

pub fn minus_quarter(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let quarter = dice.below(4);
    let amount = amounts(board, spot)[quarter];
    follow(board, spot, quarter, Some(-amount));
    Some(vec![ledger(spot)])
}

pub fn slide_line(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
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

pub fn slide_quarter(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let quarter = dice.below(4);
    let wrong = slid(dice, amounts(board, spot)[quarter])?;
    follow(board, spot, quarter, Some(wrong));
    Some(vec![ledger(spot)])
}

pub fn slide_inside(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
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

pub fn vat_line(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
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

pub fn vat_quarter(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
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

pub fn cumulative_followed(_: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let row = row(board, spot);
    accumulate(row);
    row.amounts[4] = Some(row.amounts[..4].iter().flatten().sum());
    Some(vec![ledger(spot)])
}

pub fn cumulative(_: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    accumulate(row(board, spot));
    Some(vec![across(spot)])
}

pub fn prior_year(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
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

pub fn instalment_followed(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let quarter = dice.below(4);
    follow(board, spot, quarter, Some(0).filter(|_| dice.one_in(2)));
    Some(vec![ledger(spot)])
}

pub fn instalment(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let quarter = dice.below(4);
    row(board, spot).amounts[quarter] = Some(0).filter(|_| dice.one_in(2));
    Some(vec![across(spot)])
}
