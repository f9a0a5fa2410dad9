//! A reporter has name and telephone erased (删除我的联系方式), with the tracking code and the telephone that was left.

use axum::{extract::State as Shared, http::StatusCode};
use docket::{Actor, KeyOf};
use http_api::{Answer, ClientAddress, Json, Path};
use kernel::{id::SubjectId, personal::Telephone, problem::Problem};
use serde::Deserialize;
use utoipa::ToSchema;

use super::follow::unknown;
use crate::{Leads, act, lead::store, tracking};

/// What only the reporter knows.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Erasure {
    /// The telephone that was left with the report.
    telephone: String,
}

/// One answer for a wrong telephone, none at all and one that is gone already: the code alone finds out nothing about its owner.
fn no_match() -> Problem {
    let detail = "这件上报没有留下这个电话，或者已经删除";
    Problem::conflict("contact-not-matched", detail).field("telephone", detail)
}

/// Erases name and telephone at once, also while the report is being handled: whoever takes his consent back need not wait (个人信息保护法
/// art. 47). The handling goes on without them.
///
/// # Errors
/// `report-not-found`, `contact-not-matched`, `too-many-requests`.
#[utoipa::path(post, path = "/api/v1/public/reports/{tracking_code}/erasure", tag = "public", params(("tracking_code" = String, Path, description = "The code")),
    request_body = Erasure, responses((status = 204, description = "Erased; nobody can read it again")))]
pub(crate) async fn erase(
    Shared(leads): Shared<Leads>,
    ClientAddress(address): ClientAddress,
    Path(code): Path<String>,
    Json(request): Json<Erasure>,
) -> Answer<StatusCode> {
    leads.erase_rate().check(address)?;
    let code = tracking::normalised(&code).ok_or_else(unknown)?;
    // Many addresses together try no more telephones on one report than one.
    leads.erase_rate_of_report().check(code.clone())?;
    let (region, id) = store::by_tracking_code(leads.database().pool(), &code).await?.ok_or_else(unknown)?;
    let telephone = Telephone::parse(&request.telephone).map_err(|_| no_match())?;
    let now = leads.clock().now();
    let key = KeyOf { region: region.clone(), id: id.into() };
    let mut transaction = leads.database().pool().begin().await?;
    let locked = docket::lock(&mut transaction, &key, None).await?.ok_or_else(unknown)??;
    let record = store::record(&mut transaction, &region, id).await?.ok_or_else(unknown)?;
    let subject = record.reporter_subject.map(SubjectId::from).ok_or_else(no_match)?;
    if !leads.vault().matches(&mut transaction, &region, subject, "telephone", telephone.expose()).await? {
        return Err(no_match().into());
    }
    act::erase(&leads, &mut transaction, locked, Actor::Public, None, None, now).await?.ok_or_else(no_match)?;
    transaction.commit().await?;
    act::outlast_backups(&leads, &region, &[subject], now).await;
    Ok(StatusCode::NO_CONTENT)
}
