//! Sealing of small secrets that must be read again: a copy of the database alone does not show them.

use std::fmt;

use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use kernel::problem::Problem;
use rand::Rng;
use uuid::Uuid;

const NONCE: usize = 24;

/// Seals and opens with one key; the person's id is part of the seal, so that rows cannot be swapped.
#[derive(Clone)]
pub(crate) struct Seal(XChaCha20Poly1305);

impl fmt::Debug for Seal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Seal(***)")
    }
}

impl Seal {
    pub(crate) fn new(key: &[u8; 32]) -> Self {
        Self(XChaCha20Poly1305::new(key.into()))
    }

    /// The nonce and the sealed secret.
    pub(crate) fn close(&self, person: Uuid, secret: &[u8]) -> Result<Vec<u8>, Problem> {
        let mut nonce = [0u8; NONCE];
        rand::rng().fill_bytes(&mut nonce);
        let payload = Payload { msg: secret, aad: person.as_bytes() };
        let sealed = self.0.encrypt(&XNonce::from(nonce), payload).map_err(|_| broken())?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// The secret.
    pub(crate) fn open(&self, person: Uuid, sealed: &[u8]) -> Result<Vec<u8>, Problem> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE).ok_or_else(broken)?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| broken())?;
        self.0.decrypt(&XNonce::from(nonce), Payload { msg: sealed, aad: person.as_bytes() }).map_err(|_| broken())
    }
}

fn broken() -> Problem {
    Problem::internal("seal-broken", "动态口令密钥无法读取，请联系系统管理员重置动态口令。")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_opens_for_its_person_and_key_alone() {
        let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let seal = Seal::new(&[7; 32]);
        let sealed = seal.close(one, b"secret").unwrap();
        assert!(!sealed.windows(6).any(|window| window == b"secret"));
        assert_eq!(seal.open(one, &sealed).unwrap(), b"secret");
        assert!(seal.open(two, &sealed).is_err());
        assert!(Seal::new(&[8; 32]).open(one, &sealed).is_err());
        assert!(seal.open(one, &sealed[..10]).is_err());
    }
}
