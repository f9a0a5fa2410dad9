//! Where a file and its derived pictures stand in the object store, and moving their bytes.

use std::{io, path::Path as FolderPath};

use bytes::{Bytes, BytesMut};
use futures::stream::BoxStream;
use kernel::problem::Problem;
use object_store::{GetOptions, GetRange, ObjectStore, ObjectStoreExt, PutPayload, WriteMultipart, path::Path};
use tokio::io::AsyncReadExt;

use crate::FileId;

/// Bytes read at once on the way to a bucket.
const BLOCK: usize = 1024 * 1024;
/// Bytes of a part that a bucket is sent; S3 takes ten thousand parts of a file.
const PART: usize = 8 * 1024 * 1024;
/// Parts on their way at once.
const PARTS_AT_ONCE: usize = 4;

/// The place of the original: `ab/cd/<sha256>`.
pub(crate) fn original(id: &FileId) -> Path {
    let hex = id.as_str();
    Path::from_iter([&hex[..2], &hex[2..4], hex])
}

/// The place of a derived picture: `derived/<kind>/ab/cd/<sha256>.jpg`.
pub(crate) fn derived(kind: &str, id: &FileId) -> Path {
    let hex = id.as_str();
    Path::from_iter(["derived", kind, &hex[..2], &hex[2..4], &format!("{hex}.jpg")])
}

pub(crate) async fn put(objects: &dyn ObjectStore, path: &Path, bytes: Bytes) -> Result<(), Problem> {
    objects.put(path, PutPayload::from_bytes(bytes)).await.map(drop).map_err(|error| unreachable(&error))
}

/// Moves the file at `part` to `place` of the store, durably: by its name where the store is a folder, piece by piece where it is a bucket.
pub(crate) async fn move_in(
    objects: &dyn ObjectStore,
    folder: Option<&FolderPath>,
    place: &Path,
    part: &FolderPath,
) -> Result<(), Problem> {
    let Some(folder) = folder else {
        return copy_in(objects, place, part).await;
    };
    let (part, wanted) = (part.to_owned(), folder.join(place.as_ref()));
    let moved = tokio::task::spawn_blocking(move || -> io::Result<()> {
        let home = wanted.parent().ok_or_else(|| io::Error::other("a place has a folder"))?;
        std::fs::create_dir_all(home)?;
        std::fs::rename(&part, &wanted)?;
        // The bytes were on the disk before; now the names of file and folders are too.
        for folder in home.ancestors().take(3) {
            std::fs::File::open(folder)?.sync_all()?;
        }
        Ok(())
    });
    moved.await.map_err(io::Error::other).and_then(|moved| moved).map_err(|error| {
        tracing::error!(%error, "a file could not be moved into the store");
        Problem::unavailable("file-store-unavailable", "文件存储暂时不可用，请稍后重试")
    })
}

/// Sends a file to a bucket in parts, a few in memory at a time.
async fn copy_in(objects: &dyn ObjectStore, place: &Path, part: &FolderPath) -> Result<(), Problem> {
    let disk = |error: io::Error| crate::upload::disk(&error);
    let mut source = tokio::fs::File::open(part).await.map_err(disk)?;
    let sending = objects.put_multipart(place).await.map_err(|error| unreachable(&error))?;
    let mut sending = WriteMultipart::new_with_chunk_size(sending, PART);
    loop {
        let mut block = BytesMut::with_capacity(BLOCK);
        if source.read_buf(&mut block).await.map_err(disk)? == 0 {
            break;
        }
        sending.wait_for_capacity(PARTS_AT_ONCE).await.map_err(|error| unreachable(&error))?;
        sending.put(block.freeze());
    }
    sending.finish().await.map(drop).map_err(|error| unreachable(&error))
}

/// Takes an object away; one that is gone already is well gone.
pub(crate) async fn remove(objects: &dyn ObjectStore, path: &Path) -> Result<(), Problem> {
    match objects.delete(path).await {
        Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
        Err(error) => Err(unreachable(&error)),
    }
}

/// The size of the object, if it is there.
pub(crate) async fn size(objects: &dyn ObjectStore, path: &Path) -> Result<Option<u64>, Problem> {
    match objects.head(path).await {
        Ok(meta) => Ok(Some(meta.size)),
        Err(object_store::Error::NotFound { .. }) => Ok(None),
        Err(error) => Err(unreachable(&error)),
    }
}

/// All bytes of the object, if it is there.
pub(crate) async fn get(objects: &dyn ObjectStore, path: &Path) -> Result<Option<Bytes>, Problem> {
    match objects.get(path).await {
        Ok(found) => found.bytes().await.map(Some).map_err(|error| unreachable(&error)),
        Err(object_store::Error::NotFound { .. }) => Ok(None),
        Err(error) => Err(unreachable(&error)),
    }
}

/// The bytes of a part of the object, as they come.
pub(crate) async fn stream(
    objects: &dyn ObjectStore,
    path: &Path,
    range: std::ops::Range<u64>,
) -> Result<BoxStream<'static, object_store::Result<Bytes>>, Problem> {
    let options = GetOptions { range: Some(GetRange::Bounded(range)), ..GetOptions::default() };
    match objects.get_opts(path, options).await {
        Ok(found) => Ok(found.into_stream()),
        Err(error) => Err(unreachable(&error)),
    }
}

fn unreachable(error: &object_store::Error) -> Problem {
    tracing::error!(%error, "the file store failed");
    Problem::unavailable("file-store-unavailable", "文件存储暂时不可用，请稍后重试")
}
