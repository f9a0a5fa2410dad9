//! Signatures: what verifies, what does not, and what another hand's program says of it.

use std::{fs, process::Command};

use chrono::Duration;
use documents::{
    Paper, Standing, form,
    signature::{Certificates, Outcome, Signer, verify},
};

use crate::house::{monday, printing};

fn printed() -> Vec<u8> {
    let template = form::of("D15").unwrap();
    let read = template.read(&template.sample()).unwrap();
    let standing =
        Standing { number: Some("模综执罚决字〔2026〕第1号".into()), simulated: true, key: "one".into(), ..Standing::default() };
    printing().print(template, &read, Paper::Sheet, &standing).unwrap().bytes
}

#[test]
fn a_signature_holds_until_a_byte_changes_and_another_hand_says_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let signer = Signer::open(folder.path(), monday()).unwrap();
    let plain = printed();
    let signed = signer.sign(&plain, "行政处罚决定书", monday()).unwrap();
    assert!(signed.starts_with(&plain), "what was printed stays as it is");
    assert_eq!(signer.sign(&plain, "行政处罚决定书", monday()).unwrap(), signed, "the same key and moment make the same signature");
    let own = Signer::authority_at(folder.path()).unwrap().unwrap();
    let trusted = Certificates::of(vec![own]);
    let Outcome::Valid(said) = verify(&signed, &trusted) else { panic!("{:?}", verify(&signed, &trusted)) };
    assert_eq!((said.by.as_str(), said.issuer.as_str(), said.trusted), ("闭环测试签章证书（非正式）", "闭环测试根证书（非正式）", true));
    assert_eq!(said.at.as_deref(), Some("20261102010000Z"));
    // Valid, but nobody vouches for it: no authority, or that of another city.
    let other = tempfile::tempdir().unwrap();
    Signer::open(other.path(), monday()).unwrap();
    let stranger = Certificates::of(vec![Signer::authority_at(other.path()).unwrap().unwrap()]);
    for nobody in [Certificates::default(), stranger] {
        assert!(matches!(verify(&signed, &nobody), Outcome::Valid(said) if !said.trusted));
    }
    assert_eq!(verify(&plain, &trusted), Outcome::NotSigned);
    assert_eq!(verify(b"", &trusted), Outcome::NotSigned);

    // One byte anywhere: in the words, in the structure that the signature added, in the signature itself, at the end.
    let contents = signed.windows(10).rposition(|window| window == b"/Contents<").unwrap() + 10;
    let places = (0..40).map(|step| step * plain.len() / 40).chain([
        plain.len() + 20,
        contents + 1,
        contents + 700,
        contents + 16_000,
        signed.len() - 3,
    ]);
    for place in places {
        let mut altered = signed.clone();
        altered[place] = if altered[place] == b'1' { b'2' } else { b'1' };
        assert!(matches!(verify(&altered, &trusted), Outcome::Altered(_)), "byte {place} of {}", signed.len());
    }
    // Something added after it, something cut off.
    assert!(matches!(verify(&[signed.as_slice(), b"\n%more"].concat(), &trusted), Outcome::Altered(_)));
    assert!(matches!(verify(&signed[..signed.len() - 1], &trusted), Outcome::Altered(_)));

    // The same key the next time, and poppler's verifier.
    assert_eq!(
        Signer::open(folder.path(), monday() + Duration::days(9)).unwrap().sign(&plain, "行政处罚决定书", monday()).unwrap(),
        signed
    );
    let file = folder.path().join("decision.pdf");
    fs::write(&file, &signed).unwrap();
    let judge = |file: &std::path::Path| {
        let said = Command::new("pdfsig").arg("-nocert").arg(file).output().expect("pdfsig of poppler-utils: `scripts/install-tools test`");
        String::from_utf8_lossy(&said.stdout).into_owned()
    };
    let said = judge(&file);
    assert!(
        said.contains("Signature is Valid") && said.contains("ETSI.CAdES.detached") && said.contains("Total document signed"),
        "{said}"
    );
    let mut altered = signed.clone();
    let word = altered.windows(6).position(|window| window == b"/Title").unwrap_or(2_000);
    altered[word + 1] = b'X';
    fs::write(&file, &altered).unwrap();
    assert!(!judge(&file).contains("Signature is Valid"), "{}", judge(&file));
}

#[test]
fn keys_are_for_the_program_alone_and_must_fit() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    Signer::open(folder.path(), monday()).unwrap();
    for entry in fs::read_dir(folder.path()).unwrap() {
        let mode = entry.as_ref().unwrap().metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{:?}", entry.unwrap().path());
    }
    let other = tempfile::tempdir().unwrap();
    Signer::open(other.path(), monday()).unwrap();
    fs::copy(other.path().join("document-signer.key"), folder.path().join("document-signer.key")).unwrap();
    assert!(Signer::open(folder.path(), monday()).is_err(), "a key of another certificate signs nothing");
}
