//! Ask for repair (申请信用修复): at the desk, or from the party's own page through [`Publications::apply_repair`].

use axum::{extract::State, http::StatusCode};
use chrono::{DateTime, Utc};
use http_api::{Answer, Json, Path};
use identity::{Allowed, Caller};
use kernel::{
    deadline::statutory::{LastDay, Period, PeriodUnit},
    problem::Problem,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    DECIDE_DAYS, RepairState, RepairVia, earliest,
    store::{self, RepairRow},
    view::RepairView,
};
use crate::{
    Publications,
    decision::{no_publication, required, store as publications, store::PublicationRow},
    rights,
};

/// A request of a party who is known by the numbers of its case and decision (网上申请).
#[derive(Debug, Clone)]
pub struct RepairRequest {
    /// The number of the case.
    pub case_number: String,
    /// The number of the decision, as it is published.
    pub decision_number: String,
    /// The promise: the number or digest of the paper or file.
    pub promise: String,
}

/// That a request was taken in.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RepairReceipt {
    /// The request.
    pub id: Uuid,
    /// Until when it is decided.
    pub due_at: DateTime<Utc>,
}

/// A request at the desk.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRepair {
    /// The promise (信用承诺书): where the signed paper is, or its number.
    promise: String,
}

impl Publications {
    /// Takes in a request from the party's own page. Sent twice, the second is the first.
    ///
    /// # Errors
    /// `decision-not-found` where the numbers do not belong together or nothing is public; `repair-not-yet` with what is missing and from when.
    pub async fn apply_repair(&self, request: &RepairRequest) -> Answer<RepairReceipt> {
        let unknown = || Problem::not_found("decision-not-found", "没有找到这份公开的处罚决定，请检查案件编号和决定书文号");
        let mut transaction = self.database().pool().begin().await?;
        let key = self.decisions().by_number(&mut transaction, request.case_number.trim()).await?.ok_or_else(unknown)?;
        docket::lock(&mut transaction, &key, None).await?.ok_or_else(unknown)??;
        let row = publications::of_case(&mut transaction, &key).await?.into_iter().next().ok_or_else(unknown)?;
        if row.content.as_ref().is_none_or(|content| content.number != request.decision_number.trim()) {
            return Err(unknown().into());
        }
        let row = self.take_in(&mut transaction, &row, RepairVia::Portal, &request.promise, None).await?;
        transaction.commit().await?;
        Ok(RepairReceipt { id: row.id, due_at: row.due_at })
    }

    /// Takes a request in; the case is held.
    async fn take_in(
        &self,
        connection: &mut PgConnection,
        of: &PublicationRow,
        via: RepairVia,
        promise: &str,
        caller: Option<&Caller>,
    ) -> Answer<RepairRow> {
        let promise = required("promise", "信用承诺书", promise)?;
        if let Some(open) = store::open_of(connection, of.id).await? {
            return Ok(open);
        }
        let key = of.key();
        let standing = self.decisions().standing(connection, &key).await?.ok_or_else(no_publication)?;
        let earliest = earliest::of(self, &standing, of)
            .ok_or_else(|| Problem::conflict("repair-nothing-shown", "处罚决定没有在公开，不须申请信用修复"))?;
        if !earliest.ready {
            let words: Vec<&str> = earliest.missing.iter().map(|missing| missing.what.as_str()).collect();
            let mut problem = Problem::conflict("repair-not-yet", format!("还不能申请信用修复：{}", words.join("；")))
                .citing("行政处罚法第四十八条；失信行为纠正后的信用信息修复管理办法（试行）")
                .cured_by("条件具备后再申请", earliest.missing.iter().filter_map(|missing| missing.from).max());
            for missing in &earliest.missing {
                problem = problem.field("missing", missing.what.clone());
            }
            return Err(problem.into());
        }
        let period = Period::new(DECIDE_DAYS, PeriodUnit::WorkingDay, LastDay::Stays).expect("ten working days are a period");
        let now = self.clock().now();
        let (due_at, warn_at) = self.ends(period, now);
        let row = RepairRow {
            id: Uuid::now_v7(),
            region: of.region.clone(),
            publication: of.id,
            state: RepairState::Received.code().to_owned(),
            version: 1,
            via: via.code().to_owned(),
            promise,
            received_at: now,
            received_by: caller.map(|caller| caller.person.uuid()),
            due_at,
            warn_at,
            checked_by: None,
            checked_at: None,
            found: None,
            proposed: None,
            decided_by: None,
            decided_at: None,
            reason: None,
            told_at: None,
        };
        store::insert(connection, &row).await?;
        self.note(connection, &key, caller, "repair-received", json!({ "repair": row.id, "via": via.code() })).await?;
        Ok(row)
    }
}

/// Takes in a request at the desk. While one is open, the answer is that one.
///
/// # Errors
/// `publication-not-found`, `repair-nothing-shown`, `repair-not-yet` with what is missing and from when, `field-required`.
#[utoipa::path(post, path = "/api/v1/publications/{id}/repairs", tag = "publication", operation_id = "apply_for_repair",
    params(("id" = Uuid, Path, description = "The publication")), request_body = NewRepair,
    responses((status = 201, body = RepairView, description = "The request")))]
pub(crate) async fn apply(
    State(room): State<Publications>,
    allowed: Allowed<rights::WorkPublications>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<NewRepair>,
) -> Answer<(StatusCode, Json<RepairView>)> {
    let mut transaction = room.database().pool().begin().await?;
    let (_, publication) = room.hold(&mut transaction, &allowed.scope(), id, None).await?;
    let row = room.take_in(&mut transaction, &publication, RepairVia::Desk, &wanted.promise, Some(&allowed.caller)).await?;
    transaction.commit().await?;
    let view = room.repair_views(vec![row], allowed.caller.person.uuid()).await?.pop().ok_or_else(super::no_repair)?;
    Ok((StatusCode::CREATED, Json(view)))
}
