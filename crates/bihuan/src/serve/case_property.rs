//! The room of cases as the room of property sees it: how the measures of a case stand, and who enters what was taken.

use cases::{CaseHolding, Cases, Held, HeldState};
use futures::future::BoxFuture;
use http_api::Answer;
use identity::{Caller, Scope};
use kernel::problem::Problem;
use property::{CaseHeld, CaseProperty, HoldState, PropertyCases, Wish};
use sqlx::PgConnection;
use uuid::Uuid;

/// Cases that things belong to.
pub struct CasesWithProperty(pub Cases);

fn held(of: Held) -> CaseHeld {
    let state = match of.state {
        HeldState::Standing => HoldState::Standing,
        HeldState::Expired => HoldState::Expired,
        HeldState::Settled => HoldState::Settled,
    };
    CaseHeld { state, due_at: of.due_at }
}

fn told(of: CaseHolding) -> CaseProperty {
    CaseProperty {
        key: of.key,
        number: of.number,
        jurisdiction: of.jurisdiction,
        parties: of.parties,
        officers: of.officers,
        registration: of.registration.map(held),
        seizure: of.seizure.map(held),
        forfeits: of.forfeits,
        contested: of.contested,
        merged: of.merged,
    }
}

impl PropertyCases for CasesWithProperty {
    fn opened<'a>(&'a self, caller: &'a Caller, case: Uuid, wish: Wish) -> BoxFuture<'a, Answer<CaseProperty>> {
        Box::pin(async move {
            let case = self.0.holding(caller, case).await?;
            if wish == Wish::Enter {
                if case.is_over {
                    return Err(Problem::conflict("case-over", "案件已经归档或者并入他案，不能再登记财物").into());
                }
                if !case.officers.contains(&caller.person.uuid()) {
                    return Err(Problem::forbidden("case-not-handled", "只有本案的承办人可以登记财物")
                        .citing("行政处罚法第四十二条第一款")
                        .into());
                }
            }
            Ok(told(case))
        })
    }

    fn standing<'a>(
        &'a self,
        connection: &'a mut PgConnection,
        region: &'a str,
        cases: &'a [Uuid],
    ) -> BoxFuture<'a, Answer<Vec<CaseProperty>>> {
        Box::pin(async move { Ok(self.0.holdings(connection, region, cases).await?.into_iter().map(told).collect()) })
    }

    fn holding_now<'a>(
        &'a self,
        connection: &'a mut PgConnection,
        scope: &'a Scope,
        most: i64,
    ) -> BoxFuture<'a, Answer<Vec<CaseProperty>>> {
        Box::pin(async move { Ok(self.0.holding_now(connection, scope, most).await?.into_iter().map(told).collect()) })
    }
}
