//! A room of documents whose dockets are sheaves: the smallest owner there can be.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use async_trait::async_trait;
use axum::{
    Extension,
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use chrono::{DateTime, TimeZone, Utc};
use docket::{Actor, Change, Header, Holder, KeyOf, NewEntry, Opening, vault::Vault};
use documents::{Documents, Doing, Done, Owner, Parts, Printing, ServedDecision, signature::Signer};
use files::Files;
use http_api::Answer;
use identity::{Caller, Grants, Identity, Profile, Scope};
use kernel::{
    clock::{Clock, ManualClock, SystemClock},
    id::{DocketId, OrganisationId, PersonId},
    problem::Problem,
};
use serde_json::{Map, Value, json};
use sqlx::{PgConnection, PgPool};
use testkit::TestDatabase;
use tower::ServiceExt;
use uuid::Uuid;

pub const REGION: &str = "330482";

/// The fonts that `scripts/fonts` fetched.
pub fn fonts() -> PathBuf {
    let folder = std::env::var_os("BIHUAN_FONTS").map(PathBuf::from);
    folder.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../var/fonts"))
}

/// The press, opened once for all tests of this program.
pub fn printing() -> Printing {
    static PRINTING: OnceLock<Printing> = OnceLock::new();
    let printing = PRINTING.get_or_init(|| Printing::open(&fonts()));
    assert!(printing.lacking().is_none(), "{:?}: `scripts/fonts` fetches the fonts", printing.lacking());
    printing.clone()
}

/// A sheaf (卷): a docket that only has documents. Its history hears what is issued; a closed one issues nothing.
struct Sheaves(PgPool);

#[async_trait]
impl Owner for Sheaves {
    fn kind(&self) -> &'static str {
        "sheaf"
    }

    async fn allow(&self, caller: &Caller, docket: &KeyOf, doing: Doing, _: Option<&str>) -> Answer<Header> {
        let missing = || Problem::not_found("docket-not-found", "没有找到这件案件，或不在您的权限范围内");
        let scope: Scope = caller.scope_by_name("document.see").ok_or_else(missing)?;
        let mut transaction = self.0.begin().await?;
        let locked = docket::lock(&mut transaction, docket, None).await?.ok_or_else(missing)??;
        if !scope.covers_region(&locked.header.jurisdiction) {
            return Err(missing().into());
        }
        if doing == Doing::Issue && !locked.header.open {
            return Err(Problem::conflict("sheaf-closed", "案卷已经归档，不能再签发文书").into());
        }
        Ok(locked.header)
    }

    async fn facts(&self, _: &Caller, _: &KeyOf) -> Answer<Map<String, Value>> {
        Ok(json!({ "place": "模拟路8号", "basis": "《模拟条例》第十二条" }).as_object().cloned().unwrap_or_default())
    }

    /// Every sheaf has a decision that was served at the end of whatever span is asked for.
    async fn served_decisions(&self, _: &Caller, _: DateTime<Utc>, until: DateTime<Utc>, most: i64) -> Answer<Vec<ServedDecision>> {
        let rows: Vec<(Uuid, String, String)> =
            sqlx::query_as("select id, number, title from docket where kind = 'sheaf' order by id desc limit $1")
                .bind(most)
                .fetch_all(&self.0)
                .await?;
        let served = |(docket, number, title)| ServedDecision { docket, number, title, entered_at: until - chrono::TimeDelta::seconds(1) };
        Ok(rows.into_iter().map(served).collect())
    }

    async fn hear(&self, connection: &mut PgConnection, caller: &Caller, docket: &KeyOf, done: &Done) -> Answer<()> {
        let locked = docket::lock(connection, docket, None).await?.ok_or_else(|| Problem::not_found("docket-not-found", "没有"))??;
        let action = if done.doing == Doing::Issue { "document-issued" } else { "document-voided" };
        let payload =
            json!({ "document": done.document, "kind": done.kind, "number": done.number, "file": done.file, "reason": done.reason });
        let entry = NewEntry { actor: Actor::Person(caller.person), role: None, action, place: None, payload };
        let now = locked.header.changed_at;
        locked.change(connection, now, Change { entries: vec![entry], ..Change::default() }).await?;
        Ok(())
    }
}

pub struct House {
    pub test: TestDatabase,
    pub room: Documents,
    pub clock: Arc<ManualClock>,
    pub folder: tempfile::TempDir,
    pub sheaf: Uuid,
}

/// What came back.
pub struct Said {
    pub status: StatusCode,
    pub body: Value,
    pub bytes: Vec<u8>,
    pub kind: String,
}

impl Said {
    #[track_caller]
    pub fn fine(self) -> Self {
        assert!(self.status.is_success(), "{} {}", self.status, self.body);
        self
    }

    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Self {
        assert_eq!((self.status.as_u16(), self.body["code"].as_str().unwrap_or_default()), (status, code), "{}", self.body);
        self
    }

    pub fn text(&self, name: &str) -> String {
        self.body[name].as_str().unwrap_or_else(|| panic!("no {name} in {}", self.body)).to_owned()
    }
}

pub fn monday() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 2, 1, 0, 0).unwrap()
}

pub async fn bare_house() -> House {
    let test = testkit::fresh(&[docket::MIGRATIONS, files::MIGRATIONS, identity::MIGRATIONS, documents::MIGRATIONS]).await;
    let folder = tempfile::tempdir().unwrap();
    let clock = ManualClock::starting_at(monday());
    let keys = folder.path().join("keys");
    let database = test.database.clone();
    let room = Documents::new(Parts {
        database: database.clone(),
        clock: clock.clone(),
        identity: Identity::new(
            database.pool().clone(),
            Arc::new(SystemClock),
            identity::Settings { seal_key: [7; 32], secure_cookies: false, demo: false },
        ),
        files: Files::open_folder(folder.path(), database.clone(), clock.clone(), files::Limits::default()).unwrap(),
        vault: Vault::open(&keys).unwrap(),
        printing: printing(),
        signer: Signer::open(&keys, clock.now()).unwrap(),
        home_region: REGION.to_owned(),
    });
    room.belong_to(vec![Arc::new(Sheaves(database.pool().clone()))]);
    let mut house = House { test, room, clock, folder, sheaf: Uuid::nil() };
    house.sheaf = house.open_sheaf("T000001").await;
    house
}

/// A house whose organ is set.
pub async fn house() -> House {
    let house = bare_house().await;
    let organ = house.organisation("模拟县综合行政执法局").await;
    house.set_organ(organ, organ_facts("模综执")).await.fine();
    house
}

/// What the organ of the samples says of itself.
pub fn organ_facts(word: &str) -> Value {
    json!({
        "name": "模拟县综合行政执法局", "word": word, "address": "模拟县模拟路1号", "postcode": "314000", "telephone": "0573-00000000",
        "review_body": "模拟县人民政府", "court": "模拟县人民法院", "bank": "模拟银行模拟县支行", "account": "0000 0000 0000 0000",
    })
}

/// Somebody with this role in a region.
pub fn caller(role: &str, region: &str) -> Caller {
    let organisation = OrganisationId::new(monday());
    let profile = Profile {
        person: PersonId::new(monday()),
        name: "执法人员01".into(),
        account: "officer01".into(),
        organisation,
        organisation_name: "西街道中队".into(),
        roles: vec![role.to_owned()],
        regions: vec![region.to_owned()],
        auxiliary: false,
        must_change_password: false,
        totp_enabled: false,
    };
    Caller::assemble(profile, &Grants::by_default(&documents::rights()), Arc::new(vec![organisation.uuid()]))
}

/// The sample of a kind.
pub fn sample(code: &str) -> Value {
    documents::form::of(code).unwrap().sample()
}

impl House {
    pub async fn open_sheaf(&self, number: &str) -> Uuid {
        let id = DocketId::new(self.clock.now());
        let entry = NewEntry { actor: Actor::System("test"), role: None, action: "open", place: None, payload: json!({}) };
        let opening = Opening {
            key: KeyOf { region: REGION.into(), id },
            kind: "sheaf",
            number: number.to_owned(),
            state: "open",
            title: "模拟案卷".into(),
            jurisdiction: "330482901".into(),
            position: None,
            holder: Holder::NOBODY,
            unit: None,
            simulated: true,
            text: String::new(),
            facets: Vec::new(),
            entries: vec![entry],
            deadlines: Vec::new(),
            events: Vec::new(),
        };
        let mut transaction = self.test.database.pool().begin().await.unwrap();
        docket::open(&mut transaction, self.clock.now(), &[opening]).await.unwrap();
        transaction.commit().await.unwrap();
        id.uuid()
    }

    /// A unit of the tree.
    pub async fn organisation(&self, name: &str) -> Uuid {
        let id = OrganisationId::new(self.clock.now()).uuid();
        sqlx::query(
            "insert into organisation (id, name, kind, region, sort, active, created_at, updated_at) values ($1, $2, 'bureau', $3, 1, true, now(), now())",
        )
        .bind(id)
        .bind(name)
        .bind(REGION)
        .execute(&self.test.owner_pool)
        .await
        .unwrap();
        id
    }

    pub async fn set_organ(&self, organisation: Uuid, facts: Value) -> Said {
        let path = format!("/api/v1/document-organs/{organisation}");
        self.call(Some(caller("administrator", REGION)), Method::PUT, &path, None, Some(json!({ "facts": facts }))).await
    }

    pub async fn call(&self, caller: Option<Caller>, method: Method, path: &str, version: Option<i64>, body: Option<Value>) -> Said {
        let (router, _) = documents::routes(self.room.clone()).split_for_parts();
        let router = match caller {
            Some(caller) => router.layer(Extension(caller)),
            None => router,
        };
        let mut request = Request::builder().method(method).uri(path).header(header::CONTENT_TYPE, "application/json");
        if let Some(version) = version {
            request = request.header(header::IF_MATCH, format!("\"{version}\""));
        }
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        let response = router.oneshot(request.body(body).unwrap()).await.unwrap();
        let kind = response.headers().get(header::CONTENT_TYPE).map(|kind| kind.to_str().unwrap().to_owned()).unwrap_or_default();
        let status = response.status();
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec();
        Said { status, body: serde_json::from_slice(&bytes).unwrap_or(Value::Null), bytes, kind }
    }

    pub async fn get(&self, path: &str) -> Said {
        self.call(Some(caller("officer", REGION)), Method::GET, path, None, None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Said {
        self.call(Some(caller("officer", REGION)), Method::POST, path, None, Some(body)).await
    }

    /// Drafts a document of the sheaf and answers its id.
    pub async fn draft(&self, kind: &str, data: Value) -> String {
        self.post(&format!("/api/v1/dockets/{}/documents", self.sheaf), json!({ "kind": kind, "data": data })).await.fine().text("id")
    }

    pub async fn issue(&self, document: &str) -> Said {
        self.post(&format!("/api/v1/documents/{document}/actions/issue"), json!({})).await
    }
}
