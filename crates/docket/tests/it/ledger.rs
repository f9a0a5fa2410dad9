//! What an administrator of the database may try with the ledger, and what `verify` says to it.

use std::{fs, path::Path};

use docket::ledger::{self, Finding, HeadLine, Root, RootKey, Trusted, Verified};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::desk::{Desk, desk};

async fn verified(desk: &Desk, roots: &[Root]) -> Verified {
    ledger::verify(desk.test.database.pool(), roots).await.unwrap()
}

/// The only finding: which docket, at which line.
#[track_caller]
fn only(outcome: &Verified, docket: uuid::Uuid, seq: i64, words: &str) {
    let [Finding { docket: found, seq: at, what }] = outcome.findings.as_slice() else { panic!("{:?}", outcome.findings) };
    assert_eq!((*found, *at), (docket, seq), "{what}");
    assert!(what.contains(words), "{what}");
}

async fn roots_of(desk: &Desk, folder: &Path) -> Vec<Root> {
    let key = RootKey::open(folder).unwrap();
    ledger::write_root(desk.test.database.pool(), &key, &folder.join("roots"), desk.now()).await.unwrap().unwrap();
    ledger::load_roots(&folder.join("roots"), &Trusted::Keys(vec![key.public()])).unwrap()
}

#[tokio::test]
async fn an_altered_word_is_found_at_its_line() {
    let desk = desk().await;
    let key = desk.with_lines(1, 5).await;
    desk.with_lines(2, 3).await;
    assert_eq!((verified(&desk, &[]).await.findings.len(), verified(&desk, &[]).await.entries), (0, 8));
    for (column, value) in [
        ("payload", r#"replace(payload, '第 2 句', '第 9 句')"#),
        ("at", "at + interval '1 microsecond'"),
        ("actor", "'person:x'"),
        ("role", "'operator'"),
        ("action", "'close'"),
        ("lon", "lon + 0.0001"),
        ("hash", "replace(hash, 'sha256:', 'sm3:')"),
        ("hash", "'md5:abc'"),
    ] {
        let before = format!("create table kept as select * from ledger_entry where seq = 3 and docket_id = '{}'", key.id);
        desk.tamper(&before).await;
        desk.tamper(&format!("update ledger_entry set {column} = {value} where seq = 3 and docket_id = '{}'", key.id)).await;
        only(&verified(&desk, &[]).await, key.id.uuid(), 3, "改动");
        desk.tamper(&format!(
            "delete from ledger_entry where seq = 3 and docket_id = '{}'; insert into ledger_entry select * from kept; drop table kept",
            key.id
        ))
        .await;
        assert!(verified(&desk, &[]).await.findings.is_empty(), "{column} put back");
    }
}

#[tokio::test]
async fn a_missing_line_is_named() {
    let desk = desk().await;
    let key = desk.with_lines(1, 5).await;
    desk.tamper(&format!("delete from ledger_entry where seq = 3 and docket_id = '{}'", key.id)).await;
    only(&verified(&desk, &[]).await, key.id.uuid(), 3, "缺失");
    // Closing the gap by renumbering does not help.
    desk.tamper(&format!("update ledger_entry set seq = seq - 1 where seq > 3 and docket_id = '{}'", key.id)).await;
    only(&verified(&desk, &[]).await, key.id.uuid(), 3, "不衔接");
    let other = desk.with_lines(2, 4).await;
    desk.tamper(&format!("delete from ledger_entry where seq = 1 and docket_id = '{}'", other.id)).await;
    assert!(verified(&desk, &[]).await.findings.iter().any(|finding| (finding.docket, finding.seq) == (other.id.uuid(), 1)));
}

#[tokio::test]
async fn a_cut_off_tail_is_found_and_with_a_rewritten_header_by_the_roots() {
    let desk = desk().await;
    let folder = tempfile::tempdir().unwrap();
    let key = desk.with_lines(1, 5).await;
    desk.with_lines(2, 2).await;
    let roots = roots_of(&desk, folder.path()).await;
    let outcome = verified(&desk, &roots).await;
    assert_eq!((outcome.rooted, outcome.findings.len()), (2, 0));
    desk.tamper(&format!("delete from ledger_entry where seq > 3 and docket_id = '{}'", key.id)).await;
    only(&verified(&desk, &[]).await, key.id.uuid(), 4, "末尾");
    desk.tamper(&format!(
        "update docket set head_seq = 3, head_hash = (select hash from ledger_entry where seq = 3 and docket_id = '{0}') where id = '{0}'",
        key.id
    ))
    .await;
    assert!(verified(&desk, &[]).await.findings.is_empty(), "the database alone cannot tell");
    only(&verified(&desk, &roots).await, key.id.uuid(), 5, "截断或删除");
}

#[tokio::test]
async fn a_docket_that_is_gone_is_found_by_the_roots() {
    let desk = desk().await;
    let folder = tempfile::tempdir().unwrap();
    let key = desk.with_lines(1, 2).await;
    let roots = roots_of(&desk, folder.path()).await;
    desk.tamper(&format!("delete from docket where id = '{}'", key.id)).await;
    assert_eq!(verified(&desk, &[]).await.findings.len(), 1, "lines without a docket");
    desk.tamper(&format!("delete from ledger_entry where docket_id = '{}'", key.id)).await;
    assert!(verified(&desk, &[]).await.findings.is_empty());
    only(&verified(&desk, &roots).await, key.id.uuid(), 2, "删除");
}

/// A whole chain rewritten as the program would have written it: the same function, every hash right.
async fn rewrite(desk: &Desk, docket: uuid::Uuid, words: &str) {
    type Line = (i64, chrono::DateTime<chrono::Utc>, String, Option<String>, String, Option<f64>, Option<f64>, String);
    let lines: Vec<Line> =
        sqlx::query_as("select seq, at, actor, role, action, lon, lat, payload from ledger_entry where docket_id = $1 order by seq")
            .bind(docket)
            .fetch_all(&desk.test.owner_pool)
            .await
            .unwrap();
    let mut previous = ledger::GENESIS.to_owned();
    for (seq, at, actor, role, action, lon, lat, mut payload) in lines {
        if seq == 2 {
            payload = payload.replace("第 1 句", words);
        }
        // RFC 8785: names in order, numbers as JavaScript writes them.
        let hashed = json!({
            "region": "330482", "docket": docket, "seq": seq, "at": at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true), "actor": actor, "role": role,
            "action": action, "place": lon.zip(lat).map(|(lon, lat)| [lon, lat]), "payload": payload, "previous": previous,
        });
        let text = serde_json_canonicalizer::to_vec(&hashed).unwrap();
        let hash = format!("sha256:{}", hex::encode(Sha256::digest(&text)));
        sqlx::query("update ledger_entry set payload = $3, previous = $4, hash = $5 where docket_id = $1 and seq = $2")
            .bind(docket)
            .bind(seq)
            .bind(&payload)
            .bind(&previous)
            .bind(&hash)
            .execute(&desk.test.owner_pool)
            .await
            .unwrap();
        previous = hash;
    }
    sqlx::query("update docket set head_hash = $2 where id = $1").bind(docket).bind(previous).execute(&desk.test.owner_pool).await.unwrap();
}

#[tokio::test]
async fn a_chain_rewritten_in_itself_is_found_only_by_the_roots() {
    let desk = desk().await;
    let folder = tempfile::tempdir().unwrap();
    let key = desk.with_lines(1, 4).await;
    rewrite(&desk, key.id.uuid(), "第 1 句").await;
    assert!(verified(&desk, &[]).await.findings.is_empty(), "written again with the same words it is the same chain");
    let roots = roots_of(&desk, folder.path()).await;
    rewrite(&desk, key.id.uuid(), "没有这句话").await;
    assert!(verified(&desk, &[]).await.findings.is_empty(), "the database alone cannot tell");
    only(&verified(&desk, &roots).await, key.id.uuid(), 4, "整链改写");
    // Going on honestly afterwards does not hide it.
    desk.change(&key, docket::Change { entries: vec![crate::desk::entry("comment", "后来")], ..docket::Change::default() }).await;
    only(&verified(&desk, &roots).await, key.id.uuid(), 4, "整链改写");
}

#[tokio::test]
async fn the_folder_of_roots_is_a_chain_itself() {
    let desk = desk().await;
    let folder = tempfile::tempdir().unwrap();
    let key = RootKey::open(folder.path()).unwrap();
    let roots = folder.path().join("roots");
    for number in 1..=3 {
        desk.with_lines(number, 2).await;
        desk.clock.advance(chrono::Duration::days(1));
        ledger::write_root(desk.test.database.pool(), &key, &roots, desk.now()).await.unwrap().unwrap();
    }
    let own = Trusted::Keys(vec![key.public()]);
    assert_eq!(ledger::load_roots(&roots, &own).unwrap().len(), 3);
    let file = |number: u32| roots.join(format!("root-{number:08}.json"));
    let whole: Vec<Vec<u8>> = (1..=3).map(|number| fs::read(file(number)).unwrap()).collect();
    let restore = || (1..=3).for_each(|number| fs::write(file(number), &whole[number as usize - 1]).unwrap());
    let refused = |words: &str| {
        let error = ledger::load_roots(&roots, &own).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    };

    fs::remove_file(file(2)).unwrap();
    refused("缺失");
    restore();
    fs::remove_file(file(1)).unwrap();
    refused("缺失");
    restore();
    fs::write(file(2), &whole[2]).unwrap();
    fs::write(file(3), &whole[1]).unwrap();
    refused("不衔接");
    restore();
    let text = String::from_utf8(whole[1].clone()).unwrap();
    let mut altered: Root = serde_json::from_str(&text).unwrap();
    altered.heads[0].hash = format!("sha256:{}", "0".repeat(64));
    fs::write(file(2), serde_json::to_vec(&altered).unwrap()).unwrap();
    refused("摘要不符");
    restore();
    let mut dropped: Root = serde_json::from_str(&text).unwrap();
    dropped.heads.clear();
    fs::write(file(2), serde_json::to_vec(&dropped).unwrap()).unwrap();
    refused("摘要不符");
    restore();
    let signature = altered.signature.replace(|digit: char| digit != '0', "1");
    fs::write(file(2), serde_json::to_vec(&Root { signature, ..serde_json::from_str(&text).unwrap() }).unwrap()).unwrap();
    refused("签名无效");
    restore();
    fs::write(file(3), &whole[2][..whole[2].len() / 2]).unwrap();
    refused("不是完整");
    restore();
    // Somebody else's key, even in a file of its own right.
    let stranger = tempfile::tempdir().unwrap();
    assert_eq!(RootKey::public_at(stranger.path()).unwrap(), None, "asking makes no key");
    assert!(!stranger.path().join("root.key").exists());
    let other = RootKey::open(stranger.path()).unwrap();
    assert_eq!(RootKey::public_at(stranger.path()).unwrap(), Some(other.public()));
    let error = ledger::load_roots(&roots, &Trusted::Keys(vec![other.public()])).unwrap_err().to_string();
    assert!(error.contains("另一把密钥"), "{error}");
    assert_eq!(ledger::load_roots(&roots, &Trusted::AsCarried).unwrap().len(), 3, "each is whole");
    let both = Trusted::Keys(vec![other.public(), key.public()]);
    assert_eq!(ledger::load_roots(&roots, &both).unwrap().len(), 3, "a key that was lost and the one made after it");
}

#[tokio::test]
async fn a_root_lists_every_head() {
    let desk = desk().await;
    let folder = tempfile::tempdir().unwrap();
    let one = desk.with_lines(1, 3).await;
    let roots = roots_of(&desk, folder.path()).await;
    assert_eq!(roots[0].heads.iter().map(|HeadLine { docket, seq, .. }| (*docket, *seq)).collect::<Vec<_>>(), [(one.id.uuid(), 3)]);
    let mode = std::os::unix::fs::MetadataExt::mode(&fs::metadata(folder.path().join("root.key")).unwrap());
    assert_eq!(mode & 0o777, 0o600);
}

#[tokio::test]
async fn verify_only_reads() {
    let desk = desk().await;
    desk.with_lines(1, 5).await;
    desk.tamper("update ledger_entry set payload = '{}' where seq = 2").await;
    let dump = async || -> Vec<String> {
        let tables = ["docket", "ledger_entry", "outbox", "ledger_root", "deadline"];
        let mut all = Vec::new();
        for table in tables {
            let rows: Vec<String> =
                sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select t::text || t.xmin::text from {table} t order by 1")))
                    .fetch_all(&desk.test.owner_pool)
                    .await
                    .unwrap();
            all.extend(rows);
        }
        all
    };
    let before = dump().await;
    assert_eq!(verified(&desk, &[]).await.findings.len(), 1);
    assert_eq!(dump().await, before);
}

#[tokio::test]
async fn the_program_cannot_touch_what_was_written() {
    let desk = desk().await;
    let folder = tempfile::tempdir().unwrap();
    desk.with_lines(1, 2).await;
    roots_of(&desk, folder.path()).await;
    // PostgreSQL only warns of a grant without the right to grant: what follows shows that it had no effect.
    let mut connection = desk.app().await;
    let _ = sqlx::raw_sql("grant all on ledger_entry, ledger_root to bihuan_app").execute(crate::desk::inner(&mut connection)).await;
    drop(connection);
    for statement in [
        "update ledger_entry set payload = '{}'",
        "delete from ledger_entry",
        "truncate ledger_entry",
        "update ledger_root set digest = ''",
        "delete from ledger_root",
        "alter table ledger_entry add column x int",
        "drop table ledger_entry",
        "alter table ledger_entry disable trigger all",
        "set role bihuan_owner",
        "create rule r as on insert to ledger_entry do instead nothing",
    ] {
        let mut connection = desk.app().await;
        let error = sqlx::raw_sql(statement).execute(crate::desk::inner(&mut connection)).await.unwrap_err();
        let code = error.as_database_error().and_then(|error| error.code()).map(|code| code.into_owned());
        assert_eq!(code.as_deref(), Some("42501"), "{statement}: {error}");
    }
    assert!(verified(&desk, &[]).await.findings.is_empty());
}

/// Runs in a process of its own: the function is chosen once a process.
#[tokio::test]
async fn chains_of_sm3_verify_too() {
    if std::env::var("BIHUAN_LEDGER_HASH").is_err() {
        let done = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "ledger::chains_of_sm3_verify_too"])
            .env("BIHUAN_LEDGER_HASH", "sm3")
            .status()
            .unwrap();
        assert!(done.success());
        return;
    }
    let desk = desk().await;
    let key = desk.with_lines(1, 4).await;
    let hashes: Vec<String> = sqlx::query_scalar("select hash from ledger_entry").fetch_all(&desk.test.owner_pool).await.unwrap();
    assert!(hashes.iter().all(|hash| hash.starts_with("sm3:")), "{hashes:?}");
    assert!(verified(&desk, &[]).await.findings.is_empty());
    desk.tamper(&format!("update ledger_entry set action = 'close' where seq = 2 and docket_id = '{}'", key.id)).await;
    only(&verified(&desk, &[]).await, key.id.uuid(), 2, "改动");
}
