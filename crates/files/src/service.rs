//! The service: one clone a room that keeps or shows files.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use database::Database;
use kernel::{clock::SharedClock, problem::Problem};
use object_store::{ObjectStore, local::LocalFileSystem};
use tokio::sync::Semaphore;

use crate::{
    Limits,
    bucket::{self, BucketSettings},
    large::RunningHashes,
    published::Workshop,
    upload::busy::Busy,
};

/// Pictures decoded at once: each may take 256 MB and a core.
const PICTURES_AT_ONCE: usize = 2;

/// The store of evidence and photos (证据与照片库). Cheap to clone.
#[derive(Clone)]
pub struct Files {
    pub(crate) objects: Arc<dyn ObjectStore>,
    pub(crate) database: Database,
    pub(crate) clock: SharedClock,
    /// The folder of `objects`, where they are one: a large file moves into it and is not copied.
    pub(crate) folder: Option<Arc<Path>>,
    /// The folder of the parts of unfinished uploads, on this node's own disk.
    pub(crate) parts: Arc<Path>,
    pub(crate) limits: Limits,
    pub(crate) pictures: Arc<Semaphore>,
    /// Permits are KiB of memory.
    pub(crate) memory: Arc<Semaphore>,
    pub(crate) busy: Busy,
    pub(crate) hashing: RunningHashes,
    pub(crate) workshop: Workshop,
}

impl Files {
    /// A store on `objects`, which must make a put durable before it returns; unfinished uploads wait in the folder `parts`.
    #[must_use]
    pub fn new(objects: Arc<dyn ObjectStore>, parts: PathBuf, database: Database, clock: SharedClock, limits: Limits) -> Self {
        Self {
            objects,
            database,
            clock,
            folder: None,
            parts: parts.into(),
            pictures: Arc::new(Semaphore::new(PICTURES_AT_ONCE)),
            memory: Arc::new(Semaphore::new(limits.memory_kib as usize)),
            limits,
            busy: Busy::default(),
            hashing: RunningHashes::default(),
            workshop: Workshop::default(),
        }
    }

    /// A store in the data folder: `<data>/files` and `<data>/uploads`, made if they are missing, readable by nobody else.
    ///
    /// # Errors
    /// When the folders cannot be made.
    pub fn open_folder(data: &Path, database: Database, clock: SharedClock, limits: Limits) -> std::io::Result<Self> {
        let (files, parts) = (data.join("files"), data.join("uploads"));
        for folder in [&files, &parts] {
            make_private(folder)?;
        }
        let objects = LocalFileSystem::new_with_prefix(&files).map_err(std::io::Error::other)?.with_fsync(true);
        Ok(Self { folder: Some(files.into()), ..Self::new(Arc::new(objects), parts, database, clock, limits) })
    }

    /// A store in a bucket; only unfinished uploads wait in the data folder. The bucket is tried at once.
    ///
    /// # Errors
    /// When the bucket cannot be reached or written to, in Chinese.
    pub async fn open_bucket(
        data: &Path,
        bucket: &BucketSettings,
        database: Database,
        clock: SharedClock,
        limits: Limits,
    ) -> std::io::Result<Self> {
        let parts = data.join("uploads");
        make_private(&parts)?;
        let refused = |cause: String| std::io::Error::other(format!("S3 存储桶 {} 无法使用：{cause}", bucket.bucket));
        let objects = bucket.open().map_err(|error| refused(error.to_string()))?;
        bucket::probe(&*objects).await.map_err(|problem| refused(problem.detail))?;
        Ok(Self::new(objects, parts, database, clock, limits))
    }

    /// Runs work on pictures off the threads that answer requests, when a seat is free.
    pub(crate) async fn with_pictures<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let seat = self.pictures.clone().acquire_owned().await.map_err(|_| stopping())?;
        tokio::task::spawn_blocking(move || {
            let _seat = seat;
            work()
        })
        .await
        .map_err(|error| {
            tracing::error!(%error, "work on a picture broke off");
            crate::judge::truncated()
        })?
    }
}

fn stopping() -> Problem {
    Problem::unavailable("stopping", "系统正在停止，请稍后重试")
}

fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
