//! Checking a dossier: every byte is what the index says, the index is what was signed, and the ledger is unbroken.

use std::{
    collections::HashSet,
    io::{Read, Seek},
};

use docket::ledger::{TranscriptLine, follow, was_signed};
use sha2::{Digest, Sha256};
use zip::ZipArchive;

use crate::{
    PURPOSE,
    index::{FORM, Index, PartKind},
};

/// Bytes of an index, a signature or a ledger at most.
const LONGEST_TEXT: u64 = 256 * 1024 * 1024;
/// Files of a dossier at most.
const MOST_PARTS: usize = 20_000;
/// Files that belong to the dossier without standing in its index.
const ASIDE: [&str; 4] = ["index.json", "index.sig", "SHA256SUMS", "verify.py"];

/// Who vouches for a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vouched {
    /// A key that the reader trusts.
    Trusted,
    /// Only the key that the dossier itself carries.
    AsCarried,
}

/// A dossier that is whole.
#[derive(Debug)]
pub struct Checked {
    /// Its index.
    pub index: Index,
    /// Who vouches for it.
    pub vouched: Vouched,
    /// Lines of its ledger.
    pub lines: usize,
}

/// What is wrong with a dossier.
#[derive(Debug, thiserror::Error)]
pub enum DossierError {
    /// No ZIP, or one that breaks off.
    #[error("文件无法打开，或者不完整：{0}")]
    Unreadable(String),
    /// It lacks something.
    #[error("缺少 {0}")]
    Missing(String),
    /// It is not of a form that this program knows.
    #[error("不是本程序认识的电子案卷")]
    Form,
    /// The index is not what was signed, or none of the trusted keys signed it.
    #[error("{0}")]
    Signature(&'static str),
    /// A file is not what the index says.
    #[error("{0} 的内容与目录不符：被改动")]
    Altered(String),
    /// A file that the index does not name.
    #[error("{0} 不在目录里：是后来放入的")]
    Added(String),
    /// The ledger is broken.
    #[error("台账第 {line} 条{what}")]
    Ledger {
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        what: &'static str,
    },
}

fn unreadable(error: impl std::fmt::Display) -> DossierError {
    DossierError::Unreadable(error.to_string())
}

/// A whole file of text.
fn text<R: Read + Seek>(zip: &mut ZipArchive<R>, name: &str) -> Result<Vec<u8>, DossierError> {
    let file = zip.by_name(name).map_err(|_| DossierError::Missing(name.to_owned()))?;
    let mut bytes = Vec::new();
    file.take(LONGEST_TEXT + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > LONGEST_TEXT {
        return Err(DossierError::Unreadable(format!("{name} 过大")));
    }
    Ok(bytes)
}

/// Checks a dossier against the public keys that the reader trusts (hexadecimal). It only reads, and keeps no large file in memory.
///
/// # Errors
/// The first thing that is wrong.
pub fn check<R: Read + Seek>(from: R, trusted: &[String]) -> Result<Checked, DossierError> {
    let mut zip = ZipArchive::new(from).map_err(unreadable)?;
    let words = text(&mut zip, "index.json")?;
    let signature = text(&mut zip, "index.sig")?;
    let index: Index = serde_json::from_slice(&words).map_err(|_| DossierError::Form)?;
    if index.form != FORM || index.parts.len() > MOST_PARTS {
        return Err(DossierError::Form);
    }
    let signature = String::from_utf8_lossy(&signature).trim().to_owned();
    if !was_signed(&index.public_key, PURPOSE, &words, &signature) {
        return Err(DossierError::Signature("目录与签名不符：被改动"));
    }
    let vouched = match trusted {
        [] => Vouched::AsCarried,
        keys if keys.iter().any(|key| key.eq_ignore_ascii_case(&index.public_key)) => Vouched::Trusted,
        _ => return Err(DossierError::Signature("签名的公钥不在给出的公钥之中")),
    };
    let named: HashSet<&str> = index.parts.iter().map(|part| part.name.as_str()).chain(ASIDE).collect();
    for name in zip.file_names() {
        let name = name.map_err(unreadable)?;
        if !named.contains(name.as_ref()) {
            return Err(DossierError::Added(name.into_owned()));
        }
    }
    for part in &index.parts {
        let mut file = zip.by_name(&part.name).map_err(|_| DossierError::Missing(part.name.clone()))?;
        let (mut hash, mut size, mut block) = (Sha256::new(), 0_u64, vec![0; 1024 * 1024]);
        loop {
            // What a ZIP's own sum finds altered is altered.
            let read = file.read(&mut block).map_err(|_| DossierError::Altered(part.name.clone()))?;
            if read == 0 {
                break;
            }
            hash.update(&block[..read]);
            size += read as u64;
            if size > part.size {
                return Err(DossierError::Altered(part.name.clone()));
            }
        }
        if size != part.size || hex::encode(hash.finalize()) != part.sha256 {
            return Err(DossierError::Altered(part.name.clone()));
        }
    }
    let ledger =
        index.parts.iter().find(|part| part.kind == PartKind::Ledger).ok_or_else(|| DossierError::Missing("ledger.txt".to_owned()))?;
    let ledger = String::from_utf8(text(&mut zip, &ledger.name)?).map_err(|_| DossierError::Form)?;
    let lines = ledger
        .lines()
        .map(|line| line.split_once('\t').map(|(hash, words)| TranscriptLine { words: words.to_owned(), hash: hash.to_owned() }));
    let lines: Vec<TranscriptLine> = lines.collect::<Option<_>>().ok_or(DossierError::Form)?;
    follow(&lines).map_err(|fault| DossierError::Ledger { line: fault.line, what: fault.what })?;
    Ok(Checked { vouched, lines: lines.len(), index })
}
