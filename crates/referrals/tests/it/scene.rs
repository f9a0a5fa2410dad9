//! A county with bureaus outside the enforcement organ, each with somebody who speaks for it.

use std::sync::{Arc, Mutex};

use axum::{
    body::Body,
    http::{Method, Request},
};
use cases::Cases;
use docket::KeyOf;
use evidence::{CaseFile, CaseFiles, Evidence, Wish};
use futures::future::BoxFuture;
use identity::Caller;
use kernel::calendar::Calendar;
use referrals::{CasePapers, Parts, Referrals, ShownPaper};
use serde_json::{Value, json};
use testkit::house::{Answer, Client, House, PASSWORD, in_the_west};
use uuid::Uuid;

/// Who is suspected; nobody may find it but in the vault.
pub const NAME: &str = "测试嫌疑人甲";
/// The same of its number.
pub const NUMBER: &str = "33048219900101000X";

struct OfCases(Cases);

impl CaseFiles for OfCases {
    fn opened<'a>(&'a self, caller: &'a Caller, case: Uuid, _wish: Wish) -> BoxFuture<'a, http_api::Answer<CaseFile>> {
        Box::pin(async move {
            let case = self.0.opened(caller, case).await?;
            Ok(CaseFile { key: case.header.key(), number: case.header.number, officers: case.officers })
        })
    }
}

/// Decisions as they were issued: the room that prints them needs fonts, and has tests of its own.
#[derive(Default)]
pub struct Issued(pub Mutex<Vec<(Uuid, ShownPaper)>>);

impl CasePapers for Issued {
    fn shown<'a>(&'a self, case: &'a KeyOf) -> BoxFuture<'a, http_api::Answer<Vec<ShownPaper>>> {
        let all = self.0.lock().unwrap();
        let found = all.iter().filter(|(of, _)| *of == case.id.uuid()).map(|(_, paper)| paper.clone()).collect();
        Box::pin(async move { Ok(found) })
    }
}

pub struct Scene {
    pub house: House,
    pub room: Referrals,
    pub papers: Arc<Issued>,
    /// Of the bureau that asks, of another, and of one that has to do with nothing.
    pub water: Client,
    pub housing: Client,
    pub forestry: Client,
    pub centre: Client,
    pub officer: Client,
    pub operator: Client,
    pub leader: Client,
    pub units: [String; 3],
    pub officers: [String; 2],
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
        let officers = [certify(&house, "officer01", "浙0401").await, certify(&house, "officer02", "浙0402").await];
        let administrator = house.signed_in("administrator01").await;
        let mut units = Vec::new();
        for (name, account) in
            [("模拟县水利局", "liaison_water"), ("模拟县住建局", "liaison_housing"), ("模拟县林业局", "liaison_forestry")]
        {
            let form = json!({ "parent_id": house.units.bureau, "name": name, "kind": "department", "region": "330482" });
            let id = administrator.post("/api/v1/organisations", form).await.fine().text_of("id");
            house.person(account, id.parse::<Uuid>().unwrap().into(), &["liaison"], &[]).await;
            units.push(id);
        }
        let (papers, database) = (Arc::new(Issued::default()), house.test.database.clone());
        let evidence = Evidence::new(
            database.clone(),
            house.clock.clone(),
            house.identity.clone(),
            house.files.clone(),
            Arc::new(OfCases(house.cases.clone())),
        );
        let room = Referrals::new(Parts {
            matters: matters::Matters::load(database.clone(), house.clock.clone(), house.identity.clone(), "330482").await.unwrap(),
            database,
            clock: house.clock.clone(),
            identity: house.identity.clone(),
            catalogue: house.catalogue.clone(),
            files: house.files.clone(),
            vault: house.vault.clone(),
            calendar: Arc::new(Calendar::shipped()),
            leads: house.leads.clone(),
            cases: house.cases.clone(),
            evidence: evidence.clone(),
            papers: papers.clone(),
            home_region: "330482".to_owned(),
            demo: false,
        });
        house.cases.also_come_from(Arc::new(room.clone()));
        let own = referrals::routes(room.clone()).merge(evidence::routes(evidence)).split_for_parts().0;
        let desk = house.router().merge(own.layer(identity::layer(house.identity.clone())));
        let front = async |account: &str| {
            let mut client = Client::new(desk.clone());
            client.sign_in(account, PASSWORD).await.fine();
            client
        };
        Self {
            water: front("liaison_water").await,
            housing: front("liaison_housing").await,
            forestry: front("liaison_forestry").await,
            centre: front("shift_leader01").await,
            officer: front("officer01").await,
            operator: front("operator01").await,
            leader: front("leader01").await,
            units: units.try_into().unwrap(),
            house,
            room,
            papers,
            officers,
        }
    }

    /// What the water bureau puts before the centre.
    pub fn finding() -> Value {
        let at = in_the_west();
        json!({
            "facts": "检查中发现河道边堆放建筑垃圾约二十平方米", "place": "模拟西街道河埠头", "acted_on": "2026-10-30", "wished_on": "2026-11-30",
            "position": { "lon": at["x"], "lat": at["y"] },
            "suspect": { "kind": "individual", "name": NAME, "id_number": NUMBER, "telephone": "13900000001" },
        })
    }

    /// Sends bytes the way they come, and says the upload.
    pub async fn sent(&self, by: &Client, bytes: &[u8]) -> String {
        let upload = by.post("/api/v1/referral-uploads", json!({ "length": bytes.len() })).await.fine().text_of("id");
        let request = Request::builder()
            .method(Method::PATCH)
            .uri(format!("/api/v1/uploads/{upload}"))
            .header("tus-resumable", "1.0.0")
            .header("upload-offset", 0)
            .header("content-type", "application/offset+octet-stream");
        by.send(request.body(Body::from(bytes.to_vec())).unwrap()).await.fine();
        upload
    }

    pub async fn act(&self, by: &Client, id: &str, verb: &str, body: Value) -> Answer {
        by.post(&format!("/api/v1/referrals/{id}/actions/{verb}"), body).await
    }

    pub async fn show(&self, by: &Client, id: &str) -> Value {
        by.get(&format!("/api/v1/referrals/{id}")).await.fine().body.clone()
    }

    /// A case on the spot out of a referral, typed.
    pub fn new_case(&self, referral: &str) -> Value {
        json!({
            "track": "simple", "acted_on": "2026-10-30", "place": "模拟西街道河埠头", "summary": "河道边堆放建筑垃圾", "referral": referral,
            "typed_reason": "试办事项", "matter": {
                "code": "330217-01", "name": "擅自占用城市道路堆放物料", "articles": "浙江省城市市容和环境卫生管理条例", "ours": true,
                "fine_min_fen": 10_000, "fine_max_fen": 5_000_000,
            },
            "parties": [{ "kind": "individual", "age": "grown", "name": NAME, "id_number": NUMBER }], "officers": self.officers,
        })
    }

    /// Takes the case to the decision in the party's hand, and lets the referral hear of it.
    pub async fn decided(&self, case: &str) {
        let plan = json!({ "kinds": ["fine"], "fine_fen": 15_000, "surcharge": true, "reasons": "情节一般" });
        for (action, content) in [
            ("show-card", json!({})),
            ("tell-on-spot", json!({ "plan": plan, "reached": [1] })),
            ("waive-defence", json!({ "agreed": true })),
            ("decide-on-spot", json!({ "evidence": "现场照片" })),
            ("hand-decision", json!({ "mode": "direct", "reached": [1] })),
        ] {
            let version = self.officer.get(&format!("/api/v1/cases/{case}")).await.fine().body["version"].as_i64();
            self.officer.call(Method::POST, &format!("/api/v1/cases/{case}/actions/{action}"), version, Some(content)).await.fine();
        }
        self.heard(case).await;
    }

    /// The referral hears of the case.
    pub async fn heard(&self, case: &str) {
        let mut connection = self.house.test.database.pool().acquire().await.unwrap();
        let key = KeyOf { region: "330482".into(), id: case.parse::<Uuid>().unwrap().into() };
        self.room.hear(&mut connection, &key).await.map_err(|error| error.problem().detail.clone()).unwrap();
    }
}
