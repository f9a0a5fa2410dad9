//! `GET` and `POST /api/v1/centre/destructions`: the lists, and a new one.

use axum::{extract::State, http::StatusCode};
use chrono::{DateTime, Utc};
use http_api::{Answer, Json};
use identity::Allowed;
use kernel::id::uuid_at;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{ListState, destroyable, store};
use crate::{
    Centre, rights,
    service::CentrePerson,
    words::{NOTE, required, wrong},
};

/// Volumes of one list at most.
const MOST: usize = 200;
/// Lists shown at most.
const MOST_LISTS: i64 = 50;

/// A list of what is destroyed (销毁清单).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CentreDestruction {
    id: Uuid,
    state: ListState,
    state_label: &'static str,
    reason: String,
    /// How many volumes it names.
    count: usize,
    proposed_by: CentrePerson,
    proposed_at: DateTime<Utc>,
    decided_by: Option<CentrePerson>,
    decision: Option<String>,
    done_by: Option<CentrePerson>,
    watched_by: Option<CentrePerson>,
    done_at: Option<DateTime<Utc>>,
}

/// The lists (销毁清单).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CentreDestructions {
    items: Vec<CentreDestruction>,
}

/// A list to be proposed (拟销毁清单).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCentreDestruction {
    /// 1 to 200.
    volumes: Vec<Uuid>,
    /// Why they are not kept longer (鉴定意见).
    reason: String,
}

/// What was proposed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProposedCentreDestruction {
    id: Uuid,
}

/// Lists on the caller's ground, the newest 50.
///
/// # Errors
/// The database's.
#[utoipa::path(get, path = "/api/v1/centre/destructions", tag = "centre", operation_id = "list_centre_destructions",
    responses((status = 200, body = CentreDestructions, description = "The lists")))]
pub(crate) async fn list(State(centre): State<Centre>, allowed: Allowed<rights::SeeCentre>) -> Answer<Json<CentreDestructions>> {
    let mut connection = centre.database().pool().acquire().await?;
    let rows = store::list(&mut connection, &allowed.scope(), centre.home_region(), MOST_LISTS).await?;
    drop(connection);
    let people = rows.iter().flat_map(|it| [Some(it.proposed_by), it.decided_by, it.done_by, it.watched_by].into_iter().flatten());
    let names = centre.names(people).await?;
    let items = rows.into_iter().filter_map(|it| {
        let state: ListState = it.state.parse().ok()?;
        Some(CentreDestruction {
            id: it.id,
            state,
            state_label: state.label(),
            reason: it.reason,
            count: it.volumes.len(),
            proposed_by: names.person(it.proposed_by),
            proposed_at: it.proposed_at,
            decided_by: it.decided_by.map(|person| names.person(person)),
            decision: it.decision,
            done_by: it.done_by.map(|person| names.person(person)),
            watched_by: it.watched_by.map(|person| names.person(person)),
            done_at: it.done_at,
        })
    });
    Ok(Json(CentreDestructions { items: items.collect() }))
}

/// Proposes to destroy volumes whose time is over.
///
/// # Errors
/// `volume-not-found`, `volume-not-destroyable`, `volume-lent`; a field that is wrong.
#[utoipa::path(post, path = "/api/v1/centre/destructions", tag = "centre", operation_id = "propose_centre_destruction",
    request_body = NewCentreDestruction, responses((status = 201, body = ProposedCentreDestruction, description = "Proposed")))]
pub(crate) async fn propose(
    State(centre): State<Centre>,
    allowed: Allowed<rights::KeepStores>,
    Json(wanted): Json<NewCentreDestruction>,
) -> Answer<(StatusCode, Json<ProposedCentreDestruction>)> {
    let mut ids = wanted.volumes;
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() || ids.len() > MOST {
        return Err(wrong("volumes", format!("一份清单 1 至 {MOST} 份档案")).into());
    }
    let reason = required("reason", "鉴定意见", &wanted.reason, NOTE)?;
    let now = centre.now();
    let mut transaction = centre.database().pool().begin().await?;
    let rows = destroyable(&centre, &mut transaction, &allowed.scope(), &ids).await?;
    // The smallest ground that holds all of them: whoever sees less of it does not see the list.
    let jurisdiction = rows.iter().map(|row| row.jurisdiction.clone()).reduce(|one, other| common(&one, &other)).unwrap_or_default();
    let row = store::ListRow {
        id: uuid_at(now),
        region: centre.home_region().to_owned(),
        jurisdiction,
        state: ListState::Proposed.code().to_owned(),
        reason,
        volumes: ids,
        proposed_by: allowed.caller.person.uuid(),
        proposed_at: now,
        decided_by: None,
        decided_at: None,
        decision: None,
        done_by: None,
        watched_by: None,
        done_at: None,
    };
    store::insert(&mut transaction, &row).await?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(ProposedCentreDestruction { id: row.id })))
}

fn common(one: &str, other: &str) -> String {
    one.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a).collect()
}
