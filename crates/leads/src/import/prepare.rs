//! From the file as it came to rows in UTF-8.

use std::{
    fs::{self, File},
    io::Read,
    path::{Path, PathBuf},
};

use kernel::problem::Problem;
use sheets::WorkbookError;

use super::{
    encoding::{self, Encoding},
    rows::{RowReader, RowsError},
};

/// Why a file cannot be imported at all.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PrepareError {
    /// No rows.
    #[error(transparent)]
    Rows(#[from] RowsError),
    /// No sheet.
    #[error(transparent)]
    Workbook(#[from] WorkbookError),
    /// A workbook of before 2007.
    #[error("旧版 XLS 文件不能导入，请在表格软件中另存为 XLSX 或 CSV")]
    OldWorkbook,
    /// The disk's.
    #[error("文件无法读取")]
    Io(#[from] std::io::Error),
}

impl From<PrepareError> for Problem {
    fn from(error: PrepareError) -> Self {
        if let PrepareError::Io(cause) | PrepareError::Rows(RowsError::Io(cause)) | PrepareError::Workbook(WorkbookError::Io(cause)) =
            &error
        {
            tracing::error!(error = %cause, "an import file could not be read");
        }
        Problem::invalid("file-unreadable", error.to_string()).field("file", error.to_string())
    }
}

/// A file whose rows can be read.
#[derive(Debug)]
pub(crate) struct Prepared {
    /// Where the rows stand, in UTF-8.
    pub rows: PathBuf,
    /// How the file was written.
    pub encoding: &'static str,
    /// The names of its columns.
    pub columns: Vec<String>,
}

/// The file as it came.
pub(crate) fn upload(folder: &Path) -> PathBuf {
    folder.join("upload")
}

/// Makes rows of the file in `folder`. Done twice it is done once: what stands there is whole.
pub(crate) fn prepare(folder: &Path) -> Result<Prepared, PrepareError> {
    let upload = upload(folder);
    let mut magic = Vec::new();
    File::open(&upload)?.take(8).read_to_end(&mut magic)?;
    if magic.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(PrepareError::OldWorkbook);
    }
    let target = folder.join("rows.csv");
    // The mark of a file that is being written, which a backup leaves out.
    let half = folder.join("rows.csv#");
    let (rows, encoding) = if magic.starts_with(b"PK\x03\x04") {
        if !target.exists() {
            sheets::to_csv(&upload, &half)?;
            fs::rename(&half, &target)?;
        }
        (target, "XLSX")
    } else {
        match encoding::detect(&upload)? {
            Encoding::Utf8 => (upload, Encoding::Utf8.name()),
            other => {
                if !target.exists() {
                    encoding::transcode(&upload, other, &half)?;
                    fs::rename(&half, &target)?;
                }
                (target, other.name())
            }
        }
    };
    let columns = RowReader::open(&rows, 0)?.columns().to_vec();
    Ok(Prepared { rows, encoding, columns })
}

/// How many rows there are, broken ones included.
pub(crate) fn count(rows: &Path) -> Result<i64, PrepareError> {
    let mut reader = RowReader::open(rows, 0)?;
    let mut count = 0;
    while reader.next()?.is_some() {
        count += 1;
    }
    Ok(count)
}

/// The first rows that can be read, for a person to look at.
pub(crate) fn sample(rows: &Path, most: usize) -> Result<Vec<Vec<String>>, PrepareError> {
    /// Characters of a cell that are shown.
    const SHOWN: usize = 80;
    let mut reader = RowReader::open(rows, 0)?;
    let mut sample = Vec::with_capacity(most);
    for _ in 0..most * 10 {
        let Some(row) = reader.next()? else { break };
        if let Ok(cells) = row.cells {
            sample.push(cells.into_iter().map(|cell| cell.chars().take(SHOWN).collect()).collect());
        }
        if sample.len() == most {
            break;
        }
    }
    Ok(sample)
}
