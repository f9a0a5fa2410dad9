//! Taking in what a neighbour was told of our ground (邻市转来): stretch by stretch, each request once.

use std::collections::HashSet;

use chrono::{DateTime, Duration, Utc};
use http_api::Answer;
use kernel::position::{CoordinateSystem, Position};
use serde_json::json;

use super::{Exchange, Incoming, answer::Request, store, store::Neighbour};

/// A neighbour that was just set up is read from so long ago.
const BEGIN: Duration = Duration::days(1);
/// The longest stretch of one answer; GeoReport servers give 90 days or 1,000 requests at most, whichever is less.
const STRETCH: Duration = Duration::days(7);
/// The shortest stretch: what is more than an answer holds within it cannot be told apart by time.
const SHORTEST: Duration = Duration::minutes(1);
/// Stretches overlap: a request may be shown a little after the time it bears.
const OVERLAP: Duration = Duration::minutes(10);
/// An answer with so many requests may have left some out.
const FULL: usize = 1_000;

impl Exchange {
    /// Takes in a stretch of the neighbour that waits longest, and says how many neighbours it read.
    ///
    /// # Errors
    /// The database's, or `intake-full`; the stretch is read again, and what is here already is known by its number.
    pub async fn pull_due(&self) -> Answer<usize> {
        self.refresh().await?;
        let now = self.clock().now();
        let pool = self.database().pool();
        let Some(neighbour) = store::claim_pull(pool, self.home_region(), now).await? else { return Ok(0) };
        match self.stretch(&neighbour, now).await {
            Ok((to, found)) => {
                let (taken, passed_over) = self.take_in(&neighbour, found).await?;
                store::read_to(pool, &neighbour, now, &store::Read { to, taken, passed_over, more: to < now }).await?;
            }
            Err(why) => store::could_not_read(pool, &neighbour, &why).await?,
        }
        Ok(1)
    }

    /// The next stretch that fits into one answer, and its end.
    async fn stretch(&self, neighbour: &Neighbour, now: DateTime<Utc>) -> Result<(DateTime<Utc>, Vec<Request>), String> {
        let mark = neighbour.pulled_to.unwrap_or(now - BEGIN).min(now);
        let mut to = now.min(mark + STRETCH);
        loop {
            let found = self.made(neighbour, mark - OVERLAP, to).await?;
            if found.len() < FULL {
                return Ok((to, found));
            }
            if to - mark <= SHORTEST {
                return Err(format!("对方一分钟内的请求超过 {FULL} 条，无法完整读取"));
            }
            to = mark + (to - mark) / 2;
        }
    }

    /// Takes in what lies on our ground and is not over; answers how many were new and how many were left where they are.
    async fn take_in(&self, neighbour: &Neighbour, found: Vec<Request>) -> Answer<(i64, i64)> {
        let ids: Vec<String> = found.iter().map(|request| request.id.clone()).collect();
        let own: HashSet<String> = self.desk().referred_as(&neighbour.code, &ids).await?.into_iter().collect();
        let (mut taken, mut passed_over) = (0, 0);
        for request in found {
            match self.incoming(neighbour, &request).filter(|_| request.open && !own.contains(&request.id)) {
                Some(incoming) => taken += i64::from(self.desk().take_in(incoming).await?),
                None => passed_over += 1,
            }
        }
        Ok((taken, passed_over))
    }

    /// A request as a report of ours; none when it does not lie in one of our grids.
    fn incoming(&self, neighbour: &Neighbour, request: &Request) -> Option<Incoming> {
        let (lon, lat) = request.position?;
        let position = Position::from(CoordinateSystem::Wgs84, lon, lat).ok()?;
        self.catalogue().place(position).grid_code()?;
        let service = request.service_code.as_deref();
        let pair = neighbour.services.iter().find(|pair| Some(pair.service.as_str()) == service);
        let class_code = pair.map(|pair| pair.class.clone()).filter(|class| self.catalogue().class(class).is_some());
        let words = request.description.clone().or_else(|| request.service_name.clone())?;
        Some(Incoming {
            key: format!("{}:{}", neighbour.code, request.id),
            description: words,
            class_code,
            position,
            address: request.address.clone(),
            details: json!({
                "neighbour": neighbour.name, "number": request.id, "service_code": request.service_code, "service_name": request.service_name,
            }),
            requested: request.requested,
        })
    }
}
