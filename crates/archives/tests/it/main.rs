//! A dossier is made of what a case has, by who may, and checked by whom it is given to.

use std::{io::Cursor, sync::Arc};

use archives::{Archives, CaseContents, CasePaper, CaseTold, Parts};
use axum::{
    body::{Body, to_bytes},
    extract::ConnectInfo,
    http::{Method, Request, StatusCode, header},
};
use docket::{Actor, Holder, KeyOf, NewEntry, Opening, ledger::RootKey};
use dossier::{PartKind, Vouched, check};
use evidence::{CaseFile, CaseFiles, Evidence, Wish};
use files::FileId;
use futures::future::BoxFuture;
use http_api::Answer;
use identity::Caller;
use kernel::{
    clock::Clock,
    id::{DocketId, uuid_at},
    problem::Problem,
};
use serde_json::json;
use testkit::house::House;
use tower::ServiceExt;
use uuid::Uuid;

const PAPER: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n";

/// One case with one document, for everybody but strangers.
struct OneCase {
    key: KeyOf,
    paper: FileId,
}

impl OneCase {
    fn seen_by(&self, caller: &Caller) -> Result<(), Problem> {
        if caller.account.starts_with("foreign") {
            return Err(Problem::not_found("case-not-found", "没有这个案件，或者不在您的查看范围内"));
        }
        Ok(())
    }
}

impl CaseContents for OneCase {
    fn told<'a>(&'a self, caller: &'a Caller, _case: Uuid) -> BoxFuture<'a, Answer<CaseTold>> {
        Box::pin(async move {
            self.seen_by(caller)?;
            let paper = |kind: &str, title: &str| CasePaper {
                kind: kind.to_owned(),
                part: None,
                title: title.to_owned(),
                file: self.paper.clone(),
                void: false,
            };
            let mut papers = vec![paper("D15", "行政处罚决定书")];
            if caller.account == "court01" {
                papers.extend([
                    paper("D12", "集体讨论记录"),
                    paper("D01", "调查终结报告"),
                    paper("E06", "催告书"),
                    paper("E14", "强制执行申请书"),
                ]);
            }
            Ok(CaseTold { key: self.key.clone(), number: "执〔2026〕1号".to_owned(), told: json!({ "state": "served" }), papers })
        })
    }

    fn subject<'a>(&'a self, _case: &'a KeyOf) -> BoxFuture<'a, Answer<Vec<String>>> {
        Box::pin(async { Ok(vec!["罚款未缴 5000 元".to_owned()]) })
    }
}

impl CaseFiles for OneCase {
    fn opened<'a>(&'a self, caller: &'a Caller, _case: Uuid, _wish: Wish) -> BoxFuture<'a, Answer<CaseFile>> {
        Box::pin(async move {
            self.seen_by(caller)?;
            Ok(CaseFile { key: self.key.clone(), number: "执〔2026〕1号".to_owned(), officers: Vec::new() })
        })
    }
}

struct Desk {
    house: House,
    case: Arc<OneCase>,
    key: RootKey,
    router: axum::Router,
}

impl Desk {
    async fn open() -> Desk {
        let house = House::build().await;
        for (account, role) in [("head01", "leader"), ("court01", "leader"), ("foreign01", "leader"), ("auxiliary09", "auxiliary")] {
            house.person(account, house.units.bureau, &[role], &["330482"]).await;
        }
        let now = house.clock.now();
        let paper = house.files.put(PAPER.to_vec().into(), None).await.map_err(|refused| refused.problem().code).unwrap().id;
        let case = Arc::new(OneCase { key: KeyOf { region: "330482".to_owned(), id: DocketId::from(uuid_at(now)) }, paper });
        let opening = Opening {
            key: case.key.clone(),
            kind: "case",
            number: "执〔2026〕1号".to_owned(),
            state: "served",
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
        let key = RootKey::open(&house.folder.path().join("keys")).unwrap();
        let evidence =
            Evidence::new(house.test.database.clone(), house.clock.clone(), house.identity.clone(), house.files.clone(), case.clone());
        let room = Archives::new(Parts {
            database: house.test.database.clone(),
            clock: house.clock.clone(),
            files: house.files.clone(),
            evidence,
            key: key.clone(),
            folder: house.folder.path().to_owned(),
            cases: case.clone(),
        });
        let router = archives::routes(room).split_for_parts().0.layer(identity::layer(house.identity.clone()));
        Desk { house, case, key, router }
    }

    /// Asks for the dossier as this person does, and says what came.
    async fn export(&self, account: &str) -> (StatusCode, Vec<u8>) {
        self.ask(account, Method::POST, "dossier").await
    }

    async fn ask(&self, account: &str, method: Method, what: &str) -> (StatusCode, Vec<u8>) {
        let cookie = self.house.signed_in(account).await.cookie.unwrap();
        let request = Request::builder()
            .method(method)
            .uri(format!("/api/v1/cases/{}/{what}", self.case.key.id))
            .header(header::HOST, "desk.test")
            .header(header::COOKIE, format!("bihuan_session={cookie}"))
            .extension(ConnectInfo(std::net::SocketAddr::from(([10, 9, 9, 9], 40_000))));
        let answer = self.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let status = answer.status();
        (status, to_bytes(answer.into_body(), 1 << 24).await.unwrap().to_vec())
    }

    async fn ledger(&self) -> Vec<String> {
        sqlx::query_scalar("SELECT action FROM ledger_entry WHERE docket_id = $1 ORDER BY seq")
            .bind(self.case.key.id.uuid())
            .fetch_all(self.house.test.database.pool())
            .await
            .unwrap()
    }
}

#[tokio::test]
async fn a_dossier_holds_the_case_its_papers_and_its_ledger_and_says_so_in_it() {
    let desk = Desk::open().await;
    let (status, zip) = desk.export("head01").await;
    assert_eq!(status, StatusCode::OK);
    let checked = check(Cursor::new(&zip), &[desk.key.public()]).unwrap();
    assert_eq!((checked.vouched, checked.index.number.as_str(), checked.lines), (Vouched::Trusted, "执〔2026〕1号", 2));
    assert_eq!(checked.index.case["state"], "served");
    let paper = checked.index.parts.iter().find(|part| part.kind == PartKind::Document).unwrap();
    assert_eq!((paper.title.as_str(), paper.sha256.as_str()), ("行政处罚决定书", FileId::of(PAPER).as_str()));
    assert_eq!(desk.ledger().await, ["opened", "dossier"]);
    // The seat is free again when the body has been read.
    assert_eq!(desk.export("head01").await.0, StatusCode::OK);
}

#[tokio::test]
async fn who_does_not_see_the_case_or_lacks_the_right_gets_none_and_leaves_no_trace() {
    let desk = Desk::open().await;
    assert_eq!(desk.export("foreign01").await.0, StatusCode::NOT_FOUND);
    assert_eq!(desk.export("auxiliary09").await.0, StatusCode::FORBIDDEN);
    assert_eq!(desk.ledger().await, ["opened"]);
}

#[tokio::test]
async fn a_lost_file_is_said_and_makes_no_half_dossier() {
    let desk = Desk::open().await;
    let hash = FileId::of(PAPER);
    let place = desk.house.folder.path().join("files").join(&hash.as_str()[..2]).join(&hash.as_str()[2..4]).join(hash.as_str());
    std::fs::remove_file(place).unwrap();
    let (status, body) = desk.export("head01").await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{}", String::from_utf8_lossy(&body));
}

#[tokio::test]
async fn article_55_the_court_gets_its_materials_in_order_and_nothing_of_the_houses_own_discussion() {
    let desk = Desk::open().await;
    // The head sees only the decision: what is lacking is named, and no file is made.
    let (status, body) = desk.ask("head01", Method::GET, "court-file").await;
    let listed: serde_json::Value = serde_json::from_slice(&body).unwrap();
    assert_eq!((status, listed["complete"].as_bool()), (StatusCode::OK, Some(false)));
    let (status, body) = desk.ask("head01", Method::POST, "court-file").await;
    let refused: serde_json::Value = serde_json::from_slice(&body).unwrap();
    assert_eq!((status, refused["code"].as_str()), (StatusCode::CONFLICT, Some("court-file-incomplete")));
    assert_eq!(desk.ledger().await, ["opened"]);

    let (status, bytes) = desk.ask("court01", Method::POST, "court-file").await;
    assert_eq!(status, StatusCode::OK, "{}", String::from_utf8_lossy(&bytes));
    assert_eq!(desk.ledger().await, ["opened", "court-file"]);
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    let wanted = ["1-01-强制执行申请书.pdf", "2-01-行政处罚决定书.pdf", "3-01-催告书.pdf", "4-01-标的情况.txt"];
    assert_eq!(
        names,
        wanted
            .map(|name| format!("documents/{name}"))
            .into_iter()
            .chain(["目录.txt".to_owned(), "SHA256SUMS".to_owned()])
            .collect::<Vec<_>>()
    );
    let mut listing = String::new();
    std::io::Read::read_to_string(&mut zip.by_name("目录.txt").unwrap(), &mut listing).unwrap();
    assert!(listing.contains("罚款未缴 5000 元") && !listing.contains("集体讨论") && !listing.contains("调查终结"), "{listing}");
    let mut sums = String::new();
    std::io::Read::read_to_string(&mut zip.by_name("SHA256SUMS").unwrap(), &mut sums).unwrap();
    assert!(sums.contains(&format!("{}  documents/2-01-行政处罚决定书.pdf", FileId::of(PAPER).as_str())), "{sums}");
}

#[tokio::test]
async fn article_46_what_was_excluded_goes_to_no_court_and_stays_in_the_dossier() {
    let desk = Desk::open().await;
    for (ordinal, excluded) in [(1, false), (2, true)] {
        let bytes = bytes::Bytes::from(vec![u8::try_from(ordinal).unwrap(); 32]);
        let poured = desk.house.files.pour(futures::stream::iter([Ok(bytes)]), None).await;
        let file = poured.map_err(|refused| refused.problem().code).unwrap().id;
        sqlx::query(
            "insert into evidence_item (id, region, docket, ordinal, kind, title, manner, form, obtained_at, obtained_by, file, added_by, added_at,
                excluded_at, excluded_by, exclusion)
             values ($1, '330482', $2, $3, 'documentary', '检查记录', 'taken', 'original', now(), '{}', $4, $1, now(),
                case when $5 then now() end, case when $5 then $1 end, case when $5 then '取得方式违法' end)",
        )
        .bind(Uuid::from_u128(u128::try_from(ordinal).unwrap()))
        .bind(desk.case.key.id.uuid())
        .bind(ordinal)
        .bind(file.as_str())
        .bind(excluded)
        .execute(&desk.house.test.owner_pool)
        .await
        .unwrap();
    }
    let taken = async |what: &str| {
        let (status, bytes) = desk.ask("court01", Method::POST, what).await;
        assert_eq!(status, StatusCode::OK, "{}", String::from_utf8_lossy(&bytes));
        let zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        zip.file_names().filter(|name| name.as_ref().unwrap().starts_with("evidence/")).count()
    };
    assert_eq!((taken("court-file").await, taken("dossier").await), (1, 2));
}
