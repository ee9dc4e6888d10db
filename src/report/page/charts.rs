//! Bars. Each stands beside its words and figures, so that nothing is said by a picture or a colour alone.

use super::html::Text;
use rust_decimal::Decimal;
use std::io::{self, Write};

/// A part of a stacked bar.
pub(super) struct Piece<'a> {
    /// What it counts.
    pub(super) label: &'a str,
    /// How many.
    pub(super) count: u32,
    /// Its colour as `C00000`; without one it is left white with a broken edge.
    pub(super) colour: Option<&'a str>,
}

/// Width of a bar, in pixels, on a narrow telephone: what fits there fits everywhere.
const NARROW: u64 = 320;

/// Writes one bar whose pieces make up the whole, with each piece's words in it where they fit.
pub(super) fn stacked(pieces: &[Piece<'_>], out: &mut dyn Write) -> io::Result<()> {
    let whole: u64 = pieces.iter().map(|piece| u64::from(piece.count)).sum();
    write!(
        out,
        "<svg class=\"stack\" width=\"100%\" height=\"30\" aria-hidden=\"true\" focusable=\"false\">"
    )?;
    let mut before = 0u64;
    for piece in pieces.iter().filter(|piece| piece.count > 0) {
        let count = u64::from(piece.count);
        let (from, width) = (Share::of(before, whole), Share::of(count, whole));
        let middle = Share(from.0 + width.0 / 2);
        let rgb = piece.colour.and_then(rgb);
        match rgb {
            Some(rgb) => write!(
                out,
                "<rect x=\"{from}\" y=\"1\" width=\"{width}\" height=\"28\" fill=\"#{rgb:06x}\"/>"
            )?,
            None => {
                write!(out, "<rect class=\"open\" x=\"{from}\" y=\"1\" width=\"{width}\" height=\"28\"/>")?;
            }
        }
        let words = format!("{} {}", piece.label, piece.count);
        let room = width.0 * NARROW / Share::WHOLE;
        let fits = |text: &str| room >= 7 * text.chars().count() as u64 + 8;
        let ink = match rgb {
            Some(rgb) if is_dark(rgb) => " fill=\"#ffffff\"",
            Some(_) => " fill=\"#000000\"",
            None => "",
        };
        let words = if fits(&words) { words } else { piece.count.to_string() };
        if fits(&words) {
            write!(out, "<text x=\"{middle}\" y=\"20\" text-anchor=\"middle\"{ink}>{}</text>", Text(&words))?;
        }
        before += count;
    }
    write!(out, "</svg>")
}

/// Writes one bar from nothing to an amount, on the scale from the least to the greatest amount.
pub(super) fn bar(amount: Decimal, scale: &Scale, class: &str, out: &mut dyn Write) -> io::Result<()> {
    let (zero, end) = (scale.place(Decimal::ZERO), scale.place(amount));
    let (from, to) = if end.0 < zero.0 { (end, zero) } else { (zero, end) };
    // An amount that is not nothing is seen.
    let width = if amount.is_zero() { Share(0) } else { Share((to.0 - from.0).max(Share::WHOLE / 250)) };
    write!(
        out,
        "<svg class=\"bar\" width=\"100%\" height=\"14\" aria-hidden=\"true\" focusable=\"false\">\
         <rect class=\"{class}\" x=\"{from}\" y=\"1\" width=\"{width}\" height=\"12\"/>\
         <line x1=\"{zero}\" x2=\"{zero}\" y1=\"0\" y2=\"14\"/></svg>"
    )
}

/// From the least to the greatest amount of a chart, nothing included.
pub(super) struct Scale {
    least: Decimal,
    range: Decimal,
}

impl Scale {
    /// The scale of some amounts.
    pub(super) fn of(amounts: impl Iterator<Item = Decimal>) -> Self {
        let (least, most) = amounts.fold((Decimal::ZERO, Decimal::ZERO), |(least, most), amount| {
            (least.min(amount), most.max(amount))
        });
        Self { least, range: most.saturating_sub(least) }
    }

    fn place(&self, amount: Decimal) -> Share {
        let part = amount.saturating_sub(self.least).checked_div(self.range).unwrap_or_default();
        let share = part.saturating_mul(Decimal::from(Share::WHOLE)).round();
        Share(u64::try_from(share).unwrap_or(0).min(Share::WHOLE))
    }
}

/// A part of a whole, in hundredths of a percent.
#[derive(Debug, Clone, Copy)]
struct Share(u64);

impl Share {
    const WHOLE: u64 = 10_000;

    fn of(part: u64, whole: u64) -> Self {
        Self(part * Self::WHOLE / whole.max(1))
    }
}

impl std::fmt::Display for Share {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{:02}%", self.0 / 100, self.0 % 100)
    }
}

/// Reads `C00000` or `#C00000`.
fn rgb(text: &str) -> Option<u32> {
    let digits = text.trim_start_matches('#');
    if digits.len() == 6 { u32::from_str_radix(digits, 16).ok() } else { None }
}

/// True if white letters stand out better than black ones.
fn is_dark(rgb: u32) -> bool {
    let [_, red, green, blue] = rgb.to_be_bytes();
    213 * u32::from(red) + 715 * u32::from(green) + 72 * u32::from(blue) < 128 * 1000
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(write: impl Fn(&mut dyn Write) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        write(&mut out).expect("memory");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn a_stacked_bar_says_what_each_piece_is() {
        let piece = |label, count, colour| Piece { label, count, colour };
        let pieces = [piece("Red", 1, Some("C00000")), piece("Amber", 0, None), piece("No report", 3, None)];
        assert_eq!(
            text(|out| stacked(&pieces, out)),
            "<svg class=\"stack\" width=\"100%\" height=\"30\" aria-hidden=\"true\" focusable=\"false\">\
             <rect x=\"0.00%\" y=\"1\" width=\"25.00%\" height=\"28\" fill=\"#c00000\"/>\
             <text x=\"12.50%\" y=\"20\" text-anchor=\"middle\" fill=\"#ffffff\">Red 1</text>\
             <rect class=\"open\" x=\"25.00%\" y=\"1\" width=\"75.00%\" height=\"28\"/>\
             <text x=\"62.50%\" y=\"20\" text-anchor=\"middle\">No report 3</text></svg>"
        );
    }

    #[test]
    fn amounts_below_nothing_go_to_the_left() {
        let amounts = [Decimal::from(-25), Decimal::from(75)];
        let scale = Scale::of(amounts.into_iter());
        let shown = |amount| text(|out| bar(Decimal::from(amount), &scale, "typed", out));
        assert!(shown(75).contains("x=\"25.00%\" y=\"1\" width=\"75.00%\""), "{}", shown(75));
        assert!(shown(-25).contains("x=\"0.00%\" y=\"1\" width=\"25.00%\""), "{}", shown(-25));
        assert!(shown(0).contains("width=\"0.00%\""), "{}", shown(0));
        let nothing = Scale::of(std::iter::empty());
        assert!(text(|out| bar(Decimal::ZERO, &nothing, "typed", out)).contains("x=\"0.00%\""));
    }
}
