//! Sending answers to their sources, each until it is taken or a day has passed (回传).

use std::time::Duration;

use chrono::Duration as Span;
use docket::{Actor, KeyOf};
use futures::{StreamExt, stream};
use http_api::Answer;
use notify::Tried;
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    AnswerState,
    store::{self, Claimed, Outcome},
};
use crate::{Leads, lead::State};

/// After so long without success an answer is a person's to give.
pub(super) const LIFE: Span = Span::hours(24);
/// A node that took an answer and died is waited for so long.
const CLAIM: Span = Span::minutes(2);
/// The first wait after a failure; it doubles up to [`LONGEST_WAIT`].
const FIRST_WAIT: Span = Span::seconds(15);
/// The longest wait between two tries.
const LONGEST_WAIT: Span = Span::hours(1);
/// Answers that one node takes in one go, and sends at once.
const BATCH: i64 = 16;
/// How often the queue is looked at.
const LOOK: Duration = Duration::from_secs(2);

/// What seals a source's secret: its own id, made of its code.
pub(crate) fn owner(region: &str, source: &str) -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("bihuan/source/{region}/{source}").as_bytes())
}

impl Leads {
    /// Sends answers for as long as it is let. Cut off at any moment, what was not noted is sent again; receivers know an answer by
    /// `Bihuan-Delivery`.
    pub async fn work_answers(&self) {
        loop {
            match self.send_answers_due().await {
                Ok(0) => tokio::time::sleep(LOOK).await,
                Ok(_) => {}
                Err(error) => {
                    tracing::warn!(code = error.problem().code, "answers wait for the database");
                    tokio::time::sleep(LOOK * 5).await;
                }
            }
        }
    }

    /// Sends the answers that are due, and says how many it tried.
    ///
    /// # Errors
    /// The database's; what was sent but not noted is sent again.
    pub async fn send_answers_due(&self) -> Answer<usize> {
        let now = self.clock().now();
        let claimed = store::claim(self.database().pool(), now, now + CLAIM, BATCH).await?;
        let tried = claimed.len();
        let ends: Vec<Answer<()>> = stream::iter(claimed).map(|one| try_one(self, one)).buffer_unordered(tried.max(1)).collect().await;
        ends.into_iter().collect::<Answer<Vec<()>>>()?;
        Ok(tried)
    }
}

async fn try_one(leads: &Leads, one: Claimed) -> Answer<()> {
    let tried = match (&one.reply_url, &one.reply_secret) {
        (Some(url), Some(secret)) => {
            let headers = [("bihuan-delivery", one.id.to_string())];
            let sealed = (owner(&one.region, &one.source), secret.as_slice());
            leads.outgoing().post(url, sealed, "application/json; charset=utf-8", &headers, body(&one)).await
        }
        _ => Tried::Failed("来源没有回传地址".to_owned()),
    };
    let now = leads.clock().now();
    let key = KeyOf { region: one.region.clone(), id: one.lead_id.into() };
    let mut transaction = leads.database().pool().begin().await?;
    match tried {
        Tried::Answered(status, said) if status.is_success() => {
            metrics::counter!("bihuan_answer_tries_total", "outcome" => "taken").increment(1);
            let proof = format!("sha256:{}", hex::encode(Sha256::digest(&said)));
            let code = i32::from(status.as_u16());
            let outcome =
                Outcome { state: AnswerState::Sent, next_at: now, status: Some(code), proof: Some(&proof), error: None, by: None };
            // A person may have written it down meanwhile; that stands.
            if store::settle(&mut transaction, one.id, &[AnswerState::Waiting], now, &outcome).await? {
                let payload = json!({ "source": one.source, "state": AnswerState::Sent, "status": code, "proof": proof });
                super::leave_trace(leads, &mut transaction, &key, Actor::System("source"), payload).await?;
            }
        }
        failed => {
            metrics::counter!("bihuan_answer_tries_total", "outcome" => "failed").increment(1);
            let (status, error) = match failed {
                Tried::Answered(status, _) => (Some(i32::from(status.as_u16())), format!("对方应答 {}", status.as_u16())),
                Tried::Failed(why) | Tried::Unreached(why) => (None, why),
            };
            let next_at = now + wait(one.attempts);
            let state = if next_at < one.give_up_at { AnswerState::Waiting } else { AnswerState::Dead };
            if state == AnswerState::Dead {
                tracing::error!(answer = %one.id, source = %one.source, "an answer was given up after a day of tries");
            }
            let outcome = Outcome { state, next_at, status, proof: None, error: Some(&error), by: None };
            store::settle(&mut transaction, one.id, &[AnswerState::Waiting], now, &outcome).await?;
        }
    }
    transaction.commit().await?;
    Ok(())
}

/// What the source's system reads.
fn body(one: &Claimed) -> String {
    let label = one.outcome.parse::<State>().map_or_else(|()| one.outcome.clone(), |state| state.label().to_owned());
    json!({
        "source": one.source, "key": one.source_key, "number": one.number, "outcome": one.outcome, "outcome_label": label,
        "answer": one.words, "at": one.made_at.to_rfc3339(),
    })
    .to_string()
}

/// How long to wait after so many failures.
fn wait(attempts: i32) -> Span {
    (FIRST_WAIT * (1 << attempts.saturating_sub(1).clamp(0, 10))).min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_an_hour() {
        let seconds: Vec<i64> = (1..=10).map(|attempts| wait(attempts).num_seconds()).collect();
        assert_eq!(seconds, [15, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600]);
    }

    #[test]
    fn a_source_has_one_owner() {
        assert_eq!(owner("330482", "media"), owner("330482", "media"));
        assert_ne!(owner("330482", "media"), owner("330482", "hotline"));
    }
}
