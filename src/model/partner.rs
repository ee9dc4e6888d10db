//! The bodies that send returns.

use super::folds_alike;

/// A partner of the round, by its place in `round.toml` (zero-based).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartnerId(pub u16);

/// One partner as `round.toml` declares it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partner {
    /// Short code, unique: `NHS`.
    pub code: String,
    /// The name that is printed.
    pub name: String,
    /// Other names, matched after folding case and spaces.
    pub aliases: Vec<String>,
    /// Abbreviations, matched whole only.
    pub abbreviations: Vec<String>,
    /// Earlier or later names of the same body; using one is a note.
    pub formerly: Vec<String>,
    /// What is said with a name from `formerly`.
    pub note: Option<String>,
    /// The post to write to.
    pub contact: Option<String>,
    /// The address to write to.
    pub email: Option<String>,
    /// True if a return is expected.
    pub sends: bool,
}

impl Partner {
    /// A partner of whom a return is expected, with this code and name and nothing else known of it.
    #[must_use]
    pub fn new(code: &str, name: &str) -> Self {
        Self {
            code: code.to_owned(),
            name: name.to_owned(),
            aliases: Vec::new(),
            abbreviations: Vec::new(),
            formerly: Vec::new(),
            note: None,
            contact: None,
            email: None,
            sends: true,
        }
    }

    /// True if a text is one of its names, whatever the case and spaces.
    #[must_use]
    pub fn is_called(&self, text: &str) -> bool {
        let names = [&self.code, &self.name].into_iter();
        let mut names = names.chain(&self.aliases).chain(&self.abbreviations).chain(&self.formerly);
        names.any(|name| folds_alike(name, text))
    }
}
