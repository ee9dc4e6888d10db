//! A folder of returns → an ordered list of candidate files.

use crate::error::Error;
use crate::model::SkippedFile;
use std::ffi::OsString;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

/// A file that may be a return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its name without folders.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
    /// Size in bytes.
    pub size: u64,
}

/// Lists the files of a folder in name order; those passed over (lock files, folders …) with the reason.
///
/// Names are ordered byte by byte, so that the order is the same on every computer. Links are followed.
///
/// # Errors
///
/// If the folder cannot be listed.
pub fn returns(folder: &Path) -> Result<(Vec<Candidate>, Vec<SkippedFile>), Error> {
    let failed = |source| Error::Io { doing: "read", path: folder.to_owned(), source };
    let mut names: Vec<OsString> = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        names.push(entry.map_err(failed)?.file_name());
    }
    names.sort_unstable_by(|one, other| one.as_encoded_bytes().cmp(other.as_encoded_bytes()));
    let (mut candidates, mut skipped) = (Vec::new(), Vec::new());
    for name in names {
        let path = folder.join(&name);
        let name = name.to_string_lossy().into_owned();
        let why = match fs::metadata(&path) {
            Ok(about) => passed_over(&name, &about).map(str::to_owned).ok_or(about.len()),
            Err(_) if fs::symlink_metadata(&path).is_ok_and(|about| about.is_symlink()) => {
                Ok("It is a link to a file that is not there.".to_owned())
            }
            Err(error) => Ok(format!("The system would not say what it is: {error}.")),
        };
        match why {
            Ok(why) => skipped.push(SkippedFile { name, held: None, why }),
            Err(size) => candidates.push(Candidate { name, path, size }),
        }
    }
    Ok((candidates, skipped))
}

/// Why a file is not a return, if that can be told from its name and kind.
fn passed_over(name: &str, about: &Metadata) -> Option<&'static str> {
    if about.is_dir() {
        return Some("It is a folder; returns are looked for in the folder itself only.");
    }
    if !about.is_file() {
        return Some("It is not a file but a pipe or a device.");
    }
    let small = name.to_lowercase();
    let ending = small.rsplit_once('.').map_or("", |(_, ending)| ending);
    if small.starts_with("~$") {
        return Some("It is a mark of Office that somebody had the file open, not a workbook.");
    }
    if small.starts_with(".~lock.") && small.ends_with('#') {
        return Some("It is a mark of LibreOffice that somebody had the file open, not a workbook.");
    }
    if matches!(small.as_str(), ".ds_store" | "thumbs.db" | "ehthumbs.db" | "desktop.ini" | "icon\r") {
        return Some("The system keeps it for itself; it is not a return.");
    }
    if small.starts_with("._") {
        return Some("A Mac keeps it beside the file of that name; it is not a return.");
    }
    if small.starts_with('.') {
        return Some("Its name begins with a dot, which hides it; it is not a return.");
    }
    if matches!(ending, "tmp" | "temp" | "part" | "partial" | "crdownload" | "download" | "bak")
        || small.ends_with('~')
    {
        return Some("It is left over from saving or downloading.");
    }
    if matches!(ending, "lnk" | "url" | "webloc") {
        return Some("It is a shortcut to a file elsewhere; put the file itself here.");
    }
    if about.len() == 0 {
        return Some(
            "It is empty; if it is a return, it may not have finished copying, so ask for it again.",
        );
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::{create_dir, write};

    fn listed(folder: &Path) -> (Vec<String>, Vec<(String, String)>) {
        let (candidates, skipped) = returns(folder).expect("the folder is there");
        (
            candidates.into_iter().map(|candidate| candidate.name).collect(),
            skipped.into_iter().map(|file| (file.name, file.why)).collect(),
        )
    }

    #[test]
    fn returns_are_listed_by_name_and_the_rest_has_a_reason() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let at = |name: &str| folder.path().join(name);
        for name in ["b.xlsx", "B.xls", "a.csv", "Å.ods", "~$b.xlsx", ".DS_Store", "Thumbs.db", "note.tmp"] {
            write(at(name), "x").expect("it can be written");
        }
        for name in ["empty.xlsx", "empty", "letter.docx"] {
            write(at(name), if name == "letter.docx" { "x" } else { "" }).expect("it can be written");
        }
        create_dir(at("older.xlsx")).expect("it can be made");
        let (names, skipped) = listed(folder.path());
        assert_eq!(names, ["B.xls", "a.csv", "b.xlsx", "letter.docx", "Å.ods"]);
        let passed: Vec<&str> = skipped.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            passed,
            [".DS_Store", "Thumbs.db", "empty", "empty.xlsx", "note.tmp", "older.xlsx", "~$b.xlsx"]
        );
        assert!(skipped.iter().all(|(_, why)| why.ends_with('.')));
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error() {
        let error = returns(Path::new("no/such/folder")).expect_err("there is none");
        assert!(error.to_string().starts_with("Could not read no/such/folder"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_sockets_are_not_opened() {
        use std::os::unix::ffi::OsStringExt as _;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let at = |name: &str| folder.path().join(name);
        write(at("real.xlsx"), "x").expect("it can be written");
        std::os::unix::fs::symlink("real.xlsx", at("link.xlsx")).expect("it can be made");
        std::os::unix::fs::symlink("gone.xlsx", at("broken.xlsx")).expect("it can be made");
        std::os::unix::fs::symlink("loop.xlsx", at("loop.xlsx")).expect("it can be made");
        let _socket = std::os::unix::net::UnixListener::bind(at("socket.xlsx")).expect("it can be made");
        let odd = OsString::from_vec(b"odd\xff.xlsx".to_vec());
        write(folder.path().join(odd), "x").expect("it can be written");
        let (names, skipped) = listed(folder.path());
        assert_eq!(names, ["link.xlsx", "odd\u{fffd}.xlsx", "real.xlsx"]);
        let passed: Vec<&str> = skipped.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(passed, ["broken.xlsx", "loop.xlsx", "socket.xlsx"]);
    }
}
