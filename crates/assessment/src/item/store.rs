//! SQL of items, of what waits to be counted, and of the sums of days.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use docket::KeyOf;
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;

use super::{Item, Kind, Origin};

#[derive(Debug, FromRow)]
struct ItemRow {
    docket_id: Uuid,
    kind: i16,
    day: NaiveDate,
    ended: Option<NaiveDate>,
    spoilt: Option<NaiveDate>,
    superseded: Option<NaiveDate>,
    in_time: bool,
    extended: bool,
    origin: i16,
    place: String,
    unit: Option<Uuid>,
    person: Option<Uuid>,
}

impl ItemRow {
    fn item(self) -> Option<(Uuid, Item)> {
        let item = Item {
            kind: Kind::from_code(self.kind)?,
            day: self.day,
            ended: self.ended,
            spoilt: self.spoilt,
            superseded: self.superseded,
            in_time: self.in_time,
            extended: self.extended,
            origin: Origin::from_code(self.origin)?,
            place: self.place,
            unit: self.unit,
            person: self.person,
        };
        Some((self.docket_id, item))
    }
}

fn parts<'k>(keys: impl IntoIterator<Item = &'k KeyOf>) -> (Vec<&'k str>, Vec<Uuid>) {
    keys.into_iter().map(|key| (key.region.as_str(), key.id.uuid())).unzip()
}

/// Notes that a lead has changed.
pub(crate) async fn note(connection: &mut PgConnection, region: &str, docket: Uuid) -> sqlx::Result<()> {
    sqlx::query("insert into assessment_pending (region, docket_id) values ($1, $2)")
        .bind(region)
        .bind(docket)
        .execute(connection)
        .await
        .map(drop)
}

/// Takes notes off the list, the oldest first: how many, and of which leads.
pub(crate) async fn take_noted(connection: &mut PgConnection, most: i64) -> sqlx::Result<(usize, Vec<KeyOf>)> {
    let rows: Vec<(String, Uuid)> = sqlx::query_as(
        "delete from assessment_pending where id in (select id from assessment_pending order by id limit $1 for update skip locked)
         returning region, docket_id",
    )
    .bind(most)
    .fetch_all(connection)
    .await?;
    let taken = rows.len();
    let leads: BTreeSet<(String, Uuid)> = rows.into_iter().collect();
    Ok((taken, leads.into_iter().map(|(region, id)| KeyOf { region, id: id.into() }).collect()))
}

/// How far the first counting has come, unless it is done.
pub(crate) async fn filled_to(connection: &mut PgConnection) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar("select after from assessment_fill where not done").fetch_optional(connection).await
}

/// Notes how far the first counting has come.
pub(crate) async fn set_filled_to(connection: &mut PgConnection, after: Uuid, done: bool) -> sqlx::Result<()> {
    sqlx::query("update assessment_fill set after = $1, done = $2").bind(after).bind(done).execute(connection).await.map(drop)
}

/// Writes the items of leads in place of those that stand, where they differ; the days that changed become stale. Answers how many leads
/// changed.
pub(crate) async fn replace(connection: &mut PgConnection, leads: &[(KeyOf, Vec<Item>)]) -> sqlx::Result<usize> {
    let (regions, ids) = parts(leads.iter().map(|(key, _)| key));
    let rows: Vec<ItemRow> = sqlx::query_as(
        "select i.docket_id, i.kind, i.day, nullif(i.ended, 'infinity') as ended, nullif(i.spoilt, 'infinity') as spoilt,
            nullif(i.superseded, 'infinity') as superseded, i.in_time, i.extended, i.origin, i.place, i.unit, i.person
         from unnest($1::text[], $2::uuid[]) as k(region, id)
         join assessment_item i on i.region = k.region and i.docket_id = k.id order by i.docket_id, i.ordinal",
    )
    .bind(&regions)
    .bind(&ids)
    .fetch_all(&mut *connection)
    .await?;
    let mut standing: HashMap<Uuid, Vec<Item>> = HashMap::new();
    for (docket, item) in rows.into_iter().filter_map(ItemRow::item) {
        standing.entry(docket).or_default().push(item);
    }
    let mut days = BTreeSet::new();
    let mut changed = Vec::new();
    for (key, items) in leads {
        let before = standing.remove(&key.id.uuid()).unwrap_or_default();
        if before == *items {
            continue;
        }
        days.extend(before.iter().filter(|item| !items.contains(item)).map(|item| item.day));
        days.extend(items.iter().filter(|item| !before.contains(item)).map(|item| item.day));
        changed.push((key, items, !before.is_empty()));
    }
    if changed.is_empty() {
        return Ok(0);
    }
    let (regions, ids) = parts(changed.iter().filter(|(_, _, stood)| *stood).map(|(key, ..)| *key));
    if !ids.is_empty() {
        sqlx::query(
            "delete from assessment_item i using unnest($1::text[], $2::uuid[]) as k(region, id)
             where i.region = k.region and i.docket_id = k.id",
        )
        .bind(regions)
        .bind(ids)
        .execute(&mut *connection)
        .await?;
    }
    insert(&mut *connection, changed.iter().map(|(key, items, _)| (*key, items.as_slice()))).await?;
    let days: Vec<NaiveDate> = days.into_iter().collect();
    sqlx::query(
        "insert into assessment_day (day, stale) select day, true from unnest($1::date[]) as day
         on conflict (day) do update set stale = true where not assessment_day.stale",
    )
    .bind(days)
    .execute(connection)
    .await?;
    Ok(changed.len())
}

async fn insert<'i>(connection: &mut PgConnection, leads: impl Iterator<Item = (&'i KeyOf, &'i [Item])>) -> sqlx::Result<()> {
    let (mut regions, mut ids, mut ordinals, mut kinds, mut days) = (vec![], vec![], vec![], vec![], vec![]);
    let (mut ended, mut spoilt, mut superseded, mut in_time, mut extended) = (vec![], vec![], vec![], vec![], vec![]);
    let (mut origins, mut places, mut units, mut people) = (vec![], vec![], vec![], vec![]);
    for (key, items) in leads {
        for (ordinal, item) in (1_i16..).zip(items) {
            regions.push(key.region.as_str());
            ids.push(key.id.uuid());
            ordinals.push(ordinal);
            kinds.push(item.kind as i16);
            days.push(item.day);
            ended.push(item.ended);
            spoilt.push(item.spoilt);
            superseded.push(item.superseded);
            in_time.push(item.in_time);
            extended.push(item.extended);
            origins.push(item.origin as i16);
            places.push(item.place.as_str());
            units.push(item.unit);
            people.push(item.person);
        }
    }
    sqlx::query(
        "insert into assessment_item (region, docket_id, ordinal, kind, day, ended, spoilt, superseded, in_time, extended, origin, place,
            unit, person)
         select region, docket_id, ordinal, kind, day, coalesce(ended, 'infinity'), coalesce(spoilt, 'infinity'),
            coalesce(superseded, 'infinity'), in_time, extended, origin, place, unit, person
         from unnest($1::text[], $2::uuid[], $3::int2[], $4::int2[], $5::date[], $6::date[], $7::date[], $8::date[], $9::bool[],
            $10::bool[], $11::int2[], $12::text[], $13::uuid[], $14::uuid[])
         as t(region, docket_id, ordinal, kind, day, ended, spoilt, superseded, in_time, extended, origin, place, unit, person)",
    )
    .bind(regions)
    .bind(ids)
    .bind(ordinals)
    .bind(kinds)
    .bind(days)
    .bind(ended)
    .bind(spoilt)
    .bind(superseded)
    .bind(in_time)
    .bind(extended)
    .bind(origins)
    .bind(places)
    .bind(units)
    .bind(people)
    .execute(connection)
    .await
    .map(drop)
}

/// The oldest days that must be summed again.
pub(crate) async fn stale_days(connection: &mut PgConnection, most: i64) -> sqlx::Result<Vec<NaiveDate>> {
    sqlx::query_scalar("select day from assessment_day where stale order by day limit $1").bind(most).fetch_all(connection).await
}

/// Sums a day up from its items.
pub(crate) async fn sum(connection: &mut PgConnection, day: NaiveDate) -> sqlx::Result<()> {
    sqlx::query("delete from assessment_sum where facing in (1, 2, 3, 4) and day = $1").bind(day).execute(&mut *connection).await?;
    // What has no place of a township (9 digits) stands under the county.
    sqlx::query(
        "insert into assessment_sum (facing, day, kind, ended, spoilt, superseded, in_time, extended, origin, place, unit, person, n)
         with own as materialized (select * from assessment_item where kind = any('{1,2,3,4,5,6,7,8,9}'::int2[]) and day = $1)
         select 1, day, kind, ended, spoilt, superseded, in_time, extended, origin, place, null::uuid, null::uuid, count(*)
         from own group by 2, 3, 4, 5, 6, 7, 8, 9, 10
         union all
         select 2, day, kind, ended, spoilt, superseded, in_time, extended, origin, left(place, 9), unit, null, count(*)
         from own where unit is not null group by 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
         union all
         select 3, day, kind, ended, spoilt, superseded, in_time, extended, origin, left(place, 9), null, person, count(*)
         from own where person is not null group by 2, 3, 4, 5, 6, 7, 8, 9, 10, 12
         union all
         select 4, day, kind, ended, spoilt, superseded, in_time, extended, origin, left(place, 9), null, null, count(*)
         from own group by 2, 3, 4, 5, 6, 7, 8, 9, 10",
    )
    .bind(day)
    .execute(&mut *connection)
    .await?;
    sqlx::query("update assessment_day set stale = false where day = $1").bind(day).execute(connection).await.map(drop)
}
