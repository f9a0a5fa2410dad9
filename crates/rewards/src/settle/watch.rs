//! What was rewarded and should not have been is taken back; what nobody claims goes back into the budget.

use chrono::TimeDelta;
use http_api::Answer;

use super::{Reason, store};
use crate::{
    Rewards,
    award::{AwardState, store as awards},
    journal::{self, Account, Line, What},
    programme,
};

/// Awards of one round.
const MOST: i64 = 200;
/// For so long after its receipt a report is watched.
const WATCHED: TimeDelta = TimeDelta::days(400);

impl Rewards {
    /// Takes awards back whose lead was voided or refused, and all but one of a problem whose reports were merged later. What was paid is to
    /// be had back from the payee: that is a person's business, and stands in the account until then.
    pub(super) async fn take_back(&self) -> Answer<()> {
        let (now, region) = (self.clock().now(), self.home_region());
        let mut connection = self.database().pool().acquire().await?;
        let wrong = store::gone_wrong(&mut connection, region, now - WATCHED, MOST).await?;
        drop(connection);
        for row in wrong {
            let mut transaction = self.database().pool().begin().await?;
            programme::store::locked(&mut transaction, region, row.programme).await?.ok_or_else(programme::not_found)?;
            let Some(award) = awards::one(&mut transaction, region, row.id).await? else { continue };
            // Put into a file since it was looked for: finance may be paying it, and answers first.
            if award.state() == AwardState::Claimed && award.payout.is_some() {
                continue;
            }
            let Some((from, to)) = accounts(award.state()) else { continue };
            let line = Line::between(from, to, award.fen, What::TakeBack).of(award.id);
            journal::store::write(&mut transaction, row.programme, &line, now).await?;
            let reason = if row.voided { Reason::Voided } else { Reason::SameProblem };
            awards::end(&mut transaction, award.id, AwardState::TakenBack, Some(reason), None, now).await?;
            transaction.commit().await?;
        }
        Ok(())
    }

    /// Lets awards run out.
    pub(super) async fn expire(&self) -> Answer<()> {
        let (now, region) = (self.clock().now(), self.home_region());
        let mut connection = self.database().pool().acquire().await?;
        let unclaimed = store::unclaimed(&mut connection, region, now, MOST).await?;
        drop(connection);
        for (id, of) in unclaimed {
            let mut transaction = self.database().pool().begin().await?;
            programme::store::locked(&mut transaction, region, of).await?.ok_or_else(programme::not_found)?;
            let Some(award) = awards::one(&mut transaction, region, id).await? else { continue };
            if award.state() != AwardState::Granted {
                continue;
            }
            let line = Line::between(Account::Granted, Account::Budget, award.fen, What::Expire).of(id);
            journal::store::write(&mut transaction, of, &line, now).await?;
            awards::end(&mut transaction, id, AwardState::Expired, None, None, now).await?;
            transaction.commit().await?;
        }
        Ok(())
    }
}

/// Between which accounts the fen of an award move when it is taken back.
pub(crate) const fn accounts(state: AwardState) -> Option<(Account, Account)> {
    match state {
        AwardState::Reserved => Some((Account::Reserved, Account::Budget)),
        AwardState::Granted | AwardState::Claimed => Some((Account::Granted, Account::Budget)),
        AwardState::Paid => Some((Account::Paid, Account::Recover)),
        AwardState::Expired | AwardState::Refused | AwardState::TakenBack => None,
    }
}
