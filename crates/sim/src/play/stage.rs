//! Who plays: seats for the people of the city, ids of units and people, and the pictures.

use std::collections::HashMap;

use anyhow::{Context, Result};
use reqwest::Method;
use serde_json::{Value, json};

use super::{Case, Fate};
use crate::{
    cast::{self, PASSWORD},
    city::City,
    client::{Seat, Server},
    photos, seed,
    words::TROUBLES,
};

/// The collector whose own tasks are left for whoever tries that account.
pub(crate) const OWN_COLLECTOR: &str = "collector01";
/// The seat that looks things up.
pub(crate) const DESK: &str = "operator02";
/// How many different pictures there are of each scene.
const TAKES: u8 = 2;

pub(crate) struct Stage<'a> {
    pub server: Server,
    pub city: &'a City,
    seats: HashMap<String, Seat>,
    people: HashMap<String, String>,
    /// The accounts of leader and handler by unit id.
    crews: HashMap<String, (String, String)>,
    unit_of_name: HashMap<String, String>,
    pub(super) pictures: HashMap<(usize, bool, u8), String>,
    pub machine_key: Option<String>,
}

impl<'a> Stage<'a> {
    pub(crate) async fn set(server: Server, city: &'a City) -> Result<Self> {
        let members = cast::members(city);
        let mut seats: HashMap<String, Seat> =
            members.iter().map(|member| (member.account.clone(), Seat::new(&member.account, PASSWORD))).collect();
        let administrator = Seat::new(cast::ADMINISTRATOR, PASSWORD);
        let unit_of_name = seed::unit_ids(&server, &administrator).await?;
        let mut people = HashMap::new();
        let mut cursor: Option<String> = None;
        loop {
            let more = cursor.as_ref().map_or_else(String::new, |cursor| format!("?cursor={cursor}"));
            let page = server.call(&administrator, Method::GET, &format!("/api/v1/people{more}"), None, None).await?;
            for person in page["items"].as_array().into_iter().flatten() {
                if let (Some(account), Some(id)) = (person["account"].as_str(), person["id"].as_str()) {
                    people.insert(account.to_owned(), id.to_owned());
                }
            }
            cursor = page["next_cursor"].as_str().map(str::to_owned);
            if cursor.is_none() {
                break;
            }
        }
        let mut crews: HashMap<String, (String, String)> = HashMap::new();
        for member in &members {
            let Some(unit) = unit_of_name.get(&member.unit) else { continue };
            match member.role {
                "unit_leader" => crews.entry(unit.clone()).or_default().0.clone_from(&member.account),
                "unit_handler" => crews.entry(unit.clone()).or_default().1.clone_from(&member.account),
                _ => {}
            }
        }
        seats.insert(cast::ADMINISTRATOR.to_owned(), administrator);
        let mut stage = Self { server, city, seats, people, crews, unit_of_name, pictures: HashMap::new(), machine_key: None };
        stage.hang_pictures().await.context("模拟照片未能上传")?;
        stage.machine_key = stage.key_for_machine().await.map_err(|error| tracing::warn!(%error, "no machine reports")).ok();
        Ok(stage)
    }

    async fn hang_pictures(&mut self) -> Result<()> {
        for scene in 0..photos::SCENES {
            for fixed in [false, true] {
                for take in 0..TAKES {
                    let id = self.server.upload(photos::scene(scene, fixed, take)?).await?;
                    self.pictures.insert((scene, fixed, take), id);
                }
            }
        }
        Ok(())
    }

    /// Machines have keys that are shown once; each run of the simulator asks for its own and ends the one before.
    async fn key_for_machine(&self) -> Result<String> {
        const NAME: &str = "模拟视频识别";
        let machine = self.people.get("machine01").context("the machine is not there")?;
        let administrator = self.seat(cast::ADMINISTRATOR)?;
        let path = format!("/api/v1/people/{machine}/api-keys");
        let known = self.server.call(administrator, Method::GET, &path, None, None).await?;
        for key in known["items"].as_array().into_iter().flatten().filter(|key| key["name"] == NAME) {
            if let Some(id) = key["id"].as_str() {
                // A key that is ended already stays in the list; that it cannot be ended twice is no fault.
                let _ = self.server.call(administrator, Method::DELETE, &format!("{path}/{id}"), None, None).await;
            }
        }
        let made = self.server.call(administrator, Method::POST, &path, None, Some(&json!({ "name": NAME }))).await?;
        Ok(made["key"].as_str().context("a key without its text")?.to_owned())
    }

    pub(crate) fn seat(&self, account: &str) -> Result<&Seat> {
        self.seats.get(account).with_context(|| format!("nobody sits at {account}"))
    }

    pub(crate) fn shift_leader(&self) -> &Seat {
        &self.seats["shift_leader02"]
    }

    pub(crate) fn person(&self, account: &str) -> Option<&String> {
        self.people.get(account)
    }

    pub(crate) fn account(&self, id: &str) -> Option<&str> {
        self.people.iter().find(|(_, known)| *known == id).map(|(account, _)| account.as_str())
    }

    /// The leader's and the handler's account of a unit.
    pub(crate) fn crew(&self, unit: Option<&str>) -> Option<&(String, String)> {
        self.crews.get(unit?)
    }

    /// The unit of the demo's own unit accounts.
    pub(crate) fn own_unit(&self) -> Option<&str> {
        self.crews.iter().find(|(_, (leader, _))| leader == "unit_leader01").map(|(unit, _)| unit.as_str())
    }

    /// The squad of a township, for what no rule decides.
    pub(crate) fn squad_of(&self, township: usize) -> Option<&String> {
        self.unit_of_name.get(&cast::township_squad(&self.city.townships[township].name))
    }

    pub(crate) fn other_unit(&self, not: Option<&str>) -> Option<&String> {
        self.unit_of_name.get(&cast::special_squad(7)).filter(|unit| Some(unit.as_str()) != not)
    }

    pub(crate) fn picture(&self, scene: usize, fixed: bool, take: usize) -> Vec<&String> {
        self.pictures.get(&(scene, fixed, (take % usize::from(TAKES)) as u8)).into_iter().collect()
    }

    pub(crate) fn township_of(&self, grid: &str) -> usize {
        self.city.townships.iter().position(|town| grid.starts_with(&town.code)).unwrap_or(0)
    }

    pub(crate) async fn open_leads(&self) -> Result<Vec<Value>> {
        const OPEN: &str = "reported,verifying,accepted,filed,dispatched,fixing,suspended,fixed,checking,checked";
        let mut all = Vec::new();
        let mut cursor: Option<String> = None;
        loop {
            let more = cursor.as_ref().map_or_else(String::new, |cursor| format!("&cursor={cursor}"));
            let path = format!("/api/v1/leads?state={OPEN}&limit=200{more}");
            let mut page = self.server.call(self.shift_leader(), Method::GET, &path, None, None).await?;
            if let Some(items) = page["items"].as_array_mut() {
                all.append(items);
            }
            cursor = page["next_cursor"].as_str().map(str::to_owned);
            if cursor.is_none() {
                return Ok(all);
            }
        }
    }

    /// A lead of an earlier run.
    pub(crate) fn remembered(&self, row: &Value) -> Option<Case> {
        let class = row["class"]["code"].as_str().map(str::to_owned);
        let holder = row["holder"]["person"]["id"].as_str();
        Some(Case {
            id: row["id"].as_str()?.to_owned(),
            version: row["version"].as_i64()?,
            state: row["state"].as_str()?.to_owned(),
            due_at: row["due_at"].as_str().and_then(|text| text.parse().ok()),
            township: self.township_of(row["place"]["grid_code"].as_str().unwrap_or_default()),
            unit: row["unit"]["id"].as_str().map(str::to_owned),
            trouble: TROUBLES.iter().position(|trouble| Some(trouble.class) == class.as_deref()).unwrap_or(0),
            class,
            tracking: None,
            has_photo: row["photo"].is_string(),
            extension_pending: false,
            check_failed: false,
            collector: holder.and_then(|id| self.account(id)).map(str::to_owned),
            reporter: None,
            merge_into: None,
            fate: Fate::default(),
            refusals: 0,
        })
    }
}
