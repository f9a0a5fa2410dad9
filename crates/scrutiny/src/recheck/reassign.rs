//! Give out anew what nobody can look at any more (改派盲核任务): a collector left, changed his ground, or there was none.

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use leads::ClosedLead;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    collectors::{AT_ONCE, Collectors},
    store,
};
use crate::{Scrutiny, rights};

/// What became of a draw's unanswered leads.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Reassigned {
    /// Leads that went to another collector.
    moved: usize,
    /// Leads for which there is still nobody.
    unassigned: usize,
}

/// Gives the unanswered leads of a draw, whose collector can no longer look at them or which had none, to others who had no part in them.
///
/// # Errors
/// `reverification-not-found`.
#[utoipa::path(post, path = "/api/v1/reverifications/{id}/actions/reassign", tag = "scrutiny", operation_id = "reassign_reverification",
    params(("id" = Uuid, Path, description = "The draw")), responses((status = 200, body = Reassigned, description = "What was moved")))]
pub(crate) async fn reassign(
    State(room): State<Scrutiny>,
    allowed: Allowed<rights::DrawSamples>,
    Path(id): Path<Uuid>,
) -> Answer<Json<Reassigned>> {
    let (region, scope) = (room.home_region(), allowed.scope());
    let mut transaction = room.database().pool().begin().await?;
    if scope.units.is_some() || !scope.covers_region(region) || !store::lock_draw(&mut transaction, region, id).await? {
        return Err(Problem::not_found("reverification-not-found", "没有找到这次抽样，或不在您的权限范围内").into());
    }
    let mut collectors = Collectors::on_hand(&room, &mut transaction).await?;
    let mut counted = Reassigned { moved: 0, unassigned: 0 };
    for chunk in store::unanswered(&mut transaction, id).await?.chunks(AT_ONCE) {
        let evidence = room.evidence_of(&mut transaction, region, chunk.iter().map(|item| item.docket_id)).await?;
        for item in chunk {
            let Some(of) = evidence.get(&item.docket_id) else { continue };
            let jurisdiction = item.jurisdiction.clone();
            let lead = ClosedLead { id: item.docket_id, number: item.number.clone(), jurisdiction, unit: item.unit };
            if item.collector.is_some_and(|person| collectors.keep(person, &lead, of)) {
                continue;
            }
            let chosen = collectors.choose(&lead, of);
            store::assign(&mut transaction, item.id, chosen).await?;
            match chosen {
                Some(_) => counted.moved += 1,
                None => counted.unassigned += 1,
            }
        }
    }
    transaction.commit().await?;
    Ok(Json(counted))
}
