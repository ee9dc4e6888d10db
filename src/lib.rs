//! Merges the monitoring workbooks that partners send, checks them against a declared schema and says which totals do
//! not agree.
//!
//! Modules in the order in which data passes through them.

pub mod error;
pub mod finding;
pub mod model;
pub mod page;

pub mod schema;

pub mod round;

pub mod discover;

pub mod read;

pub mod privacy;

pub mod locate;

pub mod parse;

pub mod checks;

pub mod merge;

pub mod reconcile;

pub mod pipeline;

pub mod overview;

pub mod write;

pub mod template;

pub mod report;

pub mod feedback;

pub mod cli;
