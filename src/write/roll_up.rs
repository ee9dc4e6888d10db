//! One row a group of the register: how many of its entries have which rating, and what that makes the group.

use super::cells::{self, Item};
use super::context::{Context, Press};
use super::list::{Column, List};
use super::rating::Ratings;
use super::styles::Look;
use crate::error::Error;
use crate::overview::{in_words, moved};
use crate::schema::OutputKind;
use rust_xlsxwriter::Worksheet;

/// Makes the sheet.
pub(super) fn make(cx: &Context<'_>, press: &mut Press, output: usize) -> Result<Vec<Worksheet>, Error> {
    let OutputKind::RollUp { table, group, show } = &cx.output(output).kind else { return Ok(Vec::new()) };
    let groups = cx.data.groups.get(output).map_or(&[][..], Vec::as_slice);
    let ratings = Ratings::new(cx, *table);
    let labels = ratings.labels();
    let mut columns = vec![Column::new(cells::heading_title(cx.round, Some(*table), group), Look::Wrap)];
    for name in show {
        columns.push(Column::new(cells::heading_title(cx.round, Some(*table), name), Look::Wrap));
    }
    columns.push(Column::new("Actions", Look::Whole).totalled());
    for label in &labels {
        columns.push(Column::new((*label).to_owned(), Look::Whole).totalled());
    }
    columns.push(Column::new("Not reported", Look::Whole).totalled());
    columns.push(Column::new("Roll-up", Look::Centre));
    let before = cx.overview().rated_before(output);
    if let Some(before) = before {
        columns.push(Column::new(format!("In {before}"), Look::Centre));
        columns.push(Column::new("Direction", Look::Centre));
    }
    columns.push(Column::new("In words", Look::Wrap));
    let mut page = cx.page(output);
    if let Some(movement) = cx.overview().movement(output) {
        let words = [page.description.as_str(), &movement].join(" ");
        words.trim().clone_into(&mut page.description);
    }
    let mut list = List::new(&mut press.book, page, &cx.styles, columns, Some(groups.len()))?;
    for group in groups {
        let mut items = vec![Item::Text(&group.name)];
        items.extend(
            (0..show.len()).map(|index| group.show.get(index).map_or(Item::Blank, |s| Item::Text(s))),
        );
        items.push(Item::Whole(i64::from(group.entries)));
        items.extend(
            (0..labels.len())
                .map(|index| Item::Whole(group.by_rating.get(index).map_or(0, |count| i64::from(*count)))),
        );
        items.push(Item::Whole(i64::from(group.not_reported)));
        items.push(ratings.item(group.rolled));
        if before.is_some() {
            items.push(ratings.item(group.before));
            items.push(moved(group).map_or(Item::Unknown("not known"), |moved| Item::Text(moved.words())));
        }
        items.push(Item::Owned(in_words(group, &labels)));
        list.push(&mut press.book, &items)?;
    }
    list.close()?;
    list.finish()
}
