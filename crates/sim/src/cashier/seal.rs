//! The provider's side of signing: what it sends is signed and sealed, what it gets is proven.

use base64::{Engine, prelude::BASE64_STANDARD};
use chrono::{DateTime, Utc};
use ring::{
    aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    rand::SystemRandom,
    signature::{RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair, UnparsedPublicKey},
};
use rustls::pki_types::{PrivatePkcs8KeyDer, SubjectPublicKeyInfoDer, pem::PemObject};
use serde_json::{Value, json};

use super::{SEAL, SERIAL};

/// Something signed, as it goes over the wire.
#[derive(Debug, Clone)]
pub struct Sealed {
    /// When, in seconds.
    pub timestamp: String,
    /// Used once.
    pub nonce: String,
    /// Base64.
    pub signature: String,
    /// What is signed.
    pub body: String,
}

impl Sealed {
    /// Its headers.
    #[must_use]
    pub fn headers(&self) -> [(&'static str, String); 5] {
        [
            ("content-type", "application/json".to_owned()),
            ("wechatpay-timestamp", self.timestamp.clone()),
            ("wechatpay-nonce", self.nonce.clone()),
            ("wechatpay-serial", SERIAL.to_owned()),
            ("wechatpay-signature", self.signature.clone()),
        ]
    }
}

/// Signs a body.
pub(super) fn sign(body: String, number: u64, at: DateTime<Utc>) -> Sealed {
    let pem = include_bytes!("keys/provider.pem");
    let key = PrivatePkcs8KeyDer::from_pem_slice(pem).ok().and_then(|der| RsaKeyPair::from_pkcs8(der.secret_pkcs8_der()).ok());
    let key = key.expect("the simulated key is in this repository");
    let (timestamp, nonce) = (at.timestamp().to_string(), format!("n{number:016}{:08x}", rand::random::<u32>()));
    let mut signature = vec![0; key.public().modulus_len()];
    let text = format!("{timestamp}\n{nonce}\n{body}\n");
    key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), text.as_bytes(), &mut signature).expect("2048 bits sign anything");
    Sealed { timestamp, nonce, signature: BASE64_STANDARD.encode(signature), body }
}

/// A sealed and signed callback about a transaction.
pub(super) fn callback(transaction: &Value, number: u64, at: DateTime<Utc>) -> Sealed {
    let nonce = format!("{:012}", number % 1_000_000_000_000);
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, SEAL).expect("32 bytes"));
    let mut bytes = transaction.to_string().into_bytes();
    let once = Nonce::try_assume_unique_for_key(nonce.as_bytes()).expect("12 bytes");
    key.seal_in_place_append_tag(once, Aad::from(b"transaction"), &mut bytes).expect("a short text");
    let body = json!({
        "id": format!("EV-{number}"), "create_time": at.to_rfc3339(), "event_type": "TRANSACTION.SUCCESS", "resource_type": "encrypt-resource",
        "summary": "支付成功", "resource": {
            "algorithm": "AEAD_AES_256_GCM", "original_type": "transaction", "ciphertext": BASE64_STANDARD.encode(bytes), "nonce": nonce,
            "associated_data": "transaction",
        },
    });
    sign(body.to_string(), number, at)
}

/// Whether a request is the merchant's: the text is put together here once more, from what came.
pub(super) fn is_merchants(method: &str, path: &str, body: &str, authorization: &str) -> bool {
    let Some(parts) = authorization.strip_prefix("WECHATPAY2-SHA256-RSA2048 ") else { return false };
    let part = |name: &str| {
        let mut all = parts.split(',').filter_map(|part| part.split_once('='));
        all.find(|(it, _)| *it == name).map(|(_, value)| value.trim_matches('"').to_owned()).unwrap_or_default()
    };
    let text = format!("{method}\n{path}\n{}\n{}\n{body}\n", part("timestamp"), part("nonce_str"));
    let Ok(signature) = BASE64_STANDARD.decode(part("signature")) else { return false };
    let Ok(info) = SubjectPublicKeyInfoDer::from_pem_slice(include_bytes!("keys/merchant-public.pem")) else { return false };
    // The key lies at the end of the structure: 24 bytes of it name the algorithm for a key of 2048 bits.
    let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, info.get(24..).unwrap_or_default());
    part("mchid") == super::MERCHANT && part("serial_no") == super::MERCHANT_SERIAL && key.verify(text.as_bytes(), &signature).is_ok()
}
