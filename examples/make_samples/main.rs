//! Writes the sample rounds: `cargo run --example make_samples [FOLDER] [FOLDER-FOR-SOURCES]`.
//!
//! The first folder, by default `samples`, receives every file that Rust can make. The second, if
//! given, receives the workbooks that `convert.sh` turns into the remaining kinds.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::float_arithmetic,
    reason = "a workbook holds its numbers so, and these are small whole pennies"
)]

mod board;
mod clean;
mod compound;
mod earlier;
mod files;
mod grant;
mod grant_data;
mod kit;
mod logo;
mod messy;
mod messy_more;
mod money;
mod registers;
mod registers_data;
mod returns;
mod rounds;
mod vba;

use std::path::Path;

use kit::{Made, Outcome};

fn main() -> Outcome<()> {
    let mut folders = std::env::args().skip(1);
    let samples = folders.next().unwrap_or_else(|| "samples".to_owned());
    write(Path::new(&samples), files::all()?)?;
    if let Some(sources) = folders.next() {
        write(Path::new(&sources), files::sources()?)?;
    }
    Ok(())
}

fn write(folder: &Path, made: Vec<Made>) -> Outcome<()> {
    for (name, bytes) in made {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(path, bytes)?;
    }
    Ok(())
}
