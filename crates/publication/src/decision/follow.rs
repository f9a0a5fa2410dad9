//! What becomes of a case is followed (跟进案件): its decision begins a publication, its revocation the three days to take it back.

use docket::KeyOf;
use http_api::Answer;
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{PublicationState, WithdrawGround, WithholdGround, store, store::PublicationRow};
use crate::{DecisionFate, DecisionStanding, PublicFact, Publications, period::PublicationSeverity, remedy};

impl Publications {
    /// Hears that a case changed, in the transaction of whoever tells. Heard twice, it changes nothing the second time.
    ///
    /// # Errors
    /// The database's.
    pub async fn hear(&self, connection: &mut PgConnection, key: &KeyOf) -> Answer<()> {
        // Most of what is told is about cases without a decision: they are not held.
        if self.decisions().standing(connection, key).await?.is_none() {
            return Ok(());
        }
        // The case first, its rows then: whoever acts takes the locks in the same order.
        if docket::lock(connection, key, None).await?.is_none() {
            return Ok(());
        }
        let Some(standing) = self.decisions().standing(connection, key).await? else { return Ok(()) };
        remedy::follow(self, connection, &standing).await?;
        let rows = store::of_case(connection, key).await?;
        let unlawful = standing.altered.is_some_and(|(fate, _)| fate == DecisionFate::Unlawful);
        let Some(newest) = rows.first() else {
            if standing.revoked_at.is_none() && !unlawful {
                self.begin(connection, &standing, 1).await?;
            }
            return Ok(());
        };
        let Some(fell_at) = standing.revoked_at.or(standing.altered.map(|(_, at)| at)) else { return Ok(()) };
        let Some(mut row) = store::held(connection, newest.id).await? else { return Ok(()) };
        let mut changed = false;
        let drops = standing.revoked_at.is_some() || unlawful;
        if drops && matches!(row.state(), PublicationState::Waiting | PublicationState::Drafted) {
            PublicationState::Dropped.code().clone_into(&mut row.state);
            let ground = if standing.revoked_at.is_some() { WithdrawGround::Revoked } else { WithdrawGround::Unlawful };
            row.ground = Some(ground.code().to_owned());
            row.ended_at = Some(self.clock().now());
            changed = true;
        }
        // A draft of the penalty as it was before is written and checked again.
        if !drops && row.state() == PublicationState::Drafted && row.drafted_at.is_some_and(|at| at < fell_at) {
            PublicationState::Waiting.code().clone_into(&mut row.state);
            (row.content, row.drafted_by, row.drafted_at) = (None, None, None);
            (row.checked_by, row.checked_at) = (None, None);
            (row.secrecy_by, row.secrecy_at, row.secrecy_note) = (None, None, None);
            changed = true;
        }
        // Also of what ended, was withdrawn for another revision, or dropped: the case is not closed before it counts as taken back.
        let public = standing.published == PublicFact::Stale || standing.revoked_at.is_some() && standing.published == PublicFact::Public;
        if public && row.withdraw_from.is_none() {
            let (due_at, warn_at) = self.period("D14", fell_at)?;
            (row.withdraw_from, row.withdraw_due_at, row.withdraw_warn_at) = (Some(fell_at), Some(due_at), Some(warn_at));
            store::forget_late(connection, row.id).await?;
            changed = true;
        }
        if changed {
            store::keep(connection, &row).await?;
        }
        Ok(())
    }

    /// Begins a revision; of a minor it ends at once, and says why.
    pub(crate) async fn begin(&self, connection: &mut PgConnection, standing: &DecisionStanding, revision: i32) -> Answer<PublicationRow> {
        let now = self.clock().now();
        // A new revision is due from now on: what it says was decided again today.
        let from = if revision == 1 { standing.decided_at } else { now };
        let (due_at, warn_at) = self.period("D13", from)?;
        let state = if standing.minor { PublicationState::Withheld } else { PublicationState::Waiting };
        let row = PublicationRow {
            id: Uuid::now_v7(),
            region: standing.key.region.clone(),
            case_id: standing.key.id.uuid(),
            revision,
            state: state.code().to_owned(),
            version: 1,
            decided_at: standing.decided_at,
            due_at,
            warn_at,
            severity: PublicationSeverity::of(standing).code().to_owned(),
            is_natural: standing.natural,
            matter: standing.matter.clone(),
            content: None,
            drafted_by: None,
            drafted_at: None,
            checked_by: None,
            checked_at: None,
            secrecy_by: None,
            secrecy_at: None,
            secrecy_note: None,
            ground: standing.minor.then(|| WithholdGround::Minor.code().to_owned()),
            reason: standing.minor.then(|| WithholdGround::Minor.label().to_owned()),
            ended_by: None,
            published_by: None,
            published_at: None,
            min_until: None,
            max_until: None,
            withdraw_from: None,
            withdraw_due_at: None,
            withdraw_warn_at: None,
            ended_at: standing.minor.then_some(now),
        };
        store::insert(connection, &row).await?;
        if standing.minor {
            let line = json!({ "ground": WithholdGround::Minor.code(), "article": WithholdGround::Minor.article() });
            self.note(connection, &standing.key, None, "publication-withheld", line).await?;
        }
        Ok(row)
    }
}
