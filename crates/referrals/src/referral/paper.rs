//! Read a decision of the case that came of a referral (查阅决定): the ledger says who did.

use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use docket::{Actor, Change, KeyOf, NewEntry, ledger::payload};
use files::{FileId, Variant};
use http_api::{Answer, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    not_found,
    sides::{Sight, sight},
    store::{self, ReferralRecord},
};
use crate::{Referrals, ShownPaper, rights};

impl Referrals {
    /// The documents of the case that the sides may read: once there is a result, and no assistant.
    pub(super) async fn papers_of(
        &self,
        connection: &mut PgConnection,
        sight: Sight,
        region: &str,
        record: &ReferralRecord,
    ) -> Answer<Vec<ShownPaper>> {
        let Some(case) = record.case_id.filter(|_| sight != Sight::Assistant) else { return Ok(Vec::new()) };
        let key = KeyOf { region: region.to_owned(), id: case.into() };
        let followed = self.parts().cases.followed(connection, &key).await?;
        if followed.is_none_or(|case| case.outcome.is_none()) {
            return Ok(Vec::new());
        }
        self.parts().papers.shown(&key).await
    }
}

/// The PDF of a decision. Who enforces reads it as a document of the case: he must see that case, and the case's own ledger says that he read it.
///
/// # Errors
/// `referral-not-found`; `document-not-found` for everything else of the case; `forbidden`, `case-not-found` inside, for who may not read the case.
#[utoipa::path(get, path = "/api/v1/referrals/{id}/papers/{document}", tag = "referrals", operation_id = "read_referral_paper",
    params(("id" = Uuid, Path, description = "The referral"), ("document" = Uuid, Path, description = "The document")),
    responses((status = 200, description = "The PDF", content_type = "application/pdf", body = [u8])))]
pub(crate) async fn read(
    State(room): State<Referrals>,
    allowed: Allowed<rights::SeeReferrals>,
    Path((id, document)): Path<(Uuid, Uuid)>,
    headers: HeaderMap,
) -> Answer<Response> {
    let (scope, parts) = (allowed.scope(), room.parts());
    let missing = || Problem::not_found("document-not-found", "没有这份文书，或者不能查阅");
    let mut connection = parts.database.pool().acquire().await?;
    let key = store::header(&mut *connection, &scope, id).await?.ok_or_else(not_found)?.key();
    let record = store::record(&mut *connection, &key).await?.ok_or_else(not_found)?;
    let sight = sight(&scope, &record);
    let papers = room.papers_of(&mut connection, sight, &key.region, &record).await?;
    // Given back before the case takes one of its own: nobody holds two.
    drop(connection);
    let paper = papers.into_iter().find(|paper| paper.id == document).ok_or_else(missing)?;
    if sight == Sight::Inside {
        let case = parts.cases.opened(&allowed.caller, record.case_id.ok_or_else(missing)?).await?;
        if !case.officers.contains(&allowed.caller.person.uuid()) {
            parts.cases.read_by(&allowed.caller, &case.header.key(), Some(&paper.kind)).await?;
        }
    }
    let mut transaction = parts.database.pool().begin().await?;
    let locked = docket::lock(&mut transaction, &key, None).await?.ok_or_else(not_found)??;
    let entry = NewEntry {
        actor: Actor::Person(allowed.caller.person),
        role: allowed.caller.roles.first().cloned(),
        action: "paper-read",
        place: None,
        payload: payload([("document", json!(document)), ("unit", json!(allowed.caller.organisation))]),
    };
    locked.change(&mut transaction, parts.clock.now(), Change { entries: vec![entry], ..Change::default() }).await?;
    // Answered only when the line is kept.
    transaction.commit().await?;
    let mut answer = parts.files.serve(&FileId::parse(&paper.file)?, Variant::Original, &headers).await?;
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}
