//! `explain`: what a check means.

use super::arguments::{Explain, Format};
use super::{Status, merge, terminal};
use crate::checks;
use crate::error::Error;
use crate::finding::Severity;
use crate::report::{Align, Columns};
use serde::Serialize;

/// The version of the record types of `explain --format json`.
const RECORD_VERSION: u32 = 1;

#[derive(Serialize)]
struct Explanations {
    version: u32,
    kind: &'static str,
    checks: Vec<Explanation>,
}

#[derive(Serialize)]
struct Explanation {
    name: &'static str,
    severity: Severity,
    text: String,
}

pub(super) fn run(arguments: &Explain) -> Result<Status, Error> {
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
            return merge::json(&Explanations { version: RECORD_VERSION, kind: "explanations", checks }, to);
        }
        if let Some(meta) = metas.first().filter(|_| wanted.is_some()) {
            return writeln!(to, "{}", explanation(meta).text.trim_end());
        }
        let mut table = Columns::new(&[Align::Left, Align::Left, Align::Left], 400);
        for meta in &metas {
            table.push([meta.name.to_owned(), meta.severity.word().to_owned(), meta.summary()]);
        }
        write!(to, "{}", table.render(0))
    })?;
    Ok(Status::Clean)
}

fn find(name: &str) -> Result<&'static str, Error> {
    let found = checks::find(name).or_else(|| checks::of_kind(name));
    found.map(|meta| meta.name).ok_or_else(|| {
        let meant = checks::nearest(name).map_or(String::new(), |near| format!(" Did you mean {near}?"));
        Error::Usage(format!("There is no check {name}.{meant} quarterday explain lists all of them."))
    })
}
