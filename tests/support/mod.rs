//! What the test programs share. Each of them uses a part only, hence the two lints switched off.
#![allow(dead_code, unreachable_pub)]

pub mod cells;
pub mod grids;
pub mod marks;
pub mod memory;
pub mod notation;
pub mod rounds;
pub mod settings;
pub mod workbooks;
