//! Where a case comes from (案件来源): a lead, or a referral with the lead that it came from itself.

use docket::KeyOf;
use http_api::Answer;
use identity::Caller;
use kernel::problem::Problem;
use sqlx::PgConnection;
use uuid::Uuid;

use super::store;
use crate::{Cases, LeadFacts};

/// What a new case brings along.
pub(super) struct Origin {
    /// Its place, ground and photos.
    pub facts: Option<LeadFacts>,
    /// The lead, by id and number.
    pub lead: Option<(Uuid, String)>,
    referral: Option<Uuid>,
}

impl Origin {
    /// What the lead or the referral brings; the referral is held from now on.
    pub async fn of(
        room: &Cases,
        connection: &mut PgConnection,
        caller: &Caller,
        (lead, referral): (Option<Uuid>, Option<Uuid>),
    ) -> Answer<Self> {
        match (lead, referral, room.referrals()) {
            (None, None, _) => Ok(Self { facts: None, lead: None, referral: None }),
            (Some(id), None, source) => {
                let missing = || Problem::not_found("lead-not-found", "没有这件线索，或不在您的权限范围内");
                let facts = room.leads().lead(connection, caller, id).await?.ok_or_else(missing)?;
                // Held, so that nobody refers it while its case is opened.
                docket::lock(connection, &facts.key, None).await?.ok_or_else(missing)??;
                if let Some(source) = source
                    && let Some(number) = source.open_of_lead(connection, &facts.key.region, id).await?
                {
                    let why = format!("这件线索已有未办结的移交 {number}，请从这件移交登记案件");
                    return Err(Problem::conflict("referral-open", why.clone()).field("lead", why).into());
                }
                Ok(Self { lead: Some((id, facts.number.clone())), facts: Some(facts), referral: None })
            }
            (None, Some(id), Some(source)) => {
                let found = source.referral(connection, caller, id).await?;
                Ok(Self { facts: Some(found.facts), lead: found.lead, referral: Some(id) })
            }
            (None, Some(_), None) => Err(Problem::not_found("referral-not-found", "没有这件移交，或不在您的权限范围内").into()),
            (Some(_), Some(_), _) => {
                let why = "从移交登记的案件，线索随移交带入，不另填线索";
                Err(Problem::invalid("case-invalid", why).field("lead", why).into())
            }
        }
    }

    /// Tells the referral what became of it, in the transaction that opens the case.
    pub async fn tell(&self, room: &Cases, connection: &mut PgConnection, caller: &Caller, case: &KeyOf) -> Answer<()> {
        match (self.referral, room.referrals()) {
            (Some(id), Some(source)) => source.became(connection, caller, id, case).await,
            _ => Ok(()),
        }
    }
}

impl Cases {
    /// The number of the case that was opened out of a lead, the first where there are several.
    ///
    /// # Errors
    /// The database's.
    pub async fn case_of_lead(&self, connection: &mut PgConnection, region: &str, lead: Uuid) -> Answer<Option<String>> {
        Ok(store::case_of_lead(connection, region, lead).await?)
    }
}
