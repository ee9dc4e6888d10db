//! The main job against its floor; `benches/README.md` says how to read the figures.
// A program that measures: it prints, divides and stops at the first fault.
#![allow(clippy::pedantic, clippy::float_arithmetic, clippy::print_stdout, missing_docs, unreachable_pub)]

mod floor;
mod workload;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;
use workload::{SIZES, Size};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let after = |flag: &str| {
        arguments.iter().position(|argument| argument == flag).and_then(|at| arguments.get(at + 1))
    };
    if let Some(round) = after("--floor") {
        floor::run(Path::new(round), &Path::new(round).join("floor.xlsx"));
        println!("peak {}", peak_kib());
        return;
    }
    let feedback = !arguments.iter().any(|argument| argument == "--no-feedback");
    if let Some(round) = after("--job") {
        job(Path::new(round), feedback);
        println!("peak {}", peak_kib());
        return;
    }
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/workload");
    if arguments.iter().any(|argument| argument == "--growth") {
        return growth(&folder);
    }
    let wanted = after("--size").map(String::as_str);
    let pairs = after("--pairs").and_then(|count| count.parse().ok());
    println!(
        "{:<8} {:>7} {:>7} {:>7}   {:>9} {:>9}",
        "size", "ratio", "lowest", "highest", "job MB", "floor MB"
    );
    for size in SIZES {
        if wanted.map_or(size.name == "large", |name| name != size.name) {
            continue;
        }
        let pairs: usize = pairs.unwrap_or(if size.name == "large" { 3 } else { 5 });
        compare(&workload::make(&folder, size), size, pairs, feedback);
    }
}

/// Runs job and floor in turn and prints the ratio of their times.
fn compare(round: &Path, size: Size, pairs: usize, feedback: bool) {
    let mut ratios = Vec::new();
    let (mut job_peak, mut floor_peak) = (0, 0);
    measure("--job", round, feedback);
    for _ in 0..pairs {
        let (floor, peak) = measure("--floor", round, true);
        floor_peak = floor_peak.max(peak);
        let (job, peak) = measure("--job", round, feedback);
        job_peak = job_peak.max(peak);
        ratios.push(job / floor);
    }
    ratios.sort_by(f64::total_cmp);
    let median = ratios[ratios.len() / 2];
    let bar = size.most_mib.map_or(String::new(), |most| {
        let met = |yes| if yes { "met" } else { "missed" };
        format!("{}, {} ({most})", met(median <= 0.6), met(job_peak / 1024 <= most))
    });
    println!(
        "{:<8} {median:>7.2} {:>7.2} {:>7.2}   {:>9} {:>9}   {bar}",
        size.name,
        ratios[0],
        ratios[ratios.len() - 1],
        job_peak / 1024,
        floor_peak / 1024
    );
}

/// Time of the job at four sizes, a row: growth is linear if these are alike.
fn growth(folder: &Path) {
    println!("{:>9} {:>12} {:>14} {:>9}", "rows", "seconds", "µs a row", "job MB");
    for returns in [5, 10, 20, 40] {
        let size = Size { name: "growth", returns, rows: 5_000, most_mib: None };
        let round = workload::make(folder, size);
        measure("--job", &round, true);
        let mut times: Vec<(f64, u64)> = (0..3).map(|_| measure("--job", &round, true)).collect();
        times.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (seconds, peak) = times[1];
        let rows = returns * size.rows * 2;
        println!("{rows:>9} {seconds:>12.2} {:>14.2} {:>9}", seconds * 1e6 / rows as f64, peak / 1024);
    }
}

/// Runs this program again for one measurement: seconds, and peak memory in KiB.
fn measure(what: &str, round: &Path, feedback: bool) -> (f64, u64) {
    let program = std::env::current_exe().expect("this program runs from a file");
    let begun = Instant::now();
    let without = (!feedback).then_some("--no-feedback");
    let output = Command::new(program).arg(what).arg(round).args(without).output();
    let output = output.expect("this program can be started");
    let seconds = begun.elapsed().as_secs_f64();
    assert!(output.status.success(), "{what} failed: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stdout);
    let peak = text.lines().rev().find_map(|line| line.strip_prefix("peak ")?.parse().ok()).unwrap_or(0);
    (seconds, peak)
}

/// The whole job as the command line does it.
fn job(round: &Path, feedback: bool) {
    let mut arguments = ["quarterday", "merge", "--quiet"].map(std::ffi::OsString::from).to_vec();
    arguments.extend((!feedback).then(|| "--no-feedback".into()));
    arguments.push(round.as_os_str().to_owned());
    let status = quarterday::cli::run(arguments);
    assert!(status != std::process::ExitCode::from(2), "the job could not be done");
}

/// This process's high-water mark of memory in KiB; 0 where the system does not say.
fn peak_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|rest| rest.trim().trim_end_matches(" kB").trim().parse().ok()).unwrap_or(0)
}
