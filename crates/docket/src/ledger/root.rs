//! Signed daily roots over every docket's head, kept outside the database.
//!
//! A root lists the heads that changed since the root before it and signs them together with that root's digest, so the folder of
//! roots is itself a chain: a file that is taken out or altered is seen.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};
use ed25519_dalek::{Signature, Signer, SigningKey, Verifier, VerifyingKey};
use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use uuid::Uuid;

use super::{Hash, canonical};
use crate::store;

/// One docket's head at the time of a root.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadLine {
    /// The docket.
    pub docket: Uuid,
    /// Its last sequence.
    pub seq: i64,
    /// Its last hash.
    pub hash: String,
}

/// A root as it stands in its file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Root {
    /// 1 for the first.
    pub sequence: i64,
    /// When it was made.
    pub at: DateTime<Utc>,
    /// The heads that changed since the root before.
    pub heads: Vec<HeadLine>,
    /// The digest of the root before, or `genesis`.
    pub previous: String,
    /// The digest of this root.
    pub digest: String,
    /// Ed25519 over the digest (RFC 8032), in hexadecimal.
    pub signature: String,
    /// The public key, in hexadecimal.
    pub public_key: String,
}

/// Why a root could not be made.
#[derive(Debug, thiserror::Error)]
pub enum RootError {
    /// The database refused.
    #[error("the database refused the root")]
    Database(#[from] sqlx::Error),
    /// The folder could not be written.
    #[error("the folder of roots could not be written")]
    File(#[from] io::Error),
}

/// The file of the key that signs roots.
const ROOT_KEY: &str = "root.key";

/// The key that signs roots and receipts, kept in a file of its own outside database and backup.
#[derive(Clone)]
pub struct RootKey(pub(super) SigningKey);

impl RootKey {
    /// Reads the key from `folder/root.key`, making it (mode 0600) the first time.
    ///
    /// # Errors
    /// The file system's, or `InvalidData` when the file does not hold 32 bytes.
    pub fn open(folder: &Path) -> io::Result<Self> {
        let bytes = crate::vault::secret_file(&folder.join(ROOT_KEY))?;
        Ok(Self(SigningKey::from_bytes(&bytes)))
    }

    /// The public half of the key in `folder`, if there is one there; makes none.
    ///
    /// # Errors
    /// The file system's, or `InvalidData` when the file does not hold 32 bytes.
    pub fn public_at(folder: &Path) -> io::Result<Option<String>> {
        if folder.join(ROOT_KEY).try_exists()? { Self::open(folder).map(|key| Some(key.public())) } else { Ok(None) }
    }

    /// The public half, in hexadecimal: what a verifier keeps.
    #[must_use]
    pub fn public(&self) -> String {
        hex::encode(self.0.verifying_key().to_bytes())
    }
}

fn digest_of(sequence: i64, at: DateTime<Utc>, heads: &[HeadLine], previous: &str) -> String {
    let text =
        serde_json_canonicalizer::to_vec(&(sequence, at.timestamp_micros(), heads, previous)).expect("heads are text and whole numbers");
    canonical::digest(Hash::Sha256, &text)
}

/// Signs the heads that changed since the last root, stores the root's line and writes its file into `folder`.
/// Answers the file, or nothing when nothing changed.
///
/// # Errors
/// The database's or the file system's.
pub async fn write_root(pool: &PgPool, key: &RootKey, folder: &Path, now: DateTime<Utc>) -> Result<Option<PathBuf>, RootError> {
    let mut transaction = pool.begin().await?;
    let last = store::last_root(&mut transaction).await?;
    let (sequence, previous, since) =
        last.map_or((1, super::GENESIS.to_owned(), None), |last| (last.sequence + 1, last.digest, Some(last.at)));
    let heads = store::heads_since(&mut transaction, since, now).await?;
    if heads.is_empty() {
        return Ok(None);
    }
    let digest = digest_of(sequence, now, &heads, &previous);
    let signature = hex::encode(key.0.sign(digest.as_bytes()).to_bytes());
    let root = Root { sequence, at: now, heads, previous, digest, signature, public_key: key.public() };
    store::insert_root(&mut transaction, &root).await?;
    fs::create_dir_all(folder)?;
    let file = folder.join(format!("root-{sequence:08}.json"));
    if let Some(kept) = fs::read(&file).ok().and_then(|bytes| serde_json::from_slice::<Root>(&bytes).ok())
        && kept.previous != root.previous
    {
        // A database restored from an older backup: what was signed and kept outside is never overwritten.
        let text = format!("{} 已存在且属于另一段历史；数据库可能是从旧备份恢复的，请换一个空的根目录", file.display());
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, text).into());
    }
    let unfinished = folder.join(format!(".root-{sequence:08}.part"));
    let bytes = serde_json::to_vec(&root).map_err(io::Error::from)?;
    fs::write(&unfinished, bytes)?;
    fs::File::open(&unfinished)?.sync_all()?;
    // The file stands before the line commits: a crash between leaves a file that the next run writes again, never a line without one.
    fs::rename(&unfinished, &file)?;
    transaction.commit().await?;
    Ok(Some(file))
}

/// How many roots the database says were made: a folder with fewer has lost its newest.
///
/// # Errors
/// The database's.
pub async fn roots_made(pool: &PgPool) -> sqlx::Result<i64> {
    store::roots_made(pool).await
}

/// Whose signatures a verifier believes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trusted {
    /// Those of these public keys, in hexadecimal; more than one where the signing key was lost and made anew.
    Keys(Vec<String>),
    /// Of whatever key a root carries. That shows a root to be whole, not who made it.
    AsCarried,
}

/// Reads the roots of a folder in order and checks their chain and signatures.
///
/// # Errors
/// What is wrong with the folder, in Chinese; the file system's errors as they are.
pub fn load_roots(folder: &Path, trusted: &Trusted) -> io::Result<Vec<Root>> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("root-")));
    files.sort();
    let mut roots: Vec<Root> = Vec::with_capacity(files.len());
    for file in files {
        let fault = |what: &str| io::Error::new(io::ErrorKind::InvalidData, format!("{}：{what}", file.display()));
        let root: Root = serde_json::from_slice(&fs::read(&file)?).map_err(|_| fault("不是完整的根文件"))?;
        let expected = roots.last().map_or((1, super::GENESIS), |last| (last.sequence + 1, last.digest.as_str()));
        if (root.sequence, root.previous.as_str()) != expected {
            return Err(fault("与前一个根不衔接，中间有根文件缺失"));
        }
        if digest_of(root.sequence, root.at, &root.heads, &root.previous) != root.digest {
            return Err(fault("内容与摘要不符"));
        }
        let signed_by = |key: &String| signature_holds(key, &root);
        if !signed_by(&root.public_key) {
            return Err(fault("签名无效"));
        }
        if let Trusted::Keys(keys) = trusted
            && !keys.iter().any(signed_by)
        {
            return Err(fault("由另一把密钥签名，不是所信任的公钥：根文件可能被换成了别人签的"));
        }
        roots.push(root);
    }
    Ok(roots)
}

fn signature_holds(public_key: &str, root: &Root) -> bool {
    let key = hex::decode(public_key).ok().and_then(|bytes| VerifyingKey::from_bytes(&bytes.try_into().ok()?).ok());
    let signature = hex::decode(&root.signature).ok().and_then(|bytes| Signature::from_slice(&bytes).ok());
    key.zip(signature).is_some_and(|(key, signature)| key.verify(root.digest.as_bytes(), &signature).is_ok())
}
