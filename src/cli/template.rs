//! `template`: a round folder → the workbooks that partners fill in.

use super::arguments::Template;
use super::outputs::Outputs;
use super::terminal::{self, Terminal};
use super::{Status, merge, settings};
use crate::error::Error;
use crate::model::PartnerId;
use crate::report;
use crate::template::{self, Content};
use rayon::prelude::*;

pub(super) fn run(arguments: &Template, terminal: &Terminal) -> Result<Status, Error> {
    let folder = arguments.round.as_path();
    let round = settings::round_with_earlier(folder)?;
    let out = arguments.out.clone().unwrap_or_else(|| folder.join("out").join("templates"));
    merge::refuse_inputs_as_outputs(&out, &folder.join("returns"))?;
    let asked: Vec<PartnerId> =
        round.partners().filter(|(_, partner)| partner.sends).map(|(id, _)| id).collect();
    let mut outputs = Outputs::start(&out)?;
    let shared = &outputs;
    let made: Result<Vec<_>, Error> = asked
        .par_iter()
        .map(|&partner| {
            let name = template::file_name(&round, partner);
            let mut file = shared.open(&name)?;
            template::workbook(&Content::new(&round, partner), &mut file).map_err(|error| match error {
                Error::Io { source, .. } => shared.failed(&name, source),
                other => other,
            })?;
            let whole = shared.close(&name, file)?;
            Ok((name, whole))
        })
        .collect();
    let made = made?;
    let names: Vec<String> = made.iter().map(|(name, _)| name.clone()).collect();
    for (name, file) in made {
        outputs.finished(&name, file);
    }
    outputs.publish()?;
    terminal::print(|to| {
        let shown = out.display().to_string();
        let count = report::count(names.len(), "workbook", "workbooks");
        writeln!(to, "{count} to fill in, in {}:", report::clean(&shown))?;
        names.iter().try_for_each(|name| writeln!(to, "  {}", report::clean(name)))
    })?;
    terminal.remark("Send each partner its own. What comes back goes into the round's folder returns.");
    Ok(Status::Clean)
}
