//! The gate where points wait for the next commit: bounded, and emptied by a few writers that share each commit among all who wait.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{Mutex, mpsc, oneshot},
    time::Instant,
};

use crate::{
    Settings, Tracks,
    point::{Point, pack},
    store,
};

/// So many batches may wait; more are refused.
const MOST_WAITING: usize = 32_768;
/// So many batches share one commit at most.
const MOST_TOGETHER: usize = 4_096;
/// Points of one row of the inbox.
const MOST_A_ROW: usize = 4_096;
/// While one writer waits for the disk, those who came meanwhile are written by the other.
const WRITERS: usize = 2;
/// How often the writers look how many points wait in the inbox; in between they count their own.
const LOOK: Duration = Duration::from_secs(1);
/// How often they look while they hold back.
const LOOK_AGAIN: Duration = Duration::from_millis(100);
/// For so long at most they hold back: what waits at the gate is not acknowledged, and terminals send again after some seconds.
const PATIENCE: Duration = Duration::from_secs(2);

/// Why points were not stored. Nothing of them was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreError {
    /// Too many wait, at the gate or in the inbox.
    Full,
    /// The database is away, or the program stops.
    Unavailable,
}

type Answer = oneshot::Sender<Result<(), StoreError>>;

/// The gate.
#[derive(Debug, Clone)]
pub(crate) struct Queue(mpsc::Sender<(Vec<Point>, Answer)>);

/// The other end.
pub(crate) type Waiting = mpsc::Receiver<(Vec<Point>, Answer)>;

impl Queue {
    pub(crate) fn new() -> (Self, Waiting) {
        let (sender, receiver) = mpsc::channel(MOST_WAITING);
        (Self(sender), receiver)
    }
}

impl Tracks {
    /// Stores points, all or none. The answer comes when they are durable.
    ///
    /// # Errors
    /// [`StoreError`]: nothing was stored, the sender keeps what it has.
    pub async fn store(&self, points: Vec<Point>) -> Result<(), StoreError> {
        if points.is_empty() {
            return Ok(());
        }
        let (answer, answered) = oneshot::channel();
        self.queue().0.try_send((points, answer)).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => StoreError::Full,
            mpsc::error::TrySendError::Closed(_) => StoreError::Unavailable,
        })?;
        answered.await.unwrap_or(Err(StoreError::Unavailable))
    }
}

/// Starts the writers, which empty the gate until every sender is gone.
pub(crate) fn start_writers(pool: &sqlx::PgPool, waiting: Waiting, settings: Settings) {
    let waiting = Arc::new(Mutex::new(waiting));
    let inbox = Arc::new(Mutex::new(Inbox { pool: pool.clone(), settings, points: 0, looked: None }));
    for _ in 0..WRITERS {
        tokio::spawn(write_what_waits(inbox.clone(), waiting.clone()));
    }
}

/// The inbox as the writers know it: nobody empties it where the mover is stuck, and every question reads it whole.
struct Inbox {
    pool: sqlx::PgPool,
    settings: Settings,
    points: i64,
    looked: Option<Instant>,
}

impl Inbox {
    /// Waits until so many points have their place, and counts them.
    async fn admit(&mut self, many: i64) -> Result<(), StoreError> {
        let away = |error: sqlx::Error| {
            tracing::warn!(%error, "the inbox of points could not be looked at");
            StoreError::Unavailable
        };
        self.look(LOOK).await.map_err(away)?;
        // More comes than is moved on. The terminals have only so much under way, so that who answers later is sent less.
        let held = Instant::now();
        let much = self.settings.easy_waiting..self.settings.most_waiting;
        while much.contains(&self.points) && held.elapsed() < PATIENCE {
            tokio::time::sleep(LOOK_AGAIN).await;
            self.look(LOOK_AGAIN).await.map_err(away)?;
        }
        if self.points >= self.settings.most_waiting {
            tracing::warn!(points = self.points, "the inbox of points is full; further ones are refused");
            return Err(StoreError::Full);
        }
        self.points += many;
        Ok(())
    }

    async fn look(&mut self, every: Duration) -> sqlx::Result<()> {
        if self.looked.is_none_or(|at| at.elapsed() >= every) {
            self.points = store::waiting(&self.pool).await?;
            self.looked = Some(Instant::now());
        }
        Ok(())
    }
}

async fn write_what_waits(inbox: Arc<Mutex<Inbox>>, waiting: Arc<Mutex<Waiting>>) {
    let pool = inbox.lock().await.pool.clone();
    let mut together = Vec::with_capacity(64);
    while waiting.lock().await.recv_many(&mut together, MOST_TOGETHER).await > 0 {
        let (batches, answers): (Vec<Vec<Point>>, Vec<Answer>) = together.drain(..).unzip();
        let points: Vec<&Point> = batches.iter().flatten().collect();
        let rows: Vec<store::Row> = points
            .chunks(MOST_A_ROW)
            .map(|points| store::Row {
                first_at: points.iter().map(|point| point.at).min().unwrap_or_default(),
                last_at: points.iter().map(|point| point.at).max().unwrap_or_default(),
                many: points.len() as i32,
                points: pack(points.iter().copied()),
            })
            .collect();
        let admitted = inbox.lock().await.admit(points.len() as i64).await;
        let outcome = match admitted {
            Ok(()) => store::put(&pool, &rows).await.map_err(|error| {
                tracing::warn!(%error, rows = rows.len(), "points could not be stored");
                StoreError::Unavailable
            }),
            Err(error) => Err(error),
        };
        if outcome.is_ok() {
            metrics::counter!("bihuan_track_points_total").increment(points.len() as u64);
            metrics::counter!("bihuan_track_commits_total").increment(1);
        }
        for answer in answers {
            // A connection that went away does not hear it; the points stay.
            let _ = answer.send(outcome);
        }
    }
}
