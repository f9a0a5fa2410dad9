//! Where photos and documents are kept when not in the data folder.

use std::{fmt, io};

/// A bucket (存储桶) that holds what otherwise stands in the folder `files`: every file under a name made of its content's hash, never changed.
///
/// Its calls wait for the storage: a backup makes them from a thread of its own.
pub trait Bucket: fmt::Debug + Send + Sync {
    /// The names that begin with the folder `first`, two hexadecimal digits, in order.
    ///
    /// # Errors
    /// When the storage cannot be reached.
    fn names(&self, first: &str) -> io::Result<Vec<String>>;

    /// The content of a file.
    ///
    /// # Errors
    /// When there is none of that name, or the storage cannot be reached.
    fn read(&self, name: &str) -> io::Result<Vec<u8>>;

    /// Stores a file; it is durable when this returns.
    ///
    /// # Errors
    /// When the storage cannot be reached.
    fn write(&self, name: &str, content: Vec<u8>) -> io::Result<()>;
}
