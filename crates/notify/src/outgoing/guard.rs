//! Where it may go: nobody uses this server to reach what only this server can reach.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use kernel::problem::Problem;
use reqwest::{
    Url,
    dns::{Addrs, Name, Resolve, Resolving},
};

/// Checks an address as an administrator typed it.
pub(super) fn refuse_url(text: &str, allow_private: bool) -> Result<Url, Problem> {
    let invalid = |why: &str| Problem::invalid("webhook-url-invalid", "推送地址不符合要求").field("url", why.to_owned());
    if text.len() > 2000 {
        return Err(invalid("地址过长"));
    }
    let url = Url::parse(text).map_err(|_| invalid("应为完整的网址，形如 https://example.com/hook"))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(invalid("网址中不能包含账号和口令"));
    }
    let Some(host) = url.host_str() else { return Err(invalid("网址中没有主机")) };
    let literal = host.trim_matches(['[', ']']).parse::<IpAddr>().ok();
    let itself = host == "localhost" || literal.is_some_and(|address| address.is_loopback());
    match url.scheme() {
        "https" => {}
        "http" if itself || allow_private => {}
        _ => return Err(invalid("应使用 https（本机地址可用 http）")),
    }
    if !itself && !allow_private && literal.is_some_and(|address| !is_public(address)) {
        return Err(invalid("不能推送到内部网络的地址"));
    }
    Ok(url)
}

/// Whether an address belongs to the public internet.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => match embedded(v6) {
            Some(v4) => is_public_v4(v4),
            None => is_public_v6(v6),
        },
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (b == 18 || b == 19)))
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    // Only 2000::/3 is given out; inside it the documentation's and Teredo's blocks lead nowhere or elsewhere.
    let [first, second, ..] = address.segments();
    (first & 0xE000) == 0x2000 && !(first == 0x2001 && (second == 0x0DB8 || second < 0x0200))
}

/// An IPv4 address in one of IPv6's disguises: mapped, compatible, NAT64, 6to4.
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let bytes = address.octets();
    let tail = Ipv4Addr::new(bytes[12], bytes[13], bytes[14], bytes[15]);
    let segments = address.segments();
    if segments[..5] == [0; 5] && (segments[5] == 0xFFFF || (segments[5] == 0 && segments[6] != 0)) {
        return Some(tail);
    }
    if segments[..6] == [0x64, 0xFF9B, 0, 0, 0, 0] {
        return Some(tail);
    }
    (segments[0] == 0x2002).then(|| Ipv4Addr::new(bytes[2], bytes[3], bytes[4], bytes[5]))
}

/// Resolves names and keeps only addresses that may be reached, at the moment of the call: a name that moves inside later is caught too.
pub(super) struct Guarded {
    pub(super) allow_private: bool,
}

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let allow_private = self.allow_private;
        Box::pin(async move {
            let itself = name.as_str() == "localhost";
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let may = |address: &SocketAddr| allow_private || if itself { address.ip().is_loopback() } else { is_public(address.ip()) };
            let allowed: Vec<SocketAddr> = found.filter(may).collect();
            if allowed.is_empty() {
                return Err("the name leads to no address that a webhook may reach".into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_public_internet_over_tls_and_the_machine_itself() {
        for good in ["https://example.com/hook?a=b", "https://8.8.8.8/", "http://127.0.0.1:9/x", "http://localhost/", "http://[::1]:80/"] {
            assert!(refuse_url(good, false).is_ok(), "{good}");
        }
        for bad in [
            "http://example.com/",
            "ftp://example.com/",
            "https://10.0.0.1/",
            "https://192.168.1.1/",
            "https://172.20.0.1/",
            "https://169.254.169.254/latest/meta-data",
            "https://[fd00::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://[fe80::1]/",
            "https://0.0.0.0/",
            "https://100.64.0.1/",
            "https://0x0a000001/",
            "https://167772161/",
            "https://[64:ff9b::a00:1]/",
            "https://[2002:a00:1::]/",
            "https://user:pass@example.com/",
            "nonsense",
            "file:///etc/passwd",
        ] {
            assert!(refuse_url(bad, false).is_err(), "{bad}");
        }
        assert!(refuse_url("http://10.0.0.1/hook", true).is_ok());
    }

    #[tokio::test]
    async fn a_name_that_leads_inside_is_refused_when_it_is_called() {
        use std::str::FromStr;
        let guard = Guarded { allow_private: false };
        assert!(guard.resolve(Name::from_str("localhost").unwrap()).await.is_ok());
        // Every system knows its own name for the loopback besides `localhost`; a numeric name stands for it here.
        assert!(guard.resolve(Name::from_str("127.0.0.2").unwrap()).await.is_err());
    }
}
