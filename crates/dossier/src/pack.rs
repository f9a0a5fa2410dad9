//! Writing a dossier, a file at a time; nothing is whole in memory.

use std::{
    collections::HashSet,
    io::{self, Seek, Write},
};

use chrono::{DateTime, Utc};
use docket::ledger::{RootKey, TranscriptLine, canonical_text};
use serde_json::Value;
use sha2::{Digest, Sha256};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use crate::{
    PURPOSE,
    index::{FORM, Index, Part, PartKind},
};

/// The checker that lies in every dossier.
const CHECKER: &str = include_str!("verify.py");

/// The list of what is no dossier.
const LISTING: &str = "目录.txt";

/// A dossier that is being written.
pub struct Packing<W: Write + Seek> {
    zip: ZipWriter<W>,
    parts: Vec<Part>,
    names: HashSet<String>,
    /// The file under way: its hash and size so far.
    open: Option<(PartKind, String, String, Sha256, u64)>,
}

/// As it came: recordings do not get smaller.
fn stored() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Stored).large_file(true)
}

fn deflated() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)
}

impl<W: Write + Seek> Packing<W> {
    /// Begins a dossier.
    #[must_use]
    pub fn new(into: W) -> Self {
        Self { zip: ZipWriter::new(into), parts: Vec::new(), names: HashSet::new(), open: None }
    }

    /// Begins a file under `documents/` or `evidence/`; its bytes follow.
    ///
    /// # Errors
    /// A name that was used before or leads out of the folder; the disk's.
    pub fn begin(&mut self, kind: PartKind, name: &str, title: &str) -> io::Result<()> {
        self.end();
        let folder = match kind {
            PartKind::Ledger => "",
            PartKind::Document => "documents/",
            PartKind::Evidence => "evidence/",
        };
        let plain = !name.is_empty() && !name.starts_with('.') && !name.chars().any(|c| c == '/' || c == '\\' || c.is_control());
        let name = format!("{folder}{name}");
        if !plain || !self.names.insert(name.clone()) {
            return Err(io::Error::other("a file of a dossier has a plain name of its own"));
        }
        let options = if kind == PartKind::Evidence { stored() } else { deflated() };
        self.zip.start_file(name.as_str(), options).map_err(io::Error::other)?;
        self.open = Some((kind, name, title.to_owned(), Sha256::new(), 0));
        Ok(())
    }

    /// The next bytes of the file that was begun.
    ///
    /// # Errors
    /// No file was begun; the disk's.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let (_, _, _, hash, size) = self.open.as_mut().ok_or_else(|| io::Error::other("no file of the dossier is open"))?;
        hash.update(bytes);
        *size += bytes.len() as u64;
        self.zip.write_all(bytes)
    }

    fn end(&mut self) {
        if let Some((kind, name, title, hash, size)) = self.open.take() {
            self.parts.push(Part { name, kind, title, sha256: hex::encode(hash.finalize()), size });
        }
    }

    /// Writes a list for people and the sums, and ends the file: no dossier, nothing of the ledger.
    ///
    /// # Errors
    /// The disk's.
    pub fn finish_listed(mut self, listing: &str) -> io::Result<W> {
        self.end();
        let mut sums: String = self.parts.iter().map(|part| format!("{}  {}\n", part.sha256, part.name)).collect();
        sums.push_str(&format!("{}  {LISTING}\n", hex::encode(Sha256::digest(listing))));
        for (name, text) in [(LISTING, listing), ("SHA256SUMS", sums.as_str())] {
            self.zip.start_file(name, deflated()).map_err(io::Error::other)?;
            self.zip.write_all(text.as_bytes())?;
        }
        self.zip.finish().map_err(io::Error::other)
    }

    /// Writes ledger, index, signature, sums and checker, and ends the file.
    ///
    /// # Errors
    /// The disk's.
    pub fn finish(mut self, number: &str, case: Value, ledger: &[TranscriptLine], made_at: DateTime<Utc>, key: &RootKey) -> io::Result<W> {
        self.begin(PartKind::Ledger, "ledger.txt", "台账")?;
        for line in ledger {
            self.write(format!("{}\t{}\n", line.hash, line.words).as_bytes())?;
        }
        self.end();
        let index =
            Index { form: FORM.to_owned(), number: number.to_owned(), case, parts: self.parts.clone(), made_at, public_key: key.public() };
        let index = canonical_text(&index).map_err(io::Error::other)?;
        let signature = key.sign(PURPOSE, &index);
        let mut sums: String = self.parts.iter().map(|part| format!("{}  {}\n", part.sha256, part.name)).collect();
        for (name, bytes) in [("index.json", index.as_slice()), ("index.sig", signature.as_bytes()), ("verify.py", CHECKER.as_bytes())] {
            sums.push_str(&format!("{}  {name}\n", hex::encode(Sha256::digest(bytes))));
            self.zip.start_file(name, deflated()).map_err(io::Error::other)?;
            self.zip.write_all(bytes)?;
        }
        self.zip.start_file("SHA256SUMS", deflated()).map_err(io::Error::other)?;
        self.zip.write_all(sums.as_bytes())?;
        self.zip.finish().map_err(io::Error::other)
    }
}
