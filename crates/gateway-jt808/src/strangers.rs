//! Who has not shown a code yet: how many, and how many of one address.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use crate::Limits;

#[derive(Debug, Default)]
struct Counts {
    tcp: usize,
    udp: usize,
    by_address: HashMap<IpAddr, usize>,
}

/// The strangers of this program.
#[derive(Debug, Clone, Default)]
pub(crate) struct Strangers(Arc<Mutex<Counts>>);

/// One stranger, counted for as long as this value is held.
#[derive(Debug)]
pub(crate) struct Stranger {
    all: Strangers,
    /// None over UDP.
    from: Option<IpAddr>,
}

impl Strangers {
    /// Counts one more, if there is a place. Those over UDP have places of their own: their addresses can be made up, and take nobody's.
    pub(crate) fn begin(&self, from: Option<IpAddr>, limits: &Limits) -> Option<Stranger> {
        let mut counts = self.lock();
        match from {
            None if counts.udp >= limits.strangers => return None,
            None => counts.udp += 1,
            Some(_) if counts.tcp >= limits.strangers => return None,
            Some(address) => {
                let there = counts.by_address.get(&address).copied().unwrap_or_default();
                if there >= limits.strangers_of_an_address {
                    return None;
                }
                counts.by_address.insert(address, there + 1);
                counts.tcp += 1;
            }
        }
        Some(Stranger { all: self.clone(), from })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Stranger {
    fn drop(&mut self) {
        let mut counts = self.all.lock();
        let Some(address) = self.from else {
            counts.udp -= 1;
            return;
        };
        counts.tcp -= 1;
        if let Some(there) = counts.by_address.get_mut(&address) {
            *there -= 1;
            if *there == 0 {
                counts.by_address.remove(&address);
            }
        }
    }
}
