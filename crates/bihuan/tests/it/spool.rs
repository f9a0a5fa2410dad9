//! Reports while PostgreSQL is really stopped: taken in, kept sealed, made leads once when it is back, also after the server was killed.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    time::Duration,
};

use database::{Cluster, OWNER_ROLE, Settings, cluster::Profile};
use reqwest::Method;
use serde_json::{Value, json};

use crate::program::{Caller, Installation};

const TELEPHONE: &str = "13900001111";

/// A PostgreSQL that the test starts and stops.
struct Machine(tempfile::TempDir);

impl Machine {
    fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("bihuan-pg-").tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o711)).unwrap();
        Self(folder)
    }

    async fn start(&self) -> Cluster {
        let settings = Settings { database_url: None, ..Settings::from_environment(self.0.path().join("pg")) };
        Cluster::start_as(&settings, Profile::Disposable).await.unwrap()
    }
}

fn url(cluster: &Cluster) -> String {
    let host = cluster.endpoint().socket_folder().display().to_string().replace('%', "%25").replace('/', "%2F");
    format!("postgres://{OWNER_ROLE}@{host}:5432/{}", database::cluster::DATABASE)
}

fn report(key: &str) -> Value {
    json!({ "description": format!("路口垃圾满溢 {key}"), "client_key": key, "address": "和平路口", "name": "测试市民", "telephone": TELEPHONE })
}

fn spooled(data: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(data.join("spool")).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|ending| ending == "report")).collect();
    files.sort();
    files
}

fn doctor(installation: &Installation) -> Value {
    let output = installation.binary().args(["admin", "doctor", "--json", "--data"]).arg(installation.data()).output().unwrap();
    let said: Value = serde_json::from_slice(&output.stdout).unwrap();
    said["findings"].as_array().unwrap().iter().find(|finding| finding["check"] == "spool").unwrap()["verdict"].clone()
}

/// The number of the report that a code names, as soon as it is one.
async fn number_of(visitor: &Caller, code: &str, installation: &Installation) -> String {
    for _ in 0..150 {
        let answer = visitor.get(&format!("/api/v1/public/reports/{code}")).await;
        if answer.status == 200 {
            return answer.body["number"].as_str().unwrap().to_owned();
        }
        assert_eq!(answer.status, 503, "waiting, never unknown: {}", answer.text);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{code} did not become a lead: {}", installation.log())
}

async fn drained(installation: &Installation) {
    for _ in 0..150 {
        if spooled(&installation.data()).is_empty() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the spool was not worked off: {}", installation.log())
}

async fn taken(visitor: &Caller, body: Value) -> String {
    let answer = visitor.post("/api/v1/public/reports", body).await;
    assert_eq!(answer.status, 202, "{}", answer.text);
    answer.body["tracking_code"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_while_the_database_is_down_is_kept_and_becomes_one_lead() {
    let machine = Machine::new();
    let cluster = machine.start().await;
    let installation = Installation::on(Some(url(&cluster)));
    let data = installation.data();
    let server = installation.serve();
    let visitor = server.visitor();
    let before = visitor.post("/api/v1/public/reports", report("k0")).await;
    assert_eq!(before.status, 201, "{}", before.text);
    let first = before.body["tracking_code"].as_str().unwrap().to_owned();

    // PostgreSQL is stopped, as for an upgrade of the machine.
    cluster.stop().await.unwrap();
    let mut codes = Vec::new();
    for key in ["k1", "k2", "k3"] {
        codes.push(taken(&visitor, report(key)).await);
    }
    assert_eq!(taken(&visitor, report("k2")).await, codes[1], "sent twice, it is one report under one code");
    let mut with_photo = report("k4");
    with_photo["photos"] = json!(["0".repeat(64)]);
    codes.push(taken(&visitor, with_photo).await);
    let again = taken(&visitor, report("k0")).await;
    assert_ne!(again, first, "the code of before cannot be looked up");
    let refused = visitor.post("/api/v1/public/reports", json!({ "description": "" })).await;
    assert_eq!(refused.status, 422, "what is faulty is refused at once: {}", refused.text);
    let form = b"service_code=06010&lat=30.5&long=120.9&description=open311".to_vec();
    let open311 =
        visitor.try_send(Method::POST, "/open311/v2/requests.json", Some(form), "application/x-www-form-urlencoded").await.unwrap();
    assert_eq!(open311.status, 201, "{}", open311.text);
    codes.push(open311.body[0]["token"].as_str().unwrap_or_else(|| panic!("{}", open311.text)).to_owned());
    let follow = visitor.get(&format!("/api/v1/public/reports/{}", codes[0])).await;
    assert_eq!((follow.status, &follow.body["code"]), (503, &json!("report-waiting")), "{}", follow.text);

    // On the disk: closed to others, and nothing of a person in clear.
    assert_eq!(fs::metadata(data.join("spool")).unwrap().permissions().mode() & 0o777, 0o700);
    let files = spooled(&data);
    assert_eq!(files.len(), 6, "k1 to k4, k0 again, Open311");
    for file in &files {
        assert_eq!(fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
        let bytes = fs::read(file).unwrap();
        for word in [TELEPHONE, "测试市民", "垃圾满溢", &codes[0]] {
            assert!(!bytes.windows(word.len()).any(|part| part == word.as_bytes()), "{word} lies in clear");
        }
    }
    assert!(!installation.log().contains(TELEPHONE), "a telephone in the log");
    assert_eq!(doctor(&installation), "notice");
    let kept = (files[1].clone(), fs::read(&files[1]).unwrap());

    // The server is killed with all of it in the spool, and comes back with its database.
    server.kill();
    let cluster = machine.start().await;
    let server = installation.serve();
    let visitor = server.visitor();
    let mut numbers = Vec::new();
    for code in &codes {
        numbers.push(number_of(&visitor, code, &installation).await);
    }
    assert!(numbers.is_sorted(), "in the order they came in: {numbers:?}");
    assert_eq!(number_of(&visitor, &again, &installation).await, number_of(&visitor, &first, &installation).await, "one lead, both codes");
    drained(&installation).await;
    let operator = server.signed_in("administrator01", crate::program::PASSWORD).await;
    let root = operator.root().await;
    let operator = operator.hire(&server, "operator01", "operator", &root).await;
    let count = async || operator.get("/api/v1/leads/counts").await.body["open"].clone();
    assert_eq!(count().await, 6);

    // A second time, and the server lives through it.
    cluster.stop().await.unwrap();
    let code = taken(&visitor, report("k5")).await;
    let cluster = machine.start().await;
    let fifth = number_of(&visitor, &code, &installation).await;
    assert!(numbers.last().is_some_and(|last| *last < fifth));
    let later = visitor.post("/api/v1/public/reports", report("k5")).await;
    assert_eq!((later.status, later.body["tracking_code"].as_str()), (200, Some(&*code)));
    assert!(server.stop(), "{}", installation.log());

    // A power cut between the commit and the removal of the file leaves the file; and one file is not whole.
    fs::write(&kept.0, &kept.1).unwrap();
    fs::write(data.join("spool/00000000000000000099.report"), "no report").unwrap();
    let server = installation.serve();
    drained(&installation).await;
    let operator = server.signed_in("operator01", crate::program::PASSWORD).await;
    assert_eq!(operator.get("/api/v1/leads/counts").await.body["open"], 7, "each once");
    assert_eq!(fs::read_dir(data.join("spool/aside")).unwrap().count(), 1, "put aside, not dropped");
    assert_eq!(doctor(&installation), "wrong");
    let lead = operator.get(&format!("/api/v1/leads?q={}", numbers[3])).await.body["items"][0]["id"].as_str().unwrap().to_owned();
    let history = operator.get(&format!("/api/v1/leads/{lead}/history")).await;
    assert!(history.body["items"][0]["payload"]["spooled_at"].is_string(), "{}", history.text);
    assert!(history.text.contains("数据库中断期间"), "{}", history.text);
    let shown = operator.get(&format!("/api/v1/leads/{lead}")).await;
    assert_eq!(shown.body["details"]["photos_missing"], 1, "{}", shown.text);
    let (well, words) = installation.verify();
    assert!(well, "{words}");
    assert!(server.stop(), "{}", installation.log());
    cluster.stop().await.unwrap();
}
