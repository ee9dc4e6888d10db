//! Reading tried out in a process of its own, with limits, before this one takes it up.
//!
//! Some libraries make room for what a file only claims, and running out of memory ends a program at once: nothing can
//! catch it. So a file of a kind for which that is known (`.xls`, `.xlsb`), and with `--isolate` every file, is first read
//! by this same program started again. Reading depends on the bytes alone, so what the worker came through, this process
//! comes through too; where the worker dies or takes too long, the file is refused and nothing else happens.

use crate::model::{FileId, Refusal};
use crate::read;
use std::ffi::OsStr;
use std::io::{Read as _, Write as _};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// The hidden command that the worker is started with.
pub(super) const COMMAND: &str = "try-reading";
/// Address space of a worker, in MiB; `QUARTERDAY_WORKER_MEMORY` sets another. A full sheet of the old format takes a
/// quarter of it.
const MEMORY: u64 = 1_024;
/// Processor time of a worker and, half as long again, time on the clock, in seconds; `QUARTERDAY_WORKER_SECONDS` sets
/// another. The slowest sound file seen takes a fifth of it.
const SECONDS: u64 = 20;

static EVERY_FILE: OnceLock<bool> = OnceLock::new();

/// Has every file tried out, not only those of risky kinds.
pub(super) fn isolate_every_file() {
    EVERY_FILE.get_or_init(|| true);
}

/// Tries out whether a file can be read within the limits, if it is of a kind that asks for it.
pub(super) fn try_out(name: &str, bytes: &[u8]) -> Result<(), Refusal> {
    if !read::is_risky(bytes) && !EVERY_FILE.get().copied().unwrap_or(false) {
        return Ok(());
    }
    let start = std::env::current_exe().and_then(|program| {
        let mut command = Command::new(program);
        command.arg(COMMAND).arg(name).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn()
    });
    // Where no process can be started, what can be caught in this one still is.
    let Ok(mut worker) = start else { return Ok(()) };
    let hand_over = worker.stdin.take();
    let came_through = std::thread::scope(|scope| {
        // A worker that dies takes nothing more, which shows in how it ended.
        scope.spawn(|| hand_over.map(|mut to| to.write_all(bytes)));
        wait(&mut worker)
    });
    if came_through { Ok(()) } else { Err(Refusal::Damaged(TOO_MUCH.to_owned())) }
}

const TOO_MUCH: &str = "reading it stopped the reader or took more memory or time than one file is given";

/// Waits for a worker, ends it after its time, and says whether it came through.
fn wait(worker: &mut Child) -> bool {
    let seconds = setting("QUARTERDAY_WORKER_SECONDS", SECONDS);
    let latest = Instant::now() + Duration::from_secs(seconds + seconds / 2);
    let mut pause = Duration::from_millis(1);
    loop {
        match worker.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) if Instant::now() < latest => std::thread::sleep(pause),
            _ => {
                // It may have ended just now; either way it is gone afterwards.
                let _ = worker.kill();
                let _ = worker.wait();
                return false;
            }
        }
        pause = (pause * 2).min(Duration::from_millis(20));
    }
}

fn setting(name: &str, usual: u64) -> u64 {
    let set = std::env::var(name).ok().and_then(|text| text.trim().parse().ok());
    set.filter(|value| *value > 0).unwrap_or(usual)
}

/// The worker: takes the file from its input, reads it within the limits and says by its exit whether it came through.
/// A file that is refused was come through: the other process will refuse it in words.
pub(super) fn run(name: &OsStr) -> ExitCode {
    limit();
    let mut bytes = Vec::new();
    if std::io::stdin().take(read::MAX_FILE + 1).read_to_end(&mut bytes).is_err() {
        return ExitCode::FAILURE;
    }
    drop(read::workbook(FileId(0), &name.to_string_lossy(), &bytes, &|_| true));
    ExitCode::SUCCESS
}

/// Gives this process its limits. It may write no file and open hardly any.
#[cfg(unix)]
fn limit() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let most = |value: u64| Rlimit { current: Some(value), maximum: Some(value) };
    let seconds = setting("QUARTERDAY_WORKER_SECONDS", SECONDS);
    for (what, value) in [
        (Resource::As, setting("QUARTERDAY_WORKER_MEMORY", MEMORY) << 20),
        (Resource::Cpu, seconds),
        (Resource::Core, 0),
        (Resource::Fsize, 0),
        (Resource::Nofile, 16),
    ] {
        // A system that does not know one of them still keeps the others.
        let _ = setrlimit(what, most(value));
    }
}

/// Without such limits the clock alone ends a worker.
#[cfg(not(unix))]
fn limit() {}
