//! What a file is, told by its content and never by its name.

use super::compound::{self, Compound};
use super::ods;
use super::ooxml;
use super::package::Package;
use crate::model::{FileKind, Limits, Refusal};

/// What the bytes of a file are.
pub(super) enum Content<'a> {
    /// A package with a workbook in it.
    Package(Package<'a>, Document),
    /// An `OpenDocument` spreadsheet.
    Open(Package<'a>),
    /// A workbook of the old format.
    Old(Compound<'a>),
    /// A web page.
    Web,
    /// Text.
    Text,
    /// Something else, in words.
    Other(&'static str),
}

/// The main document of a package.
pub(super) struct Document {
    pub(super) name: String,
    pub(super) kind: FileKind,
}

/// Beginnings of files that are no spreadsheet.
const BEGINNINGS: &[(&[u8], &str)] = &[
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a Rich Text (Word) document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"BM", "a picture"),
    (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"),
    (b"Rar!", "a compressed folder"),
    (b"7z\xbc\xaf", "a compressed folder"),
    (b"\x1f\x8b", "a compressed file"),
    (b"MZ", "a program"),
    (b"SQLite format 3", "a database"),
    (b"\x00\x01\x00\x00Standard ACE", "an Access database"),
    (b"\x00\x01\x00\x00Standard Jet", "an Access database"),
    (b"PAR1", "a data file (Parquet)"),
];

/// Says what a file is. A file with a password is refused here.
pub(super) fn of<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Content<'a>, Refusal> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return package(bytes, limits);
    }
    if bytes.starts_with(compound::SIGNATURE) {
        return old(bytes);
    }
    // Two letters alone may start a text.
    let text_like = !bytes[..bytes.len().min(512)].contains(&0);
    for (beginning, what) in BEGINNINGS {
        if bytes.starts_with(beginning) && !(beginning.len() == 2 && text_like) {
            return Ok(Content::Other(what));
        }
    }
    Ok(marked(bytes).unwrap_or(Content::Text))
}

/// How much is looked at to tell what a text is that begins with a tag, and how much of a page without any of the usual
/// first tags, where styles and a heading may stand before its first table.
const NEAR: usize = 4 << 10;
const FAR: usize = 1 << 20;
/// Tags with which pages begin and nothing else does.
const FIRST_TAGS: &[&str] =
    &["head", "body", "meta", "title", "style", "script", "link", "table", "center", "div"];

/// Web pages and XML, which are text, but not with separators.
fn marked<'a>(bytes: &[u8]) -> Option<Content<'a>> {
    let head = start(bytes, NEAR);
    if head.starts_with("mime-version:") {
        return Some(Content::Other("a web page or an e-mail"));
    }
    let tag = head.strip_prefix('<')?;
    let first =
        tag.split(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/')).next().unwrap_or_default();
    if tag.starts_with("!doctype html") || head.contains("<html") {
        Some(Content::Web)
    } else if head.contains("urn:schemas-microsoft-com:office:spreadsheet") {
        Some(Content::Other("an XML spreadsheet of 2003"))
    } else if tag.starts_with("?xml") {
        Some(Content::Other("an XML file"))
    } else if FIRST_TAGS.contains(&first) || holds_table(&head) || holds_table(&start(bytes, FAR)) {
        Some(Content::Web)
    } else {
        tag.starts_with("!--").then_some(Content::Other("an XML file"))
    }
}

/// The beginning of a text in small letters, whatever its encoding. Marks of an encoding, and what two bytes a letter put
/// between letters, say nothing here.
fn start(bytes: &[u8], length: usize) -> String {
    let start: Vec<u8> = bytes.iter().take(length).copied().filter(|byte| *byte != 0).collect();
    let marks: [&[u8]; 3] = [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"];
    let start = marks.iter().find_map(|mark| start.strip_prefix(*mark)).unwrap_or(&start);
    String::from_utf8_lossy(start.trim_ascii_start()).to_ascii_lowercase()
}

/// True if a table of a page, or a page within a comment's reach, begins in a text.
fn holds_table(text: &str) -> bool {
    text.contains("<html")
        || text.match_indices("<table").any(|(at, tag)| {
            text.as_bytes()
                .get(at + tag.len())
                .is_some_and(|next| next.is_ascii_whitespace() || *next == b'>')
        })
}

fn old(bytes: &[u8]) -> Result<Content<'_>, Refusal> {
    let damaged =
        || Refusal::Damaged("its table of contents cannot be read, so it may have been cut off".to_owned());
    let file = Compound::open(bytes).ok_or_else(damaged)?;
    if file.has("EncryptedPackage") {
        return Err(Refusal::Password);
    }
    if file.has("Workbook") || file.has("Book") {
        return Ok(Content::Old(file));
    }
    Ok(Content::Other(if file.has("WordDocument") {
        "a Word document"
    } else if file.has("PowerPoint Document") {
        "a PowerPoint presentation"
    } else if file.has("VisioDocument") {
        "a Visio drawing"
    } else if file.has_prefix("__substg1.0_") {
        "an e-mail saved from Outlook"
    } else {
        "an Office file that is no spreadsheet"
    }))
}

fn package<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Content<'a>, Refusal> {
    let package = Package::open(bytes, limits)?;
    if let Some(kind) = package.read("mimetype")? {
        let kind = String::from_utf8_lossy(&kind);
        if let Some(kind) = kind.trim().strip_prefix("application/vnd.oasis.opendocument.") {
            return open_document(package, kind);
        }
    }
    let Some((content_type, name)) = ooxml::main_document(&package)? else {
        return Ok(Content::Other(other_package(&package)));
    };
    let has = |word: &str| content_type.contains(word);
    let kind = if has("spreadsheetml") {
        FileKind::Xlsx
    } else if has("ms-excel.sheet.binary") {
        FileKind::Xlsb
    } else if has("ms-excel.") {
        FileKind::Xlsm
    } else if has("wordprocessingml") || has("ms-word") {
        return Ok(Content::Other("a Word document"));
    } else if has("presentationml") || has("ms-powerpoint") {
        return Ok(Content::Other("a PowerPoint presentation"));
    } else if has("visio") {
        return Ok(Content::Other("a Visio drawing"));
    } else if name.to_lowercase().ends_with("workbook.xml") {
        FileKind::Xlsx
    } else {
        return Ok(Content::Other("an Office file that is no spreadsheet"));
    };
    Ok(Content::Package(package, Document { name, kind }))
}

fn open_document<'a>(package: Package<'a>, kind: &str) -> Result<Content<'a>, Refusal> {
    if ods::has_password(&package)? {
        return Err(Refusal::Password);
    }
    Ok(match kind {
        "spreadsheet" | "spreadsheet-template" => Content::Open(package),
        "text" => Content::Other("a text document (OpenDocument)"),
        "presentation" => Content::Other("a presentation (OpenDocument)"),
        _ => Content::Other("an OpenDocument file that is no spreadsheet"),
    })
}

fn other_package(package: &Package<'_>) -> &'static str {
    let any = |ending: &str| package.entries().iter().any(|entry| entry.name.ends_with(ending));
    if any(".iwa") {
        "an Apple Numbers, Pages or Keynote document"
    } else if package.find("META-INF/MANIFEST.MF").is_some() {
        "a program"
    } else {
        "a compressed (zip) folder"
    }
}

/// The ending of a file's name in lower case, if it does not suit what the file is.
pub(super) fn wrong_ending(name: &str, kind: FileKind) -> Option<String> {
    let (_, ending) = name.rsplit_once('.')?;
    let ending = ending.to_lowercase();
    let suits: &[&str] = match kind {
        FileKind::Xlsx => &["xlsx", "xltx"],
        FileKind::Xlsm => &["xlsm", "xltm", "xlam"],
        FileKind::Xlsb => &["xlsb"],
        FileKind::Xls => &["xls", "xlt"],
        FileKind::Ods => &["ods", "ots"],
        FileKind::Html => &["html", "htm"],
        FileKind::Csv => &["csv", "txt", "tsv", "tab"],
    };
    (!suits.contains(&ending.as_str())).then_some(ending)
}
