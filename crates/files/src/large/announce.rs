//! A large file is announced by a room that knows who may send one.

use chrono::{DateTime, Utc};
use http_api::ApiProblem;
use kernel::problem::Problem;
use uuid::Uuid;

use super::{LARGEST_OF_ALL, store};
use crate::{Files, limits::LARGE_UPLOAD_LIFE, store as files_store, store::UploadRow};

/// An upload that was announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Announced {
    /// Its id: the bytes go to `/api/v1/uploads/{id}`, by tus 1.0.0.
    pub id: Uuid,
    /// When it is forgotten if it is not whole.
    pub expires_at: DateTime<Utc>,
}

impl Files {
    /// Announces a large file of `length` bytes, sent by the person `uploader` from `address`.
    ///
    /// # Errors
    /// `file-empty`, `file-too-large`; `uploads-too-many` of one person; `busy` when too much is promised altogether; the database's.
    pub async fn announce_large(&self, uploader: Uuid, address: &str, length: u64) -> Result<Announced, ApiProblem> {
        if length == 0 {
            return Err(Problem::invalid("file-empty", "文件是空的，请重新选择").into());
        }
        if length > LARGEST_OF_ALL {
            return Err(Problem::too_large("file-too-large", "文件超过 4 GB，请分段录制或者分卷后再上传").into());
        }
        let now = self.clock.now();
        let row = UploadRow {
            id: kernel::id::uuid_at(now),
            address: address.to_owned(),
            length: i64::try_from(length).unwrap_or(i64::MAX),
            name: None,
            uploader: Some(uploader),
            created_at: now,
            expires_at: now + LARGE_UPLOAD_LIFE,
            sha256: None,
            large: true,
        };
        let mut transaction = self.database.pool().begin().await?;
        // Counting and adding are one step, so that many requests at once cannot slip past the limit together.
        database::advisory::lock_in_transaction(&mut transaction, "files.upload.create").await.map_err(|error| {
            tracing::warn!(%error, "an upload could not be announced");
            Problem::unavailable("database-unavailable", "数据库暂时不可用，请稍后重试")
        })?;
        let (own, promised) = store::open_uploads(&mut transaction, uploader, now).await?;
        if own >= self.limits.open_large_per_person {
            return Err(Problem::too_many("uploads-too-many", "未完成的上传过多，请先完成或取消已有的上传").into());
        }
        if promised.saturating_add(row.length) > self.limits.open_large_bytes {
            return Err(Problem::unavailable("busy", "正在接收的文件过多，请稍后重试").into());
        }
        files_store::insert_upload(&mut transaction, &row).await?;
        transaction.commit().await?;
        Ok(Announced { id: row.id, expires_at: row.expires_at })
    }
}
