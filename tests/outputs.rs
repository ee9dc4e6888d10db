//! What is written is a risk of its own: every file that a command leaves behind, and the extract for publication.

#![allow(clippy::unwrap_used, reason = "a test may stop")]

#[path = "cli/desk.rs"]
#[allow(dead_code, reason = "the tests of the command line use more of it")]
mod desk;
#[path = "outputs/extract.rs"]
mod extract;
#[path = "outputs/figures.rs"]
mod figures;
#[path = "workbook/look.rs"]
#[allow(dead_code, reason = "the tests of the workbook use more of it")]
mod look;
#[path = "outputs/package.rs"]
mod package;
#[path = "outputs/planted.rs"]
mod planted;
#[path = "outputs/risk.rs"]
mod risk;
#[path = "outputs/xml.rs"]
mod xml;
