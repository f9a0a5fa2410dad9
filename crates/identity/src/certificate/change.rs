//! Enter and change a person's certificate of enforcement (执法证登记).

use axum::{extract::State, response::IntoResponse};
use chrono::NaiveDate;
use http_api::{Answer, ApiProblem, IfMatch, Json, Path, etag};
use kernel::{id::uuid_at, problem::Problem};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Certificate, store};
use crate::{
    allowed::Allowed,
    audit,
    error::version_conflict,
    organisation::has_control,
    person::{rules, store as people},
    rights::{ManagePeople, SeePeople},
    service::Identity,
};

/// What is entered; no number takes the certificate away.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CertificateEntry {
    number: Option<String>,
    valid_from: Option<NaiveDate>,
    valid_until: Option<NaiveDate>,
    #[serde(default)]
    legal_qualified: bool,
}

impl CertificateEntry {
    fn judged(self, person: Uuid, version: i64) -> Result<Certificate, Problem> {
        let mut problem = Problem::invalid("certificate-invalid", "执法证信息不符合要求。");
        let number = self.number.map(|number| number.trim().to_owned()).filter(|number| !number.is_empty());
        if number.as_deref().is_some_and(|number| number.chars().count() > 40 || has_control(number)) {
            problem = problem.field("number", "执法证号为 1 至 40 个字");
        }
        let term = self.valid_from.zip(self.valid_until);
        match (&number, term) {
            (Some(_), None) => problem = problem.field("valid_until", "请填写有效期的起止日期"),
            (Some(_), Some((from, until))) if until < from => problem = problem.field("valid_until", "截止日期不能早于起始日期"),
            _ => {}
        }
        if !problem.fields.is_empty() {
            return Err(problem);
        }
        let term = number.is_some().then_some(term).flatten();
        Ok(Certificate {
            person_id: person,
            number,
            valid_from: term.map(|(from, _)| from),
            valid_until: term.map(|(_, until)| until),
            legal_qualified: self.legal_qualified,
            version,
        })
    }
}

fn refuse_taken(error: sqlx::Error) -> ApiProblem {
    match error.as_database_error().map(|it| it.is_unique_violation()) {
        Some(true) => Problem::conflict("certificate-taken", "该执法证号已登记在另一人名下。").field("number", "证号已被登记").into(),
        _ => error.into(),
    }
}

/// Shows a person's enforcement certificate and qualification for legal review.
#[utoipa::path(get, path = "/api/v1/people/{id}/certificate", tag = "people", operation_id = "show_certificate", params(("id" = Uuid, Path)),
    responses((status = 200, body = Certificate)), extensions(("x-right" = json!("person.see"))))]
pub(crate) async fn show(State(identity): State<Identity>, allowed: Allowed<SeePeople>, Path(id): Path<Uuid>) -> Answer<impl IntoResponse> {
    people::find_within(identity.pool(), &allowed.scope(), id, identity.now()).await?.ok_or_else(rules::not_found)?;
    let held = store::of(identity.pool(), &[id]).await?.pop().unwrap_or_else(|| Certificate::none(id));
    Ok((etag(held.version), Json(held)))
}

/// Registers a person's enforcement certificate and qualification for legal review; it stands in the history of settings.
#[utoipa::path(put, path = "/api/v1/people/{id}/certificate", tag = "people", operation_id = "change_certificate", request_body = CertificateEntry,
    params(("id" = Uuid, Path)), responses((status = 200, body = Certificate)), extensions(("x-right" = json!("person.manage"))))]
pub(crate) async fn change(
    State(identity): State<Identity>,
    allowed: Allowed<ManagePeople>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(entry): Json<CertificateEntry>,
) -> Answer<impl IntoResponse> {
    let (scope, now) = (allowed.scope(), identity.now());
    let mut transaction = identity.pool().begin().await?;
    people::lock(&mut transaction, id).await?;
    people::find_within(&mut *transaction, &scope, id, now).await?.ok_or_else(rules::not_found)?;
    let old = store::of(&mut *transaction, &[id]).await?.pop().unwrap_or_else(|| Certificate::none(id));
    if seen.is_some_and(|seen| seen != old.version) {
        return Err(version_conflict().into());
    }
    let new = entry.judged(id, old.version + 1)?;
    store::write(&mut transaction, &new, now).await.map_err(refuse_taken)?;
    let told = |it: &Certificate| json!({ "certificate": it.number, "valid_from": it.valid_from, "valid_until": it.valid_until, "legal_qualified": it.legal_qualified });
    let payload = json!({ "from": told(&old), "to": told(&new) });
    let actor = allowed.caller.person.uuid();
    audit::store::record(&mut transaction, uuid_at(now), now, Some(actor), "certificate-changed", &id.to_string(), &payload).await?;
    transaction.commit().await?;
    Ok((etag(new.version), Json(new)))
}
