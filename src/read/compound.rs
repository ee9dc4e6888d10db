//! Compound files (the container of `.xls`, `.doc` and of Office files with a password), walked with every chain bounded.
//!
//! calamine follows chains without end, so it is never given the file itself but a new container with the one stream that
//! it reads.

const END_OF_CHAIN: u32 = 0xFFFF_FFFE;
const FREE: u32 = 0xFFFF_FFFF;
const FAT: u32 = 0xFFFF_FFFD;
/// The first eight bytes of a compound file.
pub(super) const SIGNATURE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// A compound file whose directory was read.
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    mini_stream: Vec<u8>,
    mini_cutoff: usize,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    length: usize,
}

impl<'a> Compound<'a> {
    /// Reads the directory; `None` if the file is damaged.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        let sector = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut file = Self {
            bytes,
            sector,
            fat: Vec::new(),
            mini_fat: Vec::new(),
            mini_stream: Vec::new(),
            mini_cutoff: u32_at(bytes, 56)? as usize,
            entries: Vec::new(),
        };
        for id in file.fat_sectors()? {
            file.fat.extend(words(file.sector(id)?));
        }
        let directory = file.chain(u32_at(bytes, 48)?, usize::MAX)?;
        file.entries = directory.chunks_exact(128).filter_map(|entry| file.entry(entry)).collect();
        if u32_at(bytes, 64)? > 0 {
            file.mini_fat = words(&file.chain(u32_at(bytes, 60)?, usize::MAX)?).collect();
            let root = file.entries.first()?;
            file.mini_stream = file.chain(root.start, root.length)?;
        }
        Some(file)
    }

    fn entry(&self, entry: &[u8]) -> Option<Entry> {
        let bytes = usize::from(u16_at(entry, 64)?).min(64).saturating_sub(2);
        let letters: Vec<u16> =
            entry[..bytes].chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
        if entry[66] == 0 {
            return None;
        }
        let length = usize::try_from(u32_at(entry, 120)?).ok()?.min(self.bytes.len());
        Some(Entry { name: String::from_utf16_lossy(&letters), start: u32_at(entry, 116)?, length })
    }

    /// The sectors that hold the table of chains.
    fn fat_sectors(&self) -> Option<Vec<u32>> {
        let most = self.bytes.len() / self.sector + 1;
        let mut sectors: Vec<u32> = words(self.bytes.get(76..512)?).collect();
        let mut next = u32_at(self.bytes, 68)?;
        // Each sector is there once, so that a chain that bites its tail ends, even if its sectors hold nothing else.
        let mut left = most;
        while next < FAT {
            left = left.checked_sub(1)?;
            let mut more: Vec<u32> = words(self.sector(next)?).collect();
            next = more.pop()?;
            sectors.extend(more);
            if sectors.len() > most + 109 + self.sector {
                return None;
            }
        }
        sectors.retain(|id| *id < FAT);
        (sectors.len() <= most).then_some(sectors)
    }

    /// One sector; the file's last may be short.
    fn sector(&self, id: u32) -> Option<&'a [u8]> {
        let start = usize::try_from(id).ok()?.checked_add(1)?.checked_mul(self.sector)?;
        let end = start.checked_add(self.sector)?.min(self.bytes.len());
        self.bytes.get(start..end).filter(|sector| !sector.is_empty())
    }

    /// The first `length` bytes of a chain of sectors; `usize::MAX` takes all of it.
    fn chain(&self, start: u32, length: usize) -> Option<Vec<u8>> {
        let mut data = Vec::new();
        let mut next = start;
        for _ in 0..=self.fat.len() {
            if next >= FAT || data.len() >= length {
                break;
            }
            data.extend_from_slice(self.sector(next)?);
            // More than the whole file is a chain that bites its tail.
            if data.len() > self.bytes.len() {
                return None;
            }
            next = self.fat.get(usize::try_from(next).ok()?).copied().unwrap_or(END_OF_CHAIN);
        }
        let whole = data.len() >= length || (length == usize::MAX && next >= FAT);
        data.truncate(length);
        whole.then_some(data)
    }

    fn mini_chain(&self, start: u32, length: usize) -> Option<Vec<u8>> {
        let mut data = Vec::new();
        let mut next = start;
        for _ in 0..=self.mini_fat.len() {
            if next >= FAT || data.len() >= length {
                break;
            }
            let from = usize::try_from(next).ok()?.checked_mul(64)?;
            data.extend_from_slice(self.mini_stream.get(from..from + 64)?);
            next = self.mini_fat.get(usize::try_from(next).ok()?).copied().unwrap_or(END_OF_CHAIN);
        }
        let whole = data.len() >= length;
        data.truncate(length);
        whole.then_some(data)
    }

    /// True if the directory has an entry of this name, whatever its case.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// True if the directory has an entry whose name starts like this.
    pub(super) fn has_prefix(&self, prefix: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.starts_with(prefix))
    }

    /// The whole stream of this name; `None` if there is none or its chain is broken.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))?;
        if entry.length < self.mini_cutoff {
            self.mini_chain(entry.start, entry.length)
        } else {
            self.chain(entry.start, entry.length)
        }
    }
}

/// A container with one stream, in sectors of 4,096 bytes that follow one another. At most 400 MiB fit.
pub(super) fn container(name: &str, data: &[u8]) -> Vec<u8> {
    const SECTOR: usize = 4096;
    const PER_SECTOR: usize = SECTOR / 4;
    let sectors = data.len().div_ceil(SECTOR).max(1);
    let fats = (sectors + 1).div_ceil(PER_SECTOR - 1);
    let number = |value: usize| u32::try_from(value).unwrap_or(FREE).to_le_bytes();
    let mut file = Vec::with_capacity((2 + sectors + fats) * SECTOR);
    file.extend_from_slice(SIGNATURE);
    file.extend_from_slice(&[0; 16]);
    for field in [0x3E_u16, 4, 0xFFFE, 12, 6, 0, 0, 0] {
        file.extend_from_slice(&field.to_le_bytes());
    }
    // One directory sector, which follows the table of chains; no small streams.
    for field in [1, fats, fats, 0, 4096] {
        file.extend_from_slice(&number(field));
    }
    for field in [END_OF_CHAIN, 0, END_OF_CHAIN, 0] {
        file.extend_from_slice(&field.to_le_bytes());
    }
    for index in 0..109 {
        file.extend_from_slice(&if index < fats { number(index) } else { FREE.to_le_bytes() });
    }
    file.resize(SECTOR, 0);
    for id in 0..fats * PER_SECTOR {
        let last = fats + sectors;
        let next = if id < fats {
            FAT.to_le_bytes()
        } else if id == fats || id == last {
            END_OF_CHAIN.to_le_bytes()
        } else if id < last {
            number(id + 1)
        } else {
            FREE.to_le_bytes()
        };
        file.extend_from_slice(&next);
    }
    let length = (sectors * SECTOR).max(SECTOR);
    // calamine takes a root without a start for a damaged file.
    directory_entry(&mut file, "Root Entry", 5, 0, 0);
    directory_entry(&mut file, name, 2, u32::try_from(fats + 1).unwrap_or(FREE), length);
    file.resize(SECTOR * (2 + fats), 0);
    file.extend_from_slice(data);
    file.resize(SECTOR * (2 + fats + sectors), 0);
    file
}

fn directory_entry(file: &mut Vec<u8>, name: &str, kind: u8, start: u32, length: usize) {
    let from = file.len();
    file.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
    file.resize(from + 64, 0);
    file.extend_from_slice(&u16::try_from(2 * name.len() + 2).unwrap_or(64).to_le_bytes());
    file.extend_from_slice(&[kind, 1]);
    for link in [FREE, FREE, if kind == 5 { 1 } else { FREE }] {
        file.extend_from_slice(&link.to_le_bytes());
    }
    file.resize(from + 116, 0);
    file.extend_from_slice(&start.to_le_bytes());
    file.extend_from_slice(&(length as u64).to_le_bytes());
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_container_gives_its_stream_back() {
        for length in [0, 1, 5000, 3 << 20, 5 << 20] {
            let data: Vec<u8> = (0..length).map(|at: u32| at.to_le_bytes()[0]).collect();
            let file = container("Workbook", &data);
            let compound = Compound::open(&file).unwrap();
            let stream = compound.stream("workbook").unwrap();
            assert_eq!(stream[..data.len()], data);
            assert!(stream[data.len()..].iter().all(|&byte| byte == 0));
            assert!(!compound.has("Book"));
        }
    }

    #[test]
    fn a_chain_that_bites_its_tail_ends() {
        let mut file = container("Workbook", &vec![7; 20_000]);
        // The table of chains is the first sector; its entry 4 is made to point back to sector 3.
        let at = 4096 + 4 * 4;
        file[at..at + 4].copy_from_slice(&3u32.to_le_bytes());
        assert_eq!(
            Compound::open(&file).and_then(|compound| compound.stream("Workbook")).map(|s| s.len()),
            Some(20_480)
        );
        file[4096 + 4..4096 + 8].copy_from_slice(&1u32.to_le_bytes());
        assert!(Compound::open(&file).is_none());
    }
}
