//! Where a file and its derived pictures stand in the object store, and moving their bytes.

use bytes::Bytes;
use futures::stream::BoxStream;
use kernel::problem::Problem;
use object_store::{GetOptions, GetRange, ObjectStore, ObjectStoreExt, PutPayload, path::Path};

use crate::FileId;

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
