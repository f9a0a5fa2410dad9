//! The room of documents as its operations see it.

use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
};

use chrono::{DateTime, Utc};
use database::Database;
use docket::{Header, KeyOf, vault::Vault};
use files::Files;
use http_api::Answer;
use identity::{Caller, Identity, OrganisationTree, Scope};
use kernel::{clock::SharedClock, problem::Problem};
use render::Pdf;
use tokio::sync::Semaphore;
use uuid::Uuid;

use crate::{
    document::store,
    form::{Read, Template},
    owner::{Doing, Owner},
    printing::{Paper, Printing, Standing},
    signature::Signer,
};

/// Documents that are printed at the same time; each keeps a core busy.
const AT_ONCE: usize = 2;

/// What the room stands on.
pub struct Parts {
    /// The database.
    pub database: Database,
    /// The clock.
    pub clock: SharedClock,
    /// Names of people.
    pub identity: Identity,
    /// Where PDFs are kept.
    pub files: Files,
    /// Where what documents say is kept.
    pub vault: Vault,
    /// The press.
    pub printing: Printing,
    /// Who signs.
    pub signer: Signer,
    /// The home district, 6 digits.
    pub home_region: String,
}

/// The room of documents.
#[derive(Clone)]
pub struct Documents(Arc<Inner>);

struct Inner {
    parts: Parts,
    owners: OnceLock<Vec<Arc<dyn Owner>>>,
    seats: Arc<Semaphore>,
}

impl Documents {
    /// Puts the room together.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(Inner { parts, owners: OnceLock::new(), seats: Arc::new(Semaphore::new(AT_ONCE)) }))
    }

    /// The rooms whose dockets have documents; said once.
    pub fn belong_to(&self, owners: Vec<Arc<dyn Owner>>) {
        let _ = self.0.owners.set(owners);
    }

    pub(crate) fn owners(&self) -> &[Arc<dyn Owner>] {
        self.0.owners.get().map_or(&[], Vec::as_slice)
    }

    pub(crate) fn owner(&self, kind: &str) -> Option<Arc<dyn Owner>> {
        self.0.owners.get()?.iter().find(|owner| owner.kind() == kind).cloned()
    }

    /// A docket of the home district, if the caller may do this with its documents.
    pub(crate) async fn docket_for(
        &self,
        caller: &Caller,
        docket: Uuid,
        doing: Doing,
        kind: Option<&str>,
    ) -> Answer<(Header, Arc<dyn Owner>)> {
        let missing = || Problem::not_found("docket-not-found", "没有找到这件案件，或不在您的权限范围内");
        let of = store::docket_kind(self.database().pool(), self.home_region(), docket).await?.ok_or_else(missing)?;
        let owner = self.owner(&of).ok_or_else(missing)?;
        let key = KeyOf { region: self.home_region().to_owned(), id: docket.into() };
        Ok((owner.allow(caller, &key, doing, kind).await?, owner))
    }

    /// Prints off the threads that answer requests, when a seat is free.
    pub(crate) async fn print(&self, template: &'static Template, read: Read, paper: Paper, standing: Standing) -> Answer<Pdf> {
        let printing = self.0.parts.printing.clone();
        Ok(self.busy(move || printing.print(template, &read, paper, &standing)).await??)
    }

    /// Makes an editing copy off the threads that answer requests, when a seat is free.
    pub(crate) async fn editing_copy(&self, template: &'static Template, read: Read, standing: Standing) -> Answer<Vec<u8>> {
        let printing = self.0.parts.printing.clone();
        Ok(self.busy(move || printing.editing_copy(template, &read, &standing)).await??)
    }

    /// Signs a PDF off the threads that answer requests.
    pub(crate) async fn signed(&self, pdf: Vec<u8>, reason: String, now: DateTime<Utc>) -> Answer<Vec<u8>> {
        let signer = self.0.parts.signer.clone();
        let signed = self.busy(move || signer.sign(&pdf, &reason, now)).await?;
        Ok(signed.map_err(|error| {
            tracing::error!(%error, "a document could not be signed");
            Problem::internal("signature-failed", "文书未能签章，请联系管理员")
        })?)
    }

    async fn busy<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
        let stopping = || Problem::unavailable("stopping", "系统正在停止，请稍后重试");
        let seat = self.0.seats.clone().acquire_owned().await.map_err(|_| stopping())?;
        let done = tokio::task::spawn_blocking(move || {
            let _seat = seat;
            work()
        });
        done.await.map_err(|error| {
            tracing::error!(%error, "printing broke off");
            Problem::internal("template-failed", "文书模板出错，请联系管理员")
        })
    }

    pub(crate) fn database(&self) -> &Database {
        &self.0.parts.database
    }

    pub(crate) fn clock(&self) -> &SharedClock {
        &self.0.parts.clock
    }

    pub(crate) fn identity(&self) -> &Identity {
        &self.0.parts.identity
    }

    /// The tree of units.
    pub(crate) async fn organisations(&self) -> Answer<Arc<OrganisationTree>> {
        Ok(self.identity().organisations().await?)
    }

    /// The names of people.
    pub(crate) async fn names_of(&self, people: Vec<Uuid>) -> Answer<HashMap<Uuid, String>> {
        Ok(self.identity().names_of(&people).await?)
    }

    /// Refuses whoever's ground is not the whole district.
    pub(crate) fn require_ground(&self, scope: &Scope) -> Result<(), Problem> {
        if scope.units.is_none() && scope.covers_region(self.home_region()) {
            return Ok(());
        }
        Err(Problem::forbidden("scope-exceeded", "机关信息由全区县统一设置，超出了您的辖区"))
    }

    pub(crate) fn files(&self) -> &Files {
        &self.0.parts.files
    }

    pub(crate) fn vault(&self) -> &Vault {
        &self.0.parts.vault
    }

    pub(crate) fn printing(&self) -> &Printing {
        &self.0.parts.printing
    }

    pub(crate) fn home_region(&self) -> &str {
        &self.0.parts.home_region
    }
}
