//! What no honest client sends. Nothing is a 5xx, everything is a problem in Chinese with a code.

use reqwest::Method;
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::program::{Answer, Installation, PASSWORD};

#[track_caller]
fn is_a_problem(what: &str, answer: &Answer) {
    assert!((400..500).contains(&answer.status), "{what}: {} {}", answer.status, answer.text);
    assert!(answer.kind.starts_with("application/problem+json"), "{what}: {} {} {}", answer.status, answer.kind, answer.text);
    assert!(answer.body["code"].as_str().is_some_and(|code| !code.is_empty()), "{what}: {}", answer.text);
    let detail = answer.body["detail"].as_str().unwrap_or_default();
    assert!(detail.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{what}: {}", answer.text);
}

#[tokio::test]
async fn nonsense_is_refused_politely() {
    let installation = Installation::new();
    let server = installation.serve();
    let administrator = server.signed_in("administrator01", PASSWORD).await;
    let root = administrator.root().await;
    let operator = administrator.hire(&server, "operator01", "operator", &root).await;

    let bodies: Vec<(&str, Vec<u8>, &str)> = vec![
        ("empty", Vec::new(), "application/json"),
        ("not JSON", b"{".to_vec(), "application/json"),
        ("a list", b"[]".to_vec(), "application/json"),
        ("null", b"null".to_vec(), "application/json"),
        ("another type", b"{}".to_vec(), "text/plain"),
        ("no type", b"{}".to_vec(), "x"),
        ("deep", [vec![b'['; 200_000], vec![b']'; 200_000]].concat(), "application/json"),
        ("deep in a field", format!("{{\"description\":{}1{}}}", "[".repeat(5_000), "]".repeat(5_000)).into_bytes(), "application/json"),
        ("invalid UTF-8", b"{\"description\":\"\xff\xfe\"}".to_vec(), "application/json"),
        ("half a surrogate", br#"{"description":"\ud800"}"#.to_vec(), "application/json"),
        ("NUL in words", br#"{"description":"a\u0000b"}"#.to_vec(), "application/json"),
        ("NUL in the address", br#"{"description":"ab","address":"\u0000"}"#.to_vec(), "application/json"),
        ("NUL in the key", br#"{"description":"ab","client_key":"a\u0000"}"#.to_vec(), "application/json"),
        ("NUL in the class", br#"{"description":"ab","class_code":"\u0000"}"#.to_vec(), "application/json"),
        ("a photo that is none", br#"{"description":"ab","photos":["../../etc/passwd"]}"#.to_vec(), "application/json"),
        ("unknown field", br#"{"description":"ab","admin":true}"#.to_vec(), "application/json"),
        ("too large", format!("{{\"description\":\"{}\"}}", "a".repeat(2 << 20)).into_bytes(), "application/json"),
        ("too long", format!("{{\"description\":\"{}\"}}", "a".repeat(9_000)).into_bytes(), "application/json"),
        ("off the earth", br#"{"description":"ab","position":{"x":1e308,"y":-1e308}}"#.to_vec(), "application/json"),
        ("beyond a number", br#"{"description":"ab","position":{"x":1e999,"y":0}}"#.to_vec(), "application/json"),
        ("x as text", br#"{"description":"ab","position":{"x":"121","y":30}}"#.to_vec(), "application/json"),
        ("another planet", br#"{"description":"ab","position":{"x":121,"y":30,"system":"mars"}}"#.to_vec(), "application/json"),
        (
            "many photos",
            format!("{{\"description\":\"ab\",\"photos\":[{}\"x\"]}}", "\"x\",".repeat(5_000)).into_bytes(),
            "application/json",
        ),
        ("a date of no calendar", br#"{"description":"ab","occurred_at":"+999999-01-01T00:00:00Z"}"#.to_vec(), "application/json"),
    ];
    for (what, body, kind) in bodies {
        for path in ["/api/v1/leads", "/api/v1/leads/019a0000-0000-7000-8000-000000000000/actions/comment", "/api/v1/session"] {
            match operator.try_send(Method::POST, path, Some(body.clone()), kind).await {
                Ok(answer) => is_a_problem(&format!("{what} to {path}"), &answer),
                // The server may end a connection on which far too much is sent.
                Err(error) => assert!(what == "too large", "{what} to {path}: {error}"),
            }
        }
    }
    let visitor = server.visitor();
    for body in [
        "{",
        "[]",
        r#"{"description":"\u0000"}"#,
        r#"{"description":"x","telephone":"not a number"}"#,
        r#"{"description":"x","position":{"x":500,"y":500}}"#,
    ] {
        let answer =
            visitor.try_send(Method::POST, "/api/v1/public/reports", Some(body.as_bytes().to_vec()), "application/json").await.unwrap();
        is_a_problem(body, &answer);
    }

    for query in [
        "q=%00%00",
        "q=%FF%FE",
        "source=%00",
        "source=%FF",
        "class=%00",
        "region=%00",
        "state=%00",
        "unit=%00",
        "cursor=%00",
        "cursor=eyJkdWVfYXQiOm51bGx9",
        "from=%00",
        "from=%2B262142-12-31T23:59:59Z",
        "limit=-1",
        "limit=9223372036854775808",
        "limit=1&limit=2",
        "sort=due&cursor=x",
        "light=%00",
        "q=a",
    ] {
        let answer = operator.get(&format!("/api/v1/leads?{query}")).await;
        assert!(answer.status < 500, "{query}: {} {}", answer.status, answer.text);
        if answer.status >= 400 {
            is_a_problem(query, &answer);
        }
    }
    for path in [
        "/api/v1/leads/not-a-uuid",
        "/api/v1/leads/%00",
        "/api/v1/leads/%FF",
        "/api/v1/nothing",
        "/api/v1/public/reports/%00",
        "/api/v1/public/reports/..%2F..%2Fetc",
        "/api/v1/files/..%2F..%2Fkeys%2Fmaster.key",
        "/api/v1/files/zz",
        "/api/v1/public/places?x=NaN&y=inf",
        "/api/v1/public/places?x=1e400&y=0",
        "/api/v1/leads/019a0000-0000-7000-8000-000000000000/actions/nothing",
    ] {
        is_a_problem(path, &operator.get(path).await);
    }
    for path in ["/api/v1/leads", "/api/v1/session", "/api/v1/leads/counts", "/api/v1/public/reports", "/healthz"] {
        for method in [Method::PUT, Method::PATCH, Method::TRACE, Method::from_bytes(b"BREW").unwrap()] {
            let answer = operator.send(method.clone(), path, None).await;
            assert!((400..500).contains(&answer.status), "{method} {path}: {} {}", answer.status, answer.text);
        }
    }
    for (name, value) in [
        ("if-match", "\"x\""),
        ("idempotency-key", "\u{00ff}\u{00fe}"),
        ("content-length", "abc"),
        ("cookie", "bihuan_session=\u{00ff}"),
        ("authorization", "Bearer \u{00ff}"),
    ] {
        let request = visitor
            .client
            .post(format!("{}/api/v1/leads", server.address))
            .header(name, value.as_bytes().to_vec())
            .header("content-type", "application/json")
            .body("{}");
        if let Ok(response) = request.send().await {
            assert!(response.status().is_client_error(), "{name}: {}", response.status());
        }
    }

    // Ten megabytes of query, a head without end, a request that stops in the middle: the server stays and answers the next.
    let address = server.address.trim_start_matches("http://").to_owned();
    let mut socket = TcpStream::connect(&address).await.unwrap();
    let head = format!("GET /api/v1/leads?q={} HTTP/1.1\r\nhost: x\r\n\r\n", "a".repeat(10 << 20));
    let _ = socket.write_all(head.as_bytes()).await;
    let mut answer = [0_u8; 64];
    let read = socket.read(&mut answer).await.unwrap_or(0);
    let line = String::from_utf8_lossy(&answer[..read]).into_owned();
    assert!(read == 0 || line.starts_with("HTTP/1.1 4"), "{line}");
    let mut socket = TcpStream::connect(&address).await.unwrap();
    socket
        .write_all(
            b"POST /api/v1/public/reports HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{\"descr",
        )
        .await
        .unwrap();
    drop(socket);
    let mut socket = TcpStream::connect(&address).await.unwrap();
    socket.write_all(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 nonsense\r\n\r\n").await.unwrap();
    drop(socket);

    let counted = operator.get("/api/v1/leads/counts").await;
    assert_eq!((counted.status, &counted.body["open"]), (200, &json!(0)), "nothing was half written");
    let (well, words) = installation.verify();
    assert!(well, "{words}");
    assert!(!installation.log().contains("panicked"), "{}", installation.log());
    assert!(server.stop());
}
