//! File review in the house: documents and evidence stand outside of it, so that the program cannot tell about them.

#[path = "../../../bihuan/src/serve/quality.rs"]
mod adapter;

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
