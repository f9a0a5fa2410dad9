//! File review in the house: documents and evidence stand outside of it, so that the program cannot tell about them. And what lists that are
//! public in advance are made from.

#[path = "../../../bihuan/src/serve/quality.rs"]
mod adapter;
#[path = "../../../bihuan/src/serve/disclosures.rs"]
mod disclosures;

use std::sync::Arc;

use cases::Cases;
use database::Database;
use identity::Identity;
use kernel::{calendar::Calendar, clock::ManualClock};
use matters::Matters;
use publication::Publications;
use quality::Quality;

use super::city::COUNTY;

/// The room of quality over these cases.
pub(super) fn open(
    database: &Database,
    clock: &Arc<ManualClock>,
    identity: &Identity,
    matters: &Matters,
    (cases, publications): (&Cases, &Publications),
) -> Quality {
    Quality::new(quality::Parts {
        database: database.clone(),
        clock: clock.clone(),
        identity: identity.clone(),
        calendar: Arc::new(Calendar::shipped()),
        matters: matters.clone(),
        home_region: COUNTY.to_owned(),
        cases: Arc::new(adapter::ReviewedCases {
            cases: cases.clone(),
            publications: publications.clone(),
            beside: Arc::new(|_| Box::pin(async { Ok((None, None)) })),
        }),
    })
}

/// What public lists are made from.
pub(super) fn live(matters: &Matters, identity: &Identity, database: &Database, clock: &Arc<ManualClock>) -> Arc<dyn publication::Live> {
    Arc::new(disclosures::HouseLive {
        matters: matters.clone(),
        identity: identity.clone(),
        database: database.clone(),
        clock: clock.clone(),
        home_region: COUNTY.to_owned(),
        demo: false,
    })
}

/// Who hears of what happens in the house.
pub(super) fn hearing(
    pressing: Arc<pressure::Told>,
    machines: &machines::Machines,
    publications: &Publications,
    payments: &payments::Payments,
) -> Vec<Arc<dyn notify::Consumer>> {
    vec![
        pressing,
        Arc::new(machines::Outcomes(machines.clone())),
        Arc::new(super::publications::DecisionsHeard(publications.clone())),
        Arc::new(super::case_fines::FinesHeard(payments.clone())),
    ]
}
