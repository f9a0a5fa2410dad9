//! The age envelope around a backup.

use super::{BackupError, error::at};
use age::{
    DecryptError, Decryptor, Encryptor, scrypt,
    secrecy::SecretString,
    stream::{StreamReader, StreamWriter},
};
use std::{
    fs::File,
    io::{BufReader, Write},
    path::Path,
};

/// An opened envelope.
pub(super) type Opened = StreamReader<BufReader<File>>;

/// Writes into a new envelope.
pub(super) fn seal<W: Write>(out: W, passphrase: &SecretString, path: &Path) -> Result<StreamWriter<W>, BackupError> {
    Encryptor::with_user_passphrase(passphrase.clone()).wrap_output(out).map_err(at(path))
}

/// Reads out of an envelope.
pub(super) fn open(path: &Path, passphrase: &SecretString) -> Result<Opened, BackupError> {
    let file = BufReader::new(File::open(path).map_err(at(path))?);
    let identity = scrypt::Identity::new(passphrase.clone());
    Decryptor::new_buffered(file)
        .and_then(|envelope| envelope.decrypt(std::iter::once(&identity as &dyn age::Identity)))
        .map_err(|error| match error {
            DecryptError::DecryptionFailed | DecryptError::NoMatchingKeys | DecryptError::InvalidMac | DecryptError::KeyDecryptionFailed => {
                BackupError::WrongPassphrase
            }
            _ => BackupError::NotABackup(path.to_owned()),
        })
}
