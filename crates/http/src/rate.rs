//! Rate limits per client address, or per another key, in memory and bounded.

use std::{hash::Hash, net::IpAddr, num::NonZeroU32, sync::Arc, time::Duration};

use governor::{DefaultKeyedRateLimiter, Quota};
use kernel::problem::Problem;

/// A limit of so many calls per period and key; the key is the client's address unless it says otherwise.
#[derive(Clone)]
pub struct RateLimit<K: Hash + Eq + Clone = IpAddr>(Arc<DefaultKeyedRateLimiter<K>>);

/// Above so many addresses, those that have been quiet are forgotten.
const MOST_ADDRESSES: usize = 50_000;

impl<K: Hash + Eq + Clone> RateLimit<K> {
    /// Allows `calls` in `period` for one key, all of them at once if need be.
    ///
    /// # Panics
    /// When `calls` is zero or `period` is, which only a programmer can write.
    #[must_use]
    pub fn new(calls: u32, period: Duration) -> Self {
        let burst = NonZeroU32::new(calls).expect("a rate of zero would allow nothing");
        let quota = Quota::with_period(period / calls).expect("the period is not zero").allow_burst(burst);
        Self(Arc::new(DefaultKeyedRateLimiter::keyed(quota)))
    }

    /// Counts one call.
    ///
    /// # Errors
    /// `too-many-requests` when the key has used up its share.
    pub fn check(&self, key: K) -> Result<(), Problem> {
        if self.0.len() > MOST_ADDRESSES {
            self.0.retain_recent();
        }
        self.0.check_key(&key).map_err(|_| Problem::too_many("too-many-requests", "操作过于频繁，请稍后再试"))
    }
}
