//! The gateway on real sockets, with a real database behind.

mod hostile;
mod sessions;
mod terminal;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use gateway_jt808::{Limits, Listening, Parts, Vehicles, listen};
use kernel::clock::SystemClock;
use testkit::TestDatabase;
use tracks::{Settings, Tracks};

/// A gateway on a port of its own.
struct Gateway {
    test: TestDatabase,
    tracks: Tracks,
    listening: Listening,
}

impl Gateway {
    async fn start(limits: Limits) -> Self {
        let test = testkit::fresh(&[tracks::MIGRATIONS, gateway_jt808::MIGRATIONS]).await;
        let tracks = Tracks::new(test.database.clone(), Arc::new(SystemClock), Settings::default());
        let vehicles = Vehicles::new(Parts {
            database: test.database.clone(),
            clock: Arc::new(SystemClock),
            tracks: tracks.clone(),
            home_region: "330482".to_owned(),
            visitors: false,
            limits,
        });
        let listening = listen(&vehicles, SocketAddr::from(([127, 0, 0, 1], 0))).await.expect("a port");
        Self { test, tracks, listening }
    }

    fn address(&self) -> SocketAddr {
        self.listening.address()
    }

    /// Enters a terminal and answers its number.
    async fn enter(&self, phone: &str, plate: &str) -> i64 {
        sqlx::query_scalar("insert into jt808_terminal (region, phone, plate) values ('330482', $1, $2) returning id")
            .bind(phone)
            .bind(plate)
            .fetch_one(self.test.database.pool())
            .await
            .expect("entered")
    }

    /// Lets visitors in.
    async fn open(&self) {
        sqlx::query("insert into jt808_setting (region, visitors, version) values ('330482', true, 1)")
            .execute(self.test.database.pool())
            .await
            .expect("set");
    }
}

const SOON: Duration = Duration::from_secs(10);
