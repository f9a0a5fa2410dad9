//! The wiring: which room stands on which, in one readable list.

use std::sync::Arc;

use anyhow::{Context, Result};
use assessment::Assessment;
use axum::Router;
use campaigns::Campaigns;
use catalogue::Catalogue;
use centre::Centre;
use database::Opened;
use docket::{Scheduler, ledger::RootKey, vault::Vault};
use gateway_jt808::Vehicles;
use gateway_open311::{Exchange, Gateway};
use identity::Identity;
use kernel::clock::SharedClock;
use leads::Leads;
use machines::Machines;
use notify::{Notify, Outgoing};
use parties::Parties;
use pressure::Pressure;
use privacy::Privacy;
use referrals::Referrals;
use rewards::Rewards;
use scrutiny::Scrutiny;
use tracks::Tracks;

use super::{
    case_centre::{CasesInCentre, EvidenceInCentre},
    case_fines::FinesHeard,
    case_rooms::IssuedPapers,
    disputes::OpenDisputes,
    doubts::OpenSuspicions,
    eyes::Eyes,
    kept_events::KeptEvents,
    law_rooms::{self, Ground, LawRooms},
    neighbours::{KnownNeighbours, LeadReferrals},
    offers::{offer_provider, offer_text_messages},
    open311::LeadRequests,
    party_extras::{Bills, Repairs},
    publications::DecisionsHeard,
    referral_papers::DecisionPapers,
    rooms::{Rooms, api, migrations, rights},
    sightings::LeadDesk,
    tasks::Tasks,
};
use crate::settings::ServeArgs;

/// Whether this is a real city or the demo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// A real city.
    Real,
    /// The demo city: simulated, with published passwords and a clock that the simulator moves.
    Demo,
}

/// Everything that is open.
pub struct House {
    /// The database with its cluster.
    pub opened: Opened,
    /// The rooms.
    pub rooms: Rooms,
    tasks: Tasks,
}

/// Opens the house: database, migrations, rooms, tasks.
pub async fn open_house(args: &ServeArgs, mode: Mode, clock: SharedClock) -> Result<House> {
    std::fs::create_dir_all(&args.data).with_context(|| format!("数据目录 {} 无法建立", args.data.display()))?;
    let opened = database::open(&database::Settings::from_environment(&args.data)).await?;
    database::migrate(&opened.owner_pool, &migrations()).await?;
    let database = opened.database.clone();
    let keys = args.keys_folder();
    let vault = Vault::open_for(&keys, database.pool()).await.context("密钥目录无法使用")?;
    let root_key = RootKey::open(&keys).context("密钥目录无法使用")?;
    let identity = Identity::new(
        database.pool().clone(),
        // Sessions follow the clock on the wall: the demo's clock leaps over weeks.
        Arc::new(kernel::clock::SystemClock),
        identity::Settings { seal_key: derived_key(&vault, "identity.seal"), secure_cookies: args.has_tls(), demo: mode == Mode::Demo },
    );
    identity.register(&rights()).await?;
    offer_provider(&identity)?;
    let catalogue = Catalogue::load(
        database.clone(),
        clock.clone(),
        catalogue::Settings { map: catalogue::MapConfig::read(|name| std::env::var(name).ok()), ..catalogue::Settings::default() },
    )
    .await?;
    let matters = matters::Matters::load(database.clone(), clock.clone(), identity.clone(), &args.region).await?;
    let files = crate::storage::open(&args.data, database.clone(), clock.clone()).await?;
    let sight = sight::Sight::open(&args.models);
    for lacking in sight.lacking() {
        tracing::warn!(model = lacking.model, why = lacking.why, "a model is missing: photos for the public are covered as a whole");
    }
    files.covered_by(Arc::new(Eyes(sight)));
    // Without a certificate store (a bare machine) TLS clients cannot be made; the crypto provider is the process's own choice.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let outgoing = Outgoing::new(&derived_key(&vault, "notify.seal"), args.allow_private_targets).context("对外推送组件无法启动")?;
    let calendar = Arc::new(super::calendar::in_force(&args.data)?);
    let leads = Leads::new(leads::Parts {
        database: database.clone(),
        clock: clock.clone(),
        catalogue: catalogue.clone(),
        identity: identity.clone(),
        files: files.clone(),
        vault: vault.clone(),
        calendar: calendar.clone(),
        home_region: args.region.clone(),
        reporter_may_check: args.reporter_may_check,
        outgoing: outgoing.clone(),
        demo: mode == Mode::Demo,
    });
    offer_text_messages(&leads, mode, &outgoing)?;
    leads.keep_imports_in(&args.data.join("imports")).context("导入目录无法使用")?;
    let recounted = leads.recount_limits().await?;
    if recounted > 0 {
        tracing::info!(leads = recounted, "limits counted again with the calendar in force");
    }
    let ground = Ground {
        args,
        mode,
        database: &database,
        clock: &clock,
        identity: &identity,
        catalogue: &catalogue,
        matters: &matters,
        files: &files,
        vault: &vault,
        calendar: &calendar,
        root_key: &root_key,
        leads: &leads,
    };
    let LawRooms { cases, payments, documents, evidence, property, archives, publications, quality } = law_rooms::open(&ground).await?;
    let machines = Machines::new(machines::Parts {
        database: database.clone(),
        clock: clock.clone(),
        catalogue: catalogue.clone(),
        identity: identity.clone(),
        files: files.clone(),
        home_region: args.region.clone(),
        desk: Arc::new(LeadDesk(leads.clone())),
    });
    // Terminals know no clock but the one on the wall: the demo's leaps over weeks.
    let tracks = Tracks::new(database.clone(), Arc::new(kernel::clock::SystemClock), tracks::Settings::default());
    let vehicles = Vehicles::new(gateway_jt808::Parts {
        database: database.clone(),
        clock: Arc::new(kernel::clock::SystemClock),
        tracks: tracks.clone(),
        home_region: args.region.clone(),
        visitors: mode == Mode::Demo,
        limits: gateway_jt808::Limits::default(),
    });
    let pressure = Pressure::new(pressure::Parts {
        database: database.clone(),
        clock: clock.clone(),
        identity: identity.clone(),
        files: files.clone(),
        leads: leads.clone(),
        calendar: calendar.clone(),
        home_region: args.region.clone(),
    });
    let referrals = Referrals::new(referrals::Parts {
        database: database.clone(),
        clock: clock.clone(),
        identity: identity.clone(),
        catalogue: catalogue.clone(),
        files: files.clone(),
        vault: vault.clone(),
        calendar: calendar.clone(),
        matters: matters.clone(),
        leads: leads.clone(),
        cases: cases.clone(),
        evidence: evidence.clone(),
        papers: Arc::new(DecisionPapers(documents.clone())),
        home_region: args.region.clone(),
        demo: mode == Mode::Demo,
    });
    cases.also_come_from(Arc::new(referrals.clone()));
    let waste = ::waste::Waste::new(::waste::Parts {
        database: database.clone(),
        clock: clock.clone(),
        calendar: calendar.clone(),
        identity: identity.clone(),
        files: files.clone(),
        vault: vault.clone(),
        terminals: Arc::new(super::waste::VehicleTerminals(vehicles.clone())),
        organs: Arc::new(super::waste::DocumentOrgans(documents.clone())),
        fonts: args.fonts.clone(),
        home_region: args.region.clone(),
        demo: mode == Mode::Demo,
    });
    let findings = super::vehicle_ground::open(&ground, &tracks, &vehicles, &waste).await?;
    let exchange = Exchange::new(gateway_open311::ExchangeParts {
        database: database.clone(),
        clock: clock.clone(),
        catalogue: catalogue.clone(),
        outgoing: outgoing.clone(),
        home_region: args.region.clone(),
        desk: Arc::new(LeadReferrals(leads.clone())),
    });
    leads.sign_receipts_with(root_key.clone());
    exchange.refresh().await?;
    leads.neighbours_are(Arc::new(KnownNeighbours(exchange.clone())));
    let told = leads::Told::new(identity.clone());
    let pressing = pressure::Told::new(identity.clone());
    let referring = referrals::Told::new(identity.clone());
    let consumers: Vec<Arc<dyn notify::Consumer>> = vec![
        told.clone(),
        pressing.clone(),
        referring.clone(),
        Arc::new(machines::Outcomes(machines.clone())),
        Assessment::follower(),
        Arc::new(scrutiny::Follower),
        Arc::new(DecisionsHeard(publications.clone())),
        Arc::new(FinesHeard(payments.clone())),
        Arc::new(referrals::Results(referrals.clone())),
    ];
    let notify = Notify::new(database.clone(), identity.clone(), clock.clone(), consumers, &notify::Settings::through(outgoing));
    told.speak_through(notify.clone());
    pressing.speak_through(notify.clone());
    let centre = Centre::new(centre::Parts {
        database: database.clone(),
        clock: clock.clone(),
        identity: identity.clone(),
        notify: notify.clone(),
        vault: vault.clone(),
        cases: Arc::new(CasesInCentre(cases.clone())),
        evidence: Arc::new(EvidenceInCentre(evidence.clone())),
        home_region: args.region.clone(),
        demo: mode == Mode::Demo,
    });
    referring.speak_through(notify.clone());
    let scheduler = Scheduler::new(database.clone(), clock.clone());
    let assessment = Assessment::new(assessment::Parts {
        database: database.clone(),
        clock: clock.clone(),
        catalogue: catalogue.clone(),
        identity: identity.clone(),
        leads: leads.clone(),
        home_region: args.region.clone(),
    });
    let scrutiny = Scrutiny::new(scrutiny::Parts {
        database: database.clone(),
        clock: clock.clone(),
        catalogue: catalogue.clone(),
        identity: identity.clone(),
        files: files.clone(),
        leads: leads.clone(),
        home_region: args.region.clone(),
    });
    leads.scrutinised_by(Arc::new(scrutiny.clone()));
    let campaigns = Campaigns::new(campaigns::Parts {
        database: database.clone(),
        clock: clock.clone(),
        catalogue: catalogue.clone(),
        identity: identity.clone(),
        files: files.clone(),
        leads: leads.clone(),
        home_region: args.region.clone(),
    });
    let rewards = Rewards::new(rewards::Parts {
        database: database.clone(),
        clock: clock.clone(),
        catalogue: catalogue.clone(),
        identity: identity.clone(),
        vault: vault.clone(),
        leads: leads.clone(),
        home_region: args.region.clone(),
    });
    rewards.doubted_by(Arc::new(OpenSuspicions(scrutiny.clone())));
    let privacy = Privacy::new(privacy::Parts {
        database: database.clone(),
        clock: clock.clone(),
        identity: identity.clone(),
        files: files.clone(),
        vault: vault.clone(),
        leads: leads.clone(),
        notify: notify.clone(),
        home_region: args.region.clone(),
    });
    let parties = Parties::new(parties::Parts {
        database: database.clone(),
        clock: clock.clone(),
        // As for sessions of people: the demo's clock leaps over weeks.
        wall: Arc::new(kernel::clock::SystemClock),
        identity: identity.clone(),
        files: files.clone(),
        vault: vault.clone(),
        cases: cases.clone(),
        evidence: evidence.clone(),
        notify: notify.clone(),
        papers: Arc::new(IssuedPapers(documents.clone())),
        home_region: args.region.clone(),
        secure_cookies: args.has_tls(),
    });
    parties.also_tell(vec![Arc::new(Bills(payments.clone())), Arc::new(Repairs(publications.clone()))]);
    leads.told_under(Arc::new(privacy.clone()));
    leads.remember_notice().await?;
    leads.spool_in(&args.data.join("spool")).context("暂存目录无法使用")?;
    privacy.spares(Arc::new(OpenDisputes { pressure: pressure.clone(), scrutiny: scrutiny.clone() }));
    privacy.drops_events_of(Arc::new(KeptEvents(machines.clone())));
    let open311 = Gateway::new(
        Arc::new(LeadRequests { leads: leads.clone(), identity: identity.clone(), catalogue: catalogue.clone() }),
        catalogue.clone(),
        clock.clone(),
        gateway_open311::Settings {
            secure: args.has_tls(),
            demo: mode == Mode::Demo,
            ..gateway_open311::Settings::read(|name| std::env::var(name).ok())
        },
    );
    let broker = gateway_mqtt::Settings::read(&args.region, |name| std::env::var(name).ok())?;
    let rooms = Rooms {
        identity,
        catalogue,
        files,
        notify,
        leads,
        machines,
        tracks,
        vehicles,
        findings,
        pressure,
        privacy,
        assessment,
        scrutiny,
        campaigns,
        matters,
        rewards,
        cases,
        evidence,
        property,
        centre,
        archives,
        documents,
        parties,
        referrals,
        waste,
        payments,
        publications,
        quality,
        open311,
        exchange,
        scheduler,
        database,
    };
    let tasks = Tasks::start(&rooms, clock.clone(), root_key, args.roots_folder(), broker);
    Ok(House { opened, rooms, tasks })
}

/// 32 bytes that only the master key's holder can make again.
fn derived_key(vault: &Vault, purpose: &str) -> [u8; 32] {
    vault.blind(purpose, "1").try_into().unwrap_or_else(|_| unreachable!("HMAC-SHA256 has 32 bytes"))
}

/// The whole face: operations, document, health, pages, and the layers around them.
///
/// # Errors
/// A token file for the metrics that does not read.
pub fn router(args: &ServeArgs, rooms: &Rooms, extra: Router) -> Result<Router> {
    let metrics = super::metrics::routes(rooms.clone(), super::metrics::Readers::read(args.metrics_token_file.as_deref())?);
    let (api, document) = api(rooms).split_for_parts();
    let document = crate::openapi::finish(document);
    Ok(super::headers::around(
        args,
        api.merge(crate::openapi::routes(document))
            .merge(super::health::routes(rooms.clone()))
            .merge(extra)
            .fallback(crate::web::serve)
            .layer(identity::layer(rooms.identity.clone()))
            // Its token is no key of a machine account.
            .merge(metrics),
    ))
}

impl House {
    /// Stops the tasks, the connections and the cluster.
    pub async fn close(self) -> Result<()> {
        self.tasks.stop().await;
        self.opened.close().await?;
        Ok(())
    }
}
