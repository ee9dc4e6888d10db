//! The program run on one file, with a clock, and what must hold whatever the file is.

use rustix::process::{Pid, Signal, kill_process};
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;
use wait4::Wait4 as _;

/// The longest that one file may take, of the processor's time: where a computer does other things too, the clock tells of
/// those.
const LONGEST: Duration = Duration::from_secs(20);
/// After so long by the clock the program is ended.
const HANGS: Duration = Duration::from_mins(1);
/// The most memory that one file may cost, in bytes.
const MOST_MEMORY: u64 = 512 << 20;

/// What a run left behind.
pub(crate) struct Done {
    /// The exit status; none if a signal ended the program.
    pub(crate) status: Option<i32>,
    pub(crate) out: Vec<u8>,
    pub(crate) err: String,
    /// Time of the processor that the program and its worker took.
    pub(crate) took: Duration,
    /// The most memory that the program or its worker held, in bytes.
    pub(crate) memory: u64,
}

impl Done {
    /// What was printed.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.out).into_owned()
    }
}

/// Runs the program in a folder, and ends it if it hangs.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Done {
    let (out, err) = (folder.join("out.txt"), folder.join("err.txt"));
    let child = Command::new(assert_cmd::cargo::cargo_bin!("quarterday"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(File::create(&out).expect("a file"))
        .stderr(File::create(&err).expect("a file"))
        .spawn()
        .expect("the program starts");
    let id = Pid::from_raw(i32::try_from(child.id()).expect("a small number")).expect("not nought");
    let (ended, watch) = mpsc::channel::<()>();
    let guard = std::thread::spawn(move || {
        if watch.recv_timeout(HANGS) == Err(mpsc::RecvTimeoutError::Timeout) {
            // It is not waited for yet by the time this is sent, or was just now; its number is still its own.
            let _ = kill_process(id, Signal::KILL);
        }
    });
    let result = child.wait4().expect("it can be waited for");
    drop(ended);
    guard.join().expect("the guard ends");
    Done {
        status: result.status.code(),
        out: beginning(&out),
        err: String::from_utf8_lossy(&fs::read(err).expect("what it said")).into_owned(),
        took: result.rusage.utime + result.rusage.stime,
        memory: result.rusage.maxrss,
    }
}

/// What was printed, to 64 MB: this process must stay small, because a child starts out with the memory of its parent.
fn beginning(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    File::open(path).expect("it printed").take(64 << 20).read_to_end(&mut bytes).expect("it is there");
    bytes
}

/// A file in a folder of its own.
pub(crate) struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// Puts a file there and shows it to the program: every cell of it.
    pub(crate) fn inspect(&self, name: &str, bytes: &[u8], formulas: bool) -> Done {
        let path = self.put(name, bytes);
        let mut arguments = vec!["inspect", "--cells", name];
        if formulas {
            arguments.insert(2, "--formulas");
        }
        let done = run(self.folder.path(), &arguments);
        fs::remove_file(path).expect("the file is still there");
        done
    }

    /// Puts a file there and has it checked.
    pub(crate) fn check(&self, name: &str, bytes: &[u8]) -> Done {
        let path = self.put(name, bytes);
        let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/monitoring-return.toml");
        let done =
            run(self.folder.path(), &["check", "--schema", schema.to_str().expect("a plain path"), name]);
        fs::remove_file(path).expect("the file is still there");
        done
    }

    fn put(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).expect("the disk takes it");
        path
    }
}

/// What is wrong with a run, whatever the file was.
pub(crate) fn faults(done: &Done) -> Vec<String> {
    let mut faults = Vec::new();
    match done.status {
        Some(0..=2) => {}
        Some(other) => faults.push(format!("ended with {other}")),
        None => faults.push("hung, or was ended by a signal".to_owned()),
    }
    if done.took >= LONGEST {
        faults.push("took longer than 20 seconds".to_owned());
    }
    if done.memory > MOST_MEMORY {
        faults.push(format!("held {} MiB", done.memory >> 20));
    }
    let said = String::from_utf8_lossy(&done.out);
    for text in [said.as_ref(), done.err.as_str()] {
        for words in ["panicked at", "RUST_BACKTRACE", "fault of its own", "overflowed its stack"] {
            if text.contains(words) {
                faults.push(format!("said “{words}”"));
            }
        }
        if let Some(steers) = text.chars().find(|c| steers(*c)) {
            faults.push(format!("printed {steers:?}"));
        }
    }
    if done.status != Some(0) && done.out.is_empty() && done.err.trim().is_empty() {
        faults.push("ended without a word".to_owned());
    }
    faults
}

/// Characters that can steer a terminal or turn text around.
fn steers(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What is wrong with a refusal: it is one line with the file, the reason and what to do, and nothing is printed.
pub(crate) fn refusal_faults(done: &Done, name: &str) -> Vec<String> {
    let mut faults = Vec::new();
    if done.status != Some(1) || !done.out.is_empty() {
        faults.push("was not refused".to_owned());
    }
    if done.err.lines().count() != 1 {
        faults.push(format!("was refused in {} lines", done.err.lines().count()));
    }
    if !done.err.contains(name) {
        faults.push("the refusal does not name the file".to_owned());
    }
    // A reason and a remedy are two sentences.
    let remedies = ["Ask for", "Ask where", "Close it", "Open it", "run again"];
    if !remedies.iter().any(|remedy| done.err.contains(remedy)) {
        faults.push("the refusal does not say what to do".to_owned());
    }
    faults
}
