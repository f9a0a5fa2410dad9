//! A citizen's signed receipt (回执): what was reported and what became of it, signed with the key that signs the ledger's roots.
//!
//! It stands for itself: whoever has the file and the public key can tell, without a network and without this program's server, that not a
//! letter of it was changed. It holds no personal data: no name, no telephone, no tracking code, none of the reporter's words; answers go
//! through the same hiding of numbers as everywhere else.

use chrono::{DateTime, Utc};
use docket::ledger::{RootKey, canonical_text, was_signed};
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is signed says what it is; another form will have another name.
const PURPOSE: &str = "bihuan-receipt/1";
/// The longest file that is read as a receipt.
pub const LONGEST_RECEIPT: usize = 256 * 1024;

/// A photo by its content (照片摘要).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReceiptPhoto {
    /// `report`, `before` or `after`.
    pub role: String,
    /// The digest of the picture as it was sent in: `sha256:` and 64 digits.
    pub digest: String,
}

/// Where the lead's ledger stood (台账件头): the same hash stands in the signed roots of that day, or goes before what stands there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReceiptHead {
    /// Lines so far.
    pub seq: i64,
    /// The hash of the last one.
    pub hash: String,
}

/// What a receipt says (回执内容).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReceiptBody {
    /// `bihuan-receipt/1`.
    pub form: String,
    /// `report`, or `closing` when it is over.
    pub kind: String,
    /// The district that issued it, 6 digits.
    pub issuer: String,
    /// The number people call it by.
    pub number: String,
    /// The lead that it is handled with, where it was merged into one.
    pub merged_into: Option<String>,
    /// When it came in.
    pub reported_at: DateTime<Utc>,
    /// When it was over.
    pub ended_at: Option<DateTime<Utc>>,
    /// When this receipt was made.
    pub issued_at: DateTime<Utc>,
    /// State code.
    pub state: String,
    /// State in Chinese.
    pub state_label: String,
    /// Class code.
    pub class_code: Option<String>,
    /// Class in Chinese.
    pub class_name: Option<String>,
    /// Unit grid, 15 digits.
    pub grid_code: Option<String>,
    /// Township and grid in words.
    pub grid_name: Option<String>,
    /// The photos that its reporter may see.
    pub photos: Vec<ReceiptPhoto>,
    /// The answer, once it is over.
    pub answer: Option<String>,
    /// How many reports are handled together, this one among them (多人反映); nothing of who they are of.
    pub reports: i64,
    /// Where the ledger stood.
    pub ledger: ReceiptHead,
    /// Made by the city simulator.
    pub simulated: bool,
}

/// A receipt with its signature (签名回执).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SignedReceipt)]
pub struct Receipt {
    /// What it says.
    pub receipt: ReceiptBody,
    /// Ed25519 over the canonical JSON (RFC 8785) of `receipt`, in hexadecimal.
    pub signature: String,
    /// The key that signed it, in hexadecimal; to be compared with the one that the city publishes.
    pub public_key: String,
}

/// What may be said of a receipt whose signature holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vouched {
    /// Signed by one of the keys that the reader trusts.
    Trusted,
    /// Whole, but signed by a key that it brought itself.
    AsCarried,
}

/// Why a file is no receipt to be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoReceipt {
    /// It cannot be read as one.
    #[error("不是完整的回执文件：格式不对，或有字段缺失、重复、多余")]
    Unreadable,
    /// Its words are not those that were signed.
    #[error("内容与签名不符：回执被改动过")]
    Altered,
    /// It was signed, by somebody else.
    #[error("由另一把密钥签名，不是所信任的公钥：不是该市签发的回执")]
    Stranger,
}

impl ReceiptBody {
    /// The name of its form.
    pub(crate) fn form() -> String {
        PURPOSE.to_owned()
    }

    /// Signs it.
    ///
    /// # Errors
    /// `receipt-unwritable` where it has no canonical form.
    pub(crate) fn signed(self, key: &RootKey) -> Result<Receipt, Problem> {
        let text = canonical_text(&self).map_err(|_| Problem::internal("receipt-unwritable", "回执无法生成，请稍后再试"))?;
        Ok(Receipt { signature: key.sign(PURPOSE, &text), public_key: key.public(), receipt: self })
    }
}

/// Reads a receipt and says whether it is to be believed: by the given keys, or, without any, by the one it carries.
///
/// # Errors
/// [`NoReceipt`], with the reason in Chinese.
pub fn read_receipt(file: &[u8], trusted: &[String]) -> Result<(Receipt, Vouched), NoReceipt> {
    if file.len() > LONGEST_RECEIPT {
        return Err(NoReceipt::Unreadable);
    }
    // A field that stands there twice would show one thing to a reader and another to the signature: serde refuses it.
    let receipt: Receipt = serde_json::from_slice(file).map_err(|_| NoReceipt::Unreadable)?;
    let text = canonical_text(&receipt.receipt).map_err(|_| NoReceipt::Unreadable)?;
    let signed_by = |key: &str| was_signed(key, PURPOSE, &text, &receipt.signature);
    if receipt.receipt.form != PURPOSE {
        return Err(NoReceipt::Unreadable);
    }
    if let Some(key) = trusted.iter().find(|key| signed_by(key)) {
        // The key that it names is outside the signature, and may not be another one.
        let named = key.eq_ignore_ascii_case(&receipt.public_key);
        return if named { Ok((receipt, Vouched::Trusted)) } else { Err(NoReceipt::Altered) };
    }
    if !signed_by(&receipt.public_key) {
        return Err(NoReceipt::Altered);
    }
    if trusted.is_empty() { Ok((receipt, Vouched::AsCarried)) } else { Err(NoReceipt::Stranger) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body() -> ReceiptBody {
        let at = DateTime::UNIX_EPOCH;
        ReceiptBody {
            form: ReceiptBody::form(),
            kind: "closing".into(),
            issuer: "330482".into(),
            number: "N1".into(),
            merged_into: None,
            reported_at: at,
            ended_at: Some(at),
            issued_at: at,
            state: "closed".into(),
            state_label: "已结案".into(),
            class_code: None,
            class_name: None,
            grid_code: None,
            grid_name: None,
            photos: vec![ReceiptPhoto { role: "report".into(), digest: format!("sha256:{}", "0".repeat(64)) }],
            answer: Some("已清运".into()),
            reports: 2,
            ledger: ReceiptHead { seq: 9, hash: "sha256:00".into() },
            simulated: false,
        }
    }

    #[test]
    fn a_receipt_with_any_letter_changed_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let key = RootKey::open(folder.path()).unwrap();
        let file = serde_json::to_string(&body().signed(&key).unwrap()).unwrap();
        let trusted = vec![key.public()];
        assert_eq!(read_receipt(file.as_bytes(), &trusted).unwrap().1, Vouched::Trusted);
        assert_eq!(read_receipt(file.as_bytes(), &[]).unwrap().1, Vouched::AsCarried);
        // Every single byte.
        let (mut altered, mut unreadable) = (0, 0);
        for at in 0..file.len() {
            let mut bytes = file.clone().into_bytes();
            bytes[at] ^= 1;
            match read_receipt(&bytes, &trusted) {
                Ok(_) => panic!("byte {at} was changed, and it is believed"),
                Err(NoReceipt::Unreadable) => unreadable += 1,
                Err(_) => altered += 1,
            }
        }
        assert!(altered > 100 && unreadable > 50, "{altered} {unreadable}");
    }

    #[test]
    fn layout_is_not_content_and_a_field_twice_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let key = RootKey::open(folder.path()).unwrap();
        let receipt = body().signed(&key).unwrap();
        let pretty = serde_json::to_string_pretty(&receipt).unwrap();
        assert!(read_receipt(pretty.as_bytes(), &[key.public()]).is_ok());
        let twice = pretty.replacen("\"number\"", "\"number\": \"N2\", \"number\"", 1);
        assert_eq!(read_receipt(twice.as_bytes(), &[]), Err(NoReceipt::Unreadable));
    }

    #[test]
    fn a_stranger_signs_for_himself_and_a_root_is_no_receipt() {
        let (ours, theirs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (ours, theirs) = (RootKey::open(ours.path()).unwrap(), RootKey::open(theirs.path()).unwrap());
        let file = serde_json::to_vec(&body().signed(&theirs).unwrap()).unwrap();
        assert_eq!(read_receipt(&file, &[ours.public()]), Err(NoReceipt::Stranger));
        let mut forged = body().signed(&ours).unwrap();
        let text = canonical_text(&forged.receipt).unwrap();
        forged.signature = ours.sign("bihuan-root/1", &text);
        assert_eq!(read_receipt(&serde_json::to_vec(&forged).unwrap(), &[ours.public()]), Err(NoReceipt::Altered));
    }
}
