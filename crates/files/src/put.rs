//! Keeping a file: judged, durable in the store, then in the table; and what is known of it.

use bytes::{Bytes, BytesMut};
use chrono::{DateTime, Utc};
use futures::{Stream, StreamExt};
use http_api::ApiProblem;
use kernel::problem::Problem;
use serde::Serialize;
use sqlx::PgConnection;
use tokio::sync::OwnedSemaphorePermit;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    FileId, Files, MediaType, judge, likeness,
    limits::{LARGEST, ONE_SHOT},
    object, picture, store, trace,
};

/// The bytes by which memory is taken for a body that comes in.
const STEP: usize = 256 * 1024;

/// What is known of a file (文件信息).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FileMeta {
    /// The hash of its content.
    pub id: FileId,
    /// Its kind, judged by content.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// Pixels across, as a person sees it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<i32>,
    /// Pixels down, as a person sees it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<i32>,
    /// When it first came.
    pub created_at: DateTime<Utc>,
}

impl FileMeta {
    /// The kind as a type.
    #[must_use]
    pub fn kind(&self) -> Option<MediaType> {
        MediaType::from_name(&self.media_type)
    }
}

/// What looking at a file's content found.
struct Looked {
    id: FileId,
    kind: MediaType,
    sides: Option<(i32, i32)>,
    thumbnail: Option<Vec<u8>>,
    /// What the picture looks like.
    hash: Option<i64>,
    /// What its camera says.
    taken: Option<trace::Taken>,
}

impl Files {
    /// Keeps these bytes. The same bytes twice are one file; the second time only looks it up.
    ///
    /// # Errors
    /// `file-empty`, `file-too-large`, `file-type-unsupported`, `file-damaged`, `picture-too-large`; store and database out of reach.
    pub async fn put(&self, bytes: Bytes, uploader: Option<Uuid>) -> Result<FileMeta, ApiProblem> {
        let size = bytes.len() as u64;
        let kept = self.keep(bytes, uploader).await;
        let outcome = if kept.is_ok() { "kept" } else { "refused" };
        metrics::counter!("bihuan_files_total", "outcome" => outcome).increment(1);
        metrics::counter!("bihuan_file_bytes_total", "outcome" => outcome).increment(size);
        kept
    }

    /// Keeps a document that the program itself made, in the caller's transaction: taken back, nothing names it. It needs no second connection.
    ///
    /// # Errors
    /// As [`Files::put`].
    pub async fn put_in(&self, connection: &mut PgConnection, bytes: Bytes) -> Result<FileMeta, ApiProblem> {
        let looked = self.look(bytes.clone()).await?;
        let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        object::put(&*self.objects, &object::original(&looked.id), bytes).await?;
        let row = store::FileRow {
            sha256: looked.id.to_string(),
            media_type: looked.kind.name().to_owned(),
            size,
            width: None,
            height: None,
            created_at: self.clock.now(),
        };
        store::insert_file(connection, &row, None, None, None).await?;
        Ok(meta_of(looked.id, row))
    }

    async fn keep(&self, bytes: Bytes, uploader: Option<Uuid>) -> Result<FileMeta, ApiProblem> {
        if bytes.len() as u64 > LARGEST {
            return Err(judge::too_large().into());
        }
        let looked = self.look(bytes.clone()).await?;
        let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        let path = object::original(&looked.id);
        // Sent again, bytes that the store has lost are kept again.
        if let Some(meta) = self.find(&looked.id).await?
            && object::size(&*self.objects, &path).await? == Some(size.unsigned_abs())
        {
            return Ok(meta);
        }
        // The bytes first, durably: a row never names what a crash could take away.
        object::put(&*self.objects, &path, bytes).await?;
        if let Some(thumbnail) = looked.thumbnail {
            object::put(&*self.objects, &object::derived("thumbnail", &looked.id), thumbnail.into()).await?;
        }
        let row = store::FileRow {
            sha256: looked.id.to_string(),
            media_type: looked.kind.name().to_owned(),
            size,
            width: looked.sides.map(|sides| sides.0),
            height: looked.sides.map(|sides| sides.1),
            created_at: self.clock.now(),
        };
        store::insert_file(self.database.pool(), &row, looked.hash, looked.taken.as_ref(), uploader).await?;
        Ok(meta_of(looked.id, row))
    }

    /// Keeps what a stream brings, held in memory up to the limit of one file.
    ///
    /// # Errors
    /// As [`Files::put`]; `body-unreadable` when the stream breaks off, `busy` when too much comes in at once.
    pub async fn put_stream<E: std::fmt::Display>(
        &self,
        stream: impl Stream<Item = Result<Bytes, E>>,
        uploader: Option<Uuid>,
    ) -> Result<FileMeta, ApiProblem> {
        let received = tokio::time::timeout(ONE_SHOT, self.receive(stream)).await;
        let (bytes, _held) = received.map_err(|_| Problem::invalid("body-unreadable", "文件接收超时，请改用断点续传上传"))??;
        self.put(bytes, uploader).await
    }

    /// All bytes of a stream, with the memory they are counted in. A slow sender holds no more than he has sent.
    async fn receive<E: std::fmt::Display>(
        &self,
        stream: impl Stream<Item = Result<Bytes, E>>,
    ) -> Result<(Bytes, Vec<OwnedSemaphorePermit>), Problem> {
        let mut stream = std::pin::pin!(stream);
        let mut bytes = BytesMut::new();
        let mut held = Vec::new();
        while let Some(chunk) = crate::upload::within_silence(stream.next()).await? {
            let chunk = chunk.map_err(|_| Problem::invalid("body-unreadable", "文件没有完整收到，请重试"))?;
            if (bytes.len() + chunk.len()) as u64 > LARGEST {
                return Err(judge::too_large());
            }
            while (bytes.len() + chunk.len()).div_ceil(STEP) > held.len() {
                let step = self.memory.clone().try_acquire_many_owned((STEP / 1024) as u32);
                held.push(step.map_err(|_| Problem::unavailable("busy", "正在接收的文件过多，请稍后重试"))?);
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok((bytes.freeze(), held))
    }

    /// What is known of a file.
    ///
    /// # Errors
    /// `file-not-found`; the database out of reach.
    pub async fn meta(&self, id: &FileId) -> Result<FileMeta, ApiProblem> {
        self.find(id).await?.ok_or_else(|| not_found().into())
    }

    /// Which of these files are not there; empty when all are.
    ///
    /// # Errors
    /// The database out of reach.
    pub async fn missing(&self, ids: &[FileId]) -> Result<Vec<FileId>, ApiProblem> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let asked: Vec<String> = ids.iter().map(ToString::to_string).collect();
        let present = store::present(self.database.pool(), &asked).await?;
        Ok(ids.iter().filter(|id| !present.iter().any(|known| known == id.as_str())).cloned().collect())
    }

    /// Whether all these files are there.
    ///
    /// # Errors
    /// The database out of reach.
    pub async fn exists(&self, ids: &[FileId]) -> Result<bool, ApiProblem> {
        Ok(self.missing(ids).await?.is_empty())
    }

    async fn find(&self, id: &FileId) -> Result<Option<FileMeta>, ApiProblem> {
        Ok(store::file(self.database.pool(), id.as_str()).await?.map(|row| meta_of(id.clone(), row)))
    }

    /// Hashes, judges and decodes; the thumbnail is made at once, while the decoded picture is in hand.
    async fn look(&self, bytes: Bytes) -> Result<Looked, Problem> {
        self.with_pictures(move || {
            let kind = judge::judge(&bytes)?;
            let id = FileId::of(&bytes);
            if !kind.is_picture() {
                return Ok(Looked { id, kind, sides: None, thumbnail: None, hash: None, taken: None });
            }
            let upright = picture::decode(&bytes, kind)?;
            let thumbnail = picture::shrink(&upright, picture::THUMBNAIL_SIDE, 80)?;
            let side = |pixels: u32| i32::try_from(pixels).unwrap_or(i32::MAX);
            let sides = Some((side(upright.width()), side(upright.height())));
            Ok(Looked { id, kind, sides, thumbnail: Some(thumbnail), hash: likeness::hash(&upright), taken: trace::read(&bytes) })
        })
        .await
    }
}

/// The problem of a file that is not there.
pub(crate) fn not_found() -> Problem {
    Problem::not_found("file-not-found", "没有找到该文件")
}

fn meta_of(id: FileId, row: store::FileRow) -> FileMeta {
    FileMeta { id, media_type: row.media_type, size: row.size, width: row.width, height: row.height, created_at: row.created_at }
}
