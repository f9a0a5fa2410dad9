//! Digital signatures (电子签名): PAdES-B-B over an issued document, with a key of the installation, and its verification without one.
//!
//! A signature is a CMS of its own that covers every byte of the file but the room it lies in (ETSI EN 319 142-1, ETSI EN 319 122-1).

mod authority;
mod cms_of;
mod increment;
mod verify;

use chrono::{DateTime, Utc};

pub use authority::Signer;
pub use verify::{Certificates, Outcome, Signed, verify};

/// Why a document was not signed.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// The PDF is not built as the press builds them.
    #[error("the PDF has no {0} where the press puts it")]
    Shape(&'static str),
    /// The encoding of the signature.
    #[error("the signature cannot be encoded: {0}")]
    Encoding(#[from] x509_cert::der::Error),
    /// It is larger than the room for it.
    #[error("the signature takes {0} bytes")]
    TooLarge(usize),
}

impl Signer {
    /// Signs a PDF of the press at `now`; the same file, moment and key make the same signature.
    ///
    /// # Errors
    /// [`SignError`].
    pub fn sign(&self, pdf: &[u8], reason: &str, now: DateTime<Utc>) -> Result<Vec<u8>, SignError> {
        let mut open = increment::prepare(pdf, self.name(), reason, now)?;
        let signature = cms_of::detached(self, &open.digest())?;
        open.fill(&signature)?;
        Ok(open.into_bytes())
    }
}
