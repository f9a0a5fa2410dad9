//! Working the spool off: in the order the reports came in, one commit each, as soon as the database answers.

use std::{collections::HashMap, sync::Arc, time::Duration};

use files::FileId;
use serde_json::{Value, json};

use super::Spool;
use crate::{Leads, Report, intake, message};

/// How often a database that was out of reach is asked.
const LOOK: Duration = Duration::from_secs(1);
/// It is there when it answers within this.
const ANSWER: Duration = Duration::from_secs(2);
/// A report that fails so often for a reason that might pass is put aside, so that the others go on.
const TRIES: u32 = 20;

/// How one report went.
enum Outcome {
    /// It is a lead and its file is gone, or it was put aside.
    Settled,
    /// The database is away again, or something else is not as it should be: later.
    Later,
}

impl Leads {
    /// Works the spool off for as long as it is let. Cut off at any moment, what was committed is found under its key and not made again.
    pub async fn work_spool(&self) {
        let Some(spool) = self.spool() else { return };
        let mut tries = HashMap::new();
        loop {
            if spool.first().is_none() && !self.database_is_away() {
                tries.clear();
                spool.waker.notified().await;
            }
            if matches!(tokio::time::timeout(ANSWER, self.database().answers()).await, Ok(true)) {
                spool.found_back();
                self.drain(spool, &mut tries).await;
            }
            if spool.first().is_some() || self.database_is_away() {
                tokio::time::sleep(LOOK).await;
            }
        }
    }

    async fn drain(&self, spool: &Spool, tries: &mut HashMap<u64, u32>) {
        let mut settled = 0_usize;
        while let Some(number) = spool.first() {
            match self.settle_spooled(spool, number, tries).await {
                Ok(Outcome::Settled) => settled += 1,
                Ok(Outcome::Later) => break,
                // Somebody took the file away: there is nothing left to do for it.
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                    tracing::error!(number, "a report of the spool is gone from the disk");
                    spool.forget(number, false);
                }
                Err(error) => {
                    tracing::error!(%error, "the spool cannot be read or written; tried again shortly");
                    break;
                }
            }
        }
        if settled > 0 {
            let (waiting, aside, _) = self.in_the_spool();
            tracing::info!(settled, waiting, aside, "reports of the spool were taken in");
        }
    }

    async fn settle_spooled(&self, spool: &Spool, number: u64, tries: &mut HashMap<u64, u32>) -> std::io::Result<Outcome> {
        let Some((report, promise)) = on_disk(spool, move |folder| folder.read(number)).await?.and_then(super::Entry::read) else {
            return put_aside(spool, number, "unreadable").await;
        };
        let report = match self.without_missing_photos(report).await {
            Ok(report) => report,
            Err(()) => return Ok(Outcome::Later),
        };
        match intake::keep(self, report.clone(), promise).await {
            Ok(received) => {
                // What a source sent again with other words is added to its lead, as if the database had been there.
                if received.already_present
                    && let Err(error) = message::receive::sent_again(self, report, received).await
                {
                    if !matches!(tokio::time::timeout(ANSWER, self.database().answers()).await, Ok(true)) {
                        spool.found_away();
                        return Ok(Outcome::Later);
                    }
                    // The database is there: what fails again and again must not keep the others waiting.
                    let tried = tries.entry(number).or_default();
                    *tried += 1;
                    tracing::warn!(number, code = error.problem().code, tried = *tried, "words of a report sent again could not be added");
                    return if *tried >= TRIES { put_aside(spool, number, "refused").await } else { Ok(Outcome::Later) };
                }
                on_disk(spool, move |folder| folder.remove(number)).await?;
                spool.forget(number, false);
                Ok(Outcome::Settled)
            }
            Err(error) if database::is_away(&error) => {
                spool.found_away();
                Ok(Outcome::Later)
            }
            Err(error) => {
                // 22: a value that does not fit; 23: a broken constraint (PostgreSQL, appendix A). No later try changes that, but of 23505: the
                // same report was written at the same moment, and is found there next time.
                let code = error.as_database_error().and_then(|error| error.code().map(|code| code.into_owned())).unwrap_or_default();
                let tried = tries.entry(number).or_default();
                *tried += 1;
                tracing::warn!(number, code, tried = *tried, "a report of the spool could not be stored");
                let faulty = code.starts_with("22") || code.starts_with("23") && code != "23505";
                if faulty || *tried >= TRIES {
                    return put_aside(spool, number, "refused").await;
                }
                Ok(Outcome::Later)
            }
        }
    }

    /// Photos that are not there are left out and counted: the words and the place are not lost for them. They were not asked for when the
    /// report came in, since the database was away.
    async fn without_missing_photos(&self, mut report: Report) -> Result<Report, ()> {
        if report.photos.is_empty() {
            return Ok(report);
        }
        let sent = report.photos.len();
        let ids: Vec<FileId> = report.photos.iter().filter_map(|photo| FileId::parse(photo).ok()).collect();
        let missing = self.files().missing(&ids).await.map_err(drop)?;
        report.photos = ids.iter().filter(|id| !missing.contains(id)).map(ToString::to_string).collect();
        let lost = sent - report.photos.len();
        if lost > 0
            && let Value::Object(details) = &mut report.details
        {
            tracing::warn!(lost, "a report of the spool names photos that are not there");
            details.insert("photos_missing".to_owned(), json!(lost));
        }
        Ok(report)
    }
}

async fn on_disk<T: Send + 'static>(
    spool: &Spool,
    work: impl FnOnce(&super::Folder) -> std::io::Result<T> + Send + 'static,
) -> std::io::Result<T> {
    let folder = Arc::clone(&spool.folder);
    tokio::task::spawn_blocking(move || work(&folder)).await.map_err(std::io::Error::other)?
}

async fn put_aside(spool: &Spool, number: u64, why: &'static str) -> std::io::Result<Outcome> {
    on_disk(spool, move |folder| folder.put_aside(number, why)).await?;
    spool.forget(number, true);
    Ok(Outcome::Settled)
}
