//! `POST /api/v1/centre/sessions`: a room is booked for a case.

use axum::{extract::State, http::StatusCode};
use chrono::{DateTime, TimeDelta, Utc};
use http_api::{Answer, Json};
use identity::Allowed;
use kernel::{clock::shanghai, id::uuid_at, problem::Problem};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Purpose, Role, SessionState, rules, store};
use crate::{
    Centre, CentreCase, rights, room,
    service::Told,
    words::{NOTE, optional, wrong},
};

/// A booking (预约).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCentreSession {
    room: Uuid,
    case: Uuid,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    purpose: Purpose,
    role: Role,
    /// Of a party: its ordinal in the case.
    party: Option<i16>,
    /// Two officers of the case at least.
    officers: Vec<Uuid>,
    /// No names.
    note: Option<String>,
}

/// What was booked.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BookedCentreSession {
    id: Uuid,
}

fn time_wrong(why: String) -> Problem {
    Problem::invalid("session-time", why.clone()).field("starts_at", why)
}

/// Refuses a time that no room is booked for.
fn timed(from: DateTime<Utc>, until: DateTime<Utc>, now: DateTime<Utc>) -> Result<(), Problem> {
    let minutes = (until - from).num_minutes();
    if !(rules::SHORTEST..=rules::LONGEST * 60).contains(&minutes) {
        return Err(time_wrong(format!("一次预约 {} 分钟至 {} 小时", rules::SHORTEST, rules::LONGEST)));
    }
    if from < now - TimeDelta::minutes(5) || from > now + TimeDelta::days(rules::AHEAD) {
        return Err(time_wrong(format!("请预约从现在起 {} 天以内的时间", rules::AHEAD)));
    }
    Ok(())
}

/// The officers who hold it, as the law wants them.
fn officers(wanted: &[Uuid], case: &CentreCase) -> Result<Vec<Uuid>, Problem> {
    let mut officers = wanted.to_vec();
    officers.sort_unstable();
    officers.dedup();
    if officers.len() < 2 || officers.iter().any(|officer| !case.officers.contains(officer)) {
        let why = "询问、听取意见由两名以上本案执法人员进行";
        return Err(Problem::invalid("session-officers", why)
            .field("officers", "请选择两名以上本案执法人员")
            .citing("行政处罚法第四十二条第一款"));
    }
    Ok(officers)
}

/// Books a room. Two bookings of one room at one time: one of them is refused.
///
/// # Errors
/// `case-not-found`, `case-over`, `case-not-handled`; `room-not-found`, `room-shut`, `room-taken`; `session-time`, `session-officers`,
/// `officer-busy`; a field that is wrong.
#[utoipa::path(post, path = "/api/v1/centre/sessions", tag = "centre", operation_id = "book_centre_session",
    request_body = NewCentreSession, responses((status = 201, body = BookedCentreSession, description = "Booked")))]
pub(crate) async fn book(
    State(centre): State<Centre>,
    allowed: Allowed<rights::HoldSessions>,
    Json(wanted): Json<NewCentreSession>,
) -> Answer<(StatusCode, Json<BookedCentreSession>)> {
    let (me, now) = (allowed.caller.person.uuid(), centre.now());
    let case = centre.cases().opened(&allowed.caller, wanted.case).await?;
    if case.is_over {
        return Err(Problem::conflict("case-over", "案件已经归档或者并入他案，不能再预约房间").into());
    }
    // The host of a hearing is no officer of the case; everything else is booked by those who handle it.
    if !case.officers.contains(&me) && wanted.purpose != Purpose::Hearing {
        let why = "只有本案的承办人可以预约；听证由主持人预约";
        return Err(Problem::forbidden("case-not-handled", why).citing("行政处罚法第四十二条第一款").into());
    }
    timed(wanted.starts_at, wanted.ends_at, now)?;
    let officers = officers(&wanted.officers, &case)?;
    let note = optional("note", "说明", wanted.note.as_deref(), NOTE)?;
    if wanted.party.is_some() && wanted.role != Role::Party {
        return Err(wrong("party", "只有当事人有当事人序号").into());
    }
    let mut transaction = centre.database().pool().begin().await?;
    let place = room::store::one(&mut transaction, &allowed.scope(), centre.home_region(), wanted.room).await?;
    let place = place.filter(|place| !place.closed).ok_or_else(room::no_room)?;
    if !room::is_open(&place, wanted.starts_at, wanted.ends_at) {
        let why =
            format!("{}的开放时间是 {} 至 {}，请选择开放日内的时间", place.name, place.opens.format("%H:%M"), place.closes.format("%H:%M"));
        return Err(Problem::invalid("room-shut", why.clone()).field("starts_at", why).into());
    }
    // One officer is in one place: whoever books him next waits here.
    for officer in &officers {
        database::advisory::lock_in_transaction(&mut transaction, &format!("centre.officer.{officer}")).await.map_err(|error| {
            tracing::warn!(%error, "an officer could not be held");
            Problem::unavailable("database-unavailable", "数据库暂时不可用，请稍后重试")
        })?;
    }
    let busy = store::busy(&mut transaction, &officers, wanted.starts_at, wanted.ends_at).await?;
    if !busy.is_empty() {
        let why = "有执法人员在这段时间已经有其他场次";
        return Err(Problem::conflict("officer-busy", why).field("officers", why).cured_by("换一个时间，或者换一名执法人员", None).into());
    }
    let row = store::SessionRow {
        id: uuid_at(now),
        region: case.key.region.clone(),
        jurisdiction: case.jurisdiction,
        room: place.id,
        room_number: place.number,
        starts_at: wanted.starts_at,
        ends_at: wanted.ends_at,
        planned_until: wanted.ends_at,
        docket: wanted.case,
        case_number: case.number,
        purpose: wanted.purpose.code().to_owned(),
        role: wanted.role.code().to_owned(),
        party: wanted.party,
        officers,
        note,
        state: SessionState::Booked.code().to_owned(),
        version: 1,
        simulated: case.simulated || centre.is_demo(),
        booked_by: me,
        booked_at: now,
        subject: None,
        minor: false,
        guardian: None,
        arrived_at: None,
        rights_told_at: None,
        started_at: None,
        ended_at: None,
        over_reason: None,
        unrecorded: None,
    };
    if !store::insert(&mut transaction, &row).await? {
        let why = format!("{}在这段时间已经有人预约", place.name);
        return Err(Problem::conflict("room-taken", why.clone())
            .field("starts_at", why)
            .cured_by("换一个时间，或者换一个房间", None)
            .into());
    }
    let facts = json!({ "session": row.id, "room": place.name, "purpose": row.purpose, "starts_at": row.starts_at, "ends_at": row.ends_at,
        "state": row.state });
    let told = Told { action: "centre-booked", topic: Some("centre.booked"), facts };
    centre.note(&mut transaction, &case.key, Some(&allowed.caller), told).await?;
    let others: Vec<Uuid> = row.officers.iter().copied().filter(|officer| *officer != me).collect();
    let at = row.starts_at.with_timezone(&shanghai()).format("%m-%d %H:%M");
    let title = format!("{at} 在{}{}（案件 {}）已预约，您是办理人", place.name, wanted.purpose.label(), row.case_number);
    centre.tell(&mut transaction, &others, &title, Some(row.docket)).await?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(BookedCentreSession { id: row.id })))
}
