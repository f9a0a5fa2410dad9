//! `bihuan bench case-open`: the one call that the page of a case begins with, among a million cases.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use kernel::clock::{Clock, SystemClock};
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::PgPool;
use uuid::Uuid;

use super::{
    figure::{figure, quantile_ms},
    server::{REGION, Server},
};

/// What to measure.
#[derive(Debug, Clone, clap::Args)]
pub struct CaseOpenArgs {
    /// 每行一个 JSON 对象
    #[arg(long)]
    json: bool,
    /// 案件数
    #[arg(long, default_value_t = 1_000_000)]
    cases: i64,
    /// 保留数据目录
    #[arg(long)]
    keep: bool,
}

/// Cases opened one after another, each for the first time.
const OPENED: i64 = 1_000;

/// Tables of a case beside its header and its own row, with the column that names the case.
const TABLES: [(&str, &str); 8] = [
    ("case_party", "case_id"),
    ("case_officer", "case_id"),
    ("case_step", "case_id"),
    ("case_clock", "case_id"),
    ("ledger_entry", "docket_id"),
    ("deadline", "docket_id"),
    ("evidence_matrix", "docket"),
    ("evidence_fact", "docket"),
];

/// Tables whose rows have an id of their own beside that.
const OWN: [(&str, &str); 2] = [("document", "docket_id"), ("evidence_item", "docket")];

/// Documents drafted in the case, by kind.
const DRAFTS: [&str; 6] = ["A02", "B01", "B03", "D01", "D03", "E01"];

/// Items of evidence of the case.
const ITEMS: usize = 6;

/// Runs the bench.
///
/// # Errors
/// When the server cannot be started or a call is refused.
pub async fn run(args: CaseOpenArgs) -> Result<()> {
    let server = Server::start(args.keep).await?;
    let opened = database::open_beside(&database::Settings { data: server.data().to_owned(), ..Default::default() }).await?;
    let head = person(&server, "leader01", "leader").await?;
    let one = made(&server, &head).await?;
    fill(&opened.owner_pool, one, args.cases).await?;
    let client = reqwest::Client::new();
    let (mut times, mut bytes) = (Vec::new(), 0);
    for round in 0..OPENED {
        let case = id(round * 7_919 * args.cases / OPENED % args.cases);
        let started = Instant::now();
        let answer = client.get(server.url(&format!("/api/v1/cases/{case}/page"))).header("cookie", &head.cookie).send().await?;
        ensure!(answer.status().is_success(), "{}", answer.text().await?);
        bytes += answer.bytes().await?.len();
        times.push(started.elapsed());
    }
    let cold = times[0].as_secs_f64() * 1_000.0;
    let rounds = times.len();
    figure(args.json, "case_open.p95_ms", quantile_ms(&mut times, 0.95), "ms", rounds);
    figure(args.json, "case_open.p50_ms", quantile_ms(&mut times, 0.5), "ms", rounds);
    figure(args.json, "case_open.cold_ms", cold, "ms", 1);
    figure(args.json, "case_open.bytes", bytes as f64 / rounds as f64, "bytes", rounds);
    opened.close().await?;
    Ok(())
}

/// A person of the bench.
struct Person {
    id: Uuid,
    cookie: String,
}

async fn call(server: &Server, cookie: &str, method: Method, path: &str, version: Option<i64>, body: &Value) -> Result<Value> {
    let mut request = reqwest::Client::new().request(method, server.url(path)).header("cookie", cookie);
    if let Some(version) = version {
        request = request.header("if-match", format!("\"{version}\""));
    }
    let request = if body.is_null() { request } else { request.json(body) };
    let answer = request.send().await?;
    let (status, text) = (answer.status(), answer.text().await?);
    ensure!(status.is_success(), "{path}: {status} {text}");
    Ok(if text.is_empty() { Value::Null } else { serde_json::from_str(&text)? })
}

/// Makes a person of a role; officers hold a certificate.
async fn person(server: &Server, account: &str, role: &str) -> Result<Person> {
    let organisations = call(server, &server.admin, Method::GET, "/api/v1/organisations", None, &Value::Null).await?;
    let [first, second] = [(); 2].map(|()| format!("bench-{}", Uuid::new_v4()));
    let new = json!({
        "account": account, "name": account, "organisation_id": organisations["items"][0]["id"], "roles": [role], "regions": [REGION],
        "password": first, "auxiliary": false,
    });
    let made = call(server, &server.admin, Method::POST, "/api/v1/people", None, &new).await?;
    let id: Uuid = made["id"].as_str().context("no person")?.parse()?;
    let once = server.sign_in(account, &first).await?;
    call(server, &once, Method::POST, "/api/v1/session/password", None, &json!({ "old": first, "new": second })).await?;
    if role == "officer" {
        let certificate = json!({ "number": format!("压测-{account}"), "valid_from": "2020-01-01", "valid_until": "2099-12-31" });
        call(server, &server.admin, Method::PUT, &format!("/api/v1/people/{id}/certificate"), None, &certificate).await?;
    }
    Ok(Person { id, cookie: server.sign_in(account, &second).await? })
}

/// A case in the middle of its life, made by steps: filed, investigated, told of.
async fn made(server: &Server, head: &Person) -> Result<Uuid> {
    let (one, two) = (person(server, "officer01", "officer").await?, person(server, "officer02", "officer").await?);
    let today = SystemClock.now().date_naive();
    let new = json!({
        "track": "ordinary", "acted_on": today, "place": "压测街道1号门前", "summary": "人行道上堆放物料约八平方米",
        "typed_reason": "压测", "matter": { "code": "B-01", "name": "擅自占用城市道路堆放物料", "articles": "压测条文", "ours": true, "fine_min_fen": 10_000, "fine_max_fen": 5_000_000 },
        "parties": [{ "kind": "individual", "age": "grown", "name": "压测当事人", "id_number": "33048219900101000X", "telephone": "13900000001" }],
        "officers": [one.id, two.id],
    });
    let case = call(server, &one.cookie, Method::POST, "/api/v1/cases", None, &new).await?;
    let id = case["id"].as_str().context("no case")?.to_owned();
    let plan = json!({ "kinds": ["fine"], "fine_fen": 50_000, "surcharge": true, "reasons": "占用面积较大" });
    let steps: [(&Person, &str, Value); 6] = [
        (head, "file", json!({})),
        (&one, "investigate", json!({})),
        (&one, "inquire", json!({ "note": "制作现场检查笔录和询问笔录" })),
        (&one, "end", json!({ "finding": "punishable", "evidence": "询问笔录、现场照片", "plan": plan })),
        (head, "approve-notice", json!({})),
        (&one, "serve-notice", json!({ "mode": "direct", "reached": [1] })),
    ];
    let mut version = case["version"].as_i64();
    for (by, action, content) in steps {
        let after = call(server, &by.cookie, Method::POST, &format!("/api/v1/cases/{id}/actions/{action}"), version, &content).await?;
        version = after["version"].as_i64();
    }
    papers(server, &[&one, &two], &id).await?;
    Ok(id.parse()?)
}

/// Its documents, its evidence and the matrix of both.
async fn papers(server: &Server, officers: &[&Person; 2], case: &str) -> Result<()> {
    let (cookie, ids) = (&officers[0].cookie, officers.map(|officer| officer.id));
    for kind in DRAFTS {
        let begun = format!("/api/v1/dockets/{case}/documents/{kind}/actions/begin");
        let begun = call(server, cookie, Method::POST, &begun, None, &json!({})).await?;
        let draft = json!({ "kind": kind, "data": begun["data"] });
        call(server, cookie, Method::POST, &format!("/api/v1/dockets/{case}/documents"), None, &draft).await?;
    }
    let evidence = format!("/api/v1/cases/{case}/evidence");
    let mut proofs = Vec::new();
    for number in 0..ITEMS {
        let bytes = format!("现场检查情况第 {number} 页：人行道上堆放物料。\n");
        let upload = call(server, cookie, Method::POST, "/api/v1/evidence/uploads", None, &json!({ "length": bytes.len() })).await?;
        let upload = upload["id"].as_str().context("no upload")?;
        let sent = reqwest::Client::new().patch(server.url(&format!("/api/v1/uploads/{upload}"))).header("cookie", cookie);
        let sent =
            sent.header("tus-resumable", "1.0.0").header("upload-offset", 0).header("content-type", "application/offset+octet-stream");
        let sent = sent.body(bytes).send().await?;
        ensure!(sent.status().is_success(), "{}", sent.text().await?);
        let item = json!({
            "upload": upload, "kind": "record", "title": format!("现场笔录第 {number} 页"), "manner": "taken", "form": "original",
            "obtained_at": SystemClock.now(), "place": "压测街道1号门前", "obtained_by": ids,
        });
        proofs.push(call(server, cookie, Method::POST, &evidence, None, &item).await?["id"].clone());
    }
    let facts = json!([{ "words": "人行道上堆放物料约八平方米", "article": "压测条文", "proofs": proofs }]);
    call(server, cookie, Method::PUT, &format!("{evidence}/matrix"), None, &json!({ "seen": 0, "facts": facts })).await?;
    Ok(())
}

/// The id of a copy: 48 bits of milliseconds, a second apart, then version, variant and the number.
fn id(number: i64) -> Uuid {
    let [.., a, b, c, d, e, f] = (1_700_000_000_000_i64 + number * 1_000).to_be_bytes();
    let [.., u, v, w, x, y, z] = number.to_be_bytes();
    Uuid::from_bytes([a, b, c, d, e, f, 0x70, 0, 0x80, 0, u, v, w, x, y, z])
}

/// Copies one case so often. The copies share the party's entry in the vault: its cipher is bound to its own key.
async fn fill(pool: &PgPool, one: Uuid, cases: i64) -> Result<()> {
    const STEPS: i64 = 20;
    for step in 0..STEPS {
        let (from, to) = (cases * step / STEPS, cases * (step + 1) / STEPS);
        let (numbers, ids): (Vec<i64>, Vec<Uuid>) = (from..to).map(|number| (number, id(number))).unzip();
        let mut transaction = pool.begin().await?;
        sqlx::query("create temp table made on commit drop as select n, id from unnest($1::bigint[], $2::uuid[]) as t(n, id)")
            .bind(numbers)
            .bind(ids)
            .execute(&mut *transaction)
            .await?;
        let whole = "insert into {table} select copy.* from {table} one cross join made
            cross join lateral jsonb_populate_record(null::{table}, to_jsonb(one) || {changed}) as copy where one.{id} = $1";
        let header = ("docket", "id", "jsonb_build_object('id', made.id, 'number', 'B-' || made.n)".to_owned());
        let row = ("enforcement_case", "id", "jsonb_build_object('id', made.id)".to_owned());
        let others = TABLES.map(|(table, id)| (table, id, format!("jsonb_build_object('{id}', made.id)")));
        let own =
            OWN.map(|(table, id)| (table, id, format!("jsonb_build_object('{id}', made.id, 'id', md5(one.id::text || made.n)::uuid)")));
        for (table, id, changed) in [header, row].into_iter().chain(others).chain(own) {
            let query = whole.replace("{table}", table).replace("{changed}", &changed).replace("{id}", id);
            sqlx::query(sqlx::AssertSqlSafe(query)).bind(one).execute(&mut *transaction).await?;
        }
        transaction.commit().await?;
        eprintln!("filled {to} of {cases}");
    }
    for table in ["docket", "enforcement_case"].into_iter().chain(TABLES.into_iter().chain(OWN).map(|(table, _)| table)) {
        sqlx::query(sqlx::AssertSqlSafe(format!("vacuum analyze {table}"))).execute(pool).await?;
    }
    // What the filling left to write would otherwise be written during the first calls.
    tokio::time::sleep(Duration::from_secs(10)).await;
    Ok(())
}
