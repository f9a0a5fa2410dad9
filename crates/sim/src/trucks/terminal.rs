//! A simulated terminal on a real socket (模拟终端): JT/T 808 over TCP, what was not acknowledged is sent again.

use std::{net::SocketAddr, time::Duration};

use anyhow::{Context, Result, bail};
use jt808::{Edition, Fix, Framer, Hex, Item, Message, Moment, Packet, Phone, Position, Register};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::Semaphore,
    time::timeout,
};

use super::truck::{Emission, Truck};

/// How long the platform may take to answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// The first pause before a connection is tried again; each next one is twice as long, up to half a minute.
const PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// Our own item in the simulated vendor's table, `crates/jt808/vendors/simulated.csv`.
const BODY_ITEM: u8 = 0xe8;

/// What a terminal was refused for good: trying again changes nothing.
#[derive(Debug)]
pub(crate) struct Refused(u8);

impl std::fmt::Display for Refused {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let why = match self.0 {
            2 => "车牌与登记不一致",
            3 => "号码已被另一台设备占用",
            4 => "终端未登记，也不接纳来访终端",
            _ => "不接纳",
        };
        write!(formatter, "平台不予注册（结果 {}：{why}）", self.0)
    }
}

impl std::error::Error for Refused {}

struct Line {
    stream: TcpStream,
    framer: Framer,
}

/// One terminal, or the clone of one.
pub(crate) struct Terminal {
    address: SocketAddr,
    phone: Phone,
    plate: String,
    device: String,
    edition: Edition,
    code: Option<String>,
    line: Option<Line>,
    serial: u16,
    /// Connections that were made.
    pub connections: u64,
}

impl Terminal {
    pub fn new(address: SocketAddr, truck: &Truck) -> Result<Self> {
        Ok(Self {
            address,
            phone: truck.phone.parse().map_err(anyhow::Error::msg)?,
            plate: truck.plate.clone(),
            device: format!("M{:06}", truck.number % 1_000_000),
            // Both layouts are on the road.
            edition: if truck.number.is_multiple_of(3) { Edition::Y2019 } else { Edition::Y2013 },
            code: None,
            line: None,
            serial: 0,
            connections: 0,
        })
    }

    /// Another device that stole number and code.
    pub fn clone_of(other: &Self) -> Self {
        let (plate, device, code) = (other.plate.clone(), other.device.clone(), other.code.clone());
        Self { plate, device, code, line: None, serial: 0, connections: 0, ..*other }
    }

    /// Goes out of reach.
    pub fn hang_up(&mut self) {
        self.line = None;
    }

    fn frame(&mut self, message: Message) -> Result<Vec<u8>> {
        let (edition, phone, serial) = (self.edition, self.phone, self.serial);
        let packet = Packet { edition, version: None, phone, serial, encryption: 0, part: None, message, surplus: Hex::default() };
        let frames = packet.frames()?;
        self.serial = self.serial.wrapping_add(u16::try_from(frames.len())?);
        Ok(frames.concat())
    }

    /// Sends messages until each is acknowledged, over as many connections as it takes.
    pub async fn deliver(&mut self, messages: &[Message], doors: &Semaphore) -> Result<()> {
        let mut pause = PAUSE;
        loop {
            match self.try_deliver(messages, doors).await {
                Ok(true) => return Ok(()),
                Ok(false) => tracing::debug!(phone = %self.phone, "the platform is full; sent again"),
                Err(error) if error.is::<Refused>() => return Err(error),
                Err(error) => {
                    tracing::debug!(phone = %self.phone, error = format!("{error:#}"), "the line broke; connected again");
                    self.line = None;
                }
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    /// Whether each of them was answered with "done".
    async fn try_deliver(&mut self, messages: &[Message], doors: &Semaphore) -> Result<bool> {
        if self.line.is_none() {
            let _door = doors.acquire().await?;
            self.sign_on().await?;
        }
        let mut bytes = Vec::new();
        for message in messages {
            bytes.extend(self.frame(message.clone())?);
        }
        self.write(&bytes).await?;
        let mut done = true;
        for answer in self.hear(messages.len()).await? {
            match answer {
                Message::PlatformAnswer(answer) => done &= answer.result == 0,
                other => bail!("not an acknowledgement: {other:?}"),
            }
        }
        Ok(done)
    }

    async fn sign_on(&mut self) -> Result<()> {
        let stream = timeout(PATIENCE, TcpStream::connect(self.address)).await??;
        stream.set_nodelay(true)?;
        self.line = Some(Line { stream, framer: Framer::default() });
        self.connections += 1;
        let code = match &self.code {
            Some(code) => code.clone(),
            None => {
                let register = Message::Register(Register {
                    edition: self.edition,
                    province: 33,
                    city: 482,
                    maker: "SIM".to_owned(),
                    model: "BIHUAN-SIM".to_owned(),
                    terminal: self.device.clone(),
                    colour: 2,
                    plate: self.plate.clone(),
                });
                let frame = self.frame(register)?;
                self.write(&frame).await?;
                match self.hear(1).await?.pop() {
                    Some(Message::RegisterAnswer { result: 0, code, .. }) => code,
                    Some(Message::RegisterAnswer { result, .. }) => return Err(Refused(result).into()),
                    other => bail!("not an answer to the registration: {other:?}"),
                }
            }
        };
        self.code = Some(code.clone());
        let device = (self.edition == Edition::Y2019)
            .then(|| jt808::Device { imei: format!("86000000{:0>7}", &self.device[1..]), version: "sim-1".to_owned() });
        let frame = self.frame(Message::Authenticate { code, device })?;
        self.write(&frame).await?;
        match self.hear(1).await?.pop() {
            Some(Message::PlatformAnswer(answer)) if answer.result == 0 => Ok(()),
            other => {
                // A code that is no longer right: somebody cleared it. Registered anew next time.
                self.code = None;
                bail!("the code was not accepted: {other:?}")
            }
        }
    }

    async fn write(&mut self, bytes: &[u8]) -> Result<()> {
        let line = self.line.as_mut().context("no line")?;
        timeout(PATIENCE, line.stream.write_all(bytes)).await??;
        Ok(())
    }

    /// So many messages of the platform.
    async fn hear(&mut self, many: usize) -> Result<Vec<Message>> {
        let line = self.line.as_mut().context("no line")?;
        let (mut found, mut wrong, mut bytes) = (Vec::with_capacity(many), None, [0; 2_048]);
        while found.len() < many {
            let read = timeout(PATIENCE, line.stream.read(&mut bytes)).await??;
            if read == 0 {
                bail!("the platform closed the connection");
            }
            line.framer.feed(&bytes[..read], |frame| match frame.map(|frame| Packet::read(&frame)) {
                Ok(Ok(packet)) => found.push(packet.message),
                other => wrong = Some(format!("{other:?}")),
            });
            if let Some(wrong) = wrong {
                bail!("not understood: {wrong}");
            }
        }
        Ok(found)
    }
}

/// What a terminal says of a moment.
pub(crate) fn position(emission: &Emission) -> Position {
    let at = chrono::DateTime::from_timestamp(emission.at, 0).unwrap_or_default();
    let load: u32 = match emission.load_kg {
        0..1_000 => 0,
        1_000..9_000 => 1,
        _ => 3,
    };
    // 0 ignition, 1 fix, 8 and 9 load, 18 GPS, 19 BeiDou.
    let status = u32::from(emission.body.ignition) | 1 << 1 | load << 8 | 0b11 << 18;
    let millionths = |degrees: f64| (degrees.abs() * 1e6).round() as u32;
    let fix = Fix {
        alarm: u32::from(emission.overspeed) << 1,
        status,
        latitude: millionths(emission.place[1]),
        longitude: millionths(emission.place[0]),
        altitude: 8,
        speed: (emission.kmh * 10.0).round() as u16,
        direction: emission.direction,
        time: Moment::of(at).unwrap_or_default(),
    };
    let mut body = vec![u8::from(emission.body.lid_open) | u8::from(emission.body.tipper_raised) << 1 | (load as u8) << 2];
    body.extend(emission.load_kg.to_be_bytes());
    let items = vec![
        Item::Mileage { value: (emission.metres / 100.0) as u32 },
        Item::Signal { value: 24 },
        Item::Satellites { value: 14 },
        Item::Raw { id: BODY_ITEM, value: Hex(body) },
    ];
    Position { fix, items, tail: Hex::default() }
}
