//! Whether a PDF is as it was signed, and by whom: pure, of any file.

use std::io;

use cms::{
    cert::CertificateChoices,
    content_info::ContentInfo,
    signed_data::{SignedData, SignerIdentifier, SignerInfo},
};
use p256::ecdsa::{DerSignature, VerifyingKey, signature::Verifier};
use serde::Serialize;
use sha2::{Digest, Sha256};
use x509_cert::{
    Certificate,
    der::{
        Decode, Encode,
        asn1::{OctetString, Utf8StringRef},
    },
    spki::DecodePublicKey,
};

use super::{
    authority,
    cms_of::{ECDSA_SHA_256, MESSAGE_DIGEST, SIGNED_DATA, SIGNING_CERTIFICATE_V2, signing_certificate},
};

/// Whom to believe (信任的根证书).
#[derive(Debug, Clone, Default)]
pub struct Certificates(Vec<Certificate>);

impl Certificates {
    /// These certificates.
    #[must_use]
    pub fn of(certificates: Vec<Certificate>) -> Self {
        Self(certificates)
    }

    /// One more, in PEM or DER.
    ///
    /// # Errors
    /// `InvalidData`.
    pub fn add(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.push(authority::certificate(bytes)?);
        Ok(())
    }
}

/// What a signature says (签名信息).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Signed {
    /// By whom: the common name of the certificate.
    pub by: String,
    /// Who vouches for that.
    pub issuer: String,
    /// When, as the signer says, in the PDF's own notation.
    pub at: Option<String>,
    /// Whether one of the trusted certificates issued it.
    pub trusted: bool,
}

/// How it stands with a file (验证结果).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// As it was signed.
    Valid(Signed),
    /// Not as it was signed, and why.
    Altered(&'static str),
    /// Nobody signed it.
    NotSigned,
}

/// Verifies the last signature of a PDF. The whole file must be covered: what was added after it counts as a change.
#[must_use]
pub fn verify(pdf: &[u8], trusted: &Certificates) -> Outcome {
    let Some((at, range)) = byte_range(pdf) else { return Outcome::NotSigned };
    let [start, length, then, rest] = range;
    let covered = start == 0 && length < then && then.checked_add(rest) == Some(pdf.len());
    if !covered || at >= length {
        return Outcome::Altered("签名没有覆盖整个文件，签名之后文件有增加或者删除");
    }
    let Some(room) = pdf[length..then].strip_prefix(b"<").and_then(|room| room.strip_suffix(b">")) else {
        return Outcome::Altered("签名的位置被改动");
    };
    let Some(signature) = hex::decode(room).ok().as_deref().and_then(whole).map(<[u8]>::to_vec) else {
        return Outcome::Altered("签名无法读取");
    };
    let digest = Sha256::new().chain_update(&pdf[..length]).chain_update(&pdf[then..]).finalize();
    match check(&signature, &digest, trusted) {
        Ok(signed) => Outcome::Valid(Signed { at: moment(&pdf[..length]), ..signed }),
        Err(why) => Outcome::Altered(why),
    }
}

/// The last byte range of a file, and where it stands.
fn byte_range(pdf: &[u8]) -> Option<(usize, [usize; 4])> {
    const NAME: &[u8] = b"/ByteRange";
    let at = pdf.windows(NAME.len()).rposition(|window| window == NAME)?;
    let inside = pdf[at + NAME.len()..].trim_ascii_start().strip_prefix(b"[")?;
    let end = inside.iter().take(100).position(|byte| *byte == b']')?;
    let text = std::str::from_utf8(&inside[..end]).ok()?;
    let numbers: Vec<usize> = text.split_ascii_whitespace().map(str::parse).collect::<Result<_, _>>().ok()?;
    Some((at, numbers.try_into().ok()?))
}

/// The encoding that bytes begin with; what fills up its room must be zeros.
fn whole(bytes: &[u8]) -> Option<&[u8]> {
    let (first, more) = (*bytes.get(1)?, bytes.get(2..)?);
    let (length, head) = if first < 0x80 {
        (usize::from(first), 2)
    } else {
        let count = usize::from(first & 0x7f);
        let digits = more.get(..count).filter(|_| (1..=4).contains(&count))?;
        (digits.iter().fold(0, |sum, digit| sum << 8 | usize::from(*digit)), 2 + count)
    };
    let end = length.checked_add(head)?;
    let filling = bytes.get(end..)?;
    filling.iter().all(|byte| *byte == 0).then(|| &bytes[..end])
}

fn check(signature: &[u8], digest: &[u8], trusted: &Certificates) -> Result<Signed, &'static str> {
    const UNREADABLE: &str = "签名无法读取";
    let content = ContentInfo::from_der(signature).map_err(|_| UNREADABLE)?;
    if content.content_type != SIGNED_DATA {
        return Err(UNREADABLE);
    }
    let data: SignedData = content.content.decode_as().map_err(|_| UNREADABLE)?;
    let [info] = data.signer_infos.0.as_slice() else { return Err("签名人不止一个") };
    let certificates: Vec<&Certificate> = data.certificates.iter().flat_map(|set| set.0.iter()).filter_map(plain).collect();
    let certificate = certificates.iter().find(|one| is_of(info, one)).ok_or("签名中没有签名人的证书")?;
    let attributes = info.signed_attrs.as_ref().ok_or(UNREADABLE)?;
    let value = |oid| attributes.iter().find(|one| one.oid == oid).and_then(|one| one.values.get(0));
    let signed: OctetString = value(MESSAGE_DIGEST).ok_or(UNREADABLE)?.decode_as().map_err(|_| UNREADABLE)?;
    if signed.as_bytes() != digest {
        return Err("文件内容与签名时不符");
    }
    let named = value(SIGNING_CERTIFICATE_V2).and_then(|one| one.to_der().ok()).ok_or("签名没有指明证书")?;
    if named != signing_certificate(&certificate.to_der().map_err(|_| UNREADABLE)?) {
        return Err("签名指明的证书被替换");
    }
    if info.signature_algorithm.oid != ECDSA_SHA_256 {
        return Err("签名算法不受支持");
    }
    let message = attributes.to_der().map_err(|_| UNREADABLE)?;
    if !holds(certificate, &message, info.signature.as_bytes()) {
        return Err("签名不成立");
    }
    Ok(Signed {
        by: common_name(certificate),
        issuer: issuer_name(certificate),
        at: None,
        trusted: trusted.0.iter().any(|authority| issued_by(certificate, authority)),
    })
}

fn plain(choice: &CertificateChoices) -> Option<&Certificate> {
    match choice {
        CertificateChoices::Certificate(certificate) => Some(certificate),
        CertificateChoices::Other(_) => None,
    }
}

fn is_of(info: &SignerInfo, certificate: &Certificate) -> bool {
    match &info.sid {
        SignerIdentifier::IssuerAndSerialNumber(id) => {
            id.issuer == certificate.tbs_certificate.issuer && id.serial_number == certificate.tbs_certificate.serial_number
        }
        SignerIdentifier::SubjectKeyIdentifier(_) => false,
    }
}

/// Whether a signature over a message was made with a certificate's key.
fn holds(certificate: &Certificate, message: &[u8], signature: &[u8]) -> bool {
    let public = certificate.tbs_certificate.subject_public_key_info.to_der().ok();
    let key = public.and_then(|public| VerifyingKey::from_public_key_der(&public).ok());
    let signature = DerSignature::try_from(signature).ok();
    key.zip(signature).is_some_and(|(key, signature)| key.verify(message, &signature).is_ok())
}

fn issued_by(certificate: &Certificate, authority: &Certificate) -> bool {
    certificate.tbs_certificate.issuer == authority.tbs_certificate.subject
        && certificate.tbs_certificate.to_der().is_ok_and(|message| holds(authority, &message, certificate.signature.raw_bytes()))
}

/// The common name of whom a certificate is for.
pub(super) fn common_name(certificate: &Certificate) -> String {
    name_of(&certificate.tbs_certificate.subject)
}

fn issuer_name(certificate: &Certificate) -> String {
    name_of(&certificate.tbs_certificate.issuer)
}

fn name_of(name: &x509_cert::name::Name) -> String {
    const COMMON_NAME: x509_cert::der::asn1::ObjectIdentifier = x509_cert::der::asn1::ObjectIdentifier::new_unwrap("2.5.4.3");
    let parts = name.0.iter().flat_map(|part| part.0.iter());
    let found = parts
        .filter(|part| part.oid == COMMON_NAME)
        .find_map(|part| part.value.decode_as::<Utf8StringRef<'_>>().ok().map(|text| text.as_str().to_owned()));
    found.unwrap_or_else(|| name.to_string())
}

/// When the signer says that he signed.
fn moment(before: &[u8]) -> Option<String> {
    const NAME: &[u8] = b"/M(D:";
    let at = before.windows(NAME.len()).rposition(|window| window == NAME)? + NAME.len();
    let end = before[at..].iter().take(30).position(|byte| *byte == b')')?;
    String::from_utf8(before[at..at + end].to_vec()).ok()
}
