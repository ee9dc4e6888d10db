//! The `quarterday` program: the command line and nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    quarterday::cli::run(std::env::args_os())
}
