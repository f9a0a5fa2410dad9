//! What a run would drop today (预演): counted, and nothing touched.

use axum::extract::State;
use chrono::{DateTime, Utc};
use http_api::{Answer, Json};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Retained, kind, spare, store};
use crate::{Privacy, rights};

/// Leads that are looked at once.
const AT_ONCE: i64 = 500;
/// Pages of leads that are looked at; beyond, the count says that there are more.
const PAGES: usize = 40;

/// What would go of one kind.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RetentionDue {
    code: Retained,
    label: &'static str,
    /// What ended before this would go.
    before: DateTime<Utc>,
    /// How many would go.
    count: i64,
    /// How many are due and spared.
    spared: i64,
    /// There are more than were counted.
    more: bool,
}

/// What would go.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RetentionPreview {
    /// A line for every kind that has a period.
    items: Vec<RetentionDue>,
}

/// Counts what a run would drop now.
///
/// # Errors
/// `scope-exceeded`.
#[utoipa::path(get, path = "/api/v1/retention-preview", tag = "privacy", operation_id = "preview_retention",
    responses((status = 200, body = RetentionPreview, description = "What would go")))]
pub(crate) async fn preview(State(room): State<Privacy>, allowed: Allowed<rights::SeePrivacy>) -> Answer<Json<RetentionPreview>> {
    room.require_ground(&allowed.scope())?;
    let (pool, now) = (room.database().pool(), room.clock().now());
    let (_, days) = store::setting(pool, room.home_region()).await?;
    let mut items = Vec::new();
    for (code, days) in days {
        let before = kind::cut(now, days);
        let mut due = RetentionDue { code, label: code.label(), before, count: 0, spared: 0, more: false };
        match code {
            Retained::Contact => contacts(&room, &mut due).await?,
            Retained::Answer => (due.count, due.spared) = room.leads().count_answers_taken(room.home_region(), before).await?,
            Retained::MachineEvent => {
                let mut connection = pool.acquire().await?;
                let held = store::held(&mut connection, room.home_region()).await?;
                if let Some(events) = room.machine_events() {
                    (due.count, due.spared) = events.count_before(&mut connection, room.home_region(), before, &held).await?;
                }
            }
            Retained::Notification => due.count = room.notify().count_before(before).await?,
            Retained::Log => due.count = store::count_logs(pool, before).await?,
        }
        items.push(due);
    }
    Ok(Json(RetentionPreview { items }))
}

async fn contacts(room: &Privacy, due: &mut RetentionDue) -> Answer<()> {
    let mut connection = room.database().pool().acquire().await?;
    let mut after = None;
    for _ in 0..PAGES {
        let page = room.leads().contacts_of_closed(&mut connection, room.home_region(), due.before, after, AT_ONCE).await?;
        let ids: Vec<Uuid> = page.iter().map(|(_, id)| *id).collect();
        let spared = spare::spared(room, &mut connection, &ids).await?;
        let kept = ids.iter().filter(|id| spared.contains(id)).count();
        due.spared += kept as i64;
        due.count += (ids.len() - kept) as i64;
        after = page.last().copied();
        if (page.len() as i64) < AT_ONCE {
            return Ok(());
        }
    }
    due.more = true;
    Ok(())
}
