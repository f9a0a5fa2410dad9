//! Where files are kept: a bucket where `S3_…` gives one, else the data folder.

use std::{path::Path, sync::Arc};

use anyhow::{Context, Result};
use database::{Database, backup::Bucket};
use files::{BucketSettings, Files, Hashes, Limits};
use kernel::clock::SharedClock;

/// The bucket of the environment, if it gives one.
fn bucket() -> Result<Option<BucketSettings>> {
    // The process chooses its crypto provider; a bucket is reached through TLS.
    let _ = rustls::crypto::ring::default_provider().install_default();
    BucketSettings::read(|name| std::env::var(name).ok()).map_err(anyhow::Error::msg)
}

/// The bucket as a backup and a restoring use it.
pub fn bucket_for_backup() -> Result<Option<Arc<dyn Bucket>>> {
    Ok(bucket()?.map(|bucket| bucket.for_backup()).transpose()?)
}

/// Opens the store of files.
pub async fn open(data: &Path, database: Database, clock: SharedClock) -> Result<Files> {
    // Where the ledger is sealed with SM3, evidence is counted by it too.
    let hashes = if docket::ledger::Hash::chosen() == docket::ledger::Hash::Sm3 { Hashes::WithSm3 } else { Hashes::Sha256 };
    let limits = Limits { hashes, ..Limits::default() };
    match bucket()? {
        Some(bucket) => {
            let files = Files::open_bucket(data, &bucket, database, clock, limits).await?;
            tracing::info!(bucket = bucket.bucket, "files are kept in a bucket");
            Ok(files)
        }
        None => Files::open_folder(data, database, clock, limits).context("文件目录无法使用"),
    }
}
