//! Comma-separated text: its encoding and separator are found out, its values stay text.

use super::records::{self, End};
use crate::model::{
    CellRef, FileId, FileKind, Limited, Limits, MAX_COLUMNS, MAX_ROWS, Oddity, Raw, Refusal, Sheet, SheetId,
    Workbook,
};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// A value with more lines is told.
const MAX_LINES: usize = 1_000;
/// Values that are told.
const MAX_ODD: usize = 100;
/// How much is looked at to find the separator.
const SAMPLE: usize = 64 << 10;

/// Reads text as one sheet that is named like the file.
pub(super) fn read(
    file: FileId,
    name: &str,
    bytes: &[u8],
    limits: &Limits,
    wanted: &dyn Fn(&str) -> bool,
) -> Result<Workbook, Refusal> {
    let (encoding, mark) = encoding(bytes)?;
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let stem = super::ooxml::clean_name(stem.rsplit(['/', '\\']).next().unwrap_or(stem));
    let mut sheet = Sheet::new(file, SheetId(0), stem);
    let mut oddities = Vec::new();
    if encoding != UTF_8 {
        oddities.push(Oddity::Encoding(self::name(encoding)));
    }
    if wanted(&sheet.name) {
        let text = decode(encoding, &bytes[mark..])?;
        fill(&mut sheet, text.as_bytes(), limits, &mut oddities)?;
    }
    sheet.finish();
    Ok(Workbook { sheets: vec![sheet], oddities, ..Workbook::new(file, FileKind::Csv) })
}

/// What an encoding is called in messages.
pub(super) fn name(encoding: &'static Encoding) -> &'static str {
    if encoding == WINDOWS_1252 { "Windows-1252" } else { "UTF-16" }
}

/// The encoding, and the length of the mark that says so.
pub(super) fn encoding(bytes: &[u8]) -> Result<(&'static Encoding, usize), Refusal> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok((encoding, mark));
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let zeros = |from: usize| sample.iter().skip(from).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    // Western text in two bytes a letter has a zero in every other place.
    if odd * 5 > sample.len() * 2 && even * 20 < sample.len() {
        return Ok((UTF_16LE, 0));
    }
    if even * 5 > sample.len() * 2 && odd * 20 < sample.len() {
        return Ok((UTF_16BE, 0));
    }
    let odd_bytes =
        bytes.iter().filter(|&&b| b < 32 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1a)).count();
    if bytes.contains(&0) || odd_bytes * 100 > bytes.len() {
        return Err(Refusal::NotASpreadsheet("a file of a kind that is not known"));
    }
    Ok((if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { WINDOWS_1252 }, 0))
}

/// The text of bytes in an encoding.
pub(super) fn decode<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Result<Cow<'a, str>, Refusal> {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    if text.contains('\0') || (damaged && encoding != UTF_8) {
        return Err(Refusal::Damaged("its text holds bytes that are no letters".to_owned()));
    }
    if damaged {
        // Marked as UTF-8 and not: some programs put the mark before whatever they write.
        return Ok(WINDOWS_1252.decode_without_bom_handling(bytes).0);
    }
    Ok(text)
}

fn fill(sheet: &mut Sheet, text: &[u8], limits: &Limits, oddities: &mut Vec<Oddity>) -> Result<(), Refusal> {
    let (separator, skip) = separator(text);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(&text[skip..]);
    let mut record = csv::ByteRecord::new();
    let (mut row, mut cells) = (0, 0);
    let (mut expected, mut ragged, mut first) = (None, 0, 0);
    let mut position = 0;
    loop {
        let place = usize::try_from(position).unwrap_or(usize::MAX);
        let rest = text[skip..].get(place..).unwrap_or_default();
        // A longer record means a quotation mark that was never closed.
        let Some(End { closed, .. }) = records::end(rest, separator, limits.size(Limited::Record)) else {
            return Err(Refusal::past(limits, Limited::Record));
        };
        let more = reader.read_byte_record(&mut record);
        if !more.map_err(|_| Refusal::Damaged("its rows cannot be told apart".to_owned()))? {
            break;
        }
        let end = reader.position().byte();
        // Blank lines are skipped by the parser and must still count as rows.
        row += blank_lines(&text[skip..], position);
        position = end;
        if row >= MAX_ROWS {
            return Err(Refusal::Damaged(format!("it has more than {MAX_ROWS} rows")));
        }
        cells += record.len();
        if cells > limits.size(Limited::Cells) {
            return Err(Refusal::past(limits, Limited::Cells));
        }
        if record.len() > usize::from(MAX_COLUMNS) {
            return Err(Refusal::Damaged("it has more values than a sheet can hold".to_owned()));
        }
        if *expected.get_or_insert(record.len()) != record.len() {
            if ragged == 0 {
                first = row;
            }
            ragged += 1;
        }
        put(sheet, row, &record, !closed, oddities);
        row += 1;
    }
    if ragged > 0 {
        oddities.push(Oddity::RaggedRows { count: ragged, first });
    }
    Ok(())
}

/// Adds a row; if it ends inside a quotation, that is its last value's.
fn put(sheet: &mut Sheet, row: u32, record: &csv::ByteRecord, open: bool, oddities: &mut Vec<Oddity>) {
    let last = record.len().saturating_sub(1);
    for (column, (index, value)) in (0..).zip(record.iter().enumerate()) {
        let open = open && index == last;
        if open || value.len() > MAX_LINES {
            let lines = memchr::memchr_iter(b'\n', value).count();
            if (open || lines > MAX_LINES) && oddities.len() < MAX_ODD {
                let at = sheet.origin(CellRef::new(row, column));
                let lines = u32::try_from(lines.max(1)).unwrap_or(u32::MAX);
                oddities.push(Oddity::OpenQuotation { at, lines, closed: !open });
            }
        }
        // The text was decoded as a whole, and a separator never lies inside a letter.
        let text = String::from_utf8_lossy(value);
        sheet.push(CellRef::new(row, column), Raw::Text(&text));
    }
}

/// How many empty lines start here, where a record ended.
fn blank_lines(text: &[u8], position: u64) -> u32 {
    let Some((before, mut rest)) = usize::try_from(position).ok().and_then(|at| text.split_at_checked(at))
    else {
        return 0;
    };
    // The parser stops between the two characters of a line's end.
    if before.ends_with(b"\r") {
        rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    }
    let mut lines = 0;
    loop {
        rest = match rest {
            [b'\r', b'\n', after @ ..] | [b'\n' | b'\r', after @ ..] => after,
            _ => return lines,
        };
        lines += 1;
    }
}

/// The separator, and how much of the text to skip for a line that states it (`sep=;`).
fn separator(text: &[u8]) -> (u8, usize) {
    if let [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', separator, rest @ ..] = text
        && let [b'\n' | b'\r', ..] = rest
        && !matches!(separator, b'"' | b'\n' | b'\r')
    {
        let end = if rest.starts_with(b"\r\n") { 2 } else { 1 };
        return (*separator, 5 + end);
    }
    let sample = &text[..text.len().min(SAMPLE)];
    let mut best = (0, b',');
    for candidate in [b',', b';', b'\t'] {
        let score = regularity(sample, candidate);
        if score > best.0 {
            best = (score, candidate);
        }
    }
    (best.1, 0)
}

/// How many of the first lines hold as many of these separators, outside quotation marks, as the most usual number above
/// zero; more separators win between equals.
fn regularity(sample: &[u8], separator: u8) -> usize {
    let mut counts = Vec::new();
    let (mut count, mut quoted) = (0usize, false);
    for &byte in sample {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => counts.push(std::mem::take(&mut count)),
            byte if byte == separator && !quoted => count += 1,
            _ => {}
        }
    }
    counts.push(count);
    counts.retain(|&count| count > 0);
    counts.sort_unstable();
    counts.chunk_by(|a, b| a == b).map(|run| run.len() * 1_000 + run[0].min(999)).max().unwrap_or(0)
}
