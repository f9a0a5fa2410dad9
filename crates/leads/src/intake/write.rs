//! One commit for reports that arrived together.

use std::collections::HashSet;

use docket::Opening;
use uuid::Uuid;

use super::{Judged, Received};
use crate::{
    Leads,
    lead::{PhotoRole, store},
    precedent, spool,
};

/// Writes all that are new and finds those that were there already, in one transaction.
pub(super) async fn write(leads: &Leads, judged: &[Judged]) -> sqlx::Result<Vec<Received>> {
    let now = leads.clock().now();
    let mut transaction = leads.database().pool().begin().await?;
    let rows: Vec<_> = judged.iter().map(|judged| judged.lead.clone()).collect();
    let new: HashSet<Uuid> = store::claim(&mut transaction, &rows).await?.into_iter().collect();
    let fresh: Vec<&Judged> = judged.iter().filter(|judged| new.contains(&judged.lead.key.id.uuid())).collect();
    let openings: Vec<Opening> = fresh.iter().map(|judged| judged.opening.clone()).collect();
    docket::open(&mut transaction, now, &openings).await?;
    for judged in &fresh {
        if let Some(subject) = judged.lead.reporter_subject {
            let fields: Vec<(&str, &str)> = judged.personal.iter().map(|(field, value)| (*field, value.as_str())).collect();
            leads.vault().keep(&mut transaction, &judged.lead.key.region, subject, &fields).await?;
        }
    }
    let payloads = fresh.iter().flat_map(|judged| &judged.opening.entries).map(|entry| &entry.payload);
    precedent::cite(&mut transaction, leads.home_region(), payloads, now).await?;
    let photos: Vec<_> = fresh
        .iter()
        .flat_map(|judged| judged.photos.iter().map(|file| (&judged.lead.key, file.as_str(), PhotoRole::Report.code())))
        .collect();
    store::insert_photos(&mut transaction, now, &photos).await?;
    let mut received = Vec::with_capacity(judged.len());
    for judged in judged {
        let lead = &judged.lead;
        let present = if new.contains(&lead.key.id.uuid()) {
            None
        } else {
            store::by_source_key(&mut transaction, &lead.key.region, lead.source.code(), &lead.source_key).await?
        };
        received.push(match present {
            None => Received {
                key: lead.key.clone(),
                number: judged.opening.number.clone(),
                tracking_code: lead.tracking_code.clone(),
                already_present: false,
            },
            Some((id, tracking_code)) => {
                if judged.promised && tracking_code != lead.tracking_code {
                    spool::insert_alias(&mut transaction, &lead.tracking_code, &lead.key.region, id).await?;
                }
                let number = store::number_of(&mut transaction, &lead.key.region, id).await?.unwrap_or_default();
                let key = docket::KeyOf { region: lead.key.region.clone(), id: id.into() };
                Received { key, number, tracking_code, already_present: true }
            }
        });
    }
    transaction.commit().await?;
    Ok(received)
}
