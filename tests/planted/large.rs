//! Large rounds: many partners, many lines, three differences in every return.

use crate::board::{Board, POUND, Return, Total};
use crate::dice::Dice;
use std::collections::BTreeMap;

const FIRST: [&str; 10] = ["Ash", "Bram", "Cor", "Dun", "Ever", "Fox", "Gil", "Hart", "Ivel", "Kings"];
const MIDDLE: [&str; 10] = ["al", "bur", "cot", "den", "ing", "les", "mar", "nor", "stow", "wick"];
const LAST: [&str; 10] =
    ["bourne", "combe", "dale", "field", "ham", "ley", "minster", "port", "ton", "worth"];

/// A round of so many partners with so many lines each. With `off`, three lines of each return are wrong.
pub fn board(partners: usize, lines: usize, off: bool) -> Board {
    let mut dice = Dice::new(11);
    let mut board =
        Board { partners: Vec::new(), ledger: Vec::new(), earlier: BTreeMap::new(), returns: Vec::new() };
    for partner in 0..partners {
        let [a, b, c] = [partner % 10, partner / 10 % 10, partner / 100 % 10];
        let name = format!("{}{}{} Council", FIRST[a], MIDDLE[b], LAST[c]);
        let mut ledger = Vec::new();
        for line in 0..lines {
            let quarter = (1 + i64::try_from(dice.below(90_000)).unwrap_or(0)) * POUND;
            let mut amounts = [quarter, quarter + POUND, quarter + 2 * POUND, quarter + 3 * POUND, 0];
            amounts[4] = amounts[..4].iter().sum();
            ledger.push((format!("{} {} {line}", MIDDLE[line % 10], LAST[line / 10 % 10]), amounts));
        }
        let mut own = Return {
            partner,
            name: name.clone(),
            rows: Return::rows_of(&ledger),
            totals: [Total::Follows; 5],
            workbook: false,
            whole_pounds: false,
            recharges: Vec::new(),
            edits: BTreeMap::new(),
        };
        if off {
            let places = [
                dice.below(lines / 3),
                lines / 3 + dice.below(lines / 3),
                lines / 3 * 2 + dice.below(lines / 3),
            ];
            own.rows[places[0]].amounts[4] = own.rows[places[0]].amounts[4].map(|year| year * 10);
            own.rows[places[1]].amounts[1] =
                own.rows[places[1]].amounts[1].map(|quarter| quarter + 17 * POUND);
            own.rows[places[2]].amounts =
                own.rows[places[2]].amounts.map(|amount| amount.map(|amount| -amount));
            own.totals[1] = Total::Typed(own.stated(1).unwrap_or_default() - 17 * POUND);
        }
        board.partners.push(name);
        board.ledger.push(ledger);
        board.returns.push(own);
    }
    board
}
