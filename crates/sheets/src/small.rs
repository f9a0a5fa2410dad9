//! A table that fits into memory as a workbook of one sheet.

use rust_xlsxwriter::{Format, Workbook, XlsxError};

/// Characters that a cell takes.
const LONGEST_CELL: usize = 32_000;

/// The workbook could not be written.
#[derive(Debug, thiserror::Error)]
#[error("write a workbook")]
pub struct SmallError(#[from] XlsxError);

/// The bytes of a workbook of one sheet. Cells are words, never formulas.
///
/// # Errors
/// More rows or columns than a sheet takes.
pub fn small(head: &[&str], rows: &[Vec<String>]) -> Result<Vec<u8>, SmallError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let bold = Format::new().set_bold();
    for (column, name) in (0_u16..).zip(head) {
        sheet.write_string_with_format(0, column, *name, &bold)?;
    }
    for (line, row) in (1_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(row) {
            if !cell.is_empty() {
                sheet.write_string(line, column, cell.chars().take(LONGEST_CELL).collect::<String>())?;
            }
        }
    }
    Ok(book.save_to_buffer()?)
}
