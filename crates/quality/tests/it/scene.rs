//! A county whose officers concluded cases on the spot: parties are made up and say so.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use testkit::house::{Answer, Client, House};

/// A party, who must be found nowhere here.
pub const NAME: &str = "测甲乙";

pub struct Scene {
    pub house: House,
    pub officer: Client,
    pub second: Client,
    pub head: Client,
    pub evaluator: Client,
    pub other_head: Client,
    pub third: Client,
    pub next_door: Client,
    /// Ids of people by account.
    pub ids: BTreeMap<&'static str, String>,
}

impl Scene {
    pub async fn new() -> Self {
        let house = House::build().await;
        house.quality.seed().await.unwrap();
        house.person("leader_next_door", house.units.neighbour, &["leader", "officer"], &["330483"]).await;
        let administrator = house.signed_in("administrator01").await;
        let mut ids = BTreeMap::new();
        for account in ["officer01", "officer02", "officer03", "evaluator01", "leader01", "leader02", "legal_reviewer01"] {
            let people = administrator.get(&format!("/api/v1/people?q={account}")).await.items();
            let id = people.iter().find(|it| it["account"] == account).expect("the person")["id"].as_str().unwrap().to_owned();
            if account.starts_with("officer") {
                let entry = json!({ "number": format!("模拟证{account}"), "valid_from": "2025-01-01", "valid_until": "2030-12-31", "legal_qualified": false });
                administrator.put(&format!("/api/v1/people/{id}/certificate"), entry).await.fine();
            }
            ids.insert(account, id);
        }
        Self {
            officer: house.signed_in("officer01").await,
            second: house.signed_in("officer02").await,
            head: house.signed_in("leader01").await,
            evaluator: house.signed_in("evaluator01").await,
            other_head: house.signed_in("leader02").await,
            third: house.signed_in("officer03").await,
            next_door: house.signed_in("leader_next_door").await,
            ids,
            house,
        }
    }

    pub fn id(&self, account: &str) -> &str {
        &self.ids[account]
    }

    pub async fn step(&self, by: &Client, case: &str, action: &str, content: Value) -> Answer {
        let seen = self.head.get(&format!("/api/v1/cases/{case}")).await;
        let version = seen.fine().body["version"].as_i64();
        by.call(axum::http::Method::POST, &format!("/api/v1/cases/{case}/actions/{action}"), version, Some(content)).await
    }

    /// A case of officer01 and officer02, decided on the spot and handed over; `number` makes its place another.
    pub async fn concluded(&self, number: u32) -> String {
        let new = json!({
            "track": "simple", "acted_on": "2026-11-01", "place": format!("模拟西街道长街{number}号门前"), "summary": "擅自占用人行道堆放物料",
            "typed_reason": "试办事项",
            "matter": { "code": "330217-01", "name": "擅自占用城市道路堆放物料", "articles": "浙江省城市市容和环境卫生管理条例第十二条", "ours": true,
                "fine_min_fen": 5_000, "fine_max_fen": 50_000 },
            "parties": [{ "kind": "individual", "age": "grown", "name": NAME, "id_number": format!("3304820000000{number:05}"), "telephone": "13900000001" }],
            "officers": [self.id("officer01"), self.id("officer02")],
        });
        let answer = self.officer.post("/api/v1/cases", new).await;
        let case = answer.fine().text_of("id");
        let plan = json!({ "kinds": ["fine"], "fine_fen": 10_000, "surcharge": false, "reasons": "当场清理" });
        for (action, content) in [
            ("show-card", json!({})),
            ("tell-on-spot", json!({ "plan": plan, "reached": [1] })),
            ("waive-defence", json!({ "agreed": true })),
            ("decide-on-spot", json!({ "evidence": "现场照片" })),
            ("hand-decision", json!({ "mode": "direct", "reached": [1] })),
        ] {
            self.step(&self.officer, &case, action, content).await.fine();
        }
        case
    }

    /// The shipped sheet.
    pub async fn sheet(&self) -> Value {
        let sheets = self.head.get("/api/v1/review-sheets").await.fine().body["items"].clone();
        sheets.as_array().unwrap().iter().find(|it| it["code"] == "house").expect("the shipped sheet").clone()
    }

    /// A round gathered by the other head, who has no part in any case.
    pub async fn gathered(&self, plan: Value) -> Answer {
        let sheet = self.sheet().await["id"].clone();
        let mut all = json!({ "from": "2026-11-01", "to": "2026-11-02", "tracks": [], "results": [] });
        all.as_object_mut().unwrap().extend(plan.as_object().unwrap().clone());
        let day = kernel::clock::Clock::now(&*self.house.clock).with_timezone(&kernel::clock::shanghai()).date_naive();
        self.other_head.post("/api/v1/review-rounds", json!({ "name": "第四季度抽查", "kind": "spot", "sheet": sheet, "plan": all, "seed_source": "体育彩票排列五当日开奖号码", "draw_on": day })).await
    }

    pub async fn draw(&self, round: &str, reviewers: &[&str]) -> Answer {
        let seen = self.other_head.get(&format!("/api/v1/review-rounds/{round}")).await.body["version"].clone();
        let reviewers: Vec<&str> = reviewers.iter().map(|account| self.id(account)).collect();
        let body = json!({ "seen": seen, "seed": "体彩第2026133期 1234567", "reviewers": reviewers });
        self.other_head.post(&format!("/api/v1/review-rounds/{round}/actions/draw"), body).await
    }

    /// Answers to every item: agreeing with the program, without deductions but those given.
    pub fn answers(file: &Value, deductions: &[(&str, &str)]) -> Value {
        let found = file["found"].as_array().unwrap();
        let items = file["sheet"]["sections"].as_array().unwrap().iter().flat_map(|it| it["items"].as_array().unwrap());
        let answer = |item: &Value| {
            let finding = found.iter().find(|it| it["check"] == item["auto"]).map_or("not", |it| it["finding"].as_str().unwrap());
            let made: Vec<Value> = deductions
                .iter()
                .filter(|(code, _)| item["code"] == *code)
                .map(|(_, deduction)| json!({ "code": deduction, "note": "见卷宗第三页" }))
                .collect();
            let mut one = json!({ "item": item["code"], "deductions": made });
            match finding {
                "holds" => one["agrees"] = json!(made.is_empty()),
                "fails" => one["agrees"] = json!(!made.is_empty()),
                _ => {}
            }
            one["note"] = json!("已核对");
            one
        };
        Value::Array(items.map(answer).collect())
    }

    /// Scores a file as this client.
    pub async fn score(&self, by: &Client, file: &str, deductions: &[(&str, &str)]) -> Answer {
        let shown = by.get(&format!("/api/v1/review-files/{file}")).await.fine().body.clone();
        let seat = shown["seats"].as_array().unwrap().iter().find(|it| it["mine"] == true).expect("a seat").clone();
        let body = json!({ "seen": seat["version"], "answers": Self::answers(&shown, deductions), "finish": true });
        by.put(&format!("/api/v1/review-files/{file}/score"), body).await
    }
}
