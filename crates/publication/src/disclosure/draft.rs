//! `POST /api/v1/disclosures`: a list is made from what the house holds, or a text is written; nothing is public yet.

use axum::{extract::State, http::StatusCode};
use http_api::{Answer, Json};
use identity::Allowed;
use kernel::{id::uuid_at, personal::redact, problem::Problem};
use serde::{Deserialize, Serialize};
use sqlx::types::Json as Stored;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{DisclosureKind, DisclosureState, Lines, store, whole};
use crate::{Publications, rights};

/// Characters of a text at most.
const LONGEST: usize = 20_000;
/// Rows of a list at most.
const MOST_ROWS: usize = 5_000;

/// What is to be made public (拟公开).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewDisclosure {
    kind: DisclosureKind,
    /// Of a notice; a list has the name of its kind.
    title: Option<String>,
    /// The text; for a list that is made, what stands above it.
    #[serde(default)]
    body: String,
    /// Of a notice: the days that it is shown for.
    days: Option<i32>,
}

/// What was drafted.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DraftedDisclosure {
    id: Uuid,
    version: i32,
    /// Rows that were made.
    rows: usize,
}

fn bounded(field: &'static str, words: &str, most: usize) -> Result<String, Problem> {
    let words = words.trim();
    if words.chars().count() > most || words.contains('\0') {
        return Err(Problem::invalid("field-too-long", format!("不能超过 {most} 字")).field(field, "过长"));
    }
    // Of a person who is served by notice the name must stand there; numbers never.
    Ok(redact(words).into_owned())
}

/// Drafts a list or a notice.
///
/// # Errors
/// `scope-exceeded`; `disclosure-empty`, `disclosure-days`; a field that is too long.
#[utoipa::path(post, path = "/api/v1/disclosures", tag = "publication", operation_id = "draft_disclosure", request_body = NewDisclosure,
    responses((status = 201, body = DraftedDisclosure, description = "Drafted")))]
pub(crate) async fn draft(
    State(room): State<Publications>,
    allowed: Allowed<rights::WorkPublications>,
    Json(wanted): Json<NewDisclosure>,
) -> Answer<(StatusCode, Json<DraftedDisclosure>)> {
    whole(&room, &allowed.scope())?;
    let (kind, now) = (wanted.kind, room.clock().now());
    let title = bounded("title", wanted.title.as_deref().filter(|_| !kind.is_list()).unwrap_or(kind.label()), 200)?;
    let body = bounded("body", &wanted.body, LONGEST)?;
    let mut lines = if kind.is_made() { room.live().lines(kind).await? } else { Lines::default() };
    if lines.rows.len() > MOST_ROWS {
        return Err(Problem::conflict("disclosure-long", format!("清单超过 {MOST_ROWS} 行，不能公开")).into());
    }
    lines.rows.retain(|row| row.len() == lines.heads.len());
    if lines.rows.is_empty() && body.is_empty() || title.is_empty() {
        let why = if kind.is_made() { "系统里还没有这份清单的内容" } else { "请填写标题和内容" };
        return Err(Problem::invalid("disclosure-empty", why).field("body", why).into());
    }
    let days = if kind.is_list() { None } else { Some(wanted.days.unwrap_or_else(|| kind.least_days())) };
    if days.is_some_and(|days| !(kind.least_days()..=365).contains(&days)) {
        let why = format!("公告期应为 {} 至 365 天", kind.least_days());
        return Err(Problem::invalid("disclosure-days", why.clone()).field("days", why).citing("行政处罚法第六十一条").into());
    }
    let row = store::DisclosureRow {
        id: uuid_at(now),
        region: room.home_region().to_owned(),
        kind: kind.code().to_owned(),
        version: 0,
        state: DisclosureState::Drafted.code().to_owned(),
        title,
        body,
        lines: Stored(lines),
        days,
        drafted_by: allowed.caller.person.uuid(),
        drafted_at: now,
        published_by: None,
        published_at: None,
        shown_until: None,
        ended_by: None,
        ended_at: None,
        reason: None,
        simulated: room.live().is_simulated(),
    };
    let mut transaction = room.database().pool().begin().await?;
    let version = store::insert(&mut transaction, &row).await?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(DraftedDisclosure { id: row.id, version, rows: row.lines.rows.len() })))
}
