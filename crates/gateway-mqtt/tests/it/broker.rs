//! A Mosquitto of the test's own, on the loopback, that can be ended and started again on the same data.

use std::{
    net::TcpListener,
    process::{Child, Command, Stdio},
    time::Duration,
};

use rumqttc::v5::{AsyncClient, Event, EventLoop, Incoming, MqttOptions, mqttbytes::QoS};

pub struct Broker {
    folder: tempfile::TempDir,
    pub port: u16,
    child: Option<Child>,
}

impl Broker {
    pub async fn start() -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut broker = Self { folder: tempfile::tempdir().unwrap(), port, child: None };
        broker.launch().await;
        broker
    }

    /// Starts it on what it kept, and waits until it listens.
    pub async fn launch(&mut self) {
        let folder = self.folder.path();
        let config = format!(
            "listener {} 127.0.0.1\nallow_anonymous true\npersistence true\npersistence_location {}/\n\
             max_queued_messages 0\nlog_dest none\n",
            self.port,
            folder.display()
        );
        let file = folder.join("mosquitto.conf");
        std::fs::write(&file, config).unwrap();
        // Started by root it would become another user, who cannot write here.
        // Debian keeps it where only root looks.
        let program = ["/usr/sbin/mosquitto", "mosquitto"].into_iter().find(|program| std::path::Path::new(program).exists());
        let mut command = Command::new(program.unwrap_or("mosquitto"));
        command.arg("-c").arg(&file).stdout(Stdio::null()).stderr(Stdio::null());
        if nix::unistd::geteuid().is_root() {
            std::fs::write(&file, format!("{}user root\n", std::fs::read_to_string(&file).unwrap())).unwrap();
        }
        self.child = Some(command.spawn().expect("mosquitto is installed by scripts/install-tools"));
        for _ in 0..100 {
            if tokio::net::TcpStream::connect(("127.0.0.1", self.port)).await.is_ok() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the broker does not listen");
    }

    /// Ends it as its own service manager does. Killed, it would forget the last messages that it acknowledged: it writes them after.
    pub fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let id = nix::unistd::Pid::from_raw(i32::try_from(child.id()).unwrap());
            nix::sys::signal::kill(id, nix::sys::signal::Signal::SIGTERM).unwrap();
            child.wait().unwrap();
        }
    }

    /// A client of another program.
    pub fn client(&self, name: &str) -> (AsyncClient, EventLoop) {
        let mut options = MqttOptions::new(name, "127.0.0.1", self.port);
        options.set_clean_start(false).set_session_expiry_interval(Some(600)).set_keep_alive(Duration::from_secs(5));
        AsyncClient::new(options, 64)
    }
}

/// A device that sends one event after the other.
pub struct Camera {
    client: AsyncClient,
    events: EventLoop,
}

impl Broker {
    /// A device with a connection of its own and no memory of an earlier one.
    pub fn camera(&self) -> Camera {
        let mut options = MqttOptions::new("camera-platform", "127.0.0.1", self.port);
        options.set_clean_start(true);
        let (client, events) = AsyncClient::new(options, 8);
        Camera { client, events }
    }
}

impl Camera {
    /// Whether the broker acknowledged it.
    pub async fn send(&mut self, topic: &str, payload: &str) -> bool {
        self.client.try_publish(topic, QoS::AtLeastOnce, false, payload.to_owned()).unwrap();
        let acknowledged = async {
            loop {
                match self.events.poll().await {
                    Ok(Event::Incoming(Incoming::PubAck(_))) => return true,
                    Ok(_) => {}
                    Err(_) => return false,
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(5), acknowledged).await.unwrap_or(false)
    }
}

impl Drop for Broker {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Waits for the next thing that comes in, through whatever else happens.
pub async fn incoming(events: &mut EventLoop) -> Incoming {
    loop {
        match events.poll().await {
            Ok(Event::Incoming(incoming)) => return incoming,
            Ok(Event::Outgoing(_)) => {}
            Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
}
