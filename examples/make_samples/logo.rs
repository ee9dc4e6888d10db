//! A plain coloured logo: the smallest honest picture, without a picture library.

const SIDE: usize = 48;

/// A square in two colours as a PNG.
pub(crate) fn png() -> Vec<u8> {
    let mut pixels = Vec::new();
    for row in 0..SIDE {
        pixels.push(0);
        for column in 0..SIDE {
            let inside = row.abs_diff(SIDE / 2) + column.abs_diff(SIDE / 2) < SIDE / 3;
            pixels.extend(if inside { [0xFF, 0xFF, 0xFF] } else { [0x1F, 0x38, 0x64] });
        }
    }
    let side = u32::try_from(SIDE).expect("small").to_be_bytes();
    let mut header = [side, side].concat();
    header.extend([8, 2, 0, 0, 0]);
    let mut out = vec![0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A];
    chunk(&mut out, b"IHDR", &header);
    chunk(&mut out, b"IDAT", &stored(&pixels));
    chunk(&mut out, b"IEND", &[]);
    out
}

/// A zlib stream that holds its data uncompressed.
fn stored(data: &[u8]) -> Vec<u8> {
    let size = u16::try_from(data.len()).expect("one stored block is enough");
    let mut out = vec![0x78, 0x01, 1];
    out.extend(size.to_le_bytes());
    out.extend((!size).to_le_bytes());
    out.extend(data);
    let (mut low, mut high) = (1_u32, 0_u32);
    for byte in data {
        low = (low + u32::from(*byte)) % 65_521;
        high = (high + low) % 65_521;
    }
    out.extend(((high << 16) | low).to_be_bytes());
    out
}

fn chunk(out: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    out.extend(u32::try_from(data.len()).expect("small").to_be_bytes());
    let body = [kind.as_slice(), data].concat();
    out.extend(&body);
    out.extend(checksum(&body).to_be_bytes());
}

/// CRC-32, bit by bit.
fn checksum(data: &[u8]) -> u32 {
    !data.iter().fold(!0, |start, byte| {
        (0..8).fold(start ^ u32::from(*byte), |value, _| {
            (value >> 1) ^ (0xEDB8_8320 & (value & 1).wrapping_neg())
        })
    })
}
