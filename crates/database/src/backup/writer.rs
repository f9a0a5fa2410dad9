//! Writing the entries of a backup, with the digest of each part kept along the way.

use super::Part;
use sha2::{Digest, Sha256};
use std::io::{self, Read, Write};
use tar::{Builder, EntryType, Header};

/// The entries of a part, counted and digested in their order.
#[derive(Default)]
pub(super) struct Tally {
    entries: u64,
    bytes: u64,
    digest: Sha256,
}

impl Tally {
    pub(super) fn entry(&mut self, name: &str, size: u64) {
        self.entries += 1;
        self.digest.update(name.as_bytes());
        self.digest.update([0]);
        self.digest.update(size.to_be_bytes());
    }

    pub(super) fn content(&mut self, piece: &[u8]) {
        self.bytes += piece.len() as u64;
        self.digest.update(piece);
    }

    pub(super) fn finish(self) -> Part {
        Part { entries: self.entries, bytes: self.bytes, sha256: hex::encode(self.digest.finalize()) }
    }
}

/// A reader that tallies what goes through it.
pub(super) struct Tallied<'a, R> {
    pub(super) from: R,
    pub(super) tally: &'a mut Tally,
}

impl<R: Read> Read for Tallied<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(into)?;
        self.tally.content(&into[..read]);
        Ok(read)
    }
}

/// Appends one entry of a known size; fewer bytes than promised are an error.
pub(super) fn append<W: Write>(tar: &mut Builder<W>, name: &str, size: u64, content: impl Read) -> io::Result<()> {
    let mut header = Header::new_gnu();
    header.set_entry_type(EntryType::Regular);
    header.set_mode(0o600);
    header.set_mtime(0);
    header.set_size(size);
    let mut content = Exactly { left: size, from: content };
    tar.append_data(&mut header, name, &mut content)?;
    if content.left > 0 {
        return Err(io::Error::new(io::ErrorKind::UnexpectedEof, format!("{name} became shorter while it was read")));
    }
    Ok(())
}

/// Stops at the promised size.
struct Exactly<R> {
    left: u64,
    from: R,
}

impl<R: Read> Read for Exactly<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(into.len());
        let read = self.from.read(&mut into[..most])?;
        self.left -= read as u64;
        Ok(read)
    }
}
