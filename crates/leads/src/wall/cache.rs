//! A wall is asked for by many screens: one of a scope is made at a time, and kept for a while.

use std::{
    collections::HashMap,
    future::Future,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use http_api::Answer;
use identity::Scope;

use super::Wall;

/// How long a wall is kept.
const KEEP: Duration = Duration::from_secs(2);
/// A wall that took long to make is kept longer: making it never takes more than a twentieth of the time.
const SHARE: u32 = 20;
/// Scopes that are remembered.
const MOST: usize = 256;

struct Made {
    at: Instant,
    keep: Duration,
    wall: Arc<Wall>,
}

type Seat = Arc<tokio::sync::Mutex<Option<Made>>>;

/// The walls of each scope.
#[derive(Default)]
pub(crate) struct Cache(Mutex<HashMap<String, Seat>>);

impl Cache {
    /// The wall of a scope, made by `make` when there is none young enough.
    pub(super) async fn get_or_make(&self, scope: &Scope, make: impl Future<Output = Answer<Wall>>) -> Answer<Arc<Wall>> {
        let seat = self.seat(format!("{:?}{:?}", scope.regions, scope.units));
        let mut made = seat.lock().await;
        if let Some(made) = made.as_ref().filter(|made| made.at.elapsed() < made.keep) {
            return Ok(made.wall.clone());
        }
        let begun = Instant::now();
        let wall = Arc::new(make.await?);
        *made = Some(Made { at: Instant::now(), keep: KEEP.max(begun.elapsed() * SHARE), wall: wall.clone() });
        Ok(wall)
    }

    fn seat(&self, key: String) -> Seat {
        let mut seats = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if seats.len() >= MOST && !seats.contains_key(&key) {
            seats.clear();
        }
        seats.entry(key).or_default().clone()
    }
}
