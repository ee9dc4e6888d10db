//! A small macro project, as the compound file that a macro-enabled workbook carries.
//!
//! Follows the published formats: the compound file with 512-byte sectors and a mini stream
//! (MS-CFB), and the project streams with their compression and their three obscured
//! protection values (MS-OVBA). The project has no password and no compiled code, so Excel
//! compiles it from the source when it is opened.

use std::fmt::Write as _;

const PROJECT_ID: &str = "{5D1A2F60-9B1C-4E0B-8C1D-2A6B7C8D9E0F}";

/// A module of the project.
struct Module {
    name: String,
    source: String,
    /// A workbook's or a sheet's own module rather than a free-standing one.
    document: bool,
}

/// The bytes of `vbaProject.bin` for a workbook with this many sheets and one module of macros.
pub(crate) fn project(sheets: usize, module: &str, macros: &str) -> Vec<u8> {
    let mut modules = vec![document("ThisWorkbook", "00020819")];
    modules.extend((1..=sheets).map(|at| document(&format!("Sheet{at}"), "00020820")));
    modules.push(Module {
        name: module.to_owned(),
        source: format!("Attribute VB_Name = \"{module}\"\r\n{}", macros.replace('\n', "\r\n")),
        document: false,
    });

    let mut storage: Vec<(String, Vec<u8>)> =
        modules.iter().map(|one| (one.name.clone(), compressed(one.source.as_bytes()))).collect();
    storage.push(("dir".into(), compressed(&directory_stream(&modules))));
    storage.push(("_VBA_PROJECT".into(), vec![0xCC, 0x61, 0xFF, 0xFF, 0, 0, 0]));
    let top =
        vec![("PROJECT".into(), project_stream(&modules)), ("PROJECTwm".into(), names_stream(&modules))];
    compound_file("VBA", &storage, &top)
}

fn document(name: &str, class: &str) -> Module {
    let source = format!(
        "Attribute VB_Name = \"{name}\"\r\nAttribute VB_Base = \"0{{{class}-0000-0000-C000-000000000046}}\"\r\n\
         Attribute VB_GlobalNameSpace = False\r\nAttribute VB_Creatable = False\r\n\
         Attribute VB_PredeclaredId = True\r\nAttribute VB_Exposed = True\r\n\
         Attribute VB_TemplateDerived = False\r\nAttribute VB_Customizable = True\r\n"
    );
    Module { name: name.to_owned(), source, document: true }
}

// The project's streams -----------------------------------------------------------------------

fn record(out: &mut Vec<u8>, id: u16, data: &[u8]) {
    out.extend(id.to_le_bytes());
    out.extend(length(data).to_le_bytes());
    out.extend(data);
}

fn length(data: &[u8]) -> u32 {
    u32::try_from(data.len()).expect("every stream here is small")
}

fn wide(words: &str) -> Vec<u8> {
    words.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn directory_stream(modules: &[Module]) -> Vec<u8> {
    let mut out = Vec::new();
    record(&mut out, 0x01, &1_u32.to_le_bytes());
    record(&mut out, 0x02, &0x0409_u32.to_le_bytes());
    record(&mut out, 0x14, &0x0409_u32.to_le_bytes());
    record(&mut out, 0x03, &1252_u16.to_le_bytes());
    record(&mut out, 0x04, b"VBAProject");
    for id in [0x05, 0x40, 0x06, 0x3D] {
        record(&mut out, id, b"");
    }
    record(&mut out, 0x07, &0_u32.to_le_bytes());
    record(&mut out, 0x08, &0_u32.to_le_bytes());
    // The version's size field leaves out the two bytes of the minor version.
    record(&mut out, 0x09, &1_u32.to_le_bytes());
    out.extend(1_u16.to_le_bytes());
    record(&mut out, 0x0C, b"");
    record(&mut out, 0x3C, b"");

    record(&mut out, 0x16, b"stdole");
    record(&mut out, 0x3E, &wide("stdole"));
    let library = b"*\\G{00020430-0000-0000-C000-000000000046}#2.0#0#stdole2.tlb#OLE Automation";
    let mut reference = length(library).to_le_bytes().to_vec();
    reference.extend(library);
    reference.extend([0; 6]);
    record(&mut out, 0x0D, &reference);

    let count = u16::try_from(modules.len()).expect("a handful of modules");
    record(&mut out, 0x0F, &count.to_le_bytes());
    record(&mut out, 0x13, &0xFFFF_u16.to_le_bytes());
    for module in modules {
        record(&mut out, 0x19, module.name.as_bytes());
        record(&mut out, 0x47, &wide(&module.name));
        record(&mut out, 0x1A, module.name.as_bytes());
        record(&mut out, 0x32, &wide(&module.name));
        record(&mut out, 0x1C, b"");
        record(&mut out, 0x48, b"");
        record(&mut out, 0x31, &0_u32.to_le_bytes());
        record(&mut out, 0x1E, &0_u32.to_le_bytes());
        record(&mut out, 0x2C, &0xFFFF_u16.to_le_bytes());
        record(&mut out, if module.document { 0x22 } else { 0x21 }, b"");
        record(&mut out, 0x2B, b"");
    }
    record(&mut out, 0x10, b"");
    out
}

fn project_stream(modules: &[Module]) -> Vec<u8> {
    let mut out = format!("ID=\"{PROJECT_ID}\"\r\n");
    for module in modules {
        out += if module.document { "Document=" } else { "Module=" };
        out += &module.name;
        out += if module.document { "/&H00000000\r\n" } else { "\r\n" };
    }
    out += "Name=\"VBAProject\"\r\nHelpContextID=\"0\"\r\nVersionCompatible32=\"393222000\"\r\n";
    for (name, seed, data) in [("CMG", 0x11, [0; 4].as_slice()), ("DPB", 0x23, &[0]), ("GC", 0x35, &[0xFF])] {
        out += &[name, "=\"", &obscured(seed, data), "\"\r\n"].concat();
    }
    out += "\r\n[Host Extender Info]\r\n&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000\r\n\r\n[Workspace]\r\n";
    for module in modules {
        out += &[&module.name, "=0, 0, 0, 0, C\r\n"].concat();
    }
    out.into_bytes()
}

fn names_stream(modules: &[Module]) -> Vec<u8> {
    let mut out = Vec::new();
    for module in modules {
        out.extend(module.name.as_bytes());
        out.push(0);
        out.extend(wide(&module.name));
        out.extend([0, 0]);
    }
    out.extend([0, 0]);
    out
}

/// Hides a protection value as MS-OVBA 2.4.3.2 says, with a fixed seed.
fn obscured(seed: u8, data: &[u8]) -> String {
    let key = PROJECT_ID.bytes().fold(0_u8, u8::wrapping_add);
    let mut plain_before = key;
    let mut last = seed ^ key;
    let mut before_last = seed ^ 2;
    let mut out = vec![seed, before_last, last];
    let mut clear: Vec<u8> = vec![7; usize::from((seed & 6) / 2)];
    clear.extend(length(data).to_le_bytes());
    clear.extend(data);
    for byte in clear {
        let hidden = byte ^ before_last.wrapping_add(plain_before);
        out.push(hidden);
        before_last = last;
        last = hidden;
        plain_before = byte;
    }
    let mut words = String::new();
    for byte in out {
        write!(words, "{byte:02X}").expect("a string takes every write");
    }
    words
}

/// Compresses a short stream: one chunk in which every byte stands for itself.
fn compressed(data: &[u8]) -> Vec<u8> {
    let mut chunk = Vec::new();
    for eight in data.chunks(8) {
        chunk.push(0);
        chunk.extend(eight);
    }
    assert!(chunk.len() <= 4094 && data.len() <= 4096, "the stream fits one chunk");
    let header = u16::try_from(chunk.len() - 1).expect("checked above") | 0xB000;
    let mut out = vec![1];
    out.extend(header.to_le_bytes());
    out.extend(chunk);
    out
}

// The compound file ---------------------------------------------------------------------------

const SECTOR: usize = 512;
const MINI: usize = 64;
const END: u32 = 0xFFFF_FFFE;
const FREE: u32 = 0xFFFF_FFFF;

struct Entry {
    name: String,
    kind: u8,
    left: u32,
    right: u32,
    child: u32,
    start: u32,
    size: u32,
}

/// A compound file with one storage and some streams beside it, all of them small.
fn compound_file(storage: &str, inside: &[(String, Vec<u8>)], beside: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut mini_stream = Vec::new();
    let mut mini_fat: Vec<u32> = Vec::new();
    let mut entries = vec![entry("Root Entry", 5), entry(storage, 1)];
    for (name, data) in inside.iter().chain(beside) {
        assert!(data.len() < 4096, "streams this small live in the mini stream");
        let mut one = entry(name, 2);
        one.start = u32::try_from(mini_fat.len()).expect("small");
        one.size = length(data);
        let sectors = data.len().div_ceil(MINI);
        for at in 1..=sectors {
            let next = one.start + u32::try_from(at).expect("small");
            mini_fat.push(if at == sectors { END } else { next });
        }
        mini_stream.extend(data);
        mini_stream.resize(mini_fat.len() * MINI, 0);
        entries.push(one);
    }
    let split = 2 + inside.len();
    entries[1].child = tree(&mut entries, (2..split).collect());
    let top = std::iter::once(1).chain(split..entries.len()).collect();
    entries[0].child = tree(&mut entries, top);

    let directory_sectors = entries.len().div_ceil(4);
    let mini_fat_sectors = mini_fat.len().div_ceil(SECTOR / 4);
    let stream_sectors = mini_stream.len().div_ceil(SECTOR);
    let (directory_at, mini_fat_at) = (1, 1 + directory_sectors);
    let stream_at = mini_fat_at + mini_fat_sectors;
    entries[0].start = u32::try_from(stream_at).expect("small");
    entries[0].size = length(&mini_stream);

    let mut fat = vec![0xFFFF_FFFD_u32];
    for count in [directory_sectors, mini_fat_sectors, stream_sectors] {
        for at in 1..=count {
            let next = u32::try_from(fat.len() + 1).expect("small");
            fat.push(if at == count { END } else { next });
        }
    }
    assert!(fat.len() <= SECTOR / 4, "one sector of sector numbers is enough");
    fat.resize(SECTOR / 4, FREE);
    mini_fat.resize(mini_fat_sectors * SECTOR / 4, FREE);

    let mut out = header(directory_at, mini_fat_at, mini_fat_sectors);
    out.extend(fat.iter().flat_map(|number| number.to_le_bytes()));
    for one in &entries {
        write_entry(&mut out, one);
    }
    for _ in entries.len()..directory_sectors * 4 {
        write_entry(&mut out, &entry("", 0));
    }
    out.extend(mini_fat.iter().flat_map(|number| number.to_le_bytes()));
    out.extend(mini_stream);
    out.resize(out.len().next_multiple_of(SECTOR), 0);
    out
}

fn entry(name: &str, kind: u8) -> Entry {
    Entry { name: name.to_owned(), kind, left: FREE, right: FREE, child: FREE, start: 0, size: 0 }
}

/// Links these entries as a balanced search tree, shorter names first, and gives its root.
fn tree(entries: &mut [Entry], mut members: Vec<usize>) -> u32 {
    members.sort_by_key(|&at| (entries[at].name.len(), entries[at].name.to_uppercase()));
    linked(entries, &members)
}

fn linked(entries: &mut [Entry], members: &[usize]) -> u32 {
    if members.is_empty() {
        return FREE;
    }
    let middle = members.len() / 2;
    let left = linked(entries, &members[..middle]);
    let right = linked(entries, &members[middle + 1..]);
    let root = members[middle];
    entries[root].left = left;
    entries[root].right = right;
    u32::try_from(root).expect("small")
}

fn header(directory_at: usize, mini_fat_at: usize, mini_fat_sectors: usize) -> Vec<u8> {
    let number = |value: usize| u32::try_from(value).expect("small").to_le_bytes();
    let mut out = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    out.extend([0; 16]);
    for half in [0x3E_u16, 3, 0xFFFE, 9, 6] {
        out.extend(half.to_le_bytes());
    }
    out.extend([0; 6]);
    out.extend(number(0));
    out.extend(number(1));
    out.extend(number(directory_at));
    out.extend(number(0));
    out.extend(number(4096));
    out.extend(number(mini_fat_at));
    out.extend(number(mini_fat_sectors));
    out.extend(END.to_le_bytes());
    out.extend(number(0));
    out.extend(number(0));
    out.resize(SECTOR, 0xFF);
    out
}

fn write_entry(out: &mut Vec<u8>, one: &Entry) {
    let start = out.len();
    let name = wide(&one.name);
    out.extend(&name);
    out.resize(start + 64, 0);
    let stated = if name.is_empty() { 0 } else { name.len() + 2 };
    out.extend(u16::try_from(stated).expect("names are short").to_le_bytes());
    // Every node is black: a search tree needs no more to be read.
    out.extend([one.kind, u8::from(one.kind != 0)]);
    for link in [one.left, one.right, one.child] {
        out.extend(link.to_le_bytes());
    }
    out.extend([0; 36]);
    out.extend(one.start.to_le_bytes());
    out.extend(one.size.to_le_bytes());
    out.extend([0; 4]);
}
