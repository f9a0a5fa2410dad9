//! Models as bytes, whole, damaged and hostile.

use classify::{BytesError, Model};
use proptest::prelude::*;

use crate::letters::{learned, letters};

/// A small model's bytes.
fn small() -> Vec<u8> {
    Model::train([("路灯不亮", "市政"), ("路灯坏了", "市政"), ("垃圾满了", "环卫"), ("垃圾不清", "环卫")]).unwrap().to_bytes()
}

/// The same bytes with a check sum that fits them, as an attacker would write it.
fn signed(mut bytes: Vec<u8>) -> Vec<u8> {
    let end = bytes.len() - 8;
    let sum = bytes[..end].iter().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    bytes[end..].copy_from_slice(&sum.to_le_bytes());
    bytes
}

#[test]
fn a_model_survives_the_way_there_and_back() {
    let model = learned(&letters(1));
    let again = Model::from_bytes(&model.to_bytes()).unwrap();
    assert_eq!(again, model);
    for (text, _) in letters(2) {
        assert_eq!(again.classify(&text, 3), model.classify(&text, 3));
    }
}

#[test]
fn what_is_no_model_says_so() {
    assert_eq!(Model::from_bytes(b""), Err(BytesError::NotAModel));
    assert_eq!(Model::from_bytes(b"PK\x03\x04 something else"), Err(BytesError::NotAModel));
    assert_eq!(Model::from_bytes(b"BHCLASS"), Err(BytesError::Damaged));
    assert_eq!(Model::from_bytes(b"BHCLASS\x02"), Err(BytesError::UnknownVersion(2)));
}

#[test]
fn every_cut_and_every_altered_bit_is_found() {
    let bytes = small();
    for end in 0..bytes.len() {
        assert!(Model::from_bytes(&bytes[..end]).is_err(), "cut at {end}");
    }
    for at in 0..bytes.len() {
        let mut altered = bytes.clone();
        altered[at] ^= 1 << (at % 8);
        assert!(Model::from_bytes(&altered).is_err(), "altered at {at}");
    }
    let longer = [bytes.clone(), vec![0]].concat();
    assert_eq!(Model::from_bytes(&longer), Err(BytesError::Damaged));
}

#[test]
fn a_head_that_promises_much_costs_nothing() {
    for (labels, rows) in [(u32::MAX, u32::MAX), (2, u32::MAX), (1_000, 16_000), (2, 200_000), (u32::MAX, 1)] {
        let mut bytes = small();
        bytes[8..12].copy_from_slice(&labels.to_le_bytes());
        bytes[12..16].copy_from_slice(&rows.to_le_bytes());
        assert_eq!(Model::from_bytes(&signed(bytes)), Err(BytesError::Damaged), "{labels} {rows}");
    }
}

#[test]
fn numbers_that_are_none_are_refused() {
    for number in [f32::NAN, f32::INFINITY, 0.0, -1.0] {
        let mut bytes = small();
        bytes[16..20].copy_from_slice(&number.to_le_bytes());
        assert_eq!(Model::from_bytes(&signed(bytes)), Err(BytesError::Damaged), "sharpness {number}");
    }
    let mut bytes = small();
    let end = bytes.len() - 8;
    bytes[end - 4..end].copy_from_slice(&f32::NAN.to_le_bytes());
    assert_eq!(Model::from_bytes(&signed(bytes)), Err(BytesError::Damaged));
}

proptest! {
    #[test]
    fn no_bytes_do_harm(tail in proptest::collection::vec(any::<u8>(), 0..300)) {
        let bytes = [b"BHCLASS\x01".as_slice(), &tail].concat();
        prop_assert!(Model::from_bytes(&tail).is_err());
        prop_assert!(Model::from_bytes(&bytes).is_err());
        if bytes.len() >= 16 {
            let _ = Model::from_bytes(&signed(bytes));
        }
    }

    #[test]
    fn what_is_altered_on_purpose_is_refused_or_classifies(changes in proptest::collection::vec((8_usize..200, any::<u8>()), 1..6)) {
        let mut bytes = small();
        for (at, byte) in changes {
            let end = bytes.len() - 8;
            bytes[8 + at % (end - 8)] = byte;
        }
        if let Ok(model) = Model::from_bytes(&signed(bytes)) {
            for text in ["路灯垃圾", "不亮", ""] {
                if let Some(best) = model.best(text) {
                    prop_assert!(best.probability.is_finite());
                }
                prop_assert!(model.classify(text, 9).iter().all(|guess| guess.probability.is_finite()));
            }
        }
    }

    #[test]
    fn any_text_is_classified(text in ".{0,400}") {
        let model = Model::from_bytes(&small()).unwrap();
        if let Some(best) = model.best(&text) {
            prop_assert!((0.0..=1.0).contains(&best.probability));
        }
        prop_assert!(model.classify(&text, 2).iter().all(|guess| guess.words.iter().all(|word| text.contains(&word.text))));
    }
}
