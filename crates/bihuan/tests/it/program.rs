//! The binary under test, its folder and its callers.

use std::{
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use reqwest::{Client, Method};
use serde_json::{Value, json};

pub const PASSWORD: &str = "river-lamp-42";

/// The program.
pub fn binary() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bihuan"));
    // A cluster of its own whatever the machine's environment says; quiet but for what is wrong.
    command.env_remove("DATABASE_URL").env("RUST_LOG", "warn,sqlx=error");
    // The tests run in a folder of their own; fonts lie where the set-up put them.
    if std::env::var_os("BIHUAN_FONTS").is_none() {
        command.env("BIHUAN_FONTS", concat!(env!("CARGO_MANIFEST_DIR"), "/../../var/fonts"));
    }
    command
}

/// A data folder that is removed in the end.
pub struct Installation {
    folder: tempfile::TempDir,
    url: Option<String>,
}

/// A running server.
pub struct Server {
    child: Child,
    pub address: String,
}

impl Installation {
    /// With an administrator.
    pub fn new() -> Self {
        Self::on(None)
    }

    /// With an administrator, on a server that somebody else starts and stops.
    pub fn on(url: Option<String>) -> Self {
        let folder = tempfile::Builder::new().prefix("bihuan-it-").tempdir().unwrap();
        // PostgreSQL runs as another user where the tests run as root, and must get through.
        std::fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o711)).unwrap();
        let installation = Self { folder, url };
        let mut child = installation
            .binary()
            .args(["admin", "create-administrator", "--account", "administrator01", "--data"])
            .arg(installation.data())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(PASSWORD.as_bytes()).unwrap();
        assert!(child.wait().unwrap().success(), "no administrator");
        installation
    }

    /// The program on this installation's database.
    pub fn binary(&self) -> Command {
        let mut command = binary();
        if let Some(url) = &self.url {
            command.env("DATABASE_URL", url);
        }
        command
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Starts the server and waits until it says where it listens.
    pub fn serve(&self) -> Server {
        self.serve_with(&[])
    }

    /// Starts the server with more options.
    pub fn serve_with(&self, options: &[&str]) -> Server {
        let log = std::fs::File::options().create(true).append(true).open(self.folder.path().join("log")).unwrap();
        let mut child = self
            .binary()
            .args(["serve", "--http", "127.0.0.1:0", "--data"])
            .arg(self.data())
            .args(options)
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address =
            lines.find_map(|line| Some(line.ok()?.split_once('：')?.1.trim().to_owned()).filter(|found| found.starts_with("http")));
        let Some(address) = address else { panic!("the server did not start: {}", self.log()) };
        // What it says later is read and thrown away, so that it never waits for a reader.
        std::thread::spawn(move || lines.for_each(drop));
        Server { child, address }
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// `bihuan verify` with the roots: its answer and whether all was well.
    pub fn verify(&self) -> (bool, String) {
        let mut command = self.binary();
        command.args(["verify", "--data"]).arg(self.data());
        let roots = self.data().join("roots");
        if roots.exists() {
            command.arg("--roots").arg(roots);
        }
        let output = command.output().unwrap();
        (output.status.success(), format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr)))
    }

    /// The process id of this folder's own PostgreSQL.
    pub fn postgres(&self) -> Option<i32> {
        let text = find(&self.data(), "postmaster.pid").and_then(|path| std::fs::read_to_string(path).ok())?;
        text.lines().next()?.trim().parse().ok()
    }

    /// The database as its owner, beside the running server.
    pub async fn owner(&self) -> database::Opened {
        let settings = database::Settings { database_url: None, ..database::Settings::from_environment(self.data()) };
        database::open_beside(&settings).await.unwrap()
    }
}

impl Drop for Installation {
    fn drop(&mut self) {
        // What a killed server left behind ends with its folder.
        if let Some(pid) = self.postgres() {
            let _ = nix::sys::signal::kill(nix::unistd::Pid::from_raw(pid), nix::sys::signal::Signal::SIGQUIT);
            let begun = Instant::now();
            while self.postgres().is_some() && begun.elapsed() < Duration::from_secs(5) {
                std::thread::sleep(Duration::from_millis(50));
            }
        }
    }
}

fn find(folder: &Path, name: &str) -> Option<PathBuf> {
    let entries: Vec<PathBuf> = std::fs::read_dir(folder).ok()?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    if let Some(found) = entries.iter().find(|path| path.file_name().is_some_and(|file| file == name)) {
        return Some(found.clone());
    }
    entries.iter().filter(|path| path.is_dir() && !path.ends_with("base") && !path.ends_with("pg_wal")).find_map(|path| find(path, name))
}

impl Server {
    /// Kills it as a power cut would.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to stop and waits.
    pub fn stop(mut self) -> bool {
        nix::sys::signal::kill(nix::unistd::Pid::from_raw(self.child.id() as i32), nix::sys::signal::Signal::SIGTERM).unwrap();
        self.child.wait().unwrap().success()
    }

    pub fn visitor(&self) -> Caller {
        Caller { client: client(), address: self.address.clone(), bearer: None, first_seen: false }
    }

    pub async fn signed_in(&self, account: &str, password: &str) -> Caller {
        let caller = self.visitor();
        let answer = caller.post("/api/v1/session", json!({ "account": account, "password": password })).await;
        assert_eq!(answer.status, 200, "{account}: {}", answer.text);
        caller
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn client() -> Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().cookie_store(true).pool_max_idle_per_host(0).timeout(Duration::from_secs(20)).build().unwrap()
}

/// A browser or a machine.
#[derive(Clone)]
pub struct Caller {
    pub client: Client,
    pub address: String,
    pub bearer: Option<String>,
    first_seen: bool,
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub kind: String,
    pub text: String,
    pub body: Value,
}

impl Answer {
    /// A refusal for who asks, not for how he asks: a body that is no JSON of ours would prove nothing.
    pub fn is_refused(&self) -> bool {
        let code = self.body["code"].as_str().unwrap_or_default();
        matches!(self.status, 403 | 404) || (self.status == 422 && !code.starts_with("json-") && code != "if-match-missing")
    }
}

impl Caller {
    pub async fn try_send(&self, method: Method, path: &str, body: Option<Vec<u8>>, kind: &str) -> reqwest::Result<Answer> {
        let mut request = self.client.request(method, format!("{}{path}", self.address));
        if let Some(key) = &self.bearer {
            request = request.bearer_auth(key);
        }
        if self.first_seen {
            request = request.header("if-match", "\"1\"");
        }
        if let Some(body) = body {
            request = request.header("content-type", kind).body(body);
        }
        let response = request.send().await?;
        let status = response.status().as_u16();
        let kind = response.headers().get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_owned();
        // A stream of events never ends: its head is answer enough.
        let text = if kind.starts_with("text/event-stream") {
            String::new()
        } else {
            String::from_utf8_lossy(&response.bytes().await?).into_owned()
        };
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        Ok(Answer { status, kind, text, body })
    }

    pub async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        self.try_send(method, path, body.map(|body| body.to_string().into_bytes()), "application/json").await.unwrap()
    }

    /// Sends a request with `If-Match`, as a page does that has seen the first version.
    pub async fn send_as_seen(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let seen = Caller { first_seen: true, ..self.clone() };
        seen.send(method, path, body).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(Method::POST, path, Some(body)).await
    }

    /// Makes a person of one role in an organisation and signs in as that person with a password of its own.
    pub async fn hire(&self, server: &Server, account: &str, role: &str, organisation: &str) -> Caller {
        let first = "first-lamp-41";
        let new = json!({ "account": account, "name": format!("测试{account}"), "organisation_id": organisation, "roles": [role], "regions": [], "password": first });
        let made = self.post("/api/v1/people", new).await;
        assert!(made.status == 201 || made.status == 200, "{account}: {}", made.text);
        let caller = server.signed_in(account, first).await;
        let changed = caller.post("/api/v1/session/password", json!({ "old": first, "new": PASSWORD })).await;
        assert!(changed.status < 300, "{account}: {}", changed.text);
        server.signed_in(account, PASSWORD).await
    }

    /// Makes a machine and calls with its key.
    pub async fn machine(&self, server: &Server, account: &str, organisation: &str) -> Caller {
        let new = json!({ "account": account, "name": format!("测试{account}"), "organisation_id": organisation, "roles": ["machine"], "regions": [] });
        let made = self.post("/api/v1/people", new).await;
        assert!(made.status < 300, "{account}: {}", made.text);
        let id = made.body["id"].as_str().unwrap();
        let key = self.post(&format!("/api/v1/people/{id}/api-keys"), json!({ "name": "测试" })).await;
        assert!(key.status < 300, "{}", key.text);
        let bearer = key.body["key"].as_str().unwrap_or_else(|| panic!("{}", key.text)).to_owned();
        Caller { bearer: Some(bearer), ..server.visitor() }
    }

    /// The root of the organisation tree.
    pub async fn root(&self) -> String {
        self.get("/api/v1/organisations").await.body["items"][0]["id"].as_str().unwrap().to_owned()
    }
}
