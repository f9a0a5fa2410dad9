//! The personal vault (个人信息库): encrypted with a key a subject; erasing the key erases the person.
//!
//! Each subject has a random key of its own, wrapped by the master key. The master key is a file outside database and backup. Exact
//! search goes through a keyed blind index (HMAC-SHA256), so the database alone can neither read nor guess.

mod aside;
mod erased;
mod store;

use std::{
    fs, io,
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    sync::Arc,
};

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use chrono::{DateTime, Utc};
use hmac::{Hmac, Mac};
use kernel::{id::SubjectId, problem::Problem};
use rand::RngExt;
use sha2::Sha256;
use sqlx::{PgConnection, PgPool};

use erased::Erased;

/// The master key's file.
const MASTER_KEY: &str = "master.key";
/// Bytes of a key.
const KEY: usize = 32;
/// Bytes of an XChaCha20 nonce.
const NONCE: usize = 24;

/// The open vault. It prints nothing of itself.
#[derive(Clone)]
pub struct Vault {
    master: Arc<[u8; KEY]>,
    folder: Arc<PathBuf>,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Vault")
    }
}

/// Reads 32 secret bytes from a file, making it with mode 0600 the first time.
pub(crate) fn secret_file(path: &Path) -> io::Result<[u8; KEY]> {
    match fs::read(path) {
        Ok(bytes) => {
            bytes.try_into().map_err(|_| io::Error::new(io::ErrorKind::InvalidData, format!("{}：密钥文件应为 {KEY} 字节", path.display())))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            let secret: [u8; KEY] = rand::rng().random();
            // Whole or not at all: a crash halfway leaves no short file that would never open again.
            let unfinished = path.with_extension("part");
            let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&unfinished)?;
            file.write_all(&secret)?;
            file.sync_all()?;
            fs::hard_link(&unfinished, path)?;
            fs::remove_file(&unfinished)?;
            Ok(secret)
        }
        Err(error) => Err(error),
    }
}

/// What a sealed field is bound to, so that a ciphertext moved to another row does not open.
fn bound(region: &str, subject: SubjectId, field: &str) -> Vec<u8> {
    format!("{region}/{subject}/{field}").into_bytes()
}

fn seal(key: &[u8; KEY], bound: &[u8], plain: &[u8]) -> Vec<u8> {
    let nonce: [u8; NONCE] = rand::rng().random();
    let sealed = XChaCha20Poly1305::new(key.into())
        .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: bound })
        .expect("the cipher takes any text shorter than 256 GiB");
    [nonce.as_slice(), &sealed].concat()
}

fn unseal(key: &[u8; KEY], bound: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, text) = sealed.split_at_checked(NONCE)?;
    let nonce: [u8; NONCE] = nonce.try_into().ok()?;
    XChaCha20Poly1305::new(key.into()).decrypt(&XNonce::from(nonce), Payload { msg: text, aad: bound }).ok()
}

/// The master key is not the one the data were kept with.
fn unreadable() -> Problem {
    Problem::unavailable("vault-unreadable", "个人信息无法解密：主密钥与数据不匹配，请联系管理员")
}

impl Vault {
    /// Opens the vault with `folder/master.key`, making the key the first time.
    ///
    /// # Errors
    /// The file system's, or `InvalidData` when the file does not hold a key.
    pub fn open(folder: &Path) -> io::Result<Self> {
        Ok(Self { master: Arc::new(secret_file(&folder.join(MASTER_KEY))?), folder: Arc::new(folder.to_owned()) })
    }

    /// As [`Vault::open`], but where personal data are kept already the key must be there: a new one could not read them, and what is kept
    /// with it could not be read with the old one. Whoever stands on the list of the erased is erased again, should a backup have brought
    /// him back.
    ///
    /// # Errors
    /// `NotFound` when the key is missing and data are kept; the file system's; the database's as `Other`.
    pub async fn open_for(folder: &Path, pool: &sqlx::PgPool) -> io::Result<Self> {
        let file = folder.join(MASTER_KEY);
        if !file.exists() && store::has_personal_keys(pool).await.map_err(io::Error::other)? {
            let text = format!("缺少主密钥 {}：库中已有加密的个人信息，请放回原来的主密钥后再启动", file.display());
            return Err(io::Error::new(io::ErrorKind::NotFound, text));
        }
        let vault = Self::open(folder)?;
        vault.erase_again(pool).await?;
        Ok(vault)
    }

    /// Brings table and list of the erased together, and erases whoever only the list knows.
    async fn erase_again(&self, pool: &PgPool) -> io::Result<()> {
        let listed = erased::read(&self.folder)?;
        let known = store::erased(pool).await.map_err(io::Error::other)?;
        let returned = erased::missing(&listed, &known);
        if !returned.is_empty() {
            store::erase_all(pool, &returned).await.map_err(io::Error::other)?;
            tracing::warn!(subjects = returned.len(), "erased again whom a restored backup had brought back");
        }
        erased::append(&self.folder, &erased::missing(&known, &listed))
    }

    /// Keeps `fields` (name, value) of a new subject in the caller's transaction. A field called `telephone` can be searched exactly.
    ///
    /// # Errors
    /// The database's.
    pub async fn keep(&self, connection: &mut PgConnection, region: &str, subject: SubjectId, fields: &[(&str, &str)]) -> sqlx::Result<()> {
        let key: [u8; KEY] = rand::rng().random();
        let wrapped = seal(&self.master, &bound(region, subject, "key"), &key);
        store::insert_personal_key(connection, region, subject, &wrapped).await?;
        for (field, value) in fields {
            let ciphertext = seal(&key, &bound(region, subject, field), value.as_bytes());
            let blind = (*field == "telephone").then(|| self.blind(field, value));
            store::insert_personal(connection, region, subject, field, &ciphertext, blind.as_deref()).await?;
        }
        Ok(())
    }

    /// Writes `fields` (name, value) of a subject anew, in the caller's transaction; `false` when nothing is kept of him.
    ///
    /// # Errors
    /// `vault-unreadable`; the database's outside.
    pub async fn correct(
        &self,
        connection: &mut PgConnection,
        region: &str,
        subject: SubjectId,
        fields: &[(&str, &str)],
    ) -> sqlx::Result<Result<bool, Problem>> {
        let Some(wrapped) = store::personal_key(connection, region, subject).await? else { return Ok(Ok(false)) };
        let Some(key) = unseal(&self.master, &bound(region, subject, "key"), &wrapped).and_then(|key| key.try_into().ok()) else {
            return Ok(Err(unreadable()));
        };
        for (field, value) in fields {
            let ciphertext = seal(&key, &bound(region, subject, field), value.as_bytes());
            let blind = (*field == "telephone").then(|| self.blind(field, value));
            store::replace_personal(connection, region, subject, field, &ciphertext, blind.as_deref()).await?;
        }
        Ok(Ok(true))
    }

    /// The fields kept of a subject; empty when the person was erased.
    ///
    /// # Errors
    /// `vault-unreadable` when the master key is not the one the data were kept with; the database's outside.
    pub async fn read(
        &self,
        connection: &mut PgConnection,
        region: &str,
        subject: SubjectId,
    ) -> sqlx::Result<Result<Vec<(String, String)>, Problem>> {
        let Some(wrapped) = store::personal_key(connection, region, subject).await? else {
            return Ok(Ok(Vec::new()));
        };
        let sealed = store::personal_fields(connection, region, subject).await?;
        let Some(key) = unseal(&self.master, &bound(region, subject, "key"), &wrapped).and_then(|key| key.try_into().ok()) else {
            return Ok(Err(unreadable()));
        };
        let fields = sealed.into_iter().map(|(field, ciphertext)| {
            let plain = unseal(&key, &bound(region, subject, &field), &ciphertext)?;
            Some((field, String::from_utf8(plain).ok()?))
        });
        Ok(fields.collect::<Option<Vec<_>>>().ok_or_else(unreadable))
    }

    /// Erases a person in the caller's transaction: the key and every field go, and nothing kept elsewhere can be read again. Once that is
    /// committed, [`Vault::list_erased`] makes it outlast older backups.
    ///
    /// # Errors
    /// The database's.
    pub async fn erase(&self, connection: &mut PgConnection, region: &str, subject: SubjectId, now: DateTime<Utc>) -> sqlx::Result<()> {
        store::delete_personal(connection, region, subject, now).await
    }

    /// Writes subjects whose erasing is committed onto the list beside the master key. A crash before it is mended at the next start.
    ///
    /// # Errors
    /// The file system's.
    pub async fn list_erased(&self, region: &str, subjects: &[SubjectId], now: DateTime<Utc>) -> io::Result<()> {
        let list: Vec<Erased> =
            subjects.iter().map(|subject| Erased { region: region.to_owned(), subject: subject.uuid(), at: now }).collect();
        let folder = self.folder.clone();
        tokio::task::spawn_blocking(move || erased::append(&folder, &list.iter().collect::<Vec<_>>())).await.map_err(io::Error::other)?
    }

    /// When a subject was erased, if he was.
    ///
    /// # Errors
    /// The database's.
    pub async fn erased_at(&self, connection: &mut PgConnection, region: &str, subject: SubjectId) -> sqlx::Result<Option<DateTime<Utc>>> {
        store::erased_at(connection, region, subject).await
    }

    /// Whether a `field` of a subject is kept, without reading it.
    ///
    /// # Errors
    /// The database's.
    pub async fn keeps(&self, connection: &mut PgConnection, region: &str, subject: SubjectId, field: &str) -> sqlx::Result<bool> {
        store::has_field(connection, region, subject, field).await
    }

    /// Drops one `field` of a subject in the caller's transaction; the others stay.
    ///
    /// # Errors
    /// The database's.
    pub async fn drop_field(&self, connection: &mut PgConnection, region: &str, subject: SubjectId, field: &str) -> sqlx::Result<()> {
        store::delete_field(connection, region, subject, field).await
    }

    /// Whether a subject's `field` is exactly `value`, without reading it.
    ///
    /// # Errors
    /// The database's.
    pub async fn matches(
        &self,
        connection: &mut PgConnection,
        region: &str,
        subject: SubjectId,
        field: &str,
        value: &str,
    ) -> sqlx::Result<bool> {
        store::has_blind(connection, region, subject, field, &self.blind(field, value)).await
    }

    /// The keyed blind index of a value: equal values have equal indexes, and without the master key nobody can make one.
    #[must_use]
    pub fn blind(&self, field: &str, value: &str) -> Vec<u8> {
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(self.master.as_slice()).expect("HMAC takes a key of any length");
        mac.update(b"blind/");
        mac.update(field.as_bytes());
        mac.update(b"/");
        mac.update(value.as_bytes());
        mac.finalize().into_bytes().to_vec()
    }

    /// The subjects of the district whose `field` is exactly `value`, all of them.
    ///
    /// # Errors
    /// The database's.
    pub async fn find(&self, connection: &mut PgConnection, region: &str, field: &str, value: &str) -> sqlx::Result<Vec<SubjectId>> {
        store::subjects_by_blind(connection, region, &self.blind(field, value)).await
    }
}
