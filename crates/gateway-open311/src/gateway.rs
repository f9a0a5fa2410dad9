//! The gateway as its operations see it: what it stands on, put together once.

use std::{
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use catalogue::Catalogue;
use chrono::{DateTime, Utc};
use http_api::rate::RateLimit;
use kernel::clock::SharedClock;
use sha2::{Digest, Sha256};

use crate::{Requests, Settings, asked::Arguments, fault::Fault};

struct Inner {
    requests: Arc<dyn Requests>,
    catalogue: Catalogue,
    clock: SharedClock,
    settings: Settings,
    key_digests: Vec<[u8; 32]>,
    submit_rate: RateLimit,
    read_rate: RateLimit,
    /// What the services looked like when they were last seen to change, and when that was.
    changeset: Mutex<([u8; 32], DateTime<Utc>)>,
}

/// The Open311 face (Open311 接口). Cheap to clone.
#[derive(Clone)]
pub struct Gateway(Arc<Inner>);

impl Gateway {
    /// Puts it together.
    #[must_use]
    pub fn new(requests: Arc<dyn Requests>, catalogue: Catalogue, clock: SharedClock, settings: Settings) -> Self {
        let minute = Duration::from_secs(60);
        Self(Arc::new(Inner {
            key_digests: settings.api_keys.iter().map(|key| Sha256::digest(key.as_bytes()).into()).collect(),
            submit_rate: RateLimit::new(if settings.demo { 6_000 } else { 60 }, minute),
            read_rate: RateLimit::new(if settings.demo { 6_000 } else { 300 }, minute),
            changeset: Mutex::new((shape(&catalogue), clock.now())),
            requests,
            catalogue,
            clock,
            settings,
        }))
    }

    pub(crate) fn requests(&self) -> &dyn Requests {
        &*self.0.requests
    }

    pub(crate) fn catalogue(&self) -> &Catalogue {
        &self.0.catalogue
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.0.clock.now()
    }

    /// Counts a look.
    pub(crate) fn count_read(&self, address: IpAddr) -> Result<(), Fault> {
        Ok(self.0.read_rate.check(address)?)
    }

    /// Counts a report.
    pub(crate) fn count_submission(&self, address: IpAddr) -> Result<(), Fault> {
        Ok(self.0.submit_rate.check(address)?)
    }

    /// Refuses what is for another jurisdiction.
    pub(crate) fn check_jurisdiction(&self, arguments: &Arguments) -> Result<(), Fault> {
        let Some(own) = &self.0.settings.jurisdiction else { return Ok(()) };
        match arguments.get("jurisdiction_id") {
            None => Err(Fault::invalid("缺少 jurisdiction_id（jurisdiction_id was not provided）")),
            Some(named) if named == own => Ok(()),
            Some(_) => Err(Fault::not_found("没有这个 jurisdiction_id（jurisdiction_id was not found）")),
        }
    }

    /// Whether a report needs one of the keys.
    pub(crate) fn asks_for_key(&self) -> bool {
        !self.0.key_digests.is_empty()
    }

    /// Refuses a report without one of the keys.
    pub(crate) fn check_key(&self, arguments: &Arguments) -> Result<(), Fault> {
        if self.0.key_digests.is_empty() {
            return Ok(());
        }
        // Digests are compared, so the time taken tells nothing of a key.
        let known = arguments.get("api_key").is_some_and(|key| self.0.key_digests.contains(&Sha256::digest(key.as_bytes()).into()));
        if known { Ok(()) } else { Err(Fault::forbidden("缺少 api_key 或 api_key 无效（missing or invalid api_key）")) }
    }

    /// When the list of services last changed, as far as this process saw.
    pub(crate) fn changeset(&self) -> DateTime<Utc> {
        let shape = shape(&self.0.catalogue);
        let mut seen = self.0.changeset.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.0 != shape {
            *seen = (shape, self.now());
        }
        seen.1
    }
}

/// A digest of what clients may keep of the services.
fn shape(catalogue: &Catalogue) -> [u8; 32] {
    let mut digest = Sha256::new();
    digest.update(catalogue.class_version());
    for class in catalogue.matters() {
        for part in
            [&class.code, &class.name, &class.category_name].into_iter().chain(class.limits.iter().flat_map(|limit| &limit.conditions))
        {
            digest.update(part);
            digest.update([0]);
        }
    }
    digest.finalize().into()
}
