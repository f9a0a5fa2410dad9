//! A case, its officers and the whole face of evidence.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use axum::{
    body::Body,
    http::{Method, Request},
};
use chrono::{DateTime, Utc};
use docket::{Actor, Holder, KeyOf, NewEntry, Opening};
use evidence::{CaseFile, CaseFiles, Evidence, Wish};
use futures::future::BoxFuture;
use http_api::Answer;
use identity::Caller;
use kernel::{
    clock::Clock,
    id::{DocketId, PersonId, uuid_at},
    problem::Problem,
};
use serde_json::{Value, json};
use testkit::house::{Client, House};
use uuid::Uuid;

/// The room that holds the one case: its officers see and add, others who may see at all see.
pub struct OneCase {
    key: KeyOf,
    officers: Vec<Uuid>,
    archived: AtomicBool,
}

impl CaseFiles for OneCase {
    fn opened<'a>(&'a self, caller: &'a Caller, case: Uuid, wish: Wish) -> BoxFuture<'a, Answer<CaseFile>> {
        Box::pin(async move {
            let foreign = caller.account.starts_with("foreign");
            if case != self.key.id.uuid() || foreign {
                return Err(Problem::not_found("case-not-found", "没有这个案件，或者不在您的查看范围内").into());
            }
            let handles = self.officers.contains(&caller.person.uuid());
            if wish == Wish::Add && (!handles || self.archived.load(Ordering::Relaxed)) {
                return Err(Problem::forbidden("case-not-handled", "只有本案的承办人可以提交证据").into());
            }
            Ok(CaseFile { key: self.key.clone(), number: "执〔2026〕1号".to_owned(), officers: self.officers.clone() })
        })
    }
}

pub struct Desk {
    pub house: House,
    pub case: Arc<OneCase>,
    /// One of the two officers of the case.
    pub officer: Client,
    /// Sees the case, and decides.
    pub leader: Client,
    /// An officer of elsewhere.
    pub foreign: Client,
    pub officers: Vec<Uuid>,
}

impl Desk {
    pub async fn open() -> Desk {
        let house = House::build().await;
        let bureau = house.units.bureau;
        let mut officers: Vec<PersonId> = Vec::new();
        for account in ["handler01", "handler02"] {
            officers.push(house.person(account, bureau, &["officer"], &["330482"]).await);
        }
        house.person("foreign01", bureau, &["officer"], &["330482"]).await;
        house.person("head01", bureau, &["leader"], &["330482"]).await;
        let now = house.clock.now();
        let key = KeyOf { region: "330482".to_owned(), id: DocketId::from(uuid_at(now)) };
        let officers: Vec<Uuid> = officers.into_iter().map(PersonId::uuid).collect();
        open_docket(&house, &key, now).await;
        let case = Arc::new(OneCase { key, officers: officers.clone(), archived: AtomicBool::new(false) });
        let room =
            Evidence::new(house.test.database.clone(), house.clock.clone(), house.identity.clone(), house.files.clone(), case.clone());
        let face = evidence::routes(room).split_for_parts().0.layer(identity::layer(house.identity.clone()));
        let router = house.router().merge(face);
        let mut clients = Vec::new();
        for account in ["handler01", "head01", "foreign01"] {
            let mut client = Client::new(router.clone());
            client.cookie = house.signed_in(account).await.cookie;
            clients.push(client);
        }
        let [officer, leader, foreign] = clients.try_into().unwrap_or_else(|_| unreachable!("three"));
        Desk { house, case, officer, leader, foreign, officers }
    }

    pub fn archive(&self) {
        self.case.archived.store(true, Ordering::Relaxed);
    }

    pub fn path(&self) -> String {
        format!("/api/v1/cases/{}/evidence", self.case.key.id)
    }

    /// Sends bytes the way they come, and says the upload.
    pub async fn sent(&self, bytes: &[u8]) -> String {
        let upload = self.officer.post("/api/v1/evidence/uploads", json!({ "length": bytes.len() })).await.fine().text_of("id");
        let request = Request::builder()
            .method(Method::PATCH)
            .uri(format!("/api/v1/uploads/{upload}"))
            .header("tus-resumable", "1.0.0")
            .header("upload-offset", 0)
            .header("content-type", "application/offset+octet-stream");
        self.officer.send(request.body(Body::from(bytes.to_vec())).unwrap()).await.fine();
        upload
    }

    /// What is to be added, proper in every way.
    pub fn wanted(&self, upload: &str) -> Value {
        json!({ "upload": upload, "kind": "audiovisual", "title": "现场录像", "manner": "taken", "form": "original",
            "obtained_at": self.house.clock.now(), "place": "解放路 12 号门前", "obtained_by": self.officers })
    }

    /// An item with these bytes.
    pub async fn added(&self, bytes: &[u8]) -> String {
        let upload = self.sent(bytes).await;
        self.officer.post(&self.path(), self.wanted(&upload)).await.fine().text_of("id")
    }

    /// The ledger of the case: its verbs.
    pub async fn ledger(&self) -> Vec<String> {
        sqlx::query_scalar("SELECT action FROM ledger_entry WHERE docket_id = $1 ORDER BY seq")
            .bind(self.case.key.id.uuid())
            .fetch_all(self.house.test.database.pool())
            .await
            .unwrap()
    }
}

async fn open_docket(house: &House, key: &KeyOf, now: DateTime<Utc>) {
    let opening = Opening {
        key: key.clone(),
        kind: "case",
        number: "执〔2026〕1号".to_owned(),
        state: "investigating",
        title: "占道经营".to_owned(),
        jurisdiction: "330482".to_owned(),
        position: None,
        holder: Holder::role("officer"),
        unit: None,
        simulated: false,
        text: String::new(),
        facets: Vec::new(),
        entries: vec![NewEntry { actor: Actor::System("test"), role: None, action: "opened", place: None, payload: json!({}) }],
        deadlines: Vec::new(),
        events: Vec::new(),
    };
    let mut transaction = house.test.database.pool().begin().await.unwrap();
    docket::open(&mut transaction, now, &[opening]).await.unwrap();
    transaction.commit().await.unwrap();
}
