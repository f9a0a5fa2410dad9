//! A county with decided cases and a payment provider behind a socket.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    body::Body,
    http::{Method, Request},
};
use kernel::clock::SystemClock;
use payments::provider::ApiV3;
use serde_json::{Value, json};
use sim::cashier::{Cashier, Sealed};
use testkit::house::{Answer, Client, House, monday_morning};

pub struct Scene {
    pub house: House,
    pub cashier: Cashier,
    pub officer: Client,
    pub head: Client,
    pub evaluator: Client,
    pub administrator: Client,
    pub anybody: Client,
    ids: [String; 2],
}

async fn certify(administrator: &Client, account: &str, number: &str) -> String {
    let people = administrator.get(&format!("/api/v1/people?q={account}")).await.items();
    let id = people.iter().find(|it| it["account"] == account).expect("the person")["id"].as_str().unwrap().to_owned();
    let entry = json!({ "number": number, "valid_from": "2025-01-01", "valid_until": "2028-12-31", "legal_qualified": false });
    administrator.put(&format!("/api/v1/people/{id}/certificate"), entry).await.fine();
    id
}

impl Scene {
    /// Officers, an account to pay into, and the provider.
    pub async fn new() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let house = House::build().await;
        let administrator = house.signed_in("administrator01").await;
        let ids = [certify(&administrator, "officer01", "浙0401").await, certify(&administrator, "officer02", "浙0402").await];
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let face = house.router().into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, face).await });
        let cashier = Cashier::new(house.clock.clone(), Arc::new(SystemClock)).unwrap();
        let settings = cashier.settings(cashier.listen().await.unwrap(), &base, &house.folder.path().join("simulated")).unwrap();
        let provider = ApiV3::open(serde_json::from_value(settings).unwrap(), Arc::new(SystemClock), true).unwrap();
        house.payments.through(Arc::new(provider));
        Self {
            officer: house.signed_in("officer01").await,
            head: house.signed_in("leader01").await,
            evaluator: house.signed_in("evaluator01").await,
            anybody: house.visitor(),
            administrator,
            cashier,
            ids,
            house,
        }
    }

    pub async fn with_payee(self) -> Self {
        let payee = json!({ "organ": "模拟县局（模拟）", "bank": "模拟银行", "account": "0000 1111 2222" });
        self.administrator.put("/api/v1/payment-payee", payee).await.fine();
        self
    }

    pub async fn step(&self, by: &Client, case: &str, action: &str, content: Value) -> Answer {
        let seen = self.head.get(&format!("/api/v1/cases/{case}")).await;
        let version = seen.fine().body["version"].as_i64();
        by.call(Method::POST, &format!("/api/v1/cases/{case}/actions/{action}"), version, Some(content)).await
    }

    pub async fn state(&self, case: &str) -> String {
        let seen = self.head.get(&format!("/api/v1/cases/{case}")).await;
        seen.fine().body["state"]["code"].as_str().unwrap().to_owned()
    }

    /// A case of its own place, decided on the spot with so many yuan.
    pub async fn decided(&self, number: u32, yuan: i64) -> String {
        let new = json!({
            "track": "simple", "acted_on": "2026-10-30", "place": format!("模拟西街道长街{number}号"), "summary": "擅自占用人行道堆放物料",
            "typed_reason": "试办事项", "matter": {
                "code": "330217-01", "name": "擅自占用城市道路堆放物料", "articles": "浙江省城市市容和环境卫生管理条例", "ours": true,
                "fine_min_fen": 0, "fine_max_fen": 100_000,
            },
            "parties": [{ "kind": "individual", "age": "grown", "name": "测试当事人甲", "id_number": "33048219900101000X" }],
            "officers": self.ids,
        });
        let case = self.officer.post("/api/v1/cases", new).await.fine().text_of("id");
        let plan = json!({ "kinds": ["fine"], "fine_fen": yuan * 100, "surcharge": true, "reasons": "情节一般" });
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

    /// The code of a case's bill, made now.
    pub async fn billed(&self, case: &str) -> String {
        self.officer.post(&format!("/api/v1/cases/{case}/fine-bill"), json!({})).await.fine().text_of("code")
    }

    pub async fn bill(&self, case: &str) -> Value {
        self.officer.get(&format!("/api/v1/cases/{case}/fine-bill")).await.fine().body.clone()
    }

    pub async fn shown(&self, code: &str) -> Value {
        self.anybody.get(&format!("/api/v1/public/fine-bills/{code}")).await.fine().body.clone()
    }

    pub async fn order(&self, code: &str, whole: bool) -> Answer {
        self.anybody.post(&format!("/api/v1/public/fine-bills/{code}/orders"), json!({ "whole": whole })).await
    }

    /// A callback as the provider sends it.
    pub async fn call_back(&self, sealed: &Sealed) -> Answer {
        let request = Request::builder().method(Method::POST).uri("/api/v1/payments/callbacks/simulated");
        let request = sealed.headers().into_iter().fold(request, |request, (name, value)| request.header(name, value));
        self.anybody.send(request.body(Body::from(sealed.body.clone())).unwrap()).await
    }

    pub async fn suspense(&self) -> Vec<Value> {
        self.evaluator.get("/api/v1/payment-receipts?suspense=true").await.fine().items()
    }

    /// Everything that came, less what was given back, lies in the journal where the receipts say.
    pub async fn books_are_right(&self) {
        let faults = payments::check_books(self.house.test.database.pool()).await.unwrap();
        assert!(faults.is_empty(), "{faults:?}");
        let of = async |query: &'static str| self.house.count(query).await;
        let receipts = of("select coalesce(sum(fen), 0)::bigint from payment_receipt").await;
        let refunds = of("select coalesce(sum(fen), 0)::bigint from payment_refund where state = 'done'").await;
        let journal = of("select coalesce(sum(case when from_account = 'provider' then fen when to_account = 'refunded' then -fen end), 0)::bigint from payment_entry").await;
        assert_eq!(receipts - refunds, journal);
    }

    pub fn now(&self) -> chrono::DateTime<chrono::Utc> {
        kernel::clock::Clock::now(&*self.house.clock)
    }

    pub fn day(&self, days: i64) {
        self.house.clock.set(monday_morning() + chrono::TimeDelta::days(days));
    }
}
