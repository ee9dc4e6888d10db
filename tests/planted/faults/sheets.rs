//! Faults of sheets and of what is counted, E11 to E19: totals, hidden rows, committed amounts, lines of two partners.

use super::*;

/// What the rows of a return come to.
fn cast(own: &Return, place: usize) -> i64 {
    own.rows.iter().filter_map(|row| row.amounts[place]).sum()
}

fn untotalled(board: &Board, spot: &Spot, place: usize) -> bool {
    matches!(board.returns[spot.at].totals[place], Total::Follows)
}

pub fn typed_total(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
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

pub fn short_sum(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let place = dice.below(5);
    if !untotalled(board, spot, place) {
        return None;
    }
    let own = &mut board.returns[spot.at];
    own.workbook = true;
    own.totals[place] = Total::Short(own.rows.len() - 1 - dice.below(2));
    Some(vec![Broken::Down(spot.partner, place)])
}

pub fn text_in_sum(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let place = dice.below(5);
    if !untotalled(board, spot, place) {
        return None;
    }
    board.returns[spot.at].workbook = true;
    row(board, spot).text.push(place);
    Some(vec![Broken::Down(spot.partner, place)])
}

pub fn hidden_left_out(_: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
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

pub fn hidden_counted(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let hidden = Row { hidden: true, ..another(dice, spot) };
    let own = &mut board.returns[spot.at];
    own.workbook = true;
    own.rows.push(hidden);
    Some(vec![ledger(spot)])
}

pub fn another_year(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let date = if dice.one_in(2) { (2013, 3, 20) } else { (2014, 4, 9) };
    let paid = Row { date: Some(date), ..another(dice, spot) };
    board.returns[spot.at].rows.push(paid);
    Some(vec![ledger(spot)])
}

pub fn committed(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let owed = amount(dice);
    let last = amounts(board, spot)[3];
    row(board, spot).committed = Some(owed);
    follow(board, spot, 3, Some(last + owed));
    Some(vec![ledger(spot)])
}

pub fn whole_pounds(_: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
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

pub fn two_partners(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
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

pub fn paid_twice(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
    let mut again = row(board, spot).clone();
    let (year, month, day) = again.date?;
    again.committed = None;
    again.date = Some((year, month, day + u8::try_from(dice.below(6)).ok()?));
    board.returns[spot.at].rows.push(again);
    Some(vec![ledger(spot)])
}

pub fn recharge(dice: &mut Dice, board: &mut Board, spot: &Spot) -> Option<Vec<Broken>> {
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
