//! What exactly is hashed.

use chrono::SecondsFormat;
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use sm3::Sm3;
use uuid::Uuid;

use super::{Hash, Sealed};

/// The canonical form (RFC 8785) of a payload.
pub(super) fn json(value: &Value) -> String {
    // Serialising a `Value` fails only for numbers outside IEEE 754, which `serde_json::Value` cannot hold.
    serde_json_canonicalizer::to_string(value).expect("a JSON value has a canonical form")
}

#[derive(Serialize)]
struct Hashed<'a> {
    region: &'a str,
    docket: Uuid,
    seq: i64,
    at: String,
    actor: &'a str,
    role: Option<&'a str>,
    action: &'a str,
    place: Option<[f64; 2]>,
    payload: &'a str,
    previous: &'a str,
}

/// The hash of a line, with its function's name in front.
pub(super) fn hash(function: Hash, region: &str, docket: Uuid, line: &Sealed) -> String {
    digest(function, &words(region, docket, line))
}

/// What exactly is hashed of a line.
pub(super) fn words(region: &str, docket: Uuid, line: &Sealed) -> Vec<u8> {
    let hashed = Hashed {
        region,
        docket,
        seq: line.seq,
        // Microseconds: what PostgreSQL gives back.
        at: line.at.to_rfc3339_opts(SecondsFormat::Micros, true),
        actor: &line.actor,
        role: line.role.as_deref(),
        action: &line.action,
        place: line.place.map(|(lon, lat)| [lon, lat]),
        payload: &line.payload,
        previous: &line.previous,
    };
    serde_json_canonicalizer::to_vec(&hashed).expect("a ledger line has finite coordinates only")
}

/// The digest of `bytes`, with the function's name in front.
pub(super) fn digest(function: Hash, bytes: &[u8]) -> String {
    let digits = match function {
        Hash::Sha256 => hex::encode(Sha256::digest(bytes)),
        Hash::Sm3 => hex::encode(Sm3::digest(bytes)),
    };
    format!("{function}:{digits}")
}

/// The function that a hash says it was made with.
pub(super) fn function_of(hash: &str) -> Option<Hash> {
    match hash.split_once(':')?.0 {
        "sha256" => Some(Hash::Sha256),
        "sm3" => Some(Hash::Sm3),
        _ => None,
    }
}
