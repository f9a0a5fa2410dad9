//! The copy of a picture that the public sees (公开副本): faces and number plates covered, no metadata, at most 1600 pixels.
//!
//! It is made once, at the first request, one at a time, and kept under its version. Where no detector is there, or it fails, the whole
//! picture is a coarse mosaic: what nobody looked through is not shown. Areas that a person marks are added and never taken away.

mod area;
mod make;
mod mosaic;
mod serve;
mod store;

pub use area::{Area, CoverOrigin, CoveredArea};
pub use make::{Publication, Seen, WholeMosaic};

use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicUsize, Ordering},
};

use image::RgbImage;
use tokio::sync::Semaphore;

/// Areas that persons may mark in one picture.
pub const MOST_BY_HAND: usize = 20;
/// Requests that may wait for copies being made: a page has a dozen photos, and each takes seconds.
const MOST_WAITING: usize = 64;

/// What finds faces and plates (检出器). The wiring gives the real one; without one every copy is a mosaic as a whole.
pub trait Detector: Send + Sync + 'static {
    /// Whether it can look at all.
    fn is_ready(&self) -> bool;

    /// What it finds in an upright picture, generously.
    ///
    /// # Errors
    /// Why it could not look, for the log.
    fn look(&self, picture: &RgbImage) -> Result<Vec<Seen>, String>;
}

/// The making of copies: one at a time, and only so many wait.
#[derive(Clone, Default)]
pub(crate) struct Workshop {
    detector: Arc<OnceLock<Arc<dyn Detector>>>,
    seat: Arc<Seat>,
}

struct Seat {
    one: Arc<Semaphore>,
    waiting: AtomicUsize,
}

impl Default for Seat {
    fn default() -> Self {
        Self { one: Arc::new(Semaphore::new(1)), waiting: AtomicUsize::new(0) }
    }
}

/// One who waits for his turn; gone, however his waiting ends.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    /// Nothing where too many wait already.
    fn in_line(count: &'a AtomicUsize) -> Option<Self> {
        let before = count.fetch_add(1, Ordering::Relaxed);
        let waiting = Self(count);
        (before < MOST_WAITING).then_some(waiting)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl crate::Files {
    /// From now on faces and plates are found by this; the first one stays.
    pub fn covered_by(&self, detector: Arc<dyn Detector>) {
        let _ = self.workshop.detector.set(detector);
    }

    /// The detector, if it can look.
    fn detector(&self) -> Option<&Arc<dyn Detector>> {
        self.workshop.detector.get().filter(|detector| detector.is_ready())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_so_many_wait_and_who_leaves_makes_room() {
        let count = AtomicUsize::new(0);
        let mut line: Vec<_> = (0..MOST_WAITING).map(|_| Waiting::in_line(&count)).collect();
        assert!(line.iter().all(Option::is_some) && Waiting::in_line(&count).is_none());
        line.pop();
        assert!(Waiting::in_line(&count).is_some());
        drop(line);
        assert_eq!(count.load(Ordering::Relaxed), 0);
    }
}
