//! Where a record of comma-separated text ends, told before it is read: the parser makes room for all of it.

/// The end of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct End {
    /// Bytes to the end of its line, without that.
    pub(super) length: usize,
    /// False if a quotation mark in it is never closed.
    pub(super) closed: bool,
}

/// Finds the end of the record at the start of a text, by the rules of the parser; `None` if it is longer than `most`.
pub(super) fn end(text: &[u8], separator: u8, most: usize) -> Option<End> {
    let start = text.iter().position(|byte| !matches!(byte, b'\n' | b'\r')).unwrap_or(text.len());
    let text = &text[start..];
    let window = &text[..text.len().min(most.saturating_add(1))];
    let cut = window.len() < text.len();
    let found = |length: usize, closed: bool| {
        let whole = length <= most && !(cut && length == window.len());
        whole.then_some(End { length: start + length, closed })
    };
    let mut at = 0;
    loop {
        // At the start of a value.
        if window.get(at) == Some(&b'"') {
            let Some(behind) = behind_quotation(window, at + 1) else { return found(window.len(), false) };
            at = behind;
        }
        match memchr::memchr3(separator, b'\n', b'\r', &window[at..]) {
            None => return found(window.len(), true),
            Some(step) if window[at + step] == separator => at += step + 1,
            Some(step) => return found(at + step, true),
        }
    }
}

/// Where the quotation that goes on here is over; `None` if it never is. Two marks stand for one.
fn behind_quotation(text: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += memchr::memchr(b'"', text.get(at..)?)? + 1;
        if text.get(at) != Some(&b'"') {
            return Some(at);
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn quotations_hold_lines_together() {
        let end = |text: &str| end(text.as_bytes(), b',', 100).map(|end| (end.length, end.closed));
        assert_eq!(end("a,b\nc"), Some((3, true)));
        assert_eq!(end("\n\na\r\n"), Some((3, true)));
        assert_eq!(end("a,\"b\n,c\",d\ne"), Some((10, true)));
        assert_eq!(end("\"a\"\"\nb\"\nc"), Some((7, true)));
        assert_eq!(end("\"a\"b\nc"), Some((4, true)));
        assert_eq!(end("a\"b\nc\""), Some((3, true)));
        assert_eq!(end("a,\"b\nc"), Some((6, false)));
        assert_eq!(end(""), Some((0, true)));
        assert_eq!(end(&"x".repeat(100)), Some((100, true)));
        assert_eq!(end(&"x".repeat(101)), None);
        assert_eq!(end(&format!("\"{}", "\n".repeat(101))), None);
    }

    proptest! {
        /// The parser sees the same records.
        #[test]
        fn ends_are_those_of_the_parser(text in "[a\",\n\r]{0,24}") {
            let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
            let mut record = csv::ByteRecord::new();
            let mut at = 0;
            while reader.read_byte_record(&mut record).unwrap_or(false) {
                let end = end(&text.as_bytes()[at..], b',', 100).expect("a short one");
                let place = usize::try_from(reader.position().byte()).expect("small");
                let behind = text.as_bytes().get(at + end.length).map_or(0, |_| 1);
                prop_assert_eq!(at + end.length + behind, place, "{:?}", text);
                at = place;
            }
        }
    }
}
