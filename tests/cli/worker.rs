//! Files that are tried out in a process of their own.

use crate::desk::{CLEAN, Desk, FILES, MESSY};
use std::fs;

#[test]
fn a_worker_that_dies_costs_one_refusal() {
    let desk = Desk::new();
    let usual = desk.run(&["merge", MESSY]);
    let csv = |desk: &Desk| fs::read_to_string(desk.path(MESSY).join("out/findings.csv")).expect("written");
    assert!(!csv(&desk).contains("stopped the reader"));
    // Too little memory to start reading with: the worker is ended by the system, as it would be by a hostile file.
    let short = desk.run_with(&["merge", MESSY], &[("QUARTERDAY_WORKER_MEMORY", "4")]);
    assert_eq!(short.status, usual.status);
    let findings = csv(&desk);
    let refused =
        findings.lines().filter(|line| line.contains("refused-file") && line.contains("stopped the reader"));
    let refused: Vec<&str> = refused.collect();
    let [only] = refused.as_slice() else { panic!("{refused:?}") };
    assert!(only.contains("NHS Herefordshire Q4.xls"), "{only}");
    assert!(
        findings.contains("Cafcass.xlsx needs a password"),
        "a password is told before anything is tried"
    );
    assert!(findings.contains("rating-by-colour"), "the other returns are read");
}

#[test]
fn every_file_can_be_tried_out_and_comes_out_the_same() {
    let desk = Desk::new();
    let read =
        |desk: &Desk| FILES.map(|file| fs::read(desk.path(CLEAN).join("out").join(file)).expect("written"));
    desk.run(&["merge", CLEAN]);
    let plain = read(&desk);
    let done = desk.run(&["--isolate", "merge", CLEAN]);
    assert_eq!(done.status, 0, "{}", done.err);
    assert!(read(&desk) == plain);
}

#[test]
fn the_refusal_says_what_to_send_instead() {
    let desk = Desk::new();
    let file = format!("{MESSY}/returns/NHS Herefordshire Q4.xls");
    let done = desk.run_with(&["inspect", "--cells", &file], &[("QUARTERDAY_WORKER_MEMORY", "4")]);
    assert_eq!((done.status, done.out.as_str()), (1, ""));
    assert_eq!(
        done.err,
        "NHS Herefordshire Q4.xls was not read, because reading it stopped the reader or took more memory or time than \
         one file is given (4 MB and 20 seconds; QUARTERDAY_WORKER_MEMORY and QUARTERDAY_WORKER_SECONDS set other \
         limits). Open it in Excel, save it as Excel Workbook (.xlsx), and send that.\n"
    );
}

/// The program's own file is taken away before it starts, so it cannot be started again.
#[cfg(target_os = "linux")]
#[test]
fn an_old_workbook_is_not_read_where_no_worker_can_be_started() {
    let desk = Desk::new();
    let run = |file: &str| {
        let own = desk.path("program");
        fs::copy(assert_cmd::cargo::cargo_bin!("quarterday"), &own).expect("a copy");
        let command = "exec 3<\"$0\"; rm \"$0\"; exec /proc/self/fd/3 inspect --cells \"$1\"";
        let output = std::process::Command::new("sh")
            .args(["-c", command])
            .arg(own)
            .arg(desk.path(MESSY).join("returns").join(file))
            .output()
            .expect("a shell");
        (output.status.code(), output.stdout.len(), String::from_utf8(output.stderr).expect("text"))
    };
    let (status, printed, said) = run("NHS Herefordshire Q4.xls");
    assert_eq!((status, printed), (Some(1), 0), "{said}");
    assert!(said.contains("could not be started (there is no such file or folder)"), "{said}");
    assert!(said.contains("save it as Excel Workbook (.xlsx)"), "{said}");
    let (status, printed, said) = run("YOS Q4.xlsx");
    assert_eq!((status, said.as_str()), (Some(0), ""));
    assert!(printed > 0);
}

/// A limit that the system sets lower than ours stays, and is no failure.
#[cfg(unix)]
#[test]
fn a_lower_limit_of_the_system_is_kept() {
    let desk = Desk::new();
    let program = assert_cmd::cargo::cargo_bin!("quarterday");
    let file = desk.path(MESSY).join("returns/NHS Herefordshire Q4.xls");
    let command = "ulimit -n 12; ulimit -v 900000; exec \"$0\" inspect --cells \"$1\"";
    let output = std::process::Command::new("sh").args(["-c", command]).arg(program).arg(file).output();
    let output = output.expect("a shell");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(!output.stdout.is_empty());
}

/// Before a byte of the file has come, the worker has its limits, and room for no further descriptor.
#[cfg(target_os = "linux")]
#[test]
fn the_limits_are_there_before_the_file_is() {
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};
    let mut worker = Command::new(assert_cmd::cargo::cargo_bin!("quarterday"))
        .args(["try-reading", "a.xls"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    let about = format!("/proc/{}", worker.id());
    let limits = || fs::read_to_string(format!("{about}/limits")).expect("it runs");
    let limit = |limits: &str, name: &str| {
        let line = limits.lines().find(|line| line.starts_with(name)).expect("the system has this limit");
        line[name.len()..].split_whitespace().take(2).map(str::to_owned).collect::<Vec<_>>().join(" ")
    };
    let latest = Instant::now() + Duration::from_secs(20);
    while limit(&limits(), "Max open files") != "0 0" && Instant::now() < latest {
        std::thread::sleep(Duration::from_millis(5));
    }
    let set = limits();
    assert_eq!(limit(&set, "Max open files"), "0 0");
    assert_eq!(limit(&set, "Max file size"), "0 0");
    assert_eq!(limit(&set, "Max core file size"), "0 0");
    assert_eq!(limit(&set, "Max cpu time"), "20 20");
    assert_eq!(limit(&set, "Max address space"), format!("{0} {0}", 1_u64 << 30));
    let mut open: Vec<String> = fs::read_dir(format!("{about}/fd"))
        .expect("it runs")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.parse::<u32>().is_ok_and(|number| number < 3))
        .collect();
    open.sort();
    assert_eq!(open, ["0", "1", "2"]);
    drop(worker.stdin.take());
    assert_eq!(worker.wait().expect("it ends").code(), Some(0));
}
