//! A large file has arrived: its hashes are known, it is judged, and it moves into the store.

use std::{io, io::Read, path::Path, sync::Arc};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures::{Stream, StreamExt};
use http_api::ApiProblem;
use kernel::problem::Problem;
use serde::Serialize;
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    digest::Digests,
    judge,
    store::{self, LargeRow},
    take::Lanes,
};
use crate::{
    FileId, Files, object,
    store::{self as files_store, UploadRow},
    upload::disk,
};

/// What is known of a large file (大文件信息).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LargeFile {
    /// The SHA-256 of its content.
    pub id: FileId,
    /// The SM3 of its content (GB/T 32905), where the house counts it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sm3: Option<String>,
    /// Its kind, judged by content; `application/octet-stream` where nobody knows.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// When it first came.
    pub created_at: DateTime<Utc>,
}

impl LargeFile {
    pub(super) fn of(row: LargeRow) -> Result<Self, ApiProblem> {
        let id = FileId::parse(&row.sha256)?;
        Ok(Self { id, sm3: row.sm3, media_type: row.media_type, size: row.size, created_at: row.created_at })
    }
}

impl Files {
    /// Pours a stream of the program's own making in as a large file, hashed and written as one that travels.
    ///
    /// # Errors
    /// The disk, the store or the database out of reach; what the stream itself reports.
    pub async fn pour(&self, stream: impl Stream<Item = io::Result<Bytes>>, uploader: Option<Uuid>) -> Result<LargeFile, ApiProblem> {
        let id = kernel::id::uuid_at(self.clock.now());
        let poured = self.pour_into(id, stream, uploader).await;
        self.drop_part(id).await;
        poured
    }

    async fn pour_into(
        &self,
        id: Uuid,
        stream: impl Stream<Item = io::Result<Bytes>>,
        uploader: Option<Uuid>,
    ) -> Result<LargeFile, ApiProblem> {
        let writing = Arc::new(self.busy.enter(id)?);
        let mut lanes = Lanes::open(self.part(id), Digests::new(self.limits.hashes), writing.clone());
        let mut stream = std::pin::pin!(stream);
        let broke = loop {
            match stream.next().await {
                None => break None,
                Some(Err(error)) => break Some(error),
                Some(Ok(piece)) => {
                    if !lanes.feed(piece).await {
                        break None;
                    }
                }
            }
        };
        let digests = lanes.close().await.map_err(|error| disk(&error))?;
        if let Some(error) = broke {
            return Err(disk(&error).into());
        }
        self.keep_large(id, digests, uploader).await
    }

    /// The file that an upload of `uploader` became, where it is whole.
    ///
    /// # Errors
    /// The database out of reach.
    pub async fn large_of_upload(
        &self,
        connection: &mut PgConnection,
        upload: Uuid,
        uploader: Uuid,
    ) -> Result<Option<LargeFile>, ApiProblem> {
        store::of_upload(connection, upload, uploader).await?.map(LargeFile::of).transpose()
    }

    /// Judges the part of `id`, moves it into the store and writes its row: in this order, so that a row never names what a crash could
    /// take away.
    async fn keep_large(&self, id: Uuid, digests: Digests, uploader: Option<Uuid>) -> Result<LargeFile, ApiProblem> {
        let part = self.part(id);
        let size = i64::try_from(digests.covered).unwrap_or(i64::MAX);
        let (sha256, sm3) = digests.finish();
        let head = {
            let part = part.clone();
            let read = tokio::task::spawn_blocking(move || head(&part)).await;
            read.map_err(io::Error::other).and_then(|read| read).map_err(|error| disk(&error))?
        };
        let file = FileId::parse(&sha256)?;
        let place = object::original(&file);
        // Sent again, bytes that the store has lost are kept again.
        if object::size(&*self.objects, &place).await? != Some(size.unsigned_abs()) {
            object::move_in(&*self.objects, self.folder.as_deref(), &place, &part).await?;
        }
        let row = LargeRow { sha256, sm3, media_type: judge::judge(&head).to_owned(), size, created_at: self.clock.now() };
        store::insert(self.database.pool(), &row, uploader).await?;
        metrics::counter!("bihuan_files_total", "outcome" => "kept").increment(1);
        metrics::counter!("bihuan_file_bytes_total", "outcome" => "kept").increment(size.unsigned_abs());
        LargeFile::of(row)
    }
}

/// Keeps an upload that is whole.
pub(crate) async fn finish(files: &Files, row: &UploadRow) -> Result<FileId, ApiProblem> {
    if let Some(sha256) = &row.sha256 {
        return Ok(FileId::parse(sha256)?);
    }
    // What lies on the disk counts: hashes that cover something else are made anew.
    let lies = tokio::fs::metadata(files.part(row.id)).await.map_err(|error| disk(&error))?.len();
    if lies != row.length.unsigned_abs() {
        files_store::delete_upload(files.database.pool(), row.id).await?;
        files.drop_part(row.id).await;
        return Err(Problem::conflict("upload-torn", "收到的内容与声明的大小不符，请重新上传").into());
    }
    let digests = match files.hashing.take(row.id, lies) {
        Some(digests) => digests,
        None => {
            let (part, hashes) = (files.part(row.id), files.limits.hashes);
            let anew = tokio::task::spawn_blocking(move || Digests::of_file(&part, hashes)).await;
            anew.map_err(io::Error::other).and_then(|read| read).map_err(|error| disk(&error))?
        }
    };
    let kept = files.keep_large(row.id, digests, row.uploader).await?;
    store::finish_upload(files.database.pool(), row.id, kept.id.as_str()).await?;
    files.drop_part(row.id).await;
    Ok(kept.id)
}

/// The first bytes of a part.
fn head(part: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(judge::HEAD);
    std::fs::File::open(part)?.take(judge::HEAD as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}
