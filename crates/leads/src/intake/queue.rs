//! The gate where reports wait for the next commit: bounded, and emptied by a few writers that share each commit among all who wait.

use std::sync::Arc;

use kernel::problem::Problem;
use tokio::sync::{Mutex, mpsc, oneshot};

use super::{Judged, Promise, Received, Report, judge::judge, write};
use crate::Leads;

/// So many reports may wait; more are told to come again.
const MOST_WAITING: usize = 4_096;
/// So many reports share one commit at most.
const MOST_TOGETHER: usize = 64;
/// While one writer waits for PostgreSQL and the disk, those who came meanwhile are written by the other. More would only make the groups
/// smaller.
const WRITERS: usize = 2;

type Answer = oneshot::Sender<Result<Received, Problem>>;

/// The gate.
#[derive(Debug, Clone)]
pub(crate) struct IntakeQueue(mpsc::Sender<(Judged, Answer)>);

/// The other end, for the writers.
pub(crate) type Waiting = mpsc::Receiver<(Judged, Answer)>;

impl IntakeQueue {
    pub(crate) fn new() -> (Self, Waiting) {
        let (sender, receiver) = mpsc::channel(MOST_WAITING);
        (Self(sender), receiver)
    }

    /// How many wait, and how many may.
    pub(crate) fn waiting(&self) -> (usize, usize) {
        (self.0.max_capacity() - self.0.capacity(), self.0.max_capacity())
    }

    async fn pass(&self, judged: Judged) -> Result<Received, Problem> {
        let (answer, answered) = oneshot::channel();
        self.0.try_send((judged, answer)).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => {
                metrics::counter!("bihuan_reports_total", "outcome" => "refused").increment(1);
                Problem::unavailable("intake-full", "当前上报过多，请稍后重试；您的内容还没有被保存")
            }
            mpsc::error::TrySendError::Closed(_) => Problem::unavailable("shutting-down", "系统正在停止，请稍后重试"),
        })?;
        answered.await.unwrap_or_else(|_| Err(Problem::unavailable("shutting-down", "系统正在停止，请稍后重试")))
    }
}

impl Leads {
    /// Takes a report in. The answer comes when the lead is durable.
    ///
    /// # Errors
    /// `intake-full` under too much load, `database-unavailable` when nothing can be stored; nothing is kept then.
    pub async fn receive(&self, report: Report) -> Result<Received, Problem> {
        self.receive_under(report, None).await
    }

    /// As [`Leads::receive`], under a tracking code that was made before.
    pub(crate) async fn receive_under(&self, report: Report, tracking_code: Option<String>) -> Result<Received, Problem> {
        let judged = judge(self, report, Promise { tracking_code, received_at: None }).await.map_err(|error| refused(&error))?;
        self.queue().pass(judged).await
    }
}

/// Takes a report in that was promised its code, in a commit of its own. Another code of the same lead works beside it from then on.
pub(crate) async fn keep(leads: &Leads, report: Report, promise: Promise) -> sqlx::Result<Received> {
    let judged = judge(leads, report, promise).await?;
    let mut received = write::write(leads, std::slice::from_ref(&judged)).await.inspect(|received| count(received))?;
    received.pop().ok_or(sqlx::Error::RowNotFound)
}

/// Starts the writers, which empty the gate until every sender is gone.
pub(crate) fn start_writers(leads: &Leads, waiting: Waiting) {
    let waiting = Arc::new(Mutex::new(waiting));
    for _ in 0..WRITERS {
        tokio::spawn(write_what_waits(leads.clone(), waiting.clone()));
    }
}

async fn write_what_waits(leads: Leads, waiting: Arc<Mutex<Waiting>>) {
    let mut together = Vec::with_capacity(MOST_TOGETHER);
    while waiting.lock().await.recv_many(&mut together, MOST_TOGETHER).await > 0 {
        // In one order for every writer: two that hold the same keys wait for each other in turn, never in a ring.
        together.sort_by(|(one, _), (other, _)| one.lead.source_key.cmp(&other.lead.source_key));
        let (judged, answers): (Vec<Judged>, Vec<Answer>) = together.drain(..).unzip();
        match write::write(&leads, &judged).await {
            Ok(received) => {
                count(&received);
                for (answer, received) in answers.into_iter().zip(received) {
                    // A reporter who went away does not hear it; the lead stays.
                    let _ = answer.send(Ok(received));
                }
            }
            Err(_) if judged.len() > 1 => one_by_one(&leads, judged, answers).await,
            Err(error) => {
                for answer in answers {
                    let _ = answer.send(Err(refused(&error)));
                }
            }
        }
    }
}

/// When a commit shared by many fails, each is tried alone, so that one bad report does not take the others with it.
async fn one_by_one(leads: &Leads, judged: Vec<Judged>, answers: Vec<Answer>) {
    for (judged, answer) in judged.into_iter().zip(answers) {
        let outcome = write::write(leads, std::slice::from_ref(&judged)).await.inspect(|received| count(received));
        let outcome = outcome
            .map_err(|error| refused(&error))
            .and_then(|mut received| received.pop().ok_or_else(|| Problem::internal("internal", "系统内部错误，已记录；请稍后重试")));
        let _ = answer.send(outcome);
    }
}

/// Counts a commit and what it kept.
fn count(received: &[Received]) {
    let present = received.iter().filter(|one| one.already_present).count() as u64;
    metrics::counter!("bihuan_intake_commits_total").increment(1);
    metrics::counter!("bihuan_reports_total", "outcome" => "present").increment(present);
    metrics::counter!("bihuan_reports_total", "outcome" => "kept").increment(received.len() as u64 - present);
}

fn refused(error: &sqlx::Error) -> Problem {
    if database::is_away(error) {
        tracing::warn!(%error, "database is out of reach");
        return Problem::unavailable("database-unavailable", "数据库暂时不可用，请稍后重试；您的内容没有被保存");
    }
    match error.as_database_error() {
        Some(database) => tracing::error!(
            code = database.code().as_deref().unwrap_or(""),
            constraint = database.constraint().unwrap_or(""),
            message = database.message(),
            "a report could not be stored"
        ),
        None => tracing::error!(%error, "a report could not be judged or stored"),
    }
    Problem::internal("internal", "系统内部错误，已记录；请稍后重试")
}
