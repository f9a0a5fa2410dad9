//! Terminals of vehicles while the power is cut: what was acknowledged is there, and nothing twice.

use std::{
    collections::{BTreeMap, BTreeSet},
    net::{SocketAddr, TcpListener},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use jt808::{Edition, Fix, Framer, Hex, Item, Message, Moment, Packet, Position, Register};
use rand::RngExt;
use reqwest::Method;
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use crate::program::{Installation, PASSWORD};

const VEHICLES: usize = 6;
/// Messages that are under way at a time.
const TOGETHER: usize = 8;
const ROUNDS: usize = 3;
const PATIENCE: Duration = Duration::from_secs(20);

/// A terminal that keeps what was not acknowledged and sends it again, as the standard asks.
struct Terminal {
    phone: String,
    address: SocketAddr,
    code: Option<String>,
    serial: u16,
    begun: DateTime<Utc>,
    /// Seconds after `begun` of the next point.
    next: i64,
    kept: BTreeSet<i64>,
    acknowledged: BTreeSet<i64>,
}

impl Terminal {
    fn frame(&mut self, message: Message) -> (u16, Vec<u8>) {
        let serial = self.serial;
        self.serial = self.serial.wrapping_add(1);
        let phone = self.phone.parse().unwrap();
        let edition = Edition::Y2013;
        let packet = Packet { edition, version: None, phone, serial, encryption: 0, part: None, message, surplus: Hex::default() };
        (serial, packet.frames().unwrap().concat())
    }

    fn position(&mut self, second: i64) -> (u16, Vec<u8>) {
        let time = Moment::of(self.begun + TimeDelta::seconds(second)).unwrap();
        let fix = Fix { status: 3, latitude: 30_700_000, longitude: 121_000_000, speed: (second % 800) as u16, time, ..Fix::default() };
        self.frame(Message::Position(Position { fix, items: vec![Item::Mileage { value: second as u32 }], tail: Hex::default() }))
    }

    /// One connection, until it breaks or the end is near; errors are what a cut looks like from here.
    async fn drive(&mut self, stop: &AtomicBool) -> std::io::Result<()> {
        let mut stream = TcpStream::connect(self.address).await?;
        let mut framer = Framer::default();
        if self.code.is_none() {
            let register = Register {
                edition: Edition::Y2013,
                province: 33,
                city: 482,
                maker: "TEST".into(),
                model: "T1".into(),
                terminal: "D1".into(),
                colour: 2,
                plate: "浙F00001".into(),
            };
            let (_, frame) = self.frame(Message::Register(register));
            stream.write_all(&frame).await?;
            match answers(&mut stream, &mut framer, 1).await?.remove(0) {
                Message::RegisterAnswer { result: 0, code, .. } => self.code = Some(code),
                other => panic!("{other:?}"),
            }
        }
        let code = self.code.clone().unwrap();
        let (_, frame) = self.frame(Message::Authenticate { code, device: None });
        stream.write_all(&frame).await?;
        match answers(&mut stream, &mut framer, 1).await?.remove(0) {
            Message::PlatformAnswer(answer) => assert_eq!(answer.result, 0, "the code is right"),
            other => panic!("{other:?}"),
        }
        while !stop.load(Ordering::Relaxed) || !self.kept.is_empty() {
            let mut seconds: Vec<i64> = self.kept.iter().copied().take(TOGETHER).collect();
            while seconds.len() < TOGETHER && !stop.load(Ordering::Relaxed) {
                seconds.push(self.next);
                self.kept.insert(self.next);
                self.next += 1;
            }
            let (mut bytes, mut sent) = (Vec::new(), BTreeMap::new());
            for second in &seconds {
                let (serial, frame) = self.position(*second);
                sent.insert(serial, *second);
                bytes.extend(frame);
            }
            stream.write_all(&bytes).await?;
            for message in answers(&mut stream, &mut framer, seconds.len()).await? {
                let Message::PlatformAnswer(answer) = message else { panic!("{message:?}") };
                if answer.result == 0 {
                    let second = sent[&answer.serial];
                    self.kept.remove(&second);
                    self.acknowledged.insert(second);
                }
            }
            // Under the rate that one connection may send in the long run.
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
        Ok(())
    }
}

/// So many messages of the platform.
async fn answers(stream: &mut TcpStream, framer: &mut Framer, many: usize) -> std::io::Result<Vec<Message>> {
    let (mut found, mut bytes) = (Vec::new(), [0; 2_048]);
    while found.len() < many {
        let read = timeout(PATIENCE, stream.read(&mut bytes)).await.expect("an answer in time")?;
        if read == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        framer.feed(&bytes[..read], |frame| found.push(Packet::read(&frame.unwrap()).unwrap().message));
    }
    Ok(found)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_vehicle_was_acknowledged_survives_the_power_and_is_there_once() {
    let installation = Installation::new();
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let option = free.to_string();
    let options = ["--jt808", option.as_str()];
    let mut server = installation.serve_with(&options);
    let administrator = server.signed_in("administrator01", PASSWORD).await;
    let open = administrator.send(Method::PUT, "/api/v1/vehicle-terminal-settings", Some(json!({ "visitors": true }))).await;
    assert_eq!(open.status, 200, "{}", open.text);
    let begun = DateTime::from_timestamp(Utc::now().timestamp() - 4 * 3_600, 0).unwrap();
    let stop = Arc::new(AtomicBool::new(false));
    let drivers: Vec<_> = (0..VEHICLES)
        .map(|number| {
            let stop = stop.clone();
            tokio::spawn(async move {
                let mut terminal = Terminal {
                    phone: format!("1390000{number:04}"),
                    address: free,
                    code: None,
                    serial: 0,
                    begun,
                    next: 0,
                    kept: BTreeSet::new(),
                    acknowledged: BTreeSet::new(),
                };
                while terminal.drive(&stop).await.is_err() {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
                terminal
            })
        })
        .collect();
    for _ in 0..ROUNDS {
        tokio::time::sleep(Duration::from_millis(rand::rng().random_range(400..1_500))).await;
        server.kill();
        server = installation.serve_with(&options);
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    stop.store(true, Ordering::Relaxed);
    let administrator = server.signed_in("administrator01", PASSWORD).await;
    let listed = administrator.get("/api/v1/vehicle-terminals").await;
    let mut total = 0;
    for driver in drivers {
        let terminal = driver.await.unwrap();
        assert_eq!(terminal.acknowledged.len() as i64, terminal.next, "in the end everything is acknowledged");
        total += terminal.next;
        let row = listed.body["items"].as_array().unwrap().iter().find(|row| row["phone"] == terminal.phone.as_str()).unwrap();
        assert_eq!(row["visitor"], true);
        let mut found: Vec<i64> = Vec::new();
        let days = [begun, Utc::now()].map(|at| at.with_timezone(&kernel::clock::shanghai()).date_naive());
        for day in BTreeSet::from(days) {
            let track = administrator.get(&format!("/api/v1/vehicles/{}/track?day={day}", row["id"])).await;
            assert_eq!(track.status, 200, "{}", track.text);
            found.extend(track.body["points"].as_array().unwrap().iter().map(|point| {
                assert!(point["visitor"] == true && point["lon"] == 121.0, "{point}");
                let at: DateTime<Utc> = point["at"].as_str().unwrap().parse().unwrap();
                (at - begun).num_seconds()
            }));
        }
        assert_eq!(found, (0..terminal.next).collect::<Vec<_>>(), "each acknowledged point once, in order");
    }
    assert!(total > 200, "only {total} points were sent: {}", installation.log());
    // A decoder for people, beside the server.
    let frame = "7E00020000012345678900000A817E";
    let output = installation.binary().args(["jt808", "decode", frame, "--json"]).output().unwrap();
    let decoded: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(output.status.success() && decoded["message"]["type"] == "heartbeat");
    let again = installation.binary().args(["jt808", "encode", &decoded.to_string()]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&again.stdout).trim(), frame.to_lowercase());
    let broken = installation.binary().args(["jt808", "decode", &frame.replace("81", "82")]).output().unwrap();
    assert!(!broken.status.success() && String::from_utf8_lossy(&broken.stdout).contains("校验码不符"));
    assert!(server.stop(), "{}", installation.log());
}
