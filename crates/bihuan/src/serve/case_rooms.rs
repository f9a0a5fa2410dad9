//! The room of cases as evidence, documents and archives see it: who may see a case, and who may add to it.

use archives::{CaseContents, CaseTold};
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
fn handled(case: &OpenedCase, caller: &Caller) -> Result<(), Problem> {
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
                Wish::Exclude if case.is_over => return Err(Problem::conflict("case-over", "案件已经归档，证据不能再排除").into()),
                Wish::See | Wish::Exclude => {}
            }
            Ok(CaseFile { key: case.header.key(), number: case.header.number, officers: case.officers })
        })
    }
}

/// Cases that dossiers are made of.
pub struct CasesWithPapers {
    /// The cases.
    pub cases: Cases,
}

impl CaseContents for CasesWithPapers {
    fn told<'a>(&'a self, caller: &'a Caller, case: Uuid) -> BoxFuture<'a, Answer<CaseTold>> {
        Box::pin(async move {
            let opened = self.cases.opened(caller, case).await?;
            let told = self.cases.told(caller, case).await?;
            Ok(CaseTold { key: opened.header.key(), number: opened.header.number, told, papers: Vec::new() })
        })
    }
}
