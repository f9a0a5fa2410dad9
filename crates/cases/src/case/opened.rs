//! A case as other rooms know it: its evidence, its documents, its dossier.

use docket::Header;
use http_api::Answer;
use identity::{Allowed, Caller};
use kernel::problem::Problem;
use law::procedure::{Actor, Attempt, Transition};
use serde_json::Value;
use uuid::Uuid;

use super::{CaseFile, clocks, not_found, store, view};
use crate::{Cases, rights, scope::covers};

/// A case for a caller who may see it (案件).
#[derive(Debug, Clone)]
pub struct OpenedCase {
    /// Its header.
    pub header: Header,
    /// The officers who handle it; those who are recused do not.
    pub officers: Vec<Uuid>,
    /// It is in the archive, or part of another case: nothing is added any more.
    pub is_over: bool,
    papers: Vec<&'static str>,
    listed: Vec<&'static str>,
}

impl OpenedCase {
    /// Whether a kind of document may be issued now: one that a step makes, when that step was taken, or may be taken now by others than the
    /// head, the reviewer and the host: what they decide is written down after they decided it. Kinds that no step makes are free.
    #[must_use]
    pub fn may_issue(&self, kind: &str) -> bool {
        !self.listed.contains(&kind) || self.papers.contains(&kind)
    }
}

impl Cases {
    /// A case within the caller's sight.
    ///
    /// # Errors
    /// `forbidden` without the right to see cases; `case-not-found`; the database's.
    pub async fn opened(&self, caller: &Caller, id: Uuid) -> Answer<OpenedCase> {
        let scope = Allowed::<rights::SeeCases>::check(caller.clone())?.scope();
        let mut connection = self.database().pool().acquire().await?;
        let header = store::header(&mut *connection, id).await?.filter(|header| covers(&scope, header)).ok_or_else(not_found)?;
        let dossier = store::dossier(&mut connection, &header.key()).await?.ok_or_else(not_found)?;
        let taken = store::steps(&mut connection, &header.key()).await?;
        let (case, clocks) = (dossier.facts(), clocks::running(self.calendar(), &dossier.clocks));
        let open = |row: &&&Transition| {
            !matches!(row.actor, Actor::Head | Actor::Heads | Actor::Reviewer | Actor::Host | Actor::Time)
                && self.table().refusals(row, case, &Attempt::default(), &clocks).is_empty()
        };
        let rows = self.table().transitions();
        let done = rows.iter().filter(|row| taken.iter().any(|step| step.action == row.action.code()));
        let now = self.table().rows(case);
        let papers = done.chain(now.iter().filter(open)).flat_map(|row| row.documents.iter().copied()).collect();
        let listed = rows.iter().flat_map(|row| row.documents.iter().copied()).collect();
        let officers = dossier.officers.iter().filter(|officer| !officer.recused).map(|officer| officer.person).collect();
        Ok(OpenedCase { officers, is_over: case.state.is_final(), papers, listed, header })
    }

    /// A case as the caller's page shows it.
    ///
    /// # Errors
    /// As [`Cases::opened`].
    pub async fn shown(&self, caller: &Caller, id: Uuid) -> Answer<CaseFile> {
        let allowed = Allowed::<rights::SeeCases>::check(caller.clone())?;
        view::whole(self, &allowed.caller, id).await
    }

    /// What the caller's page of the case shows, for a copy of it.
    ///
    /// # Errors
    /// As [`Cases::opened`].
    pub async fn told(&self, caller: &Caller, id: Uuid) -> Answer<Value> {
        let file = self.shown(caller, id).await?;
        Ok(serde_json::to_value(&file).map_err(|error| {
            tracing::error!(%error, "a case could not be written out");
            Problem::internal("case-unreadable", "案件内容无法读取，请联系管理员")
        })?)
    }
}
