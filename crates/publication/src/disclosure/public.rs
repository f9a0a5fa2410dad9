//! `GET /api/v1/public/disclosures` and `/{id}`: what anybody may read.

use axum::extract::State;
use chrono::NaiveDate;
use http_api::{Answer, ClientAddress, Json, Path};
use kernel::clock::shanghai;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{DisclosureKind, DisclosureState, Lines, no_disclosure, store};
use crate::Publications;

/// Shown at most.
const MOST: i64 = 200;

/// What is public, without its content (公开目录).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PublicDisclosureHead {
    id: Uuid,
    kind: DisclosureKind,
    kind_label: &'static str,
    /// A list that is so at any time; otherwise a notice.
    list: bool,
    title: String,
    version: i32,
    published_on: NaiveDate,
    shown_until: Option<NaiveDate>,
    simulated: bool,
}

/// The catalogue (公开目录).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PublicDisclosures {
    items: Vec<PublicDisclosureHead>,
}

/// One of it (公开内容).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PublicDisclosure {
    #[serde(flatten)]
    head: PublicDisclosureHead,
    body: String,
    lines: Lines,
    /// It is no longer public: why.
    over: Option<String>,
}

fn head(row: &store::DisclosureRow) -> Option<PublicDisclosureHead> {
    let kind: DisclosureKind = row.kind.parse().ok()?;
    Some(PublicDisclosureHead {
        id: row.id,
        kind,
        kind_label: kind.label(),
        list: kind.is_list(),
        title: row.title.clone(),
        version: row.version,
        published_on: row.published_at?.with_timezone(&shanghai()).date_naive(),
        shown_until: row.shown_until,
        simulated: row.simulated,
    })
}

/// Lists what is public today, the newest first.
///
/// # Errors
/// `too-many-requests`.
#[utoipa::path(get, path = "/api/v1/public/disclosures", tag = "public", operation_id = "list_public_disclosures",
    responses((status = 200, body = PublicDisclosures, description = "The catalogue")))]
pub(crate) async fn list(State(room): State<Publications>, ClientAddress(address): ClientAddress) -> Answer<Json<PublicDisclosures>> {
    room.reads().check(address)?;
    let rows = store::shown(room.database().pool(), room.home_region(), room.today(), MOST).await?;
    Ok(Json(PublicDisclosures { items: rows.iter().filter_map(head).collect() }))
}

/// Reads one; what was replaced or withdrawn says so and shows nothing, what is over is not there.
///
/// # Errors
/// `disclosure-not-found`, `too-many-requests`.
#[utoipa::path(get, path = "/api/v1/public/disclosures/{id}", tag = "public", operation_id = "read_public_disclosure",
    params(("id" = Uuid, Path, description = "The list or notice")),
    responses((status = 200, body = PublicDisclosure, description = "What it says")))]
pub(crate) async fn show(
    State(room): State<Publications>,
    ClientAddress(address): ClientAddress,
    Path(id): Path<Uuid>,
) -> Answer<Json<PublicDisclosure>> {
    room.reads().check(address)?;
    let row = store::was_public(room.database().pool(), room.home_region(), id).await?.ok_or_else(no_disclosure)?;
    let today = room.today();
    if row.shown_until.is_some_and(|until| until < today) {
        return Err(no_disclosure().into());
    }
    let over = match row.state.parse() {
        Ok(DisclosureState::Published) => None,
        Ok(DisclosureState::Replaced) => Some("已有新的版本".to_owned()),
        _ => Some(format!("已撤回：{}", row.reason.clone().unwrap_or_default())),
    };
    let head = head(&row).ok_or_else(no_disclosure)?;
    let open = over.is_none();
    let body = if open { row.body } else { String::new() };
    Ok(Json(PublicDisclosure { head, body, lines: if open { row.lines.0 } else { Lines::default() }, over }))
}
