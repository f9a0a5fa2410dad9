//! Simulated cameras: each says now and then what it sees, for a person to look at.

use anyhow::{Context, Result};
use chrono::{DateTime, Duration, Utc};
use reqwest::Method;
use serde_json::{Value, json};

use super::Stage;
use crate::{
    city::chance::Chance,
    words::{CARS, GARBAGE, STALL},
};

/// Cameras of the city.
const CAMERAS: usize = 12;
/// Kinds of data/machine-kinds.csv that they look for, each with the pictures that show it.
const KINDS: [(i16, usize); 4] = [(22, GARBAGE), (2, STALL), (1, STALL), (17, CARS)];
/// Sightings that a city begins with.
pub(super) const FIRST: usize = 9;

fn code(number: usize) -> String {
    format!("sim-cam-{:02}", number + 1)
}

impl Stage<'_> {
    /// Registers the cameras, spread over the city, where they are not there yet.
    pub(super) async fn set_up_cameras(&self) -> Result<()> {
        let known = self.server.call(self.shift_leader(), Method::GET, "/api/v1/devices?q=sim-cam-", None, None).await?;
        let known: Vec<&str> = known["items"].as_array().into_iter().flatten().filter_map(|device| device["code"].as_str()).collect();
        for number in (0..CAMERAS).filter(|number| !known.contains(&code(*number).as_str())) {
            let spot = self.city.components.get(number * self.city.components.len() / CAMERAS).context("the city has no components")?;
            let device = json!({
                "name": format!("模拟探头{:02}", number + 1), "kind": "video", "active": true, "simulated": true,
                "position": { "x": spot.position[0], "y": spot.position[1] },
            });
            self.server.call(self.shift_leader(), Method::PUT, &format!("/api/v1/devices/{}", code(number)), None, Some(&device)).await?;
        }
        Ok(())
    }

    /// One camera sees one thing in three looks. What it sees already stays one sighting.
    pub(super) async fn camera_sees(&self, chance: &mut Chance, now: DateTime<Utc>) -> Result<()> {
        let key = self.machine_key.as_deref().context("no machine reports")?;
        let (kind, scene) = KINDS[chance.below(KINDS.len())];
        let device = code(chance.below(CAMERAS));
        let sure = chance.between(0.55, 0.98);
        let corner = (chance.between(0.05, 0.45), chance.between(0.2, 0.5));
        let picture = self.picture(scene, false, chance.below(2)).first().map(|id| (*id).clone());
        let looks: Vec<Value> = (0..3)
            .map(|look| {
                json!({
                    "device": device, "kind": kind, "at": now - Duration::seconds(60 - look * 20), "confidence": sure, "picture": picture,
                    "box": [corner.0, corner.1, 0.4, 0.35], "model": "模拟识别/1.0", "simulated": true,
                })
            })
            .collect();
        let said = self
            .server
            .with_header("authorization", &format!("Bearer {key}"), "/api/v1/machine-events", &json!({ "items": looks }))
            .await?;
        anyhow::ensure!(said["items"][0]["taken"] == true, "{said}");
        Ok(())
    }
}
