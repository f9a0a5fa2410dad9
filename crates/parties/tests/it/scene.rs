//! Two cases with a party each, officers who handle them, and a browser for every party.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU32, Ordering},
};

use axum::{
    body::Body,
    http::{Method, Request, header},
};
use cases::Cases;
use chrono::TimeDelta;
use docket::KeyOf;
use evidence::{CaseFile, CaseFiles, Evidence, Wish};
use futures::future::BoxFuture;
use identity::Caller;
use kernel::clock::Clock;
use parties::{Paper, Papers, Parties, Parts};
use serde_json::{Value, json};
use testkit::house::{Answer, Client, House, monday_morning};
use uuid::Uuid;

/// The party of the first case; nobody may find it but in the vault.
pub const NAME: &str = "测试当事人甲";
pub const NUMBER: &str = "33048219900101000X";
pub const TELEPHONE: &str = "13900000001";

/// The cases as the room of evidence asks for them, without the binary's other rooms.
struct OfCases(Cases);

impl CaseFiles for OfCases {
    fn opened<'a>(&'a self, caller: &'a Caller, case: Uuid, _wish: Wish) -> BoxFuture<'a, http_api::Answer<CaseFile>> {
        Box::pin(async move {
            let case = self.0.opened(caller, case).await?;
            Ok(CaseFile { key: case.header.key(), number: case.header.number, officers: case.officers })
        })
    }
}

/// Documents as they were issued: the room that prints them needs fonts, and has tests of its own.
#[derive(Default)]
pub struct Issued(Mutex<Vec<(Uuid, Paper)>>);

impl Papers for Issued {
    fn issued<'a>(&'a self, case: &'a KeyOf) -> BoxFuture<'a, http_api::Answer<Vec<Paper>>> {
        let all = self.0.lock().unwrap();
        let found = all.iter().filter(|(of, _)| *of == case.id.uuid()).map(|(_, paper)| paper.clone()).collect();
        Box::pin(async move { Ok(found) })
    }
}

pub struct Scene {
    pub house: House,
    pub officer: Client,
    pub stranger: Client,
    pub head: Client,
    pub ids: [String; 2],
    pub papers: Arc<Issued>,
    pub desk: axum::Router,
    serial: AtomicU32,
}

async fn certify(house: &House, account: &str, number: &str) -> String {
    let administrator = house.signed_in("administrator01").await;
    let people = administrator.get(&format!("/api/v1/people?q={account}")).await.items();
    let id = people.iter().find(|it| it["account"] == account).expect("the person")["id"].as_str().unwrap().to_owned();
    let entry = json!({ "number": number, "valid_from": "2025-01-01", "valid_until": "2028-12-31", "legal_qualified": false });
    administrator.put(&format!("/api/v1/people/{id}/certificate"), entry).await.fine();
    id
}

impl Scene {
    pub async fn new() -> Self {
        let house = House::build().await;
        let ids = [certify(&house, "officer01", "浙0401").await, certify(&house, "officer02", "浙0402").await];
        house.person("officer09", house.units.bureau, &["officer"], &["330482"]).await;
        let papers = Arc::new(Issued::default());
        let database = house.test.database.clone();
        let evidence = Evidence::new(
            database.clone(),
            house.clock.clone(),
            house.identity.clone(),
            house.files.clone(),
            Arc::new(OfCases(house.cases.clone())),
        );
        let parties = Parties::new(Parts {
            database,
            clock: house.clock.clone(),
            wall: house.clock.clone(),
            identity: house.identity.clone(),
            files: house.files.clone(),
            vault: house.vault.clone(),
            cases: house.cases.clone(),
            evidence: evidence.clone(),
            notify: house.notify.clone(),
            papers: papers.clone(),
            home_region: "330482".to_owned(),
            secure_cookies: false,
        });
        let own = parties::routes(parties).merge(evidence::routes(evidence)).split_for_parts().0;
        let desk = house.router().merge(own.layer(identity::layer(house.identity.clone())));
        Self {
            officer: Self::in_front(&desk, "officer01").await,
            stranger: Self::in_front(&desk, "officer09").await,
            head: Self::in_front(&desk, "leader01").await,
            house,
            ids,
            papers,
            desk,
            serial: AtomicU32::new(1),
        }
    }

    async fn in_front(desk: &axum::Router, account: &str) -> Client {
        let mut client = Client::new(desk.clone());
        client.sign_in(account, testkit::house::PASSWORD).await.fine();
        client
    }

    /// A case with a party of this number and telephone.
    pub async fn open(&self, name: &str, number: &str, telephone: &str) -> String {
        let new = json!({
            "track": "ordinary", "acted_on": "2026-10-30", "place": "模拟西街道长街12号门前", "summary": "线索人反映的内部摘要",
            "typed_reason": "试办事项", "matter": {
                "code": "330217-01", "name": "擅自占用城市道路堆放物料", "articles": "浙江省城市市容和环境卫生管理条例", "ours": true,
                "fine_min_fen": 10_000, "fine_max_fen": 5_000_000,
            },
            "parties": [{ "kind": "individual", "age": "grown", "name": name, "id_number": number, "telephone": telephone }],
            "officers": self.ids,
        });
        let answer = self.officer.post("/api/v1/cases", new).await;
        answer.fine();
        answer.text_of("id")
    }

    pub async fn step(&self, by: &Client, case: &str, action: &str, content: Value) -> Answer {
        let version = self.head.get(&format!("/api/v1/cases/{case}")).await.fine().body["version"].as_i64();
        by.call(Method::POST, &format!("/api/v1/cases/{case}/actions/{action}"), version, Some(content)).await
    }

    /// To the notice approved, with a fine of so many yuan.
    pub async fn approved(&self, case: &str, yuan: i64) {
        let plan = json!({ "kinds": ["fine"], "fine_fen": yuan * 100, "surcharge": true, "reasons": "情节一般" });
        self.step(&self.head, case, "file", json!({})).await.fine();
        self.step(&self.officer, case, "investigate", json!({})).await.fine();
        self.step(&self.officer, case, "inquire", json!({})).await.fine();
        let end = json!({ "finding": "punishable", "evidence": "询问笔录", "plan": plan });
        self.step(&self.officer, case, "end", end).await.fine();
        self.step(&self.head, case, "approve-notice", json!({})).await.fine();
    }

    /// To the notice served by hand.
    pub async fn noticed(&self, case: &str, yuan: i64) {
        self.approved(case, yuan).await;
        let served = json!({ "mode": "direct", "reached": [1], "tells_hearing": true });
        self.step(&self.officer, case, "serve-notice", served).await.fine();
    }

    /// An issued document of a case, now.
    pub async fn issued(&self, case: &str, kind: &str) -> Uuid {
        let serial = self.serial.fetch_add(1, Ordering::Relaxed);
        let file = self.house.photo().await;
        let id = Uuid::from_u128(u128::from(serial) << 64 | 0x7000_8000);
        let paper = Paper {
            id,
            kind: kind.to_owned(),
            title: format!("{kind} 第{serial}号"),
            file,
            issued_at: self.house.clock.now(),
            void: false,
        };
        self.papers.0.lock().unwrap().push((case.parse().unwrap(), paper));
        id
    }

    pub fn void(&self, document: Uuid) {
        for (_, paper) in self.papers.0.lock().unwrap().iter_mut().filter(|(_, paper)| paper.id == document) {
            paper.void = true;
        }
    }

    pub async fn code(&self, case: &str) -> String {
        let issued = self.officer.post(&format!("/api/v1/cases/{case}/parties/1/code"), json!({})).await;
        issued.fine();
        issued.text_of("code")
    }

    /// A party inside his case.
    pub async fn inside(&self, case: &str, number_end: &str, telephone_end: &str) -> Browser {
        let code = self.code(case).await;
        let mut browser = Browser { client: Client::new(self.desk.clone()), cookie: None };
        browser.enter(&code, number_end, telephone_end).await.fine();
        browser
    }

    pub fn later(&self, by: TimeDelta) {
        self.house.clock.advance(by);
    }

    /// Days after the Monday on which everything begins, at nine in the morning.
    pub fn day(&self, days: i64) {
        self.house.clock.set(monday_morning() + TimeDelta::days(days));
    }

    pub async fn ledger(&self, case: &str) -> String {
        let id: Uuid = case.parse().unwrap();
        let lines: Vec<String> =
            sqlx::query_scalar("select action || ' ' || payload::text from ledger_entry where docket_id = $1 order by seq")
                .bind(id)
                .fetch_all(&self.house.test.owner_pool)
                .await
                .unwrap();
        lines.join("\n")
    }
}

/// The browser of a party: a cookie of its own.
#[derive(Clone)]
pub struct Browser {
    pub client: Client,
    pub cookie: Option<String>,
}

impl Browser {
    pub async fn send(&self, method: Method, path: &str, body: Body, json: bool) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if json {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, format!("bihuan_party={cookie}"));
        }
        self.client.send(request.body(body).unwrap()).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, Body::empty(), false).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(Method::POST, path, Body::from(body.to_string()), true).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, Body::empty(), false).await
    }

    pub async fn enter(&mut self, code: &str, number_end: &str, telephone_end: &str) -> Answer {
        let entry = json!({ "code": code, "number_end": number_end, "telephone_end": telephone_end });
        let answer = self.post("/api/v1/public/party-session", entry).await;
        for cookie in answer.headers.get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap_or_default();
            assert!(
                cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && cookie.contains("Path=/api/v1/public"),
                "{cookie}"
            );
            self.cookie = cookie.strip_prefix("bihuan_party=").and_then(|rest| rest.split(';').next()).map(str::to_owned);
        }
        answer
    }

    pub async fn case(&self) -> Value {
        self.get("/api/v1/public/my-case").await.fine().body.clone()
    }

    /// A PNG that this party sends from his page; each is another.
    pub async fn file(&self, seed: u8) -> String {
        let mut bytes = std::io::Cursor::new(Vec::new());
        let picture = image::RgbImage::from_fn(6, 6, |x, y| image::Rgb([seed, (x * 40) as u8, (y * 40) as u8]));
        picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        let answer = self.send(Method::POST, "/api/v1/public/my-case/files", Body::from(bytes.into_inner()), false).await;
        answer.fine();
        answer.text_of("file")
    }

    pub async fn submit(&self, kind: &str, more: Value) -> Answer {
        let mut body = json!({ "kind": kind, "client_key": Uuid::new_v4() });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.post("/api/v1/public/my-case/submissions", body).await
    }
}
