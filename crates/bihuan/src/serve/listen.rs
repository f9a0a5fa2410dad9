//! The socket, with TLS or without.

use std::net::SocketAddr;

use anyhow::{Context, Result};
use axum::Router;
use axum_server::{Handle, tls_rustls::RustlsConfig};
use tokio::task::JoinHandle;

use super::{
    headers::GRACE,
    house::{House, router},
};
use crate::settings::ServeArgs;

/// A listening server.
pub struct Listening {
    address: SocketAddr,
    scheme: &'static str,
    handle: Handle<SocketAddr>,
    task: JoinHandle<std::io::Result<()>>,
}

/// Starts to listen.
pub async fn listen(args: &ServeArgs, house: &House) -> Result<Listening> {
    listen_with(args, router(args, &house.rooms, Router::new())?).await
}

/// Starts to listen with a router that has more than the usual.
pub async fn listen_with(args: &ServeArgs, router: Router) -> Result<Listening> {
    let listener = std::net::TcpListener::bind(args.http).with_context(|| format!("地址 {} 无法监听，可能已被占用", args.http))?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let handle = Handle::new();
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let (scheme, task) = match (&args.tls_cert, &args.tls_key) {
        (Some(cert), Some(key)) => {
            let _ = rustls::crypto::ring::default_provider().install_default();
            let config = RustlsConfig::from_pem_file(cert, key).await.context("TLS 证书或私钥无法读取")?;
            let server = axum_server::from_tcp_rustls(listener, config)?.handle(handle.clone());
            ("https", tokio::spawn(server.serve(service)))
        }
        _ => ("http", tokio::spawn(axum_server::from_tcp(listener)?.handle(handle.clone()).serve(service))),
    };
    Ok(Listening { address, scheme, handle, task })
}

/// Starts to listen for terminals of vehicles, where an address is given.
pub async fn listen_for_vehicles(args: &ServeArgs, house: &House) -> Result<Option<gateway_jt808::Listening>> {
    let Some(address) = args.jt808 else { return Ok(None) };
    let listening = gateway_jt808::listen(&house.rooms.vehicles, address).await;
    listening.map(Some).with_context(|| format!("车载终端的接入地址 {address} 无法监听，可能已被占用"))
}

impl Listening {
    /// Where.
    pub fn address(&self) -> String {
        format!("{}://{}", self.scheme, self.address)
    }

    /// Stops to listen and waits for what is under way.
    pub async fn stop(self) {
        self.handle.graceful_shutdown(Some(GRACE));
        if let Ok(Err(error)) = self.task.await {
            tracing::warn!(%error, "the server ended with an error");
        }
    }
}
