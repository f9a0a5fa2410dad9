//! `POST /api/v1/centre/volumes/{id}/loans`: somebody asks for a volume.

use axum::{extract::State, http::StatusCode};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::{id::uuid_at, problem::Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{LoanForm, LoanState, VolumeState, loans, no_volume, store};
use crate::{
    Centre, rights,
    words::{NOTE, required, wrong},
};

/// Days of one loan at most. Provisional: the house's own.
pub(crate) const MOST_DAYS: i32 = 30;

/// What is asked for (借阅申请).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCentreLoan {
    form: LoanForm,
    reason: String,
    /// 1 to 30.
    days: i32,
}

/// What was asked for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AskedCentreLoan {
    id: Uuid,
}

/// Asks for a volume.
///
/// # Errors
/// `volume-not-found`, `volume-gone`, `loan-known`; a field that is wrong.
#[utoipa::path(post, path = "/api/v1/centre/volumes/{id}/loans", tag = "centre", operation_id = "ask_centre_loan",
    params(("id" = Uuid, Path, description = "The volume")), request_body = NewCentreLoan,
    responses((status = 201, body = AskedCentreLoan, description = "Asked")))]
pub(crate) async fn ask(
    State(centre): State<Centre>,
    allowed: Allowed<rights::BorrowVolumes>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<NewCentreLoan>,
) -> Answer<(StatusCode, Json<AskedCentreLoan>)> {
    let (me, now) = (allowed.caller.person.uuid(), centre.now());
    let mut transaction = centre.database().pool().begin().await?;
    let volume = store::hold(&mut transaction, &allowed.scope(), centre.home_region(), id).await?.ok_or_else(no_volume)?;
    if matches!(volume.state.parse(), Ok(VolumeState::Destroyed | VolumeState::Missing)) {
        return Err(Problem::conflict("volume-gone", "这份档案已经销毁或者缺失，不能借阅").into());
    }
    if !(1..=MOST_DAYS).contains(&wanted.days) {
        return Err(wrong("days", format!("借阅 1 至 {MOST_DAYS} 天")).into());
    }
    let row = loans::LoanRow {
        id: uuid_at(now),
        region: volume.region,
        volume: id,
        form: wanted.form.code().to_owned(),
        state: LoanState::Asked.code().to_owned(),
        reason: required("reason", "借阅事由", &wanted.reason, NOTE)?,
        days: wanted.days,
        asked_by: me,
        asked_at: now,
        decided_by: None,
        decided_at: None,
        decision: None,
        handed_by: None,
        handed_at: None,
        due_on: None,
        renewals: 0,
        returned_to: None,
        returned_at: None,
        condition: None,
        reminded_on: None,
    };
    if !loans::insert(&mut transaction, &row).await? {
        return Err(Problem::conflict("loan-known", "您已经申请或者正在借阅这份档案").into());
    }
    let people = centre.identity().people_of(&mut transaction, &["leader"], None, Some(&volume.jurisdiction), 50).await?;
    let deciders: Vec<Uuid> = people.into_iter().map(Uuid::from).filter(|person| *person != me).collect();
    let title = format!("有人申请借阅档案 {}（案件 {}），请审批", volume.code, volume.case_number);
    centre.tell(&mut transaction, &deciders, &title, Some(volume.docket)).await?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(AskedCentreLoan { id: row.id })))
}
