//! Terminals on UDP: each address has its own conversation, one datagram after the other.

use std::{
    collections::{HashMap, hash_map::Entry},
    net::SocketAddr,
    sync::Arc,
};

use tokio::{
    net::UdpSocket,
    sync::{OwnedSemaphorePermit, Semaphore, mpsc, watch},
    task::JoinSet,
};

use super::{closed, ended, refused, told};
use crate::{Vehicles, talk::Talk};

/// The largest datagram.
const LARGEST: usize = 65_536;
/// Datagrams of one address that wait. More are dropped and counted; they were not answered, and the terminal sends them again.
const WAITING: usize = 8;

pub(super) async fn receive(vehicles: Vehicles, socket: UdpSocket, places: Arc<Semaphore>, mut closing: watch::Receiver<bool>) {
    let socket = Arc::new(socket);
    let mut speakers: HashMap<SocketAddr, mpsc::Sender<Vec<u8>>> = HashMap::new();
    let mut conversations = JoinSet::new();
    let mut datagram = vec![0; LARGEST];
    loop {
        let (many, from) = tokio::select! {
            () = closed(&mut closing) => break,
            Some(_) = conversations.join_next() => {
                speakers.retain(|_, speaker| !speaker.is_closed());
                continue;
            }
            received = socket.recv_from(&mut datagram) => match received {
                Ok(received) => received,
                // An answer that found nobody at its address comes back as an error of the next receiving.
                Err(_) => continue,
            },
        };
        let speaker = match speakers.entry(from) {
            Entry::Occupied(speaker) if !speaker.get().is_closed() => speaker.into_mut(),
            entry => {
                let place = places.clone().try_acquire_owned().ok();
                let Some((place, talk)) = place.and_then(|place| Some((place, Talk::begin(&vehicles)?))) else {
                    refused();
                    continue;
                };
                let (sender, receiver) = mpsc::channel(WAITING);
                conversations.spawn(converse(socket.clone(), from, receiver, talk, place, closing.clone()));
                entry.insert_entry(sender).into_mut()
            }
        };
        if speaker.try_send(datagram[..many].to_vec()).is_err() {
            metrics::counter!("bihuan_jt808_frames_total", "outcome" => "dropped").increment(1);
        }
    }
    drop(speakers);
    while conversations.join_next().await.is_some() {}
}

async fn converse(
    socket: Arc<UdpSocket>,
    to: SocketAddr,
    mut waiting: mpsc::Receiver<Vec<u8>>,
    mut talk: Talk,
    _place: OwnedSemaphorePermit,
    mut closing: watch::Receiver<bool>,
) {
    loop {
        let replaced = talk.replaced();
        let heard = tokio::select! {
            biased;
            () = closed(&mut closing) => return,
            () = told(replaced) => return,
            datagram = waiting.recv() => match datagram {
                Some(datagram) => talk.hear(&datagram).await,
                None => return,
            },
            () = tokio::time::sleep_until(talk.wake()) => talk.look(),
        };
        // Each answer in a datagram of its own size: frames of a few dozen bytes.
        for answers in heard.answers.chunks(1_024) {
            let _ = socket.send_to(answers, to).await;
        }
        if let Some(end) = heard.end {
            ended(end);
            return;
        }
    }
}
