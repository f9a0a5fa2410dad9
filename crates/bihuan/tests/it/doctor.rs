//! `bihuan admin doctor` beside a running server and without one: what it finds, and that its status says so.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use serde_json::Value;

use crate::program::{Installation, binary};

/// Status and findings of the doctor.
fn doctor(data: &Path, more: &[&str]) -> (i32, Value) {
    let mut command = binary();
    command.args(["admin", "doctor", "--json", "--data"]).arg(data).args(more);
    for name in ["BIHUAN_ROOTS", "BIHUAN_HTTP", "BIHUAN_TLS_CERT", "BIHUAN_BACKUPS"] {
        command.env_remove(name);
    }
    let output = command.output().unwrap();
    let words = String::from_utf8_lossy(&output.stdout).into_owned();
    let said = serde_json::from_str(&words).unwrap_or_else(|error| panic!("{error}: {words}{}", String::from_utf8_lossy(&output.stderr)));
    (output.status.code().unwrap(), said)
}

/// The verdict of a check.
#[track_caller]
fn verdict<'s>(said: &'s Value, check: &str) -> &'s str {
    let found: Vec<&Value> = said["findings"].as_array().unwrap().iter().filter(|finding| finding["check"] == check).collect();
    assert!(!found.is_empty(), "nothing about {check} in {said}");
    let verdicts = ["well", "notice", "warning", "wrong"];
    let worst = found.iter().filter_map(|finding| verdicts.iter().position(|it| finding["verdict"] == *it)).max();
    let advised = |finding: &&&Value| finding["verdict"] == "well" || finding["advice"].is_string();
    assert!(found.iter().all(|finding| advised(&finding)), "no advice in {found:?}");
    verdicts[worst.unwrap()]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_doctor_finds_what_is_wrong_and_says_so_in_its_status() {
    let installation = Installation::new();
    let data = installation.data();

    // Not running: the database is opened for the moment, and nothing is made that was not there.
    let nowhere = data.join("nowhere");
    let (status, said) = doctor(&nowhere, &[]);
    assert_eq!((status, verdict(&said, "data-folder"), verdict(&said, "database")), (4, "wrong", "wrong"));
    assert!(!nowhere.exists(), "the doctor makes nothing");
    let (_, said) = doctor(&data, &[]);
    assert_eq!(verdict(&said, "database"), "well", "{said}");
    assert_eq!(verdict(&said, "schema"), "well");
    assert_eq!(verdict(&said, "keys"), "notice", "no server was started yet");
    assert!(!data.join("keys/master.key").exists(), "the doctor makes no key");

    // Beside the running server.
    let server = installation.serve();
    let report = server.visitor().post("/api/v1/public/reports", serde_json::json!({ "description": "路灯不亮" })).await;
    assert_eq!(report.status, 201, "{}", report.text);
    let backups = tempfile::tempdir().unwrap();
    let given = ["--backups", backups.path().to_str().unwrap()];
    let (status, said) = doctor(&data, &given);
    assert_eq!((status, verdict(&said, "backups")), (4, "wrong"), "an empty folder of backups");
    fs::write(backups.path().join("bihuan.age"), "x").unwrap();
    let (status, said) = doctor(&data, &given);
    assert_eq!(status, 3, "{said}");
    for check in
        ["database", "schema", "clock", "durability", "append-only", "indexes", "words", "keys", "backups", "reach", "outbox", "limits"]
    {
        assert_eq!(verdict(&said, check), "well", "{check}: {said}");
    }
    // One administrator without a second factor, and the roots beside the data.
    for check in ["second-factor", "administrators", "roots"] {
        assert_eq!(verdict(&said, check), "warning", "{check}: {said}");
    }
    assert_eq!(verdict(&said, "classes"), "notice");
    let old = fs::File::options().write(true).open(backups.path().join("bihuan.age")).unwrap();
    old.set_modified(std::time::SystemTime::now() - std::time::Duration::from_secs(3 * 86_400)).unwrap();
    assert_eq!(verdict(&doctor(&data, &given).1, "backups"), "warning", "three days old");

    // A key that others can read, a calendar that does not read, the demo on an open address.
    let key = data.join("keys/master.key");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    fs::create_dir_all(data.join("calendar")).unwrap();
    fs::write(data.join("calendar/2027.csv"), "date,kind,name\nnot-a-date,off,元旦\n").unwrap();
    fs::write(data.join("demo-city.json"), "{}").unwrap();
    let (status, said) = doctor(&data, &["--http", "0.0.0.0:8080"]);
    assert_eq!(status, 4);
    for (check, expected) in [("keys", "wrong"), ("calendar", "wrong"), ("demo", "wrong"), ("reach", "warning")] {
        assert_eq!(verdict(&said, check), expected, "{check}: {said}");
    }
    fs::remove_file(data.join("calendar/2027.csv")).unwrap();

    // What the database says of itself: a delivery that was given up, an index that is no good, a database that is ahead.
    let owner = installation.owner().await;
    for statement in [
        "insert into webhook (id, url, secret, topics, active, created_at, created_by)
         values (gen_random_uuid(), 'https://receiver.example/', '', '{lead.*}', true, now(), gen_random_uuid())",
        "insert into webhook_delivery (webhook_id, outbox_id, docket_id, topic, body, state, attempts, created_at, next_at, give_up_at)
         select id, 1, id, 'lead.closed', '{}', 'dead', 9, now(), now(), now() from webhook",
        "delete from docket_words",
    ] {
        sqlx::query(statement).execute(&owner.owner_pool).await.unwrap();
    }
    let (_, said) = doctor(&data, &[]);
    assert_eq!((verdict(&said, "webhooks"), verdict(&said, "words")), ("warning", "wrong"), "{said}");
    sqlx::query("insert into _sqlx_migrations (version, description, success, checksum, execution_time) values (999999, 'x', true, '', 0)")
        .execute(&owner.owner_pool)
        .await
        .unwrap();
    assert_eq!(verdict(&doctor(&data, &[]).1, "schema"), "wrong");
    sqlx::query("delete from _sqlx_migrations where version = 999999").execute(&owner.owner_pool).await.unwrap();
    owner.close().await.unwrap();
    assert!(server.stop());
}

#[test]
fn the_doctor_reads_how_long_a_certificate_is_valid() {
    let folder = tempfile::tempdir().unwrap();
    let (certificate, key) = (folder.path().join("server.pem"), folder.path().join("server.key"));
    for (days, expected) in [("10", "warning"), ("90", "well")] {
        let made = std::process::Command::new("openssl")
            .args([
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-subj",
                "/CN=desk.example",
                "-days",
                days,
            ])
            .arg("-keyout")
            .arg(&key)
            .arg("-out")
            .arg(&certificate)
            .output()
            .unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let (_, said) = doctor(folder.path(), &["--tls-cert", certificate.to_str().unwrap()]);
        assert_eq!(verdict(&said, "certificate"), expected, "{said}");
    }
    fs::write(&certificate, "no certificate").unwrap();
    assert_eq!(verdict(&doctor(folder.path(), &["--tls-cert", certificate.to_str().unwrap()]).1, "certificate"), "wrong");
}
