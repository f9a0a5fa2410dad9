//! A county whose cases are decided and served: parties are made up and say so.

use std::sync::atomic::{AtomicU32, Ordering};

use docket::KeyOf;
use serde_json::{Value, json};
use testkit::house::{Answer, Client, House, monday_morning};
use uuid::Uuid;

/// A natural person, who must be found nowhere.
pub const NAME: &str = "测甲乙";
/// Its identity number.
pub const NUMBER: &str = "33048219900101000X";
/// An enterprise, and the example number of GB 32100.
pub const FIRM: (&str, &str) = ("模拟建材有限公司", "91350100M000100Y43");

pub struct Scene {
    pub house: House,
    pub officer: Client,
    pub second: Client,
    pub head: Client,
    pub reviewer: Client,
    pub foreign: Client,
    pub ids: [String; 2],
    /// House numbers, a new one for each case: nobody is fined twice for one act.
    houses: AtomicU32,
}

async fn certify(house: &House, account: &str, number: Option<&str>, qualified: bool) -> String {
    let administrator = house.signed_in("administrator01").await;
    let people = administrator.get(&format!("/api/v1/people?q={account}")).await.items();
    let id = people.iter().find(|it| it["account"] == account).expect("the person")["id"].as_str().unwrap().to_owned();
    let term = number.map(|_| (json!("2025-01-01"), json!("2030-12-31"))).unwrap_or_default();
    let entry = json!({ "number": number, "valid_from": term.0, "valid_until": term.1, "legal_qualified": qualified });
    administrator.put(&format!("/api/v1/people/{id}/certificate"), entry).await.fine();
    id
}

impl Scene {
    pub async fn new() -> Self {
        let house = House::build().await;
        let one = certify(&house, "officer01", Some("浙0401"), false).await;
        let two = certify(&house, "officer02", Some("浙0402"), false).await;
        certify(&house, "legal_reviewer01", None, true).await;
        house.person("foreign_officer01", house.units.neighbour, &["officer", "legal_reviewer", "leader"], &["330499"]).await;
        house.cases.publishes_through_its_room();
        Self {
            officer: house.signed_in("officer01").await,
            second: house.signed_in("officer02").await,
            head: house.signed_in("leader01").await,
            reviewer: house.signed_in("legal_reviewer01").await,
            foreign: house.signed_in("foreign_officer01").await,
            ids: [one, two],
            houses: AtomicU32::new(12),
            house,
        }
    }

    async fn step(&self, by: &Client, case: &str, action: &str, content: Value) -> Answer {
        let seen = self.head.get(&format!("/api/v1/cases/{case}")).await;
        let version = seen.fine().body["version"].as_i64();
        by.call(axum::http::Method::POST, &format!("/api/v1/cases/{case}/actions/{action}"), version, Some(content)).await
    }

    /// Takes a step that must succeed.
    #[track_caller]
    pub fn taken(answer: &Answer) {
        answer.fine();
    }

    /// Any step of the case, through its page.
    pub async fn act(&self, by: &Client, case: &str, action: &str, content: Value) -> Answer {
        self.step(by, case, action, content).await
    }

    /// A case about a party, decided with a fine of so many yuan and served at once, as the simple procedure does.
    pub async fn decided(&self, party: Value, yuan: i64) -> String {
        let new = json!({
            "track": "ordinary", "acted_on": "2026-10-30", "place": format!("模拟西街道长街{}号门前", self.houses.fetch_add(1, Ordering::Relaxed)),
            "summary": "测甲乙擅自占用人行道堆放物料，联系 13900000001，车辆浙F12345",
            "typed_reason": "试办事项", "matter": { "code": "330217-01", "name": "擅自占用城市道路堆放物料", "articles": "浙江省城市市容和环境卫生管理条例第十二条", "ours": true,
                "fine_min_fen": 10_000, "fine_max_fen": 5_000_000 },
            "parties": [party], "officers": self.ids,
        });
        let answer = self.officer.post("/api/v1/cases", new).await;
        let case = answer.fine().text_of("id");
        let plan = json!({ "kinds": ["fine"], "fine_fen": yuan * 100, "surcharge": false, "reasons": "情节一般" });
        for (by, action, content) in [
            (&self.head, "file", json!({})),
            (&self.officer, "investigate", json!({})),
            (&self.officer, "inquire", json!({ "note": "笔录" })),
            (&self.officer, "end", json!({ "finding": "punishable", "evidence": "照片", "plan": plan })),
            (&self.head, "approve-notice", json!({})),
            (&self.officer, "serve-notice", json!({ "mode": "direct", "reached": [1], "tells_hearing": false })),
            (&self.officer, "waive-defence", json!({ "agreed": true })),
        ] {
            Self::taken(&self.step(by, &case, action, content).await);
        }
        Self::taken(&self.step(&self.head, &case, "decide", json!({ "lenient": "从轻" })).await);
        Self::taken(&self.step(&self.officer, &case, "seal", json!({})).await);
        Self::taken(&self.step(&self.officer, &case, "serve-decision", json!({ "mode": "direct", "reached": [1] })).await);
        self.hear(&case).await;
        case
    }

    pub fn person() -> Value {
        json!({ "kind": "individual", "age": "grown", "name": NAME, "id_number": NUMBER, "telephone": "13900000001" })
    }

    pub fn firm() -> Value {
        json!({ "kind": "unit", "age": "grown", "name": FIRM.0, "id_number": FIRM.1, "telephone": "057385012345" })
    }

    /// The relay tells the room of the case.
    pub async fn hear(&self, case: &str) {
        let key = KeyOf { region: "330482".to_owned(), id: case.parse::<Uuid>().unwrap().into() };
        let mut transaction = self.house.test.database.pool().begin().await.unwrap();
        self.house.publications.hear(&mut transaction, &key).await.unwrap();
        transaction.commit().await.unwrap();
    }

    /// What stands in the room about a case.
    pub async fn of(&self, case: &str) -> Value {
        self.head.get(&format!("/api/v1/cases/{case}/publications")).await.fine().body.clone()
    }

    /// The newest publication of a case.
    pub async fn newest(&self, case: &str) -> Value {
        self.of(case).await["publications"][0].clone()
    }

    /// A step of the newest publication, as it is seen now.
    pub async fn on(&self, by: &Client, case: &str, action: &str, body: Value) -> Answer {
        let row = self.newest(case).await;
        let mut body = body;
        if !matches!(action, "draft" | "compare") {
            body["seen"] = row["version"].clone();
        }
        by.post(&format!("/api/v1/publications/{}/actions/{action}", row["id"].as_str().unwrap()), body).await
    }

    /// Drafted, with the number of a decision that was made outside of the house.
    pub async fn drafted(&self, by: &Client, case: &str) -> Answer {
        let drafted = self.on(by, case, "draft", json!({})).await;
        let mut content = drafted.fine().body["content"].clone();
        assert_eq!(content["number"], "", "no decision was issued in the house");
        content["number"] = json!(format!("模拟罚决字〔2026〕第{}号", self.houses.fetch_add(1, Ordering::Relaxed)));
        let path = format!("/api/v1/publications/{}/content", drafted.text_of("id"));
        by.put(&path, json!({ "seen": drafted.body["version"], "content": content })).await
    }

    /// Drafted, checked, and public.
    pub async fn published(&self, case: &str) -> Value {
        self.drafted(&self.officer, case).await.fine();
        self.on(&self.second, case, "check", json!({ "passed": true })).await.fine();
        if self.newest(case).await["natural"] == false {
            let clear = json!({ "state_secret": false, "business_secret": false, "note": "不涉及" });
            self.on(&self.reviewer, case, "secrecy", clear).await.fine();
        }
        self.on(&self.officer, case, "publish", json!({})).await.fine().body.clone()
    }

    /// Days after the Monday on which everything begins, at nine in the morning.
    pub fn day(&self, days: i64) {
        self.house.clock.set(monday_morning() + chrono::TimeDelta::days(days));
    }
}
