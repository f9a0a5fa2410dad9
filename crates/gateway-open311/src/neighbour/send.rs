//! Sending referrals that are due (转办送达).

use http_api::Answer;

use super::{Exchange, client::Sending, store};

/// Referrals that one node takes in one go: so few that all are answered, or have timed out, before another may take them up.
const BATCH: i64 = 8;

impl Exchange {
    /// Sends the referrals that are due, and says how many it tried.
    ///
    /// # Errors
    /// The database's; what was sent but not noted is sent again under the same key.
    pub async fn send_due(&self) -> Answer<usize> {
        let due = self.desk().to_send(BATCH).await?;
        for one in &due {
            let neighbour = store::one(self.database().pool(), self.home_region(), &one.neighbour).await?;
            let Some(neighbour) = neighbour.filter(|neighbour| neighbour.active) else {
                self.desk().failed(one.id, "邻市对接已停用").await?;
                continue;
            };
            match self.report(&neighbour, one.id, &one.request).await {
                Sending::Taken { remote_id, token } => self.desk().sent(one.id, remote_id.as_deref(), token.as_deref()).await?,
                Sending::Refused(why) => self.desk().refused(one.id, &why).await?,
                Sending::Failed(why) => self.desk().failed(one.id, &why).await?,
            }
        }
        Ok(due.len())
    }
}
