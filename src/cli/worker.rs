//! Reading tried out in a process of its own, with limits, before this one takes it up.
//!
//! Some libraries make room for what a file only claims, and running out of memory ends a program at once: nothing can
//! catch it. So a file of a kind for which that is known (`.xls`, `.xlsb`), and with `--isolate` every file, is first read
//! by this same program started again. Reading depends on the bytes alone, so what the worker came through, this process
//! comes through too; where the worker dies, takes too long or cannot be started, the file is refused and nothing else
//! happens.

use super::{limits, sentence, terminal};
use crate::model::{FileId, Limited, Refusal};
use crate::read::{self, Portion};
use std::ffi::OsStr;
use std::io::{Read as _, Write as _};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// The hidden command that the worker is started with.
pub(super) const COMMAND: &str = "try-reading";
/// Stack of the thread that a worker reads on: half of what the threads have that read afterwards, so that nesting which
/// they could not take does not come to them.
const STACK: usize = 1 << 20;
/// The number below which a descriptor that is opened must be: none is, so that a worker can open no file and no
/// connection, whatever it closes. Those that it was started with go on working.
#[cfg(unix)]
const DESCRIPTORS: u64 = 0;
/// The exit status of a worker that came through but could not be given its limits.
const UNLIMITED: u8 = 4;

static EVERY_FILE: OnceLock<bool> = OnceLock::new();
static TOLD: AtomicBool = AtomicBool::new(false);

/// Has every file tried out, not only those of risky kinds.
pub(super) fn isolate_every_file() {
    EVERY_FILE.get_or_init(|| true);
}

/// True for a file of a kind that is tried out.
pub(super) fn is_tried(bytes: &[u8]) -> bool {
    EVERY_FILE.get().copied().unwrap_or(false) || read::is_risky(bytes, &limits::current())
}

/// Tries out whether a file can be read within the limits.
pub(super) fn try_out(name: &str, bytes: &[u8]) -> Result<(), Refusal> {
    let start = std::env::current_exe().and_then(|program| {
        let mut command = Command::new(program);
        command.arg(COMMAND).arg(name).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn()
    });
    let mut worker = start.map_err(|why| Refusal::Untried(sentence::why(&why)))?;
    let hand_over = worker.stdin.take();
    let ended = std::thread::scope(|scope| {
        // A worker that dies takes nothing more, which shows in how it ended.
        scope.spawn(|| hand_over.map(|mut to| to.write_all(bytes)));
        wait(&mut worker)
    });
    match ended {
        Some(0) => Ok(()),
        Some(code) if code == i32::from(UNLIMITED) => {
            if !TOLD.swap(true, Ordering::Relaxed) {
                terminal::complain(NO_LIMITS);
            }
            Ok(())
        }
        _ => Err(Refusal::Stopped {
            memory: limits::of(Limited::WorkerMemory),
            seconds: limits::of(Limited::WorkerSeconds),
        }),
    }
}

const NO_LIMITS: &str = "This system would not limit the memory and time of the process in which old workbooks are tried \
                         out, so only the clock did.";

/// Waits for a worker and ends it after its time; gives its exit status if it ended of its own accord.
fn wait(worker: &mut Child) -> Option<i32> {
    let seconds = limits::of(Limited::WorkerSeconds);
    let latest = Instant::now() + Duration::from_secs(seconds + seconds / 2);
    let mut pause = Duration::from_millis(1);
    loop {
        match worker.try_wait() {
            Ok(Some(status)) => return status.code(),
            Ok(None) if Instant::now() < latest => std::thread::sleep(pause),
            _ => {
                // It may have ended just now; either way it is gone afterwards.
                let _ = worker.kill();
                let _ = worker.wait();
                return None;
            }
        }
        pause = (pause * 2).min(Duration::from_millis(20));
    }
}

/// The worker: takes the file from its input, reads it within the limits and says by its exit whether it came through.
/// A file that is refused was come through: the other process will refuse it in words.
pub(super) fn run(name: &OsStr) -> ExitCode {
    if limits::take().is_err() {
        return ExitCode::FAILURE;
    }
    let limited = limit();
    let within = limits::current();
    let mut bytes = Vec::new();
    if std::io::stdin().take(within.bytes(Limited::File) + 1).read_to_end(&mut bytes).is_err() {
        return ExitCode::FAILURE;
    }
    let name = name.to_string_lossy().into_owned();
    let reading = std::thread::Builder::new().stack_size(STACK).spawn(move || {
        drop(read::within(&within, FileId(0), &name, &bytes, &|_| Portion::Whole));
    });
    // What panics and is caught nowhere else is caught once more by the process that reads afterwards.
    match reading.map(std::thread::JoinHandle::join) {
        Ok(_) if limited => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(UNLIMITED),
        Err(_) => ExitCode::FAILURE,
    }
}

/// Gives this process its limits; false if the system would not. It may write no file, open none and connect to nothing.
#[cfg(unix)]
fn limit() -> bool {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let within = limits::current();
    let limits = [
        (Resource::As, within.bytes(Limited::WorkerMemory)),
        (Resource::Cpu, within.of(Limited::WorkerSeconds)),
        (Resource::Core, 0),
        (Resource::Fsize, 0),
        (Resource::Nofile, DESCRIPTORS),
    ];
    let mut all = true;
    for (what, value) in limits {
        // A limit that is there already and is lower stays.
        let value = getrlimit(what).maximum.map_or(value, |most| most.min(value));
        all &= setrlimit(what, Rlimit { current: Some(value), maximum: Some(value) }).is_ok();
    }
    all
}

/// On other systems the clock alone ends a worker, which the documentation says.
#[cfg(not(unix))]
fn limit() -> bool {
    true
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::fs::File;
    use std::net::{TcpListener, TcpStream, UdpSocket};
    use std::os::unix::net::UnixStream;

    const INSIDE: &str = "cli::worker::tests::inside_the_limits";
    const ADDRESS: &str = "QUARTERDAY_TEST_ADDRESS";

    /// What can be opened, one letter each, that a file's reader has no business with.
    fn opened(address: &str) -> String {
        let tried = [
            ('r', File::open("/dev/null").is_ok()),
            ('w', File::options().write(true).open("/dev/null").is_ok()),
            ('t', TcpStream::connect(address).is_ok()),
            ('l', TcpListener::bind("127.0.0.1:0").is_ok()),
            ('u', UdpSocket::bind("127.0.0.1:0").is_ok()),
            ('x', UnixStream::pair().is_ok()),
            ('p', Command::new("/bin/true").status().is_ok_and(|status| status.success())),
        ];
        tried.into_iter().filter(|(_, opened)| *opened).map(|(letter, _)| letter).collect()
    }

    /// Only what the test below starts: the limits cannot be taken off again.
    #[test]
    #[ignore = "gives its process the limits of a worker; the next test runs it in one of its own"]
    fn inside_the_limits() {
        let Ok(address) = std::env::var(ADDRESS) else { return };
        let before = opened(&address);
        let limited = limit();
        let after = opened(&address);
        std::io::stderr()
            .write_all(format!("[{before}] {limited} [{after}]").as_bytes())
            .expect("it is told");
    }

    #[test]
    fn a_worker_can_open_neither_a_file_nor_a_connection() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a place to connect to");
        let address = listener.local_addr().expect("it has one").to_string();
        let output = Command::new(std::env::current_exe().expect("this program"))
            .args(["--exact", INSIDE, "--ignored", "--nocapture"])
            .env(ADDRESS, address)
            .stdin(Stdio::piped())
            .output()
            .expect("it starts");
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(told.contains("[rwtluxp] true []"), "{told}");
    }
}
