//! The signature itself: CMS signed data without content, with the attributes that CAdES baseline B wants.

use cms::{
    cert::{CertificateChoices, IssuerAndSerialNumber},
    content_info::{CmsVersion, ContentInfo},
    signed_data::{CertificateSet, EncapsulatedContentInfo, SignedData, SignerIdentifier, SignerInfo, SignerInfos},
};
use p256::ecdsa::{DerSignature, signature::Signer as _};
use sha2::{Digest, Sha256};
use x509_cert::{
    attr::Attribute,
    der::{
        Decode, Encode,
        asn1::{Any, ObjectIdentifier, OctetString, SetOfVec},
    },
    spki::AlgorithmIdentifierOwned,
};

use super::{SignError, Signer};

/// Data (RFC 5652).
pub(super) const DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
/// Signed data (RFC 5652).
pub(super) const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
/// Attribute: kind of the content.
const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
/// Attribute: digest of the content.
pub(super) const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
/// Attribute: which certificate signs (RFC 5035).
pub(super) const SIGNING_CERTIFICATE_V2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");
/// SHA-256.
const SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
/// ECDSA over SHA-256.
pub(super) const ECDSA_SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");

/// The signature over a digest of the content. The time stands in the PDF's dictionary and not here, as PAdES wants it.
pub(super) fn detached(signer: &Signer, digest: &[u8]) -> Result<Vec<u8>, SignError> {
    let certificate = signer.certificate();
    let attributes = SetOfVec::try_from(vec![
        attribute(CONTENT_TYPE, Any::encode_from(&DATA)?)?,
        attribute(MESSAGE_DIGEST, Any::encode_from(&OctetString::new(digest)?)?)?,
        attribute(SIGNING_CERTIFICATE_V2, Any::from_der(&signing_certificate(&certificate.to_der()?))?)?,
    ])?;
    let signature: DerSignature = signer.key().sign(&attributes.to_der()?);
    let sha256 = AlgorithmIdentifierOwned { oid: SHA_256, parameters: None };
    let info = SignerInfo {
        version: CmsVersion::V1,
        sid: SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
            issuer: certificate.tbs_certificate.issuer.clone(),
            serial_number: certificate.tbs_certificate.serial_number.clone(),
        }),
        digest_alg: sha256.clone(),
        signed_attrs: Some(attributes),
        signature_algorithm: AlgorithmIdentifierOwned { oid: ECDSA_SHA_256, parameters: None },
        signature: OctetString::new(signature.as_bytes())?,
        unsigned_attrs: None,
    };
    // The authority's own certificate is left out: nothing of a signature covers it, and whoever verifies takes it from elsewhere.
    let certificates = vec![CertificateChoices::Certificate(certificate.clone())];
    let data = SignedData {
        version: CmsVersion::V1,
        digest_algorithms: SetOfVec::try_from(vec![sha256])?,
        encap_content_info: EncapsulatedContentInfo { econtent_type: DATA, econtent: None },
        certificates: Some(CertificateSet(SetOfVec::try_from(certificates)?)),
        crls: None,
        signer_infos: SignerInfos(SetOfVec::try_from(vec![info])?),
    };
    Ok(ContentInfo { content_type: SIGNED_DATA, content: Any::encode_from(&data)? }.to_der()?)
}

fn attribute(oid: ObjectIdentifier, value: Any) -> Result<Attribute, x509_cert::der::Error> {
    Ok(Attribute { oid, values: SetOfVec::try_from(vec![value])? })
}

/// SigningCertificateV2 of one certificate: three sequences around the SHA-256 of its encoding, which is the default function.
pub(super) fn signing_certificate(certificate: &[u8]) -> Vec<u8> {
    let digest = Sha256::digest(certificate);
    [&[0x30, 38, 0x30, 36, 0x30, 34, 0x04, 32][..], &digest].concat()
}
