//! Sending referrals that are due (转办送达).

use chrono::{DateTime, Duration, Utc};
use http_api::Answer;
use serde_json::Value;

use super::{
    Exchange, Turn,
    client::Sending,
    prepare::referred_number,
    pull::FULL,
    store::{self, Neighbour},
};

/// Referrals that one node takes in one go: so few that all are answered, or have timed out, before another may take them up.
const BATCH: i64 = 8;
/// The neighbour's clock may differ from ours by so much.
const CLOCKS: Duration = Duration::hours(1);

impl Exchange {
    /// Sends the referrals that are due, and says how many it tried.
    ///
    /// # Errors
    /// The database's; what was sent but not noted is looked for there before it is sent again under the same key.
    pub async fn send_due(&self) -> Answer<usize> {
        let due = self.desk().to_send(BATCH).await?;
        for one in &due {
            let neighbour = store::one(self.database().pool(), self.home_region(), &one.neighbour).await?;
            let Some(neighbour) = neighbour.filter(|neighbour| neighbour.active) else {
                self.desk().failed(one.id, "邻市对接已停用").await?;
                continue;
            };
            // Asked right before it leaves: it may have been taken back since it was claimed.
            match self.desk().turn(one.id).await? {
                Turn::TakenBack => continue,
                Turn::First => {}
                Turn::Again(since) => match self.find_there(&neighbour, &one.request, since).await {
                    Ok(Some(number)) => {
                        self.desk().sent(one.id, Some(&number), None).await?;
                        continue;
                    }
                    Ok(None) => {}
                    Err(why) => {
                        self.desk().lost(one.id, &format!("上次没有收到应答，也查不了对方是否已有：{why}")).await?;
                        continue;
                    }
                },
            }
            match self.report(&neighbour, one.id, &one.request).await {
                Sending::Taken { remote_id, token } => self.desk().sent(one.id, remote_id.as_deref(), token.as_deref()).await?,
                Sending::Refused(why) => self.desk().refused(one.id, &why).await?,
                Sending::Failed(why) => self.desk().failed(one.id, &why).await?,
                Sending::Lost(why) => self.desk().lost(one.id, &why).await?,
            }
        }
        Ok(due.len())
    }

    /// The neighbour's number of a referral that may have arrived when it was first sent; none where it is not shown there.
    async fn find_there(&self, neighbour: &Neighbour, request: &Value, since: DateTime<Utc>) -> Result<Option<String>, String> {
        let number = request["description"].as_str().and_then(referred_number);
        let found = self.pages(neighbour, since - CLOCKS, self.clock().now() + CLOCKS).await?;
        let there = found.iter().find(|it| number.is_some() && it.description.as_deref().and_then(referred_number) == number);
        match there {
            Some(there) => Ok(Some(there.id.clone())),
            None if found.len() >= FULL => Err(format!("对方的请求超过 {FULL} 条")),
            None => Ok(None),
        }
    }
}
