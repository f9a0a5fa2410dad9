//! Draft a score sheet (起草评查标准): a code has one draft at a time; writing again replaces it.

use axum::{extract::State, http::StatusCode};
use http_api::{Answer, Json};
use identity::Allowed;
use kernel::{id::uuid_at, problem::Problem};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{body::SheetBody, list::ReviewSheet, no_sheet, store};
use crate::{Quality, rights};

/// A sheet to be drafted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewSheet {
    /// Its code: a new one begins a new sheet.
    pub code: String,
    pub title: String,
    pub body: SheetBody,
    /// Why there is a new version.
    pub reason: String,
}

/// Drafts a sheet, or rewrites its draft.
///
/// # Errors
/// `sheet-invalid`, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/review-sheets", tag = "quality", operation_id = "draft_review_sheet", request_body = NewSheet,
    responses((status = 201, body = ReviewSheet)))]
pub(crate) async fn write(
    State(room): State<Quality>,
    allowed: Allowed<rights::ManageReviews>,
    Json(new): Json<NewSheet>,
) -> Answer<(StatusCode, Json<ReviewSheet>)> {
    room.whole_county(&allowed.scope())?;
    let plain = |text: &str| {
        !text.is_empty() && text.len() <= 40 && text.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-')
    };
    if !plain(&new.code) {
        return Err(Problem::invalid("sheet-invalid", "编号由小写字母、数字和连字符组成")
            .field("code", "1 至 40 个小写字母、数字或者连字符")
            .into());
    }
    let fits = |text: &str, most: usize| (1..=most).contains(&text.trim().chars().count()) && !text.contains('\0');
    if !fits(&new.title, 100) || !fits(&new.reason, 500) {
        return Err(Problem::invalid("sheet-invalid", "请填写名称和修订理由")
            .field("title", "名称 1 至 100 个字，理由 1 至 500 个字")
            .into());
    }
    new.body.check()?;
    let (now, person) = (room.clock().now(), allowed.caller.person.uuid());
    let mut transaction = room.database().pool().begin().await?;
    let id = match store::draft(&mut transaction, &new.code).await? {
        Some(draft) => {
            store::rewrite(&mut transaction, draft.id, &new, (person, now)).await?;
            draft.id
        }
        None => {
            let id = uuid_at(now);
            store::insert(&mut transaction, id, &new, (person, now)).await?;
            id
        }
    };
    transaction.commit().await?;
    let row = store::read(room.database().pool(), id).await?.ok_or_else(no_sheet)?;
    Ok((StatusCode::CREATED, Json(room.sheet_views(vec![row]).await?.pop().ok_or_else(no_sheet)?)))
}
