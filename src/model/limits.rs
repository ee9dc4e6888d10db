//! How much of anything is read, and by which setting that is changed.

/// What is limited. Each has a usual limit and a setting that gives another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limited {
    /// The size of a file.
    File,
    /// The inner parts of a package.
    Parts,
    /// What one inner part inflates to.
    Part,
    /// What all parts that are read inflate to.
    Unpacked,
    /// The worksheets of a workbook.
    Sheets,
    /// The cells of a workbook.
    Cells,
    /// The different texts of a workbook.
    Texts,
    /// The text of one sheet.
    SheetText,
    /// The text of a workbook, a text counted in every cell that shows it.
    Text,
    /// One piece of XML in a large part.
    Piece,
    /// One record of comma-separated text.
    Record,
    /// The address space of the process that tries a file out.
    WorkerMemory,
    /// The processor time of that process.
    WorkerSeconds,
}

/// How one limit is set.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// What it limits.
    pub limited: Limited,
    /// The environment variable.
    pub variable: &'static str,
    /// What the number is, for a list of settings.
    pub what: &'static str,
    /// What a file that passes it is or has, with `{}` for the limit.
    says: &'static str,
    /// In megabytes (1,048,576 bytes), not in pieces or seconds.
    megabytes: bool,
    /// The usual limit.
    pub usual: u64,
    /// The highest that can be set.
    pub most: u64,
}

const fn setting(
    limited: Limited,
    variable: &'static str,
    what: &'static str,
    says: &'static str,
    (usual, most): (u64, u64),
) -> Setting {
    let megabytes = !matches!(
        limited,
        Limited::Parts | Limited::Sheets | Limited::Cells | Limited::Texts | Limited::WorkerSeconds
    );
    Setting { limited, variable, what, says, megabytes, usual, most }
}

/// Every setting, in the order of [`Limited`].
pub const SETTINGS: [Setting; 13] = [
    setting(
        Limited::File,
        "QUARTERDAY_MAX_FILE_MB",
        "size of a file, in MB",
        "is larger than {}",
        (100, 2_000),
    ),
    setting(
        Limited::Parts,
        "QUARTERDAY_MAX_PARTS",
        "inner parts of a workbook",
        "has more than {} inner parts",
        (10_000, 1_000_000),
    ),
    setting(
        Limited::Part,
        "QUARTERDAY_MAX_PART_MB",
        "size of one inner part when unpacked, in MB",
        "has an inner part that unpacks to more than {}",
        (512, 3_000),
    ),
    setting(
        Limited::Unpacked,
        "QUARTERDAY_MAX_UNPACKED_MB",
        "size of all parts that are read, in MB",
        "unpacks to more than {}",
        (1_024, 3_000),
    ),
    setting(
        Limited::Sheets,
        "QUARTERDAY_MAX_SHEETS",
        "sheets of a workbook",
        "has more than {} sheets",
        (1_000, 10_000),
    ),
    setting(
        Limited::Cells,
        "QUARTERDAY_MAX_CELLS",
        "filled cells of a workbook",
        "has more than {} cells",
        (20_000_000, 1_000_000_000),
    ),
    setting(
        Limited::Texts,
        "QUARTERDAY_MAX_TEXTS",
        "different texts of a workbook",
        "has more than {} different texts",
        (20_000_000, 1_000_000_000),
    ),
    setting(
        Limited::SheetText,
        "QUARTERDAY_MAX_SHEET_TEXT_MB",
        "text of one sheet, in MB",
        "has a sheet with more than {} of text",
        (320, 3_000),
    ),
    setting(
        Limited::Text,
        "QUARTERDAY_MAX_TEXT_MB",
        "text in all cells of a workbook, in MB",
        "has more than {} of text in its cells",
        (1_024, 100_000),
    ),
    setting(
        Limited::Piece,
        "QUARTERDAY_MAX_PIECE_MB",
        "one text or tag inside a part of over 96 MB, in MB",
        "has a piece of text of more than {} inside, more than any cell can hold",
        (8, 512),
    ),
    setting(
        Limited::Record,
        "QUARTERDAY_MAX_RECORD_MB",
        "one row of a .csv, in MB",
        "has a row of more than {}, perhaps because a quotation mark is missing",
        (16, 2_000),
    ),
    setting(
        Limited::WorkerMemory,
        "QUARTERDAY_WORKER_MEMORY",
        "memory for trying one file out, in MB",
        "took more than {} of memory",
        (1_024, 1_000_000),
    ),
    setting(
        Limited::WorkerSeconds,
        "QUARTERDAY_WORKER_SECONDS",
        "processor time for trying one file out, in seconds",
        "took more than {} seconds",
        (20, 86_400),
    ),
];

impl Limited {
    /// How it is set.
    #[must_use]
    pub fn setting(self) -> &'static Setting {
        &SETTINGS[self as usize]
    }
}

impl Setting {
    /// What a file is or has that passes a limit: `has more than 1,000 sheets`.
    #[must_use]
    pub fn says(&self, limit: u64) -> String {
        self.says.replace("{}", &self.amount(limit))
    }

    /// An amount with its unit, if it has one here: `1,024 MB`.
    #[must_use]
    pub fn amount(&self, amount: u64) -> String {
        let unit = if self.megabytes { " MB" } else { "" };
        format!("{}{unit}", grouped(amount))
    }
}

/// A whole number as people write it: `20,000,000`.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// All limits of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits([u64; SETTINGS.len()]);

impl Default for Limits {
    fn default() -> Self {
        Self(SETTINGS.map(|setting| setting.usual))
    }
}

impl Limits {
    /// A limit, in its setting's unit.
    #[must_use]
    pub fn of(&self, limited: Limited) -> u64 {
        self.0[limited as usize]
    }

    /// A limit in bytes, if it is set in megabytes; else the number itself.
    #[must_use]
    pub fn bytes(&self, limited: Limited) -> u64 {
        let factor = if limited.setting().megabytes { 1 << 20 } else { 1 };
        self.of(limited).saturating_mul(factor)
    }

    /// The same for what is counted in memory.
    #[must_use]
    pub fn size(&self, limited: Limited) -> usize {
        usize::try_from(self.bytes(limited)).unwrap_or(usize::MAX)
    }

    /// Sets a limit, in its setting's unit, to at least one and at most what can be set.
    pub fn set(&mut self, limited: Limited, limit: u64) {
        self.0[limited as usize] = limit.clamp(1, limited.setting().most);
    }

    /// What is wrong with something that passes a limit, and the setting, in words.
    #[must_use]
    pub fn passed(&self, limited: Limited) -> String {
        let setting = limited.setting();
        format!("it {} ({} sets another limit)", setting.says(self.of(limited)), setting.variable)
    }

    /// The limit of which words say that something passes it, if they are those of [`Limits::passed`].
    #[must_use]
    pub fn named(&self, words: &str) -> Option<Limited> {
        let by_name = SETTINGS.iter().filter(|setting| words.contains(setting.variable));
        by_name.map(|setting| setting.limited).find(|limited| self.passed(*limited) == words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_limit_has_its_setting() {
        for (place, setting) in SETTINGS.iter().enumerate() {
            assert_eq!(setting.limited as usize, place);
            assert!(setting.usual < setting.most && setting.says.contains("{}"), "{}", setting.variable);
            assert_eq!(setting.what.ends_with("in MB"), setting.megabytes, "{}", setting.variable);
        }
    }

    #[test]
    fn limits_are_told_with_their_unit_and_setting() {
        let mut limits = Limits::default();
        assert_eq!(limits.bytes(Limited::File), 100 << 20);
        assert_eq!(limits.bytes(Limited::Cells), 20_000_000);
        limits.set(Limited::Sheets, 0);
        assert_eq!(limits.of(Limited::Sheets), 1);
        limits.set(Limited::Piece, u64::MAX);
        assert_eq!(limits.of(Limited::Piece), 512);
        assert_eq!(
            limits.passed(Limited::Cells),
            "it has more than 20,000,000 cells (QUARTERDAY_MAX_CELLS sets another limit)"
        );
        assert_eq!(limits.named(&limits.passed(Limited::Piece)), Some(Limited::Piece));
        assert_eq!(limits.named("it has more than 2 cells (QUARTERDAY_MAX_CELLS sets another limit)"), None);
        assert_eq!([1, 999, 1_000, 1_234_567].map(grouped), ["1", "999", "1,000", "1,234,567"]);
    }
}
