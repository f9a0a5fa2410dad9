//! The room on a real database, with real tracks and real leads; only ground and terminals are made by hand.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use chrono::NaiveDate;
use findings::{Findings, Fleet, Ground, Terrain, Tracked};
use http_api::Answer;
use jt808::{Lid, Load, Tipper};
use testkit::house::{Client, House};
use tracks::{Flags, Point, Tracks};

use crate::{
    drive::{COLOUR, Drive, PLATE, ground, permit},
    found_leads::FoundLeads,
};

pub const TRUCK: i64 = 7;

struct Made;

#[async_trait]
impl Terrain for Made {
    async fn stamp(&self) -> Answer<String> {
        Ok("made".to_owned())
    }

    async fn of_day(&self, _: NaiveDate) -> Answer<Arc<Ground>> {
        Ok(Arc::new(ground(vec![permit()])))
    }
}

#[async_trait]
impl Fleet for Made {
    async fn tracked(&self, vehicles: &[i64]) -> Answer<Vec<Tracked>> {
        Ok(self.all(0).await?.into_iter().filter(|it| vehicles.contains(&it.vehicle)).collect())
    }

    async fn all(&self, _: i64) -> Answer<Vec<Tracked>> {
        let truck = |vehicle: i64, plate: &str| Tracked {
            vehicle,
            plate: plate.into(),
            colour: COLOUR,
            vendor: "slag-a".into(),
            visitor: false,
            simulated: true,
        };
        Ok(vec![truck(TRUCK, PLATE), truck(8, "浙F00008"), truck(9, "浙F00009")])
    }
}

pub struct Scene {
    pub house: House,
    pub tracks: Tracks,
    pub room: Findings,
    pub operator: Client,
    pub administrator: Client,
    pub stranger: Client,
}

impl Scene {
    pub async fn set() -> Self {
        let house = House::build().await;
        let tracks = Tracks::new(house.test.database.clone(), house.clock.clone(), tracks::Settings::default());
        let room = Findings::new(findings::Parts {
            database: house.test.database.clone(),
            clock: house.clock.clone(),
            wall: house.clock.clone(),
            identity: house.identity.clone(),
            catalogue: house.catalogue.clone(),
            files: house.files.clone(),
            tracks: tracks.clone(),
            fonts: std::path::PathBuf::from(std::env::var("BIHUAN_FONTS").unwrap_or_else(|_| "../../var/fonts".to_owned())),
            home_region: "330482".to_owned(),
            terrain: Arc::new(Made),
            fleet: Arc::new(Made),
            desk: Arc::new(FoundLeads(house.leads.clone())),
            pause: Duration::ZERO,
        })
        .await
        .expect("the room");
        let face = findings::routes(room.clone()).split_for_parts().0.layer(identity::layer(house.identity.clone()));
        let router = house.router().merge(face);
        let mut clients = Vec::new();
        for account in ["operator01", "administrator01", "collector01"] {
            let mut client = Client::new(router.clone());
            client.cookie = house.signed_in(account).await.cookie;
            clients.push(client);
        }
        let [operator, administrator, stranger] = clients.try_into().unwrap_or_else(|_| unreachable!("three"));
        Self { house, tracks, room, operator, administrator, stranger }
    }

    /// Points come, are moved, and what follows is judged.
    pub async fn come(&self, points: Vec<Point>) {
        self.tracks.store(points).await.expect("stored");
        while self.tracks.settle().await.expect("moved").points > 0 {}
        self.judge().await;
    }

    pub async fn judge(&self) {
        while self.room.look_at_due().await.map_err(|error| error.problem().clone()).expect("judged") > 0 {}
    }
}

/// The points of a drive as a terminal of the maker `slag-a` tells them.
pub fn points(drive: &Drive, vehicle: i64) -> Vec<Point> {
    let point = |fix: &findings::Fix| {
        let lid = u8::from(fix.lid == Some(Lid::Closed));
        let tipper = u8::from(fix.tipper == Some(Tipper::Raised)) << 1;
        let load: u8 = match fix.load {
            Some(Load::Full) => 3,
            Some(Load::Half) => 1,
            _ => 0,
        };
        Point {
            vehicle,
            at: fix.at,
            taken: fix.at * 1_000 + 1_500,
            longitude: (fix.lon * 1e6).round() as i32,
            latitude: (fix.lat * 1e6).round() as i32,
            // Ignition, fix.
            status: 3,
            speed: (fix.kmh * 10.0).round() as u16,
            flags: Flags::default().with(Flags::SIMULATED, true),
            items: vec![0xE1, 2, lid | tipper | load << 2, 0],
            ..Point::default()
        }
    };
    drive.fixes.iter().map(point).collect()
}
