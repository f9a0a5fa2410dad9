//! Dossiers are written, checked with the program and with Python alone, and altered in every way that somebody might try.

use std::{
    io::{Cursor, Read, Write},
    process::Command,
};

use chrono::{DateTime, Utc};
use docket::ledger::{RootKey, TranscriptLine};
use dossier::{DossierError, Packing, PartKind, Vouched, check};
use serde_json::json;
use sha2::{Digest, Sha256};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

fn ledger() -> Vec<TranscriptLine> {
    let mut previous = "genesis".to_owned();
    let line = |seq: i64| {
        let words =
            json!({ "action": "一行\u{2028}又一行\u{85}", "docket": uuid::Uuid::nil(), "previous": previous, "seq": seq }).to_string();
        let hash = format!("sha256:{}", hex::encode(Sha256::digest(words.as_bytes())));
        previous.clone_from(&hash);
        TranscriptLine { words, hash }
    };
    (1..=4).map(line).collect()
}

fn made(key: &RootKey) -> Vec<u8> {
    let mut packing = Packing::new(Cursor::new(Vec::new()));
    packing.begin(PartKind::Document, "处罚决定书.pdf", "行政处罚决定书").unwrap();
    packing.write(b"%PDF-1.7 decided").unwrap();
    packing.begin(PartKind::Evidence, "001.mp4", "现场录像").unwrap();
    for piece in [b"moving ".as_slice(), b"pictures"] {
        packing.write(piece).unwrap();
    }
    let at: DateTime<Utc> = "2026-11-23T08:00:00Z".parse().unwrap();
    packing.finish("执〔2026〕1号", json!({ "state": "archived" }), &ledger(), at, key).unwrap().into_inner()
}

/// The same ZIP with each file changed by `change`; what it answers nothing for is left out.
fn changed(zip: &[u8], change: impl Fn(&str, Vec<u8>) -> Option<Vec<u8>>) -> Vec<u8> {
    let mut old = ZipArchive::new(Cursor::new(zip)).unwrap();
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..old.len() {
        let mut file = old.by_index(at).unwrap();
        let (name, mut bytes) = (file.name().unwrap().into_owned(), Vec::new());
        file.read_to_end(&mut bytes).unwrap();
        if let Some(bytes) = change(&name, bytes) {
            new.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
            new.write_all(&bytes).unwrap();
        }
    }
    new.finish().unwrap().into_inner()
}

fn key() -> (tempfile::TempDir, RootKey) {
    let folder = tempfile::tempdir().unwrap();
    let key = RootKey::open(folder.path()).unwrap();
    (folder, key)
}

#[test]
fn a_dossier_is_whole_and_says_who_vouches_for_it() {
    let (_folder, key) = key();
    let zip = made(&key);
    let checked = check(Cursor::new(&zip), &[key.public()]).unwrap();
    assert_eq!((checked.vouched, checked.lines, checked.index.parts.len()), (Vouched::Trusted, 4, 3));
    assert_eq!(checked.index.parts[1].name, "evidence/001.mp4");
    assert_eq!(check(Cursor::new(&zip), &[]).unwrap().vouched, Vouched::AsCarried);
    let (_other_folder, other) = self::key();
    assert!(matches!(check(Cursor::new(&zip), &[other.public()]), Err(DossierError::Signature(_))));
}

#[test]
fn whatever_is_altered_is_found() {
    let (_folder, key) = key();
    let zip = made(&key);
    let altered = |name: &'static str| {
        changed(&zip, move |it, mut bytes| {
            if it == name {
                let middle = bytes.len() / 2;
                bytes[middle] ^= 1;
            }
            Some(bytes)
        })
    };
    for name in ["documents/处罚决定书.pdf", "evidence/001.mp4", "ledger.txt"] {
        let found = check(Cursor::new(altered(name)), &[]);
        assert!(matches!(&found, Err(DossierError::Altered(it)) if it == name), "{name}: {found:?}");
    }
    for name in ["index.json", "index.sig"] {
        let found = check(Cursor::new(altered(name)), &[]);
        assert!(matches!(found, Err(DossierError::Signature(_) | DossierError::Form)), "{name}: {found:?}");
    }
    let lacking = changed(&zip, |name, bytes| (name != "evidence/001.mp4").then_some(bytes));
    assert!(matches!(check(Cursor::new(lacking), &[]), Err(DossierError::Missing(_))));
    let mut more = ZipWriter::new_append(Cursor::new(zip.clone())).unwrap();
    more.start_file("evidence/002.mp4", SimpleFileOptions::default()).unwrap();
    more.write_all(b"made up").unwrap();
    let more = more.finish().unwrap().into_inner();
    assert!(matches!(check(Cursor::new(more), &[]), Err(DossierError::Added(_))));
    assert!(matches!(check(Cursor::new(&zip[..zip.len() / 2]), &[]), Err(DossierError::Unreadable(_))));
}

#[test]
fn a_name_leads_nowhere_else() {
    let mut packing = Packing::new(Cursor::new(Vec::new()));
    for name in ["../evil", "a/b", "", ".hidden", "a\nb"] {
        assert!(packing.begin(PartKind::Evidence, name, "x").is_err(), "{name}");
    }
    packing.begin(PartKind::Evidence, "once", "x").unwrap();
    assert!(packing.begin(PartKind::Evidence, "once", "x").is_err());
}

#[test]
fn python_alone_checks_it_too() {
    let (folder, key) = key();
    let run = |zip: &[u8]| {
        let place = folder.path().join("dossier.zip");
        std::fs::write(&place, zip).unwrap();
        let checker = concat!(env!("CARGO_MANIFEST_DIR"), "/src/verify.py");
        let done = Command::new("python3").arg(checker).arg(&place).output().unwrap();
        (done.status.code(), String::from_utf8_lossy(&done.stdout).into_owned())
    };
    let zip = made(&key);
    let (code, said) = run(&zip);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("台账 4 条"), "{said}");
    let broken = changed(&zip, |name, bytes| Some(if name == "evidence/001.mp4" { b"something else".to_vec() } else { bytes }));
    let (code, said) = run(&broken);
    assert_eq!(code, Some(1));
    assert!(said.contains("evidence/001.mp4"), "{said}");
}
