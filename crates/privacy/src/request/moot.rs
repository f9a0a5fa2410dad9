//! Corrections of what is not kept any more (已无可更正的请求): they are closed, and what was to be written goes with them.
//!
//! A reporter may erase his name and telephone himself, or their period may end, while a correction of them still waits. The values that he
//! wished for would then outlast the ones that he erased.

use docket::KeyOf;
use http_api::Answer;
use kernel::id::SubjectId;

use super::{
    Ground, RequestState,
    fulfil::{self, Decision},
    store,
};
use crate::Privacy;

/// Requests of one round.
const ROUND: i64 = 200;

impl Privacy {
    /// Closes waiting corrections whose leads keep no contact any more, and erases what was wished for; says how many.
    ///
    /// # Errors
    /// The database's; what was closed before stays closed.
    pub async fn close_moot_corrections(&self) -> Answer<usize> {
        let mut closed = 0;
        for id in store::open_corrections(self.database().pool(), self.home_region(), ROUND).await? {
            let now = self.clock().now();
            let mut transaction = self.database().pool().begin().await?;
            let row = store::lock(&mut transaction, self.home_region(), id).await?;
            let Some(row) = row.filter(|row| row.state == RequestState::Open.code()) else { continue };
            let mut kept = false;
            for lead in &row.leads {
                let key = KeyOf { region: row.region.clone(), id: (*lead).into() };
                kept = kept || self.leads().keeps_contact(&mut transaction, &key).await?;
            }
            if kept {
                continue;
            }
            let region = row.region.clone();
            let decision = Decision::Refused(Ground::Nothing, "报料人的姓名和电话已经删除，没有可更正的内容".to_owned());
            let erased: Vec<SubjectId> = fulfil::decide(self, &mut transaction, row, (None, None), decision, now).await?;
            transaction.commit().await?;
            self.leads().outlast_backups(&region, &erased, now).await;
            closed += 1;
        }
        Ok(closed)
    }
}
