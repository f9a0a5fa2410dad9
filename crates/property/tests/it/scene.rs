//! A county with two officers, a head, a store, and a case in which something was seized.

use serde_json::{Value, json};
use testkit::house::{Answer, Client, House};

pub struct Scene {
    pub house: House,
    pub officer: Client,
    pub second: Client,
    pub head: Client,
    /// Of the township next door.
    pub stranger: Client,
    /// The two officers and the head.
    pub ids: [String; 3],
    pub place: String,
}

async fn person(house: &House, account: &str) -> String {
    let administrator = house.signed_in("administrator01").await;
    let people = administrator.get(&format!("/api/v1/people?q={account}")).await.items();
    people.iter().find(|it| it["account"] == account).expect("the person")["id"].as_str().unwrap().to_owned()
}

impl Scene {
    pub async fn new() -> Self {
        let house = House::build().await;
        let administrator = house.signed_in("administrator01").await;
        let mut ids = Vec::new();
        for account in ["officer01", "officer02", "leader01"] {
            let id = person(&house, account).await;
            if account != "leader01" {
                let entry = json!({ "number": format!("浙04{account}"), "valid_from": "2025-01-01", "valid_until": "2028-12-31",
                    "legal_qualified": false });
                administrator.put(&format!("/api/v1/people/{id}/certificate"), entry).await.fine();
            }
            ids.push(id);
        }
        let (officer, second) = (house.signed_in("officer01").await, house.signed_in("officer02").await);
        let (head, stranger) = (house.signed_in("leader01").await, house.signed_in("officer_east").await);
        let mut scene = Self { ids: ids.try_into().unwrap(), officer, second, head, stranger, place: String::new(), house };
        scene.place = scene.place("一号仓库", "store", Some(50)).await;
        scene
    }

    pub async fn place(&self, name: &str, kind: &str, capacity: Option<i64>) -> String {
        let new = json!({ "jurisdiction": "330482901", "name": name, "kind": kind, "capacity": capacity, "keeper_role": "officer" });
        self.head.post("/api/v1/property/places", new).await.fine().text_of("id")
    }

    pub async fn step(&self, by: &Client, case: &str, action: &str, content: Value) -> Answer {
        let seen = self.head.get(&format!("/api/v1/cases/{case}")).await;
        let version = seen.fine().body["version"].as_i64();
        by.call(axum::http::Method::POST, &format!("/api/v1/cases/{case}/actions/{action}"), version, Some(content)).await
    }

    /// A case under investigation.
    pub async fn case(&self) -> String {
        let new = json!({
            "track": "ordinary", "acted_on": "2026-10-30", "place": "模拟西街道长街12号门前", "summary": "擅自占用人行道摆摊",
            "typed_reason": "试办事项", "matter": { "code": "330217-01", "name": "擅自占用城市道路摆摊", "articles": "浙江省城市市容和环境卫生管理条例", "ours": true,
                "fine_min_fen": 10_000, "fine_max_fen": 5_000_000 },
            "parties": [{ "kind": "individual", "age": "grown", "name": "测试当事人甲", "id_number": "33048219900101000X",
                "telephone": "13900000001" }],
            "officers": self.ids[..2],
        });
        let case = self.officer.post("/api/v1/cases", new).await.fine().text_of("id");
        self.step(&self.head, &case, "file", json!({ "note": "同意立案" })).await.fine();
        self.step(&self.officer, &case, "investigate", json!({})).await.fine();
        case
    }

    /// A case in which something was seized.
    pub async fn seized(&self) -> String {
        let case = self.case().await;
        let how =
            json!({ "note": "扣押经营工具", "basis": "浙江省城市市容和环境卫生管理条例", "measure": "before", "approved_by": self.ids[2] });
        self.step(&self.officer, &case, "seize", how).await.fine();
        case
    }

    pub fn thing(name: &str) -> Value {
        json!({ "measure": "seizure", "kind": "tool", "name": name, "quantity_milli": 1000, "unit": "辆", "party": 1 })
    }

    /// Items of a case, on its list.
    pub async fn listed(&self, case: &str, count: usize) -> Vec<String> {
        let items: Vec<Value> = (0..count).map(|n| Self::thing(&format!("模拟三轮车{n}"))).collect();
        let answer = self.officer.post(&format!("/api/v1/cases/{case}/property"), json!({ "items": items })).await;
        answer.fine().body["items"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect()
    }

    /// A movement between the two officers, as the first of them saw the item.
    pub fn moving(&self, kind: &str, seen: i64) -> Value {
        json!({ "kind": kind, "seen": seen, "hander": self.ids[0], "receiver": self.ids[1], "reason": "模拟出入库" })
    }

    pub async fn send(&self, by: &Client, item: &str, movement: &Value) -> Answer {
        by.post(&format!("/api/v1/property/items/{item}/movements"), movement.clone()).await
    }

    /// Brings an item into a place.
    pub async fn store(&self, item: &str, place: &str) {
        let mut movement = self.moving("in", 0);
        movement["to_place"] = json!(place);
        self.send(&self.officer, item, &movement).await.fine();
    }

    pub async fn show(&self, item: &str) -> Value {
        self.officer.get(&format!("/api/v1/property/items/{item}")).await.fine().body.clone()
    }

    /// The balance of this month of a place.
    pub async fn balance(&self, place: &str) -> Value {
        let all = self.head.get("/api/v1/property/balance").await.fine().items();
        all.into_iter().find(|it| it["place"] == place).expect("the place")
    }
}
