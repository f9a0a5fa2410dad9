//! `GET /api/v1/disclosures`: what is drafted, public and over, and which lists are missing or no longer true.

use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use http_api::{Answer, Json};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{DisclosureKind, DisclosureState, Lines, store, whole};
use crate::{Publications, rights};

/// Shown at most.
const MOST: i64 = 300;

/// A list or a notice (公开内容).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Disclosure {
    id: Uuid,
    kind: DisclosureKind,
    kind_label: &'static str,
    version: i32,
    state: DisclosureState,
    state_label: &'static str,
    title: String,
    body: String,
    lines: Lines,
    days: Option<i32>,
    drafted_by: String,
    drafted_at: DateTime<Utc>,
    published_by: Option<String>,
    published_at: Option<DateTime<Utc>>,
    shown_until: Option<NaiveDate>,
    reason: Option<String>,
    /// The caller drafted it: another one publishes it.
    mine: bool,
}

/// A kind of list, and whether what is public of it is true (公开事项).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DisclosureDuty {
    kind: DisclosureKind,
    label: &'static str,
    /// The house makes its lines.
    made: bool,
    /// It is public.
    public: bool,
    /// What is public says something else than the house holds now.
    outdated: bool,
}

/// Everything, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Disclosures {
    items: Vec<Disclosure>,
    duties: Vec<DisclosureDuty>,
}

/// Lists what is public in advance and in process, and what should be.
///
/// # Errors
/// `scope-exceeded`; the database's.
#[utoipa::path(get, path = "/api/v1/disclosures", tag = "publication", operation_id = "list_disclosures",
    responses((status = 200, body = Disclosures, description = "What there is")))]
pub(crate) async fn list(State(room): State<Publications>, allowed: Allowed<rights::SeePublications>) -> Answer<Json<Disclosures>> {
    whole(&room, &allowed.scope())?;
    let me = allowed.caller.person.uuid();
    let rows = store::list(room.database().pool(), room.home_region(), MOST).await?;
    let people: Vec<Uuid> = rows.iter().flat_map(|row| [Some(row.drafted_by), row.published_by].into_iter().flatten()).collect();
    let names = room.identity().names_of(&people).await?;
    let name = |id: Uuid| names.get(&id).cloned().unwrap_or_default();
    let mut duties = Vec::new();
    for kind in DisclosureKind::ALL.iter().copied().filter(|kind| kind.is_list()) {
        let public = rows.iter().find(|row| row.kind == kind.code() && row.state == DisclosureState::Published.code());
        let outdated = match public {
            Some(row) if kind.is_made() => room.live().lines(kind).await? != row.lines.0,
            _ => false,
        };
        duties.push(DisclosureDuty { kind, label: kind.label(), made: kind.is_made(), public: public.is_some(), outdated });
    }
    let items = rows.into_iter().filter_map(|row| {
        let (kind, state): (DisclosureKind, DisclosureState) = (row.kind.parse().ok()?, row.state.parse().ok()?);
        Some(Disclosure {
            id: row.id,
            kind,
            kind_label: kind.label(),
            version: row.version,
            state,
            state_label: state.label(),
            title: row.title,
            body: row.body,
            lines: row.lines.0,
            days: row.days,
            drafted_by: name(row.drafted_by),
            drafted_at: row.drafted_at,
            published_by: row.published_by.map(name),
            published_at: row.published_at,
            shown_until: row.shown_until,
            reason: row.reason,
            mine: row.drafted_by == me,
        })
    });
    Ok(Json(Disclosures { items: items.collect(), duties }))
}
