//! The room of cases as payment sees it: what a fine is, and the case that is paid off.

use async_trait::async_trait;
use cases::{CaseFine, Cases};
use docket::KeyOf;
use futures::future::BoxFuture;
use http_api::Answer;
use identity::Caller;
use kernel::problem::{Problem, ProblemKind};
use notify::{Consumed, Consumer, Event};
use payments::{FinedCase, FinedCases, Payments};
use sqlx::PgConnection;
use uuid::Uuid;

/// Cases whose fines are paid.
pub struct CasesWithFines(pub Cases);

fn told(of: CaseFine) -> FinedCase {
    FinedCase {
        key: of.header.key(),
        number: of.header.number.clone(),
        matter: of.matter,
        jurisdiction: of.header.jurisdiction.clone(),
        unit: of.header.unit,
        simulated: of.header.simulated,
        officers: of.officers,
        fine_fen: of.fine_fen,
        surcharge_stated: of.surcharge_stated,
        stands: of.stands,
        revoked: of.revoked,
        changed: of.changed,
        paid: of.paid,
        deferred: of.deferred,
        due_on: of.due_on,
        deferred_until: of.deferred_until,
        pauses: of.pauses,
        reminded_on: of.reminded_on,
        reminder_over: of.reminder_over,
        remedy_over: of.remedy_over,
        court_closed: of.court_closed,
        court_until: of.court_until,
        confiscated_fen: of.confiscated_fen,
    }
}

#[async_trait]
impl FinedCases for CasesWithFines {
    async fn seen(&self, caller: &Caller, case: Uuid) -> Answer<FinedCase> {
        Ok(told(self.0.fine_seen_by(caller, case).await?))
    }

    async fn fine(&self, connection: &mut PgConnection, key: &KeyOf) -> Answer<FinedCase> {
        Ok(told(self.0.fine(connection, key).await?))
    }

    async fn pay(&self, connection: &mut PgConnection, key: &KeyOf, receipt: &str) -> Answer<Result<(), Problem>> {
        match self.0.pay_by_receipt(connection, key, receipt).await {
            Ok(()) => Ok(Ok(())),
            // What the case says is for people; what the database says makes the provider tell again.
            Err(error) if matches!(error.problem().kind, ProblemKind::Conflict | ProblemKind::Invalid | ProblemKind::Forbidden) => {
                Ok(Err(error.problem().clone()))
            }
            Err(error) => Err(error),
        }
    }
}

/// Hears of decisions that a review or a court changed or took away.
#[derive(Clone)]
pub struct FinesHeard(pub Payments);

impl Consumer for FinesHeard {
    fn name(&self) -> &'static str {
        "payments"
    }

    fn consume<'a>(&'a self, connection: &'a mut PgConnection, event: &'a Event) -> BoxFuture<'a, Consumed> {
        Box::pin(async move {
            if event.topic == "case.changed" && matches!(event.payload["action"].as_str(), Some("changed" | "revoked")) {
                let key = KeyOf { region: event.region.clone(), id: event.docket_id };
                self.0.hear(connection, &key).await.map_err(|error| error.problem().detail.clone())?;
            }
            Ok(())
        })
    }
}
