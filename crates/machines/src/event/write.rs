//! Writing a batch of events: judged under the lock of their watches, and durable together.

use std::collections::{BTreeSet, HashMap, HashSet};

use kernel::id::uuid_at;
use uuid::Uuid;

use super::{
    Event, Outcome,
    judge::judge,
    store::{self, Judged, Pair},
};
use crate::{
    Machines,
    service::Snapshot,
    sighting::store::{self as sightings, Growth, NewSighting},
};

/// What became of an event that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Taken {
    pub outcome: Outcome,
    pub sighting: Option<Uuid>,
    /// It came before.
    pub already_present: bool,
}

/// Writes the events in one commit; the answers are in their order.
pub(super) async fn write(machines: &Machines, known: &Snapshot, events: &[Event]) -> sqlx::Result<Vec<Taken>> {
    let region = machines.home_region();
    let now = machines.clock().now();
    let mut fresh = store::first_of_each(events);
    let pairs: Vec<Pair> = fresh.iter().map(|event| (event.device.clone(), event.kind)).collect::<BTreeSet<_>>().into_iter().collect();
    let mut transaction = machines.database().pool().begin().await?;
    let mut watches = store::lock_watches(&mut transaction, region, &pairs).await?;
    let before = store::known(&mut transaction, region, &fresh).await?;
    fresh.retain(|event| !before.contains_key(&(event.device.clone(), event.key.clone())));
    // In the order in which they happened, whatever the order in which they came.
    fresh.sort_by_key(|event| event.at);

    let mut judged: Vec<Judged> = Vec::with_capacity(fresh.len());
    let mut found: Vec<NewSighting> = Vec::new();
    let mut growth: HashMap<Uuid, Growth> = HashMap::new();
    let mut touched: HashSet<Pair> = HashSet::new();
    for event in fresh {
        let pair = (event.device.clone(), event.kind);
        let (Some(watch), Some(setting)) = (watches.get_mut(&pair), known.kind(event.kind)) else { continue };
        let open = watch.sighting;
        let outcome = judge(watch, &setting.rules, event, || uuid_at(now));
        let sighting = match outcome {
            Outcome::Found => watch.sighting,
            Outcome::Merged | Outcome::Gone => open,
            Outcome::Absent => watch.sighting,
            _ => None,
        };
        match (outcome, sighting) {
            (Outcome::Found, Some(id)) => {
                let automatic = setting.rules.automatic && setting.paused_at.is_none() && !watch.paused;
                found.push(NewSighting::of(id, event, &setting.rules, automatic, now));
            }
            (Outcome::Merged, Some(id)) => growth.entry(id).or_default().grow(event),
            (Outcome::Gone, Some(id)) => growth.entry(id).or_default().gone_at = Some(event.at),
            _ => {}
        }
        if !matches!(outcome, Outcome::Weak | Outcome::Off | Outcome::Late) {
            touched.insert(pair);
        }
        judged.push(Judged { event, outcome, sighting });
    }
    store::insert_events(&mut transaction, region, &judged, now).await?;
    let changed: Vec<_> = watches.iter().filter(|(pair, _)| touched.contains(*pair)).collect();
    store::save_watches(&mut transaction, region, &changed).await?;
    sightings::insert(&mut transaction, region, &found).await?;
    sightings::grow(&mut transaction, region, &growth).await?;
    transaction.commit().await?;
    if found.iter().any(|sighting| sighting.automatic) {
        machines.waker().notify_one();
    }

    let mut taken: HashMap<(&str, &str), Taken> = judged
        .iter()
        .map(|it| {
            let key = (it.event.device.as_str(), it.event.key.as_str());
            (key, Taken { outcome: it.outcome, sighting: it.sighting, already_present: false })
        })
        .collect();
    for ((device, key), (outcome, sighting)) in &before {
        let outcome = outcome.parse().unwrap_or(Outcome::Seen);
        taken.insert((device, key), Taken { outcome, sighting: *sighting, already_present: true });
    }
    let mut answered: HashSet<(&str, &str)> = HashSet::new();
    let answer = |event: &Event| {
        let key = (event.device.as_str(), event.key.as_str());
        // The same key twice in one batch: the second one was there when its turn came.
        taken.get(&key).cloned()
    };
    let mut answers = Vec::with_capacity(events.len());
    for event in events {
        let again = !answered.insert((&event.device, &event.key));
        let Some(mut taken) = answer(event) else { return Err(sqlx::Error::Protocol("an event was not judged".to_owned())) };
        taken.already_present |= again;
        answers.push(taken);
    }
    Ok(answers)
}
