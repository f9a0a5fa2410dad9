//! What runs beside the requests as long as the house is open.

use std::{path::PathBuf, sync::Arc, time::Duration};

use docket::ledger::{self, RootKey};
use kernel::clock::SharedClock;
use tokio::{sync::watch, task::JoinSet};

use super::{mqtt::BrokerIntake, rooms::Rooms};

/// How often limits are looked at.
const LIMITS: Duration = Duration::from_millis(500);
/// How often the daily root is thought of.
const ROOT: Duration = Duration::from_secs(300);
/// How often old things are swept away.
const SWEEP: Duration = Duration::from_secs(3_600);

/// How often the samples of histograms are put in order.
const METRICS: Duration = Duration::from_secs(5);

/// The running tasks.
pub struct Tasks {
    telling: notify::Running,
    closing: watch::Sender<bool>,
    tasks: JoinSet<()>,
}

impl Tasks {
    pub fn start(rooms: &Rooms, clock: SharedClock, root_key: RootKey, roots: PathBuf, broker: Option<gateway_mqtt::Settings>) -> Self {
        let closing = watch::Sender::new(false);
        let mut tasks = JoinSet::new();
        tasks.spawn(watch_limits(rooms.clone(), closing.subscribe()));
        tasks.spawn(write_roots(rooms.clone(), clock, root_key, roots, closing.subscribe()));
        tasks.spawn(sweep(rooms.clone(), closing.subscribe()));
        tasks.spawn(keep_metrics(closing.subscribe()));
        let leads = rooms.leads.clone();
        let mut end = closing.subscribe();
        // Cut off at any moment, imports go on from their last note of progress.
        tasks.spawn(async move {
            tokio::select! {
                () = leads.work_imports() => {}
                _ = end.wait_for(|closing| *closing) => {}
            }
        });
        let leads = rooms.leads.clone();
        let mut end = closing.subscribe();
        // Cut off at any moment, what was committed is found under its key.
        tasks.spawn(async move {
            tokio::select! {
                () = leads.work_spool() => {}
                _ = end.wait_for(|closing| *closing) => {}
            }
        });
        let leads = rooms.leads.clone();
        let mut end = closing.subscribe();
        tasks.spawn(async move {
            tokio::select! {
                () = leads.work_answers() => {}
                _ = end.wait_for(|closing| *closing) => {}
            }
        });
        let leads = rooms.leads.clone();
        let mut end = closing.subscribe();
        tasks.spawn(async move {
            tokio::select! {
                () = leads.work_layers() => {}
                () = leads.work_unit_hours() => {}
                () = leads.work_duty_positions() => {}
                _ = end.wait_for(|closing| *closing) => {}
            }
        });
        let leads = rooms.leads.clone();
        let mut end = closing.subscribe();
        tasks.spawn(async move {
            tokio::select! {
                () = leads.work_class_models() => {}
                _ = end.wait_for(|closing| *closing) => {}
            }
        });
        let leads = rooms.leads.clone();
        let mut end = closing.subscribe();
        tasks.spawn(async move {
            tokio::select! {
                () = leads.work_what_ifs() => {}
                _ = end.wait_for(|closing| *closing) => {}
            }
        });
        let exchange = rooms.exchange.clone();
        let mut end = closing.subscribe();
        // Cut off at any moment, what was not noted is done again under the same key.
        tasks.spawn(async move {
            tokio::select! {
                () = exchange.work() => {}
                _ = end.wait_for(|closing| *closing) => {}
            }
        });
        let machines = rooms.machines.clone();
        let mut end = closing.subscribe();
        tasks.spawn(async move {
            tokio::select! {
                () = machines.work_sightings() => {}
                () = machines.work_coverage() => {}
                _ = end.wait_for(|closing| *closing) => {}
            }
        });
        let tracks = rooms.tracks.clone();
        let mut end = closing.subscribe();
        // Cut off at any moment, what was not moved stays in the inbox.
        tasks.spawn(async move {
            tokio::select! {
                () = tracks.work() => {}
                _ = end.wait_for(|closing| *closing) => {}
            }
        });
        let findings = rooms.findings.clone();
        let mut end = closing.subscribe();
        // Cut off at any moment, what was not committed is judged again.
        tasks.spawn(async move {
            tokio::select! {
                () = findings.work() => {}
                _ = end.wait_for(|closing| *closing) => {}
            }
        });
        let pressure = rooms.pressure.clone();
        let mut end = closing.subscribe();
        tasks.spawn(async move {
            tokio::select! {
                () = pressure.work_notices() => {}
                _ = end.wait_for(|closing| *closing) => {}
            }
        });
        let cases = rooms.cases.clone();
        let mut end = closing.subscribe();
        // Cut off at any moment, what was not committed is taken again after the start.
        tasks.spawn(async move {
            tokio::select! {
                () = cases.work_periods() => {}
                _ = end.wait_for(|closing| *closing) => {}
            }
        });
        let publications = rooms.publications.clone();
        let mut end = closing.subscribe();
        // Cut off at any moment, what was not committed is looked at again after the start.
        tasks.spawn(async move {
            tokio::select! {
                () = publications.work() => {}
                _ = end.wait_for(|closing| *closing) => {}
            }
        });
        let privacy = rooms.privacy.clone();
        let mut end = closing.subscribe();
        // Cut off at any moment, the run goes on from its last batch.
        tasks.spawn(async move {
            tokio::select! {
                () = privacy.work_retention() => {}
                _ = end.wait_for(|closing| *closing) => {}
            }
        });
        let assessment = rooms.assessment.clone();
        let mut end = closing.subscribe();
        tasks.spawn(async move {
            tokio::select! {
                () = assessment.work() => {}
                _ = end.wait_for(|closing| *closing) => {}
            }
        });
        if let Some(settings) = broker {
            let (machines, identity, key) = (rooms.machines.clone(), rooms.identity.clone(), settings.key.clone());
            let (database, mut end) = (rooms.database.clone(), closing.subscribe());
            // Cut off at any moment, what was not acknowledged comes again.
            tasks.spawn(async move {
                tokio::select! {
                    () = gateway_mqtt::run(settings, database, Arc::new(BrokerIntake { machines, identity, key })) => {}
                    _ = end.wait_for(|closing| *closing) => {}
                }
            });
        }
        let scrutiny = rooms.scrutiny.clone();
        let mut end = closing.subscribe();
        tasks.spawn(async move {
            tokio::select! {
                () = scrutiny.work() => {}
                _ = end.wait_for(|closing| *closing) => {}
            }
        });
        let rewards = rooms.rewards.clone();
        let mut end = closing.subscribe();
        // Cut off at any moment, the day that was not committed is settled again.
        tasks.spawn(async move {
            tokio::select! {
                () = rewards.work() => {}
                _ = end.wait_for(|closing| *closing) => {}
            }
        });
        let payments = rooms.payments.clone();
        let mut end = closing.subscribe();
        // Cut off at any moment, what the provider has is asked for again.
        tasks.spawn(async move {
            tokio::select! {
                () = payments.work() => {}
                _ = end.wait_for(|closing| *closing) => {}
            }
        });
        let files = rooms.files.clone();
        let mut end = closing.subscribe();
        tasks.spawn(async move {
            tokio::select! {
                () = files.work_pictures() => {}
                _ = end.wait_for(|closing| *closing) => {}
            }
        });
        let catalogue = rooms.catalogue.clone();
        let mut end = closing.subscribe();
        tasks.spawn(async move {
            tokio::select! {
                outcome = catalogue.follow() => if let Err(error) = outcome { tracing::error!(%error, "changes of the catalogue are not followed") },
                _ = end.wait_for(|closing| *closing) => {}
            }
        });
        Self { telling: rooms.notify.start(), closing, tasks }
    }

    pub async fn stop(mut self) {
        self.closing.send_replace(true);
        self.telling.stop().await;
        let finished = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(Duration::from_secs(10), finished).await.is_err() {
            tracing::warn!("background tasks did not end in time and are cut off");
        }
    }
}

/// Waits; `true` when the house closes.
async fn pause(closing: &mut watch::Receiver<bool>, period: Duration) -> bool {
    tokio::select! {
        _ = closing.wait_for(|closing| *closing) => true,
        () = tokio::time::sleep(period) => false,
    }
}

async fn watch_limits(rooms: Rooms, mut closing: watch::Receiver<bool>) {
    loop {
        if let Err(error) = rooms.scheduler.tick().await {
            tracing::warn!(%error, "limits could not be looked at; tried again shortly");
        }
        if pause(&mut closing, LIMITS).await {
            return;
        }
    }
}

/// Once a day, and at the first start, signs a root over every head that changed.
async fn write_roots(rooms: Rooms, clock: SharedClock, key: RootKey, folder: PathBuf, mut closing: watch::Receiver<bool>) {
    let mut last = None;
    loop {
        let day = clock.now().with_timezone(&kernel::clock::shanghai()).date_naive();
        if last != Some(day) {
            match ledger::write_root(rooms.database.pool(), &key, &folder, clock.now()).await {
                Ok(file) => {
                    last = Some(day);
                    if let Some(file) = file {
                        tracing::info!(file = %file.display(), "signed root written");
                    }
                }
                Err(error) => tracing::error!(%error, "the daily root could not be written; tried again shortly"),
            }
        }
        if pause(&mut closing, ROOT).await {
            return;
        }
    }
}

async fn keep_metrics(mut closing: watch::Receiver<bool>) {
    while !pause(&mut closing, METRICS).await {
        super::metrics::upkeep();
    }
}

async fn sweep(rooms: Rooms, mut closing: watch::Receiver<bool>) {
    loop {
        if let Err(error) = rooms.identity.sweep().await {
            tracing::warn!(%error, "ended sessions could not be swept away");
        }
        if let Err(error) = rooms.files.sweep_uploads().await {
            tracing::warn!(code = error.problem().code, "unfinished uploads could not be swept away");
        }
        if let Err(error) = rooms.waste.expire().await {
            tracing::warn!(code = error.problem().code, "permits that are over could not be ended");
        }
        if let Err(error) = rooms.centre.remind().await {
            tracing::warn!(code = error.problem().code, "borrowers of overdue files could not be reminded");
        }
        if pause(&mut closing, SWEEP).await {
            return;
        }
    }
}
