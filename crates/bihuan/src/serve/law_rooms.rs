//! The rooms of enforcing the law, wired to one another: cases, what they hold and what follows from them.

use std::sync::Arc;

use anyhow::Result;
use archives::Archives;
use cases::Cases;
use catalogue::Catalogue;
use database::Database;
use docket::{ledger::RootKey, vault::Vault};
use evidence::Evidence;
use files::Files;
use identity::Identity;
use kernel::{calendar::Calendar, clock::SharedClock};
use leads::Leads;
use matters::Matters;
use payments::Payments;
use property::Property;
use publication::Publications;
use quality::Quality;

use super::{
    case_evidence::CasesWithEvidence,
    case_fines::CasesWithFines,
    case_leads::CaseLeads,
    case_property::CasesWithProperty,
    case_rooms::{CasesWithDocuments, CasesWithPapers},
    disclosures::HouseLive,
    house::Mode,
    offers::offer_payments,
    publications::CaseDecisions,
    quality::ReviewedCases,
};
use crate::settings::ServeArgs;

/// What the rooms of the law stand on.
pub struct Ground<'a> {
    /// What the program was started with.
    pub args: &'a ServeArgs,
    /// A real city, or the demo.
    pub mode: Mode,
    /// The database.
    pub database: &'a Database,
    /// The clock.
    pub clock: &'a SharedClock,
    /// People and rights.
    pub identity: &'a Identity,
    /// Places.
    pub catalogue: &'a Catalogue,
    /// The legal library.
    pub matters: &'a Matters,
    /// Files.
    pub files: &'a Files,
    /// Who people are.
    pub vault: &'a Vault,
    /// Working days.
    pub calendar: &'a Arc<Calendar>,
    /// Signs what leaves.
    pub root_key: &'a RootKey,
    /// Where cases come from.
    pub leads: &'a Leads,
}

/// The rooms.
pub struct LawRooms {
    /// Enforcement cases.
    pub cases: Cases,
    /// Fines that are paid.
    pub payments: Payments,
    /// Official documents.
    pub documents: documents::Documents,
    /// Evidence.
    pub evidence: Evidence,
    /// Things and towed vehicles.
    pub property: Property,
    /// Dossiers, materials for the court.
    pub archives: Archives,
    /// Publication, credit, remedies.
    pub publications: Publications,
    /// File review.
    pub quality: Quality,
}

/// Opens them.
pub async fn open(ground: &Ground<'_>) -> Result<LawRooms> {
    let cases = Cases::new(cases::Parts {
        catalogue: ground.catalogue.clone(),
        matters: ground.matters.clone(),
        database: ground.database.clone(),
        clock: ground.clock.clone(),
        identity: ground.identity.clone(),
        vault: ground.vault.clone(),
        calendar: ground.calendar.clone(),
        home_region: ground.args.region.clone(),
        leads: Arc::new(CaseLeads(ground.leads.clone())),
        demo: ground.mode == Mode::Demo,
    });
    let payments = Payments::new(payments::Parts {
        database: ground.database.clone(),
        clock: ground.clock.clone(),
        wall: Arc::new(kernel::clock::SystemClock),
        identity: ground.identity.clone(),
        cases: Arc::new(CasesWithFines(cases.clone())),
        home_region: ground.args.region.clone(),
        demo: ground.mode == Mode::Demo,
    });
    offer_payments(&payments, ground.mode)?;
    let documents = super::papers::open(ground.args, ground.database, ground.clock, ground.identity, ground.files, ground.vault)?;
    documents.belong_to(vec![Arc::new(CasesWithDocuments {
        cases: cases.clone(),
        clock: ground.clock.clone(),
        payments: payments.clone(),
        calendar: ground.calendar.clone(),
    })]);
    let belongs = Arc::new(CasesWithEvidence(cases.clone()));
    let evidence = Evidence::new(ground.database.clone(), ground.clock.clone(), ground.identity.clone(), ground.files.clone(), belongs);
    let property = Property::new(property::Parts {
        database: ground.database.clone(),
        clock: ground.clock.clone(),
        identity: ground.identity.clone(),
        files: ground.files.clone(),
        vault: ground.vault.clone(),
        cases: Arc::new(CasesWithProperty(cases.clone())),
        fonts: ground.args.fonts.clone(),
        home_region: ground.args.region.clone(),
        demo: ground.mode == Mode::Demo,
    });
    let archives = Archives::new(archives::Parts {
        database: ground.database.clone(),
        clock: ground.clock.clone(),
        files: ground.files.clone(),
        evidence: evidence.clone(),
        key: ground.root_key.clone(),
        folder: ground.args.data.clone(),
        cases: Arc::new(CasesWithPapers { cases: cases.clone(), documents: documents.clone(), payments: payments.clone() }),
    });
    let numbered = documents.clone();
    let publications = Publications::new(publication::Parts {
        database: ground.database.clone(),
        clock: ground.clock.clone(),
        identity: ground.identity.clone(),
        calendar: ground.calendar.clone(),
        home_region: ground.args.region.clone(),
        live: Arc::new(HouseLive {
            matters: ground.matters.clone(),
            identity: ground.identity.clone(),
            database: ground.database.clone(),
            clock: ground.clock.clone(),
            home_region: ground.args.region.clone(),
            demo: ground.mode == Mode::Demo,
        }),
        decisions: Arc::new(CaseDecisions {
            cases: cases.clone(),
            numbers: Arc::new(move |key| {
                let documents = numbered.clone();
                Box::pin(async move { documents.decision_number(&key).await })
            }),
        }),
    });
    cases.publishes_through_its_room();
    let (papers, exhibits, beside) = (documents.clone(), evidence.clone(), ground.database.clone());
    let quality = Quality::new(quality::Parts {
        database: ground.database.clone(),
        clock: ground.clock.clone(),
        identity: ground.identity.clone(),
        calendar: ground.calendar.clone(),
        matters: ground.matters.clone(),
        home_region: ground.args.region.clone(),
        cases: Arc::new(ReviewedCases {
            cases: cases.clone(),
            publications: publications.clone(),
            beside: Arc::new(move |key| {
                let (papers, exhibits, database) = (papers.clone(), exhibits.clone(), beside.clone());
                Box::pin(async move { super::papers::beside(&papers, &exhibits, &database, &key).await })
            }),
        }),
    });
    quality.seed().await.map_err(|error| anyhow::anyhow!("{}", error.problem().detail))?;
    Ok(LawRooms { cases, payments, documents, evidence, property, archives, publications, quality })
}
