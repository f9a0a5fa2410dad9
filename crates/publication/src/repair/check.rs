//! Check a request for repair (核查信用修复申请).

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::{Allowed, Scope};
use kernel::problem::Problem;
use serde::Deserialize;
use serde_json::json;
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    RepairState, earliest, no_repair,
    store::{self, RepairRow},
    view::RepairView,
};
use crate::{
    Publications,
    decision::{required, store::PublicationRow},
    rights,
};

/// What was found.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RepairCheck {
    /// The version that was seen.
    seen: i32,
    /// What was corrected, and how that was seen.
    found: String,
    /// It should be granted.
    proposed: bool,
}

impl Publications {
    /// Holds the case, the publication and the request, as the caller saw it.
    pub(super) async fn hold_repair(
        &self,
        connection: &mut PgConnection,
        scope: &Scope,
        id: Uuid,
        seen: i32,
    ) -> Answer<(PublicationRow, RepairRow)> {
        let publication = store::publication_of(&mut *connection, id).await?.ok_or_else(no_repair)?;
        let (_, publication) = self.hold(connection, scope, publication, None).await?;
        let row = store::held(connection, id).await?.ok_or_else(no_repair)?;
        if row.version != seen {
            return Err(Problem::precondition_failed("version-conflict", "申请已被他人办理，请刷新后重新操作").into());
        }
        Ok((publication, row))
    }

    /// What still stands against granting, as one problem.
    pub(super) async fn grantable(&self, connection: &mut PgConnection, publication: &PublicationRow) -> Answer<()> {
        let standing = self.decisions().standing(connection, &publication.key()).await?.ok_or_else(no_repair)?;
        let missing = earliest::of(self, &standing, publication)
            .ok_or_else(|| Problem::conflict("repair-nothing-shown", "处罚决定已经不在公开，不须修复"))?
            .missing;
        if let Some(first) = missing.first() {
            return Err(Problem::conflict("repair-not-yet", format!("不能准予修复：{}", first.what))
                .cured_by("条件具备后再办理", first.from)
                .into());
        }
        Ok(())
    }
}

/// Notes what the check found. The conditions are looked at anew: what is missing cannot be proposed.
///
/// # Errors
/// `repair-not-found`, `version-conflict`, `repair-not-here`, `repair-not-yet`, `field-required`.
#[utoipa::path(post, path = "/api/v1/credit-repairs/{id}/actions/check", tag = "publication", operation_id = "check_repair",
    params(("id" = Uuid, Path, description = "The request")), request_body = RepairCheck,
    responses((status = 200, body = RepairView, description = "As it then stands")))]
pub(crate) async fn check(
    State(room): State<Publications>,
    allowed: Allowed<rights::WorkPublications>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<RepairCheck>,
) -> Answer<Json<RepairView>> {
    let (caller, me, now) = (&allowed.caller, allowed.caller.person.uuid(), room.clock().now());
    let found = required("found", "核查情况", &wanted.found)?;
    let mut transaction = room.database().pool().begin().await?;
    let (publication, mut row) = room.hold_repair(&mut transaction, &allowed.scope(), id, wanted.seen).await?;
    if !matches!(row.state(), RepairState::Received | RepairState::Checked) {
        return Err(Problem::conflict("repair-not-here", "申请已经办结").into());
    }
    if wanted.proposed {
        room.grantable(&mut transaction, &publication).await?;
    }
    RepairState::Checked.code().clone_into(&mut row.state);
    (row.checked_by, row.checked_at, row.found, row.proposed) = (Some(me), Some(now), Some(found), Some(wanted.proposed));
    store::keep(&mut transaction, &row).await?;
    room.note(&mut transaction, &publication.key(), Some(caller), "repair-checked", json!({ "repair": id, "proposed": wanted.proposed }))
        .await?;
    let row = store::held(&mut transaction, id).await?.unwrap_or(row);
    transaction.commit().await?;
    Ok(Json(room.repair_views(vec![row], me).await?.pop().ok_or_else(no_repair)?))
}
