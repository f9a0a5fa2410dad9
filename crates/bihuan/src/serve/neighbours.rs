//! Neighbour cities wired to the lead room: what is referred, and what is taken in.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use gateway_open311::{Desk, Exchange, Incoming, Outward, Standing, ToFollow, ToSend, Turn};
use http_api::Answer;
use leads::{Leads, Neighbours, Prepared, Report, Seen, Source, ToRefer};
use uuid::Uuid;

/// The lead room as the port of the exchange sees it.
pub struct LeadReferrals(pub Leads);

#[async_trait]
impl Desk for LeadReferrals {
    async fn take_in(&self, incoming: Incoming) -> Answer<bool> {
        let report = Report {
            source: Source::NEIGHBOUR,
            source_key: incoming.key,
            description: incoming.description,
            position: Some(incoming.position),
            address: incoming.address,
            class_code: incoming.class_code,
            component_code: None,
            name: None,
            telephone: None,
            telephone_verified: false,
            person: None,
            role: None,
            photos: Vec::new(),
            details: incoming.details,
            occurred_at: incoming.requested,
            simulated: false,
        };
        Ok(!self.0.receive(report).await?.already_present)
    }

    async fn referred_as(&self, neighbour: &str, ids: &[String]) -> Answer<Vec<String>> {
        self.0.referred_as(neighbour, ids).await
    }

    async fn to_send(&self, most: i64) -> Answer<Vec<ToSend>> {
        let due = self.0.referrals_to_send(most).await?;
        Ok(due.into_iter().map(|one| ToSend { id: one.id, neighbour: one.neighbour, request: one.request }).collect())
    }

    async fn sent(&self, id: Uuid, remote_id: Option<&str>, token: Option<&str>) -> Answer<()> {
        self.0.referral_sent(id, remote_id, token).await
    }

    async fn refused(&self, id: Uuid, why: &str) -> Answer<()> {
        self.0.referral_refused(id, why).await
    }

    async fn referred(&self, neighbour: &str, numbers: &[String]) -> Answer<Vec<String>> {
        self.0.referred_numbers(neighbour, numbers).await
    }

    async fn referred_here(&self, ids: &[String]) -> Answer<Vec<String>> {
        self.0.referred_here(ids).await
    }

    async fn turn(&self, id: Uuid) -> Answer<Turn> {
        Ok(match self.0.referral_turn(id).await? {
            None => Turn::TakenBack,
            Some(None) => Turn::First,
            Some(Some(since)) => Turn::Again(since),
        })
    }

    async fn lost(&self, id: Uuid, why: &str) -> Answer<()> {
        self.0.referral_lost(id, why).await
    }

    async fn failed(&self, id: Uuid, why: &str) -> Answer<()> {
        self.0.referral_failed(id, why).await
    }

    async fn to_follow(&self, most: i64) -> Answer<Vec<ToFollow>> {
        let due = self.0.referrals_to_follow(most).await?;
        let one =
            |one: leads::ReferralToFollow| ToFollow { id: one.id, neighbour: one.neighbour, remote_id: one.remote_id, token: one.token };
        Ok(due.into_iter().map(one).collect())
    }

    async fn numbered(&self, id: Uuid, remote_id: &str, next_at: DateTime<Utc>) -> Answer<()> {
        self.0.referral_numbered(id, remote_id, next_at).await
    }

    async fn unseen(&self, id: Uuid, why: &str, next_at: DateTime<Utc>) -> Answer<()> {
        self.0.referral_unseen(id, why, next_at).await
    }

    async fn seen(&self, id: Uuid, standing: Standing, next_at: DateTime<Utc>) -> Answer<()> {
        let Standing { open, notes, agency, expected, updated } = standing;
        self.0.referral_seen(id, Seen { open, notes, agency, expected, updated }, next_at).await
    }
}

/// The exchange as the lead room's port sees it.
pub struct KnownNeighbours(pub Exchange);

impl Neighbours for KnownNeighbours {
    fn any(&self) -> bool {
        self.0.any()
    }

    fn prepare<'a>(&'a self, code: &'a str, lead: &'a ToRefer) -> BoxFuture<'a, Answer<Prepared>> {
        Box::pin(async move {
            let lead = lead.clone();
            let outward = Outward {
                number: lead.number,
                class_code: lead.class_code,
                description: lead.description,
                address: lead.address,
                position: lead.position,
                reason: lead.reason,
            };
            let prepared = self.0.prepare(code, &outward).await?;
            Ok(Prepared { name: prepared.name, request: prepared.request })
        })
    }
}
