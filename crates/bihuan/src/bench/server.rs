//! A throwaway server in a process of its own, set up over its public interface: a grid city, one unit, one operator.

use std::{
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use clap::Parser;
use identity::{
    Password,
    bootstrap::{FirstAdministrator, SeedPerson, administrator, person},
};
use kernel::clock::SystemClock;
use serde_json::{Value, json};

use crate::{
    serve::{Mode, open_house},
    settings::ServeArgs,
};

/// The district of the benches.
pub const REGION: &str = "330482";
/// South-west corner of the grid city, and the side of one grid, in degrees.
pub const CORNER: (f64, f64) = (121.0, 30.6);
pub const STEP: f64 = 0.004;
/// Grids along one side.
pub const SIDE: usize = 12;
/// A made password for a server that listens for one bench on the loopback; random all the same.
fn password() -> String {
    format!("bench-{}", uuid::Uuid::new_v4())
}

/// The server and how to talk to it.
pub struct Server {
    child: Option<Child>,
    data: PathBuf,
    keep: bool,
    folder: Option<tempfile::TempDir>,
    port: u16,
    options: Vec<String>,
    /// The operator's cookie.
    pub cookie: String,
    /// The administrator's cookie.
    pub admin: String,
}

impl Server {
    /// Makes a data folder, sets it up and starts the server on it.
    pub async fn start(keep: bool) -> Result<Self> {
        Self::start_with(keep, Vec::new()).await
    }

    /// As [`Server::start`], with more options of `bihuan serve`.
    pub async fn start_with(keep: bool, options: Vec<String>) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("bihuan-bench-").tempdir()?;
        let data = folder.path().join("data");
        let (admin, operator) = (password(), password());
        first_people(&data, &admin, &operator).await?;
        let mut server = Self {
            child: None,
            data,
            keep,
            folder: Some(folder),
            port: free_port()?,
            options,
            cookie: String::new(),
            admin: String::new(),
        };
        server.launch().await?;
        let admin = server.sign_in("administrator", &admin).await?;
        server.set_up(&admin).await?;
        server.cookie = server.sign_in("operator01", &operator).await?;
        server.admin = admin;
        Ok(server)
    }

    /// The data folder.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Starts the process and waits until it is ready; answers how long that took.
    pub async fn launch(&mut self) -> Result<Duration> {
        let started = Instant::now();
        let child = Command::new(std::env::current_exe()?)
            .args(["serve", "--data", &self.data.to_string_lossy(), "--http", &format!("127.0.0.1:{}", self.port)])
            .args(&self.options)
            .env("RUST_LOG", "warn")
            .env_remove("DATABASE_URL")
            .stdout(Stdio::null())
            .spawn()
            .context("the server could not be started")?;
        self.child = Some(child);
        let client = reqwest::Client::new();
        while started.elapsed() < Duration::from_secs(60) {
            if client.get(self.url("/readyz")).send().await.is_ok_and(|answer| answer.status().is_success()) {
                return Ok(started.elapsed());
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        bail!("the server was not ready within a minute")
    }

    /// Stops the process as an administrator would.
    pub async fn stop(&mut self) -> Result<()> {
        if let Some(mut child) = self.child.take() {
            let pid = i32::try_from(child.id())?;
            nix::sys::signal::kill(nix::unistd::Pid::from_raw(pid), nix::sys::signal::Signal::SIGTERM)?;
            tokio::task::spawn_blocking(move || child.wait()).await??;
        }
        Ok(())
    }

    /// An address of the server.
    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Resident memory of the process without PostgreSQL, in megabytes.
    pub fn resident_mb(&self) -> Result<f64> {
        let child = self.child.as_ref().context("the server is not running")?;
        super::figure::resident_mb(child.id())
    }

    /// The cookie of an account.
    pub async fn sign_in(&self, account: &str, password: &str) -> Result<String> {
        let answer = reqwest::Client::new()
            .post(self.url("/api/v1/session"))
            .json(&json!({ "account": account, "password": password }))
            .send()
            .await?;
        ensure!(answer.status().is_success(), "sign-in as {account}: {}", answer.text().await?);
        let cookie = answer.headers().get("set-cookie").and_then(|value| value.to_str().ok()).context("no cookie")?;
        Ok(cookie.split(';').next().unwrap_or_default().to_owned())
    }

    async fn post(&self, cookie: &str, path: &str, body: &Value) -> Result<Value> {
        let answer = reqwest::Client::new().post(self.url(path)).header("cookie", cookie).json(body).send().await?;
        let (status, text) = (answer.status(), answer.text().await?);
        ensure!(status.is_success(), "{path}: {status} {text}");
        Ok(serde_json::from_str(&text)?)
    }

    /// Regions and grids, a unit, a rule that sends everything to it, and operators' entries that go through at once.
    async fn set_up(&self, admin: &str) -> Result<()> {
        self.post(admin, "/api/v1/catalogue/imports/regions", &grid_city()).await?;
        let organisations: Value =
            reqwest::Client::new().get(self.url("/api/v1/organisations")).header("cookie", admin).send().await?.json().await?;
        let parent = organisations["items"][0]["id"].clone();
        let unit = json!({ "parent_id": parent, "name": "压测处置单位", "kind": "company", "region": REGION, "sort": 1 });
        let unit = self.post(admin, "/api/v1/organisations", &unit).await?;
        self.post(admin, "/api/v1/dispatch-rules", &json!({ "priority": 100, "unit_id": unit["id"] })).await?;
        self.post(admin, "/api/v1/dispatch-rule-sets", &json!({ "note": "压测" })).await?;
        let settings = json!({ "items": [{ "source": "operator", "class_prefix": "", "automatic": true }] });
        let answer = reqwest::Client::new().put(self.url("/api/v1/intake-settings")).header("cookie", admin).json(&settings).send().await?;
        ensure!(answer.status().is_success(), "intake settings: {}", answer.text().await?);
        // The settings' snapshot is at most two seconds old.
        tokio::time::sleep(Duration::from_millis(2_100)).await;
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
        if self.keep
            && let Some(folder) = self.folder.take()
        {
            eprintln!("kept: {}", folder.keep().display());
        }
    }
}

/// Nobody can sign in to make the first people: they are made in the database, before the server starts.
async fn first_people(data: &Path, admin: &str, operator: &str) -> Result<()> {
    let args = ServeArgs::parse_from(["serve", "--data", &data.to_string_lossy()]);
    let house = open_house(&args, Mode::Real, Arc::new(SystemClock)).await?;
    let identity = &house.rooms.identity;
    let first = FirstAdministrator {
        account: "administrator".to_owned(),
        name: "系统管理员".to_owned(),
        password: Password::new(admin.to_owned()),
        organisation: "综合行政执法局".to_owned(),
        region: REGION.to_owned(),
    };
    administrator(identity, first).await?;
    let organisation = identity.organisations().await?.all().first().map(|found| found.id).context("no organisation")?;
    let seed = SeedPerson {
        id: None,
        account: "operator01".to_owned(),
        name: "受理员01".to_owned(),
        organisation: organisation.into(),
        roles: vec!["operator".to_owned()],
        regions: vec![REGION.to_owned()],
        auxiliary: false,
        password: Some(Password::new(operator.to_owned())),
        must_change_password: false,
    };
    person(identity, seed).await?;
    house.close().await
}

/// A square city of square grids: what the intake needs of geometry is only that there is some.
fn grid_city() -> Value {
    let mut features = vec![
        region("330482", "压测区县", 0, 0, SIDE),
        region("330482001", "压测街道", 0, 0, SIDE),
        region("330482001001", "压测社区", 0, 0, SIDE),
    ];
    for row in 0..SIDE {
        for column in 0..SIDE {
            let serial = row * SIDE + column + 1;
            features.push(region(&format!("330482001001{serial:03}"), &format!("第{serial:03}单元网格"), column, row, 1));
        }
    }
    json!({ "type": "FeatureCollection", "features": features })
}

fn region(code: &str, name: &str, column: usize, row: usize, side: usize) -> Value {
    let level = match code.len() {
        6 => "county",
        9 => "township",
        12 => "community",
        _ => "grid",
    };
    let corner = |dx: usize, dy: usize| json!([CORNER.0 + (column + dx) as f64 * STEP, CORNER.1 + (row + dy) as f64 * STEP]);
    let ring = [corner(0, 0), corner(side, 0), corner(side, side), corner(0, side), corner(0, 0)];
    json!({
        "type": "Feature",
        "properties": { "code": code, "name": name, "level": level },
        "geometry": { "type": "Polygon", "coordinates": [ring] },
    })
}

fn free_port() -> Result<u16> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
