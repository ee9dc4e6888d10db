//! Consolidated tables, findings and comparisons → xlsx; the only module that knows `rust_xlsxwriter`.

mod answered;
mod carry_forward;
mod cells;
mod context;
mod cuts;
mod definitions;
mod disk;
mod edition;
mod exceptions;
pub(crate) mod fit;
mod formulas;
mod fund;
mod grid;
mod impact;
mod list;
mod money;
mod money_chart;
mod not_used;
mod number;
mod page;
mod queries;
mod rating;
mod reading;
mod reconciliation;
mod records;
mod refs;
mod register;
mod returns;
mod roll_up;
mod scored;
pub(crate) mod sheet;
mod sign_off;
pub(crate) mod styles;
mod summary;
mod summary_chart;
mod tested;

use crate::error::Error;
use crate::finding::Finding;
use crate::model::{Consolidated, FileId, FileInfo, Kept, PartnerId, Reading, Record, Sink, Value};
use crate::round::Round;
use crate::schema::OutputKind;
use context::{Anchors, Context, Press};
pub use cuts::LongText;
use cuts::{Cuts, too_long};
use edition::Edition;
use records::{From, Records};
use rust_decimal::Decimal;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet};
use sheet::{Page, failed};
use std::collections::BTreeMap;
use std::io::{Seek, Write};
use std::path::Path;
use std::sync::Arc;
use styles::Styles;

/// The level that Excel itself packs with: a third faster than the library's own for a tenth more bytes.
const LEVEL: u8 = 2;

/// Cells of a table up to which its rows wait, to become an Excel table.
const WAITING_CELLS: usize = 250_000;

/// The consolidated workbook in the making. Merged rows are taken as they come; the rest is made at the end.
pub struct Book<'a> {
    round: &'a Round,
    edition: Edition,
    workbook: Workbook,
    styles: Arc<Styles>,
    pages: Vec<Page>,
    files: BTreeMap<FileId, FileInfo>,
    tables: Vec<Incoming>,
    cuts: Cuts,
}

/// The merged rows of one table as they come in.
#[derive(Default)]
struct Incoming {
    outputs: Vec<usize>,
    waiting: Vec<Kept>,
    cells: usize,
    streams: Vec<(usize, Records)>,
    taken: (u32, Decimal),
}

impl<'a> Book<'a> {
    /// Starts a workbook; `scratch` is a folder for temporary files.
    ///
    /// # Errors
    ///
    /// If a sheet cannot be started.
    pub fn new(round: &'a Round, scratch: &Path) -> Result<Self, Error> {
        Self::start(round, Edition::Working, scratch)
    }

    /// Starts the extract for publication: the sheets that may be shown to anybody, without a word of a partner. It takes no
    /// rows; whoever writes it has seen that nothing is uncleared ([`crate::finding::uncleared`]).
    ///
    /// # Errors
    ///
    /// If a sheet cannot be started.
    pub fn extract(round: &'a Round, scratch: &Path) -> Result<Self, Error> {
        Self::start(round, Edition::Extract, scratch)
    }

    fn start(round: &'a Round, edition: Edition, scratch: &Path) -> Result<Self, Error> {
        let mut book = Workbook::new();
        book.set_tempdir(scratch).map_err(|error| workbook_failed(scratch, error))?;
        book.set_default_format(&styles::normal(), styles::ROW, styles::COLUMN)
            .map_err(|error| workbook_failed(scratch, error))?;
        book.set_zip_compression_level(LEVEL);
        let mut tables: Vec<Incoming> = Vec::new();
        tables.resize_with(round.schema.tables.len(), Incoming::default);
        for (index, output) in round.schema.outputs.iter().enumerate() {
            if let OutputKind::Records { table, .. } = output.kind
                && let Some(incoming) = tables.get_mut(table)
            {
                incoming.outputs.push(index);
            }
        }
        let cuts = Cuts::default();
        Ok(Self {
            round,
            edition,
            workbook: book,
            styles: Arc::new(Styles::new(&round.schema)),
            pages: context::pages(round, edition, &cuts),
            files: BTreeMap::new(),
            tables,
            cuts,
        })
    }

    /// Makes the remaining sheets and writes the workbook; returns the texts that did not fit a cell.
    ///
    /// # Errors
    ///
    /// If a sheet cannot be made or the output cannot be written. What the system said about `out` comes as
    /// [`Error::Io`] with an empty path: only the caller knows the file's name.
    pub fn finish<W: Write + Seek + Send>(
        self,
        consolidated: &Consolidated,
        findings: &[Finding],
        out: W,
    ) -> Result<Vec<LongText>, Error> {
        disk::or_full(|| self.make(consolidated, findings, out))
    }

    fn make<W: Write + Seek + Send>(
        self,
        consolidated: &Consolidated,
        findings: &[Finding],
        out: W,
    ) -> Result<Vec<LongText>, Error> {
        let Self { round, edition, workbook: book, styles, mut pages, tables, cuts, .. } = self;
        let mut marking = edition.marking(round).as_str().to_owned();
        if findings.iter().any(Finding::forbids_circulation) {
            marking = crate::round::stopped(&marking);
            pages.iter_mut().for_each(context::not_for_circulation);
        }
        let mut waiting = Vec::new();
        let mut made: Vec<Option<Vec<Worksheet>>> = pages.iter().map(|_| None).collect();
        for incoming in tables {
            waiting.push(incoming.waiting);
            for (output, stream) in incoming.streams {
                made[output] = Some(stream.finish()?);
            }
        }
        let rows = rows_at_hand(&waiting, consolidated);
        let cx = Context { round, edition, data: consolidated, findings, styles, pages, rows };
        let mut press = Press { book, anchors: Anchors::default() };
        make_sheets(&cx, &mut press, &mut made)?;
        let mut book = press.book;
        for sheet in made.into_iter().flatten().flatten() {
            book.push_worksheet(sheet);
        }
        set_properties(&mut book, round, edition, &marking)?;
        book.save_to_writer(out).map_err(|error| workbook_failed(Path::new(""), error))?;
        Ok(cuts.texts(consolidated))
    }

    fn start_streams(&mut self, table: usize) -> Result<(), Error> {
        let Some(incoming) = self.tables.get_mut(table) else { return Ok(()) };
        for output in &incoming.outputs {
            let page = self.pages[*output].clone();
            let started = Records::new(&mut self.workbook, self.round, page, &self.styles, *output, None)?;
            let Some(mut records) = started else { continue };
            for kept in &incoming.waiting {
                let from = From::new(kept.partner, kept.at, self.files.get(&kept.at.file));
                records.row(&mut self.workbook, self.round, from, &kept.cells)?;
            }
            incoming.streams.push((*output, records));
        }
        incoming.waiting = Vec::new();
        Ok(())
    }
}

impl Sink for Book<'_> {
    fn file(&mut self, file: FileId, info: &FileInfo) -> Result<(), Error> {
        self.files.insert(file, info.clone());
        Ok(())
    }

    fn merged(
        &mut self,
        table: usize,
        ordinal: u32,
        partner: PartnerId,
        record: &Record,
    ) -> Result<(), Error> {
        let Some(incoming) = self.tables.get_mut(table) else { return Ok(()) };
        let mut pounds = Decimal::ZERO;
        for (index, cell) in record.cells.iter().enumerate() {
            let text: &str = match &cell.reading {
                Reading::Value(Value::Money(money)) => {
                    pounds = pounds.saturating_add(money.pounds);
                    continue;
                }
                Reading::Value(Value::Text(text)) => text,
                Reading::Unreadable(unread) => &unread.raw,
                _ => continue,
            };
            if too_long(text) {
                let field = self.round.schema.tables.get(table).and_then(|t| t.fields.get(index));
                self.cuts.came_from(text, cell.at, field.map_or("", |field| field.title.as_str()));
            }
        }
        if incoming.streams.is_empty() && !incoming.outputs.is_empty() {
            incoming.cells += record.cells.len();
            let cells = record.cells.clone();
            incoming.waiting.push(Kept { partner, ordinal, at: record.at, cells });
        } else {
            let from = From::new(partner, record.at, self.files.get(&record.at.file));
            for (_, records) in &mut incoming.streams {
                let from = From { link: None, ..from };
                disk::or_full(|| records.row(&mut self.workbook, self.round, from, &record.cells))?;
            }
        }
        incoming.taken.0 += 1;
        incoming.taken.1 = incoming.taken.1.saturating_add(pounds);
        if incoming.waiting.len() > list::SHORT
            || incoming.cells > WAITING_CELLS && !incoming.waiting.is_empty()
        {
            disk::or_full(|| self.start_streams(table))?;
        }
        Ok(())
    }

    fn taken(&self) -> Vec<(u32, Decimal)> {
        self.tables.iter().map(|incoming| incoming.taken).collect()
    }
}

fn rows_at_hand<'r>(waiting: &'r [Vec<Kept>], consolidated: &'r Consolidated) -> Vec<&'r [Kept]> {
    let kept = |table: usize| consolidated.kept.get(table).map_or(&[][..], Vec::as_slice);
    let rows = waiting.iter().enumerate();
    rows.map(|(table, rows)| if rows.is_empty() { kept(table) } else { rows.as_slice() }).collect()
}

/// Sheets with merged rows first, so that the others can lead to them.
fn make_sheets(
    cx: &Context<'_>,
    press: &mut Press,
    made: &mut [Option<Vec<Worksheet>>],
) -> Result<(), Error> {
    for wanted in 0..3 {
        for (index, output) in cx.round.schema.outputs.iter().enumerate() {
            if made[index].is_none() && cx.has(index) && turn(&output.kind) == wanted {
                made[index] = Some(make(cx, press, index)?);
            }
        }
    }
    Ok(())
}

/// When a kind of sheet is made: merged rows, then the other figures, then what sums them up.
fn turn(kind: &OutputKind) -> u8 {
    match kind {
        OutputKind::Records { .. } => 0,
        OutputKind::Summary { .. } | OutputKind::Reconciliation | OutputKind::Queries => 2,
        _ => 1,
    }
}

fn make(cx: &Context<'_>, press: &mut Press, output: usize) -> Result<Vec<Worksheet>, Error> {
    match cx.output(output).kind {
        OutputKind::Records { .. } => records::make(cx, press, output),
        OutputKind::CarryForward { .. } => carry_forward::make(cx, press, output),
        OutputKind::RollUp { .. } => roll_up::make(cx, press, output),
        OutputKind::Register { .. } => register::make(cx, press, output),
        OutputKind::Exceptions { .. } => exceptions::make(cx, press, output),
        OutputKind::Grid { .. } => grid::make(cx, press, output),
        OutputKind::Impact { .. } => impact::make(cx, press, output),
        OutputKind::Scored { .. } => scored::make(cx, press, output),
        OutputKind::Money { .. } => money::make(cx, press, output),
        OutputKind::Fund { .. } => fund::make(cx, press, output),
        OutputKind::Summary { .. } => summary::make(cx, press, output),
        OutputKind::Reconciliation => reconciliation::make(cx, press, output),
        OutputKind::Returns => returns::make(cx, press, output),
        OutputKind::Queries => queries::make(cx, press, output),
        OutputKind::Changes => queries::changes(cx, press, output),
        OutputKind::Reading => reading::make(cx, press, output),
        OutputKind::Formulas => formulas::make(cx, press, output),
        OutputKind::NotUsed => not_used::make(cx, press, output),
        OutputKind::Definitions => definitions::make(cx, press, output),
    }
}

/// Author, company, the mark of the sheets and a day that depends on the round only: the same round gives the same bytes.
fn set_properties(book: &mut Workbook, round: &Round, edition: Edition, marking: &str) -> Result<(), Error> {
    let end = round.period.end(round.schema.year_start);
    let (year, month, day) =
        (u16::try_from(end.year()), end.month().unsigned_abs(), end.day().unsigned_abs());
    let made = ExcelDateTime::from_ymd(year.unwrap_or(2000), month, day)
        .map_err(|error| workbook_failed(Path::new(""), error))?;
    let what = if edition == Edition::Extract { ", extract" } else { "" };
    let properties = DocProperties::new()
        .set_title(format!("{} {}{what}", round.schema.title, round.period))
        .set_author(&round.board)
        .set_company(&round.board)
        .set_category(marking)
        .set_custom_property("Protective marking", marking)
        .set_creation_datetime(&made);
    book.set_properties(&properties);
    Ok(())
}

fn workbook_failed(path: &Path, error: rust_xlsxwriter::XlsxError) -> Error {
    match failed("", error) {
        Error::Io { source, .. } => Error::Io { doing: "write", path: path.to_owned(), source },
        Error::Workbook { why, .. } => Error::Workbook { sheet: None, why },
        other => other,
    }
}
