//! Sending referrals: which are due, and what came of a try.

use chrono::{DateTime, Duration, Utc};
use docket::KeyOf;
use http_api::Answer;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{ReferralState, leave_trace, store, words};
use crate::Leads;

/// A node that took a referral and died is waited for so long.
const CLAIM: Duration = Duration::minutes(2);
/// The first wait after a failure; it doubles up to [`LONGEST_WAIT`].
const FIRST_WAIT: Duration = Duration::seconds(15);
/// The longest wait between two tries.
const LONGEST_WAIT: Duration = Duration::hours(1);

/// A referral that is to be sent (待送达的转办).
#[derive(Debug, Clone)]
pub struct ReferralToSend {
    /// Its id: the key under which a repetition is known as one.
    pub id: Uuid,
    /// The neighbour's code.
    pub neighbour: String,
    /// The fields of its request.
    pub request: Value,
}

impl Leads {
    /// Takes referrals that are due to be sent; whoever took them has two minutes.
    ///
    /// # Errors
    /// The database's.
    pub async fn referrals_to_send(&self, most: i64) -> Answer<Vec<ReferralToSend>> {
        let now = self.clock().now();
        let claimed = store::claim(self.database().pool(), ReferralState::Waiting, now, now + CLAIM, most).await?;
        Ok(claimed.into_iter().map(|one| ReferralToSend { id: one.id, neighbour: one.neighbour, request: one.request }).collect())
    }

    /// The neighbour took a referral and gave it an id, or a token to ask for the id later.
    ///
    /// # Errors
    /// The database's; the referral is then sent again under the same key.
    pub async fn referral_sent(&self, id: Uuid, remote_id: Option<&str>, token: Option<&str>) -> Answer<()> {
        let now = self.clock().now();
        let mut transaction = self.database().pool().begin().await?;
        let Some((key, name)) = lock_of(&mut transaction, id).await? else { return Ok(()) };
        // Taken back while it was on its way it stays so; the neighbour's number is kept all the same.
        if store::sent(&mut transaction, id, now, remote_id, token).await? {
            let payload = json!({ "neighbour": name, "remote_id": remote_id, "note": "邻市已接收" });
            leave_trace(self, &mut transaction, &key, ReferralState::Sent, payload).await?;
        } else {
            let note = "撤回之前已送达，邻市有这件：请电话告知对方不再办理";
            let payload = json!({ "neighbour": name, "remote_id": remote_id, "note": note });
            leave_trace(self, &mut transaction, &key, ReferralState::Over, payload).await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// The neighbour's server refused a referral for good.
    ///
    /// # Errors
    /// The database's.
    pub async fn referral_refused(&self, id: Uuid, why: &str) -> Answer<()> {
        let now = self.clock().now();
        let mut transaction = self.database().pool().begin().await?;
        let Some((key, name)) = lock_of(&mut transaction, id).await? else { return Ok(()) };
        let why = words(why);
        if store::refused(&mut transaction, id, now, &why).await? {
            let payload = json!({ "neighbour": name, "note": format!("邻市没有接收：{why}") });
            leave_trace(self, &mut transaction, &key, ReferralState::Refused, payload).await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// Asked right before a referral leaves: none where it was taken back meanwhile, else when it left before and may have arrived.
    ///
    /// # Errors
    /// The database's.
    pub async fn referral_turn(&self, id: Uuid) -> Answer<Option<Option<DateTime<Utc>>>> {
        Ok(store::begin_post(self.database().pool(), id, self.clock().now()).await?)
    }

    /// A referral left and its answer was lost: it is looked for at the neighbour's before it leaves again. Taken back meanwhile, somebody must
    /// tell the neighbour.
    ///
    /// # Errors
    /// The database's.
    pub async fn referral_lost(&self, id: Uuid, why: &str) -> Answer<()> {
        let mut transaction = self.database().pool().begin().await?;
        let Some((key, name)) = lock_of(&mut transaction, id).await? else { return Ok(()) };
        if store::of_id(&mut transaction, id).await?.is_some_and(|it| it.state() == ReferralState::Over) {
            let note = "撤回时正在送达，没有收到应答，邻市可能已有这件：请电话核对并告知";
            leave_trace(self, &mut transaction, &key, ReferralState::Over, json!({ "neighbour": name, "note": note })).await?;
            transaction.commit().await?;
            return Ok(());
        }
        transaction.rollback().await?;
        self.try_again(id, why).await
    }

    /// The numbers among these that are of leads we referred to a neighbour.
    ///
    /// # Errors
    /// The database's.
    pub async fn referred_numbers(&self, neighbour: &str, numbers: &[String]) -> Answer<Vec<String>> {
        if numbers.is_empty() {
            return Ok(Vec::new());
        }
        Ok(store::numbers(self.database().pool(), self.home_region(), neighbour, numbers).await?)
    }

    /// A try to send a referral failed, and it certainly did not arrive; it is tried again, or given up after a day.
    ///
    /// # Errors
    /// The database's.
    pub async fn referral_failed(&self, id: Uuid, why: &str) -> Answer<()> {
        store::did_not_arrive(self.database().pool(), id).await?;
        self.try_again(id, why).await
    }

    async fn try_again(&self, id: Uuid, why: &str) -> Answer<()> {
        let now = self.clock().now();
        let Some((attempts, give_up_at)) = store::tries(self.database().pool(), id).await? else { return Ok(()) };
        let next_at = now + wait(attempts);
        if next_at >= give_up_at {
            return self.referral_refused(id, &format!("一天内没有送达，最后一次：{why}")).await;
        }
        store::failed(self.database().pool(), id, next_at, &words(why)).await?;
        Ok(())
    }
}

/// The lead of a referral, locked before the referral itself as every action does, and the neighbour's name.
pub(super) async fn lock_of(connection: &mut sqlx::PgConnection, id: Uuid) -> Answer<Option<(KeyOf, String)>> {
    let Some((region, lead, name)) = store::lead_of(connection, id).await? else { return Ok(None) };
    let key = KeyOf { region, id: lead.into() };
    docket::lock(connection, &key, None).await?.ok_or_else(crate::act::not_found)??;
    Ok(Some((key, name)))
}

/// How long to wait after so many failures.
fn wait(attempts: i32) -> Duration {
    (FIRST_WAIT * (1 << attempts.saturating_sub(1).clamp(0, 10))).min(LONGEST_WAIT)
}
