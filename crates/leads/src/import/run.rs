//! The worker: one import at a time in the whole house, taken up again where it was left.

use std::{path::Path, time::Duration};

use database::advisory::{self, Held};
use kernel::problem::Problem;
use uuid::Uuid;

use super::{
    ImportState,
    mapping::{Mapping, Places},
    prepare::{self, PrepareError},
    receive::{out_of_reach, receive},
    row::Origin,
    rows::{Row, RowReader, RowsError},
    store::{self, ImportRecord},
    sweep,
};
use crate::Leads;

/// Rows between two notes of progress.
const CHUNK: usize = 500;
/// How often the worker looks by itself.
const LOOK: Duration = Duration::from_secs(2);
/// How long it waits after a failure that is not the file's.
const LATER: Duration = Duration::from_secs(5);
/// How often files that nobody needs any more are swept away.
const SWEEP: Duration = Duration::from_secs(3_600);

/// Why an import stopped before its end.
enum Stop {
    /// The file or its mapping: the import failed.
    Failed(String),
    /// The database or the intake: it goes on later.
    Later(Problem),
    /// A person paused or cancelled it, or another worker has it.
    TakenAway,
}

impl From<sqlx::Error> for Stop {
    fn from(error: sqlx::Error) -> Self {
        tracing::warn!(%error, "an import waits for the database");
        Self::Later(out_of_reach())
    }
}

impl From<PrepareError> for Stop {
    fn from(error: PrepareError) -> Self {
        Self::Failed(error.to_string())
    }
}

impl From<RowsError> for Stop {
    fn from(error: RowsError) -> Self {
        Self::Failed(error.to_string())
    }
}

impl Leads {
    /// Works on imports for as long as it is let. Cut off at any moment, it goes on from its last note of progress.
    pub async fn work_imports(&self) {
        let Some(folder) = self.import_folder() else { return };
        let mut swept: Option<std::time::Instant> = None;
        loop {
            if swept.is_none_or(|at| at.elapsed() > SWEEP) {
                swept = Some(std::time::Instant::now());
                if let Err(error) = sweep::sweep(self, folder).await {
                    tracing::warn!(%error, "old import files could not be swept away");
                }
            }
            let pause = match self.work_on_next(folder).await {
                Ok(true) => continue,
                Ok(false) => LOOK,
                Err(problem) => {
                    tracing::warn!(code = problem.code, "an import waits for better times");
                    LATER
                }
            };
            tokio::select! {
                () = self.import_waker().notified() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    async fn work_on_next(&self, folder: &Path) -> Result<bool, Problem> {
        let pool = self.database().pool();
        let waiting = store::waiting(pool, self.home_region()).await.map_err(|_| out_of_reach())?;
        for id in waiting {
            // Whoever has the file does the work: of several nodes the one that received it, and a house that was restored elsewhere.
            if !prepare::upload(&folder.join(id.to_string())).exists() {
                continue;
            }
            if let Some(held) = hold(self, id).await? {
                run(self, folder, id, held).await?;
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Takes an import for this worker; nothing while another one has it.
pub(crate) async fn hold(leads: &Leads, id: Uuid) -> Result<Option<Held>, Problem> {
    advisory::try_hold(leads.database().pool(), &format!("leads.import.{id}")).await.map_err(|_| out_of_reach())
}

/// Runs one import to its end, or as far as it goes now.
pub(crate) async fn run(leads: &Leads, folder: &Path, id: Uuid, mut held: Held) -> Result<(), Problem> {
    let pool = leads.database().pool();
    let outcome = carry_through(leads, &folder.join(id.to_string()), id, &mut held).await;
    let now = leads.clock().now();
    match outcome {
        Ok(()) => store::end(pool, id, ImportState::Done.code(), None, now).await.map_err(|_| out_of_reach()),
        Err(Stop::Failed(reason)) => store::end(pool, id, ImportState::Failed.code(), Some(&reason), now).await.map_err(|_| out_of_reach()),
        Err(Stop::TakenAway) => Ok(()),
        Err(Stop::Later(problem)) => Err(problem),
    }
}

async fn carry_through(leads: &Leads, folder: &Path, id: Uuid, held: &mut Held) -> Result<(), Stop> {
    let pool = leads.database().pool();
    let Some(job) = store::take_up(pool, id).await? else { return Err(Stop::TakenAway) };
    let own = folder.to_owned();
    let prepared = blocking(move || prepare::prepare(&own)).await??;
    if job.rows_total.is_none() {
        let rows = prepared.rows.clone();
        let count = blocking(move || prepare::count(&rows)).await??;
        store::counted(pool, id, count).await?;
    }
    let mapping: Mapping = serde_json::from_value(job.mapping.clone()).map_err(|_| Stop::Failed("列对应无法读取".to_owned()))?;
    let places = Places::find(&mapping, &prepared.columns).map_err(|problem| Stop::Failed(problem.detail))?;
    let source: crate::Source = job.source.parse().map_err(|_| Stop::Failed("来源无法识别".to_owned()))?;
    let offset = u64::try_from(job.byte_offset).unwrap_or(0);
    let rows = prepared.rows;
    let mut reader = blocking(move || RowReader::open(&rows, offset)).await??;
    let ImportRecord { rows_done: mut done, .. } = job;
    loop {
        let (back, chunk) = blocking(move || read(reader)).await??;
        reader = back;
        let Some(end) = chunk.last().map(|row| row.end) else { return Ok(()) };
        let origin = Origin { leads, import: Some(id), source: source.clone(), places: &places, now: leads.clock().now() };
        // The header is row 1, as every table shows it.
        let reports =
            (done + 2..).zip(chunk).map(|(number, row)| (number, row.cells.and_then(|cells| origin.report(number, &cells)))).collect();
        let outcomes = receive(leads, id, reports).await.map_err(Stop::Later)?;
        if !held.is_alive().await {
            return Err(Stop::Later(out_of_reach()));
        }
        let state = store::advance(pool, id, done, i64::try_from(end).unwrap_or(i64::MAX), &outcomes).await?;
        if state.as_deref() != Some(ImportState::Running.code()) {
            return Err(Stop::TakenAway);
        }
        done += i64::try_from(outcomes.len()).unwrap_or(0);
    }
}

fn read(mut reader: RowReader) -> Result<(RowReader, Vec<Row>), RowsError> {
    let mut chunk = Vec::with_capacity(CHUNK);
    while chunk.len() < CHUNK {
        match reader.next()? {
            Some(row) => chunk.push(row),
            None => break,
        }
    }
    Ok((reader, chunk))
}

/// Work on the disk, beside the tasks that answer requests.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Stop> {
    tokio::task::spawn_blocking(work).await.map_err(|_| Stop::Later(Problem::unavailable("shutting-down", "系统正在停止")))
}
