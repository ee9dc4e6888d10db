//! Aligned columns.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// How a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Figures.
    Right,
}

/// Rows of text in aligned columns with two spaces between.
#[derive(Debug, Clone)]
pub struct Columns {
    align: Vec<Align>,
    rows: Vec<Vec<String>>,
    widest: usize,
}

impl Columns {
    /// Starts with no rows. A cell of more than `widest` columns is shortened.
    #[must_use]
    pub fn new(align: &[Align], widest: usize) -> Self {
        Self { align: align.to_vec(), rows: Vec::new(), widest }
    }

    /// Adds a row.
    pub fn push<I>(&mut self, cells: I)
    where
        I: IntoIterator,
        I::Item: Into<String>,
    {
        self.rows.push(cells.into_iter().map(|cell| shorten(cell.into(), self.widest)).collect());
    }

    /// The lines, each after `indent` spaces and with a line end.
    #[must_use]
    pub fn render(&self, indent: usize) -> String {
        let widths: Vec<usize> = (0..self.align.len())
            .map(|column| {
                self.rows.iter().filter_map(|row| row.get(column)).map(|c| c.width()).max().unwrap_or(0)
            })
            .collect();
        let mut text = String::new();
        for row in &self.rows {
            let mut line = " ".repeat(indent);
            for ((cell, &width), align) in row.iter().zip(&widths).zip(&self.align) {
                let gap = " ".repeat(width - cell.width());
                match align {
                    Align::Left => line.extend([cell, gap.as_str()]),
                    Align::Right => line.extend([gap.as_str(), cell]),
                }
                line.push_str("  ");
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

fn shorten(text: String, widest: usize) -> String {
    if text.width() <= widest {
        return text;
    }
    let mut used = 1;
    let mut short: String = text
        .chars()
        .take_while(|c| {
            used += c.width().unwrap_or(0);
            used <= widest
        })
        .collect();
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up() {
        let mut columns = Columns::new(&[Align::Left, Align::Right], 12);
        columns.push(["Police", "£1"]);
        columns.push(["A partner with a long name", "£1,000"]);
        assert_eq!(columns.render(2), "  Police            £1\n  A partner w…  £1,000\n");
    }
}
