//! A machine source no longer sees what it reported, after the unit said that it was fixed (画面已消失): checked and closed without a person.

use docket::{Actor, Header};
use http_api::Answer;
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use super::perform::{Command, by_system, not_found};
use crate::{
    Leads,
    lead::{Action, State, store},
};

/// Who checks and closes in the ledger.
const ACTOR: Actor = Actor::System("machines");
/// What is ticked as the closing standard.
const STANDARD: &str = "设备复核画面已消失（自动结案）";

/// How far a lead came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SeenGone {
    /// It is closed.
    Closed,
    /// A person goes on from here; why.
    Left(String),
}

impl Leads {
    /// Checks and closes a lead whose unit replied, because the machine that reported it no longer sees it; `seen` says which and how often.
    /// Every guard holds that holds for a person: what one of them refuses is left to people, as far as it came.
    ///
    /// # Errors
    /// `lead-not-found`, or the database's; nothing was done then.
    pub async fn close_seen_gone(&self, id: Uuid, seen: &str) -> Answer<SeenGone> {
        let header = store::header(self.database().pool(), id).await?.ok_or_else(not_found)?;
        let mut transaction = self.database().pool().begin().await?;
        let came = self.through_check(&mut transaction, &header, seen).await?;
        transaction.commit().await?;
        Ok(came)
    }

    async fn through_check(&self, connection: &mut PgConnection, header: &Header, seen: &str) -> Answer<SeenGone> {
        let key = header.key();
        let checked = json!({ "passed": true, "note": seen });
        let close = Command::new(Action::Close { standard: true }, json!({ "standard": STANDARD, "note": seen }))
            .editing(|lead, _| lead.closing_standard = Some(STANDARD.to_owned()));
        let steps = [
            (State::Fixed, Command::new(Action::RequestCheck, json!({ "note": seen }))),
            (State::Checking, Command::new(Action::Check { passed: true }, checked)),
            (State::Checked, close),
        ];
        for (from, command) in steps {
            let state = store::header(&mut *connection, header.id).await?.ok_or_else(not_found)?.state;
            if state != from.code() {
                // Whoever is ahead of it goes on; a later step may still be its own.
                continue;
            }
            match by_system(self, connection, &key, ACTOR, command).await {
                Ok(_) => {}
                Err(refused) if refused.problem().code == "action-refused" => return Ok(SeenGone::Left(refused.problem().detail.clone())),
                Err(error) => return Err(error),
            }
        }
        let state = store::header(&mut *connection, header.id).await?.ok_or_else(not_found)?.state;
        Ok(if state == State::Closed.code() {
            SeenGone::Closed
        } else {
            SeenGone::Left("该件不在待核查或待结案状态".to_owned())
        })
    }
}
