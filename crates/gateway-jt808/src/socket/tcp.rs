//! Terminals on TCP.

use std::{sync::Arc, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, watch},
    task::JoinSet,
};

use super::{closed, ended, refused, told};
use crate::{Vehicles, talk::Talk};

/// Bytes that are read at a time: what one connection may have under way.
const PIECE: usize = 2_048;
/// After an error of the listener, which is one of the whole machine: no descriptors, no memory.
const BREATH: Duration = Duration::from_millis(100);

pub(super) async fn accept(vehicles: Vehicles, listener: TcpListener, places: Arc<Semaphore>, mut closing: watch::Receiver<bool>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            () = closed(&mut closing) => break,
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, from)) => {
                    let place = places.clone().try_acquire_owned().ok();
                    match place.and_then(|place| Some((place, Talk::begin(&vehicles, Some(from.ip()))?))) {
                        Some((place, talk)) => drop(connections.spawn(converse(stream, talk, vehicles.limits().reading, place, closing.clone()))),
                        None => refused(),
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection of a terminal could not be taken");
                    tokio::time::sleep(BREATH).await;
                }
            },
        }
    }
    while connections.join_next().await.is_some() {}
}

async fn converse(
    mut stream: TcpStream,
    mut talk: Talk,
    reading: Duration,
    _place: OwnedSemaphorePermit,
    mut closing: watch::Receiver<bool>,
) {
    let _ = stream.set_nodelay(true);
    let mut piece = vec![0; PIECE];
    loop {
        let replaced = talk.replaced();
        let heard = tokio::select! {
            biased;
            () = closed(&mut closing) => return,
            () = told(replaced) => return,
            read = stream.read(&mut piece), if talk.rests_until().is_none() => match read {
                Ok(0) | Err(_) => return,
                Ok(many) => talk.hear(&piece[..many]).await,
            },
            () = tokio::time::sleep_until(talk.wake()) => talk.look(),
        };
        // Who does not read his answers holds nobody's memory but a socket's.
        let told = tokio::time::timeout(reading, stream.write_all(&heard.answers)).await;
        if let Some(end) = heard.end {
            ended(end);
            let _ = stream.shutdown().await;
            return;
        }
        if !matches!(told, Ok(Ok(()))) {
            return;
        }
    }
}
