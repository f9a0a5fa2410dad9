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
/// Bytes of one datagram of answers: it passes every network whole.
const ANSWERS: usize = 1_024;
/// Stands before and after each frame.
const MARK: u8 = 0x7e;

/// A datagram that waits, and the house's room that it takes.
type Waiting = (Vec<u8>, OwnedSemaphorePermit);

pub(super) async fn receive(vehicles: Vehicles, socket: UdpSocket, places: Arc<Semaphore>, mut closing: watch::Receiver<bool>) {
    let socket = Arc::new(socket);
    let mut speakers: HashMap<SocketAddr, mpsc::Sender<Waiting>> = HashMap::new();
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
                let Some((place, talk)) = place.and_then(|place| Some((place, Talk::begin(&vehicles, None)?))) else {
                    refused();
                    continue;
                };
                let (sender, receiver) = mpsc::channel(WAITING);
                conversations.spawn(converse(socket.clone(), from, receiver, talk, place, closing.clone()));
                entry.insert_entry(sender).into_mut()
            }
        };
        // A datagram has fewer than 65,536 bytes.
        let room = vehicles.room().clone().try_acquire_many_owned(many as u32);
        if !room.is_ok_and(|room| speaker.try_send((datagram[..many].to_vec(), room)).is_ok()) {
            metrics::counter!("bihuan_jt808_frames_total", "outcome" => "dropped").increment(1);
        }
    }
    drop(speakers);
    while conversations.join_next().await.is_some() {}
}

async fn converse(
    socket: Arc<UdpSocket>,
    to: SocketAddr,
    mut waiting: mpsc::Receiver<Waiting>,
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
            datagram = waiting.recv(), if talk.rests_until().is_none() => match datagram {
                Some((datagram, _room)) => talk.hear(&datagram).await,
                None => return,
            },
            () = tokio::time::sleep_until(talk.wake()) => talk.look(),
        };
        for answers in datagrams(&heard.answers) {
            let _ = socket.send_to(answers, to).await;
        }
        if let Some(end) = heard.end {
            ended(end);
            return;
        }
    }
}

/// Whole frames, as many as go together into a datagram; a longer one goes alone.
fn datagrams(answers: &[u8]) -> Vec<&[u8]> {
    let (mut datagrams, mut begin, mut end) = (Vec::new(), 0, 0);
    // Between its marks a frame holds none.
    let marks = answers.iter().enumerate().filter(|(_, byte)| **byte == MARK).map(|(at, _)| at + 1);
    for next in marks.skip(1).step_by(2) {
        if next - begin > ANSWERS && end > begin {
            datagrams.push(&answers[begin..end]);
            begin = end;
        }
        end = next;
    }
    if end > begin {
        datagrams.push(&answers[begin..end]);
    }
    datagrams
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_datagram_holds_whole_frames() {
        let frame = |length: usize| [vec![MARK], vec![1; length - 2], vec![MARK]].concat();
        let answers: Vec<u8> = [500, 500, 30, 2_000, 20, 1_004].into_iter().flat_map(frame).collect();
        let found = datagrams(&answers);
        assert_eq!(found.iter().map(|datagram| datagram.len()).collect::<Vec<_>>(), [1_000, 30, 2_000, 1_024]);
        assert!(found.iter().all(|datagram| datagram.first() == Some(&MARK) && datagram.last() == Some(&MARK)));
        assert_eq!(found.concat(), answers);
        assert!(datagrams(&[]).is_empty());
    }
}
