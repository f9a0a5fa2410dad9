//! Large files (大文件): recordings and electronic data that are evidence, of any kind, up to 4 GiB, never whole in memory.
//!
//! They are announced by a room that knows who may ([`Files::announce_large`]), travel by the same protocol as photos, and are hashed while
//! they arrive: by SHA-256, which names them, and by SM3 where the house wants it. What was hashed is what was written: both take the same
//! pieces. After a restart the bytes that are there are hashed anew from the disk.

mod announce;
mod digest;
mod finish;
mod judge;
mod running;
mod serve;
pub(crate) mod store;
mod take;

pub use announce::Announced;
pub use digest::Hashes;
pub use finish::LargeFile;
pub(crate) use finish::finish;
pub use judge::ending as ending_of;
pub(crate) use running::RunningHashes;
pub(crate) use take::take;

/// The largest large file, in bytes: 4 GiB.
pub const LARGEST_OF_ALL: u64 = 4 * 1024 * 1024 * 1024;
