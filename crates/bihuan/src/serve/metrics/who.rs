//! Who may read the metrics: a program on the machine itself, or whoever has the token.

use std::{net::SocketAddr, path::Path, sync::Arc};

use anyhow::{Context, Result, ensure};
use axum::{
    extract::{ConnectInfo, Request},
    http::{HeaderMap, header},
};
use kernel::problem::Problem;

/// The shortest token: 128 bits as hexadecimal digits.
const SHORTEST: usize = 32;
/// What proxies put on the requests of others. A proxy on this machine must not open to the public what only the machine may read.
const FORWARDED: [&str; 6] = ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"];

/// Who may read.
#[derive(Clone, Default)]
pub struct Readers(Option<Arc<str>>);

impl Readers {
    /// The machine itself, and with a file whoever has the token in it.
    ///
    /// # Errors
    /// A file that cannot be read, or a token that is too short to be one.
    pub fn read(file: Option<&Path>) -> Result<Self> {
        let Some(file) = file else { return Ok(Self::default()) };
        let text = std::fs::read_to_string(file).with_context(|| format!("指标令牌文件 {} 无法读取", file.display()))?;
        let token = text.trim();
        ensure!(token.len() >= SHORTEST, "指标令牌文件 {} 里的令牌至少要 {SHORTEST} 个字符", file.display());
        Ok(Self(Some(token.into())))
    }

    /// Lets a request in, or says why not.
    pub fn admit(&self, request: &Request) -> Result<(), Problem> {
        let given = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
        let has_token = matches!((given, &self.0), (Some(given), Some(token)) if same(given.as_bytes(), token.as_bytes()));
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0);
        if has_token || peer.is_some_and(|peer| is_this_machine(peer, request.headers())) {
            return Ok(());
        }
        let detail = "运行指标只对本机开放；从别处读取请设置 BIHUAN_METRICS_TOKEN_FILE，并在请求中带上其中的令牌。";
        Err(Problem::forbidden("metrics-closed", detail))
    }
}

/// Asked from this machine, by its own name, and not on behalf of anybody else.
fn is_this_machine(peer: SocketAddr, headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let host = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit())).map_or(host, |(host, _)| host);
    peer.ip().to_canonical().is_loopback()
        && matches!(host, "localhost" | "127.0.0.1" | "[::1]")
        && !FORWARDED.iter().any(|name| headers.contains_key(*name))
}

/// Compares without telling by its time how much was right.
fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |differs, (one, other)| differs | (one ^ other)) == 0
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn admits(readers: &Readers, peer: &str, headers: &[(&str, &str)]) -> bool {
        let mut request = Request::get("/metrics");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut request = request.body(Body::empty()).unwrap();
        request.extensions_mut().insert(ConnectInfo::<SocketAddr>(peer.parse().unwrap()));
        readers.admit(&request).is_ok()
    }

    #[test]
    fn the_machine_itself_reads_and_nobody_through_it() {
        let readers = Readers::default();
        let own = ("host", "127.0.0.1:8080");
        assert!(admits(&readers, "127.0.0.1:1", &[own]));
        assert!(admits(&readers, "[::1]:1", &[("host", "[::1]:8080")]));
        assert!(admits(&readers, "[::ffff:127.0.0.1]:1", &[("host", "localhost")]));
        assert!(!admits(&readers, "10.0.0.7:1", &[own]));
        assert!(!admits(&readers, "127.0.0.1:1", &[("host", "city.example")]), "a proxy that passes the name on");
        assert!(!admits(&readers, "127.0.0.1:1", &[]));
        for name in FORWARDED {
            assert!(!admits(&readers, "127.0.0.1:1", &[own, (name, "10.0.0.9")]), "{name}");
        }
    }

    #[test]
    fn a_token_opens_from_anywhere_and_must_be_long() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("token");
        std::fs::write(&file, "0123456789abcdef0123456789abcdef\n").unwrap();
        let readers = Readers::read(Some(&file)).unwrap();
        assert!(admits(&readers, "10.0.0.7:1", &[("authorization", "Bearer 0123456789abcdef0123456789abcdef")]));
        assert!(!admits(&readers, "10.0.0.7:1", &[("authorization", "Bearer 0123456789abcdef0123456789abcdee")]));
        assert!(!admits(&Readers::default(), "10.0.0.7:1", &[("authorization", "Bearer ")]));
        std::fs::write(&file, "short").unwrap();
        assert!(Readers::read(Some(&file)).is_err());
        assert!(Readers::read(Some(&folder.path().join("none"))).is_err());
    }
}
