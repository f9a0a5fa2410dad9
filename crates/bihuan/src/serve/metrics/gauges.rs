//! What waits: asked of the rooms when somebody looks.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use metrics::gauge;
use metrics_process::Collector;
use tokio::sync::Mutex;

use crate::serve::rooms::Rooms;

/// What is younger is not asked for again, however many look.
pub const FRESH: Duration = Duration::from_secs(5);
/// Walking every open lead is done more seldom.
const LIGHTS_FRESH: Duration = Duration::from_secs(60);
/// A database that takes longer than this counts as out of reach.
const PATIENCE: Duration = Duration::from_secs(3);

/// The gauges of one server.
#[derive(Clone)]
pub struct Gauges {
    rooms: Rooms,
    process: Collector,
    asked: Arc<Mutex<Asked>>,
}

#[derive(Default)]
struct Asked {
    all: Option<Instant>,
    lights: Option<Instant>,
}

fn fresh(since: Option<Instant>, period: Duration) -> bool {
    since.is_some_and(|since| since.elapsed() < period)
}

impl Gauges {
    /// The gauges of these rooms.
    pub fn of(rooms: Rooms) -> Self {
        Self { rooms, process: Collector::default(), asked: Arc::default() }
    }

    /// Brings the gauges up to date, unless they are. Who looks meanwhile waits for the same answer.
    pub async fn refresh(&self) {
        let mut asked = self.asked.lock().await;
        if fresh(asked.all, FRESH) {
            return;
        }
        self.process.collect();
        let pool = self.rooms.database.pool();
        let idle = u32::try_from(pool.num_idle()).unwrap_or(u32::MAX);
        gauge!("bihuan_database_connections", "state" => "idle").set(f64::from(idle));
        gauge!("bihuan_database_connections", "state" => "busy").set(f64::from(pool.size().saturating_sub(idle)));
        gauge!("bihuan_database_connections_max").set(f64::from(pool.options().get_max_connections()));
        self.spool();
        let lights = !fresh(asked.lights, LIGHTS_FRESH);
        let answered = tokio::time::timeout(PATIENCE, self.ask(lights)).await;
        let up = matches!(answered, Ok(Ok(())));
        match answered {
            Ok(Err(error)) => tracing::warn!(%error, "the gauges could not be asked for"),
            Err(_) => tracing::warn!("the gauges were not answered in time"),
            Ok(Ok(())) => {}
        }
        gauge!("bihuan_database_up").set(f64::from(u8::from(up)));
        asked.all = Some(Instant::now());
        if up && lights {
            asked.lights = asked.all;
        }
    }

    /// Needs no database: it is looked at most when there is none.
    #[expect(clippy::cast_precision_loss, reason = "the spool is bounded far below 2^52")]
    fn spool(&self) {
        let (waiting, aside, bytes) = self.rooms.leads.in_the_spool();
        gauge!("bihuan_spool_reports", "state" => "waiting").set(waiting as f64);
        gauge!("bihuan_spool_reports", "state" => "aside").set(aside as f64);
        gauge!("bihuan_spool_bytes").set(bytes as f64);
    }

    #[expect(clippy::cast_precision_loss, reason = "counts of what waits are far below 2^52")]
    async fn ask(&self, lights: bool) -> sqlx::Result<()> {
        let told = self.rooms.notify.backlog().await?;
        gauge!("bihuan_outbox_waiting").set(told.events as f64);
        gauge!("bihuan_outbox_oldest_seconds").set(told.behind_seconds);
        gauge!("bihuan_outbox_failing").set(told.events_failing as f64);
        gauge!("bihuan_outbox_given_up").set(told.events_given_up as f64);
        gauge!("bihuan_webhook_deliveries", "state" => "waiting").set(told.deliveries as f64);
        gauge!("bihuan_webhook_deliveries", "state" => "failing").set(told.deliveries_failing as f64);
        gauge!("bihuan_webhook_deliveries", "state" => "dead").set(told.deliveries_dead as f64);
        let (waiting, most) = self.rooms.leads.at_the_gate();
        gauge!("bihuan_intake_waiting").set(waiting as f64);
        gauge!("bihuan_intake_capacity").set(most as f64);
        let answers = self.rooms.leads.open_answers().await?;
        for (state, count) in [("waiting", answers.waiting), ("failing", answers.failing), ("owed", answers.owed), ("dead", answers.dead)] {
            gauge!("bihuan_answers", "state" => state).set(count as f64);
        }
        let machines = self.rooms.machines.backlog().await?;
        gauge!("bihuan_machine_batches_waiting").set(machines.at_the_gate as f64);
        gauge!("bihuan_machine_batches_capacity").set(machines.gate as f64);
        gauge!("bihuan_sightings_waiting").set(machines.sightings as f64);
        let lag = self.rooms.scheduler.lag().await?;
        gauge!("bihuan_limits_untold").set(lag.untold as f64);
        gauge!("bihuan_scheduler_lag_seconds").set(lag.behind.as_seconds_f64());
        if lights {
            let open = self.rooms.leads.open_by_light().await?;
            for (light, count) in [("green", open.green), ("yellow", open.yellow), ("red", open.red), ("none", open.none)] {
                gauge!("bihuan_leads_open", "light" => light).set(count as f64);
            }
        }
        Ok(())
    }
}
