//! How much is taken, from one address and altogether.

use std::time::Duration;

use http_api::rate::RateLimit;

use crate::large::Hashes;

/// The largest file, in bytes.
pub(crate) const LARGEST: u64 = 20 * 1024 * 1024;
/// The most pixels a picture may have.
pub(crate) const MOST_PIXELS: u64 = 50_000_000;
/// How long an unfinished upload waits for its rest.
pub(crate) const UPLOAD_LIFE: chrono::Duration = chrono::Duration::hours(24);
/// How long an unfinished upload of a large file waits for its rest: a recording of hours travels over a slow line for days.
pub(crate) const LARGE_UPLOAD_LIFE: chrono::Duration = chrono::Duration::days(7);
/// How long a body may be silent before the connection is given up.
pub(crate) const SILENCE: Duration = Duration::from_secs(30);

/// How long a whole file in one body may take: whoever is slower sends it in pieces.
pub(crate) const ONE_SHOT: Duration = Duration::from_secs(120);

/// How many uploads are taken (上传限额).
#[derive(Clone)]
pub struct Limits {
    /// New files from one address and period.
    pub files: RateLimit,
    /// Unfinished uploads of one address.
    pub open_per_address: i64,
    /// Bytes promised by all unfinished uploads together.
    pub open_bytes: i64,
    /// Unfinished uploads of large files of one person.
    pub open_large_per_person: i64,
    /// Bytes promised by all unfinished uploads of large files together.
    pub open_large_bytes: i64,
    /// By what large files are hashed.
    pub hashes: Hashes,
    /// Memory for files that are being received or judged, in KiB.
    pub memory_kib: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            files: RateLimit::new(300, Duration::from_secs(60)),
            open_per_address: 100,
            open_bytes: 8 * 1024 * 1024 * 1024,
            open_large_per_person: 20,
            open_large_bytes: 64 * 1024 * 1024 * 1024,
            hashes: Hashes::default(),
            memory_kib: 256 * 1024,
        }
    }
}
