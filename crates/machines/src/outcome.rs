//! What becomes of the lead of a sighting: the unit replied (处置反馈), it is over (线索了结). Heard in the relay's transaction.

use futures::future::BoxFuture;
use notify::{Consumed, Consumer, Event};
use sqlx::PgConnection;

use crate::{
    Machines,
    sighting::{
        SightingState, Verdict, closing,
        store::{self, Judgement},
    },
};

/// Listens to the ends of leads.
#[derive(Clone)]
pub struct Outcomes(pub Machines);

impl Consumer for Outcomes {
    fn name(&self) -> &'static str {
        "machines"
    }

    fn consume<'a>(&'a self, connection: &'a mut PgConnection, event: &'a Event) -> BoxFuture<'a, Consumed> {
        Box::pin(async move {
            let lead = event.docket_id.uuid();
            match event.payload.get("state").and_then(serde_json::Value::as_str) {
                Some("fixed") if event.payload["action"] == "fix" => closing::store::replied(connection, lead, Some(event.at)).await?,
                Some("fixing") => closing::store::replied(connection, lead, None).await?,
                _ => {}
            }
            let verdict = match event.payload.get("state").and_then(serde_json::Value::as_str) {
                Some("closed") => Some(Verdict::Confirmed),
                Some("rejected" | "voided") => Some(Verdict::Refuted),
                // Merged: it was there, and somebody else had said so.
                Some("merged") => Some(Verdict::Confirmed),
                _ => None,
            };
            let Some(verdict) = verdict else { return Ok(()) };
            let Some((region, id, kind, judged)) = store::of_lead(connection, lead).await? else { return Ok(()) };
            store::lock(connection, &region, id).await?;
            // What a person said of the sighting itself stands; of one that was filed by itself, this is the first word.
            let said = judged.as_deref().and_then(|code| code.parse().ok());
            let judgement =
                Judgement { state: SightingState::Over, verdict: said.unwrap_or(verdict), by: None, note: None, class_code: None };
            let now = self.0.clock().now();
            match said {
                Some(_) => store::over(connection, &region, id).await?,
                None => {
                    store::judge(connection, &region, id, now, &judgement).await?;
                    self.0.count_verdict(connection, &region, id, kind, verdict).await?;
                    self.0.forget();
                }
            }
            self.0.let_go(connection, &region, id, kind).await?;
            Ok(())
        })
    }
}
