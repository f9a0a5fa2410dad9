//! The gate where reports wait for the next commit: bounded, and emptied by one worker that shares each commit among all who wait.

use kernel::problem::Problem;
use tokio::sync::{mpsc, oneshot};

use super::{Judged, Received, Report, judge::judge, write};
use crate::Leads;

/// So many reports may wait; more are told to come again.
const MOST_WAITING: usize = 4_096;
/// So many reports share one commit at most.
const MOST_TOGETHER: usize = 64;

type Answer = oneshot::Sender<Result<Received, Problem>>;

/// The gate.
#[derive(Debug, Clone)]
pub(crate) struct IntakeQueue(mpsc::Sender<(Judged, Answer)>);

/// The other end, for the worker.
pub(crate) type Waiting = mpsc::Receiver<(Judged, Answer)>;

impl IntakeQueue {
    pub(crate) fn new() -> (Self, Waiting) {
        let (sender, receiver) = mpsc::channel(MOST_WAITING);
        (Self(sender), receiver)
    }

    async fn pass(&self, judged: Judged) -> Result<Received, Problem> {
        let (answer, answered) = oneshot::channel();
        self.0.try_send((judged, answer)).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => Problem::unavailable("intake-full", "当前上报过多，请稍后重试；您的内容还没有被保存"),
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
        let judged = judge(self, report).await.map_err(out_of_reach)?;
        self.queue().pass(judged).await
    }
}

/// Empties the gate until every sender is gone.
pub(crate) async fn work(leads: Leads, mut waiting: Waiting) {
    let mut together = Vec::with_capacity(MOST_TOGETHER);
    while waiting.recv_many(&mut together, MOST_TOGETHER).await > 0 {
        let (judged, answers): (Vec<Judged>, Vec<Answer>) = together.drain(..).unzip();
        match write::write(&leads, &judged).await {
            Ok(received) => {
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
        let outcome = write::write(leads, std::slice::from_ref(&judged)).await;
        let outcome = outcome
            .map_err(|error| refused(&error))
            .and_then(|mut received| received.pop().ok_or_else(|| Problem::internal("internal", "系统内部错误，已记录；请稍后重试")));
        let _ = answer.send(outcome);
    }
}

fn refused(error: &sqlx::Error) -> Problem {
    match error.as_database_error() {
        // 57P: it is stopping, has crashed or is starting (PostgreSQL, appendix A).
        Some(database) if database.code().is_some_and(|code| code.starts_with("57P")) => {
            tracing::warn!(%error, "database is out of reach");
            unreachable_database()
        }
        Some(database) => {
            tracing::error!(
                code = database.code().as_deref().unwrap_or(""),
                constraint = database.constraint().unwrap_or(""),
                message = database.message(),
                "a report could not be stored"
            );
            Problem::internal("internal", "系统内部错误，已记录；请稍后重试")
        }
        None => {
            tracing::warn!(%error, "database is out of reach");
            unreachable_database()
        }
    }
}

fn out_of_reach(error: sqlx::Error) -> Problem {
    refused(&error)
}

fn unreachable_database() -> Problem {
    Problem::unavailable("database-unavailable", "数据库暂时不可用，请稍后重试；您的内容没有被保存")
}
