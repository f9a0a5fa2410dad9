//! A step of the case that was taken elsewhere is followed by its record, so that the two never disagree.

use http_api::Answer;
use kernel::clock::shanghai;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{RemedyKind, RemedyOutcome, store, store::RemedyRow};
use crate::{DecisionFate, DecisionStanding, Publications, RemedyFact};

/// Opens and closes records as the case stands. The case is held.
pub(crate) async fn follow(room: &Publications, connection: &mut PgConnection, standing: &DecisionStanding) -> Answer<()> {
    let running = match standing.remedy {
        RemedyFact::Review => Some(RemedyKind::Review),
        RemedyFact::Suit => Some(RemedyKind::Suit),
        _ => None,
    };
    let now = room.clock().now();
    let open = store::of_case(connection, &standing.key).await?.into_iter().find(|row| row.outcome.is_none());
    if let Some(mut row) = open {
        if running == Some(row.kind()) {
            return Ok(());
        }
        let outcome = match standing.remedy {
            RemedyFact::Revoked => RemedyOutcome::Revoked,
            RemedyFact::ReviewEnded | RemedyFact::SuitEnded => RemedyOutcome::Ended,
            RemedyFact::ReviewRefused => RemedyOutcome::NotAccepted,
            RemedyFact::ReviewLapsed => RemedyOutcome::Lapsed,
            // What an earlier review made of it is not what this one did.
            _ => match standing.altered.filter(|(_, at)| *at >= row.opened_at) {
                Some((DecisionFate::Changed, _)) => RemedyOutcome::Changed,
                Some((DecisionFate::Unlawful, _)) => RemedyOutcome::Unlawful,
                None => RemedyOutcome::Upheld,
            },
        };
        (row.outcome, row.closed_at) = (Some(outcome.code().to_owned()), Some(now));
        store::keep(connection, &row).await?;
    }
    let Some(kind) = running else { return Ok(()) };
    let (answer_due_at, warn_at) = room.period(kind.answer(false), now)?;
    let row = RemedyRow {
        id: Uuid::now_v7(),
        region: standing.key.region.clone(),
        case_id: standing.key.id.uuid(),
        kind: kind.code().to_owned(),
        version: 1,
        body: String::new(),
        number: String::new(),
        matter: standing.matter.clone(),
        received_on: now.with_timezone(&shanghai()).date_naive(),
        answer_due_at,
        warn_at,
        answered_on: None,
        answers: None,
        hearing_at: None,
        outcome: None,
        served_on: None,
        followed: String::new(),
        opened_by: None,
        opened_at: now,
        closed_at: None,
    };
    store::insert(connection, &row).await?;
    Ok(())
}
