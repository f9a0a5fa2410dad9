//! Signing and opening as APIv3 has it: RSA-SHA256 over lines, AES-256-GCM for what callbacks carry.

use base64::{Engine, prelude::BASE64_STANDARD};
use ring::{
    aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    rand::SystemRandom,
    signature::{RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair, UnparsedPublicKey},
};
use x509_parser::{
    pem::parse_x509_pem,
    prelude::{FromDer, X509Certificate},
    x509::SubjectPublicKeyInfo,
};

/// The merchant's key (商户私钥).
pub(super) struct OwnKey(RsaKeyPair);

impl OwnKey {
    /// Reads PKCS#8 in PEM.
    pub fn read(pem: &[u8]) -> Result<Self, &'static str> {
        let (_, block) = parse_x509_pem(pem).map_err(|_| "商户私钥不是 PEM")?;
        RsaKeyPair::from_pkcs8(&block.contents).map(Self).map_err(|_| "商户私钥不是 2048 位以上的 PKCS#8 RSA 私钥")
    }

    /// The signature over a text, in base64.
    pub fn sign(&self, text: &str) -> Option<String> {
        let mut signature = vec![0; self.0.public().modulus_len()];
        self.0.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), text.as_bytes(), &mut signature).ok()?;
        Some(BASE64_STANDARD.encode(signature))
    }
}

/// The provider's key (平台公钥或者平台证书).
pub(super) struct TheirKey(UnparsedPublicKey<Vec<u8>>);

impl TheirKey {
    /// Reads a public key or a certificate in PEM.
    pub fn read(pem: &[u8]) -> Result<Self, &'static str> {
        let wrong = "支付渠道公钥不是 PEM 格式的 RSA 公钥或者证书";
        let (_, block) = parse_x509_pem(pem).map_err(|_| wrong)?;
        let key = if block.label == "CERTIFICATE" {
            let (_, certificate) = X509Certificate::from_der(&block.contents).map_err(|_| wrong)?;
            certificate.public_key().subject_public_key.data.to_vec()
        } else {
            let (_, info) = SubjectPublicKeyInfo::from_der(&block.contents).map_err(|_| wrong)?;
            info.subject_public_key.data.to_vec()
        };
        Ok(Self(UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key)))
    }

    /// Whether a signature in base64 over a text is theirs.
    pub fn signed(&self, text: &[u8], signature: &str) -> bool {
        BASE64_STANDARD.decode(signature).is_ok_and(|signature| self.0.verify(text, &signature).is_ok())
    }
}

/// The 32 bytes that callbacks are sealed with (APIv3 密钥).
pub(super) struct SealKey(LessSafeKey);

impl SealKey {
    pub fn new(key: &[u8]) -> Result<Self, &'static str> {
        UnboundKey::new(&AES_256_GCM, key).map(|key| Self(LessSafeKey::new(key))).map_err(|_| "APIv3 密钥应为 32 个字节")
    }

    /// Opens what is sealed; nothing where it was altered.
    pub fn open(&self, ciphertext: &str, nonce: &str, associated: &str) -> Option<Vec<u8>> {
        let mut bytes = BASE64_STANDARD.decode(ciphertext).ok()?;
        let nonce = Nonce::try_assume_unique_for_key(nonce.as_bytes()).ok()?;
        self.0.open_in_place(nonce, Aad::from(associated.as_bytes()), &mut bytes).ok().map(|plain| plain.to_vec())
    }
}
