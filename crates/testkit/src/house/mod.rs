//! The whole house on a fresh database, with a clock that stands still until it is moved and a person of every role.
//!
//! The county is a strip of two townships with two unit grids each; the squad of each township fixes what is dispatched there.

mod city;
mod client;
mod hands;
mod review;
mod rooms;
// The binary's own adapters: what is tested is what runs. A binary has no library to take them from.
#[path = "../../../bihuan/src/serve/case_centre.rs"]
mod case_centre;
#[path = "../../../bihuan/src/serve/case_evidence.rs"]
mod case_evidence;
#[path = "../../../bihuan/src/serve/case_fines.rs"]
mod case_fines;
#[path = "../../../bihuan/src/serve/case_leads.rs"]
mod case_leads;
#[path = "../../../bihuan/src/serve/case_property.rs"]
mod case_property;
#[path = "../../../bihuan/src/serve/kept_events.rs"]
mod kept_events;
#[path = "../../../bihuan/src/serve/neighbours.rs"]
mod neighbours;
#[path = "../../../bihuan/src/serve/open311.rs"]
mod open311;
#[path = "../../../bihuan/src/serve/publications.rs"]
mod publications;
#[path = "../../../bihuan/src/serve/readers.rs"]
mod readers;
#[path = "../../../bihuan/src/serve/sightings.rs"]
mod sightings;

use std::sync::{Arc, atomic::AtomicU32};

use axum::Router;
use catalogue::Catalogue;
use chrono::{DateTime, TimeZone, Utc};
use docket::{Scheduler, vault::Vault};
use files::Files;
use identity::{Identity, Password, bootstrap};
use kernel::{
    calendar::Calendar,
    clock::{ManualClock, SystemClock},
    id::{OrganisationId, PersonId},
};
use leads::Leads;
use machines::Machines;
use pressure::Pressure;
use privacy::Privacy;
use serde_json::{Value, json};

use crate::{TestDatabase, fresh};

pub use client::{Answer, Client};

/// The key of the house's Open311 face.
pub const OPEN311_KEY: &str = "test-open311-key";

/// Everybody's password.
pub const PASSWORD: &str = "river-lamp-42";

/// Monday, 2 November 2026, nine in the morning in Shanghai.
#[must_use]
pub fn monday_morning() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 2, 1, 0, 0).single().unwrap_or_default()
}

/// A position inside the first grid of the western township.
#[must_use]
pub fn in_the_west() -> Value {
    json!({ "x": 121.005, "y": 30.705 })
}

/// A position inside the first grid of the eastern township.
#[must_use]
pub fn in_the_east() -> Value {
    json!({ "x": 121.025, "y": 30.705 })
}

/// The organisations.
#[derive(Debug, Clone, Copy)]
pub struct Units {
    /// The county's bureau.
    pub bureau: OrganisationId,
    /// The squad of the western township.
    pub west: OrganisationId,
    /// The squad of the eastern township.
    pub east: OrganisationId,
    /// The bureau of the county next door.
    pub neighbour: OrganisationId,
}

/// The house.
pub struct House {
    /// The database.
    pub test: TestDatabase,
    /// The clock of everything but sessions.
    pub clock: Arc<ManualClock>,
    /// The rooms.
    pub identity: Identity,
    /// Classes and places.
    pub catalogue: Catalogue,
    /// Photos.
    pub files: Files,
    /// Personal data.
    pub vault: Vault,
    /// The lead loop.
    pub leads: Leads,
    /// Cameras, cars, drones, sensors.
    pub machines: Machines,
    /// Supervision.
    pub pressure: Pressure,
    /// Leads to and from neighbour cities.
    pub exchange: gateway_open311::Exchange,
    /// What people may ask about themselves.
    pub privacy: Privacy,
    /// What reporters get.
    pub rewards: rewards::Rewards,
    /// Enforcement cases.
    pub cases: cases::Cases,
    /// Evidence of cases. Its face is not the house's: a test that wants it adds it.
    pub evidence: evidence::Evidence,
    /// Rooms, recordings, archive on loan, equipment.
    pub centre: centre::Centre,
    /// Fines that are paid.
    pub payments: payments::Payments,
    /// Publication of their decisions. A test says when it hears of a case.
    pub publications: publication::Publications,
    /// File review; documents and evidence stand outside of this house.
    pub quality: quality::Quality,
    /// Limits.
    pub scheduler: Scheduler,
    /// Telling.
    pub notify: notify::Notify,
    /// The organisations.
    pub units: Units,
    /// Folders of files and keys.
    pub folder: tempfile::TempDir,
    router: Router,
    photos: AtomicU32,
}

impl House {
    /// A house that stands and has people in it.
    pub async fn build() -> House {
        let test = fresh(rooms::TABLES).await;
        Self::on(test).await
    }

    async fn on(test: TestDatabase) -> House {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let clock = ManualClock::starting_at(monday_morning());
        let database = test.database.clone();
        let settings = identity::Settings { seal_key: [7; 32], secure_cookies: false, demo: false };
        // Sessions follow the clock on the wall: a test that lives through ninety days stays signed in.
        let identity = Identity::new(database.pool().clone(), Arc::new(SystemClock), settings);
        identity.register(&rooms::rights()).await.expect("rights are registered");
        let catalogue =
            Catalogue::load(database.clone(), clock.clone(), catalogue::Settings::default()).await.expect("the catalogue loads");
        let files = Files::open_folder(folder.path(), database.clone(), clock.clone(), files::Limits::default()).expect("a files folder");
        let vault = Vault::open(&folder.path().join("keys")).expect("a vault");
        let outgoing = notify::Outgoing::new(&[9; 32], false).expect("an HTTP client");
        let leads = Leads::new(leads::Parts {
            database: database.clone(),
            clock: clock.clone(),
            catalogue: catalogue.clone(),
            identity: identity.clone(),
            files: files.clone(),
            vault: vault.clone(),
            calendar: Arc::new(Calendar::shipped()),
            home_region: city::COUNTY.to_owned(),
            outgoing: outgoing.clone(),
            reporter_may_check: false,
            demo: false,
        });
        let library = matters::Matters::load(database.clone(), clock.clone(), identity.clone(), city::COUNTY);
        let matters = library.await.expect("a legal library");
        let cases = cases::Cases::new(cases::Parts {
            catalogue: catalogue.clone(),
            matters: matters.clone(),
            database: database.clone(),
            clock: clock.clone(),
            identity: identity.clone(),
            vault: vault.clone(),
            calendar: Arc::new(Calendar::shipped()),
            home_region: city::COUNTY.to_owned(),
            leads: Arc::new(case_leads::CaseLeads(leads.clone())),
            demo: false,
        });
        let property = property::Property::new(property::Parts {
            database: database.clone(),
            clock: clock.clone(),
            identity: identity.clone(),
            files: files.clone(),
            vault: vault.clone(),
            cases: Arc::new(case_property::CasesWithProperty(cases.clone())),
            fonts: std::path::PathBuf::from(std::env::var("BIHUAN_FONTS").unwrap_or_else(|_| "var/fonts".to_owned())),
            home_region: city::COUNTY.to_owned(),
            demo: false,
        });
        let payments = payments::Payments::new(payments::Parts {
            database: database.clone(),
            clock: clock.clone(),
            wall: Arc::new(SystemClock),
            identity: identity.clone(),
            cases: Arc::new(case_fines::CasesWithFines(cases.clone())),
            home_region: city::COUNTY.to_owned(),
            demo: false,
        });
        let publications = publication::Publications::new(publication::Parts {
            database: database.clone(),
            clock: clock.clone(),
            identity: identity.clone(),
            calendar: Arc::new(Calendar::shipped()),
            home_region: city::COUNTY.to_owned(),
            live: review::live(&matters, &identity, &database, &clock),
            decisions: Arc::new(publications::CaseDecisions { cases: cases.clone(), numbers: Arc::new(|_| Box::pin(async { Ok(None) })) }),
        });
        let quality = review::open(&database, &clock, &identity, &matters, (&cases, &publications));
        let machines = Machines::new(machines::Parts {
            database: database.clone(),
            clock: clock.clone(),
            catalogue: catalogue.clone(),
            identity: identity.clone(),
            files: files.clone(),
            home_region: city::COUNTY.to_owned(),
            desk: Arc::new(sightings::LeadDesk(leads.clone())),
        });
        let pressure = Pressure::new(pressure::Parts {
            database: database.clone(),
            clock: clock.clone(),
            identity: identity.clone(),
            files: files.clone(),
            leads: leads.clone(),
            calendar: Arc::new(Calendar::shipped()),
            home_region: city::COUNTY.to_owned(),
        });
        let campaigns = campaigns::Campaigns::new(campaigns::Parts {
            database: database.clone(),
            clock: clock.clone(),
            catalogue: catalogue.clone(),
            identity: identity.clone(),
            files: files.clone(),
            leads: leads.clone(),
            home_region: city::COUNTY.to_owned(),
        });
        let rewards = rewards::Rewards::new(rewards::Parts {
            database: database.clone(),
            clock: clock.clone(),
            catalogue: catalogue.clone(),
            identity: identity.clone(),
            vault: vault.clone(),
            leads: leads.clone(),
            home_region: city::COUNTY.to_owned(),
        });
        let exchange = gateway_open311::Exchange::new(gateway_open311::ExchangeParts {
            database: database.clone(),
            clock: clock.clone(),
            catalogue: catalogue.clone(),
            outgoing: outgoing.clone(),
            home_region: city::COUNTY.to_owned(),
            desk: Arc::new(neighbours::LeadReferrals(leads.clone())),
        });
        leads.neighbours_are(Arc::new(neighbours::KnownNeighbours(exchange.clone())));
        leads.sign_receipts_with(docket::ledger::RootKey::open(&folder.path().join("keys")).expect("a signing key"));
        let requests = open311::LeadRequests { leads: leads.clone(), identity: identity.clone(), catalogue: catalogue.clone() };
        let gateway_settings = gateway_open311::Settings { api_keys: vec![OPEN311_KEY.to_owned()], ..gateway_open311::Settings::default() };
        let gateway = gateway_open311::Gateway::new(Arc::new(requests), catalogue.clone(), clock.clone(), gateway_settings);
        let pressing = pressure::Told::new(identity.clone());
        let consumers = review::hearing(pressing.clone(), &machines, &publications, &payments);
        let sends = notify::Settings::through(outgoing);
        let notify = notify::Notify::new(database.clone(), identity.clone(), clock.clone(), consumers, &sends);
        pressing.speak_through(notify.clone());
        let belongs = Arc::new(case_evidence::CasesWithEvidence(cases.clone()));
        let evidence = evidence::Evidence::new(database.clone(), clock.clone(), identity.clone(), files.clone(), belongs);
        let centre = centre::Centre::new(centre::Parts {
            database: database.clone(),
            clock: clock.clone(),
            identity: identity.clone(),
            notify: notify.clone(),
            vault: vault.clone(),
            cases: Arc::new(case_centre::CasesInCentre(cases.clone())),
            evidence: Arc::new(case_centre::EvidenceInCentre(evidence.clone())),
            home_region: city::COUNTY.to_owned(),
            demo: false,
        });
        let privacy = Privacy::new(privacy::Parts {
            database: database.clone(),
            clock: clock.clone(),
            identity: identity.clone(),
            files: files.clone(),
            vault: vault.clone(),
            leads: leads.clone(),
            notify: notify.clone(),
            home_region: city::COUNTY.to_owned(),
        });
        leads.told_under(Arc::new(privacy.clone()));
        privacy.drops_events_of(Arc::new(kept_events::KeptEvents(machines.clone())));
        let units = city::units(&identity).await;
        let scheduler = Scheduler::new(database.clone(), clock.clone());
        let router = identity::routes(identity.clone())
            .merge(catalogue::routes(catalogue.clone()))
            .merge(files::public_routes(files.clone()))
            .merge(files::routes(
                files.clone(),
                Arc::new(readers::AnyRoom(vec![
                    Arc::new(leads.clone()),
                    Arc::new(machines.clone()),
                    Arc::new(pressure.clone()),
                    Arc::new(cases.clone()),
                    Arc::new(property.clone()),
                ])),
            ))
            .merge(notify::routes(notify.clone()))
            .merge(leads::routes(leads.clone()))
            .merge(machines::routes(machines.clone()))
            .merge(pressure::routes(pressure.clone()))
            .merge(campaigns::routes(campaigns))
            .merge(rewards::routes(rewards.clone()))
            .merge(matters::routes(matters))
            .merge(cases::routes(cases.clone()))
            .merge(property::routes(property))
            .merge(centre::routes(centre.clone()))
            .merge(payments::routes(payments.clone()))
            .merge(publication::routes(publications.clone()))
            .merge(quality::routes(quality.clone()))
            .merge(gateway_open311::routes(gateway))
            .merge(gateway_open311::exchange_routes(exchange.clone()))
            .merge(privacy::routes(privacy.clone()))
            .split_for_parts()
            .0
            .layer(identity::layer(identity.clone()));
        let house = House {
            test,
            clock,
            identity,
            catalogue,
            files,
            vault,
            leads,
            machines,
            pressure,
            exchange,
            privacy,
            rewards,
            cases,
            evidence,
            centre,
            payments,
            publications,
            quality,
            scheduler,
            notify,
            units,
            folder,
            router,
            photos: AtomicU32::new(1),
        };
        city::people(&house).await;
        let administrator = house.signed_in("administrator01").await;
        administrator.post("/api/v1/catalogue/imports/regions", city::regions()).await.fine();
        house
    }

    /// The whole face, for tests that put it behind a socket.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// A browser in which nobody is signed in.
    pub fn visitor(&self) -> Client {
        Client::new(self.router.clone())
    }

    /// A browser in which this account is signed in.
    pub async fn signed_in(&self, account: &str) -> Client {
        let mut client = self.visitor();
        client.sign_in(account, PASSWORD).await.fine();
        client
    }

    /// A machine that calls with a key of its own.
    pub async fn machine(&self, account: &str) -> Client {
        let person: PersonId = self.person(account, self.units.bureau, &["machine"], &[]).await;
        let key = bootstrap::api_key(&self.identity, person, "测试").await.expect("a key");
        let mut client = self.visitor();
        client.bearer = Some(key);
        client
    }

    /// Makes another person with everybody's password.
    pub async fn person(&self, account: &str, organisation: OrganisationId, roles: &[&str], regions: &[&str]) -> PersonId {
        let password = (!roles.contains(&"machine")).then(|| Password::new(PASSWORD));
        city::person(&self.identity, account, organisation, roles, regions, password).await
    }
}
