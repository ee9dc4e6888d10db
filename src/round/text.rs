//! Settings files as text, whichever way a spreadsheet or editor saved them.

use crate::error::Error;
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use std::path::Path;

/// Reads a settings file.
pub(super) fn read(path: &Path) -> Result<String, Error> {
    std::fs::read(path).map(|bytes| decode(&bytes)).map_err(|source| Error::Io {
        doing: "read",
        path: path.to_owned(),
        source,
    })
}

/// The text of a file: as its mark at the start says, else UTF-8, else Windows-1252 as spreadsheets save it.
pub(super) fn decode(bytes: &[u8]) -> String {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or((UTF_8, 0));
    let rest = bytes.get(mark..).unwrap_or_default();
    match encoding.decode_without_bom_handling_and_without_replacement(rest) {
        Some(text) => text.into_owned(),
        None => WINDOWS_1252.decode_without_bom_handling(rest).0.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_editors_and_spreadsheets_save() {
        assert_eq!(decode("£1".as_bytes()), "£1");
        assert_eq!(decode(b"\xef\xbb\xbfa,b"), "a,b");
        assert_eq!(decode(b"\xa31 \x96 2"), "£1 – 2");
        assert_eq!(decode(b"\xff\xfea\0\xa3\0"), "a£");
        assert_eq!(decode(b""), "");
    }
}
