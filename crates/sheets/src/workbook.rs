//! The first sheet of an XLSX workbook as CSV, cell by cell.

use std::{
    fs::File,
    io::{BufReader, BufWriter, Seek},
    path::Path,
};

use calamine::{DataRef, Reader, Xlsx, open_workbook_from_rs};
use csv::Writer;

use super::expansion::{self, Bounds};

/// Why a workbook cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum WorkbookError {
    /// Damaged, encrypted, or not a workbook.
    #[error("XLSX 文件已损坏、已加密或格式不符，请另存为新的 XLSX 或 CSV")]
    Unreadable(#[from] calamine::XlsxError),
    /// No zip, or one that holds what no workbook does.
    #[error("XLSX 文件已损坏、已加密或格式不符，请另存为新的 XLSX 或 CSV")]
    Damaged,
    /// It would expand beyond what may be unpacked.
    #[error("XLSX 文件解压后过大，未导入。请拆分成几个文件，或另存为 CSV 后导入")]
    TooLarge,
    /// The disk's.
    #[error("文件无法读取")]
    Io(#[from] std::io::Error),
    /// The disk's.
    #[error("文件无法写入")]
    Csv(#[from] csv::Error),
    /// No sheet.
    #[error("XLSX 文件中没有工作表")]
    Empty,
    /// Too wide.
    #[error("工作表的列过多，不像一张表格")]
    TooWide,
}

/// Columns at most.
const MOST_COLUMNS: usize = 500;
/// Bytes of one row at most: a cell can name a shared text of any length, as often as it likes.
const LONGEST_ROW: usize = 8 * 1024 * 1024;
/// Bytes of all rows at most, for the same reason.
const LARGEST_TABLE: u64 = 2 << 30;

/// Writes the first sheet of the workbook `from` to `to` as CSV. Blank rows are left out.
///
/// # Errors
/// A file that is no workbook, holds more than a workbook may, or the disk's.
pub fn to_csv(from: &Path, to: &Path) -> Result<(), WorkbookError> {
    convert(from, to, &Bounds::USUAL, LARGEST_TABLE)
}

/// The same for whoever holds the table in memory: neither the workbook's parts nor the table may take more than `largest` bytes.
///
/// # Errors
/// As [`to_csv`].
pub fn to_csv_within(from: &Path, to: &Path, largest: u64) -> Result<(), WorkbookError> {
    convert(from, to, &Bounds::within(largest), largest.min(LARGEST_TABLE))
}

fn convert(from: &Path, to: &Path, bounds: &Bounds, largest: u64) -> Result<(), WorkbookError> {
    let mut file = File::open(from)?;
    expansion::check(&file, bounds)?;
    file.rewind()?;
    let mut book: Xlsx<_> = open_workbook_from_rs(BufReader::new(file))?;
    let sheet = book.sheet_names().first().cloned().ok_or(WorkbookError::Empty)?;
    let mut cells = book.worksheet_cells_reader(&sheet)?;
    let mut target = csv::WriterBuilder::new().flexible(true).from_writer(BufWriter::new(File::create(to)?));
    let (mut row, mut line, mut width): (u32, Vec<String>, usize) = (0, Vec::new(), 0);
    let (mut table, mut row_bytes) = (0_u64, 0);
    while let Some(cell) = cells.next_cell()? {
        let (at, column) = cell.get_position();
        if at != row {
            write(&mut target, &mut line, &mut width)?;
            row = at;
            row_bytes = 0;
        }
        let column = column as usize;
        if column >= MOST_COLUMNS {
            if matches!(cell.get_value(), DataRef::Empty) {
                continue;
            }
            return Err(WorkbookError::TooWide);
        }
        if line.len() <= column {
            line.resize(column + 1, String::new());
        }
        let value = cell.get_value();
        let bytes = length(value);
        (table, row_bytes) = (table + bytes as u64, row_bytes + bytes);
        if row_bytes > LONGEST_ROW || table > largest {
            return Err(WorkbookError::TooLarge);
        }
        line[column] = text(value);
    }
    write(&mut target, &mut line, &mut width)?;
    target.into_inner().map_err(|error| error.into_error())?.into_inner().map_err(|error| error.into_error())?.sync_all()?;
    Ok(())
}

/// The first line that is not blank says how wide the table is; shorter ones are filled up.
fn write(target: &mut Writer<BufWriter<File>>, line: &mut Vec<String>, width: &mut usize) -> Result<(), WorkbookError> {
    if line.iter().any(|cell| !cell.trim().is_empty()) {
        if *width == 0 {
            *width = line.len();
        }
        while line.len() > *width && line.last().is_some_and(String::is_empty) {
            line.pop();
        }
        if line.len() < *width {
            line.resize(*width, String::new());
        }
        target.write_record(line.iter())?;
    }
    line.clear();
    Ok(())
}

/// About how long a cell is, before it is copied.
fn length(value: &DataRef<'_>) -> usize {
    match value {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.len(),
        DataRef::SharedString(text) => text.len(),
        _ => 24,
    }
}

fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        // 1303 typed into a cell is 1303.0 inside.
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(value) => value.to_string(),
        DataRef::DateTime(at) => {
            let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::small;

    #[test]
    fn a_table_that_unfolds_beyond_what_its_caller_takes_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let (book, table) = (folder.path().join("book.xlsx"), folder.path().join("table.csv"));
        // One text of 10 000 bytes that a hundred rows share: the workbook itself stays small.
        let rows = vec![vec!["a".repeat(10_000)]; 100];
        std::fs::write(&book, small(&["head"], &rows).unwrap()).unwrap();
        assert!(matches!(to_csv_within(&book, &table, 500_000), Err(WorkbookError::TooLarge)));
        to_csv_within(&book, &table, 2_000_000).unwrap();
        assert_eq!(std::fs::read_to_string(&table).unwrap().lines().count(), 101);
        to_csv(&book, &table).unwrap();
    }
}
