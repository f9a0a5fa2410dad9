//! The room of documents in the house: fonts, keys, and whose dockets have documents.

use anyhow::{Context, Result};
use database::Database;
use docket::{KeyOf, vault::Vault};
use documents::{Documents, IssuedDocument, Printing, signature::Signer};
use evidence::Evidence;
use files::Files;
use http_api::Answer;
use identity::Identity;
use kernel::clock::{Clock, SharedClock, SystemClock};
use quality::CoursePaper;

use crate::settings::ServeArgs;

/// Opens it. A certificate is valid by the clock on the wall, whatever time the demo has.
pub fn open(
    args: &ServeArgs,
    database: &Database,
    clock: &SharedClock,
    identity: &Identity,
    files: &Files,
    vault: &Vault,
) -> Result<Documents> {
    let printing = Printing::open(&args.fonts);
    if let Some(lacking) = printing.lacking() {
        tracing::warn!(%lacking, "fonts are missing: no documents can be printed");
    }
    Ok(Documents::new(documents::Parts {
        database: database.clone(),
        clock: clock.clone(),
        identity: identity.clone(),
        files: files.clone(),
        vault: vault.clone(),
        printing,
        signer: Signer::open(&args.keys_folder(), SystemClock.now()).context("文书签章的证书和密钥无法使用")?,
        home_region: args.region.clone(),
    }))
}

/// The documents of a case that stand, and how many items of evidence it has, for file review.
pub async fn beside(
    documents: &Documents,
    evidence: &Evidence,
    database: &Database,
    key: &KeyOf,
) -> Answer<(Option<Vec<CoursePaper>>, Option<usize>)> {
    let issued = documents.issued(key).await?.into_iter().filter(|paper| !paper.void);
    let told = |paper: IssuedDocument| {
        Some(CoursePaper { issued_at: paper.issued_at?, kind: paper.kind, title: paper.title, people: paper.people })
    };
    let papers = issued.filter_map(told).collect();
    let mut connection = database.pool().acquire().await?;
    let items = evidence.exhibits(&mut connection, key).await?.len();
    Ok((Some(papers), Some(items)))
}
