//! `explain`: what a check or a cause of a difference means.

use super::arguments::{Explain, Format};
use super::{Status, merge, terminal};
use crate::checks;
use crate::error::Error;
use crate::finding::Severity;
use crate::page;
use crate::reconcile::{CAUSES, Cause};
use crate::report::{Align, Columns};
use serde::Serialize;

/// The version of the record types of `explain --format json`.
const RECORD_VERSION: u32 = 1;

#[derive(Serialize)]
struct Explanations {
    version: u32,
    kind: &'static str,
    checks: Vec<Explanation>,
    causes: Vec<CausePage>,
}

#[derive(Serialize)]
struct CausePage {
    name: &'static str,
    text: String,
}

#[derive(Serialize)]
struct Explanation {
    name: &'static str,
    severity: Severity,
    text: String,
}

pub(super) fn run(arguments: &Explain) -> Result<Status, Error> {
    let cause = arguments.check.as_deref().and_then(|name| CAUSES.iter().find(|cause| cause.name == name));
    if let Some(cause) = cause {
        return of_cause(cause, arguments.format);
    }
    let wanted = arguments.check.as_deref().map(find).transpose()?;
    let explanation = |meta: &'static checks::Meta| Explanation {
        name: meta.name,
        severity: meta.severity,
        text: checks::explain(meta.name).unwrap_or_default(),
    };
    let metas: Vec<_> = checks::all()
        .map(checks::Check::meta)
        .filter(|meta| wanted.is_none_or(|name| name == meta.name))
        .collect();
    terminal::print(|to| {
        if arguments.format == Format::Json {
            let checks = metas.iter().map(|meta| explanation(meta)).collect();
            let causes = CAUSES.iter().filter(|_| wanted.is_none()).map(|cause| cause_page(cause)).collect();
            return merge::json(&explanations(checks, causes), to);
        }
        if let Some(meta) = metas.first().filter(|_| wanted.is_some()) {
            return writeln!(to, "{}", explanation(meta).text.trim_end());
        }
        let mut table = Columns::new(&[Align::Left, Align::Left, Align::Left], 400);
        for meta in &metas {
            table.push([meta.name.to_owned(), meta.severities(), meta.summary()]);
        }
        write!(to, "{}", table.render(0))?;
        let mut causes = Columns::new(&[Align::Left, Align::Left], 400);
        for cause in CAUSES {
            causes.push([cause.name.to_owned(), cause.summary()]);
        }
        write!(to, "\nCauses of differences\n\n{}", causes.render(0))
    })?;
    Ok(Status::Clean)
}

fn explanations(checks: Vec<Explanation>, causes: Vec<CausePage>) -> Explanations {
    Explanations { version: RECORD_VERSION, kind: "explanations", checks, causes }
}

fn cause_page(cause: &Cause) -> CausePage {
    CausePage {
        name: cause.name,
        text: page::text(&format!("{} (cause of a difference)", cause.name), cause.source),
    }
}

fn of_cause(cause: &Cause, format: Format) -> Result<Status, Error> {
    terminal::print(|to| match format {
        Format::Json => merge::json(&explanations(Vec::new(), vec![cause_page(cause)]), to),
        Format::Text => writeln!(to, "{}", cause_page(cause).text.trim_end()),
    })?;
    Ok(Status::Clean)
}

fn find(name: &str) -> Result<&'static str, Error> {
    let found = checks::find(name).or_else(|| checks::of_kind(name));
    found.map(|meta| meta.name).ok_or_else(|| {
        let meant = checks::nearest(name).map_or(String::new(), |near| format!(" Did you mean {near}?"));
        Error::Usage(format!(
            "There is no check or cause {name}.{meant} quarterday explain lists all of them."
        ))
    })
}
