//! Who is calling, and over what: the peer itself, or what a trusted proxy says of the client.

use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{Extensions, HeaderMap, request::Parts},
};

/// Addresses of proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed (`BIHUAN_TRUSTED_PROXIES`).
#[derive(Debug, Clone, Default)]
pub struct TrustedProxies(pub Arc<[IpAddr]>);

/// The client's address, for rates and the sign-in audit.
#[derive(Debug, Clone, Copy)]
pub struct ClientAddress(pub IpAddr);

/// Whether a trusted proxy says that the client reached it over HTTPS. What anybody else says of it counts for nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ForwardedHttps(pub bool);

impl TrustedProxies {
    /// Whether a request comes from a trusted proxy that was itself reached over HTTPS.
    #[must_use]
    pub fn say_https(&self, extensions: &Extensions, headers: &HeaderMap) -> bool {
        self.0.contains(&peer(extensions)) && last(headers, "x-forwarded-proto").is_some_and(|scheme| scheme.eq_ignore_ascii_case("https"))
    }
}

/// The other end of the connection. An IPv4 peer of an IPv6 socket is known by its IPv4 address.
fn peer(extensions: &Extensions) -> IpAddr {
    extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(address)| address.ip().to_canonical())
}

/// The last entry of a list that proxies write: the one our own proxy wrote, on the last line if it added one of its own; earlier ones
/// are the client's own claim.
fn last<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get_all(name).iter().next_back()?.to_str().ok()?.rsplit(',').next().map(str::trim)
}

impl<S: Send + Sync> FromRequestParts<S> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        let peer = peer(&parts.extensions);
        let believed = parts.extensions.get::<TrustedProxies>().is_some_and(|proxies| proxies.0.contains(&peer));
        let forwarded = believed.then(|| last(&parts.headers, "x-forwarded-for")).flatten().and_then(|entry| entry.parse().ok());
        Ok(Self(forwarded.unwrap_or(peer)))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for ForwardedHttps {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        let proxies = parts.extensions.get::<TrustedProxies>();
        Ok(Self(proxies.is_some_and(|proxies| proxies.say_https(&parts.extensions, &parts.headers))))
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    async fn read(peer: &str, headers: &[(&'static str, &str)]) -> (String, bool) {
        let mut request = Request::builder();
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut parts = request.body(()).unwrap().into_parts().0;
        parts.extensions.insert(ConnectInfo::<SocketAddr>(peer.parse().unwrap()));
        parts.extensions.insert(TrustedProxies(Arc::new(["10.0.0.7".parse().unwrap()])));
        let ClientAddress(address) = ClientAddress::from_request_parts(&mut parts, &()).await.unwrap();
        let ForwardedHttps(https) = ForwardedHttps::from_request_parts(&mut parts, &()).await.unwrap();
        (address.to_string(), https)
    }

    #[tokio::test]
    async fn only_the_trusted_proxy_is_believed_and_only_its_own_word() {
        let forwarded = [("x-forwarded-for", "1.2.3.4, 192.0.2.9"), ("x-forwarded-proto", "https")];
        assert_eq!(read("10.0.0.7:1", &forwarded).await, ("192.0.2.9".into(), true));
        assert_eq!(read("[::ffff:10.0.0.7]:1", &forwarded).await, ("192.0.2.9".into(), true));
        assert_eq!(read("10.0.0.8:1", &forwarded).await, ("10.0.0.8".into(), false));
        assert_eq!(read("10.0.0.7:1", &[("x-forwarded-proto", "https, http")]).await, ("10.0.0.7".into(), false));
        // A proxy that adds lines of its own instead of entries.
        let lines = [
            ("x-forwarded-for", "1.2.3.4"),
            ("x-forwarded-for", "192.0.2.9"),
            ("x-forwarded-proto", "https"),
            ("x-forwarded-proto", "HTTP"),
        ];
        assert_eq!(read("10.0.0.7:1", &lines).await, ("192.0.2.9".into(), false));
    }

    #[tokio::test]
    async fn without_a_list_nobody_is_believed() {
        let mut parts = Request::builder().header("x-forwarded-proto", "https").body(()).unwrap().into_parts().0;
        assert_eq!(ForwardedHttps::from_request_parts(&mut parts, &()).await, Ok(ForwardedHttps(false)));
    }
}
