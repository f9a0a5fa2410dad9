//! Sealing the secrets: a copy of the database alone cannot sign in our name.

use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use kernel::problem::Problem;
use rand::Rng;
use uuid::Uuid;

const NONCE: usize = 24;

/// Seals with one key; the owner's id is part of the seal, so that rows cannot be swapped.
#[derive(Clone)]
pub(crate) struct Seal(XChaCha20Poly1305);

impl Seal {
    pub(crate) fn new(key: &[u8; 32]) -> Self {
        Self(XChaCha20Poly1305::new(key.into()))
    }

    pub(crate) fn close(&self, owner: Uuid, secret: &[u8]) -> Result<Vec<u8>, Problem> {
        let mut nonce = [0_u8; NONCE];
        rand::rng().fill_bytes(&mut nonce);
        let sealed = self.0.encrypt(&XNonce::from(nonce), Payload { msg: secret, aad: owner.as_bytes() }).map_err(|_| broken())?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    pub(crate) fn open(&self, owner: Uuid, sealed: &[u8]) -> Result<Vec<u8>, Problem> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE).ok_or_else(broken)?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| broken())?;
        self.0.decrypt(&XNonce::from(nonce), Payload { msg: sealed, aad: owner.as_bytes() }).map_err(|_| broken())
    }
}

fn broken() -> Problem {
    Problem::internal("seal-broken", "签名密钥无法读取，请重新设置推送地址")
}

/// A new secret: 32 random bytes in hexadecimal.
pub(crate) fn new_secret() -> String {
    let mut bytes = [0_u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    hex::encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_opens_for_its_webhook_alone() {
        let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let seal = Seal::new(&[7; 32]);
        let sealed = seal.close(one, b"secret").unwrap();
        assert_eq!(seal.open(one, &sealed).unwrap(), b"secret");
        assert!(seal.open(two, &sealed).is_err());
        assert!(Seal::new(&[8; 32]).open(one, &sealed).is_err());
        assert!(seal.open(one, &sealed[..5]).is_err());
    }
}
