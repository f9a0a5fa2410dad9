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

/// The most work that opening may ask for: a hostile file must not keep the machine busy for hours.
const MOST_WORK: u8 = 22;

/// Writes into a new envelope.
pub(super) fn seal<W: Write>(out: W, passphrase: &SecretString, work: u8, path: &Path) -> Result<StreamWriter<W>, BackupError> {
    let mut recipient = scrypt::Recipient::new(passphrase.clone());
    recipient.set_work_factor(work);
    Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient))
        .map_err(|error| at(path)(std::io::Error::other(error)))?
        .wrap_output(out)
        .map_err(at(path))
}

/// Reads out of an envelope.
pub(super) fn open(path: &Path, passphrase: &SecretString) -> Result<Opened, BackupError> {
    let file = BufReader::new(File::open(path).map_err(at(path))?);
    let mut identity = scrypt::Identity::new(passphrase.clone());
    identity.set_max_work_factor(MOST_WORK);
    Decryptor::new_buffered(file).and_then(|envelope| envelope.decrypt(std::iter::once(&identity as &dyn age::Identity))).map_err(|error| {
        match error {
            DecryptError::DecryptionFailed
            | DecryptError::NoMatchingKeys
            | DecryptError::InvalidMac
            | DecryptError::KeyDecryptionFailed => BackupError::WrongPassphrase,
            _ => BackupError::NotABackup(path.to_owned()),
        }
    })
}
