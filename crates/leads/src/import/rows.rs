//! The rows of a CSV file one after another, in bounded memory, broken ones included.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use super::encoding::MARK;

/// A row is at most so long, in bytes; what is longer has a quote that was never closed.
const LONGEST_ROW: u64 = 1024 * 1024;
/// A file with more broken quotes than this is not the CSV it says it is.
const MOST_BROKEN: u32 = 10_000;
/// Columns at most.
const MOST_COLUMNS: usize = 500;

/// Why a file cannot be read as rows.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RowsError {
    /// The disk's.
    #[error("文件无法读取")]
    Io(#[from] io::Error),
    /// No header.
    #[error("文件是空的，或第一行没有列名")]
    NoHeader,
    /// Not CSV.
    #[error("文件第一行过长或列过多，不像 CSV 表格")]
    NotCsv,
    /// Too many broken quotes.
    #[error("文件中引号不成对的行过多，不像 CSV 表格")]
    TooBroken,
}

/// One row.
#[derive(Debug)]
pub(crate) struct Row {
    /// Where the next one begins.
    pub end: u64,
    /// Its cells, as many as there are columns; or why there are none.
    pub cells: Result<Vec<String>, String>,
}

/// The reader.
pub(crate) struct RowReader {
    path: PathBuf,
    delimiter: u8,
    columns: Vec<String>,
    base: u64,
    csv: csv::Reader<Bounded>,
    record: csv::ByteRecord,
    broken: u32,
}

/// A file that gives no more bytes than it is allowed to for one row.
struct Bounded {
    file: File,
    left: u64,
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        let read = self.file.read(&mut buffer[..most])?;
        self.left -= read as u64;
        Ok(read)
    }
}

impl RowReader {
    /// Opens a UTF-8 file at its first row, or at the row that begins at `offset`.
    pub(crate) fn open(path: &Path, offset: u64) -> Result<Self, RowsError> {
        let mut head = Vec::new();
        File::open(path)?.take(LONGEST_ROW).read_to_end(&mut head)?;
        let start = if head.starts_with(&MARK) { MARK.len() } else { 0 };
        let delimiter = delimiter(&head[start..]);
        let csv = reader(path, start as u64, delimiter)?;
        let mut rows = Self {
            path: path.to_owned(),
            delimiter,
            columns: Vec::new(),
            base: start as u64,
            csv,
            record: csv::ByteRecord::new(),
            broken: 0,
        };
        rows.allow();
        match rows.csv.read_byte_record(&mut rows.record) {
            Ok(true) => {}
            Ok(false) => return Err(RowsError::NoHeader),
            Err(_) => return Err(RowsError::NotCsv),
        }
        if rows.record.len() > MOST_COLUMNS {
            return Err(RowsError::NotCsv);
        }
        rows.columns = names(&rows.record).ok_or(RowsError::NoHeader)?;
        if offset > rows.base + rows.csv.position().byte() {
            rows.go_to(offset)?;
        }
        Ok(rows)
    }

    /// The names of the columns, each once.
    pub(crate) fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The next row; nothing at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Row>, RowsError> {
        let begin = self.base + self.csv.position().byte();
        self.allow();
        match self.csv.read_byte_record(&mut self.record) {
            Ok(false) => return Ok(None),
            Ok(true) => {}
            Err(error) => {
                return match error.into_kind() {
                    csv::ErrorKind::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => self.skip_line(begin).map(Some),
                    csv::ErrorKind::Io(error) => Err(error.into()),
                    _ => self.skip_line(begin).map(Some),
                };
            }
        }
        let wanted = self.columns.len();
        let filled = self.record.iter().rposition(|cell| !cell.trim_ascii().is_empty()).map_or(0, |last| last + 1);
        let fits = self.record.len() == wanted || (self.record.len() > wanted && filled <= wanted);
        let end = self.base + self.csv.position().byte();
        // A quote that was never closed swallows the rows after it: only its own line is given up.
        if self.record.iter().any(|cell| cell.contains(&b'\n')) && (!fits || !self.is_well_quoted(begin, end)?) {
            return self.skip_line(begin).map(Some);
        }
        let cells = if filled == 0 {
            Err("空行".to_owned())
        } else if !fits {
            Err(format!("列数不符：表头 {wanted} 列，本行 {} 列", self.record.len()))
        } else {
            self.record
                .iter()
                .take(wanted)
                .map(|cell| std::str::from_utf8(cell).map(clean))
                .collect::<Result<_, _>>()
                .map_err(|_| "含有无法识别的字符，编码可能已损坏".to_owned())
        };
        Ok(Some(Row { end, cells }))
    }

    /// Whether every quote of a row opens a cell, closes it, or is doubled.
    fn is_well_quoted(&self, begin: u64, end: u64) -> Result<bool, RowsError> {
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(begin))?;
        let mut bytes = Vec::new();
        file.take(end - begin).read_to_end(&mut bytes)?;
        let (mut quoted, mut at_start, mut at) = (false, true, 0);
        while let Some(&byte) = bytes.get(at) {
            let next = bytes.get(at + 1).copied();
            match (quoted, byte) {
                (true, b'"') if next == Some(b'"') => at += 1,
                (true, b'"') if next.is_none_or(|next| next == self.delimiter || matches!(next, b'\r' | b'\n')) => quoted = false,
                (true, b'"') => return Ok(false),
                (false, b'"') if at_start => quoted = true,
                _ => {}
            }
            at_start = !quoted && (byte == self.delimiter || matches!(byte, b'\r' | b'\n'));
            at += 1;
        }
        Ok(!quoted)
    }

    fn allow(&mut self) {
        self.csv.get_mut().left = LONGEST_ROW;
    }

    fn go_to(&mut self, offset: u64) -> Result<(), RowsError> {
        self.csv = reader(&self.path, offset, self.delimiter)?;
        self.base = offset;
        Ok(())
    }

    /// Gives up the physical line at `begin` and goes on after it.
    fn skip_line(&mut self, begin: u64) -> Result<Row, RowsError> {
        self.broken += 1;
        if self.broken > MOST_BROKEN {
            return Err(RowsError::TooBroken);
        }
        let mut file = File::open(&self.path)?;
        let mut end = file.seek(SeekFrom::Start(begin))?;
        let mut lines = BufReader::new(file);
        let mut seen = false;
        loop {
            let bytes = lines.fill_buf()?;
            if bytes.is_empty() {
                break;
            }
            let used = match bytes.iter().position(|byte| if seen { *byte == b'\n' } else { !matches!(byte, b'\r' | b'\n') }) {
                Some(at) if seen => at + 1,
                Some(at) => at,
                None => bytes.len(),
            };
            let found = used < bytes.len() || bytes.last() == Some(&b'\n') && seen;
            lines.consume(used);
            end += used as u64;
            match (found, seen) {
                (true, true) => break,
                (true, false) => seen = true,
                _ => {}
            }
        }
        self.go_to(end)?;
        Ok(Row { end, cells: Err("引号没有成对，本行无法识别".to_owned()) })
    }
}

fn reader(path: &Path, offset: u64, delimiter: u8) -> io::Result<csv::Reader<Bounded>> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(offset))?;
    Ok(csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .buffer_capacity(64 * 1024)
        .from_reader(Bounded { file, left: LONGEST_ROW }))
}

/// Commas, unless the first line has more of another usual separator.
fn delimiter(head: &[u8]) -> u8 {
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or(head);
    let count = |wanted: u8| line.iter().filter(|byte| **byte == wanted).count();
    [b';', b'\t', b','].into_iter().max_by_key(|byte| count(*byte)).unwrap_or(b',')
}

fn names(record: &csv::ByteRecord) -> Option<Vec<String>> {
    let mut names: Vec<String> = Vec::with_capacity(record.len());
    let mut cells: Vec<&[u8]> = record.iter().collect();
    while cells.last().is_some_and(|cell| cell.trim_ascii().is_empty()) {
        cells.pop();
    }
    for (at, cell) in cells.iter().enumerate() {
        let text = clean(&String::from_utf8_lossy(cell));
        let mut name: String = text.trim().chars().take(100).collect();
        if name.is_empty() {
            name = format!("第{}列", at + 1);
        }
        if names.contains(&name) {
            name = format!("{name}_{}", at + 1);
        }
        names.push(name);
    }
    (!names.is_empty()).then_some(names)
}

/// Without the control characters that no table of a database takes and nobody reads.
fn clean(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn all(text: impl AsRef<[u8]>) -> (Vec<String>, Vec<Result<Vec<String>, String>>) {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text.as_ref()).unwrap();
        let mut reader = RowReader::open(file.path(), 0).unwrap();
        let mut rows = Vec::new();
        let mut ends = Vec::new();
        while let Some(row) = reader.next().unwrap() {
            ends.push(row.end);
            rows.push(row.cells);
        }
        // From whatever row it goes on, the rest is the same.
        for (at, end) in ends.iter().enumerate() {
            let mut again = RowReader::open(file.path(), *end).unwrap();
            let mut rest = Vec::new();
            while let Some(row) = again.next().unwrap() {
                rest.push(row.cells);
            }
            assert_eq!(rest, rows[at + 1..], "after row {at}");
        }
        (reader.columns.clone(), rows)
    }

    #[test]
    fn cells_over_several_lines_marks_and_other_separators_are_read() {
        let (columns, rows) = all("\u{feff}编号,内容,,内容\r\n1,\"路灯\n不亮\",a,b\r\n\r\n2,\"他说\"\"好\"\"\",,\r\n");
        assert_eq!(columns, ["编号", "内容", "第3列", "内容_4"]);
        assert_eq!(
            rows,
            [
                Ok(vec!["1".into(), "路灯\n不亮".into(), "a".into(), "b".into()]),
                Ok(vec!["2".into(), "他说\"好\"".into(), String::new(), String::new()])
            ]
        );
        assert_eq!(all("a;b\n1;2\n").1, [Ok(vec!["1".into(), "2".into()])]);
        assert_eq!(all("a\tb\n1\t2").1, [Ok(vec!["1".into(), "2".into()])]);
    }

    #[test]
    fn broken_rows_cost_only_themselves() {
        let (_, rows) = all("a,b\n1,x\n2,\"never closed\n3,y\n4\n,\n5,z,,\n6,\u{0}w\n");
        let outcomes: Vec<bool> = rows.iter().map(Result::is_ok).collect();
        assert_eq!(outcomes, [true, false, true, false, false, true, true]);
        assert_eq!(rows[2], Ok(vec!["3".into(), "y".into()]));
        assert_eq!(rows[6], Ok(vec!["6".into(), "w".into()]));
        let (_, rows) = all(b"a,b\n1,\xff\n2,y\n");
        assert!(rows[0].is_err() && rows[1].is_ok());
    }

    #[test]
    fn a_quote_that_a_later_row_closes_is_seen() {
        let (_, rows) = all("a,b\n1,\"never closed\n2,\"fine\"\n3,\"two\nlines\"\n4,last");
        let outcomes: Vec<bool> = rows.iter().map(Result::is_ok).collect();
        assert_eq!(outcomes, [false, true, true, true], "{rows:?}");
    }

    #[test]
    fn a_quote_that_swallows_a_large_file_costs_its_line_alone() {
        let mut text = "a,b\n1,\"never closed\n".to_owned();
        for row in 0..200_000 {
            text.push_str(&format!("{row},words\n"));
        }
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        let mut reader = RowReader::open(file.path(), 0).unwrap();
        let (mut good, mut bad) = (0, 0);
        while let Some(row) = reader.next().unwrap() {
            *(if row.cells.is_ok() { &mut good } else { &mut bad }) += 1;
        }
        assert_eq!((good, bad), (200_000, 1));
    }

    #[test]
    fn nothing_is_no_table() {
        let file = tempfile::NamedTempFile::new().unwrap();
        assert!(matches!(RowReader::open(file.path(), 0), Err(RowsError::NoHeader)));
    }
}
