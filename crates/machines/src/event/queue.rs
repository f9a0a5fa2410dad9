//! The gate where batches wait for the next commit: bounded, and emptied by one writer that lets those who wait share it.

use kernel::problem::Problem;
use tokio::sync::{mpsc, oneshot};

use super::{
    Event,
    write::{self, Taken},
};
use crate::Machines;

/// So many batches may wait; more are told to come again.
const MOST_WAITING: usize = 1_024;
/// So many batches share one commit at most.
const MOST_TOGETHER: usize = 64;
/// So many events share one commit at most, beside the one batch that goes over.
const MOST_EVENTS: usize = 1_000;

type Answer = oneshot::Sender<Result<Vec<Taken>, Problem>>;

/// The gate.
#[derive(Debug, Clone)]
pub(crate) struct EventQueue(mpsc::Sender<(Vec<Event>, Answer)>);

/// The other end, for the writer.
pub(crate) type Waiting = mpsc::Receiver<(Vec<Event>, Answer)>;

impl EventQueue {
    pub(crate) fn new() -> (Self, Waiting) {
        let (sender, receiver) = mpsc::channel(MOST_WAITING);
        (Self(sender), receiver)
    }

    /// How many batches wait, and how many may.
    pub(crate) fn waiting(&self) -> (usize, usize) {
        (self.0.max_capacity() - self.0.capacity(), self.0.max_capacity())
    }

    /// Hands a batch over; the answer comes when it is durable.
    ///
    /// # Errors
    /// `intake-full`, `database-unavailable`, `shutting-down`: nothing of it is kept, it may be sent again.
    pub(crate) async fn pass(&self, events: Vec<Event>) -> Result<Vec<Taken>, Problem> {
        let (answer, answered) = oneshot::channel();
        self.0.try_send((events, answer)).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => Problem::unavailable("intake-full", "当前事件过多，请稍后重发；这一批还没有被保存"),
            mpsc::error::TrySendError::Closed(_) => stopping(),
        })?;
        answered.await.unwrap_or_else(|_| Err(stopping()))
    }
}

fn stopping() -> Problem {
    Problem::unavailable("shutting-down", "系统正在停止，请稍后重发")
}

/// Starts the writer, which empties the gate until every sender is gone.
pub(crate) fn start_writer(machines: &Machines, waiting: Waiting) {
    tokio::spawn(write_what_waits(machines.clone(), waiting));
}

async fn write_what_waits(machines: Machines, mut waiting: Waiting) {
    while let Some(first) = waiting.recv().await {
        let mut together = vec![first];
        let mut events = together[0].0.len();
        while together.len() < MOST_TOGETHER && events < MOST_EVENTS {
            let Ok(next) = waiting.try_recv() else { break };
            events += next.0.len();
            together.push(next);
        }
        let (batches, answers): (Vec<Vec<Event>>, Vec<Answer>) = together.into_iter().unzip();
        match write_all(&machines, &batches).await {
            Ok(taken) => answers.into_iter().zip(taken).for_each(|(answer, taken)| drop(answer.send(Ok(taken)))),
            // One bad batch does not take the others with it.
            Err(_) if batches.len() > 1 => {
                for (batch, answer) in batches.iter().zip(answers) {
                    let taken = write_all(&machines, std::slice::from_ref(batch)).await;
                    let _ = answer.send(taken.map(|mut taken| taken.pop().unwrap_or_default()).map_err(|error| out_of_reach(&error)));
                }
            }
            Err(error) => answers.into_iter().for_each(|answer| drop(answer.send(Err(out_of_reach(&error))))),
        }
    }
}

/// Writes batches in one commit; what each of them is answered.
async fn write_all(machines: &Machines, batches: &[Vec<Event>]) -> sqlx::Result<Vec<Vec<Taken>>> {
    let known = machines.snapshot().await?;
    let all: Vec<Event> = batches.concat();
    let taken = write::write(machines, &known, &all).await?;
    for one in &taken {
        let outcome = if one.already_present { "present" } else { one.outcome.code() };
        metrics::counter!("bihuan_machine_events_total", "outcome" => outcome).increment(1);
    }
    let mut taken = taken.into_iter();
    Ok(batches.iter().map(|batch| taken.by_ref().take(batch.len()).collect()).collect())
}

fn out_of_reach(error: &sqlx::Error) -> Problem {
    tracing::warn!(%error, "machine events could not be stored");
    Problem::unavailable("database-unavailable", "数据库暂时不可用，请稍后重发；这一批没有被保存")
}
