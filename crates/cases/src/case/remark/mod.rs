//! Remarks (退回、补正后重报): whom a case waits for may send it back with what is missing, and an officer puts it forward again.
//!
//! No fact of the case changes by it, so the table of the law has no row for it: what changes is who acts next. Any step ends it.

pub(crate) mod resubmit;
pub(crate) mod send_back;
pub(super) mod store;

use docket::{Change, Event, Holder, KeyOf, NewEntry, ledger::payload};
use http_api::Answer;
use identity::{Caller, Scope};
use kernel::codes;
use serde::Deserialize;
use serde_json::json;
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{CHANGED, KIND, not_found, perform::told, record::Dossier, required, store as cases_store};
use crate::{Cases, scope::covers};

codes! {
    /// What a remark does (批注类型).
    RemarkKind {
        /// Sent back to the officers (退回).
        SentBack = "sent-back", "退回承办人";
        /// Put forward again (补正后重报).
        Resubmitted = "resubmitted", "补正后重报";
    }
}

/// What is said.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCaseRemark {
    /// What is missing, or what was mended, which stays in the ledger.
    text: String,
}

/// A case that a remark is made on, locked.
struct Spoken {
    key: KeyOf,
    locked: docket::Locked,
    dossier: Dossier,
    text: String,
}

/// Locks a case within a scope.
async fn locked(
    room: &Cases,
    connection: &mut PgConnection,
    scope: &Scope,
    id: Uuid,
    (seen, said): (Option<i64>, &NewCaseRemark),
) -> Answer<Spoken> {
    let text = required("text", "说明", &said.text)?;
    let header = cases_store::header(room.database().pool(), id).await?.filter(|header| covers(scope, header)).ok_or_else(not_found)?;
    let key = header.key();
    let locked = docket::lock(connection, &key, seen).await?.ok_or_else(not_found)??;
    if !covers(scope, &locked.header) {
        return Err(not_found().into());
    }
    let dossier = cases_store::dossier(connection, &key).await?.ok_or_else(not_found)?;
    Ok(Spoken { key, locked, dossier, text })
}

/// Writes a remark: its row, the line of the ledger, who acts next, the event.
async fn write(room: &Cases, connection: &mut PgConnection, caller: &Caller, kind: RemarkKind, holder: Holder, on: Spoken) -> Answer<()> {
    let now = room.clock().now();
    store::insert(connection, &on.key, kind, now, caller.person.uuid(), &on.text).await?;
    store::mark(connection, &on.key, kind == RemarkKind::SentBack).await?;
    let entry = NewEntry {
        actor: docket::Actor::Person(caller.person),
        role: caller.roles.first().cloned(),
        action: kind.code(),
        place: None,
        payload: payload([("text", json!(on.text))]),
    };
    let mut change = Change { holder: Some(holder), details: true, entries: vec![entry], ..Change::default() };
    let header = on.locked.after(now, &change);
    debug_assert_eq!(header.kind, KIND, "a remark is made on a case");
    change.events.push(Event { topic: CHANGED, payload: told(&header, kind.code()) });
    on.locked.change(connection, now, change).await?;
    Ok(())
}
