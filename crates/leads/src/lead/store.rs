//! SQL of single leads: reading one, writing one's own row. Lists stand in `list/store.rs`.

use chrono::{DateTime, Utc};
use docket::{Header, KeyOf};
use sqlx::{PgConnection, PgExecutor, PgPool};
use uuid::Uuid;

use super::record::{LeadRecord, PhotoRecord};
use crate::intake::NewLead;

/// Claims the source keys of new leads and writes their rows; answers the ids that were new. The others were there already.
pub(crate) async fn claim(connection: &mut PgConnection, leads: &[NewLead]) -> sqlx::Result<Vec<Uuid>> {
    let (mut regions, mut ids, mut sources, mut keys, mut codes) = (vec![], vec![], vec![], vec![], vec![]);
    let (mut descriptions, mut digests, mut addresses, mut grids) = (vec![], vec![], vec![], vec![]);
    let (mut classes, mut versions, mut components, mut standards) = (vec![], vec![], vec![], vec![]);
    let (mut values, mut units, mut provisional, mut details) = (vec![], vec![], vec![], vec![]);
    let (mut subjects, mut persons, mut occurred) = (vec![], vec![], vec![]);
    for lead in leads {
        regions.push(lead.key.region.as_str());
        ids.push(lead.key.id.uuid());
        sources.push(lead.source.code());
        keys.push(lead.source_key.as_str());
        codes.push(lead.tracking_code.as_str());
        descriptions.push(lead.description.as_str());
        digests.push(lead.text_digest.as_slice());
        addresses.push(lead.address.as_deref());
        grids.push(lead.grid.as_deref());
        classes.push(lead.class_code.as_deref());
        versions.push(lead.class_version.as_deref());
        components.push(lead.component_code.as_deref());
        standards.push(lead.standard.as_deref());
        values.push(lead.limit.map(|(limit, _)| limit.value()));
        units.push(lead.limit.map(|(limit, _)| limit.unit().code()));
        provisional.push(lead.limit.is_none_or(|(_, provisional)| provisional));
        details.push(&lead.details);
        subjects.push(lead.reporter_subject.map(kernel::id::SubjectId::uuid));
        persons.push(lead.reporter_person.map(kernel::id::PersonId::uuid));
        occurred.push(lead.occurred_at);
    }
    sqlx::query_scalar(
        "insert into lead (region, id, source, source_key, tracking_code, description, text_digest, address, grid, class_code,
            class_version, component_code, standard, limit_value, limit_unit, limit_provisional, details, reporter_subject,
            reporter_person, occurred_at)
         select * from unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bytea[], $8::text[], $9::text[],
            $10::text[], $11::text[], $12::text[], $13::text[], $14::float8[], $15::text[], $16::bool[], $17::jsonb[], $18::uuid[],
            $19::uuid[], $20::timestamptz[])
         on conflict (region, source, source_key) do nothing
         returning id",
    )
    .bind(regions)
    .bind(ids)
    .bind(sources)
    .bind(keys)
    .bind(codes)
    .bind(descriptions)
    .bind(digests)
    .bind(addresses)
    .bind(grids)
    .bind(classes)
    .bind(versions)
    .bind(components)
    .bind(standards)
    .bind(values)
    .bind(units)
    .bind(provisional)
    .bind(details)
    .bind(subjects)
    .bind(persons)
    .bind(occurred)
    .fetch_all(connection)
    .await
}

/// The lead that already carries a source key.
pub(crate) async fn by_source_key(
    connection: &mut PgConnection,
    region: &str,
    source: &str,
    key: &str,
) -> sqlx::Result<Option<(Uuid, String)>> {
    sqlx::query_as("select id, tracking_code from lead where region = $1 and source = $2 and source_key = $3")
        .bind(region)
        .bind(source)
        .bind(key)
        .fetch_optional(connection)
        .await
}

/// The number of a docket.
pub(crate) async fn number_of(connection: &mut PgConnection, region: &str, id: Uuid) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar("select number from docket where region = $1 and id = $2").bind(region).bind(id).fetch_optional(connection).await
}

/// Adds photos after those that are there.
pub(crate) async fn insert_photos(connection: &mut PgConnection, now: DateTime<Utc>, photos: &[(&KeyOf, &str, &str)]) -> sqlx::Result<()> {
    if photos.is_empty() {
        return Ok(());
    }
    let regions: Vec<&str> = photos.iter().map(|(key, _, _)| key.region.as_str()).collect();
    let ids: Vec<Uuid> = photos.iter().map(|(key, _, _)| key.id.uuid()).collect();
    let files: Vec<&str> = photos.iter().map(|(_, file, _)| *file).collect();
    let roles: Vec<&str> = photos.iter().map(|(_, _, role)| *role).collect();
    sqlx::query(
        "insert into lead_photo (region, lead_id, ordinal, file, role, at)
         select region, lead_id,
            coalesce((select max(ordinal) from lead_photo p where p.region = t.region and p.lead_id = t.lead_id), 0)
                + row_number() over (partition by region, lead_id order by n),
            file, role, $5
         from unnest($1::text[], $2::uuid[], $3::text[], $4::text[]) with ordinality as t(region, lead_id, file, role, n)",
    )
    .bind(regions)
    .bind(ids)
    .bind(files)
    .bind(roles)
    .bind(now)
    .execute(connection)
    .await?;
    Ok(())
}

/// A lead's own row.
pub(crate) async fn record(connection: &mut PgConnection, region: &str, id: Uuid) -> sqlx::Result<Option<LeadRecord>> {
    sqlx::query_as("select * from lead where region = $1 and id = $2").bind(region).bind(id).fetch_optional(connection).await
}

/// A lead's header and row, wherever its home is.
pub(crate) async fn header(executor: impl PgExecutor<'_>, id: Uuid) -> sqlx::Result<Option<Header>> {
    sqlx::query_as("select * from docket where id = $1 and kind = 'lead'").bind(id).fetch_optional(executor).await
}

/// The headers of the leads that these subjects of the vault reported.
pub(crate) async fn by_subjects(connection: &mut PgConnection, region: &str, subjects: &[Uuid]) -> sqlx::Result<Vec<Header>> {
    sqlx::query_as(
        "select d.* from lead l join docket d on d.region = l.region and d.id = l.id
         where l.region = $1 and l.reporter_subject = any($2) order by d.id",
    )
    .bind(region)
    .bind(subjects)
    .fetch_all(connection)
    .await
}

/// The home district of a lead that a tracking code names, and its id; also by a second code that was handed out for it.
pub(crate) async fn by_tracking_code(pool: &PgPool, code: &str) -> sqlx::Result<Option<(String, Uuid)>> {
    sqlx::query_as(
        "select region, id from lead where tracking_code = $1
         union all select region, lead_id from tracking_alias where code = $1 limit 1",
    )
    .bind(code)
    .fetch_optional(pool)
    .await
}

/// Where a lead goes on: itself, or the last of the leads that it was merged into one after the other.
pub(crate) async fn goes_on_in(connection: &mut PgConnection, region: &str, id: Uuid) -> sqlx::Result<Uuid> {
    sqlx::query_scalar(
        "with recursive merged (id, into_id, depth) as (
            select id, merged_into, 0 from lead where region = $1 and id = $2
            union all
            select l.id, l.merged_into, depth + 1 from merged join lead l on l.region = $1 and l.id = merged.into_id where depth < 100)
         select id from merged order by depth desc limit 1",
    )
    .bind(region)
    .bind(id)
    .fetch_one(connection)
    .await
}

/// How many reports a lead stands for: itself, and those that were merged into it, one after the other or side by side.
pub(crate) async fn reports_of(connection: &mut PgConnection, region: &str, id: Uuid) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "with recursive together as (
            select $2::uuid as id
            union
            select l.id from lead l join together on l.region = $1 and l.merged_into = together.id)
         select count(*) from (select from together limit 10000) as counted",
    )
    .bind(region)
    .bind(id)
    .fetch_one(connection)
    .await
}

/// Who follows up, by name, the leads that were merged into this one.
pub(crate) async fn followers_of_merged(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar(
        "with recursive together as (
            select $2::uuid as id, null::uuid as follower
            union
            select l.id, l.follower from lead l join together on l.region = $1 and l.merged_into = together.id)
         select distinct follower from (select follower from together limit 10000) as counted where follower is not null limit 50",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .fetch_all(connection)
    .await
}

/// Whether the ledger of a lead holds an action that was sent with the key of this digest.
pub(crate) async fn was_sent_as(connection: &mut PgConnection, key: &KeyOf, digest: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "select exists (select from ledger_entry where region = $1 and docket_id = $2 and payload::jsonb ->> 'sent_as' = $3)",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(digest)
    .fetch_one(connection)
    .await
}

/// The photos of a lead in the order they came.
pub(crate) async fn photos(connection: &mut PgConnection, region: &str, id: Uuid) -> sqlx::Result<Vec<PhotoRecord>> {
    sqlx::query_as("select file, role, at, withheld_at from lead_photo where region = $1 and lead_id = $2 order by ordinal")
        .bind(region)
        .bind(id)
        .fetch_all(connection)
        .await
}

/// Writes what actions can change of a lead's own row.
pub(crate) async fn update(connection: &mut PgConnection, lead: &LeadRecord) -> sqlx::Result<()> {
    sqlx::query(
        "update lead set address = $3, grid = $4, class_code = $5, class_version = $6, standard = $7, closing_standard = $8,
            limit_value = $9, limit_unit = $10, limit_provisional = $11, handler = $12, verified = $13, check_passed = $14,
            suspended_from = $15, extension_hours = $16, extension_reason = $17, extensions = $18, sent_back_by = $19,
            rework_count = $20, merged_into = $21, reply = $22, follower = $23, leader = $24, charged_at = $25, charge_reason = $26,
            raised_from = $27, raised_by = $28
         where region = $1 and id = $2",
    )
    .bind(&lead.region)
    .bind(lead.id)
    .bind(&lead.address)
    .bind(&lead.grid)
    .bind(&lead.class_code)
    .bind(&lead.class_version)
    .bind(&lead.standard)
    .bind(&lead.closing_standard)
    .bind(lead.limit_value)
    .bind(&lead.limit_unit)
    .bind(lead.limit_provisional)
    .bind(lead.handler)
    .bind(lead.verified)
    .bind(lead.check_passed)
    .bind(&lead.suspended_from)
    .bind(lead.extension_hours)
    .bind(&lead.extension_reason)
    .bind(lead.extensions)
    .bind(&lead.sent_back_by)
    .bind(lead.rework_count)
    .bind(lead.merged_into)
    .bind(&lead.reply)
    .bind(lead.follower)
    .bind(lead.leader)
    .bind(lead.charged_at)
    .bind(&lead.charge_reason)
    .bind(lead.raised_from)
    .bind(&lead.raised_by)
    .execute(connection)
    .await?;
    Ok(())
}

/// Writes the reporter's rating, once; `false` when there was one already.
pub(crate) async fn rate(
    connection: &mut PgConnection,
    region: &str,
    id: Uuid,
    stars: i16,
    comment: Option<&str>,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done =
        sqlx::query("update lead set stars = $3, rating_comment = $4, rated_at = $5 where region = $1 and id = $2 and stars is null")
            .bind(region)
            .bind(id)
            .bind(stars)
            .bind(comment)
            .bind(now)
            .execute(connection)
            .await?;
    Ok(done.rows_affected() == 1)
}

/// What the ledger keeps of a lead's last dispatch.
pub(crate) async fn last_dispatch(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar(
        "select payload from ledger_entry where region = $1 and docket_id = $2 and action = 'dispatch' order by seq desc limit 1",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .fetch_optional(connection)
    .await
}

/// The ledger's lines of a lead, oldest first; at most a thousand, which is far beyond what a lead lives through.
pub(crate) async fn entries(pool: &PgPool, region: &str, id: Uuid) -> sqlx::Result<Vec<crate::view::EntryRow>> {
    sqlx::query_as(
        "select seq, at, actor, role, action, payload, hash from ledger_entry where region = $1 and docket_id = $2 order by seq limit 1000",
    )
    .bind(region)
    .bind(id)
    .fetch_all(pool)
    .await
}
