//! A terminal of either edition, on TCP or UDP, that speaks through the codec.

use std::net::SocketAddr;

use chrono::{DateTime, Utc};
use jt808::{Device, Edition, Fix, Framer, Hex, Item, Message, Moment, Packet, Position, Register};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpStream, UdpSocket},
    time::timeout,
};

use super::SOON;

enum Wire {
    Tcp(TcpStream),
    Udp(UdpSocket),
}

pub struct Terminal {
    wire: Wire,
    framer: Framer,
    waiting: Vec<Packet>,
    edition: Edition,
    phone: String,
    serial: u16,
}

impl Terminal {
    pub async fn tcp(address: SocketAddr, edition: Edition, phone: &str) -> Self {
        Self::over(Wire::Tcp(TcpStream::connect(address).await.expect("a connection")), edition, phone)
    }

    pub async fn udp(address: SocketAddr, edition: Edition, phone: &str) -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").await.expect("a port");
        socket.connect(address).await.expect("an address");
        Self::over(Wire::Udp(socket), edition, phone)
    }

    fn over(wire: Wire, edition: Edition, phone: &str) -> Self {
        Self { wire, framer: Framer::default(), waiting: Vec::new(), edition, phone: phone.to_owned(), serial: 0 }
    }

    /// Sends bytes as they are.
    pub async fn raw(&mut self, bytes: &[u8]) {
        match &mut self.wire {
            Wire::Tcp(stream) => drop(stream.write_all(bytes).await),
            Wire::Udp(socket) => drop(socket.send(bytes).await),
        }
    }

    /// The frames of a message, which takes serial numbers.
    pub fn frames(&mut self, message: Message) -> Vec<Vec<u8>> {
        let (edition, serial) = (self.edition, self.serial);
        let phone = self.phone.parse().expect("a number");
        let packet = Packet { edition, version: None, phone, serial, encryption: 0, part: None, message, surplus: Hex::default() };
        let frames = packet.frames().expect("frames");
        self.serial = self.serial.wrapping_add(frames.len() as u16);
        frames
    }

    pub async fn send(&mut self, message: Message) {
        let bytes = self.frames(message).concat();
        self.raw(&bytes).await;
    }

    /// The next message; none when the connection is closed.
    pub async fn next(&mut self) -> Option<Message> {
        let mut bytes = vec![0; 4_096];
        while self.waiting.is_empty() {
            let many = timeout(SOON, async {
                match &mut self.wire {
                    Wire::Tcp(stream) => stream.read(&mut bytes).await.unwrap_or(0),
                    Wire::Udp(socket) => socket.recv(&mut bytes).await.unwrap_or(0),
                }
            });
            let many = many.await.expect("an answer or an end");
            if many == 0 {
                return None;
            }
            let waiting = &mut self.waiting;
            self.framer.feed(&bytes[..many], |frame| waiting.push(Packet::read(&frame.expect("sound")).expect("understood")));
        }
        Some(self.waiting.remove(0).message)
    }

    /// The result of the next general answer.
    pub async fn result(&mut self) -> Option<u8> {
        match self.next().await? {
            Message::PlatformAnswer(answer) => Some(answer.result),
            other => panic!("a general answer, not {other:?}"),
        }
    }

    /// Registers under a plate with a device number; the result, and the code.
    pub async fn register(&mut self, plate: &str, device: &str) -> (u8, String) {
        let register = Register {
            edition: self.edition,
            province: 33,
            city: 482,
            maker: "TEST".to_owned(),
            model: "T1".to_owned(),
            terminal: device.to_owned(),
            colour: 2,
            plate: plate.to_owned(),
        };
        self.send(Message::Register(register)).await;
        match self.next().await {
            Some(Message::RegisterAnswer { result, code, .. }) => (result, code),
            other => panic!("an answer to the registration, not {other:?}"),
        }
    }

    pub async fn authenticate(&mut self, code: &str) -> Option<u8> {
        let device = Device { imei: "860000000000000".to_owned(), version: "1.0".to_owned() };
        let device = (self.edition == Edition::Y2019).then_some(device);
        self.send(Message::Authenticate { code: code.to_owned(), device }).await;
        self.result().await
    }

    /// Registers and shows its code.
    pub async fn sign_on(&mut self, plate: &str) -> String {
        let (result, code) = self.register(plate, "D1").await;
        assert_eq!(result, 0);
        assert_eq!(self.authenticate(&code).await, Some(0));
        code
    }
}

/// Where a vehicle is at an instant.
pub fn position(at: DateTime<Utc>, speed: u16) -> Position {
    let fix = Fix {
        status: 0x303,
        latitude: 30_700_000,
        longitude: 121_000_000,
        altitude: 5,
        speed,
        direction: 90,
        time: Moment::of(at).expect("a moment"),
        ..Fix::default()
    };
    Position { fix, items: vec![Item::Mileage { value: 1_000 }, Item::Raw { id: 0xe1, value: Hex(vec![1, 2, 3]) }], tail: Hex::default() }
}
