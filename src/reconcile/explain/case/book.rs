//! What the ledger and the other returns say of a line, and the other lines of the ledger by their amounts.

use crate::model::{FileId, PartnerId};
use crate::round::LedgerLine;
use rust_decimal::Decimal;

/// What the ledger and the other returns say of a line.
#[derive(Debug, Clone)]
pub(in crate::reconcile::explain) struct Book<'a> {
    /// The ledger's line, which may be several of the same name; none if it does not have it.
    pub(in crate::reconcile::explain) lines: Vec<&'a LedgerLine>,
    /// Amounts on it in returns that were superseded, pounds.
    pub(in crate::reconcile::explain) superseded: Vec<(FileId, Decimal)>,
    /// Why nothing came, if no return of the partner is used.
    pub(in crate::reconcile::explain) nothing: Option<String>,
    /// All lines of the same ledger.
    pub(in crate::reconcile::explain) others: &'a Others,
    /// This line's place among them.
    pub(in crate::reconcile::explain) own: usize,
}

/// The lines of a ledger, to be found by their amounts.
#[derive(Debug, Default)]
pub(in crate::reconcile::explain) struct Others {
    lines: Vec<Other>,
    by_amount: Vec<(Decimal, usize)>,
    /// By what was stated less what the ledger has.
    by_difference: Vec<(Decimal, usize)>,
}

/// Most lines of the ledger with the same amount that are looked at.
const MOST_ALIKE: usize = 20;

impl Book<'_> {
    /// True if more other lines come to a difference, one way or the other, than are looked at.
    pub(in crate::reconcile::explain) fn passes_over(&self, difference: Decimal) -> bool {
        let many = |places: &[(Decimal, usize)], amount: Decimal| {
            alike(places, amount).filter(|place| *place != self.own).count() > MOST_ALIKE
        };
        many(&self.others.by_amount, difference) || many(&self.others.by_difference, -difference)
    }
}

impl Others {
    /// Takes the lines of a ledger, in its order.
    pub(in crate::reconcile::explain) fn new(lines: Vec<Other>) -> Self {
        let places = |amount: fn(&Other) -> Option<Decimal>| {
            let amounts = lines.iter().enumerate();
            let amounts = amounts.filter_map(|(place, line)| Some((amount(line)?, place)));
            let mut places: Vec<_> = amounts.filter(|(amount, _)| !amount.is_zero()).collect();
            places.sort_unstable();
            places
        };
        let (by_amount, by_difference) = (places(|line| Some(line.amount)), places(|line| line.difference));
        Self { lines, by_amount, by_difference }
    }

    /// Lines but `own` to which the ledger gives this amount, pounds.
    pub(in crate::reconcile::explain) fn with(
        &self,
        amount: Decimal,
        own: usize,
    ) -> impl Iterator<Item = &Other> {
        self.at(&self.by_amount, amount, own)
    }

    /// Lines but `own` that are out by this amount, pounds.
    pub(in crate::reconcile::explain) fn off_by(
        &self,
        amount: Decimal,
        own: usize,
    ) -> impl Iterator<Item = &Other> {
        self.at(&self.by_difference, amount, own)
    }

    fn at<'s>(
        &'s self,
        places: &'s [(Decimal, usize)],
        amount: Decimal,
        own: usize,
    ) -> impl Iterator<Item = &'s Other> {
        let others = alike(places, amount).filter(move |place| *place != own).take(MOST_ALIKE);
        others.filter_map(|place| self.lines.get(place))
    }
}

/// The places of an amount.
fn alike(places: &[(Decimal, usize)], amount: Decimal) -> impl Iterator<Item = usize> {
    let from = places.partition_point(|(other, _)| *other < amount);
    places[from..].iter().take_while(move |(other, _)| *other == amount).map(|(_, place)| *place)
}

/// Another line of the ledger.
#[derive(Debug, Clone)]
pub(in crate::reconcile::explain) struct Other {
    /// Its place in the ledger; the first of several of one name.
    pub(in crate::reconcile::explain) line: usize,
    pub(in crate::reconcile::explain) partner: Option<PartnerId>,
    /// What the ledger has on it, pounds.
    pub(in crate::reconcile::explain) amount: Decimal,
    /// What was stated on it less what the ledger has, pounds; `None` if it could not be tested.
    pub(in crate::reconcile::explain) difference: Option<Decimal>,
}
