//! Following referrals by their neighbours' numbers (转办跟踪).

use std::collections::HashMap;

use chrono::{DateTime, Duration, Utc};
use http_api::Answer;

use super::{Exchange, ToFollow, store, store::Neighbour};

/// Referrals that one node takes in one go; so many numbers fit into an address.
const BATCH: i64 = 50;
/// Of a neighbour that is switched off, or whose server does not answer, is asked again after so long.
const PATIENCE: Duration = Duration::minutes(30);

impl Exchange {
    /// Asks for the referrals that are due, and says how many.
    ///
    /// # Errors
    /// The database's, or the lead procedure's.
    pub async fn follow_due(&self) -> Answer<usize> {
        let due = self.desk().to_follow(BATCH).await?;
        let asked = due.len();
        let mut by_neighbour: HashMap<String, Vec<ToFollow>> = HashMap::new();
        for one in due {
            by_neighbour.entry(one.neighbour.clone()).or_default().push(one);
        }
        for (code, theirs) in by_neighbour {
            let neighbour = store::one(self.database().pool(), self.home_region(), &code).await?;
            match neighbour.filter(|neighbour| neighbour.active) {
                Some(neighbour) => self.follow_at(&neighbour, theirs).await?,
                None => self.wait_with(&theirs, "邻市对接已停用").await?,
            }
        }
        Ok(asked)
    }

    async fn follow_at(&self, neighbour: &Neighbour, theirs: Vec<ToFollow>) -> Answer<()> {
        let next_at = self.clock().now() + Duration::minutes(i64::from(neighbour.poll_minutes));
        let (numbered, waiting): (Vec<_>, Vec<_>) = theirs.into_iter().partition(|one| one.remote_id.is_some());
        for one in waiting {
            match self.number_of(neighbour, one.token.as_deref().unwrap_or_default()).await {
                // Looked at as soon as there is a number.
                Ok(Some(number)) => self.desk().numbered(one.id, &number, self.clock().now()).await?,
                Ok(None) => self.desk().unseen(one.id, "对方还没有给出编号", next_at).await?,
                Err(why) => self.desk().unseen(one.id, &why, next_at).await?,
            }
        }
        if numbered.is_empty() {
            return Ok(());
        }
        let ids: Vec<String> = numbered.iter().filter_map(|one| one.remote_id.clone()).collect();
        let found = match self.look(neighbour, &ids).await {
            Ok(found) => found,
            // One number that the server does not take must not keep the others from being asked for.
            Err(unread) if unread.refused && numbered.len() > 1 => return self.follow_singly(neighbour, numbered, next_at).await,
            Err(unread) => return self.wait_with(&numbered, &unread.why).await,
        };
        let mut found: HashMap<String, _> = found.into_iter().map(|request| (request.id.clone(), request)).collect();
        for one in numbered {
            match one.remote_id.as_ref().and_then(|id| found.remove(id)) {
                Some(request) => self.desk().seen(one.id, request.standing(), next_at).await?,
                None => self.desk().unseen(one.id, "对方查不到这个编号", next_at).await?,
            }
        }
        Ok(())
    }

    async fn follow_singly(&self, neighbour: &Neighbour, numbered: Vec<ToFollow>, next_at: DateTime<Utc>) -> Answer<()> {
        let mut rest = numbered.into_iter();
        while let Some(one) = rest.next() {
            match self.look(neighbour, &one.remote_id.clone().into_iter().collect::<Vec<_>>()).await {
                Ok(found) => match found.into_iter().find(|request| Some(&request.id) == one.remote_id.as_ref()) {
                    Some(request) => self.desk().seen(one.id, request.standing(), next_at).await?,
                    None => self.desk().unseen(one.id, "对方查不到这个编号", next_at).await?,
                },
                Err(unread) if unread.refused => self.desk().unseen(one.id, &unread.why, next_at).await?,
                // It went away meanwhile: the others need not wait for it one by one.
                Err(unread) => {
                    let left: Vec<ToFollow> = std::iter::once(one).chain(rest).collect();
                    return self.wait_with(&left, &unread.why).await;
                }
            }
        }
        Ok(())
    }

    async fn wait_with(&self, theirs: &[ToFollow], why: &str) -> Answer<()> {
        let now: DateTime<Utc> = self.clock().now();
        for one in theirs {
            self.desk().unseen(one.id, why, now + PATIENCE).await?;
        }
        Ok(())
    }
}
