//! Following referrals: which are due to be asked for, and what the neighbour said.

use chrono::{DateTime, Duration, Utc};
use docket::Actor;
use http_api::Answer;
use serde_json::json;
use uuid::Uuid;

use super::{Order, ReferralState, leave_trace, send::lock_of, store, words};
use crate::{
    Leads,
    act::perform::{Command, by_system},
    lead::{Action, Referral as Step},
};

/// A node that took a referral and died is waited for so long.
const CLAIM: Duration = Duration::minutes(2);

/// A referral that is to be asked for (跟踪中的转办).
#[derive(Debug, Clone)]
pub struct ReferralToFollow {
    /// Its id.
    pub id: Uuid,
    /// The neighbour's code.
    pub neighbour: String,
    /// The neighbour's number, once it gave one.
    pub remote_id: Option<String>,
    /// What to ask for the number with, until then.
    pub token: Option<String>,
}

/// How a request stands at the neighbour's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// It is not over.
    pub open: bool,
    /// Where it stands and why, in the neighbour's words.
    pub notes: Option<String>,
    /// Who has it there.
    pub agency: Option<String>,
    /// When it is to be done.
    pub expected: Option<DateTime<Utc>>,
    /// When it changed last.
    pub updated: Option<DateTime<Utc>>,
}

impl Leads {
    /// Takes referrals that are due to be asked for; whoever took them has two minutes.
    ///
    /// # Errors
    /// The database's.
    pub async fn referrals_to_follow(&self, most: i64) -> Answer<Vec<ReferralToFollow>> {
        let now = self.clock().now();
        let claimed = store::claim(self.database().pool(), ReferralState::Sent, now, now + CLAIM, most).await?;
        let one =
            |one: store::Referral| ReferralToFollow { id: one.id, neighbour: one.neighbour, remote_id: one.remote_id, token: one.token };
        Ok(claimed.into_iter().map(one).collect())
    }

    /// The ids among these under which we sent referrals to a neighbour ourselves.
    ///
    /// # Errors
    /// The database's.
    pub async fn referred_as(&self, neighbour: &str, ids: &[String]) -> Answer<Vec<String>> {
        Ok(store::known(self.database().pool(), neighbour, ids).await?)
    }

    /// Notes the number that a token stood for.
    ///
    /// # Errors
    /// The database's.
    pub async fn referral_numbered(&self, id: Uuid, remote_id: &str, next_at: DateTime<Utc>) -> Answer<()> {
        Ok(store::numbered(self.database().pool(), id, remote_id, next_at).await?)
    }

    /// Notes that a referral could not be asked for; it is asked for again.
    ///
    /// # Errors
    /// The database's.
    pub async fn referral_unseen(&self, id: Uuid, why: &str, next_at: DateTime<Utc>) -> Answer<()> {
        Ok(store::failed(self.database().pool(), id, next_at, &words(why)).await?)
    }

    /// Notes how a referral stands at the neighbour's; what is over there comes back to be checked and answered.
    ///
    /// # Errors
    /// The database's, or the procedure's.
    pub async fn referral_seen(&self, id: Uuid, seen: Seen, next_at: DateTime<Utc>) -> Answer<()> {
        let now = self.clock().now();
        let mut transaction = self.database().pool().begin().await?;
        let Some((key, name)) = lock_of(&mut transaction, id).await? else { return Ok(()) };
        let Some(before) = store::of_id(&mut transaction, id).await?.filter(|it| it.state() == ReferralState::Sent) else { return Ok(()) };
        let seen = Seen { notes: seen.notes.as_deref().map(words), agency: seen.agency.as_deref().map(words), ..seen };
        let news = before.remote_notes != seen.notes || before.remote_agency != seen.agency;
        store::seen(&mut transaction, id, now, &seen, next_at).await?;
        if seen.open {
            if news {
                let note = [seen.agency, seen.notes].into_iter().flatten().collect::<Vec<_>>().join("：");
                let payload = json!({ "neighbour": name, "remote_id": before.remote_id, "note": note });
                leave_trace(self, &mut transaction, &key, ReferralState::Sent, payload).await?;
            }
        } else {
            let said = seen.notes.unwrap_or_else(|| "已办结，没有说明".to_owned());
            let reply = format!("{name}：{said}");
            let payload = json!({ "neighbour": name, "remote_id": before.remote_id, "note": said });
            let mut command = Command::new(Action::Referral(Step::End), payload).editing(move |record, _| {
                record.reply = Some(reply);
                record.check_passed = None;
            });
            command.referral = Some(Order::End);
            by_system(self, &mut transaction, &key, Actor::System("neighbour"), command).await?;
        }
        transaction.commit().await?;
        Ok(())
    }
}
