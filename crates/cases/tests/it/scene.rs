//! A county with officers who hold certificates, and cases of theirs.

use serde_json::{Value, json};
use testkit::house::{Answer, Client, House, monday_morning};

/// The name of a party, which nobody may find anywhere but in the vault.
pub const NAME: &str = "测试当事人甲";
/// The same of its identity number.
pub const NUMBER: &str = "33048219900101000X";

pub struct Scene {
    pub house: House,
    pub officer: Client,
    pub second: Client,
    pub head: Client,
    pub reviewer: Client,
    pub ids: [String; 2],
}

/// Enters a certificate of this person, valid until that day.
pub async fn certify(house: &House, account: &str, number: Option<&str>, until: &str, qualified: bool) -> String {
    let administrator = house.signed_in("administrator01").await;
    let people = administrator.get(&format!("/api/v1/people?q={account}")).await.items();
    let id = people.iter().find(|it| it["account"] == account).expect("the person")["id"].as_str().unwrap().to_owned();
    let term = number.map(|_| (json!("2025-01-01"), json!(until))).unwrap_or_default();
    let entry = json!({ "number": number, "valid_from": term.0, "valid_until": term.1, "legal_qualified": qualified });
    administrator.put(&format!("/api/v1/people/{id}/certificate"), entry).await.fine();
    id
}

impl Scene {
    pub async fn new() -> Self {
        let house = House::build().await;
        let one = certify(&house, "officer01", Some("浙0401"), "2028-12-31", false).await;
        let two = certify(&house, "officer02", Some("浙0402"), "2028-12-31", false).await;
        certify(&house, "legal_reviewer01", None, "", true).await;
        Self {
            officer: house.signed_in("officer01").await,
            second: house.signed_in("officer02").await,
            head: house.signed_in("leader01").await,
            reviewer: house.signed_in("legal_reviewer01").await,
            ids: [one, two],
            house,
        }
    }

    /// What is asked to open a case.
    pub fn new_case(&self, track: &str) -> Value {
        json!({
            "track": track, "acted_on": "2026-10-30", "place": "模拟西街道长街12号门前", "summary": "擅自占用人行道堆放物料",
            "typed_reason": "模拟案件，不涉及事项库",
            "matter": {
                "code": "330217-01", "name": "擅自占用城市道路堆放物料", "articles": "浙江省城市市容和环境卫生管理条例", "ours": true,
                "fine_min_fen": 10_000, "fine_max_fen": 5_000_000,
            },
            "parties": [{ "kind": "individual", "age": "grown", "name": NAME, "id_number": NUMBER, "telephone": "13900000001" }],
            "officers": self.ids,
        })
    }

    pub async fn open(&self, track: &str) -> String {
        let answer = self.officer.post("/api/v1/cases", self.new_case(track)).await;
        answer.fine();
        answer.text_of("id")
    }

    /// Takes a step on the case as it stands.
    pub async fn step(&self, by: &Client, case: &str, action: &str, content: Value) -> Answer {
        let seen = self.head.get(&format!("/api/v1/cases/{case}")).await;
        let version = seen.fine().body["version"].as_i64();
        by.call(axum::http::Method::POST, &format!("/api/v1/cases/{case}/actions/{action}"), version, Some(content)).await
    }

    /// The same, which must succeed.
    #[track_caller]
    pub fn taken(answer: &Answer, state: &str) {
        answer.fine();
        assert_eq!(answer.body["state"]["code"], state, "{}", answer.text);
    }

    pub async fn show(&self, case: &str) -> Value {
        self.head.get(&format!("/api/v1/cases/{case}")).await.fine().body.clone()
    }

    /// A plan of a fine in yuan.
    pub fn fine(yuan: i64) -> Value {
        json!({ "kinds": ["fine"], "fine_fen": yuan * 100, "surcharge": true, "reasons": "情节一般" })
    }

    /// To the end of the investigation, with a plan of so many yuan.
    pub async fn investigated(&self, case: &str, yuan: i64) {
        Self::taken(&self.step(&self.head, case, "file", json!({ "note": "同意立案" })).await, "filed");
        Self::taken(&self.step(&self.officer, case, "investigate", json!({})).await, "investigating");
        Self::taken(&self.step(&self.officer, case, "inquire", json!({ "note": "制作笔录" })).await, "investigating");
        let end = json!({ "finding": "punishable", "evidence": "询问笔录、现场照片", "plan": Self::fine(yuan) });
        Self::taken(&self.step(&self.officer, case, "end", end).await, "ended");
    }

    /// To the notice served, with the right to a hearing told of.
    pub async fn noticed(&self, case: &str, yuan: i64) {
        self.investigated(case, yuan).await;
        Self::taken(&self.step(&self.head, case, "approve-notice", json!({})).await, "ended");
        let served = json!({ "mode": "direct", "reached": [1], "tells_hearing": true });
        Self::taken(&self.step(&self.officer, case, "serve-notice", served).await, "noticed");
    }

    /// Days after the Monday on which everything begins, at nine in the morning.
    pub fn day(&self, days: i64) {
        self.house.clock.set(monday_morning() + chrono::TimeDelta::days(days));
    }
}
