//! The audit of sign-ins (登录审计).

use axum::extract::State;
use chrono::{DateTime, Utc};
use database::keyset;
use http_api::{Answer, Json, Page, Query};
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::store::{self, SignIn};
use crate::{allowed::Allowed, rights::SeeSignIns, service::Identity};

/// Which part of the audit.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Filter {
    /// Where the last page ended.
    cursor: Option<String>,
    /// How many lines, at most 200.
    limit: Option<i64>,
}

/// 登录审计，最近的在前。
#[utoipa::path(get, path = "/api/v1/sign-ins", tag = "people", params(Filter),
    responses((status = 200, body = Page<SignIn>)), extensions(("x-right" = json!("sign-in.see"))))]
pub(crate) async fn sign_ins(
    State(identity): State<Identity>,
    allowed: Allowed<SeeSignIns>,
    Query(filter): Query<Filter>,
) -> Answer<Json<Page<SignIn>>> {
    let before: Option<(DateTime<Utc>, Uuid)> = filter
        .cursor
        .as_deref()
        .map(keyset::decode)
        .transpose()
        .map_err(|_| Problem::invalid("cursor-invalid", "翻页标记无效，请从第一页重新开始。"))?;
    if before.is_some_and(|(at, _)| at < DateTime::UNIX_EPOCH) {
        return Err(Problem::invalid("cursor-invalid", "翻页标记无效，请从第一页重新开始。").into());
    }
    let limit = filter.limit.unwrap_or(50).clamp(1, 200);
    let whole = crate::authority::keeps_everything(&identity, &allowed.caller).await?;
    let rows = store::sign_ins_within(identity.pool(), &allowed.scope().regions, whole, before, limit + 1).await?;
    let (items, next_cursor) = keyset::page(rows, limit as usize, |line| (line.at, line.id));
    Ok(Json(Page { items, next_cursor }))
}
