//! All SQL of the docket room.

use chrono::{DateTime, NaiveDate, Utc};
use futures::stream::BoxStream;
use kernel::personal::{redact, redact_value};
use sqlx::{FromRow, PgConnection, PgPool, Row, postgres::PgRow};
use uuid::Uuid;

use crate::{
    DeadlineRow, DeadlineState, DeadlineWrite, Event, Header, KeyOf, Opening,
    ledger::{Root, Sealed},
};

/// Header columns in the order of [`Header`].
const HEADER: &str = "region, id, kind, number, state, open, version, title, jurisdiction, lon, lat, holder_role, holder_unit, \
    holder_person, unit, due_at, warn_at, opened_at, changed_at, closed_at, simulated, head_seq, head_hash";

pub(crate) async fn lock_header(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<Option<Header>> {
    sqlx::query_as(sqlx::AssertSqlSafe(format!("select {HEADER} from docket where region = $1 and id = $2 for update")))
        .bind(&key.region)
        .bind(key.id.uuid())
        .fetch_optional(connection)
        .await
}

pub(crate) async fn insert_headers(
    connection: &mut PgConnection,
    now: DateTime<Utc>,
    openings: &[Opening],
    sealed: &[Vec<Sealed>],
) -> sqlx::Result<()> {
    let limit = |opening: &Opening| {
        let running = opening.deadlines.iter().filter(|limit| limit.state == DeadlineState::Running);
        running.filter_map(|limit| Some((limit.due_at?, limit.warn_at?))).min()
    };
    let (mut regions, mut ids, mut kinds, mut numbers, mut states, mut titles, mut jurisdictions) =
        (vec![], vec![], vec![], vec![], vec![], vec![], vec![]);
    let (mut lons, mut lats, mut roles, mut units, mut persons, mut responsible) = (vec![], vec![], vec![], vec![], vec![], vec![]);
    let (mut dues, mut warns, mut simulated, mut seqs, mut hashes) = (vec![], vec![], vec![], vec![], vec![]);
    for (opening, lines) in openings.iter().zip(sealed) {
        regions.push(opening.key.region.as_str());
        ids.push(opening.key.id.uuid());
        kinds.push(opening.kind);
        numbers.push(opening.number.as_str());
        states.push(opening.state);
        titles.push(redact(&opening.title));
        jurisdictions.push(opening.jurisdiction.as_str());
        lons.push(opening.position.map(|(lon, _)| lon));
        lats.push(opening.position.map(|(_, lat)| lat));
        roles.push(opening.holder.role);
        units.push(opening.holder.unit.map(kernel::id::OrganisationId::uuid));
        persons.push(opening.holder.person.map(kernel::id::PersonId::uuid));
        responsible.push(opening.unit.map(kernel::id::OrganisationId::uuid));
        dues.push(limit(opening).map(|(due, _)| due));
        warns.push(limit(opening).map(|(_, warn)| warn));
        simulated.push(opening.simulated);
        seqs.push(lines.last().map_or(0, |line| line.seq));
        hashes.push(lines.last().map_or("", |line| line.hash.as_str()));
    }
    sqlx::query(
        "insert into docket (region, id, kind, number, state, open, version, title, jurisdiction, lon, lat, holder_role, holder_unit,
            holder_person, unit, due_at, warn_at, opened_at, changed_at, simulated, head_seq, head_hash)
         select region, id, kind, number, state, true, 1, title, jurisdiction, lon, lat, role, holder_unit, person, unit, due, warn,
            $1, $1, simulated, seq, hash
         from unnest($2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::float8[], $10::float8[],
            $11::text[], $12::uuid[], $13::uuid[], $14::uuid[], $15::timestamptz[], $16::timestamptz[], $17::bool[], $18::int8[],
            $19::text[])
            as t(region, id, kind, number, state, title, jurisdiction, lon, lat, role, holder_unit, person, unit, due, warn, simulated,
                 seq, hash)",
    )
    .bind(now)
    .bind(regions)
    .bind(ids)
    .bind(kinds)
    .bind(numbers)
    .bind(states)
    .bind(titles)
    .bind(jurisdictions)
    .bind(lons)
    .bind(lats)
    .bind(roles)
    .bind(units)
    .bind(persons)
    .bind(responsible)
    .bind(dues)
    .bind(warns)
    .bind(simulated)
    .bind(seqs)
    .bind(hashes)
    .execute(connection)
    .await?;
    Ok(())
}

pub(crate) async fn update_header(connection: &mut PgConnection, header: &Header) -> sqlx::Result<()> {
    sqlx::query(
        "update docket set state = $3, open = $4, version = $5, title = $6, jurisdiction = $7, lon = $8, lat = $9, holder_role = $10,
            holder_unit = $11, holder_person = $12, unit = $13, due_at = $14, warn_at = $15, changed_at = $16, closed_at = $17,
            head_seq = $18, head_hash = $19
         where region = $1 and id = $2",
    )
    .bind(&header.region)
    .bind(header.id)
    .bind(&header.state)
    .bind(header.open)
    .bind(header.version)
    .bind(&header.title)
    .bind(&header.jurisdiction)
    .bind(header.lon)
    .bind(header.lat)
    .bind(&header.holder_role)
    .bind(header.holder_unit)
    .bind(header.holder_person)
    .bind(header.unit)
    .bind(header.due_at)
    .bind(header.warn_at)
    .bind(header.changed_at)
    .bind(header.closed_at)
    .bind(header.head_seq)
    .bind(&header.head_hash)
    .execute(connection)
    .await?;
    Ok(())
}

pub(crate) async fn insert_entries(connection: &mut PgConnection, dockets: &[(&KeyOf, &[Sealed])]) -> sqlx::Result<()> {
    let (mut regions, mut ids, mut seqs, mut ats, mut actors, mut roles) = (vec![], vec![], vec![], vec![], vec![], vec![]);
    let (mut actions, mut lons, mut lats, mut payloads, mut previous, mut hashes) = (vec![], vec![], vec![], vec![], vec![], vec![]);
    for (key, lines) in dockets {
        for line in *lines {
            regions.push(key.region.as_str());
            ids.push(key.id.uuid());
            seqs.push(line.seq);
            ats.push(line.at);
            actors.push(line.actor.as_str());
            roles.push(line.role.as_deref());
            actions.push(line.action.as_str());
            lons.push(line.place.map(|(lon, _)| lon));
            lats.push(line.place.map(|(_, lat)| lat));
            payloads.push(line.payload.as_str());
            previous.push(line.previous.as_str());
            hashes.push(line.hash.as_str());
        }
    }
    if ids.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "insert into ledger_entry (region, docket_id, seq, at, actor, role, action, lon, lat, payload, previous, hash)
         select * from unnest($1::text[], $2::uuid[], $3::int8[], $4::timestamptz[], $5::text[], $6::text[], $7::text[], $8::float8[],
            $9::float8[], $10::text[], $11::text[], $12::text[])",
    )
    .bind(regions)
    .bind(ids)
    .bind(seqs)
    .bind(ats)
    .bind(actors)
    .bind(roles)
    .bind(actions)
    .bind(lons)
    .bind(lats)
    .bind(payloads)
    .bind(previous)
    .bind(hashes)
    .execute(connection)
    .await?;
    Ok(())
}

pub(crate) async fn insert_deadlines(connection: &mut PgConnection, dockets: &[(&KeyOf, &[DeadlineWrite])]) -> sqlx::Result<()> {
    let (mut regions, mut ids, mut names, mut rounds, mut states, mut starts) = (vec![], vec![], vec![], vec![], vec![], vec![]);
    let (mut dues, mut warns, mut ends, mut timers) = (vec![], vec![], vec![], vec![]);
    for (key, limits) in dockets {
        for limit in *limits {
            regions.push(key.region.as_str());
            ids.push(key.id.uuid());
            names.push(limit.name);
            rounds.push(limit.round);
            states.push(limit.state.code());
            starts.push(limit.started_at);
            dues.push(limit.due_at);
            warns.push(limit.warn_at);
            ends.push(limit.ended_at);
            timers.push(&limit.timer);
        }
    }
    if ids.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "with written as (
            select * from unnest($1::text[], $2::uuid[], $3::text[], $4::int4[], $5::text[], $6::timestamptz[], $7::timestamptz[],
                $8::timestamptz[], $9::timestamptz[], $10::jsonb[])
            as t(region, docket_id, name, round, state, started_at, due_at, warn_at, ended_at, timer))
         insert into deadline as d (region, docket_id, name, round, state, started_at, due_at, warn_at, ended_at, timer)
         select region, docket_id, name, round, state, started_at, due_at, warn_at, ended_at, timer from written
         on conflict (region, docket_id, name, round) do update
         set state = excluded.state, due_at = excluded.due_at, warn_at = excluded.warn_at, ended_at = excluded.ended_at,
             timer = excluded.timer,
             warned_at = case when excluded.state = 'running' and excluded.warn_at > d.warned_at then null else d.warned_at end,
             fired_at = case when excluded.state = 'running' and excluded.due_at > d.fired_at then null else d.fired_at end",
    )
    .bind(regions)
    .bind(ids)
    .bind(names)
    .bind(rounds)
    .bind(states)
    .bind(starts)
    .bind(dues)
    .bind(warns)
    .bind(ends)
    .bind(timers)
    .execute(connection)
    .await?;
    Ok(())
}

pub(crate) async fn insert_events(connection: &mut PgConnection, now: DateTime<Utc>, events: &[(&KeyOf, i64, &Event)]) -> sqlx::Result<()> {
    let (mut regions, mut ids, mut seqs, mut topics, mut payloads) = (vec![], vec![], vec![], vec![], vec![]);
    for (key, seq, event) in events {
        regions.push(key.region.as_str());
        ids.push(key.id.uuid());
        seqs.push(*seq);
        topics.push(event.topic);
        payloads.push(redact_value(&event.payload));
    }
    if ids.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "with written as (
            insert into outbox (region, docket_id, seq, topic, payload, at)
            select region, docket_id, seq, topic, payload, $6
            from unnest($1::text[], $2::uuid[], $3::int8[], $4::text[], $5::jsonb[]) as t(region, docket_id, seq, topic, payload)
            returning 1)
         select pg_notify('bihuan_outbox', '') from (select count(*) from written) as counted",
    )
    .bind(regions)
    .bind(ids)
    .bind(seqs)
    .bind(topics)
    .bind(payloads)
    .bind(now)
    .execute(connection)
    .await?;
    Ok(())
}

pub(crate) async fn deadlines(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<Vec<DeadlineRow>> {
    sqlx::query_as(
        "select name, round, state, started_at, due_at, warn_at, warned_at, fired_at, ended_at, timer from deadline
         where region = $1 and docket_id = $2 order by started_at, name, round",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .fetch_all(connection)
    .await
}

pub(crate) async fn dockets_with_due_limits(pool: &PgPool, now: DateTime<Utc>, most: i64) -> sqlx::Result<Vec<KeyOf>> {
    let rows: Vec<(String, Uuid)> = sqlx::query_as(
        "(select region, docket_id from deadline where state = 'running' and fired_at is null and due_at <= $1 order by due_at limit $2)
         union
         (select region, docket_id from deadline
          where state = 'running' and warned_at is null and fired_at is null and warn_at <= $1 order by warn_at limit $2)",
    )
    .bind(now)
    .bind(most)
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(|(region, id)| KeyOf { region, id: id.into() }).collect())
}

/// Notes that limits were told now: as warned, and as missed those that have run out.
pub(crate) async fn mark_told(connection: &mut PgConnection, key: &KeyOf, now: DateTime<Utc>, limits: &[&DeadlineRow]) -> sqlx::Result<()> {
    if limits.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "update deadline set warned_at = coalesce(warned_at, $3), fired_at = case when due_at <= $3 then $3 end
         where region = $1 and docket_id = $2 and (name, round) in (select * from unnest($4::text[], $5::int4[]))",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(now)
    .bind(limits.iter().map(|limit| limit.name.as_str()).collect::<Vec<_>>())
    .bind(limits.iter().map(|limit| limit.round).collect::<Vec<_>>())
    .execute(connection)
    .await?;
    Ok(())
}

pub(crate) async fn take_numbers(pool: &PgPool, region: &str, kind: &str, day: NaiveDate, block: i64) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "insert into number_block as n (region, kind, day, next) values ($1, $2, $3, 1 + $4)
         on conflict (region, kind, day) do update set next = n.next + $4
         returning next - $4",
    )
    .bind(region)
    .bind(kind)
    .bind(day)
    .bind(block)
    .fetch_one(pool)
    .await
}

/// A ledger line beside its docket's head; a docket without lines has `line` empty, lines without a docket have no head.
pub(crate) struct ChainRow {
    pub region: String,
    pub docket_id: Uuid,
    pub head_seq: Option<i64>,
    pub head_hash: Option<String>,
    pub line: Option<Sealed>,
}

impl<'r> FromRow<'r, PgRow> for ChainRow {
    fn from_row(row: &'r PgRow) -> sqlx::Result<Self> {
        let seq: Option<i64> = row.try_get("seq")?;
        let line = match seq {
            None => None,
            Some(seq) => {
                let (lon, lat): (Option<f64>, Option<f64>) = (row.try_get("lon")?, row.try_get("lat")?);
                Some(Sealed {
                    seq,
                    at: row.try_get("at")?,
                    actor: row.try_get("actor")?,
                    role: row.try_get("role")?,
                    action: row.try_get("action")?,
                    place: lon.zip(lat),
                    payload: row.try_get("payload")?,
                    previous: row.try_get("previous")?,
                    hash: row.try_get("hash")?,
                })
            }
        };
        Ok(Self {
            region: row.try_get("region")?,
            docket_id: row.try_get("docket_id")?,
            head_seq: row.try_get("head_seq")?,
            head_hash: row.try_get("head_hash")?,
            line,
        })
    }
}

pub(crate) fn chains(pool: &PgPool) -> BoxStream<'_, sqlx::Result<ChainRow>> {
    sqlx::query_as(
        "select coalesce(d.region, e.region) as region, coalesce(d.id, e.docket_id) as docket_id, d.head_seq, d.head_hash,
            e.seq, e.at, e.actor, e.role, e.action, e.lon, e.lat, e.payload, e.previous, e.hash
         from docket d full join ledger_entry e on e.region = d.region and e.docket_id = d.id
         order by 1, 2, e.seq",
    )
    .fetch(pool)
}

/// The newest root.
#[derive(Debug, FromRow)]
pub(crate) struct LastRoot {
    pub sequence: i64,
    pub at: DateTime<Utc>,
    pub digest: String,
}

pub(crate) async fn last_root(connection: &mut PgConnection) -> sqlx::Result<Option<LastRoot>> {
    // One root at a time, whichever program makes it.
    sqlx::query("select pg_advisory_xact_lock(hashtext('bihuan/ledger-root'))").execute(&mut *connection).await?;
    sqlx::query_as("select sequence, at, digest from ledger_root order by sequence desc limit 1").fetch_optional(connection).await
}

pub(crate) async fn roots_made(pool: &PgPool) -> sqlx::Result<i64> {
    sqlx::query_scalar("select coalesce(max(sequence), 0) from ledger_root").fetch_one(pool).await
}

pub(crate) async fn heads_since(
    connection: &mut PgConnection,
    since: Option<DateTime<Utc>>,
    until: DateTime<Utc>,
) -> sqlx::Result<Vec<crate::ledger::HeadLine>> {
    // Ten minutes of overlap: a transaction that took its time before the last root may have committed after it.
    let rows: Vec<(Uuid, i64, String)> = sqlx::query_as(
        "select id, head_seq, head_hash from docket
         where ($1::timestamptz is null or changed_at > $1 - interval '10 minutes') and changed_at <= $2 order by region, id",
    )
    .bind(since)
    .bind(until)
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|(docket, seq, hash)| crate::ledger::HeadLine { docket, seq, hash }).collect())
}

pub(crate) async fn insert_root(connection: &mut PgConnection, root: &Root) -> sqlx::Result<()> {
    sqlx::query("insert into ledger_root (sequence, at, heads, digest, previous, signature) values ($1, $2, $3, $4, $5, $6)")
        .bind(root.sequence)
        .bind(root.at)
        .bind(i64::try_from(root.heads.len()).unwrap_or(i64::MAX))
        .bind(&root.digest)
        .bind(&root.previous)
        .bind(&root.signature)
        .execute(connection)
        .await?;
    Ok(())
}
