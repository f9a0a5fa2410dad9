//! Codes, consents, deliveries and submissions of a case (当事人页面一览).

use axum::extract::State;
use chrono::{DateTime, Utc};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Parties, code, entry,
    page::SERVED_KINDS,
    rights,
    submission::{self, SubmissionView},
};

/// A party's code, never what it is.
#[derive(Serialize, ToSchema)]
pub(crate) struct DeskCode {
    party: i16,
    issued_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_entry: Option<DateTime<Utc>>,
}

/// A consent to electronic service.
#[derive(Serialize, ToSchema)]
pub(crate) struct DeskAgreement {
    party: i16,
    agreed_at: DateTime<Utc>,
    /// The drawn signature, by its hash.
    signature: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn_at: Option<DateTime<Utc>>,
}

/// What arrived on a party's page.
#[derive(Serialize, ToSchema)]
pub(crate) struct DeskDelivery {
    party: i16,
    document: Uuid,
    title: String,
    arrived_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    opened_at: Option<DateTime<Utc>>,
}

/// A document that may be delivered.
#[derive(Serialize, ToSchema)]
pub(crate) struct DeskPaper {
    id: Uuid,
    title: String,
}

/// The party's page as the desk sees it.
#[derive(Serialize, ToSchema)]
pub(crate) struct PartyDesk {
    /// The codes in force.
    codes: Vec<DeskCode>,
    agreements: Vec<DeskAgreement>,
    deliveries: Vec<DeskDelivery>,
    /// What is issued and for a party.
    papers: Vec<DeskPaper>,
    submissions: Vec<SubmissionView>,
}

/// Shows what there is of the party's page of a case.
///
/// # Errors
/// `case-not-found`.
#[utoipa::path(get, path = "/api/v1/cases/{id}/party-desk", tag = "parties", operation_id = "show_party_desk",
    params(("id" = Uuid, Path, description = "The case")), responses((status = 200, body = PartyDesk, description = "What there is")))]
pub(crate) async fn show(
    State(room): State<Parties>,
    allowed: Allowed<rights::SeeParties>,
    Path(id): Path<Uuid>,
) -> Answer<Json<PartyDesk>> {
    let parts = room.parts();
    let key = parts.cases.opened(&allowed.caller, id).await?.header.key();
    let papers = parts.papers.issued(&key).await?;
    let mut connection = parts.database.pool().acquire().await?;
    let mut codes = Vec::new();
    for row in code::store::of_case(&mut connection, &key).await?.into_iter().filter(|row| row.revoked_at.is_none()) {
        let last_entry = entry::store::last_entry(&mut connection, row.id).await?;
        codes.push(DeskCode { party: row.party, issued_at: row.issued_at, last_entry });
    }
    let agreements = parts.cases.agreements(&mut connection, &key).await?;
    let deliveries = parts.cases.deliveries(&mut connection, &key).await?;
    let submissions = submission::of_case(&room, &mut connection, &key).await?;
    let for_parties = papers.into_iter().filter(|paper| !paper.void && SERVED_KINDS.contains(&paper.kind.as_str()));
    Ok(Json(PartyDesk {
        codes,
        agreements: agreements
            .into_iter()
            .map(|it| DeskAgreement { party: it.party, agreed_at: it.agreed_at, signature: it.signature, withdrawn_at: it.withdrawn_at })
            .collect(),
        deliveries: deliveries
            .into_iter()
            .map(|it| DeskDelivery {
                party: it.party,
                document: it.document,
                title: it.title,
                arrived_at: it.arrived_at,
                opened_at: it.opened_at,
            })
            .collect(),
        papers: for_parties.map(|paper| DeskPaper { id: paper.id, title: paper.title }).collect(),
        submissions,
    }))
}
