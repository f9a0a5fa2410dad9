//! What gateways of other systems may read of leads: no name, no telephone, no account.
//!
//! The words, the exact place and the reply of a lead leave the house only when its reporter sent them in through a public gateway
//! himself, and telephone and identity numbers in them are hidden even then. Of every other lead as much is told as the portal's map shows.

mod store;

use chrono::{DateTime, Utc};
use http_api::Answer;
use kernel::personal::{redact, redact_value};
use uuid::Uuid;

use crate::{
    Leads, Source,
    lead::{State, store as leads},
    spool::{PATIENCE, waiting},
    tracking,
};

/// A lead as it may leave the house.
#[derive(Debug, Clone)]
pub struct OutsideLead {
    /// The number people call it by.
    pub number: String,
    /// Where it stands; of a merged lead, where the lead stands that it went into.
    pub state: State,
    /// The number of the lead that it was merged into.
    pub merged_into: Option<String>,
    /// Where it came from.
    pub source: Source,
    /// The reporter's words, if they are public.
    pub description: Option<String>,
    /// The place in words, if it is public.
    pub address: Option<String>,
    /// The unit grid, 15 digits.
    pub grid: Option<String>,
    /// Longitude and latitude, WGS-84 degrees; rounded to about 50 metres if the place is not public.
    pub position: Option<(f64, f64)>,
    /// The class code of its day.
    pub class_code: Option<String>,
    /// What the source said besides; nothing if that is not public.
    pub details: serde_json::Value,
    /// The reply that the reporter reads, if it is public.
    pub reply: Option<String>,
    /// The responsible unit.
    pub unit: Option<Uuid>,
    /// When the running limit of the disposal ends.
    pub due_at: Option<DateTime<Utc>>,
    /// When it came in.
    pub reported_at: DateTime<Utc>,
    /// When it last changed; of a closed one, when it was closed.
    pub changed_at: DateTime<Utc>,
}

/// Which leads are asked for.
#[derive(Debug, Clone)]
pub struct OutsideFilter {
    /// Came in at this instant or later.
    pub from: DateTime<Utc>,
    /// Came in at this instant or earlier.
    pub to: DateTime<Utc>,
    /// Of one of these classes; empty means any.
    pub classes: Vec<String>,
    /// Also those without a class, beside `classes`.
    pub unclassified: bool,
    /// Only open or only closed ones.
    pub open: Option<bool>,
    /// At most so many, the newest.
    pub most: i64,
}

/// Sources whose reporters hand their words to the public themselves. Of the others, what was not accepted is not told at all.
const TOLD_WHOLE: &[Source] = &[Source::OPEN311];

impl OutsideLead {
    /// As much as anybody may know.
    fn told(self) -> Self {
        if TOLD_WHOLE.contains(&self.source) {
            let words = |text: Option<String>| text.map(|text| redact(&text).into_owned());
            return Self {
                description: words(self.description),
                address: words(self.address),
                reply: words(self.reply),
                details: redact_value(&self.details),
                ..self
            };
        }
        // As the portal's map does: enough to find the street, too coarse for a door.
        let rounded = |degrees: f64| (degrees * 2_000.0).round() / 2_000.0;
        Self {
            description: None,
            address: None,
            reply: None,
            details: serde_json::Value::Null,
            position: self.position.map(|(lon, lat)| (rounded(lon), rounded(lat))),
            ..self
        }
    }
}

impl Leads {
    /// The leads of these numbers, newest first.
    ///
    /// # Errors
    /// The database's.
    pub async fn outside_by_numbers(&self, numbers: &[String]) -> sqlx::Result<Vec<OutsideLead>> {
        let rows = store::by_numbers(self.database().pool(), self.home_region(), numbers, TOLD_WHOLE).await?;
        Ok(rows.into_iter().filter_map(store::OutsideRow::read).map(OutsideLead::told).collect())
    }

    /// The leads that fit, newest first.
    ///
    /// # Errors
    /// The database's.
    pub async fn outside_list(&self, filter: &OutsideFilter) -> sqlx::Result<Vec<OutsideLead>> {
        let rows = store::list(self.database().pool(), self.home_region(), filter, TOLD_WHOLE).await?;
        Ok(rows.into_iter().filter_map(store::OutsideRow::read).map(OutsideLead::told).collect())
    }

    /// The number of the lead that a tracking code names.
    ///
    /// # Errors
    /// `report-waiting` while the report lies in the spool; the database's.
    pub async fn outside_number(&self, code: &str) -> Answer<Option<String>> {
        let Some(code) = tracking::normalised(code) else { return Ok(None) };
        if self.is_spooled(&code) {
            return Err(waiting().into());
        }
        let pool = self.database().pool();
        match leads::by_tracking_code(pool, &code).await? {
            Some((region, id)) => Ok(leads::number_of(&mut *pool.acquire().await?, &region, id).await?),
            None => Ok(None),
        }
    }

    /// The number and tracking code of the lead that a source's key made before; a report that waits in the spool has no number yet. While the
    /// database is out of reach only the spool is asked.
    ///
    /// # Errors
    /// The database's.
    pub async fn outside_known(&self, source: &Source, key: &str) -> sqlx::Result<Option<(Option<String>, String)>> {
        if let Some(code) = self.promised(source, key) {
            return Ok(Some((None, code)));
        }
        if self.database_is_away() {
            return Ok(None);
        }
        let region = self.home_region();
        let known = tokio::time::timeout(PATIENCE, async {
            let mut connection = self.database().pool().acquire().await?;
            let Some((id, code)) = leads::by_source_key(&mut connection, region, source.code(), key).await? else { return Ok(None) };
            Ok(leads::number_of(&mut connection, region, id).await?.map(|number| (Some(number), code)))
        });
        match known.await {
            Ok(Err(error)) if self.spool().is_none() || !database::is_away(&error) => Err(error),
            Ok(Ok(known)) => Ok(known),
            _ => {
                self.found_away();
                Ok(None)
            }
        }
    }

    /// The number of our open lead that was read from a neighbour's list under its number, if there is exactly one; none while the database is
    /// out of reach.
    ///
    /// # Errors
    /// The database's.
    pub async fn pulled_as(&self, number: &str) -> sqlx::Result<Option<String>> {
        if self.database_is_away() {
            return Ok(None);
        }
        match tokio::time::timeout(PATIENCE, store::pulled_as(self.database().pool(), self.home_region(), number)).await {
            Ok(Err(error)) if self.spool().is_none() || !database::is_away(&error) => Err(error),
            Ok(Ok(mut found)) => Ok(found.pop().filter(|_| found.is_empty())),
            _ => {
                self.found_away();
                Ok(None)
            }
        }
    }

    /// Which of these numbers of neighbours are of leads that they referred to us.
    ///
    /// # Errors
    /// The database's.
    pub async fn referred_here(&self, numbers: &[String]) -> Answer<Vec<String>> {
        if numbers.is_empty() {
            return Ok(Vec::new());
        }
        Ok(store::referred_here(self.database().pool(), self.home_region(), numbers).await?)
    }
}
