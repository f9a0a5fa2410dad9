//! A workbook of one sheet in constant memory.

use std::{
    fs::File,
    io::{self, Seek},
};

use rust_xlsxwriter::{Format, Workbook, XlsxError};

/// Rows that a sheet takes, the head included.
pub(super) const MOST_ROWS: u32 = 1_048_576;
/// Characters that a cell takes.
const LONGEST_CELL: usize = 32_000;

/// Why a workbook cannot be written.
#[derive(Debug, thiserror::Error)]
pub(super) enum SheetError {
    /// The library's.
    #[error("write a workbook")]
    Xlsx(#[from] XlsxError),
    /// The disk's.
    #[error("keep a workbook")]
    Io(#[from] io::Error),
}

/// The sheet.
pub(super) struct Sheet {
    book: Workbook,
    row: u32,
}

impl Sheet {
    /// With its head.
    pub(super) fn new(head: &[&str]) -> Result<Self, SheetError> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet_with_constant_memory()?;
        let bold = Format::new().set_bold();
        for (column, name) in (0_u16..).zip(head) {
            sheet.write_string_with_format(0, column, *name, &bold)?;
        }
        Ok(Self { book, row: 1 })
    }

    /// Adds a row; says whether there was room. Cells are words, never formulas.
    pub(super) fn write<T: AsRef<str>>(&mut self, cells: &[T]) -> Result<bool, SheetError> {
        if self.row >= MOST_ROWS {
            return Ok(false);
        }
        let sheet = self.book.worksheet_from_index(0)?;
        for (column, cell) in (0_u16..).zip(cells) {
            let cell = cell.as_ref();
            if !cell.is_empty() {
                sheet.write_string(self.row, column, cell.chars().take(LONGEST_CELL).collect::<String>())?;
            }
        }
        self.row += 1;
        Ok(true)
    }

    /// The whole workbook in a file without a name.
    pub(super) fn finish(mut self) -> Result<File, SheetError> {
        let mut file = tempfile::tempfile()?;
        self.book.save_to_writer(&mut file)?;
        file.rewind()?;
        Ok(file)
    }
}
