//! The case-handling centre, things and public lists of the city (模拟样例): a few of each, made through the server's own operations, once.

use anyhow::{Context, Result};
use chrono::{Duration, NaiveTime, TimeZone, Utc};
use kernel::clock::shanghai;
use reqwest::Method;
use serde_json::{Value, json};

use super::Stage;

impl Stage<'_> {
    /// Makes samples where there are none yet.
    pub(super) async fn furnish_centre(&self) -> Result<()> {
        let (officer, second, head) = (self.seat("case_officer01")?, self.seat("case_officer02")?, self.seat("organ_head01")?);
        let rooms = self.server.call(officer, Method::GET, "/api/v1/centre/rooms", None, None).await?;
        if rooms["items"].as_array().is_some_and(|rooms| !rooms.is_empty()) {
            return Ok(());
        }
        let settings = json!({ "seats": 4, "weekdays": [1, 2, 3, 4, 5, 6, 7], "opens": "08:30", "closes": "17:30", "equipment": ["recording", "screen"] });
        let mut made = Vec::new();
        for (name, kind) in [("模拟询问室一", "inquiry"), ("模拟询问室二", "inquiry"), ("模拟听证室", "hearing")] {
            let new = json!({ "jurisdiction": self.city.county.code, "name": name, "kind": kind, "settings": settings });
            made.push(id(&self.server.call(head, Method::POST, "/api/v1/centre/rooms", None, Some(&new)).await?)?);
        }
        for (kind, name) in [("body_camera", "模拟执法记录仪"), ("radio", "模拟对讲机")] {
            let new = json!({ "jurisdiction": self.city.county.code, "kind": kind, "name": name, "maintain_days": 30 });
            let device = id(&self.server.call(officer, Method::POST, "/api/v1/centre/devices", None, Some(&new)).await?)?;
            let issue = json!({ "seen": 0, "person": self.person("case_officer01").context("the officer")? });
            let path = format!("/api/v1/centre/devices/{device}/actions/issue");
            self.server.call(second, Method::POST, &path, None, Some(&issue)).await?;
        }
        self.book(&made).await?;
        self.tow().await?;
        let draft = json!({ "kind": "officers", "body": "模拟名单" });
        let list = id(&self.server.call(officer, Method::POST, "/api/v1/disclosures", None, Some(&draft)).await?)?;
        self.server.call(head, Method::POST, &format!("/api/v1/disclosures/{list}/actions/publish"), None, Some(&json!({}))).await?;
        Ok(())
    }

    /// Rooms for the open cases of the case desk, tomorrow and the day after.
    async fn book(&self, rooms: &[String]) -> Result<()> {
        let officer = self.seat("case_officer01")?;
        let cases = self.server.call(officer, Method::GET, "/api/v1/cases?mine=true&open=true", None, None).await?;
        let tomorrow = Utc::now().with_timezone(&shanghai()).date_naive() + Duration::days(1);
        let officers: Vec<&String> = ["case_officer01", "case_officer02"].iter().filter_map(|account| self.person(account)).collect();
        for (at, case) in cases["items"].as_array().into_iter().flatten().take(4).enumerate() {
            let hour = NaiveTime::from_hms_opt(9 + u32::try_from(at).unwrap_or(0) * 2, 0, 0).context("an hour")?;
            let from = shanghai().from_local_datetime(&tomorrow.and_time(hour)).single().context("a moment")?;
            let new = json!({ "room": rooms[at % rooms.len()], "case": case["id"], "starts_at": from, "ends_at": from + Duration::hours(1),
                "purpose": "inquiry", "role": "party", "party": 1, "officers": officers });
            // A case that ended in between is not asked for again.
            if let Err(error) = self.server.call(officer, Method::POST, "/api/v1/centre/sessions", None, Some(&new)).await {
                tracing::info!(%error, "a simulated booking was refused");
            }
        }
        Ok(())
    }

    /// A yard with a vehicle that was towed away.
    async fn tow(&self) -> Result<()> {
        let (officer, head) = (self.seat("case_officer01")?, self.seat("organ_head01")?);
        let yard = json!({ "jurisdiction": self.city.county.code, "name": "模拟停车场", "kind": "yard", "capacity": 50, "keeper_role": "officer" });
        let yard = id(&self.server.call(head, Method::POST, "/api/v1/property/places", None, Some(&yard)).await?)?;
        let photos: Vec<&String> = self.pictures.values().take(4).collect();
        let vehicle = json!({ "plate": "浙F00001", "vin_end": "SM0001", "name": "模拟小型轿车", "condition": "无", "towed_at": Utc::now() - Duration::hours(2),
            "towed_from": "模拟路段1号门前人行道", "reason": "妨碍行人通行，驾驶人不在现场", "place": yard, "brought_by": "模拟拖车单位", "photos": photos });
        self.server.call(officer, Method::POST, "/api/v1/property/tows", None, Some(&vehicle)).await?;
        Ok(())
    }
}

fn id(answer: &Value) -> Result<String> {
    Ok(answer["id"].as_str().context("an answer without an id")?.to_owned())
}
