//! The rooms of the house in one readable list: their tables, their rights, their operations.

use std::sync::Arc;

use archives::Archives;
use assessment::Assessment;
use campaigns::Campaigns;
use cases::Cases;
use catalogue::Catalogue;
use centre::Centre;
use database::{Database, Migration};
use docket::Scheduler;
use documents::Documents;
use evidence::Evidence;
use files::Files;
use findings::Findings;
use gateway_jt808::Vehicles;
use gateway_open311::{Exchange, Gateway};
use identity::Identity;
use leads::Leads;
use machines::Machines;
use matters::Matters;
use notify::Notify;
use parties::Parties;
use payments::Payments;
use pressure::Pressure;
use privacy::Privacy;
use property::Property;
use publication::Publications;
use quality::Quality;
use referrals::Referrals;
use rewards::Rewards;
use scrutiny::Scrutiny;
use tracks::Tracks;
use utoipa_axum::router::OpenApiRouter;
use waste::Waste;

use super::readers::AnyRoom;

/// The rooms, each cheap to clone.
#[derive(Clone)]
pub struct Rooms {
    /// People and rights.
    pub identity: Identity,
    /// Classes and places.
    pub catalogue: Catalogue,
    /// Photos.
    pub files: Files,
    /// Telling.
    pub notify: Notify,
    /// The lead loop.
    pub leads: Leads,
    /// Cameras, cars, drones, sensors.
    pub machines: Machines,
    /// Where vehicles were.
    pub tracks: Tracks,
    /// Vehicles and their terminals.
    pub vehicles: Vehicles,
    /// What vehicles are found to have done.
    pub findings: Findings,
    /// Supervision.
    pub pressure: Pressure,
    /// What people may ask about themselves.
    pub privacy: Privacy,
    /// Indicators.
    pub assessment: Assessment,
    /// Honest closing.
    pub scrutiny: Scrutiny,
    /// One exposure, every grid.
    pub campaigns: Campaigns,
    /// Matters, empowerment, statutes.
    pub matters: Matters,
    /// What reporters get.
    pub rewards: Rewards,
    /// Enforcement cases.
    pub cases: Cases,
    /// Evidence of cases.
    pub evidence: Evidence,
    /// Property of cases, towed vehicles.
    pub property: Property,
    /// Rooms, recordings, archive on loan, equipment.
    pub centre: Centre,
    /// Dossiers of cases.
    pub archives: Archives,
    /// Official documents.
    pub documents: Documents,
    /// Fines that are paid.
    pub payments: Payments,
    /// Publication of decisions, repair of credit, reviews and suits.
    pub publications: Publications,
    /// File review, guides, model cases, the use of powers.
    pub quality: Quality,
    /// The party's page.
    pub parties: Parties,
    /// What is put before the case management centre.
    pub referrals: Referrals,
    /// Sites, carriers, vehicles and permits of construction waste.
    pub waste: Waste,
    /// Leads from and for other programs.
    pub open311: Gateway,
    /// Leads to and from neighbour cities.
    pub exchange: Exchange,
    /// Limits.
    pub scheduler: Scheduler,
    /// The database.
    pub database: Database,
}

/// The tables of all rooms, in the order they stand on one another.
pub fn migrations() -> Vec<Migration> {
    [
        docket::MIGRATIONS,
        files::MIGRATIONS,
        identity::MIGRATIONS,
        catalogue::MIGRATIONS,
        matters::MIGRATIONS,
        notify::MIGRATIONS,
        leads::MIGRATIONS,
        machines::MIGRATIONS,
        tracks::MIGRATIONS,
        gateway_jt808::MIGRATIONS,
        findings::MIGRATIONS,
        pressure::MIGRATIONS,
        assessment::MIGRATIONS,
        scrutiny::MIGRATIONS,
        campaigns::MIGRATIONS,
        rewards::MIGRATIONS,
        cases::MIGRATIONS,
        evidence::MIGRATIONS,
        property::MIGRATIONS,
        centre::MIGRATIONS,
        gateway_open311::MIGRATIONS,
        privacy::MIGRATIONS,
        documents::MIGRATIONS,
        payments::MIGRATIONS,
        publication::MIGRATIONS,
        parties::MIGRATIONS,
        quality::MIGRATIONS,
        referrals::MIGRATIONS,
        waste::MIGRATIONS,
    ]
    .concat()
}

/// The rights of every room.
pub fn rights() -> Vec<identity::RightDefinition> {
    [
        identity::rights(),
        catalogue::rights(),
        matters::rights(),
        notify::rights(),
        leads::rights(),
        machines::rights(),
        gateway_jt808::rights(),
        findings::rights(),
        pressure::rights(),
        assessment::rights(),
        scrutiny::rights(),
        campaigns::rights(),
        rewards::rights(),
        cases::rights(),
        evidence::rights(),
        property::rights(),
        centre::rights(),
        archives::rights(),
        gateway_open311::rights(),
        privacy::rights(),
        documents::rights(),
        payments::rights(),
        publication::rights(),
        parties::rights(),
        quality::rights(),
        referrals::rights(),
        waste::rights(),
    ]
    .concat()
}

/// Every operation with its document.
pub fn api(rooms: &Rooms) -> OpenApiRouter {
    OpenApiRouter::with_openapi(crate::openapi::base())
        .merge(identity::routes(rooms.identity.clone()))
        .merge(catalogue::routes(rooms.catalogue.clone()))
        .merge(matters::routes(rooms.matters.clone()))
        .merge(files::public_routes(rooms.files.clone()))
        .merge(files::routes(
            rooms.files.clone(),
            Arc::new(AnyRoom(vec![
                Arc::new(rooms.leads.clone()),
                Arc::new(rooms.machines.clone()),
                Arc::new(rooms.pressure.clone()),
                Arc::new(rooms.scrutiny.clone()),
                Arc::new(rooms.campaigns.clone()),
                Arc::new(rooms.cases.clone()),
                Arc::new(rooms.property.clone()),
                Arc::new(rooms.referrals.clone()),
                Arc::new(rooms.waste.clone()),
            ])),
        ))
        .merge(notify::routes(rooms.notify.clone()))
        .merge(leads::routes(rooms.leads.clone()))
        .merge(machines::routes(rooms.machines.clone()))
        .merge(gateway_jt808::routes(rooms.vehicles.clone()))
        .merge(findings::routes(rooms.findings.clone()))
        .merge(pressure::routes(rooms.pressure.clone()))
        .merge(privacy::routes(rooms.privacy.clone()))
        .merge(assessment::routes(rooms.assessment.clone()))
        .merge(scrutiny::routes(rooms.scrutiny.clone()))
        .merge(campaigns::routes(rooms.campaigns.clone()))
        .merge(rewards::routes(rooms.rewards.clone()))
        .merge(cases::routes(rooms.cases.clone()))
        .merge(super::case_page::routes_of(rooms))
        .merge(evidence::routes(rooms.evidence.clone()))
        .merge(property::routes(rooms.property.clone()))
        .merge(centre::routes(rooms.centre.clone()))
        .merge(archives::routes(rooms.archives.clone()))
        .merge(documents::routes(rooms.documents.clone()))
        .merge(payments::routes(rooms.payments.clone()))
        .merge(publication::routes(rooms.publications.clone()))
        .merge(parties::routes(rooms.parties.clone()))
        .merge(quality::routes(rooms.quality.clone()))
        .merge(referrals::routes(rooms.referrals.clone()))
        .merge(waste::routes(rooms.waste.clone()))
        .merge(gateway_open311::routes(rooms.open311.clone()))
        .merge(gateway_open311::exchange_routes(rooms.exchange.clone()))
}
