//! Who is calling: the peer's address, or what a trusted proxy says of it.

use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::request::Parts,
};

/// Addresses of proxies whose `X-Forwarded-For` is believed (`BIHUAN_TRUSTED_PROXIES`).
#[derive(Debug, Clone, Default)]
pub struct TrustedProxies(pub Arc<[IpAddr]>);

/// The client's address, for rates and the sign-in audit.
#[derive(Debug, Clone, Copy)]
pub struct ClientAddress(pub IpAddr);

impl<S: Send + Sync> FromRequestParts<S> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        let peer = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(address)| address.ip());
        let trusted = parts.extensions.get::<TrustedProxies>();
        let believed = trusted.is_some_and(|proxies| proxies.0.contains(&peer));
        let forwarded = believed
            .then(|| parts.headers.get("x-forwarded-for").and_then(|value| value.to_str().ok()))
            .flatten()
            // The last entry is the one our own proxy wrote; earlier ones are the client's own claim.
            .and_then(|list| list.rsplit(',').next())
            .and_then(|entry| entry.trim().parse().ok());
        Ok(Self(forwarded.unwrap_or(peer)))
    }
}
