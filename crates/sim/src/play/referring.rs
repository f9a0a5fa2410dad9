//! Bureaus refer what they find (模拟移交): a few referrals at every stage, through the interface like everything else.

use anyhow::{Context, Result};
use chrono::{DateTime, Duration, Utc};
use kernel::clock::shanghai;
use reqwest::Method;
use serde_json::{Value, json};

use super::Stage;

/// How far a referral is taken.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Until {
    Submitted,
    Received,
    Returned,
    Assigned,
    Asked,
    Away,
    Case,
}

/// Who found what where, and how far it goes.
const FOUND: [(&str, &str, &str, Until); 7] = [
    ("liaison01", "检查中发现河道边堆放建筑垃圾约二十平方米，影响行洪", "模拟河埠头", Until::Submitted),
    ("liaison01", "巡河发现沿河商铺向河道倾倒污水", "模拟沿河路 18 号", Until::Received),
    ("liaison02", "工地出入口未冲洗车辆，带泥上路", "模拟在建工地东门", Until::Returned),
    ("liaison02", "物业小区内擅自搭建彩钢棚约十平方米", "模拟花园小区 3 幢", Until::Assigned),
    ("liaison01", "护岸绿化带内毁绿种菜约三十平方米", "模拟护岸路段", Until::Asked),
    ("liaison02", "施工单位在河道管理范围内设置临时堆场", "模拟二号桥北侧", Until::Away),
    ("liaison02", "临街装修垃圾堆放在人行道上，占用约八平方米", "模拟临街商铺门前", Until::Case),
];

impl Stage<'_> {
    /// Refers what was found; nothing where it was done in an earlier run.
    pub(super) async fn refer(&self, now: DateTime<Utc>) -> Result<()> {
        let centre = self.shift_leader();
        let there = self.server.call(centre, Method::GET, "/api/v1/referrals", None, None).await?;
        if there["items"].as_array().is_some_and(|items| !items.is_empty()) {
            return Ok(());
        }
        let today = now.with_timezone(&shanghai()).date_naive();
        for (index, (account, facts, place, until)) in FOUND.into_iter().enumerate() {
            let spot = &self.city.components[(index * 6_113 + 29) % self.city.components.len()];
            // A day of birth that no calendar has: nobody goes by this number.
            let form = json!({
                "facts": facts, "place": place, "acted_on": today - Duration::days(1), "wished_on": today + Duration::days(20),
                "position": { "lon": spot.position[0], "lat": spot.position[1] },
                "suspect": { "kind": "individual", "name": format!("模拟嫌疑人{:02}", index + 1), "id_number": format!("330482{:08}{:04}", 0, 900 + index) },
            });
            let made = self.server.call(self.seat(account)?, Method::POST, "/api/v1/referrals", None, Some(&form)).await?;
            let id = made["id"].as_str().context("a referral without an id")?;
            self.take_on(id, until, today).await.with_context(|| format!("模拟移交 {}", made["number"]))?;
        }
        Ok(())
    }

    async fn take_on(&self, id: &str, until: Until, today: chrono::NaiveDate) -> Result<()> {
        let centre = self.shift_leader();
        let act = async |verb: &str, body: Value| {
            self.server.call(centre, Method::POST, &format!("/api/v1/referrals/{id}/actions/{verb}"), None, Some(&body)).await
        };
        if until == Until::Submitted {
            return Ok(());
        }
        if until == Until::Returned {
            act("refuse", json!({ "text": "缺少现场照片和检查记录，请补充后重新提出（模拟）" })).await?;
            return Ok(());
        }
        act("receive", json!({})).await?;
        if until == Until::Received {
            return Ok(());
        }
        let seen = self.server.call(centre, Method::GET, &format!("/api/v1/referrals/{id}"), None, None).await?;
        let targets = seen["targets"].as_array().context("nobody takes referrals")?;
        if until == Until::Away {
            let bureau = targets.iter().find(|it| it["way"] == "bureau").context("no other bureau")?;
            act("split-bureau", json!({ "unit": bureau["id"], "text": "由该部门行使，不由本机关管辖（模拟）", "days": 10 })).await?;
            return Ok(());
        }
        let brigade = targets.iter().find(|it| it["way"] == "here" && it["name"] == "模拟综合行政执法大队").context("no brigade")?;
        act("split-here", json!({ "unit": brigade["id"], "text": "属本机关管辖，由大队办理（模拟）" })).await?;
        if until == Until::Asked {
            act("ask", json!({ "text": "请认定是否属于河道管理范围（模拟）", "days": 5 })).await?;
        }
        if until == Until::Case {
            let officers: Vec<&String> = ["case_officer01", "case_officer02"].iter().filter_map(|account| self.person(account)).collect();
            let new = json!({
                "track": "ordinary", "referral": id, "acted_on": today - Duration::days(1), "place": "模拟临街商铺门前",
                "matter_code": "M001", "summary": "临街装修垃圾堆放在人行道上",
                "parties": [{ "kind": "individual", "age": "grown", "name": "模拟嫌疑人07" }], "officers": officers,
            });
            self.server.call(self.seat("case_officer01")?, Method::POST, "/api/v1/cases", None, Some(&new)).await?;
        }
        Ok(())
    }
}
