//! The hostile set: files made to bring a reader down or to be misread, and what must become of each.

use crate::run::{Done, refusal_faults};

/// What must become of a file.
pub(crate) enum Expect {
    /// Nothing beyond what must hold for every file.
    Safe,
    /// It is refused, with these words in the reason.
    Refused(&'static str),
    /// Its one sheet is told to be unreadable, with these words in the reason.
    Unreadable(&'static str),
    /// It is read, and these words are said beside it.
    Told(&'static str),
    /// Exactly these lines are printed, and nothing else is said.
    Prints(Vec<String>),
}

/// A file, its name, and what must become of it.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) bytes: Box<dyn Fn() -> Vec<u8> + Send + Sync>,
    pub(crate) expect: Expect,
}

/// The cases, as they are gathered.
#[derive(Default)]
pub(crate) struct Cases(pub(crate) Vec<Case>);

impl Cases {
    pub(crate) fn add(
        &mut self,
        name: impl Into<String>,
        bytes: impl Fn() -> Vec<u8> + Send + Sync + 'static,
        expect: Expect,
    ) {
        self.0.push(Case { name: name.into(), bytes: Box::new(bytes), expect });
    }

    /// The whole set.
    pub(crate) fn all() -> Self {
        let mut cases = Self::default();
        crate::packages::add(&mut cases);
        crate::parts::add(&mut cases);
        crate::values::add(&mut cases);
        crate::old::add(&mut cases);
        crate::binary::add(&mut cases);
        crate::open::add(&mut cases);
        crate::text::add(&mut cases);
        crate::heavy::add(&mut cases);
        cases
    }
}

impl Expect {
    /// Lines of the sheet `Plan`, each as `row,column,type,value`.
    pub(crate) fn prints(lines: &[&str]) -> Self {
        Self::Prints(lines.iter().map(|line| format!("[\"Plan\",{line}]")).collect())
    }

    /// What is wrong with a run, held against this.
    pub(crate) fn faults(&self, done: &Done, name: &str) -> Vec<String> {
        let lines = || done.text().lines().map(str::to_owned).collect::<Vec<_>>();
        match self {
            Self::Safe if done.status == Some(1) && done.out.is_empty() && !is_sheet(done, name) => {
                refusal_faults(done, name)
            }
            Self::Safe => Vec::new(),
            Self::Refused(words) => {
                let mut faults = refusal_faults(done, name);
                if !done.err.contains(words) {
                    faults.push(format!("did not say “{words}”"));
                }
                faults
            }
            Self::Unreadable(words) => {
                if done.status == Some(1) && is_sheet(done, name) && done.err.contains(words) {
                    Vec::new()
                } else {
                    vec![format!("did not tell a sheet with “{words}”")]
                }
            }
            Self::Told(words) if done.status == Some(0) && done.err.contains(words) => Vec::new(),
            Self::Told(words) => vec![format!("did not say “{words}” beside it")],
            Self::Prints(wanted) if done.status == Some(0) && lines() == *wanted => Vec::new(),
            Self::Prints(wanted) => vec![format!("did not print {}", wanted.join(" "))],
        }
    }
}

/// True if all that was said is that sheets or cells could not be read, with the file, the reason and what to do.
fn is_sheet(done: &Done, name: &str) -> bool {
    let told = |line: &str| {
        let sheet = line.contains(": the sheet ") && line.contains("could not be read (");
        line.starts_with(name) && (sheet && line.contains("Open it in Excel") || line.contains("not certain"))
    };
    !done.err.is_empty() && done.err.lines().all(told)
}
