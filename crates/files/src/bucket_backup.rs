//! The bucket as a backup reads it and a restoring fills it.

use std::{fmt, io, sync::Arc};

use bytes::Bytes;
use database::backup::Bucket;
use futures::TryStreamExt;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload, path::Path};
use tokio::runtime::Handle;

use crate::BucketSettings;

impl BucketSettings {
    /// The bucket for a backup or a restoring, to be called from the threads of this runtime that may wait.
    ///
    /// # Errors
    /// When the settings do not make a bucket, in Chinese.
    ///
    /// # Panics
    /// Outside of a runtime.
    pub fn for_backup(&self) -> io::Result<Arc<dyn Bucket>> {
        let objects = self.open().map_err(|error| io::Error::other(format!("S3 存储桶 {} 无法使用：{error}", self.bucket)))?;
        Ok(Arc::new(Kept { objects, runtime: Handle::current(), name: self.bucket.clone() }))
    }
}

struct Kept {
    objects: Arc<dyn ObjectStore>,
    runtime: Handle,
    name: String,
}

impl fmt::Debug for Kept {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Bucket").field(&self.name).finish()
    }
}

impl Kept {
    fn refused(&self, error: &object_store::Error) -> io::Error {
        io::Error::other(format!("S3 存储桶 {} 无法使用：{error}", self.name))
    }
}

impl Bucket for Kept {
    fn names(&self, first: &str) -> io::Result<Vec<String>> {
        let listed = self.objects.list(Some(&Path::from(first))).map_ok(|object| object.location.to_string()).try_collect::<Vec<_>>();
        let mut names = self.runtime.block_on(listed).map_err(|error| self.refused(&error))?;
        names.sort();
        Ok(names)
    }

    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        let path = Path::from(name);
        let read = async { self.objects.get(&path).await?.bytes().await };
        self.runtime.block_on(read).map(Into::into).map_err(|error| self.refused(&error))
    }

    fn write(&self, name: &str, content: Vec<u8>) -> io::Result<()> {
        let (path, content) = (Path::from(name), PutPayload::from_bytes(Bytes::from(content)));
        self.runtime.block_on(self.objects.put(&path, content)).map(drop).map_err(|error| self.refused(&error))
    }
}
