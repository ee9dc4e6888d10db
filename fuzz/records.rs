//! Compound files and records of the binary formats, for the targets and for the hostile files of the main crate.
#![allow(dead_code, unreachable_pub, clippy::missing_panics_doc)]

/// The end of a chain of sectors.
pub const END: u32 = 0xFFFF_FFFE;
const FREE: u32 = 0xFFFF_FFFF;
const FAT: u32 = 0xFFFF_FFFD;
const SECTOR: usize = 512;

/// A compound file with these streams, each in sectors of its own.
pub fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let lengths: Vec<usize> = streams.iter().map(|(_, data)| data.len().max(4096).div_ceil(SECTOR)).collect();
    let directory = (streams.len() + 1).div_ceil(4);
    let needed = directory + lengths.iter().sum::<usize>();
    let fats = (needed + needed.div_ceil(127)).div_ceil(128);
    let mut table: Vec<u32> = vec![FAT; fats];
    let mut chain = |count: usize| {
        let start = table.len();
        table.extend((1..count).map(|step| number(start + step)));
        table.push(END);
        number(start)
    };
    let directory_at = chain(directory);
    let starts: Vec<u32> = lengths.iter().map(|count| chain(*count)).collect();
    table.resize(fats * 128, FREE);

    let mut file = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    file.extend_from_slice(&[0; 16]);
    for field in [0x3E_u16, 3, 0xFFFE, 9, 6, 0, 0, 0] {
        file.extend_from_slice(&field.to_le_bytes());
    }
    for field in [0, number(fats), directory_at, 0, 4096, END, 0, END, 0] {
        file.extend_from_slice(&field.to_le_bytes());
    }
    for index in 0..109 {
        file.extend_from_slice(&if index < fats { number(index) } else { FREE }.to_le_bytes());
    }
    file.extend(table.iter().flat_map(|entry| entry.to_le_bytes()));
    let start = file.len();
    entry(&mut file, "Root Entry", 5, END, 0);
    for ((name, data), at) in streams.iter().zip(&starts) {
        entry(&mut file, name, 2, *at, data.len().max(4096));
    }
    file.resize(start + directory * SECTOR, 0);
    for ((_, data), sectors) in streams.iter().zip(&lengths) {
        let end = file.len() + sectors * SECTOR;
        file.extend_from_slice(data);
        file.resize(end, 0);
    }
    file
}

fn entry(file: &mut Vec<u8>, name: &str, kind: u8, start: u32, length: usize) {
    let from = file.len();
    file.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
    file.resize(from + 64, 0);
    file.extend_from_slice(&u16::try_from(2 * name.len() + 2).expect("short").to_le_bytes());
    file.extend_from_slice(&[kind, 1]);
    for link in [FREE, FREE, if kind == 5 { 1 } else { FREE }] {
        file.extend_from_slice(&link.to_le_bytes());
    }
    file.resize(from + 116, 0);
    file.extend_from_slice(&start.to_le_bytes());
    file.extend_from_slice(&(length as u64).to_le_bytes());
}

/// A length or a place.
pub fn number(value: usize) -> u32 {
    u32::try_from(value).expect("small")
}

/// A record of `.xls`.
pub fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).expect("short").to_le_bytes();
    [kind.to_le_bytes().as_slice(), &length, data].concat()
}

/// A record of `.xlsb`; its length may lie.
pub fn binary_record_of(kind: u16, length: usize, data: &[u8]) -> Vec<u8> {
    let low = |value: u16| u8::try_from(value & 0x7F).expect("seven bits");
    let mut bytes = if kind < 0x80 { vec![low(kind)] } else { vec![low(kind) | 0x80, low(kind >> 7)] };
    let mut rest = length;
    loop {
        let byte = u8::try_from(rest & 0x7F).expect("seven bits");
        rest >>= 7;
        bytes.push(if rest > 0 { byte | 0x80 } else { byte });
        if rest == 0 {
            break;
        }
    }
    bytes.extend_from_slice(data);
    bytes
}

/// A record of `.xlsb`.
pub fn binary_record(kind: u16, data: &[u8]) -> Vec<u8> {
    binary_record_of(kind, data.len(), data)
}

/// A text of `.xlsb`.
pub fn wide(text: &str) -> Vec<u8> {
    let letters: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [u32::try_from(letters.len() / 2).expect("short").to_le_bytes().as_slice(), &letters].concat()
}
