//! How cells are shown, where that bears on what they mean.

use super::CellRef;

/// A colour with less of it than this is grey.
const GREY: f64 = 12.0;

/// A colour: red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rgb(pub [u8; 3]);

impl Rgb {
    /// A colour from its number, `0xRRGGBB`.
    #[must_use]
    pub const fn new(number: u32) -> Self {
        let [_, red, green, blue] = number.to_be_bytes();
        Self([red, green, blue])
    }

    /// Reads six hexadecimal digits, RRGGBB.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        (text.len() == 6).then(|| u32::from_str_radix(text, 16).ok()).flatten().map(Self::new)
    }

    /// What people call the colour: `red`, `orange`, `light green`.
    #[must_use]
    pub fn name(self) -> &'static str {
        let [lightness, chroma, hue] = self.lightness_chroma_hue();
        if chroma < GREY {
            return if lightness > 97.0 {
                "white"
            } else if lightness < 15.0 {
                "black"
            } else {
                "grey"
            };
        }
        match hue {
            5.0..=46.0 => "red",
            46.0..=72.0 => "orange",
            72.0..=94.0 => "amber",
            94.0..=112.0 => "yellow",
            112.0..=190.0 => "green",
            190.0..=300.0 => "blue",
            300.0..=345.0 => "purple",
            _ => "pink",
        }
    }

    /// How far apart two colours are to the eye, by lightness and hue: tints of one colour are near. `None` if one of them
    /// is grey and the other is not.
    #[must_use]
    #[expect(clippy::float_arithmetic, reason = "colours, not money")]
    pub fn distance(self, other: Self) -> Option<f64> {
        let [first, second] = [self, other].map(Self::lightness_chroma_hue);
        let lightness = first[0] - second[0];
        if first[1] < GREY || second[1] < GREY {
            return (first[1] < GREY && second[1] < GREY).then_some(lightness.abs());
        }
        let turn = (first[2] - second[2]).abs();
        Some(lightness.hypot(turn.min(360.0 - turn)))
    }

    /// The colour in the CIE's terms (L*, C* and h of 1976, D65): what the eye tells apart.
    #[expect(clippy::float_arithmetic, reason = "colours, not money")]
    fn lightness_chroma_hue(self) -> [f64; 3] {
        let [red, green, blue] = self.0.map(|part| {
            let share = f64::from(part) / 255.0;
            if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        });
        let curve = |value: f64| {
            if value > 0.008_856 { value.cbrt() } else { 7.787 * value + 16.0 / 116.0 }
        };
        let x = curve((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505);
        let y = curve(0.2126 * red + 0.7152 * green + 0.0722 * blue);
        let z = curve((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089);
        let (across, along) = (500.0 * (x - y), 200.0 * (y - z));
        [116.0 * y - 16.0, across.hypot(along), along.atan2(across).to_degrees().rem_euclid(360.0)]
    }

    /// True if a cell of this colour looks like one without any fill.
    #[must_use]
    pub fn is_white(self) -> bool {
        self.0.iter().all(|part| *part >= 0xF8)
    }
}

/// A typeface whose letters are drawn as other signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SymbolFont {
    /// Wingdings.
    Wingdings,
    /// Wingdings 2.
    Wingdings2,
    /// Wingdings 3.
    Wingdings3,
    /// Webdings.
    Webdings,
    /// Symbol.
    Symbol,
}

impl SymbolFont {
    /// The symbol font of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        Some(match name.to_ascii_lowercase().as_str() {
            "wingdings" => Self::Wingdings,
            "wingdings2" => Self::Wingdings2,
            "wingdings3" => Self::Wingdings3,
            "webdings" => Self::Webdings,
            "symbol" => Self::Symbol,
            _ => return None,
        })
    }
}

/// What a number format shows of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Shown {
    /// As Excel thinks best.
    #[default]
    General,
    /// Day and month, no year (`d-mmm`).
    DayMonth,
    /// Month and year, no day (`mmm-yy`).
    MonthYear,
    /// A whole date.
    Date,
    /// A time of day or a length of time.
    Time,
    /// No decimals.
    WholePounds,
    /// In thousands (or more): a comma at the end takes three digits away.
    Thousands,
    /// In percent.
    Percent,
    /// As text.
    Text,
    /// Ten digits in groups of three, three and four.
    Grouped,
    /// Anything else, such as two decimals.
    Other,
}

impl Shown {
    /// What a number format's code shows, by its first section.
    #[must_use]
    pub fn of_code(code: &str) -> Self {
        let groups = code.replace(['\\', '"'], "").replace('#', "0");
        if matches!(groups.split(';').next(), Some("000 000 0000" | "000-000-0000")) {
            return Self::Grouped;
        }
        let bare = bare(code);
        let lower = bare.to_ascii_lowercase();
        if lower.is_empty() || lower == "general" {
            return Self::General;
        }
        if lower.contains('@') {
            return Self::Text;
        }
        if !lower.contains(['0', '#', '?']) || lower.contains("mmm") || lower.contains("yy") {
            let (day, year) = (lower.contains('d'), lower.contains('y') || lower.contains('e'));
            let month = lower.contains("mmm") || lower.contains('m') && !lower.contains(['h', 's']);
            match (day, month, year) {
                (true, true, false) => return Self::DayMonth,
                (false, true, true) => return Self::MonthYear,
                (true, _, _) | (_, _, true) => return Self::Date,
                _ if lower.contains(['h', 's', 'm']) => return Self::Time,
                _ => {}
            }
        }
        if lower.contains('%') {
            return Self::Percent;
        }
        let digits = lower.trim_end_matches(|c: char| !matches!(c, '0' | '#' | '?' | ',' | '.'));
        if digits.ends_with(',') {
            return Self::Thousands;
        }
        if lower.contains('0') && !lower.contains(['.', '/', 'e']) { Self::WholePounds } else { Self::Other }
    }

    /// What one of the formats shows that are numbered and not written out.
    #[must_use]
    pub const fn of_number(number: u32) -> Option<Self> {
        Some(match number {
            0 => Self::General,
            1 | 3 | 5 | 6 | 37 | 38 | 41 | 42 => Self::WholePounds,
            9 | 10 => Self::Percent,
            14 | 15 | 22 | 27..=31 | 34..=36 | 50..=58 => Self::Date,
            16 => Self::DayMonth,
            17 => Self::MonthYear,
            18..=21 | 32 | 33 | 45..=47 => Self::Time,
            49 => Self::Text,
            2 | 4 | 7 | 8 | 11..=13 | 39 | 40 | 43 | 44 | 48 => Self::Other,
            _ => return None,
        })
    }
}

/// The first section of a format's code without quoted words, escaped letters, padding and brackets.
fn bare(code: &str) -> String {
    let mut bare = String::new();
    let mut letters = code.chars();
    while let Some(letter) = letters.next() {
        match letter {
            ';' => break,
            '"' => while letters.next().is_some_and(|letter| letter != '"') {},
            '\\' | '_' | '*' => {
                letters.next();
            }
            '[' => {
                let inside: String = letters.by_ref().take_while(|letter| *letter != ']').collect();
                if matches!(inside.to_ascii_lowercase().trim_matches(['h', 'm', 's']), "") {
                    bare.push_str(&inside);
                }
            }
            letter => bare.push(letter),
        }
    }
    bare
}

/// How one cell looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Look {
    /// Its own solid fill, if it has one.
    pub fill: Option<Rgb>,
    /// The symbol font that it is written in.
    pub symbols: Option<SymbolFont>,
    /// True if its text is crossed out.
    pub struck: bool,
    /// What its number format shows.
    pub shown: Shown,
}

/// How a sheet's cells look: runs of equal cells down each column, so that a million cells that look alike cost one run.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Looks {
    columns: Vec<Vec<Run>>,
    /// The looks that runs name.
    known: Vec<Look>,
    runs: usize,
    /// The last row of each column's last run may still grow.
    full: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Run {
    first: u32,
    last: u32,
    look: u16,
}

impl Looks {
    /// The most runs of one sheet; what looks different beyond them is not kept.
    pub const MAX_RUNS: usize = 1_000_000;

    /// The number of a look, for [`Looks::put`]. Only the first 65,535 different looks are kept apart.
    pub fn intern(&mut self, look: Look) -> u16 {
        let at = self.known.iter().position(|known| *known == look).unwrap_or(self.known.len());
        let Ok(number) = u16::try_from(at) else { return u16::MAX };
        if at == self.known.len() {
            self.known.push(look);
        }
        number
    }

    /// Gives a cell a look. Cells of one column come from top to bottom; a cell above the last one is passed over.
    pub fn put(&mut self, at: CellRef, look: u16) {
        self.put_down(at, at.row, look);
    }

    /// Gives a cell and those under it, down to row `last`, a look.
    pub fn put_down(&mut self, at: CellRef, last: u32, look: u16) {
        let column = usize::from(at.column);
        if self.columns.len() <= column {
            self.columns.resize_with(column + 1, Vec::new);
        }
        let Some(runs) = self.columns.get_mut(column) else { return };
        match runs.last_mut() {
            Some(run) if run.last >= at.row => {}
            Some(run) if run.look == look && run.last + 1 == at.row => run.last = last.max(at.row),
            _ if self.runs >= Self::MAX_RUNS => self.full = true,
            _ => {
                runs.push(Run { first: at.row, last: last.max(at.row), look });
                self.runs += 1;
            }
        }
    }

    /// Gives a cell a look that is not numbered yet.
    pub fn set(&mut self, at: CellRef, look: Look) {
        let number = self.intern(look);
        self.put(at, number);
    }

    /// Takes a fill away wherever it is.
    pub fn forget_fill(&mut self, fill: Rgb) {
        self.known.iter_mut().filter(|look| look.fill == Some(fill)).for_each(|look| look.fill = None);
    }

    /// True if some looks were not kept because there were too many.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.full
    }

    /// How a cell looks.
    #[must_use]
    pub fn get(&self, at: CellRef) -> Look {
        let find = || {
            let runs = self.columns.get(usize::from(at.column))?;
            let after = runs.partition_point(|run| run.first <= at.row);
            let run = runs.get(after.checked_sub(1)?)?;
            (run.last >= at.row).then(|| self.known.get(usize::from(run.look)).copied()).flatten()
        };
        find().unwrap_or_default()
    }

    /// Every run: column, first and last row, look.
    pub fn runs(&self) -> impl Iterator<Item = (u16, u32, u32, Look)> {
        (0u16..).zip(&self.columns).flat_map(move |(column, runs)| {
            runs.iter().filter_map(move |run| {
                Some((column, run.first, run.last, *self.known.get(usize::from(run.look))?))
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_say_what_they_show() {
        for (code, shown) in [
            ("General", Shown::General),
            ("d-mmm", Shown::DayMonth),
            ("dd mmm", Shown::DayMonth),
            ("mmm-yy", Shown::MonthYear),
            ("[$-809]mmmm yyyy;@", Shown::MonthYear),
            ("dd/mm/yyyy", Shown::Date),
            ("d\\-mmm\\-yy", Shown::Date),
            ("yyyy\\-mm\\-dd hh:mm", Shown::Date),
            ("h:mm", Shown::Time),
            ("[h]:mm:ss", Shown::Time),
            ("mm:ss", Shown::Time),
            ("0", Shown::WholePounds),
            ("#,##0", Shown::WholePounds),
            ("\"£\"#,##0;[Red]-\"£\"#,##0", Shown::WholePounds),
            ("£#,##0_);(£#,##0)", Shown::WholePounds),
            ("#,##0.00", Shown::Other),
            ("#,##0,", Shown::Thousands),
            ("0.0,,\"m\"", Shown::Thousands),
            ("0%", Shown::Percent),
            ("0.00%", Shown::Percent),
            ("@", Shown::Text),
            ("0.00E+00", Shown::Other),
            ("# ?/?", Shown::Other),
        ] {
            assert_eq!(Shown::of_code(code), shown, "{code}");
        }
    }

    #[test]
    fn colours_have_names() {
        for (colour, name) in [
            (0xC0_00_00, "red"),
            (0xE0_3C_31, "red"),
            (0xFF_C0_00, "amber"),
            (0xF4_B1_83, "orange"),
            (0xFF_FF_00, "yellow"),
            (0x00_B0_50, "green"),
            (0x92_D0_50, "green"),
            (0x00_70_C0, "blue"),
            (0xD9_D9_D9, "grey"),
        ] {
            assert_eq!(Rgb::new(colour).name(), name, "{colour:06X}");
        }
    }

    #[test]
    fn a_column_of_equal_cells_is_one_run() {
        let mut looks = Looks::default();
        let red = Look { fill: Some(Rgb::new(0xC0_00_00)), ..Look::default() };
        let red = looks.intern(red);
        for row in 5..100_000 {
            looks.put(CellRef::new(row, 3), red);
        }
        assert_eq!(looks.runs().count(), 1);
        assert_eq!(looks.get(CellRef::new(4, 3)), Look::default());
        assert_eq!(looks.get(CellRef::new(5, 3)).fill, Some(Rgb([0xC0, 0, 0])));
        assert_eq!(looks.get(CellRef::new(99_999, 3)).fill, Some(Rgb([0xC0, 0, 0])));
        assert_eq!(looks.get(CellRef::new(100_000, 3)).fill, None);
        assert_eq!(looks.get(CellRef::new(50, 2)).fill, None);
    }
}
