//! Change the record of a review or suit (修改复议诉讼记录): who answers, hearing, what followed.

use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use http_api::{Answer, Json, Path};
use identity::{Allowed, Scope};
use kernel::problem::Problem;
use serde::Deserialize;
use serde_json::json;
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{line, no_remedy, open::known, store, store::RemedyRow, view::RemedyView};
use crate::{Publications, rights, scope::covers};

/// The record as it is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RemedyChange {
    /// The version that was seen.
    seen: i32,
    body: String,
    #[serde(default)]
    number: String,
    /// The day the organ answered.
    answered_on: Option<NaiveDate>,
    answers: Option<Uuid>,
    hearing_at: Option<DateTime<Utc>>,
    served_on: Option<NaiveDate>,
    #[serde(default)]
    followed: String,
}

impl Publications {
    /// Holds the case and the record, for a caller who may see it and saw it as it stands.
    pub(super) async fn hold_remedy(&self, connection: &mut PgConnection, scope: &Scope, id: Uuid, seen: i32) -> Answer<RemedyRow> {
        let key = store::key_of(&mut *connection, id).await?.ok_or_else(no_remedy)?;
        let locked = docket::lock(connection, &key, None).await?.ok_or_else(no_remedy)??;
        if !covers(scope, &locked.header) {
            return Err(no_remedy().into());
        }
        let row = store::held(connection, id).await?.ok_or_else(no_remedy)?;
        if row.version != seen {
            return Err(Problem::precondition_failed("version-conflict", "记录已被他人更新，请刷新后重新操作").into());
        }
        Ok(row)
    }
}

/// Changes what people know of it; its result is not changed here.
///
/// # Errors
/// `remedy-not-found`, `version-conflict`, `remedy-later`, `field-too-long`, `person-unknown`.
#[utoipa::path(put, path = "/api/v1/remedies/{id}", tag = "publication", operation_id = "change_remedy",
    params(("id" = Uuid, Path, description = "The record")), request_body = RemedyChange,
    responses((status = 200, body = RemedyView, description = "As it then stands")))]
pub(crate) async fn edit(
    State(room): State<Publications>,
    allowed: Allowed<rights::KeepRemedies>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<RemedyChange>,
) -> Answer<Json<RemedyView>> {
    let today = room.today();
    for (field, day) in [("answered_on", wanted.answered_on), ("served_on", wanted.served_on)] {
        if day.is_some_and(|day| day > today) {
            return Err(Problem::invalid("remedy-later", "日期不能晚于今天").field(field, "请检查日期").into());
        }
    }
    known(&room, wanted.answers).await?;
    let mut transaction = room.database().pool().begin().await?;
    let mut row = room.hold_remedy(&mut transaction, &allowed.scope(), id, wanted.seen).await?;
    row.body = line("body", &wanted.body, 200)?;
    row.number = line("number", &wanted.number, 100)?;
    row.followed = line("followed", &wanted.followed, 1_000)?;
    (row.answered_on, row.answers, row.hearing_at, row.served_on) =
        (wanted.answered_on, wanted.answers, wanted.hearing_at, wanted.served_on);
    store::keep(&mut transaction, &row).await?;
    room.note(&mut transaction, &row.key(), Some(&allowed.caller), "remedy-changed", json!({ "remedy": id })).await?;
    let row = store::held(&mut transaction, id).await?.unwrap_or(row);
    transaction.commit().await?;
    Ok(Json(room.remedy_views(vec![row]).await?.pop().ok_or_else(no_remedy)?))
}
