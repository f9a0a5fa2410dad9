//! Committing to the seed of a day before the day (种子承诺): what is published cannot be changed afterwards, and what is not shown yet cannot
//! be aimed at.

use chrono::{DateTime, Days, NaiveDate, Utc};
use kernel::{
    clock::shanghai,
    id::{SubjectId, uuid_at},
};
use rand::RngExt;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{LATE, rule, store};
use crate::{
    Rewards,
    programme::{self, Shortage},
};

/// Days ahead of today for which there are commitments: a program that stands still over a weekend misses no draw.
const AHEAD: u64 = 7;
/// The field of the vault.
pub(super) const FIELD: &str = "seed";

/// Commits to the seeds of the coming days that have none, of programmes that draw lots.
pub(crate) async fn ahead(room: &Rewards, connection: &mut PgConnection, programme: Uuid, now: DateTime<Utc>) -> sqlx::Result<()> {
    for step in 1..=AHEAD {
        let day = room.today() + Days::new(step);
        // Rules may be published that begin later: each day has those that are in force on it.
        let Some((_, rules)) = programme::store::in_force(connection, programme, day).await? else { continue };
        if rules.shortage != Shortage::Draw || day < rules.from_day || day > rules.to_day + Days::new(LATE) {
            continue;
        }
        commit(room, connection, programme, day, now).await?;
    }
    Ok(())
}

async fn commit(room: &Rewards, connection: &mut PgConnection, programme: Uuid, day: NaiveDate, now: DateTime<Utc>) -> sqlx::Result<()> {
    if store::day(connection, programme, day).await?.is_some() {
        return Ok(());
    }
    let bytes: [u8; 32] = rand::rng().random();
    let (seed, sealed) = (hex::encode(bytes), uuid_at(now));
    room.vault().keep(connection, room.home_region(), SubjectId::from(sealed), &[(FIELD, seed.as_str())]).await?;
    store::commit(connection, programme, day, &rule::commitment(programme, day, &seed), sealed, now).await
}

/// When a city day begins.
pub(crate) fn begins(day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.and_time(chrono::NaiveTime::MIN);
    midnight.and_local_timezone(shanghai()).single().map_or(DateTime::<Utc>::MIN_UTC, |at| at.with_timezone(&Utc))
}
