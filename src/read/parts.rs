//! An Excel workbook as the parts it is made of, for whoever copies them.

use super::kind::{self, Content};
use super::ooxml;
use super::package::Package;
use crate::model::{FileKind, Limits, Refusal};
use std::io::Read;

/// The parts of an `.xlsx` or `.xlsm`.
#[derive(Debug)]
pub struct Parts<'a> {
    package: Package<'a>,
    /// The name of its main document.
    pub document: String,
    /// What the package says its main document is, in small letters.
    pub content_type: String,
    /// Its tabs, from left to right.
    pub tabs: Vec<PartTab>,
}

/// A tab of a workbook.
#[derive(Debug, Clone)]
pub struct PartTab {
    /// Its name as the file has it.
    pub name: String,
    /// False for charts, dialogs and macro sheets.
    pub worksheet: bool,
    /// The name of its part, if the package has it.
    pub part: Option<String>,
}

impl<'a> Parts<'a> {
    /// Opens a workbook; `None` if it is of another kind.
    ///
    /// # Errors
    ///
    /// If it is not to be read.
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Option<Self>, Refusal> {
        let Content::Package(package, document) = kind::of(bytes, limits)? else { return Ok(None) };
        if document.kind == FileKind::Xlsb {
            return Ok(None);
        }
        let content_type = ooxml::main_document(&package)?.map(|(kind, _)| kind).unwrap_or_default();
        let outline = ooxml::outline(&package, &document.name, document.kind)?;
        let tabs = outline.tabs.into_iter().map(|tab| PartTab {
            name: tab.name,
            worksheet: tab.worksheet,
            part: tab.part.and_then(|part| package.entries().get(part)).map(|entry| entry.name.clone()),
        });
        let tabs = tabs.collect();
        Ok(Some(Self { package, document: document.name, content_type, tabs }))
    }

    /// Names of all parts, in the order in which the package lists them.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.package.entries().iter().map(|entry| entry.name.as_str())
    }

    /// A part's name as the package has it, if it has the part; case does not matter.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&str> {
        let part = self.package.find(name)?;
        self.package.entries().get(part).map(|entry| entry.name.as_str())
    }

    /// A small part, whole; `None` if there is none of this name.
    ///
    /// # Errors
    ///
    /// If it is damaged, or not small.
    pub fn read(&self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        self.package.read(name)
    }

    /// A part as a stream, which ends with an error if the part is damaged.
    ///
    /// # Errors
    ///
    /// If there is none of this name, or it cannot be unpacked.
    pub fn stream(&self, name: &str) -> Result<impl Read + use<'a>, Refusal> {
        let missing = || Refusal::Damaged("a part is missing".to_owned());
        self.package.stream(self.package.find(name).ok_or_else(missing)?)
    }
}

/// The name of the part that a relation of a part leads to.
#[must_use]
pub fn target(part: &str, target: &str) -> String {
    ooxml::resolve(part.rsplit_once('/').map_or("", |(folder, _)| folder), target)
}
