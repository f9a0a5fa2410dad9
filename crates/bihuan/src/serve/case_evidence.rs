//! The room of cases as evidence sees it: who may see a case, and who may add to it.

use cases::{Cases, OpenedCase};
use evidence::{CaseFile, CaseFiles, Wish};
use futures::future::BoxFuture;
use http_api::Answer;
use identity::Caller;
use kernel::problem::Problem;
use uuid::Uuid;

/// Cases that evidence belongs to.
pub struct CasesWithEvidence(pub Cases);

/// Refuses to add to a case that is over, or of others.
pub fn handled(case: &OpenedCase, caller: &Caller) -> Result<(), Problem> {
    if case.is_over {
        return Err(Problem::conflict("case-over", "案件已经归档或者并入他案，不能再添加材料"));
    }
    if !case.officers.contains(&caller.person.uuid()) {
        return Err(Problem::forbidden("case-not-handled", "只有本案的承办人可以添加材料").citing("行政处罚法第四十二条第一款"));
    }
    Ok(())
}

impl CaseFiles for CasesWithEvidence {
    fn opened<'a>(&'a self, caller: &'a Caller, case: Uuid, wish: Wish) -> BoxFuture<'a, Answer<CaseFile>> {
        Box::pin(async move {
            let case = self.0.opened(caller, case).await?;
            match wish {
                Wish::Add => handled(&case, caller)?,
                Wish::Exclude if may_by(caller, "case.review") || may_by(caller, "case.approve") => {
                    if case.is_over {
                        return Err(Problem::conflict("case-over", "案件已经归档，证据不能再排除").into());
                    }
                }
                Wish::Exclude => handled(&case, caller)?,
                Wish::See => {}
            }
            Ok(CaseFile { key: case.header.key(), number: case.header.number, officers: case.officers })
        })
    }
}

/// Whether a caller holds a right of the cases' room.
pub fn may_by(caller: &Caller, right: &str) -> bool {
    caller.scope_by_name(right).is_some()
}
