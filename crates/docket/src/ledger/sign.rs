//! Signing other words with the key of the roots: each purpose is part of what is signed, so that no signature passes for another kind.

use ed25519_dalek::{Signature, Signer, VerifyingKey};
use serde::Serialize;

use super::RootKey;

/// The canonical JSON (RFC 8785) of a value: the same words however a file was laid out.
///
/// # Errors
/// For values that are no JSON, such as numbers without end.
pub fn canonical_text<T: Serialize>(value: &T) -> Result<Vec<u8>, serde_json::Error> {
    serde_json_canonicalizer::to_vec(value)
}

fn message(purpose: &str, text: &[u8]) -> Vec<u8> {
    [purpose.as_bytes(), b"\n", text].concat()
}

impl RootKey {
    /// Signs words for a purpose: Ed25519 (RFC 8032), in hexadecimal.
    #[must_use]
    pub fn sign(&self, purpose: &str, text: &[u8]) -> String {
        hex::encode(self.0.sign(&message(purpose, text)).to_bytes())
    }
}

/// Whether words were signed for a purpose by the holder of a public key; key and signature in hexadecimal.
#[must_use]
pub fn was_signed(public_key: &str, purpose: &str, text: &[u8], signature: &str) -> bool {
    let key = hex::decode(public_key).ok().and_then(|bytes| VerifyingKey::from_bytes(&bytes.try_into().ok()?).ok());
    let signature = hex::decode(signature).ok().and_then(|bytes| Signature::from_slice(&bytes).ok());
    // Strict: a signature that is another spelling of the same one is none.
    key.zip(signature).is_some_and(|(key, signature)| key.verify_strict(&message(purpose, text), &signature).is_ok())
}
