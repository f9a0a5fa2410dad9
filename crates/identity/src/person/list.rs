//! Listing people.

use axum::{extract::State, response::IntoResponse};
use database::keyset;
use http_api::{Answer, Json, Page, Path, Query, etag};
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::{Person, rules, store};
use crate::{allowed::Allowed, organisation::has_control, rights::SeePeople, service::Identity};

/// Whom to list.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Filter {
    /// Only in this organisation and those below it.
    organisation: Option<Uuid>,
    /// Part of the name or account.
    q: Option<String>,
    /// Only who fills this role.
    role: Option<String>,
    /// Where the last page ended.
    cursor: Option<String>,
    /// How many, at most 200.
    limit: Option<i64>,
}

/// 人员列表，按账号排序；只含辖区内的人员。
#[utoipa::path(get, path = "/api/v1/people", tag = "people", params(Filter),
    responses((status = 200, body = Page<Person>)), extensions(("x-right" = json!("person.see"))))]
pub(crate) async fn list(
    State(identity): State<Identity>,
    allowed: Allowed<SeePeople>,
    Query(filter): Query<Filter>,
) -> Answer<Json<Page<Person>>> {
    let unusable = || Problem::invalid("cursor-invalid", "翻页标记无效，请从第一页重新开始。");
    let after: Option<String> = filter.cursor.as_deref().map(keyset::decode).transpose().map_err(|_| unusable())?;
    if after.as_deref().is_some_and(has_control) {
        return Err(unusable().into());
    }
    let organisations = match filter.organisation {
        Some(id) => Some(identity.organisations().await?.subtree(id).to_vec()),
        None => None,
    };
    let words = filter.q.map(|q| q.replace(char::is_control, " ").trim().to_owned()).filter(|q| !q.is_empty());
    let role = filter.role.map(|role| role.replace(char::is_control, " ")).filter(|role| !role.is_empty());
    let search = store::Search { organisations, words, role, after };
    let limit = filter.limit.unwrap_or(50).clamp(1, 200);
    let rows = store::list_within(identity.pool(), &allowed.scope(), &search, identity.now(), limit + 1).await?;
    let (rows, next_cursor) = keyset::page(rows, limit as usize, |row| row.account.clone());
    Ok(Json(Page { items: rows.into_iter().map(Person::from).collect(), next_cursor }))
}

/// 一位人员。
#[utoipa::path(get, path = "/api/v1/people/{id}", tag = "people", params(("id" = Uuid, Path)),
    responses((status = 200, body = Person)), extensions(("x-right" = json!("person.see"))))]
pub(crate) async fn one(State(identity): State<Identity>, allowed: Allowed<SeePeople>, Path(id): Path<Uuid>) -> Answer<impl IntoResponse> {
    let row = store::find_within(identity.pool(), &allowed.scope(), id, identity.now()).await?.ok_or_else(rules::not_found)?;
    Ok((etag(row.version), Json(Person::from(row))))
}
