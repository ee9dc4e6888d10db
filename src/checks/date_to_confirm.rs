//! A date may not be what was meant: its year or its day is missing, or it is far from the plan.
//!
//! ## What it does
//!
//! Tells dates without a year, dates far from the plan, numbers that may be dates, and references of which Excel has
//! made a date. What was probably meant is offered.
//!
//! ## Why it matters
//!
//! An action due in March 2015 would be shown as due in March 2014 and called overdue. The date is held until
//! somebody confirms it.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: 1.1.1 | Train staff | Wyevale Council | In progress | Green | 15 March | Done so far
//! ! F2 date-to-confirm: “15 March” in Target date may not be what was meant. Did you mean 15 March 2014?
//! ```
//!
//! ## How to fix
//!
//! Type the whole date, such as 31/03/2015. Where the form came with a day from the plan, put that day back.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::planned::plan_has;
use super::common::tell_days;
use super::common::words::quote;
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::Misread;
use crate::schema::FieldType;

pub(super) struct DateToConfirm;

const META: Meta = Meta {
    name: "date-to-confirm",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("date_to_confirm.rs"),
};

impl Check for DateToConfirm {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, cx: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        let help = "Type the whole date, such as 31/03/2015.";
        tell_days(cx, cells, help, out, |seen, held, planned| {
            let ask = |question: String| planned.map_or(question, plan_has);
            let meant = match &held.why {
                Misread::DateToConfirm(meant) => meant,
                Misread::MonthMistaken(month) => {
                    let question = ask(format!("Did you mean {month}?"));
                    return Some(mistaken(seen, &held.raw, month, &question));
                }
                _ => return None,
            };
            // The month before the day is told as an ambiguous date.
            if super::ambiguous_date::is_turned(&held.raw) {
                return None;
            }
            let (title, at, raw) = (&seen.field.title, seen.cell.at.cell, quote(&held.raw));
            let far = jiff::civil::Date::strptime("%d/%m/%Y", held.raw.trim())
                .is_ok_and(|day| day.strftime("%-d %B %Y").to_string() == *meant);
            if far {
                let question = ask("Is the year right?".to_owned());
                return Some(format!("{raw} in {title} is a long way from this round. {question}"));
            }
            let question = ask(format!("Did you mean {meant}?"));
            Some(if seen.field.kind == FieldType::String {
                format!("The {title} in {at} became a date, {raw}. {question}")
            } else {
                format!("{raw} in {title} may not be what was meant. {question}")
            })
        });
    }
}

/// A day shown without its year: what Excel may have made of a month and a year.
fn mistaken(seen: &Seen<'_>, raw: &str, month: &str, question: &str) -> String {
    let stored = jiff::civil::Date::strptime("%d/%m/%Y", raw);
    let (shown, stored, typed) = match &stored {
        Ok(day) => (
            day.strftime("%-d-%b").to_string(),
            day.strftime("%-d %B %Y").to_string(),
            day.strftime("%b %d").to_string(),
        ),
        Err(_) => (raw.to_owned(), raw.to_owned(), month.to_owned()),
    };
    format!(
        "{} shows {shown}, stored as {stored}. If you typed {typed}, Excel changed it. {question}",
        seen.cell.at.cell
    )
}
