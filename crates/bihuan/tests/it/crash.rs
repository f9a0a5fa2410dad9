//! Power cuts under load: what was answered is there once, every chain holds, every deadline fires once.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use rand::RngExt;
use reqwest::Method;
use serde_json::json;

use crate::program::{Caller, Installation, PASSWORD};

/// Clients at once.
const CLIENTS: usize = 8;

/// Rounds: six are quick enough for every run; `BIHUAN_CRASH_ROUNDS` asks for more.
fn rounds() -> usize {
    std::env::var("BIHUAN_CRASH_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(6)
}

/// What the clients know: every key ever sent, and the number that was answered to it.
#[derive(Default)]
struct Sent(Mutex<HashMap<String, Option<String>>>);

async fn load(caller: Caller, sent: Arc<Sent>, next: Arc<AtomicU64>, stop: Arc<AtomicBool>) {
    while !stop.load(Ordering::Relaxed) {
        let key = format!("crash/{}", next.fetch_add(1, Ordering::Relaxed));
        sent.0.lock().unwrap().insert(key.clone(), None);
        let body = json!({ "description": format!("垃圾满溢 {key}"), "client_key": key }).to_string().into_bytes();
        match caller.try_send(Method::POST, "/api/v1/leads", Some(body), "application/json").await {
            Ok(answer) if answer.status == 201 => {
                let number = answer.body["number"].as_str().unwrap().to_owned();
                sent.0.lock().unwrap().insert(key, Some(number));
            }
            Ok(answer) => {
                assert_eq!(answer.status, 503, "only the database may be away: {}", answer.text);
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_answered_is_lost_and_nothing_is_doubled() {
    let installation = Installation::new();
    let mut server = installation.serve();
    let administrator = server.signed_in("administrator01", PASSWORD).await;
    let root = administrator.root().await;
    let operator = administrator.hire(&server, "operator01", "operator", &root).await;
    let mut machine = administrator.machine(&server, "camera01", &root).await;
    drop(operator);
    let (sent, next) = (Arc::new(Sent::default()), Arc::new(AtomicU64::new(1)));
    for round in 0..rounds() {
        let stop = Arc::new(AtomicBool::new(false));
        machine.address = server.address.clone();
        let clients: Vec<_> = (0..CLIENTS).map(|_| tokio::spawn(load(machine.clone(), sent.clone(), next.clone(), stop.clone()))).collect();
        let moment = Duration::from_millis(rand::rng().random_range(100..1_200));
        tokio::time::sleep(moment).await;
        if round % 2 == 0 {
            server.kill();
            stop.store(true, Ordering::Relaxed);
            for client in clients {
                client.await.unwrap();
            }
            server = installation.serve();
        } else {
            // The server survives its database and goes on when that is back.
            let before = installation.postgres().expect("a running PostgreSQL");
            nix::sys::signal::kill(nix::unistd::Pid::from_raw(before), nix::sys::signal::Signal::SIGKILL).unwrap();
            let mut back = false;
            for _ in 0..150 {
                tokio::time::sleep(Duration::from_millis(100)).await;
                if server.visitor().get("/readyz").await.status == 200 && installation.postgres().is_some_and(|now| now != before) {
                    back = true;
                    break;
                }
            }
            assert!(back, "the database did not come back: {}", installation.log());
            tokio::time::sleep(Duration::from_millis(200)).await;
            stop.store(true, Ordering::Relaxed);
            for client in clients {
                client.await.unwrap();
            }
        }
    }

    // Everything that was ever sent is sent again: what was answered is there under its number, and nothing is there twice.
    machine.address = server.address.clone();
    let known = sent.0.lock().unwrap().clone();
    let answered = known.values().filter(|number| number.is_some()).count();
    assert!(answered > 50, "only {answered} leads were answered: {}", installation.log());
    for (key, number) in &known {
        let answer =
            machine.send(Method::POST, "/api/v1/leads", Some(json!({ "description": format!("垃圾满溢 {key}"), "client_key": key }))).await;
        match number {
            Some(number) => {
                assert_eq!((answer.status, answer.body["number"].as_str()), (200, Some(number.as_str())), "{key} was answered and is gone")
            }
            None => assert!(answer.status == 200 || answer.status == 201, "{key}: {}", answer.text),
        }
    }
    let operator = server.signed_in("operator01", PASSWORD).await;
    assert_eq!(operator.get("/api/v1/leads/counts").await.body["open"], known.len(), "each key is one lead");

    // Half of the limits run out while the server is killed again and again; each is told once.
    let opened = installation.owner().await;
    let due: i64 = sqlx::query_scalar(
        "with due as (update deadline set due_at = now() + interval '1 second', warn_at = now() where state = 'running' and fired_at is null
            and docket_id in (select id from docket order by id limit 300) returning docket_id)
         select count(*) from due",
    )
    .fetch_one(&opened.owner_pool)
    .await
    .unwrap();
    for _ in 0..2 {
        tokio::time::sleep(Duration::from_millis(rand::rng().random_range(1_000..1_600))).await;
        server.kill();
        server = installation.serve();
    }
    let count = async |query: &'static str| -> i64 { sqlx::query_scalar(query).fetch_one(&opened.owner_pool).await.unwrap() };
    let mut missed = 0;
    for _ in 0..100 {
        missed = count("select count(*) from ledger_entry where action = 'limit-missed'").await;
        if missed >= due {
            break;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    tokio::time::sleep(Duration::from_millis(1_200)).await;
    assert_eq!(missed, due);
    assert_eq!(count("select count(*) from ledger_entry where action = 'limit-missed'").await, due, "each once");
    assert_eq!(count("select count(distinct docket_id) from ledger_entry where action = 'limit-missed'").await, due);
    assert_eq!(count("select count(*) from outbox where topic = 'docket.limit-missed'").await, due);
    assert_eq!(count("select count(*) from lead l left join docket d on d.id = l.id where d.id is null").await, 0);
    assert_eq!(count("select count(*) from docket d left join lead l on d.id = l.id where l.id is null").await, 0);
    opened.close().await.unwrap();
    let (well, words) = installation.verify();
    assert!(well, "{words}");
    println!(
        "{} rounds, {} keys sent, {answered} answered, {due} limits told; {}",
        rounds(),
        known.len(),
        words.lines().next().unwrap_or_default()
    );
    assert!(server.stop(), "{}", installation.log());
}
