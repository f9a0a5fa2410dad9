//! One notice, whole: its text, its leads, the reply, and what may be done with it now and what not and why.

use axum::{extract::State, response::IntoResponse};
use chrono::{DateTime, Utc};
use http_api::{Answer, Json, Path, etag};
use identity::{Allowed, Caller};
use kernel::{light::Light, procedure::Procedure};
use leads::NamedId;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    NoticeProcedure, Stage, not_found,
    perform::{Who, facts, stage_of},
    row::{self, NoticeRow},
    store::{self, LinkedRow},
};
use crate::{Pressure, rights, scope::covers};

/// A lead that a notice is about, as it stands now.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NoticeLead {
    id: Uuid,
    number: String,
    title: String,
    state: String,
    open: bool,
    /// The light now; none when it is over.
    #[schema(value_type = Option<String>)]
    light: Option<Light>,
    /// When the limit ended that the notice was issued for.
    limit_due_at: DateTime<Utc>,
}

/// Something that may be done now, or not.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NoticeOffer {
    verb: &'static str,
    label: String,
    allowed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    citation: Option<&'static str>,
}

/// A notice beside it on the ladder.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LinkedNotice {
    id: Uuid,
    number: String,
    stage_label: &'static str,
    issued_at: DateTime<Utc>,
}

/// A photo of a reply.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NoticePhoto {
    /// The file.
    id: String,
    at: DateTime<Utc>,
}

/// A notice, whole.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WrittenNotice {
    #[serde(flatten)]
    row: NoticeRow,
    /// As it was issued.
    text: String,
    about: Vec<NoticeLead>,
    /// Working hours to reply.
    reply_hours: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    reply: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    replied_by: Option<NamedId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    replied_at: Option<DateTime<Utc>>,
    photos: Vec<NoticePhoto>,
    /// What the issuer said of the reply, or why it was withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    judged_by: Option<NamedId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    previous: Option<LinkedNotice>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<LinkedNotice>,
    offers: Vec<NoticeOffer>,
}

/// Shows a notice.
///
/// # Errors
/// `notice-not-found` when there is none within the caller's scope.
#[utoipa::path(get, path = "/api/v1/notices/{id}", tag = "notices", operation_id = "show_notice",
    params(("id" = Uuid, Path, description = "The notice")),
    responses((status = 200, body = WrittenNotice, description = "The notice; its version is the ETag")))]
pub(crate) async fn show(
    State(room): State<Pressure>,
    allowed: Allowed<rights::SeeNotices>,
    Path(id): Path<Uuid>,
) -> Answer<impl IntoResponse> {
    let notice = whole(&room, &allowed.caller, id).await?;
    Ok((etag(notice.row.version), Json(notice)))
}

/// A notice after the caller's own action.
pub(super) async fn after_action(room: &Pressure, caller: &Caller, id: Uuid) -> Answer<WrittenNotice> {
    whole(room, caller, id).await
}

async fn whole(room: &Pressure, caller: &Caller, id: Uuid) -> Answer<WrittenNotice> {
    let (pool, now) = (room.database().pool(), room.clock().now());
    let scope = caller.scope::<rights::SeeNotices>().ok_or_else(not_found)?;
    let header = store::header(pool, id).await?.filter(|header| covers(&scope, header)).ok_or_else(not_found)?;
    let record = store::record(pool, &header.region, id).await?.ok_or_else(not_found)?;
    let row = store::row(pool, id).await?.ok_or_else(not_found)?;
    let row = row::show(room, vec![row]).await?.pop().ok_or_else(not_found)?;
    let stage = stage_of(&record)?;
    let people: Vec<Uuid> = [record.replied_by, record.judged_by].into_iter().flatten().collect();
    let names = room.identity().names_of(&people).await?;
    let named = |id: Option<Uuid>| id.map(|id| NamedId { id, name: names.get(&id).cloned().unwrap_or_default() });
    let about = store::leads(pool, &header.region, id).await?.into_iter().map(|lead| NoticeLead {
        id: lead.lead_id,
        number: lead.number,
        title: lead.title,
        state: lead.state,
        open: lead.open,
        light: lead.due_at.zip(lead.warn_at).filter(|_| lead.open).map(|(due, warn)| Light::at(now, warn, due)),
        limit_due_at: lead.limit_due_at,
    });
    let photos = store::photos(pool, &header.region, id).await?.into_iter().map(|(id, at)| NoticePhoto { id, at });
    let facts = facts(&Who::Person(caller, &scope), &header, stage, now);
    let offers = NoticeProcedure::offers(store::state_of(&header)?, &facts).into_iter().map(|offer| NoticeOffer {
        verb: offer.verb.code(),
        label: match (offer.verb, stage.next()) {
            (super::NoticeVerb::Escalate, Some(next)) => format!("升级为{}", next.label()),
            (verb, _) => verb.label().to_owned(),
        },
        allowed: offer.refusal.is_none(),
        citation: offer.refusal.as_ref().and_then(|refusal| refusal.citation),
        reason: offer.refusal.map(|refusal| refusal.reason),
    });
    Ok(WrittenNotice {
        about: about.collect(),
        photos: photos.collect(),
        offers: offers.collect(),
        previous: store::linked(pool, &header.region, id, false).await?.and_then(linked),
        next: store::linked(pool, &header.region, id, true).await?.and_then(linked),
        replied_by: named(record.replied_by),
        judged_by: named(record.judged_by),
        row,
        text: record.text,
        reply_hours: record.reply_hours,
        reply: record.reply,
        replied_at: record.replied_at,
        verdict: record.verdict,
    })
}

fn linked(row: LinkedRow) -> Option<LinkedNotice> {
    let stage: Stage = row.stage.parse().ok()?;
    Some(LinkedNotice { id: row.id, number: row.number, stage_label: stage.label(), issued_at: row.opened_at })
}
