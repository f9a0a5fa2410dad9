//! Serve a document electronically (电子送达): it arrives on the party's page, and that is its service.

use axum::{extract::State, http::StatusCode};
use cases::NewDelivery;
use chrono::{DateTime, Utc};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Paper, Parties,
    page::{COMPANIONS, DECISIONS, SERVED_KINDS},
    rights,
};

/// What is to be delivered, and to whom.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPartyDelivery {
    /// An issued document of the case.
    document: Uuid,
    /// The party's ordinal.
    party: i16,
}

/// A document that arrived.
#[derive(Serialize, ToSchema)]
pub(crate) struct PartyDelivered {
    /// The moment, and with it the day, of service.
    arrived_at: DateTime<Utc>,
}

/// Delivers an issued document onto a party's page, with a penalty decision what goes with it. Delivered again, the first stays.
///
/// # Errors
/// `case-not-found`, `case-not-handled`; `document-not-found` for what is not issued, void, or not for a party; `party-not-found`; `electronic-agreed`
/// without a consent in force.
#[utoipa::path(post, path = "/api/v1/cases/{id}/party-deliveries", tag = "parties", operation_id = "deliver_to_party",
    params(("id" = Uuid, Path, description = "The case")), request_body = NewPartyDelivery,
    responses((status = 201, body = PartyDelivered, description = "Arrived")))]
pub(crate) async fn deliver(
    State(room): State<Parties>,
    allowed: Allowed<rights::ServeParties>,
    Path(id): Path<Uuid>,
    Json(new): Json<NewPartyDelivery>,
) -> Answer<(StatusCode, Json<PartyDelivered>)> {
    let parts = room.parts();
    let key = room.handled(&allowed.caller, id).await?.header.key();
    let papers: Vec<_> = parts.papers.issued(&key).await?.into_iter().filter(|paper| !paper.void).collect();
    let paper = papers.iter().find(|paper| paper.id == new.document && SERVED_KINDS.contains(&paper.kind.as_str()));
    let paper = paper.ok_or_else(|| Problem::not_found("document-not-found", "没有这份已签发的文书，或者它不是送给当事人的"))?;
    // What goes with a decision arrives with it.
    let decides = DECISIONS.contains(&paper.kind.as_str());
    let companions = papers.iter().filter(|other| decides && COMPANIONS.contains(&other.kind.as_str()));
    let mut transaction = parts.database.pool().begin().await?;
    if !parts.cases.parties_of(&mut transaction, id).await?.iter().any(|party| party.ordinal == new.party) {
        return Err(Problem::not_found("party-not-found", "本案没有这个当事人").into());
    }
    let new_delivery = |paper: &Paper| {
        let (kind, title, file) = (paper.kind.clone(), paper.title.clone(), paper.file.clone());
        NewDelivery { document: paper.id, kind, title, file }
    };
    let delivery = parts.cases.deliver(&mut transaction, &allowed.caller, &key, new.party, new_delivery(paper)).await?;
    for companion in companions {
        parts.cases.deliver(&mut transaction, &allowed.caller, &key, new.party, new_delivery(companion)).await?;
    }
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(PartyDelivered { arrived_at: delivery.arrived_at })))
}
