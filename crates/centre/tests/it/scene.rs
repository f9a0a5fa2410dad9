//! A county with four officers, a head, a room, and cases.

use axum::{
    body::Body,
    http::{Method, Request},
};
use chrono::TimeDelta;
use kernel::clock::Clock;
use serde_json::{Value, json};
use testkit::house::{Answer, Client, House, monday_morning};

pub struct Scene {
    pub house: House,
    pub officer: Client,
    pub second: Client,
    pub third: Client,
    pub head: Client,
    /// Of the township next door.
    pub stranger: Client,
    /// The four officers and the head.
    pub ids: Vec<String>,
    pub room: String,
}

impl Scene {
    pub async fn new() -> Self {
        let house = House::build().await;
        for account in ["keeper03", "keeper04"] {
            house.person(account, house.units.west, &["officer"], &["330482901"]).await;
        }
        let administrator = house.signed_in("administrator01").await;
        let mut ids = Vec::new();
        for account in ["officer01", "officer02", "keeper03", "keeper04", "leader01"] {
            let people = administrator.get(&format!("/api/v1/people?q={account}")).await.items();
            let id = people.iter().find(|it| it["account"] == account).expect("the person")["id"].as_str().unwrap().to_owned();
            if account != "leader01" {
                let entry = json!({ "number": format!("浙04{account}"), "valid_from": "2025-01-01", "valid_until": "2028-12-31",
                    "legal_qualified": false });
                administrator.put(&format!("/api/v1/people/{id}/certificate"), entry).await.fine();
            }
            ids.push(id);
        }
        let (officer, second, third) =
            (house.signed_in("officer01").await, house.signed_in("officer02").await, house.signed_in("keeper03").await);
        let (head, stranger) = (house.signed_in("leader01").await, house.signed_in("officer_east").await);
        let mut scene = Self { ids, officer, second, third, head, stranger, room: String::new(), house };
        scene.room = scene.room("询问室一", &["recording", "screen"]).await;
        scene
    }

    pub async fn room(&self, name: &str, equipment: &[&str]) -> String {
        let settings = json!({ "seats": 4, "weekdays": [1, 2, 3, 4, 5], "opens": "08:30", "closes": "17:30", "equipment": equipment });
        let new = json!({ "jurisdiction": "330482901", "name": name, "kind": "inquiry", "settings": settings });
        self.head.post("/api/v1/centre/rooms", new).await.fine().text_of("id")
    }

    pub async fn step(&self, by: &Client, case: &str, action: &str, content: Value) -> Answer {
        let seen = self.head.get(&format!("/api/v1/cases/{case}")).await;
        let version = seen.fine().body["version"].as_i64();
        by.call(Method::POST, &format!("/api/v1/cases/{case}/actions/{action}"), version, Some(content)).await
    }

    /// A case of two of the officers, as it was opened.
    pub async fn opened(&self, by: &Client, officers: &[String]) -> String {
        let new = json!({
            "track": "ordinary", "acted_on": "2026-10-30", "place": "模拟西街道长街12号门前", "summary": "擅自占用人行道摆摊",
            "typed_reason": "试办事项", "matter": { "code": "330217-01", "name": "擅自占用城市道路摆摊", "articles": "浙江省城市市容和环境卫生管理条例", "ours": true,
                "fine_min_fen": 10_000, "fine_max_fen": 5_000_000 },
            "parties": [{ "kind": "individual", "age": "grown", "name": "测试当事人甲", "id_number": "33048219900101000X",
                "telephone": "13900000001" }],
            "officers": officers,
        });
        by.post("/api/v1/cases", new).await.fine().text_of("id")
    }

    /// A case under investigation.
    pub async fn case(&self) -> String {
        let case = self.opened(&self.officer, &self.ids[..2]).await;
        self.step(&self.head, &case, "file", json!({ "note": "同意立案" })).await.fine();
        self.step(&self.officer, &case, "investigate", json!({})).await.fine();
        case
    }

    /// A case that was not filed, and is in the archive.
    pub async fn archived(&self) -> String {
        let case = self.opened(&self.officer, &self.ids[..2]).await;
        self.step(&self.head, &case, "not-file", json!({ "note": "不予立案" })).await.fine();
        self.step(&self.officer, &case, "archive", json!({})).await.fine();
        case
    }

    /// A booking from so many minutes after nine on the Monday on.
    pub fn booking(&self, case: &str, minutes: i64, officers: &[String]) -> Value {
        let from = monday_morning() + TimeDelta::minutes(minutes);
        json!({ "room": self.room, "case": case, "starts_at": from, "ends_at": from + TimeDelta::minutes(60), "purpose": "inquiry",
            "role": "party", "party": 1, "officers": officers })
    }

    pub async fn book(&self, by: &Client, booking: &Value) -> Answer {
        by.post("/api/v1/centre/sessions", booking.clone()).await
    }

    pub async fn session(&self, id: &str) -> Value {
        self.officer.get(&format!("/api/v1/centre/sessions/{id}")).await.fine().body.clone()
    }

    /// A step of a session as it is seen now.
    pub async fn on(&self, by: &Client, id: &str, action: &str, mut body: Value) -> Answer {
        body["seen"] = self.session(id).await["session"]["version"].clone();
        by.post(&format!("/api/v1/centre/sessions/{id}/actions/{action}"), body).await
    }

    pub fn visitor(&self) -> Value {
        json!({ "visitor": { "name": "测试当事人甲", "telephone": "13900000001", "id_number": "33048219900101000X" } })
    }

    pub fn after(&self, minutes: i64) {
        self.house.clock.set(self.house.clock.now() + TimeDelta::minutes(minutes));
    }

    /// A recording that is evidence of a case: its bytes arrive the way they do.
    pub async fn recording(&self, case: &str, bytes: &[u8]) -> String {
        let face = evidence::routes(self.house.evidence.clone()).split_for_parts().0;
        let router = self.house.router().merge(face.layer(identity::layer(self.house.identity.clone())));
        let mut officer = Client::new(router);
        officer.cookie = self.officer.cookie.clone();
        let upload = officer.post("/api/v1/evidence/uploads", json!({ "length": bytes.len() })).await.fine().text_of("id");
        let request = Request::builder()
            .method(Method::PATCH)
            .uri(format!("/api/v1/uploads/{upload}"))
            .header("tus-resumable", "1.0.0")
            .header("upload-offset", 0)
            .header("content-type", "application/offset+octet-stream");
        officer.send(request.body(Body::from(bytes.to_vec())).unwrap()).await.fine();
        let wanted = json!({ "upload": upload, "kind": "audiovisual", "title": "询问同步录音录像", "manner": "taken", "form": "original",
            "obtained_at": self.house.clock.now(), "obtained_by": self.ids[..2] });
        let item = officer.post(&format!("/api/v1/cases/{case}/evidence"), wanted).await.fine().text_of("id");
        officer.post(&format!("/api/v1/evidence/{item}/marks"), json!({ "from_ms": 1_500, "words": "告知权利" })).await.fine();
        item
    }

    pub async fn ledger(&self, case: &str) -> Vec<String> {
        sqlx::query_scalar("select action from ledger_entry where docket_id = $1::uuid order by seq")
            .bind(case)
            .fetch_all(&self.house.test.owner_pool)
            .await
            .unwrap()
    }
}

/// The shortest sound that is one: a header of WAV and a little silence; `seed` makes another of it.
pub fn sound(seed: u8) -> Vec<u8> {
    let data = [seed; 64];
    let mut wav = Vec::from(*b"RIFF");
    wav.extend(100_u32.to_le_bytes());
    wav.extend(*b"WAVEfmt ");
    wav.extend(16_u32.to_le_bytes());
    wav.extend([1, 0, 1, 0]);
    wav.extend(8_000_u32.to_le_bytes());
    wav.extend(8_000_u32.to_le_bytes());
    wav.extend([1, 0, 8, 0]);
    wav.extend(*b"data");
    wav.extend(64_u32.to_le_bytes());
    wav.extend(data);
    wav
}
