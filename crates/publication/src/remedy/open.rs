//! Take in a review or a suit (登记复议、诉讼): the case takes its step in the same transaction.

use axum::{extract::State, http::StatusCode};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::{clock::shanghai, problem::Problem};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{RemedyKind, line, no_remedy, store, store::RemedyRow, view::RemedyView};
use crate::{Publications, decision::required, rights, scope::covers};

/// A review or suit.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRemedy {
    kind: RemedyKind,
    /// The review organ or the court.
    body: String,
    /// Its number.
    #[serde(default)]
    number: String,
    /// The day the copy arrived.
    received_on: NaiveDate,
    /// The review takes the simple procedure (行政复议法第五十四条): five working days to answer.
    #[serde(default)]
    simple: bool,
    /// Who answers.
    answers: Option<Uuid>,
}

/// When a day that something arrived on counts from: its end counts for no period, its beginning is enough.
pub(super) fn arrived(day: NaiveDate) -> DateTime<Utc> {
    let noon = day.and_time(NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default());
    shanghai().from_local_datetime(&noon).single().map_or_else(|| noon.and_utc(), |at| at.with_timezone(&Utc))
}

/// Takes in a review or a suit.
///
/// # Errors
/// `case-not-found`, `remedy-later`, `field-required`, `person-unknown`, or what stands against the case's step.
#[utoipa::path(post, path = "/api/v1/cases/{id}/remedies", tag = "publication", operation_id = "open_remedy",
    params(("id" = Uuid, Path, description = "The case")), request_body = NewRemedy,
    responses((status = 201, body = RemedyView, description = "The record")))]
pub(crate) async fn open(
    State(room): State<Publications>,
    allowed: Allowed<rights::KeepRemedies>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<NewRemedy>,
) -> Answer<(StatusCode, Json<RemedyView>)> {
    let (caller, now) = (&allowed.caller, room.clock().now());
    let (key, _) = room.decisions().seen(caller, id).await?;
    let body = line("body", &required("body", "复议机关或者法院", &wanted.body)?, 200)?;
    let number = line("number", &wanted.number, 100)?;
    if wanted.received_on > room.today() {
        return Err(Problem::invalid("remedy-later", "收到日期不能晚于今天").field("received_on", "请检查收到日期").into());
    }
    known(&room, wanted.answers).await?;
    let mut transaction = room.database().pool().begin().await?;
    let locked = docket::lock(&mut transaction, &key, None).await?.ok_or_else(no_remedy)??;
    if !covers(&allowed.scope(), &locked.header) {
        return Err(no_remedy().into());
    }
    let standing = room.decisions().standing(&mut transaction, &key).await?;
    let standing = standing.ok_or_else(|| Problem::conflict("not-decided", "案件尚未作出处罚决定，不能登记复议和诉讼"))?;
    let note = format!("{}，{body} {number}", wanted.kind.label());
    room.decisions().step(&mut transaction, caller, &key, wanted.kind.begins(), note.trim()).await?;
    let (answer_due_at, warn_at) = room.period(wanted.kind.answer(wanted.simple), arrived(wanted.received_on))?;
    let row = RemedyRow {
        id: Uuid::now_v7(),
        region: key.region.clone(),
        case_id: id,
        kind: wanted.kind.code().to_owned(),
        version: 1,
        body,
        number,
        matter: standing.matter,
        received_on: wanted.received_on,
        answer_due_at,
        warn_at,
        answered_on: None,
        answers: wanted.answers,
        hearing_at: None,
        outcome: None,
        served_on: None,
        followed: String::new(),
        opened_by: Some(caller.person.uuid()),
        opened_at: now,
        closed_at: None,
    };
    store::insert(&mut transaction, &row).await?;
    room.note(&mut transaction, &key, Some(caller), "remedy-opened", json!({ "remedy": row.id, "kind": row.kind })).await?;
    transaction.commit().await?;
    let view = room.remedy_views(vec![row]).await?.pop().ok_or_else(no_remedy)?;
    Ok((StatusCode::CREATED, Json(view)))
}

/// Refuses a person that nobody knows.
pub(super) async fn known(room: &Publications, person: Option<Uuid>) -> Answer<()> {
    if let Some(person) = person
        && room.identity().names_of(&[person]).await?.is_empty()
    {
        return Err(Problem::invalid("person-unknown", "没有这个人").field("answers", "没有这个人").into());
    }
    Ok(())
}
