//! What citizens read and do: the rules, the lots, whether a report got something, and claiming it (领奖).

pub(crate) mod days;
pub(crate) mod rules;
pub(crate) mod secret;
pub(crate) mod show;
pub(crate) mod take;

use docket::KeyOf;
use http_api::Answer;
use kernel::problem::Problem;
use sha2::{Digest, Sha256};

use crate::Rewards;

/// The report that a code names; the same answer for every code that names none.
async fn named(room: &Rewards, code: &str) -> Answer<(KeyOf, String)> {
    let unknown = || Problem::not_found("report-not-found", "没有找到这个查询码对应的上报，请核对后再试");
    Ok(room.leads().by_tracking(code).await?.ok_or_else(unknown)?)
}

/// What is kept of a secret. It has 128 bits at random, so a plain digest cannot be turned back.
fn digest(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.trim().as_bytes()).to_vec()
}
