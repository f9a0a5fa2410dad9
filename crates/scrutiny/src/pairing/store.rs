//! SQL of who met whom.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;

/// A lead that was fixed, with everybody who had a part in it.
#[derive(Debug, Clone, FromRow)]
pub(super) struct MetRow {
    pub docket_id: Uuid,
    pub jurisdiction: String,
    pub class_code: Option<String>,
    pub unit: Option<Uuid>,
    pub fixer: Option<Uuid>,
    pub reporter: Option<Uuid>,
    pub verifier: Option<Uuid>,
    pub checker: Option<Uuid>,
    pub reported_at: DateTime<Utc>,
    pub verified_at: Option<DateTime<Utc>>,
    pub checked_at: Option<DateTime<Utc>>,
    pub quick: bool,
    pub photo: bool,
    pub away: bool,
    pub rechecked: bool,
    pub overturned: bool,
    pub simulated: bool,
}

/// The last reply on each lead since an instant, with the verification before it and the check after it; the newest ones. A check within ten
/// minutes of the reply is a quick one.
pub(super) async fn met(connection: &mut PgConnection, region: &str, since: DateTime<Utc>, most: i64) -> sqlx::Result<Vec<MetRow>> {
    sqlx::query_as(
        "select f.docket_id, f.jurisdiction, l.class_code, f.unit, f.person as fixer, l.reporter_person as reporter, v.person as verifier,
            c.person as checker, d.opened_at as reported_at, v.at as verified_at, c.at as checked_at,
            coalesce(c.passed and c.at - f.at <= interval '10 minutes', false) as quick,
            exists (select from suspicion s where s.docket_id = f.docket_id and s.state <> 'dismissed'
                and s.kind in ('photo-reuse', 'photo-early', 'photo-place')) as photo,
            exists (select from suspicion s where s.docket_id = f.docket_id and s.state <> 'dismissed' and s.kind in ('far-answer', 'speed')) as away,
            coalesce(r.rechecked, false) as rechecked, coalesce(r.overturned, false) as overturned, f.simulated
         from (select distinct on (docket_id) * from scrutiny_act where region = $1 and verb = 'fix' and at >= $2 order by docket_id, seq desc) f
         join lead l on l.region = f.region and l.id = f.docket_id join docket d on d.region = f.region and d.id = f.docket_id
         left join lateral (select person, at from scrutiny_act a where a.region = f.region and a.docket_id = f.docket_id and a.verb = 'verify'
            and a.seq < f.seq order by a.seq desc limit 1) v on true
         left join lateral (select person, at, passed from scrutiny_act a where a.region = f.region and a.docket_id = f.docket_id
            and a.verb = 'check' and a.seq > f.seq order by a.seq limit 1) c on true
         left join lateral (select bool_or(i.state in ('held', 'broken')) as rechecked, bool_or(i.state = 'broken') as overturned
            from reverification_item i where i.docket_id = f.docket_id) r on true
         order by f.at desc limit $3",
    )
    .bind(region)
    .bind(since)
    .bind(most)
    .fetch_all(connection)
    .await
}

/// Whether a person dismissed the last suspicion about a pair, and knew all of these leads then.
pub(super) async fn dismissed_with(connection: &mut PgConnection, region: &str, key: &str, leads: &[Uuid]) -> sqlx::Result<bool> {
    let last: Option<(String, Vec<Uuid>)> = sqlx::query_as(
        "select state, leads from suspicion where region = $1 and kind = 'pairing' and starts_with(key, $2) order by id desc limit 1",
    )
    .bind(region)
    .bind(key)
    .fetch_optional(connection)
    .await?;
    Ok(last.is_some_and(|(state, known)| state == "dismissed" && leads.iter().all(|lead| known.contains(lead))))
}
