//! Working the spool off: in the order the reports came in, one commit each, as soon as the database answers.

use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

use files::FileId;
use kernel::problem::{Problem, ProblemKind};
use serde_json::{Value, json};

use super::Spool;
use crate::{Leads, Report, intake, message};

/// How often a database that was out of reach is asked.
const LOOK: Duration = Duration::from_secs(1);
/// It is there when it answers within this.
const ANSWER: Duration = Duration::from_secs(2);
/// A report that fails so often for a reason of its own is put aside.
const TRIES: u32 = 20;
/// Where so many in a row fail, it is hardly the reports': the others wait as well.
const IN_A_ROW: usize = 3;
/// A report that failed is tried again after a second, and after twice as long each time, at most after this.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// How one report went.
enum Outcome {
    /// It is a lead and its file is gone, or it was put aside.
    Settled,
    /// It waits for another try; the next may go on.
    Later,
    /// The database is away again: all wait.
    Away,
}

/// Reports that failed: what fails for a while keeps neither itself nor the others from becoming leads.
#[derive(Default)]
struct Failures(HashMap<u64, Failed>);

#[derive(Default)]
struct Failed {
    /// For whatever reason.
    times: u32,
    /// For a reason of its own.
    own: u32,
    next: Option<Instant>,
}

impl Failures {
    fn waits(&self, number: u64, now: Instant) -> bool {
        self.0.get(&number).and_then(|failed| failed.next).is_some_and(|next| next > now)
    }

    /// Notes a failure; whether it failed often enough for a reason of its own to be put aside.
    fn note(&mut self, number: u64, own: bool, now: Instant) -> bool {
        let failed = self.0.entry(number).or_default();
        failed.next = Some(now + LONGEST_WAIT.min(LOOK * 2_u32.saturating_pow(failed.times.min(8))));
        failed.times += 1;
        failed.own += u32::from(own);
        failed.own >= TRIES
    }
}

/// Whether an error of the database lies in the report: 22, a value that does not fit; 23, a broken constraint (PostgreSQL, appendix A). All
/// others are the server's (read-only, disk full, out of time, locks, a missing grant): none of them may cost a report.
fn is_own(code: &str) -> bool {
    code.starts_with("22") || code.starts_with("23")
}

/// Whether a problem lies in the report.
fn is_refusal(problem: &Problem) -> bool {
    !matches!(problem.kind, ProblemKind::Internal | ProblemKind::Unavailable | ProblemKind::TooMany)
}

impl Leads {
    /// Works the spool off for as long as it is let. Cut off at any moment, what was committed is found under its key and not made again.
    pub async fn work_spool(&self) {
        let Some(spool) = self.spool() else { return };
        let mut failures = Failures::default();
        loop {
            if spool.first().is_none() && !self.database_is_away() {
                failures = Failures::default();
                spool.waker.notified().await;
            }
            if matches!(tokio::time::timeout(ANSWER, self.database().answers()).await, Ok(true)) {
                spool.found_back();
                self.drain(spool, &mut failures).await;
            }
            if spool.first().is_some() || self.database_is_away() {
                tokio::time::sleep(LOOK).await;
            }
        }
    }

    async fn drain(&self, spool: &Spool, failures: &mut Failures) {
        let (mut settled, mut failed, mut last) = (0_usize, 0_usize, None);
        while let Some(number) = spool.after(last).filter(|_| failed < IN_A_ROW) {
            last = Some(number);
            if failures.waits(number, Instant::now()) {
                continue;
            }
            match self.settle_spooled(spool, number, failures).await {
                Ok(Outcome::Settled) => (settled, failed) = (settled + 1, 0),
                Ok(Outcome::Later) => failed += 1,
                Ok(Outcome::Away) => break,
                // Somebody took the file away: there is nothing left to do for it.
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                    tracing::error!(number, "a report of the spool is gone from the disk");
                    spool.forget(number, false);
                }
                Err(error) => {
                    tracing::error!(number, %error, "a report of the spool cannot be read or written; tried again shortly");
                    failures.note(number, false, Instant::now());
                    failed += 1;
                }
            }
        }
        if settled > 0 {
            let (waiting, aside, _) = self.in_the_spool();
            tracing::info!(settled, waiting, aside, "reports of the spool were taken in");
        }
    }

    async fn settle_spooled(&self, spool: &Spool, number: u64, failures: &mut Failures) -> std::io::Result<Outcome> {
        let Some((report, promise)) = on_disk(spool, move |folder| folder.read(number)).await?.and_then(super::Entry::read) else {
            return put_aside(spool, number, "unreadable").await;
        };
        let report = match self.without_missing_photos(report).await {
            Ok(report) => report,
            Err(()) => {
                failures.note(number, false, Instant::now());
                return Ok(Outcome::Later);
            }
        };
        match intake::keep(self, report.clone(), promise).await {
            Ok(received) => {
                // What a source sent again with other words is added to its lead, as if the database had been there.
                if received.already_present
                    && let Err(error) = message::receive::sent_again(self, report, received).await
                {
                    if !matches!(tokio::time::timeout(ANSWER, self.database().answers()).await, Ok(true)) {
                        spool.found_away();
                        return Ok(Outcome::Away);
                    }
                    tracing::warn!(number, code = error.problem().code, "words of a report sent again could not be added");
                    let often = failures.note(number, is_refusal(error.problem()), Instant::now());
                    return if often { put_aside(spool, number, "refused").await } else { Ok(Outcome::Later) };
                }
                on_disk(spool, move |folder| folder.remove(number)).await?;
                spool.forget(number, false);
                Ok(Outcome::Settled)
            }
            Err(error) if database::is_away(&error) => {
                spool.found_away();
                Ok(Outcome::Away)
            }
            Err(error) => {
                let code = error.as_database_error().and_then(|error| error.code().map(|code| code.into_owned())).unwrap_or_default();
                tracing::warn!(number, code, "a report of the spool could not be stored");
                let often = failures.note(number, is_own(&code), Instant::now());
                // No later try changes a fault of its own, but 23505: the same report was written at the same moment, and is found next time.
                if often || is_own(&code) && code != "23505" {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_the_server_costs_no_report_however_long_it_lasts() {
        let (mut failures, start) = (Failures::default(), Instant::now());
        for code in ["25006", "53100", "57014", "55P03", "42501", "XX000", ""] {
            assert!(!is_own(code), "{code}");
        }
        assert!(is_own("22021") && is_own("23514"));
        assert!((0..1000).all(|_| !failures.note(1, false, start)));
        assert!((1..TRIES).all(|_| !failures.note(2, true, start)) && failures.note(2, true, start));
        assert!(is_refusal(&Problem::conflict("x", "x")) && !is_refusal(&Problem::internal("x", "x")));
    }

    #[test]
    fn what_failed_waits_longer_each_time_and_never_longer_than_a_minute() {
        let (mut failures, start) = (Failures::default(), Instant::now());
        assert!(!failures.waits(1, start));
        failures.note(1, false, start);
        assert!(failures.waits(1, start) && !failures.waits(1, start + LOOK));
        failures.note(1, false, start);
        assert!(failures.waits(1, start + LOOK) && !failures.waits(1, start + LOOK * 2));
        assert!((0..40).all(|_| !failures.note(1, false, start)));
        assert!(failures.waits(1, start + LOOK * 59) && !failures.waits(1, start + LONGEST_WAIT));
        assert!(!failures.waits(2, start), "the others go on");
    }
}
