//! The hashes of what has arrived so far.

use std::{io, io::Read, path::Path};

use sha2::{Digest, Sha256};
use sm3::Sm3;

/// By which algorithms large files are hashed (摘要算法).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Hashes {
    /// SHA-256 alone.
    #[default]
    Sha256,
    /// SHA-256, which names the file, and SM3 beside it (GB/T 32905).
    WithSm3,
}

/// Hashes over the first bytes of a file.
#[derive(Debug, Clone)]
pub(crate) struct Digests {
    /// How many bytes they cover.
    pub(super) covered: u64,
    pub(super) sha256: Sha256,
    pub(super) sm3: Option<Sm3>,
}

/// Bytes read from the disk at once when hashing anew.
const BLOCK: usize = 1024 * 1024;

impl Digests {
    /// Over nothing yet.
    pub fn new(hashes: Hashes) -> Self {
        Self { covered: 0, sha256: Sha256::new(), sm3: (hashes == Hashes::WithSm3).then(Sm3::new) }
    }

    /// Over all that stands at `path`. Waits for the disk: not for threads that answer requests.
    pub fn of_file(path: &Path, hashes: Hashes) -> io::Result<Self> {
        let (mut file, mut digests, mut block) = (std::fs::File::open(path)?, Self::new(hashes), vec![0; BLOCK]);
        loop {
            match file.read(&mut block)? {
                0 => return Ok(digests),
                read => digests.add(&block[..read]),
            }
        }
    }

    /// Covers these bytes as well.
    pub fn add(&mut self, bytes: &[u8]) {
        self.covered += bytes.len() as u64;
        self.sha256.update(bytes);
        if let Some(sm3) = &mut self.sm3 {
            sm3.update(bytes);
        }
    }

    /// The hashes in lower-case hexadecimal: SHA-256, and SM3 where it was counted.
    pub fn finish(self) -> (String, Option<String>) {
        (hex::encode(self.sha256.finalize()), self.sm3.map(|sm3| hex::encode(sm3.finalize())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_standards() {
        let mut digests = Digests::new(Hashes::WithSm3);
        digests.add(b"a");
        digests.add(b"bc");
        assert_eq!(digests.covered, 3);
        let (sha256, sm3) = digests.finish();
        assert_eq!(sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        // GB/T 32905-2016, appendix A.1.
        assert_eq!(sm3.unwrap(), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    }
}
