//! An import from the command line: the same job, run at once by whoever asks.

use std::path::PathBuf;

use kernel::problem::Problem;
use uuid::Uuid;

use super::{ImportState, Mapping, create, not_found, receive::out_of_reach, run, spool::Spooled, store};
use crate::{Leads, lead::Source};

/// A file to import.
#[derive(Debug, Clone)]
pub struct NewImport {
    /// Where it stands.
    pub file: PathBuf,
    /// What it is of.
    pub source: Source,
    /// Which column is what; without one, by the names of the columns.
    pub mapping: Option<Mapping>,
}

/// How an import stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportReport {
    /// The import.
    pub id: Uuid,
    /// Where it stands.
    pub state: ImportState,
    /// Rows of the file, once counted.
    pub rows_total: Option<i64>,
    /// Rows accounted for.
    pub rows_done: i64,
    /// Rows that became leads.
    pub imported: i64,
    /// Rows whose lead was there already.
    pub present: i64,
    /// Rows that were refused.
    pub rejected: i64,
    /// In which characters the file is written.
    pub encoding: Option<String>,
    /// Why it failed.
    pub error: Option<String>,
}

impl Leads {
    /// Takes a file for import; [`Leads::run_import`] imports it, as would a server's worker if this program ended before.
    ///
    /// # Errors
    /// `file-unreadable`, `mapping-invalid`, `file-too-large`; the disk's and the database's.
    pub async fn begin_import(&self, new: NewImport) -> Result<Uuid, Problem> {
        let name = new.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let file = tokio::fs::File::open(&new.file)
            .await
            .map_err(|error| Problem::invalid("file-unreadable", format!("文件无法打开：{error}")))?;
        let source = super::source(self, Some(new.source.code())).await.map_err(|error| error.problem().clone())?;
        let mut spooled = Spooled::new(self).await?;
        spooled.fill(&name, file).await?;
        let id = spooled.id;
        create::insert(self, spooled, source, new.mapping, None).await.map_err(|error| error.problem().clone())?;
        Ok(id)
    }

    /// Runs an import as far as it goes, unless a worker has it already.
    ///
    /// # Errors
    /// When the database or the intake is out of reach; the import goes on later.
    pub async fn run_import(&self, id: Uuid) -> Result<(), Problem> {
        let folder = self.import_folder().ok_or_else(not_found)?.to_owned();
        match run::hold(self, id).await? {
            Some(held) => run::run(self, &folder, id, held).await,
            None => Ok(()),
        }
    }

    /// How an import stands.
    ///
    /// # Errors
    /// `import-not-found`; the database's.
    pub async fn import_report(&self, id: Uuid) -> Result<ImportReport, Problem> {
        let record = store::one(self.database().pool(), self.home_region(), id).await.map_err(|_| out_of_reach())?.ok_or_else(not_found)?;
        Ok(ImportReport {
            id,
            state: record.state.parse().unwrap_or(ImportState::Failed),
            rows_total: record.rows_total,
            rows_done: record.rows_done,
            imported: record.imported,
            present: record.present,
            rejected: record.rejected,
            encoding: record.encoding,
            error: record.error,
        })
    }
}
