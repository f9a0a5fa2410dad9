//! The keys that documents are signed with: a test authority (测试根证书) and under it the organ's certificate, made at the first start and kept
//! in the folder of keys. A bureau puts the certificate and key of its own authority in their place.

use std::{
    fs, io,
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::Path,
    str::FromStr,
    sync::Arc,
    time::{Duration, SystemTime},
};

use chrono::{DateTime, Utc};
use p256::{
    ecdsa::{DerSignature, SigningKey},
    pkcs8::{DecodePrivateKey, EncodePrivateKey, LineEnding},
};
use rand::RngExt;
use x509_cert::{
    Certificate,
    builder::{Builder, CertificateBuilder, Profile},
    der::{Decode, DecodePem, EncodePem},
    name::Name,
    serial_number::SerialNumber,
    spki::SubjectPublicKeyInfoOwned,
    time::{Time, Validity},
};

/// The files in the folder of keys.
const AUTHORITY: &str = "document-authority.pem";
const AUTHORITY_KEY: &str = "document-authority.key";
const CERTIFICATE: &str = "document-signer.pem";
const KEY: &str = "document-signer.key";
/// What the two are called. The words say what they are worth.
const AUTHORITY_NAME: &str = "CN=闭环测试根证书（非正式）,O=Bihuan,C=CN";
const SIGNER_NAME: &str = "CN=闭环测试签章证书（非正式）,O=Bihuan,C=CN";
/// How long they are valid.
const YEARS: u64 = 10;

/// Signs documents. It prints nothing of its key.
#[derive(Clone)]
pub struct Signer(Arc<Keys>);

struct Keys {
    key: SigningKey,
    certificate: Certificate,
    name: String,
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Signer")
    }
}

impl Signer {
    /// Opens the signer of a folder of keys, making test authority and certificate the first time.
    ///
    /// # Errors
    /// The file system's; `InvalidData` for what does not read, or a key that is not the certificate's.
    pub fn open(folder: &Path, now: DateTime<Utc>) -> io::Result<Self> {
        if !folder.join(CERTIFICATE).exists() {
            make(folder, now)?;
        }
        let certificate = read(&folder.join(CERTIFICATE))?;
        let key = SigningKey::from_pkcs8_pem(&fs::read_to_string(folder.join(KEY))?).map_err(|error| broken(KEY, &error))?;
        let public = SubjectPublicKeyInfoOwned::from_key(*key.verifying_key()).map_err(|error| broken(KEY, &error))?;
        if public != certificate.tbs_certificate.subject_public_key_info {
            return Err(broken(KEY, &"私钥与证书不匹配"));
        }
        let name = super::verify::common_name(&certificate);
        Ok(Self(Arc::new(Keys { key, certificate, name })))
    }

    /// The authority's certificate of a folder of keys, if there is one.
    ///
    /// # Errors
    /// The file system's; `InvalidData`.
    pub fn authority_at(folder: &Path) -> io::Result<Option<Certificate>> {
        let file = folder.join(AUTHORITY);
        if file.exists() { read(&file).map(Some) } else { Ok(None) }
    }

    pub(super) fn key(&self) -> &SigningKey {
        &self.0.key
    }

    pub(super) fn certificate(&self) -> &Certificate {
        &self.0.certificate
    }

    /// What the signer is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.name
    }
}

fn read(file: &Path) -> io::Result<Certificate> {
    Certificate::from_pem(fs::read(file)?).map_err(|error| broken(&file.display().to_string(), &error))
}

fn broken(what: &str, why: &dyn std::fmt::Display) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("{what}：{why}"))
}

/// Makes authority and certificate. The certificate is written last: where it is, all of it is.
fn make(folder: &Path, now: DateTime<Utc>) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let (authority_key, key) = (fresh(), fresh());
    let invalid = |error: &dyn std::fmt::Display| broken("certificate", error);
    let name = |text: &str| Name::from_str(text).map_err(|error| broken("name", &error));
    let validity = validity(now).map_err(|error| invalid(&error))?;
    let certify = |profile: Profile, subject: &str, of: &SigningKey| -> io::Result<Certificate> {
        let serial: [u8; 15] = rand::rng().random();
        let public = SubjectPublicKeyInfoOwned::from_key(*of.verifying_key()).map_err(|error| invalid(&error))?;
        let serial = SerialNumber::new(&[&[1], serial.as_slice()].concat()).map_err(|error| invalid(&error))?;
        CertificateBuilder::new(profile, serial, validity, name(subject)?, public, &authority_key)
            .and_then(|builder| builder.build::<DerSignature>())
            .map_err(|error| invalid(&error))
    };
    let authority = certify(Profile::Root, AUTHORITY_NAME, &authority_key)?;
    let leaf = Profile::Leaf { issuer: name(AUTHORITY_NAME)?, enable_key_agreement: false, enable_key_encipherment: false };
    let certificate = certify(leaf, SIGNER_NAME, &key)?;
    let pem = |one: &Certificate| one.to_pem(LineEnding::LF).map_err(|error| invalid(&error));
    let secret = |one: &SigningKey| one.to_pkcs8_pem(LineEnding::LF).map_err(|error| invalid(&error));
    write(&folder.join(AUTHORITY_KEY), secret(&authority_key)?.as_bytes())?;
    write(&folder.join(AUTHORITY), pem(&authority)?.as_bytes())?;
    write(&folder.join(KEY), secret(&key)?.as_bytes())?;
    write(&folder.join(CERTIFICATE), pem(&certificate)?.as_bytes())
}

fn fresh() -> SigningKey {
    loop {
        let secret: [u8; 32] = rand::rng().random();
        // All but one in 2^32 are keys.
        if let Ok(key) = SigningKey::from_slice(&secret) {
            return key;
        }
    }
}

fn validity(now: DateTime<Utc>) -> Result<Validity, x509_cert::der::Error> {
    let from = SystemTime::from(now);
    let until = from + Duration::from_secs(YEARS * 365 * 86_400);
    Ok(Validity { not_before: Time::try_from(from)?, not_after: Time::try_from(until)? })
}

/// Whole or not at all, and for the program's user alone.
fn write(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let unfinished = file.with_extension("part");
    let mut open = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&unfinished)?;
    open.write_all(bytes)?;
    open.sync_all()?;
    fs::rename(&unfinished, file)
}

/// A certificate out of PEM or DER.
///
/// # Errors
/// `InvalidData`.
pub(super) fn certificate(bytes: &[u8]) -> io::Result<Certificate> {
    Certificate::from_pem(bytes).or_else(|_| Certificate::from_der(bytes)).map_err(|error| broken("certificate", &error))
}
