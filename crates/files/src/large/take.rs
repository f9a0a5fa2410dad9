//! Pieces of a large file: written and hashed side by side while the next one arrives.

use std::{
    fs::OpenOptions,
    io::{self, Write},
    path::PathBuf,
    sync::Arc,
};

use axum::body::Body;
use bytes::Bytes;
use futures::StreamExt;
use http_api::ApiProblem;
use kernel::problem::Problem;
use sha2::{Digest, Sha256};
use sm3::Sm3;
use tokio::{sync::mpsc, task::JoinHandle};

use super::digest::Digests;
use crate::{
    Files,
    store::UploadRow,
    upload::{busy::Writing, disk, within_silence},
};

/// Pieces that wait for a lane. A piece is what the connection gives at once, a few hundred kilobytes at most.
const WAITING: usize = 8;

/// The writer and the hashers of one connection, each on a thread that may wait, all fed with the same pieces.
pub(super) struct Lanes {
    feeds: Vec<mpsc::Sender<Bytes>>,
    writer: JoinHandle<io::Result<()>>,
    sha256: JoinHandle<Sha256>,
    sm3: Option<JoinHandle<Sm3>>,
    covered: u64,
}

/// Feeds a hasher until its lane ends.
fn hasher<H: Digest + Send + 'static>(mut hash: H, mut lane: mpsc::Receiver<Bytes>) -> JoinHandle<H> {
    tokio::task::spawn_blocking(move || {
        while let Some(piece) = lane.blocking_recv() {
            hash.update(&piece);
        }
        hash
    })
}

impl Lanes {
    /// Opens lanes behind what `digests` cover. The writer holds the upload: where the client goes away in the middle, nobody else appends
    /// before it has written what it was handed.
    pub fn open(part: PathBuf, digests: Digests, writing: Arc<Writing>) -> Self {
        let (to_writer, mut lane) = mpsc::channel::<Bytes>(WAITING);
        let writer = tokio::task::spawn_blocking(move || {
            let _writing = writing;
            let mut file = OpenOptions::new().create(true).append(true).open(part)?;
            while let Some(piece) = lane.blocking_recv() {
                file.write_all(&piece)?;
            }
            // An offset that was answered is never taken back, not by a power cut either.
            file.sync_data()
        });
        let (to_sha256, lane) = mpsc::channel(WAITING);
        let sha256 = hasher(digests.sha256, lane);
        let mut feeds = vec![to_writer, to_sha256];
        let sm3 = digests.sm3.map(|sm3| {
            let (to_sm3, lane) = mpsc::channel(WAITING);
            feeds.push(to_sm3);
            hasher(sm3, lane)
        });
        Self { feeds, writer, sha256, sm3, covered: digests.covered }
    }

    /// Hands a piece to every lane; waits where one is behind. `false` where a lane has ended early: [`Lanes::close`] says why.
    pub async fn feed(&mut self, piece: Bytes) -> bool {
        self.covered += piece.len() as u64;
        for feed in &self.feeds {
            if feed.send(piece.clone()).await.is_err() {
                return false;
            }
        }
        true
    }

    /// Waits until everything is on the disk and hashed.
    pub async fn close(self) -> io::Result<Digests> {
        drop(self.feeds);
        self.writer.await.map_err(io::Error::other)??;
        let sm3 = match self.sm3 {
            Some(sm3) => Some(sm3.await.map_err(io::Error::other)?),
            None => None,
        };
        Ok(Digests { covered: self.covered, sha256: self.sha256.await.map_err(io::Error::other)?, sm3 })
    }
}

/// Takes what comes behind the `arrived` bytes, and says how much is there then. What came before a connection broke stays.
pub(crate) async fn take(files: &Files, row: &UploadRow, arrived: u64, body: Body, writing: Arc<Writing>) -> Result<u64, ApiProblem> {
    let part = files.part(row.id);
    let digests = match files.hashing.take(row.id, arrived) {
        Some(digests) => digests,
        None if arrived == 0 => Digests::new(files.limits.hashes),
        None => {
            let (part, hashes) = (part.clone(), files.limits.hashes);
            let anew = tokio::task::spawn_blocking(move || Digests::of_file(&part, hashes)).await;
            anew.map_err(io::Error::other).and_then(|read| read).map_err(|error| disk(&error))?
        }
    };
    let (length, mut there) = (row.length.unsigned_abs(), arrived);
    let mut lanes = Lanes::open(part, digests, writing);
    let mut stream = body.into_data_stream();
    let broke = loop {
        let piece = match within_silence(stream.next()).await {
            Ok(Some(Ok(piece))) => piece,
            Ok(None) => break None,
            Ok(Some(Err(_))) => break Some(Problem::invalid("body-unreadable", "连接中断，文件没有完整收到，请继续上传")),
            Err(problem) => break Some(problem),
        };
        if there + piece.len() as u64 > length {
            break Some(Problem::too_large("upload-too-long", "收到的数据超过了声明的文件大小（Upload-Length）"));
        }
        there += piece.len() as u64;
        if !lanes.feed(piece).await {
            break None;
        }
    };
    let digests = lanes.close().await.map_err(|error| disk(&error))?;
    files.hashing.keep(row.id, digests);
    broke.map_or(Ok(there), |problem| Err(problem.into()))
}
