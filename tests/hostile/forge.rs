//! Zip packages written by hand, so that every field of them can lie.

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};
use std::io::Write as _;

/// One part of a package, and where it departs from what is usual.
#[derive(Clone)]
pub(crate) struct Part {
    pub(crate) name: String,
    packed: Vec<u8>,
    size: u32,
    crc: u32,
    method: u16,
    flags: u16,
    /// The place in the list of the part whose place the directory gives for this one.
    shares: Option<usize>,
}

impl Part {
    /// A part as any program writes it.
    pub(crate) fn new(name: &str, content: &[u8]) -> Self {
        Self::repeated(name, b"", content, 1, b"")
    }

    /// A part that is as long as wanted and packs into little: a start, a piece many times over, an end.
    pub(crate) fn repeated(name: &str, start: &[u8], piece: &[u8], times: usize, end: &[u8]) -> Self {
        let mut packer = DeflateEncoder::new(Vec::new(), Compression::fast());
        let mut crc = Crc::new();
        let mut put = |bytes: &[u8]| {
            crc.update(bytes);
            packer.write_all(bytes).expect("memory takes it");
        };
        put(start);
        // Larger pieces are quicker to pack.
        let together = (64_usize << 10).checked_div(piece.len()).unwrap_or(1).clamp(1, times.max(1));
        let block = piece.repeat(together);
        for _ in 0..times / together {
            put(&block);
        }
        put(&piece.repeat(times % together));
        put(end);
        let size = start.len() + piece.len() * times + end.len();
        Self {
            name: name.to_owned(),
            packed: packer.finish().expect("memory takes it"),
            size: u32::try_from(size).expect("a part below 4 GB"),
            crc: crc.sum(),
            method: 8,
            flags: 0,
            shares: None,
        }
    }

    /// Not packed.
    pub(crate) fn stored(name: &str, content: &[u8]) -> Self {
        let mut part = Self::new(name, content);
        (part.packed, part.method) = (content.to_vec(), 0);
        part
    }

    pub(crate) fn declaring_size(mut self, size: u32) -> Self {
        self.size = size;
        self
    }

    pub(crate) fn declaring_crc(mut self, crc: u32) -> Self {
        self.crc = crc;
        self
    }

    pub(crate) fn with_method(mut self, method: u16) -> Self {
        self.method = method;
        self
    }

    pub(crate) fn with_flags(mut self, flags: u16) -> Self {
        self.flags = flags;
        self
    }

    pub(crate) fn in_the_place_of(mut self, part: usize) -> Self {
        self.shares = Some(part);
        self
    }

    /// With its packed bytes changed.
    pub(crate) fn spoilt(mut self, spoil: impl Fn(&mut Vec<u8>)) -> Self {
        spoil(&mut self.packed);
        self
    }
}

/// What the end of a package says.
#[derive(Clone, Copy, Default)]
pub(crate) struct End {
    /// How many parts it claims, if not as many as there are.
    pub(crate) count: Option<u16>,
    /// How long it claims the directory to be.
    pub(crate) size: Option<u32>,
    /// Where it claims the directory to lie.
    pub(crate) offset: Option<u32>,
}

/// A package of these parts.
pub(crate) fn zip(parts: &[Part]) -> Vec<u8> {
    zip_ending(parts, End::default())
}

/// A package of these parts with this end.
pub(crate) fn zip_ending(parts: &[Part], end: End) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut places = Vec::new();
    for part in parts {
        places.push(length(bytes.len()));
        bytes.extend_from_slice(b"PK\x03\x04");
        bytes.extend(shared(part));
        bytes.extend_from_slice(&[0; 2]);
        bytes.extend_from_slice(part.name.as_bytes());
        bytes.extend_from_slice(&part.packed);
    }
    let start = bytes.len();
    for (index, part) in parts.iter().enumerate() {
        bytes.extend_from_slice(b"PK\x01\x02\x14\x00");
        bytes.extend(shared(part));
        bytes.extend_from_slice(&[0; 2 + 10]);
        bytes.extend_from_slice(&places[part.shares.unwrap_or(index)].to_le_bytes());
        bytes.extend_from_slice(part.name.as_bytes());
    }
    let size = end.size.unwrap_or(length(bytes.len() - start)).to_le_bytes();
    let offset = end.offset.unwrap_or(length(start)).to_le_bytes();
    let count = end.count.unwrap_or(u16::try_from(parts.len()).unwrap_or(u16::MAX)).to_le_bytes();
    let record = [b"PK\x05\x06\0\0\0\0".as_slice(), &count, &count, &size, &offset, &[0, 0]].concat();
    bytes.extend(record);
    bytes
}

/// What both headers of a part have in common, up to the length of its name.
fn shared(part: &Part) -> Vec<u8> {
    let mut bytes = Vec::new();
    for field in [20, part.flags, part.method, 0, 0x21] {
        bytes.extend_from_slice(&field.to_le_bytes());
    }
    for field in [part.crc, length(part.packed.len()), part.size] {
        bytes.extend_from_slice(&field.to_le_bytes());
    }
    bytes.extend_from_slice(&u16::try_from(part.name.len()).expect("a short name").to_le_bytes());
    bytes
}

fn length(value: usize) -> u32 {
    u32::try_from(value).expect("below 4 GB")
}

/// An Excel workbook of parts that can be left out, put twice or put otherwise.
#[derive(Clone)]
pub(crate) struct Book(pub(crate) Vec<Part>);

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// The parts of a workbook and their usual content.
pub(crate) fn usual_parts() -> Vec<(&'static str, String)> {
    let types = r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
    let relations = |list: &str| {
        format!(
            r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{list}</Relationships>"#
        )
    };
    let relation = |id: &str, kind: &str, target: &str| {
        format!(r#"<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{target}"/>"#)
    };
    let book = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="Plan" sheetId="1" r:id="r1"/></sheets></workbook>"#
    );
    let to = [
        relation("r1", "worksheet", "worksheets/sheet1.xml"),
        relation("r2", "sharedStrings", "sharedStrings.xml"),
        relation("r3", "styles", "styles.xml"),
        relation("r4", "theme", "theme/theme1.xml"),
    ];
    let strings = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><sst xmlns="{MAIN}" count="3" uniqueCount="3"><si><t>zero</t></si><si><t>one</t></si><si><t>two</t></si></sst>"#
    );
    let styles = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><styleSheet xmlns="{MAIN}"><fonts><font/></fonts><fills><fill/></fills><cellXfs><xf numFmtId="0" fontId="0" fillId="0"/><xf numFmtId="14" fontId="0" fillId="0"/></cellXfs></styleSheet>"#
    );
    let theme = r#"<?xml version="1.0" encoding="UTF-8"?><theme><clrScheme/></theme>"#;
    vec![
        ("[Content_Types].xml", types.to_owned()),
        ("_rels/.rels", relations(&relation("r1", "officeDocument", "xl/workbook.xml"))),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", relations(&to.concat())),
        ("xl/worksheets/sheet1.xml", sheet(r#"<row r="1"><c r="A1"><v>5</v></c></row>"#)),
        ("xl/sharedStrings.xml", strings),
        ("xl/styles.xml", styles),
        ("xl/theme/theme1.xml", theme.to_owned()),
    ]
}

/// A sheet with these rows.
pub(crate) fn sheet(rows: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>"#
    )
}

pub(crate) const SHEET: &str = "xl/worksheets/sheet1.xml";
pub(crate) const STRINGS: &str = "xl/sharedStrings.xml";
pub(crate) const STYLES: &str = "xl/styles.xml";
pub(crate) const LIST: &str = "xl/workbook.xml";

impl Book {
    /// A workbook of one sheet with one number.
    pub(crate) fn new() -> Self {
        Self(usual_parts().iter().map(|(name, content)| Part::new(name, content.as_bytes())).collect())
    }

    /// One with these rows.
    pub(crate) fn of(rows: &str) -> Self {
        Self::new().with(SHEET, sheet(rows).as_bytes())
    }

    /// One whose sheet holds this cell in B2 and a text on either side of it.
    pub(crate) fn around(cell: &str) -> Self {
        Self::of(&format!(
            r#"<row r="2"><c r="A2" t="s"><v>1</v></c>{cell}<c r="C2" t="s"><v>2</v></c></row>"#
        ))
    }

    /// With a part's content put otherwise, or with another part.
    pub(crate) fn with(self, name: &str, content: &[u8]) -> Self {
        self.put(Part::new(name, content))
    }

    /// With a part in the place of the one of its name.
    pub(crate) fn put(mut self, part: Part) -> Self {
        match self.0.iter_mut().find(|known| known.name == part.name) {
            Some(known) => *known = part,
            None => self.0.push(part),
        }
        self
    }

    /// With a part more, whatever its name.
    pub(crate) fn and(mut self, part: Part) -> Self {
        self.0.push(part);
        self
    }

    /// With a part changed.
    pub(crate) fn change(mut self, name: &str, change: impl Fn(Part) -> Part) -> Self {
        for part in &mut self.0 {
            if part.name == name {
                *part = change(part.clone());
            }
        }
        self
    }

    /// With words of a part's usual content replaced.
    pub(crate) fn replacing(self, name: &str, old: &str, new: &str) -> Self {
        let usual = usual_parts();
        let (_, content) = usual.iter().find(|(known, _)| *known == name).expect("a usual part");
        assert!(content.contains(old), "{name} has no {old}");
        self.with(name, content.replace(old, new).as_bytes())
    }

    /// Without a part.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.0.retain(|part| part.name != name);
        self
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        zip(&self.0)
    }
}
