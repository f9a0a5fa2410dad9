//! Taking in what a neighbour was told of our ground (邻市转来): stretch by stretch, each request once.

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, Duration, Utc};
use http_api::Answer;
use kernel::position::{CoordinateSystem, Position};
use serde_json::json;

use super::{Exchange, Incoming, answer::Request, referred_number, store, store::Neighbour};

/// A neighbour that was just set up is read from so long ago.
const BEGIN: Duration = Duration::days(1);
/// The longest stretch of one answer; GeoReport servers give 90 days or 1,000 requests at most, whichever is less.
const STRETCH: Duration = Duration::days(7);
/// The shortest stretch: what is more than an answer holds within it cannot be told apart by time.
const SHORTEST: Duration = Duration::minutes(1);
/// Stretches overlap: a request may be shown a little after the time it bears.
const OVERLAP: Duration = Duration::minutes(10);
/// No server gives fewer in one answer.
const LEAST_PAGE: usize = 10;
/// So many answers make up a stretch at most.
const MOST_PAGES: usize = 250;
/// An answer with so many requests may have left some out.
pub(super) const FULL: usize = 1_000;

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

    /// The next stretch that fits into one answer, its end, and what overlaps the one before.
    async fn stretch(&self, neighbour: &Neighbour, now: DateTime<Utc>) -> Result<(DateTime<Utc>, Vec<Request>), String> {
        let mark = neighbour.pulled_to.unwrap_or(now - BEGIN).min(now);
        let mut to = now.min(mark + STRETCH);
        let found = loop {
            let found = self.pages(neighbour, mark, to).await?;
            if found.len() < FULL {
                break found;
            }
            if to - mark <= SHORTEST {
                return Err(format!("对方一分钟内的请求超过 {FULL} 条，无法完整读取"));
            }
            to = mark + (to - mark) / 2;
        };
        // Read apart from the new stretch: a crowded overlap is split by itself and does not keep the mark from moving.
        let mut parts = vec![(mark - OVERLAP, mark)];
        let mut all: BTreeMap<String, Request> = found.into_iter().map(|request| (request.id.clone(), request)).collect();
        while let Some((from, until)) = parts.pop() {
            let part = self.pages(neighbour, from, until).await?;
            if part.len() >= FULL && until - from > SHORTEST {
                let middle = from + (until - from) / 2;
                parts.extend([(from, middle), (middle, until)]);
                continue;
            }
            all.extend(part.into_iter().map(|request| (request.id.clone(), request)));
        }
        Ok((to, all.into_values().collect()))
    }

    /// The requests of a stretch, also of a server whose answers hold fewer than the specification says: what lies before the oldest and after the
    /// newest of an answer is asked for until nothing new comes.
    pub(super) async fn pages(&self, neighbour: &Neighbour, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<Vec<Request>, String> {
        let mut all: BTreeMap<String, Request> = BTreeMap::new();
        let mut open = vec![(from, to)];
        for _ in 0..MOST_PAGES {
            let Some((from, to)) = open.pop() else { break };
            let page = self.made(neighbour, from, to).await?;
            let fresh: Vec<Request> = page.into_iter().filter(|request| !all.contains_key(&request.id)).collect();
            let times = || fresh.iter().filter_map(|request| request.requested);
            // A handful was not cut off; a full answer is split by whoever asked.
            if fresh.len() >= LEAST_PAGE && fresh.len() < FULL {
                open.extend(times().min().filter(|oldest| *oldest > from && *oldest < to).map(|oldest| (from, oldest)));
                open.extend(times().max().filter(|newest| *newest > from && *newest < to).map(|newest| (newest, to)));
            }
            all.extend(fresh.into_iter().map(|request| (request.id.clone(), request)));
            if all.len() >= FULL {
                open.clear();
            }
        }
        if !open.is_empty() {
            return Err(format!("对方每次应答太短，{MOST_PAGES} 次仍没有读完"));
        }
        Ok(all.into_values().collect())
    }

    /// Takes in what lies on our ground and is not over; answers how many were new and how many were left where they are.
    async fn take_in(&self, neighbour: &Neighbour, found: Vec<Request>) -> Answer<(i64, i64)> {
        let ids: Vec<String> = found.iter().map(|request| request.id.clone()).collect();
        let own: HashSet<String> = self.desk().referred_as(&neighbour.code, &ids).await?.into_iter().collect();
        // Also what we sent and never heard the number of: it bears ours.
        let number = |request: &Request| request.description.as_deref().and_then(referred_number).map(str::to_owned);
        let numbers: Vec<String> = found.iter().filter_map(number).collect();
        let sent: HashSet<String> = self.desk().referred(&neighbour.code, &numbers).await?.into_iter().collect();
        // And what they referred to us since: it is here under its own key.
        let theirs: HashSet<String> = self.desk().referred_here(&ids).await?.into_iter().collect();
        let (mut taken, mut passed_over) = (0, 0);
        for request in found {
            let ours =
                own.contains(&request.id) || theirs.contains(&request.id) || number(&request).is_some_and(|number| sent.contains(&number));
            match self.incoming(neighbour, &request).filter(|_| request.open && !ours) {
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
