//! Listing announcements.

use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use http_api::{Answer, Json, Page, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    rule::PowerAct,
    store::{self, Row},
};
use crate::{Matters, ReadLaw};

const PAGE: usize = 50;

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Where the page before ended.
    cursor: Option<String>,
}

/// An announcement of empowerment, withdrawal or transfer.
#[derive(Debug, Serialize, ToSchema)]
pub struct PowerAnnouncement {
    /// Its id.
    id: Uuid,
    /// Its number.
    number: String,
    /// Its title.
    title: String,
    /// Who announced it.
    organ: String,
    /// When it was announced.
    announced_on: NaiveDate,
    /// From which day on it counts.
    effective_from: NaiveDate,
    /// What it does.
    act: PowerAct,
    /// The same in Chinese.
    act_label: &'static str,
    /// For which matters.
    matters: Vec<String>,
    /// For which townships, by their region codes.
    townships: Vec<String>,
    /// To which bureau.
    #[serde(skip_serializing_if = "Option::is_none")]
    to_organ: Option<String>,
    /// A remark.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    /// When it was entered.
    entered_at: DateTime<Utc>,
    /// By whom.
    entered_by: String,
}

/// Lists the announcements of the caller's counties, the last entered first. What is announced is public by law.
///
/// # Errors
/// `query-invalid`.
#[utoipa::path(get, path = "/api/v1/empowerments", tag = "law", operation_id = "list_empowerments", params(Wanted),
    responses((status = 200, body = Page<PowerAnnouncement>)), extensions(("x-right" = json!("law.read"))))]
pub(crate) async fn list(
    State(room): State<Matters>,
    allowed: Allowed<ReadLaw>,
    Query(wanted): Query<Wanted>,
) -> Answer<Json<Page<PowerAnnouncement>>> {
    let before: Option<i64> = match &wanted.cursor {
        Some(cursor) => Some(
            database::keyset::decode(cursor)
                .map_err(|_| Problem::invalid("query-invalid", "查询参数不符合要求").field("cursor", "翻页标记无效，请重新查询"))?,
        ),
        None => None,
    };
    let rows = store::list(room.pool(), &allowed.scope().regions, before, PAGE as i64 + 1).await?;
    let (rows, next_cursor) = database::keyset::page(rows, PAGE, |row| row.sequence);
    let people: Vec<Uuid> = rows.iter().map(|row| row.entered_by).collect();
    let names = room.identity().names_of(&people).await?;
    let view = |row: Row| {
        let (note, entered_at, entered_by) = (row.note.clone(), row.entered_at, row.entered_by);
        let it = row.announced();
        PowerAnnouncement {
            id: it.id,
            number: it.number,
            title: it.title,
            organ: it.organ,
            announced_on: it.announced_on,
            effective_from: it.effective_from,
            act: it.act,
            act_label: it.act.label(),
            matters: it.matters,
            townships: it.townships,
            to_organ: it.to_organ,
            note,
            entered_at,
            entered_by: names.get(&entered_by).cloned().unwrap_or_default(),
        }
    };
    Ok(Json(Page { items: rows.into_iter().map(view).collect(), next_cursor }))
}
