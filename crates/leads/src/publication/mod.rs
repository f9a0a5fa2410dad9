//! What the public sees of a lead's photos (照片公开): taken back, given back, covered further by hand; each is a line of the ledger.
//!
//! The covered copy itself is made by the room of files; which photos of a lead are public at all stands in `public/store.rs`.

mod cover;
mod publish;
mod show;
mod store;
mod withhold;

use axum::http::StatusCode;
use docket::{Actor, Change, Event, Locked, NewEntry};
use files::FileId;
use http_api::Answer;
use identity::Allowed;
use kernel::problem::Problem;
use serde_json::Value;
use sqlx::{Postgres, Transaction};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    Leads,
    act::{covers, not_found},
    events::{self, Changed},
    lead, rights,
};

/// Taking a photo back (撤回照片公开).
pub(crate) const WITHHOLD: &str = "withhold-photo";
/// Giving it back (恢复照片公开).
pub(crate) const PUBLISH: &str = "publish-photo";
/// Covering more of it (遮挡公开照片).
pub(crate) const COVER: &str = "cover-photo";

/// The operations.
pub(crate) fn routes() -> OpenApiRouter<Leads> {
    OpenApiRouter::new()
        .routes(routes!(show::publication))
        .routes(routes!(show::public_copy))
        .routes(routes!(withhold::withhold))
        .routes(routes!(publish::publish))
        .routes(routes!(cover::cover))
}

fn no_photo() -> Problem {
    Problem::not_found("photo-not-found", "这件线索没有这张照片")
}

/// A lead locked for a change of what the public sees of one of its photos.
struct Turn {
    transaction: Transaction<'static, Postgres>,
    locked: Locked,
    file: FileId,
}

impl Turn {
    async fn begin(leads: &Leads, allowed: &Allowed<rights::Triage>, id: Uuid, file: &str) -> Answer<Self> {
        let file = FileId::parse(file)?;
        let scope = allowed.scope();
        let found = lead::store::header(leads.database().pool(), id).await?.filter(|header| covers(&scope, header));
        let key = found.ok_or_else(not_found)?.key();
        let mut transaction = leads.database().pool().begin().await?;
        let locked = docket::lock(&mut transaction, &key, None).await?.ok_or_else(not_found)??;
        // It may have left the caller's ground since it was looked up.
        if !covers(&scope, &locked.header) {
            return Err(not_found().into());
        }
        if store::photo(&mut transaction, &key, file.as_str()).await?.is_none() {
            return Err(no_photo().into());
        }
        Ok(Self { transaction, locked, file })
    }

    /// Writes the ledger's line, tells the pages, and commits.
    async fn end(mut self, leads: &Leads, allowed: &Allowed<rights::Triage>, action: &'static str, payload: Value) -> Answer<StatusCode> {
        let role = allowed.caller.roles.first().cloned();
        let entry = NewEntry { actor: Actor::Person(allowed.caller.person), role, action, place: None, payload };
        let (now, mut change) = (leads.clock().now(), Change { entries: vec![entry], ..Change::default() });
        let told = Changed::from(&self.locked.header, &self.locked.after(now, &change)).payload(action);
        change.events.push(Event { topic: events::CHANGED, payload: told });
        self.locked.change(&mut self.transaction, now, change).await?;
        self.transaction.commit().await?;
        Ok(StatusCode::NO_CONTENT)
    }
}
