//! The same tables as Parquet files, made from the comma-separated ones when those are finished.

use super::column::{Column, Kind};
use super::{Shape, unguarded};
use ::parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use ::parquet::column::writer::ColumnWriter;
use ::parquet::data_type::{ByteArray, FixedLenByteArray};
use ::parquet::errors::ParquetError;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use ::parquet::schema::types::{Type, TypePtr};
use csv::{ByteRecord, Reader};
use jiff::civil::{Date, date};
use std::io::{self, Read, Write};
use std::str;
use std::sync::Arc;

/// Rows that are written at a time.
const GROUP: usize = 65_536;

/// How many digits a column of numbers has at most.
#[derive(Debug, Clone, Copy, Default)]
struct Digits {
    whole: u32,
    places: u32,
}

/// How a column is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stored {
    Text,
    Texts(char),
    Whole,
    Day,
    Truth,
    /// A decimal of at most eighteen digits, with so many places.
    Short(u32),
    /// A decimal of at most thirty-eight digits, with so many places.
    Long(u32),
}

/// Writes a table as Parquet. `csv` gives its comma-separated file from the beginning, each time that it is asked.
///
/// # Errors
///
/// If the table cannot be read or `out` cannot be written.
pub(super) fn write<R: Read>(
    shape: &Shape,
    csv: &dyn Fn() -> io::Result<R>,
    out: impl Write + Send,
) -> io::Result<()> {
    let mut digits = vec![Digits::default(); shape.columns.len()];
    rows(csv()?, |row| {
        for (cell, digits) in row.iter().zip(&mut digits) {
            let number = cell.strip_prefix(b"-").unwrap_or(cell);
            let point = number.iter().position(|byte| *byte == b'.').unwrap_or(number.len());
            digits.whole = digits.whole.max(length(point));
            digits.places = digits.places.max(length(number.len().saturating_sub(point + 1)));
        }
        Ok(())
    })?;
    let stored: Vec<Stored> = shape
        .columns
        .iter()
        .zip(&digits)
        .map(|((column, _), digits)| stored(&column.kind, *digits))
        .collect();
    let types =
        shape.columns.iter().zip(&stored).map(|((column, whole), stored)| described(column, *whole, *stored));
    let types: Vec<TypePtr> = types.map(|one| one.map(Arc::new)).collect::<Result<_, _>>().map_err(failed)?;
    let whole = Type::group_type_builder("table").with_fields(types).build().map_err(failed)?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(format!("quarterday {}", env!("CARGO_PKG_VERSION")))
        .build();
    let mut writer = SerializedFileWriter::new(out, Arc::new(whole), Arc::new(properties)).map_err(failed)?;
    let mut waiting: Vec<Cells> = Vec::new();
    let fresh = || {
        stored.iter().zip(&shape.columns).map(|(stored, (_, whole))| Cells::new(*stored, *whole)).collect()
    };
    let mut count = 0;
    rows(csv()?, |row| {
        if count % GROUP == 0 {
            group(&mut writer, &waiting)?;
            waiting = fresh();
        }
        count += 1;
        waiting.iter_mut().zip(row).try_for_each(|(cells, cell)| cells.push(cell))
    })?;
    group(&mut writer, &waiting)?;
    writer.close().map(|_| ()).map_err(failed)
}

fn length(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn failed(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(error) => io::Error::other(error),
        },
        other => io::Error::other(other),
    }
}

/// Goes through the rows below the headings.
fn rows(csv: impl Read, mut each: impl FnMut(&ByteRecord) -> io::Result<()>) -> io::Result<()> {
    let mut reader = Reader::from_reader(csv);
    let mut row = ByteRecord::new();
    while reader.read_byte_record(&mut row)? {
        each(&row)?;
    }
    Ok(())
}

fn stored(kind: &Kind, digits: Digits) -> Stored {
    match kind {
        Kind::Text | Kind::One { .. } => Stored::Text,
        Kind::Several(between) => Stored::Texts(*between),
        Kind::Whole => Stored::Whole,
        Kind::Date => Stored::Day,
        Kind::Truth => Stored::Truth,
        Kind::Number | Kind::Percent | Kind::Pounds => {
            let least = if *kind == Kind::Pounds { 2 } else { 0 };
            let places = digits.places.max(least);
            match digits.whole + places {
                0..=18 => Stored::Short(places),
                19..=38 => Stored::Long(places),
                // More digits than any engine adds up.
                _ => Stored::Text,
            }
        }
    }
}

fn described(column: &Column, whole: bool, stored: Stored) -> Result<Type, ParquetError> {
    let repetition = if whole { Repetition::REQUIRED } else { Repetition::OPTIONAL };
    let simple = |physical, logical| {
        Type::primitive_type_builder(&column.name, physical)
            .with_repetition(repetition)
            .with_logical_type(logical)
    };
    let decimal = |physical, places: u32, digits: i32| {
        let places = i32::try_from(places).unwrap_or(0);
        simple(physical, Some(LogicalType::decimal(places, digits))).with_precision(digits).with_scale(places)
    };
    match stored {
        Stored::Text => simple(Physical::BYTE_ARRAY, Some(LogicalType::String)).build(),
        Stored::Whole => simple(Physical::INT64, None).build(),
        Stored::Day => simple(Physical::INT32, Some(LogicalType::Date)).build(),
        Stored::Truth => simple(Physical::BOOLEAN, None).build(),
        Stored::Short(places) => decimal(Physical::INT64, places, 18).build(),
        Stored::Long(places) => decimal(Physical::FIXED_LEN_BYTE_ARRAY, places, 38).with_length(16).build(),
        Stored::Texts(_) => {
            let element = Type::primitive_type_builder("element", Physical::BYTE_ARRAY)
                .with_repetition(Repetition::REQUIRED)
                .with_logical_type(Some(LogicalType::String))
                .build()?;
            let list = Type::group_type_builder("list")
                .with_repetition(Repetition::REPEATED)
                .with_fields(vec![Arc::new(element)])
                .build()?;
            Type::group_type_builder(&column.name)
                .with_repetition(Repetition::OPTIONAL)
                .with_logical_type(Some(LogicalType::List))
                .with_fields(vec![Arc::new(list)])
                .build()
        }
    }
}

/// Cells of a column that wait to be written.
struct Cells {
    stored: Stored,
    /// True if every row has something in it.
    whole: bool,
    /// For every cell whether something is in it; for lists, 2 for every item.
    there: Vec<i16>,
    /// For lists: 0 where a row begins.
    again: Vec<i16>,
    values: Values,
}

enum Values {
    Texts(Vec<ByteArray>),
    Wholes(Vec<i64>),
    Days(Vec<i32>),
    Truths(Vec<bool>),
    Longs(Vec<FixedLenByteArray>),
}

impl Cells {
    fn new(stored: Stored, whole: bool) -> Self {
        let values = match stored {
            Stored::Text | Stored::Texts(_) => Values::Texts(Vec::new()),
            Stored::Whole | Stored::Short(_) => Values::Wholes(Vec::new()),
            Stored::Day => Values::Days(Vec::new()),
            Stored::Truth => Values::Truths(Vec::new()),
            Stored::Long(_) => Values::Longs(Vec::new()),
        };
        Self { stored, whole, there: Vec::new(), again: Vec::new(), values }
    }

    fn push(&mut self, cell: &[u8]) -> io::Result<()> {
        let text = str::from_utf8(cell).map_err(io::Error::other)?;
        let is_list = matches!(self.stored, Stored::Texts(_));
        if text.is_empty() {
            self.there.push(0);
            self.again.push(0);
            return Ok(());
        }
        if !is_list {
            self.there.push(1);
        }
        match (&mut self.values, self.stored) {
            (Values::Texts(texts), Stored::Texts(between)) => {
                for (number, item) in unguarded(text).split(between).enumerate() {
                    self.there.push(2);
                    self.again.push(i16::from(number > 0));
                    texts.push(item.into());
                }
            }
            (Values::Texts(texts), _) => texts.push(unguarded(text).into()),
            (Values::Wholes(wholes), Stored::Short(places)) => {
                wholes.push(i64::try_from(scaled(text, places)?).map_err(io::Error::other)?);
            }
            (Values::Wholes(wholes), _) => wholes.push(text.parse().map_err(io::Error::other)?),
            (Values::Days(days), _) => days.push(day(text)?),
            (Values::Truths(truths), _) => truths.push(text == "true"),
            (Values::Longs(longs), Stored::Long(places)) => {
                longs.push(scaled(text, places)?.to_be_bytes().to_vec().into());
            }
            (Values::Longs(_), _) => return Err(io::Error::other("a column is stored in two ways")),
        }
        Ok(())
    }

    fn write(&self, column: &mut ColumnWriter<'_>) -> Result<usize, ParquetError> {
        let is_list = matches!(self.stored, Stored::Texts(_));
        let there = (is_list || !self.whole).then_some(self.there.as_slice());
        let again = is_list.then_some(self.again.as_slice());
        match (&self.values, column) {
            (Values::Texts(values), ColumnWriter::ByteArrayColumnWriter(to)) => {
                to.write_batch(values, there, again)
            }
            (Values::Wholes(values), ColumnWriter::Int64ColumnWriter(to)) => {
                to.write_batch(values, there, again)
            }
            (Values::Days(values), ColumnWriter::Int32ColumnWriter(to)) => {
                to.write_batch(values, there, again)
            }
            (Values::Truths(values), ColumnWriter::BoolColumnWriter(to)) => {
                to.write_batch(values, there, again)
            }
            (Values::Longs(values), ColumnWriter::FixedLenByteArrayColumnWriter(to)) => {
                to.write_batch(values, there, again)
            }
            _ => Err(ParquetError::General("a column is of another type than its cells".to_owned())),
        }
    }
}

/// A plain number as a whole number of its last place.
fn scaled(text: &str, places: u32) -> io::Result<i128> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let missing = (places as usize).saturating_sub(part.len());
    let digits = format!("{whole}{part}{}", "0".repeat(missing));
    digits.parse().map_err(io::Error::other)
}

/// Days since 1 January 1970.
fn day(text: &str) -> io::Result<i32> {
    let day: Date = text.parse().map_err(io::Error::other)?;
    let since = date(1970, 1, 1).until(day).map_err(io::Error::other)?;
    Ok(since.get_days())
}

fn group<W: Write + Send>(writer: &mut SerializedFileWriter<W>, cells: &[Cells]) -> io::Result<()> {
    if cells.first().is_none_or(|cells| cells.there.is_empty()) {
        return Ok(());
    }
    let mut group = writer.next_row_group().map_err(failed)?;
    columns(&mut group, cells).map_err(failed)?;
    group.close().map(|_| ()).map_err(failed)
}

fn columns<W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    cells: &[Cells],
) -> Result<(), ParquetError> {
    let mut cells = cells.iter();
    while let (Some(mut column), Some(cells)) = (group.next_column()?, cells.next()) {
        cells.write(column.untyped())?;
        column.close()?;
    }
    Ok(())
}
